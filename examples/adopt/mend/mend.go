// Package mend puts this package in front of a client that reads 207 bodies by itself: a RoundTripper that decodes each body and
// writes it anew as it arrives, without what is wrong with it. Nothing in the client changes.
package mend

import (
	"bytes"
	"io"
	"net/http"
	"net/url"
	"strings"

	"github.com/go-multistatus/multistatus"
)

// Transport mends the 207 bodies that Base receives; nil is http.DefaultTransport.
//
// Beside what the Encoder does anyway, hrefs are absolute, propstats of success come first, a response has one href, entity tags are quoted, dates
// and lengths have the form of the RFC. Tags and dates that nobody can read are left out, and such a length is 0. A body that cannot be read to its end is a
// read error with the place and the reason, after all that was complete.
type Transport struct{ Base http.RoundTripper }

// RoundTrip is that of Base, but for the body.
func (t *Transport) RoundTrip(r *http.Request) (*http.Response, error) {
	next := t.Base
	if next == nil {
		next = http.DefaultTransport
	}
	resp, err := next.RoundTrip(r)
	if err != nil || resp.StatusCode != http.StatusMultiStatus {
		return resp, err
	}
	base := r.URL
	if resp.Request != nil { // after redirects
		base = resp.Request.URL
	}
	resp.Body = newReader(resp.Body, resp.Header.Get("Content-Type"), base)
	resp.ContentLength = -1
	resp.Header.Del("Content-Length")
	resp.Header.Set("Content-Type", multistatus.ContentType)
	return resp, nil
}

// reader decodes a response when somebody reads, and writes it into text.
type reader struct {
	io.Closer
	base *url.URL
	d    *multistatus.Decoder
	e    *multistatus.Encoder
	r    multistatus.Response
	text bytes.Buffer
	err  error
}

func newReader(body io.ReadCloser, contentType string, base *url.URL) *reader {
	m := &reader{Closer: body, base: base, d: multistatus.NewDecoder(body, &multistatus.DecodeOptions{ContentType: contentType})}
	m.e = multistatus.NewEncoder(&m.text, &multistatus.EncodeOptions{Namespaces: namespaces})
	return m
}

// namespaces are those that many bodies have, so that not every property declares its own.
var namespaces = []multistatus.Namespace{
	{Prefix: "C", URI: multistatus.NamespaceCalDAV}, {Prefix: "CR", URI: multistatus.NamespaceCardDAV}, {Prefix: "CS", URI: multistatus.NamespaceCalendarServer},
	{Prefix: "oc", URI: multistatus.NamespaceOwnCloud}, {Prefix: "nc", URI: multistatus.NamespaceNextcloud}, {Prefix: "s", URI: multistatus.NamespaceSabreDAV},
}

// Read reads the mended body.
func (m *reader) Read(p []byte) (int, error) {
	for m.text.Len() == 0 && m.err == nil {
		m.err = m.next()
		m.e.Flush()
	}
	if m.text.Len() > 0 {
		return m.text.Read(p)
	}
	return 0, m.err
}

// next passes one response on, or ends the body.
func (m *reader) next() error {
	err := m.d.Next(&m.r)
	if err == io.EOF {
		m.e.Trailer(m.d.Description(), m.d.SyncToken())
		if err := m.e.Close(); err != nil {
			return err
		}
	}
	if err != nil {
		return err
	}
	mendPropstats(&m.r)
	return m.encode()
}

// encode writes a response for each href, with a status or propstats, but not with both.
func (m *reader) encode() error {
	r := m.r
	switch {
	case r.Status.OK() && len(r.Propstats) > 0:
		r.Status = multistatus.Status{}
	case !r.Status.IsZero():
		r.Status, r.Propstats = readable(r.Status), nil
	case len(r.Propstats) == 0:
		r.Propstats = []multistatus.Propstat{{}} // it is there, and no more is known of it
	}
	for h := range m.r.Hrefs() {
		r.Href, r.MoreHrefs = h, nil
		if u, err := h.Resolve(m.base); err == nil {
			if u.Host == m.base.Host && !strings.HasPrefix(u.EscapedPath(), "//") {
				u.Scheme, u.Host, u.User = "", "", nil
			}
			r.Href = multistatus.Href(u.String())
		}
		if err := m.e.Encode(&r); err != nil {
			return err
		}
	}
	return nil
}

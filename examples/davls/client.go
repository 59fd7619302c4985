package main

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/go-multistatus/multistatus"
	"github.com/go-multistatus/multistatus/internal/term"
)

// client asks one server.
type client struct {
	http           *http.Client
	origin         *url.URL // where user and password may go
	user, password string
	wait           time.Duration
}

func newClient(origin *url.URL, user, password string, wait time.Duration) *client {
	t := http.DefaultTransport.(*http.Transport).Clone()
	t.ResponseHeaderTimeout = wait
	return &client{
		// A Client of net/http makes GET of PROPFIND when it is redirected, so that is done here.
		http:   &http.Client{Transport: t, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }},
		origin: origin, user: user, password: password, wait: wait,
	}
}

const question = `<?xml version="1.0" encoding="utf-8"?>
<D:propfind xmlns:D="DAV:"><D:prop><D:resourcetype/><D:getcontentlength/><D:getlastmodified/><D:getetag/><D:getcontenttype/></D:prop></D:propfind>
`

// answer is a body with status 207, and where it came from.
type answer struct {
	io.ReadCloser
	url         *url.URL
	contentType string
}

// maxRedirects is how often a server may send elsewhere.
const maxRedirects = 5

// propfind asks for a collection and what is in it down to depth (RFC 4918, section 9.1).
func (c *client) propfind(ctx context.Context, u *url.URL, depth string) (*answer, error) {
	for range maxRedirects + 1 {
		a, elsewhere, err := c.ask(ctx, u, depth)
		if err != nil || a != nil {
			return a, err
		}
		u = elsewhere
	}
	return nil, &redirectError{u, "again and again"}
}

// redirectError says that a server redirects to where it is not followed.
type redirectError struct {
	url *url.URL
	how string
}

func (e *redirectError) Error() string { return e.url.Redacted() + " redirects " + e.how }

// ask makes one request. If the answer is a redirection it returns where to.
func (c *client) ask(ctx context.Context, u *url.URL, depth string) (a *answer, elsewhere *url.URL, err error) {
	ctx, cancel := context.WithCancel(ctx)
	r, err := http.NewRequestWithContext(ctx, "PROPFIND", u.String(), strings.NewReader(question))
	if err != nil {
		cancel()
		return nil, nil, err
	}
	r.Header.Set("Depth", depth)
	r.Header.Set("Content-Type", multistatus.ContentType)
	r.Header.Set("User-Agent", "davls")
	if c.password+c.user != "" && sameOrigin(u, c.origin) {
		r.SetBasicAuth(c.user, c.password)
	}
	resp, err := c.http.Do(r)
	if err != nil {
		cancel()
		return nil, nil, err
	}
	body := newPatient(resp.Body, c.wait, cancel)
	switch resp.StatusCode {
	case http.StatusMultiStatus:
		if coding := resp.Header.Get("Content-Encoding"); coding != "" && coding != "identity" { // net/http takes gzip off
			body.Close()
			return nil, nil, errors.New(u.Redacted() + ": the answer is in Content-Encoding " + strconv.Quote(coding) + ", which was not asked for")
		}
		return &answer{body, u, resp.Header.Get("Content-Type")}, nil, nil
	case http.StatusMovedPermanently, http.StatusFound, http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
		body.Close()
		elsewhere, err = redirected(resp)
		return nil, elsewhere, err
	}
	defer body.Close()
	return nil, nil, newStatusError(u, resp, body)
}

// redirected returns where an answer sends to.
func redirected(resp *http.Response) (*url.URL, error) {
	u, err := resp.Location()
	switch {
	case err != nil:
		return nil, &redirectError{resp.Request.URL, "nowhere: " + err.Error()}
	case u.Scheme != "http" && u.Scheme != "https":
		return nil, &redirectError{resp.Request.URL, "to " + u.Redacted()}
	}
	u.User, u.Fragment = nil, ""
	return u, nil
}

// sameOrigin reports whether two URLs are of one server (RFC 6454, section 5).
func sameOrigin(a, b *url.URL) bool {
	return a.Scheme == b.Scheme && strings.EqualFold(a.Hostname(), b.Hostname()) && portOf(a) == portOf(b)
}

func portOf(u *url.URL) string {
	switch {
	case u.Port() != "":
		return u.Port()
	case u.Scheme == "https":
		return "443"
	}
	return "80"
}

// patient is a body that may be silent for some time, and no longer.
type patient struct {
	io.ReadCloser
	wait   time.Duration
	timer  *time.Timer
	cancel func()
}

var errSilent = errors.New("the server is silent")

func newPatient(body io.ReadCloser, wait time.Duration, cancel func()) *patient {
	return &patient{body, wait, time.AfterFunc(wait, cancel), cancel}
}

func (p *patient) Read(b []byte) (int, error) {
	p.timer.Reset(p.wait)
	n, err := p.ReadCloser.Read(b)
	if !p.timer.Stop() && errors.Is(err, context.Canceled) {
		err = errSilent
	}
	return n, err
}

func (p *patient) Close() error {
	p.timer.Stop()
	p.cancel()
	return p.ReadCloser.Close()
}

// statusError is an answer that is no 207.
type statusError struct {
	url    *url.URL
	code   int
	status string
	detail string
}

func (e *statusError) Error() string {
	text := e.url.Redacted() + ": " + strings.TrimSpace(e.status)
	if e.detail != "" {
		text += ": " + e.detail
	}
	switch {
	case e.code == http.StatusUnauthorized:
		text += "; user and password come from DAVLS_USER and DAVLS_PASSWORD"
	case e.code < 300:
		text += "; only 207 Multi-Status lists a collection: this may be no WebDAV server"
	}
	return text
}

// maxDetail is how much of an error's body is read, and maxShown how much of it is told.
const (
	maxDetail = 64 << 10
	maxShown  = 200
)

// newStatusError tells the conditions in the body's DAV:error (RFC 4918, section 16), or the first line of a text.
func newStatusError(u *url.URL, resp *http.Response, body io.Reader) error {
	e := &statusError{url: u, code: resp.StatusCode, status: term.Clip(resp.Status, maxShown)}
	text, _ := io.ReadAll(io.LimitReader(body, maxDetail)) // what came may be enough
	kind := resp.Header.Get("Content-Type")
	p, err := multistatus.ParseElement(text, &multistatus.DecodeOptions{ContentType: kind})
	switch {
	case err == nil && p.Name == multistatus.DAV("error"):
		e.detail = conditions(p.Value)
	case strings.HasPrefix(kind, "text/plain"):
		line, _, _ := strings.Cut(strings.TrimSpace(string(text)), "\n")
		if line != strings.TrimSpace(resp.Status) {
			e.detail = line
		}
	}
	e.detail = term.Clip(e.detail, maxShown)
	return e
}

// conditions lists the conditions in a DAV:error, with the words that some servers add.
func conditions(v multistatus.Value) string {
	var all []string
	for n, v := range v.Elements() {
		text, _ := v.Text()
		if text = strings.Join(strings.Fields(text), " "); text != "" {
			text = " “" + text + "”"
		}
		all = append(all, n.Local+text)
	}
	return strings.Join(all, ", ")
}

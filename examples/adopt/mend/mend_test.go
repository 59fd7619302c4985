package mend_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/emersion/go-webdav"
	"github.com/emersion/go-webdav/carddav"
	"github.com/google/go-cmp/cmp"

	"github.com/go-multistatus/multistatus"
	"github.com/go-multistatus/multistatus/examples/adopt/internal/trial"
	"github.com/go-multistatus/multistatus/examples/adopt/mend"
)

// mended returns what a client reads in the place of body.
func mended(t *testing.T, body string) (string, error) {
	t.Helper()
	r, err := http.NewRequest("PROPFIND", "http://dav.example.org/", nil)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := (&mend.Transport{Base: trial.Answer(&trial.Body{Text: body})}).RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(iotest.OneByteReader(resp.Body))
	return string(text), errors.Join(err, resp.Body.Close())
}

// Every body of testdata that can be read to its end becomes one without a fault.
func TestMended(t *testing.T) {
	const root = "../" + trial.Root
	quirks, err := trial.Quirks(root)
	if err != nil {
		t.Fatal(err)
	}
	corpus, err := trial.Corpus(root)
	if err != nil {
		t.Fatal(err)
	}
	var strict multistatus.QuirkSet // but for a property that stands twice, which may have two values
	for q := range multistatus.AllQuirks().All() {
		if q != multistatus.QuirkPropDuplicated {
			strict = strict.With(q)
		}
	}
	clean := 0
	for _, b := range append(quirks, corpus...) {
		m, err := multistatus.Parse([]byte(b.Text), &multistatus.DecodeOptions{ContentType: b.ContentType})
		r, _ := http.NewRequest("PROPFIND", "http://dav.example.org/", nil)
		resp, _ := (&mend.Transport{Base: trial.Answer(&b)}).RoundTrip(r)
		text, readErr := io.ReadAll(resp.Body)
		encodable := true
		for i := range m.Responses {
			encodable = encodable && m.Responses[i].Href != ""
		}
		if (err == nil && encodable) != (readErr == nil) {
			t.Errorf("%s: Parse says %v, and the mended body %v", b.ID, err, readErr)
		}
		if readErr != nil {
			continue
		}
		clean++
		again, err := multistatus.Parse(text, &multistatus.DecodeOptions{Reject: strict})
		if err != nil || len(again.Responses) < len(m.Responses) || again.SyncToken != m.SyncToken || again.Description != m.Description {
			t.Errorf("%s: it became %s, %v", b.ID, text, err)
		}
	}
	if clean < 200 {
		t.Errorf("%d bodies can be read to their end", clean)
	}
}

// What clients are particular about.
func TestMendedParts(t *testing.T) {
	got, err := mended(t, `<multistatus><response><href> /a b%.txt</href><propstat><prop><getcontentlength/></prop><status>404</status></propstat>`+
		`<propstat><prop><getetag>x</getetag><getlastmodified>1994-11-06T08:49:37Z</getlastmodified><getcontentlength>5 KB</getcontentlength>`+
		`</prop><status>200 OK</status></propstat></response><sync-token>t</sync-token></multistatus>`)
	const want = `<?xml version="1.0" encoding="utf-8"?>` + "\n" + `<D:multistatus xmlns:D="DAV:"><D:response><D:href>/a%20b%25.txt</D:href>` +
		`<D:propstat><D:prop><D:getetag>"x"</D:getetag><D:getlastmodified>Sun, 06 Nov 1994 08:49:37 GMT</D:getlastmodified><D:getcontentlength>0</D:getcontentlength></D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat>` +
		`<D:propstat><D:prop><D:getcontentlength/></D:prop><D:status>HTTP/1.1 404 Not Found</D:status></D:propstat></D:response><D:sync-token>t</D:sync-token></D:multistatus>`
	plain := got
	for _, ns := range []string{"C", "CR", "CS", "oc", "nc", "s"} {
		if i := strings.Index(plain, ` xmlns:`+ns+`="`); i > 0 {
			plain = plain[:i] + plain[i+len(` xmlns:`+ns+`="`)+strings.Index(plain[i+len(` xmlns:`+ns+`="`):], `"`)+1:]
		}
	}
	if diff := cmp.Diff(want, plain); diff != "" || err != nil {
		t.Errorf("%v %s", err, diff)
	}
}

// What was complete is read before the error.
func TestMendedTruncated(t *testing.T) {
	text, err := mended(t, `<D:multistatus xmlns:D="DAV:"><D:response><D:href>/a</D:href><D:status>HTTP/1.1 404 Not Found</D:status></D:response><D:resp`)
	if !errors.Is(err, io.ErrUnexpectedEOF) || !strings.HasSuffix(text, "</D:response>") {
		t.Errorf("it is %q, %v", text, err)
	}
}

// A client that knows nothing of this package reads an address book whose entity tags have no quotes.
func TestCardDAV(t *testing.T) {
	const body = `<d:multistatus xmlns:d="DAV:" xmlns:card="urn:ietf:params:xml:ns:carddav"><d:response><d:href>/b/a.vcf</d:href><d:propstat><d:prop>` +
		"<d:getetag>1-2</d:getetag><card:address-data>BEGIN:VCARD&#13;\nVERSION:4.0&#13;\nFN:A&#13;\nEND:VCARD&#13;\n</card:address-data>" +
		`</d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response></d:multistatus>`
	query := func(rt http.RoundTripper) ([]carddav.AddressObject, error) {
		c, err := carddav.NewClient(webdav.HTTPClient(&http.Client{Transport: rt}), "http://dav.example.org/")
		if err != nil {
			return nil, err
		}
		return c.QueryAddressBook(context.Background(), "/b/", &carddav.AddressBookQuery{})
	}
	answer := trial.Answer(&trial.Body{Text: body})
	if l, err := query(answer); err == nil {
		t.Errorf("without it, carddav.Client reads %v", l)
	}
	l, err := query(&mend.Transport{Base: answer})
	if err != nil || len(l) != 1 || l[0].ETag != "1-2" || l[0].Card.Value("FN") != "A" {
		t.Errorf("it is %v, %v", l, err)
	}
}

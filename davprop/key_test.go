package davprop_test

import (
	"errors"
	"io/fs"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/go-multistatus/multistatus"
	"github.com/go-multistatus/multistatus/davprop"
)

// head is the start of a body whose prefixes are those of the tests.
const head = `<D:multistatus xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav">`

// responseOf decodes a body of one response with these propstats.
func responseOf(t testing.TB, propstats string) *multistatus.Response {
	t.Helper()
	m, err := multistatus.Parse([]byte(head+"<D:response><D:href>/a</D:href>"+propstats+"</D:response></D:multistatus>"), nil)
	if err != nil || len(m.Responses) != 1 {
		t.Fatalf("Parse(%s) = %d responses, %v, want 1", propstats, len(m.Responses), err)
	}
	return &m.Responses[0]
}

// propstat is a propstat with these properties under a status.
func propstat(status, props string) string {
	return "<D:propstat><D:prop>" + props + "</D:prop><D:status>HTTP/1.1 " + status + "</D:status></D:propstat>"
}

// found decodes a response with these properties under 200.
func found(t testing.TB, props string) *multistatus.Response {
	t.Helper()
	return responseOf(t, propstat("200 OK", props))
}

// A property has its value wherever it was found, whatever stands before it.
func TestGetOrder(t *testing.T) {
	const missing = "<D:getcontentlength/>"
	for _, body := range []string{
		propstat("200 OK", "<D:getcontentlength>7</D:getcontentlength>") + propstat("404 Not Found", missing),
		propstat("404 Not Found", missing) + propstat("200 OK", "<D:getcontentlength>7</D:getcontentlength>"),
		propstat("404 Not Found", "<D:getetag/>") + propstat("299 Fine", "<D:getcontentlength>7</D:getcontentlength>"),
		propstat("200 OK", "<D:getcontentlength>7</D:getcontentlength><D:getcontentlength>8</D:getcontentlength>"),
	} {
		r := responseOf(t, body)
		if got, err := davprop.GetContentLength.Get(r); got != 7 || err != nil {
			t.Errorf("Get of %s = %d, %v, want 7", body, got, err)
		}
		if got, ok := davprop.GetContentLength.Find(r); got != 7 || !ok {
			t.Errorf("Find of %s = %d, %v, want 7", body, got, ok)
		}
	}
}

func TestGetStatusError(t *testing.T) {
	r := responseOf(t, propstat("200 OK", "<D:getetag>\"1\"</D:getetag>")+
		`<D:propstat><D:prop><D:getcontentlength/></D:prop><D:status>HTTP/1.1 403 No</D:status>`+
		`<D:error><D:cannot-modify-protected-property/></D:error><D:responsedescription>why</D:responsedescription></D:propstat>`)
	_, err := davprop.GetContentLength.Get(r)
	var got *multistatus.StatusError
	if !errors.As(err, &got) || !errors.Is(err, fs.ErrPermission) {
		t.Fatalf("Get gives the error %v, want a StatusError that is ErrPermission", err)
	}
	want := &multistatus.StatusError{
		Href: "/a", Prop: multistatus.DAV("getcontentlength"), Status: multistatus.Status{Code: 403, Reason: "No"},
		Conditions: multistatus.Elements(multistatus.DAV("cannot-modify-protected-property")), Description: "why",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Get gives another error: %s", diff)
	}

	want.Href = ""
	_, err = davprop.GetContentLength.Lookup(&r.Propstats[1])
	if diff := cmp.Diff(error(want), err); diff != "" {
		t.Errorf("Lookup gives another error: %s", diff)
	}
	if got, err := davprop.GetETag.Lookup(&r.Propstats[0]); got != `"1"` || err != nil {
		t.Errorf("Lookup = %q, %v", got, err)
	}
	if _, err := davprop.GetETag.Lookup(&r.Propstats[1]); err != davprop.ErrNoProperty {
		t.Errorf("Lookup in the wrong propstat gives the error %v", err)
	}
	if _, ok := davprop.GetContentLength.Find(r); ok {
		t.Error("Find finds what failed")
	}
}

// What is absent, or has nothing in it where nothing is no value, is no such property.
func TestGetNoProperty(t *testing.T) {
	r := found(t, "<D:getcontentlength/><D:getetag> </D:getetag><D:displayname/><D:owner/>")
	for _, get := range []func() error{
		func() error { _, err := davprop.GetContentType.Get(r); return err },
		func() error { _, err := davprop.GetContentLength.Get(r); return err },
		func() error { _, err := davprop.GetETag.Get(r); return err },
		func() error { _, err := davprop.Owner.Get(r); return err },
	} {
		if err := get(); err != davprop.ErrNoProperty {
			t.Errorf("Get gives the error %v, want ErrNoProperty", err)
		}
	}
	if got, err := davprop.DisplayName.Get(r); got != "" || err != nil {
		t.Errorf("Get of an empty displayname = %q, %v", got, err)
	}
	gone := responseOf(t, "<D:status>HTTP/1.1 404 Not Found</D:status>")
	if _, err := davprop.GetETag.Get(gone); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("Get from what is gone gives the error %v, want ErrNotExist", err)
	}
}

func TestGetValueError(t *testing.T) {
	for _, c := range []struct {
		props, text string
		quirk       davprop.Quirk
	}{
		{"<D:getcontentlength>12 KB</D:getcontentlength>", "12 KB", davprop.QuirkLenNonnumeric},
		{"<D:getcontentlength><D:x/></D:getcontentlength>", "<D:x/>", davprop.QuirkValueMixed},
	} {
		_, err := davprop.GetContentLength.Get(found(t, c.props))
		var got *davprop.ValueError
		if !errors.As(err, &got) || got.Name != multistatus.DAV("getcontentlength") || got.Text != c.text || got.Quirk != c.quirk {
			t.Errorf("Get of %s gives the error %v, want a ValueError with %q and %s", c.props, err, c.text, c.quirk)
		} else if !strings.Contains(err.Error(), "getcontentlength") || errors.Unwrap(err) == nil {
			t.Errorf("the error is %q", err)
		}
	}
}

// A property of one's own is read and written by the functions that New was given.
func TestNew(t *testing.T) {
	key := davprop.New(multistatus.Name{Space: "urn:x", Local: "length"},
		func(v multistatus.Value) (time.Duration, error) {
			text, _ := v.Text()
			if text == "" {
				return 0, davprop.ErrNoProperty
			}
			return time.ParseDuration(text)
		},
		func(e *multistatus.Encoder, n multistatus.Name, d time.Duration) error {
			return e.PropText(n, d.String())
		})
	r := davprop.Rewritten(t, func(e *multistatus.Encoder) error { return key.Write(e, 90*time.Second) })
	if got, err := key.Get(r); got != 90*time.Second || err != nil {
		t.Errorf("Get = %v, %v", got, err)
	}
	var bad *davprop.ValueError
	if _, err := key.Get(found(t, "<length xmlns='urn:x'>long</length>")); !errors.As(err, &bad) || bad.Text != "long" {
		t.Errorf("Get gives the error %v, want a ValueError", err)
	}
	if _, err := key.Get(found(t, "<length xmlns='urn:x'/>")); err != davprop.ErrNoProperty {
		t.Errorf("Get gives the error %v, want ErrNoProperty", err)
	}
	if text, err := key.Show(multistatus.Text("1m30s")); text != "1m30s" || err != nil {
		t.Errorf("Show = %q, %v", text, err)
	}
}

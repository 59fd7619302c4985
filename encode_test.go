package multistatus

import (
	"bytes"
	"errors"
	"io"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

const (
	xmlHead = `<?xml version="1.0" encoding="utf-8"?>` + "\n"
	docHead = xmlHead + `<D:multistatus xmlns:D="DAV:">`
	docTail = `</D:multistatus>`
)

var (
	getetag      = DAV("getetag")
	resourcetype = DAV("resourcetype")
	calendar     = Name{NamespaceCalDAV, "calendar"}
)

// encodeCase is a number of calls, and the document that they make: without the beginning and the end if it has no xml in it.
type encodeCase struct {
	name string
	opts EncodeOptions
	do   func(e *Encoder)
	want string
	err  error // of Close
}

var encodeCases = []encodeCase{
	{name: "no response", do: func(*Encoder) {}},
	{name: "status", do: func(e *Encoder) { e.StartResponse("/a"); e.Status(404) },
		want: `<D:response><D:href>/a</D:href><D:status>HTTP/1.1 404 Not Found</D:status></D:response>`},
	{name: "status of several", do: func(e *Encoder) { e.StartResponse("/a"); e.AddHref("/b"); e.AddHref("/c"); e.Status(423) },
		want: `<D:response><D:href>/a</D:href><D:href>/b</D:href><D:href>/c</D:href><D:status>HTTP/1.1 423 Locked</D:status></D:response>`},
	{name: "status without a standard reason", do: func(e *Encoder) { e.StartResponse("/a"); e.Status(299) },
		want: `<D:response><D:href>/a</D:href><D:status>HTTP/1.1 299 Successful</D:status></D:response>`},
	{name: "line end in a reason", do: func(e *Encoder) { e.Encode(&Response{Href: "/a", Status: Status{404, "not\r\nhere"}}) },
		want: `<D:response><D:href>/a</D:href><D:status>HTTP/1.1 404 not  here</D:status></D:response>`},
	{name: "all about a status", do: func(e *Encoder) {
		e.StartResponse("/a")
		e.Status(302)
		e.Location("/b")
		e.Description("moved & gone")
		e.Condition(DAV("x"))
		e.Condition(DAV("lock-token-submitted"), "/a", "/c")
	}, want: `<D:response><D:href>/a</D:href><D:status>HTTP/1.1 302 Found</D:status><D:error><D:x/><D:lock-token-submitted><D:href>/a</D:href><D:href>/c</D:href></D:lock-token-submitted></D:error>` +
		`<D:responsedescription>moved &amp; gone</D:responsedescription><D:location><D:href>/b</D:href></D:location></D:response>`},
	{name: "every kind of property", do: func(e *Encoder) {
		at := time.Date(1994, 11, 6, 8, 49, 37, 999, time.FixedZone("", 3600))
		e.StartPath("/Größe 100%")
		e.Propstat(200)
		e.PropText(getetag, `"1"`)
		e.PropInt(DAV("getcontentlength"), -17)
		e.PropHTTPTime(DAV("getlastmodified"), at)
		e.PropDateTime(DAV("creationdate"), at)
		e.PropHref(DAV("owner"), "/u/1", "/u/2")
		e.PropHref(DAV("group"))
		e.PropElements(resourcetype, DAV("collection"), calendar)
		e.PropElements(DAV("none"))
		e.PropEmpty(DAV("a"), DAV("b"))
		e.PropText(DAV("empty"), "")
		e.PropValue(DAV("value"), Text("<"))
		PropAppend(e, DAV("appended"), Status{200, "<&"})
	}, want: `<D:response><D:href>/Gr%C3%B6%C3%9Fe%20100%25</D:href><D:propstat><D:prop><D:getetag>"1"</D:getetag><D:getcontentlength>-17</D:getcontentlength>` +
		`<D:getlastmodified>Sun, 06 Nov 1994 07:49:37 GMT</D:getlastmodified><D:creationdate>1994-11-06T07:49:37Z</D:creationdate>` +
		`<D:owner><D:href>/u/1</D:href><D:href>/u/2</D:href></D:owner><D:group></D:group>` +
		`<D:resourcetype><D:collection/><C:calendar xmlns:C="urn:ietf:params:xml:ns:caldav"/></D:resourcetype><D:none/><D:a/><D:b/><D:empty/><D:value>&lt;</D:value><D:appended>HTTP/1.1 200 &lt;&amp;</D:appended>` +
		`</D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response>`},
	{name: "groups in one pass", do: func(e *Encoder) {
		e.StartResponse("/a")
		e.Propstat(404)
		e.PropEmpty(DAV("a"))
		e.Propstat(200)
		e.PropText(DAV("b"), "1")
		e.Propstat(404)
		e.PropEmpty(DAV("c"))
		e.Propstat(403)
		e.Condition(DAV("why"))
		e.Description("no")
		e.PropEmpty(DAV("d"))
		e.Propstat(207)
		e.PropEmpty(DAV("e"))
		e.Propstat(200)
		e.PropText(DAV("f"), "2")
		e.EndPropstat()
		e.Description("all")
	}, want: `<D:response><D:href>/a</D:href>` +
		`<D:propstat><D:prop><D:b>1</D:b><D:f>2</D:f></D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat>` +
		`<D:propstat><D:prop><D:e/></D:prop><D:status>HTTP/1.1 207 Multi-Status</D:status></D:propstat>` +
		`<D:propstat><D:prop><D:a/><D:c/></D:prop><D:status>HTTP/1.1 404 Not Found</D:status></D:propstat>` +
		`<D:propstat><D:prop><D:d/></D:prop><D:status>HTTP/1.1 403 Forbidden</D:status><D:error><D:why/></D:error><D:responsedescription>no</D:responsedescription></D:propstat>` +
		`<D:responsedescription>all</D:responsedescription></D:response>`},
	{name: "empty groups vanish", do: func(e *Encoder) {
		e.StartResponse("/a")
		e.Propstat(200)
		e.Propstat(404)
		e.PropEmpty(DAV("a"))
		e.Propstat(403)
	}, want: `<D:response><D:href>/a</D:href><D:propstat><D:prop><D:a/></D:prop><D:status>HTTP/1.1 404 Not Found</D:status></D:propstat></D:response>`},
	{name: "an empty group that is alone", do: func(e *Encoder) { e.StartResponse("/a"); e.Propstat(200) },
		want: `<D:response><D:href>/a</D:href><D:propstat><D:prop/><D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response>`},
	{name: "empty groups only", do: func(e *Encoder) { e.StartResponse("/a"); e.Propstat(404); e.Propstat(200) },
		want: `<D:response><D:href>/a</D:href><D:propstat><D:prop/><D:status>HTTP/1.1 404 Not Found</D:status></D:propstat></D:response>`},
	{name: "dropped responses", do: func(e *Encoder) {
		e.DropResponse()
		e.StartResponse("/a")
		e.Propstat(404)
		e.PropEmpty(Name{"urn:x", "a"})
		e.Propstat(200)
		e.PropEmpty(Name{"urn:y", "b"})
		e.Description("no")
		e.EndPropstat()
		e.Location("/z")
		e.DropResponse()
		e.StartResponse("/b")
		e.Propstat(200)
		e.PropEmpty(Name{"urn:y", "b"})
		e.EndResponse()
		e.StartResponse("/c")
		e.Prop(&Property{})
		e.DropResponse()
		e.DropResponse()
	}, want: `<D:response><D:href>/b</D:href><D:propstat><D:prop><ns1:b xmlns:ns1="urn:y"/></D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response>`},
	{name: "trailer", do: func(e *Encoder) { e.StartResponse("/a"); e.Status(200); e.Trailer("a<b", "urn:1") },
		want: `<D:response><D:href>/a</D:href><D:status>HTTP/1.1 200 OK</D:status></D:response><D:responsedescription>a&lt;b</D:responsedescription><D:sync-token>urn:1</D:sync-token>`},
	{name: "namespaces", opts: EncodeOptions{Namespaces: []Namespace{{"C", "urn:x"}, {"oc", NamespaceOwnCloud}}}, do: func(e *Encoder) {
		e.StartResponse("/a")
		e.Propstat(200)
		e.PropText(Name{NamespaceOwnCloud, "id"}, "1")
		e.PropText(Name{"urn:x", "y"}, "2")
		e.PropElements(resourcetype, calendar)
		e.PropText(Name{"", "none"}, "3")
	}, want: xmlHead + `<D:multistatus xmlns:D="DAV:" xmlns:C="urn:x" xmlns:oc="http://owncloud.org/ns"><D:response><D:href>/a</D:href><D:propstat><D:prop><oc:id>1</oc:id><C:y>2</C:y>` +
		`<D:resourcetype><ns1:calendar xmlns:ns1="urn:ietf:params:xml:ns:caldav"/></D:resourcetype><none>3</none></D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response>` + docTail},
	{name: "a value that was decoded elsewhere", do: func(e *Encoder) {
		p, _ := ParseElement([]byte(`<d:x xmlns:d="DAV:" xmlns:q="urn:q" xmlns="urn:z" d:a="1" xml:lang="de"><y>q:name</y><D:w xmlns:D="urn:w"/></d:x>`), nil)
		e.StartResponse("/a")
		e.Propstat(200)
		e.Prop(&p)
	}, want: `<D:response><D:href>/a</D:href><D:propstat><D:prop><D:x xmlns:d="DAV:" xmlns="urn:z" xmlns:q="urn:q" xml:lang="de" d:a="1"><y>q:name</y><D:w xmlns:D="urn:w"/></D:x></D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response>`},
	{name: "texts", do: func(e *Encoder) {
		e.StartResponse(" /a\r\n&<\x00\xff b ")
		e.Propstat(200)
		e.PropText(DAV("x"), "a]]>b\r\nc\x01\xff\uFFFE\"'>")
		e.PropText(DAV("y"), "</D:prop><evil/>")
	}, want: `<D:response><D:href>%20/a%0D%0A&amp;&lt;%00%FF b%20</D:href><D:propstat><D:prop><D:x>a]]&gt;b&#13;` + "\nc\uFFFD\uFFFD\uFFFD" + `"'></D:x><D:y>&lt;/D:prop>&lt;evil/></D:y></D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response>`},
	{name: "indent", opts: EncodeOptions{Indent: " "}, do: func(e *Encoder) {
		e.StartResponse("/a")
		e.Propstat(404)
		e.PropEmpty(DAV("a"), DAV("b"))
		e.Propstat(200)
		e.PropElements(resourcetype, DAV("collection"))
		e.Description("d")
		e.EndPropstat()
		e.Condition(DAV("c"))
		e.StartResponse("/b")
		e.Status(404)
		e.Trailer("", "t")
	}, want: docHead + `
 <D:response>
  <D:href>/a</D:href>
  <D:propstat>
   <D:prop>
    <D:resourcetype><D:collection/></D:resourcetype>
   </D:prop>
   <D:status>HTTP/1.1 200 OK</D:status>
   <D:responsedescription>d</D:responsedescription>
  </D:propstat>
  <D:propstat>
   <D:prop>
    <D:a/>
    <D:b/>
   </D:prop>
   <D:status>HTTP/1.1 404 Not Found</D:status>
  </D:propstat>
  <D:error><D:c/></D:error>
 </D:response>
 <D:response>
  <D:href>/b</D:href>
  <D:status>HTTP/1.1 404 Not Found</D:status>
 </D:response>
 <D:sync-token>t</D:sync-token>
` + docTail},
}

func TestEncode(t *testing.T) {
	for _, c := range encodeCases {
		t.Run(c.name, func(t *testing.T) {
			want := c.want
			if !strings.HasPrefix(want, "<?xml") {
				want = docHead + want + docTail
			}
			var b bytes.Buffer
			e := NewEncoder(&b, &c.opts)
			c.do(e)
			if err := e.Close(); err != c.err {
				t.Fatalf("Close = %v, want %v", err, c.err)
			}
			if diff := cmp.Diff(want, b.String()); diff != "" {
				t.Error(diff)
			}
			if _, err := Parse(b.Bytes(), nil); err != nil {
				t.Errorf("Parse of it = %v", err)
			}
		})
	}
}

// A mistake is an error of the call, of every call after it, and of Close; DropResponse takes it back.
func TestEncodeMistakes(t *testing.T) {
	start := func(e *Encoder) { e.StartResponse("/a") }
	props := func(e *Encoder) { e.StartResponse("/a"); e.Propstat(200) }
	status := func(e *Encoder) { e.StartResponse("/a"); e.Status(200) }
	for _, c := range []struct {
		name   string
		before func(*Encoder)
		call   func(*Encoder) error
		is     error
		msg    string
	}{
		{"no href", nil, func(e *Encoder) error { return e.StartResponse("") }, ErrHref, "malformed href (it is empty)"},
		{"no path", nil, func(e *Encoder) error { return e.StartPath("") }, ErrHref, "malformed href (it is empty)"},
		{"no further href", start, func(e *Encoder) error { return e.AddHref("") }, ErrHref, "malformed href"},
		{"code of two digits", start, func(e *Encoder) error { return e.Status(99) }, ErrStatus, "malformed status 99"},
		{"code of four digits", start, func(e *Encoder) error { return e.Propstat(1000) }, ErrStatus, "malformed status 1000"},
		{"status beside propstat", props, func(e *Encoder) error { return e.Status(200) }, ErrOrder, "out of order (Status)"},
		{"propstat beside status", status, func(e *Encoder) error { return e.Propstat(200) }, ErrOrder, "out of order (Propstat)"},
		{"status twice", status, func(e *Encoder) error { return e.Status(200) }, ErrOrder, ""},
		{"propstat after several hrefs", func(e *Encoder) { start(e); e.AddHref("/b") }, func(e *Encoder) error { return e.Propstat(200) }, ErrOrder, ""},
		{"href after propstat", props, func(e *Encoder) error { return e.AddHref("/b") }, ErrOrder, ""},
		{"property without propstat", start, func(e *Encoder) error { return e.PropText(getetag, "") }, ErrOrder, ""},
		{"property of a response", func(e *Encoder) { props(e); e.EndPropstat() }, func(e *Encoder) error { return e.PropEmpty(getetag) }, ErrOrder, ""},
		{"end of no propstat", start, func(e *Encoder) error { return e.EndPropstat() }, ErrOrder, ""},
		{"empty href of a property", props, func(e *Encoder) error { return e.PropHref(getetag, "/a", "") }, ErrHref, ""},
		{"empty href of a condition", props, func(e *Encoder) error { return e.Condition(getetag, "") }, ErrHref, ""},
		{"no names without propstat", start, func(e *Encoder) error { return e.PropEmpty() }, ErrOrder, ""},
		{"nothing in a response", start, func(e *Encoder) error { return e.EndResponse() }, ErrOrder, ""},
		{"description before the status", start, func(e *Encoder) error { return e.Description("") }, ErrOrder, ""},
		{"description twice", func(e *Encoder) { status(e); e.Description("a") }, func(e *Encoder) error { return e.Description("b") }, ErrOrder, ""},
		{"condition before the status", start, func(e *Encoder) error { return e.Condition(DAV("x")) }, ErrOrder, ""},
		{"location before the status", start, func(e *Encoder) error { return e.Location("/b") }, ErrOrder, ""},
		{"location twice", func(e *Encoder) { status(e); e.Location("/b") }, func(e *Encoder) error { return e.Location("/b") }, ErrOrder, ""},
		{"empty location", status, func(e *Encoder) error { return e.Location("") }, ErrHref, ""},
		{"name with a space", props, func(e *Encoder) error { return e.PropText(Name{"u", "a b"}, "") }, ErrName, `malformed name: "{u}a b"`},
		{"name with a colon", props, func(e *Encoder) error { return e.PropInt(DAV("a:b"), 1) }, ErrName, ""},
		{"empty name", props, func(e *Encoder) error { return e.PropEmpty(Name{}) }, ErrName, ""},
		{"name with markup", props, func(e *Encoder) error { return e.PropHref(DAV("a><evil/"), "/") }, ErrName, ""},
		{"child with a bad name", props, func(e *Encoder) error { return e.PropElements(resourcetype, DAV("1")) }, ErrName, ""},
		{"condition with a bad name", props, func(e *Encoder) error { return e.Condition(DAV("")) }, ErrName, ""},
		{"the namespace of xmlns", props, func(e *Encoder) error { return e.PropEmpty(Name{xmlnsNamespace, "a"}) }, ErrReserved, ""},
		{"a namespace that XML cannot carry", props, func(e *Encoder) error { return e.PropEmpty(Name{"\x01", "a"}) }, ErrCharacter, ""},
		{"a text appender that fails", props, func(e *Encoder) error { return PropAppend(e, getetag, Status{Code: 1}) }, ErrStatus, ""},
		{"a bad response", nil, func(e *Encoder) error { return e.Encode(&Response{Href: "/a"}) }, ErrOrder, "out of order (neither status nor propstat)"},
		{"a response with a bad name", nil, func(e *Encoder) error {
			return e.Encode(&Response{Href: "/a", Propstats: []Propstat{{Props: []Property{{Name: DAV("a b")}}}}})
		}, ErrName, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			var b bytes.Buffer
			e := NewEncoder(&b, nil)
			if c.before != nil {
				c.before(e)
			}
			err := c.call(e)
			var typed *EncodeError
			if !errors.Is(err, c.is) || !strings.Contains(err.Error(), c.msg) || c.name != "a text appender that fails" && !errors.As(err, &typed) {
				t.Fatalf("call = %v, want %v and %q", err, c.is, c.msg)
			}
			for _, again := range []error{e.PropText(getetag, "x"), e.StartResponse("/b"), e.EndResponse(), e.Trailer("", "t"), e.Close()} {
				if again != err {
					t.Errorf("a later call = %v, want %v", again, err)
				}
			}
			if b.Len() > 0 || e.Started() {
				t.Errorf("%q was written", b.String())
			}
			e.DropResponse()
			e.StartResponse("/z")
			e.Status(200)
			if err := e.Close(); err != nil {
				t.Errorf("Close after DropResponse = %v", err)
			}
			want := docHead + `<D:response><D:href>/z</D:href><D:status>HTTP/1.1 200 OK</D:status></D:response>` + docTail
			if diff := cmp.Diff(want, b.String()); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// Calls for which there is no response, or no place, are errors, which stick: nothing that was told is lost silently.
func TestEncodeOutOfResponse(t *testing.T) {
	trailer := func(e *Encoder) { e.Trailer("", "t") }
	nothing := func(*Encoder) {}
	for i, c := range []struct {
		before func(*Encoder)
		call   func(*Encoder) error
	}{
		{nothing, func(e *Encoder) error { return e.AddHref("/a") }},
		{nothing, func(e *Encoder) error { return e.Status(200) }},
		{nothing, func(e *Encoder) error { return e.Propstat(200) }},
		{nothing, func(e *Encoder) error { return e.EndPropstat() }},
		{nothing, func(e *Encoder) error { return e.EndResponse() }},
		{nothing, func(e *Encoder) error { return e.PropText(getetag, "") }},
		{nothing, func(e *Encoder) error { return e.PropEmpty() }},
		{nothing, func(e *Encoder) error { return e.Condition(getetag) }},
		{nothing, func(e *Encoder) error { return e.Description("") }},
		{nothing, func(e *Encoder) error { return e.Location("/") }},
		{nothing, func(e *Encoder) error { return e.Prop(&Property{Name: getetag}) }},
		{trailer, func(e *Encoder) error { return e.Trailer("", "") }},
		{trailer, func(e *Encoder) error { return e.StartResponse("/a") }},
		{trailer, func(e *Encoder) error { return e.StartPath("/a") }},
		{trailer, func(e *Encoder) error { return e.Encode(&Response{Href: "/a", Status: Status{Code: 200}}) }},
		{trailer, func(e *Encoder) error { return e.EndResponse() }},
	} {
		e := NewEncoder(io.Discard, nil)
		c.before(e)
		if err := c.call(e); !errors.Is(err, ErrOrder) || e.Close() != err || e.Started() {
			t.Errorf("call %d has the error %v, and Close %v, want ErrOrder twice", i, err, e.Close())
		}
	}
}

// After Close nothing may follow but Close and Abort.
func TestEncodeAfterClose(t *testing.T) {
	e := NewEncoder(io.Discard, nil)
	for range 2 {
		if err := e.Close(); err != nil {
			t.Errorf("Close = %v", err)
		}
		e.Abort()
	}
	for i, err := range []error{e.Trailer("", ""), e.StartResponse("/a"), e.Status(200), e.PropEmpty(), e.Flush(), e.Encode(&Response{})} {
		if !errors.Is(err, ErrOrder) {
			t.Errorf("call %d after Close = %v, want ErrOrder", i, err)
		}
	}
}

// Flush before anything is complete does not flush the writer, which would send the header of another status.
func TestEncodeFlushEarly(t *testing.T) {
	w := httptest.NewRecorder()
	e := NewEncoder(w, &EncodeOptions{OnStart: func() { w.WriteHeader(207) }})
	e.Flush()
	e.StartResponse("/a")
	e.Status(200)
	e.Flush()
	if w.Flushed || e.Started() {
		t.Error("Flush flushes before a response is complete")
	}
	if err := e.Close(); err != nil || w.Code != 207 {
		t.Errorf("Close = %v, status %d, want 207", err, w.Code)
	}
}

// After a panic in OnStart or the writer nothing more is written, and Close says so.
func TestEncodePanic(t *testing.T) {
	for _, opts := range []EncodeOptions{{OnStart: func() { panic("no") }}, {}} {
		w := &panicWriter{}
		e := NewEncoder(w, &opts)
		func() {
			defer func() { recover() }()
			e.Close()
		}()
		if err := e.Close(); err != errUnfinished || w.n > 1 {
			t.Errorf("Close after a panic = %v, %d writes, want %v", err, w.n, errUnfinished)
		}
	}
}

type panicWriter struct{ n int }

func (w *panicWriter) Write([]byte) (int, error) {
	w.n++
	panic("no")
}

// ownText returns its own memory, which it should not, and the Encoder does not keep.
type ownText []byte

func (o ownText) AppendText([]byte) ([]byte, error) { return o, nil }

func TestPropAppendOwnText(t *testing.T) {
	own := ownText(strings.Repeat("own ", 100))
	e := NewEncoder(io.Discard, nil)
	e.StartResponse("/a")
	e.Propstat(200)
	PropAppend(e, getetag, own)
	PropAppend(e, resourcetype, Status{404, "Not Found"})
	if string(own) != strings.Repeat("own ", 100) {
		t.Errorf("the text became %q", own)
	}
}

// OnStart may abort.
func TestEncodeOnStartAborts(t *testing.T) {
	var b bytes.Buffer
	var e Encoder
	e.Reset(&b, &EncodeOptions{OnStart: func() { e.Abort() }})
	if err := e.Close(); err != ErrAborted || b.Len() > 0 || e.Started() {
		t.Errorf("Close = %v, %q was written", err, b.String())
	}
}

func TestEncodeBadNamespaces(t *testing.T) {
	for _, ns := range [][]Namespace{
		{{"", "u"}}, {{"D", "u"}}, {{"D", NamespaceDAV}}, {{"a", "u"}, {"a", "u"}}, {{"xml", "u"}}, {{"xmlns", "u"}}, {{"a b", "u"}}, {{"a", ""}}, {{"a", "u"}, {"a", "v"}}, {{"a", "\x01"}},
	} {
		e := NewEncoder(io.Discard, &EncodeOptions{Namespaces: ns})
		err := e.StartResponse("/a")
		var typed *EncodeError
		if !errors.As(err, &typed) || e.Close() != err {
			t.Errorf("StartResponse with %q = %v, want an EncodeError for ever", ns, err)
		}
		e.Reset(io.Discard, &EncodeOptions{Namespaces: ns})
		if again := e.Close(); again == nil || again.Error() != err.Error() {
			t.Errorf("Close with %q, after Reset, = %v, want %v", ns, again, err)
		}
	}
	e := NewEncoder(io.Discard, &EncodeOptions{Indent: "<x>"})
	if err := e.StartResponse("/a"); !errors.Is(err, ErrCharacter) || e.Close() != err {
		t.Errorf("StartResponse with markup as indent = %v, want ErrCharacter for ever", err)
	}
	e = NewEncoder(io.Discard, &EncodeOptions{Namespaces: []Namespace{{"a", "u"}, {"b", "u"}, {"c", NamespaceDAV}}})
	if err := e.Close(); err != nil {
		t.Errorf("Close = %v", err)
	}
}

func TestEncodeRejectInvalid(t *testing.T) {
	for _, do := range []func(e *Encoder) error{
		func(e *Encoder) error { return e.PropText(getetag, "a\x01") },
		func(e *Encoder) error { return e.Description("\xff") },
		func(e *Encoder) error { return PropAppend(e, getetag, Status{200, "\uFFFF"}) },
		func(e *Encoder) error { return e.Prop(&Property{Name: getetag, Lang: "\x00"}) },
		func(e *Encoder) error { e.DropResponse(); return e.Trailer("\x02", "") },
		func(e *Encoder) error {
			e.DropResponse()
			return e.Encode(&Response{Href: "/", Status: Status{200, "\x02"}})
		},
	} {
		e := NewEncoder(io.Discard, &EncodeOptions{RejectInvalid: true})
		e.StartResponse("/a")
		e.Propstat(200)
		if err := do(e); !errors.Is(err, ErrCharacter) {
			t.Errorf("call = %v, want ErrCharacter", err)
		}
	}
}

// chunkWriter remembers what it got.
type chunkWriter struct {
	chunks  []string
	flushed int
}

func (w *chunkWriter) Write(p []byte) (int, error) {
	w.chunks = append(w.chunks, string(p))
	return len(p), nil
}
func (w *chunkWriter) Flush() { w.flushed++ }

// Nothing is written before a response is complete, whole responses are written, and OnStart comes just before.
func TestEncodeChunks(t *testing.T) {
	var w chunkWriter
	started := 0
	e := NewEncoder(&w, &EncodeOptions{OnStart: func() {
		if started++; len(w.chunks) > 0 {
			t.Error("OnStart after the first byte")
		}
	}})
	e.StartResponse("/a")
	e.Propstat(200)
	e.PropText(getetag, strings.Repeat("x", 100_000))
	if err := e.Flush(); err != nil || len(w.chunks) > 0 || started > 0 || e.Started() {
		t.Fatalf("Flush within the first response = %v and writes %d chunks", err, len(w.chunks))
	}
	e.DropResponse()
	e.Flush()
	if len(w.chunks) > 0 || e.Started() {
		t.Fatal("something was written before a response was complete")
	}
	for range 1000 {
		e.StartResponse("/a")
		e.Propstat(200)
		e.PropText(getetag, "0123456789")
	}
	e.Flush()
	if started != 1 || !e.Started() || w.flushed != 1 {
		t.Errorf("OnStart ran %d times, Started = %v, %d flushes", started, e.Started(), w.flushed)
	}
	for i, c := range w.chunks {
		if !strings.HasSuffix(c, "</D:response>") || i < len(w.chunks)-1 && (len(c) < chunkSize || len(c) > chunkSize+1000) {
			t.Errorf("chunk %d has %d bytes and ends in %q", i, len(c), c[len(c)-20:])
		}
	}
	if err := e.Close(); err != nil {
		t.Error(err)
	}
	m, err := Parse([]byte(strings.Join(w.chunks, "")), nil)
	if err != nil || len(m.Responses) != 1000 {
		t.Errorf("%d responses, %v, want 1000", len(m.Responses), err)
	}
}

// limitedWriter fails after some bytes.
type limitedWriter struct {
	got  []byte
	left int
	err  error
}

func (w *limitedWriter) Write(p []byte) (int, error) {
	n := min(len(p), w.left)
	w.got = append(w.got, p[:n]...)
	w.left -= n
	if n < len(p) {
		return n, w.err
	}
	return n, nil
}

// Wherever the writer fails, its error sticks, and what it got is the beginning of the document.
func TestEncodeBrokenWriter(t *testing.T) {
	write := func(w io.Writer) error {
		e := NewEncoder(w, nil)
		for range 3 {
			e.StartResponse("/a")
			e.Propstat(200)
			e.PropText(getetag, "1")
			e.EndResponse()
			e.Flush()
		}
		return e.Close()
	}
	var golden bytes.Buffer
	if err := write(&golden); err != nil {
		t.Fatal(err)
	}
	for _, want := range []error{errBroken, io.ErrShortWrite} {
		fail := want
		if fail == io.ErrShortWrite {
			fail = nil
		}
		for n := range golden.Len() {
			w := &limitedWriter{left: n, err: fail}
			if err := write(w); err != want {
				t.Errorf("a writer that fails after %d bytes: %v, want %v", n, err, want)
			}
			if string(w.got) != golden.String()[:n] {
				t.Errorf("a writer that fails after %d bytes got %q", n, w.got)
			}
		}
	}
}

// Abort leaves the document unfinished, and says so for ever.
func TestEncodeAbort(t *testing.T) {
	var w chunkWriter
	e := NewEncoder(&w, nil)
	e.StartResponse("/a")
	e.Status(200)
	e.EndResponse()
	e.Flush()
	e.StartResponse("/b")
	e.Abort()
	e.Abort()
	for i, err := range []error{e.Status(200), e.EndResponse(), e.StartResponse("/c"), e.Trailer("", ""), e.Flush(), e.Close(), e.Encode(&Response{})} {
		if err != ErrAborted {
			t.Errorf("call %d after Abort = %v, want ErrAborted", i, err)
		}
	}
	if _, err := Parse([]byte(strings.Join(w.chunks, "")), nil); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("Parse = %v, want io.ErrUnexpectedEOF", err)
	}
}

// An Encoder that was used, or has failed, is as good as new after Reset; same calls, same bytes.
func TestEncoderReset(t *testing.T) {
	var e Encoder
	for range 2 {
		for _, c := range encodeCases {
			var fresh, used bytes.Buffer
			f := NewEncoder(&fresh, &c.opts)
			c.do(f)
			f.Close()
			e.Reset(&used, &c.opts)
			c.do(&e)
			e.Close()
			if diff := cmp.Diff(fresh.String(), used.String()); diff != "" {
				t.Errorf("%s: %s", c.name, diff)
			}
			e.Reset(&limitedWriter{err: errBroken}, nil)
			e.Encode(&Response{Href: "/a", Status: Status{Code: 200}})
			e.Flush()
			e.StartResponse("")
			e.Abort()
		}
	}
}

func TestTimes(t *testing.T) {
	for _, c := range []struct {
		at         time.Time
		http, date string
	}{
		{time.Unix(0, 0), "Thu, 01 Jan 1970 00:00:00 GMT", "1970-01-01T00:00:00Z"},
		{time.Date(1600, 2, 29, 1, 2, 3, 0, time.UTC), "Thu, 01 Jan 1970 00:00:00 GMT", "1600-02-29T01:02:03Z"},
		{time.Time{}, "Thu, 01 Jan 1970 00:00:00 GMT", "0001-01-01T00:00:00Z"},
		{time.Date(-1, 1, 1, 0, 0, 0, 0, time.UTC), "Thu, 01 Jan 1970 00:00:00 GMT", "0000-01-01T00:00:00Z"},
		{time.Date(12345, 1, 1, 0, 0, 0, 0, time.UTC), "Fri, 31 Dec 9999 23:59:59 GMT", "9999-12-31T23:59:59Z"},
		{time.Date(2024, 2, 29, 23, 59, 59, 1e9-1, time.FixedZone("", -3600)), "Fri, 01 Mar 2024 00:59:59 GMT", "2024-03-01T00:59:59Z"},
	} {
		if got := string(appendHTTPTime(nil, c.at)); got != c.http {
			t.Errorf("appendHTTPTime(%v) = %q, want %q", c.at, got, c.http)
		}
		if got := string(appendDateTime(nil, c.at)); got != c.date {
			t.Errorf("appendDateTime(%v) = %q, want %q", c.at, got, c.date)
		}
	}
}

// DropResponse takes back what belongs to the response, also after Flush has written what came before it.
func TestDropAfterFlush(t *testing.T) {
	var out strings.Builder
	e := NewEncoder(&out, nil)
	e.StartResponse("/a\x7F")
	e.Status(200)
	e.EndResponse()
	e.StartResponse("/b")
	e.Propstat(200)
	if err := e.Flush(); err != nil {
		t.Fatal(err)
	}
	e.DropResponse()
	e.StartResponse("/c")
	e.Status(200)
	if err := e.Close(); err != nil {
		t.Fatal(err)
	}
	if m, err := Parse([]byte(out.String()), nil); err != nil || len(m.Responses) != 2 || m.Responses[0].Href != "/a%7F" || m.Responses[1].Href != "/c" {
		t.Errorf("Parse(%q) = %v, %v", out.String(), m, err)
	}
}

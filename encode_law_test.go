package multistatus

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"weak"

	"github.com/go-multistatus/multistatus/internal/xmlscan"
	"github.com/google/go-cmp/cmp"
)

// normalised is r as Encode writes it.
func normalised(r *Response) *Response {
	n := r.Clone()
	if !n.Status.IsZero() {
		n.Status = normalStatus(n.Status)
	}
	for i := range n.Propstats {
		p := &n.Propstats[i]
		if p.Status.IsZero() {
			p.Status.Code = 200
		}
		p.Status = normalStatus(p.Status)
	}
	return n
}

func normalStatus(s Status) Status {
	if s.Reason == "" {
		s.Reason = usualReason(s.Code)
	}
	s.Reason = strings.NewReplacer("\r", " ", "\n", " ").Replace(s.Reason)
	return s
}

// sameResponses compares what was encoded with what is decoded from it. Nil and empty slices are the same.
var sameResponses = cmp.Options{
	cmp.Transformer("props", func(p []Property) map[int]Property {
		m := map[int]Property{}
		for i := range p {
			m[i] = p[i]
		}
		return m
	}),
	cmp.Comparer(func(a, b []Href) bool { return strings.Join(hrefStrings(a), " ") == strings.Join(hrefStrings(b), " ") }),
	cmp.Comparer(func(a, b Value) bool { return a.Equal(b) }),
	cmp.FilterValues(func(a, b []Propstat) bool { return len(a) == 0 && len(b) == 0 }, cmp.Ignore()),
}

func hrefStrings(hs []Href) (s []string) {
	for _, h := range hs {
		s = append(s, string(h))
	}
	return s
}

// checkEncoded encodes r in all ways, and expects to decode it again, strictly.
func checkEncoded(t *testing.T, what string, r *Response) {
	t.Helper()
	want := normalised(r)
	for _, opts := range []EncodeOptions{{}, {Indent: "  "}, {Namespaces: []Namespace{{"d", "urn:other"}, {"C", NamespaceCalDAV}, {"oc", "urn:x"}}}} {
		var b bytes.Buffer
		e := NewEncoder(&b, &opts)
		e.Encode(r)
		if err := e.Close(); err != nil {
			t.Errorf("%s: Encode(%s) = %v", what, dumpResponse(r), err)
			return
		}
		checkDecoded(t, what, b.Bytes(), want)
	}
	m := Multistatus{Responses: []Response{*r, *r}}
	doc, err := m.AppendXML(nil, nil)
	if err != nil {
		t.Errorf("%s: AppendXML = %v", what, err)
		return
	}
	checkDecoded(t, what+" by AppendXML", doc, want)
}

func checkDecoded(t *testing.T, what string, doc []byte, want *Response) {
	t.Helper()
	reject := AllQuirks()
	for q := QuirkHrefRelative; q <= QuirkHrefDotSegments; q++ {
		reject.bits[q>>6] &^= 1 << (q & 63)
	}
	reject.bits[QuirkPropDuplicated>>6] &^= 1 << (QuirkPropDuplicated & 63)
	m, err := Parse(doc, &DecodeOptions{Reject: reject, MaxAttrs: -1, MaxNamespaces: -1})
	if err != nil || len(m.Responses) == 0 {
		t.Errorf("%s: Parse(%q) = %v", what, doc, err)
		return
	}
	for i := range m.Responses {
		if diff := cmp.Diff(want, &m.Responses[i], sameResponses); diff != "" {
			t.Errorf("%s: %q decodes to something else: %s", what, doc, diff)
		}
	}
	d := xml.NewDecoder(bytes.NewReader(doc))
	for err == nil {
		_, err = d.Token()
	}
	if err != io.EOF {
		t.Errorf("%s: encoding/xml says of %q: %v", what, doc, err)
	}
}

// What was decoded, and can be valid, is the same after it was encoded and decoded again.
func TestEncodeDecoded(t *testing.T) {
	files, err := filepath.Glob("testdata/corpus/*/*.xml")
	if err != nil || len(files) == 0 {
		t.Fatal(err)
	}
	n := 0
	check := func(what, body string, opts DecodeOptions) {
		m, _ := Parse([]byte(body), &opts)
		for i := range m.Responses {
			if m.Responses[i].Validate() == nil {
				n++
				checkEncoded(t, what, &m.Responses[i])
			}
		}
	}
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		check(f, string(b), DecodeOptions{})
	}
	for _, c := range decodeCases {
		if body, _ := markless(c.body); len(body) < 10_000 {
			check(c.name, body, c.opts)
		}
	}
	if n < 750 {
		t.Errorf("only %d responses were valid", n)
	}
}

// maker makes responses at random.
type maker struct{ *rand.Rand }

func (m maker) pick(from ...string) string { return from[m.IntN(len(from))] }

func (m maker) text() string {
	s := ""
	for range m.IntN(4) {
		s += m.pick("a", "é", "&", "<", "]]>", "\r", "\"", "'", "😀", "x:y", "D:z", " b", "\u2028", "\u0085")
	}
	return s
}

// trimmed is text as a description is decoded.
func (m maker) trimmed() string { return strings.Trim(m.text(), " \t\r\n") }

func (m maker) name() Name {
	return Name{m.pick("", "DAV:", NamespaceCalDAV, "urn:x", "urn:y&\"", "?oc", "http://www.w3.org/XML/1998/namespace"), m.pick("a", "b-c", "größe", "displayname", "lang")}
}

func (m maker) value(depth int) Value {
	switch m.IntN(5) {
	case 0:
		return Value{}
	case 1:
		return Text(m.text())
	case 2:
		return Elements(m.name(), m.name()).WithAttr(m.name(), m.text())
	case 3:
		v, err := XML(`t<p:q xmlns:p="urn:p" r="1"><D:x/><s xmlns="urn:s">p:v</s></p:q>&amp;`, Namespace{"D", m.pick("DAV:", "urn:d")})
		if err != nil {
			panic(err)
		}
		return v
	}
	p, err := ParseElement([]byte(`<x xmlns="`+m.pick("", "urn:z")+`" xmlns:C="urn:c" C:a="C:b"><y/><C:z xmlns:C="urn:w">D:e</C:z></x>`), nil)
	if err != nil {
		panic(err)
	}
	return p.Value
}

func (m maker) property() Property {
	return Property{Name: m.name(), Lang: m.pick("", "", "de", "x\""), Value: m.value(0)}
}

func (m maker) status() Status { return Status{100 + m.IntN(900), m.trimmed()} }

func (m maker) response() *Response {
	r := &Response{Href: Href("/" + m.pick("a", "b%20c", "é", "x y", "&<")), Description: m.trimmed()}
	if m.IntN(2) == 0 {
		r.Error = m.value(0)
	}
	if m.IntN(3) == 0 {
		r.Status = m.status()
		for range m.IntN(3) {
			r.MoreHrefs = append(r.MoreHrefs, "/more")
		}
		r.Location = Href(m.pick("", "/l"))
		return r
	}
	for range 1 + m.IntN(3) {
		p := Propstat{Status: m.status(), Description: m.trimmed()}
		for range m.IntN(4) {
			p.Props = append(p.Props, m.property())
		}
		if m.IntN(3) == 0 {
			p.Error = m.value(0)
		}
		r.Propstats = append(r.Propstats, p)
	}
	return r
}

// Whatever can be made is the same after it was encoded and decoded.
func TestEncodeMade(t *testing.T) {
	for seed := range uint64(1500) {
		m := maker{rand.New(rand.NewPCG(seed, 3))}
		r := m.response()
		if err := r.Validate(); err != nil {
			t.Fatalf("Validate(%s) = %v", dumpResponse(r), err)
		}
		checkEncoded(t, "made", r)
		if t.Failed() {
			return
		}
	}
}

// A whole document is the same after it was decoded and written again.
func TestAppendXMLStable(t *testing.T) {
	files, _ := filepath.Glob("testdata/corpus/*/*.xml")
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		m, _ := Parse(b, nil)
		valid := m.Responses[:0]
		for i := range m.Responses {
			if m.Responses[i].Validate() == nil {
				valid = append(valid, m.Responses[i])
			}
		}
		m.Responses = valid
		first, err := m.AppendXML(nil, nil)
		if err != nil {
			t.Errorf("%s: AppendXML = %v", f, err)
			continue
		}
		m, err = Parse(first, nil)
		if err != nil {
			t.Errorf("%s: Parse(%q) = %v", f, first, err)
			continue
		}
		second, err := m.AppendXML([]byte("before"), nil)
		if diff := cmp.Diff("before"+string(first), string(second)); diff != "" || err != nil {
			t.Errorf("%s: AppendXML again differs, %v: %s", f, err, diff)
		}
	}
}

// Prefixes of values and of names stand on the root, and are kept.
func TestAppendXMLNamespaces(t *testing.T) {
	body := `<D:multistatus xmlns:D="DAV:" xmlns:p="urn:p"><D:response xmlns:lp1="urn:l"><D:href>/a</D:href><D:propstat><D:prop>` +
		`<D:a/><D:b p:c="1"/><lp1:d>x</lp1:d><e xmlns="urn:e"/></D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response></D:multistatus>`
	m, err := Parse([]byte(body), nil)
	if err != nil {
		t.Fatal(err)
	}
	got, err := m.AppendXML(nil, &EncodeOptions{Namespaces: []Namespace{{"z", "urn:z"}}})
	want := xmlHead + `<D:multistatus xmlns:D="DAV:" xmlns:z="urn:z" xmlns:p="urn:p" xmlns:lp1="urn:l" xmlns:ns1="urn:e"><D:response><D:href>/a</D:href><D:propstat><D:prop>` +
		`<D:a/><D:b p:c="1"/><lp1:d>x</lp1:d><ns1:e/></D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response></D:multistatus>`
	if diff := cmp.Diff(want, string(got)); diff != "" || err != nil {
		t.Errorf("AppendXML = %v: %s", err, diff)
	}
}

// What an Encoder has written before changes nothing: not with values of other scopes, nor with elements that were the same.
func TestEncodeRemembers(t *testing.T) {
	for _, opts := range []EncodeOptions{{}, {Namespaces: []Namespace{{"oc", NamespaceOwnCloud}, {"lp1", "urn:x"}, {"d", NamespaceDAV}}}, {Indent: " "}} {
		var used Encoder
		n := 0
		eachBody(func(body []byte, contentType string) {
			m, _ := Parse(body, &DecodeOptions{ContentType: contentType})
			rs := slices.DeleteFunc(m.Responses, func(r Response) bool { return r.Validate() != nil })
			for range 2 {
				for i := range rs {
					n++
					want, got := encodedBy(new(Encoder), &opts, &rs[i]), encodedBy(&used, &opts, &rs[i])
					if diff := cmp.Diff(want, got); diff != "" {
						t.Fatalf("%.300q is written otherwise after others: %s", body, diff)
					}
				}
			}
		})
		if n < 1000 {
			t.Errorf("%d responses are not enough", n)
		}
	}
}

func encodedBy(e *Encoder, opts *EncodeOptions, r *Response) string {
	var b bytes.Buffer
	e.Reset(&b, opts)
	e.Encode(r)
	if err := e.Close(); err != nil {
		return err.Error()
	}
	return b.String()
}

// A value that is too long to be remembered, one with an attribute, one with a language, and one of the name of another,
// between values that are the same.
func TestEncodeSameElements(t *testing.T) {
	body := `<d:multistatus xmlns:d="DAV:" xmlns:x="urn:x">`
	for _, prop := range []string{
		`<d:p><x:a/></d:p>`, `<d:p><x:a/></d:p>`, `<d:p x:b="1"><x:a/></d:p>`, `<d:p xml:lang="de"><x:a/></d:p>`, `<d:p><x:a/></d:p>`,
		`<d:p xmlns:x="urn:y"><x:a/></d:p>`, `<d:p><x:a/></d:p>`, `<d:q><x:a/></d:q>`, `<x:p><x:a/></x:p>`, `<p><x:a/></p>`, `<p><x:a/></p>`,
		`<d:p><x:a>` + strings.Repeat("b", maxElement) + `</x:a></d:p>`, `<d:p><x:a/></d:p>`, `<d:p>x:a</d:p>`, `<d:p>x:a</d:p>`, `<d:p/>`,
	} {
		body += "<d:response><d:href>/</d:href><d:propstat><d:prop>" + prop + "</d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response>"
	}
	m, err := Parse([]byte(body+"</d:multistatus>"), nil)
	if err != nil {
		t.Fatal(err)
	}
	var used Encoder
	for range 2 {
		for i := range m.Responses {
			want, got := encodedBy(new(Encoder), nil, &m.Responses[i]), encodedBy(&used, nil, &m.Responses[i])
			if want != got {
				t.Errorf("%d: %s\nwant %s", i, got, want)
			}
			checkEncoded(t, "same elements", &m.Responses[i])
		}
	}
}

// A text may mention a prefix, of which Encode declares what it is bound to, as AppendXML does: where the root does not.
func TestEncodeMentions(t *testing.T) {
	const declared = ` xmlns:x="urn:x"`
	for content, want := range map[string]bool{
		"x:a": true, "see x:a": true, "x:a &amp; b": true, "1:2 x:": true, "<![CDATA[x:a]]>": true,
		"a": false, "10:02:07": false, "y:a": false, "xx:a": false, ":x": false, "x :a": false, "10:02 &amp; y:a": false,
	} {
		body := `<d:multistatus xmlns:d="DAV:" xmlns:x="urn:x"><d:response><d:href>/</d:href><d:propstat><d:prop><d:p>` + content +
			`</d:p></d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response></d:multistatus>`
		m, err := Parse([]byte(body), nil)
		if err != nil {
			t.Fatal(err)
		}
		if got := encodedBy(new(Encoder), nil, &m.Responses[0]); strings.Contains(got, declared) != want {
			t.Errorf("%q is written as %s", content, got)
		}
		root := &EncodeOptions{Namespaces: []Namespace{{"x", "urn:x"}}}
		if got := encodedBy(new(Encoder), root, &m.Responses[0]); strings.Count(got, declared) != 1 {
			t.Errorf("%q is written as %s", content, got)
		}
	}
}

// alike returns a response whose root has these declarations.
func alike(t *testing.T, declarations, prop string) *Response {
	m, err := Parse([]byte(`<D:multistatus xmlns:D="DAV:"`+declarations+`><D:response><D:href>/</D:href><D:propstat><D:prop>`+prop+
		`</D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response></D:multistatus>`), nil)
	if err != nil {
		t.Fatal(err)
	}
	return &m.Responses[0]
}

// Responses in scopes that change each time, or in none, allocate no more than those in the same.
func TestEncodeScopesAllocs(t *testing.T) {
	const x, y = ` xmlns:x="urn:x"`, ` xmlns:x="urn:x" xmlns:y="urn:y"`
	for _, prop := range []string{
		`<x:a>t</x:a>`, `<x:a>t&amp;u</x:a>`, `<x:a xml:lang="de">t</x:a>`, `<x:a/>`, `<x:a xml:lang="de"/>`, `<x:a>x:t</x:a>`, `<x:a><D:b/></x:a>`,
		`<x:a><x:b/></x:a>`, `<D:a>t</D:a>`, `<D:a>x:t</D:a>`, `<D:a><x:b/></D:a>`,
	} {
		a, b, c := alike(t, x, prop), alike(t, y, prop), alike(t, x, prop)
		c.Propstats[0].Props[0].Value = Text("t")
		for _, pair := range [][2]*Response{{a, a}, {a, b}, {a, c}} {
			e := NewEncoder(io.Discard, nil)
			if got := testing.AllocsPerRun(100, func() {
				e.Encode(pair[0])
				e.Encode(pair[1])
			}); got != 0 || e.Close() != nil {
				t.Errorf("%s: two responses allocate %v times, want 0", prop, got)
			}
			for _, r := range pair {
				checkEncoded(t, "scopes", r)
				if want, got := encodedBy(new(Encoder), nil, r), encodedBy(e, nil, r); got != want {
					t.Errorf("%s: %s\nwant %s", prop, got, want)
				}
			}
		}
	}
}

// Of scopes with many declarations an Encoder keeps no more alive for many names than for a few.
func TestEncodeKeepsFewScopes(t *testing.T) {
	const names = 100
	many := ""
	for i := range manyScopes {
		many += fmt.Sprintf(` xmlns:p%d="urn:p"`, i)
	}
	e := NewEncoder(io.Discard, nil)
	var scopes []weak.Pointer[xmlscan.Scope]
	for i := range names {
		for _, content := range []string{"text", "x:text", "<D:a/>"} {
			r := alike(t, many+` xmlns:x="urn:x"`, fmt.Sprintf("<x:n%d>%s</x:n%[1]d>", i, content))
			scopes = append(scopes, weak.Make(r.Propstats[0].Props[0].Value.scope))
			if err := e.Encode(r); err != nil {
				t.Fatal(err)
			}
		}
	}
	runtime.GC()
	alive := 0
	for _, s := range scopes {
		if s.Value() != nil {
			alive++
		}
	}
	if most := len(e.known.yes) + len(e.known.no); alive > most {
		t.Errorf("%d scopes are alive, want at most %d", alive, most)
	}
	runtime.KeepAlive(e)
}

// What was written with other namespaces on the root does not hold.
func TestEncodeOtherNamespaces(t *testing.T) {
	r := alike(t, ` xmlns:x="urn:x"`, `<x:a>x:t</x:a><x:b>t</x:b><x:c><x:d/></x:c><D:e/>`)
	all := []*EncodeOptions{nil, {Namespaces: []Namespace{{"x", "urn:x"}}}, {Namespaces: []Namespace{{"y", "urn:x"}, {"x", "urn:y"}}}}
	var used Encoder
	for range 2 {
		for _, opts := range all {
			if want, got := encodedBy(new(Encoder), opts, r), encodedBy(&used, opts, r); got != want {
				t.Errorf("%v: %s\nwant %s", opts, got, want)
			}
		}
	}
}

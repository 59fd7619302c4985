package multistatus

// The laws of Values and of what encoding/xml makes of the same markup. OSS-Fuzz builds this file alone with the package:
// see fuzz_test.go for what that asks.

import (
	"bytes"
	"cmp"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// documentSeeds is to this file what fuzzSeeds is to that of bodies.
var documentSeeds = map[string]func(add func(args ...any)){
	"FuzzDifferential": func(add func(...any)) { seedDocuments(func(body []byte) { add(body) }) },
	"FuzzValue":        seedValues,
}

// seedDocuments yields bodies where they are: not in what OSS-Fuzz builds.
var seedDocuments = func(add func(body []byte)) {}

func seedDocument(f *testing.F) {
	if f.Name() != "libFuzzer" {
		documentSeeds[f.Name()](f.Add)
	}
}

// node is an element as encoding/xml reads it.
type node struct {
	name     Name
	attrs    []string // sorted
	texts    []string // before each child and after the last
	children []node
}

// flattened is the value of an attribute as XML 1.0 has it, section 3.3.3; encoding/xml leaves it as it stands.
func flattened(s string) string {
	return strings.NewReplacer("\t", " ", "\n", " ", "\r", " ").Replace(s)
}

func expanded(n xml.Name) Name { return Name{flattened(n.Space), n.Local} }

// readNode reads the rest of an element.
func readNode(d *xml.Decoder, e xml.StartElement) (node, error) {
	n := node{name: expanded(e.Name), texts: []string{""}}
	for _, a := range e.Attr {
		if a.Name.Space != "xmlns" && a.Name != (xml.Name{Local: "xmlns"}) {
			n.attrs = append(n.attrs, expanded(a.Name).String()+"="+flattened(a.Value))
		}
	}
	slices.Sort(n.attrs)
	for {
		token, err := d.Token()
		if err != nil {
			return n, err
		}
		switch token := token.(type) {
		case xml.StartElement:
			child, err := readNode(d, token)
			if err != nil {
				return n, err
			}
			n.children, n.texts = append(n.children, child), append(n.texts, "")
		case xml.EndElement:
			return n, nil
		case xml.CharData:
			n.texts[len(n.texts)-1] += string(token)
		}
	}
}

// readTree reads a document as encoding/xml does, if a charset that it names is but another word for UTF-8 there.
func readTree(body []byte) (root node, err error) {
	d := xml.NewDecoder(strings.NewReader(strings.TrimPrefix(string(body), "\uFEFF")))
	d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) {
		if bytes.IndexFunc(body, func(r rune) bool { return r >= utf8.RuneSelf }) >= 0 {
			return nil, errors.ErrUnsupported
		}
		return r, nil
	}
	for {
		switch token, err := d.Token(); e := token.(type) {
		case nil:
			return root, cmp.Or(err, io.ErrUnexpectedEOF)
		case xml.StartElement:
			if root, err = readNode(d, e); err != nil {
				return root, err
			}
		}
	}
}

// knownDifference reports whether encoding/xml refuses a document that is well-formed: it knows the names of the fourth
// edition of XML 1.0 only, no version but 1.0 and no charset but UTF-8.
func knownDifference(err error) bool {
	for _, s := range []string{"invalid XML name", "unsupported version", "expected element name after <", "expected attribute name in element",
		"expected target name after <?", "invalid character entity", errors.ErrUnsupported.Error()} {
		if strings.Contains(err.Error(), s) {
			return true
		}
	}
	return false
}

// String writes down the element from <name to >.
func (n *node) String() string {
	b := fmt.Appendf(nil, "<%q%q%q", n.name.String(), n.attrs, n.texts[0])
	for i := range n.children {
		b = fmt.Appendf(b, "%s%q", n.children[i].String(), n.texts[i+1])
	}
	return string(append(b, '>'))
}

// named yields the children with a name in DAV:.
func (n *node) named(local string) (found []node) {
	for _, c := range n.children {
		if c.name == DAV(local) {
			found = append(found, c)
		}
	}
	return found
}

func (n *node) trimmed() string { return strings.Trim(strings.Join(n.texts, ""), " \t\r\n") }

// What strict decoding accepts, encoding/xml reads with the same names, texts and attributes, documented differences apart:
// any document as an element, and a 207 body response by response.
func FuzzDifferential(f *testing.F) {
	seedDocument(f)
	f.Fuzz(func(t *testing.T, body []byte) {
		strict := &DecodeOptions{Reject: AllQuirks()}
		p, err := ParseElement(body, strict)
		if err != nil || !utf8.Valid(body) || bytes.IndexByte(body, 0) >= 0 {
			return
		}
		tree, err := readTree(body)
		switch {
		case err != io.EOF && knownDifference(err):
			return
		case err != io.EOF:
			t.Fatalf("%q is accepted, but encoding/xml says %v", body, err)
		}
		checkTree(t, &p, &tree)
		m, err := Parse(body, strict)
		if err != nil {
			return
		}
		responses := tree.named("response")
		if len(responses) != len(m.Responses) {
			t.Fatalf("%q has %d responses, want %d", body, len(m.Responses), len(responses))
		}
		for i := range responses {
			checkResponse(t, &m.Responses[i], &responses[i])
		}
	})
}

// checkTree expects p to be what encoding/xml has read.
func checkTree(t *testing.T, p *Property, want *node) {
	t.Helper()
	got, err := readTree(p.AppendXML(nil))
	if err != io.EOF || got.String() != want.String() {
		t.Fatalf("%+v is written as %v, %v, want %v", p, &got, err, want)
	}
	checkValue(t, p.Name, p.Value, want)
}

func checkValue(t *testing.T, n Name, v Value, want *node) {
	t.Helper()
	for a := range v.Attrs() {
		text := expanded(xml.Name(a.Name)).String() + "=" + flattened(a.Value)
		if got, ok := v.Attr(a.Name); !slices.Contains(want.attrs, text) || got != a.Value || !ok {
			t.Fatalf("%v has the attribute %q, %q, want one of %q", n, text, got, want.attrs)
		}
	}
	text, ok := v.Text()
	if ok != (len(want.children) == 0) || ok && text != want.texts[0] || expanded(xml.Name(n)) != want.name {
		t.Fatalf("%v has the text %q, %t, want %v", n, text, ok, want)
	}
	i := 0
	for n, child := range v.Elements() {
		if i == len(want.children) || !v.Has(n) {
			t.Fatalf("%v is not an element of %v", n, want)
		}
		checkValue(t, n, child, &want.children[i])
		i++
	}
	if i != len(want.children) {
		t.Fatalf("%v has %d elements, want %v", n, i, want)
	}
}

// checkResponse expects r to be what encoding/xml has read, by the grammar of RFC 4918, section 14.24.
func checkResponse(t *testing.T, r *Response, want *node) {
	t.Helper()
	var got, hrefs []string
	for h := range r.Hrefs() {
		got = append(got, string(h))
	}
	for _, h := range want.named("href") {
		hrefs = append(hrefs, h.trimmed())
	}
	propstats := want.named("propstat")
	if !slices.Equal(got, hrefs) || len(propstats) != len(r.Propstats) {
		t.Fatalf("hrefs %q, %d propstats, want %v", got, len(r.Propstats), want)
	}
	for _, s := range want.named("status") {
		checkLine(t, r.Status, &s)
	}
	for i := range propstats {
		p := &r.Propstats[i]
		for _, s := range propstats[i].named("status") {
			checkLine(t, p.Status, &s)
		}
		props := propstats[i].named("prop")[0].children
		if len(props) != len(p.Props) {
			t.Fatalf("%d properties, want %v", len(p.Props), &propstats[i])
		}
		for j := range props {
			checkValue(t, p.Props[j].Name, p.Props[j].Value, &props[j])
		}
	}
}

func checkLine(t *testing.T, got Status, want *node) {
	t.Helper()
	if s, err := ParseStatus(want.trimmed()); s != got || err != nil {
		t.Fatalf("status %v, want %v, %v", got, s, err)
	}
}

// valueScope is what prefixes in the values of FuzzValue's seeds are bound to.
var valueScope = []Namespace{{"D", NamespaceDAV}, {"C", NamespaceCalDAV}, {"x", "urn:x"}, {"y", "urn:y"}, {"", "urn:def"}}

func seedValues(add func(args ...any)) {
	raws := []string{"", "a", "a &lt; b", "]]&gt;", "a&#13;\r\nb\rc", "<![CDATA[<a>]]>", "<!-- c -->d<?p i?>", "<D:collection/><C:calendar/>", "<a><b c='1' x:c=\"2\"/></a>",
		"x:a D:b", "<x:a xmlns:x='urn:y'><x:b/></x:a>", "<D:href>/a</D:href> ", "<a xmlns=''><b/></a>", "<y:a xml:lang='de'>&amp;&#x20AC;</y:a>"}
	for i, raw := range raws {
		add(raw, raws[(i+1)%len(raws)], "text\r&<\x00\xFF\u0085", "urn:z", "a:b")
	}
}

// carried is what XML 1.0 can carry of s, section 2.2, and U+FFFD for the rest.
func carried(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '\t' || r == '\n' || r == '\r' || 0x20 <= r && r <= 0xD7FF || 0xE000 <= r && r <= 0xFFFD || r >= 0x10000 {
			return r
		}
		return utf8.RuneError
	}, s)
}

// Raw of what XML made gives back what it was told; AppendXML, Property.AppendXML and Clone are equal to it; it reads as
// encoding/xml reads it; Equal is an equivalence, and says of two values what encoding/xml does.
// Text gives back what Text was told, but for what XML cannot carry, and so does Attr after WithAttr.
// Properties of a DAV:prop are what a Decoder reads in it, languages included.
func FuzzValue(f *testing.F) {
	seedDocument(f)
	f.Fuzz(func(t *testing.T, a, b, text, space, local string) {
		checkText(t, text)
		v, err := XML(a, valueScope...)
		if err != nil {
			if at := (*DecodeError)(nil); !errors.As(err, &at) || at.Offset < 0 || at.Line < 1 || at.Column < 1 {
				t.Errorf("XML(%q) = %v, want an error with a place", a, err)
			}
			v = Text(a)
		} else if v.Raw() != a {
			t.Errorf("Raw of %q is %q", a, v.Raw())
		}
		o, err := XML(b, valueScope...)
		if err != nil {
			o = Elements(Name{space, local}, DAV("a"))
		}
		checkSameValue(t, v, v.Clone())
		if alone, err := XML(string(v.AppendXML(nil))); err != nil || !alone.Equal(v) {
			t.Errorf("%q is written as %q, %v", a, v.AppendXML(nil), err)
		}
		p, q := Property{Name: DAV("a"), Value: v}, Property{Name: DAV("a"), Value: o}
		checkWritten(t, &p)
		checkWritten(t, &q)
		checkEqual(t, &p, &q)
		with := v.WithAttr(DAV("b"), text).WithAttr(Name{"", "c"}, b)
		got, _ := with.Attr(DAV("b"))
		if again, ok := with.Attr(Name{"", "c"}); got != carried(text) || again != carried(b) || !ok || with.Raw() != v.Raw() {
			t.Errorf("WithAttr(%q) and WithAttr(%q) make %q, %q", text, b, got, again)
		}
		checkProperties(t, &Property{Name: DAV("prop"), Lang: carried(local), Value: v})
		checkWritten(t, &Property{Name: DAV("a"), Lang: "de", Value: with.WithAttr(Name{space, local}, a)})
	})
}

func checkText(t *testing.T, s string) {
	t.Helper()
	v := Text(s)
	if got, ok := v.Text(); got != carried(s) || !ok {
		t.Errorf("Text(%q).Text() = %q, %t", s, got, ok)
	}
	o, err := XML(v.Raw())
	if got, _ := v.AppendText([]byte("before")); string(got) != "before"+carried(s) || err != nil {
		t.Errorf("Text(%q) is %q as XML, %v, and %q", s, v.Raw(), err, got)
	}
	checkSameValue(t, v, o)
}

func checkSameValue(t *testing.T, v, o Value) {
	t.Helper()
	if !v.Equal(v) || !v.Equal(o) || !o.Equal(v) || v.Raw() != o.Raw() {
		t.Errorf("%q and %q are not equal", v.Raw(), o.Raw())
	}
}

// checkEqual holds Equal against encoding/xml, which cannot tell a line end in an attribute from a reference to one.
func checkEqual(t *testing.T, p, q *Property) {
	t.Helper()
	equal := p.Value.Equal(q.Value)
	if q.Value.Equal(p.Value) != equal {
		t.Errorf("%+v and %+v: Equal is not symmetric", p, q)
	}
	a, errA := readTree(p.AppendXML(nil))
	b, errB := readTree(q.AppendXML(nil))
	for _, err := range []error{errA, errB} {
		switch {
		case err != io.EOF && knownDifference(err):
			return
		case err != io.EOF:
			t.Fatalf("%+v or %+v: encoding/xml says %v", p, q, err)
		}
	}
	checkValue(t, p.Name, p.Value, &a)
	same := a.String() == b.String()
	if equal && !same || same && !equal && !strings.Contains(p.Value.Raw()+q.Value.Raw(), "&#") {
		t.Errorf("Equal of %+v and %+v is %t, but they are %v and %v", p, q, equal, &a, &b)
	}
}

// checkWritten reads back strictly what p is written as.
func checkWritten(t *testing.T, p *Property) {
	t.Helper()
	text := p.AppendXML(nil)
	got, err := ParseElement(text, &DecodeOptions{Reject: AllQuirks(), MaxValueBytes: -1, MaxNameBytes: -1, MaxDepth: -1, MaxAttrs: -1, MaxNamespaces: -1})
	if err != nil || got.Name != p.Name || got.Lang != p.Lang || !got.Value.Equal(p.Value) {
		t.Errorf("%+v is written as %q, which is %+v, %v", p, text, got, err)
	}
}

// checkProperties holds the properties in p, a DAV:prop, against those that a Decoder reads in a body around it.
func checkProperties(t *testing.T, p *Property) {
	t.Helper()
	body := append([]byte(`<D:multistatus xmlns:D="DAV:"><D:response><D:href>/</D:href><D:propstat>`), p.AppendXML(nil)...)
	body = append(body, `<D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response></D:multistatus>`...)
	m, err := Parse(body, &DecodeOptions{
		MaxResponseBytes: -1, MaxValueBytes: -1, MaxNameBytes: -1, MaxDepth: -1, MaxAttrs: -1, MaxNamespaces: -1, MaxProps: -1,
	})
	if err != nil {
		t.Fatalf("%q cannot be read: %v", body, err)
	}
	want := m.Responses[0].Propstats[0].Props
	for got := range p.Properties() {
		if len(want) == 0 || got.Name != want[0].Name || got.Lang != want[0].Lang || !got.Value.Equal(want[0].Value) {
			t.Fatalf("%q has the property %+v, want the first of %+v", p.Value.Raw(), got, want)
		}
		checkWritten(t, &got)
		want = want[1:]
	}
	if len(want) > 0 {
		t.Fatalf("%q lacks the properties %+v", p.Value.Raw(), want)
	}
}

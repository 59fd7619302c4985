package xmlbridge_test

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/go-multistatus/multistatus"
	"github.com/go-multistatus/multistatus/xmlbridge"
)

const xmlNamespace = "http://www.w3.org/XML/1998/namespace"

// property decodes a body with root attributes and one property.
func property(t testing.TB, root, prop string) *multistatus.Property {
	t.Helper()
	body := `<D:multistatus xmlns:D="DAV:" ` + root + `><D:response><D:href>/a</D:href><D:propstat><D:prop>` + prop +
		`</D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response></D:multistatus>`
	m, err := multistatus.Parse([]byte(body), nil)
	if err != nil {
		t.Fatal(err)
	}
	return &m.Responses[0].Propstats[0].Props[0]
}

// qname is a qualified name in text, which UnmarshalXML resolves with the declarations on its element.
type qname struct{ multistatus.Name }

func (q *qname) UnmarshalXML(d *xml.Decoder, start xml.StartElement) error {
	var text string
	if err := d.DecodeElement(&text, &start); err != nil {
		return err
	}
	prefix, local, _ := strings.Cut(text, ":")
	for _, a := range start.Attr {
		if a.Name == (xml.Name{Space: "xmlns", Local: prefix}) {
			q.Name = multistatus.Name{Space: a.Value, Local: local}
		}
	}
	return nil
}

type element struct {
	XMLName  xml.Name
	Lang     string     `xml:"http://www.w3.org/XML/1998/namespace lang,attr"`
	Attrs    []xml.Attr `xml:",any,attr"`
	Text     string     `xml:",chardata"`
	Elements []element  `xml:",any"`
}

// values are what a property becomes in v, the zero value of a type.
var values = []struct {
	name, root, prop string
	v, want          any
}{
	{"text", "", `<D:a>x &amp; <![CDATA[<y>]]></D:a>`, "", "x & <y>"},
	{"a number", "", "<D:a> 17\n</D:a>", 0, 17},
	{"bytes", "", `<D:a>x</D:a>`, []byte(nil), []byte("x")},
	{"a text unmarshaler", "", `<D:a>HTTP/1.1 404 Not Found</D:a>`, multistatus.Status{}, multistatus.Status{Code: 404, Reason: "Not Found"}},
	{
		"prefixes of the root", `xmlns:p="urn:p" xmlns="urn:d"`, `<p:a p:b="1"><c/></p:a>`, element{},
		element{
			XMLName: xml.Name{Space: "urn:p", Local: "a"},
			Attrs: []xml.Attr{{Name: xml.Name{Space: "xmlns", Local: "p"}, Value: "urn:p"}, {Name: xml.Name{Local: "xmlns"}, Value: "urn:d"},
				{Name: xml.Name{Space: "urn:p", Local: "b"}, Value: "1"}},
			Elements: []element{{XMLName: xml.Name{Space: "urn:d", Local: "c"}}},
		},
	},
	{
		"languages", `xml:lang="de"`, `<a><b xml:lang="fr"/></a>`, element{},
		element{
			XMLName: xml.Name{Local: "a"}, Lang: "de",
			Elements: []element{{XMLName: xml.Name{Local: "b"}, Lang: "fr"}},
		},
	},
	{
		"no namespace below a default one", `xmlns="urn:d"`, `<a xmlns=""><b/><c xmlns="urn:c"><d xmlns=""/></c></a>`, element{},
		element{
			XMLName: xml.Name{Local: "a"},
			Elements: []element{{XMLName: xml.Name{Local: "b"}}, {
				XMLName: xml.Name{Space: "urn:c", Local: "c"}, Attrs: []xml.Attr{{Name: xml.Name{Local: "xmlns"}, Value: "urn:c"}},
				Elements: []element{{XMLName: xml.Name{Local: "d"}, Attrs: []xml.Attr{{Name: xml.Name{Local: "xmlns"}}}}},
			}},
		},
	},
	{
		"prefixes that are not declared", "", `<D:a><DAV:b/><x:c/></D:a>`, struct {
			B *struct{} `xml:"DAV: b"`
			C *struct{} `xml:"?x c"`
		}{}, struct {
			B *struct{} `xml:"DAV: b"`
			C *struct{} `xml:"?x c"`
		}{&struct{}{}, &struct{}{}},
	},
	{"a qualified name", `xmlns:p="urn:p"`, `<D:a>p:x</D:a>`, qname{}, qname{multistatus.Name{Space: "urn:p", Local: "x"}}},
	{"a second colon", `xmlns:p="urn:p"`, `<p:a:b/>`, struct{ XMLName xml.Name }{}, struct{ XMLName xml.Name }{xml.Name{Space: "urn:p", Local: "a:b"}}},
	{"a comment", "", `<D:a>x<!-- y -->z</D:a>`, struct {
		Text    string `xml:",chardata"`
		Comment string `xml:",comment"`
	}{}, struct {
		Text    string `xml:",chardata"`
		Comment string `xml:",comment"`
	}{"xz", " y "}},
}

// A property becomes the same by its text and by its tokens.
func TestUnmarshal(t *testing.T) {
	for _, c := range values {
		p := property(t, c.root, c.prop)
		for how, unmarshal := range map[string]func(*multistatus.Property, any) error{"Unmarshal": xmlbridge.Unmarshal, "tokens": byTokens} {
			v := reflect.New(reflect.TypeOf(c.v))
			err := unmarshal(p, v.Interface())
			if diff := cmp.Diff(c.want, v.Elem().Interface()); diff != "" || err != nil {
				t.Errorf("%s by %s: %v, %s", c.name, how, err, diff)
			}
		}
	}
}

func byTokens(p *multistatus.Property, v any) error {
	return xml.NewTokenDecoder(xmlbridge.NewTokenReader(p)).Decode(v)
}

// What is within an element is given as it stands in the body. A token decoder has nothing to give.
func TestUnmarshalInnerXML(t *testing.T) {
	const inner = `<p:b a='1' />&#65;<!-- c -->`
	p := property(t, `xmlns:p="urn:p"`, "<D:a>"+inner+"</D:a>")
	var v struct {
		Inner string `xml:",innerxml"`
	}
	if err := xmlbridge.Unmarshal(p, &v); err != nil || v.Inner != inner {
		t.Errorf("innerxml = %q, %v, want %q", v.Inner, err, inner)
	}
	if err := byTokens(p, &v); err != nil || v.Inner != "" {
		t.Errorf("innerxml by tokens = %q, %v: say so in NewTokenReader", v.Inner, err)
	}
}

func TestUnmarshalErrors(t *testing.T) {
	named := &struct {
		XMLName xml.Name `xml:"DAV: b"`
	}{}
	broken := errors.New("broken")
	for _, c := range []struct {
		name, prop string
		v          any
		want       string
	}{
		{"another name", "<D:a/>", named, "xmlbridge: cannot unmarshal {DAV:}a: expected element type <b> but have <a>"},
		{"another namespace", `<b xmlns="urn:b"/>`, named, "xmlbridge: cannot unmarshal {urn:b}b: expected element <b> in name space DAV: but have urn:b"},
		{"no pointer", "<D:a/>", 1, "xmlbridge: cannot unmarshal {DAV:}a: non-pointer passed to Unmarshal"},
		{"nil", "<D:a/>", (*int)(nil), "xmlbridge: cannot unmarshal {DAV:}a: nil pointer passed to Unmarshal"},
		{"no number", "<D:a>x</D:a>", new(int), `xmlbridge: cannot unmarshal {DAV:}a: strconv.ParseInt: parsing "x": invalid syntax`},
		{"one's own", "<D:a/>", &failing{broken}, "xmlbridge: cannot unmarshal {DAV:}a: broken"},
	} {
		err := xmlbridge.Unmarshal(property(t, "", c.prop), c.v)
		if fmt.Sprint(err) != c.want {
			t.Errorf("%s: %v, want %s", c.name, err, c.want)
		}
	}
	if err := xmlbridge.Unmarshal(property(t, "", "<D:a/>"), &failing{broken}); !errors.Is(err, broken) {
		t.Errorf("%v does not wrap its reason", err)
	}
	if err := xmlbridge.Unmarshal(property(t, "", "<D:b/>"), &struct {
		XMLName xml.Name `xml:"a"`
	}{}); !isType[xml.UnmarshalError](err) {
		t.Errorf("%v does not wrap that of encoding/xml", err)
	}
}

type failing struct{ err error }

func (f *failing) UnmarshalXML(*xml.Decoder, xml.StartElement) error { return f.err }

// deep returns a property of n elements in each other.
func deep(t testing.TB, n int) *multistatus.Property {
	t.Helper()
	p, err := multistatus.ParseElement([]byte(strings.Repeat("<x>", n)+strings.Repeat("</x>", n)), &multistatus.DecodeOptions{MaxDepth: -1})
	if err != nil {
		t.Fatal(err)
	}
	return &p
}

// A value that is deeper than encoding/xml goes is its error, and no matter where v does not ask for it.
func TestUnmarshalDeep(t *testing.T) {
	p := deep(t, 100_000)
	for how, unmarshal := range map[string]func(*multistatus.Property, any) error{"Unmarshal": xmlbridge.Unmarshal, "tokens": byTokens} {
		if err := unmarshal(p, new(element)); err == nil || !strings.Contains(err.Error(), "exceeded max depth") {
			t.Errorf("%s: error = %v", how, err)
		}
		if err := unmarshal(p, new(string)); err != nil {
			t.Errorf("%s of a string: error = %v", how, err)
		}
	}
}

// The decoder that works on the tokens gives them the same names as the reader itself.
func TestTokenReaderTwice(t *testing.T) {
	for _, c := range []struct{ name, root, prop string }{
		{"prefixes", `xmlns:p="urn:p"`, `<p:a D:b="1"><p:c xmlns:p="urn:q"/><D:d/></p:a>`},
		{"default namespaces", `xmlns="urn:d"`, `<a b="1"><c xmlns=""><e/></c><f xmlns="urn:f"><D:g xmlns="" h="2"/></f></a>`},
		{"a namespace named like a prefix", `xmlns:x="D"`, `<x:a x:b="1" D:b="2"><D:c xmlns:D="x"/><x:d xmlns:x="e"><e:f xmlns:e="x"/></x:d></x:a>`},
		{"a namespace with a reference", `xmlns:x="&#68;"`, `<D:a><x:b/></D:a>`},
		{"namespaces named xml and xmlns", `xmlns:x="xml" xmlns:y="xmlns"`, `<x:a y:D="1" xml:lang="de" x:lang="fr"><y:b/><D:c/></x:a>`},
		{"no namespace", "", `<a b="1"><xml:c/></a>`},
		{"comments and instructions", "", "<D:a><!-- b --><?c d e?><?f?></D:a>"},
		{"a second colon", "", `<D:a:b><D:c:d/></D:a:b>`},
	} {
		p := property(t, c.root, c.prop)
		once, twice := allTokens(t, xmlbridge.NewTokenReader(p)), allTokens(t, xml.NewTokenDecoder(xmlbridge.NewTokenReader(p)))
		if diff := cmp.Diff(once, twice); diff != "" {
			t.Errorf("%s: a decoder gives other tokens: %s", c.name, diff)
		}
		if once[0].(xml.StartElement).Name != xml.Name(p.Name) && p.Name.Space != "xml" {
			t.Errorf("%s: the name is %v, want %v", c.name, once[0], p.Name)
		}
	}
}

func allTokens(t testing.TB, r xml.TokenReader) (tokens []xml.Token) {
	t.Helper()
	for {
		token, err := r.Token()
		if err == io.EOF && token == nil {
			if token, err = r.Token(); token != nil || err != io.EOF {
				t.Errorf("after the end come %v, %v", token, err)
			}
			return tokens
		}
		if err != nil {
			t.Fatal(err)
		}
		tokens = append(tokens, xml.CopyToken(token))
	}
}

func TestTokenReader(t *testing.T) {
	p := property(t, `xml:lang="de" xmlns:p="urn:p"`, "<D:a b='&lt;'>x&#13;\r\n<![CDATA[<]]><!--c--><?d  e f?><p:g/></D:a>")
	want := []xml.Token{
		xml.StartElement{Name: xml.Name{Space: "DAV:", Local: "a"}, Attr: []xml.Attr{
			{Name: xml.Name{Space: "xmlns", Local: "D"}, Value: "DAV:"}, {Name: xml.Name{Space: "xmlns", Local: "p"}, Value: "urn:p"},
			{Name: xml.Name{Space: xmlNamespace, Local: "lang"}, Value: "de"}, {Name: xml.Name{Local: "b"}, Value: "<"}}},
		xml.CharData("x\r\n"), xml.CharData("<"), xml.Comment("c"), xml.ProcInst{Target: "d", Inst: []byte("e f")},
		xml.StartElement{Name: xml.Name{Space: "urn:p", Local: "g"}, Attr: []xml.Attr{}}, xml.EndElement{Name: xml.Name{Space: "urn:p", Local: "g"}},
		xml.EndElement{Name: xml.Name{Space: "DAV:", Local: "a"}},
	}
	if diff := cmp.Diff(want, allTokens(t, xmlbridge.NewTokenReader(p))); diff != "" {
		t.Errorf("the tokens are others: %s", diff)
	}
}

// encoding/xml knows the names of the fourth edition of XML 1.0. Tokens may have any.
func TestFifthEdition(t *testing.T) {
	p := property(t, "", "<\U00010000><b/></\U00010000>")
	if err := xmlbridge.Unmarshal(p, new(string)); !isType[*xml.SyntaxError](err) {
		t.Errorf("Unmarshal: %v, want encoding/xml's error", err)
	}
	var v element
	if err := byTokens(p, &v); err != nil || v.XMLName.Local != "\U00010000" || len(v.Elements) != 1 {
		t.Errorf("by tokens: %+v, %v", v, err)
	}
}

// Content keeps its default namespace where the property itself cannot be written with one.
func TestInnerXMLDefault(t *testing.T) {
	p := property(t, `xmlns="urn:d"`, `<a xmlns=""><b xmlns="urn:d"/></a>`)
	p.Value = property(t, `xmlns="urn:d"`, `<D:a><b/></D:a>`).Value
	var v struct {
		Inner string    `xml:",innerxml"`
		B     *struct{} `xml:"urn:d b"`
	}
	if err := xmlbridge.Unmarshal(p, &v); err != nil || v.B == nil || v.Inner != `<b xmlns="urn:d"/>` {
		t.Errorf("Unmarshal gives %+v, %v", v, err)
	}
}

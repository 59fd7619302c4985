package multistatus

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/go-multistatus/multistatus/internal/xmlscan"
)

// testScope is what is bound around the values of the tests.
var testScope = []Namespace{{"D", NamespaceDAV}, {"C", NamespaceCalDAV}, {"x", "urn:x"}, {"y", "urn:y"}, {"q", "?q"}}

// scopeWith is testScope with a default namespace.
func scopeWith(uri string) []Namespace { return append(slices.Clip(testScope), Namespace{"", uri}) }

func mustXML(t testing.TB, s string, scope ...Namespace) Value {
	t.Helper()
	v, err := XML(s, scope...)
	if err != nil {
		t.Fatalf("XML(%q): %v", s, err)
	}
	return v
}

// parseTest reads back what AppendXML wrote; it fails if that is not namespace-well-formed.
func parseTest(t testing.TB, doc []byte) Property {
	t.Helper()
	if err := stdError(doc); err != nil {
		t.Fatalf("encoding/xml: %v in\n%s", err, doc)
	}
	cfg := strictConfig()
	cfg.MaxDepth, cfg.MaxName, cfg.MaxURI, cfg.MaxAttrs, cfg.MaxNamespaces = math.MaxInt, math.MaxInt, math.MaxInt, math.MaxInt, math.MaxInt
	var x xmlscan.Scanner
	x.ResetString(string(doc), cfg)
	if x.Next() != xmlscan.Start {
		t.Fatalf("no start tag (%v) in\n%s", x.Err, doc)
	}
	p := Property{Name: Name(x.Top().Name), Lang: x.Lang, Value: Value{attrs: x.AttrMarkup(), scope: x.Scope}}
	c, ok := x.Content()
	if !ok || x.Next() != xmlscan.Finish {
		t.Fatalf("%v in\n%s", x.Err, doc)
	}
	p.Value.raw, p.Value.plain = c.Raw, c.Plain
	return p
}

// stdError is what encoding/xml says, but for names that XML 1.0 allows since its 5th edition.
func stdError(doc []byte) error {
	d := xml.NewDecoder(bytes.NewReader(doc))
	for {
		_, err := d.Token()
		switch {
		case err == io.EOF:
			return nil
		case err != nil && strings.Contains(err.Error(), "invalid XML name"):
			return nil
		case err != nil:
			return err
		}
	}
}

var valueTextTests = []struct {
	name, raw string
	want      string
	ok        bool
}{
	{"empty", "", "", true},
	{"as it stands", "  a > b ", "  a > b ", true},
	{"references", "&lt;&amp;&gt;&quot;&apos;&#65;&#x1F600;", "<&>\"'A\U0001F600", true},
	{"line ends", "a\r\nb\rc\nd&#13;", "a\nb\nc\nd\r", true},
	{"CDATA section", "a<![CDATA[<b>&amp;\r\n]]]]>c", "a<b>&amp;\n]]c", true},
	{"comment and instruction", "a<!-- <b> --><?p </c>?>d", "ad", true},
	{"only a comment", "<!---->", "", true},
	{"child element", "a<D:b/>", "", false},
	{"child element with text", "<D:b>c</D:b>", "", false},
}

func TestValueText(t *testing.T) {
	for _, c := range valueTextTests {
		t.Run(c.name, func(t *testing.T) {
			v := mustXML(t, c.raw, testScope...)
			if got, ok := v.Text(); got != c.want || ok != c.ok {
				t.Errorf("Text of %q = %q, %v, want %q, %v", c.raw, got, ok, c.want, c.ok)
			}
			if got, ok := v.AppendText([]byte("!")); string(got) != "!"+c.want || ok != c.ok {
				t.Errorf("AppendText of %q = %q, %v, want %q, %v", c.raw, got, ok, "!"+c.want, c.ok)
			}
		})
	}
}

func TestValueZero(t *testing.T) {
	var v Value
	text, ok := v.Text()
	if !v.IsZero() || text != "" || !ok || v.Raw() != "" || v.Has(DAV("x")) || !v.Equal(Text("")) || !v.Clone().IsZero() {
		t.Error("the zero Value is no empty content")
	}
	if v.WithAttr(Name{"", "a"}, "").IsZero() {
		t.Error("a Value with an attribute is zero")
	}
}

// dumpValue writes the elements down that Elements yields, with all their attributes.
func dumpValue(v Value) string {
	var b strings.Builder
	for a := range v.Attrs() {
		b.WriteString("@" + a.Name.String() + "=" + a.Value + " ")
	}
	for n, o := range v.Elements() {
		b.WriteString(n.String() + "(" + dumpValue(o) + ")")
	}
	if text, ok := v.Text(); ok {
		b.WriteString(text)
	}
	return b.String()
}

func TestValueElements(t *testing.T) {
	for _, c := range []struct {
		name, raw string
		scope     []Namespace
		want      string
	}{
		{"none", "text", nil, "text"},
		{"resourcetype", "<D:collection/><C:calendar/>", testScope, "{DAV:}collection(){urn:ietf:params:xml:ns:caldav}calendar()"},
		{"text between", " a <b>c</b>\n<!-- <d/> --><![CDATA[<e/>]]>", nil, "b(c)"},
		{"nested alike", "<b><b>1</b><b/></b><b>2</b>", nil, "b(b(1)b())b(2)"},
		{"default namespace", `<a><b xmlns=""><c/></b></a><d/>`, scopeWith("u"), "{u}a(b(c())){u}d()"},
		{"declared by itself", `<p:a xmlns:p="u&amp;"><p:b xmlns:p='w' p:c="1"/><p:d/></p:a><x:e/>`, testScope, "{u&}a({w}b(@{w}c=1 ){u&}d()){urn:x}e()"},
		{"attributes", "<a b=' 1\t2\r\n3&#10;\"' x:c=\"'&gt;\"/>", testScope, "a(@b= 1 2 3\n\" @{urn:x}c='> )"},
		{"hidden attributes", `<a xmlns:u="u" xml:lang="de" u:b="1" xmlns:w="w" xml:space="preserve" w:c="2"  xmlns="d" />`, nil,
			"{d}a(@{u}b=1 @{http://www.w3.org/XML/1998/namespace}space=preserve @{w}c=2 )"},
		{"> in an attribute", `<a b="/>">1</a><c/>`, nil, "a(@b=/> 1)c()"},
		{"undeclared prefix", "<q:a/>", testScope, "{?q}a()"},
		{"white space in tags", "<a\n b = '1'\t></a ><c />", nil, "a(@b=1 )c()"},
		{"long", strings.Repeat("<a>", 200) + strings.Repeat("</a>", 200), nil, strings.Repeat("a(", 200) + strings.Repeat(")", 200)},
	} {
		t.Run(c.name, func(t *testing.T) {
			v := mustXML(t, c.raw, c.scope...)
			if got := dumpValue(v); got != c.want {
				t.Errorf("elements of %q = %s, want %s", c.raw, got, c.want)
			}
			for n := range v.Elements() {
				if !v.Has(n) {
					t.Errorf("Has(%v) of %q = false", n, c.raw)
				}
			}
			if v.Has(Name{"", "nothing"}) {
				t.Errorf("Has(nothing) of %q = true", c.raw)
			}
		})
	}
}

func TestValueElementsStops(t *testing.T) {
	for n := range mustXML(t, "<a/><b/>").Elements() {
		if n.Local == "b" {
			t.Error("Elements goes on after break")
		}
		break
	}
	for a := range Text("").WithAttr(Name{"", "a"}, "").WithAttr(Name{"", "b"}, "").Attrs() {
		if a.Name.Local == "b" {
			t.Error("Attrs goes on after break")
		}
		break
	}
}

func TestValueEqual(t *testing.T) {
	many := func(from, to int) (s string) {
		for i := from; i != to; i += (to - from) / 20 {
			s += " a" + madePrefix(i) + `="v"`
		}
		return "<a" + s + "/>"
	}
	for _, c := range []struct {
		name, a, b string
		want       bool
	}{
		{"same", "<D:a>b</D:a>", "<D:a>b</D:a>", true},
		{"prefix", "<D:a D:b='1'/>", `<p:a xmlns:p="DAV:" p:b="1"/>`, true},
		{"default namespace", "<D:a><D:b/></D:a>", `<a xmlns="DAV:"><b/></a>`, true},
		{"namespace", "<x:a/>", "<y:a/>", false},
		{"local name", "<x:a/>", "<x:b/>", false},
		{"empty tag", "<a/>", "<a></a>", true},
		{"nesting", "<a/><b/>", "<a><b/></a>", false},
		{"one more", "<a/>", "<a/><b/>", false},
		{"text", "abc", "abd", false},
		{"text is longer", "abc", "abcd", false},
		{"text and element", "a<b/>", "<b/>a", false},
		{"white space", "<a/> ", "<a/>", false},
		{"CDATA section", "a&lt;b<c/>", "<![CDATA[a<]]>b<c/>", true},
		{"empty CDATA section", "<a/>", "<a/><![CDATA[]]>", true},
		{"references", "a\r\n&#8364;<b/>", "&#97;\n€<b/>", true},
		{"comments", "a<!-- x -->b<c/>", "ab<?p?><c/>", true},
		{"attribute order", "<a b='1' c='2'/>", `<a c="2" b="1"/>`, true},
		{"attribute order among many", many(1, 41), many(39, -1), true},
		{"attribute among many", many(1, 41), many(41, 1), false},
		{"attribute missing", "<a b='1' c='2'/>", "<a b='1'/>", false},
		{"attribute of another name", "<a b='1' c='2'/>", "<a b='1' d='2'/>", false},
		{"attribute value", "<a b='1' c='2'/>", "<a c='1' b='2'/>", false},
		{"attribute normalised", "<a b='\t&quot;'/>", "<a b=' \"'/>", true},
		{"attribute in the default namespace", `<p:a xmlns:p="u" p:b=""/>`, `<a xmlns="u" b=""/>`, false},
		{"xml:lang inside", "<a xml:lang='de'/>", "<a xml:lang='en'/>", false},
		{"declaration unused", `<a xmlns:z="z"/>`, "<a/>", true},
		{"scope ends", `<x:a xmlns:x="1"/><x:b/>`, `<z:a xmlns:z="1"/><x:b/>`, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			a, b := mustXML(t, c.a, testScope...), mustXML(t, c.b, testScope...)
			if a.Equal(b) != c.want || b.Equal(a) != c.want {
				t.Errorf("%q Equal %q = %v, %v, want %v", c.a, c.b, a.Equal(b), b.Equal(a), c.want)
			}
		})
	}
	if Text("a").Equal(Text("a").WithAttr(Name{"", "b"}, "")) {
		t.Error("Equal does not look at the attributes of the element itself")
	}
}

func TestValueClone(t *testing.T) {
	doc := `<a b="1" xmlns:z="u">&lt;<z:c/></a>`
	for _, o := range mustXML(t, doc).Elements() {
		v := o.Clone()
		if !v.Equal(o) || v.raw != o.raw || v.attrs != o.attrs {
			t.Errorf("Clone of %q = %q %q", o.raw, v.attrs, v.raw)
		}
		for _, s := range []string{v.raw, v.attrs, v.scope.Prefix, v.scope.URI} {
			if shares(doc, s) {
				t.Errorf("Clone keeps %q in the document", s)
			}
		}
	}
}

func shares(doc, s string) bool {
	from, at := reflect.ValueOf(doc).Pointer(), reflect.ValueOf(s).Pointer()
	return at >= from && at < from+uintptr(len(doc))
}

func TestText(t *testing.T) {
	for _, c := range []struct{ name, in, raw, text string }{
		{"empty", "", "", ""},
		{"as it is", "größe > 1 ]]", "größe > 1 ]]", "größe > 1 ]]"},
		{"markup", "<a>&amp;", "&lt;a>&amp;amp;", "<a>&amp;"},
		{"CR", "a\r\nb\t", "a&#13;\nb\t", "a\r\nb\t"},
		{"end of a CDATA section", "]]>", "]]&gt;", "]]>"},
		{"C1 control", "\u0085", "\u0085", "\u0085"},
		{"control", "a\x00\x1Fb", "a��b", "a��b"},
		{"noncharacter", "\uFFFE\uFFFF", "��", "��"},
		{"no UTF-8", "a\xFFb\xED\xA0\x80", "a�b���", "a�b���"},
	} {
		t.Run(c.name, func(t *testing.T) {
			v := Text(c.in)
			if got, ok := v.Text(); got != c.text || !ok || v.Raw() != c.raw {
				t.Errorf("Text(%q) = %q, text %q, want %q, %q", c.in, v.Raw(), got, c.raw, c.text)
			}
		})
	}
}

func TestXMLErrors(t *testing.T) {
	for _, c := range []struct {
		name, in string
		scope    []Namespace
		err      error
		msg      string
	}{
		{"undeclared prefix", "a<p:b/>", nil, ErrPrefix, `undeclared namespace prefix "p", line 1:3 (offset 2)`},
		{"undeclared prefix of an attribute", "<a>\n <b p:c=''/></a>", nil, ErrPrefix, `undeclared namespace prefix "p" in a, line 2:5 (offset 8)`},
		{"end of the element around", "a</x><b/><x>", nil, ErrMismatch, `mismatched end tag (end tag without start tag), line 1:2 (offset 1)`},
		{"end of the element around, comment", "</x><!--", nil, ErrMismatch, `mismatched end tag (end tag without start tag), line 1:1 (offset 0)`},
		{"end tag of another", "<a></b>", nil, ErrMismatch, `mismatched end tag </b> for <a> in a, line 1:4 (offset 3)`},
		{"open element", "<a><b></b>", nil, io.ErrUnexpectedEOF, "unexpected EOF in a, line 1:1 (offset 0)"},
		{"open x", "a<x>", nil, io.ErrUnexpectedEOF, "unexpected EOF, line 1:2 (offset 1)"},
		{"open tag", "ab<", nil, io.ErrUnexpectedEOF, "unexpected EOF, line 1:3 (offset 2)"},
		{"open attribute", "<a b='>", nil, io.ErrUnexpectedEOF, "unexpected EOF, line 1:1 (offset 0)"},
		{"open comment", "<!-- ", nil, io.ErrUnexpectedEOF, "unexpected EOF, line 1:1 (offset 0)"},
		{"open CDATA section", "<a/><![CDATA[", nil, io.ErrUnexpectedEOF, "unexpected EOF, line 1:5 (offset 4)"},
		{"open declaration", "<!", nil, ErrSyntax, ""},
		{"&", "a & b", nil, ErrEntity, ""},
		{"& at the end", "a&", nil, ErrEntity, ""},
		{"entity", "&nbsp;", nil, ErrEntity, ""},
		{"reference to a control", "&#1;", nil, ErrEntity, ""},
		{"control", "\x01", nil, ErrCharacter, ""},
		{"no UTF-8", "<a b='\xFF'/>", nil, ErrCharacter, ""},
		{"noncharacter in a comment", "<!-- \uFFFF -->", nil, ErrCharacter, ""},
		{"end of a CDATA section", "]]>", nil, ErrContent, ""},
		{"attribute twice", `<a p:b="" q:b="" xmlns:p="u" xmlns:q="u"/>`, nil, ErrAttribute, ""},
		{"prefix undeclared again", `<p:a xmlns:p=""/>`, []Namespace{{"p", "u"}}, ErrReserved, ""},
		{"xml bound to another", `<a xmlns:xml="u"/>`, nil, ErrReserved, ""},
		{"another bound as xml", `<a xmlns:p="` + xmlscan.XMLNamespace + `"/>`, nil, ErrReserved, ""},
		{"second colon", "<p:a:b/>", []Namespace{{"p", "u"}}, ErrSyntax, ""},
		{"XML declaration", `<?xml version="1.0"?>`, nil, ErrSyntax, ""},
		{"DOCTYPE", "<!DOCTYPE a>", nil, ErrSyntax, ""},
		{"scope: xml", "", []Namespace{{"xml", "u"}}, ErrReserved, ""},
		{"scope: xmlns", "", []Namespace{{"xmlns", "u"}}, ErrReserved, ""},
		{"scope: namespace of xml", "", []Namespace{{"p", xmlscan.XMLNamespace}}, ErrReserved, ""},
		{"scope: namespace of xmlns", "", []Namespace{{"", xmlnsNamespace}}, ErrReserved, ""},
		{"scope: no namespace", "", []Namespace{{"p", ""}}, ErrReserved, ""},
		{"scope: no prefix", "", []Namespace{{"p:q", "u"}}, ErrSyntax, ""},
		{"scope: no UTF-8", "", []Namespace{{"p", "\xFF"}}, ErrCharacter, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			v, err := XML(c.in, c.scope...)
			var at *DecodeError
			if !errors.Is(err, c.err) || !errors.As(err, &at) || !v.IsZero() {
				t.Fatalf("XML(%q) = %q, %v, want %v", c.in, v.Raw(), err, c.err)
			}
			if c.msg != "" && err.Error() != "multistatus: "+c.msg {
				t.Errorf("XML(%q): %v, want multistatus: %s", c.in, err, c.msg)
			}
			if at.Offset < 0 || at.Line < 1 || at.Column < 1 {
				t.Errorf("XML(%q): offset %d, line %d:%d", c.in, at.Offset, at.Line, at.Column)
			}
		})
	}
}

func TestXMLLimits(t *testing.T) {
	deep := func(n int) string { return strings.Repeat("<a>", n) + strings.Repeat("</a>", n) }
	mustXML(t, deep(defaultDepth-propertyDepth-1))
	_, err := XML(deep(defaultDepth - propertyDepth))
	if e := new(LimitError); !errors.As(err, &e) || e.Limit != "MaxDepth" {
		t.Errorf("XML of deep elements: %v, want a LimitError", err)
	}
}

func TestXMLScope(t *testing.T) {
	v := mustXML(t, "<p:a/><b/>", Namespace{"p", "1"}, Namespace{"p", "2"}, Namespace{"", ""}, Namespace{"xml", xmlscan.XMLNamespace})
	if got, want := dumpValue(v), "{2}a()b()"; got != want {
		t.Errorf("XML with a prefix bound twice = %s, want %s", got, want)
	}
}

func TestElements(t *testing.T) {
	for _, c := range []struct {
		name  string
		names []Name
		raw   string
		want  string
	}{
		{"none", nil, "", ""},
		{"resourcetype", []Name{DAV("collection"), {NamespaceCalDAV, "calendar"}}, "<D:collection/><C:calendar/>", ""},
		{"other namespaces", []Name{{"u", "a"}, {"w", "b"}, {"u", "c"}, {"", "d"}}, "<ns1:a/><ns2:b/><ns1:c/><d/>", ""},
		{"namespace of xml", []Name{{xmlscan.XMLNamespace, "a"}}, "<xml:a/>", ""},
		{"namespace of xmlns", []Name{{xmlnsNamespace, "a"}}, "<ns1:a/>", "{?xmlns}a()"},
		{"invalid names", []Name{{"", ""}, {"", "1"}, {"", "a:b c"}, {"", ":a"}, {"", "\xFFa"}, {"", "<"}}, "<_/><_1/><a_b_c/><_a/><_a/><_/>", "_()_1()a_b_c()_a()_a()_()"},
		{"invalid namespace", []Name{{"u\x00", "a"}}, "<ns1:a/>", "{u�}a()"},
	} {
		t.Run(c.name, func(t *testing.T) {
			v := Elements(c.names...)
			want := c.want
			for _, n := range c.names {
				if c.want == "" {
					want += n.String() + "()"
				}
			}
			if v.Raw() != c.raw || dumpValue(v) != want {
				t.Errorf("Elements(%v) = %s: %s, want %s: %s", c.names, v.Raw(), dumpValue(v), c.raw, want)
			}
		})
	}
}

// Of many namespaces each has a prefix, the same for the same.
func TestElementsOfManyNamespaces(t *testing.T) {
	var names []Name
	want := ""
	for i := range 40 {
		names = append(names, Name{"urn:" + strconv.Itoa(i%20), "a"}, DAV("b"), Name{"", "c"}, Name{xmlscan.XMLNamespace, "d"})
		want += "{urn:" + strconv.Itoa(i%20) + "}a(){DAV:}b()c(){" + xmlscan.XMLNamespace + "}d()"
	}
	v := Elements(names...)
	if got := dumpValue(v); got != want {
		t.Errorf("Elements = %s, want %s", got, want)
	}
	if got := strings.Count(v.Raw(), "<ns1:a/>"); got != 2 || v.scope.Len != 21 {
		t.Errorf("%d elements of prefix ns1 and %d declarations, want 2 and 21", got, v.scope.Len)
	}
}

func TestWithAttr(t *testing.T) {
	base := mustXML(t, `<ns1:a/><D:b/>`, Namespace{"D", "urn:d"}, Namespace{"ns1", "urn:1"}, Namespace{"", "urn:def"}).WithAttr(Name{"", "first"}, "1")
	for _, c := range []struct {
		name  string
		n     Name
		value string
		want  string
	}{
		{"no namespace", Name{"", "a"}, "v", ` first="1" a="v"`},
		{"same name", Name{"", "first"}, "v", ` first="v"`},
		{"bound", Name{"urn:1", "a"}, "v", ` first="1" ns1:a="v"`},
		{"bound as default only", Name{"urn:def", "a"}, "v", ` first="1" ns2:a="v"`},
		{"usual prefix taken", DAV("a"), "v", ` first="1" ns2:a="v"`},
		{"usual prefix", Name{NamespaceCalDAV, "a"}, "v", ` first="1" C:a="v"`},
		{"escaped", Name{"", "a"}, "<\"&'>\t\n\r\x00", ` first="1" a="&lt;&quot;&amp;'>&#9;&#10;&#13;�"`},
		{"invalid name", Name{"", "a b"}, "", ` first="1" a_b=""`},
		{"invalid name, same then", Name{"", "first"}, "2", ` first="2"`},
		{"xml:space", Name{xmlscan.XMLNamespace, "space"}, "preserve", ` first="1" xml:space="preserve"`},
		{"xml:lang", Name{xmlscan.XMLNamespace, "lang"}, "de", ` first="1"`},
		{"xmlns", Name{"", "xmlns"}, "u", ` first="1"`},
		{"xmlns:a", Name{"", "xmlns:a"}, "u", ` first="1"`},
		{"namespace of xmlns", Name{xmlnsNamespace, "a"}, "u", ` first="1"`},
	} {
		t.Run(c.name, func(t *testing.T) {
			v := base.WithAttr(c.n, c.value)
			if v.attrs != c.want || base.attrs != ` first="1"` {
				t.Errorf("WithAttr(%v, %q) = %s, want %s", c.n, c.value, v.attrs, c.want)
			}
			if got := dumpValue(v); !strings.HasSuffix(got, "{urn:1}a(){urn:d}b()") {
				t.Errorf("WithAttr(%v, %q) made the elements %s", c.n, c.value, got)
			}
		})
	}
}

func TestValueAllocs(t *testing.T) {
	long := strings.Repeat("long ", 100)
	resourcetype := mustXML(t, "<D:collection/><C:calendar/>", testScope...)
	report := mustXML(t, `<D:supported-report><D:report name="a" x:b='c'><C:calendar-query/></D:report></D:supported-report>`, testScope...)
	href := mustXML(t, "<D:href>/a/</D:href>", testScope...)
	escaped := mustXML(t, "a&amp;b\r\n"+long)
	withAttr := Text(long).WithAttr(Name{"", "a"}, "1").WithAttr(Name{"urn:x", "b"}, "2")
	dst := make([]byte, 0, 4096)
	for _, c := range []struct {
		name string
		f    func()
	}{
		{"Text", func() { Text(long).Text() }},
		{"Text of a zero Value", func() { Value{}.Text() }},
		{"AppendText", func() { dst, _ = escaped.AppendText(dst[:0]) }},
		{"Text with elements", func() { resourcetype.Text() }},
		{"Attr", func() { withAttr.Attr(Name{"urn:x", "b"}) }},
		{"Attrs", func() {
			for a := range withAttr.Attrs() {
				_ = a
			}
		}},
		{"Has", func() { resourcetype.Has(Name{NamespaceCalDAV, "calendar"}) }},
		{"Elements", func() {
			for _, v := range report.Elements() {
				for _, o := range v.Elements() {
					o.Attr(Name{"urn:x", "b"})
				}
			}
		}},
		{"Properties", func() {
			p := Property{Lang: "de", Value: report}
			for q := range p.Properties() {
				for q := range q.Properties() {
					q.Value.Attr(Name{"urn:x", "b"})
				}
			}
		}},
		{"Equal", func() { resourcetype.Equal(sameTypes) }},
		{"AppendXML of a resourcetype", func() {
			p := Property{Name: DAV("resourcetype"), Lang: "de", Value: resourcetype}
			dst = p.AppendXML(dst[:0])
		}},
		{"AppendXML of a text", func() {
			p := Property{Name: DAV("displayname"), Value: Text(long)}
			dst = p.AppendXML(dst[:0])
		}},
		{"AppendXML of an unknown namespace", func() {
			p := Property{Name: Name{"urn:unknown", "a"}, Value: withAttr}
			dst = p.AppendXML(dst[:0])
		}},
		{"AppendXML of its own prefix", func() {
			p := Property{Name: Name{"urn:x", "a"}, Value: report}
			dst = p.AppendXML(dst[:0])
		}},
		{"AppendXML of the content", func() { dst = report.AppendXML(dst[:0]) }},
		{"AppendXML of an href", func() {
			p := Property{Name: DAV("owner"), Value: href}
			dst = p.AppendXML(dst[:0])
		}},
	} {
		if n := testing.AllocsPerRun(100, c.f); n != 0 {
			t.Errorf("%s: %v allocs, want 0", c.name, n)
		}
	}
}

var sameTypes = Elements(DAV("collection"), Name{NamespaceCalDAV, "calendar"})

// FuzzXML: what XML accepts, encoding/xml accepts, with the same elements and text; Raw gives it back.
// A Value equals itself and its Clone, and no other order of comparing says otherwise.
func FuzzXML(f *testing.F) {
	for _, c := range valueTextTests {
		f.Add(c.raw, "<a/>")
	}
	for _, c := range appendXMLTests {
		f.Add(c.raw, c.raw)
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		v, err := XML(a, testScope...)
		if err != nil {
			return
		}
		if v.Raw() != a {
			t.Fatalf("Raw of %q = %q", a, v.Raw())
		}
		checkStd(t, v)
		if !v.Equal(v) || !v.Equal(v.Clone()) || !v.Clone().Equal(v) {
			t.Fatalf("%q is not equal to itself", a)
		}
		o, err := XML(b, testScope...)
		if err == nil && v.Equal(o) != o.Equal(v) {
			t.Fatalf("%q and %q: Equal is not symmetric", a, b)
		}
		if err == nil && v.Equal(o) != (canonical(t, v) == canonical(t, o)) {
			t.Fatalf("Equal of %q and %q = %v, but they are %s and %s", a, b, v.Equal(o), canonical(t, v), canonical(t, o))
		}
	})
}

// checkStd compares the direct elements of v with what encoding/xml finds.
func checkStd(t *testing.T, v Value) {
	doc := "<top"
	for _, n := range testScope {
		doc += " xmlns:" + n.Prefix + `="` + n.URI + `"`
	}
	d := xml.NewDecoder(strings.NewReader(doc + ">" + v.Raw() + "</top>"))
	var got, want []Name
	for n := range v.Elements() {
		got = append(got, n)
	}
	for depth := 0; ; {
		tok, err := d.Token()
		switch {
		case err == io.EOF:
			if !slices.Equal(got, want) {
				t.Fatalf("Elements of %q = %v, want %v", v.Raw(), got, want)
			}
			return
		case err != nil && strings.Contains(err.Error(), "invalid XML name"):
			return
		case err != nil:
			t.Fatalf("XML accepts %q, encoding/xml says %v", v.Raw(), err)
		}
		switch tok := tok.(type) {
		case xml.StartElement:
			if depth == 1 {
				want = append(want, Name(tok.Name))
			}
			depth++
		case xml.EndElement:
			depth--
		}
	}
}

// canonical writes down all that Equal looks at.
func canonical(t *testing.T, v Value) string {
	p := Property{Name: DAV("x"), Value: v}
	var b strings.Builder
	writeCanonical(&b, parseTest(t, p.AppendXML(nil)).Value)
	return b.String()
}

// writeCanonical takes text whole and sorts attributes, where Equal takes pieces and compares sets.
func writeCanonical(b *strings.Builder, v Value) {
	c := xmlscan.NewCursor(v.raw, v.scope)
	text := []byte{}
	for k := c.Next(); k != xmlscan.Finish; k = c.Next() {
		switch k {
		case xmlscan.Text, xmlscan.CData:
			text = c.AppendText(text)
			continue
		}
		b.WriteString("[" + string(text) + "]")
		text = text[:0]
		if k == xmlscan.End {
			b.WriteString("</>")
			continue
		}
		var attrs []string
		l := attrList{c.Attrs(), c.Scope()}
		for n, value, ok := l.next(); ok; n, value, ok = l.next() {
			attrs = append(attrs, n.String()+"="+xmlscan.AttrValue(value)+"\x00")
		}
		slices.Sort(attrs)
		b.WriteString("<" + Name(c.Name()).String() + " " + strings.Join(attrs, "") + ">")
	}
	b.WriteString("[" + string(text) + "]")
}

package multistatus

import (
	"strconv"
	"strings"
	"testing"

	"github.com/go-multistatus/multistatus/internal/xmlscan"
)

var appendXMLTests = []struct {
	name  string
	n     Name
	lang  string
	raw   string
	scope []Namespace
	want  string
}{
	{"empty", DAV("a"), "", "", nil, `<D:a xmlns:D="DAV:"/>`},
	{"text", DAV("a"), "", "b &lt; c", nil, `<D:a xmlns:D="DAV:">b &lt; c</D:a>`},
	{"lang", DAV("a"), `de"`, "b", nil, `<D:a xmlns:D="DAV:" xml:lang="de&quot;">b</D:a>`},
	{"elements", DAV("resourcetype"), "", "<D:collection/><C:calendar/>", testScope, `<D:resourcetype xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><D:collection/><C:calendar/></D:resourcetype>`},
	{"usual prefix", Name{NamespaceCalDAV, "a"}, "", "", []Namespace{{"cal", NamespaceCalDAV}}, `<C:a xmlns:C="urn:ietf:params:xml:ns:caldav"/>`},
	{"prefix of its scope", Name{"urn:x", "a"}, "", "<x:b/>", testScope, `<x:a xmlns:x="urn:x"><x:b/></x:a>`},
	{"made-up prefix", Name{"urn:z", "a"}, "", "", testScope, `<ns1:a xmlns:ns1="urn:z"/>`},
	{"made-up prefix taken", Name{"urn:z", "a"}, "", "<ns1:b/>", []Namespace{{"ns1", "urn:1"}}, `<ns2:a xmlns:ns2="urn:z" xmlns:ns1="urn:1"><ns1:b/></ns2:a>`},
	{"usual prefix taken", DAV("a"), "", "<D:b/>", []Namespace{{"D", "urn:d"}, {"dav", "DAV:"}}, `<dav:a xmlns:dav="DAV:" xmlns:D="urn:d"><D:b/></dav:a>`},
	{"usual prefix taken, none in scope", DAV("a"), "", "<D:b/>", []Namespace{{"D", "urn:d"}}, `<ns1:a xmlns:ns1="DAV:" xmlns:D="urn:d"><D:b/></ns1:a>`},
	{"usual prefix bound otherwise and not used", DAV("a"), "", "<x:b/>", []Namespace{{"D", "urn:d"}, {"x", "urn:x"}}, `<D:a xmlns:D="DAV:" xmlns:x="urn:x"><x:b/></D:a>`},
	{"no namespace", Name{"", "a"}, "", "<b/>", nil, `<a><b/></a>`},
	{"no namespace, default around", Name{"", "a"}, "", " <b><c/></b><D:d/><D:e><f/></D:e>", scopeWith("urn:def"),
		`<a xmlns:D="DAV:"> <b xmlns="urn:def"><c/></b><D:d/><D:e xmlns="urn:def"><f/></D:e></a>`},
	{"default namespace", DAV("a"), "", "<b/>", scopeWith("urn:def"), `<D:a xmlns:D="DAV:" xmlns="urn:def"><b/></D:a>`},
	{"default namespace is the name's", Name{"urn:def", "a"}, "", "<b/>", scopeWith("urn:def"), `<ns1:a xmlns:ns1="urn:def" xmlns="urn:def"><b/></ns1:a>`},
	{"default namespace undone", DAV("a"), "", `<b xmlns=""><c/></b>`, scopeWith("urn:def"), `<D:a xmlns:D="DAV:"><b xmlns=""><c/></b></D:a>`},
	{"bound inside", DAV("a"), "", `<x:b xmlns:x="1"><x:c x:d=""/></x:b>`, testScope, `<D:a xmlns:D="DAV:"><x:b xmlns:x="1"><x:c x:d=""/></x:b></D:a>`},
	{"bound inside and not behind", DAV("a"), "", `<x:b xmlns:x="1"/><x:c/>`, testScope, `<D:a xmlns:D="DAV:" xmlns:x="urn:x"><x:b xmlns:x="1"/><x:c/></D:a>`},
	{"prefix of an attribute", DAV("a"), "", "<b x:c=''/>", testScope, `<D:a xmlns:D="DAV:" xmlns:x="urn:x"><b x:c=''/></D:a>`},
	{"unprefixed attribute", DAV("a"), "", "<D:b c=''/>", scopeWith("urn:def"), `<D:a xmlns:D="DAV:"><D:b c=''/></D:a>`},
	{"prefix in a text", DAV("a"), "", "(x:int, 12:30 z:q)", testScope, `<D:a xmlns:D="DAV:" xmlns:x="urn:x">(x:int, 12:30 z:q)</D:a>`},
	{"prefix in an attribute value", DAV("a"), "", "<b c='//y:d/@x:e'/>", testScope, `<D:a xmlns:D="DAV:" xmlns:y="urn:y" xmlns:x="urn:x"><b c='//y:d/@x:e'/></D:a>`},
	{"prefix in a CDATA section", DAV("a"), "", "<![CDATA[<x:b>]]>", testScope, `<D:a xmlns:D="DAV:" xmlns:x="urn:x"><![CDATA[<x:b>]]></D:a>`},
	{"prefix in a comment", DAV("a"), "", "<!-- x: -->", testScope, `<D:a xmlns:D="DAV:"><!-- x: --></D:a>`},
	{"prefix in a declaration", DAV("a"), "", "<b xmlns='x:'/>", testScope, `<D:a xmlns:D="DAV:"><b xmlns='x:'/></D:a>`},
	{"prefix after two colons", DAV("a"), "", "self::x:b …y:c", testScope, `<D:a xmlns:D="DAV:" xmlns:x="urn:x" xmlns:y="urn:y">self::x:b …y:c</D:a>`},
	{"prefix of xml", DAV("a"), "", "<xml:b xml:lang='de'>xml:c</xml:b>", nil, `<D:a xmlns:D="DAV:"><xml:b xml:lang='de'>xml:c</xml:b></D:a>`},
	{"undeclared prefix", Name{"?q", "a"}, "", "<q:b/>", testScope, `<q:a xmlns:q="?q"><q:b/></q:a>`},
	{"namespace of xml", Name{xmlscan.XMLNamespace, "a"}, "", "b", nil, `<xml:a>b</xml:a>`},
	{"namespace of xmlns", Name{xmlnsNamespace, "a"}, "", "b", nil, `<ns1:a xmlns:ns1="?xmlns">b</ns1:a>`},
	{"namespace escaped", Name{"<\"&\t\n", "a"}, "", "", nil, `<ns1:a xmlns:ns1="&lt;&quot;&amp;&#9;&#10;"/>`},
	{"invalid namespace", Name{"u\x01\xFF", "a"}, "", "", nil, `<ns1:a xmlns:ns1="u��"/>`},
	{"invalid name", Name{"u", "1:b c\xFF"}, "", "d", nil, `<ns1:_1_b_c_ xmlns:ns1="u">d</ns1:_1_b_c_>`},
	{"no name", Name{}, "", "", nil, `<_/>`},
}

// want is what p is in a document.
func (p Property) want() Property {
	p.Name = Name{carriable(declarable(p.Name.Space)), string(xmlscan.AppendNCName(nil, p.Name.Local))}
	p.Lang = carriable(p.Lang)
	return p
}

func checkRoundTrip(t *testing.T, p Property) {
	t.Helper()
	doc := p.AppendXML(nil)
	got, want := parseTest(t, doc), p.want()
	if got.Name != want.Name || got.Lang != want.Lang || !got.Value.Equal(p.Value) || !p.Value.Equal(got.Value) {
		t.Fatalf("AppendXML = %s, which is %v %q %q%s, want %v %q %q%s", doc, got.Name, got.Lang, got.Value.raw, got.Value.attrs,
			want.Name, want.Lang, p.Value.raw, p.Value.attrs)
	}
	if again := got.AppendXML(nil); !parseTest(t, again).Value.Equal(p.Value) {
		t.Fatalf("AppendXML again = %s", again)
	}
	around := Property{Name: DAV("x"), Value: Value{raw: string(p.Value.AppendXML(nil))}}
	if got := parseTest(t, around.AppendXML(nil)); !got.Value.Equal(Value{raw: p.Value.raw, scope: p.Value.scope}) {
		t.Fatalf("Value.AppendXML = %s", around.Value.raw)
	}
}

func TestPropertyAppendXML(t *testing.T) {
	for _, c := range appendXMLTests {
		t.Run(c.name, func(t *testing.T) {
			p := Property{c.n, c.lang, mustXML(t, c.raw, c.scope...)}
			if got := p.AppendXML([]byte("!")); string(got) != "!"+c.want {
				t.Errorf("AppendXML of %q = %s, want !%s", c.raw, got, c.want)
			}
			checkRoundTrip(t, p)
		})
	}
}

func TestPropertyAppendXMLAttrs(t *testing.T) {
	v := mustXML(t, "<D:b/>", testScope...).WithAttr(Name{"", "a"}, "y:z").WithAttr(Name{"urn:x", "b"}, `"`).WithAttr(Name{"urn:new", "c"}, "")
	p := Property{DAV("p"), "de", v}
	want := `<D:p xmlns:D="DAV:" xmlns:y="urn:y" xmlns:x="urn:x" xmlns:ns1="urn:new" xml:lang="de" a="y:z" x:b="&quot;" ns1:c=""><D:b/></D:p>`
	if got := string(p.AppendXML(nil)); got != want {
		t.Errorf("AppendXML = %s, want %s", got, want)
	}
	checkRoundTrip(t, p)
}

// TestPropertyAppendIn has declarations in effect around the element, as they are on an encoder's root.
func TestPropertyAppendIn(t *testing.T) {
	var around *xmlscan.Scope
	around = around.Bind("D", NamespaceDAV).Bind("cal", NamespaceCalDAV).Bind("x", "urn:other")
	for _, c := range []struct {
		name, raw string
		n         Name
		want      string
	}{
		{"all bound", "<D:b/>", DAV("a"), "<D:a><D:b/></D:a>"},
		{"prefix of the place", "", Name{NamespaceCalDAV, "a"}, "<cal:a/>"},
		{"bound otherwise", "<x:b/>", DAV("a"), `<D:a xmlns:x="urn:x"><x:b/></D:a>`},
		{"bound otherwise, and of the name", "<x:b/>", Name{"urn:other", "a"}, `<ns1:a xmlns:ns1="urn:other" xmlns:x="urn:x"><x:b/></ns1:a>`},
		{"another prefix", "<C:b/>", DAV("a"), `<D:a xmlns:C="urn:ietf:params:xml:ns:caldav"><C:b/></D:a>`},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := Property{Name: c.n, Value: mustXML(t, c.raw, testScope...)}
			if got := string(p.appendIn(nil, around)); got != c.want {
				t.Errorf("appendIn of %q = %s, want %s", c.raw, got, c.want)
			}
		})
	}
}

func TestValueAppendXML(t *testing.T) {
	for _, c := range []struct {
		name, raw string
		scope     []Namespace
		want      string
	}{
		{"text", "x:a", testScope, "x:a"},
		{"elements", "<x:a><y:b/></x:a> <x:c/>", testScope, `<x:a xmlns:x="urn:x" xmlns:y="urn:y"><y:b/></x:a> <x:c xmlns:x="urn:x"/>`},
		{"bound inside", `<a xmlns:x="1" z="1"><x:b/></a>`, testScope, `<a xmlns:x="1" z="1"><x:b/></a>`},
		{"default namespace", "<a/><D:b><c xmlns=''/></D:b>", scopeWith("u"), `<a xmlns="u"/><D:b xmlns:D="DAV:"><c xmlns=''/></D:b>`},
		{"made here", "", nil, `<D:b xmlns:D="DAV:"/>`},
	} {
		t.Run(c.name, func(t *testing.T) {
			v := mustXML(t, c.raw, c.scope...)
			if c.name == "made here" {
				v = Elements(DAV("b"))
			}
			if got := string(v.AppendXML(nil)); got != c.want {
				t.Errorf("AppendXML of %q = %s, want %s", c.raw, got, c.want)
			}
		})
	}
}

func TestPropertyAppendXMLManyBindings(t *testing.T) {
	var scope []Namespace
	var raw strings.Builder
	for i := range 1000 {
		n := strconv.Itoa(i)
		scope = append(scope, Namespace{"ns" + n, "urn:" + n})
		raw.WriteString("<ns" + n + ":a>ns" + n + ":b</ns" + n + ":a>")
	}
	checkRoundTrip(t, Property{Name: Name{"urn:new", "a"}, Value: mustXML(t, raw.String(), scope...)})
}

// FuzzPropertyAppendXML: what AppendXML writes is well-formed with its namespaces, and read back it is the same property.
func FuzzPropertyAppendXML(f *testing.F) {
	for _, c := range appendXMLTests {
		f.Add(c.n.Space, c.n.Local, c.lang, c.raw, "urn:def", "urn:x", "b", "x:1")
	}
	f.Fuzz(func(t *testing.T, space, local, lang, raw, def, attrSpace, attr, value string) {
		scope := append(scopeWith(def), Namespace{"ns1", "urn:1"}, Namespace{"oc", "urn:x"})
		v, err := XML(raw, scope...)
		if err != nil {
			v = Text(raw)
		}
		checkRoundTrip(t, Property{Name{space, local}, lang, v})
		v = v.WithAttr(Name{attrSpace, attr}, value).WithAttr(Name{space, local}, "x:")
		if got, ok := v.Attr(Name{carriable(space), string(xmlscan.AppendNCName(nil, local))}); !isHidden(Name{space, local}) && (got != "x:" || !ok) {
			t.Fatalf("Attr after WithAttr = %q, %v", got, ok)
		}
		checkRoundTrip(t, Property{Name{space, local}, lang, v})
		checkRoundTrip(t, Property{Name{attrSpace, attr}, "", Elements(Name{space, local}, Name{attrSpace, attr}).WithAttr(Name{def, attr}, value)})
		for n, o := range v.Elements() {
			checkRoundTrip(t, Property{n, lang, o})
		}
	})
}

func BenchmarkPropertyAppendXML(b *testing.B) {
	for _, c := range []struct {
		name, raw string
	}{
		{"text", "/calendars/users/1/"},
		{"resourcetype", "<D:collection/><C:calendar/>"},
		{"colons", strings.Repeat("DTSTART:2026:x ", 4000)},
		{"tags", strings.Repeat("<x:a y:b='c'>d</x:a>", 4000)},
	} {
		b.Run(c.name, func(b *testing.B) {
			p := Property{Name: DAV("a"), Value: mustXML(b, c.raw, testScope...)}
			var dst []byte
			b.SetBytes(int64(len(c.raw)))
			b.ReportAllocs()
			for b.Loop() {
				dst = p.AppendXML(dst[:0])
			}
		})
	}
}

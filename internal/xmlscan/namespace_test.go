package xmlscan

import (
	"strings"
	"testing"
)

// namespaceCases are about Namespaces in XML 1.0.
var namespaceCases = []scanCase{
	{"default", "<a xmlns='u'><b c='1'/></a>", `<{u}a> <{u}b c="1"> </b> </a> .`},
	{"default undone", "<a xmlns='u'><b xmlns=''><c/></b><d/></a>", "<{u}a> <b> <c> </c> </b> <{u}d> </d> </a> ."},
	{"nothing to undo", "<a xmlns=''/>", "<a> </a> ."},
	{"prefix", "<p:a xmlns:p='u' p:b='1'/>", `<{u}a {u}b="1"> </a> .`},
	{"rebound", "<p:a xmlns:p='u'><p:b xmlns:p='v'/><p:c/></p:a>", "<{u}a> <{v}b> </b> <{u}c> </c> </a> ."},
	{"in scope to the end tag only", "<a><p:b xmlns:p='u'/><§p:c/></a>", "<a> <{u}b> </b> prefix:p@ <{?p}c> </c> </a> ."},
	{"two prefixes of one namespace", "<p:a xmlns:p='u' xmlns:q='u'><q:b/></p:a>", "<{u}a> <{u}b> </b> </a> ."},
	{"URI is literal", "<a xmlns='U'><b xmlns='u'/></a>", "<{U}a> <{u}b> </b> </a> ."},
	{"URI normalised", "<a xmlns='u&amp;\tv'/>", "<{u& v}a> </a> ."},
	{"URI with a bare &", "<a xmlns='u§&v'/>", "BareAmp@ <{u&v}a> </a> ."},
	{"undeclared", "<§p:a><§p:b/></p:a>", "prefix:p@ <{?p}a> prefix:p@2 <{?p}b> </b> </a> ."},
	{"undeclared in an attribute", "<a §p:b='1'/>", `prefix:p@ <a {?p}b="1"> </a> .`},
	{"undeclared, second colon", "<§p:a:b/>", "SecondColon@ prefix:p@ <{?p}a:b> </a:b> ."},
	{"xml declared", "<a xmlns:xml='" + XMLNamespace + "' xml:b='1'/>", "<a {" + XMLNamespace + "}b=\"1\"> </a> ."},
	{"xml bound to another namespace", "<a §xmlns:xml='u'/>", "!reserved@"},
	{"xml undone", "<a §xmlns:xml=''/>", "!reserved@"},
	{"default bound to the namespace of xml", "<a §xmlns='" + XMLNamespace + "'/>", "!reserved@"},
	{"other prefix of the namespace of xml", "<p:a §xmlns:p='" + XMLNamespace + "' p:b='1'/>", "XMLRebound@ <{" + XMLNamespace + "}a {" + XMLNamespace + "}b=\"1\"> </a> ."},
	{"the same attribute by xml and another prefix", "<a §xmlns:p='" + XMLNamespace + "' xml:b='1' §p:b='2'/>", "XMLRebound@ !attribute@2"},
	{"xmlns declared", "<a §xmlns:xmlns='u'/>", "!reserved@"},
	{"xmlns declared as what it is", "<a §xmlns:xmlns='" + xmlnsNamespace + "'/>", "!reserved@"},
	{"prefix bound to the namespace of xmlns", "<a §xmlns:p='" + xmlnsNamespace + "'/>", "!reserved@"},
	{"default bound to the namespace of xmlns", "<a §xmlns='" + xmlnsNamespace + "'/>", "!reserved@"},
	{"xmlns: without prefix", "<a §xmlns:='u'/>", "!syntax@"},
	{"xmlns: with two colons", "<a §xmlns:b:c='u'/>", "!syntax@"},
	{"prefix is no NCName", "<a §xmlns:1='u'/>", "!syntax@"},
	{"prefix begins with xml", "<xmlp:a xmlns:xmlp='u'/>", "<{u}a> </a> ."},
	{"prefix undone", "<p:a xmlns:p='u'><p:b §xmlns:p='' p:c='1'/></p:a>", `<{u}a> EmptyPrefixBinding@ <{?p}b {?p}c="1"> </b> </a> .`},
	{"prefix undone, second colon", "<§p:a:b §xmlns:p=''/>", "EmptyPrefixBinding@2 SecondColon@ <{?p}a:b> </a:b> ."},
	{"attribute of an undone prefix and an unprefixed one", "<a §xmlns:p='' b='1' p:b='2'/>", `EmptyPrefixBinding@ <a b="1" {?p}b="2"> </a> .`},
	{"many in scope", "<a" + manyDeclarations(30) + "><p0:b p29:c='1'/></a>", `<a> <{u0}b {u29}c="1"> </b> </a> .`},
}

func manyDeclarations(n int) string {
	var b strings.Builder
	for i := range n {
		const d = " xmlns:p#='u#'"
		b.WriteString(strings.ReplaceAll(d, "#", itoa(i)))
	}
	return b.String()
}

func TestNamespaces(t *testing.T) { checkCases(t, namespaceCases) }

// TestLang follows xml:lang (§2.12) through a document.
func TestLang(t *testing.T) {
	const in = "<a><b xml:lang='de'><c/><d xml:lang=''/><e xml:lang='en&#45;GB' xml:space='preserve'><f/></e><g/></b><h/>" +
		"<i xmlns:p='" + XMLNamespace + "' p:lang='fr'><j/></i><k lang='x'/></a>"
	want := "a= b=de c=de d= e=en-GB f=en-GB g=de h= i=fr j=fr k="
	for _, cut := range cuts {
		tr, cfg := newTracer(in, nil)
		tr.Reset(cut.reader(in), cfg)
		var got []string
		for k := tr.Next(); k != Finish; k = tr.Next() {
			switch k {
			case Start:
				got = append(got, tr.Top().Name.Local+"="+tr.Lang)
			case Failed:
				t.Fatal(tr.Err)
			}
		}
		if got := strings.Join(got, " "); got != want {
			t.Errorf("languages of %q %s = %s, want %s", in, cut.name, got, want)
		}
		if tr.Lang != "" || tr.Scope != nil {
			t.Errorf("Lang = %q, Scope = %v behind the root", tr.Lang, tr.Scope)
		}
	}
}

// TestManyLangs keeps more languages than are found again.
func TestManyLangs(t *testing.T) {
	var in strings.Builder
	for i := range 3 * maxLangs {
		in.WriteString("<b xml:lang='l" + itoa(i) + "'/>")
	}
	tr, cfg := newTracer("<a>"+in.String()+"</a>", nil)
	tr.ResetString(tr.text, cfg)
	tr.Next()
	for i := range 3 * maxLangs {
		if tr.Next(); tr.Lang != "l"+itoa(i) {
			t.Fatalf("Lang = %q, want l%d", tr.Lang, i)
		}
		tr.Next()
	}
	if n := len(tr.langs); n > maxLangs {
		t.Errorf("%d languages kept, want at most %d", n, maxLangs)
	}
}

// TestAlias reads one namespace as another, from the root on.
func TestAlias(t *testing.T) {
	for _, c := range []struct{ name, from, in, want string }{
		{"no namespace", "", "<a xmlns:p='v'><b/><p:c/><d xmlns='w'><e/></d><f xmlns=''/></a>", "{to}a {to}b {v}c {w}d {w}e {to}f"},
		{"a default namespace", "u", "<a xmlns='u'><b/><c xmlns=''/><d xmlns='u'/></a>", "{to}a {to}b c {to}d"},
		{"a prefix", "u", "<p:a xmlns:p='u' xmlns='v'><p:b/><c/><q:d xmlns:q='u'/></p:a>", "{to}a {to}b {v}c {to}d"},
		{"another namespace", "x", "<a xmlns='u'><b/></a>", "{u}a {u}b"},
		{"itself", "to", "<a xmlns='to'><b/></a>", "{to}a {to}b"},
	} {
		t.Run(c.name, func(t *testing.T) {
			tr, cfg := newTracer(c.in, nil)
			cfg.Host.(*hooks).classify = func(n Name) uint8 { return uint8(len(n.Space)) }
			tr.ResetString(c.in, cfg)
			var got []string
			for k := tr.Next(); k != Finish && k != Failed; k = tr.Next() {
				if k != Start {
					continue
				}
				if len(tr.stack) == 1 {
					tr.Alias(c.from, "to")
				}
				o := tr.Top()
				got = append(got, clark(o.Name))
				if o.Class != uint8(len(o.Name.Space)) {
					t.Errorf("Class of %s = %d", clark(o.Name), o.Class)
				}
			}
			if got := strings.Join(got, " "); got != c.want || tr.Err != nil {
				t.Errorf("names of %q = %s, %v, want %s", c.in, got, tr.Err, c.want)
			}
		})
	}
}

// TestAliasInContent mends declarations of the namespace that is read as another.
func TestAliasInContent(t *testing.T) {
	const in = "<a xmlns:p='u'><b xmlns='u' c='1'><p:d/></b></a>"
	tr, cfg := newTracer(in, nil)
	tr.ResetString(in, cfg)
	tr.Next()
	tr.Alias("u", "to")
	c, ok := tr.Content()
	if want := `<b xmlns="to" c="1"><p:d/></b>`; !ok || c.Raw != want || c.Plain {
		t.Errorf("Content of %q = %+v, %v, want %s", in, c, tr.Err, want)
	}
}

// TestDeclare binds a prefix in an open element, until that ends.
func TestDeclare(t *testing.T) {
	const in = "<a><b><p:c/><p:d xmlns:p='v'/></b><p:e/></a>"
	tr, cfg := newTracer(in, nil)
	tr.ResetString(in, cfg)
	var got []string
	for k := tr.Next(); k == Start || k == End; k = tr.Next() {
		if k != Start {
			continue
		}
		o := tr.Top()
		got = append(got, clark(o.Name))
		if o.Raw == "b" {
			tr.Declare("p", "u")
		}
	}
	if got, want := strings.Join(got, " "), "a b {u}c {v}d {?p}e"; got != want {
		t.Errorf("names of %q = %s, want %s", in, got, want)
	}
	in2 := tr.BindIn(nil, "p", "u")
	if in2 != tr.BindIn(nil, "p", "u") || in2 != tr.BindIn(in2, "p", "u") || in2.URI != "u" {
		t.Errorf("BindIn does not find its scope again")
	}
}

// TestPrefixOf asks a scope for prefixes.
func TestPrefixOf(t *testing.T) {
	var c *Scope
	c = c.Bind("", "d").Bind("p", "u").Bind("q", "u").Bind("p", "v").Bind("", "u")
	for _, x := range []struct {
		uri, prefix string
		ok          bool
	}{{"u", "q", true}, {"v", "p", true}, {"d", "", false}, {"w", "", false}, {"", "", false}} {
		if prefix, ok := c.PrefixOf(x.uri); prefix != x.prefix || ok != x.ok {
			t.Errorf("PrefixOf(%q) = %q, %v, want %q, %v", x.uri, prefix, ok, x.prefix, x.ok)
		}
	}
	if prefix, ok := (*Scope)(nil).Bind("", "d").PrefixOf("d"); prefix != "" || !ok {
		t.Errorf("PrefixOf a default namespace = %q, %v", prefix, ok)
	}
	if c.Bind("q", "u") != c || c.Bind("xml", XMLNamespace) != c {
		t.Error("Bind makes a scope that says nothing new")
	}
}

// TestManyScopes makes more scopes and names than are kept to be found again.
func TestManyScopes(t *testing.T) {
	var in strings.Builder
	for i := range 3 * maxScopes {
		in.WriteString("<b" + itoa(i) + " xmlns='u" + itoa(i) + "'/>")
	}
	tr, cfg := newTracer("<a>"+in.String()+"</a>", nil)
	tr.ResetString(tr.text, cfg)
	tr.Next()
	for i := range 3 * maxScopes {
		tr.Next()
		if got, want := tr.Top().Name, (Name{"u" + itoa(i), "b" + itoa(i)}); got != want {
			t.Fatalf("name = %v, want %v", got, want)
		}
		tr.Next()
	}
	if len(tr.scopes.found) > maxScopes || tr.names.n > maxNames {
		t.Errorf("%d scopes, %d names kept", len(tr.scopes.found), tr.names.n)
	}
	// Entries are found again until they are forgotten.
	tr.ResetString("<a><a/></a>", cfg)
	tr.Next()
	tr.Top().Tag = 7
	if tr.Next(); tr.Top().Tag != 7 {
		t.Error("the entry of a name is not found again")
	}
	tr.ForgetNames()
	tr.ResetString("<a/>", cfg)
	if tr.Next(); tr.Top().Tag != 0 {
		t.Error("ForgetNames forgets nothing")
	}
	new(Scanner).ForgetNames()
}

package xmlscan

import (
	"fmt"
	"strings"
	"testing"
)

func rep(s string, n int) string { return strings.Repeat(s, n) }

// tagCases are about start, end and empty-element tags (§3.1).
var tagCases = []scanCase{
	{"empty-element tag", "<a/>", "<a> </a> ."},
	{"start and end tag", "<a></a>", "<a> </a> ."},
	{"white space behind names", "<a \t\r\n><b\n/></a \t\r\n>", "<a> <b> </b> </a> ."},
	{"white space around =", "<a b\t=\r\n'c' d= \"e\"\n/>", `<a b="c" d="e"> </a> .`},
	{"both quotes", `<a b='"' c="'"/>`, `<a b="\"" c="'"> </a> .`},
	{"> and / in a value", "<a b='/>'>c</a>", `<a b="/>"> "c" </a> .`},
	{"empty value", "<a b=''/>", `<a b=""> </a> .`},
	{"]]> in a value", "<a b=']]>'/>", `<a b="]]>"> </a> .`},
	{"value right before />", "<a b='c'/>", `<a b="c"> </a> .`},
	{"space between / and >", "<a §/ >", "!syntax@"},
	{"space between / and >, no space before", "<a§/ >", "!syntax@"},
	{"two slashes", "<a§//>", "!syntax@"},
	{"/ in a tag", "<a§/b>", "!syntax@"},
	{"/ before an attribute", "<a §/b='c'>", "!syntax@"},
	{"space before the name", "<§ a>", "!syntax@"},
	{"space before the name and an attribute", "<§ a b='&'/>", "!syntax@"},
	{"line feed before the name", "<§\na/>", "!syntax@"},
	{"no name", "<§>", "!syntax@"},
	{"< twice", "<§<a>", "!syntax@"},
	{"no >", "<a§<b/>", "!syntax@"},
	{"no > before the end tag", "<a><b§</a>", "<a> !syntax@"},
	{"no value", "<a b§>", "!syntax@"},
	{"no value in an empty-element tag", "<a b§/>", "!syntax@"},
	{"= without value", "<a b=§>", "!syntax@"},
	{"= without name", "<a §='b'>", "!syntax@"},
	{"value without name", "<a §'b'>", "!syntax@"},
	{"two =", "<a b=§='c'>", "!syntax@"},
	{"no quotes", "<a b=§c>", "!syntax@"},
	{"no closing quote", "<a b='c>§<d/>", "!syntax@"},
	{"quotes that do not fit", "<a b='c\">§</a>", "!syntax@"},
	{"no space between attributes", "<a b='c'§d='e'>", "!syntax@"},
	{"comma between attributes", "<a b='c'§,d='e'>", "!syntax@"},
	{"text behind a value", "<a b='c'§d>", "!syntax@"},
	{"two names", "<a b §c='d'>", "!syntax@"},
	{"two names on two lines", "<a b\n§c\n='d'>", "!syntax@"},
	{"no = but a line feed", "<a b\n§'c'>", "!syntax@"},
	{"& in a tag", "<a §&amp;>", "!syntax@"},
	{"control in a tag", "<a §\x02>", "!character@"},
	{"invalid UTF-8 in a tag", "<a b=§\xff>", "!character@"},
	{"< in a value", "<a b='§<'>", "!syntax@"},
	{"< in a value behind >", "<a b='>§</a>'>", "!syntax@"},
	{"&lt; in a value", "<a b='&lt;'/>", `<a b="<"> </a> .`},
	{"stray quotes", "<a b§\" c='>\"></a>", "!syntax@"},
	{"end tag with space before the name", "<a></§ a>", "<a> !syntax@"},
	{"end tag with line feed before the name", "<a></§\na>", "<a> !syntax@"},
	{"end tag with space before the /", "<a><§ /a>", "<a> !syntax@"},
	{"end tag without name", "<a></§>", "<a> !syntax@"},
	{"end tag with attribute", "<a></a §b='c'>", "<a> !syntax@"},
	{"end tag with /", "<a></a§/>", "<a> !syntax@"},
	{"end tag with &", "<a></a §&>", "<a> !syntax@"},
	{"end tag with a longer name", "<a>§</ab>", "<a> !mismatch@"},
	{"end tag with a shorter name", "<ab>§</a>", "<ab> !mismatch@"},
	{"end tag broken by <", "<a></a§<b>", "<a> !syntax@"},
	{"crossing tags", "<a><b>§</a></b>", "<a> <b> !mismatch@"},
	{"end tag of what is closed", "<a><b/>§</b></a>", "<a> <b> </b> !mismatch@"},
	{"long end tag", "<a></a" + spaces(3*maxBuf) + ">", "<a> </a> ."},
	{"long start tag", "<a b='" + rep("é", 3*maxBuf) + "'/>", `<a b="` + rep("é", 3*maxBuf) + `"> </a> .`},
	{"long bare tag", "<a" + spaces(3*maxBuf) + "/>", "<a> </a> ."},
}

// attributeCases are about values (§2.11, §3.3.3) and duplicates (§3.1, Namespaces §6.3).
var attributeCases = []scanCase{
	{"TAB, LF and CR", "<a b='1\t2\n3\r4'/>", `<a b="1 2 3 4"> </a> .`},
	{"CRLF is one", "<a b='\r\n\r\r\n\n'/>", `<a b="    "> </a> .`},
	{"spaces are kept", "<a b='  c  '/>", `<a b="  c  "> </a> .`},
	{"references to white space", "<a b='&#9;&#10;&#xD;&#32;'/>", `<a b="\t\n\r "> </a> .`},
	{"reference to CR, then LF", "<a b='&#13;\n'/>", `<a b="\r "> </a> .`},
	{"five entities", "<a b='&lt;&gt;&amp;&quot;&apos;'/>", `<a b="<>&\"'"> </a> .`},
	{"not twice", "<a b='&amp;lt;'/>", `<a b="&lt;"> </a> .`},
	{"bare &", "<a b='§& §&' c='§&amp'/>", `BareAmp@ BareAmp@2 BareAmp@3 <a b="& &" c="&amp"> </a> .`},
	{"undeclared entity", "<a b='§&nbsp;'/>", `UndeclaredEntity@ <a b="&nbsp;"> </a> .`},
	{"malformed reference", "<a b='§&#;'/>", `!entity@`},
	{"illegal reference", "<a b='§&#0;'/>", "IllegalCharRef@ <a b=\"\ufffd\"> </a> ."},
	{"control", "<a b='§\x1f'/>", "Control@ <a b=\"\ufffd\"> </a> ."},
	{"invalid UTF-8", "<a b='§\x80'/>", "InvalidUTF8@ <a b=\"\ufffd\"> </a> ."},
	{"no character", "<a b='§\ufffe'/>", "NonChar@ <a b=\"\ufffd\"> </a> ."},
	{"beyond ASCII", "<a b='é\u0085\U0010FFFF'/>", "<a b=\"é\\u0085\\U0010ffff\"> </a> ."},
	{"duplicate", "<a b='1' §b='2'/>", "!attribute@"},
	{"duplicate of the same value", "<a b='1' §b='1'/>", "!attribute@"},
	{"three, last again", "<a b='1' c='2' §b='3'/>", "!attribute@"},
	{"first of two duplicates", "<a b='1' §b='2' b='3'/>", "!attribute@"},
	{"upper case differs", "<a b='1' B='2'/>", `<a b="1" B="2"> </a> .`},
	{"expanded duplicate", "<a xmlns:p='u' xmlns:q='u' p:b='1' §q:b='2'/>", "!attribute@"},
	{"prefixed and unprefixed", "<a xmlns='u' xmlns:p='u' b='1' p:b='2'/>", `<{u}a b="1" {u}b="2"> </a> .`},
	{"declared behind", "<a p:b='1' §q:b='2' xmlns:p='u' xmlns:q='u'/>", "!attribute@"},
	{"declaration twice", "<a xmlns:p='u' §xmlns:p='v'/>", "!attribute@"},
	{"the same declaration twice", "<a xmlns:p='u' §xmlns:p='u'/>", "!attribute@"},
	{"default declaration twice", "<a xmlns='u' §xmlns='v'/>", "!attribute@"},
	{"declaration and attribute of one name", "<a xmlns:b='u' b='1'/>", `<a b="1"> </a> .`},
	{"undeclared prefix twice", "<a §p:b='1' §p:b='2'/>", "prefix:p@ prefix:p@2 !attribute@2"},
}

func manyAttrs(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, " b%d='%[1]d'", i)
	}
	return b.String()
}

// TestDuplicateAmongMany looks for a duplicate in tags on both sides of fewAttrs.
func TestDuplicateAmongMany(t *testing.T) {
	for n := fewAttrs - 3; n <= fewAttrs+3; n++ {
		for _, again := range []int{0, n / 2, n - 1} {
			checkCase(t, scanCase{in: fmt.Sprintf("<a%s §b%d='x' c='y'/>", manyAttrs(n), again), want: "!attribute@"})
			checkCase(t, scanCase{in: fmt.Sprintf("<a xmlns:p='u' xmlns:q='u' p:b%d='x'%s §q:b%[1]d='y'/>", again, manyAttrs(n)), want: "!attribute@"})
		}
		if tr := traceString("<r><a" + manyAttrs(n) + "/><a" + manyAttrs(n) + "/></r>"); tr.Err != nil {
			t.Errorf("%d attributes: %v", n, tr.Err)
		}
	}
}

func TestTags(t *testing.T)       { checkCases(t, tagCases) }
func TestAttributes(t *testing.T) { checkCases(t, attributeCases) }

// attrMarkupCases tell what AttrMarkup makes of a tag.
var attrMarkupCases = []struct{ name, tag, want string }{
	{"none", "<a/>", ""},
	{"white space only", "<a />", ""},
	{"one", "<a b='c'/>", " b='c'"},
	{"as they stand", "<a \n b = 'c'\t d=\"&lt;\" />", " b = 'c'\t d=\"&lt;\""},
	{"declarations only", "<a xmlns='u' xmlns:p='v'/>", ""},
	{"xml:lang only", "<a xml:lang='de'/>", ""},
	{"declaration first", "<a xmlns='u' b='c'/>", " b='c'"},
	{"declaration last", "<a b='c' xmlns='u'/>", " b='c'"},
	{"declaration between", "<a b='1' xmlns='u' c='\"'/>", ` b="1" c='"'`},
	{"xml:lang between", "<a b='1' xml:lang='de'  c='2'/>", ` b="1" c="2"`},
	{"xml:lang by another prefix", "<a xmlns:p='" + XMLNamespace + "' p:lang='de' b='1'/>", " b='1'"},
	{"mended value", "<a b='&' c='2'/>", ` b="&amp;" c="2"`},
	{"mended value last", "<a b='1' c='\"\x01'/>", " b=\"1\" c='\"\ufffd'"},
	{"mended name", "<a xmlns:p='u' p:b:c='1'/>", ` p:b_c="1"`},
	{"other attribute of xml", "<a xml:space='preserve'/>", " xml:space='preserve'"},
}

func TestAttrMarkup(t *testing.T) {
	for _, c := range attrMarkupCases {
		t.Run(c.name, func(t *testing.T) {
			tr, cfg := newTracer(c.tag, nil)
			tr.ResetString(c.tag, cfg)
			if tr.Next() != Start {
				t.Fatal(tr.Err)
			}
			if got := tr.AttrMarkup(); got != c.want {
				t.Errorf("AttrMarkup of %q = %q, want %q", c.tag, got, c.want)
			}
		})
	}
}

func tagName(tr *tracer) string {
	n, prefix := tr.TagName()
	if n.Space != "" {
		n.Local = "{" + n.Space + "}" + n.Local
	}
	if prefix != "" {
		n.Local = prefix + ":" + n.Local
	}
	return n.Local
}

// TestTagName tells what can be said of a tag that is not well-formed.
func TestTagName(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"<html", "html"}, {"<html b>", "html"}, {"<p:a", "p:a"}, {"<p:a xmlns:p='u' b>", "p:{u}a"}, {"<1>", ""}, {"<a\xff>", ""}, {"text", ""}, {"", ""},
		{"<", ""}, {"<" + rep("a", 1024), rep("a", 1024)}, {"<" + rep("a", 1025), ""}, {"<a", "a"},
	} {
		if got := tagName(traceString(c.in)); got != c.want {
			t.Errorf("TagName of %q = %q, want %q", clip(c.in), got, c.want)
		}
	}
	tr := traceReader("<a>"+rep("x", 3*maxBuf), cuts[0].reader)
	if got := tagName(tr); got != "" {
		t.Errorf("TagName behind its window = %q", got)
	}
}

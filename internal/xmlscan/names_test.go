package xmlscan

import (
	"fmt"
	"testing"
	"unicode/utf8"
)

// TestNameRunes holds both sides of every boundary in the productions NameStartChar and NameChar (§2.3), as they stand
// in the Recommendation, against the scanner.
func TestNameRunes(t *testing.T) {
	start := []span{
		{':', ':'}, {'A', 'Z'}, {'_', '_'}, {'a', 'z'}, {0xC0, 0xD6}, {0xD8, 0xF6}, {0xF8, 0x2FF}, {0x370, 0x37D},
		{0x37F, 0x1FFF}, {0x200C, 0x200D}, {0x2070, 0x218F}, {0x2C00, 0x2FEF}, {0x3001, 0xD7FF}, {0xF900, 0xFDCF},
		{0xFDF0, 0xFFFD}, {0x10000, 0xEFFFF},
	}
	more := []span{{'-', '-'}, {'.', '.'}, {'0', '9'}, {0xB7, 0xB7}, {0x300, 0x36F}, {0x203F, 0x2040}}
	in := func(spans []span, r rune) bool {
		for _, s := range spans {
			if s.lo <= r && r <= s.hi {
				return true
			}
		}
		return false
	}
	for _, s := range append(append([]span{{0x80, 0xBF}, {0xFFFD, 0xFFFF}, {0xF0000, 0x10FFFF}}, start...), more...) {
		for _, r := range []rune{s.lo - 1, s.lo, s.lo + 1, s.hi - 1, s.hi, s.hi + 1} {
			if r == ':' || r > utf8.MaxRune || !utf8.ValidRune(r) || r < 0x80 && !in(start, r) && !in(more, r) {
				continue // not in names of this test, no rune, or markup
			}
			t.Run(fmt.Sprintf("%U", r), func(t *testing.T) {
				first, other := in(start, r), in(start, r) || in(more, r)
				c := scanCase{in: fmt.Sprintf("<§%c/>", r), want: "!character@"}
				if first {
					c.want = fmt.Sprintf("<%c> </%[1]c> .", r)
				}
				checkCase(t, c)
				c = scanCase{in: fmt.Sprintf("<a§%c a='1'/>", r), want: "!character@"}
				if other {
					c.want = fmt.Sprintf(`<a%c a="1"> </a%[1]c> .`, r)
				}
				checkCase(t, c)
				c = scanCase{in: fmt.Sprintf("<a a§%c='1'/>", r), want: "!character@"}
				if other {
					c.want = fmt.Sprintf(`<a a%c="1"> </a> .`, r)
				}
				checkCase(t, c)
			})
		}
	}
}

// nameCases are about names (§2.3), qualified names (Namespaces §4) and what mends them.
var nameCases = []scanCase{
	{"begins with a digit", "<§1/>", "!character@"},
	{"begins with a hyphen", "<§-/>", "!character@"},
	{"begins with a stop", "<a><§./></a>", "<a> !character@"},
	{"attribute begins with a digit", "<a §1='b'/>", "!character@"},
	{"no name byte", "<a§$/>", "!syntax@"},
	{"DEL", "<a§\x7f/>", "!syntax@"},
	{"control", "<a§\x01/>", "!character@"},
	{"NUL in an attribute name", "<a b§\x00='c'/>", "!character@"},
	{"invalid byte", "<a§\xff/>", "!character@"},
	{"truncated rune", "<a§\xe2\x82/>", "!character@"},
	{"truncated rune, first", "<§\xe2\x82/>", "!character@"},
	{"overlong", "<a§\xc1\xa1/>", "!character@"},
	{"surrogate", "<a§\xed\xa0\x80/>", "!character@"},
	{"beyond plane 16", "<a§\xf4\x90\x80\x80/>", "!character@"},
	{"U+FFFD itself", "<a\ufffd/>", "<a\ufffd> </a\ufffd> ."},
	{"invalid byte in an end tag", "<a></§\xff>", "<a> !character@"},
	{"no-break space", "<a§\u00a0 b='c'/>", "!character@"},
	{"colon alone", "<§:/>", "!syntax@"},
	{"colon first", "<§:a/>", "!syntax@"},
	{"colon last", "<§a:/>", "!syntax@"},
	{"attribute: colon alone", "<a §:='b'/>", "!syntax@"},
	{"attribute: colon first", "<a §:b='c'/>", "!syntax@"},
	{"attribute: colon last", "<a §b:='c'/>", "!syntax@"},
	{"local name begins with a digit", "<a xmlns:b='u'><§b:1/></a>", "<a> !syntax@"},
	{"local name begins with a hyphen", "<a xmlns:b='u' §b:-='c'/>", "!syntax@"},
	{"second colon", "<a xmlns:p='u'><§p:b:c/></a>", "<a> SecondColon@ <{u}b:c> </b:c> </a> ."},
	{"two colons in a row", "<a xmlns:p='u'><§p::c/></a>", "<a> SecondColon@ <{u}:c> </:c> </a> ."},
	{"second colon last", "<a xmlns:p='u'><§p:b:/></a>", "<a> SecondColon@ <{u}b:> </b:> </a> ."},
	{"second colon in an attribute", "<a xmlns:p='u' §p:b:c='d'/>", `SecondColon@ <a {u}b_c="d"> </a> .`},
	{"second colon twice in one tag", "<§p:a:b xmlns:p='u' §p:c:d='1'/>", `SecondColon@ SecondColon@2 <{u}a:b {u}c_d="1"> </a:b> .`},
	{"mended as another attribute", "<a xmlns:p='u' §p:b:c='1' §p:b_c='2'/>", "SecondColon@ !attribute@2"},
	{"xmlns as prefix of an element", "<§xmlns:a/>", "!syntax@"},
	{"xmlns as element", "<xmlns/>", "<xmlns> </xmlns> ."},
	{"begins with xmlns", "<a xmlnsb='1' xmlns-c='2'/>", `<a xmlnsb="1" xmlns-c="2"> </a> .`},
	{"xml as element", "<xml xml='1'/>", `<xml xml="1"> </xml> .`},
	{"xml as prefix", "<xml:a xml:b='1'/>", `<{` + XMLNamespace + `}a {` + XMLNamespace + `}b="1"> </a> .`},
	{"upper case differs", "<a>§</A>", "<a> !mismatch@"},
	{"prefix differs", "<p:a xmlns:p='u' xmlns:q='u'>§</q:a>", "<{u}a> !mismatch@"},
	{"long name in a mismatch", "<" + rep("a", 70) + ">§</a>", "<" + rep("a", 70) + "> !mismatch@"},
}

func TestNames(t *testing.T) { checkCases(t, nameCases) }

func TestIsNCName(t *testing.T) {
	for _, c := range []struct {
		in   string
		want bool
	}{{"", false}, {"a", true}, {"a:b", false}, {":", false}, {"1", false}, {"é-1", true}, {"a\xff", false}, {"a b", false}} {
		if got := IsNCName(c.in); got != c.want {
			t.Errorf("IsNCName(%q) = %v, want %v", c.in, got, c.want)
		}
	}
}

// Names whose hashes are equal are looked for among few, and found or made again.
func TestNamesThatCollide(t *testing.T) {
	var s Scanner
	s.begin()
	table := s.names
	var raws []string
	for i := range 3 * maxNames {
		raw := "n" + itoa(1000+i) + "sameatitsend"
		if h := hashName(raw); h != hashName("n1000sameatitsend") {
			t.Fatalf("hash of %s is not the same", raw)
		}
		raws = append(raws, raw)
	}
	for _, raw := range raws {
		if e := table.find(raw, nil); e != nil {
			t.Fatalf("find(%q) = %v before it is there", raw, e)
		}
		table.add(table.entry(raw, Name{Local: raw}, nil))
		if e := table.find(raw, nil); e == nil || e.Raw != raw {
			t.Fatalf("find(%q) = %v after it was added", raw, e)
		}
	}
	used := 0
	for _, e := range table.slots {
		if e != nil {
			used++
		}
	}
	if used > maxProbes {
		t.Errorf("%d entries of one hash, want at most %d", used, maxProbes)
	}
}

// Every byte, and every two, at every place in names of up to some words.
func TestPlainName(t *testing.T) {
	const text = "a-b:cdefghijklmnopq"
	check := func(name []byte) {
		t.Helper()
		want := len(name) > 0 && isFirst(name[0])
		for _, c := range name {
			want = want && (isFirst(c) || c >= '0' && c <= '9' || c == '-' || c == '.')
		}
		if got := plainName(string(name)); got != want {
			t.Fatalf("plainName(%q) = %v", name, got)
		}
	}
	for n := range len(text) + 1 {
		name := []byte(text[:n])
		check(name)
		for i := range n {
			for c := range 256 {
				name[i] = byte(c)
				check(name)
			}
			name[i] = text[i]
		}
	}
	name := []byte(text[:9])
	for i := range len(name) - 1 {
		for c := range 1 << 16 {
			name[i], name[i+1] = byte(c>>8), byte(c)
			check(name)
		}
		name[i], name[i+1] = text[i], text[i+1]
	}
}

func isFirst(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c == ':'
}

package xmlscan

import (
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
)

func limits(edit func(c *Config)) func(*Scanner, *Config) {
	return func(_ *Scanner, c *Config) { edit(c) }
}

// limitCases hold documents of a size n against a limit. The error stands at § and tells most.
var limitCases = []struct {
	name string
	in   func(n int) string
	set  func(c *Config, n int)
	most string
}{
	{"MaxName of an element", func(n int) string { return "<r>§<" + rep("a", n) + "/></r>" }, setName, "MaxNameBytes"},
	{"MaxName of an element with attributes", func(n int) string { return "<r>§<" + rep("a", n) + " b=''/></r>" }, setName, "MaxNameBytes"},
	{"MaxName with a prefix", func(n int) string { return "<r xmlns:p='u'>§<p:" + rep("a", n-2) + "/></r>" }, func(c *Config, n int) { setName(c, max(n, 7)) }, "MaxNameBytes"},
	{"MaxName of an attribute", func(n int) string { return "<r>§<a " + rep("b", n) + "=''/></r>" }, setName, "MaxNameBytes"},
	{"MaxName of a prefix", func(n int) string { return "<r>§<a xmlns:" + rep("b", n-6) + "='u'/></r>" }, setName, "MaxNameBytes"},
	{"MaxName of an instruction", func(n int) string { return "<r>§<?" + rep("b", n) + "?></r>" }, setName, "MaxNameBytes"},
	{"MaxName of an end tag", func(n int) string { return "<r>§</" + rep("b", n) + "></r>" }, setName, "MaxNameBytes"},
	{"MaxName of a language", func(n int) string { return "<r>§<a xml:lang='&amp;" + rep("b", n-1) + "'/></r>" }, setName, "MaxNameBytes"},
	{"MaxURI", func(n int) string { return "<r>§<a xmlns='" + rep("u", n) + "'/></r>" }, setURI, "MaxNameBytes"},
	{"MaxURI with references", func(n int) string { return "<r>§<a xmlns:p='&amp;" + rep("u", n-1) + "'/></r>" }, setURI, "MaxNameBytes"},
	{"MaxDepth", func(n int) string { return rep("<a>", n-1) + "§<a>" + rep("</a>", n) }, setDepth, "MaxDepth"},
	{"MaxDepth of an empty-element tag", func(n int) string { return rep("<a>", n-1) + "§<a/>" + rep("</a>", n-1) }, setDepth, "MaxDepth"},
	{"MaxDepth of a tag with attributes", func(n int) string { return rep("<a>", n-1) + "§<a b=''/>" + rep("</a>", n-1) }, setDepth, "MaxDepth"},
	{"MaxAttrs", func(n int) string { return "<r>§<a xmlns='u' xmlns:p='v'" + manyAttrs(n) + "/></r>" }, setAttrs, "MaxAttrs"},
	{"MaxNamespaces in one tag", func(n int) string { return "<r>§<a" + manyDeclarations(n) + " b='' c=''/></r>" }, setNamespaces, "MaxNamespaces"},
	{"MaxNamespaces one below the other", func(n int) string {
		return "<r" + manyDeclarations(n-1) + ">§<a xmlns='u'/></r>"
	}, setNamespaces, "MaxNamespaces"},
	{"MaxNamespaces of one prefix", func(n int) string {
		return "<r" + manyDeclarations(n-1) + ">§<a xmlns:p0='v'/></r>"
	}, setNamespaces, "MaxNamespaces"},
	{"MaxTag", func(n int) string { return "<r>§<a b='" + rep("c", n-8) + "'></a></r>" }, setTag, "MaxTag"},
	{"MaxTag of an empty-element tag", func(n int) string { return "<r>§<a b='" + rep("c", n-9) + "'/></r>" }, setTag, "MaxTag"},
	{"MaxTag of a bare tag", func(n int) string { return "<r>§<" + rep("a", n-2) + "></" + rep("a", n-2) + "></r>" }, setTag, "MaxTag"},
	{"MaxTag of a bare empty-element tag", func(n int) string { return "<r>§<" + rep("a", n-3) + "/></r>" }, setTag, "MaxTag"},
	{"MaxTag of an end tag", func(n int) string { return "<r><a>§</a" + spaces(n-3) + "></r>" }, setTag, "MaxTag"},
}

func setName(c *Config, n int)       { c.MaxName = n }
func setURI(c *Config, n int)        { c.MaxURI = n }
func setDepth(c *Config, n int)      { c.MaxDepth = n }
func setAttrs(c *Config, n int)      { c.MaxAttrs = n }
func setNamespaces(c *Config, n int) { c.MaxNamespaces = n }
func setTag(c *Config, n int)        { c.MaxTag = int64(n) }

func TestLimits(t *testing.T) {
	for _, c := range limitCases {
		t.Run(c.name, func(t *testing.T) {
			for _, n := range []int{12, 13, 40, 300} {
				edit := limits(func(cfg *Config) { c.set(cfg, n) })
				for _, size := range []int{n - 1, n, n + 1} {
					in := c.in(size)
					tr := traceString(in, edit)
					got := tr.short[len(tr.short)-1]
					if size <= n {
						if want := "."; got != want && !(c.name == "MaxName of an end tag" && got == "!mismatch@") {
							t.Errorf("%d of %d: %s, want %s", size, n, got, want)
						}
					} else if want := fmt.Sprintf("!%s=%d@", c.most, n); got != want {
						t.Errorf("%d of %d: %s, want %s", size, n, got, want)
					}
					if tr.bad != "" {
						t.Error(tr.bad)
					}
					checkCuts(t, in, tr, edit)
				}
			}
		})
	}
}

// tagLimitCases are of a MaxTag of 20.
var tagLimitCases = []scanCase{
	{"cut, as long as may be", "<r>§<a b='ccccccccccccc", "<r> !eof@"},
	{"cut, too long", "<r>§<a b='cccccccccccccc", "<r> !MaxTag=20@"},
	{"much too long", "<r>§<a b='" + rep("c", 3*maxBuf) + "'/>", "<r> !MaxTag=20@"},
	{"bare, much too long", "<r>§<" + rep("c", 3*maxBuf) + "/>", "<r> !MaxTag=20@"},
	{"end tag of the longest bare tag", "<aaaaaaaaaaaaaaaaaa></aaaaaaaaaaaaaaaaaa>", "<aaaaaaaaaaaaaaaaaa> </aaaaaaaaaaaaaaaaaa> ."},
	{"end tag with space", "<aaaaaaaaaaaaaaaaaa>§</aaaaaaaaaaaaaaaaaa >", "<aaaaaaaaaaaaaaaaaa> !MaxTag=20@"},
	{"DOCTYPE", "§<!DOCTYPE aaaaaaaa><aaaa/>", "Doctype@ <aaaa> </aaaa> ."},
	{"DOCTYPE too long", "§<!DOCTYPE aaaaaaaaaa><aaaa/>", "!MaxTag=20@"},
	{"other things may be longer", "<a><!-- " + spaces(20) + " --><?b " + spaces(20) + "?></a>", "<a> </a> ."},
}

func TestTagLimit(t *testing.T) {
	checkCases(t, tagLimitCases, limits(func(c *Config) { c.MaxTag = 20 }))
}

// TestRepeatedDeclarations counts declarations of a tag that add nothing to its scope.
func TestRepeatedDeclarations(t *testing.T) {
	edit := limits(func(c *Config) { c.MaxNamespaces = 3 })
	checkCase(t, scanCase{in: "<a xmlns:p='u' §xmlns:p='u' xmlns:p='u'/>", want: "!attribute@"}, edit)
	checkCase(t, scanCase{in: "§<a" + rep(" xmlns:p='u'", 4) + "/>", want: "!MaxNamespaces=3@"}, edit)
}

// boundCases are documents with a bound: the first § is its End, and is not named by what is wanted, the second the
// place of anything else. Its Error tells offset 0.
var boundCases = []scanCase{
	{"text ends at it", "<a>bc§</a>", `<a> "bc" </a> .`},
	{"text ends one beyond", "<a>b§c</a>", "<a> !MaxTest=7@+0"},
	{"text begins at it", "<a>§b</a>", "<a> !MaxTest=7@+0"},
	{"text to the end", "<a>b§c", "<a> !MaxTest=7@+0"},
	{"white space ends one beyond", "<a>\n§\n</a>", "<a> !MaxTest=7@+0"},
	{"white space ends at it", "<a>\n\n§</a>", `<a> "\n\n" </a> .`},
	{"end tag begins at it", "<a>§</a>", "<a> </a> ."},
	{"end tag begins before", "<a><§/a>", "<a> </a> ."},
	{"end tag begins beyond", "<a>§<b/></a>", "<a> !MaxTest=7@+0"},
	{"start tag begins before", "<a><§b/></a>", "<a> <b> </b> !MaxTest=7@+0"},
	{"start tag ends at it", "<a><b/>§</a>", "<a> <b> </b> </a> ."},
	{"start tag with attributes begins at it", "<a>§<b c='d'/></a>", "<a> !MaxTest=7@+0"},
	{"root begins at it", " §<a/>", "!MaxTest=7@+0"},
	{"root begins at the very start", "§<a/>", "!MaxTest=7@"},
	{"end tag of a child at it", "<a><b>§</b></a>", "<a> <b> </b> !MaxTest=7@+0"},
	{"comment ends at it", "<a><!--b-->§</a>", "<a> </a> ."},
	{"comment begins at it", "<a>§<!----></a>", "<a> !MaxTest=7@+0"},
	{"comment closes beyond", "<a><!--§--></a>", "<a> !MaxTest=7@+0"},
	{"comment goes on beyond", "<a><!--§b--></a>", "<a> !MaxTest=7@+0"},
	{"opening of a comment goes on beyond", "<a><!-§-b--></a>", "<a> !MaxTest=7@+0"},
	{"CDATA ends one beyond", "<a><![CDATA[b§c]]></a>", "<a> !MaxTest=7@+0"},
	{"CDATA begins at it", "<a>§<![CDATA[]]></a>", "<a> !MaxTest=7@+0"},
	{"instruction begins at it", "<a>§<?b?></a>", "<a> !MaxTest=7@+0"},
	{"instruction goes on beyond", "<a><?b §c?></a>", "<a> !MaxTest=7@+0"},
	{"outside the root", " \n§\n<a/>", "!MaxTest=7@+0"},
	{"behind the root", "<a/>§\n", "<a> </a> !MaxTest=7@+0"},
	{"NULs behind the root", "<a/>§\x00", "<a> </a> !MaxTest=7@+0"},
	{"reference over it", "<a>&am§p;</a>", "<a> !MaxTest=7@+0"},
	{"rune over it", "<a>\xc3§\xa9</a>", "<a> !MaxTest=7@+0"},
	{"fault before it", "<a>§\x01§c</a>", "<a> !MaxTest=7@+0"},
	{"long text", "<a>" + rep("x", 2*maxBuf) + "§x</a>", "<a> !MaxTest=7@+0"},
	{"long text ends at it", "<a>" + rep("x", 2*maxBuf) + "§</a>", `<a> "` + rep("x", 2*maxBuf) + `" </a> .`},
	{"long comment", "<a><!--" + rep("x", 2*maxBuf) + "§x--></a>", "<a> !MaxTest=7@+0"},
	{"tag as far beyond as it may", "<§a b='" + rep("c", boundSlack-7) + "'/>", `<a b="` + rep("c", boundSlack-7) + `"> </a> .`},
	{"tag too far beyond", "<§a b='" + rep("c", boundSlack-6) + "'/>", "!MaxTest=7@+0"},
	{"bare tag far beyond", "<§a" + spaces(boundSlack) + ">", "!MaxTest=7@+0"},
	{"DOCTYPE too far beyond", "<§!DOCTYPE a" + spaces(boundSlack) + "><a/>", "!MaxTest=7@+0"},
	{"tag much too far beyond", "<§a b='" + rep("c", 3*maxBuf), "!MaxTest=7@+0"},
}

func TestBounds(t *testing.T) {
	for _, c := range boundCases {
		t.Run(c.name, func(t *testing.T) {
			tr, _ := newTracer(c.in, nil)
			end := int64(tr.marks[0])
			checkCase(t, c, func(s *Scanner, _ *Config) { s.Bound = Bound{Limit: "MaxTest", Max: 7, End: end} })
		})
	}
}

// endless counts how much of it was read; there is always more.
type endless struct {
	unit string
	read int64
}

func (r *endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = r.unit[(r.read+int64(i))%int64(len(r.unit))]
	}
	r.read += int64(len(p))
	return len(p), nil
}

// readEndless reads head and then unit without end, and returns the Error and how much was read.
func readEndless(t *testing.T, head, unit string, edit func(*Config)) (e *Error, read, held int64) {
	t.Helper()
	in := endless{unit: unit}
	var s Scanner
	cfg := testConfig(new([]string))
	edit(&cfg)
	s.Reset(io.MultiReader(strings.NewReader(head), &in), cfg)
	if k := s.Next(); k != Failed {
		t.Errorf("Next() = %v, want Failed", k)
	}
	e, ok := s.Err.(*Error)
	if !ok {
		t.Fatalf("Err = %v, want an Error", s.Err)
	}
	return e, in.read, int64(len(s.buf))
}

// Of a tag without end no more is read than a window beyond the limit, which need not be a power of two.
func TestEndlessTag(t *testing.T) {
	for _, most := range []int64{20, maxBuf, maxBuf + 1, 4 * maxBuf, 4*maxBuf + 100, 7 * maxBuf} {
		e, read, held := readEndless(t, "<a b='", "c", func(c *Config) { c.MaxTag = most })
		if e.Limit != "MaxTag" || e.Max != most {
			t.Errorf("MaxTag %d: Err = %v, want that limit", most, e)
		}
		if read > most+maxBuf || held > most+maxBuf {
			t.Errorf("MaxTag %d: %d bytes were read into %d, want at most %d", most, read, held, most+maxBuf)
		}
	}
}

// Where a name or the number of attributes passes its limit, no more is read than that and a window.
func TestEndlessInTag(t *testing.T) {
	for _, c := range []struct {
		name, head, unit string
		edit             func(*Config)
		limit            string
		most             int64
	}{
		{"name", "<", "a", func(c *Config) { c.MaxName = 1000 }, "MaxNameBytes", maxBuf},
		{"name that may be long", "<", "a", func(c *Config) { c.MaxName = 3 * maxBuf }, "MaxNameBytes", 4 * maxBuf},
		{"name of an attribute", "<a b='c' ", "d", func(c *Config) { c.MaxName = 1000 }, "MaxNameBytes", maxBuf},
		{"name of an attribute behind a large one", "<a b='" + rep("c", 2*maxBuf) + "' ", "d", func(c *Config) { c.MaxName = 1000 }, "MaxNameBytes", 4 * maxBuf},
		{"attributes", "<a ", "b='' ", func(c *Config) { c.MaxAttrs, c.MaxNamespaces = 30, 20 }, "MaxAttrs", maxBuf},
		{"declarations", "<a ", "xmlns:b='' ", func(c *Config) { c.MaxAttrs, c.MaxNamespaces = 30, 20 }, "MaxNamespaces", maxBuf},
		{"attributes without limit of declarations", "<a ", "b='' ", func(c *Config) { c.MaxAttrs, c.MaxNamespaces = 30, math.MaxInt }, "MaxAttrs", 1<<20 + maxBuf},
	} {
		e, read, held := readEndless(t, c.head, c.unit, func(cfg *Config) { cfg.MaxTag = 1 << 20; c.edit(cfg) })
		if e.Limit != c.limit || read > c.most || held > c.most {
			t.Errorf("%s: %v, %d bytes were read into %d, want limit %s and at most %d", c.name, e, read, held, c.limit, c.most)
		}
	}
}

// unclosedCases are documents in which a tag does not end. What is wrong first is told.
var unclosedCases = []scanCase{
	{"name too long", "<r>§<" + rep("a", 21), "<r> !MaxNameBytes=20@"},
	{"name as long as it may be", "<r>§<" + rep("a", 20), "<r> !eof@"},
	{"long name before another tag", "<r>§<" + rep("a", 21) + "<b>", "<r> !MaxNameBytes=20@"},
	{"name of an attribute too long", "<r>§<a " + rep("b", 21), "<r> !MaxNameBytes=20@"},
	{"name of an attribute too long behind a large one", "<r>§<a c='" + rep("c", 3*maxBuf) + "' " + rep("b", 2*maxBuf) + "='x", "<r> !MaxNameBytes=20@"},
	{"name of an end tag too long", "<r>§</" + rep("a", 3*maxBuf), "<r> !MaxNameBytes=20@"},
	{"end tag cut off", "<r>§</r", "<r> !eof@"},
	{"attributes too many", "<r>§<a b='' c='' d='' e=", "<r> !MaxAttrs=2@"},
	{"attributes as many as there may be", "<r>§<a b='' c='' d=", "<r> !eof@"},
	{"attributes too many, large", "<r>§<a b='' c='' d='' e='" + rep("e", 3*maxBuf), "<r> !MaxAttrs=2@"},
	{"declarations too many", "<r>§<a" + manyDeclarations(4) + " xmlns:", "<r> !MaxNamespaces=3@"},
	{"no white space between attributes", "<r><a b=''§c='' ", "<r> !syntax@"},
	{"no value", "<r><a b§<c>", "<r> !syntax@"},
	{"no value, and another name", "<r><a b §c", "<r> !syntax@"},
	{"no quotes", "<r><a b=§c", "<r> !syntax@"},
	{"no quotes around a long value", "<r><a b=§" + rep("c", 3*maxBuf), "<r> !syntax@"},
	{"another tag in a value", "<r><a b='c§<d e='f'>", "<r> !syntax@"},
	{"a rune of a name cut off", "<r>§<a Ã", "<r> !eof@"},
	{"end tag, and a long word behind its name", "<r>§</r " + rep("b", 3*maxBuf), "<r> !eof@"},
	{"end tag, and many =", "<r>§</r" + rep(" =", maxBuf), "<r> !eof@"},
	{"end tag, and a long word within quotes and behind", "<r>§</r '" + rep("b", maxBuf) + "' " + rep("c", maxBuf), "<r> !eof@"},
	{"end tag with a long word behind its name", "<r></r §" + rep("b", 3*maxBuf) + ">", "<r> !syntax@"},
	{"a slash", "<r>§<a b='c' /", "<r> !eof@"},
	{"a slash, and more", "<r><a b='c' §/ ", "<r> !syntax@"},
	{"a large tag of too many attributes and a name too long", "<r>§<a b='' c='' d='" + rep("d", 2*maxBuf) + "' " + rep("e", 3*maxBuf) + ">", "<r> !MaxAttrs=2@"},
	{"a large tag of a name too long and too many attributes", "<r>§<" + rep("a", 21) + " b='' c='' d='" + rep("d", 2*maxBuf) + "'>", "<r> !MaxNameBytes=20@"},
	{"a large tag with a name too long beyond its limit", "<r>§<a b='" + rep("c", 4*maxBuf) + "' " + rep("e", 3*maxBuf), "<r> !MaxTag=262144@"},
}

func TestUnclosed(t *testing.T) {
	edit := limits(func(c *Config) { c.MaxName, c.MaxAttrs, c.MaxNamespaces, c.MaxTag = 20, 2, 3, 4*maxBuf })
	for _, c := range unclosedCases {
		t.Run(c.name, func(t *testing.T) { checkCase(t, c, edit) })
	}
}

// Large tags that are put together at random are the same from a reader and from a string, and what is wrong in them is an error.
func TestLargeTags(t *testing.T) {
	edit := limits(func(c *Config) { c.MaxName, c.MaxAttrs, c.MaxNamespaces, c.MaxTag = 20, 2, 3, 4*maxBuf })
	heads := []string{"<", "<a", "<a ", "<a b=", "</", "</r", "</r ", "<!-", "<![", "<!D", "<!DOCTYPE r ", "<?", "<?a ", "<1"}
	parts := []string{
		rep("b", maxBuf), rep("b", maxBuf+9), rep(" =", maxBuf/2), rep(" b=''", maxBuf/5), rep("é", maxBuf/2), rep(" ", maxBuf), rep("/", maxBuf), rep("=", maxBuf),
		" ", "=", "'", `"`, "/", " c='d'", " xmlns:p='u'", "<", ">", "/>", "]", "-", "?>", "\x01", "\xff", "bcd",
	}
	rnd := rand.New(rand.NewPCG(4918, 64))
	for range 400 {
		in := "<r>" + heads[rnd.IntN(len(heads))]
		for range 1 + rnd.IntN(6) {
			in += parts[rnd.IntN(len(parts))]
		}
		want := traceString(in, edit)
		if whole := want.short[len(want.short)-1] == "."; whole != (want.Err == nil) {
			t.Errorf("error of %.80q = %v after %q", in, want.Err, want.short)
		}
		for _, read := range []func(io.Reader) io.Reader{func(r io.Reader) io.Reader { return r }, iotest.HalfReader, iotest.DataErrReader} {
			tr, cfg := newTracer(in, []func(*Scanner, *Config){edit})
			tr.Reset(read(strings.NewReader(in)), cfg)
			tr.all()
			if fmt.Sprint(tr.Err) != fmt.Sprint(want.Err) || !slices.Equal(tr.short, want.short) {
				t.Errorf("error of %.80q of %d bytes from a reader = %v after %q, want %v after %q", in, len(in), tr.Err, tr.short, want.Err, want.short)
			}
		}
	}
}

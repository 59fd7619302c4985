package xmlscan

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"
)

var errTest = errors.New("test")

type readerFunc func(p []byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }

// readerCases are readers of "<a>b" that go on badly, and what comes of it.
var readerCases = []struct {
	name string
	then func(p []byte, calls int) (int, error)
	want string
}{
	{"the rest", func(p []byte, _ int) (int, error) { return copy(p, "</a>"), io.EOF }, `<a> "b" </a> .`},
	{"99 empty reads, the rest", func(p []byte, n int) (int, error) {
		if n < 100 {
			return 0, nil
		}
		return copy(p, "</a>"), io.EOF
	}, `<a> "b" </a> .`},
	{"100 empty reads", func(p []byte, n int) (int, error) {
		if n <= 100 {
			return 0, nil
		}
		return copy(p, "</a>"), io.EOF
	}, `<a> !` + io.ErrNoProgress.Error()},
	{"EOF", func([]byte, int) (int, error) { return 0, io.EOF }, `<a> !eof@`},
	{"error", func([]byte, int) (int, error) { return 0, errTest }, `<a> !test`},
	{"unexpected EOF of the reader itself", func([]byte, int) (int, error) { return 0, io.ErrUnexpectedEOF }, `<a> !unexpected EOF`},
	{"the rest and an error", func(p []byte, _ int) (int, error) { return copy(p, "</a>"), errTest }, `<a> "b" </a> !test`},
	{"half a tag and an error", func(p []byte, _ int) (int, error) { return copy(p, "</"), errTest }, `<a> !test`},
	{"half a comment and an error", func(p []byte, _ int) (int, error) { return copy(p, "<!-- "), errTest }, `<a> !test`},
	{"half an opening and an error", func(p []byte, _ int) (int, error) { return copy(p, "<!-"), errTest }, `<a> !test`},
	{"half an instruction and an error", func(p []byte, _ int) (int, error) { return copy(p, "<?b"), errTest }, `<a> !test`},
	{"something worse and an error", func(p []byte, _ int) (int, error) { return copy(p, "]]></a>"), errTest }, `<a> !content@2`},
	{"too much", func(p []byte, _ int) (int, error) { return len(p) + 1, nil }, `<a> !` + ErrRead.Error()},
	{"too much and EOF", func(p []byte, _ int) (int, error) { return len(p) + 1, io.EOF }, `<a> !` + ErrRead.Error()},
	{"less than nothing", func(p []byte, _ int) (int, error) { return -1, nil }, `<a> !` + ErrRead.Error()},
}

func TestReaders(t *testing.T) {
	for _, c := range readerCases {
		t.Run(c.name, func(t *testing.T) {
			for _, size := range []int{1, 2, 4} {
				first := iotest.DataErrReader(strings.NewReader("<a>b"))
				given, calls := 0, 0
				r := readerFunc(func(p []byte) (int, error) {
					if given < 4 {
						n, _ := first.Read(p[:min(size, len(p))])
						given += n
						return n, nil
					}
					calls++
					return c.then(p, calls)
				})
				tr := traceReader("§<a>b§", func(string) io.Reader { return r })
				if got := strings.Join(tr.short, " "); got != c.want {
					t.Errorf("by %d: %s, want %s", size, got, c.want)
				}
			}
		})
	}
}

// TestReaderFails ends a document with an error at every byte. What comes before is as ever.
func TestReaderFails(t *testing.T) {
	const in = "<?xml version='1.0'?><!-- a --><a b='c&amp;'>d&lt;<![CDATA[e]]><?f g?><h/>é</a> <!-- i -->"
	want := traceString(in).short
	for i := range len(in) + 1 {
		for _, r := range []io.Reader{
			io.MultiReader(strings.NewReader(in[:i]), iotest.ErrReader(errTest)),
			io.MultiReader(iotest.OneByteReader(strings.NewReader(in[:i])), iotest.ErrReader(errTest)),
		} {
			tr := traceReader(in, func(string) io.Reader { return r })
			got := tr.short
			if tr.Err != errTest {
				t.Fatalf("error behind %q = %v", in[:i], tr.Err)
			}
			if n := len(got) - 1; n > len(want) || fmt.Sprint(got[:n]) != fmt.Sprint(want[:n]) {
				t.Errorf("tokens of %q = %q, want the first of %q", in[:i], got, want)
			}
		}
		tr, cfg := newTracer(in, nil)
		tr.ResetString(in[:i], cfg)
		tr.EndWith(errTest)
		tr.all()
		if tr.Err != errTest {
			t.Errorf("error behind %q, a string, = %v", in[:i], tr.Err)
		}
	}
}

// TestReset uses a scanner again after documents of every kind, and errors.
func TestReset(t *testing.T) {
	docs := []string{
		"<a xmlns='u' xml:lang='de'><b", "<p:a xmlns:p='u'><p:b/>&</p:a>", "<a/>\x00", "<a/>", "", "<a xmlns=''>b</a>", " <?xml version='1.0'?><!DOCTYPE a><a/>",
		"<a b='" + rep("c", 3*maxBuf) + "'/>", "<a><!-- ", "<a>" + rep("é", maxBuf) + "</a>", "<a/>x",
	}
	var used tracer
	for range 2 {
		for _, doc := range docs {
			for _, whole := range []bool{true, false} {
				want := traceString(doc)
				tr, cfg := newTracer(doc, nil)
				tr.Scanner = used.Scanner
				if whole {
					tr.ResetString(doc, cfg)
				} else {
					tr.Reset(strings.NewReader(doc), cfg)
				}
				if len(tr.stack) != 0 || tr.Err != nil || tr.Offset() != 0 {
					t.Errorf("not as new before %q", clip(doc))
				}
				tr.all()
				compare(t, "a used scanner on "+doc, tr.long, want.long)
				used.Scanner = tr.Scanner
			}
		}
	}
	tr, cfg := newTracer("", nil)
	tr.Reset(strings.NewReader("<a b='"+rep("c", 3*maxBuf)+"'/>"), cfg)
	tr.all()
	if tr.Reset(strings.NewReader(""), cfg); len(tr.buf) > maxBuf {
		t.Errorf("a buffer of %d bytes was kept", len(tr.buf))
	}
}

// TestShorterNames holds names that the scanner knows from before against a smaller limit.
func TestShorterNames(t *testing.T) {
	tr, cfg := newTracer("§<abc/>", nil)
	tr.ResetString(tr.text, cfg)
	tr.all()
	cfg.MaxName = 2
	tr.ResetString(tr.text, cfg)
	if tr.Next() != Failed || tr.failure() != "!MaxNameBytes=2@" {
		t.Errorf("error = %v", tr.Err)
	}
}

// TestRefusals ends the scan with what the callbacks return.
func TestRefusals(t *testing.T) {
	for _, in := range []string{
		" <?xml version='1.0'?><a/>", "<?xml version='1.1'?><a/>", "<!DOCTYPE a><a/>", "<a>&</a>", "<a>&b;</a>", "<a>&#0;</a>", "<a>\x01</a>", "<a>\xff</a>", "<a>\ufffe</a>",
		"<a b='&'/>", "<a><!--\x01--></a>", "<a><!--\x01----></a>", "<a><?b \x01?></a>", "<a><![CDATA[\x01]]></a>", "<p:a/>", "<a p:b='c'/>", "<a xmlns:p=''/>",
		"<a xmlns:p='" + XMLNamespace + "'/>", "<a xmlns:p='u'><p:b:c/></a>", "<a xmlns:p='u' p:b:c='d'/>", "<a/>\x00", "<é/>", "<a é='b'/>", "<a></é>", "<a><?é?></a>", "<a>é</a>",
	} {
		tr, cfg := newTracer(in, []func(*Scanner, *Config){asASCII})
		cfg.Host.(*hooks).fault = func(Fault, int64, string) error { return errTest }
		cfg.Host.(*hooks).prefix = func(string, int64, bool) (string, error) { return "", errTest }
		tr.ResetString(in, cfg)
		tr.all()
		if tr.Err != errTest {
			t.Errorf("error of %q = %v, want %v", in, tr.Err, errTest)
		}
		if tr.step() || tr.Err != errTest {
			t.Errorf("the error of %q does not stay", in)
		}
	}
}

func TestErrorText(t *testing.T) {
	for _, c := range []struct {
		err  Error
		want string
	}{
		{Error{Err: ErrSyntax}, "malformed markup"},
		{Error{Err: ErrSyntax, Detail: "(x)"}, "malformed markup (x)"},
		{Error{Limit: "MaxDepth"}, "MaxDepth passed"},
	} {
		if got := c.err.Error(); got != c.want || c.err.Unwrap() != c.err.Err {
			t.Errorf("Error = %q, want %q", got, c.want)
		}
	}
}

// TestDetails tells what is said of faults and errors beside their place.
func TestDetails(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"<a>&nbsp;</a>", "&nbsp;"}, {"<a>&#0;</a>", "&#0;"}, {"<a>\x1b</a>", "U+001B"}, {"<a>\uffff</a>", "U+FFFF"}, {"<a>\xff</a>", `"\xff"`},
		{"<a>\xed\xa0\x80</a>", `"\xed\xa0\x80"`}, {"<a xmlns:p='u'><p:b:c/></a>", "p:b:c"}, {"<a xmlns:p=''/>", "p"}, {"<a xmlns:p='" + XMLNamespace + "'/>", "p"}, {"<a>&</a>", ""},
		{"<é/>", "U+00E9"}, {"<a>é</a>", "U+00E9"},
	} {
		tr, cfg := newTracer(c.in, []func(*Scanner, *Config){asASCII})
		var got []string
		cfg.Host.(*hooks).fault = func(_ Fault, _ int64, detail string) error {
			got = append(got, detail)
			return nil
		}
		tr.ResetString(c.in, cfg)
		tr.all()
		if len(got) != 1 || got[0] != c.want {
			t.Errorf("details of %q = %q, want %q", c.in, got, c.want)
		}
	}
	for _, c := range []struct{ in, want string }{
		{"<a></b>", "mismatched end tag </b> for <a>"}, {"<a b='1' b='2'/>", `duplicate attribute "b"`}, {"<a>]]></a>", `sequence not allowed in content ("]]>" in character data)`},
		{"<a>&#; and more of the same</a>", `malformed reference "&#;"`}, {"<a:/>", `malformed markup (name "a:")`},
		{"<" + rep("a", 65) + "></b>", "mismatched end tag </b> for <" + rep("a", 64) + "…>"}, {"<" + rep("a", 64) + "></b>", "mismatched end tag </b> for <" + rep("a", 64) + ">"},
	} {
		if tr := traceString(c.in); tr.Err == nil || tr.Err.Error() != c.want {
			t.Errorf("error of %q = %v, want %s", c.in, tr.Err, c.want)
		}
	}
}

// TestWindowEdges moves what must not be cut in two over the end of a full window, byte by byte.
func TestWindowEdges(t *testing.T) {
	edges := []struct{ before, at, behind, want string }{
		{"<a>", "§]]>", "</a>", "<a> !content@"},
		{"<a>", "]]\r\n]\r\n", "</a>", ""},
		{"<a>", "&#x41;&lt;§&", "</a>", ""},
		{"<a>", "é€😀", "</a>", ""},
		{"<a>", "§\xed\xa0\x80§\xed§\xa0", "</a>", ""},
		{"<a><![CDATA[", "]]]\r\n]", "]]></a>", ""},
		{"<a><!--", " §-- ", "--></a>", "<a> !content@"},
		{"<a><!--", " - \r\n-", " --></a>", ""},
		{"<a><?b ", "??\r\n?", "?></a>", ""},
	}
	for _, e := range edges {
		for pad := maxBuf - 24; pad < maxBuf+4; pad++ {
			in := e.before + rep("x", pad) + e.at + e.behind
			whole := traceString(in)
			if got := strings.Join(whole.short, " "); e.want != "" && got != e.want {
				t.Fatalf("tokens of %s = %s, want %s", clip(in), clip(got), e.want)
			}
			compare(t, clip(in), traceReader(in, cuts[0].reader).long, whole.long)
			compare(t, clip(in), traceReader(in, cuts[3].reader).long, whole.long)
		}
	}
}

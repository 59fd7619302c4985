package xmlscan

import (
	"strings"
	"testing"
)

// TestPath follows the path through a document whose elements are numbered among their like.
func TestPath(t *testing.T) {
	const in = "<p:a xmlns:p='u'><b/>1<b><c/>2</b><b></b>&</p:a>"
	for _, cut := range cuts {
		tr, cfg := newTracer(in, nil)
		var got []string
		cfg.Host.(*hooks).fault = func(Fault, int64, string) error {
			got = append(got, "fault in "+tr.Path())
			return nil
		}
		tr.Reset(cut.reader(in), cfg)
		n := 0
		for k := tr.Next(); k != Finish; k = tr.Next() {
			switch k {
			case Start:
				if tr.Top().Raw == "b" {
					n++
					tr.SetIndex(n)
				}
				got = append(got, tr.Path())
			case End:
				got = append(got, "/"+tr.ClosedPath())
			case Failed:
				t.Fatal(tr.Err)
			}
		}
		want := "a, a/b, /a/b, fault in a, a/b[2], a/b[2]/c, /a/b[2]/c, fault in a/b[2], /a/b[2], a/b[3], /a/b[3], fault in a, fault in a, /a"
		if got := strings.Join(got, ", "); got != want {
			t.Errorf("paths of %q %s = %s, want %s", in, cut.name, got, want)
		}
	}
}

// positionCases are documents full of line ends. Every place that a tracer names is checked.
var positionCases = []scanCase{
	{"LF", "<a>\n<b>\n\n</b>§&\n </a>", `BareAmp@`},
	{"CR", "<a>\r<b\r>\r\r</b>§&\r </a>", `BareAmp@`},
	{"CRLF", "<a>\r\n<b\r\n>\r\n</b>§&\r\n</a>", `BareAmp@`},
	{"mixed", "\r\n\n\r<a\r\r\n>\n\r</a>\r\n", ``},
	{"in values", "<a b='\r\n§\x01\r§&'\n§p:c='\n'>\r</a>", `Control@ BareAmp@2 prefix:p@3`},
	{"bytes, not runes", "<a>é\né§& é§&</a>", "BareAmp@ BareAmp@2"},
	{"line ends in comments and CDATA", "<a><!--\r\n--><![CDATA[\r§\x01\n]]><?b \r\n ?>§&</a>", "Control@ BareAmp@2"},
	{"error on a later line", "<a\r\n>\r\n<b\r\n\r\n§&/></a>", "!syntax@"},
	{"unclosed element on an earlier line", "\r\n§<a>\r\n\r\n", "!eof@"},
	{"unclosed element in an earlier window", "\r\n<r>\n§<a>" + rep("\r\n", maxBuf) + rep("b\n", maxBuf), "!eof@"},
	{"unterminated comment of an earlier window", "<a>\r\n§<!--" + rep("\r\n\r", maxBuf), "!eof@"},
	{"elements in many windows", "<r>" + rep("<a\r\n>\r<b>\n</b></a>", maxBuf/16) + "§&</r>", "BareAmp@"},
}

func TestPositions(t *testing.T) {
	for _, track := range []bool{false, true} {
		edit := func(_ *Scanner, c *Config) { c.Track = track }
		for _, c := range positionCases {
			t.Run(c.name, func(t *testing.T) {
				whole := traceString(c.in, edit)
				if whole.bad != "" {
					t.Error(whole.bad)
				}
				var places []string
				for _, s := range whole.short {
					if i := strings.IndexByte(s, '@'); i >= 0 && s[0] != '<' && s[0] != '"' {
						places = append(places, s)
					}
				}
				if got := strings.Join(places, " "); got != c.want {
					t.Errorf("places in %q: %s, want %s", clip(c.in), got, c.want)
				}
				checkCuts(t, c.in, whole, edit)
			})
		}
	}
}

// TestPositionOfOpenTags asks late for the places of elements that are still open, and of what has gone.
func TestPositionOfOpenTags(t *testing.T) {
	in := "<a>\r\n <b\n>" + rep("x\n", 3*maxBuf) + "<c/></b></a>"
	for _, cut := range cuts {
		tr, cfg := newTracer(in, nil)
		tr.Reset(cut.reader(in), cfg)
		for k := tr.Next(); k != End; k = tr.Next() {
			if k == Failed {
				t.Fatal(tr.Err)
			}
		}
		offsets := []int64{tr.stack[0].Off, tr.stack[1].Off, tr.Closed().Off, tr.TokenOffset(), tr.Offset()}
		for _, off := range offsets {
			line, column := tr.Position(off)
			if l, c := naivePlace(in, off); line != l || column != c {
				t.Errorf("Position(%d) = %d:%d, want %d:%d %s", off, line, column, l, c, cut.name)
			}
		}
		for _, off := range []int64{20, -1, tr.TextEnd() + 1} {
			if line, column := tr.Position(off); line != 0 || column != 0 {
				t.Errorf("Position(%d), which is not known, = %d:%d %s", off, line, column, cut.name)
			}
		}
		if got, want := tr.TextEnd(), int64(len(in)); got > want || got < tr.Offset() {
			t.Errorf("TextEnd = %d of %d", got, want)
		}
	}
}

// Every place in texts of up to some parts.
func TestLastLF(t *testing.T) {
	for n := range 520 {
		if got := lastLF(strings.Repeat("a", n)); got != -1 {
			t.Errorf("lastLF of %d bytes without one = %d", n, got)
		}
		for _, before := range []string{"a", "\n"} {
			for i := range n {
				text := strings.Repeat(before, i) + "\n" + strings.Repeat("a", n-i-1)
				if got := lastLF(text); got != i {
					t.Fatalf("lastLF(%q) = %d, want %d", text, got, i)
				}
			}
		}
	}
}

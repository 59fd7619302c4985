package multistatus

import (
	"bytes"
	"errors"
	"github.com/go-multistatus/multistatus/internal/xmlscan"
	"io"
	"runtime"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding/charmap"
)

// A charsetCase is a body and how it is to be read.
type charsetCase struct {
	name, contentType, body string
	want                    transcoded
}

// A transcoded is all that a transcoder tells of a body.
type transcoded struct {
	text     string
	mode     textMode
	conflict string
	err      string // "" for io.EOF
}

const (
	declUTF8   = `<?xml version="1.0" encoding="utf-8"?>`
	declUTF16  = `<?xml version="1.0" encoding="UTF-16"?>`
	declLatin1 = `<?xml version="1.0" encoding="ISO-8859-1"?>`
	declSJIS   = `<?xml version="1.0" encoding="Shift_JIS"?>`
	declGB     = `<?xml version="1.0" encoding="GB18030"?>`
	declFoo    = `<?xml version="1.0" encoding="foo"?>`

	bomUTF8    = "\xEF\xBB\xBF"
	bomUTF16LE = "\xFF\xFE"
	bomUTF16BE = "\xFE\xFF"
)

// utf16LE returns s in UTF-16. A byte that is no UTF-8 stands for itself.
func utf16LE(s string) string {
	var b []byte
	for i, r := range s {
		if r == utf8.RuneError && !strings.HasPrefix(s[i:], "\uFFFD") {
			b = append(b, s[i])
			continue
		}
		for _, u := range utf16.Encode([]rune{r}) {
			b = append(b, byte(u), byte(u>>8))
		}
	}
	return string(b)
}

// swapped returns s with each two bytes exchanged.
func swapped(s string) string {
	b := []byte(s)
	for i := 0; i+1 < len(b); i += 2 {
		b[i], b[i+1] = b[i+1], b[i]
	}
	return string(b)
}

func utf16BE(s string) string { return swapped(utf16LE(s)) }

// encoded returns the UTF-8 text s in a legacy charset.
func encoded(t testing.TB, name, s string) string {
	t.Helper()
	e, _ := charset.Lookup(name)
	b, err := e.NewEncoder().String(s)
	if err != nil {
		t.Fatalf("%s cannot hold %q: %v", name, s, err)
	}
	return b
}

func read(text string) transcoded               { return transcoded{text: text} }
func readAs(text string, m textMode) transcoded { return transcoded{text: text, mode: m} }
func disputed(text, conflict string) transcoded { return transcoded{text: text, conflict: conflict} }
func other(text string) transcoded              { return readAs(text, textOther) }
func disputedOther(text, conflict string) transcoded {
	return transcoded{text: text, mode: textOther, conflict: conflict}
}
func refused(label string) transcoded { return transcoded{err: "charset not supported " + label} }

var charsetCases = []charsetCase{
	// UTF-8
	{"empty", "", "", read("")},
	{"one byte", "", "<", read("<")},
	{"no label", "", "<ä/>", read("<ä/>")},
	{"declared utf-8", "", declUTF8 + "ä", read(declUTF8 + "ä")},
	{"declared utf8 by Synology", "", `<?xml version="1.0" encoding="utf8"?>ä`, read(`<?xml version="1.0" encoding="utf8"?>ä`)},
	{"declaration cut", "", `<?xml version="1.0" encod`, read(`<?xml version="1.0" encod`)},
	{"declaration cut behind its name", "", "<?xml", read("<?xml")},
	{"declaration without end", "", declLatin1[:len(declLatin1)-1], readAs(declLatin1[:len(declLatin1)-1], textLatin1)},
	{"declaration without question mark", "", "<?xml version='1.0'><ä/>", read("<?xml version='1.0'><ä/>")},
	{"stylesheet is no declaration", "", `<?xml-stylesheet encoding="gbk"?>ä`, read(`<?xml-stylesheet encoding="gbk"?>ä`)},
	{"declaration behind white space", "", "\r\n\t " + declLatin1 + "\xE4", readAs("\r\n\t "+declLatin1+"ä", textLatin1)},
	{"declaration behind too much white space", "", strings.Repeat(" ", maxDeclSpace+1) + declLatin1, read(strings.Repeat(" ", maxDeclSpace+1) + declLatin1)},
	{"nothing but white space", "", strings.Repeat("\n", 2*maxDeclSpace), read(strings.Repeat("\n", 2*maxDeclSpace))},
	{"endless declaration", "", "<?xml " + strings.Repeat("a='b' ", 1000), read("<?xml " + strings.Repeat("a='b' ", 1000))},
	{"BOM", "", bomUTF8 + "<ä/>", read("<ä/>")},
	{"BOM only", "", bomUTF8, read("")},
	{"BOM cut", "", bomUTF8[:2], read(bomUTF8[:2])},
	{"two BOMs", "", bomUTF8 + bomUTF8, read(bomUTF8)},
	{"broken bytes", "", "<a>\xE9t\xE9\xC0\xAE\xED\xA0\x80", read("<a>\xE9t\xE9\xC0\xAE\xED\xA0\x80")},
	{"NUL", "", "a\x00", read("a\x00")},
	{"longer than the buffer", "", declUTF8 + strings.Repeat("größe ", rawSize), read(declUTF8 + strings.Repeat("größe ", rawSize))},

	// US-ASCII and ISO-8859-1
	{"ascii", "text/xml; charset=US-ASCII", "<a/>", readAs("<a/>", textASCII)},
	{"ascii that is utf-8", "text/xml; charset=us-ascii", declUTF8 + "ä", readAs(declUTF8+"ä", textASCII)},
	{"ascii with BOM", "text/xml; charset=us-ascii", bomUTF8 + "ä", read("ä")},
	{"utf-8 declared ascii", "text/xml; charset=utf-8", `<?xml version="1.0" encoding="ascii"?>`, read(`<?xml version="1.0" encoding="ascii"?>`)},
	{"latin1", "", declLatin1 + "bl\xE4", readAs(declLatin1+"blä", textLatin1)},
	{"latin1 label on windows-1252", "", declLatin1 + "\x80\x92\x9F\xA0\xFF", readAs(declLatin1+"\u0080\u0092\u009F\u00A0ÿ", textLatin1)},
	{"latin1 label on utf-8", "", declLatin1 + "\xC3\xA4", readAs(declLatin1+"Ã¤", textLatin1)},
	{"latin1 by Content-Type", "text/xml;charset=iso-8859-1", declUTF8 + "\xE4",
		transcoded{declUTF8 + "ä", textLatin1, "declared utf-8, read as iso-8859-1 by its Content-Type", ""}},
	{"latin1 longer than the buffer", "", declLatin1 + strings.Repeat("\xE4", 3*rawSize), readAs(declLatin1+strings.Repeat("ä", 3*rawSize), textLatin1)},

	// UTF-16
	{"utf-16le", "", bomUTF16LE + utf16LE(declUTF16+"ä日𝄞"), other(declUTF16 + "ä日𝄞")},
	{"utf-16be", "", bomUTF16BE + utf16BE(declUTF16+"ä日𝄞"), other(declUTF16 + "ä日𝄞")},
	{"utf-16le without BOM", "", utf16LE(declUTF16 + "ä"), other(declUTF16 + "ä")},
	{"utf-16be without BOM", "", utf16BE(declUTF16 + "ä"), other(declUTF16 + "ä")},
	{"utf-16 by Content-Type only, little-endian", "x/y; charset=utf-16", utf16LE(" <a/>"), other(" <a/>")},
	{"utf-16 by Content-Type only, big-endian", "x/y; charset=utf-16", utf16BE(" <a/>"), other(" <a/>")},
	{"utf-16le by Content-Type only", "x/y; charset=utf-16le", utf16LE("\n日"), other("\n日")},
	{"utf-16 by Content-Type only, no markup", "x/y; charset=utf-16", utf16LE("a"), other("a")},
	{"utf-16 by Content-Type, beyond ASCII", "x/y; charset=utf-16", utf16BE("日本"), other("日本")},
	{"utf-16, one byte", "x/y; charset=utf-16", "\x00", other("\xFF")},
	{"utf-16 BOM only", "", bomUTF16LE, other("")},
	{"utf-16be BOM only", "", bomUTF16BE, other("")},
	{"utf-16 BOM cut", "", bomUTF16LE[:1], read(bomUTF16LE[:1])},
	{"utf-16 with two BOMs", "", bomUTF16BE + bomUTF16BE, other(bomUTF8)},
	{"utf-16 with an odd byte", "", bomUTF16LE + utf16LE("<a>") + "<", other("<a>\xFF")},
	{"utf-16 with a lone high surrogate", "", bomUTF16BE + "\xD8\x00\x00<", other("\xED\xA0\x80<")},
	{"utf-16 with a lone low surrogate", "", bomUTF16BE + "\xDF\xFF\x00<", other("\xED\xBF\xBF<")},
	{"utf-16 with surrogates exchanged", "", bomUTF16BE + "\xDC\x00\xD8\x00\x00<", other("\xED\xB0\x80\xED\xA0\x80<")},
	{"utf-16 with two high surrogates", "", bomUTF16BE + "\xD8\x00\xD8\x00\xDC\x00", other("\xED\xA0\x80\U00010000")},
	{"utf-16 ending in a high surrogate", "", bomUTF16BE + "\xDB\xFF", other("\xED\xAF\xBF")},
	{"utf-16 ending in one and a half surrogates", "", bomUTF16BE + "\xDB\xFF\xDC", other("\xED\xAF\xBF\xFF")},
	{"utf-16 with U+FFFD, U+FFFE and U+0000", "", bomUTF16LE + utf16LE("\uFFFD\uFFFE\x00"), other("\uFFFD\uFFFE\x00")},
	{"utf-16 longer than the buffer", "", bomUTF16LE + utf16LE(strings.Repeat("a𝄞", rawSize)), other(strings.Repeat("a𝄞", rawSize))},
	{"utf-16 with the longest declaration", "", bomUTF16LE + utf16LE("<?xml "+strings.Repeat(" ", 2*maxDeclText)), other("<?xml " + strings.Repeat(" ", 2*maxDeclText))},

	// legacy charsets
	{"windows-1252", "", `<?xml encoding="Windows-1252"?>` + "\x80", other(`<?xml encoding="Windows-1252"?>€`)},
	{"undefined in windows-1253", "x/y; charset=windows-1253", "<a>\xAA\xE1</a>", other("<a>\xFFα</a>")},
	{"shift_jis", "", declSJIS + "\x93\xFA\x96\x7B\xB1\\", other(declSJIS + "日本ｱ\\")},
	{"shift_jis trail byte like a letter", "x/y; charset=shift_jis", "\x83A\x83\\<", other("アソ<")},
	{"shift_jis lead byte before markup", "x/y; charset=shift_jis", "<a>\x93</a>", other("<a>\xFF</a>")},
	{"shift_jis unknown pair", "x/y; charset=shift_jis", "\xFC\xFC<", other("\xFF<")},
	{"shift_jis unknown pair with a letter", "x/y; charset=shift_jis", "\x85@b", other("\xFF@b")},
	{"shift_jis cut", "x/y; charset=shift_jis", "a\x93", other("a\xFF")},
	{"big5 pair that becomes two characters", "x/y; charset=big5", "a\x88\x62\x88\xA5<", other("aÊ̄ê̌<")},
	{"big5 lead byte before DEL", "x/y; charset=big5", "\xA4\x7F\xFF<", other("\xFF\x7F\xFF<")},
	{"euc-jp of three bytes", "x/y; charset=euc-jp", "\x8F\xB0\xA1\x8E\xB1<", other("丂ｱ<")},
	{"euc-jp of three bytes, cut by markup", "x/y; charset=euc-jp", "\x8F\xB0<\x8F<", other("\xFF<\xFF<")},
	{"euc-jp of three bytes, cut by the end", "x/y; charset=euc-jp", "\x8F\xB0", other("\xFF")},
	{"euc-kr lead byte before markup", "x/y; charset=euc-kr", "\xB0\xA1\xB0<\xC9A", other("가\xFF<\xFFA")},
	{"gbk euro sign", "x/y; charset=gb2312", "\x80\xD6\xD0\xFF<", other("€中\xFF<")},
	{"gb18030 of four bytes", "", declGB + "\x81\x30\x81\x30\x94\x39\xDA\x33<", other(declGB + "\u0080💩<")},
	{"gb18030 U+FFFD that is meant", "", declGB + "\x84\x31\xA4\x37\xFF\x84\x31\xA4\x37", other(declGB + "\uFFFD\xFF\uFFFD")},
	{"gb18030 with markup for a digit", "", declGB + "\x81<\x81\x30>\x81>\x81\x31", other(declGB + "\xFF<\xFF0>\xFF>\xFF1")},
	{"gb18030 with markup between letters", "", declGB + "\xD6\xD0<\xD6\xD0>\xD6\xD0", other(declGB + "中<中>中")},
	{"gb18030 without such a character", "", declGB + "\x85\x30\x81\x30<\xFE\x39\xFE\x39", other(declGB + "\xFF0\xFF0<\xFF9\xFF9")},
	{"gb18030 that shrinks", "", declGB + strings.Repeat("a\x81\x30\x81\x30", rawSize), other(declGB + strings.Repeat("a\u0080", rawSize))},
	{"gb18030 cut", "", declGB + "\x81\x30\x81", other(declGB + "\xFF0\xFF")},
	{"legacy longer than the buffer", "x/y; charset=gbk", strings.Repeat("\xD6\xD0<", 3*rawSize) + "\xFF", other(strings.Repeat("中<", 3*rawSize) + "\xFF")},

	// contradictions
	{"BOM against declaration", "", bomUTF8 + declLatin1, disputed(declLatin1, "declared iso-8859-1, read as utf-8 by its BOM")},
	{"BOM against Content-Type", "x/y; charset=latin1", bomUTF8 + "ä", disputed("ä", "labelled iso-8859-1, read as utf-8 by its BOM")},
	{"BOM against both", "x/y; charset=bar", bomUTF8 + declFoo, disputed(declFoo, `labelled "bar" and declared "foo", read as utf-8 by its BOM`)},
	{"BOM against byte order", "x/y; charset=utf-16be", bomUTF16LE + utf16LE("<a/>"), disputedOther("<a/>", "labelled utf-16be, read as utf-16le by its BOM")},
	{"BOM of UTF-16 against declaration", "", bomUTF16LE + utf16LE(declUTF8), disputedOther(declUTF8, "declared utf-8, read as utf-16le by its BOM")},
	{"bytes against declaration", "", utf16BE(declUTF8), disputedOther(declUTF8, "declared utf-8, read as utf-16be by its first bytes")},
	{"bytes against Content-Type", "x/y; charset=utf-8", utf16LE("<a/>"), disputedOther("<a/>", "labelled utf-8, read as utf-16le by its first bytes")},
	{"Content-Type against declaration", "x/y; charset=utf-8", declLatin1 + "ä", disputed(declLatin1+"ä", "declared iso-8859-1, read as utf-8 by its Content-Type")},
	{"Content-Type against unknown declaration", "x/y; charset=utf-8", declFoo, disputed(declFoo, `declared "foo", read as utf-8 by its Content-Type`)},
	{"Content-Type against UTF-16 in the declaration", "x/y; charset=utf-16be", utf16BE(declUTF8), disputedOther(declUTF8, "declared utf-8, read as utf-16be by its first bytes")},
	{"utf-16 declared in ASCII", "", declUTF16 + "ä", disputed(declUTF16+"ä", "declared utf-16, read as utf-8 by its first bytes")},
	{"utf-16 by Content-Type, but ASCII", "x/y; charset=utf-16", "\n<a>ä", disputed("\n<a>ä", "labelled utf-16, read as utf-8 by its first bytes")},
	{"utf-16 by both, but ASCII", "x/y; charset=utf-16", declUTF16, disputed(declUTF16, "labelled utf-16 and declared utf-16, read as utf-8 by its first bytes")},
	{"utf-16 by Content-Type, but declared", "x/y; charset=utf-16", declSJIS + "\xB1", disputedOther(declSJIS+"ｱ", "labelled utf-16, read as shift_jis by its declaration")},
	{"utf-16 by Content-Type, but white space", "x/y; charset=utf-16", " \n", disputed(" \n", "labelled utf-16, read as utf-8 by its first bytes")},
	{"utf-16 by Content-Type, but much white space", "x/y; charset=utf-16", strings.Repeat(" ", 2*maxDeclSpace), disputed(strings.Repeat(" ", 2*maxDeclSpace), "labelled utf-16, read as utf-8 by its first bytes")},

	// refused
	{"unknown by declaration", "", declFoo + "<a/>", refused(`"foo"`)},
	{"unknown by Content-Type", "x/y; charset=foo", declUTF8, refused(`"foo"`)},
	{"unknown by declaration, utf-16 in ASCII", "x/y; charset=utf-16", declFoo, refused(`"foo"`)},
	{"unknown in a declaration that is cut", "", declFoo[:len(declFoo)-2], refused(`"foo"`)},
	{"unknown and long", "x/y; charset=" + strings.Repeat("ä", 99), "<", refused(`"` + strings.Repeat("ä", maxLabelSize/2) + `"`)},
	{"unknown for an empty body", "x/y; charset=foo", "", read("")},
	{"utf-16 for an empty body", "x/y; charset=utf-16", "", read("")},
	{"utf-32le", "", "\xFF\xFE\x00\x00<\x00\x00\x00", refused(`"utf-32"`)},
	{"utf-32be", "", "\x00\x00\xFE\xFF\x00\x00\x00<", refused(`"utf-32"`)},
	{"utf-32le without BOM", "x/y; charset=utf-8", "<\x00\x00\x00a\x00\x00\x00", refused(`"utf-32"`)},
	{"utf-32be without BOM", "x/y; charset=utf-16", "\x00\x00\x00<", refused(`"utf-32"`)},
	{"utf-32 by Content-Type", "x/y; charset=utf-32", "<a/>", refused(`"utf-32"`)},
	{"with states", "x/y; charset=iso-2022-jp", "<a/>", refused(`"iso-2022-jp"`)},
}

// transcode returns what a transcoder tells of r when it is read by pieces of size.
func transcode(t testing.TB, c *transcoder, r io.Reader, contentType string, maxBytes int64, size int) transcoded {
	t.Helper()
	c.Reset(r, contentType, maxBytes)
	p := make([]byte, size)
	var text []byte
	for {
		n, err := c.Read(p)
		text = append(text, p[:n]...)
		if n == 0 && err == nil {
			t.Fatalf("Read(%d bytes) = 0, nil", size)
		}
		if err != nil {
			if n, again := c.Read(p); n != 0 || again != err {
				t.Errorf("Read after an error = %d, %v, want 0, %v", n, again, err)
			}
			return tell(string(text), c.mode(), c.conflict(), err)
		}
	}
}

func tell(text string, m textMode, conflict string, err error) transcoded {
	if err == nil || err == io.EOF {
		return transcoded{text, m, conflict, ""}
	}
	return transcoded{text, m, conflict, err.Error()}
}

// cuts lists ways to hand out a body.
var cuts = []struct {
	name string
	wrap func(io.Reader) io.Reader
	size int // of what is read at once
}{
	{"whole", func(r io.Reader) io.Reader { return r }, 1 << 20},
	{"one byte at a time", iotest.OneByteReader, 512},
	{"by halves", iotest.HalfReader, outSize},
	{"with io.EOF beside the last bytes", iotest.DataErrReader, rawSize},
	{"one byte at a time, with io.EOF beside the last", func(r io.Reader) io.Reader { return iotest.DataErrReader(iotest.OneByteReader(r)) }, outSize - 1},
	{"into one byte", func(r io.Reader) io.Reader { return r }, 1},
	{"with empty reads", func(r io.Reader) io.Reader { return &idleReader{r: r} }, 7},
}

// An idleReader gives nothing each second time.
type idleReader struct {
	r    io.Reader
	idle bool
}

func (r *idleReader) Read(p []byte) (int, error) {
	if r.idle = !r.idle; r.idle {
		return 0, nil
	}
	return r.r.Read(p[:min(len(p), 3)])
}

func TestTranscoder(t *testing.T) {
	var used transcoder
	for _, c := range charsetCases {
		t.Run(c.name, func(t *testing.T) {
			for _, cut := range cuts {
				got := transcode(t, &used, cut.wrap(strings.NewReader(c.body)), c.contentType, 0, cut.size)
				if got != c.want {
					t.Errorf("%s: transcoder of %.99q, %q = %.199q, want %.199q", cut.name, c.body, c.contentType, got, c.want)
				}
			}
			text, m, conflict, err := transcodeString(c.body, c.contentType, 0)
			if got := tell(text, m, conflict, err); got != c.want {
				t.Errorf("transcodeString(%.99q, %q) = %.199q, want %.199q", c.body, c.contentType, got, c.want)
			}
			if c.want.err != "" && !errors.Is(err, ErrCharset) {
				t.Errorf("transcodeString(%.99q, %q): %v is no ErrCharset", c.body, c.contentType, err)
			}
		})
	}
}

// A body that breaks off gives the same text and, unless its charset is refused before that, the reader's own error,
// whether the reader fails, fails beside its last bytes, or meets the limit.
func TestTranscoderBreaksOff(t *testing.T) {
	var c transcoder
	for _, tc := range charsetCases {
		t.Run(tc.name, func(t *testing.T) {
			for i := range min(len(tc.body), 300) {
				want := transcode(t, &c, iotest.OneByteReader(failing(tc.body[:i])), tc.contentType, 0, 512)
				if !strings.HasPrefix(tc.want.text, want.text) {
					t.Errorf("broken off at %d: %q is no beginning of %q", i, want.text, tc.want.text)
				}
				if want.err != errBodyLimit.Error() && want.err != tc.want.err {
					t.Errorf("broken off at %d: error %q, want %q", i, want.err, errBodyLimit)
				}
				check := func(how string, got transcoded) {
					t.Helper()
					if got != want {
						t.Errorf("%s at %d = %q, want %q", how, i, got, want)
					}
				}
				check("failing", transcode(t, &c, failing(tc.body[:i]), tc.contentType, 0, 512))
				check("failing beside data", transcode(t, &c, iotest.DataErrReader(failing(tc.body[:i])), tc.contentType, 0, 512))
				if i == 0 {
					continue // no limit
				}
				check("limited", transcode(t, &c, strings.NewReader(tc.body), tc.contentType, int64(i), 512))
				check("limited, by bytes", transcode(t, &c, iotest.OneByteReader(strings.NewReader(tc.body)), tc.contentType, int64(i), 1))
				text, m, conflict, err := transcodeString(tc.body, tc.contentType, int64(i))
				check("transcodeString limited", tell(text, m, conflict, err))
			}
			if n := len(tc.body); n > 0 {
				if got := transcode(t, &c, strings.NewReader(tc.body), tc.contentType, int64(n), 512); got != tc.want {
					t.Errorf("limited to its length = %.199q, want %.199q", got, tc.want)
				}
			}
		})
	}
}

// failing returns a reader of s that fails at its end.
func failing(s string) io.Reader {
	return io.MultiReader(strings.NewReader(s), iotest.ErrReader(errBodyLimit))
}

type readFunc func(p []byte) (int, error)

func (f readFunc) Read(p []byte) (int, error) { return f(p) }

func TestTranscoderReaders(t *testing.T) {
	broken := errors.New("connection reset")
	for _, c := range []struct {
		name string
		r    readFunc
		want error
	}{
		{"negative count", func(p []byte) (int, error) { return -1, nil }, xmlscan.ErrRead},
		{"count beyond the buffer", func(p []byte) (int, error) { return len(p) + 1, nil }, xmlscan.ErrRead},
		{"count beyond the buffer and error", func(p []byte) (int, error) { return len(p) + 1, io.EOF }, xmlscan.ErrRead},
		{"no progress", func(p []byte) (int, error) { return 0, nil }, io.ErrNoProgress},
		{"own error", func(p []byte) (int, error) { return 0, broken }, broken},
		{"unexpected end", func(p []byte) (int, error) { return 0, io.ErrUnexpectedEOF }, io.ErrUnexpectedEOF},
	} {
		for _, label := range []string{"", "utf-8", "latin1", "utf-16", "gbk", "foo"} {
			for _, before := range []string{"", "<a>"} {
				if label == "foo" && before != "" {
					continue // refused
				}
				t.Run(c.name+"/"+label+"/"+before, func(t *testing.T) {
					var tr transcoder
					tr.Reset(io.MultiReader(strings.NewReader(before), c.r), "x/y; charset="+label, 0)
					if got, err := io.ReadAll(&tr); string(got) != before || err != c.want {
						t.Errorf("ReadAll = %q, %v, want %q, %v", got, err, before, c.want)
					}
				})
			}
		}
	}
}

func TestTranscoderEmptyRead(t *testing.T) {
	var c transcoder
	c.Reset(iotest.ErrReader(io.ErrClosedPipe), "", 0)
	if n, err := c.Read(nil); n != 0 || err != nil {
		t.Errorf("Read(nil) = %d, %v, want 0, nil", n, err)
	}
}

// What is there is delivered while the reader blocks: this test ends.
func TestTranscoderDeliversAtOnce(t *testing.T) {
	for _, c := range []struct{ name, contentType, body, want string }{
		{"declaration", "", declUTF8, declUTF8},
		{"declaration without question mark", "", "<?xml version='1.0'>", "<?xml version='1.0'>"},
		{"no declaration", "", "<D", "<D"},
		{"two letters", "x/y; charset=utf-8", "ab", "ab"},
		{"half a character", "", declUTF8 + "\xC3", declUTF8 + "\xC3"},
		{"BOM", "", bomUTF8 + "<a", "<a"},
		{"latin1", "", declLatin1 + "\xE4", declLatin1 + "ä"},
		{"utf-16", "", bomUTF16LE + utf16LE(declUTF16+"ä") + "\x3D\xD8", declUTF16 + "ä"},
		{"utf-16 without BOM or declaration", "", utf16BE("<a>"), "<a>"},
		{"shift_jis", "", declSJIS + "\x93\xFA</a>\x93", declSJIS + "日</a>"},
		{"gb18030", "", declGB + "\xD6\xD0</a>\x81\x30\x81", declGB + "中</a>"},
		{"gb18030 with a stray byte", "", declGB + "\x81</a>", declGB + "\xFF</a>"},
	} {
		for _, size := range []int{1, 4096} {
			t.Run(c.name, func(t *testing.T) {
				r, w := io.Pipe()
				defer r.Close()
				go io.WriteString(w, c.body)
				var tr transcoder
				tr.Reset(r, c.contentType, 0)
				var got []byte
				for p := make([]byte, size); len(got) < len(c.want); {
					n, err := tr.Read(p)
					if err != nil {
						t.Fatalf("Read: %v", err)
					}
					got = append(got, p[:n]...)
				}
				if string(got) != c.want {
					t.Errorf("transcoder of %q has delivered %q, want %q", c.body, got, c.want)
				}
			})
		}
	}
}

var contentTypeTests = []struct{ name, in, want string }{
	{"empty", "", ""},
	{"no parameter", "application/xml", ""},
	{"plain", "application/xml; charset=utf-8", "utf-8"},
	{"no space", "text/xml;charset=utf-8", "utf-8"},
	{"upper case", "TEXT/XML; CHARSET=UTF-8", "UTF-8"},
	{"quoted", `text/xml; charset="utf-8"`, "utf-8"},
	{"single quotes", "text/xml; charset='utf-8'", "utf-8"},
	{"quoted with blanks", `text/xml; charset=" utf-8 "`, "utf-8"},
	{"quote left open", `text/xml; charset="utf-8`, "utf-8"},
	{"space around the equals sign", "text/xml; charset = utf-8", "utf-8"},
	{"space for a semicolon", "text/xml charset=utf-8", "utf-8"},
	{"no media type", "charset=utf-8", "utf-8"},
	{"semicolon at the end", "text/xml; charset=utf-8;", "utf-8"},
	{"comment behind", "text/xml; charset=utf-8 (UTF)", "utf-8"},
	{"two parameters", "text/xml; charset=utf-8; charset=gbk", "utf-8"},
	{"two fields joined", "text/xml;charset=utf-8, text/xml;charset=gbk", "utf-8"},
	{"second field of two", "text/xml, text/xml;charset=gbk", "gbk"},
	{"no value", "text/xml; charset=", ""},
	{"empty value", `text/xml; charset=""`, ""},
	{"no equals sign", "text/xml; charset", ""},
	{"first without value", "text/xml; charset=; charset=gbk", "gbk"},
	{"other parameter before", "text/xml; boundary=x; charset=gbk", "gbk"},
	{"in the value of another", `text/xml; x="; charset=gbk"; charset=utf-8`, "utf-8"},
	{"in the value of another behind a quoted quote", `text/xml; x="\"; charset=gbk"`, ""},
	{"longer name", "text/xml; x-charset=gbk; charset2=gbk", ""},
	{"extended name", "text/xml; charset*=utf-8''gbk", ""},
	{"only separators", ";;=;,= ;", ""},
}

func TestContentTypeCharset(t *testing.T) {
	for _, c := range contentTypeTests {
		t.Run(c.name, func(t *testing.T) {
			if got := contentTypeCharset(c.in); got != c.want {
				t.Errorf("contentTypeCharset(%q) = %q, want %q", c.in, got, c.want)
			}
		})
	}
}

func TestDeclaredCharset(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"plain", `<?xml version="1.0" encoding="gbk"?>`, "gbk"},
		{"single quotes", `<?xml version='1.0' encoding='gbk'?>`, "gbk"},
		{"white space", "<?xml\tversion\n=\r\"1.0\"\n  encoding \t=\n'gbk' ?>", "gbk"},
		{"no version", `<?xml encoding="gbk"?>`, "gbk"},
		{"standalone first", `<?xml standalone="no" encoding="gbk"?>`, "gbk"},
		{"no space between", `<?xml version="1.0"encoding="gbk"?>`, "gbk"},
		{"blanks in the value", `<?xml encoding=" gbk "?>`, "gbk"},
		{"upper case", `<?xml encoding="GBK"?>`, "gbk"},
		{"first of two", `<?xml encoding="gbk" encoding="big5"?>`, "gbk"},
		{"unknown", `<?xml encoding="foo"?>`, `"foo"`},
		{"empty", `<?xml encoding=""?>`, ""},
		{"none", `<?xml version="1.0"?>`, ""},
		{"nothing", `<?xml ?>`, ""},
		{"in another value", `<?xml version="encoding='gbk'"?>`, ""},
		{"end of a longer name", `<?xml xencoding="gbk"?>`, ""},
		{"beginning of a longer name", `<?xml encoding2="gbk"?>`, ""},
		{"name in upper case", `<?xml ENCODING="gbk"?>`, ""},
		{"no quotes", `<?xml encoding=gbk?>`, ""},
		{"quote left open", `<?xml encoding="gbk?>`, ""},
		{"quotes that differ", `<?xml encoding="gbk'?>`, ""},
		{"behind the end", `<?xml version="1.0"?><a encoding="gbk"?>`, ""},
		{"behind an end without question mark", `<?xml version="1.0"><a encoding="gbk"/>`, ""},
		{"target in upper case", `<?XML encoding="gbk"?>`, ""},
		{"longer target", `<?xmlx encoding="gbk"?>`, ""},
		{"not at the beginning", `a<?xml encoding="gbk"?>`, ""},
		{"within the longest", "<?xml" + strings.Repeat(" ", maxDeclSize-len(`<?xml encoding="gbk"`)) + ` encoding="gbk"?>`, "gbk"},
		{"behind the longest", "<?xml" + strings.Repeat(" ", maxDeclSize) + ` encoding="gbk"?>`, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, done := declaredCharset([]byte(c.in), true)
			if got.name != c.want || !done {
				t.Errorf("declaredCharset(%q) = %q, %v, want %q", c.in, got.name, done, c.want)
			}
		})
	}
}

func TestFindCharset(t *testing.T) {
	for _, c := range []struct {
		label string
		want  charsetID
	}{
		{"", charsetID{}},
		{" \t", charsetID{}},
		{" UTF-8\n", charsetUTF8},
		{"Latin1", charsetLatin1},
		{"ISO_8859-1:1987", charsetLatin1},
		{"ISO-8859-9", charsetID{"windows-1254", formLegacy}},
		{"cp1252", charsetID{"windows-1252", formLegacy}},
		{"GB2312", charsetID{"gbk", formLegacy}},
		{"windows-31j", charsetID{"shift_jis", formLegacy}},
		{"KS_C_5601-1987", charsetID{"euc-kr", formLegacy}},
		{"utf-7", charsetID{name: `"utf-7"`}},
		{"UTF-32", charsetID{name: `"UTF-32"`}},
		{"cesu-8", charsetID{name: `"cesu-8"`}},
		{"ebcdic-cp-us", charsetID{name: `"ebcdic-cp-us"`}},
		{"iso-2022-jp", charsetID{name: `"iso-2022-jp"`}},
		{"iso-2022-kr", charsetID{name: `"iso-2022-kr"`}},
		{"hz-gb-2312", charsetID{name: `"hz-gb-2312"`}},
		{"replacement", charsetID{name: `"replacement"`}},
		{"x-user-defined", charsetID{name: `"x-user-defined"`}},
		{"utf-8\x00", charsetID{name: `"utf-8\x00"`}},
		{"\xFF", charsetID{name: `"\xff"`}},
		{"utf-8" + strings.Repeat("8", 99), charsetID{name: `"utf-8` + strings.Repeat("8", maxLabelSize-5) + `"`}},
	} {
		if got := findCharset([]byte(c.label)); got != c.want {
			t.Errorf("findCharset(%q) = %v, want %v", c.label, got, c.want)
		}
	}
}

func TestOwnLabels(t *testing.T) {
	seen := map[string]bool{}
	for _, own := range ownLabels {
		if own.labels[0] != own.charset.name {
			t.Errorf("first label of %v is %q, want its name", own.charset, own.labels[0])
		}
		for _, l := range own.labels {
			if l != strings.ToLower(l) || len(l) >= maxLabelSize || seen[l] {
				t.Errorf("label %q is repeated, too long or not in lower case", l)
			}
			seen[l] = true
			if got := findCharset([]byte(strings.ToUpper(l))); got != own.charset {
				t.Errorf("findCharset(%q) = %v, want %v", strings.ToUpper(l), got, own.charset)
			}
		}
	}
}

func TestLegacyNames(t *testing.T) {
	for _, name := range legacyNames {
		e, canonical := charset.Lookup(name)
		if canonical != name || len(name) >= maxLabelSize {
			t.Errorf("Lookup(%q) is %q, want the same", name, canonical)
		}
		if got, want := findCharset([]byte(name)), (charsetID{name, formLegacy}); got != want {
			t.Errorf("findCharset(%q) = %v, want %v", name, got, want)
		}
		for c := range utf8.RuneSelf {
			if got, err := e.NewDecoder().String(string(rune(c))); got != string(rune(c)) || err != nil {
				t.Errorf("%s decodes %q as %q, %v", name, rune(c), got, err)
			}
		}
	}
}

// legacyText decodes body, which is in the charset of that canonical name.
func legacyText(c *transcoder, name, body string) string {
	const before = "<a>" // so that nothing looks like a BOM
	c.Reset(strings.NewReader(before+body), "x/y; charset="+name, 0)
	text, err := io.ReadAll(c)
	if err != nil {
		return err.Error()
	}
	return strings.TrimPrefix(string(text), before)
}

// alone returns the bytes of s that no sequence of a legacy charset contains.
func alone(s string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || ':' <= r && r <= '?' {
			return r
		}
		return -1
	}, s)
}

// Markup comes out of every charset as it goes in, whatever stands before, between and behind it.
func TestLegacyKeepsMarkup(t *testing.T) {
	const marks = `<>&"'=:;/ ?`
	// A byte of every kind that a decoder tells apart.
	kinds := "\x30\x39\x41\x7F\x80\x81\x88\x8E\x8F\xA0\xA1\xB0\xC7\xE0\xFC\xFD\xFE\xFF"
	var c transcoder
	for _, name := range legacyNames {
		t.Run(name, func(t *testing.T) {
			for _, m := range marks {
				var b strings.Builder
				mark := string(m)
				for x := range 256 {
					b.WriteString(string([]byte{byte(x)}) + mark)
				}
				for _, x := range []byte(kinds) {
					for _, y := range []byte(kinds) {
						xy := string([]byte{x, y})
						b.WriteString(xy + mark + xy[:1] + mark + xy[1:])
						for _, z := range []byte(kinds) {
							xyz := xy + string([]byte{z})
							b.WriteString(xyz + mark + xy + mark + xyz[2:] + xyz[:1] + mark + xyz[1:])
						}
					}
				}
				in := b.String()
				if out := legacyText(&c, name, in); alone(out) != alone(in) {
					t.Errorf("%q: %d come out, want %d", mark, len(alone(out)), len(alone(in)))
				}
			}
		})
	}
}

// Every pair of bytes is what x/text makes of it; where that is U+FFFD it is badByte, and an ASCII byte stays.
func TestLegacyPairs(t *testing.T) {
	var c transcoder
	for _, name := range legacyNames {
		t.Run(name, func(t *testing.T) {
			e, _ := charset.Lookup(name)
			dec := e.NewDecoder()
			for x := utf8.RuneSelf; x < 256; x++ {
				for y := range 256 {
					in := string([]byte{byte(x), byte(y)})
					want, err := dec.String(in)
					if err != nil {
						t.Fatal(err)
					}
					want = strings.ReplaceAll(want, "\uFFFD", "\xFF")
					if want == "\xFF" && y < utf8.RuneSelf {
						want += in[1:]
					}
					if got := legacyText(&c, name, in); got != want {
						t.Errorf("%q = %q, want %q", in, got, want)
					}
				}
			}
		})
	}
}

func TestLegacyRoundTrip(t *testing.T) {
	var c transcoder
	for _, tc := range []struct{ charset, text string }{
		{"koi8-r", "<файл>"},
		{"windows-1251", "<файл>"},
		{"iso-8859-15", "<10 €>"},
		{"gbk", "<文件>数据&amp;"},
		{"gb18030", "<文件>ä€💩\uFFFD&amp;"},
		{"big5", "<檔案>&amp;"},
		{"euc-jp", "<表示ソｱ>&amp;"},
		{"shift_jis", "<表示ソｱ>&amp;"},
		{"euc-kr", "<파일똠>&amp;"},
	} {
		t.Run(tc.charset, func(t *testing.T) {
			want := strings.Repeat(tc.text, rawSize/4)
			if got := legacyText(&c, tc.charset, encoded(t, tc.charset, want)); got != want {
				t.Errorf("text does not survive: %.80q, want %.80q", got, want)
			}
		})
	}
}

// singleByte lists the charsets of one byte a character.
var singleByte = map[string]*charmap.Charmap{
	"iso-8859-1": charmap.ISO8859_1, "iso-8859-2": charmap.ISO8859_2, "iso-8859-3": charmap.ISO8859_3,
	"iso-8859-4": charmap.ISO8859_4, "iso-8859-5": charmap.ISO8859_5, "iso-8859-6": charmap.ISO8859_6,
	"iso-8859-7": charmap.ISO8859_7, "iso-8859-8": charmap.ISO8859_8, "iso-8859-8-i": charmap.ISO8859_8,
	"iso-8859-10": charmap.ISO8859_10, "iso-8859-13": charmap.ISO8859_13, "iso-8859-14": charmap.ISO8859_14,
	"iso-8859-15": charmap.ISO8859_15, "iso-8859-16": charmap.ISO8859_16, "ibm866": charmap.CodePage866,
	"koi8-r": charmap.KOI8R, "koi8-u": charmap.KOI8U, "macintosh": charmap.Macintosh,
	"x-mac-cyrillic": charmap.MacintoshCyrillic, "windows-874": charmap.Windows874,
	"windows-1250": charmap.Windows1250, "windows-1251": charmap.Windows1251, "windows-1252": charmap.Windows1252,
	"windows-1253": charmap.Windows1253, "windows-1254": charmap.Windows1254, "windows-1255": charmap.Windows1255,
	"windows-1256": charmap.Windows1256, "windows-1257": charmap.Windows1257, "windows-1258": charmap.Windows1258,
}

// Each byte of a single-byte charset is the character of x/text's charmap, and badByte if it has none.
func FuzzSingleByte(f *testing.F) {
	var all [256]byte
	for i := range all {
		all[i] = byte(i)
	}
	f.Add(all[:])
	f.Add([]byte("\xFF\xFE<"))
	f.Fuzz(func(t *testing.T, body []byte) {
		var c transcoder
		for name, m := range singleByte {
			var want []byte
			for _, b := range body {
				if r := m.DecodeByte(b); r != utf8.RuneError {
					want = utf8.AppendRune(want, r)
				} else {
					want = append(want, badByte)
				}
			}
			if got := legacyText(&c, name, string(body)); got != string(want) {
				t.Errorf("%q in %s = %q, want %q", body, name, got, want)
			}
		}
	})
}

// Bytes that no sequence of a legacy charset contains come out as they go in, in their order.
func FuzzLegacyKeepsMarkup(f *testing.F) {
	for i, name := range legacyNames {
		if singleByte[name] == nil {
			f.Add(uint8(i), []byte("<\x81<\x81\x30>\x8F\xA1&\x8E\"\xFE\xFE'\xFF\x80"))
		}
	}
	f.Fuzz(func(t *testing.T, which uint8, body []byte) {
		name := legacyNames[int(which)%len(legacyNames)]
		var c transcoder
		if got, want := alone(legacyText(&c, name, string(body))), alone(string(body)); got != want {
			t.Errorf("%q in %s: %q comes out, want %q", body, name, got, want)
		}
	})
}

// How a body is cut changes nothing; transcodeString gives what a transcoder gives; UTF-8 comes out as it goes in.
func FuzzTranscoder(f *testing.F) {
	for _, c := range charsetCases {
		f.Add([]byte(c.body[:min(len(c.body), 2*rawSize)]), c.contentType, uint16(0), uint8(3))
		f.Add([]byte(c.body[:min(len(c.body), 64)]), c.contentType, uint16(len(c.body)/2), uint8(70))
	}
	f.Fuzz(func(t *testing.T, body []byte, contentType string, limit uint16, size uint8) {
		maxBytes := int64(limit)
		var c transcoder
		want := transcode(t, &c, bytes.NewReader(body), contentType, maxBytes, 1<<16)
		for _, cut := range cuts {
			got := transcode(t, &c, cut.wrap(bytes.NewReader(body)), contentType, maxBytes, int(size)+1)
			if got != want {
				t.Errorf("%s: transcoder of %q, %q = %q, want %q", cut.name, body, contentType, got, want)
			}
		}
		text, m, conflict, err := transcodeString(string(body), contentType, maxBytes)
		if got := tell(text, m, conflict, err); got != want {
			t.Errorf("transcodeString(%q, %q) = %q, want %q", body, contentType, got, want)
		}
		if form := c.verdict.charset.form; form == formUTF8 || form == formASCII {
			if maxBytes > 0 {
				body = body[:min(len(body), int(maxBytes))]
			}
			if want := strings.TrimPrefix(string(body), bomUTF8); text != want {
				t.Errorf("text of %q, %q = %q, want %q", body, contentType, text, want)
			}
		}
	})
}

// Once the charset is certain, no further byte changes it, and sniffSize bytes make it certain.
func FuzzSniffCharset(f *testing.F) {
	for _, c := range charsetCases {
		f.Add([]byte(c.body), contentTypeCharset(c.contentType))
	}
	f.Fuzz(func(t *testing.T, head []byte, label string) {
		head = head[:min(len(head), sniffSize)]
		header := findCharset([]byte(label))
		want, done := sniffCharset(head, header, false)
		if !done && len(head) == sniffSize {
			t.Fatalf("sniffCharset(%q, %v) is not certain", head, header)
		}
		if !done {
			want, done = sniffCharset(head, header, true)
		}
		if !done || want.charset.form == formUTF16 || (want.err == nil) != (want.charset.form != formNone) {
			t.Fatalf("sniffCharset(%q, %v) = %v, %v", head, header, want, done)
		}
		for i := range head {
			if got, done := sniffCharset(head[:i], header, false); done && tellVerdict(got) != tellVerdict(want) {
				t.Fatalf("sniffCharset(%q, %v) = %v, want %v", head[:i], header, got, want)
			}
		}
	})
}

func tellVerdict(v charsetVerdict) transcoded {
	return tell(v.charset.name, v.charset.mode(), v.conflict, v.err)
}

// charsetBodies are what the benchmarks read, each some 64 KiB.
func charsetBodies(t testing.TB) []charsetCase {
	const response = "<D:response><D:href>/Größe/%20</D:href><D:status>HTTP/1.1 200 OK</D:status></D:response>\n"
	const kanji = "<D:response><D:href>/表示/</D:href><D:status>HTTP/1.1 200 OK</D:status></D:response>\n"
	const n = 1 << 16 / len(response)
	latin := strings.Repeat(response, n)
	return []charsetCase{
		{name: "UTF-8", contentType: `application/xml; charset="utf-8"`, body: declUTF8 + latin},
		{name: "UTF-8 with BOM", body: bomUTF8 + declUTF8 + latin},
		{name: "Latin-1", body: declLatin1 + encoded(t, "windows-1252", latin)},
		{name: "UTF-16", contentType: "text/xml; charset=UTF-16", body: bomUTF16LE + utf16LE(declUTF16+latin)},
		{name: "Windows-1252", contentType: "text/xml; charset=Windows-1252", body: encoded(t, "windows-1252", latin)},
		{name: "Shift_JIS", body: declSJIS + encoded(t, "shift_jis", strings.Repeat(kanji, n))},
		{name: "GB18030", body: declGB + encoded(t, "gb18030", strings.Repeat(kanji, n))},
		{name: "GB18030 with a stray byte", body: declGB + encoded(t, "gb18030", strings.Repeat(kanji, n)) + "\xFF"},
	}
}

// transcodeBody reads the body of tc through c.
func transcodeBody(c *transcoder, r *strings.Reader, p []byte, tc charsetCase) {
	r.Reset(tc.body)
	c.Reset(r, tc.contentType, 0)
	for {
		if _, err := c.Read(p); err != nil {
			return
		}
	}
}

func TestTranscoderAllocs(t *testing.T) {
	for _, tc := range charsetBodies(t) {
		var c transcoder
		var r strings.Reader
		p := make([]byte, rawSize)
		if got := testing.AllocsPerRun(10, func() { transcodeBody(&c, &r, p, tc) }); got != 0 {
			t.Errorf("%s: Reset and Read allocate %v times, want 0", tc.name, got)
		}
		if c.err != io.EOF || c.conflict() != "" {
			t.Errorf("%s: %v, %s", tc.name, c.err, c.conflict())
		}
	}
}

func TestTranscodeStringAllocs(t *testing.T) {
	for _, contentType := range []string{"", "application/xml", `application/xml; charset="utf-8"`, "text/xml;charset=US-ASCII"} {
		for _, body := range []string{"", "<a/>", declUTF8 + "<a/>", bomUTF8 + `<?xml version="1.0" encoding="UTF-8"?>`} {
			got := testing.AllocsPerRun(100, func() { transcodeString(body, contentType, 0) })
			if got != 0 {
				t.Errorf("transcodeString(%q, %q) allocates %v times, want 0", body, contentType, got)
			}
		}
	}
}

func BenchmarkTranscoder(b *testing.B) {
	for _, tc := range charsetBodies(b) {
		b.Run(tc.name, func(b *testing.B) {
			var c transcoder
			var r strings.Reader
			p := make([]byte, rawSize)
			b.ReportAllocs()
			b.SetBytes(int64(len(tc.body)))
			for b.Loop() {
				transcodeBody(&c, &r, p, tc)
			}
		})
	}
}

// A limit bounds what transcodeString allocates, too.
func TestTranscodeStringLimit(t *testing.T) {
	body := declLatin1 + strings.Repeat("\xE4", 1<<24)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	text, _, _, err := transcodeString(body, "", 100)
	runtime.ReadMemStats(&after)
	if n := utf8.RuneCountInString(text); n != 100 || err != errBodyLimit {
		t.Errorf("transcodeString = %d characters, %v, want 100, %v", n, err, errBodyLimit)
	}
	if n := after.TotalAlloc - before.TotalAlloc; n > 1<<20 {
		t.Errorf("transcodeString allocates %d bytes under a limit of 100", n)
	}
}

// A Decoder whose buffer has grown reads more at once of what is not UTF-8 than it needs to be certain of that.
func TestCharsetsInLargeBuffer(t *testing.T) {
	body := inMulti(strings.Repeat(`<D:response><D:href>/a</D:href><D:status>HTTP/1.1 200 é</D:status></D:response>`, 300))
	want, err := Parse([]byte(body), nil)
	if err != nil {
		t.Fatal(err)
	}
	var latin1, wide []byte
	for _, r := range "\uFEFF" + body {
		wide = append(wide, byte(r), byte(r>>8))
		latin1 = append(latin1, byte(r))
	}
	latin1 = latin1[1:]
	for _, c := range []struct {
		body        []byte
		contentType string
	}{
		{[]byte(body), ""}, {[]byte("\uFEFF" + body), ""}, {wide, ""}, {latin1, "text/xml; charset=iso-8859-1"}, {latin1, "text/xml; charset=windows-1250"},
	} {
		var d Decoder
		var m Multistatus
		d.Reset(strings.NewReader(strings.Repeat(body, 10)), nil)
		if err := d.Decode(&m); !errors.Is(err, ErrTrailing) {
			t.Fatal(err)
		}
		for range 2 {
			d.Reset(bytes.NewReader(c.body), &DecodeOptions{ContentType: c.contentType})
			if err := d.Decode(&m); err != nil {
				t.Fatalf("%s, %.20q: %v", c.contentType, c.body, err)
			}
			if diff := cmp.Diff(want.Responses, m.Responses); diff != "" {
				t.Errorf("%s, %.20q: %s", c.contentType, c.body, diff)
			}
		}
	}
}

package xmlscan

import (
	"encoding/xml"
	"errors"
	"io"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"testing/iotest"
)

// hooks is a Host made of functions.
type hooks struct {
	fault    func(f Fault, off int64, detail string) error
	prefix   func(prefix string, off int64, attr bool) (string, error)
	classify func(Name) uint8
}

func (h *hooks) OnFault(f Fault, off int64, detail string) error { return h.fault(f, off, detail) }
func (h *hooks) Unbound(prefix string) string                    { return "?" + prefix }
func (h *hooks) Classify(n Name) uint8                           { return h.classify(n) }
func (h *hooks) OnPrefix(prefix string, off int64, attr bool) (string, error) {
	return h.prefix(prefix, off, attr)
}

func testConfig(log *[]string) Config {
	h := &hooks{
		fault: func(f Fault, off int64, detail string) error {
			*log = append(*log, "fault "+strconv.Itoa(int(f))+" at "+strconv.FormatInt(off, 10)+" "+detail)
			return nil
		},
		prefix: func(prefix string, off int64, attr bool) (string, error) {
			*log = append(*log, "prefix "+prefix+" at "+strconv.FormatInt(off, 10))
			return "?" + prefix, nil
		},
		classify: func(Name) uint8 { return 0 },
	}
	return Config{
		Host:    h,
		MaxName: 1024, MaxURI: 4096, MaxDepth: 256, MaxAttrs: 256, MaxNamespaces: 1024,
		MaxTag: math.MaxInt32, TagLimit: "MaxTag",
	}
}

// record scans a whole document and writes down all that a caller can see, pieces of text joined.
func record(s *Scanner, log *[]string) {
	text := ""
	flush := func() {
		if text != "" {
			*log = append(*log, "text "+strconv.Quote(text))
		}
		text = ""
	}
	for {
		k := s.token()
		switch k {
		case Failed: // how much of an unfinished text was delivered before depends on the windows
			text = ""
		case Start, End, Finish:
			flush()
		}
		switch k {
		case Text, CData:
			text += string(s.AppendText(nil))
		case Start:
			o := s.Top()
			line, col := s.Position(o.Off)
			*log = append(*log, "start {"+o.Name.Space+"}"+o.Name.Local+" "+strconv.Itoa(line)+":"+strconv.Itoa(col)+" lang="+s.Lang+strings.TrimSpace(s.AttrMarkup()))
		case End:
			*log = append(*log, "end "+s.Closed().Name.Local)
		case Finish:
			*log = append(*log, "finish")
			return
		case Failed:
			where := ""
			var e *Error
			if errors.As(s.Err, &e) {
				line, col := s.Position(e.Off)
				where = " at " + strconv.FormatInt(e.Off, 10) + " " + strconv.Itoa(line) + ":" + strconv.Itoa(col) + " in " + s.Path()
			}
			*log = append(*log, "failed "+s.Err.Error()+where)
			return
		}
	}
}

func recordString(text string, bound Bound) []string {
	var log []string
	var s Scanner
	s.ResetString(text, testConfig(&log))
	s.Bound = bound
	record(&s, &log)
	return log
}

func recordReader(r io.Reader, bound Bound) []string {
	var log []string
	var s Scanner
	s.Reset(r, testConfig(&log))
	s.Bound = bound
	record(&s, &log)
	return log
}

type randomReader struct {
	r   io.Reader
	rnd *rand.Rand
}

func (r randomReader) Read(p []byte) (int, error) {
	return r.r.Read(p[:min(len(p), 1+r.rnd.IntN(40))])
}

// corpusFiles returns bodies to try, as far as they are there.
func corpusFiles(t testing.TB) []string {
	files, err := filepath.Glob("../../testdata/*/*/*.xml")
	if err != nil {
		t.Fatal(err)
	}
	return append(files, strings.Fields(os.Getenv("XMLSCAN_FILES"))...)
}

func compare(t *testing.T, what string, got, want []string) {
	t.Helper()
	for i := range max(len(got), len(want)) {
		g, w := "", ""
		if i < len(got) {
			g = got[i]
		}
		if i < len(want) {
			w = want[i]
		}
		if g != w {
			t.Errorf("%s: token %d = %s, want %s", clip(what), i, clip(g), clip(w))
			return
		}
	}
}

// clip keeps both ends of a long text.
func clip(s string) string {
	if len(s) > 400 {
		return s[:200] + "..." + s[len(s)-200:]
	}
	return s
}

func checkChunks(t *testing.T, what, text string, bound Bound) {
	t.Helper()
	want := recordString(text, bound)
	compare(t, what+" in one read", recordReader(strings.NewReader(text), bound), want)
	compare(t, what+" by bytes", recordReader(iotest.OneByteReader(strings.NewReader(text)), bound), want)
	compare(t, what+" with error at the end", recordReader(iotest.DataErrReader(strings.NewReader(text)), bound), want)
	for seed := range uint64(3) {
		r := randomReader{strings.NewReader(text), rand.New(rand.NewPCG(seed, 7))}
		compare(t, what+" by random pieces", recordReader(r, bound), want)
	}
}

func TestChunksChangeNothing(t *testing.T) {
	for _, f := range corpusFiles(t) {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		if len(b) < 100_000 {
			checkChunks(t, f, string(b), NoBound)
		}
	}
}

// TestMutatedChunks damages documents at random: whatever comes out, it is the same for every way to cut the bytes.
func TestMutatedChunks(t *testing.T) {
	parts := []string{
		"<", ">", "&", "&amp;", "&#x41;", "&#0;", "&nbsp;", "]]>", "]]", "<![CDATA[", "<!--", "-->", "--", "<?p ", "?>", "<a>", "</a>", "<b:c/>",
		` xmlns:b="u"`, ` xmlns=""`, ` xmlns:b=""`, "\r", "\n", "\r\n", "\x0b", "\xff", "é", "\uFFFE", "\xed\xa0\x80", "x:y:z", `"`, "'", " ", "text", ":",
		`<?xml version="1.0"?>`, "<!DOCTYPE a>", `<a x="1">`, `<b:c b:d="&lt;" xml:lang="de">`, "</b:c>", "\x00", "\xe2\x82", strings.Repeat("long ", 20000), "&" + strings.Repeat("n", 70),
	}
	rnd := rand.New(rand.NewPCG(1, 2))
	for range 4000 {
		var b strings.Builder
		b.WriteString("<a>")
		for range rnd.IntN(14) {
			n := len(parts)
			if rnd.IntN(30) > 0 {
				n -= 2
			}
			b.WriteString(parts[rnd.IntN(n)])
		}
		bound := NoBound
		if rnd.IntN(3) == 0 {
			end := rnd.IntN(b.Len() + 1)
			bound = Bound{Limit: "MaxTest", Max: int64(end), End: int64(end)}
		}
		checkChunks(t, strconv.Quote(b.String()), b.String(), bound)
		if t.Failed() {
			return
		}
	}
}

// TestTokensAgree compares the scanner with encoding/xml on bodies that both accept without complaint.
func TestTokensAgree(t *testing.T) {
	for _, f := range corpusFiles(t) {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		want, err := stdTokens(b)
		if err != nil {
			continue
		}
		got, ok := ourTokens(string(b))
		if ok {
			compare(t, f, got, want)
		}
	}
}

func stdTokens(b []byte) (log []string, err error) {
	d := xml.NewDecoder(strings.NewReader(string(b)))
	text := ""
	for {
		tok, err := d.Token()
		if c, ok := tok.(xml.CharData); ok {
			text += string(c)
			continue
		}
		switch tok.(type) {
		case xml.Comment, xml.ProcInst, xml.Directive:
			continue
		}
		if strings.TrimSpace(text) != "" {
			log = append(log, "text "+strconv.Quote(text))
		}
		switch tok := tok.(type) {
		case xml.StartElement:
			log, text = append(log, "start "+tok.Name.Space+" "+tok.Name.Local), ""
		case xml.EndElement:
			log, text = append(log, "end "+tok.Name.Local), ""
		}
		if err == io.EOF {
			return log, nil
		} else if err != nil {
			return nil, err
		}
	}
}

func ourTokens(text string) (log []string, ok bool) {
	var faults []string
	var s Scanner
	s.ResetString(text, testConfig(&faults))
	run := ""
	for {
		k := s.token()
		if k == Text || k == CData {
			run += string(s.AppendText(nil))
			continue
		}
		if k != skipped && strings.TrimSpace(run) != "" {
			log = append(log, "text "+strconv.Quote(run))
		}
		switch k {
		case Start:
			log, run = append(log, "start "+s.Top().Name.Space+" "+s.Top().Name.Local), ""
		case End:
			log, run = append(log, "end "+s.Closed().Name.Local), ""
		case Finish:
			return log, len(faults) == 0
		case Failed:
			return log, false
		}
	}
}

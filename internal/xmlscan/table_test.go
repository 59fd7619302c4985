package xmlscan

import (
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"
	"testing/iotest"
)

// scanCase is a document, and what a scan of it tells, as tracer.short has it. Every § in the document marks an
// offset and is taken out: the first is @ in what is wanted, the next is @2, and so on.
type scanCase struct{ name, in, want string }

// The names that tables have for faults and errors.
var (
	faultNames = [...]string{
		BareAmp: "BareAmp", UndeclaredEntity: "UndeclaredEntity", IllegalCharRef: "IllegalCharRef", Control: "Control",
		NonChar: "NonChar", InvalidUTF8: "InvalidUTF8", C1: "C1", NonASCII: "NonASCII", StrayText: "StrayText",
		SecondColon: "SecondColon", EmptyPrefixBinding: "EmptyPrefixBinding", XMLRebound: "XMLRebound",
		LeadingSpace: "LeadingSpace", Version11: "Version11", Doctype: "Doctype", TrailingNUL: "TrailingNUL",
	}
	errNames = map[error]string{
		ErrSyntax: "syntax", ErrMismatch: "mismatch", ErrCharacter: "character", ErrContent: "content", ErrEntity: "entity",
		ErrDoctype: "doctype", ErrPrefix: "prefix", ErrReserved: "reserved", ErrAttribute: "attribute", ErrTrailing: "trailing",
		ErrEmpty: "empty", io.ErrUnexpectedEOF: "eof",
	}
)

// tracer writes down what a scan tells. Faults come before the token that they stand in, and the pieces of a text,
// CDATA sections among them, are one.
type tracer struct {
	Scanner
	text  string
	marks []int
	bad   string   // the first place that is not as a naive count has it
	short []string // what tables have
	long  []string // and all that must not depend on how the text was cut
	run   []byte

	counted int // places that were checked
}

func newTracer(in string, edits []func(*Scanner, *Config)) (*tracer, Config) {
	parts := strings.Split(in, "§")
	tr := &tracer{text: strings.Join(parts, "")}
	for i, at := 0, 0; i < len(parts)-1; i++ {
		at += len(parts[i])
		tr.marks = append(tr.marks, at)
	}
	cfg := testConfig(new([]string))
	cfg.Host.(*hooks).fault = func(f Fault, off int64, detail string) error {
		tr.tell(faultNames[f]+tr.at(off), detail)
		return nil
	}
	cfg.Host.(*hooks).prefix = func(prefix string, off int64, attr bool) (string, error) {
		tr.tell("prefix:"+prefix+tr.at(off), fmt.Sprint(attr))
		return "?" + prefix, nil
	}
	for _, edit := range edits {
		edit(&Scanner{}, &cfg)
	}
	return tr, cfg
}

func (tr *tracer) tell(short, detail string) {
	tr.short = append(tr.short, short)
	tr.long = append(tr.long, short+" "+detail)
}

// at names an offset, and checks its place.
func (tr *tracer) at(off int64) string {
	line, column := tr.Position(off)
	if tr.counted++; tr.counted < 100 { // a naive count of a long text takes long
		if l, c := naivePlace(tr.text, off); tr.bad == "" && (line != l || column != c) {
			tr.bad = fmt.Sprintf("Position(%d) = %d:%d, want %d:%d", off, line, column, l, c)
		}
	}
	for i, m := range tr.marks {
		switch {
		case int64(m) == off && i == 0:
			return "@"
		case int64(m) == off:
			return fmt.Sprintf("@%d", i+1)
		}
	}
	return fmt.Sprintf("@+%d", off)
}

func naivePlace(text string, off int64) (line, column int) {
	text = strings.ReplaceAll(text[:off], "\r\n", ".\n") // one line end, two bytes
	text = strings.ReplaceAll(text, "\r", "\n")
	return strings.Count(text, "\n") + 1, len(text) - strings.LastIndexByte(text, '\n')
}

func clark(n Name) string {
	if n.Space == "" {
		return n.Local
	}
	return "{" + n.Space + "}" + n.Local
}

// all scans to the end.
func (tr *tracer) all() {
	for tr.step() {
	}
}

func (tr *tracer) step() bool {
	k := tr.token()
	switch k {
	case Text, CData:
		tr.run = tr.AppendText(tr.run)
		return true
	case skipped:
		return true
	case Failed: // how much of an unfinished text was delivered before depends on the windows
		tr.run = nil
	}
	if len(tr.run) > 0 {
		tr.tell(fmt.Sprintf("%q", tr.run), "")
	}
	tr.run = tr.run[:0]
	switch k {
	case Start:
		tr.tell(tr.start(), tr.at(tr.Top().Off)+tr.Path()+tr.AttrMarkup())
	case End:
		tr.tell("</"+tr.Closed().Name.Local+">", tr.at(tr.Closed().Off)+tr.ClosedPath())
	case Finish:
		tr.tell(".", fmt.Sprint(tr.Offset()))
	case Failed:
		tr.tell(tr.failure(), tr.Path()+tr.Err.Error())
	}
	return k == Start || k == End
}

func (tr *tracer) start() string {
	s := "<" + clark(tr.Top().Name)
	for i := range tr.attrs {
		if a := &tr.attrs[i]; a.full.Space != xmlnsNamespace {
			s += fmt.Sprintf(" %s=%q", clark(a.full), AttrValue(a.value))
		}
	}
	return s + ">"
}

func (tr *tracer) failure() string {
	var e *Error
	switch {
	case !errors.As(tr.Err, &e):
		return "!" + tr.Err.Error()
	case e.Err == nil:
		return fmt.Sprintf("!%s=%d%s", e.Limit, e.Max, tr.at(e.Off))
	}
	return "!" + errNames[e.Err] + tr.at(e.Off)
}

// cuts are the ways in which a text is read.
var cuts = []struct {
	name   string
	reader func(text string) io.Reader
}{
	{"in one read", func(text string) io.Reader { return strings.NewReader(text) }},
	{"by bytes", func(text string) io.Reader { return iotest.OneByteReader(strings.NewReader(text)) }},
	{"with data and error at once", func(text string) io.Reader { return iotest.DataErrReader(strings.NewReader(text)) }},
	{"in random pieces", func(text string) io.Reader { return randomPieces(text, 1) }},
	{"in other random pieces", func(text string) io.Reader { return randomPieces(text, 2) }},
}

func randomPieces(text string, seed uint64) io.Reader {
	return randomReader{strings.NewReader(text), rand.New(rand.NewPCG(seed, uint64(len(text))))}
}

// traceString scans a document whole. An edit gets the scanner after Reset, and before with a Config to change.
func traceString(in string, edits ...func(*Scanner, *Config)) *tracer {
	tr, cfg := newTracer(in, edits)
	tr.ResetString(tr.text, cfg)
	for _, edit := range edits {
		edit(&tr.Scanner, &Config{})
	}
	tr.all()
	return tr
}

func traceReader(in string, reader func(string) io.Reader, edits ...func(*Scanner, *Config)) *tracer {
	tr, cfg := newTracer(in, edits)
	tr.Reset(reader(tr.text), cfg)
	for _, edit := range edits {
		edit(&tr.Scanner, &Config{})
	}
	tr.all()
	return tr
}

// checkCase holds a scan of the whole and of every way to cut it against what is wanted.
func checkCase(t *testing.T, c scanCase, edits ...func(*Scanner, *Config)) {
	t.Helper()
	whole := traceString(c.in, edits...)
	if got := strings.Join(whole.short, " "); got != c.want {
		t.Errorf("tokens of %s = %s, want %s", clip(fmt.Sprintf("%q", c.in)), clip(got), clip(c.want))
	}
	if whole.bad != "" {
		t.Errorf("%s of %s", whole.bad, clip(fmt.Sprintf("%q", c.in)))
	}
	checkCuts(t, c.in, whole, edits...)
}

func checkCuts(t *testing.T, in string, whole *tracer, edits ...func(*Scanner, *Config)) {
	t.Helper()
	for _, cut := range cuts {
		tr := traceReader(in, cut.reader, edits...)
		compare(t, fmt.Sprintf("%q %s", in, cut.name), tr.long, whole.long)
		if tr.bad != "" {
			t.Errorf("%s %s of %s", tr.bad, cut.name, clip(fmt.Sprintf("%q", in)))
		}
	}
}

func checkCases(t *testing.T, cases []scanCase, edits ...func(*Scanner, *Config)) {
	t.Helper()
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) { checkCase(t, c, edits...) })
	}
}

func itoa(i int) string { return strconv.Itoa(i) }

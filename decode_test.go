package multistatus

import (
	"errors"
	"io"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
)

// mark stands, in the body of a decodeCase, before the place of each quirk in the order in which they are told,
// and before that of the error at the end.
const mark = "¦"

// decodeCase is a body and what it means, in the form of dump.
type decodeCase struct {
	name   string
	body   string
	opts   DecodeOptions
	want   string // one line a response, and then description and sync-token
	quirks string // ids, in order
	err    string // in the message; "" for none
	is     error  // errors.Is holds
}

const head = `<D:multistatus xmlns:D="DAV:">`

// inMulti, inResp, inStat and inProps put something where it belongs.
func inMulti(s string) string { return head + s + `</D:multistatus>` }
func inResp(s string) string {
	return inMulti(`<D:response><D:href>/a</D:href>` + s + `</D:response>`)
}
func inStat(s string) string { return inResp(`<D:propstat>` + s + `</D:propstat>`) }
func inProps(s string) string {
	return inStat(`<D:prop>` + s + `</D:prop><D:status>HTTP/1.1 200 OK</D:status>`)
}

// markless returns body without marks, and where they were.
func markless(body string) (string, []int64) {
	var marks []int64
	parts := strings.Split(body, mark)
	n := 0
	for _, p := range parts[:len(parts)-1] {
		n += len(p)
		marks = append(marks, int64(n))
	}
	return strings.Join(parts, ""), marks
}

// dump writes down all that is in m, on a line a response.
func dump(m *Multistatus) string {
	var b strings.Builder
	for i := range m.Responses {
		b.WriteString(dumpResponse(&m.Responses[i]) + "\n")
	}
	if m.Description != "" {
		b.WriteString("description " + m.Description + "\n")
	}
	if m.SyncToken != "" {
		b.WriteString("sync-token " + m.SyncToken + "\n")
	}
	return strings.TrimSuffix(b.String(), "\n")
}

func dumpResponse(r *Response) string {
	s := strconv.Quote(string(r.Href))
	if !strings.ContainsAny(string(r.Href), " \"\\") && r.Href != "" {
		s = string(r.Href)
	}
	for _, h := range r.MoreHrefs {
		s += " +" + string(h)
	}
	s += dumpStatus(r.Status)
	for i := range r.Propstats {
		p := &r.Propstats[i]
		s += " {" + strings.TrimPrefix(dumpStatus(p.Status), " ") + ":"
		for j := range p.Props {
			s += " " + dumpProp(&p.Props[j])
		}
		s += dumpRest(p.Error, p.Description) + "}"
	}
	s += dumpRest(r.Error, r.Description)
	if r.Location != "" {
		s += " location " + string(r.Location)
	}
	return s
}

func dumpStatus(s Status) string {
	if s.IsZero() {
		return ""
	}
	return " " + strconv.Itoa(s.Code) + " " + s.Reason
}

func dumpRest(v Value, description string) (s string) {
	if !v.IsZero() {
		p := Property{Name: DAV("error"), Value: v}
		s = " error " + string(p.AppendXML(nil))
	}
	if description != "" {
		s += " description " + description
	}
	return s
}

func dumpProp(p *Property) string {
	s := p.Name.Local
	if p.Name.Space != NamespaceDAV {
		s = p.Name.String()
	}
	if p.Lang != "" {
		s += "@" + p.Lang
	}
	text, ok := p.Value.Text()
	for range p.Value.Attrs() {
		ok = false
	}
	if !ok {
		return s + "=" + string(p.AppendXML(nil))
	}
	if text != "" {
		s += "=" + strconv.Quote(text)
	}
	return s
}

// outcome is all that can be seen of a decoding.
type outcome struct {
	Dump    string
	Reports []QuirkReport
	Quirks  QuirkSet
	Err     string
	Offset  int64 // of the error
}

// decode decodes a whole body, however d was made to read it.
func decode(d *Decoder, o *outcome) error {
	var m Multistatus
	err := d.Decode(&m)
	o.Dump, o.Quirks = dump(&m), m.Quirks
	var at *DecodeError
	if errors.As(err, &at) {
		o.Offset = at.Offset
	}
	if err != nil {
		o.Err = err.Error()
	}
	return err
}

// outcomeOf decodes what read gives; nil stands for the string itself.
func outcomeOf(body string, opts DecodeOptions, read func(string) io.Reader) (o outcome, err error) {
	opts.OnQuirk = func(r QuirkReport) { o.Reports = append(o.Reports, r) }
	var d Decoder
	if read == nil {
		d.ResetString(body, &opts)
	} else {
		d.Reset(read(body), &opts)
	}
	err = decode(&d, &o)
	return o, err
}

// randomReader reads a few bytes at a time.
type randomReader struct {
	r   io.Reader
	rnd *rand.Rand
}

func (r randomReader) Read(p []byte) (int, error) {
	return r.r.Read(p[:min(len(p), 1+r.rnd.IntN(30))])
}

// readers are the ways to cut a body into reads.
var readers = []struct {
	name string
	read func(body string) io.Reader
}{
	{"one read", func(b string) io.Reader { return strings.NewReader(b) }},
	{"one byte at a time", func(b string) io.Reader { return iotest.OneByteReader(strings.NewReader(b)) }},
	{"data with the error", func(b string) io.Reader { return iotest.DataErrReader(strings.NewReader(b)) }},
	{"random pieces", func(b string) io.Reader {
		return randomReader{strings.NewReader(b), rand.New(rand.NewPCG(uint64(len(b)), 1))}
	}},
}

// checkReaders holds every way of reading against the string itself.
func checkReaders(t *testing.T, body string, opts DecodeOptions) {
	t.Helper()
	want, _ := outcomeOf(body, opts, nil)
	for _, r := range readers {
		got, _ := outcomeOf(body, opts, r.read)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s, of %s: %s", r.name, clipText(body), diff)
		}
	}
}

func TestDecode(t *testing.T) {
	for _, c := range decodeCases {
		t.Run(c.name, func(t *testing.T) {
			body, marks := markless(c.body)
			got, err := outcomeOf(body, c.opts, nil)
			if diff := cmp.Diff(strings.TrimSpace(c.want), got.Dump); diff != "" {
				t.Errorf("Decode(%q): %s", body, diff)
			}
			checkPlaces(t, body, c, got, marks)
			if (err != nil) != (c.err != "") || !strings.Contains(got.Err, c.err) || c.is != nil && !errors.Is(err, c.is) {
				t.Errorf("Decode(%q) = %v, want %q, which is %v", body, err, c.err, c.is)
			}
			checkReaders(t, body, c.opts)
			checkStrict(t, body, c, got)
			checkSilent(t, body, c, got)
		})
	}
}

// checkPlaces holds quirks and the error against the marks.
func checkPlaces(t *testing.T, body string, c decodeCase, got outcome, marks []int64) {
	t.Helper()
	var ids []string
	var places []int64
	for _, r := range got.Reports {
		ids = append(ids, r.Quirk.String())
		places = append(places, r.Offset)
		if line, col := lineCol(body, r.Offset); c.opts.ContentType == "" && (r.Line != line || r.Column != col) {
			t.Errorf("%v at offset %d is at line %d:%d, want %d:%d", r.Quirk, r.Offset, r.Line, r.Column, line, col)
		}
	}
	if s := strings.Join(ids, " "); s != c.quirks {
		t.Errorf("Decode(%q) tells %q, want %q", body, s, c.quirks)
	}
	if c.err != "" {
		places = append(places, got.Offset)
	}
	if len(marks) > 0 && !cmp.Equal(places, marks) {
		t.Errorf("Decode(%q) finds something at %d, want %d", body, places, marks)
	}
}

// lineCol counts in the plain way.
func lineCol(body string, off int64) (line, col int) {
	before := strings.ReplaceAll(body[:off], "\r\n", "\n")
	before = strings.ReplaceAll(before, "\r", "\n")
	return 1 + strings.Count(before, "\n"), len(before) - strings.LastIndexByte(before, '\n')
}

// checkStrict expects the first quirk to be the error, under Reject, at the same place.
func checkStrict(t *testing.T, body string, c decodeCase, got outcome) {
	t.Helper()
	opts := c.opts
	opts.Reject = AllQuirks()
	_, err := Parse([]byte(body), &opts)
	if len(got.Reports) == 0 {
		if (err == nil) != (got.Err == "") || err != nil && err.Error() != got.Err {
			t.Errorf("strict: Parse(%q) = %v, want %q", body, err, got.Err)
		}
		return
	}
	want := got.Reports[0]
	var at *DecodeError
	if !errors.As(err, &at) || at.Err != want.Quirk || at.Offset != want.Offset || at.Line != want.Line || at.Path != want.Path {
		t.Errorf("strict: Parse(%q) = %v, want %v at %d", body, err, want.Quirk, want.Offset)
	}
	checkReaders(t, body, opts)
}

// checkSilent expects the same without OnQuirk.
func checkSilent(t *testing.T, body string, c decodeCase, want outcome) {
	t.Helper()
	want.Reports = nil
	var got outcome
	var d Decoder
	d.ResetString(body, &c.opts)
	decode(&d, &got)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("without OnQuirk: Decode(%q): %s", body, diff)
	}
}

// errBroken is what a reader that breaks returns.
var errBroken = errors.New("connection lost")

// Every response that was complete is handed out before the reader's own error, and that passes through as it is.
func TestDecodeBrokenReader(t *testing.T) {
	for _, c := range decodeCases {
		body, _ := markless(c.body)
		if len(body) > 3000 {
			continue
		}
		full, _ := outcomeOf(body, c.opts, nil)
		for n := range len(body) {
			r := io.MultiReader(strings.NewReader(body[:n]), iotest.ErrReader(errBroken))
			got, err := outcomeOf(body, c.opts, func(string) io.Reader { return r })
			if err != errBroken && got.Err != full.Err {
				t.Errorf("%s: Decode(%q and then an error) = %v, want %v or %v", c.name, body[:n], err, errBroken, full.Err)
			}
			cut, _ := outcomeOf(body[:n], c.opts, nil)
			if got.Dump != cut.Dump {
				t.Errorf("%s: Decode(%q and then an error) gives %q, want %q", c.name, body[:n], got.Dump, cut.Dump)
			}
		}
	}
}

// Truncation is io.ErrUnexpectedEOF at every byte, and never a shorter list.
func TestDecodeTruncated(t *testing.T) {
	body := inMulti("<D:response><D:href>/a</D:href><D:propstat><D:prop><D:getetag>\"&amp;\"</D:getetag><!-- c --><x:y xmlns:x='u'><![CDATA[z]]></x:y>" +
		"</D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response><D:response><D:href>/b</D:href><D:status>HTTP/1.1 404 Not Found</D:status></D:response>")
	for n := 1; n < len(body); n++ {
		m, err := Parse([]byte(body[:n]), nil)
		var at *DecodeError
		if !errors.Is(err, io.ErrUnexpectedEOF) || !errors.As(err, &at) || at.Offset > int64(n) {
			t.Errorf("Parse(%q) = %v, want io.ErrUnexpectedEOF", body[:n], err)
		}
		if want := strings.Count(body[:n], "</D:response>"); len(m.Responses) != want {
			t.Errorf("Parse(%q) gives %d responses, want %d", body[:n], len(m.Responses), want)
		}
	}
}

// A Decoder that was used is as good as new.
func TestDecoderReset(t *testing.T) {
	var d Decoder
	var m Multistatus
	for range 2 {
		for _, c := range decodeCases {
			body, _ := markless(c.body)
			var want, got outcome
			var fresh Decoder
			fresh.ResetString(body, &c.opts)
			decode(&fresh, &want)
			d.ResetString(body, &c.opts)
			err := d.Decode(&m)
			got.Dump, got.Quirks, got.Offset = dump(&m), m.Quirks, want.Offset
			if err != nil {
				got.Err = err.Error()
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s, with a used Decoder: %s", c.name, diff)
			}
		}
	}
}

// After an error, and after io.EOF, Next returns the same again, and nothing is in the Response.
func TestNextSticks(t *testing.T) {
	for _, c := range decodeCases {
		body, _ := markless(c.body)
		d := NewDecoder(strings.NewReader(body), &c.opts)
		var r Response
		err := d.Next(&r)
		for err == nil {
			err = d.Next(&r)
		}
		for range 2 {
			r.Href = "stale"
			if again := d.Next(&r); again != err {
				t.Errorf("%s: Next = %v, and then %v", c.name, err, again)
			}
			if got := dumpResponse(&r); got != `""` {
				t.Errorf("%s: Next leaves %s", c.name, got)
			}
		}
	}
}

// What was handed out stays as it is, whatever Next and Reset do later; so does a Clone.
func TestResponsesStay(t *testing.T) {
	for _, c := range decodeCases {
		body, _ := markless(c.body)
		d := NewDecoder(iotest.OneByteReader(strings.NewReader(body)), &c.opts)
		var kept, clones []*Response
		var want []string
		for r, err := range d.All() {
			if err == nil {
				kept, clones, want = append(kept, r), append(clones, r.Clone()), append(want, dumpResponse(r))
			}
		}
		d.Reset(strings.NewReader(inProps("<D:other>xxxxxxxxxxxxxxxxxxxxxxxx</D:other>")), nil)
		d.Decode(new(Multistatus))
		for i := range kept {
			if got := dumpResponse(kept[i]); got != want[i] {
				t.Errorf("%s: response %d became %s, was %s", c.name, i, got, want[i])
			}
			if got := dumpResponse(clones[i]); got != want[i] {
				t.Errorf("%s: clone of response %d is %s, want %s", c.name, i, got, want[i])
			}
		}
	}
}

// A Decoder that is used from its own callback, or after a panic in it, says so, and Reset makes it good again.
func TestDecoderBusy(t *testing.T) {
	body := inResp(`<D:status>200 OK</D:status>`)
	var d Decoder
	var r Response
	var inner error
	opts := &DecodeOptions{OnQuirk: func(QuirkReport) { inner = d.Next(new(Response)) }}
	d.ResetString(body, opts)
	if err := d.Next(&r); err != nil || inner != errBusy {
		t.Errorf("Next within Next = %v, and the outer one %v, want %v and nil", inner, err, errBusy)
	}
	opts.OnQuirk = func(QuirkReport) { panic("no") }
	d.ResetString(body, opts)
	func() {
		defer func() {
			if got := recover(); got != "no" {
				t.Errorf("Next recovers a panic: %v", got)
			}
		}()
		d.Next(&r)
	}()
	if err := d.Next(&r); err != errBusy {
		t.Errorf("Next after a panic = %v, want %v", err, errBusy)
	}
	d.ResetString(body, nil)
	if err := d.Next(&r); err != nil || r.Href != "/a" {
		t.Errorf("Next after Reset = %v and %q", err, r.Href)
	}
}

// Nothing of a response that fails is left in r, wherever it fails.
func TestNextEmptyAfterError(t *testing.T) {
	body := inMulti(`<D:response><D:href>/a</D:href><D:href>/b</D:href><D:status>HTTP/1.1 404 Not Found</D:status><D:error><D:x/></D:error>` +
		`<D:propstat><D:prop><D:x>1</D:x></D:prop>` + ok200 + `</D:propstat><D:location><D:href>/l</D:href></D:location></D:response>`)
	for n := range body[:strings.LastIndex(body, "</D:response>")] {
		var d Decoder
		var r Response
		d.ResetString(body[:n], nil)
		if err := d.Next(&r); err == nil || exact(&r) != exact(new(Response)) {
			t.Errorf("Next of %d bytes = %v, with %s", n, err, exact(&r))
		}
	}
}

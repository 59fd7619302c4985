package multistatus

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"sync"
	"testing"
)

// panics reports with what f panics; nil if it does not.
func panics(f func()) (with any) {
	defer func() { with = recover() }()
	f()
	return nil
}

// wrappedEOF is an error that only wraps io.EOF: it is no end.
type wrappedEOF struct{}

func (wrappedEOF) Error() string { return "closed early: EOF" }
func (wrappedEOF) Unwrap() error { return io.EOF }

// once gives all of body at once, together with an error, and then data and errors that nobody is to ask for.
type once struct {
	body  string
	err   error
	calls int
}

func (o *once) Read(p []byte) (int, error) {
	if o.calls++; o.calls > 1 {
		return copy(p, smallResponse), nil
	}
	return copy(p, o.body), o.err
}

// What comes together with an error is not lost, the error is the reader's own, and the reader is not called after it.
func TestReaderDataWithError(t *testing.T) {
	body := inMulti(smallResponse + smallResponse)
	for _, want := range []error{errBroken, wrappedEOF{}, io.ErrUnexpectedEOF, io.ErrClosedPipe} {
		for n := range len(body) + 1 {
			r := &once{body: body[:n], err: want}
			d := NewDecoder(r, nil)
			var m Multistatus
			if err := d.Decode(&m); err != want {
				t.Errorf("Decode of %d bytes with %v = %v", n, want, err)
			}
			if err := d.Next(new(Response)); err != want || r.calls != 1 {
				t.Errorf("Next after Decode of %d bytes with %v = %v, in %d reads", n, want, err, r.calls)
			}
			if got, complete := len(m.Responses), strings.Count(body[:n], "</D:response>"); got != complete {
				t.Errorf("Decode of %d bytes with %v gives %d responses, want %d", n, want, got, complete)
			}
		}
	}
}

// A Decoder whose reader has panicked says so, and Reset makes it as new.
func TestReaderPanics(t *testing.T) {
	body := inMulti(smallResponse)
	for n := range len(body) {
		bad := io.MultiReader(strings.NewReader(body[:n]), readerFunc(func([]byte) (int, error) { panic("no") }))
		d := NewDecoder(bad, nil)
		if got := panics(func() { d.Decode(new(Multistatus)) }); got != "no" {
			t.Errorf("a panic after %d bytes becomes %v", n, got)
		}
		if err := d.Next(new(Response)); err != errBusy {
			t.Errorf("Next after a panic after %d bytes = %v, want %v", n, err, errBusy)
		}
		d.Reset(strings.NewReader(body), nil)
		if err := d.Next(new(Response)); err != nil {
			t.Errorf("Next after Reset = %v", err)
		}
	}
}

// A reader that calls Next, or panics, is told the same where the response it is asked for may follow a shape as where it may not;
// both in the document that teaches the shape, and in the next one, where the root's Next is still under way.
func TestReaderWithinShape(t *testing.T) {
	body := inMulti(strings.Repeat(smallResponse, 6))
	for n := 0; ; n++ {
		d := new(Decoder)
		reads := 0
		reader := func(chunk int) io.Reader {
			text := chunkReader{body, chunk}
			return readerFunc(func(p []byte) (int, error) {
				if reads++; reads == n+1 {
					panic("no")
				}
				if err := d.Next(new(Response)); err != errBusy {
					t.Errorf("Next within read %d = %v, want %v", reads, err, errBusy)
				}
				return text.Read(p)
			})
		}
		failed := panics(func() {
			for _, chunk := range []int{len(smallResponse) + 9, 60} { // one more read is enough for a shape, or is not
				d.Reset(reader(chunk), nil)
				var m Multistatus
				err := d.Decode(&m)
				if fits := d.shapes.fitted > 0; err != nil || len(m.Responses) != 6 || fits != (chunk > len(smallResponse)) {
					t.Errorf("Decode in chunks of %d = %v with %d responses, want 6; that some fit a shape is %v", chunk, err, len(m.Responses), fits)
				}
			}
		})
		if failed == nil {
			return
		}
		if err := d.Next(new(Response)); failed != "no" || err != errBusy {
			t.Errorf("after a panic in read %d, which becomes %v: Next = %v, want %v", n, failed, err, errBusy)
		}
	}
}

// All can be left, by break and by a panic, and Next goes on with the response after that.
func TestAllLeft(t *testing.T) {
	body := inMulti(numbered(5, `<D:response><D:href>/#</D:href>`+ok200+`</D:response>`))
	d := NewDecoder(strings.NewReader(body), nil)
	for range d.All() {
		break
	}
	if got := panics(func() {
		for range d.All() {
			panic("no")
		}
	}); got != "no" {
		t.Errorf("a panic in the loop becomes %v", got)
	}
	var r Response
	if err := d.Next(&r); err != nil || r.Href != "/2" {
		t.Errorf("Next = %v with %q, want /2", err, r.Href)
	}
	var rest []Href
	for r, err := range d.All() {
		if err != nil {
			t.Error(err)
			break
		}
		rest = append(rest, r.Href)
	}
	if len(rest) != 2 || rest[0] != "/3" || d.Next(&r) != io.EOF {
		t.Errorf("All goes on with %q, want /3 and /4, and then io.EOF", rest)
	}
	for range d.All() {
		t.Error("All yields something after io.EOF")
	}
}

// quirky has quirks in every place where one is told.
const quirky = ` <?xml version="1.1"?><!DOCTYPE a><D:multistatus xmlns:D="DAV:" xmlns:p="">stray<D:prop/><D:response>` +
	`<D:href>a b&<x/></D:href><D:status>200</D:status><D:status/><D:propstat><D:prop><D:x a="&nbsp;">&#1;<q:y/></D:x><D:x/></D:prop><D:prop/>` +
	`</D:propstat><D:error>&</D:error></D:response><D:response/><D:sync-token/></D:multistatus>` + "\x00"

// OnQuirk must not call Reset: that panics, at each quirk, and is a panic like any other.
func TestResetWithinOnQuirk(t *testing.T) {
	total := 0
	Parse([]byte(quirky), &DecodeOptions{OnQuirk: func(QuirkReport) { total++ }})
	if total < 15 {
		t.Fatalf("%d quirks, want more", total)
	}
	for at := range total {
		var d Decoder
		n := 0
		d.ResetString(quirky, &DecodeOptions{OnQuirk: func(QuirkReport) {
			if n++; n == at+1 {
				d.ResetString("", nil)
			}
		}})
		if got := panics(func() { d.Decode(new(Multistatus)) }); got != errBusy {
			t.Errorf("Reset at quirk %d panics with %v, want %v", at, got, errBusy)
		}
		if err := d.Decode(new(Multistatus)); err != errBusy {
			t.Errorf("Decode after Reset at quirk %d = %v, want %v", at, err, errBusy)
		}
		d.ResetString(inMulti(smallResponse), nil)
		if err := d.Next(new(Response)); err != nil {
			t.Errorf("Next after Reset = %v", err)
		}
	}
}

// OnQuirk may panic at each quirk: the panic passes through, the Decoder says so, and Reset makes good again.
func TestOnQuirkPanics(t *testing.T) {
	want, _ := outcomeOf(quirky, DecodeOptions{}, nil)
	var d Decoder
	for at := range want.Reports {
		n := 0
		d.ResetString(quirky, &DecodeOptions{OnQuirk: func(QuirkReport) {
			if n++; n == at+1 {
				panic("no")
			}
		}})
		if got := panics(func() { d.Decode(new(Multistatus)) }); got != "no" {
			t.Errorf("a panic at quirk %d becomes %v", at, got)
		}
		if err := d.Decode(new(Multistatus)); err != errBusy {
			t.Errorf("Decode after a panic at quirk %d = %v, want %v", at, err, errBusy)
		}
		var got outcome
		d.ResetString(quirky, nil)
		if decode(&d, &got); got.Dump != want.Dump || got.Quirks != want.Quirks || got.Err != want.Err {
			t.Errorf("after a panic at quirk %d and Reset: %v, want %v", at, got, want)
		}
	}
}

// What was never Reset, and what gets nothing to read or write into, has an error or a panic of Go's own, and nothing in between.
func TestNothingToDecode(t *testing.T) {
	var r Response
	var m Multistatus
	var zero Decoder
	for name, d := range map[string]*Decoder{"zero": &zero, "nil reader": NewDecoder(nil, nil)} {
		if err := d.Next(&r); !errors.Is(err, ErrEmpty) {
			t.Errorf("%s: Next = %v, want %v", name, err, ErrEmpty)
		}
		if err := d.Decode(&m); !errors.Is(err, ErrEmpty) || d.Quirks().Len() > 0 || d.Description()+d.SyncToken() != "" || d.InputOffset() != 0 {
			t.Errorf("%s: Decode = %v, want %v", name, err, ErrEmpty)
		}
	}
	if _, err := Parse(nil, nil); !errors.Is(err, ErrEmpty) {
		t.Errorf("Parse(nil) = %v, want %v", err, ErrEmpty)
	}
	if _, err := ParseElement(nil, nil); !errors.Is(err, ErrEmpty) {
		t.Errorf("ParseElement(nil) = %v, want %v", err, ErrEmpty)
	}
	d := NewDecoder(strings.NewReader(inMulti(smallResponse)), nil)
	if panics(func() { d.Next(nil) }) == nil || panics(func() { d.Decode(nil) }) == nil {
		t.Error("nothing panics where there is nothing to decode into")
	}
	if err := d.Next(&r); err != nil || r.Href != "/a" {
		t.Errorf("Next after that = %v with %q, want /a", err, r.Href)
	}
}

// liar is a writer that tells something else than it does, at one of its calls.
type liar struct {
	got   []byte
	calls int
	at    int
	n     func(int) int
	err   error
}

func (l *liar) Write(p []byte) (int, error) {
	if l.calls++; l.calls-1 != l.at {
		l.got = append(l.got, p...)
		return len(p), nil
	}
	return l.n(len(p)), l.err
}

// A writer that breaks its contract is an error, which sticks, and nothing is written after it.
func TestWriterLies(t *testing.T) {
	counts := map[string]func(int) int{
		"negative": func(int) int { return -1 }, "none": func(int) int { return 0 }, "short": func(n int) int { return n - 1 },
		"all": func(n int) int { return n }, "too many": func(n int) int { return n + 1 },
	}
	for name, count := range counts {
		for _, fail := range []error{nil, errBroken, wrappedEOF{}, io.EOF} {
			want := fail
			if want == nil {
				want = io.ErrShortWrite
			}
			if name == "all" && fail == nil {
				continue // that is no lie
			}
			for at := range 4 {
				w := &liar{at: at, n: count, err: fail}
				e := NewEncoder(w, nil)
				for range 3 {
					e.StartResponse("/a")
					e.Status(200)
					e.EndResponse()
					e.Flush()
				}
				if err := e.Close(); err != want {
					t.Errorf("%s, %v, at write %d: Close = %v, want %v", name, fail, at, err, want)
				}
				if err := e.Close(); err != want || e.StartResponse("/b") != want || e.Flush() != want || w.calls != at+1 {
					t.Errorf("%s, %v, at write %d: the error does not stick, or %d writes", name, fail, at, w.calls)
				}
				if bytes.Contains(w.got, []byte("</D:multistatus>")) {
					t.Errorf("%s, %v, at write %d: the document is whole", name, fail, at)
				}
				if want := at > 0 || count(100) > 0; e.Started() != want {
					t.Errorf("%s, %v, at write %d: Started = %v, want %v", name, fail, at, !want, want)
				}
			}
		}
	}
}

// flushError and flusher are writers that cannot flush.
type flushError struct{ chunkWriter }

func (*flushError) FlushError() error { return errBroken }

type flusher struct{ bytes.Buffer }

func (*flusher) Flush() error { return errBroken }

func TestFlushFails(t *testing.T) {
	for _, w := range []io.Writer{&flushError{}, &flusher{}} {
		e := NewEncoder(w, nil)
		e.StartResponse("/a")
		e.Status(200)
		e.EndResponse()
		for i, err := range []error{e.Flush(), e.Flush(), e.StartResponse("/b"), e.Close()} {
			if err != errBroken {
				t.Errorf("%T: call %d from Flush on = %v, want %v", w, i, err, errBroken)
			}
		}
	}
}

// appenderFunc is a TextAppender that is a function.
type appenderFunc func([]byte) ([]byte, error)

func (f appenderFunc) AppendText(b []byte) ([]byte, error) { return f(b) }

// A TextAppender that panics, or uses the Encoder, spoils the response and nothing else.
func TestTextAppenderAbuse(t *testing.T) {
	var e *Encoder
	for _, c := range []struct {
		name  string
		abuse func()
	}{
		{"panic", func() { panic("no") }},
		{"Drop", func() { e.DropResponse() }},
		{"Drop and another response", func() {
			e.DropResponse()
			e.StartResponse("/c")
			e.Propstat(200)
		}},
		{"Reset", func() { e.Reset(io.Discard, nil) }},
	} {
		for _, code := range []int{200, 404} { // one in place, one apart
			var out bytes.Buffer
			e = NewEncoder(&out, nil)
			e.StartResponse("/a")
			e.Status(200)
			e.EndResponse()
			e.StartResponse("/b")
			e.Propstat(200)
			e.PropEmpty(getetag)
			e.Propstat(code)
			got := panics(func() {
				err := PropAppend(e, getetag, appenderFunc(func(b []byte) ([]byte, error) {
					c.abuse()
					return append(b, "lost"...), nil
				}))
				if err != errUnfinished {
					t.Errorf("%s: PropAppend = %v, want %v", c.name, err, errUnfinished)
				}
			})
			if c.name == "panic" && (got != "no" || e.PropEmpty(getetag) != errUnfinished || e.Close() != errUnfinished) {
				t.Errorf("%s: %v, and then no error", c.name, got)
			}
			e.DropResponse()
			if err := e.Close(); err != nil {
				t.Errorf("%s: Close = %v", c.name, err)
			}
			if c.name == "Reset" {
				continue // the document is another one
			}
			if m, err := Parse(out.Bytes(), nil); err != nil || len(m.Responses) != 1 || m.Responses[0].Href != "/a" {
				t.Errorf("%s: %v, %s", c.name, err, out.Bytes())
			}
		}
	}
}

// A TextAppender that uses the Encoder gets an error, and the property is written.
func TestTextAppenderNests(t *testing.T) {
	var out bytes.Buffer
	e := NewEncoder(&out, nil)
	e.StartResponse("/a")
	e.Propstat(200)
	if err := PropAppend(e, getetag, appenderFunc(func(b []byte) ([]byte, error) {
		for i, err := range []error{e.Propstat(404), e.PropEmpty(getetag), e.EndResponse(), e.StartResponse("/b"), e.Close()} {
			if err != errUnfinished {
				t.Errorf("call %d within AppendText = %v, want %v", i, err, errUnfinished)
			}
		}
		return append(b, '1'), nil
	})); err != nil {
		t.Error(err)
	}
	if err := e.Close(); err != nil || !strings.Contains(out.String(), `<D:prop><D:getetag>1</D:getetag></D:prop>`) {
		t.Errorf("Close = %v after %s", err, out.String())
	}
}

// OnStart and the writer may call Reset, which they must not: the call that is under way says so.
func TestResetWithinWrite(t *testing.T) {
	var e Encoder
	var out bytes.Buffer
	e.Reset(io.Discard, &EncodeOptions{OnStart: func() { e.Reset(&out, nil) }})
	if err := e.Close(); err != errUnfinished {
		t.Errorf("Close with Reset in OnStart = %v, want %v", err, errUnfinished)
	}
	e.Reset(writerFunc(func(p []byte) (int, error) { e.Reset(&out, nil); return len(p), nil }), nil)
	if err := e.Close(); err != io.ErrShortWrite {
		t.Errorf("Close with Reset in Write = %v, want %v", err, io.ErrShortWrite)
	}
	e.Reset(&out, nil)
	if err := e.Close(); err != nil || !strings.HasSuffix(out.String(), "</D:multistatus>") {
		t.Errorf("Close after Reset = %v, %q", err, out.String())
	}
}

// writerFunc is a writer that is a function.
type writerFunc func(p []byte) (int, error)

func (f writerFunc) Write(p []byte) (int, error) { return f(p) }

// Without a writer there is a panic of Go's own once something is to be written, and an error after it.
func TestNothingToWriteTo(t *testing.T) {
	for name, e := range map[string]*Encoder{"zero": new(Encoder), "nil writer": NewEncoder(nil, nil)} {
		e.StartResponse("/a")
		e.Status(200)
		if err := e.EndResponse(); err != nil || e.Started() {
			t.Errorf("%s: EndResponse = %v", name, err)
		}
		if panics(func() { e.Close() }) == nil || e.Close() != errUnfinished {
			t.Errorf("%s: Close neither panics nor fails", name)
		}
		e.Reset(io.Discard, nil)
		if err := e.Close(); err != nil {
			t.Errorf("%s: Close after Reset = %v", name, err)
		}
	}
}

// Many Decoders and Encoders share a text, options and what was decoded, and nothing else.
func TestShared(t *testing.T) {
	opts := &DecodeOptions{Select: []Name{DAV("x"), DAV("getetag")}, Reject: AllQuirks(), OnQuirk: func(QuirkReport) { t.Error("a quirk") }}
	out := &EncodeOptions{Namespaces: []Namespace{{"a", "urn:a"}, {"b", "urn:b"}}}
	body := inMulti(numbered(50, `<D:response><D:href>/#</D:href><D:propstat><D:prop xmlns:a="urn:a"><a:y/><D:x a:b="1">&lt;a:z<D:y/></D:x></D:prop>`+ok200+`</D:propstat></D:response>`))
	first, err := Parse([]byte(body), opts)
	if err != nil {
		t.Fatal(err)
	}
	want, err := first.AppendXML(nil, out)
	if err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	for i := range 64 {
		all.Go(func() {
			var d Decoder
			var m Multistatus
			for range 3 {
				if d.ResetString(body, opts); i%2 == 0 {
					d.Reset(strings.NewReader(body), opts)
				}
				if err := d.Decode(&m); err != nil {
					t.Error(err)
				}
				got, err := m.AppendXML(nil, out)
				again, err2 := first.AppendXML(nil, out)
				if err != nil || err2 != nil || !bytes.Equal(got, want) || !bytes.Equal(again, want) {
					t.Errorf("goroutine %d: another document: %v, %v", i, err, err2)
				}
			}
		})
	}
	all.Wait()
}

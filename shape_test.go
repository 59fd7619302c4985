package multistatus

import (
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// told is all that a Decoder tells of a body, in order.
type told []string

func (t *told) add(format string, args ...any) { *t = append(*t, fmt.Sprintf(format, args...)) }

// tell decodes what d was given, which tells its quirks to t, into r, which is spoilt after every response.
func (t *told) tell(d *Decoder, r *Response) {
	for {
		err := d.Next(r)
		t.add("%d %q %v", d.InputOffset(), exact(r), err)
		if err != nil {
			t.add("%v %q %q", d.Quirks(), d.Description(), d.SyncToken())
			return
		}
		spoil(r)
	}
}

// spoil does to r what a caller may do to what is its own.
func spoil(r *Response) {
	r.Href, r.Description, r.Status = "spoilt", "spoilt", Status{999, "spoilt"}
	if len(r.Propstats) > 0 {
		p := &r.Propstats[0]
		p.Status.Code = 999
		for i := range p.Props {
			p.Props[i] = Property{Name: Name{"spoilt", "spoilt"}, Value: Text("spoilt")}
		}
		r.Propstats = append(r.Propstats[1:], Propstat{Props: []Property{{}}})
	}
	r.MoreHrefs = append(r.MoreHrefs, "spoilt")
}

func exact(r *Response) string {
	var b strings.Builder
	fmt.Fprint(&b, r.Href, r.MoreHrefs, r.Status, r.Description, r.Location, exactValue(r.Error))
	for i := range r.Propstats {
		s := &r.Propstats[i]
		fmt.Fprint(&b, "{", s.Status, s.Description, exactValue(s.Error))
		for j := range s.Props {
			p := &s.Props[j]
			fmt.Fprint(&b, "[", p.Name, p.Lang, exactValue(p.Value), "]")
		}
		fmt.Fprint(&b, "}")
	}
	return b.String()
}

func exactValue(v Value) string { return fmt.Sprintf("%q %q %v %p", v.raw, v.attrs, v.plain, v.scope) }

// checkShapes decodes body with shapes and without, twice each, for what was learned in the first place helps the second time.
// Scopes are compared by their address, so the Decoder is the same one.
func checkShapes(t *testing.T, body string, chunk int, opts DecodeOptions) {
	t.Helper()
	var d Decoder
	var r Response
	read := func(off bool) (got told) {
		opts.OnQuirk = nil
		if len(body)%2 == 0 {
			opts.OnQuirk = func(q QuirkReport) { got.add("%+v", q) }
		}
		if chunk > 0 {
			d.Reset(&chunkReader{body, chunk}, &opts)
		} else {
			d.ResetString(body, &opts)
		}
		d.shapes.off = off
		if off {
			d.shapes.forget()
		}
		got.tell(&d, &r)
		return got
	}
	cold := read(false)
	warm := read(false)
	plain := read(true)
	for _, got := range []told{cold, warm} {
		if diff := cmp.Diff(plain, got); diff != "" {
			t.Fatalf("%q in chunks of %d: shapes make a difference (-without +with)\n%s", clipTo(body, 3000), chunk, diff)
		}
	}
}

func clipTo(s string, n int) string { return s[:min(n, len(s))] }

// chunkReader reads text in chunks of n bytes.
type chunkReader struct {
	text string
	n    int
}

func (c *chunkReader) Read(p []byte) (int, error) {
	if c.text == "" {
		return 0, io.EOF
	}
	n := copy(p, c.text[:min(c.n, len(c.text))])
	c.text = c.text[n:]
	return n, nil
}

// repeatResponses returns body with every response, as far as bytes can tell, standing there several times.
func repeatResponses(body string, times int) string {
	from := strings.Index(body, "response")
	to := strings.LastIndex(body, "response")
	if from < 0 || to <= from {
		return body
	}
	from = strings.LastIndexByte(body[:from], '<')
	end := strings.IndexByte(body[to:], '>')
	if from < 0 || end < 0 {
		return body
	}
	return body[:from] + strings.Repeat(body[from:to+end+1], times) + body[to+end+1:]
}

// Shapes make no difference, whatever the body.
func FuzzShape(f *testing.F) {
	for _, c := range decodeCases {
		f.Add(repeatResponses(strings.ReplaceAll(c.body, "¦", ""), 6), uint16(0), false)
	}
	f.Fuzz(func(t *testing.T, body string, chunk uint16, some bool) {
		var opts DecodeOptions
		if some {
			opts.Select = []Name{DAV("getetag"), DAV("x")}
			opts.MaxTextBytes, opts.MaxValueBytes, opts.MaxResponseBytes = 60, 90, 700
		}
		checkShapes(t, body, int(chunk), opts)
	})
}

// Shapes make no difference to bodies of servers in which single bytes are changed.
func TestShapeMutations(t *testing.T) {
	rnd := rand.New(rand.NewPCG(6578, 3))
	for _, c := range benchBodies(t) {
		end := strings.Index(c.text[6000:], "response>")
		body := c.text[:6000+end] + "response>" + c.text[strings.LastIndex(c.text, "</"):]
		for range 600 {
			i, b := rnd.IntN(len(body)), "<>&;\"'/\r\n \x00é=:ax\x80"[rnd.IntN(18)]
			checkShapes(t, body[:i]+string([]byte{b})+body[min(i+rnd.IntN(3), len(body)):], []int{0, 0, 700, 5}[rnd.IntN(4)], DecodeOptions{})
		}
	}
}

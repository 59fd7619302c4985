package multistatus

import (
	"compress/gzip"
	"encoding/xml"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// benchBody is a body that benchmarks and allocation tests decode, and how many responses it has.
type benchBody struct {
	name      string
	text      string
	responses int
	xml       *rival
}

// A rival is what encoding/xml took for a body in this run.
type rival struct{ ns float64 } // of a pass; 0 where it was not measured

// lost keeps how long encoding/xml took.
func (x *rival) lost(b *testing.B) { x.ns = perPass(b) }

// report tells how many times as fast as encoding/xml the benchmark is. It has to come after that one.
func (x *rival) report(b *testing.B) {
	if x.ns > 0 {
		b.ReportMetric(x.ns/perPass(b), "x/xml")
	}
}

func perPass(b *testing.B) float64 { return float64(b.Elapsed().Nanoseconds()) / float64(b.N) }

// benchBodies returns the listings in testdata/bench: what five servers said about a collection of 1000 files.
func benchBodies(t testing.TB) (bodies []benchBody) {
	t.Helper()
	files, err := filepath.Glob("testdata/bench/*.xml.gz")
	if err != nil || len(files) == 0 {
		t.Fatalf("no bodies in testdata/bench: %v", err)
	}
	for _, f := range files {
		text := unzipped(t, f)
		m, err := Parse([]byte(text), nil)
		if err != nil || len(m.Responses) < 1000 {
			t.Fatalf("%s has %d responses, %v", f, len(m.Responses), err)
		}
		bodies = append(bodies, benchBody{strings.TrimSuffix(filepath.Base(f), ".xml.gz"), text, len(m.Responses), new(rival)})
	}
	return bodies
}

func unzipped(t testing.TB, file string) string {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// drain decodes all that d has.
func drain(t testing.TB, d *Decoder, r *Response) (n int) {
	for {
		switch err := d.Next(r); {
		case err == io.EOF:
			return n
		case err != nil:
			t.Fatal(err)
		}
		n++
	}
}

// BenchmarkDecode goes through the tokens of a listing with encoding/xml, and decodes it, from a string, with shapes and without,
// from a reader, with a Decoder that has read nothing before, and with two properties selected. x/xml is how many times as fast as encoding/xml that is.
func BenchmarkDecode(b *testing.B) {
	for _, body := range benchBodies(b) {
		benchDecode(b, body.name, body)
	}
}

func benchDecode(b *testing.B, name string, body benchBody) {
	two := &DecodeOptions{Select: []Name{DAV("getetag"), DAV("resourcetype")}}
	b.Run(name+"/encodingxml", func(b *testing.B) { benchTokens(b, body) })
	b.Run(name+"/string", func(b *testing.B) { benchString(b, body, nil) })
	b.Run(name+"/unlearned", func(b *testing.B) { benchUnlearned(b, body) })
	b.Run(name+"/reader", func(b *testing.B) { benchReader(b, body) })
	b.Run(name+"/cold", func(b *testing.B) { benchCold(b, body) })
	b.Run(name+"/select", func(b *testing.B) { benchString(b, body, two) })
}

func benchString(b *testing.B, body benchBody, opts *DecodeOptions) {
	var d Decoder
	var r Response
	start(b, body)
	for b.Loop() {
		d.ResetString(body.text, opts)
		drain(b, &d, &r)
	}
	finish(b, body)
}

// benchUnlearned is benchString without shapes: what they gain, and where they do not fit, what trying costs.
func benchUnlearned(b *testing.B, body benchBody) {
	var d Decoder
	d.shapes.off = true
	var r Response
	start(b, body)
	for b.Loop() {
		d.ResetString(body.text, nil)
		drain(b, &d, &r)
	}
	finish(b, body)
}

func benchReader(b *testing.B, body benchBody) {
	var d Decoder
	var r Response
	start(b, body)
	for b.Loop() {
		d.Reset(strings.NewReader(body.text), nil)
		drain(b, &d, &r)
	}
	finish(b, body)
}

func benchCold(b *testing.B, body benchBody) {
	start(b, body)
	for b.Loop() {
		var r Response
		drain(b, NewDecoder(strings.NewReader(body.text), nil), &r)
	}
	finish(b, body)
}

func benchTokens(b *testing.B, body benchBody) {
	start(b, body)
	for b.Loop() {
		d := xml.NewDecoder(strings.NewReader(body.text))
		for {
			if _, err := d.Token(); err == io.EOF {
				break
			} else if err != nil {
				b.Fatal(err)
			}
		}
	}
	body.xml.lost(b)
	finish(b, body)
}

func start(b *testing.B, body benchBody) {
	b.SetBytes(int64(len(body.text)))
	b.ReportAllocs()
}

func finish(b *testing.B, body benchBody) {
	b.ReportMetric(perPass(b)/float64(body.responses), "ns/response")
	body.xml.report(b)
}

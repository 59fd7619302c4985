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
}

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
		bodies = append(bodies, benchBody{strings.TrimSuffix(filepath.Base(f), ".xml.gz"), text, len(m.Responses)})
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

// BenchmarkDecode decodes a listing, from a string and from a reader,
// and goes through its tokens with encoding/xml for comparison.
func BenchmarkDecode(b *testing.B) {
	for _, body := range benchBodies(b) {
		b.Run(body.name+"/string", func(b *testing.B) { benchString(b, body, nil) })
		b.Run(body.name+"/reader", func(b *testing.B) { benchReader(b, body) })
		b.Run(body.name+"/encodingxml", func(b *testing.B) { benchTokens(b, body) })
	}
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
	finish(b, body)
}

func start(b *testing.B, body benchBody) {
	b.SetBytes(int64(len(body.text)))
	b.ReportAllocs()
}

func finish(b *testing.B, body benchBody) {
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(body.responses), "ns/response")
}

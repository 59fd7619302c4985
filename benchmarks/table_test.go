package main

import (
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/go-multistatus/multistatus/benchmarks/internal/result"
	"github.com/go-multistatus/multistatus/internal/page"
)

// known is a run of three peers with figures that are easy to divide.
func known() *result.Run {
	r := &result.Run{Date: "2026-01-02", Machine: "a machine", Versions: []string{"Go 1.25", "other 2"}, SampleMS: 60}
	for _, body := range steady {
		r.Rows = append(r.Rows,
			result.Row{Task: "decode", Peer: ours, Note: "fast", Base: token, Body: body, Responses: 100, Bytes: 4, CPU: []float64{10, 20, 40}},
			result.Row{Task: "decode", Peer: token, Note: "base", Base: token, Body: body, Responses: 100, Bytes: 4, CPU: []float64{1000, 800, 400}, Allocs: 12.4},
		)
	}
	r.Rows = append(r.Rows,
		result.Row{Task: "serve", Peer: xnet, Note: "files", Base: xnet, Body: files, Responses: 100, CPU: []float64{10100}, Allocs: -1},
	)
	return r
}

const knownTables = `Measured on 2026-01-02: a machine. Go 1.25, other 2.

### Decoding: millions of bytes of the body in a second of CPU time, 100 responses

×: as fast as encoding/xml, Token in the same round; median of 3 rounds [lowest to highest].

| peer | apache | nextcloud | compact | caldav | syncstatus | mean of the first five |
|---|--:|--:|--:|--:|--:|--:|
| this package | 200 ×40 [10 to 100] | 200 ×40 [10 to 100] | 200 ×40 [10 to 100] | 200 ×40 [10 to 100] | 200 ×40 [10 to 100] | **×40** |
| encoding/xml, Token | 5.0 ×1.0 [1.0 to 1.0] | 5.0 ×1.0 [1.0 to 1.0] | 5.0 ×1.0 [1.0 to 1.0] | 5.0 ×1.0 [1.0 to 1.0] | 5.0 ×1.0 [1.0 to 1.0] | **×1.0** |

### Listing a file system in memory: CPU time for a response, 100 responses

×: as fast as golang.org/x/net/webdav, Handler in the same round; one round alone, so how far these figures spread is not known.

| peer | files |
|---|--:|
| golang.org/x/net/webdav, Handler | 100 ns ×1.0 |

### What they do besides and leave out

| task | peer | what | allocations for a body of 100 nextcloud responses |
|---|---|---|--:|
| decode | this package | fast | 0 |
| decode | encoding/xml, Token | base | 12 |
| serve | golang.org/x/net/webdav, Handler | files | – |

`

func TestReport(t *testing.T) {
	got, _, _ := strings.Cut(report(known()), "### Goals")
	if diff := cmp.Diff(knownTables, got); diff != "" {
		t.Error(diff)
	}
}

// A peer that was not measured with every body has no mean, and a dash in its place.
func TestTableGap(t *testing.T) {
	r := known()
	r.Rows[0].Body = "shuffled"
	if got := tables(r, decode, 100); !strings.Contains(got, "| this package | – | – | 200 ×40") || !strings.Contains(got, "| – |\n") {
		t.Error(got)
	}
	if got := tables(r, encode, 100); got != "" {
		t.Errorf("of what was not done: %s", got)
	}
}

func TestDigits(t *testing.T) {
	for _, c := range []struct {
		f    float64
		want string
	}{{0.126, "0.13"}, {1, "1.0"}, {9.94, "9.9"}, {10.4, "10"}, {1234.5, "1234"}} {
		if got := digits(c.f); got != c.want {
			t.Errorf("digits(%v) = %s, want %s", c.f, got, c.want)
		}
	}
}

// The page has the tables of the run that is kept.
func TestPage(t *testing.T) {
	r, err := result.Load(kept)
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(performance)
	if err != nil {
		t.Fatal(err)
	}
	_, got, _, err := page.Cut(strings.ReplaceAll(string(text), "\r\n", "\n"), command)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(report(r), got); diff != "" {
		t.Errorf("%s is out of date, run go -C benchmarks run . -from %s -write: %s", performance, kept, diff)
	}
}

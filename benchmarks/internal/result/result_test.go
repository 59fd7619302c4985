package result

import (
	"math"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestNewSpread(t *testing.T) {
	for _, c := range []struct {
		values []float64
		want   Spread
	}{
		{[]float64{3}, Spread{3, 3, 3}},
		{[]float64{4, 1}, Spread{2.5, 1, 4}},
		{[]float64{9, 1, 2}, Spread{2, 1, 9}},
		{[]float64{8, 1, 2, 4}, Spread{3, 1, 8}},
	} {
		if got := NewSpread(c.values); got != c.want {
			t.Errorf("NewSpread(%v) = %v, want %v", c.values, got, c.want)
		}
	}
}

func run() *Run {
	return &Run{Date: "2026-01-02", Machine: `m, {"task":`, Versions: []string{"Go 1"}, SampleMS: 60, Rows: []Row{
		{Task: "decode", Peer: "p", Base: "q", Body: "a", Responses: 1, Bytes: 500, CPU: []float64{100, 50, 10}, Allocs: -1},
		{Task: "decode", Peer: "q", Base: "q", Body: "a", Responses: 1, Bytes: 500, CPU: []float64{400, 100, 10}},
		{Task: "decode", Peer: "p", Base: "q", Body: "b", Responses: 1, CPU: []float64{1}},
		{Task: "decode", Peer: "q", Base: "q", Body: "b", Responses: 1, CPU: []float64{8}},
	}}
}

// A speed is compared within a round, and its median is taken after that.
func TestSpeed(t *testing.T) {
	r := run()
	if got, ok := r.Speed("decode", "p", "q", "a", 1); !ok || got != (Spread{2, 1, 4}) {
		t.Errorf("it is %v, %v", got, ok)
	}
	if _, ok := r.Speed("decode", "p", "q", "a", 2); ok {
		t.Error("another number of responses was measured")
	}
	if _, ok := r.Speed("encode", "p", "q", "a", 1); ok {
		t.Error("another task was measured")
	}
	if got := r.Rows[0].MBps(); got != 10_000 {
		t.Errorf("500 bytes in 50 ns are %v MB/s, want 10000", got)
	}
}

func TestGeomean(t *testing.T) {
	r := run()
	if got, ok := r.Geomean("decode", "p", "q", []string{"a", "b"}, 1); !ok || math.Abs(got-4) > 1e-9 {
		t.Errorf("of 2 and 8 it is %v, %v", got, ok)
	}
	if _, ok := r.Geomean("decode", "p", "q", []string{"a", "c"}, 1); ok {
		t.Error("it is there without c")
	}
}

func TestSaveLoad(t *testing.T) {
	file := filepath.Join(t.TempDir(), "run.json")
	if err := run().Save(file); err != nil {
		t.Fatal(err)
	}
	got, err := Load(file)
	if diff := cmp.Diff(run(), got); err != nil || diff != "" {
		t.Errorf("%v %s", err, diff)
	}
	if _, err := Load(file + ".none"); err == nil {
		t.Error("a file that is not there is loaded")
	}
}

func TestHere(t *testing.T) {
	r := Here("github.com/google/go-cmp")
	if len(r.Date) != len("2026-01-02") || !strings.Contains(r.Machine, " CPUs, ") || !strings.HasPrefix(r.Versions[0], "Go 1") {
		t.Errorf("it is %+v", r)
	}
}

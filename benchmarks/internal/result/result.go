// Package result holds what a run of the benchmarks has measured.
package result

import (
	"encoding/json"
	"math"
	"os"
	"slices"
	"strings"
)

// A Run is what was measured on one machine in one go.
type Run struct {
	Date     string   `json:"date"`
	Machine  string   `json:"machine"`
	Versions []string `json:"versions"` // of Go, compilers and peers
	SampleMS int64    `json:"sample_ms"`
	Rows     []Row    `json:"rows"`
}

// A Row is one peer with one body.
type Row struct {
	Task      string    `json:"task"`
	Peer      string    `json:"peer"`
	Note      string    `json:"note"`
	Base      string    `json:"base"` // the peer that the others of the task are compared with
	Body      string    `json:"body"`
	Responses int       `json:"responses"`
	Bytes     int       `json:"bytes"`  // of the body; 0 where there is none
	CPU       []float64 `json:"cpu_ns"` // of a pass through the body, round by round
	Allocs    float64   `json:"allocs"` // of a pass; less than 0 where nobody counts
}

// Spread is a median and what it lies between.
type Spread struct{ Median, Min, Max float64 }

// NewSpread returns the spread of values, of which there is at least one.
func NewSpread(values []float64) Spread {
	s := slices.Sorted(slices.Values(values))
	n := len(s)
	return Spread{(s[(n-1)/2] + s[n/2]) / 2, s[0], s[n-1]}
}

// Find returns the row of a peer with a body of so many responses, or nil.
func (r *Run) Find(task, peer, body string, responses int) *Row {
	for i := range r.Rows {
		if w := &r.Rows[i]; w.Task == task && w.Peer == peer && w.Body == body && w.Responses == responses {
			return w
		}
	}
	return nil
}

// Speed returns how many times as fast w is as base: round by round, for a machine is not as fast in each.
func (w *Row) Speed(base *Row) Spread {
	ratios := make([]float64, min(len(w.CPU), len(base.CPU)))
	for i := range ratios {
		ratios[i] = base.CPU[i] / w.CPU[i]
	}
	return NewSpread(ratios)
}

// Speed returns how many times as fast a peer is as base, and whether both were measured.
func (r *Run) Speed(task, peer, base, body string, responses int) (s Spread, ok bool) {
	w, b := r.Find(task, peer, body, responses), r.Find(task, base, body, responses)
	if w == nil || b == nil {
		return s, false
	}
	return w.Speed(b), true
}

// MBps returns the millions of bytes that a second of CPU time is enough for.
func (w *Row) MBps() float64 { return float64(w.Bytes) * 1e3 / NewSpread(w.CPU).Median }

// Geomean returns the geometric mean of the medians over bodies. ok is false if one of them is missing.
func (r *Run) Geomean(task, peer, base string, bodies []string, responses int) (mean float64, ok bool) {
	sum := 0.0
	for _, b := range bodies {
		s, ok := r.Speed(task, peer, base, b, responses)
		if !ok {
			return 0, false
		}
		sum += math.Log(s.Median)
	}
	return math.Exp(sum / float64(len(bodies))), true
}

// Load reads what Save wrote.
func Load(file string) (*Run, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var r Run
	return &r, json.Unmarshal(text, &r)
}

// Save writes r as JSON, a row on a line. Quotes in strings are escaped, so what is looked for is never in one.
func (r *Run) Save(file string) error {
	text, err := json.Marshal(r)
	if err != nil {
		return err
	}
	lines := strings.ReplaceAll(string(text), `{"task":`, "\n"+`{"task":`)
	return os.WriteFile(file, []byte(lines+"\n"), 0o666)
}

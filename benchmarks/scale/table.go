package main

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"

	measured "github.com/go-multistatus/multistatus/benchmarks/internal/result"
)

// A result is what was measured of one kind of body.
type result struct {
	Date    string `json:"date"`
	Machine string `json:"machine"`
	Body    string `json:"body"`
	Lines   []line `json:"lines"`
}

// A line is of a number of responses.
type line struct {
	Responses int     `json:"responses"`
	Decode    figures `json:"decode"`
	Encode    figures `json:"encode"`
}

func newResult(kind string) *result {
	here := measured.Here()
	return &result{Date: here.Date, Machine: here.Machine + ", " + here.Versions[0], Body: kind}
}

func load(file string) (*result, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var r result
	return &r, json.Unmarshal(text, &r)
}

func (r *result) save(file string) error {
	text, err := json.MarshalIndent(r, "", "\t")
	if err != nil {
		return err
	}
	return os.WriteFile(file, append(text, '\n'), 0o666)
}

func (r *result) table() string {
	var b strings.Builder
	fmt.Fprintf(&b, "Measured on %s, with %s bodies: %s.\n\n", r.Date, r.Body, r.Machine)
	b.WriteString("| responses | body | decoding: CPU time for one | memory that lives, at most | of the process, at most | " +
		"encoding: CPU time for one | memory that lives, at most | of the process, at most |\n|--:|--:|--:|--:|--:|--:|--:|--:|\n")
	for _, l := range r.Lines {
		fmt.Fprintf(&b, "| %d | %s | %s | %s |\n", l.Responses, mib(l.Decode.Bytes), l.Decode, l.Encode)
	}
	return b.String()
}

// String returns the cells of f.
func (f figures) String() string {
	return fmt.Sprintf("%.0f ns | %s | %s", f.PerResponse, mib(f.Heap), mib(f.RSS))
}

func mib(n int64) string { return fmt.Sprintf("%.1f MiB", float64(n)/(1<<20)) }

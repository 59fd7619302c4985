package main

import (
	"fmt"
	"math"
	"strings"

	"github.com/go-multistatus/multistatus/benchmarks/internal/result"
)

// A goal is a number that a run should reach.
type goal struct {
	what  string
	want  float64
	below bool // it should stay below it
	got   func(*result.Run) (float64, bool)
}

var goals = []goal{
	{"decoding, values as they stand, mean of the first five / Token", 60, false, mean(decode, oursRaw, token, 100)},
	{"– apache", 110, false, speed(decode, oursRaw, token, "apache", 100)},
	{"– nextcloud", 60, false, speed(decode, oursRaw, token, "nextcloud", 100)},
	{"– compact", 60, false, speed(decode, oursRaw, token, "compact", 100)},
	{"– syncstatus", 40, false, speed(decode, oursRaw, token, "syncstatus", 100)},
	{"– caldav", 35, false, speed(decode, oursRaw, token, "caldav", 100)},
	{"decoding with a new Decoder for each body, mean / Token", 30, false, mean(decode, oursCold, token, 100)},
	{"decoding, mean / quick-xml's NsReader", 5, false, mean(decode, ours, quickXML, 100)},
	{"decoding, mean / rapidxml", 3, false, mean(decode, ours, rapidXML, 100)},
	{"decoding shuffled / Token", 14, false, speed(decode, ours, token, "shuffled", 100)},
	{"decoding shuffled / the fastest of C, C++ and Rust", 1, false, leastNative("shuffled", 100)},
	{"encoding by calls, mean / EncodeToken", 10, false, mean(encode, oursCalls, encodeToken, 100)},
	{"encoding by calls, mean / quick-xml's Writer", 2, false, mean(encode, oursCalls, quickWriter, 100)},
	{"encoding decoded Responses, mean / EncodeToken", 25, false, mean(encode, oursValues, encodeToken, 100)},
	{"one response from a reader with a new Decoder, mean / Token", 10, false, mean(decode, oursColdRead, token, 1)},
	{"– its allocations, the most of the five", 10, true, mostAllocs(oursColdRead, 1)},
}

// mean is the geometric mean of how many times as fast peer is as base.
func mean(t task, peer, base string, n int) func(*result.Run) (float64, bool) {
	return func(r *result.Run) (float64, bool) { return r.Geomean(string(t), peer, base, steady, n) }
}

func speed(t task, peer, base, body string, n int) func(*result.Run) (float64, bool) {
	return func(r *result.Run) (float64, bool) {
		s, ok := r.Speed(string(t), peer, base, body, n)
		return s.Median, ok
	}
}

// leastNative is how many times as fast we are as the fastest native peer.
func leastNative(body string, n int) func(*result.Run) (float64, bool) {
	return func(r *result.Run) (float64, bool) {
		least := math.Inf(1)
		for i := range nativeDecoders {
			if s, ok := r.Speed(string(decode), ours, nativeDecoders[i].name, body, n); ok {
				least = min(least, s.Median)
			}
		}
		return least, !math.IsInf(least, 1)
	}
}

func mostAllocs(peer string, n int) func(*result.Run) (float64, bool) {
	return func(r *result.Run) (most float64, ok bool) {
		for _, body := range steady {
			w := r.Find(string(decode), peer, body, n)
			if w == nil {
				return 0, false
			}
			most = max(most, w.Allocs)
		}
		return most, true
	}
}

// verdict says what became of g.
func (g *goal) verdict(r *result.Run) (got, word string) {
	switch f, ok := g.got(r); {
	case !ok:
		return "–", "not measured"
	case g.below == (f < g.want):
		return digits(f), "pass"
	default:
		return digits(f), "**miss**"
	}
}

func goalTable(r *result.Run) string {
	var b strings.Builder
	b.WriteString("\n### Goals\n\n" + row([]string{"what", "goal", "here", ""}) + "|---|--:|--:|---|\n")
	for i := range goals {
		g := &goals[i]
		sign := "≥"
		if g.below {
			sign = "<"
		}
		got, word := g.verdict(r)
		b.WriteString(row([]string{g.what, fmt.Sprintf("%s %v", sign, g.want), got, word}))
	}
	return b.String()
}

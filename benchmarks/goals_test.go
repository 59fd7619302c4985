package main

import (
	"math"
	"slices"
	"testing"

	"github.com/go-multistatus/multistatus/benchmarks/internal/result"
)

// complete is a run in which every peer took one nanosecond with every body.
func complete() *result.Run {
	r := &result.Run{}
	for i := range peers {
		for _, body := range append(slices.Clone(steady), "shuffled") {
			for _, n := range []int{1, 100} {
				p := &peers[i]
				r.Rows = append(r.Rows, result.Row{Task: string(p.task), Peer: p.name, Base: bases[p.task], Body: body, Responses: n, CPU: []float64{1}, Allocs: 3})
			}
		}
	}
	return r
}

// Every goal is about what is measured.
func TestGoalsMeasured(t *testing.T) {
	r := complete()
	for i := range goals {
		g := &goals[i]
		want := 1.0
		if g.below {
			want = 3
		}
		if got, ok := g.got(r); !ok || math.Abs(got-want) > 1e-9 {
			t.Errorf("%s: %v, %v, want %v", g.what, got, ok, want)
		}
		if got, word := g.verdict(&result.Run{}); got != "–" || word != "not measured" {
			t.Errorf("%s, in an empty run: %s %s", g.what, got, word)
		}
	}
}

func TestMean(t *testing.T) {
	r := complete()
	for i, f := range []float64{1, 2, 4, 8, 16} {
		r.Find("decode", token, steady[i], 100).CPU[0] = f
	}
	if got, ok := mean(decode, ours, token, 100)(r); !ok || math.Abs(got-4) > 1e-9 {
		t.Errorf("the mean of 1, 2, 4, 8, 16 is %v, %v", got, ok)
	}
	if got, ok := speed(decode, ours, token, "compact", 100)(r); !ok || got != 4 {
		t.Errorf("compact is %v, %v", got, ok)
	}
}

// The fastest of the native peers is the one to beat.
func TestLeastNative(t *testing.T) {
	r := complete()
	for i := range nativeDecoders {
		r.Find("decode", nativeDecoders[i].name, "shuffled", 100).CPU[0] = float64(5 - i)
	}
	r.Find("decode", ours, "shuffled", 100).CPU[0] = 0.5
	if got, ok := leastNative("shuffled", 100)(r); !ok || got != 2 {
		t.Errorf("it is %v, %v", got, ok)
	}
}

func TestMostAllocs(t *testing.T) {
	r := complete()
	r.Find("decode", oursColdRead, "caldav", 1).Allocs = 7
	r.Find("decode", oursColdRead, "shuffled", 1).Allocs = 100 // is none of the five
	if got, ok := mostAllocs(oursColdRead, 1)(r); !ok || got != 7 {
		t.Errorf("it is %v, %v", got, ok)
	}
}

func TestVerdict(t *testing.T) {
	for _, c := range []struct {
		got, want float64
		below     bool
		word      string
	}{
		{10, 10, false, "pass"}, {9.99, 10, false, "**miss**"}, {11, 10, false, "pass"},
		{10, 10, true, "**miss**"}, {9.99, 10, true, "pass"},
	} {
		g := goal{"", c.want, c.below, func(*result.Run) (float64, bool) { return c.got, true }}
		if _, word := g.verdict(nil); word != c.word {
			t.Errorf("%v, wanted %v, below %v: %s, want %s", c.got, c.want, c.below, word, c.word)
		}
	}
}

package main

import (
	"bytes"
	"encoding/xml"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"gonum.org/v1/plot/plotter"

	"github.com/go-multistatus/multistatus/benchmarks/internal/result"
)

func known() *result.Run {
	row := func(task, peer, body string, n int, cpu ...float64) result.Row {
		return result.Row{Task: task, Peer: peer, Base: "base", Body: body, Responses: n, CPU: cpu}
	}
	return &result.Run{Date: "2026-01-02", Machine: "a machine", Rows: []result.Row{
		row("decode", "this package", "a", 100, 1, 2), row("decode", "base", "a", 100, 8, 8), row("decode", "slow & old", "a", 100, 16, 16),
		row("decode", "this package", "b", 100, 1), row("decode", "base", "b", 100, 24),
		row("decode", "this package", "a", 1, 1), row("encode", "other", "a", 100, 1),
	}}
}

// A chart has the peers of one task and one number of responses, the slowest first, and the bodies that each takes.
func TestChart(t *testing.T) {
	c := newChart(known(), "decode", 100)
	if diff := cmp.Diff([]string{"slow & old", "base", "this package"}, c.peers()); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"a", "b"}, c.bodies); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(plotter.XYs{{X: 0.5, Y: 0}, {X: 1, Y: 1}, {X: 6, Y: 2}}, c.points("a")); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(plotter.XYs{{X: 1, Y: 1}, {X: 24, Y: 2}}, c.points("b")); diff != "" {
		t.Error(diff)
	}
	if got := c.rows[2].mean(); got < 11.99 || got > 12.01 {
		t.Errorf("the mean of 6 and 24 is %v", got)
	}
	if least, most := c.limits(); least >= 0.5 || most <= 24 {
		t.Errorf("the axis goes from %v to %v", least, most)
	}
}

// The picture is well-formed, and says what it shows.
func TestWrite(t *testing.T) {
	var b bytes.Buffer
	if err := newChart(known(), "decode", 100).write(&b); err != nil {
		t.Fatal(err)
	}
	svg := b.String()
	for d := xml.NewDecoder(&b); ; {
		if _, err := d.Token(); err == io.EOF {
			break
		} else if err != nil {
			t.Fatal(err)
		}
	}
	for _, want := range []string{">this package<", ">slow &amp; old<", ">a<", ">b<", "median of 1 rounds (logarithmic scale)", "100 responses, 2026-01-02:", ">×10<", "sans-serif"} {
		if !strings.Contains(svg, want) {
			t.Errorf("it has no %q", want)
		}
	}
	if err := newChart(known(), "decode", 7).write(io.Discard); err == nil {
		t.Error("nothing is drawn")
	}
}

func TestTicks(t *testing.T) {
	var got []string
	for _, tick := range (ticks{}).Ticks(0.3, 25) {
		got = append(got, tick.Label)
	}
	if diff := cmp.Diff([]string{"×0.5", "×1", "×2", "×5", "×10", "×20"}, got); diff != "" {
		t.Error(diff)
	}
}

func TestThousands(t *testing.T) {
	for n, want := range map[int]string{1: "1", 1000: "1000", 10_000: "10 000"} {
		if got := thousands(n); got != want {
			t.Errorf("thousands(%d) = %q, want %q", n, got, want)
		}
	}
}

// The picture in docs is of the figures that are kept.
func TestPicture(t *testing.T) {
	r, err := result.Load("../" + *from)
	if err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile("../" + *out)
	if err != nil {
		t.Fatal(err)
	}
	var want bytes.Buffer
	if err := newChart(r, "decode", 100).write(&want); err != nil {
		t.Fatal(err)
	}
	if strings.ReplaceAll(string(got), "\r\n", "\n") != want.String() {
		t.Errorf("%s is out of date, run go -C benchmarks run ./plot", *out)
	}
}

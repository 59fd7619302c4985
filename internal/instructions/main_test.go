package main

import (
	"os"
	"strings"
	"testing"

	"github.com/go-multistatus/multistatus/internal/bodies"
	"github.com/go-multistatus/multistatus/internal/page"
)

// Each way can be gone with each body, and has a bound for it.
func TestWays(t *testing.T) {
	var sizes strings.Builder
	count(&sizes)
	if got, want := strings.Count(sizes.String(), "\n"), len(ways)*len(bodies.Kinds); got != want {
		t.Errorf("%d were counted, want %d", got, want)
	}
	if len(most) != len(ways) {
		t.Errorf("%d ways have bounds, want %d", len(most), len(ways))
	}
	for i, row := range most {
		if len(row) != len(bodies.Kinds) {
			t.Errorf("%s has %d bounds, want %d", ways[i].name, len(row), len(bodies.Kinds))
		}
	}
}

func TestTable(t *testing.T) {
	sizes := strings.Repeat("100\n", len(ways)*len(bodies.Kinds))
	counts := make([]float64, len(ways)*len(bodies.Kinds))
	counts[1], counts[len(bodies.Kinds)] = 250, 1e6
	rows, err := join([]byte(sizes), counts)
	if err != nil {
		t.Fatal(err)
	}
	text := table(rows)
	if want := "| decoding | 0.0 | 2.5 | 0.0 |"; !strings.Contains(text, want) {
		t.Errorf("there is no %q in\n%s", want, text)
	}
	if bad := dear(rows); len(bad) != 1 || !strings.HasPrefix(bad[0], "decoding, new Decoder, apache: 10000.00 a byte") {
		t.Errorf("dear = %q", bad)
	}
	if _, err := join([]byte(sizes), counts[1:]); err == nil {
		t.Error("join of too few counts is no error")
	}
}

// The page has a table with these rows and columns.
func TestPage(t *testing.T) {
	text, err := os.ReadFile("../../" + performance)
	if err != nil {
		t.Fatal(err)
	}
	_, got, _, err := page.Cut(string(text), command)
	if err != nil {
		t.Fatal(err)
	}
	rows := make([][]float64, len(ways))
	for i := range rows {
		rows[i] = make([]float64, len(bodies.Kinds))
	}
	blank := func(table string) string {
		return strings.Map(func(r rune) rune {
			if r >= '0' && r <= '9' || r == '.' {
				return -1
			}
			return r
		}, table)
	}
	if want := table(rows); blank(got) != blank(want) {
		t.Errorf("there is %q, want a table like %q: %s", got, want, command)
	}
}

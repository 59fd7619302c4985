package main

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/go-multistatus/multistatus/examples/adopt/internal/trial"
	"github.com/go-multistatus/multistatus/internal/page"
)

const root = "../" + trial.Root

// The page tells what becomes of the bodies now.
func TestPage(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(root, "docs", "adopting.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, got, _, err := page.Cut(strings.ReplaceAll(string(text), "\r\n", "\n"), bodies)
	if err != nil {
		t.Fatal(err)
	}
	want, err := trial.Table(root)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("docs/adopting.md is out of date, run %s: %s", bodies, diff)
	}
}

// The examples that the page names are short.
func TestShort(t *testing.T) {
	files, err := filepath.Glob("../*/*.go")
	if err != nil || len(files) < 10 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if n := strings.Count(string(text), "\n"); n >= 150 && !strings.HasSuffix(file, "_test.go") {
			t.Errorf("%s has %d lines", file, n)
		}
	}
}

// Every side does its task, and what is told of it comes from its samples.
func TestTable(t *testing.T) {
	text, err := table(1)
	if err != nil {
		t.Fatal(err)
	}
	rows := strings.Count(text, "\n| ")
	if want := 1 + 3*2 + 3*3*3; rows != want || strings.Contains(text, "NaN") || strings.Contains(text, "Inf") {
		t.Errorf("it has %d rows, want %d: %s", rows, want, text)
	}
}

func TestCompare(t *testing.T) {
	turns := ""
	side := func(name string) func() error {
		return func() error {
			if !strings.HasSuffix(turns, name) {
				turns += name
			}
			return nil
		}
	}
	medians, times, err := compare(2, []func() error{side("a"), side("b")})
	if err != nil || len(medians) != 2 || times[0] != [3]float64{1, 1, 1} || turns != "aba" {
		t.Errorf("it is %v, %v, %v, in turns %s", medians, times, err, turns)
	}
	bad := errors.New("bad")
	if _, _, err := compare(1, []func() error{func() error { return bad }}); err != bad {
		t.Errorf("the error is %v", err)
	}
}

func TestDigits(t *testing.T) {
	for f, want := range map[float64]string{0: "0", 0.94: "0.9", 9.96: "10.0", 57.4: "57", 1234.5: "1234"} {
		if got := digits(f); got != want {
			t.Errorf("digits(%v) = %q, want %q", f, got, want)
		}
	}
}

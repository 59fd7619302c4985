package main

import (
	"errors"
	"os"
	"slices"
	"testing"
)

// docs/interop.md has what the tables say.
func TestPage(t *testing.T) {
	page, err := os.ReadFile(pageFile)
	if err != nil {
		t.Fatal(err)
	}
	want, err := withMatrices(string(page))
	if err != nil {
		t.Fatal(err)
	}
	if want != string(page) {
		t.Errorf("%s is not up to date: interop/run.sh -write renews it", pageFile)
	}
}

// Every claim, and every entry of the list of failures, is of a check that there is.
func TestTables(t *testing.T) {
	claims := map[[2]string]bool{}
	for _, m := range matrices() {
		for _, r := range m.rows {
			for _, c := range r.claims {
				claims[[2]string{r.name, c}] = true
				if !slices.Contains(m.checks, c) {
					t.Errorf("%s claims %q, which is no check", r.name, c)
				}
			}
		}
	}
	for _, f := range failures {
		for _, c := range f.checks {
			if !claims[[2]string{f.program, c}] {
				t.Errorf("a failure of %s in %q, which is not claimed", f.program, c)
			}
		}
		if len(f.signs) == 0 || f.reason == "" {
			t.Errorf("a failure of %s without sign or reason", f.program)
		}
	}
}

func TestJudge(t *testing.T) {
	lock := row{"lighttpd", []string{"lock", "tree"}}
	names := row{"cadaver", []string{"odd names"}}
	davfs := row{"davfs2", []string{"list"}}
	tests := []struct {
		name  string
		row   row
		check string
		err   error
		want  outcome
		bad   bool
	}{
		{"passes", lock, "tree", nil, passed, false},
		{"fails", lock, "tree", errors.New("x"), failed, true},
		{"fails as it is known", lock, "lock", errors.New(`the owner is ""`), known, false},
		{"fails in another way", lock, "lock", errors.New("x"), failed, true},
		{"fails as it is known, and in another way", lock, "lock", errors.New("the owner is \"\"\nx"), failed, true},
		{"fails in more than it is known", lock, "lock", errors.New(`the owner is "", x`), failed, true},
		{"fails in less than it is known", names, "odd names", errors.New("2 differences:\n\"@$!(),=.d/@$!(),=\" is missing"), failed, true},
		{"passes although it is known to fail", lock, "lock", nil, passed, true},
		{"cannot be run", davfs, "list", errAbsent, notRun, false},
	}
	for _, test := range tests {
		if got, bad, _ := judge(test.row, test.check, test.err); got != test.want || bad != test.bad {
			t.Errorf("%s: judge = %v, %v, want %v, %v", test.name, got, bad, test.want, test.bad)
		}
	}
}

func TestCadaverListing(t *testing.T) {
	out := "Listing collection `/': succeeded.\n" +
		"Coll:   sub                                    0  Nov 28 18:56\n" +
		"        a b&c.txt                              6  Nov  8  2025\n"
	want := listing{"sub/": -1, "a b&c.txt": 6}
	if err := want.diff(cadaverListing(out)); err != nil {
		t.Error(err)
	}
}

package main

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// outcome is what became of one check.
type outcome int

// What a cell of a matrix may say.
const (
	passed outcome = iota
	failed
	known      // it failed, in the way that is on the list
	notClaimed // the program has no such thing
	notRun     // something that the machine has to have is not there
)

func (o outcome) String() string {
	return [...]string{"passed", "failed", "known failure", "not claimed", "not run"}[o]
}

// errAbsent is of checks that the machine cannot run.
var errAbsent = errors.New("not run")

// matrix is what is known of some programs before they are run: which checks they are put to.
type matrix struct {
	corner string
	checks []string
	rows   []row
}

// row is a program and the checks of the matrix that it claims to pass.
type row struct {
	name   string
	claims []string
}

func (r *row) claimed(check string) bool { return slices.Contains(r.claims, check) }

// expected returns what a check of a program has to give, and the entry of the list if that is a failure.
func expected(r row, check string) (outcome, *failure) {
	if !r.claimed(check) {
		return notClaimed, nil
	}
	for i := range failures {
		if f := &failures[i]; f.program == r.name && slices.Contains(f.checks, check) {
			return known, f
		}
	}
	return passed, nil
}

// judge says what err is for a check of a program, and whether the run fails by it.
func judge(r row, check string, err error) (o outcome, bad bool, why string) {
	want, f := expected(r, check)
	switch {
	case errors.Is(err, errAbsent):
		return notRun, false, err.Error()
	case err == nil && want == known:
		return passed, true, "it is on the list of known failures, and passes: " + f.reason
	case err == nil:
		return passed, false, ""
	case want == known && f.is(err):
		return known, false, f.reason
	case want == known:
		return failed, true, fmt.Sprintf("not in the known way: %v", err)
	}
	return failed, true, err.Error()
}

// print writes the matrix as Markdown, with a footnote for each failure that is known.
func (m *matrix) print(w io.Writer, cell func(r row, check string) (outcome, *failure)) {
	fmt.Fprintf(w, "| %s | %s |\n|---%s|\n", m.corner, strings.Join(m.checks, " | "), strings.Repeat("|---", len(m.checks)))
	var notes []*failure
	for _, r := range m.rows {
		fmt.Fprintf(w, "| %s |", r.name)
		for _, c := range m.checks {
			o, f := cell(r, c)
			fmt.Fprintf(w, " %s", o)
			if o == known {
				if !slices.Contains(notes, f) {
					notes = append(notes, f)
				}
				fmt.Fprintf(w, " (%d)", slices.Index(notes, f)+1)
			}
			fmt.Fprint(w, " |")
		}
		fmt.Fprintln(w)
	}
	fmt.Fprintln(w)
	for i, f := range notes {
		fmt.Fprintf(w, "%d. %s: %s.\n", i+1, f.program, f.reason)
	}
	if len(notes) > 0 {
		fmt.Fprintln(w)
	}
}

package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/go-multistatus/multistatus/benchmarks/internal/result"
)

// steady are the bodies that means are taken over: those of which the responses are alike.
var steady = []string{"apache", "nextcloud", "compact", "caldav", "syncstatus"}

// titles are those of the tables of a task.
var titles = map[task]string{
	decode: "Decoding: millions of bytes of the body in a second of CPU time",
	encode: "Encoding: millions of bytes of the body that says the same, in a second of CPU time",
	serve:  "Listing a file system in memory: CPU time for a response",
}

// report is all that a run has found, in Markdown.
func report(r *result.Run) string {
	var b strings.Builder
	fmt.Fprintf(&b, "Measured on %s: %s. %s.\n", r.Date, r.Machine, strings.Join(r.Versions, ", "))
	for _, t := range []task{decode, encode, serve} {
		for _, n := range sizes(r) {
			b.WriteString(tables(r, t, n))
		}
	}
	b.WriteString(notes(r))
	b.WriteString(goalTable(r))
	return b.String()
}

// sizes are the numbers of responses, in the order in which they were measured.
func sizes(r *result.Run) (all []int) {
	for i := range r.Rows {
		if n := r.Rows[i].Responses; !slices.Contains(all, n) {
			all = append(all, n)
		}
	}
	return all
}

// tables returns the table of a task with n responses, or "" if it was not done.
func tables(r *result.Run, t task, n int) string {
	var names, bodies []string
	rounds := 0
	for i := range r.Rows {
		if w := &r.Rows[i]; w.Task == string(t) && w.Responses == n {
			names, bodies, rounds = appendNew(names, w.Peer), appendNew(bodies, w.Body), len(w.CPU)
		}
	}
	if names == nil {
		return ""
	}
	var b strings.Builder
	fmt.Fprintf(&b, "\n### %s, %s\n\n×: as fast as %s in the same round; %s.\n\n", titles[t], responses(n), bases[t], roundsOf(rounds))
	mean := t != serve
	b.WriteString(header(bodies, mean))
	for _, name := range names {
		b.WriteString(line(r, t, name, bodies, n, mean))
	}
	return b.String()
}

func roundsOf(n int) string {
	if n == 1 {
		return "one round alone, so how far these figures spread is not known"
	}
	return fmt.Sprintf("median of %d rounds [lowest to highest]", n)
}

func appendNew(list []string, s string) []string {
	if slices.Contains(list, s) {
		return list
	}
	return append(list, s)
}

func responses(n int) string {
	if n == 1 {
		return "1 response"
	}
	return fmt.Sprintf("%d responses", n)
}

func header(bodies []string, mean bool) string {
	cells := append([]string{"peer"}, bodies...)
	if mean {
		cells = append(cells, "mean of the first five")
	}
	return row(cells) + "|---" + strings.Repeat("|--:", len(cells)-1) + "|\n"
}

func row(cells []string) string { return "| " + strings.Join(cells, " | ") + " |\n" }

func line(r *result.Run, t task, peer string, bodies []string, n int, mean bool) string {
	cells := []string{peer}
	for _, body := range bodies {
		cells = append(cells, cell(r, t, peer, body, n))
	}
	if mean {
		geomean := "–"
		if m, ok := r.Geomean(string(t), peer, bases[t], steady, n); ok {
			geomean = "**×" + digits(m) + "**"
		}
		cells = append(cells, geomean)
	}
	return row(cells)
}

func cell(r *result.Run, t task, peer, body string, n int) string {
	w := r.Find(string(t), peer, body, n)
	s, ok := r.Speed(string(t), peer, bases[t], body, n)
	if !ok {
		return "–"
	}
	what := digits(w.MBps())
	if t == serve {
		what = digits(result.NewSpread(w.CPU).Median/float64(n+1)) + " ns"
	}
	what += " ×" + digits(s.Median)
	if len(w.CPU) == 1 {
		return what
	}
	return fmt.Sprintf("%s [%s to %s]", what, digits(s.Min), digits(s.Max))
}

// digits has as many of them as mean something.
func digits(f float64) string {
	switch {
	case f < 1:
		return fmt.Sprintf("%.2f", f)
	case f < 10:
		return fmt.Sprintf("%.1f", f)
	}
	return fmt.Sprintf("%.0f", f)
}

// notes says what peers do besides or leave out, and how often they allocate.
func notes(r *result.Run) string {
	var b strings.Builder
	b.WriteString("\n### What they do besides and leave out\n\n" + row([]string{"task", "peer", "what", "allocations for a body of 100 nextcloud responses"}) + "|---|---|---|--:|\n")
	seen := map[string]bool{}
	for i := range r.Rows {
		w := &r.Rows[i]
		if key := w.Task + w.Peer; !seen[key] {
			seen[key] = true
			b.WriteString(row([]string{w.Task, w.Peer, w.Note, allocs(r.Find(w.Task, w.Peer, "nextcloud", 100))}))
		}
	}
	return b.String()
}

func allocs(w *result.Row) string {
	if w == nil || w.Allocs < 0 {
		return "–"
	}
	return fmt.Sprintf("%.0f", w.Allocs)
}

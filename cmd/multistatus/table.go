package main

import (
	"fmt"
	"io"
	"strings"
)

// table prints rows with aligned columns.
type table struct {
	head  []string
	right []bool // columns that are aligned to the right
	most  []int  // how wide a column may be
	rows  []row
}

type row struct {
	cells  []string
	colour string   // of the first cell
	notes  []string // lines below the row
}

func (t *table) print(w io.Writer, c *command) {
	widths := t.widths()
	fmt.Fprintln(w, c.paint(bold, t.line(t.head, widths)))
	for _, r := range t.rows {
		line := t.line(r.cells, widths)
		first := len(strings.TrimRight(line[:min(len(line), len(t.clipped(r.cells, 0)))], " "))
		fmt.Fprintln(w, c.paint(r.colour, line[:first])+line[first:])
		for _, n := range r.notes {
			fmt.Fprintln(w, c.paint(dim, n))
		}
	}
}

func (t *table) clipped(cs []string, i int) string { return clip(cs[i], t.most[i]) }

func (t *table) widths() []int {
	widths := make([]int, len(t.head))
	for i, h := range t.head {
		widths[i] = cells(h)
		for _, r := range t.rows {
			widths[i] = max(widths[i], cells(t.clipped(r.cells, i)))
		}
	}
	return widths
}

func (t *table) line(cs []string, widths []int) string {
	var b strings.Builder
	for i := range cs {
		s := t.clipped(cs, i)
		pad := strings.Repeat(" ", widths[i]-cells(s))
		if t.right[i] {
			b.WriteString(pad + s)
		} else {
			b.WriteString(s + pad)
		}
		b.WriteString("  ")
	}
	return strings.TrimRight(b.String(), " ")
}

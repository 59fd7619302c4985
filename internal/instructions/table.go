package main

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/go-multistatus/multistatus/internal/bodies"
)

// join returns for each way how many instructions each body takes for a byte.
func join(sizes []byte, counts []float64) (rows [][]float64, err error) {
	lines := strings.Fields(string(sizes))
	if len(lines) != len(counts) || len(lines) != len(ways)*len(bodies.Kinds) {
		return nil, fmt.Errorf("%d were run and %d counted", len(lines), len(counts))
	}
	for i, line := range lines {
		size, err := strconv.ParseFloat(line, 64)
		if err != nil {
			return nil, err
		}
		if i%len(bodies.Kinds) == 0 {
			rows = append(rows, nil)
		}
		row := &rows[len(rows)-1]
		*row = append(*row, counts[i]/size)
	}
	return rows, nil
}

// dear tells what takes more than it may.
func dear(rows [][]float64) (bad []string) {
	for i, row := range rows {
		for k, got := range row {
			if want := most[i][k]; got > want {
				bad = append(bad, fmt.Sprintf("%s, %s: %.2f a byte, and not %.2f", ways[i].name, bodies.Kinds[k].Name, got, want))
			}
		}
	}
	return bad
}

func table(rows [][]float64) string {
	var b strings.Builder
	b.WriteString("| instructions for a byte of the body |")
	for i := range bodies.Kinds {
		b.WriteString(" " + bodies.Kinds[i].Name + " |")
	}
	b.WriteString("\n|---|" + strings.Repeat("--:|", len(bodies.Kinds)) + "\n")
	for i, row := range rows {
		fmt.Fprintf(&b, "| %s |", ways[i].name)
		for _, n := range row {
			fmt.Fprintf(&b, " %.1f |", n)
		}
		b.WriteString("\n")
	}
	return b.String()
}

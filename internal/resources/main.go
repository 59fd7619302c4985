// Resources decodes bodies that are made to harm who reads them, by this package and by encoding/xml, and prints what became
// of them as a table:
//
//	go run ./internal/resources [-write]
//
// With -write the table goes into docs/hostile.md instead.
package main

import (
	"flag"
	"fmt"
	"log"
	"strings"

	"github.com/go-multistatus/multistatus/internal/page"
)

const (
	target  = "docs/hostile.md"
	command = "go run ./internal/resources -write"
)

func main() {
	log.SetFlags(0)
	write := flag.Bool("write", false, "write the table into "+target)
	flag.Parse()
	text := table(func(d *decoder, b *body) string { return d.run(b, d.patience).String() })
	if !*write {
		fmt.Print(text)
		return
	}
	if err := page.Write(target, command, text); err != nil {
		log.Fatal(err)
	}
}

// table returns the table with what cell says.
func table(cell func(*decoder, *body) string) string {
	var b strings.Builder
	b.WriteString("| body | size |")
	for _, d := range decoders {
		fmt.Fprintf(&b, " %s |", d.name)
	}
	b.WriteString("\n|---|---|---|---|---|\n")
	for i := range bodies {
		size := "endless"
		if n := bodies[i].size(); n >= 0 {
			size = rounded(n, 1)
		}
		fmt.Fprintf(&b, "| %s | %s |", bodies[i].name, size)
		for j := range decoders {
			fmt.Fprintf(&b, " %s |", cell(&decoders[j], &bodies[i]))
		}
		b.WriteByte('\n')
	}
	return b.String()
}

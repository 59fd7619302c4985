// Resources decodes bodies that are made to harm who reads them, by this package and by encoding/xml, and prints what became
// of them as a table:
//
//	go run ./internal/resources [-write]
//
// With -write the table goes into README.md instead.
package main

import (
	"flag"
	"fmt"
	"log"
	"os"
	"strings"
)

const (
	readme = "README.md"
	begin  = "<!-- go run ./internal/resources -write -->\n"
	end    = "<!-- end -->\n"
)

func main() {
	log.SetFlags(0)
	write := flag.Bool("write", false, "write the table into "+readme)
	flag.Parse()
	text := table(func(d *decoder, b *body) string { return d.run(b, d.patience).String() })
	if !*write {
		fmt.Print(text)
		return
	}
	page, err := os.ReadFile(readme)
	if err != nil {
		log.Fatal(err)
	}
	before, _, after, err := cut(string(page))
	if err != nil {
		log.Fatal(err)
	}
	if err := os.WriteFile(readme, []byte(before+text+after), 0o666); err != nil {
		log.Fatal(err)
	}
}

// cut returns what is before the table in page, the table, and what is after it.
func cut(page string) (before, text, after string, err error) {
	i := strings.Index(page, begin)
	if i < 0 {
		return "", "", "", fmt.Errorf("%s has no line %q", readme, begin)
	}
	i += len(begin)
	n := strings.Index(page[i:], end)
	if n < 0 {
		return "", "", "", fmt.Errorf("%s has no line %q", readme, end)
	}
	return page[:i], page[i : i+n], page[i+n:], nil
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

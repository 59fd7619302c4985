// Measure tells what it costs to list and to serve by the code of others and by that of the examples, side by side in one run,
// and what each makes of the bodies of testdata:
//
//	go -C examples/adopt run ./measure [-bodies] [-write]
//
// With -write it puts the tables into docs/adopting.md instead of printing them; with -bodies it measures nothing.
// It needs a system of the Unix kind.
package main

import (
	"flag"
	"fmt"
	"log"
	"path/filepath"

	"github.com/go-multistatus/multistatus/examples/adopt/internal/trial"
	"github.com/go-multistatus/multistatus/internal/page"
)

// The tables stand behind the commands that write them.
const (
	bodies  = "go -C examples/adopt run ./measure -bodies -write"
	figures = "go -C examples/adopt run ./measure -write"
)

var (
	only   = flag.Bool("bodies", false, "tell what becomes of the bodies, and measure nothing")
	write  = flag.Bool("write", false, "write the tables into docs/adopting.md")
	rounds = flag.Int("rounds", 9, "how often each side is measured")
)

func main() {
	log.SetFlags(0)
	flag.Parse()
	if err := run(filepath.Join(trial.Root, "docs", "adopting.md")); err != nil {
		log.Fatal(err)
	}
}

func run(file string) error {
	text, err := trial.Table(trial.Root)
	if err == nil {
		err = put(file, bodies, text)
	}
	if err != nil || *only {
		return err
	}
	if text, err = table(*rounds); err != nil {
		return err
	}
	return put(file, figures, text)
}

func put(file, command, text string) error {
	if *write {
		return page.Write(file, command, text)
	}
	_, err := fmt.Print(text)
	return err
}

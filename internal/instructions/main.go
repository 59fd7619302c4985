// Instructions counts what reading and writing the generated bodies takes: not in time, which is another one on each machine and
// at each moment, but in instructions, by valgrind. It prints a table, and fails if anything takes more than it may.
//
//	go run ./internal/instructions [-write]
//
// With -write the table goes into docs/performance.md.
package main

import (
	"flag"
	"fmt"
	"log"
	"os"
	"strings"

	"github.com/go-multistatus/multistatus/internal/callgrind"
	"github.com/go-multistatus/multistatus/internal/page"
)

const (
	performance = "docs/performance.md"
	command     = "go run ./internal/instructions -write"
	self        = "github.com/go-multistatus/multistatus/internal/instructions"
)

var (
	write   = flag.Bool("write", false, "put the table into "+performance)
	counted = flag.Bool("count", false, "do what is counted: for valgrind")
)

func main() {
	log.SetFlags(0)
	flag.Parse()
	if *counted {
		count(os.Stdout)
		return
	}
	if err := run(); err != nil {
		log.Fatal("instructions: ", err)
	}
}

func run() error {
	sizes, counts, err := callgrind.Count(self, "-count")
	if err != nil {
		return err
	}
	rows, err := join(sizes, counts)
	if err != nil {
		return err
	}
	fmt.Print(table(rows))
	if bad := dear(rows); len(bad) > 0 {
		return fmt.Errorf("more than they may:\n%s", strings.Join(bad, "\n"))
	}
	if *write {
		return page.Write(performance, command, table(rows))
	}
	return nil
}

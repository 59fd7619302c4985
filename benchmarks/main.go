// Benchmarks measures this package beside others that read or write the same bodies, all in one run, and prints tables of
// how many times as fast each is as encoding/xml:
//
//	go -C benchmarks run . [-quick] [-n 100,1,10000] [-o FILE | -write]
//
// Peers in C, C++ and Rust take part if native/run.sh has built them. Each sample is a process of its own that does one task
// with one body for a while; what counts is the CPU time of all its threads, so that of a garbage collector too. The peers take
// turns, round by round, in another order each time. Each has to find in the body what encoding/xml finds, or the run fails.
//
// With -o the figures go into a file, and with -write into results/latest.json and the tables into docs/performance.md; with
// -from FILE nothing is measured, and the tables are made of figures that were kept. It needs a system of the Unix kind.
package main

import (
	"flag"
	"fmt"
	"log"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/go-multistatus/multistatus/benchmarks/internal/result"
	"github.com/go-multistatus/multistatus/internal/page"
)

const (
	performance = "../docs/performance.md"
	command     = "go -C benchmarks run . -write"
	kept        = "results/latest.json"
)

var (
	quick   = flag.Bool("quick", false, "measure little: a look whether all works, within a minute")
	numbers = flag.String("n", "100,1,10000", "the numbers of responses of the bodies")
	rounds  = flag.Int("rounds", 9, "how many rounds")
	took    = flag.Duration("time", 60*time.Millisecond, "CPU time of a sample")
	budget  = flag.Duration("budget", 8*time.Minute, "begin no round that would not end within it, but one for each number of responses")
	from    = flag.String("from", "", "measure nothing, and take the figures of that file")
	write   = flag.Bool("write", false, "write the figures into "+kept+" and the tables into docs/performance.md")
	out     = flag.String("o", "", "write the figures into that file")
	one     = flag.String("sample", "", "measure that one peer with the file and the milliseconds in the arguments")
)

func main() {
	log.SetFlags(0)
	flag.Parse()
	if err := run(); err != nil {
		log.Fatal(err)
	}
}

func run() error {
	if *one != "" {
		return printSample(*one, flag.Arg(0), flag.Arg(1))
	}
	r, err := figures()
	if err != nil {
		return err
	}
	text := report(r)
	fmt.Print(text)
	if *write {
		*out = kept
	}
	if *out != "" {
		if err := r.Save(*out); err != nil {
			return err
		}
	}
	if !*write {
		return nil
	}
	return page.Write(performance, command, text)
}

// printSample is what the process of a sample does.
func printSample(name, file, ms string) error {
	p, err := findPeer(name)
	if err != nil {
		return err
	}
	n, err := strconv.Atoi(ms)
	if err != nil {
		return err
	}
	s, err := p.measure(file, time.Duration(n)*time.Millisecond)
	if err != nil {
		return err
	}
	fmt.Println(printFields(s.fields()))
	return nil
}

func figures() (*result.Run, error) {
	if *from != "" {
		return result.Load(*from)
	}
	p := plan{rounds: *rounds, time: *took, budget: *budget}
	for _, s := range strings.Split(*numbers, ",") {
		n, err := strconv.Atoi(s)
		if err != nil || n < 1 {
			return nil, fmt.Errorf("-n: no number of responses: %q", s)
		}
		p.responses = append(p.responses, n)
	}
	if *quick {
		p = plan{responses: []int{100, 1}, rounds: 3, time: 10 * time.Millisecond, budget: 40 * time.Second}
	}
	dir, err := os.MkdirTemp("", "multistatus-benchmarks-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	return p.measure(dir)
}

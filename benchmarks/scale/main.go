// Scale decodes and writes bodies of ten thousand, a hundred thousand and a million responses, none of which is ever held in
// memory as a whole, and prints what each response costs and how much memory there was at most:
//
//	go -C benchmarks run ./scale [-body KIND] [-write]
//
// Each number is that of a process of its own. With -write the figures go into results/scale.json and the table into
// docs/performance.md; with -from FILE the table is made of figures that were kept.
package main

import (
	"flag"
	"fmt"
	"log"
	"os"
	"os/exec"
	"strconv"

	"github.com/go-multistatus/multistatus/internal/page"
)

const (
	performance = "../docs/performance.md" // from the folder benchmarks
	command     = "go -C benchmarks run ./scale -write"
	kept        = "results/scale.json"
)

// sizes are numbers of responses.
var sizes = []int{10_000, 100_000, 1_000_000}

var (
	kind  = flag.String("body", "nextcloud", "the kind of body")
	from  = flag.String("from", "", "measure nothing, and take the figures of that file")
	write = flag.Bool("write", false, "write the figures into "+kept+" and the table into docs/performance.md")
	one   = flag.String("measure", "", "measure only that: decode or encode, with the responses in the argument")
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
		return printFigures(*one, *kind, flag.Arg(0))
	}
	r, err := results()
	if err != nil {
		return err
	}
	text := r.table()
	fmt.Print(text)
	if !*write {
		return nil
	}
	if err := r.save(kept); err != nil {
		return err
	}
	return page.Write(performance, command, text)
}

// printFigures is what the process of one number does.
func printFigures(task, kind, arg string) error {
	n, err := strconv.Atoi(arg)
	if err != nil {
		return err
	}
	f, err := measure(task, kind, n)
	if err != nil {
		return err
	}
	_, err = fmt.Println(f.PerResponse, f.Heap, f.RSS, f.Bytes)
	return err
}

func results() (*result, error) {
	if *from != "" {
		return load(*from)
	}
	r := newResult(*kind)
	for _, n := range sizes {
		l := line{Responses: n}
		for task, f := range map[string]*figures{decode: &l.Decode, encode: &l.Encode} {
			if err := f.start(task, *kind, n); err != nil {
				return nil, fmt.Errorf("%s %d: %w", task, n, err)
			}
		}
		log.Printf("%d responses are done", n)
		r.Lines = append(r.Lines, l)
	}
	return r, nil
}

// start has a process of its own measure f.
func (f *figures) start(task, kind string, n int) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	cmd := exec.Command(self, "-body", kind, "-measure", task, strconv.Itoa(n))
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return err
	}
	_, err = fmt.Sscan(string(out), &f.PerResponse, &f.Heap, &f.RSS, &f.Bytes)
	return err
}

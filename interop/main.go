// Command interop puts the examples of package multistatus to software of others on this machine: clients talk to
// examples/davserve, and examples/davls and the command multistatus read servers. It prints what passed, and fails where
// something does not that is not on its list of known failures. run.sh installs what it needs.
package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	write := flag.Bool("write", false, "write the matrices and versions to docs/interop.md")
	limit := flag.Duration("timeout", 10*time.Minute, "how long all may take")
	only := flag.String("only", "", "run only the programs whose name has this in it")
	complete := flag.Bool("complete", false, "fail if the machine cannot run something")
	flag.Parse()
	ctx, orphaned := context.WithCancel(ctx)
	go whenOrphaned(orphaned)
	ctx, cancel := context.WithTimeout(ctx, *limit)
	err := run(ctx, *only, *write, *complete)
	cancel()
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "interop:", err)
		os.Exit(1)
	}
}

// suite is one run.
type suite struct {
	tmp      string
	bin      string // where the project's programs are
	only     string
	outcomes map[[2]string]outcome // by program and check
	peaks    map[string]int        // memory of the project's programs, in KiB
	bad      int
	absent   []string // what was not run, and why
}

func run(ctx context.Context, only string, write, complete bool) error {
	tmp, err := os.MkdirTemp("", "interop-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(tmp)
	// Servers that run as another user have to get to their directories.
	if err := os.Chmod(tmp, 0o755); err != nil {
		return err
	}
	s := &suite{tmp: tmp, bin: filepath.Join(tmp, "bin"), only: only, outcomes: map[[2]string]outcome{}, peaks: map[string]int{}}
	if err := s.build(ctx); err != nil {
		return err
	}
	begun := time.Now()
	s.clients(ctx)
	s.servers(ctx)
	if s.wanted(row{name: "memory"}) {
		s.memory(ctx)
	}
	var page bytes.Buffer
	for _, m := range matrices() {
		m.print(&page, s.cell)
	}
	os.Stdout.Write(page.Bytes())
	fmt.Print(peaksLine(s.peaks))
	fmt.Printf("%d seconds\n", int(time.Since(begun).Seconds()))
	s.tellAbsent()
	if ctx.Err() != nil {
		return fmt.Errorf("it was ended before all was done: %w", ctx.Err())
	}
	if s.bad > 0 {
		return fmt.Errorf("%d results are not as they have to be", s.bad)
	}
	if complete && len(s.absent) > 0 {
		return errors.New("not all was run, as -complete asks")
	}
	if write {
		return writePage(ctx, s.peaks)
	}
	return nil
}

// whenOrphaned calls stop once the process that started this one has ended, for then nobody waits for the results.
func whenOrphaned(stop func()) {
	for parent := os.Getppid(); os.Getppid() == parent; {
		time.Sleep(time.Second)
	}
	stop()
}

// tellAbsent tells of what the machine cannot run.
func (s *suite) tellAbsent() {
	if len(s.absent) == 0 {
		return
	}
	fmt.Printf("\n!!! %d CHECKS NOT RUN, FOR THIS MACHINE CANNOT RUN THEM:\n", len(s.absent))
	for _, a := range s.absent {
		fmt.Println("!!! NOT RUN:", a)
	}
}

// build builds the programs of the project.
func (s *suite) build(ctx context.Context) error {
	for _, dir := range []string{"examples/davserve", "examples/davls", "cmd/multistatus"} {
		cmd := command(ctx, "go", "build", "-o", s.bin+"/", "./"+dir)
		cmd.Dir = ".."
		if _, err := output(cmd, ""); err != nil {
			return err
		}
	}
	return nil
}

func (s *suite) wanted(r row) bool { return strings.Contains(r.name, s.only) }

// teller returns what takes the results of one program.
func (s *suite) teller(r row) func(check string, err error) {
	begun := time.Now()
	return func(check string, err error) {
		o, bad, why := judge(r, check, err)
		s.outcomes[[2]string{r.name, check}] = o
		fmt.Fprintf(os.Stderr, "%s, %s: %s after %.1f s", r.name, check, o, time.Since(begun).Seconds())
		if why != "" {
			fmt.Fprintf(os.Stderr, ": %s", clip(why))
		}
		fmt.Fprintln(os.Stderr)
		if bad {
			s.bad++
		}
		if o == notRun {
			s.absent = append(s.absent, r.name+", "+check+": "+why)
		}
	}
}

// cell is what the run found.
func (s *suite) cell(r row, check string) (outcome, *failure) {
	o, f := expected(r, check)
	if o == notClaimed {
		return o, nil
	}
	got, ok := s.outcomes[[2]string{r.name, check}]
	if !ok {
		got = notRun
	}
	return got, f
}

func (s *suite) clients(ctx context.Context) {
	davserve := filepath.Join(s.bin, "davserve")
	for i := range clientKinds {
		k := &clientKinds[i]
		if s.wanted(k.row) {
			tryClient(ctx, k, davserve, s.place(k.name), s.teller(k.row))
		}
	}
	if r := litmusMatrix().rows[0]; s.wanted(r) {
		tryLitmus(ctx, davserve, s.place(r.name), s.teller(r))
	}
}

// place returns a directory for one program.
func (s *suite) place(name string) string {
	return filepath.Join(s.tmp, strings.ReplaceAll(name, " ", "-"))
}

// matrices are all that there are, in the order of the page.
func matrices() []*matrix {
	return []*matrix{clientMatrix(), litmusMatrix(), serverMatrix(), memoryMatrix()}
}

func (s *suite) servers(ctx context.Context) {
	for i := range serverKinds {
		k := &serverKinds[i]
		if s.wanted(k.row) {
			tryServer(ctx, k, s.bin, s.place(k.name), s.teller(k.row))
		}
	}
}

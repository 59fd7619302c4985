// Package callgrind counts the instructions that pieces of a program take, by running it under valgrind: numbers that are nearly the
// same each time, on a machine that does much else too.
package callgrind

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
)

// Start and Stop stand around a piece that is counted: they are where callgrind writes down what it has counted since the last of
// them. Without valgrind they do nothing.
//
//go:noinline
func Start() {}

// Stop ends what Start begins.
//
//go:noinline
func Stop() {}

// self is this package, as callgrind knows it.
const self = "github.com/go-multistatus/multistatus/internal/callgrind"

// Count builds the program that a package is, runs it with args under valgrind, and returns what it printed, and how many
// instructions each piece took, in their order. It is built anew: go run leaves the names of functions out.
func Count(program string, args ...string) (out []byte, counts []float64, err error) {
	dir, err := os.MkdirTemp("", "callgrind")
	if err != nil {
		return nil, nil, err
	}
	defer os.RemoveAll(dir)
	binary, file := filepath.Join(dir, "program"), filepath.Join(dir, "callgrind.out")
	if said, err := exec.Command("go", "build", "-o", binary, program).CombinedOutput(); err != nil {
		return nil, nil, fmt.Errorf("go build: %w\n%s", err, said)
	}
	if out, err = run(file, append([]string{binary}, args...)); err != nil {
		return nil, nil, err
	}
	dumps, err := os.Open(file)
	if err != nil {
		return nil, nil, err
	}
	defer dumps.Close()
	counts, err = readCounts(dumps)
	return out, counts, err
}

// run runs a command under valgrind, which writes its dumps to file, and returns what the command printed.
// Neither the collector nor a second thread is to be counted; signals between goroutines confuse valgrind,
// and it does not know every instruction that it says the processor has.
func run(file string, command []string) ([]byte, error) {
	cmd := exec.Command("valgrind", append([]string{"--tool=callgrind", "--quiet", "--dump-line=no", "--combine-dumps=yes",
		"--dump-before=" + self + ".Start", "--dump-before=" + self + ".Stop", "--callgrind-out-file=" + file}, command...)...)
	cmd.Env = append(os.Environ(), "GOMAXPROCS=1", "GOGC=off", "GODEBUG=asyncpreemptoff=1,cpu.rdtscp=off")
	var out, report bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &report
	if err := cmd.Run(); err != nil {
		return nil, fmt.Errorf("valgrind: %w\n%s", err, report.Bytes())
	}
	return out.Bytes(), nil
}

// readCounts returns the instructions between each Start and Stop.
func readCounts(dumps io.Reader) (counts []float64, err error) {
	in := bufio.NewScanner(dumps)
	in.Buffer(nil, 1<<20)
	measured := false
	for in.Scan() {
		if trigger, is := strings.CutPrefix(in.Text(), "desc: Trigger: "); is {
			measured = trigger == "--dump-before="+self+".Stop"
		}
		total, is := strings.CutPrefix(in.Text(), "totals: ")
		if !is || !measured {
			continue
		}
		n, err := strconv.ParseFloat(total, 64)
		if err != nil {
			return nil, err
		}
		counts = append(counts, n)
	}
	return counts, in.Err()
}

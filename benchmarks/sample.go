package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"time"

	"github.com/go-multistatus/multistatus"
	"github.com/go-multistatus/multistatus/benchmarks/internal/cpu"
)

// A sample is what a process measured that does nothing but one task of one peer.
type sample struct {
	Passes int // how often it went through the body
	CPU    int // nanoseconds of the process, of all its threads
	Allocs int // of all passes; -1 where nobody counts
	vector
}

func (s *sample) fields() []field {
	return append([]field{{"passes", &s.Passes}, {"cpu", &s.CPU}, {"allocs", &s.Allocs}}, s.vector.fields()...)
}

// measure goes through the body of a file for at least so long, after a quarter of that to warm up.
func (p *peer) measure(file string, atLeast time.Duration) (s sample, _ error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return s, err
	}
	run, err := p.prepare(string(text), io.Discard)
	if err != nil {
		return s, err
	}
	if _, err := run.measure(atLeast / 4); err != nil {
		return s, err
	}
	if s, err = run.measure(atLeast); err != nil || p.task == decode {
		return s, err
	}
	var out bytes.Buffer
	if run, err = p.prepare(string(text), &out); err != nil {
		return s, err
	}
	if _, err := run(); err != nil {
		return s, err
	}
	s.vector, err = written(out.Bytes())
	return s, err
}

// measure looks at the clock so seldom that this takes no time, even where a pass takes but a microsecond.
func (run pass) measure(atLeast time.Duration) (s sample, err error) {
	mallocs := countMallocs()
	begin, err := cpu.Time()
	for batch := 1; err == nil && (s.Passes == 0 || time.Duration(s.CPU) < atLeast); {
		for range batch {
			if s.vector, err = run(); err != nil {
				return s, err
			}
		}
		s.Passes += batch
		var now time.Duration
		if now, err = cpu.Time(); now-begin < atLeast/16 {
			batch *= 2
		}
		s.CPU = max(1, int(now-begin))
	}
	s.Allocs = countMallocs() - mallocs
	return s, err
}

func countMallocs() int {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int(m.Mallocs)
}

// written returns what is in a body that a peer has written.
func written(body []byte) (v vector, err error) {
	m, err := multistatus.Parse(body, nil)
	if err != nil {
		return v, err
	}
	for i := range m.Responses {
		v.add(&m.Responses[i], nil)
	}
	return v, nil
}

// A body is one of the bodies, in a file.
type body struct {
	kind string
	n    int // responses
	file string
	size int
	all  vector
	two  vector // of the two properties that are selected
}

// sample measures p in a process of its own.
func (p *peer) sample(b *body, atLeast time.Duration) (sample, error) {
	s, err := p.start(b, atLeast)
	if err == nil {
		err = p.check(b, s.vector)
	}
	if err != nil {
		return s, fmt.Errorf("%s, %s of %d: %w", p.name, b.kind, b.n, err)
	}
	return s, nil
}

// start has the process measure, and takes what it prints, or what it has written.
func (p *peer) start(b *body, atLeast time.Duration) (s sample, _ error) {
	self, err := os.Executable()
	if err != nil {
		return s, err
	}
	ms, out := strconv.FormatInt(atLeast.Milliseconds(), 10), b.file+".out"
	cmd := exec.Command(self, "-sample", p.name, b.file, ms)
	if p.native != "" {
		path, _ := p.executable()
		cmd = exec.Command(path, b.file, ms, out)
	}
	cmd.Stderr = os.Stderr
	line, err := cmd.Output()
	if err != nil {
		return s, err
	}
	if err := scanFields(string(line), s.fields()); err != nil || p.native == "" || p.task == decode {
		return s, err
	}
	text, err := os.ReadFile(out)
	if err != nil {
		return s, err
	}
	s.vector, err = written(text)
	return s, err
}

// check compares what p has found with what encoding/xml finds.
func (p *peer) check(b *body, got vector) error {
	want := b.all
	switch {
	case p.task == serve:
		if got.Responses != want.Responses+1 { // the collection itself
			return fmt.Errorf("found %d responses, want %d", got.Responses, want.Responses+1)
		}
		return nil
	case p.only != nil:
		want = b.two
	}
	if !p.matches(got, want) {
		return fmt.Errorf("found %v, want %v", got, want)
	}
	return nil
}

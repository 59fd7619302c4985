package main

import (
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/go-multistatus/multistatus"
	"github.com/go-multistatus/multistatus/benchmarks/internal/cpu"
	"github.com/go-multistatus/multistatus/internal/bodies"
	"github.com/go-multistatus/multistatus/internal/records"
)

// What is measured.
const (
	decode = "decode"
	encode = "encode"
)

// figures are what a process has measured.
type figures struct {
	PerResponse float64 `json:"cpu_ns_per_response"`
	Heap        int64   `json:"heap_bytes"`    // the most that lived, above what lived before
	RSS         int64   `json:"max_rss_bytes"` // of the whole process
	Bytes       int64   `json:"bytes"`         // of the body
}

const (
	piece   = 1000 // responses that differ: a body has them again and again
	samples = 32   // how often in a body the memory is measured
	least   = 200 * time.Millisecond
)

// A stream goes through a body of so many responses, and calls at after each.
type stream func(n int, at func(i int)) (bytes int64, err error)

// measure goes through bodies of n responses: for the time at least once and so long, and once more for the memory.
func measure(task, kind string, n int) (f figures, _ error) {
	run, err := open(task, kind)
	if err != nil {
		return f, err
	}
	if f.PerResponse, err = perResponse(run, n); err != nil {
		return f, err
	}
	if f.RSS, err = cpu.MaxRSS(); err != nil {
		return f, err
	}
	if run, err = open(task, kind); err != nil {
		return f, err
	}
	base := cpu.Living()
	f.Bytes, err = run(n, func(i int) {
		if i%max(1, n/samples) == 0 {
			f.Heap = max(f.Heap, cpu.Living()-base)
		}
	})
	return f, err
}

func perResponse(run stream, n int) (float64, error) {
	begin, err := cpu.Time()
	if err != nil {
		return 0, err
	}
	for passes := 1; ; passes++ {
		if _, err := run(n, func(int) {}); err != nil {
			return 0, err
		}
		now, err := cpu.Time()
		if err != nil {
			return 0, err
		}
		if now-begin >= least {
			return float64(now-begin) / float64(passes) / float64(n), nil
		}
	}
}

// open makes ready what the stream of a task needs, in much the same memory for every number of responses.
func open(task, kind string) (stream, error) {
	i := slices.IndexFunc(bodies.Kinds, func(k bodies.Kind) bool { return k.Name == kind })
	if i < 0 {
		return nil, fmt.Errorf("no body is called %q", kind)
	}
	switch task {
	case decode:
		return decoding(&bodies.Kinds[i]), nil
	case encode:
		return encoding(&bodies.Kinds[i])
	}
	return nil, fmt.Errorf("no task is called %q", task)
}

func decoding(k *bodies.Kind) stream {
	var d multistatus.Decoder
	var r multistatus.Response
	return func(n int, at func(int)) (int64, error) {
		d.Reset(k.Repeat(piece, n/piece), nil)
		for i := 0; ; i++ {
			switch err := d.Next(&r); {
			case err == io.EOF && i != n:
				return 0, fmt.Errorf("there are %d responses, want %d", i, n)
			case err == io.EOF:
				return d.InputOffset(), nil
			case err != nil:
				return 0, err
			}
			at(i)
		}
	}
}

func encoding(k *bodies.Kind) (stream, error) {
	m, err := multistatus.Parse([]byte(k.Make(piece)), nil)
	if err != nil {
		return nil, err
	}
	b := records.New(m)
	var e multistatus.Encoder
	return func(n int, at func(int)) (int64, error) {
		var out counter
		e.Reset(&out, &b.Options)
		for i := range n {
			b.Records[i%piece].Write(&e)
			at(i)
		}
		err := e.Close()
		return int64(out), err
	}, nil
}

// counter is a writer that counts the bytes.
type counter int64

// Write counts p.
func (c *counter) Write(p []byte) (int, error) {
	*c += counter(len(p))
	return len(p), nil
}

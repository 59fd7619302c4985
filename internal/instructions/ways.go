package main

import (
	"fmt"
	"io"
	"runtime"
	"strings"

	"github.com/go-multistatus/multistatus"
	"github.com/go-multistatus/multistatus/internal/bodies"
	"github.com/go-multistatus/multistatus/internal/callgrind"
	"github.com/go-multistatus/multistatus/internal/records"
)

// A way to read or write a body.
type way struct {
	name      string
	responses int
	work      func(body string) func() // what is counted, when all that it needs is there
}

var ways = []way{
	{"decoding", 100, again},
	{"decoding, new Decoder", 100, anew},
	{"decoding from a reader", 100, fromReader},
	{"one response, from a reader, new Decoder", 1, anewFromReader},
	{"encoding by calls", 100, calls},
	{"encoding decoded Responses", 100, responses},
}

// most is how many instructions each way may take for a byte of each body, in the order of bodies.Kinds: what they took when
// this was written, and a tenth more.
var most = [][]float64{
	{3.4, 4.5, 8.0, 5.6, 8.6, 26},
	{5.6, 7.1, 11.1, 5.9, 10.2, 28.5},
	{4.3, 5.4, 9.0, 6.4, 9.7, 27},
	{86, 79, 119, 27, 123, 75},
	{5.9, 9.1, 9.1, 8.1, 6.2, 13.6},
	{6.1, 8.5, 8.3, 4.0, 6.0, 13.6},
}

// passes is how often each way is gone before it is counted, and when it is.
const passes = 4

// count goes each way with each body under valgrind, and prints how many bytes that were.
func count(w io.Writer) {
	for _, way := range ways {
		for i := range bodies.Kinds {
			body := bodies.Kinds[i].Make(way.responses)
			work := way.work(body)
			for range passes {
				work()
			}
			runtime.GC()
			callgrind.Start()
			for range passes {
				work()
			}
			callgrind.Stop()
			fmt.Fprintln(w, passes*len(body))
		}
	}
}

func drain(d *multistatus.Decoder, r *multistatus.Response) {
	for {
		switch err := d.Next(r); err {
		case nil:
		case io.EOF:
			return
		default:
			panic(err)
		}
	}
}

func again(body string) func() {
	var d multistatus.Decoder
	var r multistatus.Response
	return func() {
		d.ResetString(body, nil)
		drain(&d, &r)
	}
}

func anew(body string) func() {
	return func() { again(body)() }
}

func fromReader(body string) func() {
	var d multistatus.Decoder
	var r multistatus.Response
	return func() {
		d.Reset(strings.NewReader(body), nil)
		drain(&d, &r)
	}
}

func anewFromReader(body string) func() {
	return func() {
		var r multistatus.Response
		drain(multistatus.NewDecoder(strings.NewReader(body), nil), &r)
	}
}

func calls(body string) func() {
	m := parse(body)
	b := records.New(m)
	var e multistatus.Encoder
	return func() {
		e.Reset(io.Discard, &b.Options)
		for i := range b.Records {
			b.Records[i].Write(&e)
		}
		finish(&e, m)
	}
}

func responses(body string) func() {
	m := parse(body)
	opts := records.Options(m)
	var e multistatus.Encoder
	return func() {
		e.Reset(io.Discard, &opts)
		for i := range m.Responses {
			e.Encode(&m.Responses[i])
		}
		finish(&e, m)
	}
}

func parse(body string) *multistatus.Multistatus {
	m, err := multistatus.Parse([]byte(body), nil)
	if err != nil {
		panic(err)
	}
	return m
}

func finish(e *multistatus.Encoder, m *multistatus.Multistatus) {
	e.Trailer(m.Description, m.SyncToken)
	if err := e.Close(); err != nil {
		panic(err)
	}
}

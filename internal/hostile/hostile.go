// Package hostile makes bodies and rows of calls that are meant to cost more than they are worth: to need a deep stack,
// much memory for few bytes, or work that grows faster than they do. Tests and internal/cost run all of them.
package hostile

import (
	"io"
	"strconv"
	"strings"

	"github.com/go-multistatus/multistatus"
)

// Shape is one such kind of input, which can be had in any size.
type Shape struct {
	Name string
	N    int // a size at which its own work outweighs what goes before it
	Make func(n int) Run
}

// Run is a shape of some size.
type Run struct {
	Size int    // bytes that are read, or are about to be written
	Work func() // what is measured; it panics if the outcome is not the right one
}

// Shapes returns all shapes.
func Shapes() []Shape {
	var all []Shape
	for _, b := range bodies {
		all = append(all, b.fromString(), b.fromReader())
	}
	for _, c := range charsets {
		all = append(all, c.shape())
	}
	all = append(all, values()...)
	return append(all, writers...)
}

// NoLimits lets everything through, so that it is seen how costs grow, and not where they end.
var NoLimits = multistatus.DecodeOptions{
	MaxBytes: -1, MaxResponseBytes: -1, MaxValueBytes: -1, MaxTextBytes: -1, MaxNameBytes: -1,
	MaxDepth: -1, MaxAttrs: -1, MaxNamespaces: -1, MaxProps: -1, MaxHrefs: -1,
}

func rep(n int, s string) string { return strings.Repeat(s, n) }

// each returns n copies of s, with numbers in the place of each #.
func each(n int, s string) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.ReplaceAll(s, "#", strconv.Itoa(i)))
	}
	return b.String()
}

const (
	head  = `<D:multistatus xmlns:D="DAV:">`
	tail  = `</D:multistatus>`
	begin = `<D:response><D:href>/a</D:href><D:propstat><D:prop>`
	end   = `</D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response>`
)

func inMulti(s string) string { return head + s + tail }
func inResponse(s string) string {
	return inMulti(`<D:response><D:href>/a</D:href>` + s + `</D:response>`)
}
func inProps(s string) string { return inMulti(begin + s + end) }

// check panics if err is not nil: a shape that is not read to its end measures nothing.
func check(err error) {
	if err != nil {
		panic(err)
	}
}

// oneByte reads one byte at a time, without a wrapper that allocates.
type oneByte struct {
	s string
	i int
}

func (o *oneByte) Read(p []byte) (int, error) {
	if o.i == len(o.s) {
		return 0, io.EOF
	}
	p[0] = o.s[o.i]
	o.i++
	return 1, nil
}

// decode reads all responses, into one Response.
func decode(d *multistatus.Decoder) {
	var r multistatus.Response
	for {
		switch err := d.Next(&r); err {
		case nil:
		case io.EOF:
			return
		default:
			panic(err)
		}
	}
}

// body is a shape of what is decoded.
type body struct {
	name string
	n    int
	make func(n int) string
}

// fromString is the body as a string, the cheapest way for the decoder.
func (b body) fromString() Shape {
	return Shape{b.name, b.n, func(n int) Run {
		text := b.make(n)
		return Run{len(text), func() {
			var d multistatus.Decoder
			d.ResetString(text, &NoLimits)
			decode(&d)
		}}
	}}
}

// fromReader is the body byte by byte with places of quirks asked for, the dearest way.
func (b body) fromReader() Shape {
	return Shape{b.name + ", byte by byte", b.n, func(n int) Run {
		text := b.make(n)
		return Run{len(text), func() {
			opts := NoLimits
			opts.OnQuirk = func(q multistatus.QuirkReport) {
				if q.Line == 0 {
					panic("a quirk without a place")
				}
			}
			decode(multistatus.NewDecoder(&oneByte{s: text}, &opts))
		}}
	}}
}

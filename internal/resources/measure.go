package main

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"runtime"

	"github.com/go-multistatus/multistatus"
)

// A decoder is a column of the table. It decodes what r has to its end, and holds what it made.
type decoder struct {
	name     string
	patience int64 // how much of a body without end there is
	decode   func(r io.Reader) (made any, err error)
	word     func(error) string
}

var decoders = []decoder{
	{"this package", 1 << 30, stream, reason},
	{"encoding/xml, tokens", 32 << 20, tokens, refused},
	{"encoding/xml, structs", 32 << 20, structs, refused},
}

// stream goes through the responses, as for a body of any length.
func stream(r io.Reader) (any, error) {
	d := multistatus.NewDecoder(r, nil)
	for {
		var resp multistatus.Response
		if err := d.Next(&resp); err == io.EOF {
			return d, nil
		} else if err != nil {
			return d, err
		}
	}
}

func tokens(r io.Reader) (any, error) {
	d := xml.NewDecoder(r)
	for {
		if _, err := d.Token(); err == io.EOF {
			return d, nil
		} else if err != nil {
			return d, err
		}
	}
}

// structs decodes into what clients commonly have.
func structs(r io.Reader) (any, error) {
	var m struct {
		XMLName   xml.Name `xml:"DAV: multistatus"`
		Responses []struct {
			Hrefs     []string `xml:"DAV: href"`
			Propstats []struct {
				Prop struct {
					Inner []byte `xml:",innerxml"`
				} `xml:"DAV: prop"`
				Status string `xml:"DAV: status"`
			} `xml:"DAV: propstat"`
		} `xml:"DAV: response"`
	}
	err := xml.NewDecoder(r).Decode(&m)
	return &m, err
}

// reasons are the errors of this package that the bodies cause, by their names.
var reasons = []struct {
	err  error
	name string
}{
	{multistatus.ErrDoctype, "ErrDoctype"},
	{multistatus.ErrNotMultistatus, "ErrNotMultistatus"},
	{multistatus.ErrTrailing, "ErrTrailing"},
	{io.ErrUnexpectedEOF, "io.ErrUnexpectedEOF"},
}

func reason(err error) string {
	var limit *multistatus.LimitError
	if errors.As(err, &limit) {
		return "limit " + limit.Limit
	}
	for _, r := range reasons {
		if errors.Is(err, r.err) {
			return r.name
		}
	}
	return refused(err)
}

func refused(err error) string {
	switch {
	case err == nil:
		return "accepted"
	case errors.Is(err, errStopped):
		return "reads on"
	}
	return "refused"
}

var errStopped = errors.New("nobody waits that long")

// A result is a cell of the table.
type result struct {
	word   string
	read   int64 // bytes
	memory int64 // the most that lived at once, heap and stacks, above what there was before
}

// A gauge is a reader that counts what is read, up to a limit, and measures the memory each time that has doubled.
type gauge struct {
	r    io.Reader
	read int64
	max  int64
	base int64
	peak int64
	next int64 // when it is measured; less than 0: never
}

func (g *gauge) Read(p []byte) (int, error) {
	if g.read >= g.max {
		return 0, errStopped
	}
	if g.next >= 0 && g.read >= g.next {
		g.sample()
		g.next = max(2*g.read, 64<<10)
	}
	n, err := g.r.Read(p[:min(int64(len(p)), g.max-g.read)])
	g.read += int64(n)
	return n, err
}

func (g *gauge) sample() {
	g.peak = max(g.peak, living()-g.base)
}

// living returns the bytes in use, without garbage.
func living() int64 {
	for range 2 { // what was in a sync.Pool goes with the second
		runtime.GC()
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc + m.StackInuse)
}

// run decodes b, of which it has no more than max bytes.
func (d *decoder) run(b *body, max int64) result {
	g := &gauge{r: b.open(), max: max, base: living()}
	made, err := d.decode(g)
	g.sample()
	runtime.KeepAlive(made)
	return result{d.word(err), g.read, g.peak}
}

// String has the figures as powers of two, so that they are much the same on every machine.
func (r result) String() string {
	return fmt.Sprintf("%s · %s · %s", r.word, rounded(r.read, 1<<10), rounded(r.memory, 1<<20))
}

// rounded is the power of two next to n, and at least least.
func rounded(n, least int64) string {
	up := least
	for up+up/2 < n {
		up *= 2
	}
	switch {
	case up >= 1<<20:
		return fmt.Sprintf("%d MiB", up>>20)
	case up >= 1<<10:
		return fmt.Sprintf("%d KiB", up>>10)
	}
	return fmt.Sprintf("%d B", up)
}

package main

import (
	"errors"
	"strings"
	"testing/iotest"

	"github.com/go-multistatus/multistatus"
)

// A way is one of the ways in which a document is decoded.
type way struct {
	name   string
	body   func(g group, doc string) (body string, ok bool)
	decode func(body string, opts *multistatus.DecodeOptions) error
}

// numWays is the number of ways.
const numWays = 3

var ways = [numWays]way{
	{"as an element", func(_ group, doc string) (string, bool) { return doc, true }, element},
	{"in a property", func(g group, doc string) (string, bool) {
		body, ok := value(doc)
		return body, ok && rootDecides(g, doc)
	}, multi},
	{"around a multistatus", func(_ group, doc string) (string, bool) { return framed(doc) }, multi},
}

// element decodes a document with any root.
func element(body string, opts *multistatus.DecodeOptions) error {
	_, err := multistatus.ParseElement([]byte(body), opts)
	return err
}

// multi decodes body at once and byte by byte, which has to be the same.
func multi(body string, opts *multistatus.DecodeOptions) error {
	_, err := multistatus.Parse([]byte(body), opts)
	var m multistatus.Multistatus
	slow := multistatus.NewDecoder(iotest.OneByteReader(strings.NewReader(body)), opts).Decode(&m)
	if message(err) != message(slow) {
		return &chunked{err, slow}
	}
	return err
}

// A chunked error is one that no document is to cause.
type chunked struct{ whole, slow error }

func (e *chunked) Error() string {
	return "at once: " + message(e.whole) + "; byte by byte: " + message(e.slow)
}

func message(err error) string {
	if err == nil {
		return "no error"
	}
	return err.Error()
}

// An outcome is what became of a document.
type outcome struct {
	strict   error // with every quirk rejected
	tolerant error // with none
	quirks   multistatus.QuirkSet
}

func (w *way) run(body string) (o outcome) {
	o.strict = w.decode(body, &multistatus.DecodeOptions{Reject: multistatus.AllQuirks()})
	o.tolerant = w.decode(body, &multistatus.DecodeOptions{
		OnQuirk: func(q multistatus.QuirkReport) { o.quirks = o.quirks.With(q.Quirk) },
	})
	return o
}

// wrong says what is wrong about o for a document of g, or "".
func (o *outcome) wrong(g group) string {
	for _, err := range []error{o.strict, o.tolerant} {
		if e, ok := err.(*chunked); ok {
			return "it depends on how it is read: " + e.Error()
		}
	}
	switch {
	case g == oldEdition || g == undecided:
		return ""
	case g != wellFormed && o.strict == nil:
		return "strict accepts it"
	case g != wellFormed && o.tolerant == nil && o.quirks.Len() == 0:
		return "it is accepted without a quirk"
	case g == wellFormed && o.strict != nil:
		return "strict refuses it: " + o.strict.Error()
	case g == wellFormed && (o.tolerant != nil || o.quirks.Len() > 0):
		return "it is accepted with quirks: " + message(o.tolerant) + " " + o.quirks.String()
	}
	return ""
}

// An exception is a verdict that is not what the suite has, on purpose: the document is refused in strict mode for a quirk
// that the standard does not know.
type exception struct {
	quirk multistatus.Quirk
	why   string
}

var c1 = exception{multistatus.QuirkEncCp1252Mislabelled,
	"bytes from 80 to 9F in ISO-8859-1 are control characters, and servers that send them mean Windows-1252"}

// exceptions are all there are, by the identifier of the case. One that is not needed is a fault, too.
var exceptions = map[string]exception{
	"rmt-010" + isStripped: c1,
	"rmt-022" + isStripped: c1,
	"rmt-026" + isStripped: c1,
	"rmt-030" + isStripped: c1,
	"rmt-040" + isStripped: c1,
	"rmt-046" + isStripped: c1,
}

// excuses reports whether o is what e says.
func (e *exception) excuses(o *outcome) bool {
	return errors.Is(o.strict, e.quirk) && o.tolerant == nil && o.quirks == multistatus.NewQuirkSet(e.quirk)
}

// rootDecides reports whether what is expected of a document of g is expected of its root element alone, too.
// The version and a document type declaration stand in the prolog; and a malformed document may have its fault there.
func rootDecides(g group, doc string) bool {
	switch g {
	case wellFormed:
		return true
	case malformed:
		return element(bare(doc), &multistatus.DecodeOptions{Reject: multistatus.AllQuirks()}) == nil
	}
	return false
}

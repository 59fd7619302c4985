package main

import (
	"cmp"
	"io"
	"slices"
	"strings"

	"github.com/go-multistatus/multistatus"
	"github.com/go-multistatus/multistatus/internal/term"
)

// windowsLimit is how many bytes of a body Windows takes, unless it was told otherwise.
const windowsLimit = 1_000_000

// linter looks at one body. What it finds is printed response by response, in the order of the document.
type linter struct {
	c     *command
	file  string
	d     *multistatus.Decoder
	batch []finding // of the response under way and of what precedes it
	worst severity
	err   error // of the output

	places *places
	n      int   // responses
	here   place // of the response under way
	hrefs  map[hrefKey]place
	self   *selfResource // nil if it is not known
	told   [numChecks]bool

	raw   int64 // bytes of the body
	limit place // of the first byte beyond windowsLimit, until it is told
	over  bool  // limit is still to be told
}

// lint prints every quirk and what else clients or standards mind, with its place, and the error that ends the body.
func (c *command) lint(in input) int {
	l := linter{c: c, file: in.name, places: newPlaces(c.opts.ContentType), hrefs: map[hrefKey]place{}}
	if c.self != nil {
		self := *c.self
		l.self = &self
	}
	opts := c.opts
	opts.OnQuirk = forgiven(&opts, func(r multistatus.QuirkReport) { l.batch = append(l.batch, ofQuirk(in.name, r)) })
	l.d = multistatus.NewDecoder(io.TeeReader(in, &l), &opts)
	err := l.responses()
	l.end(err)
	switch {
	case l.err != nil:
		return c.fail(in.name, l.err)
	case err != io.EOF:
		return exitUnusable
	}
	return l.worst.exitCode()
}

// forgiven passes on the quirks that are no errors.
func forgiven(o *multistatus.DecodeOptions, tell func(multistatus.QuirkReport)) func(multistatus.QuirkReport) {
	return func(r multistatus.QuirkReport) {
		if !o.Reject.Has(r.Quirk) {
			tell(r)
		}
	}
}

// Write follows the bytes that the Decoder reads.
func (l *linter) Write(p []byte) (int, error) {
	before := l.raw
	l.raw += int64(len(p))
	if before <= windowsLimit && l.raw > windowsLimit {
		n := windowsLimit - before
		l.places.Write(p[:n])
		l.limit, l.over = l.places.at(l.places.end()), true
		l.places.Write(p[n:])
	} else {
		l.places.Write(p)
	}
	return len(p), nil
}

// responses goes through the body, and returns the error that ends it.
func (l *linter) responses() error {
	var r multistatus.Response
	for {
		if err := l.d.Next(&r); err != nil {
			return err
		}
		l.response(&r)
		l.flush(l.d.InputOffset())
	}
}

func (l *linter) response(r *multistatus.Response) {
	l.n++
	l.here = l.places.response(l.d.InputOffset())
	for i := range l.batch {
		if f := &l.batch[i]; f.Offset >= l.here.off {
			f.Href = string(r.Href)
		}
	}
	if l.n == 1 {
		l.checkRoot()
	}
	for _, check := range &responseChecks {
		check(l, r)
	}
}

// checkRoot looks at the root's start tag.
func (l *linter) checkRoot() {
	p := l.places
	q := l.d.Quirks()
	isDAV := !q.Has(multistatus.QuirkNsAbsent) && !q.Has(multistatus.QuirkNsUriNoColon)
	if p.name != "" && !p.lost && !strings.Contains(p.name, ":") && isDAV {
		l.tellAt(p.root, checkNsDefaultDAV, "", "")
	}
}

// end tells what only the end of the body shows, and the error if it is one.
func (l *linter) end(err error) {
	if err == io.EOF {
		l.whole()
	}
	l.flush(max(l.limit.off, l.d.InputOffset()))
	if err != io.EOF {
		l.print(ofError(l.file, err))
	}
}

// whole looks at a body that was read to its end.
func (l *linter) whole() {
	if l.n == 0 {
		l.places.rest()
		l.checkRoot()
		l.tellAt(l.places.root, checkMultistatusEmpty, "", "")
	}
	if l.self != nil && !l.self.met {
		l.tellAt(l.places.root, checkSelfMissing, l.self.url.String(), "")
	}
}

// tell adds a finding about the response under way, or nothing for checkNone.
func (l *linter) tell(id checkID, detail string, h multistatus.Href) { l.tellAt(l.here, id, detail, h) }

func (l *linter) tellAt(at place, id checkID, detail string, h multistatus.Href) {
	if id == checkNone || l.told[id] && toldOnce[id] {
		return
	}
	l.told[id] = true
	k := &checkTable[id]
	text := k.what
	if detail = strings.TrimSpace(detail); detail != "" {
		text += ": " + term.Clip(detail, maxDetail)
	}
	if h != "" {
		text += ", of " + term.Clip(string(h), maxDetail)
	}
	l.batch = append(l.batch, finding{
		File: l.file, Line: at.line, Column: at.column, Offset: at.off,
		Name: k.name, Text: text, Section: k.section, Href: string(h), level: k.severity,
	})
}

// flush prints what was found up to an offset.
func (l *linter) flush(off int64) {
	if l.over && l.limit.off <= off {
		l.tellAt(l.limit, checkLimitBody, "", "")
		l.over = false
	}
	slices.SortStableFunc(l.batch, func(a, b finding) int { return cmp.Compare(a.Offset, b.Offset) })
	for _, f := range l.batch {
		l.print(f)
	}
	l.batch = l.batch[:0]
}

// print prints a finding if it is severe enough.
func (l *linter) print(f finding) {
	l.worst = max(l.worst, f.level)
	if f.level < l.c.level {
		return
	}
	write := f.writeLine
	if l.c.asJSON {
		write = f.writeJSON
	}
	if err := write(l.c.out); l.err == nil {
		l.err = err
	}
}

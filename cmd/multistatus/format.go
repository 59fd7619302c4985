package main

import (
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/go-multistatus/multistatus"
	"github.com/go-multistatus/multistatus/internal/term"
)

// formatter re-encodes one body. It holds one response at a time.
type formatter struct {
	c    *command
	name string
	d    *multistatus.Decoder
	e    *multistatus.Encoder // nil before the first response
	n    int                  // responses
}

// format prints a body as the Encoder writes it: what was forgiven is right then.
// What it cannot write ends it: a body that lacks a response is not to look whole.
func (c *command) format(in input) int {
	opts := c.opts
	opts.OnQuirk = forgiven(&opts, func(r multistatus.QuirkReport) { f := ofQuirk(in.name, r); f.writeLine(c.errs) })
	f := formatter{c: c, name: in.name, d: multistatus.NewDecoder(in, &opts)}
	err := f.responses()
	if err == nil {
		err = f.end()
	}
	if err != nil {
		f.stop()
		c.unreadable(in.name, err)
	}
	return exitCode(f.d.Quirks(), err)
}

// responses returns nil at the end of the document.
func (f *formatter) responses() error {
	var r multistatus.Response
	for {
		switch err := f.d.Next(&r); {
		case err == io.EOF:
			return nil
		case err != nil:
			return err
		}
		f.n++
		if err := f.response(&r); err != nil {
			return err
		}
	}
}

func (f *formatter) response(r *multistatus.Response) error {
	for _, what := range append(mendForm(r), mendNames(r)...) {
		fmt.Fprintf(f.c.errs, "%s: response %d: %s\n", term.Printable(f.name), f.n, what)
	}
	f.start(r)
	err := f.e.Encode(r)
	var cannot *multistatus.EncodeError
	if errors.As(err, &cannot) {
		return fmt.Errorf("response %d: %w", f.n, err)
	}
	return err
}

// start makes the Encoder, if there is none yet. The namespaces that the first response uses are declared on the root:
// which others are in use is known too late. r may be nil.
func (f *formatter) start(r *multistatus.Response) {
	if f.e != nil {
		return
	}
	var all declarations
	if r != nil {
		all.response(r)
	}
	f.e = multistatus.NewEncoder(f.c.out, &multistatus.EncodeOptions{Indent: f.c.indent, Namespaces: all})
}

// end writes what follows the responses.
func (f *formatter) end() error {
	f.start(nil)
	f.e.Trailer(f.d.Description(), f.d.SyncToken())
	if err := f.e.Close(); err != nil {
		return err
	}
	_, err := io.WriteString(f.c.out, "\n")
	return err
}

// stop writes what was complete, and leaves the document unfinished.
func (f *formatter) stop() {
	if f.e == nil {
		return
	}
	f.e.DropResponse()
	if f.e.Flush(); f.e.Started() {
		io.WriteString(f.c.out, "\n")
	}
	f.e.Abort()
}

// mendForm gives r the form that RFC 4918, section 14.24, asks for, where that takes no guess, and tells what it did:
// a success beside propstats says no more than they do (iCloud, sabre/dav before 4.7),
// and a bare href is one of which nothing was asked (emersion's go-webdav, Radicale).
// Other faults are left: a failure beside propstats, several hrefs beside propstats, no href, an unreadable status.
func mendForm(r *multistatus.Response) (did []string) {
	switch {
	case r.Status.OK() && len(r.Propstats) > 0:
		did = append(did, "its status "+statusText(r.Status)+" beside propstats is left out")
		r.Status = multistatus.Status{}
	case r.Status.IsZero() && len(r.Propstats) == 0:
		did = append(did, "it gets a propstat 200 without properties")
		r.Propstats = append(r.Propstats, multistatus.Propstat{Status: multistatus.Status{Code: 200}})
	}
	return did
}

// mendNames makes the names of properties such as an element can have: a second colon, as Subversion sends it, becomes _.
func mendNames(r *multistatus.Response) (did []string) {
	for p := range r.Props() {
		if old := p.Name.Local; strings.Contains(old, ":") {
			p.Name.Local = strings.ReplaceAll(old, ":", "_")
			did = append(did, fmt.Sprintf("the name %s becomes %s", term.Printable(term.Clip(old, 80)), term.Printable(term.Clip(p.Name.Local, 80))))
		}
	}
	return did
}

// indentation reads the flag: spaces, tabs, and \t for each of those.
func indentation(s string) (string, error) {
	in := strings.ReplaceAll(s, `\t`, "\t")
	if strings.Trim(in, " \t") != "" {
		return "", errors.New("neither spaces nor tabs: " + strconv.Quote(s))
	}
	return in, nil
}

package main

import (
	"errors"
	"fmt"
	"io"

	"github.com/go-multistatus/multistatus"
)

// lint prints every quirk with its place, and the error that ends the body.
// A quirk that is an error is printed as that only.
func (c *command) lint(in input) int {
	opts := c.opts
	opts.OnQuirk = forgiven(&opts, func(r multistatus.QuirkReport) { lintQuirk(c.out, in.name, r) })
	d := multistatus.NewDecoder(in, &opts)
	var r multistatus.Response
	err := d.Next(&r)
	for err == nil {
		err = d.Next(&r)
	}
	if err == io.EOF {
		return exitCode(d.Quirks(), nil)
	}
	lintError(c.out, in.name, err)
	return exitUnusable
}

// forgiven passes on the quirks that are no errors.
func forgiven(o *multistatus.DecodeOptions, tell func(multistatus.QuirkReport)) func(multistatus.QuirkReport) {
	return func(r multistatus.QuirkReport) {
		if !o.Reject.Has(r.Quirk) {
			tell(r)
		}
	}
}

func lintQuirk(w io.Writer, file string, r multistatus.QuirkReport) {
	what := r.Quirk.Error()
	if r.Detail != "" {
		what += ": " + printable(clip(r.Detail, 80))
	}
	fmt.Fprintf(w, "%s:%d:%d: %s (%s)\n", printable(file), r.Line, r.Column, what, r.Quirk.Section())
}

// lintError prints an error: at its place, if it has one.
func lintError(w io.Writer, file string, err error) {
	var at *multistatus.DecodeError
	var q multistatus.Quirk
	switch {
	case !errors.As(err, &at):
		fmt.Fprintf(w, "%s: error: %s\n", printable(file), printable(err.Error()))
	case errors.As(err, &q):
		fmt.Fprintf(w, "%s:%d:%d: error: %s (%s)\n", printable(file), at.Line, at.Column, q.Error(), q.Section())
	default:
		what := at.Err.Error()
		if at.Path != "" {
			what += " in " + at.Path
		}
		fmt.Fprintf(w, "%s:%d:%d: error: %s\n", printable(file), at.Line, at.Column, printable(what))
	}
}

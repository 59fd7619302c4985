package main

import (
	"github.com/go-multistatus/multistatus"
	"github.com/go-multistatus/multistatus/internal/msjson"
)

// json prints the JSON form of a body on one line.
func (c *command) json(in input) int {
	d := multistatus.NewDecoder(in, &c.opts)
	var m multistatus.Multistatus
	err := d.Decode(&m)
	if werr := msjson.Of(&m, err).Write(c.out, ""); werr != nil {
		return c.fail(in.name, werr)
	}
	return exitCode(m.Quirks, err)
}

// exitCode is what a body's quirks and its failure come to.
func exitCode(quirks multistatus.QuirkSet, err error) int {
	switch {
	case err != nil:
		return exitUnusable
	case quirks.Len() > 0:
		return exitQuirks
	}
	return exitFine
}

package main

import (
	"github.com/go-multistatus/multistatus"
	"github.com/go-multistatus/multistatus/internal/msjson"
)

// json prints the JSON form of a body on one line, response by response.
func (c *command) json(in input) int {
	d := multistatus.NewDecoder(in, &c.opts)
	err, werr := msjson.Stream(c.out, d)
	if werr != nil {
		return c.fail(in.name, werr)
	}
	return exitCode(d.Quirks(), err)
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

package main

import "github.com/go-multistatus/multistatus/internal/term"

// paint gives s a colour, if it is to have one.
func (c *command) paint(colour, s string) string {
	if !c.colour {
		return s
	}
	return term.Paint(colour, s)
}

// watch makes the progress of reading in visible, if somebody sees it.
func (c *command) watch(in input) input {
	if c.progress {
		in.Reader = term.Watch(in.Reader, c.errs)
	}
	return in
}

package main

import (
	"fmt"
	"io"
	"slices"
)

// A pass goes through a body once and returns what it found. Encoders find nothing.
type pass func() (vector, error)

// A task is what peers do.
type task string

const (
	decode task = "decode"
	encode task = "encode"
	serve  task = "serve" // list a file system of so many files
)

// A peer is a way to do a task.
type peer struct {
	name string
	note string // what it does besides or leaves out
	task task

	// prepare makes ready whatever is not measured. What is encoded goes to w, and decoders ignore it.
	prepare func(body string, w io.Writer) (pass, error)

	bodies []string      // which it can take; empty: all
	blank  func(*vector) // clears what it does not find; nil: it finds all
	only   func(name) bool
	small  bool   // it is measured with one response too
	slow   bool   // it is not measured with ten thousand responses, which would take it a second
	native string // the executable, instead of prepare
}

// takes reports whether p can take that kind of body.
func (p *peer) takes(kind string) bool { return len(p.bodies) == 0 || slices.Contains(p.bodies, kind) }

// measures reports whether p is measured with bodies of n responses.
func (p *peer) measures(n int) bool { return (n > 1 || p.small) && (n < 10_000 || !p.slow) }

// The bodies that are a listing of files, which clients of files understand.
var listings = []string{"apache", "nextcloud", "compact"}

// peers are all of them, in the order of the tables.
var peers = slices.Concat(
	ourDecoders, stdDecoders, clients, trees, nativeDecoders,
	ourEncoders, stdEncoders, nativeEncoders,
	servers,
)

func findPeer(name string) (*peer, error) {
	for i := range peers {
		if peers[i].name == name {
			return &peers[i], nil
		}
	}
	return nil, fmt.Errorf("no peer is called %q", name)
}

// decoder makes the prepare function of a decoder of strings.
func decoder(prepare func(body string) pass) func(string, io.Writer) (pass, error) {
	return func(body string, _ io.Writer) (pass, error) { return prepare(body), nil }
}

// matches reports whether got is what p should have found in a body of which want holds.
func (p *peer) matches(got, want vector) bool {
	if p.blank != nil {
		p.blank(&got)
		p.blank(&want)
	}
	return got == want
}

// onlyResponses is for those that give files, not what was said about them.
func onlyResponses(v *vector) { *v = vector{Responses: v.Responses} }

// noValues is for those that do not look at values.
func noValues(v *vector) { v.Values, v.Elements = 0, 0 }

// noLineEnds is for those of whose texts a parser makes LF of CR LF, so that they are shorter.
func noLineEnds(v *vector) { v.Values = 0 }

package main

import (
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/go-multistatus/multistatus"
	"github.com/go-multistatus/multistatus/internal/term"
)

// problems collects what was not as it should be: each kind once, with how often and where first, for there may be millions.
type problems struct {
	kinds      []problem
	n          int
	incomplete bool // something is missing in the listing
}

type problem struct {
	what  string
	first multistatus.Href
	n     int
}

// maxKinds is how many kinds of problems are told apart, and maxWhat how much is told of each.
const (
	maxKinds = 50
	maxWhat  = 3 * maxShown
)

// add takes note of a problem at an href.
func (p *problems) add(what string, h multistatus.Href) {
	p.n++
	what = term.Clip(what, maxWhat)
	for i := range p.kinds {
		if k := &p.kinds[i]; k.what == what || i == maxKinds {
			k.n++
			return
		}
	}
	if len(p.kinds) == maxKinds {
		what = "others"
	}
	p.kinds = append(p.kinds, problem{what, h, 1})
}

// lost is add for what makes the listing incomplete.
func (p *problems) lost(what string, h multistatus.Href) {
	p.incomplete = true
	p.add(what, h)
}

func (p *problems) print(w io.Writer) {
	for _, k := range p.kinds {
		first := ""
		if k.n > 1 {
			first = fmt.Sprintf(" ×%d, first", k.n)
		}
		fmt.Fprintf(w, "davls: %s%s: %s\n", term.Printable(k.what), first, term.Clip(term.Printable(string(k.first)), maxShown))
	}
}

// progress tells how many entries there are so far, from the first second on, several times a second. A nil progress does not.
type progress struct {
	out  io.Writer
	next time.Time
	told bool
}

func (p *progress) tell(n int) {
	if p == nil || n%64 != 0 {
		return
	}
	if now := time.Now(); now.After(p.next) {
		fmt.Fprintf(p.out, "\r\x1b[K%d entries", n)
		p.next, p.told = now.Add(200*time.Millisecond), true
	}
}

func (p *progress) wipe() {
	if p != nil && p.told {
		fmt.Fprint(p.out, "\r\x1b[K")
	}
}

// lines makes a text of some lines fit for a terminal.
func lines(s string) string {
	all := strings.Split(s, "\n")
	for i := range all {
		all[i] = term.Printable(all[i])
	}
	return strings.Join(all, "\n")
}

package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"

	"github.com/go-multistatus/multistatus/internal/term"
)

// printer prints a listing, entry by entry.
type printer interface {
	print(entry) error
	end()
}

func (c *command) printer() printer {
	switch {
	case c.json:
		return jsonPrinter{c.out}
	case c.tree:
		return &treePrinter{out: c.out, root: newNode(), long: c.long, colour: c.toTerminal}
	}
	return linePrinter{c.out, c.long}
}

// linePrinter prints a path a line, after size and date if it is to be long.
type linePrinter struct {
	out  *bufio.Writer
	long bool
}

func (p linePrinter) print(e entry) error {
	if p.long {
		io.WriteString(p.out, details(e))
	}
	io.WriteString(p.out, term.Printable(e.name()))
	return p.out.WriteByte('\n')
}

func (p linePrinter) end() {}

// details is what -l prints before a name.
func details(e entry) string {
	size, date := "-", "-"
	if e.size >= 0 {
		size = strconv.FormatInt(e.size, 10)
	}
	if !e.modified.IsZero() {
		date = e.modified.Format(time.DateTime)
	}
	return fmt.Sprintf("%12s  %-19s  ", size, date)
}

// jsonPrinter prints an object a line. All that is not plain is escaped, so a terminal is safe with it, too.
type jsonPrinter struct{ out *bufio.Writer }

func (p jsonPrinter) print(e entry) error {
	var size *int64
	if e.size >= 0 {
		size = &e.size
	}
	line, err := json.Marshal(struct {
		Path       string    `json:"path"`
		Href       string    `json:"href"`
		Collection bool      `json:"collection"`
		Size       *int64    `json:"size,omitempty"`
		Modified   time.Time `json:"modified,omitzero"`
		ETag       string    `json:"etag,omitempty"`
		Type       string    `json:"type,omitempty"`
	}{e.name(), string(e.href), e.dir, size, e.modified, e.etag, e.mime})
	if err != nil {
		return err
	}
	io.WriteString(p.out, plainJSON(string(line)))
	return p.out.WriteByte('\n')
}

func (p jsonPrinter) end() {}

// plainJSON escapes what encoding/json leaves as it is and a terminal should not get. It stands in strings only.
func plainJSON(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case term.Printable(string(r)) == string(r):
			b.WriteRune(r)
		case r > 0xffff:
			hi, lo := utf16.EncodeRune(r)
			fmt.Fprintf(&b, `\u%04x\u%04x`, hi, lo)
		default:
			fmt.Fprintf(&b, `\u%04x`, r)
		}
	}
	return b.String()
}

// treePrinter keeps all entries, and draws them when there are no more.
type treePrinter struct {
	out    *bufio.Writer
	root   *node
	long   bool
	colour bool
}

// node is an entry and what is in it.
type node struct {
	entry
	below map[string]*node
}

func newNode() *node { return &node{entry: entry{size: -1}, below: map[string]*node{}} }

func (p *treePrinter) print(e entry) error {
	at := p.root
	for _, name := range e.path {
		if at.below[name] == nil {
			at.below[name] = newNode()
			at.below[name].path = []string{name}
		}
		at = at.below[name]
	}
	e.path = e.path[len(e.path)-1:]
	at.entry = e
	return nil
}

func (p *treePrinter) end() { p.draw(p.root, "") }

// draw draws what is in n. It goes no deeper than the limit of the lister lets entries be.
func (p *treePrinter) draw(n *node, indent string) {
	names := slices.Sorted(maps.Keys(n.below))
	for i, name := range names {
		branch, further := "├── ", "│   "
		if i == len(names)-1 {
			branch, further = "└── ", "    "
		}
		below := n.below[name]
		below.dir = below.dir || len(below.below) > 0
		if p.long {
			io.WriteString(p.out, details(below.entry))
		}
		io.WriteString(p.out, indent+branch+p.paint(below)+"\n")
		p.draw(below, indent+further)
	}
}

func (p *treePrinter) paint(n *node) string {
	name := term.Printable(n.name())
	if p.colour && n.dir {
		return term.Paint(term.Blue, name)
	}
	return name
}

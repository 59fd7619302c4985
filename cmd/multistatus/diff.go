package main

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/go-multistatus/multistatus"
	"github.com/go-multistatus/multistatus/internal/term"
)

var errTwo = errors.New("diff takes two bodies: diff FILE|- FILE|-")

// comparison prints what differs, and remembers whether anything did.
type comparison struct {
	c       *command
	differs bool
}

// diff prints in what two bodies differ in meaning. It compares nothing if one could not be read to its end:
// what is not in it could be in the rest.
func (c *command) diff(a, b input) int {
	ma, errA := c.decode(a)
	mb, errB := c.decode(b)
	if errA != nil || errB != nil {
		return exitUnusable
	}
	d := comparison{c: c}
	d.both("~ multistatus", term.Yellow, changes(bodyOf(ma), bodyOf(mb)))
	d.hrefs(byHref(ma), byHref(mb))
	if d.differs {
		return exitDifferent
	}
	return exitFine
}

// decode reads a whole body, and tells why it cannot.
func (c *command) decode(in input) (*multistatus.Multistatus, error) {
	m := new(multistatus.Multistatus)
	err := multistatus.NewDecoder(in, &c.opts).Decode(m)
	if err != nil {
		c.unreadable(in.name, err)
	}
	return m, err
}

// hrefs compares what was said about each, in sorted order.
func (d *comparison) hrefs(a, b map[multistatus.Href][]mention) {
	all := map[multistatus.Href]bool{}
	for h := range a {
		all[h] = true
	}
	for h := range b {
		all[h] = true
	}
	for _, h := range slices.Sorted(maps.Keys(all)) {
		d.href(term.Printable(string(h)), a[h], b[h])
	}
}

// href compares responses about the same in order.
func (d *comparison) href(name string, a, b []mention) {
	for i := range max(len(a), len(b)) {
		switch {
		case i >= len(b):
			d.print("- "+name, term.Red, nil)
		case i >= len(a):
			d.print("+ "+name, term.Green, nil)
		default:
			d.both("~ "+name, term.Yellow, merge(a[i].items(), b[i].items()))
		}
	}
}

// both prints changes, if there are any.
func (d *comparison) both(head, colour string, lines []string) {
	if len(lines) > 0 {
		d.print(head, colour, lines)
	}
}

func (d *comparison) print(head, colour string, lines []string) {
	d.differs = true
	fmt.Fprintln(d.c.out, d.c.paint(colour, head))
	for _, l := range lines {
		fmt.Fprintln(d.c.out, "    "+l)
	}
}

// item is what a body says about one thing: itself, a resource, or a property of it.
type item struct {
	name        string // of the property, as it is shown; else ""
	status      string
	lang        string
	description string
	location    string
	token       string
	condition   multistatus.Value
	value       multistatus.Value
}

func bodyOf(m *multistatus.Multistatus) *item {
	return &item{description: m.Description, token: m.SyncToken}
}

// mention is what a response says about one of its hrefs.
type mention struct {
	*multistatus.Response
	further bool // it is not the first, and has only a share in the status
}

// byHref sorts what m says by the resource that it is about.
func byHref(m *multistatus.Multistatus) map[multistatus.Href][]mention {
	all := make(map[multistatus.Href][]mention, len(m.Responses))
	for i := range m.Responses {
		r := &m.Responses[i]
		mendForm(r)
		all[r.Href] = append(all[r.Href], mention{r, false})
		for _, h := range r.MoreHrefs {
			all[h] = append(all[h], mention{r, true})
		}
	}
	return all
}

// items returns what m says, in sorted order.
func (m mention) items() []item {
	if m.further {
		return []item{itemOf(m.Response)}
	}
	items := append(properties(m.Response), itemOf(m.Response))
	slices.SortStableFunc(items, func(a, b item) int {
		return cmp.Or(strings.Compare(a.name, b.name), strings.Compare(a.status, b.status))
	})
	return items
}

func itemOf(r *multistatus.Response) item {
	return item{status: meaningOf(r.Status), description: r.Description, location: string(r.Location), condition: r.Error}
}

// properties returns the properties of r, each with what its propstat says; and of each propstat that names none
// what it says, if that is more than a status. Of a response without any properties the failures count too:
// that may be how a sync-collection report says that the resource is gone.
func properties(r *multistatus.Response) (items []item) {
	named := false
	for range r.Props() {
		named = true
		break
	}
	for i := range r.Propstats {
		s := &r.Propstats[i]
		about := itemOf(&multistatus.Response{Status: s.Status, Error: s.Error, Description: s.Description})
		if s.Status.IsZero() {
			about.status = meaningOf(multistatus.Status{Code: 200})
		}
		if len(s.Props) == 0 && (!s.Error.IsZero() || s.Description != "" || !named && !s.OK()) {
			about.name = "no property"
			items = append(items, about)
		}
		for j := range s.Props {
			items = append(items, about.property(&s.Props[j]))
		}
	}
	return items
}

// property returns what is said about p, beside what o says about its propstat.
func (o item) property(p *multistatus.Property) item {
	o.name = term.Printable(strings.TrimLeft(p.Name.Space+" "+p.Name.Local, " "))
	o.lang, o.value = p.Lang, p.Value
	return o
}

// meaningOf returns the code with its usual reason, since the reason is free text; or the text that has no code.
func meaningOf(s multistatus.Status) string {
	if s.Code != 0 {
		s.Reason = ""
	}
	if s.IsZero() {
		return ""
	}
	return statusText(s)
}

// merge compares two sorted lists. Items of the same name are compared in order.
func merge(a, b []item) (lines []string) {
	for len(a) > 0 || len(b) > 0 {
		switch {
		case len(b) == 0 || len(a) > 0 && a[0].name < b[0].name:
			lines, a = append(lines, "- "+a[0].String()), a[1:]
		case len(a) == 0 || b[0].name < a[0].name:
			lines, b = append(lines, "+ "+b[0].String()), b[1:]
		default:
			lines = append(lines, changes(&a[0], &b[0])...)
			a, b = a[1:], b[1:]
		}
	}
	return lines
}

// String is what stands beside a sign: an item that is only in one of the bodies.
func (o *item) String() string {
	s := o.name
	if text, _ := shown(o.value, multistatus.Value{}); !o.value.IsZero() {
		s += ": " + text
	}
	return s + " (" + o.status + ")"
}

// changes returns a line for each part in which two items of the same name differ.
func changes(a, b *item) (lines []string) {
	add := func(what, from, to string) {
		head := strings.TrimSpace(a.name + " " + what)
		lines = append(lines, head+": "+from+" → "+to)
	}
	text := func(what, from, to string, show func(string) string) {
		if from != to {
			from, to = focus(from, to)
			add(what, show(from), show(to))
		}
	}
	value := func(what string, from, to multistatus.Value) {
		if !from.Equal(to) {
			from, to := shown(from, to)
			add(what, from, to)
		}
	}
	value("", a.value, b.value)
	text("status", a.status, b.status, orNone)
	text("xml:lang", a.lang, b.lang, orNone)
	value("error", a.condition, b.condition)
	text("responsedescription", a.description, b.description, quoted)
	text("location", a.location, b.location, quoted)
	text("sync-token", a.token, b.token, quoted)
	return lines
}

func orNone(s string) string {
	if s == "" {
		return "none"
	}
	return term.Printable(s)
}

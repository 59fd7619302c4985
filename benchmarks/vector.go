package main

import (
	"fmt"
	"strings"

	"github.com/go-multistatus/multistatus"
)

// A vector is what a peer found in a body, as counts and lengths. Two peers that did the same work have the same.
type vector struct {
	Responses, Propstats, Properties int
	Elements                         int // properties that hold elements
	Names                            int // bytes of the names of properties: namespaces and local names
	Values                           int // bytes of the properties that hold text alone, with references resolved
	Hrefs                            int // bytes
	Statuses                         int // bytes of status lines, without the version and the space after it
}

// fields are the keys of a vector as the peers print it.
func (v *vector) fields() []field {
	return []field{
		{"responses", &v.Responses}, {"propstats", &v.Propstats}, {"properties", &v.Properties}, {"elements", &v.Elements},
		{"names", &v.Names}, {"values", &v.Values}, {"hrefs", &v.Hrefs}, {"statuses", &v.Statuses},
	}
}

// field is a number with a name.
type field struct {
	key   string
	value *int
}

// String returns v as peers print it, such as "responses=1 propstats=2".
func (v vector) String() string { return printFields(v.fields()) }

func printFields(fields []field) string {
	var parts []string
	for _, f := range fields {
		parts = append(parts, fmt.Sprintf("%s=%d", f.key, *f.value))
	}
	return strings.Join(parts, " ")
}

// scanFields reads what printFields wrote. Every field has to be there.
func scanFields(line string, fields []field) error {
	for _, f := range fields {
		_, after, ok := strings.Cut(" "+line, " "+f.key+"=")
		if !ok {
			return fmt.Errorf("no %s in %q", f.key, line)
		}
		if _, err := fmt.Sscan(after, f.value); err != nil {
			return fmt.Errorf("%s in %q: %w", f.key, line, err)
		}
	}
	return nil
}

// add adds what r holds. Texts are appended to room, which it returns as it was but for its capacity.
func (v *vector) add(r *multistatus.Response, room []byte) []byte {
	v.addRaw(r)
	for i := range r.Propstats {
		room = v.addValues(r.Propstats[i].Props, room)
	}
	return room[:0]
}

// addRaw adds what r holds, but for the values.
func (v *vector) addRaw(r *multistatus.Response) {
	v.Responses++
	v.Hrefs += len(r.Href)
	v.addStatus(&r.Status)
	for i := range r.Propstats {
		s := &r.Propstats[i]
		v.Propstats++
		v.addStatus(&s.Status)
		v.Properties += len(s.Props)
		for j := range s.Props {
			v.Names += len(s.Props[j].Name.Space) + len(s.Props[j].Name.Local)
		}
	}
}

func (v *vector) addStatus(s *multistatus.Status) {
	if s.Code != 0 {
		v.Statuses += len("200 ") + len(s.Reason)
	}
}

func (v *vector) addValues(props []multistatus.Property, room []byte) []byte {
	for i := range props {
		n := len(room)
		var ok bool
		if room, ok = props[i].Value.AppendText(room); ok {
			v.Values += len(room) - n
		} else {
			v.Elements++
		}
	}
	return room
}

// A collector makes a vector of events: what a program would gather that reads a body with a parser of XML.
// It keeps what belongs to a response until that ends, in memory that it reuses.
type collector struct {
	vector
	only  func(name) bool // which properties are kept; nil is all
	depth int
	into  func(*collector, []byte) // what the text is of that is gathered; nil if it is of nothing
	prop  bool                     // in a DAV:prop
	mixed bool                     // in a property that has an element
	mark  int                      // where the text in room begins
	room  []byte
	names []name
}

type name = multistatus.Name

// The elements that a body is made of.
var (
	response = multistatus.DAV("response")
	href     = multistatus.DAV("href")
	status   = multistatus.DAV("status")
	propstat = multistatus.DAV("propstat")
	prop     = multistatus.DAV("prop")
)

// start takes a start tag.
func (c *collector) start(n name) {
	c.depth++
	switch {
	case c.prop && c.depth > 5:
		c.mixed = true
	case c.prop:
		c.property(n)
	case c.depth == 2 && n == response:
		c.Responses++
	case c.depth == 3 && n == href:
		c.gather((*collector).href)
	case (c.depth == 3 || c.depth == 4) && n == status:
		c.gather((*collector).status)
	case c.depth == 3 && n == propstat:
		c.Propstats++
	case c.depth == 4 && n == prop:
		c.prop = true
	}
}

func (c *collector) property(n name) {
	c.mixed = false
	if c.only != nil && !c.only(n) {
		return
	}
	c.Properties++
	c.Names += len(n.Space) + len(n.Local)
	c.names = append(c.names, n)
	c.gather((*collector).value)
}

func (c *collector) gather(into func(*collector, []byte)) { c.into, c.mark = into, len(c.room) }

// text takes character data.
func (c *collector) text(s []byte) {
	if c.into != nil && !c.mixed {
		c.room = append(c.room, s...)
	}
}

// end takes an end tag.
func (c *collector) end() {
	c.depth--
	switch {
	case c.prop && c.depth >= 5: // inside of a property
	case c.into != nil:
		c.into(c, c.room[c.mark:])
		c.into = nil
	case c.depth == 3:
		c.prop = false
	case c.depth == 1:
		c.room, c.names = c.room[:0], c.names[:0]
	}
}

func (c *collector) href(s []byte) { c.Hrefs += len(s) }

func (c *collector) status(s []byte) { c.Statuses += len(s) - len("HTTP/1.1 ") }

func (c *collector) value(s []byte) {
	if c.mixed {
		c.Elements++
	} else {
		c.Values += len(s)
	}
	c.mixed = false
}

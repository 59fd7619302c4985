// Package records has what servers know of resources, and writes it with an Encoder by calls.
package records

import "github.com/go-multistatus/multistatus"

// A Body is what a document is made of, and how it is to be written.
type Body struct {
	Options multistatus.EncodeOptions
	Records []Record
}

// New returns what m says.
func New(m *multistatus.Multistatus) *Body {
	b := &Body{Options: Options(m)}
	for i := range m.Responses {
		b.Records = append(b.Records, newRecord(&m.Responses[i]))
	}
	return b
}

// prefixes are those that servers bind to the namespaces of the bodies.
var prefixes = []multistatus.Namespace{
	{Prefix: "lp2", URI: multistatus.NamespaceApache}, {Prefix: "s", URI: multistatus.NamespaceSabreDAV}, {Prefix: "oc", URI: multistatus.NamespaceOwnCloud},
	{Prefix: "nc", URI: multistatus.NamespaceNextcloud}, {Prefix: "cal", URI: multistatus.NamespaceCalDAV},
}

// Options declares the namespaces of the properties of m on the root.
func Options(m *multistatus.Multistatus) (opts multistatus.EncodeOptions) {
	used := map[string]bool{}
	for i := range m.Responses {
		for p := range m.Responses[i].Props() {
			used[p.Name.Space] = true
		}
	}
	for _, n := range prefixes {
		if used[n.URI] {
			opts.Namespaces = append(opts.Namespaces, n)
		}
	}
	return opts
}

// A Record is a response as a server has it, before it is written.
type Record struct {
	href   multistatus.Href
	status int
	groups []group
}

// A group is what has the same status.
type group struct {
	status int
	props  []property
	absent []multistatus.Name
}

// A property is text, or has elements without content in it, or anything.
type property struct {
	name     multistatus.Name
	text     string
	elements []multistatus.Name
	value    multistatus.Value
}

// Write writes the response that r is.
func (r *Record) Write(e *multistatus.Encoder) {
	e.StartResponse(r.href)
	if r.status != 0 {
		e.Status(r.status)
	}
	for i := range r.groups {
		g := &r.groups[i]
		e.Propstat(g.status)
		for j := range g.props {
			g.props[j].write(e)
		}
		e.PropEmpty(g.absent...)
	}
}

func (p *property) write(e *multistatus.Encoder) {
	switch {
	case !p.value.IsZero():
		e.PropValue(p.name, p.value)
	case p.elements != nil:
		e.PropElements(p.name, p.elements...)
	default:
		e.PropText(p.name, p.text)
	}
}

func newRecord(r *multistatus.Response) Record {
	rec := Record{href: r.Href, status: r.Status.Code}
	for i := range r.Propstats {
		rec.groups = append(rec.groups, newGroup(&r.Propstats[i]))
	}
	return rec
}

func newGroup(s *multistatus.Propstat) group {
	g := group{status: s.Status.Code}
	for i := range s.Props {
		p := &s.Props[i]
		if p.Value.IsZero() {
			g.absent = append(g.absent, p.Name)
		} else {
			g.props = append(g.props, newProperty(p))
		}
	}
	return g
}

func newProperty(p *multistatus.Property) property {
	if text, ok := p.Value.Text(); ok {
		return property{name: p.Name, text: text}
	}
	var names []multistatus.Name
	for n, v := range p.Value.Elements() {
		if !v.IsZero() {
			return property{name: p.Name, value: p.Value}
		}
		names = append(names, n)
	}
	return property{name: p.Name, elements: names}
}

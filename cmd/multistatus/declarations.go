package main

import (
	"bytes"
	"encoding/xml"
	"fmt"

	"github.com/go-multistatus/multistatus"
)

// declarations are what the root declares beside D for DAV:, each prefix once.
type declarations []multistatus.Namespace

// manyDeclarations is up to how many there are.
const manyDeclarations = 32

// response adds the prefixes that values in r need, and then for each namespace of a property that has none yet the prefix
// that it had, or another if that stands for something else. What was encoded with them gives the same again.
func (l *declarations) response(r *multistatus.Response) {
	l.value(r.Error)
	for i := range r.Propstats {
		l.value(r.Propstats[i].Error)
	}
	for p := range r.Props() {
		l.value(p.Value)
	}
	for p := range r.Props() {
		l.name(p)
	}
}

// value adds what v needs: a property that is in no namespace declares nothing else.
func (l *declarations) value(v multistatus.Value) {
	p := multistatus.Property{Name: multistatus.Name{Local: "x"}, Value: v}
	for _, a := range startTag(&p).Attr {
		if a.Name.Space == "xmlns" && !l.has(a.Name.Local) {
			l.add(a.Name.Local, a.Value)
		}
	}
}

func (l *declarations) name(p *multistatus.Property) {
	prefix := startTag(p).Name.Space
	if prefix == "" || prefix == "xml" || l.declares(p.Name.Space) {
		return
	}
	for i := 1; l.has(prefix); i++ {
		prefix = fmt.Sprintf("ns%d", i)
	}
	l.add(prefix, p.Name.Space)
}

func (l *declarations) add(prefix, uri string) {
	if len(*l) < manyDeclarations {
		*l = append(*l, multistatus.Namespace{Prefix: prefix, URI: uri})
	}
}

func (l *declarations) has(prefix string) bool {
	for _, n := range *l {
		if n.Prefix == prefix {
			return true
		}
	}
	return prefix == "D"
}

func (l *declarations) declares(uri string) bool {
	for _, n := range *l {
		if n.URI == uri {
			return true
		}
	}
	return uri == multistatus.NamespaceDAV
}

// startTag returns the start tag of p as it would stand alone, names with their prefixes.
func startTag(p *multistatus.Property) xml.StartElement {
	t, _ := xml.NewDecoder(bytes.NewReader(p.AppendXML(nil))).RawToken()
	s, _ := t.(xml.StartElement) // AppendXML is well-formed
	return s
}

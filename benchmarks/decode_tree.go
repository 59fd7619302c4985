package main

import (
	"strings"

	"github.com/antchfx/xmlquery"
	"github.com/beevik/etree"

	"github.com/go-multistatus/multistatus"
)

var trees = []peer{
	{name: "beevik/etree", note: "keeps a tree; over encoding/xml", task: decode, prepare: decoder(etreeDecode), slow: true},
	{name: "antchfx/xmlquery", note: "keeps a tree; over encoding/xml", task: decode, prepare: decoder(xmlqueryDecode), slow: true},
}

func etreeDecode(body string) pass {
	return func() (v vector, _ error) {
		doc := etree.NewDocument()
		if err := doc.ReadFromString(body); err != nil {
			return v, err
		}
		for _, r := range doc.Root().ChildElements() {
			if isDAV(r, "response") {
				v.Responses++
				v.addEtree(r)
			}
		}
		return v, nil
	}
}

func isDAV(e *etree.Element, local string) bool {
	return e.Tag == local && e.NamespaceURI() == multistatus.NamespaceDAV
}

// addEtree adds the children of a response or of a propstat.
func (v *vector) addEtree(parent *etree.Element) {
	for _, e := range parent.ChildElements() {
		switch {
		case isDAV(e, "href"):
			v.Hrefs += len(e.Text())
		case isDAV(e, "status"):
			v.addLine(e.Text())
		case isDAV(e, "propstat"):
			v.Propstats++
			v.addEtree(e)
		case isDAV(e, "prop"):
			for _, p := range e.ChildElements() {
				v.addProperty(p.NamespaceURI(), p.Tag, len(p.Text()), len(p.ChildElements()) > 0)
			}
		}
	}
}

func xmlqueryDecode(body string) pass {
	return func() (v vector, _ error) {
		doc, err := xmlquery.Parse(strings.NewReader(body))
		if err != nil {
			return v, err
		}
		for r := range childElements(doc.SelectElement("*")) {
			if queryDAV(r, "response") {
				v.Responses++
				v.addQuery(r)
			}
		}
		return v, nil
	}
}

func childElements(n *xmlquery.Node) func(yield func(*xmlquery.Node) bool) {
	return func(yield func(*xmlquery.Node) bool) {
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			if c.Type == xmlquery.ElementNode && !yield(c) {
				return
			}
		}
	}
}

func queryDAV(n *xmlquery.Node, local string) bool {
	return n.Data == local && n.NamespaceURI == multistatus.NamespaceDAV
}

// addQuery adds the children of a response or of a propstat.
func (v *vector) addQuery(parent *xmlquery.Node) {
	for e := range childElements(parent) {
		switch {
		case queryDAV(e, "href"):
			v.Hrefs += len(e.InnerText())
		case queryDAV(e, "status"):
			v.addLine(e.InnerText())
		case queryDAV(e, "propstat"):
			v.Propstats++
			v.addQuery(e)
		case queryDAV(e, "prop"):
			for p := range childElements(e) {
				v.addProperty(p.NamespaceURI, p.Data, len(p.InnerText()), hasElement(p))
			}
		}
	}
}

func hasElement(n *xmlquery.Node) bool {
	for range childElements(n) {
		return true
	}
	return false
}

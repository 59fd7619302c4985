package main

import (
	"encoding/xml"
	"io"
	"strings"
)

const token = "encoding/xml, Token"

var stdDecoders = []peer{
	{name: token, note: "does not mind prefixes that are not declared", task: decode, prepare: decoder(tokens), small: true},
	{name: "encoding/xml, Unmarshal", note: "into structs that hold any property", task: decode, prepare: decoder(unmarshal), small: true},
}

func tokens(body string) pass {
	c := &collector{}
	return func() (vector, error) { return c.tokens(body) }
}

func (c *collector) tokens(body string) (vector, error) {
	c.vector = vector{}
	d := xml.NewDecoder(strings.NewReader(body))
	for {
		t, err := d.Token()
		switch t := t.(type) {
		case xml.StartElement:
			c.start(name(t.Name))
		case xml.CharData:
			c.text(t)
		case xml.EndElement:
			c.end()
		}
		if err == io.EOF {
			return c.vector, nil
		} else if err != nil {
			return c.vector, err
		}
	}
}

// reference returns what is in the body by encoding/xml, of all properties or those that only keeps.
func reference(body string, only func(name) bool) (vector, error) {
	return (&collector{only: only}).tokens(body)
}

// The structs that encoding/xml decodes into and encodes.
type (
	xmlBody struct {
		XMLName   xml.Name      `xml:"DAV: multistatus"`
		Responses []xmlResponse `xml:"DAV: response"`
		SyncToken string        `xml:"DAV: sync-token,omitempty"`
	}
	xmlResponse struct {
		Href      string        `xml:"DAV: href"`
		Propstats []xmlPropstat `xml:"DAV: propstat"`
		Status    string        `xml:"DAV: status,omitempty"`
	}
	xmlPropstat struct {
		Prop   xmlProp `xml:"DAV: prop"`
		Status string  `xml:"DAV: status"`
	}
	xmlProp struct {
		Nodes []xmlNode `xml:",any"`
	}
	xmlNode struct {
		XMLName xml.Name
		Text    string    `xml:",chardata"`
		Nodes   []xmlNode `xml:",any"`
	}
)

func unmarshal(body string) pass {
	return func() (vector, error) {
		var m xmlBody
		err := xml.NewDecoder(strings.NewReader(body)).Decode(&m)
		return m.vector(), err
	}
}

func (m *xmlBody) vector() (v vector) {
	for i := range m.Responses {
		r := &m.Responses[i]
		v.Responses++
		v.Hrefs += len(r.Href)
		v.addLine(r.Status)
		for j := range r.Propstats {
			v.Propstats++
			v.addLine(r.Propstats[j].Status)
			v.addNodes(r.Propstats[j].Prop.Nodes)
		}
	}
	return v
}

// addLine adds a status line, if there is one.
func (v *vector) addLine(status string) {
	if status != "" {
		v.Statuses += len(status) - len("HTTP/1.1 ")
	}
}

func (v *vector) addNodes(nodes []xmlNode) {
	for i := range nodes {
		n := &nodes[i]
		v.addProperty(n.XMLName.Space, n.XMLName.Local, len(n.Text), len(n.Nodes) > 0)
	}
}

// addProperty adds a property with so many bytes of text.
func (v *vector) addProperty(space, local string, text int, elements bool) {
	v.Properties++
	v.Names += len(space) + len(local)
	if elements {
		v.Elements++
	} else {
		v.Values += text
	}
}

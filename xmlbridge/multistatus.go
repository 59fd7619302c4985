package xmlbridge

import (
	"encoding/xml"
	"errors"

	"github.com/go-multistatus/multistatus"
	"github.com/go-multistatus/multistatus/internal/xmlscan"
)

// Multistatus is a [multistatus.Multistatus] for code that knows no other codec than encoding/xml: a framework that encodes
// and decodes what it is given. Who can choose takes [multistatus.Decoder] and [multistatus.Encoder], which are many times
// as fast, lose nothing and need not hold the whole body.
//
//	<!ELEMENT multistatus (response*, responsedescription?, sync-token?) >   RFC 4918 §14.16, RFC 6578 §6.4
type Multistatus struct {
	multistatus.Multistatus
}

var (
	_ xml.Marshaler   = Multistatus{}
	_ xml.Unmarshaler = (*Multistatus)(nil)
)

// MarshalXML implements [xml.Marshaler]: it writes what [multistatus.Multistatus.AppendXML] does, but for the
// XML declaration. The element is DAV:multistatus and has a prefix, whatever start is; attributes of start are left out.
// It is made to be the root of a document, not an element in one that declares a default namespace: a property
// in no namespace would be in that one. Indentation is the caller's only around the root.
func (m Multistatus) MarshalXML(e *xml.Encoder, start xml.StartElement) error {
	text, err := m.AppendXML(nil, nil)
	if err != nil {
		return err
	}
	c := xmlscan.NewCursor(string(text), nil)
	for c.Next() != xmlscan.Start {
	}
	// encoding/xml writes a local name as it is, and so lets the root have a prefix.
	root := xml.StartElement{Name: xml.Name{Local: c.RawName()}}
	for name, value, rest, ok := xmlscan.CutAttr(c.Attrs()); ok; name, value, rest, ok = xmlscan.CutAttr(rest) {
		root.Attr = append(root.Attr, xml.Attr{Name: xml.Name{Local: name}, Value: xmlscan.AttrValue(value)})
	}
	return e.EncodeElement(innerXML{c.Content()}, root)
}

// innerXML is written as it is.
type innerXML struct {
	Content string `xml:",innerxml"`
}

// UnmarshalXML implements [xml.Unmarshaler]: it writes every field of m, as [multistatus.Decoder.Decode] does with default
// options, whatever m held. Of a well-formed body it makes what [multistatus.Parse] makes of it. After an error m holds the
// responses that were complete before it.
//
// What it reads are the tokens of d, not the body, and what encoding/xml does not tell is lost:
//   - what d does not forgive is its error, and no quirk: an & alone, control characters, bytes that are no UTF-8.
//     d needs a CharsetReader for other encodings, and knows no UTF-16; a Content-Type is not known to it;
//   - what d forgives silently is neither quirk nor error: a document type declaration before the root, with entities too,
//     which it does not expand, and whatever follows the root;
//   - Line, Column and Offset of a [multistatus.DecodeError] tell where d was when the fault was seen, which is
//     behind it; Path is right;
//   - Values keep neither comments and processing instructions nor CDATA sections, and their elements may have other
//     prefixes for the same namespaces. Every declaration stays where it was, so that prefixes in text mean what they meant;
//   - a tab or line end in the value of an attribute is a space, also where a reference stood for it.
//
// DecodeOptions are the default ones, with all limits; of MaxBytes and the like what counts is the text that the tokens are.
// A single token has no limit in encoding/xml.
func (m *Multistatus) UnmarshalXML(d *xml.Decoder, start xml.StartElement) error {
	text := newTokenText(d)
	text.err = text.start(&start)
	opts := &multistatus.DecodeOptions{ContentType: multistatus.ContentType}
	return placed(multistatus.NewDecoder(text, opts).Decode(&m.Multistatus), d)
}

// placed is err with the place at which d is, if it has one.
func placed(err error, d *xml.Decoder) error {
	var e *multistatus.DecodeError
	if !errors.As(err, &e) {
		return err
	}
	p := *e
	p.Offset = d.InputOffset()
	p.Line, p.Column = d.InputPos()
	return &p
}

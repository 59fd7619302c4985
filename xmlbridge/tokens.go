package xmlbridge

import (
	"encoding/xml"
	"io"
	"iter"
	"strings"

	"github.com/go-multistatus/multistatus"
	"github.com/go-multistatus/multistatus/internal/xmlscan"
)

// NewTokenReader returns a reader of the tokens of the whole element of p, from its start tag to its end tag, then [io.EOF].
// They are those that an [xml.Decoder]'s Token gives for it: names hold namespaces, not prefixes; the first start tag has
// xml:lang if [multistatus.Property.Lang] is not empty; and the declarations of the prefixes that are in use are among
// the attributes, wherever they stood in the body. Bytes in a token are valid until the next call.
//
// [xml.NewTokenDecoder] works on it. Where texts are long it takes less than half the time of [Unmarshal], which has
// encoding/xml parse a text; where elements are many it takes little less, for encoding/xml spends it elsewhere.
// NOTE: encoding/xml fills fields tagged ",innerxml" from text alone: with a token decoder they stay empty.
//
// It differs from what encoding/xml reads in the text of p in this:
//   - The property's own name is p.Name, whatever characters it has, and names may be any of the fifth edition of XML 1.0;
//     encoding/xml refuses those that are new in it.
//   - Tabs and line ends in the values of attributes are spaces, as XML 1.0 has it (section 3.3.3).
//   - A declaration is left out if its prefix is at the same time the whole name of a namespace that is declared in p,
//     and the namespaces "xml" and "xmlns" are called "?xml" and "?xmlns": a token decoder, which takes every Space for a
//     prefix that may have been declared, would else confuse them. No real namespace is named like that.
func NewTokenReader(p *multistatus.Property) xml.TokenReader {
	text := string(p.AppendXML(room(p)))
	t := &tokenReader{c: xmlscan.NewCursor(text, nil), name: spaced(xml.Name(p.Name)), hidden: mistakable(text)}
	t.open = t.few[:0]
	return t
}

// room is a buffer in which p is likely to have room as text.
func room(p *multistatus.Property) []byte {
	const tags = 256
	return make([]byte, 0, len(p.Value.Raw())+tags)
}

type tokenReader struct {
	c      xmlscan.Cursor
	name   xml.Name   // of the property
	open   []xml.Name // the elements around what comes next
	few    [8]xml.Name
	text   []byte // of the last token
	hidden map[string]bool
}

// Token implements [xml.TokenReader].
func (t *tokenReader) Token() (xml.Token, error) {
	switch kind := t.c.NextAny(); kind {
	case xmlscan.Start:
		return t.start(), nil
	case xmlscan.End:
		last := len(t.open) - 1
		name := t.open[last]
		t.open = t.open[:last]
		return xml.EndElement{Name: name}, nil
	case xmlscan.Text, xmlscan.CData:
		if n := len(t.c.Text()); n > cap(t.text) {
			t.text = make([]byte, 0, n)
		}
		t.text = t.c.AppendText(t.text[:0])
		return xml.CharData(t.text), nil
	case xmlscan.Comment:
		t.text = append(t.text[:0], t.c.Text()...)
		return xml.Comment(t.text), nil
	case xmlscan.PI:
		return t.instruction(), nil
	default:
		return nil, io.EOF
	}
}

func (t *tokenReader) start() xml.StartElement {
	name := t.name
	if len(t.open) > 0 {
		name = spaced(xml.Name(t.c.Name()))
	}
	t.open = append(t.open, name)
	return xml.StartElement{Name: name, Attr: t.attrs(t.c.Attrs())}
}

// fewAttrs is for how many attributes there is room at first.
const fewAttrs = 4

func (t *tokenReader) attrs(markup string) (attrs []xml.Attr) {
	name, value, rest, ok := xmlscan.CutAttr(markup)
	for ; ok; name, value, rest, ok = xmlscan.CutAttr(rest) {
		n, shown := t.attrName(name)
		if !shown {
			continue
		}
		if attrs == nil {
			attrs = make([]xml.Attr, 0, fewAttrs)
		}
		attrs = append(attrs, xml.Attr{Name: n, Value: xmlscan.AttrValue(value)})
	}
	return attrs
}

func (t *tokenReader) attrName(raw string) (n xml.Name, shown bool) {
	prefix, local := xmlscan.SplitName(raw)
	if declared, is := xmlscan.Declares(raw); is {
		return xml.Name{Space: prefix, Local: local}, !t.hidden[declared]
	}
	if prefix == "" {
		return xml.Name{Local: local}, true
	}
	space, _ := t.c.Scope().Resolve(prefix)
	return spaced(xml.Name{Space: space, Local: local}), true
}

func (t *tokenReader) instruction() xml.ProcInst {
	target, inst := t.c.Text(), ""
	if i := strings.IndexAny(target, " \t\r\n"); i >= 0 {
		target, inst = target[:i], strings.TrimLeft(target[i:], " \t\r\n")
	}
	t.text = append(t.text[:0], inst...)
	return xml.ProcInst{Target: target, Inst: t.text}
}

// spaced is n, but in another namespace where a token decoder would take that for one of its own prefixes.
func spaced(n xml.Name) xml.Name {
	if n.Space == "xml" || n.Space == "xmlns" {
		n.Space = "?" + n.Space
	}
	return n
}

// mistakable returns the namespaces declared in text that could be prefixes.
func mistakable(text string) (spaces map[string]bool) {
	for _, space := range declarations(text) {
		if !xmlscan.IsNCName(space) {
			continue
		}
		if spaces == nil {
			spaces = map[string]bool{}
		}
		spaces[space] = true
	}
	return spaces
}

// declarations yields the prefixes and namespaces of all declarations in text, and of what looks like one:
// what stands in character data, in an attribute or in a comment may do so.
// Only what is behind white space is looked at, so that no byte is often, whatever the text.
func declarations(text string) iter.Seq2[string, string] {
	const xmlns = "xmlns"
	return func(yield func(prefix, space string) bool) {
		for i := 0; ; {
			n := strings.Index(text[i:], xmlns)
			if n < 0 {
				return
			}
			at := i + n
			i = at + len(xmlns)
			if at == 0 || !strings.Contains(" \t\r\n", text[at-1:at]) {
				continue
			}
			name, value, rest, ok := xmlscan.CutAttr(text[at:])
			if !ok {
				continue
			}
			if prefix, is := xmlscan.Declares(name); is && !yield(prefix, xmlscan.AttrValue(value)) {
				return
			}
			i = len(text) - len(rest)
		}
	}
}

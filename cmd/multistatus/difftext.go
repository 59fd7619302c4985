package main

import (
	"bytes"
	"encoding/xml"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/go-multistatus/multistatus"
	"github.com/go-multistatus/multistatus/internal/term"
)

// shown returns two values as text, shortened around the first difference: quoted if both are text, else as markup.
func shown(a, b multistatus.Value) (string, string) {
	textA, okA := plainText(a)
	textB, okB := plainText(b)
	if okA && okB {
		textA, textB = focus(textA, textB)
		return quoted(textA), quoted(textB)
	}
	textA, textB = focus(markup(a), markup(b))
	return orQuotes(textA), orQuotes(textB)
}

// orQuotes shows that there is nothing.
func orQuotes(s string) string {
	if s == "" {
		return `""`
	}
	return s
}

// plainText returns the text of a value that is nothing else.
func plainText(v multistatus.Value) (string, bool) {
	for range v.Attrs() {
		return "", false
	}
	return v.Text()
}

// markup writes v so that values are alike exactly if they are equal: without declarations, names in Clark notation but for
// elements in DAV: and attributes in no namespace, attributes in order, and text so that it can stand in one line.
// The attributes of v itself stand before it in brackets.
func markup(v multistatus.Value) string {
	p := multistatus.Property{Name: multistatus.Name{Local: "x"}, Value: v}
	d := xml.NewDecoder(bytes.NewReader(p.AppendXML(nil)))
	var m markupWriter
	for {
		t, err := d.Token()
		if err != nil {
			return m.String()
		}
		m.token(t)
	}
}

// markupWriter writes what is in the outermost element.
type markupWriter struct {
	strings.Builder
	depth int  // of open elements
	begun bool // a start tag lacks its >
}

// escape keeps text apart from markup.
var escape = strings.NewReplacer("&", "&amp;", "<", "&lt;")

func (m *markupWriter) token(t xml.Token) {
	switch t := t.(type) {
	case xml.StartElement:
		m.endTag(">")
		m.start(t)
		m.depth++
	case xml.EndElement:
		m.depth--
		if !m.endTag("/>") && m.depth > 0 {
			m.WriteString("</" + elementName(t.Name) + ">")
		}
	case xml.CharData:
		m.endTag(">")
		m.WriteString(term.Printable(escape.Replace(string(t))))
	}
}

// endTag ends a start tag, and reports whether there was one.
func (m *markupWriter) endTag(with string) bool {
	begun := m.begun
	if begun {
		m.WriteString(with)
	}
	m.begun = false
	return begun
}

func (m *markupWriter) start(t xml.StartElement) {
	attrs := attrsMarkup(t.Attr)
	switch {
	case m.depth > 0:
		m.WriteString("<" + strings.Join(append([]string{elementName(t.Name)}, attrs...), " "))
		m.begun = true
	case len(attrs) > 0:
		m.WriteString("[" + strings.Join(attrs, " ") + "] ")
	}
}

// attrsMarkup returns the attributes in order, without declarations.
func attrsMarkup(all []xml.Attr) (attrs []string) {
	for _, a := range all {
		if a.Name.Space != "xmlns" && a.Name != (xml.Name{Local: "xmlns"}) {
			attrs = append(attrs, attrName(a.Name)+"="+strconv.Quote(a.Value))
		}
	}
	slices.Sort(attrs)
	return attrs
}

// elementName is what most of them are in: DAV: goes without saying, and no namespace does not.
func elementName(n xml.Name) string {
	if n.Space == "" {
		return "{}" + term.Printable(n.Local)
	}
	return term.Printable(shortName(multistatus.Name(n)))
}

const xmlNamespace = "http://www.w3.org/XML/1998/namespace"

func attrName(n xml.Name) string {
	if n.Space == xmlNamespace {
		return "xml:" + term.Printable(n.Local)
	}
	return term.Printable(multistatus.Name(n).String())
}

// How much of a text is shown: at most that many columns, of which some stand before the first difference.
const (
	mostShown   = 60
	shownBefore = 20
)

// focus shortens two texts, so that where they differ is in what is left.
func focus(a, b string) (string, string) {
	from := 0
	for from < len(a) && from < len(b) && a[from] == b[from] {
		from++
	}
	if max(len(a), len(b)) <= mostShown {
		from = 0
	}
	from = max(0, from-shownBefore)
	return window(a, from), window(b, from)
}

// window returns what is shown of s from about that byte on.
func window(s string, from int) string {
	for from > 0 && from < len(s) && !utf8.RuneStart(s[from]) {
		from--
	}
	before := ""
	if from > 0 {
		before = "…"
	}
	s = s[from:]
	if len(s) > 4*mostShown { // it may be very long, and is not measured to its end
		s = strings.ToValidUTF8(s[:4*mostShown], "") + "…"
	}
	return before + term.Clip(s, mostShown)
}

// quoted puts quotation marks around s, such as need no escapes.
func quoted(s string) string {
	if strings.Contains(s, `"`) && strconv.CanBackquote(s) {
		return "`" + term.Printable(s) + "`"
	}
	return strconv.Quote(s)
}

package multistatus

import (
	"iter"
	"strings"

	"github.com/go-multistatus/multistatus/internal/xmlscan"
)

// Value is the content of an element, kept as it stands in its document, with the attributes of the element
// and the namespace declarations in effect there (RFC 4918, section 4.3). The zero Value is an empty element's.
//
// A Value is well-formed by construction: there is no way to make one that breaks the document it is put in.
// It is immutable, and safe to read concurrently. A decoded one keeps the text in memory that it was cut from;
// see [Value.Clone]. Values cannot be compared with ==; [Value.Equal] compares what they mean, also for go-cmp.
//
// Take the value of this property, inside of a document that binds C and D:
//
//	<C:supported-address-data D:x="1"><C:address-data-type content-type="text/vcard"/> any</C:supported-address-data>
//
// [Value.Elements] yields one element and the Value of it, in which [Value.Attr] finds content-type;
// [Value.Text] has to say no, for the element; [Value.Raw] is all between the outer tags;
// and [Property.AppendXML] writes the whole property, declaring C and D.
type Value struct {
	_     [0]func()
	raw   string         // the content, well-formed in scope
	attrs string         // as markup, each after white space; no xmlns and no xml:lang among them
	scope *xmlscan.Scope // what binds the prefixes in raw and attrs
	plain bool           // raw is character data and exactly what it means
}

// IsZero reports whether v has neither content nor attributes.
func (v Value) IsZero() bool { return isZeroValue(&v) }

// Raw returns the content as it stands in the document, or as it was made. It is well-formed,
// but prefixes in it may be bound outside: see [Value.AppendXML] and [Property.AppendXML].
func (v Value) Raw() string { return v.raw }

// Text returns the character data, with references resolved, CDATA sections included and each line end made LF
// (XML 1.0, section 2.11). Comments and processing instructions are passed over; white space is not trimmed.
// ok is false, and text empty, if v has child elements.
// Text does not allocate if the data stand in the document as they are.
func (v Value) Text() (text string, ok bool) {
	if v.plain {
		return v.raw, true
	}
	var room [256]byte
	b := room[:0]
	if len(v.raw) > len(room) && strings.IndexByte(v.raw, '<') < 0 {
		b = make([]byte, 0, len(v.raw))
	}
	b, ok = v.AppendText(b)
	return string(b), ok
}

// AppendText appends what [Value.Text] returns. It does not allocate if dst has room for [Value.Raw].
// Where ok is false it returns dst as it was.
func (v Value) AppendText(dst []byte) (text []byte, ok bool) {
	if v.plain {
		return append(dst, v.raw...), true
	}
	n := len(dst)
	c := xmlscan.NewCursor(v.raw, nil)
	for {
		switch c.Next() {
		case xmlscan.Text, xmlscan.CData:
			dst = c.AppendText(dst)
		case xmlscan.Finish:
			return dst, true
		default:
			return dst[:n], false
		}
	}
}

// Attrs yields the attributes of the element itself, in the order of the document; never namespace declarations and
// never xml:lang, which is [Property.Lang]. An attribute without a prefix is in no namespace (Namespaces, section 6.2).
// Values are normalised (XML 1.0, section 3.3.3). It does not allocate in a range clause, but for values that hold
// references, tabs or line ends.
func (v Value) Attrs() iter.Seq[Attr] {
	return func(yield func(Attr) bool) { v.eachAttr(yield) }
}

func (v *Value) eachAttr(yield func(Attr) bool) {
	l := v.attrList()
	for n, value, ok := l.next(); ok; n, value, ok = l.next() {
		if !yield(Attr{n, xmlscan.AttrValue(value)}) {
			return
		}
	}
}

// Attr returns the value of one attribute of those that [Value.Attrs] yields. ok is false if v does not have it.
func (v Value) Attr(n Name) (value string, ok bool) {
	l := v.attrList()
	for name, value, ok := l.next(); ok; name, value, ok = l.next() {
		if name == n {
			return xmlscan.AttrValue(value), true
		}
	}
	return "", false
}

// Elements yields the names and Values of the direct child elements, in the order of the document.
// Text beside them is passed over. Names and Values share the memory of v. Their languages are told by [Property.Properties].
// It does not allocate in a range clause, but for an element that declares namespaces.
func (v Value) Elements() iter.Seq2[Name, Value] {
	return func(yield func(Name, Value) bool) { v.eachElement(yield) }
}

func (v *Value) eachElement(yield func(Name, Value) bool) {
	if v.plain {
		return
	}
	c := xmlscan.NewCursor(v.raw, v.scope)
	for nextElement(&c) {
		n := Name(c.Name())
		if !yield(n, elementValue(&c)) {
			return
		}
	}
}

// nextElement reads up to the next start tag. It reports whether there is one.
func nextElement(c *xmlscan.Cursor) bool {
	for {
		switch c.Next() {
		case xmlscan.Start:
			return true
		case xmlscan.Finish:
			return false
		}
	}
}

// elementValue reads the rest of an element whose start tag was read.
func elementValue(c *xmlscan.Cursor) Value {
	v := Value{attrs: ownAttrs(c.Attrs()), scope: c.Scope()}
	v.raw = c.Content()
	v.plain = isPlain(v.raw)
	return v
}

// Properties yields the direct child elements of p as properties, in the order of the document: what [Value.Elements] yields,
// with the language that is in effect there (XML 1.0, section 2.12). Text beside them is passed over.
//
// It is for DAV:prop and its like outside of a multistatus, as [ParseElement] reads them: in the body of a PROPPATCH, or the answer
// to a LOCK (RFC 4918, sections 9.2 and 9.10). It is a method of Property, for what a child without xml:lang inherits
// is p.Lang, which no Value knows. Names and Values share the memory of p.
// It does not allocate in a range clause, but for an element that declares namespaces, or a language that holds references.
func (p *Property) Properties() iter.Seq[Property] {
	return func(yield func(Property) bool) { p.eachProperty(yield) }
}

func (p *Property) eachProperty(yield func(Property) bool) {
	if p.Value.plain {
		return
	}
	c := xmlscan.NewCursor(p.Value.raw, p.Value.scope)
	for nextElement(&c) {
		n, lang := Name(c.Name()), langIn(c.Attrs(), p.Lang)
		if !yield(Property{n, lang, elementValue(&c)}) {
			return
		}
	}
}

// langIn returns the language in an element with these attributes, within one of the language outer.
func langIn(markup, outer string) string {
	name, value, rest, ok := xmlscan.CutAttr(markup)
	for ; ok; name, value, rest, ok = xmlscan.CutAttr(rest) {
		if name == "xml:lang" {
			return xmlscan.AttrValue(value)
		}
	}
	return outer
}

// isPlain reports whether well-formed content is character data that means itself.
func isPlain(raw string) bool { return !strings.ContainsAny(raw, "<&\r") }

// Has reports whether one of the direct child elements has that name, as in a resourcetype. It does not allocate,
// but for an element that declares namespaces.
func (v Value) Has(n Name) bool {
	if v.plain {
		return false
	}
	c := xmlscan.NewCursor(v.raw, v.scope)
	for nextElement(&c) {
		if Name(c.Name()) == n {
			return true
		}
		c.Content()
	}
	return false
}

// Clone returns a copy that shares no memory with the document.
func (v Value) Clone() Value {
	var b strings.Builder
	b.Grow(len(v.raw) + len(v.attrs))
	b.WriteString(v.raw)
	b.WriteString(v.attrs)
	v.raw, v.attrs = b.String()[:len(v.raw)], b.String()[len(v.raw):]
	return v
}

// attrList is attributes as markup, taken off one by one.
type attrList struct {
	markup string
	scope  *xmlscan.Scope
}

func (v *Value) attrList() attrList { return attrList{v.attrs, v.scope} }

// next takes off an attribute that is no namespace declaration. value is what stands between the quotes.
func (l *attrList) next() (n Name, value string, ok bool) {
	for {
		name, value, rest, ok := xmlscan.CutAttr(l.markup)
		if !ok {
			return Name{}, "", false
		}
		l.markup = rest
		if _, is := xmlscan.Declares(name); !is {
			return l.expand(name), value, true
		}
	}
}

func (l *attrList) expand(name string) Name {
	prefix, local := xmlscan.SplitName(name)
	if prefix == "" {
		return Name{Local: local}
	}
	space, _ := l.scope.Resolve(prefix)
	return Name{space, local}
}

// ownAttrs is the attributes of a start tag without namespace declarations and xml:lang.
// It allocates only where one of these stands between others.
func ownAttrs(markup string) string {
	var kept []byte
	from, to := 0, 0 // the attributes in a row that are not in kept yet
	for rest := markup; ; {
		name, _, after, ok := xmlscan.CutAttr(rest)
		if !ok {
			break
		}
		i, j := len(markup)-len(rest), len(markup)-len(after)
		rest = after
		switch _, is := xmlscan.Declares(name); {
		case is, name == "xml:lang":
		case i == to:
			to = j
		default:
			kept = append(kept, markup[from:to]...)
			from, to = i, j
		}
	}
	if len(kept) == 0 {
		return markup[from:to]
	}
	return string(append(kept, markup[from:to]...))
}

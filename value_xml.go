package multistatus

import (
	"strconv"
	"strings"

	"github.com/go-multistatus/multistatus/internal/xmlscan"
)

// xmlnsNamespace is what the prefix xmlns stands for. It cannot be declared (Namespaces in XML 1.0, section 3).
const xmlnsNamespace = "http://www.w3.org/2000/xmlns/"

// AppendXML appends the content so that it can stand anywhere where no default namespace is in effect:
// each of its elements declares the prefixes that it and what is in it use and do not bind, or mention in text and
// attribute values as "prefix:". Text beside the elements gets no declarations.
// NOTE: a namespace is declared again on each element that needs it, so that many small elements may become much
// longer than Raw is; [Property.AppendXML] declares each namespace once.
// It does not allocate if dst has room and no element declares namespaces.
func (v Value) AppendXML(dst []byte) []byte { return v.appendContent(dst, false) }

// AppendXML appends the element, self-contained: with xml:lang if Lang is not empty, the attributes, and
// a declaration of every prefix that its names use or that its text and attribute values mention as "prefix:",
// in the order in which they appear (RFC 4918, section 4.3).
//
// The name gets a prefix that the value needs for its namespace anyway, else the one that is usual, D for [NamespaceDAV],
// else the one that the value's scope has, else ns1; or another if the value needs that prefix for something else.
// A name in no namespace gets none.
// What cannot stand in a name becomes _, and what XML cannot carry U+FFFD.
//
// It is a whole document, but for an XML declaration, which UTF-8 does not need: the body of a response that is no 207, such as the
// DAV:error of a 409 (RFC 4918, section 16) or the DAV:prop of a LOCK. [ParseElement] reads it back.
// It does not allocate if dst has room and neither the name is unusual nor elements inside declare namespaces.
func (p *Property) AppendXML(dst []byte) []byte { return p.appendIn(dst, nil) }

// appendIn is AppendXML for a place where the declarations in around are in effect, which are not repeated.
// There must be no default namespace among them.
func (p *Property) appendIn(dst []byte, around *xmlscan.Scope) []byte {
	v := &p.Value
	k := carrier{scope: v.scope}
	k.value(v)
	space := declarable(p.Name.Space)
	prefix := k.prefixFor(space, around)

	from := len(dst) + 1
	dst = appendName(append(dst, '<'), prefix, p.Name.Local)
	to := len(dst)
	if uri, ok := around.Resolve(prefix); !ok || uri != space {
		dst = appendDeclaration(dst, prefix, space)
	}
	dst = k.found.appendTo(dst, prefix, around)
	if p.Lang != "" {
		dst = appendAttr(dst, "xml:lang", p.Lang)
	}
	dst = append(dst, v.attrs...)
	if v.raw == "" {
		return append(dst, "/>"...)
	}
	dst = append(dst, '>')
	if prefix == "" {
		dst = v.appendContent(dst, true)
	} else {
		dst = append(dst, v.raw...)
	}
	dst = append(dst, "</"...)
	return append(append(dst, dst[from:to]...), '>')
}

// declarable is space, or what stands for the one namespace that cannot be declared and has no name in a document:
// it is treated like an undeclared prefix.
func declarable(space string) string {
	if space == xmlnsNamespace {
		return "?xmlns"
	}
	return space
}

// appendName appends a qualified name.
func appendName(dst []byte, prefix, local string) []byte {
	if prefix != "" {
		dst = append(append(dst, prefix...), ':')
	}
	return xmlscan.AppendNCName(dst, local)
}

// appendAttr appends an attribute whose name is markup.
func appendAttr(dst []byte, name, value string) []byte {
	dst = append(append(append(dst, ' '), name...), `="`...)
	return append(appendEscaped(dst, value, true), '"')
}

func appendDeclaration(dst []byte, prefix, uri string) []byte {
	if prefix == "" {
		return appendAttr(dst, "xmlns", uri)
	}
	dst = append(append(dst, " xmlns:"...), prefix...)
	return append(appendEscaped(append(dst, `="`...), uri, true), '"')
}

// appendContent appends the content with declarations on its elements: of what they need from outside,
// or, with defaultOnly, of the default namespace only.
func (v *Value) appendContent(dst []byte, defaultOnly bool) []byte {
	if v.plain || v.scope == nil {
		return append(dst, v.raw...)
	}
	k := carrier{scope: v.scope, c: xmlscan.NewCursor(v.raw, nil), defaultOnly: defaultOnly}
	done := 0
	for t := k.c.Next(); t != xmlscan.Finish; t = k.c.Next() {
		if t != xmlscan.Start {
			continue
		}
		name := k.c.NameEnd()
		k.found = bindings{}
		k.element()
		dst = append(dst, v.raw[done:name]...)
		dst = k.found.appendTo(dst, "xml", nil) // which is never found: all of them
		done = name
	}
	return append(dst, v.raw[done:]...)
}

// carrier finds the declarations around a value that it relies on.
type carrier struct {
	c           xmlscan.Cursor // knows only what is declared within
	scope       *xmlscan.Scope // what is declared around
	found       bindings
	defaultOnly bool
}

// value looks at all of v.
func (k *carrier) value(v *Value) {
	if k.scope == nil {
		return
	}
	k.attrs(v.attrs)
	if v.plain {
		k.text(v.raw)
		return
	}
	k.c = xmlscan.NewCursor(v.raw, nil)
	for t := k.c.Next(); t != xmlscan.Finish; t = k.c.Next() {
		k.token(t)
	}
}

// element looks at the element whose start tag was just read, to its end.
func (k *carrier) element() {
	for t := xmlscan.Start; t != xmlscan.Finish; t = k.c.Next() {
		k.token(t)
		if k.c.Depth() == 0 {
			return
		}
	}
}

func (k *carrier) token(t xmlscan.Kind) {
	switch t {
	case xmlscan.Start:
		prefix, _ := xmlscan.SplitName(k.c.RawName())
		k.use(prefix)
		k.attrs(k.c.Attrs())
	case xmlscan.Text, xmlscan.CData:
		k.text(k.c.Text())
	}
}

func (k *carrier) attrs(markup string) {
	name, value, rest, ok := xmlscan.CutAttr(markup)
	for ; ok; name, value, rest, ok = xmlscan.CutAttr(rest) {
		if _, is := xmlscan.Declares(name); is {
			continue
		}
		if prefix, _ := xmlscan.SplitName(name); prefix != "" {
			k.use(prefix)
		}
		k.text(value)
	}
}

// text looks for every "prefix:" in character data or in the value of an attribute. Every byte is looked at once.
func (k *carrier) text(s string) {
	if strings.IndexByte(s, ':') < 0 {
		return
	}
	ends := k.scope.Endings()
	for prefix, rest := mentioned(s, &ends); rest != ""; prefix, rest = mentioned(rest, &ends) {
		k.use(prefix)
	}
}

// mentions reports whether there may be a "prefix:" in content without elements whose prefix is bound around it.
func (v *Value) mentions() bool {
	if strings.IndexByte(v.raw, ':') < 0 {
		return false
	}
	ends := v.scope.Endings()
	for prefix, rest := mentioned(v.raw, &ends); rest != ""; prefix, rest = mentioned(rest, &ends) {
		if v.scope.Lookup(prefix) != nil {
			return true
		}
	}
	return false
}

// mentioned returns the first name in s that stands before a colon and has one of these endings, and what follows with the colon,
// or "" if there is none.
func mentioned(s string, ends *xmlscan.Endings) (prefix, rest string) {
	from := 0 // behind the colon before, which is in no prefix
	for {
		n := strings.IndexByte(s[from:], ':')
		if n < 0 {
			return "", ""
		}
		i := from + n
		if n > 0 && ends.Has(s[i-1]) {
			if prefix = xmlscan.LastNCName(s[from:i]); prefix != "" {
				return prefix, s[i:]
			}
		}
		from = i + 1
	}
}

// use notes that a prefix is used. An unprefixed name in no namespace needs nothing, and no other prefix of xml may be
// declared: names have it in their place, so it is but mentioned.
func (k *carrier) use(prefix string) {
	if prefix == "xml" || k.defaultOnly && prefix != "" || k.c.Scope().Lookup(prefix) != nil || k.found.has(prefix) {
		return
	}
	if uri, _ := k.scope.Resolve(prefix); uri != "" && uri != xmlscan.XMLNamespace {
		k.found.add(prefix, uri)
	}
}

// prefixFor chooses a prefix for names in space, in a place where the declarations in around are in effect
// and those found will be.
func (k *carrier) prefixFor(space string, around *xmlscan.Scope) string {
	switch space {
	case "":
		return ""
	case xmlscan.XMLNamespace:
		return "xml"
	}
	if prefix, _ := around.PrefixOf(space); k.mayBe(prefix, space) {
		return prefix
	}
	if prefix := k.found.prefixOf(space); prefix != "" {
		return prefix
	}
	if prefix := wellKnownPrefix(space); k.mayBe(prefix, space) {
		return prefix
	}
	if prefix, _ := k.scope.PrefixOf(space); k.mayBe(prefix, space) {
		return prefix
	}
	for i := 1; ; i++ {
		if prefix := madePrefix(i); k.mayBe(prefix, space) {
			return prefix
		}
	}
}

// mayBe reports whether prefix can stand for space beside what was found.
func (k *carrier) mayBe(prefix, space string) bool {
	uri, ok := k.found.get(prefix)
	return prefix != "" && (!ok || uri == space)
}

// madePrefixes are the first prefixes that are made up. They cost no allocation.
var madePrefixes = [...]string{"ns1", "ns2", "ns3", "ns4"}

// madePrefix returns the prefix number i, from 1, of those that are made up.
func madePrefix(i int) string {
	if i <= len(madePrefixes) {
		return madePrefixes[i-1]
	}
	return "ns" + strconv.Itoa(i)
}

// fewBindings is how many bindings are found without an index.
const fewBindings = 8

// bindings is a list of declarations, each prefix once, in the order in which they were added.
//
// Invariant: index holds exactly what is in more.
type bindings struct {
	n     int // how many of few are in use
	few   [fewBindings]Namespace
	more  []Namespace
	index map[string]string
}

func (b *bindings) get(prefix string) (uri string, ok bool) {
	for i := range b.few[:b.n] {
		if b.few[i].Prefix == prefix {
			return b.few[i].URI, true
		}
	}
	uri, ok = b.index[prefix]
	return uri, ok
}

// prefixOf returns the first prefix for uri that is not empty, or "".
func (b *bindings) prefixOf(uri string) string {
	for _, list := range [...][]Namespace{b.few[:b.n], b.more} {
		for i := range list {
			if list[i].URI == uri && list[i].Prefix != "" {
				return list[i].Prefix
			}
		}
	}
	return ""
}

func (b *bindings) has(prefix string) bool {
	_, ok := b.get(prefix)
	return ok
}

// add adds what is not there yet.
func (b *bindings) add(prefix, uri string) {
	if b.n < fewBindings {
		b.few[b.n] = Namespace{prefix, uri}
		b.n++
		return
	}
	if b.index == nil {
		b.index = map[string]string{}
	}
	b.more = append(b.more, Namespace{prefix, uri})
	b.index[prefix] = uri
}

// appendTo appends the declarations, but for that of except, and those that are in effect around.
func (b *bindings) appendTo(dst []byte, except string, around *xmlscan.Scope) []byte {
	for i := range b.few[:b.n] {
		dst = b.few[i].appendTo(dst, except, around)
	}
	for i := range b.more {
		dst = b.more[i].appendTo(dst, except, around)
	}
	return dst
}

func (n *Namespace) appendTo(dst []byte, except string, around *xmlscan.Scope) []byte {
	if n.Prefix == except {
		return dst
	}
	if uri, _ := around.Resolve(n.Prefix); uri == n.URI {
		return dst
	}
	return appendDeclaration(dst, n.Prefix, n.URI)
}

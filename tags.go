package multistatus

import (
	"bytes"
	"strings"

	"github.com/go-multistatus/multistatus/internal/xmlscan"
)

// tag is the markup of elements of one name, in the scope of the root.
type tag struct {
	name  Name
	next  *tag   // that which was written after it the last time
	open  string // start tag, with a declaration if the root has none
	end   string // end tag
	empty string // empty-element tag
	bare  string // the start tag without its >
	made  bool   // the prefix was made up, for the root has none

	scope *xmlscan.Scope // of the value that was written last
	free  bool           // values of that scope need no declarations
	text  *element       // the last that was written around a text in a scope that needs declarations
	last  *element       // the last that needed a closer look
}

// maxTags bounds how many tags are kept.
const maxTags = 512

// tags makes every tag once.
type tags struct {
	first tag // what stands before the first name of a response
	index map[Name]*tag
}

func (t *tags) forget() {
	clear(t.index)
	t.first.next = nil
}

// tag returns the tag for n, or nil after an error. Responses are alike: the guess is the name that followed the last time.
// Where properties are written it is made before tag is called: the call would cost a tenth of all.
func (e *Encoder) tag(n Name) *tag {
	if t := e.prev.next; t != nil && t.name == n {
		e.prev = t
		return t
	}
	t := e.tags.index[n]
	if t == nil {
		if t = e.newTag(n); t == nil {
			return nil
		}
	}
	e.prev.next = t
	e.prev = t
	return t
}

// propTag returns the tag for p, and p as it is to be written; or nil after an error.
func (e *Encoder) propTag(p *Property) (*tag, *Property) {
	t := e.tag(p.Name)
	if t == nil {
		if p = e.mended(p); p != nil {
			t = e.tag(p.Name)
		}
	}
	return t, p
}

// mended returns p with _ for the colons in its name, after tag has refused that as it is; or nil if the error stays.
// It is for properties that may have been decoded: who names one himself is told of his mistake.
func (e *Encoder) mended(p *Property) *Property {
	n := p.Name.withoutColons()
	if n == p.Name || n.checkElement() != nil {
		return nil
	}
	e.bad = nil
	return &Property{n, p.Lang, p.Value}
}

// withoutColons is n as it is written if it was decoded from a name with a second colon (see [QuirkNsDoublePrefix]).
func (n Name) withoutColons() Name { return Name{n.Space, strings.ReplaceAll(n.Local, ":", "_")} }

// newTag makes a tag, if n can be the name of an element.
func (e *Encoder) newTag(n Name) *tag {
	if err := n.checkElement(); err != nil {
		e.refuse(err)
		return nil
	}
	prefix, scope := prefixIn(e.root, n.Space)
	name := string(appendName(nil, prefix, n.Local))
	start := append([]byte{'<'}, name...)
	if scope != e.root {
		start = appendDeclaration(start, prefix, n.Space)
	}
	bare := string(start)
	t := &tag{name: n, open: bare + ">", end: "</" + name + ">", empty: bare + "/>", bare: bare, made: scope != e.root, free: true}
	if len(e.tags.index) >= maxTags {
		e.tags.forget()
		e.prev = &e.tags.first
	}
	if e.tags.index == nil {
		e.tags.index = map[Name]*tag{}
	}
	e.tags.index[n] = t
	return t
}

// crowded stands for every scope with more than manyScopes: these are not remembered, for hundreds of tags would keep them alive.
var crowded xmlscan.Scope

// meet finds out what values of a scope need.
func (t *tag) meet(scope *xmlscan.Scope, e *Encoder) {
	t.scope, t.free = scope, scope == nil || e.known.agrees(scope, e.root)
	if isCrowded(scope) {
		t.scope = &crowded
	}
}

func isCrowded(scope *xmlscan.Scope) bool { return scope != nil && scope.Len > manyScopes }

// appendProp appends p, whose name t has, where there are the declarations of e's root.
func (t *tag) appendProp(b []byte, p *Property, e *Encoder) []byte {
	v := &p.Value
	if v.scope != t.scope {
		t.meet(v.scope, e)
	}
	if !t.free {
		switch {
		case v.attrs != "" || !v.plain && strings.IndexByte(v.raw, '<') >= 0 || v.mentions():
			return t.appendElement(b, p, e.root)
		case t.made:
			return t.appendText(b, p, e.root)
		}
	}
	switch {
	case v.attrs != "" || p.Lang != "":
		return appendAround(b, t.bare, t.end, p.Lang, v)
	case v.raw == "":
		return append(b, t.empty...)
	}
	return append(append(append(b, t.open...), v.raw...), t.end...)
}

// element is one in a scope, as it was written: resources often have the same of a kind.
type element struct {
	scope    *xmlscan.Scope
	plain    bool
	markup   []byte
	from, to int // of its content
}

// maxElement is how much of an element is kept.
const maxElement = 2 << 10

// is reports whether p has been written as l.
func (l *element) is(p *Property) bool {
	v := &p.Value
	return l != nil && v.scope == l.scope && v.plain == l.plain && v.attrs == "" && p.Lang == "" && string(l.markup[l.from:l.to]) == v.raw
}

// appendText is appendProp for text that mentions no prefix: all elements around such differ in it, and in their language.
func (t *tag) appendText(b []byte, p *Property, root *xmlscan.Scope) []byte {
	v := &p.Value
	switch {
	case isCrowded(v.scope):
		return p.appendIn(b, root)
	case t.text == nil || t.text.scope != v.scope:
		t.wrap(v.scope, root)
	}
	l := t.text
	open := l.markup[:l.from]
	if p.Lang == "" && v.raw != "" {
		return append(append(append(b, open...), v.raw...), l.markup[l.to:]...)
	}
	return appendAround(b, open[:len(open)-1], l.markup[l.to:], p.Lang, v)
}

// wrap remembers how an element around a text is written.
func (t *tag) wrap(scope, root *xmlscan.Scope) {
	if t.text == nil {
		t.text = new(element)
	}
	p := Property{Name: t.name, Value: Value{raw: "x", plain: true, scope: scope}}
	markup := p.appendIn(t.text.markup[:0], root)
	to := bytes.LastIndexByte(markup, '<')
	*t.text = element{scope, true, markup, to - len(p.Value.raw), to}
}

// appendElement is appendProp for a value all of which has to be looked at.
func (t *tag) appendElement(b []byte, p *Property, root *xmlscan.Scope) []byte {
	if t.last.is(p) {
		return append(b, t.last.markup...)
	}
	n := len(b)
	b = p.appendIn(b, root)
	t.keep(p, b[n:])
	return b
}

// keep remembers that p was written as markup. The content is as it stands there, unless the element is in no namespace.
func (t *tag) keep(p *Property, markup []byte) {
	v := &p.Value
	to := bytes.LastIndex(markup, []byte("</"))
	from := to - len(v.raw)
	if isCrowded(v.scope) || v.raw == "" || v.attrs != "" || p.Lang != "" || len(markup) > maxElement || from < 0 || string(markup[from:to]) != v.raw {
		return
	}
	if t.last == nil {
		t.last = new(element)
	}
	*t.last = element{v.scope, v.plain, append(t.last.markup[:0], markup...), from, to}
}

// appendAround appends an element with attributes, or a language, and a value that needs no declarations. Its start tag, without
// the >, is bare.
func appendAround[T string | []byte](b []byte, bare, end T, lang string, v *Value) []byte {
	b = append(b, bare...)
	if lang != "" {
		b = appendAttr(b, "xml:lang", lang)
	}
	b = append(b, v.attrs...)
	if v.raw == "" {
		return append(b, "/>"...)
	}
	return append(append(append(b, '>'), v.raw...), end...)
}

// checkElement tells why n cannot be the name of an element.
func (n Name) checkElement() error {
	switch {
	case !xmlscan.IsNCName(n.Local):
		return &EncodeError{Name: n, Err: ErrName}
	case n.Space == xmlnsNamespace:
		return &EncodeError{Name: n, Err: ErrReserved}
	case carriable(n.Space) != n.Space:
		return &EncodeError{Name: n, Err: ErrCharacter}
	}
	return nil
}

// scopeSet remembers scopes that bind nothing otherwise than the root does.
type scopeSet struct {
	yes, no [4]*xmlscan.Scope
	i       int
}

func (s *scopeSet) forget() { *s = scopeSet{} }

// agrees reports whether every prefix that c binds is bound alike by root.
func (s *scopeSet) agrees(c, root *xmlscan.Scope) bool {
	for i := range s.yes {
		switch c {
		case s.yes[i]:
			return true
		case s.no[i]:
			return false
		}
	}
	ok := isWithin(c, root)
	s.i = (s.i + 1) % len(s.yes)
	if ok {
		s.yes[s.i] = c
	} else {
		s.no[s.i] = c
	}
	return ok
}

// manyScopes is up to how many declarations are compared.
const manyScopes = 32

func isWithin(c, root *xmlscan.Scope) bool {
	if c.Len > manyScopes {
		return false
	}
	for d := c; d != nil; d = d.Parent {
		if uri, ok := root.Resolve(d.Prefix); c.Lookup(d.Prefix) == d && (!ok || uri != d.URI) {
			return false
		}
	}
	return true
}

package multistatus

import (
	"io"
	"strconv"
	"strings"

	"github.com/go-multistatus/multistatus/internal/xmlscan"
)

// Text returns a Value of character data. [Value.Text] gives s back; it is escaped where it is written.
// What XML cannot carry becomes U+FFFD: control characters, U+FFFE, U+FFFF, and each byte that is no UTF-8.
// It does not allocate if nothing in s has to be escaped.
func Text(s string) Value {
	if xmlscan.IsPlain(s) {
		return Value{raw: s, plain: true}
	}
	s = carriable(s)
	raw := string(appendEscaped(make([]byte, 0, len(s)+16), s, false))
	return Value{raw: raw, plain: raw == s}
}

// Elements returns a Value of empty elements, as that of DAV:resourcetype is.
// What cannot stand in a name becomes _, and what XML cannot carry in a Space U+FFFD.
func Elements(names ...Name) Value {
	var raw []byte
	var scope *xmlscan.Scope
	var many map[string]string // the prefixes in scope, where there may be many
	if len(names) > fewBindings {
		many = map[string]string{}
	}
	for _, n := range names {
		space := carriable(declarable(n.Space))
		prefix, ok := many[space]
		switch {
		case ok:
		case many == nil || space == "" || space == xmlscan.XMLNamespace:
			prefix, scope = prefixIn(scope, space)
		default:
			prefix, scope = newPrefix(scope, space)
			many[space] = prefix
		}
		raw = appendName(append(raw, '<'), prefix, n.Local)
		raw = append(raw, "/>"...)
	}
	return Value{raw: string(raw), scope: scope}
}

// prefixIn returns a prefix for space, and the scope that binds it: scope, or that with a declaration more,
// which hides none of the others.
func prefixIn(scope *xmlscan.Scope, space string) (string, *xmlscan.Scope) {
	switch space {
	case "":
		return "", scope
	case xmlscan.XMLNamespace:
		return "xml", scope
	}
	if prefix, _ := scope.PrefixOf(space); prefix != "" {
		return prefix, scope
	}
	return newPrefix(scope, space)
}

// newPrefix is prefixIn for a namespace without a prefix. Of the prefixes that are made up it tries the first few,
// and then those with numbers from that of the declarations in scope: one by one would be too many.
func newPrefix(scope *xmlscan.Scope, space string) (string, *xmlscan.Scope) {
	prefix := wellKnownPrefix(space)
	for i := 1; prefix == "" || scope.Lookup(prefix) != nil; i++ {
		if i == len(madePrefixes)+1 && scope != nil {
			i = max(i, scope.Len)
		}
		prefix = madePrefix(i)
	}
	return prefix, scope.Bind(prefix, space)
}

// WithAttr returns v with an attribute more, or with another value for an attribute that it has.
// What cannot stand in a name becomes _, and what XML cannot carry U+FFFD.
// It returns v as it is for the names of namespace declarations, which are made where they are needed,
// and for xml:lang, which is [Property.Lang].
func (v Value) WithAttr(n Name, value string) Value {
	if isHidden(n) {
		return v
	}
	n = Name{carriable(n.Space), string(xmlscan.AppendNCName(nil, n.Local))}
	kept := v.attrsBut(n)
	var prefix string
	prefix, v.scope = prefixIn(v.scope, n.Space)
	name := string(appendName(nil, prefix, n.Local))
	v.attrs = string(appendAttr(kept, name, value))
	return v
}

// isHidden reports whether Attrs never yields n.
func isHidden(n Name) bool {
	switch n.Space {
	case "":
		return n.Local == "xmlns" || n.Local == "xml:lang" || strings.HasPrefix(n.Local, "xmlns:")
	case xmlscan.XMLNamespace:
		return n.Local == "lang"
	}
	return n.Space == xmlnsNamespace
}

// attrsBut returns the attributes without that of the name n, as markup.
func (v *Value) attrsBut(n Name) []byte {
	var kept []byte
	l := v.attrList()
	for {
		before := l.markup
		name, _, ok := l.next()
		if !ok {
			return kept
		}
		if name != n {
			kept = append(kept, before[:len(before)-len(l.markup)]...)
		}
	}
}

// XML returns a Value of s, which is the content of an element: text and elements.
// Prefixes in it have to be bound in it or in scope, where a later binding of a prefix takes the place of an earlier one.
// [Value.Raw] gives s back.
//
// s is checked strictly: nothing is forgiven that a [Decoder] forgives, and the limits of its default
// [DecodeOptions] hold, MaxDepth as for a property of a multistatus document.
// Every error is a *[DecodeError] with the place in s.
func XML(s string, scope ...Namespace) (Value, error) {
	var x xmlscan.Scanner
	x.ResetString(contentHead+s+contentTail, strictConfig())
	x.Next()
	for _, n := range scope {
		if err := n.check(); err != nil {
			return Value{}, &DecodeError{Line: 1, Column: 1, Err: err}
		}
		x.Declare(n.Prefix, n.URI)
	}
	v := Value{raw: s, scope: x.Scope}
	c, ok := x.Content()
	switch {
	case !ok:
		return Value{}, contentError(&x, len(s))
	case x.TokenOffset() != int64(len(contentHead)+len(s)):
		return Value{}, contentErrorAt(&x, x.TokenOffset(), &reason{ErrMismatch, "(end tag without start tag)"})
	}
	v.plain = c.Plain
	return v, nil
}

// An element is put around content for the scanner.
const (
	contentHead = "<x>"
	contentTail = "</x>"
)

// propertyDepth is how many elements are open around a property: multistatus, response, propstat and prop.
const propertyDepth = 4

// strictConfig makes the scanner forgive nothing.
func strictConfig() xmlscan.Config {
	cfg := new(DecodeOptions).limits().config()
	cfg.MaxDepth -= propertyDepth
	cfg.Host = strict{}
	return cfg
}

// strict is what forgives nothing.
type strict struct{}

// OnFault implements [xmlscan.Host].
func (strict) OnFault(f xmlscan.Fault, off int64, detail string) error {
	return &xmlscan.Error{Err: faultReason[f], Off: off, Detail: "(" + clipText(detail) + ")"}
}

// OnPrefix implements [xmlscan.Host].
func (strict) OnPrefix(prefix string, off int64, _ bool) (string, error) {
	return "", &xmlscan.Error{Err: ErrPrefix, Off: off, Detail: strconv.Quote(clipText(prefix))}
}

// Unbound implements [xmlscan.Host]. It is not asked after an OnFault that forgives nothing.
func (strict) Unbound(string) string { return "" }

// Classify implements [xmlscan.Host].
func (strict) Classify(xmlscan.Name) uint8 { return 0 }

// faultReason is why what the scanner could mend is an error.
// The faults that are not here are no faults of content, or of UTF-8.
var faultReason = [...]error{
	xmlscan.BareAmp:            ErrEntity,
	xmlscan.UndeclaredEntity:   ErrEntity,
	xmlscan.IllegalCharRef:     ErrEntity,
	xmlscan.Control:            ErrCharacter,
	xmlscan.NonChar:            ErrCharacter,
	xmlscan.InvalidUTF8:        ErrCharacter,
	xmlscan.SecondColon:        ErrSyntax,
	xmlscan.EmptyPrefixBinding: ErrReserved,
	xmlscan.XMLRebound:         ErrReserved,
	xmlscan.TrailingNUL:        nil,
}

// contentError makes the error of a scanner that failed in content of that size.
func contentError(x *xmlscan.Scanner, size int) error {
	end := int64(len(contentHead) + size)
	e, ok := x.Err.(*xmlscan.Error)
	switch {
	case !ok:
		return x.Err
	case e.Err == nil:
		return contentErrorAt(x, e.Off, &LimitError{e.Limit, e.Max})
	case e.Off >= end && x.TokenOffset() < end: // the tail fell into markup that lacks its end
		return contentErrorAt(x, x.TokenOffset(), io.ErrUnexpectedEOF)
	case e.Off >= end:
		return contentErrorAt(x, x.Top().Off, io.ErrUnexpectedEOF)
	case e.Off < int64(len(contentHead)): // the tail closed an element of the same name
		return contentErrorAt(x, x.Closed().Off, io.ErrUnexpectedEOF)
	case e.Detail != "":
		return contentErrorAt(x, e.Off, &reason{e.Err, e.Detail})
	}
	return contentErrorAt(x, e.Off, e.Err)
}

// contentErrorAt takes the element around the content out of the place of an error.
func contentErrorAt(x *xmlscan.Scanner, off int64, err error) error {
	line, column := x.Position(off)
	if line == 1 {
		column -= len(contentHead)
	}
	_, path, _ := strings.Cut(x.Path(), "/")
	return &DecodeError{off - int64(len(contentHead)), line, column, path, err}
}

// check holds n against Namespaces in XML 1.0, sections 3 and 5.
func (n Namespace) check() error {
	switch reserved := n.Prefix == "xml" || n.URI == xmlscan.XMLNamespace; {
	case n.Prefix != "" && !xmlscan.IsNCName(n.Prefix):
		return &reason{ErrSyntax, "(prefix " + strconv.Quote(clipText(n.Prefix)) + ")"}
	case n.Prefix == "xmlns", n.URI == xmlnsNamespace, reserved && n != Namespace{"xml", xmlscan.XMLNamespace},
		n.Prefix != "" && n.URI == "":
		return &reason{ErrReserved, "(prefix " + strconv.Quote(clipText(n.Prefix)) + ")"}
	case carriable(n.URI) != n.URI:
		return &reason{ErrCharacter, "(namespace " + strconv.Quote(clipText(n.URI)) + ")"}
	}
	return nil
}

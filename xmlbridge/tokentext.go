package xmlbridge

import (
	"cmp"
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"strings"

	"github.com/go-multistatus/multistatus"
	"github.com/go-multistatus/multistatus/internal/xmlscan"
)

// What a Decoder allows by default, and what is looked at before it sees a tag: so many namespaces in scope, and
// so many attributes with the declarations among them.
const (
	maxNamespaces = 1024
	maxAttrs      = 256 + maxNamespaces
)

// Reasons why tokens are no element. They come from other readers than an xml.Decoder that parses text, but for the first.
var (
	errDirective = errors.New("xmlbridge: a directive within an element")
	errName      = errors.New("xmlbridge: a token with a malformed name")
)

// tokenText reads the tokens of one element and makes text of them: an [io.Reader] from which a multistatus.Decoder reads.
//
// A token names a namespace, and not the prefix that stood for it. The prefix is chosen from those that the tokens declare;
// where there is none the name had a prefix without declaration, which is its Space then, or one that is declared outside.
//
// Invariant: prefix[uri] is the innermost prefix declared for uri, that is not empty, in the elements that are open.
type tokenText struct {
	tokens xml.TokenReader
	buf    []byte // text of the last token
	done   int    // how much of buf was read
	err    error  // what comes behind buf
	open   []element
	prefix map[string]string
	made   int // how many prefixes were made up or tried
}

// element is one whose start tag was read.
type element struct {
	name  string // as written
	scope *xmlscan.Scope
	undo  []multistatus.Namespace // what prefix held before
}

func newTokenText(tokens xml.TokenReader) *tokenText {
	return &tokenText{tokens: tokens, prefix: map[string]string{}}
}

// Read implements [io.Reader]. It reads no token behind the element.
func (t *tokenText) Read(b []byte) (n int, err error) {
	for t.done == len(t.buf) {
		if t.err != nil {
			return 0, t.err
		}
		t.buf, t.done = t.buf[:0], 0
		t.err = t.next()
	}
	n = copy(b, t.buf[t.done:])
	t.done += n
	return n, nil
}

func (t *tokenText) next() error {
	if len(t.open) == 0 {
		return io.EOF
	}
	token, err := t.tokens.Token()
	if token == nil && err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	switch token := token.(type) {
	case nil:
		return cmp.Or(err, io.ErrNoProgress)
	case xml.StartElement:
		return t.start(&token)
	case xml.EndElement:
		t.end()
	case xml.CharData:
		t.buf = append(t.buf, escapeText.Replace(string(token))...)
	case xml.Directive:
		return errDirective
	}
	return nil
}

func (t *tokenText) start(e *xml.StartElement) error {
	if err := checkNames(e); err != nil {
		return err
	}
	in, err := t.declare(e.Attr)
	if err != nil {
		return err
	}
	var made []multistatus.Namespace // declared for names in this tag
	in.name = t.name(&in, &made, e.Name, true)
	t.buf = append(append(t.buf, '<'), in.name...)
	for i := range e.Attr {
		t.attr(&in, &made, &e.Attr[i])
	}
	for _, n := range made {
		t.putAttr(declarationName(n.Prefix), n.URI)
	}
	t.buf = append(t.buf, '>')
	t.open = append(t.open, in)
	return nil
}

// checkNames refuses names that would be other markup. Anything else that is no name is for the Decoder to refuse.
func checkNames(e *xml.StartElement) error {
	if badName(e.Name) {
		return errName
	}
	for i := range e.Attr {
		if badName(e.Attr[i].Name) {
			return errName
		}
	}
	return nil
}

func badName(n xml.Name) bool {
	return n.Local == "" || strings.ContainsAny(n.Local, " \t\r\n<>&'\"=/?!")
}

// declare takes the declarations among attrs.
func (t *tokenText) declare(attrs []xml.Attr) (in element, err error) {
	if len(attrs) > maxAttrs {
		return in, &multistatus.LimitError{Limit: "MaxAttrs", Max: maxAttrs - maxNamespaces}
	}
	if len(t.open) > 0 {
		in.scope = t.open[len(t.open)-1].scope
	}
	for i := range attrs {
		if prefix, is := declared(attrs[i].Name); is {
			t.bind(&in, prefix, attrs[i].Value)
		}
	}
	if in.scope != nil && in.scope.Len > maxNamespaces {
		return in, &multistatus.LimitError{Limit: "MaxNamespaces", Max: maxNamespaces}
	}
	return in, nil
}

// declared reports whether an attribute is a declaration, and of which prefix.
func declared(n xml.Name) (prefix string, ok bool) {
	if n.Space == "" && n.Local == "xmlns" {
		return "", true
	}
	return n.Local, n.Space == "xmlns"
}

func (t *tokenText) bind(in *element, prefix, uri string) {
	in.scope = in.scope.Bind(prefix, uri)
	if prefix == "" || t.prefix[uri] == prefix {
		return
	}
	in.undo = append(in.undo, multistatus.Namespace{Prefix: t.prefix[uri], URI: uri})
	t.prefix[uri] = prefix
}

// name returns n as it is written, and adds to made what has to be declared for it.
func (t *tokenText) name(in *element, made *[]multistatus.Namespace, n xml.Name, isElement bool) string {
	switch uri, _ := in.scope.Resolve(""); {
	case n.Space == "" && !isElement, n.Space == uri && isElement:
		return n.Local
	case n.Space == "":
		*made = append(*made, multistatus.Namespace{})
		t.bind(in, "", "")
		return n.Local
	case n.Space == xmlscan.XMLNamespace:
		return "xml:" + n.Local
	}
	return t.prefixOf(in, made, n.Space) + ":" + n.Local
}

func (t *tokenText) prefixOf(in *element, made *[]multistatus.Namespace, space string) string {
	if prefix := t.prefix[space]; prefix != "" && in.stands(prefix, space) {
		return prefix
	}
	if xmlscan.IsNCName(space) && !in.binds(space) {
		return space // a prefix without declaration: what is to become of it the Decoder knows
	}
	prefix := t.makePrefix(in)
	t.bind(in, prefix, space)
	*made = append(*made, multistatus.Namespace{Prefix: prefix, URI: space})
	return prefix
}

// makePrefix returns a prefix that is not bound. It tries none twice, however many a hostile body binds.
func (t *tokenText) makePrefix(in *element) string {
	for {
		t.made++
		if prefix := "ns" + strconv.Itoa(t.made); !in.binds(prefix) {
			return prefix
		}
	}
}

func (e *element) binds(prefix string) bool {
	_, ok := e.scope.Resolve(prefix)
	return ok
}

func (e *element) stands(prefix, space string) bool {
	uri, ok := e.scope.Resolve(prefix)
	return ok && uri == space
}

func (t *tokenText) attr(in *element, made *[]multistatus.Namespace, a *xml.Attr) {
	if prefix, is := declared(a.Name); is {
		t.putAttr(declarationName(prefix), a.Value)
		return
	}
	t.putAttr(t.name(in, made, a.Name, false), a.Value)
}

func declarationName(prefix string) string {
	if prefix == "" {
		return "xmlns"
	}
	return "xmlns:" + prefix
}

func (t *tokenText) putAttr(name, value string) {
	t.buf = append(append(append(t.buf, ' '), name...), `="`...)
	t.buf = append(append(t.buf, escapeAttr.Replace(value)...), '"')
}

func (t *tokenText) end() {
	last := len(t.open) - 1
	e := &t.open[last]
	t.buf = append(append(append(t.buf, "</"...), e.name...), '>')
	for i := len(e.undo) - 1; i >= 0; i-- {
		t.restore(e.undo[i])
	}
	*e = element{}
	t.open = t.open[:last]
}

func (t *tokenText) restore(before multistatus.Namespace) {
	if before.Prefix == "" {
		delete(t.prefix, before.URI)
	} else {
		t.prefix[before.URI] = before.Prefix
	}
}

// A carriage return in a token stood in the body as a reference. In an attribute a line end is a space anyway.
var (
	escapeText = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", "\r", "&#13;")
	escapeAttr = strings.NewReplacer("&", "&amp;", "<", "&lt;", `"`, "&quot;", "\t", " ", "\n", " ", "\r", " ")
)

package davprop

import (
	"bytes"
	"iter"
	"slices"
	"strings"

	"github.com/go-multistatus/multistatus"
)

// unprefixed reports the first element of v that is in no namespace.
func unprefixed(v multistatus.Value) Report {
	for n := range v.Elements() {
		if n.Space == "" {
			return Report{QuirkNsChildUnprefixed, n.Local}
		}
	}
	return Report{}
}

// structure makes a parser of values from one that reads elements and forgives or refuses nothing itself.
func structure[T any](read func(multistatus.Value) T) func(multistatus.Value) (T, Report, error) {
	return func(v multistatus.Value) (T, Report, error) { return read(v), unprefixed(v), nil }
}

// children yields the Values of the elements in v that have a name in DAV:.
func children(v multistatus.Value, local string) iter.Seq[multistatus.Value] {
	return func(yield func(multistatus.Value) bool) {
		for n, child := range v.Elements() {
			if isDAV(n, local) && !yield(child) {
				return
			}
		}
	}
}

// isDAV reports whether n is a name in DAV:, or in no namespace.
func isDAV(n multistatus.Name, local string) bool {
	return n.Local == local && (n.Space == multistatus.NamespaceDAV || n.Space == "")
}

// firstName returns the name of the first element in v.
func firstName(v multistatus.Value) multistatus.Name {
	for n := range v.Elements() {
		return qualified(n)
	}
	return multistatus.Name{}
}

// hrefIn returns the first href in v, or "".
func hrefIn(v multistatus.Value) multistatus.Href {
	for child := range children(v, "href") {
		return multistatus.Href(ownText(child))
	}
	return ""
}

// join is the texts of items, separated by commas.
func join[T any](items iter.Seq[T], show func(T) string) string {
	var b strings.Builder
	for item := range items {
		if b.Len() > 0 {
			b.WriteString(", ")
		}
		b.WriteString(show(item))
	}
	return b.String()
}

// builder makes the Value of a structure. The prefix D is DAV:.
type builder struct {
	b    []byte
	more multistatus.Namespace // another that is declared around, if it has a prefix
}

// put writes the property whose value was built.
func (w *builder) put(e *multistatus.Encoder, n multistatus.Name) error {
	scope := []multistatus.Namespace{{Prefix: "D", URI: multistatus.NamespaceDAV}, w.more}
	if w.more.Prefix == "" {
		scope = scope[:1]
	}
	v, err := multistatus.XML(string(w.b), scope...)
	if err != nil {
		return refuse(e, n, err)
	}
	return e.PropValue(n, v)
}

// refuse makes err stick to the response.
func refuse(e *multistatus.Encoder, n multistatus.Name, err error) error {
	return multistatus.PropAppend(e, n, refusal{err})
}

// refusal is a text that cannot be written.
type refusal struct{ err error }

func (r refusal) AppendText(dst []byte) ([]byte, error) { return dst, r.err }

// within builds an element in DAV: with what content builds.
func (w *builder) within(local string, content func()) {
	w.b = append(append(append(w.b, "<D:"...), local...), '>')
	content()
	w.b = append(append(append(w.b, "</D:"...), local...), '>')
}

// flag builds an empty element in DAV: if it is to be there.
func (w *builder) flag(local string, there bool) {
	if there {
		w.b = append(append(append(w.b, "<D:"...), local...), "/>"...)
	}
}

// text builds an element in DAV: with a text, or nothing for none.
func (w *builder) text(local, text string) {
	if text != "" {
		w.within(local, func() { w.b = append(w.b, multistatus.Text(text).Raw()...) })
	}
}

// href builds an element in DAV: with an href in it, or nothing for none.
func (w *builder) href(local string, h multistatus.Href) {
	if h != "" {
		w.within(local, func() { w.text("href", string(h)) })
	}
}

// names builds an element in DAV: for each name, with an empty element of that name in it.
func (w *builder) names(local string, names ...multistatus.Name) {
	for _, n := range names {
		w.within(local, func() { w.empty(n) })
	}
}

// empty builds an empty element of any name, or nothing for none.
func (w *builder) empty(n multistatus.Name) {
	if n != (multistatus.Name{}) {
		w.value(n, multistatus.Value{})
	}
}

// value builds an element of any name.
func (w *builder) value(n multistatus.Name, v multistatus.Value) {
	p := multistatus.Property{Name: n, Value: v}
	from := len(w.b)
	w.b = p.AppendXML(w.b)
	w.hoist(from, n.Space)
}

// hoist takes off what the element at from declares of its own prefix, if that is declared around: many small elements
// would be much longer by it. Besides DAV: the first other namespace is declared around.
func (w *builder) hoist(from int, space string) {
	tag := string(w.b[from : from+max(0, bytes.IndexByte(w.b[from:], '='))])
	name, declared, _ := strings.Cut(tag, " xmlns:")
	prefix, _, _ := strings.Cut(name[min(1, len(name)):], ":")
	attr := " xmlns:" + prefix + `="` + space + `"`
	at := from + len(name)
	switch around := (multistatus.Namespace{Prefix: prefix, URI: space}); {
	case prefix == "" || strings.Contains(name, ">") || declared != prefix || !bytes.HasPrefix(w.b[at:], []byte(attr)):
		return
	case around == multistatus.Namespace{Prefix: "D", URI: multistatus.NamespaceDAV}:
	case prefix == "D" || w.more.Prefix != "" && w.more != around:
		return
	default:
		w.more = around
	}
	w.b = slices.Delete(w.b, at, at+len(attr))
}

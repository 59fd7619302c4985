package xmlbridge

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/go-multistatus/multistatus"
	"github.com/go-multistatus/multistatus/internal/xmlscan"
)

var errNothing = errors.New("encoding/xml writes nothing for it")

// Marshal returns the property called name that holds what [xml.Marshal] writes for v: its attributes, its children and
// its text. An XMLName of v is not looked at, and what a MarshalXML calls its element is not either.
//
// A field whose tag names no namespace is in that of the element around it, as in what encoding/xml writes: in that of name,
// if none is between. encoding/xml repeats a declaration of the default namespace on every element; here prefixes stand
// in their place, the usual ones, and they are declared once, where the property is written. Else everything is kept as
// encoding/xml wrote it, also prefixes and declarations that v itself has. An attribute xml:lang of the element becomes
// [multistatus.Property.Lang]. What XML cannot carry becomes U+FFFD.
//
// It is an error if encoding/xml has one; if it writes nothing, as for a nil pointer, or several elements, as for a slice;
// or if what it writes is not well-formed, as a field tagged ",innerxml", or "D:href" without a declaration of D, may
// have it: nothing is forgiven, and the limits of [multistatus.DecodeOptions] hold, MaxNamespaces for all that the property
// declares. The latter errors wrap a *[multistatus.DecodeError], whose place is in what encoding/xml wrote. A name that is none is a [multistatus.ErrName].
// NOTE: encoding/xml does not notice a value that holds itself, and ends the program.
func Marshal(name multistatus.Name, v any) (multistatus.Property, error) {
	p, err := marshal(name, v)
	if err != nil {
		return multistatus.Property{}, fmt.Errorf("xmlbridge: cannot marshal %v: %w", name, err)
	}
	return p, nil
}

func marshal(name multistatus.Name, v any) (p multistatus.Property, err error) {
	if !xmlscan.IsNCName(name.Local) {
		return p, multistatus.ErrName
	}
	var b bytes.Buffer
	e := xml.NewEncoder(&b)
	if err := e.EncodeElement(v, xml.StartElement{Name: xml.Name(name)}); err != nil {
		return p, err
	}
	if err := e.Close(); err != nil {
		return p, err
	}
	if b.Len() == 0 {
		return p, errNothing
	}
	p, err = multistatus.ParseElement(b.Bytes(), &multistatus.DecodeOptions{Reject: multistatus.AllQuirks()})
	if err != nil {
		return p, err
	}
	p.Name = name
	p.Value, err = prefixed(b.String(), p.Value)
	return p, err
}

// prefixed returns the value of the element text, which is v, without any default namespace.
func prefixed(text string, v multistatus.Value) (multistatus.Value, error) {
	r := rewriter{c: xmlscan.NewCursor(text, nil), prefix: map[string]string{}, fixed: fixedPrefixes(text)}
	r.c.Next()
	for s := r.c.Scope(); s != nil; s = s.Parent {
		if s.Prefix != "" {
			r.scope = append(r.scope, multistatus.Namespace{Prefix: s.Prefix, URI: s.URI})
		}
	}
	content := r.content()
	if len(r.scope) > maxNamespaces {
		limit := multistatus.LimitError{Limit: "MaxNamespaces", Max: maxNamespaces}
		return v, &multistatus.DecodeError{Line: 1, Column: 1, Err: &limit}
	}
	n, err := multistatus.XML(content, r.scope...)
	for a := range v.Attrs() {
		n = n.WithAttr(a.Name, a.Value)
	}
	return n, err
}

// fixedPrefixes returns the prefixes that text declares, each with what it stands for, or "" if it stands for several.
func fixedPrefixes(text string) map[string]string {
	fixed := map[string]string{}
	for prefix, space := range declarations(text) {
		if before, ok := fixed[prefix]; ok && before != space {
			space = ""
		}
		fixed[prefix] = space
	}
	return fixed
}

// rewriter gives a prefix to every element in a default namespace. Everything else stays as it is, but for how it is escaped.
type rewriter struct {
	c      xmlscan.Cursor
	prefix map[string]string // of a namespace
	fixed  map[string]string // what prefixes stand for that cannot be had, or only for that
	scope  []multistatus.Namespace
	out    []byte
	open   []qualified // the names of the elements around
	inTag  bool        // the last start tag lacks its end
	made   int         // the number of the last prefix that was made up or tried
}

// qualified is a name as it is written. It has a prefix of its own in local, or the one that it was given, or none.
type qualified struct{ prefix, local string }

func (q qualified) appendTo(dst []byte) []byte {
	if q.prefix != "" {
		dst = append(append(dst, q.prefix...), ':')
	}
	return append(dst, q.local...)
}

// content returns what stands between the first start tag, which was read, and its end tag.
func (r *rewriter) content() string {
	for {
		switch kind := r.c.NextAny(); kind {
		case xmlscan.Start:
			r.start()
		case xmlscan.End:
			if len(r.open) == 0 {
				return string(r.out)
			}
			r.end()
		case xmlscan.Text:
			r.text()
		case xmlscan.CData:
			r.put("<![CDATA[", "]]>")
		case xmlscan.Comment:
			r.put("<!--", "-->")
		case xmlscan.PI:
			r.put("<?", "?>")
		default:
			return string(r.out)
		}
	}
}

// text escapes no more than needed: encoding/xml makes a reference of each line end and quotation mark.
func (r *rewriter) text() {
	if !strings.Contains(r.c.Text(), "&") {
		r.put("", "")
		return
	}
	r.closeTag()
	r.out = append(r.out, multistatus.Text(string(r.c.AppendText(nil))).Raw()...)
}

// put puts what may not hold references.
func (r *rewriter) put(head, tail string) {
	r.closeTag()
	r.out = append(append(append(r.out, head...), r.c.Text()...), tail...)
}

func (r *rewriter) closeTag() {
	if r.inTag {
		r.out = append(r.out, '>')
		r.inTag = false
	}
}

func (r *rewriter) start() {
	r.closeTag()
	name := qualified{local: r.c.RawName()}
	if space := r.c.Name().Space; space != "" && !strings.Contains(name.local, ":") {
		name.prefix = r.prefixOf(space)
	}
	r.open = append(r.open, name)
	r.out = name.appendTo(append(r.out, '<'))
	r.attrs(r.c.Attrs())
	r.inTag = true
}

func (r *rewriter) attrs(markup string) {
	name, _, rest, ok := xmlscan.CutAttr(markup)
	for ; ok; name, _, rest, ok = xmlscan.CutAttr(markup) {
		if name != "xmlns" {
			r.out = append(append(r.out, ' '), strings.TrimSpace(markup[:len(markup)-len(rest)])...)
		}
		markup = rest
	}
}

func (r *rewriter) end() {
	last := len(r.open) - 1
	if r.inTag {
		r.out = append(r.out, "/>"...)
		r.inTag = false
	} else {
		r.out = append(r.open[last].appendTo(append(r.out, "</"...)), '>')
	}
	r.open = r.open[:last]
}

// prefixOf returns the prefix of a namespace: the usual one, or one that is made up. It tries none twice, however many there are.
func (r *rewriter) prefixOf(space string) string {
	if prefix, ok := r.prefix[space]; ok {
		return prefix
	}
	prefix := usualPrefix(space)
	for !r.mayBe(prefix, space) {
		r.made++
		prefix = "ns" + strconv.Itoa(r.made)
	}
	r.scope = append(r.scope, multistatus.Namespace{Prefix: prefix, URI: space})
	r.fixed[prefix], r.prefix[space] = space, prefix
	return prefix
}

func (r *rewriter) mayBe(prefix, space string) bool {
	fixed, ok := r.fixed[prefix]
	return !ok || fixed == space
}

// usualPrefix is the prefix that package multistatus gives to a namespace.
func usualPrefix(space string) string {
	p := multistatus.Property{Name: multistatus.Name{Space: space, Local: "x"}}
	prefix, _, _ := strings.Cut(string(p.AppendXML(nil)), ":")
	return prefix[1:]
}

package multistatus

import "github.com/go-multistatus/multistatus/internal/xmlscan"

// Equal reports whether v and o mean the same: the same elements in the same order, with the same attributes in
// any order, xml:lang of elements inside among them, and the same text around them, white space included;
// and the same attributes of their own. It does not look at comments, processing instructions, prefixes and
// at how text is written: as CDATA sections, by references, or in pieces. Prefixes in text are text.
func (v Value) Equal(o Value) bool {
	return sameAttrs(v.attrList(), o.attrList()) && sameContent(&v, &o)
}

func sameContent(v, o *Value) bool {
	if v.raw == o.raw && (v.plain || v.scope == o.scope) {
		return true
	}
	a, b := newTokens(v), newTokens(o)
	for a.kind == b.kind {
		switch a.kind {
		case xmlscan.Finish:
			return true
		case xmlscan.Text:
			n := min(len(a.text), len(b.text))
			if a.text[:n] != b.text[:n] {
				return false
			}
			a.cut(n)
			b.cut(n)
			continue
		case xmlscan.Start:
			if a.c.Name() != b.c.Name() || !sameAttrs(a.attrList(), b.attrList()) {
				return false
			}
		}
		a.next()
		b.next()
	}
	return false
}

// tokens reads the tokens of a value, text in pieces that are what they mean.
type tokens struct {
	c    xmlscan.Cursor
	kind xmlscan.Kind // Start, End, Text or Finish
	text string       // what is left of the piece; never "" in a Text
}

func newTokens(v *Value) tokens {
	t := tokens{c: xmlscan.NewCursor(v.raw, v.scope)}
	t.next()
	return t
}

func (t *tokens) next() {
	for {
		if t.kind == xmlscan.Text {
			if t.text = t.c.CutText(); t.text != "" {
				return
			}
		}
		switch t.kind = t.c.Next(); t.kind {
		case xmlscan.Text:
		case xmlscan.CData:
			t.kind = xmlscan.Text
		default:
			return
		}
	}
}

// cut takes n bytes off the text.
func (t *tokens) cut(n int) {
	if t.text = t.text[n:]; t.text == "" {
		t.next()
	}
}

func (t *tokens) attrList() attrList { return attrList{t.c.Attrs(), t.c.Scope()} }

// sameAttrs reports whether a and b are equal as sets.
func sameAttrs(a, b attrList) bool {
	for {
		restA, restB := a, b
		nameA, valueA, okA := a.next()
		nameB, valueB, okB := b.next()
		switch {
		case !okA || !okB:
			return okA == okB
		case nameA != nameB, !sameValue(valueA, valueB):
			return sameSet(restA, restB)
		}
	}
}

func sameValue(a, b string) bool { return a == b || xmlscan.AttrValue(a) == xmlscan.AttrValue(b) }

// sameSet is sameAttrs for what stands in different order. No name stands twice in a list.
func sameSet(a, b attrList) bool {
	set := map[Name]string{}
	for n, value, ok := a.next(); ok; n, value, ok = a.next() {
		set[n] = value
	}
	count := 0
	for n, value, ok := b.next(); ok; n, value, ok = b.next() {
		if have, is := set[n]; !is || !sameValue(have, value) {
			return false
		}
		count++
	}
	return count == len(set)
}

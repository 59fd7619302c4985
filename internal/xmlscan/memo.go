package xmlscan

import "strings"

// Documents repeat themselves. What was scanned once without a fault, in the same scope and depth, need not be scanned
// again where the same bytes follow: it is compared with them.

// maxMemo is how long a tag or a content may be that is remembered.
const maxMemo = 1 << 10

// declTag is a start tag in which nothing but namespaces is declared.
type declTag struct {
	raw   string // all of it
	in    *Scope // around it
	entry *Entry
	out   *Scope // within it
	empty bool

	document int // in which it was read
}

// declTags finds the tag of a name that was read last. It is emptied with the table of names.
type declTags [16]declTag

func (t *declTags) slot(name string) *declTag {
	return &t[(len(name)+int(name[len(name)-1]))%len(t)]
}

// sameTag opens the element at pos, whose name is that, if its tag is one that was remembered.
func (s *Scanner) sameTag(name string) (Kind, bool) {
	t := s.tags.slot(name)
	if t.in != s.Scope || t.document != s.document || !strings.HasPrefix(s.win[s.pos:], t.raw) ||
		s.base+int64(s.pos+len(t.raw)) > s.Bound.End {
		return 0, false
	}
	s.attrs = s.attrs[:0]
	s.pos, s.empty = s.pos+len(t.raw), t.empty
	return s.push(t.entry, t.out, s.Lang, ""), true
}

// rememberTag keeps the tag under way, which ends at end.
func (s *Scanner) rememberTag(e *Entry, out *Scope, end int, empty bool) {
	if end-s.pos > maxMemo || len(s.stack) == 0 { // the root does not come again
		return
	}
	for i := range s.attrs {
		if _, is := s.attrs[i].declares(); !is {
			return
		}
	}
	t := s.tags.slot(e.Raw)
	if t.raw != s.win[s.pos:end] {
		t.raw = strings.Clone(s.win[s.pos:end])
	}
	t.in, t.entry, t.out, t.empty, t.document = s.Scope, e, out, empty, s.document
}

// memo is the content that the element of an Entry had the last time.
type memo struct {
	text     []byte
	scope    *Scope
	depth    int
	document int // in which that was
	misses   int // since the last hit
}

// maxMisses is after how many contents that differ nothing more is remembered of an element.
const maxMisses = 16

// sameContent returns the content of the innermost open element, and reads its end, if it is what was remembered.
func (s *Scanner) sameContent(e *Entry) (raw string, ok bool) {
	m := e.memo
	if m == nil || m.document != s.document || m.scope != s.Scope || m.depth != len(s.stack) || len(m.text) == 0 {
		return "", false
	}
	end := s.pos + len(m.text)
	stop := end + len("</>") + len(e.Raw)
	if stop > len(s.win) || s.base+int64(end) > s.Bound.End || s.win[s.pos:end] != string(m.text) ||
		s.win[end:end+2] != "</" || s.win[end+2:stop-1] != e.Raw || s.win[stop-1] != '>' {
		return "", false
	}
	m.misses = 0
	return s.closeLeaf(end), true
}

// rememberContent keeps what the element had that has just ended.
func (s *Scanner) rememberContent(e *Entry, scope *Scope, raw string) {
	if !e.kept {
		return
	}
	if e.memo == nil {
		e.memo = new(memo)
	}
	m := e.memo
	if m.document != s.document {
		m.misses = 0
	}
	if m.misses++; m.misses > maxMisses || len(raw) > maxMemo {
		m.text = m.text[:0]
		return
	}
	m.text = append(m.text[:0], raw...)
	m.scope, m.depth, m.document = scope, len(s.stack)+1, s.document
}

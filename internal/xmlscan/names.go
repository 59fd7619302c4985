package xmlscan

import "strings"

// Name is an expanded name (Namespaces §2.1).
type Name struct{ Space, Local string }

// Entry is a qualified name as it stands in a document, resolved in one scope.
// Entries are immutable but for Tag, which belongs to the caller of the scanner.
type Entry struct {
	Raw   string // with its prefix, as in the document
	Name  Name
	Class uint8 // what Classify said
	Tag   int32 // 0 at first
	scope *Scope
	kept  bool // it will be found again
	memo  *memo
}

// maxNames bounds how many entries are kept to be found again.
const maxNames = 512

// maxProbes bounds how many slots are looked at for a name: the hash is cheap, and easy to foresee.
const maxProbes = 8

// names is a hash table of entries with linear probing, emptied when it is full. Where too many come together,
// one takes the place of another, which is made again when it comes again.
//
// Invariant: len(slots) is 0 or a power of two, and more than twice n.
type names struct {
	slots []*Entry
	n     int
	bytes int             // of all that were ever made
	spare []Entry         // to be handed out
	text  strings.Builder // what the raw names are parts of
}

func hashName(raw string) uint32 {
	n := len(raw)
	h := uint32(n)*0x9E3779B1 ^ uint32(raw[n-1])<<8 ^ uint32(raw[n/2])
	if n >= 4 {
		h ^= load32(raw, n-4) * 0x85EBCA6B
	}
	if n >= 8 {
		h = (h ^ load32(raw, n-8)) * 0xC2B2AE35
	}
	return h ^ h>>15
}

func load32(s string, i int) uint32 {
	s = s[i : i+4]
	return uint32(s[0]) | uint32(s[1])<<8 | uint32(s[2])<<16 | uint32(s[3])<<24
}

// find returns the entry of raw in scope, or nil.
func (t *names) find(raw string, scope *Scope) *Entry {
	if len(t.slots) == 0 {
		return nil
	}
	mask := uint32(len(t.slots) - 1)
	h := hashName(raw)
	for range maxProbes {
		e := t.slots[h&mask]
		if e == nil || e.Raw == raw && e.scope == scope {
			return e
		}
		h++
	}
	return nil
}

// add keeps an entry that find did not find.
func (t *names) add(e *Entry) {
	switch {
	case t.n >= maxNames:
		t.reset()
	case 2*(t.n+1) >= len(t.slots):
		t.grow()
	}
	t.put(e)
	t.n++
	e.kept = true
}

func (t *names) put(e *Entry) {
	mask := uint32(len(t.slots) - 1)
	h := hashName(e.Raw)
	last := h + maxProbes - 1
	for h != last && t.slots[h&mask] != nil {
		h++
	}
	t.slots[h&mask] = e
}

func (t *names) grow() {
	old := t.slots
	t.slots = make([]*Entry, max(64, 4*len(old)))
	for _, e := range old {
		if e != nil {
			t.put(e)
		}
	}
}

func (t *names) reset() {
	clear(t.slots)
	t.n = 0
}

// entry returns a new entry of a name that stands in a window; it keeps nothing of that.
// Entries and their text are allocated many at a time.
func (t *names) entry(raw string, n Name, scope *Scope) *Entry {
	const at, most = 16, 32 // entries and bytes of a name that share an allocation
	if len(t.spare) == 0 {
		t.spare = make([]Entry, at)
	}
	e := &t.spare[0]
	t.spare = t.spare[1:]
	t.bytes += len(raw)
	*e = Entry{Raw: t.own(raw, at*most), Name: n, scope: scope}
	e.Name.Local = e.Raw[len(raw)-len(n.Local):] // spaces are owned by their scopes
	return e
}

// own returns a copy of raw, a part of a text of that size if it is short.
func (t *names) own(raw string, size int) string {
	if len(raw) > size/4 {
		return strings.Clone(raw)
	}
	if t.text.Cap()-t.text.Len() < len(raw) {
		t.text = strings.Builder{}
		t.text.Grow(size)
	}
	i := t.text.Len()
	t.text.WriteString(raw)
	return t.text.String()[i:]
}

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
	hash  uint32 // of Raw
	kept  bool   // it will be found again
	memo  *memo
}

// maxNames bounds how many entries are kept to be found again.
const maxNames = 512

// fewNames is for how many entries there is room at first, and manyEntries how many are allocated at once.
const (
	fewNames    = 64
	manyEntries = 16
)

// maxProbes bounds how many slots are looked at for a name: the hash is cheap, and easy to foresee.
const maxProbes = 8

// names is a hash table of entries with linear probing, emptied when it is full. Where too many come together,
// one takes the place of another, which is made again when it comes again.
//
// Invariant: len(slots) is a power of two, and more than twice n.
type names struct {
	slots []*Entry
	n     int
	bytes int     // of all that were ever made
	spare []Entry // to be handed out
	text  copies
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
	h := e.hash
	last := h + maxProbes - 1
	for h != last && t.slots[h&mask] != nil {
		h++
	}
	t.slots[h&mask] = e
}

func (t *names) grow() {
	old := t.slots
	t.slots = make([]*Entry, 4*len(old))
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
	const most = 32 // bytes of a name that shares an allocation
	if len(t.spare) == 0 {
		t.spare = make([]Entry, manyEntries)
	}
	e := &t.spare[0]
	t.spare = t.spare[1:]
	t.bytes += len(raw)
	*e = Entry{Raw: t.text.of(raw, manyEntries*most), Name: n, scope: scope, hash: hashName(raw)}
	e.Name.Local = e.Raw[len(raw)-len(n.Local):] // spaces are owned by their scopes
	return e
}

// copies makes copies of short texts that are parts of larger ones.
type copies struct{ chunk strings.Builder }

// of returns a copy of text, a part of a text of that size if it is short.
func (c *copies) of(text string, size int) string {
	if len(text) > size/4 {
		return strings.Clone(text)
	}
	if c.chunk.Cap()-c.chunk.Len() < len(text) {
		c.chunk = strings.Builder{}
		c.chunk.Grow(size)
	}
	i := c.chunk.Len()
	c.chunk.WriteString(text)
	return c.chunk.String()[i:]
}

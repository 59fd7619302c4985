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
}

// maxNames bounds how many entries are kept to be found again, nameSlots is the size of their table.
const (
	maxNames  = 512
	nameSlots = 4 * maxNames
)

// names is a hash table of entries with linear probing, emptied when it is full.
type names struct {
	slots [nameSlots]*Entry
	n     int
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
	_ = s[i+3]
	return uint32(s[i]) | uint32(s[i+1])<<8 | uint32(s[i+2])<<16 | uint32(s[i+3])<<24
}

// find returns the entry of raw in scope, or nil.
func (t *names) find(raw string, scope *Scope) *Entry {
	for h := hashName(raw); ; h++ {
		e := t.slots[h%nameSlots]
		if e == nil || e.Raw == raw && e.scope == scope {
			return e
		}
	}
}

// add keeps a copy of a name that find did not find.
func (t *names) add(e Entry) *Entry {
	if t.n >= maxNames {
		t.reset()
	}
	e.own()
	h := hashName(e.Raw)
	for t.slots[h%nameSlots] != nil {
		h++
	}
	t.slots[h%nameSlots] = &e
	t.n++
	return &e
}

func (t *names) reset() {
	clear(t.slots[:])
	t.n = 0
}

// own copies the name once, and cuts the local name out of the copy. Spaces are owned by their scopes.
func (e *Entry) own() {
	e.Raw = strings.Clone(e.Raw)
	e.Name.Local = e.Raw[len(e.Raw)-len(e.Name.Local):]
}

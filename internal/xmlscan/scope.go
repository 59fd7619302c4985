package xmlscan

import (
	"hash/maphash"
)

// XMLNamespace is bound to the prefix xml everywhere (Namespaces §3).
const XMLNamespace = "http://www.w3.org/XML/1998/namespace"

const xmlnsNamespace = "http://www.w3.org/2000/xmlns/"

// Scope is one namespace declaration and those around it, innermost first.
// A nil Scope declares nothing. Scopes are immutable and may be shared and kept.
//
// Invariant: index is set if and only if Len > fewScopes, and holds every binding in effect.
type Scope struct {
	Parent *Scope
	Prefix string
	URI    string
	Len    int // declarations in this scope and around it
	index  *trie
}

// fewScopes is up to how many declarations are looked through one by one.
const fewScopes = 8

// Lookup returns the innermost declaration of prefix, or nil.
func (c *Scope) Lookup(prefix string) *Scope {
	for ; c != nil; c = c.Parent {
		if c.Prefix == prefix {
			return c
		}
		if c.index != nil {
			return c.index.find(prefix)
		}
	}
	return nil
}

// Resolve returns the URI that prefix stands for, and whether it stands for one at all.
// The empty prefix always does: without a declaration for no namespace.
func (c *Scope) Resolve(prefix string) (uri string, ok bool) {
	if prefix == "xml" {
		return XMLNamespace, true
	}
	if d := c.Lookup(prefix); d != nil {
		return d.URI, true
	}
	return "", prefix == ""
}

// PrefixOf returns the prefix that stands for uri, innermost declaration first, preferring one that is not empty.
func (c *Scope) PrefixOf(uri string) (prefix string, ok bool) {
	for d := c; d != nil; d = d.Parent {
		if d.URI == uri && c.Lookup(d.Prefix) == d {
			if d.Prefix != "" {
				return d.Prefix, true
			}
			ok = true
		}
	}
	return "", ok
}

// Endings is a set of bytes.
type Endings [4]uint64

// Has reports whether b is in e.
func (e *Endings) Has(b byte) bool { return e[b>>6]>>(b&63)&1 != 0 }

// Endings returns the last bytes of the prefixes that c declares; of very many declarations all bytes.
func (c *Scope) Endings() (e Endings) {
	if c.len() > fewScopes {
		return Endings{1<<64 - 1, 1<<64 - 1, 1<<64 - 1, 1<<64 - 1}
	}
	for ; c != nil; c = c.Parent {
		if n := len(c.Prefix); n > 0 {
			b := c.Prefix[n-1]
			e[b>>6] |= 1 << (b & 63)
		}
	}
	return e
}

// Bind returns the scope with one more declaration, which is c itself where that changes nothing.
func (c *Scope) Bind(prefix, uri string) *Scope {
	if have, ok := c.Resolve(prefix); ok && have == uri {
		return c
	}
	return c.bind(prefix, uri)
}

func (c *Scope) bind(prefix, uri string) *Scope {
	n := new(Scope)
	n.extend(c, prefix, uri)
	return n
}

// extend makes c, which nobody has seen yet, c's parent with one more declaration.
func (c *Scope) extend(parent *Scope, prefix, uri string) {
	*c = Scope{Parent: parent, Prefix: prefix, URI: uri, Len: parent.len() + 1}
	switch {
	case c.Len > fewScopes+1:
		c.index = parent.index.with(c)
	case c.Len > fewScopes:
		c.index = c.collect()
	}
}

func (c *Scope) len() int {
	if c == nil {
		return 0
	}
	return c.Len
}

// collect makes the index of the first scope that has one.
func (c *Scope) collect() (t *trie) {
	var chain [fewScopes + 1]*Scope
	for d := c; d != nil; d = d.Parent {
		chain[d.Len-1] = d
	}
	for _, d := range chain {
		t = t.with(d)
	}
	return t
}

// trie holds one declaration a prefix, found by the bits of the prefix's hash, two a level.
// It is immutable: what adds a declaration copies the few nodes on the way to it, so that it costs a hostile document
// as much to declare a prefix among many as among few.
type trie struct {
	decl *Scope
	kids [4]*trie
}

// hashSeed keeps the paths through a trie from being foreseen. Nothing that a caller sees depends on it.
var hashSeed = maphash.MakeSeed()

func (t *trie) find(prefix string) *Scope {
	for h := maphash.String(hashSeed, prefix); t != nil; h >>= 2 {
		if t.decl.Prefix == prefix {
			return t.decl
		}
		t = t.kids[h&3]
	}
	return nil
}

// with returns t with d in it, in the place of what it hides.
func (t *trie) with(d *Scope) (root *trie) {
	at := &root
	for h := maphash.String(hashSeed, d.Prefix); t != nil; h >>= 2 {
		n := *t
		*at = &n
		if n.decl.Prefix == d.Prefix {
			n.decl = d
			return root
		}
		at, t = &n.kids[h&3], t.kids[h&3]
	}
	*at = &trie{decl: d}
	return root
}

type scopeKey struct {
	parent      *Scope
	prefix, uri string
}

// maxScopes bounds how many scopes are kept to be found again.
const maxScopes = 1024

// scopeSize is about what a scope takes beside its texts.
const scopeSize = 100

// scopes finds the scope that the same declaration made before, so that equal declarations have equal pointers.
//
// Invariant: found is nil, or few is empty, n is its length, and all that is kept is in found.
type scopes struct {
	few   [fewScopes]*Scope
	n     int // how many were put into few
	found map[scopeKey]*Scope
	bytes int     // of all that were ever made: those in found keep what is around them
	spare []Scope // for the first ones
	text  *copies // that of the table of names
}

// bind is parent.Bind with a memory; prefix and uri are copied where a new scope keeps them.
func (m *scopes) bind(parent *Scope, prefix, uri string) *Scope {
	if have, ok := parent.Resolve(prefix); ok && have == uri {
		return parent
	}
	if c := m.find(scopeKey{parent, prefix, uri}); c != nil {
		return c
	}
	const size = 256 // of the texts that short ones are parts of
	c := m.room()
	c.extend(parent, m.text.of(prefix, size), m.text.of(uri, size))
	m.add(c)
	m.bytes += len(prefix) + len(uri) + scopeSize
	return c
}

// room returns a scope to be filled. The first ones, which most documents make do with, are allocated several at a time.
// Later ones are not: each would keep its neighbours alive, and these what is around them, and their neighbours, and so on,
// so that of a body that declares something new at each response nothing would ever be let go.
func (m *scopes) room() *Scope {
	const together = 4
	switch {
	case len(m.spare) > 0:
	case m.n == len(m.few):
		return new(Scope)
	default:
		m.spare = make([]Scope, together)
	}
	c := &m.spare[0]
	m.spare = m.spare[1:]
	return c
}

func (m *scopes) find(key scopeKey) *Scope {
	if m.found != nil {
		return m.found[key]
	}
	for _, c := range m.few[:m.n] {
		if c.key() == key {
			return c
		}
	}
	return nil
}

func (m *scopes) add(c *Scope) {
	switch {
	case m.n < len(m.few):
		m.few[m.n] = c
		m.n++
		return
	case m.found == nil:
		m.found = map[scopeKey]*Scope{}
		for _, c := range m.few {
			m.found[c.key()] = c
		}
		clear(m.few[:])
	case len(m.found) >= maxScopes:
		clear(m.found)
	}
	m.found[c.key()] = c
}

func (c *Scope) key() scopeKey { return scopeKey{c.Parent, c.Prefix, c.URI} }

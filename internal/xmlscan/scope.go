package xmlscan

import "strings"

// XMLNamespace is bound to the prefix xml everywhere (Namespaces §3).
const XMLNamespace = "http://www.w3.org/XML/1998/namespace"

const xmlnsNamespace = "http://www.w3.org/2000/xmlns/"

// Scope is one namespace declaration and those around it, innermost first.
// A nil Scope declares nothing. Scopes are immutable and may be shared and kept.
//
// Invariant: table is set if and only if Len is a multiple of scopeStride, and holds every binding in effect.
type Scope struct {
	Parent *Scope
	Prefix string
	URI    string
	Len    int // declarations in this scope and around it
	table  map[string]*Scope
}

const scopeStride = 16

// Lookup returns the innermost declaration of prefix, or nil.
func (c *Scope) Lookup(prefix string) *Scope {
	for ; c != nil; c = c.Parent {
		if c.Prefix == prefix {
			return c
		}
		if c.table != nil {
			return c.table[prefix]
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

// Bind returns the scope with one more declaration, which is c itself where that changes nothing.
func (c *Scope) Bind(prefix, uri string) *Scope {
	if have, ok := c.Resolve(prefix); ok && have == uri {
		return c
	}
	return c.bind(prefix, uri)
}

func (c *Scope) bind(prefix, uri string) *Scope {
	n := &Scope{Parent: c, Prefix: prefix, URI: uri, Len: c.len() + 1}
	if n.Len%scopeStride == 0 {
		n.table = n.collect()
	}
	return n
}

func (c *Scope) len() int {
	if c == nil {
		return 0
	}
	return c.Len
}

// collect copies the nearest table and puts the few declarations since then over it.
func (c *Scope) collect() map[string]*Scope {
	var since [scopeStride]*Scope
	n, d := 0, c
	for ; d != nil && d.table == nil; d = d.Parent {
		since[n] = d
		n++
	}
	t := make(map[string]*Scope, c.Len)
	if d != nil {
		for k, v := range d.table {
			t[k] = v
		}
	}
	for n--; n >= 0; n-- {
		t[since[n].Prefix] = since[n]
	}
	return t
}

type scopeKey struct {
	parent      *Scope
	prefix, uri string
}

// maxScopes bounds how many scopes are kept to be found again.
const maxScopes = 1024

// scopes finds the scope that the same declaration made before, so that equal declarations have equal pointers.
type scopes map[scopeKey]*Scope

// bind is parent.Bind with a memory; prefix and uri are copied where a new scope keeps them.
func (m scopes) bind(parent *Scope, prefix, uri string) *Scope {
	if have, ok := parent.Resolve(prefix); ok && have == uri {
		return parent
	}
	if c := m[scopeKey{parent, prefix, uri}]; c != nil {
		return c
	}
	c := parent.bind(strings.Clone(prefix), strings.Clone(uri))
	if len(m) >= maxScopes {
		clear(m)
	}
	m[scopeKey{parent, c.Prefix, c.URI}] = c
	return c
}

package main

import (
	"cmp"
	"net/http"
	"slices"
	"strings"
	"sync"

	"github.com/go-multistatus/multistatus"
)

// All dead properties may take maxDead bytes, names included. Each counts perDead besides its XML.
const (
	maxDead = 16 << 20
	perDead = 256
)

// deadStore has the properties that clients gave to resources (RFC 4918, section 4). The zero deadStore has none.
// Slices in it are never changed, only replaced.
//
// Invariant: i < j ⇒ compareNames(props[n][i].Name, props[n][j].Name) < 0
type deadStore struct {
	mu    sync.RWMutex
	props map[string][]multistatus.Property // by the resource's name, sorted by theirs
	size  int
}

// of returns the properties of a resource.
func (d *deadStore) of(name string) []multistatus.Property {
	d.mu.RLock()
	defer d.mu.RUnlock()
	return d.props[name]
}

// set stores all properties of a resource. It is a 507 if there is no room for them.
func (d *deadStore) set(name string, props []multistatus.Property) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	size := d.size - cost(name, d.props[name]) + cost(name, props)
	if size > maxDead && size > d.size {
		return &failure{code: http.StatusInsufficientStorage}
	}
	if d.props == nil {
		d.props = map[string][]multistatus.Property{}
	}
	d.size = size
	if d.props[name] = props; len(props) == 0 {
		delete(d.props, name)
	}
	return nil
}

// cost is how many bytes the properties of a resource count for.
func cost(name string, props []multistatus.Property) (n int) {
	for i := range props {
		n += perDead + len(props[i].AppendXML(nil))
	}
	if n > 0 {
		n += len(name)
	}
	return n
}

// forget drops the properties of a resource that is no more. Less is always stored.
func (d *deadStore) forget(name string) { _ = d.set(name, nil) }

// copy gives one resource the properties of another.
func (d *deadStore) copy(from, to string) error { return d.set(to, d.of(from)) }

// move renames a tree.
func (d *deadStore) move(from, to string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	moved := map[string][]multistatus.Property{}
	for name, props := range d.props {
		if name == from || inside(name, from) {
			at := to + strings.TrimPrefix(name, from)
			d.size += len(at) - len(name)
			moved[at] = props
			delete(d.props, name)
		}
	}
	for name, props := range moved {
		d.props[name] = props
	}
}

// indexOf returns where a property of that name is in props, which are sorted, or -1.
func indexOf(props []multistatus.Property, n multistatus.Name) int {
	i, ok := slices.BinarySearchFunc(props, n, func(p multistatus.Property, n multistatus.Name) int { return compareNames(p.Name, n) })
	if !ok {
		return -1
	}
	return i
}

// compareNames orders names by their namespace.
func compareNames(a, b multistatus.Name) int {
	return cmp.Or(strings.Compare(a.Space, b.Space), strings.Compare(a.Local, b.Local))
}

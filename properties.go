package multistatus

import (
	"slices"
	"strings"

	"github.com/go-multistatus/multistatus/internal/xmlscan"
)

// properties knows the names of properties that were met, across responses: whether they are selected,
// and in which propstat they were met last.
//
// Invariant: an entry of the scanner with a Tag t > 0 has the name of list[t-1]; index[name of list[i]] == i.
type properties struct {
	list  []property
	index map[Name]int32
	bytes int    // of the names
	group uint64 // the propstat under way
}

type property struct {
	group uint64 // the propstat in which it was met last
	keep  bool
}

// maxKnown is how many names are kept from one response to the next, and maxKnownBytes how many bytes of them.
const (
	maxKnown      = 4096
	maxKnownBytes = 256 << 10
)

// forget empties k, and lets go of its memory.
func (k *properties) forget(s *xmlscan.Scanner) {
	*k = properties{group: k.group}
	s.ForgetNames()
}

// trim bounds the memory of k, between two responses or documents.
func (k *properties) trim(s *xmlscan.Scanner) {
	if len(k.list) > maxKnown || k.bytes > maxKnownBytes {
		k.forget(s)
	}
}

// meet looks an element up that was opened as a property.
func (k *properties) meet(e *xmlscan.Entry, selected []Name) *property {
	if e.Tag == 0 {
		e.Tag = k.find(Name(e.Name), selected) + 1
	}
	return &k.list[e.Tag-1]
}

func (k *properties) find(n Name, selected []Name) int32 {
	if i, ok := k.index[n]; ok {
		return i
	}
	if k.index == nil {
		const usual = 16
		k.index, k.list = make(map[Name]int32, usual), make([]property, 0, usual)
	}
	n.Local = strings.Clone(n.Local)
	k.bytes += len(n.Space) + len(n.Local)
	i := int32(len(k.list))
	k.list = append(k.list, property{keep: len(selected) == 0 || slices.Contains(selected, n)})
	k.index[n] = i
	return i
}

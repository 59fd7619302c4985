package multistatus

import (
	"slices"

	"github.com/go-multistatus/multistatus/internal/xmlscan"
)

// properties knows the names of properties that were met, across responses: whether they are selected,
// and in which propstat they were met last.
//
// Invariant: an entry of the scanner with a Tag t > 0 has the name of list[t-1]. Where index is set, index[list[i].name] == i;
// it is set if there are more than fewKnown. Up to there those of few from place(list[i].name) on, each after the other,
// are not 0, and one of them is i+1.
type properties struct {
	list  []property
	few   [places]uint8
	index map[Name]int32
	bytes int    // of the names, with their prefixes
	group uint64 // the propstat under way
}

type property struct {
	name  Name
	group uint64 // the propstat in which it was met last
	keep  bool
}

// fewKnown is up to how many names are found by few, and places how many of these there are: more than twice as many.
const (
	fewKnown = 24
	places   = 64
)

// place returns where a name is looked for first.
func place(n Name) int {
	k := len(n.Local)
	return int(n.Local[0])*5 + int(n.Local[k/2])*11 + int(n.Local[k-1])*23 + k*3
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
		e.Tag = k.find(e, selected) + 1
	}
	return &k.list[e.Tag-1]
}

// find returns the index of e's name. It is kept as it is, a part of the entry's text.
func (k *properties) find(e *xmlscan.Entry, selected []Name) int32 {
	n := Name(e.Name)
	if i, ok := k.search(n); ok {
		return i
	}
	i := int32(len(k.list))
	if i == 0 {
		k.list = make([]property, 0, fewKnown)
	}
	k.bytes += len(n.Space) + len(e.Raw)
	k.list = append(k.list, property{name: n, keep: len(selected) == 0 || slices.Contains(selected, n)})
	switch {
	case i < fewKnown:
		h := place(n)
		for k.few[h%places] != 0 {
			h++
		}
		k.few[h%places] = uint8(i + 1)
	case i == fewKnown:
		k.index = map[Name]int32{}
		for i := range k.list {
			k.index[k.list[i].name] = int32(i)
		}
	default:
		k.index[n] = i
	}
	return i
}

// search finds the index of a name. It is asked for once for each entry of the scanner.
func (k *properties) search(n Name) (i int32, ok bool) {
	if k.index != nil {
		i, ok = k.index[n]
		return i, ok
	}
	for h := place(n); k.few[h%places] != 0; h++ {
		if i := k.few[h%places] - 1; k.list[i].name == n {
			return int32(i), true
		}
	}
	return 0, false
}

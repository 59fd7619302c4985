package davprop

import (
	"iter"
	"slices"
	"strings"

	"github.com/go-multistatus/multistatus"
)

// Names are the names of the elements in a value, as in resourcetype. The zero Names are empty.
// They are a view on the value that was read, as which they are written again, or what [NamesOf] was given;
// reading them allocates nothing.
//
// Names cannot be compared with ==; see [Names.Equal].
type Names struct {
	value multistatus.Value
	list  []multistatus.Name // takes the place of value if it is not nil
}

// NamesOf returns Names to be written. The slice belongs to them from then on.
func NamesOf(names ...multistatus.Name) Names { return Names{list: names} }

// NewNames returns the Key of a property that holds elements of which only the names matter.
func NewNames(name multistatus.Name) Key[Names] { return Key[Names]{name, &nameSets} }

var nameSets = kind[Names]{parseNames, writeNames, Names.String}

// parseNames reports the first element in no namespace, or text that stands there instead of elements.
func parseNames(v multistatus.Value) (Names, Report, error) {
	if v.Raw() == "" { // most resources are files
		return Names{value: v}, Report{}, nil
	}
	n := 0
	for name := range v.Elements() {
		if name.Space == "" {
			return Names{value: v}, Report{QuirkNsChildUnprefixed, name.Local}, nil
		}
		n++
	}
	if n == 0 {
		if text := ownText(v); text != "" {
			return Names{value: v}, Report{QuirkRtText, text}, nil
		}
	}
	return Names{value: v}, Report{}, nil
}

func writeNames(e *multistatus.Encoder, n multistatus.Name, s Names) error {
	if s.list == nil {
		return e.PropValue(n, s.value)
	}
	return e.PropElements(n, s.list...)
}

// All yields the names in their order. One in no namespace is yielded as one in DAV:. It does not allocate in a range clause.
func (s Names) All() iter.Seq[multistatus.Name] {
	return func(yield func(multistatus.Name) bool) { s.each(yield) }
}

func (s *Names) each(yield func(multistatus.Name) bool) {
	for _, n := range s.list {
		if !yield(n) {
			return
		}
	}
	if s.list != nil {
		return
	}
	for n := range s.value.Elements() {
		if !yield(qualified(n)) {
			return
		}
	}
}

// qualified returns n, or for a name in no namespace that in DAV:.
func qualified(n multistatus.Name) multistatus.Name {
	if n.Space == "" {
		n.Space = multistatus.NamespaceDAV
	}
	return n
}

// Has reports whether n is among the names.
func (s Names) Has(n multistatus.Name) bool {
	if s.list != nil {
		return slices.Contains(s.list, n)
	}
	return s.value.Has(n) || n.Space == multistatus.NamespaceDAV && s.value.Has(multistatus.Name{Local: n.Local})
}

// Equal reports whether s and o are the same names in the same order. It is there for go-cmp, too.
func (s Names) Equal(o Names) bool {
	return slices.Equal(slices.Collect(s.All()), slices.Collect(o.All()))
}

// String returns the local names, separated by spaces, collection first.
func (s Names) String() string {
	var collections, others []string
	for n := range s.All() {
		if n == Collection {
			collections = append(collections, n.Local)
		} else {
			others = append(others, n.Local)
		}
	}
	return strings.Join(append(collections, others...), " ")
}

// ownText returns the text of a value that has no elements, without white space around it.
func ownText(v multistatus.Value) string {
	text, _ := v.Text()
	return trim(text)
}

// Collection is the element in [ResourceType] of a resource that has members (RFC 4918, section 14.3).
var Collection = multistatus.DAV("collection")

var resourceTypes = kind[Names]{parseResourceType, writeNames, Names.String}

// parseResourceType is parseNames that tells of a collection that is not the first.
func parseResourceType(v multistatus.Value) (Names, Report, error) {
	s, r, err := parseNames(v)
	if r.Quirk != 0 || !v.Has(Collection) {
		return s, r, err
	}
	for n := range v.Elements() {
		if n != Collection {
			r = Report{QuirkRtMulti, n.Local}
		}
		break
	}
	return s, r, err
}

// IsCollection reports whether r says that its resource is a collection: by [ResourceType], or if there is none,
// by the iscollection of Windows.
func IsCollection(r *multistatus.Response) bool {
	is, _ := IsCollectionReport(r)
	return is
}

// IsCollectionReport is [IsCollection] that also tells what was forgiven.
func IsCollectionReport(r *multistatus.Response) (bool, Report) {
	if p, s := r.Prop(ResourceType.name); p != nil && s.OK() {
		kinds, report, _ := ResourceType.Parse(p.Value)
		return kinds.Has(Collection), report
	}
	is, report, err := isCollection.GetReport(r)
	if err == nil {
		report = Report{Quirk: QuirkRtMissingIscollection}
	}
	return is, report
}

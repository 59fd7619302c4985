package davprop

import (
	"slices"
	"strings"

	"github.com/go-multistatus/multistatus"
)

// NewTexts returns the Key of a property that holds elements of one name with a text in each, without white space around it.
// Elements of other names are passed over. Writing allocates.
func NewTexts(name, child multistatus.Name) Key[[]string] {
	return NewList(name, child, ownText, multistatus.Text, plainly)
}

// NewAttrs returns the Key of a property that holds elements of one name, of each of which an attribute is the item, as in
// the supported-calendar-component-set of CalDAV. Elements of other names are passed over. Writing allocates.
func NewAttrs(name, child multistatus.Name, attr string) Key[[]string] {
	a := multistatus.Name{Local: attr}
	return NewList(name, child,
		func(v multistatus.Value) string { s, _ := v.Attr(a); return s },
		func(s string) multistatus.Value { return multistatus.Value{}.WithAttr(a, s) },
		plainly)
}

// MediaType is a type of content, in a version of it.
type MediaType struct {
	Type    string // such as "text/calendar"
	Version string // such as "2.0", or ""
}

// NewMediaTypes returns the Key of a property that holds elements of one name with the attributes content-type and version,
// as the supported-calendar-data of CalDAV. Elements of other names are passed over. Writing allocates.
func NewMediaTypes(name, child multistatus.Name) Key[[]MediaType] {
	return NewList(name, child, readMediaType, MediaType.value, MediaType.show)
}

var (
	attrContentType = multistatus.Name{Local: "content-type"}
	attrVersion     = multistatus.Name{Local: "version"}
)

func readMediaType(v multistatus.Value) (t MediaType) {
	t.Type, _ = v.Attr(attrContentType)
	t.Version, _ = v.Attr(attrVersion)
	return t
}

func (t MediaType) value() multistatus.Value {
	v := multistatus.Value{}.WithAttr(attrContentType, t.Type)
	if t.Version != "" {
		v = v.WithAttr(attrVersion, t.Version)
	}
	return v
}

func (t MediaType) show() string { return strings.TrimSpace(t.Type + " " + t.Version) }

// NewList returns the Key of a property that holds elements of one name, each of which is an item: read reads one,
// write makes its Value, and show shows it for people. Elements of other names are passed over. A property without
// any is an empty slice that is not nil. Writing allocates.
func NewList[T any](
	name, child multistatus.Name,
	read func(multistatus.Value) T, write func(T) multistatus.Value, show func(T) string,
) Key[[]T] {
	return Key[[]T]{name, &kind[[]T]{
		parse: func(v multistatus.Value) ([]T, Report, error) {
			all, r := []T{}, unprefixed(v)
			for n, item := range v.Elements() {
				if n == child || n.Space == "" && qualified(n) == child {
					all = append(all, read(item))
				}
			}
			if text := ownText(v); text != "" && r.Quirk == 0 {
				r = Report{QuirkRtText, text}
			}
			return all, r, nil
		},
		write: func(e *multistatus.Encoder, n multistatus.Name, all []T) error {
			var w builder
			for _, item := range all {
				w.value(child, write(item))
			}
			return w.put(e, n)
		},
		show: func(all []T) string { return join(slices.Values(all), show) },
	}}
}

package davprop

import (
	"slices"

	"github.com/go-multistatus/multistatus"
)

// NewHref returns the Key of a property that holds one href. It is read and written as [Owner] is.
func NewHref(name multistatus.Name) Key[multistatus.Href] {
	return Key[multistatus.Href]{name, &hrefs}
}

// NewHrefs returns the Key of a property that holds hrefs, any number of them.
// Writing allocates nothing; an empty href is refused by the Encoder.
func NewHrefs(name multistatus.Name) Key[[]multistatus.Href] {
	return Key[[]multistatus.Href]{name, &hrefLists}
}

var (
	hrefs      = kind[multistatus.Href]{parseHref, writeHref, showHref}
	principals = kind[multistatus.Href]{parsePrincipalHref, writePrincipalHref, showHref}
	hrefLists  = kind[[]multistatus.Href]{parseHrefs, writeHrefs, showHrefs}

	nameHref            = multistatus.DAV("href")
	nameUnauthenticated = multistatus.DAV("unauthenticated")
)

// parseHref reads the first href of a value.
func parseHref(v multistatus.Value) (multistatus.Href, Report, error) {
	var r Report
	for n, child := range v.Elements() {
		if n.Space == "" {
			r = Report{QuirkNsChildUnprefixed, n.Local}
		}
		if h := ownText(child); qualified(n) == nameHref && h != "" {
			return multistatus.Href(h), r, nil
		}
	}
	if text := ownText(v); text != "" {
		return multistatus.Href(text), Report{QuirkHrefpropText, text}, nil
	}
	return "", r, ErrNoProperty
}

func writeHref(e *multistatus.Encoder, n multistatus.Name, h multistatus.Href) error {
	if h == "" {
		return e.PropEmpty(n)
	}
	return e.PropHref(n, h)
}

func showHref(h multistatus.Href) string { return string(h) }

// parsePrincipalHref is parseHref that knows unauthenticated.
func parsePrincipalHref(v multistatus.Value) (multistatus.Href, Report, error) {
	h, r, err := parseHref(v)
	if err == ErrNoProperty && (v.Has(nameUnauthenticated) || v.Has(multistatus.Name{Local: nameUnauthenticated.Local})) {
		err = nil
	}
	return h, r, err
}

func writePrincipalHref(e *multistatus.Encoder, n multistatus.Name, h multistatus.Href) error {
	if h == "" {
		return e.PropElements(n, nameUnauthenticated)
	}
	return e.PropHref(n, h)
}

// parseHrefs reads all hrefs of a value.
func parseHrefs(v multistatus.Value) (all []multistatus.Href, r Report, err error) {
	for n, child := range v.Elements() {
		if n.Space == "" && r.Quirk == 0 {
			r = Report{QuirkNsChildUnprefixed, n.Local}
		}
		if h := ownText(child); qualified(n) == nameHref && h != "" {
			all = append(all, multistatus.Href(h))
		}
	}
	if text := ownText(v); text != "" {
		return []multistatus.Href{multistatus.Href(text)}, Report{QuirkHrefpropText, text}, nil
	}
	return all, r, nil
}

func writeHrefs(e *multistatus.Encoder, n multistatus.Name, hs []multistatus.Href) error {
	if len(hs) == 0 {
		return e.PropEmpty(n)
	}
	return e.PropHref(n, hs...)
}

func showHrefs(hs []multistatus.Href) string { return join(slices.Values(hs), showHref) }

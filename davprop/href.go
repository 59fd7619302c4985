package davprop

import (
	"slices"

	"github.com/go-multistatus/multistatus"
)

// NewHref returns the Key of a property that holds one href. It is read and written as [Owner] is.
// A response in the place of the href is read as its href: expand-property reports have them (RFC 3253, section 3.8).
func NewHref(name multistatus.Name) Key[multistatus.Href] {
	return Key[multistatus.Href]{name, &hrefs}
}

// NewHrefs returns the Key of a property that holds hrefs, any number of them.
// They are read as [NewHref] reads one. Writing allocates nothing; an empty href is refused by the Encoder.
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

// hrefOf returns the text of an element if that is an href; or the first href in it if it is a response,
// which stands in the place of an href in the answer to an expand-property report (RFC 3253, section 3.8).
func hrefOf(n multistatus.Name, v multistatus.Value) multistatus.Href {
	switch {
	case isDAV(n, "href"):
		return multistatus.Href(ownText(v))
	case isDAV(n, "response"):
		return hrefIn(v)
	}
	return ""
}

// parseHref reads the first href of a value.
func parseHref(v multistatus.Value) (multistatus.Href, Report, error) {
	var r Report
	for n, child := range v.Elements() {
		if n.Space == "" {
			r = Report{QuirkNsChildUnprefixed, n.Local}
		}
		if h := hrefOf(n, child); h != "" {
			return h, r, nil
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
		if h := hrefOf(n, child); h != "" {
			all = append(all, h)
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

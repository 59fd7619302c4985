package multistatus

import (
	"net/url"
	"strings"
)

// Same reports whether h and o, both resolved against base, address the same resource.
// It is the same however it is percent-encoded, but %2F is not a slash, and in a query an escaped delimiter is none.
// A final slash makes no difference, nor do the case of scheme and host, the scheme's default port and user
// information. No name is case-folded, and double slashes inside count.
//
// If base is nil, a path and a URL are never the same. Hrefs that cannot be resolved are the same if they are equal.
//
// It allocates only for relative paths, dot segments, and URLs with a scheme in upper case, an IPv6 address or user information.
func (h Href) Same(o Href, base *url.URL) bool {
	if h == o {
		return true
	}
	a, whyA := h.place(base)
	b, whyB := o.place(base)
	return whyA == "" && whyB == "" && a.same(&b)
}

func (p *hrefPlace) same(o *hrefPlace) bool {
	return strings.EqualFold(p.scheme, o.scheme) &&
		sameHost(p.scheme, p.host, o.host) &&
		sameEncoded(p.opaque, o.opaque, &uriDelims) &&
		sameEncoded(p.query, o.query, &uriDelims) &&
		sameEncoded(p.resource(), o.resource(), &pathDelims)
}

// resource returns the path without dot segments and final slash.
func (p *hrefPlace) resource() string { return strings.TrimSuffix(removeDots(p.path), "/") }

// sameHost reports whether two hosts, each with or without port, are the same under scheme.
func sameHost(scheme, a, b string) bool {
	if a == b {
		return true
	}
	a, b = trimPort(a, scheme), trimPort(b, scheme)
	return len(a) == len(b) && strings.EqualFold(a, b) // one length: K is not the Kelvin sign
}

// trimPort returns host without the port that it has anyway (RFC 3986, section 6.2.3).
func trimPort(host, scheme string) string {
	if port := defaultPort(scheme); port != "" {
		host = strings.TrimSuffix(host, ":"+port)
	}
	return strings.TrimSuffix(host, ":")
}

// sameEncoded reports whether a and b are encodings of the same text. What is illegal in them counts as if it were encoded.
// An encoded byte of delims is another thing than the byte itself.
func sameEncoded(a, b string, delims *byteSet) bool {
	n := commonEncoded(a, b)
	for a, b = a[n:], b[n:]; a != "" && b != ""; {
		byteA, sizeA := firstByte(a)
		byteB, sizeB := firstByte(b)
		if byteA != byteB || sizeA != sizeB && delims.has(byteA) {
			return false
		}
		a, b = a[sizeA:], b[sizeB:]
	}
	return a == b
}

// commonEncoded returns how many bytes at the beginning of a and b are the same, without an escape that is cut.
func commonEncoded(a, b string) int {
	n := commonPrefix(a, b)
	for i := max(0, n-2); i < n; i++ {
		if a[i] == '%' {
			return i
		}
	}
	return n
}

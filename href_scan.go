package multistatus

import (
	"math/bits"
	"strings"
	"unicode/utf8"

	"github.com/go-multistatus/multistatus/internal/xmlscan"
)

// A hrefForm is a set of ways in which an href departs from RFC 4918, section 8.3, and RFC 3986.
type hrefForm uint8

const (
	hrefRelative      hrefForm = 1 << iota // neither a scheme nor a slash at the beginning
	hrefRelativeColon                      // the same with a colon in the first segment; excludes hrefRelative
	hrefDoubleSlash                        // two slashes at the beginning
	hrefSpace                              // raw white space
	hrefNonASCII                           // raw bytes beyond ASCII
	hrefReserved                           // a % without two hexadecimal digits
	hrefDotSegments                        // a segment "." or "..", also with %2E
)

// scanHref tells in which form h is. It does not allocate. The empty href is in no form.
func scanHref(h string) hrefForm {
	form := hrefStart(h)
	if form == 0 && usualHref(h, 0) {
		return 0
	}
	if !isASCII(h) {
		form |= hrefNonASCII
	}
	if strings.ContainsAny(h, " \t\r\n") {
		form |= hrefSpace
	}
	if strayEscape(h) {
		form |= hrefReserved
	}
	if hasDots(splitHref(h).path) {
		form |= hrefDotSegments
	}
	return form
}

// usualTail reports that h is in no form, of which hrefBase has found the first n bytes to decide nothing.
func usualTail(h string, n int) bool { return (n == len(h) || h[n] != '.') && usualHref(h, n) }

// hrefBase returns how much of the beginning of h, up to a slash, is in no form and leaves the form to what follows:
// a path, or a URL with one, that ends neither in its authority nor in a query.
func hrefBase(h string) int {
	n := strings.LastIndexByte(h, '/') + 1
	base := h[:n]
	slashes := 2
	if scheme, _ := cutScheme(base); scheme != "" {
		slashes = 3
	}
	if strings.Count(base, "/") < slashes || scanHref(base) != 0 || strings.IndexByte(base, '?') >= 0 {
		return 0
	}
	return n
}

// hrefStart returns the forms that the beginning of h decides.
func hrefStart(h string) hrefForm {
	if h == "" {
		return 0
	}
	if h[0] == '/' {
		if len(h) > 1 && h[1] == '/' {
			return hrefDoubleSlash
		}
		return 0
	}
	path, _, _ := strings.Cut(h, "?")
	switch scheme, _ := cutScheme(path); {
	case scheme != "":
		return 0
	case hasColonFirst(path):
		return hrefRelativeColon
	}
	return hrefRelative
}

const (
	lowBits  = 0x0101_0101_0101_0101 // the lowest bit of each byte of a word
	highBits = 0x8080_8080_8080_8080
)

// usualHref reports that h from i on is in none of the forms that scanHref looks for all over an href; most are in none. It looks at
// eight bytes at a time, as it runs for every response.
func usualHref(h string, i int) bool {
	for i >= 0 && i < len(h) { // so the compiler knows, and leaves out checks of bounds
		var m uint64
		switch {
		case i <= len(h)-8:
			if m = hrefStops(xmlscan.Load64(h, i)); m == 0 {
				i += 8
				continue
			}
		case len(h) >= 8: // the last eight bytes, without those before i
			if m = hrefStops(xmlscan.Load64(h, len(h)-8)) >> (8 * uint(8-len(h)+i)); m == 0 {
				return true
			}
		default:
			m = 1 << 7
		}
		i += bits.TrailingZeros64(m) >> 3
		n := usualAt(h, i)
		if n == 0 {
			return false
		}
		i += n
	}
	return true
}

// hrefStops marks, with the high bit of each, the bytes of x up to the space and beyond ASCII, % and slashes.
// The lowest mark is exact.
func hrefStops(x uint64) uint64 {
	percent, slash := x^lowBits*'%', x^lowBits*'/'
	return (x | (x - lowBits*'!') | (percent - lowBits) | (slash - lowBits)) & highBits
}

// usualAt returns the length of what stands at i in h, escapes as many as there are, or 0 if that may make it be in some form.
func usualAt(h string, i int) int {
	n := 0
	for i+n < len(h)-2 && h[i+n] == '%' && isEscape(h[i+n:]) && (h[i+n+1] != '2' || h[i+n+2]|0x20 != 'e') { // %2E is a dot
		n += len("%XX")
	}
	if n > 0 {
		return n
	}
	switch c := h[i]; {
	case c == '/' && i+1 < len(h) && h[i+1] == '.', c <= ' ', c >= utf8.RuneSelf, c == '%':
		return 0
	}
	return 1
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// strayEscape reports whether there is a % in h without two hexadecimal digits.
func strayEscape(h string) bool {
	for {
		i := strings.IndexByte(h, '%')
		switch {
		case i < 0:
			return false
		case !isEscape(h[i:]):
			return true
		}
		h = h[i+1:]
	}
}

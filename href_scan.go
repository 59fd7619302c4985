package multistatus

import "strings"

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
	if m := markHref(h); m != (hrefMarks{}) {
		form |= m.form(h)
	}
	return form
}

// scanHrefTail is scanHref for an h of which hrefBase has found the first n bytes to decide nothing.
func scanHrefTail(h string, n int) hrefForm {
	if n == 0 {
		return scanHref(h)
	}
	m := markHref(h[n:])
	if m == (hrefMarks{}) {
		return 0
	}
	if m.high|m.low|m.dot == 0 {
		if stray, dot := checkEscapes(h[n:]); !stray && !dot {
			return 0
		}
	}
	return scanHref(h)
}

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

// hrefMarks says what stands somewhere in an href that may be of interest. Zero is none.
type hrefMarks struct {
	high    uint64 // a byte beyond ASCII
	low     uint64 // a byte up to the space
	percent uint64 // a %
	dot     uint64 // a dot that begins a segment, or looks like it
}

// The lowest and the highest bit of each byte of a word.
const (
	lowBits  = 0x0101_0101_0101_0101
	highBits = 0x8080_8080_8080_8080
)

// markHref looks at the bytes of h eight at a time: it runs for every response.
func markHref(h string) (m hrefMarks) {
	before := uint64(0x80) // what matched a slash in the word before; a dot may begin h too
	last := len(h) - 8
	if last < 0 {
		m.add(shortWord(h), before)
	}
	for i := 0; i <= last; i += 8 {
		before = m.add(longWord(h[i:]), before)
	}
	if last > 0 && last%8 != 0 {
		m.add(longWord(h[last:]), 0) // its first byte has been looked at
	}
	return hrefMarks{m.high & highBits, m.low & highBits, m.percent & highBits, m.dot & highBits}
}

// add marks what is in x; before is what the call for the word before returned.
func (m *hrefMarks) add(x, before uint64) uint64 {
	slashes := matchBytes(x, '/')
	m.high |= x
	m.low |= (x - lowBits*'!') &^ x
	m.percent |= matchBytes(x, '%')
	m.dot |= matchBytes(x, '.') & (slashes<<8 | before)
	return slashes >> 56
}

// longWord returns the first eight bytes of s, the first of them lowest.
func longWord(s string) uint64 {
	_ = s[7]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}

// shortWord is longWord for fewer bytes, filled up with a byte without meaning.
func shortWord(s string) uint64 {
	x := uint64(lowBits * '0')
	for i := len(s) - 1; i >= 0; i-- {
		x = x<<8 | uint64(s[i])
	}
	return x
}

// matchBytes sets the high bit of each byte of x that is c, and perhaps of one that follows such a byte.
// The other bits mean nothing.
func matchBytes(x uint64, c byte) uint64 {
	x ^= lowBits * uint64(c)
	return (x - lowBits) &^ x
}

// form returns the forms that hrefStart does not tell, of the h that m marks.
func (m *hrefMarks) form(h string) (form hrefForm) {
	dots := m.dot != 0
	if m.high != 0 {
		form |= hrefNonASCII
	}
	if m.low != 0 && strings.ContainsAny(h, " \t\r\n") {
		form |= hrefSpace
	}
	if m.percent != 0 {
		stray, dot := checkEscapes(h)
		dots = dots || dot
		if stray {
			form |= hrefReserved
		}
	}
	if dots && hasDots(splitHref(h).path) {
		form |= hrefDotSegments
	}
	return form
}

// checkEscapes reports whether there is a % in h without two hexadecimal digits, and whether there is the escape of a dot.
func checkEscapes(h string) (stray, dot bool) {
	for {
		i := strings.IndexByte(h, '%')
		switch {
		case i < 0:
			return stray, dot
		case !isEscape(h[i:]):
			stray = true
		case h[i+1] == '2' && h[i+2]|0x20 == 'e':
			dot = true
		}
		h = h[i+1:]
	}
}

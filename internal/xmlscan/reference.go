package xmlscan

import (
	"math/bits"
	"strings"
	"unicode/utf8"
)

// maxRef is how long a reference can be, from & to ;.
const maxRef = 64

type refKind uint8

const (
	refBare    refKind = iota // no reference
	refChar                   // one that means a rune
	refIllegal                // a character reference to what XML cannot carry
	refEntity                 // an entity that is not declared
	refBad                    // &#...; that is no character reference
)

// parseRef looks at what the & at the beginning of t begins. n is its length with the ; or 1.
func parseRef(t string) (n int, r rune, kind refKind) {
	t = t[:min(len(t), maxRef)]
	if len(t) > 1 && t[1] == '#' {
		return parseCharRef(t)
	}
	for i, c := range t[1:] {
		switch {
		case c == ';' && i > 0:
			return parseEntity(t[:i+2])
		case i == 0 && !isNameStart(c), !isNameChar(c), c == utf8.RuneError && invalidAt(t, i+1):
			return 1, 0, refBare
		}
	}
	return 1, 0, refBare
}

func parseEntity(ref string) (n int, r rune, kind refKind) {
	switch ref {
	case "&lt;":
		r = '<'
	case "&gt;":
		r = '>'
	case "&amp;":
		r = '&'
	case "&quot;":
		r = '"'
	case "&apos;":
		r = '\''
	default:
		return len(ref), 0, refEntity
	}
	return len(ref), r, refChar
}

// parseCharRef is parseRef for what begins with &#.
func parseCharRef(t string) (n int, r rune, kind refKind) {
	i := 2
	for i < len(t) && isAlnum(t[i]) {
		i++
	}
	switch {
	case i == maxRef:
		return 1, 0, refBad
	case i == len(t), t[i] != ';':
		return 1, 0, refBare
	}
	digits, base := t[2:i], 10
	if digits != "" && digits[0] == 'x' {
		digits, base = digits[1:], 16
	}
	r, ok := parseDigits(digits, rune(base))
	switch {
	case !ok:
		return i + 1, 0, refBad
	case !IsChar(r):
		return i + 1, r, refIllegal
	}
	return i + 1, r, refChar
}

// parseDigits returns the number that letters and digits make, or utf8.MaxRune+1 for a greater one.
func parseDigits(t string, base rune) (r rune, ok bool) {
	for i := range len(t) {
		d := rune(t[i]) - '0'
		if d > 9 {
			d = rune(t[i]|0x20) - 'a' + 10
		}
		if d >= base {
			return 0, false
		}
		r = min(r*base+d, utf8.MaxRune+1)
	}
	return r, t != ""
}

func isAlnum(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}

// appendMeaning appends what mended character data means: references resolved, line ends made LF (§2.11).
func appendMeaning(dst []byte, raw string, refs bool) []byte {
	for raw != "" {
		run, r, rest := cutMeaning(raw, refs)
		dst = append(dst, run...)
		if r >= 0 {
			dst = utf8.AppendRune(dst, r)
		}
		raw = rest
	}
	return dst
}

// cutMeaning cuts off raw what stands for itself, and the rune after it that is written in another way, else -1.
func cutMeaning(raw string, refs bool) (run string, r rune, rest string) {
	i := meantOtherwise(raw, refs)
	run, rest = raw[:i], raw[i:]
	switch {
	case rest == "":
		return run, -1, ""
	case rest[0] == '&':
		n, r := usualRef(rest)
		if n == 0 {
			n, r, _ = parseRef(rest)
		}
		return run, r, rest[n:]
	}
	return run, '\n', strings.TrimPrefix(rest[1:], "\n")
}

// meantOtherwise returns the index of the first byte in raw that does not stand for itself: CR, and with refs &. Else it is len(raw).
func meantOtherwise(raw string, refs bool) int {
	amp := byte('\r')
	if refs {
		amp = '&'
	}
	i := 0
	for i >= 0 && i <= len(raw)-8 { // see scanText
		x := Load64(raw, i)
		a, cr := x^ones*uint64(amp), x^ones*'\r'
		if m := ((a-ones)&^a | (cr-ones)&^cr) & highs; m != 0 {
			return i + bits.TrailingZeros64(m)>>3
		}
		i += 8
	}
	for i < len(raw) && raw[i] != '\r' && raw[i] != amp {
		i++
	}
	return i
}

// usualRef is parseRef for the references that are met most, and 0 for all others.
func usualRef(t string) (n int, r rune) {
	switch {
	case strings.HasPrefix(t, "&#13;"):
		return 5, '\r'
	case strings.HasPrefix(t, "&amp;"):
		return 5, '&'
	case strings.HasPrefix(t, "&quot;"):
		return 6, '"'
	case strings.HasPrefix(t, "&lt;"):
		return 4, '<'
	case strings.HasPrefix(t, "&gt;"):
		return 4, '>'
	}
	return 0, 0
}

// appendAttr appends the normalised value of a mended attribute (§3.3.3).
func appendAttr(dst []byte, raw string) []byte {
	for i := 0; i < len(raw); {
		switch c := raw[i]; c {
		case '&':
			n, r, _ := parseRef(raw[i:])
			dst = utf8.AppendRune(dst, r)
			i += n
			continue
		case '\r':
			if i+1 < len(raw) && raw[i+1] == '\n' {
				i++
			}
			dst = append(dst, ' ')
		case '\n', '\t':
			dst = append(dst, ' ')
		default:
			dst = append(dst, c)
		}
		i++
	}
	return dst
}

// AttrValue is the normalised value of a mended attribute; raw itself where that is it.
func AttrValue(raw string) string {
	if IsLine(raw) || strings.IndexByte(raw, '&') < 0 && !strings.ContainsAny(raw, "\t\r\n") {
		return raw
	}
	return string(appendAttr(make([]byte, 0, len(raw)), raw))
}

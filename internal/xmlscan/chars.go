package xmlscan

import "unicode/utf8"

// Classes of bytes. Every byte from 0x80 on counts as a name byte here; whether the rune is one, isName* tell.
const (
	isNameByte  = 1 << iota // may stand in a Name, the colon included
	isNameFirst             // may begin a Name
	isWhite                 // S (XML §2.3)
	isPlainName             // isNameByte, in ASCII
)

var class = func() (t [256]uint8) {
	for c := range 256 {
		switch {
		case c >= 0x80:
			t[c] = isNameByte | isNameFirst
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c == '_', c == ':':
			t[c] = isNameByte | isNameFirst | isPlainName
		case c >= '0' && c <= '9', c == '-', c == '.':
			t[c] = isNameByte | isPlainName
		case c == ' ', c == '\t', c == '\n', c == '\r':
			t[c] = isWhite
		}
	}
	return t
}()

// IsChar reports whether XML 1.0 can carry r (§2.2, production Char).
func IsChar(r rune) bool {
	return r >= 0x20 && r <= 0xD7FF || r == '\t' || r == '\n' || r == '\r' ||
		r >= 0xE000 && r <= 0xFFFD || r >= 0x10000 && r <= 0x10FFFF
}

type span struct{ lo, hi rune }

// nameStart is the part of NameStartChar beyond ASCII (§2.3), nameMore what NameChar adds to it.
var (
	nameStart = [...]span{
		{0xC0, 0xD6}, {0xD8, 0xF6}, {0xF8, 0x2FF}, {0x370, 0x37D}, {0x37F, 0x1FFF}, {0x200C, 0x200D},
		{0x2070, 0x218F}, {0x2C00, 0x2FEF}, {0x3001, 0xD7FF}, {0xF900, 0xFDCF}, {0xFDF0, 0xFFFD}, {0x10000, 0xEFFFF},
	}
	nameMore = [...]span{{0xB7, 0xB7}, {0x300, 0x36F}, {0x203F, 0x2040}}
)

func within(spans []span, r rune) bool {
	for _, s := range spans {
		if r <= s.hi {
			return r >= s.lo
		}
	}
	return false
}

func isNameStart(r rune) bool {
	if r < utf8.RuneSelf {
		return class[r]&isNameFirst != 0
	}
	return within(nameStart[:], r)
}

func isNameChar(r rune) bool {
	if r < utf8.RuneSelf {
		return class[r]&isNameByte != 0
	}
	return within(nameStart[:], r) || within(nameMore[:], r)
}

// badName returns the index of the first byte at which s is no Name, or -1.
func badName(s string) int {
	if plainName(s) {
		return -1
	}
	for i, r := range s {
		if i == 0 && !isNameStart(r) || i > 0 && !isNameChar(r) || r == utf8.RuneError && invalidAt(s, i) {
			return i
		}
	}
	if s == "" {
		return 0
	}
	return -1
}

// plainName reports whether s is a Name in ASCII.
func plainName(s string) bool {
	i := 0
	for i <= len(s)-8 && usualName(Load64(s, i)) {
		i += 8
	}
	for ; i < len(s); i++ {
		if class[s[i]]&isPlainName == 0 {
			return false
		}
	}
	return s != "" && class[s[0]]&isNameFirst != 0
}

// usualName reports that x is eight bytes of those that most names are made of: small letters, hyphens and colons.
func usualName(x uint64) bool {
	small := (x + (0x80-'a')*ones) &^ (x + (0x7F-'z')*ones)
	return x&highs == 0 && (small|zeros(x^'-'*ones)|zeros(x^':'*ones))&highs == highs
}

// zeros marks the bytes that are zero in x, which is ASCII.
func zeros(x uint64) uint64 { return ^(x + 0x7F*ones) }

func invalidAt(s string, i int) bool {
	_, n := utf8.DecodeRuneInString(s[i:])
	return n == 1
}

// IsNCName reports whether s is a name without a colon (Namespaces, production NCName).
func IsNCName(s string) bool {
	for i := range len(s) {
		if s[i] == ':' {
			return false
		}
	}
	return badName(s) < 0
}

// White reports whether s holds nothing but XML white space.
func White(s string) bool { return skipWhite(s, 0) == len(s) }

// Trim cuts XML white space off both ends.
func Trim(s string) string {
	i, j := skipWhite(s, 0), len(s)
	for j > i && class[s[j-1]]&isWhite != 0 {
		j--
	}
	return s[i:j]
}

// TrimLeft cuts XML white space off the beginning.
func TrimLeft(s string) string { return s[skipWhite(s, 0):] }

func skipWhite(s string, i int) int {
	for i < len(s) && class[s[i]]&isWhite != 0 {
		i++
	}
	return i
}

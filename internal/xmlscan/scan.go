package xmlscan

import (
	"math/bits"
	"strings"
	"unicode/utf8"
)

// What a run of character data holds.
const (
	hasRef  = 1 << iota // a reference to a character, or what looks like it
	hasCR               // CR
	hasHigh             // a rune beyond ASCII
	hasHard             // something to be looked at: see mend
)

const (
	ones  = 0x0101010101010101
	highs = 0x8080808080808080
)

// stops marks, with the high bit of each, the bytes of x that are <, >, &, below 0x20 or beyond ASCII.
// The lowest mark is exact; those above it may be false. Since all bytes beyond ASCII are marked, it need not be asked
// whether a high bit was there before the subtraction.
func stops(x uint64) uint64 {
	angle := (x | 0x02*ones) ^ '>'*ones
	return ((angle - ones) | oddities(x)) & highs
}

// oddities is stops but for < and >, and marks the high bit of a byte alone only together with highs.
func oddities(x uint64) uint64 {
	return (x ^ '&'*ones) - ones | (x - 0x20*ones) | x
}

// Load64 returns the eight bytes of s from i on, the first of them lowest.
func Load64(s string, i int) uint64 {
	s = s[i : i+8] // so the bounds are checked once
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}

// plainText returns where the plain ASCII at i ends, within eight bytes of the end of w not always.
func plainText(w string, i int) int {
	for i >= 0 && i <= len(w)-8 {
		if m := stops(Load64(w, i)); m != 0 {
			return i + bits.TrailingZeros64(m)>>3
		}
		i += 8
	}
	return i
}

// scanText returns the end of the character data at i, which is a < or the end of w, and what it holds.
func scanText(w string, i int) (end int, has uint8) {
	for start := i; i >= 0; { // so the compiler knows, and leaves out checks of bounds
		for i <= len(w)-8 {
			if m := stops(Load64(w, i)); m != 0 {
				i += bits.TrailingZeros64(m) >> 3
				goto stopped
			}
			i += 8
		}
		for i < len(w) && plain[w[i]] {
			i++
		}
		if i == len(w) {
			return i, has
		}
	stopped:
		n, h := 1, uint8(0)
		switch c := w[i]; {
		case c == '<':
			return i, has
		case c == '&':
			n, h = scanRef(w[i:])
		case c >= utf8.RuneSelf:
			n, h = scanRune(w[i:])
		default:
			h = scanByte(w, start, i)
		}
		i += n
		has |= h
		if i-start >= longText {
			return scanLong(w, start, i, has)
		}
	}
	return i, has
}

// longText is how long a text is, with something in it that is not plain, before it pays to look at it more than once.
const longText = 64

// scanLong is scanText from i on for a text that has line ends all over: where it ends, and whether there is a "]]>", is found first.
func scanLong(w string, start, i int, has uint8) (int, uint8) {
	end := strings.IndexByte(w[i:], '<')
	if end < 0 {
		end = len(w)
	} else {
		end += i
	}
	if strings.Contains(w[max(start, i-2):end], "]]>") {
		has |= hasHard
	}
	return end, has | scanChars(w[:end], i)
}

// scanChars says what the characters of t from i on make of a text, but for < and >.
func scanChars(t string, i int) (has uint8) {
	for i >= 0 { // see scanText
		for i <= len(t)-16 {
			m, n := oddities(Load64(t, i))&highs, oddities(Load64(t, i+8))&highs
			if m != 0 {
				i += bits.TrailingZeros64(m) >> 3
				break
			}
			if n != 0 {
				i += 8 + bits.TrailingZeros64(n)>>3
				break
			}
			i += 16
		}
		if i == len(t) {
			return has
		}
		n, h := 1, uint8(0)
		switch c := t[i]; {
		case c == '&' && i <= len(t)-8 && Load64(t, i)&sixBytes == crlf:
			n, h = 6, hasRef
		case c == '&':
			n, h = scanRef(t[i:])
		case c >= utf8.RuneSelf:
			n, h = scanRune(t[i:])
		case c == '\r':
			h = hasCR
		case c < ' ' && c != '\n' && c != '\t':
			h = hasHard
		}
		i += n
		has |= h
	}
	return has
}

// crlf is the beginning of a word that is "&#13;\n": how calendars and cards end their lines where XML is not to make that a LF.
const (
	crlf     = '&' | '#'<<8 | '1'<<16 | '3'<<24 | ';'<<32 | '\n'<<40
	sixBytes = 1<<48 - 1
)

// PlainEnd returns the index from i of the first byte in s that cannot stand for itself as character data:
// & and <, controls but TAB and LF, the > of "]]>", what is no UTF-8 or no Char; or len(s).
func PlainEnd(s string, i int) int {
	for i >= 0 { // see scanText
		for i <= len(s)-8 {
			if m := stops(Load64(s, i)); m != 0 {
				i += bits.TrailingZeros64(m) >> 3
				goto stopped
			}
			i += 8
		}
		if len(s) >= 8 && stops(Load64(s, len(s)-8)) == 0 {
			return len(s)
		}
		for i < len(s) && plain[s[i]] {
			i++
		}
		if i == len(s) {
			return i
		}
	stopped:
		n := stay(s, i)
		if n == 0 {
			return i
		}
		i += n
	}
	return i
}

// stay returns the length of what begins at i, or 0 if it cannot stand for itself.
func stay(s string, i int) int {
	switch c := s[i]; {
	case c >= utf8.RuneSelf:
		r, n := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && n == 1 || !IsChar(r) {
			return 0
		}
		return n
	case c == '\n', c == '\t', c == '>' && !strings.HasSuffix(s[:i], "]]"):
		return 1
	}
	return 0
}

// IsLine reports whether s can stand for itself as character data on one line: it has no TAB, LF and DEL either.
func IsLine(s string) bool {
	if len(s) < 8 {
		for i := range len(s) {
			if !plain[s[i]] || s[i] == del {
				return false
			}
		}
		return true
	}
	for i := 0; i <= len(s)-8; i += 8 {
		if lineStops(Load64(s, i)) != 0 {
			return false
		}
	}
	return lineStops(Load64(s, len(s)-8)) == 0
}

const del = 0x7F

// lineStops is stops with DEL.
func lineStops(x uint64) uint64 { return stops(x) | ((x^del*ones)-ones)&highs }

// scanByte says what the byte at i, which is no plain ASCII, makes of the text that begins at start.
func scanByte(w string, start, i int) uint8 {
	switch w[i] {
	case '\n', '\t':
		return 0
	case '\r':
		return hasCR
	case '>':
		if i-start < 2 || w[i-1] != ']' || w[i-2] != ']' {
			return 0
		}
	}
	return hasHard
}

// scanRef returns how long the reference to a character is that t begins with.
func scanRef(t string) (int, uint8) {
	if n, _ := usualRef(t); n > 0 {
		return n, hasRef
	}
	n, _, kind := parseRef(t)
	if kind != refChar {
		return 1, hasRef | hasHard
	}
	return n, hasRef
}

func scanRune(t string) (int, uint8) {
	r, n := utf8.DecodeRuneInString(t)
	if n == 1 || r < 0xA0 || r == 0xFFFE || r == 0xFFFF {
		return n, hasHard | hasHigh
	}
	return n, hasHigh
}

// plain is true of the bytes that character data may hold as they are, but for TAB and LF.
var plain = func() (t [256]bool) {
	for c := 0x20; c < utf8.RuneSelf; c++ {
		t[c] = c != '<' && c != '>' && c != '&'
	}
	return t
}()

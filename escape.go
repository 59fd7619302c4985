package multistatus

import (
	"strings"
	"unicode/utf8"

	"github.com/go-multistatus/multistatus/internal/xmlscan"
)

// replacement stands for what XML cannot carry.
const replacement = "\uFFFD"

// itself is true of the bytes that never have to be escaped.
var itself = func() (t [256]bool) {
	for c := ' '; c < utf8.RuneSelf; c++ {
		t[c] = c != '&' && c != '<' && c != '>' && c != '"'
	}
	return t
}()

// carriable is s with U+FFFD for each character that XML 1.0 cannot carry and each byte that is no UTF-8.
func carriable(s string) string {
	return strings.Map(func(r rune) rune {
		if xmlscan.IsChar(r) {
			return r
		}
		return utf8.RuneError
	}, s)
}

// appendEscaped appends s as character data or, with attr, as the value of an attribute in double quotes.
// A reader gets back s, but for what XML cannot carry, for which it gets U+FFFD.
func appendEscaped(dst []byte, s string, attr bool) []byte {
	from := 0
	for i := 0; i < len(s); {
		if itself[s[i]] {
			i++
			continue
		}
		n, with := escapeAt(s, i, attr)
		if with != "" {
			dst = append(append(dst, s[from:i]...), with...)
			from = i + n
		}
		i += n
	}
	return append(dst, s[from:]...)
}

// escapeAt returns the length of the rune at i and what has to be written for it, or "" if that is itself.
func escapeAt(s string, i int, attr bool) (n int, with string) {
	if c := s[i]; c < utf8.RuneSelf {
		return 1, escapeByte(s, i, attr)
	}
	r, n := utf8.DecodeRuneInString(s[i:])
	if r == utf8.RuneError && n == 1 || !xmlscan.IsChar(r) {
		return n, replacement
	}
	return n, ""
}

func escapeByte(s string, i int, attr bool) string {
	switch c := s[i]; {
	case c == '&':
		return "&amp;"
	case c == '<':
		return "&lt;"
	case c == '\r':
		return "&#13;"
	case c == '>' && !attr && strings.HasSuffix(s[:i], "]]"):
		return "&gt;"
	case c == '"' && attr:
		return "&quot;"
	case c == '\t' && attr:
		return "&#9;"
	case c == '\n' && attr:
		return "&#10;"
	case c < ' ' && c != '\t' && c != '\n':
		return replacement
	}
	return ""
}

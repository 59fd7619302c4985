package multistatus

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/go-multistatus/multistatus/internal/xmlscan"
)

// replacement stands for what XML cannot carry.
const replacement = "\uFFFD"

// carriable is s with U+FFFD for each character that XML 1.0 cannot carry and each byte that is no UTF-8.
func carriable(s string) string {
	return strings.Map(func(r rune) rune {
		if xmlscan.IsChar(r) {
			return r
		}
		return utf8.RuneError
	}, s)
}

// appendText appends s as character data. A reader gets back s, but for what XML cannot carry, for which it gets U+FFFD.
func appendText(dst []byte, s string) []byte {
	i := xmlscan.PlainEnd(s, 0)
	if i == len(s) {
		return append(dst, s...)
	}
	from := 0
	for i < len(s) {
		dst = append(dst, s[from:i]...)
		n := 1
		if s[i] == '\r' {
			dst = append(dst, '&', '#', '1', '3', ';')
		} else {
			var with string
			n, with = escapeAt(s, i, false)
			dst = append(dst, with...)
		}
		from = i + n
		if i = from; i < len(s) && s[i] == '\n' {
			i++
		}
		i = xmlscan.PlainEnd(s, i)
	}
	return append(dst, s[from:]...)
}

// appendEscaped is appendText for what is short: text, or with attr the value of an attribute in double quotes.
func appendEscaped[T string | []byte](dst []byte, s T, attr bool) []byte {
	from := 0
	for i := 0; i < len(s); {
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
func escapeAt[T string | []byte](s T, i int, attr bool) (n int, with string) {
	c := s[i]
	switch {
	case c >= utf8.RuneSelf:
		return escapeRune(s, i)
	case c == '&':
		with = "&amp;"
	case c == '<':
		with = "&lt;"
	case c == '\r':
		with = "&#13;"
	case c == '>' && !attr && i >= 2 && s[i-1] == ']' && s[i-2] == ']':
		with = "&gt;"
	case c == '"' && attr:
		with = "&quot;"
	case c == '\t' && attr:
		with = "&#9;"
	case c == '\n' && attr:
		with = "&#10;"
	case c < ' ' && c != '\t' && c != '\n':
		with = replacement
	}
	return 1, with
}

func escapeRune[T string | []byte](s T, i int) (n int, with string) {
	r, n := runeAt(s, i)
	if r == utf8.RuneError && n == 1 || !xmlscan.IsChar(r) {
		return n, replacement
	}
	return n, ""
}

func runeAt[T string | []byte](s T, i int) (rune, int) {
	return utf8.DecodeRuneInString(string(s[i:min(len(s), i+utf8.UTFMax)]))
}

// invalidAt returns the index of the first character that XML cannot carry, or -1.
func invalidAt[T string | []byte](s T) int {
	for i := 0; i < len(s); {
		n, with := escapeAt(s, i, false)
		if with == replacement {
			return i
		}
		i += n
	}
	return -1
}

// checkText holds texts against RejectInvalid.
func (e *Encoder) checkText(a, b string) error {
	if !e.opts.RejectInvalid {
		return nil
	}
	for _, s := range [...]string{a, b} {
		if i := invalidAt(s); i >= 0 {
			return invalidText(s[i:])
		}
	}
	return nil
}

// invalidText is the error of a text that begins with what XML cannot carry.
func invalidText(s string) error {
	_, n := runeAt(s, 0)
	return &EncodeError{Err: &reason{ErrCharacter, "(" + strconv.QuoteToASCII(s[:n]) + ")"}}
}

// appendHref appends h as character data. What a reader would trim, XML cannot carry,
// or would break the line of a header field, is percent-encoded.
func appendHref(dst []byte, h Href) []byte {
	s := string(h)
	if xmlscan.IsLine(s) && s != "" && s[0] != ' ' && s[len(s)-1] != ' ' {
		return append(dst, s...)
	}
	from := len(s) - len(xmlscan.TrimLeft(s))
	to := from + len(xmlscan.Trim(s))
	for i := 0; i < len(s); {
		n, with := escapeAt(s, i, false)
		switch c := s[i]; {
		case c < ' ', c == 0x7F, with == replacement, i < from, i >= to:
			for _, c := range []byte(s[i : i+n]) {
				dst = appendEscape(dst, c)
			}
		case with != "":
			dst = append(dst, with...)
		default:
			dst = append(dst, s[i:i+n]...)
		}
		i += n
	}
	return dst
}

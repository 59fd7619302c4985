package xmlscan

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// mendMode is where the text stands that mend looks at.
type mendMode uint8

const (
	mendText mendMode = iota
	mendAttr
	mendCData
	mendMisc // comments and processing instructions
)

// mend looks at every construct of win[i:end] and returns the text with what is forgiven mended.
func (s *Scanner) mend(i, end int, m mendMode) (string, bool) {
	s.fix = s.fix[:0]
	from, start := i, i
	for i < end {
		if plain[s.win[i]] && s.win[i] != ']' {
			i++
			continue
		}
		n, with, ok := s.defect(i, end, m)
		if !ok {
			return "", false
		}
		if with != "" {
			s.fix = append(append(s.fix, s.win[from:i]...), with...)
			from = i + n
		}
		i += n
	}
	if from == start {
		return s.win[start:end], true
	}
	return string(append(s.fix, s.win[from:end]...)), true
}

// defect looks at what begins at i: how long it is, and what stands for it if it cannot stay.
func (s *Scanner) defect(i, end int, m mendMode) (n int, with string, ok bool) {
	switch c := s.win[i]; {
	case c == '&' && m <= mendAttr:
		return s.reference(i, end)
	case c >= utf8.RuneSelf:
		return s.highRune(i, end)
	case c >= 0x20:
		if m == mendText && strings.HasPrefix(s.win[i:end], "]]>") {
			s.failAt(ErrContent, s.base+int64(i), `("]]>" in character data)`)
			return 0, "", false
		}
		return 1, "", true
	case class[c]&isWhite != 0:
		return 1, "", true
	}
	return 1, s.escape(s.win[i : i+1]), s.fault(Control, i, codePoint(rune(s.win[i])))
}

// escape is what stands for bytes that XML cannot carry.
func (s *Scanner) escape(bytes string) string {
	if !s.percent {
		return "\uFFFD"
	}
	const hex = "0123456789ABCDEF"
	b := make([]byte, 0, 9)
	for i := range len(bytes) {
		b = append(b, '%', hex[bytes[i]>>4], hex[bytes[i]&15])
	}
	return string(b)
}

func (s *Scanner) highRune(i, end int) (n int, with string, ok bool) {
	r, n := utf8.DecodeRuneInString(s.win[i:end])
	switch {
	case n == 1:
		n = invalidLen(s.win[i:end])
		bad := s.win[i : i+n]
		if s.cfg.Transcoded {
			return n, s.escapeRune(utf8.RuneError), s.fault(InvalidUTF8, i, "")
		}
		return n, s.escape(bad), s.fault(InvalidUTF8, i, strconv.QuoteToASCII(bad))
	case r == 0xFFFE, r == 0xFFFF:
		return n, s.escape(s.win[i : i+n]), s.fault(NonChar, i, codePoint(r))
	case s.cfg.Latin1 && r < 0xA0 && windows1252[r-0x80] != 0:
		return n, string(windows1252[r-0x80]), s.fault(C1, i, codePoint(r))
	case s.cfg.ASCII && !s.nonASC:
		s.nonASC = true
		return n, "", s.fault(NonASCII, i, codePoint(r))
	}
	return n, "", true
}

// invalidLen is 3 for an encoded surrogate, for which one U+FFFD stands, else 1.
func invalidLen(t string) int {
	if len(t) >= 3 && t[0] == 0xED && t[1]&0xE0 == 0xA0 && t[2]&0xC0 == 0x80 {
		return 3
	}
	return 1
}

func codePoint(r rune) string {
	const hex = "0123456789ABCDEF"
	b := []byte("U+0000")
	for i := len(b) - 1; i > 1; i-- {
		b[i] = hex[r&15]
		r >>= 4
	}
	return string(b)
}

// reference is defect for a &.
func (s *Scanner) reference(i, end int) (n int, with string, ok bool) {
	n, r, kind := parseRef(s.win[i:end])
	ref := s.win[i : i+n]
	switch kind {
	case refBare:
		return 1, "&amp;", s.fault(BareAmp, i, "")
	case refEntity:
		return 1, "&amp;", s.fault(UndeclaredEntity, i, ref)
	case refIllegal:
		return n, s.escapeRune(r), s.fault(IllegalCharRef, i, ref)
	case refBad:
		if n == 1 { // it has no end within maxRef
			ref = s.win[i : i+maxRef]
		}
		s.failAt(ErrEntity, s.base+int64(i), strconv.Quote(ref))
		return 0, "", false
	}
	return n, "", true
}

func (s *Scanner) escapeRune(r rune) string {
	return s.escape(string(r)) // string(r) is U+FFFD for surrogates and beyond
}

// windows1252 is what the bytes 0x80 to 0x9F mean there; 0 is what they mean in Latin-1.
var windows1252 = [32]rune{
	'€', 0, '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', 0, 'Ž', 0,
	0, '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', 0, 'ž', 'Ÿ',
}

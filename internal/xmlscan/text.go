package xmlscan

import (
	"io"
	"math/bits"
	"strconv"
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
// The lowest mark is exact; those above it may be false.
func stops(x uint64) uint64 {
	angle := (x | 0x02*ones) ^ '>'*ones
	amp := x ^ '&'*ones
	return ((angle-ones)&^angle | (amp-ones)&^amp | (x-0x20*ones)&^x | x) & highs
}

func load64(s string, i int) uint64 {
	s = s[i : i+8] // so the bounds are checked once
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}

// scanText returns the end of the character data at i, which is a < or the end of w, and what it holds.
func scanText(w string, i int) (end int, has uint8) {
	for start := i; ; {
		for i+8 <= len(w) {
			if m := stops(load64(w, i)); m != 0 {
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
	for i < len(t) {
		if i+8 <= len(t) {
			m := oddities(load64(t, i))
			if m == 0 {
				i += 8
				continue
			}
			i += bits.TrailingZeros64(m) >> 3
		}
		n, h := 1, uint8(0)
		switch c := t[i]; {
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

// oddities marks, with the high bit of each, the bytes of x that are &, beyond ASCII, or below 0x20 and no LF.
// The lowest mark may be false, and those above it too; none is missing.
func oddities(x uint64) uint64 {
	lf, amp := x^'\n'*ones, x^'&'*ones
	lf = (lf&^highs + (highs - ones)) | lf // the high bit of each is clear where it was LF
	return ((x-0x20*ones)&^x&lf | (amp-ones)&^amp | x) & highs
}

// PlainEnd returns the index from i of the first byte in s that cannot stand for itself as character data:
// & and <, controls but TAB and LF, the > of "]]>", what is no UTF-8 or no Char; or len(s).
func PlainEnd(s string, i int) int {
	for i < len(s) {
		switch {
		case i+8 <= len(s):
			m := stops(load64(s, i))
			if m == 0 {
				i += 8
				continue
			}
			i += bits.TrailingZeros64(m) >> 3
		case len(s) >= 8 && stops(load64(s, len(s)-8)) == 0:
			return len(s)
		case plain[s[i]]:
			i++
			continue
		}
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
	i := 0
	for ; i+8 <= len(s); i += 8 {
		if stops(load64(s, i)) != 0 {
			return false
		}
	}
	for ; i < len(s); i++ {
		if !plain[s[i]] {
			return false
		}
	}
	return strings.IndexByte(s, 0x7F) < 0
}

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
	switch {
	case strings.HasPrefix(t, "&#13;"), strings.HasPrefix(t, "&amp;"):
		return 5, hasRef
	case strings.HasPrefix(t, "&quot;"):
		return 6, hasRef
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

// text reads character data up to the next markup, or as much of it as a window may hold.
func (s *Scanner) text() Kind {
	end, has := scanText(s.win, s.pos)
	if end == len(s.win) && !s.last {
		s.fill()
		end, has = scanText(s.win, s.pos)
	}
	cut := end == len(s.win) && !(s.last && len(s.stack) == 0 && s.endErr == io.EOF)
	if cut {
		end, has = scanText(s.win[:s.pos+holdText(s.win[s.pos:])], s.pos)
	}
	end, over := s.clip(end, lexText)
	if len(s.stack) == 0 {
		return s.outsideText(end, over, cut)
	}
	if s.bare && !s.stray {
		if i := skipWhite(s.win[:end], s.pos); i < end && !s.strayText(i) {
			return Failed
		}
	}
	if !s.charData(end, has, mendText) {
		return Failed
	}
	s.dropRest(cut)
	if over {
		return s.failBound()
	}
	return Text
}

// dropRest leaves what stands at the end of a document that is cut off, and cannot be judged without what follows.
func (s *Scanner) dropRest(cut bool) {
	if cut && s.last {
		s.pos = len(s.win)
	}
}

// clip moves end, if it lies beyond the bound, to where the last whole construct before the bound ends.
func (s *Scanner) clip(end int, kind lexKind) (int, bool) {
	if s.base+int64(end) <= s.Bound.End {
		return end, false
	}
	upTo := max(s.pos, int(s.Bound.End-s.base))
	return s.pos + hold(kind, s.win[s.pos:upTo]), true
}

// charData takes win[pos:end] as the text of a token.
func (s *Scanner) charData(end int, has uint8, m mendMode) bool {
	s.raw = s.win[s.pos:end]
	if has&hasHard != 0 || has&hasHigh != 0 && s.cfg.ASCII && !s.nonASC {
		mended, ok := s.mend(s.pos, end, m)
		if !ok {
			return false
		}
		if len(mended) != len(s.raw) || mended != s.raw {
			s.cap.replace(s.win, s.pos, end, mended)
			s.raw = mended
		}
	}
	s.refs, s.crs = has&hasRef != 0 && m != mendCData, has&hasCR != 0
	s.pos = end
	return true
}

// outsideText checks that nothing but white space, or NULs at the very end, stands outside of the root.
func (s *Scanner) outsideText(end int, over, cut bool) Kind {
	i := skipWhite(s.win[:end], s.pos)
	text := end - len(strings.TrimLeft(s.win[i:end], "\x00 \t\r\n"))
	switch {
	case i == end && over:
		return s.failBound()
	case i == end:
	case !s.rooted:
		return s.failAt(ErrSyntax, s.base+int64(i), "(text before the root element)")
	case text > i && !s.nul:
		s.nul = true
		if !s.fault(TrailingNUL, i, "") {
			return Failed
		}
	}
	if text < end {
		return s.failAt(ErrTrailing, s.base+int64(text), "")
	}
	s.pos = end
	s.dropRest(cut)
	return skipped
}

// holdText returns how much of t, the beginning of a longer text, can be judged without what follows.
func holdText(t string) int {
	tail := t[max(0, len(t)-maxRef):]
	if i := strings.LastIndexByte(tail, '&'); i >= 0 && strings.IndexByte(tail[i:], ';') < 0 {
		return len(t) - len(tail) + i
	}
	return holdTail(t, ']')
}

// holdTail is holdText for a token whose terminator begins with mark, once or twice.
func holdTail(t string, mark byte) int {
	n := len(t)
	for n > 0 && n > len(t)-2 && t[n-1] == mark {
		n--
	}
	if n > 0 && n == len(t) && t[n-1] == '\r' {
		n--
	}
	return holdRune(t[:n])
}

// holdRune leaves an unfinished rune at the end of t out.
func holdRune(t string) int {
	for k := 1; k <= min(3, len(t)); k++ {
		c := t[len(t)-k]
		if utf8.RuneStart(c) {
			if c >= 0xC0 && !utf8.FullRuneInString(t[len(t)-k:]) {
				return len(t) - k
			}
			break
		}
	}
	return holdSurrogate(t)
}

// holdSurrogate leaves the first two bytes of an encoded surrogate out, which is mended as one.
func holdSurrogate(t string) int {
	if n := len(t); n > 1 && t[n-2] == 0xED && t[n-1]&0xE0 == 0xA0 {
		return n - 2
	}
	return len(t)
}

func hold(kind lexKind, t string) int {
	switch kind {
	case lexText:
		return holdText(t)
	case lexComment:
		return holdTail(t, '-')
	case lexPI:
		return holdTail(t, '?')
	}
	return holdTail(t, ']')
}

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

// windows1252 is what the bytes 0x80 to 0x9F mean there; 0 is what they mean in Latin-1.
var windows1252 = [32]rune{
	'€', 0, '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', 0, 'Ž', 0,
	0, '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', 0, 'ž', 'Ÿ',
}

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
		s.failAt(ErrEntity, s.base+int64(i), strconv.Quote(s.win[i:min(end, i+16)]))
		return 0, "", false
	}
	return n, "", true
}

func (s *Scanner) escapeRune(r rune) string {
	return s.escape(string(r)) // string(r) is U+FFFD for surrogates and beyond
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
	i := 0
	for i < len(raw) && raw[i] != '\r' && (raw[i] != '&' || !refs) {
		i++
	}
	run, rest = raw[:i], raw[i:]
	switch {
	case rest == "":
		return run, -1, ""
	case rest[0] == '&':
		n, r, _ := parseRef(rest)
		return run, r, rest[n:]
	}
	return run, '\n', strings.TrimPrefix(rest[1:], "\n")
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
	if strings.IndexByte(raw, '&') < 0 && !strings.ContainsAny(raw, "\t\r\n") {
		return raw
	}
	return string(appendAttr(make([]byte, 0, len(raw)), raw))
}

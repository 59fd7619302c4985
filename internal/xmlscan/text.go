package xmlscan

import (
	"io"
	"strings"
	"unicode/utf8"
)

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

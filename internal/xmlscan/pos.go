package xmlscan

import "strings"

// place is where an offset lies: line and column count from 1, the column in bytes. Line 0 means not known yet.
type place struct{ line, col int }

// counter counts lines up to an offset. It only moves forward.
type counter struct {
	off   int64
	line  int   // from 0
	start int64 // offset of the line's first byte
	cr    bool  // the byte before off is a CR
}

// advance counts the line ends of text, which begins at c.off. CRLF, CR and LF each end a line.
func (c *counter) advance(text string) {
	if text == "" {
		return
	}
	if c.cr || strings.IndexByte(text, '\r') >= 0 {
		c.advanceCR(text)
		return
	}
	if n := strings.Count(text, "\n"); n > 0 {
		c.line += n
		c.start = c.off + int64(lastLF(text)) + 1
	}
	c.off += int64(len(text))
}

// lastLF is strings.LastIndexByte for LF, which looks at one byte at a time. Where there are few lines they are long.
func lastLF(text string) int {
	const part = 128
	for i := len(text) - part; i > 0; i -= part {
		if strings.IndexByte(text[i:], '\n') >= 0 {
			break
		}
		text = text[:i]
	}
	return strings.LastIndexByte(text, '\n')
}

func (c *counter) advanceCR(text string) {
	for i := range len(text) {
		switch b := text[i]; {
		case b == '\n' && c.cr:
			c.start++
		case b == '\n', b == '\r':
			c.line++
			c.start = c.off + 1
		}
		c.cr = text[i] == '\r'
		c.off++
	}
}

func (c *counter) place() place { return place{c.line + 1, int(c.off-c.start) + 1} }

// Position returns line and column of an offset in the current token or in a start tag that is still open, or of 0.
func (s *Scanner) Position(off int64) (line, column int) {
	p := s.position(off)
	return p.line, p.col
}

func (s *Scanner) position(off int64) place {
	if p, ok := s.marked(off); ok {
		return p
	}
	return s.count(off)
}

// count is position for an offset in the window, or 0.
func (s *Scanner) count(off int64) place {
	if off == 0 {
		return place{1, 1} // whatever has gone
	}
	c := &s.lines
	if off < c.off {
		c = s.goBack(off)
	}
	i, j := int(c.off-s.base), int(off-s.base)
	if i < 0 || j < i || j > len(s.win) {
		return place{}
	}
	c.advance(s.win[i:j])
	return c.place()
}

// goBack returns a counter for an offset that lines has passed. A tag is gone through a few times,
// so what stands before it is not counted again.
func (s *Scanner) goBack(off int64) *counter {
	switch {
	case s.back.off >= max(s.tokLines.off, s.base) && s.back.off <= off:
	case s.tokLines.off >= s.base && s.tokLines.off <= off:
		s.back = s.tokLines
	default:
		s.back = s.based
	}
	return &s.back
}

// track takes the place of the token that begins at pos.
func (s *Scanner) track() {
	s.lines.advance(s.win[int(s.lines.off-s.base):s.pos])
	s.tokLines, s.tokAt = s.lines, s.lines.place()
}

// marked finds the place of an open tag, of the one that ended last, or of the token that is under way,
// if it was taken before.
func (s *Scanner) marked(off int64) (place, bool) {
	if s.tokAt.line != 0 && s.tokOff == off {
		return s.tokAt, true
	}
	if o := s.lastClosed(); o != nil && o.Off == off && o.at.line != 0 {
		return o.at, true
	}
	for i := len(s.stack) - 1; i >= 0 && s.stack[i].Off >= off; i-- {
		if o := &s.stack[i]; o.Off == off && o.at.line != 0 {
			return o.at, true
		}
	}
	return place{}, false
}

// lastClosed returns the element that ended last below the innermost open one, or nil.
func (s *Scanner) lastClosed() *Open {
	if len(s.stack) == cap(s.stack) {
		return nil
	}
	return s.Closed()
}

// settle takes the places of all tags that are open, before the window that holds them goes.
func (s *Scanner) settle() {
	if o := s.lastClosed(); o != nil {
		s.settleTag(o)
	}
	for ; s.settled < len(s.stack); s.settled++ {
		s.settleTag(&s.stack[s.settled])
	}
	if s.in != lexOpen && s.tokAt.line == 0 {
		s.tokAt = s.count(s.tokOff)
	}
	c := &s.lines
	if to := int(s.base) + s.pos - int(c.off); to > 0 {
		i := int(c.off - s.base)
		c.advance(s.win[i:s.pos])
	}
	s.based = *c
}

func (s *Scanner) settleTag(o *Open) {
	if o.at.line == 0 && o.Off >= s.base && o.Entry != nil {
		o.at = s.count(o.Off)
	}
}

// Path returns the local names of the open elements from the root, joined by /, with the indices that SetIndex gave.
// Long names are shortened, and what lies between the outermost and the innermost of many elements is left out.
func (s *Scanner) Path() string { return s.path(s.stack) }

// ClosedPath is Path with the element that ended last.
func (s *Scanner) ClosedPath() string { return s.path(s.stack[:len(s.stack)+1]) }

// pathEnds is how many elements at each end of a path are shown of one that is longer than both.
const pathEnds = 8

// path makes a path, or finds it if it is that which was made last. Callers ask for one at every fault.
func (s *Scanner) path(stack []Open) string {
	if len(stack) == 0 {
		return ""
	}
	last := &stack[len(stack)-1]
	if k := (pathKey{len(stack), last.Off, last.index}); k != s.pathOf || s.lastPath == "" {
		s.pathOf, s.lastPath = k, makePath(stack)
	}
	return s.lastPath
}

// pathKey identifies a path within a document.
type pathKey struct {
	depth int
	off   int64
	index int32
}

func makePath(stack []Open) string {
	var b []byte
	for i := range stack {
		switch {
		case i > pathEnds && i < len(stack)-pathEnds:
			continue
		case i == pathEnds && i < len(stack)-pathEnds:
			b = append(b, "/…"...)
			continue
		case i > 0:
			b = append(b, '/')
		}
		b = stack[i].appendStep(b)
	}
	return string(b)
}

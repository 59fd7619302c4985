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
		c.start = c.off + int64(strings.LastIndexByte(text, '\n')) + 1
	}
	c.off += int64(len(text))
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
	} else if off == 0 {
		return place{1, 1} // whatever has gone
	}
	c := &s.lines
	if off < c.off {
		copied := s.based
		c = &copied
	}
	i, j := int(c.off-s.base), int(off-s.base)
	if i < 0 || j < i || j > len(s.win) {
		return place{}
	}
	c.advance(s.win[i:j])
	return c.place()
}

// marked finds the place of an open tag, or of the token that is under way, if it was taken before.
func (s *Scanner) marked(off int64) (place, bool) {
	if s.tokAt.line != 0 && s.tokOff == off {
		return s.tokAt, true
	}
	open := s.stack[:min(len(s.stack)+1, cap(s.stack))]
	for i := len(open) - 1; i >= 0; i-- {
		if open[i].Off == off && open[i].at.line != 0 {
			return open[i].at, true
		}
	}
	return place{}, false
}

// settle takes the places of all tags that are open, before the window that holds them goes.
func (s *Scanner) settle() {
	open := s.stack[:min(len(s.stack)+1, cap(s.stack))]
	for i := range open {
		if o := &open[i]; o.at.line == 0 && o.Off >= s.base && o.Entry != nil {
			o.at = s.position(o.Off)
		}
	}
	if s.in != lexOpen && s.tokAt.line == 0 {
		s.tokAt = s.position(s.tokOff)
	}
	c := &s.lines
	if to := int(s.base) + s.pos - int(c.off); to > 0 {
		i := int(c.off - s.base)
		c.advance(s.win[i:s.pos])
	}
	s.based = *c
}

// Path returns the local names of the open elements from the root, joined by /, with the indices that SetIndex gave.
func (s *Scanner) Path() string { return path(s.stack) }

// ClosedPath is Path with the element that ended last.
func (s *Scanner) ClosedPath() string { return path(s.stack[:len(s.stack)+1]) }

func path(stack []Open) string {
	var b []byte
	for i := range stack {
		if i > 0 {
			b = append(b, '/')
		}
		b = stack[i].appendStep(b)
	}
	return string(b)
}

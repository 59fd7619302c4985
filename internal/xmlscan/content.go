package xmlscan

import "math/bits"

// Content is the content of an element as it stands, mended.
type Content struct {
	Raw   string
	Plain bool // Raw is character data, and what it means
}

// Text returns what character data means.
func (c Content) Text() string {
	if c.Plain {
		return c.Raw
	}
	return string(appendMeaning(make([]byte, 0, len(c.Raw)), c.Raw, true))
}

// Leaf reads all that the innermost open element holds, and its end, if that is nothing but character data without faults,
// of at most max bytes. It does nothing where it cannot tell.
func (s *Scanner) Leaf(max int64) (c Content, ok bool) {
	if s.empty {
		s.empty = false
		s.pop()
		return Content{Plain: true}, true
	}
	end, has, ok := s.leaf()
	if !ok || s.leaves() || int64(end-s.pos) > max {
		return Content{}, false
	}
	return Content{s.closeLeaf(end), has&^hasHigh == 0}, true
}

// Child is an element without attributes that holds nothing but character data without faults.
type Child struct {
	*Entry
	Run
	end int // behind the element
	tag int // where its last tag begins
}

// Child finds the next child of the innermost open element, if it is of that kind, nothing is odd in its name, all of it is in
// the window and its content has at most max bytes. It reports false where it cannot tell. Take reads what it has found.
func (s *Scanner) Child(c *Child, max int64) bool {
	w, i := s.win, s.pos
	if s.in != lexOpen || s.empty || s.Err != nil || len(s.stack) >= s.cfg.MaxDepth || len(s.buf) > maxBuf {
		return false
	}
	if i < len(w) && w[i] != '<' {
		i = skipWhite(w, i)
	}
	if i >= len(w) || w[i] != '<' {
		return false
	}
	j := nameEnd(w, i+1)
	if j == i+1 || j >= len(w)-1 || int64(j-i) > min(boundSlack, s.cfg.MaxTag-2) {
		return false
	}
	name := w[i+1 : j]
	c.tag, c.end, c.has = i, j+2, 0
	c.From, c.To = c.end, c.end
	switch {
	case w[j] == '>':
		if !s.childContent(c, name, max) {
			return false
		}
	case w[j+1] != '>':
		return false
	}
	if s.base+int64(c.end) > s.Bound.End {
		return false
	}
	if c.Entry = s.names.find(name, s.Scope); c.Entry == nil {
		c.Entry = s.newEntry(name, s.Scope)
	}
	return c.Entry != nil
}

// childContent finds the content of an element whose start tag ends at c.end-1, and its end tag.
func (s *Scanner) childContent(c *Child, name string, max int64) bool {
	w := s.win
	c.From = c.end - 1
	c.To, c.has = scanText(w, c.From)
	c.tag, c.end = c.To, c.To+3+len(name)
	return c.end <= len(w) && w[c.To+1] == '/' && w[c.end-1] == '>' && w[c.To+2:c.end-1] == name &&
		int64(c.To-c.From) <= max && s.good(c.has)
}

// nameEnd returns the index of the first > or / in w from i, or len(w).
func nameEnd(w string, i int) int {
	for ; i+8 <= len(w); i += 8 {
		x := Load64(w, i)
		angle, slash := x^'>'*ones, x^'/'*ones
		if m := ((angle-ones)&^angle | (slash-ones)&^slash) & highs; m != 0 {
			return i + bits.TrailingZeros64(m)>>3
		}
	}
	for i < len(w) && w[i] != '>' && w[i] != '/' {
		i++
	}
	return i
}

// OffsetOf returns the offset of an index into the window.
func (s *Scanner) OffsetOf(i int) int64 { return s.base + int64(i) }

// Take reads c, which Child has just found.
func (s *Scanner) Take(c *Child) { s.Pass(c.tag, c.end) }

// leaf returns where character data without faults that the element's end tag follows at once ends, and what it holds.
func (s *Scanner) leaf() (end int, has uint8, ok bool) {
	end, has = scanText(s.win, s.pos)
	if !s.good(has) || s.base+int64(end) > s.Bound.End {
		return 0, 0, false
	}
	raw := s.Top().Raw
	j := end + 2 + len(raw)
	ok = j < len(s.win) && s.win[j] == '>' && s.win[end+1] == '/' && s.win[end+2:j] == raw
	return end, has, ok
}

// closeLeaf ends the innermost open element, whose character data ends at end, and returns it.
func (s *Scanner) closeLeaf(end int) string {
	raw := s.win[s.pos:end]
	s.tokOff, s.tokAt = s.base+int64(end), place{}
	s.pos = end + 3 + len(s.Top().Raw)
	s.pop()
	return raw
}

// Content reads all that the innermost open element holds, and its end.
func (s *Scanner) Content() (c Content, ok bool) {
	depth, e, scope, faults := len(s.stack), s.Top().Entry, s.Scope, s.faults
	if !s.empty {
		if raw, ok := s.sameContent(e); ok {
			return Content{Raw: raw}, true
		}
	}
	s.cap.begin(s.pos, depth)
	c.Plain = true
	for {
		switch s.token() {
		case Failed:
			s.cap.on = false
			return Content{}, false
		case Text:
			c.Plain = c.Plain && s.Plain()
		case End:
			if len(s.stack) < depth {
				c.Raw = s.cap.end(s.win, s.contentEnd())
				if s.faults == faults && !c.Plain {
					s.rememberContent(e, scope, c.Raw)
				}
				return c, true
			}
		default:
			c.Plain = false
		}
	}
}

// contentEnd is where the end tag that was read last begins; for an empty-element tag, where that ends.
func (s *Scanner) contentEnd() int {
	if int(s.tokOff-s.base) < s.cap.from {
		return s.cap.from
	}
	return int(s.tokOff - s.base)
}

// Skip reads all that the innermost open element holds, and its end.
func (s *Scanner) Skip() bool {
	depth := len(s.stack)
	for {
		switch s.token() {
		case Failed:
			return false
		case End:
			if len(s.stack) < depth {
				return true
			}
		}
	}
}

// OwnText reads the innermost open element up to its end, and returns the character data that it holds itself:
// not that of child elements. With percent, what XML cannot carry is percent-encoded.
func (s *Scanner) OwnText(percent bool) (text string, ok bool) {
	s.percent = percent
	text, ok = s.ownText()
	s.percent = false
	return text, ok
}

func (s *Scanner) ownText() (text string, ok bool) {
	depth := len(s.stack)
	joined := s.joined[:0]
	pieces := 0
	for {
		switch k := s.token(); {
		case k == Failed:
			return "", false
		case k == End && len(s.stack) < depth:
			if pieces > 1 || len(joined) > 0 {
				text = string(joined)
			}
			s.joined = joined
			return text, true
		case (k == Text || k == CData) && len(s.stack) == depth:
			pieces++
			if pieces == 1 && s.Plain() {
				text = s.raw
				continue
			}
			if pieces == 2 {
				joined = append(joined, text...)
			}
			joined = s.AppendText(joined)
		}
	}
}

package xmlscan

import "strings"

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

// leaf returns where character data without faults that the element's end tag follows at once ends, and what it holds.
func (s *Scanner) leaf() (end int, has uint8, ok bool) {
	end, has = scanText(s.win, s.pos)
	if has&hasHard != 0 || has != 0 && s.cfg.ASCII || s.base+int64(end) > s.Bound.End {
		return 0, 0, false
	}
	raw := s.Top().Raw
	j := end + 2 + len(raw)
	ok = j < len(s.win) && s.win[j] == '>' && s.win[end+1] == '/' && s.win[end+2:j] == raw
	return end, has, ok && (has&hasRef == 0 || goodRefs(s.win[s.pos:end]))
}

// goodRefs reports whether every & in t begins a reference to a character.
func goodRefs(t string) bool {
	for {
		i := strings.IndexByte(t, '&')
		if i < 0 {
			return true
		}
		n, _, kind := parseRef(t[i:])
		if kind != refChar {
			return false
		}
		t = t[i+n:]
	}
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

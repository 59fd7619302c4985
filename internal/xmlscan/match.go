package xmlscan

import "strings"

// Run is character data in the window. The next call that reads makes it void.
type Run struct {
	From, To int
	has      uint8
}

// Plain reports whether the run, as it stands, is also what it means.
func (r Run) Plain() bool { return r.has&^hasHigh == 0 }

// Text returns a part of the window.
func (s *Scanner) Text(from, to int) string { return s.win[from:to] }

// Meaning returns what character data in the window means.
func (s *Scanner) Meaning(r Run) string {
	return Content{Raw: s.win[r.From:r.To], Plain: r.Plain()}.Text()
}

// Pos returns where in the window the last token has ended.
func (s *Scanner) Pos() int { return s.pos }

// Since returns the text from an offset to the end of the last token, if the window still holds it, and if it has no fault
// that goes without saying: that of a rune beyond ASCII is told once a document.
func (s *Scanner) Since(off int64) (text string, ok bool) {
	if off < s.base || s.nonASC {
		return "", false
	}
	return s.win[off-s.base : s.pos], true
}

// Context is all that decides what markup means in which no prefix is undeclared. It is comparable.
type Context struct {
	scope *Scope
	lang  string
	alias [2]string

	ascii, latin1 bool
}

// Context returns that of the innermost open element's content.
func (s *Scanner) Context() Context {
	return Context{s.Scope, s.Lang, s.alias, s.cfg.ASCII, s.cfg.Latin1}
}

// Between reports whether the last token was complete, and is a child of the root, or the root's start tag.
func (s *Scanner) Between() bool {
	return s.Err == nil && s.in == lexOpen && !s.empty && len(s.stack) == 1 && !s.leaves()
}

// Match compares what stands in the window at at with lits[i], the character data behind it with nothing,
// so that it only has to be without faults, what follows that with the next of lits, and so on.
// The data behind lits[i] is put into runs[i]. What next and pos mean:
//
//	next == len(lits)  all literals stand there, and the last one ends at pos
//	next >= 0          lits[next] should stand at pos, and does not; those before it do
//	next == -1         the character data at pos cannot be taken as it is
func (s *Scanner) Match(lits []string, runs []Run, i, at int) (next, pos int) {
	w, runs := s.win, runs[:len(lits)]
	for ; i < len(lits); i++ {
		lit := lits[i]
		if !strings.HasPrefix(w[at:], lit) {
			return i, at
		}
		at += len(lit)
		if i == len(lits)-1 {
			return i + 1, at
		}
		run := &runs[i]
		run.From, run.has = at, 0
		if at = plainText(w, at); at == len(w) || w[at] != '<' {
			if at, run.has = scanText(w, run.From); !s.good(run.has) {
				return -1, run.From
			}
		}
		run.To = at
	}
	return i, at
}

// good reports whether character data that holds this is without faults.
func (s *Scanner) good(has uint8) bool { return has == 0 || has&hasHard == 0 && !s.cfg.ASCII }

// Lacks reports whether lit may stand at at in the window when more of the text was read.
func (s *Scanner) Lacks(lit string, at int) bool {
	return !s.last && strings.HasPrefix(lit, s.win[at:])
}

// More makes the window begin behind the last token, and reads once.
func (s *Scanner) More() {
	s.release()
	if s.full && len(s.buf) < maxBuf {
		s.grow()
	}
	switch {
	case s.endErr != nil:
		s.last = true
	case s.n < len(s.buf):
		s.read()
	}
	s.win = string(s.buf[:s.n])
}

// Pass takes the window up to end, where a child of the innermost open element ends, as read. Its last tag begins at tag.
func (s *Scanner) Pass(tag, end int) {
	s.tokOff, s.tokAt = s.base+int64(tag), place{}
	s.pos = end
	s.stray = false
}

// LeafTexts calls found for the beginning and the end of each text in markup that a start tag precedes and an end tag follows.
// The markup must be well-formed. It reports whether there is nothing else in it than tags and character data.
func LeafTexts(markup string, found func(from, to int)) bool {
	from := -1 // behind a start tag
	for i := 0; ; {
		j := strings.IndexByte(markup[i:], '<')
		if j < 0 {
			return true
		}
		i += j
		if c := markup[i+1]; c == '!' || c == '?' { // they do not end as tags do
			return false
		}
		end, _ := tagStop(markup, i+1, 0)
		switch {
		case markup[i+1] == '/':
			if from >= 0 {
				found(from, i)
			}
			from = -1
		case markup[end-1] == '/':
			from = -1
		default:
			from = end + 1
		}
		i = end + 1
	}
}

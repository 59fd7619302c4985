package xmlscan

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"strings"
)

const (
	minBuf = 4 << 10
	maxBuf = 64 << 10
)

// lexKind is the kind of a token as far as its end goes.
type lexKind uint8

const (
	lexOpen lexKind = iota // not known yet
	lexText
	lexTag
	lexComment
	lexPI
	lexCData
	lexDoctype
)

// terminator is what ends a token of a kind.
var terminator = [...]string{lexComment: "-->", lexPI: "?>", lexCData: "]]>"}

// lexer looks for the end of one token, however many pieces it comes in. Every byte is looked at once.
type lexer struct {
	kind  lexKind
	i     int  // the first byte not looked at
	quote byte // within a tag: the quote that is open
}

// found reports whether b, which begins with the token and holds what came so far, holds its end.
func (l *lexer) found(b []byte) bool {
	if l.kind == lexOpen && !l.open(b) {
		return false
	}
	switch l.kind {
	case lexText:
		return l.until(b, "<")
	case lexComment, lexPI, lexCData:
		return l.until(b, terminator[l.kind])
	}
	l.i, l.quote = tagStop(b, l.i, l.quote)
	return l.i < len(b)
}

func (l *lexer) until(b []byte, end string) bool {
	if len(b) >= l.i && bytes.Contains(b[l.i:], []byte(end)) {
		return true
	}
	l.i = max(l.i, len(b)-len(end)+1)
	return false
}

// open tells the kind by the token's first bytes, once they are there. What is no markup at all counts as a tag.
func (l *lexer) open(b []byte) bool {
	if len(b) < 2 {
		return false
	}
	kind, head, sure := markup(b)
	if sure {
		l.kind, l.i = kind, head
	}
	return sure
}

// markup tells what b begins with, and how long the opening is; sure is false if b is too short to say.
func markup[T []byte | string](b T) (kind lexKind, head int, sure bool) {
	switch {
	case b[0] != '<':
		return lexText, 0, true
	case b[1] == '?':
		return lexPI, 2, true
	case b[1] != '!':
		return lexTag, 1, true
	case len(b) < 3:
		return 0, 0, false
	case b[2] == '-':
		return opening(b, "<!--", lexComment)
	case b[2] == '[':
		return opening(b, "<![CDATA[", lexCData)
	}
	return lexDoctype, 2, true
}

func opening[T []byte | string](b T, want string, kind lexKind) (lexKind, int, bool) {
	n := min(len(b), len(want))
	if string(b[:n]) != want[:n] {
		return lexTag, 1, true
	}
	return kind, n, n == len(want)
}

// tagStop returns the index, from i, of the > that ends a tag or the < that breaks it, or len(b);
// and the quote that is open there.
func tagStop[T []byte | string](b T, i int, quote byte) (int, byte) {
	for ; i < len(b); i++ {
		switch c := b[i]; {
		case c == '<', c == '>' && quote == 0:
			return i, quote
		case c == quote:
			quote = 0
		case quote == 0 && (c == '"' || c == '\''):
			quote = c
		}
	}
	return i, quote
}

// usualStop is tagStop for a tag with double quotes only, which is told by counting them; else it is -1.
func usualStop(w string, i int) int {
	n := strings.IndexByte(w[i:], '>')
	if n < 0 {
		return -1
	}
	tag := w[i : i+n]
	if strings.IndexByte(tag, '<') >= 0 || strings.IndexByte(tag, '\'') >= 0 || strings.Count(tag, `"`)%2 != 0 {
		return -1
	}
	return i + n
}

// fill makes a window that begins with the token under way and holds its end,
// or as much of it as a window may, or all there is.
func (s *Scanner) fill() {
	s.release()
	if s.full && len(s.buf) < maxBuf {
		s.grow()
	}
	l := lexer{kind: s.in}
	for !l.found(s.buf[:s.n]) {
		if s.endErr != nil {
			s.last = true
			break
		}
		if s.tooLong(l.kind) || s.n == len(s.buf) && !s.extend(l.kind) {
			break
		}
		s.read()
	}
	s.win = string(s.buf[:s.n])
}

// release lets go of the window up to pos.
func (s *Scanner) release() {
	s.settle()
	s.cap.spill(s.win, s.pos)
	rest := s.buf[s.pos:s.n]
	if len(s.buf) > maxBuf && len(rest) <= maxBuf/2 {
		s.buf = make([]byte, maxBuf) // the large tag has been read
		clear(s.attrs[:cap(s.attrs)])
	}
	s.n = copy(s.buf, rest)
	s.base += int64(s.pos)
	s.pos = 0
}

// extend makes room for more of a token that fills the buffer, if a token of its kind may be longer.
func (s *Scanner) extend(kind lexKind) bool {
	switch {
	case len(s.buf) < maxBuf:
		s.grow()
	case kind == lexTag && s.hopeless(s.buf[:s.n]):
		return false
	case kind == lexTag, kind == lexDoctype:
		s.resize(int(min(2*int64(len(s.buf)), s.tagRoom()+maxBuf)))
	default:
		return false
	}
	return true
}

// hopeless reports whether the tag that b begins with is sure to be refused for what b holds of it: a run of name bytes
// that is longer than any name, or more = than there may be attributes. Of an end tag that is its name: what stands behind
// that is not looked at before the tag has ended.
func (s *Scanner) hopeless(b []byte) bool {
	if b[1] == '/' {
		name := b[2:]
		return len(name) > s.cfg.MaxName && !slices.ContainsFunc(name[:s.cfg.MaxName+1], notInName)
	}
	var quote byte
	run, room := 0, min(s.cfg.MaxAttrs, len(b))+min(s.cfg.MaxNamespaces, len(b))+1
	for _, c := range b[1:] {
		switch {
		case quote != 0:
			if c == quote {
				quote = 0
			}
			continue
		case c == '"', c == '\'':
			quote = c
		case c == '=':
			room--
		}
		if run++; class[c]&isNameByte == 0 {
			run = 0
		}
		if run > s.cfg.MaxName || room < 0 {
			return true
		}
	}
	return false
}

func notInName(b byte) bool { return class[b]&isNameByte == 0 }

// tooLong reports whether the token is a large tag that has passed its limit already.
func (s *Scanner) tooLong(kind lexKind) bool {
	return len(s.buf) >= maxBuf && (kind == lexTag || kind == lexDoctype) && int64(s.n) > s.tagRoom()
}

// leaves reports whether the window is that of a large tag, which has been read: what comes after it is not to keep it.
func (s *Scanner) leaves() bool { return len(s.buf) > maxBuf && s.pos > 0 }

// tagRoom is how long a tag that begins at pos may be.
func (s *Scanner) tagRoom() int64 {
	return min(s.cfg.MaxTag, s.Bound.End+boundSlack-s.base-int64(s.pos))
}

// Buffer returns what a reader's bytes go into first. Reset leaves its content alone, so that the reader may already have there what
// it is going to deliver.
func (s *Scanner) Buffer() []byte {
	if s.buf == nil {
		s.grow()
	}
	return s.buf
}

func (s *Scanner) grow() { s.resize(max(minBuf, 2*len(s.buf))) }

func (s *Scanner) resize(n int) {
	buf := make([]byte, n)
	copy(buf, s.buf[:s.n])
	s.buf = buf
}

func (s *Scanner) read() {
	room := s.buf[s.n:]
	if len(s.buf) > maxBuf {
		room = room[:min(len(room), maxBuf/2)] // what comes behind the large tag
	}
	n, err := ReadSome(s.src, room)
	s.n, s.full, s.endErr = s.n+n, n == len(room), err
}

// ErrRead is the error of a reader that breaks the contract of io.Reader.
var ErrRead = errors.New("reader returned an impossible count")

const maxEmptyReads = 100 // as bufio has it

// ReadSome calls r.Read until that gives bytes or an error, and gives up on a reader that does neither.
func ReadSome(r io.Reader, p []byte) (int, error) {
	for range maxEmptyReads {
		n, err := r.Read(p)
		if n < 0 || n > len(p) {
			return 0, ErrRead
		}
		if n > 0 || err != nil {
			return n, err
		}
	}
	return 0, io.ErrNoProgress
}

// capture collects the content of an element.
type capture struct {
	on    bool
	depth int    // of the element whose content it is
	from  int    // where in the window what buf lacks begins
	buf   []byte // what came before
}

func (c *capture) begin(pos, depth int) { *c = capture{true, depth, pos, c.buf[:0]} }

// spill keeps what was captured of a window that goes at pos.
func (c *capture) spill(win string, pos int) {
	if c.on {
		c.buf = append(c.buf, win[c.from:pos]...)
		c.from = 0
	}
}

// replace puts mended in the place of win[i:j].
func (c *capture) replace(win string, i, j int, mended string) {
	if c.on {
		c.buf = append(append(c.buf, win[c.from:i]...), mended...)
		c.from = j
	}
}

// end returns all up to pos. It costs nothing where it stands in win as it is.
func (c *capture) end(win string, pos int) string {
	c.on = false
	if len(c.buf) == 0 {
		return win[c.from:pos]
	}
	c.buf = append(c.buf, win[c.from:pos]...)
	return string(c.buf)
}

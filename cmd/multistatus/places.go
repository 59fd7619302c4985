package main

import "bytes"

// place is where something begins: an offset in the text in UTF-8, and line and column, which count from 1.
// Line 0 means that it is not known.
type place struct {
	off          int64
	line, column int
}

// places follows a Decoder through its text and finds the start tags of the root and of what stands directly in it.
//
// It does not check anything: what the Decoder has read is well-formed in all that matters here.
//
// Invariant: text is what follows base, up to which lines are counted; scanned of its bytes have been looked at,
// and depth elements are open behind them.
type places struct {
	source  utf8Source
	text    []byte
	base    int64
	scanned int
	depth   int
	lines   lineCounter
	child   int64 // offset of the last start tag in the root
	root    place
	name    string // of the root, as it stands there
	lost    bool   // the text is not that of the Decoder
}

func newPlaces(contentType string) *places {
	return &places{source: utf8Source{contentType: contentType}, lines: lineCounter{line: 1}}
}

// Write takes bytes of the body.
func (p *places) Write(raw []byte) (int, error) {
	p.text = p.source.appendText(p.text, raw)
	return len(raw), nil
}

// end returns the offset behind all that was written. From then on no charset can be told any more.
func (p *places) end() int64 {
	p.text = p.source.settle(p.text)
	return p.base + int64(len(p.text))
}

// response returns where the response begins that ends at off. Every response has to be asked for, in order.
func (p *places) response(off int64) place {
	p.scan(off)
	if p.lost {
		return place{off: off}
	}
	at := p.at(p.child)
	p.lines = p.counted(off)
	p.text = p.text[off-p.base:]
	p.base, p.scanned = off, 0
	return at
}

// at returns the place of an offset that was written and does not precede the last response.
func (p *places) at(off int64) place {
	if p.lost || off < p.base || off > p.end() {
		return place{off: off}
	}
	c := p.counted(off)
	return place{off, c.line, int(off-c.start) + 1}
}

func (p *places) counted(off int64) lineCounter {
	c := p.lines
	c.count(p.text[:off-p.base], p.base)
	return c
}

// scan looks at every tag up to off, which ends a response.
func (p *places) scan(off int64) {
	n := off - p.base
	if p.lost || n < 1 || off > p.end() || p.text[n-1] != '>' {
		p.lost = true
		return
	}
	p.tags(p.text[:n])
	p.lost = p.scanned != int(n) || p.depth != 1
}

// tags looks at all markup in text.
func (p *places) tags(text []byte) {
	for p.tag(text) {
	}
}

// rest looks at what follows the last response.
func (p *places) rest() {
	p.end()
	p.tags(p.text)
}

// tag looks at the next tag, comment or other markup. It reports whether there was any.
func (p *places) tag(text []byte) bool {
	i := bytes.IndexByte(text[p.scanned:], '<')
	if i < 0 {
		return false
	}
	i += p.scanned
	n := markupLen(text[i:])
	if n == 0 {
		return false
	}
	p.scanned = i + n
	switch markup := text[i:p.scanned]; {
	case markup[1] == '/':
		p.depth--
	case markup[1] != '!' && markup[1] != '?':
		p.open(p.base+int64(i), markup)
	}
	return true
}

// open takes a start tag.
func (p *places) open(off int64, tag []byte) {
	switch p.depth {
	case 0:
		p.root = p.at(off)
		p.name = string(tag[1 : 1+max(0, bytes.IndexAny(tag[1:], "/> \t\r\n"))])
	case 1:
		p.child = off
	}
	if tag[len(tag)-2] != '/' {
		p.depth++
	}
}

// markupEnds are the kinds of markup that end in something special.
var markupEnds = [...]struct{ start, end string }{{"<!--", "-->"}, {"<![CDATA[", "]]>"}, {"<?", "?>"}}

// markupLen returns the length of the markup that s begins with, or 0 if its end is not there.
func markupLen(s []byte) int {
	for _, m := range &markupEnds {
		if bytes.HasPrefix(s, []byte(m.start)) {
			i := bytes.Index(s[len(m.start):], []byte(m.end))
			if i < 0 {
				return 0
			}
			return len(m.start) + i + len(m.end)
		}
	}
	quote := byte(0)
	for i, c := range s {
		switch {
		case c == quote:
			quote = 0
		case quote != 0:
		case c == '"', c == '\'':
			quote = c
		case c == '>':
			return i + 1
		}
	}
	return 0
}

// lineCounter counts lines. CRLF, CR and LF each end one.
type lineCounter struct {
	line  int
	start int64 // offset of the line's first byte
	cr    bool  // the byte before was a CR
}

// count goes over text, which begins at off.
func (c *lineCounter) count(text []byte, off int64) {
	if !c.cr && bytes.IndexByte(text, '\r') < 0 {
		if n := bytes.Count(text, []byte("\n")); n > 0 {
			c.line += n
			c.start = off + int64(bytes.LastIndexByte(text, '\n')) + 1
		}
		return
	}
	for i, b := range text {
		if b == '\r' || b == '\n' && !c.cr {
			c.line++
		}
		if b == '\r' || b == '\n' {
			c.start = off + int64(i) + 1
		}
		c.cr = b == '\r'
	}
}

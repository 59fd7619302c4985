package xmlscan

import (
	"strings"
	"unicode/utf8"
)

// Cursor walks over the content of an element that a Scanner has read and mended.
// It trusts that content: it checks nothing, and of other text it only promises to come to an end.
// It does not recurse, and allocates nothing but for a start tag that declares namespaces.
//
// Invariant: 0 <= tok <= from <= to <= pos <= len(raw) after a token.
type Cursor struct {
	raw      string
	pos      int // the first byte that no token has taken
	tok      int // where the last token begins
	from, to int // the last token's text, or what stands behind the name in a start tag
	kind     Kind
	empty    bool // the start tag read last was an empty-element tag
	depth    int
	scope    *Scope
	levels   *level
}

// level is an open element that declares namespaces.
type level struct {
	depth int
	scope *Scope // in effect around it
	outer *level
}

// NewCursor returns a Cursor at the beginning of raw, in which the prefixes that scope binds may be used.
func NewCursor(raw string, scope *Scope) Cursor { return Cursor{raw: raw, scope: scope} }

// Next reads one token: Start, End, Text, CData or Finish. An empty-element tag is a Start and an End.
// Comments and processing instructions are passed over.
func (c *Cursor) Next() Kind { return c.next(false) }

// NextAny is Next that passes nothing over: it returns Comment and PI too, and Text then is what stands within them.
func (c *Cursor) NextAny() Kind { return c.next(true) }

func (c *Cursor) next(all bool) Kind {
	for {
		switch k := c.lex(); k {
		case skipped:
		case Comment, PI:
			if all {
				return k
			}
		case Start:
			c.depth++
			c.declare()
			return k
		case End:
			c.leave()
			return k
		default:
			return k
		}
	}
}

// Content reads all that the element holds whose Start was read last, and its End.
func (c *Cursor) Content() string {
	from, depth := c.pos, 1
	for depth > 0 {
		switch c.lex() {
		case Start:
			depth++
		case End:
			depth--
		case Finish:
			return c.raw[from:]
		}
	}
	c.leave()
	return c.raw[from:max(from, c.tok)]
}

// Scope returns the declarations in effect in the innermost open element.
func (c *Cursor) Scope() *Scope { return c.scope }

// Depth returns the number of open elements.
func (c *Cursor) Depth() int { return c.depth }

// Offset returns where the last token ends.
func (c *Cursor) Offset() int { return c.pos }

// NameEnd returns where the name in the last Start ends.
func (c *Cursor) NameEnd() int { return c.from }

// RawName returns the name in the last Start as it stands.
func (c *Cursor) RawName() string { return c.raw[min(c.tok+1, c.from):c.from] }

// Name returns the expanded name of the last Start.
func (c *Cursor) Name() Name {
	prefix, local := SplitName(c.RawName())
	uri, _ := c.scope.Resolve(prefix)
	return Name{uri, local}
}

// Attrs returns what stands behind the name in the last Start: its attributes, namespace declarations among them.
func (c *Cursor) Attrs() string { return c.raw[c.from:c.to] }

// Text returns the last Text, CData, Comment or PI as it stands, without its delimiters.
func (c *Cursor) Text() string { return c.raw[c.from:c.to] }

// AppendText appends what the last Text or CData means.
func (c *Cursor) AppendText(dst []byte) []byte {
	return appendMeaning(dst, c.Text(), c.kind == Text)
}

// CutText cuts a piece off the last Text or CData and returns what it means, or "" at its end.
func (c *Cursor) CutText() string {
	run, r, rest := cutMeaning(c.Text(), c.kind == Text)
	switch {
	case run != "":
		c.from += len(run)
	case r >= 0:
		run, c.from = string(r), c.to-len(rest)
	}
	return run
}

// lex reads one token, without regard to scopes.
func (c *Cursor) lex() Kind {
	c.tok, c.from, c.to = c.pos, c.pos, c.pos
	c.kind = End
	if c.empty {
		c.empty = false
	} else {
		c.kind = c.token()
	}
	return c.kind
}

func (c *Cursor) token() Kind {
	rest := c.raw[c.pos:]
	switch {
	case rest == "":
		return Finish
	case rest[0] != '<':
		c.take(0, rest, "<", 0)
		return Text
	case len(rest) == 1:
		c.pos++
		return skipped
	}
	switch kind, head, _ := markup(rest); kind {
	case lexTag:
		return c.tag(rest)
	case lexCData:
		c.take(head, rest, terminator[kind], len(terminator[kind]))
		return CData
	case lexComment:
		c.take(head, rest, terminator[kind], len(terminator[kind]))
		return Comment
	case lexPI:
		c.take(head, rest, terminator[kind], len(terminator[kind]))
		return PI
	}
	c.pos = len(c.raw)
	return skipped
}

// take makes what stands in rest between head and mark the token's text, and moves behind so much of mark.
func (c *Cursor) take(head int, rest, mark string, behind int) {
	n := strings.Index(rest[head:], mark)
	if n < 0 {
		n, behind = len(rest)-head, 0
	}
	c.from = c.tok + head
	c.to = c.from + n
	c.pos = c.to + behind
}

func (c *Cursor) tag(rest string) Kind {
	if rest[1] == '/' {
		c.take(2, rest, ">", 1)
		return End
	}
	i := 1
	for i < len(rest) && class[rest[i]]&isNameByte != 0 {
		i++
	}
	stop, _ := tagStop(rest, i, 0)
	c.from, c.to, c.pos = c.tok+i, c.tok+stop, c.tok+stop
	if stop < len(rest) && rest[stop] == '>' {
		c.pos++
	}
	if c.empty = stop > i && rest[stop-1] == '/'; c.empty {
		c.to--
	}
	return Start
}

// declare takes the namespace declarations in the start tag that was just read.
// What it binds is copied, so that a kept scope keeps no document.
func (c *Cursor) declare() {
	scope := c.scope
	name, value, rest, ok := CutAttr(c.Attrs())
	for ; ok; name, value, rest, ok = CutAttr(rest) {
		if prefix, is := Declares(name); is && prefix != "xml" {
			scope = scope.bind(strings.Clone(prefix), strings.Clone(AttrValue(value)))
		}
	}
	if scope != c.scope {
		c.levels = &level{c.depth, c.scope, c.levels}
		c.scope = scope
	}
}

// leave gives up what the innermost open element declares, and closes it.
func (c *Cursor) leave() {
	if l := c.levels; l != nil && l.depth == c.depth {
		c.scope, c.levels = l.scope, l.outer
	}
	c.depth = max(0, c.depth-1)
}

// CutAttr cuts the first attribute off well-formed markup. value is what stands between the quotes.
func CutAttr(markup string) (name, value, rest string, ok bool) {
	i := skipWhite(markup, 0)
	j := i
	for j < len(markup) && class[markup[j]]&isNameByte != 0 {
		j++
	}
	name = markup[i:j]
	if j = skipWhite(markup, j); j == len(markup) || markup[j] != '=' {
		return "", "", "", false
	}
	if j = skipWhite(markup, j+1); j == len(markup) {
		return "", "", "", false
	}
	rest = markup[j+1:]
	n := strings.IndexByte(rest, markup[j])
	if n < 0 {
		return "", "", "", false
	}
	return name, rest[:n], rest[n+1:], true
}

// Declares reports whether an attribute of that name is a namespace declaration, and of which prefix.
func Declares(name string) (prefix string, ok bool) {
	const xmlns = "xmlns"
	if len(name) < len(xmlns) || name[:len(xmlns)] != xmlns {
		return "", false
	}
	rest := name[len(xmlns):]
	if rest == "" {
		return "", true
	}
	return rest[1:], rest[0] == ':'
}

// SplitName splits a qualified name at its first colon.
func SplitName(raw string) (prefix, local string) {
	if i := strings.IndexByte(raw, ':'); i >= 0 {
		return raw[:i], raw[i+1:]
	}
	return "", raw
}

// IsPlain reports whether s can stand as character data and means itself there. It may say no of what could.
func IsPlain(s string) bool {
	end, has := scanText(s, 0)
	return end == len(s) && has&^hasHigh == 0
}

// AppendNCName appends s made an NCName: what cannot stand in one becomes _, and one comes first where s begins
// with what cannot begin one.
func AppendNCName(dst []byte, s string) []byte {
	if IsNCName(s) {
		return append(dst, s...)
	}
	if r := first(s); s == "" || !isNameStart(r) && isNameChar(r) {
		dst = append(dst, '_')
	}
	for i, r := range s {
		if r == ':' || !isNameChar(r) || r == utf8.RuneError && invalidAt(s, i) {
			r = '_'
		}
		dst = utf8.AppendRune(dst, r)
	}
	return dst
}

// LastNCName returns the longest NCName at the end of s, or "".
func LastNCName(s string) string {
	i := len(s)
	for i > 0 && s[i-1] < utf8.RuneSelf && s[i-1] != ':' && class[s[i-1]]&isNameByte != 0 {
		i--
	}
	for i > 0 {
		r, n := utf8.DecodeLastRuneInString(s[:i])
		if r == ':' || !isNameChar(r) {
			break
		}
		i -= n
	}
	for j, r := range s[i:] {
		if isNameStart(r) {
			return s[i+j:]
		}
	}
	return ""
}

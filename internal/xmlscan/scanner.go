package xmlscan

import (
	"io"
	"math"
	"strconv"
	"strings"
)

// Kind is what Next found.
type Kind uint8

const (
	Failed  Kind = iota // Err tells why; it stays so
	Start               // a start tag, or the beginning of an empty element
	End                 // an end tag, or the end of an empty element
	Text                // character data, or a piece of it
	CData               // a CDATA section, or a piece of it
	Finish              // the document is complete and nothing comes behind it
	Comment             // a comment; only Cursor.NextAny returns it
	PI                  // a processing instruction; only Cursor.NextAny returns it
)

// Open is an element whose start tag was read.
type Open struct {
	*Entry
	Off   int64  // of its <
	out   string // the qualified name it was given in mending; "" if it is Raw
	index int32
	at    place
	scope *Scope // in effect around it
	lang  string // likewise
}

func (o *Open) appendStep(b []byte) []byte {
	b = append(b, clipName(o.Name.Local)...)
	if o.index > 1 {
		b = append(b, '[')
		b = strconv.AppendInt(b, int64(o.index), 10)
		b = append(b, ']')
	}
	return b
}

// Bound is a limit that ends at an offset. A token that ends beyond it, or begins there, is an Error;
// an end tag, and a tag that begins before, may reach a little further.
type Bound struct {
	Limit string
	Max   int64
	Mark  int64 // the offset that the Error tells
	End   int64 // the first offset beyond
}

// boundSlack is how far a tag may reach beyond a bound in which it begins.
const boundSlack = 4 << 10

// NoBound is never reached.
var NoBound = Bound{End: math.MaxInt64 - boundSlack}

// Host decides what a Scanner cannot.
type Host interface {
	// OnFault is told of a fault and its offset before it is mended. An error ends the scan, and is what Err returns.
	OnFault(f Fault, off int64, detail string) error
	// OnPrefix gives the namespace of a prefix that is not declared. It reports that itself.
	OnPrefix(prefix string, off int64, attr bool) (uri string, err error)
	// Unbound gives the namespace of a prefix that is bound to no namespace. It has no character to be escaped.
	Unbound(prefix string) (uri string)
	// Classify gives the number that entries of this name carry.
	Classify(n Name) uint8
}

// Config is what the caller of a Scanner decides. Limits must be positive.
type Config struct {
	Host

	MaxName, MaxURI, MaxDepth, MaxAttrs, MaxNamespaces int
	MaxTag                                             int64  // bytes of one tag
	TagLimit                                           string // the name of the limit in MaxTag

	Latin1     bool // U+0080 to U+009F are C1 faults
	ASCII      bool // the first rune beyond ASCII is a fault
	Transcoded bool // what is no UTF-8 is not what was sent: it is not shown, and percent-encoded as U+FFFD
	Track      bool // take every start tag's line and column, as OnFault will ask for many
}

// Scanner reads one document. The zero value is ready for Reset.
type Scanner struct {
	document int // a number of the document, from 1

	buf     []byte // of a reader
	stack   []Open
	attrs   []attr
	attrSet map[Name]struct{}
	names   *names
	scopes  scopes
	tags    declTags
	langs   map[string]string
	cap     capture
	fix     []byte // the mended form of the token under way
	joined  []byte // room for OwnText

	state
}

// state is that of a Scanner in the document under way. Nothing of it is left for the next one.
type state struct {
	cfg Config
	Err error

	win  string // Invariant: in reading, win equals buf[:n], and win[0] lies at offset base
	pos  int    // the first byte of win that no token has taken
	base int64
	last bool // nothing comes after win

	src    io.Reader
	n      int
	full   bool  // the last read filled buf
	endErr error // what src returned at its end

	in     lexKind // the token of which a piece was read; else lexOpen
	tokOff int64   // of the token that was begun last
	tokAt  place   // its place, once its first byte has left the window

	raw      string // the text of a Text or CData
	refs     bool   // raw holds references
	crs      bool   // raw holds CR
	empty    bool   // the start tag read last was an empty-element tag
	rooted   bool   // the root's start tag was read
	nonASC   bool   // the fault NonASCII was told
	nul      bool   // the fault TrailingNUL was told
	seen     bool   // something was read before this token
	doctype  bool   // a document type declaration was read
	bare     bool   // within Next
	stray    bool   // the fault StrayText was told since the last tag
	percent  bool   // mend by percent-encoding: an href
	released bool   // there is no document

	Scope *Scope // in effect in the innermost open element
	Lang  string // xml:lang likewise
	Bound Bound

	faults   int       // that were told
	declared int       // how many of attrs declare namespaces
	alias    [2]string // a namespace that is read as another one; equal: none

	lines, based   counter // at most at pos; at base
	tokLines, back counter // at tokOff, with Track; somewhere behind tokLines
	settled        int     // Invariant: stack[:settled] have their places
	pathOf         pathKey
	lastPath       string // of pathOf
}

// usualDepth is what the stack has room for at first.
const usualDepth = 12

// Reset makes s read from r, as new; the memory it has stays.
func (s *Scanner) Reset(r io.Reader, cfg Config) {
	s.reset(cfg)
	s.src = r
}

// ResetString makes s read text, as new. Strings handed out will be parts of it.
func (s *Scanner) ResetString(text string, cfg Config) {
	s.reset(cfg)
	s.win, s.last, s.endErr = text, true, io.EOF
}

// Release lets go of the document, and of what memory is more than is usual. Reset comes next.
func (s *Scanner) Release() {
	if s.bulky() {
		*s = Scanner{document: s.document}
		return
	}
	if len(s.buf) > maxBuf {
		s.buf = nil
	}
	clear(s.stack[:cap(s.stack)])
	clear(s.attrs[:cap(s.attrs)])
	clear(s.attrSet)
	s.stack, s.attrs = s.stack[:0], s.attrs[:0]
	s.fix, s.joined, s.cap = small(s.fix), small(s.joined), capture{buf: small(s.cap.buf)}
	s.state = state{cfg: Config{MaxName: s.cfg.MaxName}, released: true}
}

// What the tables may have taken to be kept from one document to the next: bytes of names and declarations,
// elements that were open, and attributes.
const (
	maxTables = 256 << 10
	maxKept   = 2 << 10
)

// bulky reports whether the tables are larger than is usual.
func (s *Scanner) bulky() bool {
	return s.names != nil && s.names.bytes+s.scopes.bytes > maxTables || cap(s.stack) > maxKept || cap(s.attrs) > maxKept
}

// small is b without its bytes, if it is not too large to be kept.
func small(b []byte) []byte {
	if cap(b) > maxBuf {
		return nil
	}
	return b[:0]
}

// EndWith makes err stand at the end of the text instead of io.EOF.
func (s *Scanner) EndWith(err error) { s.endErr = err }

func (s *Scanner) reset(cfg Config) {
	if !s.released {
		s.Release()
	}
	longest := s.cfg.MaxName
	s.state = state{cfg: cfg, Bound: NoBound}
	s.document++
	if s.names == nil {
		s.begin()
	}
	if cfg.MaxName < longest || cfg.ASCII { // names that are found are not checked again
		s.ForgetNames()
	}
}

// begin makes the tables, at once.
func (s *Scanner) begin() {
	t := new(struct {
		names   names
		slots   [fewNames]*Entry
		entries [manyEntries]Entry
		open    [usualDepth]Open
		attrs   [usualAttrs]attr
	})
	t.names.slots, t.names.spare = t.slots[:], t.entries[:]
	s.names, s.scopes.text = &t.names, &t.names.text
	s.stack, s.attrs = t.open[:0], t.attrs[:0]
}

// Top returns the innermost open element, which the next call may change.
func (s *Scanner) Top() *Open { return &s.stack[len(s.stack)-1] }

// Closed returns the element that ended last, right after its End.
func (s *Scanner) Closed() *Open { return &s.stack[:len(s.stack)+1][len(s.stack)] }

// SetIndex gives the innermost open element its number among its like, from 1.
func (s *Scanner) SetIndex(i int) { s.Top().index = int32(i) }

// Offset returns the offset behind the last token.
func (s *Scanner) Offset() int64 { return s.base + int64(s.pos) }

// TextEnd returns the offset behind all the text there is so far.
func (s *Scanner) TextEnd() int64 { return s.base + int64(len(s.win)) }

// TokenOffset returns the offset of the first byte of the last token.
func (s *Scanner) TokenOffset() int64 { return s.tokOff }

// Plain reports whether the last Text or CData, as it stands, is also what it means.
func (s *Scanner) Plain() bool { return !s.refs && !s.crs }

// AppendText appends what the last Text or CData means.
func (s *Scanner) AppendText(dst []byte) []byte {
	if s.Plain() {
		return append(dst, s.raw...)
	}
	return appendMeaning(dst, s.raw, s.refs)
}

func (s *Scanner) fail(err error) Kind {
	s.Err = err
	return Failed
}

func (s *Scanner) failAt(err error, off int64, detail string) Kind {
	return s.fail(&Error{Err: err, Off: off, Detail: detail})
}

func (s *Scanner) failLimit(limit string, max, off int64) Kind {
	return s.fail(&Error{Limit: limit, Max: max, Off: off})
}

func (s *Scanner) failBound() Kind { return s.failLimit(s.Bound.Limit, s.Bound.Max, s.Bound.Mark) }

// fault reports whether f was forgiven.
func (s *Scanner) fault(f Fault, i int, detail string) bool {
	s.faults++
	if err := s.cfg.OnFault(f, s.base+int64(i), detail); err != nil {
		s.Err = err
		return false
	}
	return true
}

// Next reads on to the next start or end tag, where there should be no text. If there is some, that is a StrayText fault,
// at the first byte that is no white space, or at the CDATA section; one between two tags.
// White space, comments, processing instructions, the XML declaration and a document type declaration are passed over.
func (s *Scanner) Next() Kind {
	s.bare = true
	for {
		s.skipBlank()
		switch k := s.token(); k {
		case skipped, Text, CData:
		default:
			s.bare = false
			return k
		}
	}
}

// strayText tells the fault of text at i, unless it was told since the last tag.
func (s *Scanner) strayText(i int) bool {
	if !s.bare || s.stray {
		return true
	}
	s.stray = true
	return s.fault(StrayText, i, "")
}

// skipBlank passes over white space between two tags in one window, as token would.
func (s *Scanner) skipBlank() {
	if s.pos >= len(s.win) || s.win[s.pos] > ' ' || s.in != lexOpen || s.empty || len(s.stack) == 0 {
		return
	}
	i := skipWhite(s.win, s.pos)
	if i < len(s.win) && s.win[i] == '<' && s.base+int64(i) <= s.Bound.End {
		s.pos = i
	}
}

// skipped is the Kind of what no caller sees.
const skipped Kind = 255

// token reads one token, or a piece of one.
// It is one long switch since every token goes through it.
func (s *Scanner) token() Kind {
	if s.Err != nil {
		return Failed
	}
	if s.empty {
		s.empty = false
		return s.pop()
	}
	if s.in != lexOpen {
		return s.resume()
	}
	if s.pos+1 >= len(s.win) && !s.last || s.leaves() {
		s.fill()
	}
	s.tokOff, s.tokAt = s.base+int64(s.pos), place{}
	if s.pos >= len(s.win) {
		return s.finish()
	}
	if s.cfg.Track {
		s.track()
	}
	if s.tokOff > s.Bound.End {
		return s.failBound()
	}
	if s.win[s.pos] != '<' {
		return s.text()
	}
	if len(s.stack) > 0 && s.pos+1 < len(s.win) {
		switch s.win[s.pos+1] {
		case '/':
			return s.endTag()
		case '!', '?':
			return s.misc()
		}
		return s.startTag()
	}
	return s.outside()
}

// outside reads markup before or behind the root.
func (s *Scanner) outside() Kind {
	switch {
	case s.pos+1 >= len(s.win):
		return s.finishTag()
	case s.win[s.pos+1] == '!', s.win[s.pos+1] == '?':
		k := s.misc()
		s.seen = true
		return k
	case s.rooted:
		return s.failAt(ErrTrailing, s.tokOff, "")
	case s.win[s.pos+1] == '/':
		return s.failAt(ErrSyntax, s.tokOff, "(end tag before any start tag)")
	}
	return s.startTag()
}

// finish is called at the end of the text, between tokens.
func (s *Scanner) finish() Kind {
	switch {
	case s.endErr != io.EOF:
		return s.fail(s.endErr)
	case s.rooted && len(s.stack) == 0:
		return Finish
	case !s.rooted && !s.seen:
		return s.failAt(ErrEmpty, s.tokOff, "")
	case !s.rooted:
		return s.failAt(io.ErrUnexpectedEOF, s.tokOff, "")
	}
	return s.failAt(io.ErrUnexpectedEOF, s.Top().Off, "")
}

// finishTag is called where the text ends within the markup that tokOff begins.
func (s *Scanner) finishTag() Kind {
	if s.endErr != io.EOF {
		return s.fail(s.endErr)
	}
	return s.failAt(io.ErrUnexpectedEOF, s.tokOff, "")
}

// push opens an element whose start tag begins at tokOff.
func (s *Scanner) push(e *Entry, scope *Scope, lang, out string) Kind {
	if len(s.stack) >= s.cfg.MaxDepth {
		return s.failLimit("MaxDepth", int64(s.cfg.MaxDepth), s.tokOff)
	}
	s.rooted = true
	s.stack = append(s.stack, Open{Entry: e, Off: s.tokOff, scope: s.Scope, lang: s.Lang, out: out})
	s.Scope, s.Lang, s.stray = scope, lang, false
	if s.cfg.Track {
		s.Top().at = s.tokAt
	}
	return Start
}

func (s *Scanner) pop() Kind {
	o := s.Top()
	s.Scope, s.Lang, s.stray = o.scope, o.lang, false
	s.stack = s.stack[:len(s.stack)-1]
	s.settled = min(s.settled, len(s.stack))
	return End
}

// Alias makes the namespace from be read as to, from the root on, whose start tag was just read,
// and gives the root's own name anew. Neither has characters to be escaped.
func (s *Scanner) Alias(from, to string) {
	s.alias = [2]string{from, to}
	s.ForgetNames()
	s.Scope = s.aliased(s.Scope)
	root := s.Top()
	e := *root.Entry
	if e.Name.Space == from {
		e.Name.Space = to
	}
	e.Class, e.scope = s.cfg.Classify(e.Name), s.Scope
	root.Entry = &e
}

// aliased makes a chain of declarations again, with the alias in place.
func (s *Scanner) aliased(c *Scope) *Scope {
	var chain []*Scope
	for ; c != nil; c = c.Parent {
		chain = append(chain, c)
	}
	if s.alias[0] == "" {
		c = s.scopes.bind(nil, "", s.alias[1])
	}
	for i := len(chain) - 1; i >= 0; i-- {
		c = s.scopes.bind(c, chain[i].Prefix, s.readAs(chain[i].URI))
	}
	return c
}

// readAs is uri, or the namespace that it is an alias of.
func (s *Scanner) readAs(uri string) string {
	if uri == s.alias[0] && s.alias[0] != s.alias[1] {
		return s.alias[1]
	}
	return uri
}

// Declare binds a prefix from here on in the innermost open element.
func (s *Scanner) Declare(prefix, uri string) { s.Scope = s.scopes.bind(s.Scope, prefix, uri) }

// BindIn returns scope with a declaration more, found again when it was made before.
func (s *Scanner) BindIn(scope *Scope, prefix, uri string) *Scope {
	return s.scopes.bind(scope, prefix, uri)
}

// ForgetNames empties the table of names, so that every Tag is 0 again.
func (s *Scanner) ForgetNames() {
	s.tags = declTags{}
	if s.names != nil {
		s.names.reset()
	}
}

// TagName returns the name of the tag that was read last, and its prefix, as far as they can be told from one
// that is not well-formed. The Space is "" unless the tag declares it.
func (s *Scanner) TagName() (n Name, prefix string) {
	i := int(s.tokOff-s.base) + 1
	if i < 1 || i >= len(s.win) || s.win[i-1] != '<' {
		return n, ""
	}
	j := i
	for j < len(s.win) && class[s.win[j]]&isNameByte != 0 {
		j++
	}
	raw := s.win[i:j]
	if len(raw) > s.cfg.MaxName || badName(raw) >= 0 {
		return n, ""
	}
	prefix, n.Local = SplitName(strings.Clone(raw))
	for k := range s.attrs {
		if p, is := s.attrs[k].declares(); is && p == prefix {
			n.Space = strings.Clone(AttrValue(s.attrs[k].value))
		}
	}
	return n, prefix
}

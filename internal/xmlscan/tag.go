package xmlscan

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// attr is one attribute of the start tag under way.
type attr struct {
	name   string // as it stands
	colon  int    // index of the first colon in name, or -1
	value  string // between the quotes, mended
	at     int    // where name begins in win
	end    int    // where the value's quote ends in win
	out    string // the name it is given in mending; "" if it is name
	full   Name   // its expanded name, mended
	drop   bool   // left out in mending
	mended bool   // value is not what stands there
}

// declares reports whether a is a namespace declaration, and of which prefix.
func (a *attr) declares() (prefix string, ok bool) { return Declares(a.name) }

func (a *attr) isLang() bool { return a.name == "xml:lang" || a.out == "xml:lang" }

func (a *attr) written() string {
	if a.out != "" {
		return a.out
	}
	return a.name
}

// startTag reads a start tag or an empty-element tag.
func (s *Scanner) startTag() Kind {
	if s.tokOff >= s.Bound.End {
		return s.failBound()
	}
	w, i := s.win, s.pos+1
	for i < len(w) && class[w[i]]&isNameByte != 0 {
		i++
	}
	if i < len(w) && int64(i-s.pos) <= min(boundSlack, s.cfg.MaxTag-2) {
		switch {
		case w[i] == '>':
			return s.bareTag(w[s.pos+1:i], i+1, false)
		case w[i] == '/' && i+1 < len(w) && w[i+1] == '>':
			return s.bareTag(w[s.pos+1:i], i+2, true)
		case i > s.pos+1:
			if k, ok := s.sameTag(w[s.pos+1 : i]); ok {
				return k
			}
		}
	}
	return s.fullTag()
}

// bareTag opens an element without attributes.
func (s *Scanner) bareTag(raw string, end int, empty bool) Kind {
	e, out, ok := s.entry(raw, s.Scope)
	if !ok {
		return Failed
	}
	s.attrs = s.attrs[:0]
	if s.cap.on && out != "" {
		s.retag(e, out, end, empty)
	}
	s.pos, s.empty = end, empty
	return s.push(e, s.Scope, s.Lang, out)
}

// tagEnd returns the index of the > that ends the tag at pos. If that is not there, or too far away, closed is false,
// and what can be read of the tag goes up to stop.
func (s *Scanner) tagEnd() (stop int, closed bool) {
	if stop = usualStop(s.win, s.pos+1); stop < 0 {
		stop, _ = tagStop(s.win, s.pos+1, 0)
	}
	if stop == len(s.win) && !s.last {
		s.fill()
		stop, _ = tagStop(s.win, s.pos+1, 0)
	}
	if !s.fits(stop) {
		return int(min(int64(stop), int64(s.pos)+s.tagRoom())), false
	}
	return stop, stop < len(s.win) && s.win[stop] == '>'
}

// fits reports whether the tag at pos may go up to stop.
func (s *Scanner) fits(stop int) bool {
	return s.tagSize(stop) <= s.cfg.MaxTag && s.base+int64(stop) <= s.Bound.End+boundSlack
}

// tagSize is the size of the tag at pos with the byte at stop. The / of an end tag does not count, so that what could be
// opened can be closed.
func (s *Scanner) tagSize(stop int) int64 {
	size := int64(stop + 1 - s.pos)
	if s.pos+1 < len(s.win) && s.win[s.pos+1] == '/' {
		size--
	}
	return size
}

// failSize fails for a tag that does not fit.
func (s *Scanner) failSize(stop int) Kind {
	if s.tagSize(stop) > s.cfg.MaxTag {
		return s.failLimit(s.cfg.TagLimit, s.cfg.MaxTag, s.tokOff)
	}
	return s.failBound()
}

// failTag fails for a tag that tagEnd has found no end of.
func (s *Scanner) failTag() Kind {
	stop, _ := tagStop(s.win, s.pos+1, 0)
	switch {
	case !s.fits(stop):
		return s.failSize(stop)
	case stop == len(s.win):
		return s.finishTag()
	}
	return s.failAt(ErrSyntax, s.base+int64(stop), `("<" inside a tag)`)
}

// fullTag opens an element with attributes, or with something wrong in its tag. What is wrong first is told: the name's length,
// then the attributes, then that the tag does not end. So a tag that goes on for ever need not be read for ever.
func (s *Scanner) fullTag() Kind {
	stop, closed := s.tagEnd()
	i := s.nameStop(s.pos+1, stop)
	raw, faults := s.win[s.pos+1:i], s.faults
	if !s.checkLength(raw) {
		return Failed
	}
	if raw == "" && (closed || i < stop) {
		s.badByte(i)
		return Failed
	}
	empty, ok := s.readAttrs(i, stop, closed)
	if !ok {
		return Failed
	}
	if !closed {
		return s.failTag()
	}
	scope, edited, ok := s.declare()
	if !ok {
		return Failed
	}
	e, out, ok := s.entry(raw, scope)
	if !ok {
		return Failed
	}
	lang, more, ok := s.checkAttrs(scope)
	if !ok {
		return Failed
	}
	if s.faults == faults && scope != s.Scope && !edited && !more && out == "" {
		s.rememberTag(e, scope, stop+1, empty)
	}
	if s.cap.on && (edited || more || out != "") {
		s.retag(e, out, stop+1, empty)
	}
	s.pos, s.empty = stop+1, empty
	return s.push(e, scope, lang, out)
}

// entry finds or makes the entry of the name of the tag at pos, and the name that it has to be given, if any.
func (s *Scanner) entry(raw string, scope *Scope) (e *Entry, out string, ok bool) {
	if raw != "" {
		if e = s.names.find(raw, scope); e != nil {
			return e, "", true
		}
	}
	return s.resolve(raw, scope, s.pos+1)
}

// nameStop returns where the bytes that names are made of end, from i and at most at stop.
func (s *Scanner) nameStop(i, stop int) int {
	for i < stop && class[s.win[i]]&isNameByte != 0 {
		i++
	}
	return i
}

// readAttrs reads what stands between the name, which ends at i, and the > at stop; in a tag that is not closed, as much as
// there is up to stop.
func (s *Scanner) readAttrs(i, stop int, closed bool) (empty, ok bool) {
	s.attrs, s.declared = s.attrs[:0], 0
	for {
		j := skipWhite(s.win[:stop], i)
		switch {
		case j == stop:
			return false, true
		case s.win[j] == '/' && j+1 == stop:
			return true, true
		case j == i:
			s.badByte(j)
			return false, false
		}
		if i, ok = s.readAttr(j, stop, closed); !ok {
			return false, false
		}
	}
}

// countAttr holds the number of attributes, with the one that was read last, against the limits.
func (s *Scanner) countAttr() bool {
	if _, is := s.attrs[len(s.attrs)-1].declares(); is {
		s.declared++
	}
	switch {
	case s.declared > s.cfg.MaxNamespaces:
		s.failLimit("MaxNamespaces", int64(s.cfg.MaxNamespaces), s.tokOff)
	case len(s.attrs)-s.declared > s.cfg.MaxAttrs:
		s.failLimit("MaxAttrs", int64(s.cfg.MaxAttrs), s.tokOff)
	default:
		return true
	}
	return false
}

// badByte fails for a byte that cannot stand at i within a tag.
func (s *Scanner) badByte(i int) {
	reason := ErrSyntax
	if c := s.win[i]; c >= utf8.RuneSelf || c < ' ' && class[c]&isWhite == 0 {
		reason = ErrCharacter
	}
	s.failAt(reason, s.base+int64(i), "(in a tag)")
}

// readAttr reads name = "value" at i and returns where it ends. One that stop cuts off in a tag that is not closed ends there.
func (s *Scanner) readAttr(i, stop int, closed bool) (end int, ok bool) {
	w := s.win[:stop]
	j := s.nameStop(i, stop)
	a := attr{name: w[i:j], at: i}
	if j == stop && !closed {
		return stop, s.checkLength(a.name)
	}
	if !s.checkName(a.name, i) {
		return 0, false
	}
	a.colon = strings.IndexByte(a.name, ':')
	if j = skipWhite(w, j); j == stop || w[j] != '=' {
		return s.breakAttr(j, stop, closed)
	}
	if j = skipWhite(w, j+1); j == stop || w[j] != '"' && w[j] != '\'' {
		return s.breakAttr(j, stop, closed)
	}
	n := strings.IndexByte(w[j+1:], w[j])
	if n < 0 {
		return s.breakAttr(stop, stop, closed)
	}
	a.end = j + n + 2
	a.value, a.mended, ok = s.mendValue(j+1, j+1+n)
	s.attrs = append(s.attrs, a)
	return a.end, ok && s.countAttr()
}

// usualAttrs is for how many attributes there is room at first.
const usualAttrs = 4

// breakAttr fails for an attribute that does not go on at i as it should, unless it is cut off there.
func (s *Scanner) breakAttr(i, stop int, closed bool) (end int, ok bool) {
	if i == stop && !closed {
		return stop, true
	}
	s.badByte(i)
	return 0, false
}

// mendValue checks an attribute's value.
func (s *Scanner) mendValue(i, end int) (value string, mended, ok bool) {
	if IsLine(s.win[i:end]) {
		return s.win[i:end], false, true
	}
	for j := i; j < end; j++ {
		if c := s.win[j]; !plain[c] && c != '>' && class[c]&isWhite == 0 {
			value, ok = s.mend(i, end, mendAttr)
			return value, value != s.win[i:end], ok
		}
	}
	return s.win[i:end], false, true
}

// checkName fails unless name, which stands at i, is a Name within its limit.
func (s *Scanner) checkName(name string, i int) bool {
	if !s.checkLength(name) {
		return false
	}
	switch bad := badName(name); {
	case name == "" && i < len(s.win):
		s.badByte(i)
	case bad >= 0:
		s.failAt(ErrCharacter, s.base+int64(i+bad), "(in a name)")
	default:
		return s.checkASCII(name, i)
	}
	return false
}

// checkLength fails if name is longer than its limit.
func (s *Scanner) checkLength(name string) bool {
	if len(name) > s.cfg.MaxName {
		s.failLimit("MaxNameBytes", int64(s.cfg.MaxName), s.tokOff)
		return false
	}
	return true
}

// checkASCII tells the fault of a body labelled US-ASCII in a name.
func (s *Scanner) checkASCII(name string, i int) bool {
	for j := 0; s.cfg.ASCII && !s.nonASC && j < len(name); j++ {
		if name[j] >= utf8.RuneSelf {
			s.nonASC = true
			return s.fault(NonASCII, i+j, codePoint(first(name[j:])))
		}
	}
	return true
}

// declare takes the namespace declarations among attrs.
func (s *Scanner) declare() (scope *Scope, edited, ok bool) {
	scope = s.Scope
	for i := range s.attrs {
		a := &s.attrs[i]
		prefix, is := a.declares()
		if !is {
			continue
		}
		uri := AttrValue(a.value)
		if len(uri) > s.cfg.MaxURI {
			s.failLimit("MaxNameBytes", int64(s.cfg.MaxURI), s.tokOff)
			return nil, false, false
		}
		if !s.checkDeclaration(a, prefix, uri) {
			return nil, false, false
		}
		as := s.readAs(uri)
		if uri == "" && prefix != "" {
			as = s.cfg.Unbound(prefix)
		}
		if as != uri {
			a.value, uri = as, as
			edited = true
		}
		edited = edited || a.drop
		scope = s.scopes.bind(scope, prefix, uri)
		if scope.len() > s.cfg.MaxNamespaces {
			s.failLimit("MaxNamespaces", int64(s.cfg.MaxNamespaces), s.tokOff)
			return nil, false, false
		}
	}
	return scope, edited, true
}

// checkDeclaration holds a declaration against Namespaces §3, Reserved Prefixes, and §5.
func (s *Scanner) checkDeclaration(a *attr, prefix, uri string) bool {
	switch {
	case prefix == "xmlns", uri == xmlnsNamespace, (prefix == "xml") != (uri == XMLNamespace) && (prefix == "xml" || prefix == ""):
		s.failAt(ErrReserved, s.base+int64(a.at), strconv.Quote(a.name))
	case a.colon >= 0 && !IsNCName(prefix):
		s.failAt(ErrSyntax, s.base+int64(a.at), "(prefix "+strconv.Quote(prefix)+")")
	case uri == XMLNamespace && prefix != "xml":
		a.drop = true
		return s.fault(XMLRebound, a.at, prefix)
	case uri == "" && prefix != "":
		return s.fault(EmptyPrefixBinding, a.at, prefix)
	default:
		return true
	}
	return false
}

// newEntry makes the entry of a name in ASCII in which nothing is odd, or returns nil.
func (s *Scanner) newEntry(raw string, scope *Scope) *Entry {
	if len(raw) > s.cfg.MaxName || !plainName(raw) {
		return nil
	}
	colon := strings.IndexByte(raw, ':')
	prefix, local := raw[:max(colon, 0)], raw[colon+1:]
	if colon == 0 || prefix == "xmlns" || local == "" || class[local[0]]&isNameFirst == 0 || strings.IndexByte(local, ':') >= 0 {
		return nil
	}
	uri, bound := scope.Resolve(prefix)
	if !bound || uri == XMLNamespace && prefix != "xml" {
		return nil
	}
	e := s.names.entry(raw, Name{uri, local}, scope)
	e.Class = s.cfg.Classify(e.Name)
	s.names.add(e)
	return e
}

// resolve makes the entry of a qualified name, which stands at i, and the name that it has to be given, if any.
func (s *Scanner) resolve(raw string, scope *Scope, i int) (e *Entry, out string, ok bool) {
	if e = s.newEntry(raw, scope); e != nil {
		return e, "", true
	}
	if !s.checkName(raw, i) {
		return nil, "", false
	}
	name, out, plain, ok := s.expand(raw, strings.IndexByte(raw, ':'), scope, i, false)
	if !ok {
		return nil, "", false
	}
	e = s.names.entry(raw, name, scope)
	e.Class = s.cfg.Classify(name)
	if plain {
		s.names.add(e)
	}
	return e, out, true
}

// expand resolves a qualified name. plain is true if nothing had to be forgiven.
func (s *Scanner) expand(raw string, colon int, scope *Scope, i int, isAttr bool) (n Name, out string, plain, ok bool) {
	prefix, local := raw[:max(colon, 0)], raw[colon+1:]
	if colon == 0 || local == "" || prefix == "xmlns" || !isNameStart(first(local)) {
		s.failAt(ErrSyntax, s.base+int64(i), "(name "+strconv.Quote(raw)+")")
		return n, "", false, false
	}
	if isAttr && colon < 0 {
		return Name{Local: local}, "", true, true
	}
	plain = true
	if strings.IndexByte(local, ':') >= 0 {
		out = prefix + ":" + strings.ReplaceAll(local, ":", "_")
		plain = false
		if !s.fault(SecondColon, i, raw) {
			return n, "", false, false
		}
	}
	uri, bound := scope.Resolve(prefix)
	switch {
	case !bound:
		plain = false
		var err error
		s.faults++
		if uri, err = s.cfg.OnPrefix(prefix, s.base+int64(i), isAttr); err != nil {
			s.Err = err
			return n, "", false, false
		}
	case uri == XMLNamespace && prefix != "xml":
		out, plain = "xml:"+strings.ReplaceAll(local, ":", "_"), false
	}
	return Name{uri, local}, out, plain, true
}

func first(s string) rune {
	for _, r := range s {
		return r
	}
	return 0
}

// checkAttrs resolves the attributes, refuses duplicates, and finds xml:lang.
func (s *Scanner) checkAttrs(scope *Scope) (lang string, edited, ok bool) {
	lang = s.Lang
	for i := range s.attrs {
		a := &s.attrs[i]
		edited = edited || a.mended
		if prefix, is := a.declares(); is {
			a.full = Name{xmlnsNamespace, prefix}
			continue
		}
		if a.full, a.out, _, ok = s.expand(a.name, a.colon, scope, a.at, true); !ok {
			return "", false, false
		}
		if a.out != "" {
			_, a.full.Local = SplitName(a.out)
			edited = true
		}
		if a.isLang() {
			if lang = AttrValue(a.value); len(lang) > s.cfg.MaxName {
				s.failLimit("MaxNameBytes", int64(s.cfg.MaxName), s.tokOff)
				return "", false, false
			}
			lang = s.keepLang(lang)
		}
	}
	if i := s.duplicate(); i >= 0 {
		s.failAt(ErrAttribute, s.base+int64(s.attrs[i].at), strconv.Quote(s.attrs[i].name))
		return "", false, false
	}
	return lang, edited, true
}

// fewAttrs is up to how many attributes are compared each with each.
const fewAttrs = 8

// duplicate returns the index of the first attribute whose expanded name stands before it, or -1.
func (s *Scanner) duplicate() int {
	if len(s.attrs) > fewAttrs {
		return s.duplicateHashed()
	}
	for i := range s.attrs {
		for j := range i {
			if s.attrs[i].full == s.attrs[j].full {
				return i
			}
		}
	}
	return -1
}

// duplicateHashed is duplicate by means of a map. It is emptied name by name: clearing it would cost as much as the
// largest tag before.
func (s *Scanner) duplicateHashed() int {
	if s.attrSet == nil {
		s.attrSet = map[Name]struct{}{}
	}
	for i := range s.attrs {
		n := len(s.attrSet)
		if s.attrSet[s.attrs[i].full] = struct{}{}; len(s.attrSet) == n {
			clear(s.attrSet)
			return i
		}
	}
	for i := range s.attrs {
		delete(s.attrSet, s.attrs[i].full)
	}
	return -1
}

// maxLangs bounds how many values of xml:lang are kept to be found again, and maxLang how long they may be.
const (
	maxLangs = 64
	maxLang  = 64
)

// keepLang returns a copy of lang, the same for the same lang if that is a language.
func (s *Scanner) keepLang(lang string) string {
	if len(lang) > maxLang {
		return strings.Clone(lang)
	}
	if kept, ok := s.langs[lang]; ok {
		return kept
	}
	if s.langs == nil || len(s.langs) >= maxLangs {
		s.langs = map[string]string{}
	}
	lang = strings.Clone(lang)
	s.langs[lang] = lang
	return lang
}

// retag puts the mended form of the start tag under way, which ends at end, into the capture.
func (s *Scanner) retag(e *Entry, out string, end int, empty bool) {
	name := e.Raw
	if out != "" {
		name = out
	}
	b := append(append(s.fix[:0], '<'), name...)
	for i := range s.attrs {
		if a := &s.attrs[i]; !a.drop {
			b = appendQuoted(b, a.written(), a.value)
		}
	}
	if empty {
		b = append(b, '/')
	}
	s.fix = append(b, '>')
	s.cap.replace(s.win, s.pos, end, string(s.fix))
}

// appendQuoted appends an attribute with a raw value, in the quotes that the value does not hold.
func appendQuoted(b []byte, name, raw string) []byte {
	quote := byte('"')
	if strings.IndexByte(raw, '"') >= 0 {
		quote = '\''
	}
	b = append(append(append(b, ' '), name...), '=', quote)
	return append(append(b, raw...), quote)
}

// AttrMarkup returns the attributes of the start tag that was read last as they stand, mended,
// without namespace declarations and xml:lang: what may be put into another tag. It begins with white space or is "".
// It is a part of the window where the attributes stand together and nothing was mended.
func (s *Scanner) AttrMarkup() string {
	first, last, together := -1, -1, true
	for i := range s.attrs {
		a := &s.attrs[i]
		if _, is := a.declares(); is || a.isLang() {
			continue
		}
		if first < 0 {
			first, last = i, i-1
		}
		together = together && last == i-1 && !a.mended && a.out == ""
		last = i
	}
	switch {
	case first < 0:
		return ""
	case together:
		return s.win[s.attrs[first].at-1 : s.attrs[last].end]
	}
	return s.joinAttrs()
}

// joinAttrs is AttrMarkup for attributes that have to be put together.
func (s *Scanner) joinAttrs() string {
	var b []byte
	for i := range s.attrs {
		a := &s.attrs[i]
		if _, is := a.declares(); !is && !a.isLang() {
			b = appendQuoted(b, a.written(), a.value)
		}
	}
	return string(b)
}

// endTag reads the end tag of the innermost open element.
func (s *Scanner) endTag() Kind {
	o := s.Top()
	i := s.pos + 2
	if j := i + len(o.Raw); j < len(s.win) && s.win[j] == '>' && s.win[i:j] == o.Raw {
		return s.close(o, j+1)
	}
	stop, closed := s.tagEnd()
	i = s.pos + 2
	j := s.nameStop(i, stop)
	if !closed {
		if !s.checkLength(s.win[i:j]) {
			return Failed
		}
		return s.failTag()
	}
	if got := s.win[i:j]; got != o.Raw {
		if s.checkName(got, i) {
			s.failAt(ErrMismatch, s.tokOff, "</"+clipName(got)+"> for <"+clipName(o.Raw)+">")
		}
		return Failed
	}
	if k := skipWhite(s.win, j); k != stop {
		s.badByte(k)
		return Failed
	}
	return s.close(o, stop+1)
}

func clipName(name string) string {
	const most = 64
	if len(name) > most {
		return name[:most] + "…"
	}
	return name
}

// close ends o, whose end tag ends at end.
func (s *Scanner) close(o *Open, end int) Kind {
	if o.out != "" && s.cap.on && len(s.stack) > s.cap.depth {
		s.cap.replace(s.win, s.pos, end, "</"+o.out+">")
	}
	s.pos = end
	return s.pop()
}

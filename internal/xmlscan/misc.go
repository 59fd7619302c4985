package xmlscan

import (
	"strconv"
	"strings"
)

// misc reads what begins with <! or <?.
func (s *Scanner) misc() Kind {
	kind, head, sure := markup(s.win[s.pos:])
	if !sure && !s.last {
		s.fill()
		kind, head, sure = markup(s.win[s.pos:])
	}
	switch {
	case !sure:
		return s.finishTag()
	case kind == lexPI:
		return s.instruction()
	case kind == lexDoctype:
		return s.docType()
	case kind == lexTag:
		return s.failAt(ErrSyntax, s.tokOff, "(unknown markup declaration)")
	case kind == lexCData && len(s.stack) == 0:
		return s.failAt(s.misplaced(), s.tokOff, "(CDATA section outside the root element)")
	}
	if kind == lexCData && !s.strayText(s.pos) {
		return Failed
	}
	s.pos += head
	s.in = kind
	return s.resume()
}

// misplaced is the reason for markup that cannot stand where it stands.
func (s *Scanner) misplaced() error {
	if s.rooted && len(s.stack) == 0 {
		return ErrTrailing
	}
	return ErrSyntax
}

// resume reads the rest of a comment, CDATA section or processing instruction, or a piece of it.
func (s *Scanner) resume() Kind {
	switch {
	case s.Offset() > s.Bound.End:
		return s.failBound()
	case s.pos == len(s.win) && s.last:
		return s.finishTag()
	}
	mark := terminator[s.in]
	n := strings.Index(s.win[s.pos:], mark)
	if n < 0 && !s.last {
		s.fill()
		n = strings.Index(s.win[s.pos:], mark)
	}
	end, done := s.pos+n, n >= 0
	if !done {
		end = s.pos + hold(s.in, s.win[s.pos:])
	}
	end, over := s.clip(end, s.in)
	k := s.piece(end, done && !over)
	switch {
	case k == Failed:
		return Failed
	case over:
		return s.failBound()
	case done:
		s.pos += len(mark)
		s.in = lexOpen
	default:
		s.dropRest(true)
	}
	return k
}

// piece takes win[pos:end] as a part of the token under way, the last one if its terminator follows.
func (s *Scanner) piece(end int, done bool) Kind {
	if s.in == lexCData {
		_, has := scanText(s.win[:end], s.pos)
		if !s.charData(end, has|s.cdataHard(end), mendCData) {
			return Failed
		}
		return CData
	}
	if s.in == lexComment {
		if i := strings.Index(s.win[s.pos:end], "--"); i >= 0 {
			return s.badComment(s.pos + i)
		}
		if done && end > s.pos && s.win[end-1] == '-' {
			return s.badComment(end - 1)
		}
	}
	if !s.charData(end, hasHard, mendMisc) {
		return Failed
	}
	return skipped
}

// cdataHard makes up for scanText, which ends at a < that is nothing special in a CDATA section.
func (s *Scanner) cdataHard(end int) uint8 {
	if strings.IndexByte(s.win[s.pos:end], '<') < 0 {
		return 0
	}
	has := uint8(hasHard | hasHigh)
	if strings.IndexByte(s.win[s.pos:end], '\r') >= 0 {
		has |= hasCR
	}
	return has
}

// badComment fails for a -- at i, unless what stands before it is worse.
func (s *Scanner) badComment(i int) Kind {
	if _, ok := s.mend(s.pos, i, mendMisc); !ok {
		return Failed
	}
	return s.failAt(ErrContent, s.base+int64(i), `("--" in a comment)`)
}

// instruction reads the target of a processing instruction, or the XML declaration.
func (s *Scanner) instruction() Kind {
	if !s.last && !strings.Contains(s.win[s.pos+2:], "?>") {
		s.fill()
	}
	i := s.pos + 2
	j := i
	for j < len(s.win) && class[s.win[j]]&isNameByte != 0 {
		j++
	}
	target := s.win[i:j]
	switch {
	case len(target) > min(s.cfg.MaxName, maxBuf/2):
		return s.failLimit("MaxNameBytes", int64(min(s.cfg.MaxName, maxBuf/2)), s.tokOff)
	case j+1 >= len(s.win):
		return s.finishTag()
	case !s.checkName(target, i):
		return Failed
	case strings.IndexByte(target, ':') >= 0, class[s.win[j]]&isWhite == 0 && s.win[j:j+2] != "?>":
		return s.failAt(ErrSyntax, s.tokOff, "(processing instruction)")
	case target == "xml":
		return s.declaration(j)
	case strings.EqualFold(target, "xml"):
		return s.failAt(ErrSyntax, s.tokOff, "(reserved target "+strconv.Quote(target)+")")
	}
	s.pos, s.in = j, lexPI
	return s.resume()
}

// docType passes over a document type declaration (§2.8) that declares nothing here.
func (s *Scanner) docType() Kind {
	if s.rooted {
		return s.failAt(s.misplaced(), s.tokOff, "(markup declaration)")
	}
	stop, ok := s.docTypeEnd()
	if !ok {
		return Failed
	}
	text := s.win[s.pos:stop]
	if s.doctype || !strings.EqualFold(text[:min(len(text), len("<!DOCTYPE"))], "<!DOCTYPE") || s.win[stop] != '>' || !externalOnly(text[len("<!DOCTYPE"):]) {
		return s.failAt(ErrDoctype, s.tokOff, "")
	}
	s.doctype = true
	if !s.fault(Doctype, s.pos, "") {
		return Failed
	}
	s.pos = stop + 1
	return skipped
}

// docTypeEnd is tagEnd for a markup declaration, which a < ends as well.
func (s *Scanner) docTypeEnd() (int, bool) {
	stop, _ := tagStop(s.win, s.pos+2, 0)
	if stop == len(s.win) && !s.last {
		s.fill()
		stop, _ = tagStop(s.win, s.pos+2, 0)
	}
	switch {
	case !s.fits(stop):
		s.failSize(stop)
	case stop == len(s.win):
		s.finishTag()
	default:
		return stop, true
	}
	return 0, false
}

// externalOnly reports whether t is S Name (S ExternalID)? S?.
func externalOnly(t string) bool {
	name, t, ok := cutName(t)
	if !ok || badName(name) >= 0 {
		return false
	}
	literals := 0
	switch key, rest, ok := cutName(t); {
	case !ok:
	case strings.EqualFold(key, "SYSTEM"):
		literals, t = 1, rest
	case strings.EqualFold(key, "PUBLIC"):
		literals, t = 2, rest
	}
	for i := 0; i < literals; i++ {
		rest, ok := cutLiteral(t)
		if !ok {
			return i == 1 && White(t) // HTML's PUBLIC without a system identifier
		}
		t = rest
	}
	return White(t)
}

// cutName cuts white space and a name off the front of t.
func cutName(t string) (name, rest string, ok bool) {
	i := skipWhite(t, 0)
	j := i
	for j < len(t) && class[t[j]]&isNameByte != 0 {
		j++
	}
	return t[i:j], t[j:], i > 0 && j > i
}

// cutLiteral cuts white space and a quoted literal off the front of t.
func cutLiteral(t string) (rest string, ok bool) {
	i := skipWhite(t, 0)
	if i == 0 || i == len(t) || t[i] != '"' && t[i] != '\'' {
		return "", false
	}
	n := strings.IndexByte(t[i+1:], t[i])
	return t[i+n+2:], n >= 0
}

// maxDecl is how long an XML declaration may be.
const maxDecl = 1 << 10

// declaration reads the XML declaration (§2.8), whose target ends at i.
func (s *Scanner) declaration(i int) Kind {
	n := strings.Index(s.win[i:], "?>")
	switch {
	case n < 0 && s.last && len(s.win)-i < maxDecl:
		return s.finishTag()
	case n < 0, n > maxDecl, s.seen, s.rooted:
		return s.failAt(s.misplaced(), s.tokOff, "(XML declaration)")
	case s.tokOff > 0 && !s.fault(LeadingSpace, s.pos, ""):
		return Failed
	}
	version, ok := parseDecl(s.win[i : i+n])
	switch {
	case !ok:
		return s.failAt(ErrSyntax, s.tokOff, "(XML declaration)")
	case version == "1.1" && !s.fault(Version11, s.pos, ""):
		return Failed
	}
	s.pos = i + n + 2
	return skipped
}

// parseDecl holds what stands between <?xml and ?> against the grammar and returns the version.
func parseDecl(t string) (version string, ok bool) {
	version, t, ok = cutPseudo(t, "version")
	if !ok || !isVersion(version) {
		return "", false
	}
	if encoding, rest, ok := cutPseudo(t, "encoding"); ok {
		if !isEncoding(encoding) {
			return "", false
		}
		t = rest
	}
	if standalone, rest, ok := cutPseudo(t, "standalone"); ok {
		if standalone != "yes" && standalone != "no" {
			return "", false
		}
		t = rest
	}
	return version, White(t)
}

// cutPseudo cuts S key S? = S? "value" off the front of t.
func cutPseudo(t, key string) (value, rest string, ok bool) {
	i := skipWhite(t, 0)
	if i == 0 || !strings.HasPrefix(t[i:], key) {
		return "", t, false
	}
	i = skipWhite(t, i+len(key))
	if i == len(t) || t[i] != '=' {
		return "", t, false
	}
	i = skipWhite(t, i+1)
	if i == len(t) || t[i] != '"' && t[i] != '\'' {
		return "", t, false
	}
	n := strings.IndexByte(t[i+1:], t[i])
	if n < 0 {
		return "", t, false
	}
	return t[i+1 : i+1+n], t[i+n+2:], true
}

func isVersion(v string) bool {
	return len(v) > 2 && v[:2] == "1." && strings.Trim(v[2:], "0123456789") == ""
}

func isEncoding(e string) bool {
	for i := range len(e) {
		c := e[i]
		if !isAlnum(c) && (i == 0 || c != '.' && c != '_' && c != '-') || i == 0 && c <= '9' {
			return false
		}
	}
	return e != ""
}

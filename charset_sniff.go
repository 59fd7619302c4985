package multistatus

import "bytes"

// What is looked at to find the charset: white space, and the XML declaration after it, in bytes or 16-bit units.
const (
	maxDeclSpace = 256
	maxDeclSize  = 1024
	maxDeclText  = maxDeclSpace + maxDeclSize
	sniffSize    = len("\uFEFF") + 2*maxDeclText // enough to be certain of the charset
)

// Where a charset was taken from, as a conflict names it.
const (
	byBOM         = "BOM"
	byBytes       = "first bytes"
	byContentType = "Content-Type"
	byDeclaration = "declaration"
)

// A charsetVerdict says how a body is to be read. If err is set it is not, and the rest is zero.
type charsetVerdict struct {
	charset  charsetID // neither formNone nor formUTF16
	skip     int       // bytes of the BOM
	conflict string    // which labels contradict charset; "" if none
	err      error
}

// A charsetSignature is a beginning that shows the charset, whatever the labels say.
type charsetSignature struct {
	prefix  string
	charset charsetID
	by      string
	skip    int
}

// charsetUTF32 is refused: no server is known to send it.
var charsetUTF32 = charsetID{name: `"utf-32"`}

// charsetSignatures are matched in this order: each comes before those that it begins with.
// Without BOM, NUL beside the first '<' shows UTF-16 (XML §F.1): in no other charset can a document have it.
var charsetSignatures = [...]charsetSignature{
	{"\xFF\xFE\x00\x00", charsetUTF32, byBOM, 0},
	{"\x00\x00\xFE\xFF", charsetUTF32, byBOM, 0},
	{"<\x00\x00\x00", charsetUTF32, byBytes, 0},
	{"\x00\x00\x00<", charsetUTF32, byBytes, 0},
	{"\xEF\xBB\xBF", charsetUTF8, byBOM, 3},
	{"\xFF\xFE", charsetUTF16LE, byBOM, 2},
	{"\xFE\xFF", charsetUTF16BE, byBOM, 2},
	{"<\x00", charsetUTF16LE, byBytes, 0},
	{"\x00<", charsetUTF16BE, byBytes, 0},
}

// sniffCharset decides how a body that begins with head is to be read; final means that head is all of it.
// The order is BOM, Content-Type, XML declaration, UTF-8 (RFC 7303 §3).
// It is not done if head is too short to be certain; once it is, a longer head changes nothing.
// A head of sniffSize bytes is always enough. A body without a byte is in no charset that could be wrong.
func sniffCharset(head []byte, header charsetID, final bool) (v charsetVerdict, done bool) {
	if len(head) == 0 {
		return charsetVerdict{charset: charsetUTF8}, final
	}
	sig, done := findSignature(head, final)
	if done && sig.by == "" && header.isUTF16() {
		sig, done = confirmUTF16(head, header, final)
	}
	if !done {
		return v, false
	}
	var buf [maxDeclText]byte
	decl, done := declaredCharset(declText(buf[:0], head[sig.skip:], sig.charset.form), final)
	if !done {
		return v, false
	}
	return sig.judge(header, decl), true
}

// findSignature returns the signature that head begins with, or the zero one.
func findSignature(head []byte, final bool) (sig charsetSignature, done bool) {
	for _, sig := range &charsetSignatures {
		n := min(len(head), len(sig.prefix))
		switch {
		case string(head[:n]) != sig.prefix[:n]:
		case n == len(sig.prefix):
			return sig, true
		case !final:
			return sig, false
		}
	}
	return charsetSignature{}, true
}

// confirmUTF16 returns what stands for a signature in a body that has none but bears a label of UTF-16.
// That is no signature if the bytes are plainly no UTF-16: then the label is wrong, and what comes next decides.
func confirmUTF16(head []byte, labelled charsetID, final bool) (sig charsetSignature, done bool) {
	i := declSpace(head)
	switch {
	case i == len(head):
		return sig, final
	case i == maxDeclSpace || head[i] == '<':
		return sig, true
	}
	if labelled.form == formUTF16 {
		labelled = guessByteOrder(head)
	}
	return charsetSignature{charset: labelled, by: byContentType}, true
}

// guessByteOrder returns the UTF-16 whose first unit in head is ASCII, else big-endian (RFC 2781 §4.3).
func guessByteOrder(head []byte) charsetID {
	if len(head) >= 2 && head[1] == 0 {
		return charsetUTF16LE
	}
	return charsetUTF16BE
}

// declText returns the beginning of b as bytes of ASCII: b itself, or its 16-bit units appended to dst.
// A unit beyond Latin-1 becomes badByte.
func declText(dst, b []byte, form charsetForm) []byte {
	if form != formUTF16LE && form != formUTF16BE {
		return b[:min(len(b), maxDeclText)]
	}
	for ; len(b) >= 2 && len(dst) < maxDeclText; b = b[2:] {
		r := unitUTF16(b, form == formUTF16BE)
		dst = append(dst, byte(min(r, badByte)))
	}
	return dst
}

// declaredCharset returns the charset that the XML declaration of text names.
func declaredCharset(text []byte, final bool) (c charsetID, done bool) {
	i := declSpace(text)
	if i == len(text) {
		return c, final
	}
	decl, done := declaration(text[i:], final)
	if !done {
		return c, false
	}
	return findCharset(encodingDecl(decl)), true
}

// declaration returns what stands between "<?xml" and the next '>', or nothing if text begins with no XML declaration.
// Of one that is cut, or has not ended after maxDeclSize bytes, it returns the beginning.
func declaration(text []byte, final bool) (decl []byte, done bool) {
	const open = "<?xml"
	n := min(len(text), len(open))
	switch {
	case string(text[:n]) != open[:n]:
		return nil, true
	case len(text) == n:
		return nil, final
	case declSpace(text[n:n+1]) == 0:
		return nil, true
	}
	text = text[:min(len(text), maxDeclSize)]
	if i := bytes.IndexByte(text, '>'); i >= 0 {
		return text[n:i], true
	}
	return text[n:], final || len(text) == maxDeclSize
}

// encodingDecl returns the value of encoding in an XML declaration (XML §4.3.3).
func encodingDecl(decl []byte) []byte {
	for {
		name, value, rest := cutPseudoAttr(decl)
		if value == nil || string(name) == "encoding" {
			return value
		}
		decl = rest
	}
}

// cutPseudoAttr splits decl into the first name, its value without quotes, and what follows.
// The value is nil if decl does not begin with a name, an equals sign and a quoted value.
func cutPseudoAttr(decl []byte) (name, value, rest []byte) {
	name, rest, _ = bytes.Cut(decl, []byte("="))
	rest = rest[declSpace(rest):]
	if len(rest) == 0 || rest[0] != '"' && rest[0] != '\'' {
		return nil, nil, nil
	}
	value, rest, ok := bytes.Cut(rest[1:], rest[:1])
	if !ok {
		return nil, nil, nil
	}
	return bytes.TrimSpace(name), value, rest
}

// declSpace returns how much XML white space b begins with, at most maxDeclSpace.
func declSpace(b []byte) int {
	for i, c := range b[:min(len(b), maxDeclSpace)] {
		if c != ' ' && c != '\t' && c != '\r' && c != '\n' {
			return i
		}
	}
	return min(len(b), maxDeclSpace)
}

// judge weighs what the body begins with, what its Content-Type says and what it declares.
func (s charsetSignature) judge(header, decl charsetID) charsetVerdict {
	c, by := s.choose(header, decl)
	if c.form == formNone {
		return charsetVerdict{err: &reason{ErrCharset, c.name}}
	}
	return charsetVerdict{charset: c, skip: s.skip, conflict: conflictOf(c, by, header, decl)}
}

// choose returns the charset that counts, and where that comes from.
// Where no signature confirms it, a label of UTF-16 is wrong: the label itself was read in ASCII, or ASCII follows.
func (s charsetSignature) choose(header, decl charsetID) (c charsetID, by string) {
	switch {
	case s.by != "":
		return s.charset, s.by
	case header.name != "" && !header.isUTF16():
		return header, byContentType
	case decl.name != "" && !decl.isUTF16():
		return decl, byDeclaration
	default:
		return charsetUTF8, byBytes
	}
}

// conflictOf returns the labels that contradict the charset c, and where c comes from: "declared iso-8859-1, read as
// utf-8 by its BOM".
func conflictOf(c charsetID, by string, header, decl charsetID) string {
	var labels string
	if header.name != "" && !c.admits(header) {
		labels = "labelled " + header.name
	}
	if decl.name != "" && !c.admits(decl) {
		if labels != "" {
			labels += " and "
		}
		labels += "declared " + decl.name
	}
	if labels == "" {
		return ""
	}
	return labels + ", read as " + c.name + " by its " + by
}

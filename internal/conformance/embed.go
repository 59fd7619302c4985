package main

import (
	"encoding/binary"
	"regexp"
	"strings"
	"unicode/utf16"
)

const (
	rootStart = `<D:multistatus xmlns:D="DAV:"><D:response><D:href>/</D:href><D:propstat><D:prop>`
	rootEnd   = `</D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response></D:multistatus>`
	propStart = `<D:x>`
	propEnd   = `</D:x>`
)

// split cuts a document before and behind its root element. It looks at nothing but where things end, so that it can
// cut malformed ones: where the root does not end, all that is left is its part. ok is false where there is no root.
func split(doc string) (prolog, root, epilog string, ok bool) {
	start := 0
	for start < len(doc) && !isTag(doc[start:]) {
		start += pieceLen(doc[start:])
	}
	if start == len(doc) || strings.HasPrefix(doc[start:], "</") {
		return doc, "", "", false
	}
	depth := 0
	for end := start; end < len(doc); {
		n := pieceLen(doc[end:])
		depth += change(doc[end : end+n])
		if end += n; depth == 0 {
			return doc[:start], doc[start:end], doc[end:], true
		}
	}
	return doc[:start], doc[start:], "", true
}

// pieceLen returns the length of what s begins with: a comment, a CDATA section, a processing instruction, a tag, or what
// is before the next of those. What does not end is as long as up to the next "<".
func pieceLen(s string) int {
	for _, p := range []struct{ start, end string }{{"<!--", "-->"}, {"<![CDATA[", "]]>"}, {"<?", "?>"}} {
		if rest, ok := strings.CutPrefix(s, p.start); ok {
			if i := strings.Index(rest, p.end); i >= 0 {
				return len(p.start) + i + len(p.end)
			}
		}
	}
	if i := declarationLen(s); i > 0 {
		return i
	}
	if i := tagLen(s); isTag(s) && i > 0 {
		return i
	}
	if i := strings.IndexByte(s[1:], '<'); i >= 0 {
		return 1 + i
	}
	return len(s)
}

// tagLen returns the length of the tag that s begins with, or 0 if it does not end. A ">" in quotes ends none.
func tagLen(s string) int {
	var quote byte
	for i := 1; i < len(s); i++ {
		switch c := s[i]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '>':
			return i + 1
		case c == '<':
			return 0
		}
	}
	return 0
}

// declarationLen returns the length of the document type declaration that s begins with, or 0 if it does not end.
func declarationLen(s string) int {
	const start = "<!DOCTYPE"
	if !strings.HasPrefix(s, start) {
		return 0
	}
	depth := 0
	for i := len(start); i < len(s); i++ {
		switch s[i] {
		case '"', '\'':
			i += 1 + strings.IndexByte(s[i+1:], s[i])
		case '[':
			depth++
		case ']':
			depth--
		case '<':
			if n := pieceLen(s[i:]); strings.HasPrefix(s[i:], "<!--") || strings.HasPrefix(s[i:], "<?") {
				i += n - 1
			}
		case '>':
			if depth == 0 {
				return i + 1
			}
		}
	}
	return 0
}

func isTag(s string) bool {
	return len(s) > 1 && s[0] == '<' && s[1] != '!' && s[1] != '?'
}

// change returns what a piece does to the number of open elements.
func change(piece string) int {
	switch {
	case !isTag(piece), strings.HasSuffix(piece, "/>"):
		return 0
	case strings.HasPrefix(piece, "</"):
		return -1
	}
	return 1
}

// framed puts the root element of doc into a body that has all else of doc around it. ok is false where there is no root.
func framed(doc string) (body string, ok bool) {
	prolog, root, epilog, ok := split(toUTF8(doc))
	return encodedLike(doc, prolog+rootStart+root+rootEnd+epilog), ok
}

// bare is doc with nothing in its root element. In what is left of a malformed one is the fault, or it was in the root.
func bare(doc string) string {
	prolog, _, epilog, _ := split(toUTF8(doc))
	return encodedLike(doc, prolog+"<root/>"+epilog)
}

var encodingOf = regexp.MustCompile(`^<\?xml[^>]*encoding\s*=\s*["']([^"']*)["']`)

// value puts the root element of doc into a property of a body. ok is false where there is none, or it is in a charset
// other than UTF-8 and UTF-16.
func value(doc string) (body string, ok bool) {
	text := toUTF8(doc)
	if m := encodingOf.FindStringSubmatch(text); m != nil && !strings.HasPrefix(strings.ToLower(m[1]), "utf-") {
		return "", false
	}
	_, root, _, ok := split(text)
	return rootStart + propStart + root + propEnd + rootEnd, ok
}

// toUTF8 returns doc as it is, unless it begins with the byte order mark of UTF-16.
func toUTF8(doc string) string {
	order, ok := byteOrder(doc)
	if !ok {
		return doc
	}
	units := make([]uint16, len(doc)/2-1)
	for i := range units {
		units[i] = order.Uint16([]byte(doc[2*i+2 : 2*i+4]))
	}
	return string(utf16.Decode(units))
}

// encodedLike undoes toUTF8 for a text that was made from that of doc.
func encodedLike(doc, text string) string {
	order, ok := byteOrder(doc)
	if !ok {
		return text
	}
	b := []byte(doc[:2])
	for _, u := range utf16.Encode([]rune(text)) {
		b = order.AppendUint16(b, u)
	}
	return string(b)
}

type endian interface {
	binary.ByteOrder
	binary.AppendByteOrder
}

func byteOrder(doc string) (endian, bool) {
	switch {
	case strings.HasPrefix(doc, "\xfe\xff"):
		return binary.BigEndian, true
	case strings.HasPrefix(doc, "\xff\xfe"):
		return binary.LittleEndian, true
	}
	return nil, false
}

// hasDoctype reports whether a document type declaration stands before the root.
func hasDoctype(doc string) bool {
	for doc != "" && !isTag(doc) {
		if strings.HasPrefix(doc, "<!DOCTYPE") {
			return true
		}
		doc = doc[pieceLen(doc):]
	}
	return false
}

// ownEntity finds references to entities that a document has to declare.
var ownEntity = regexp.MustCompile(`&(?:[^#&;<>"'\s]*);`)

// withoutDoctype returns doc, which is well-formed, with nothing in its prolog but the XML declaration. ok is false
// where it is not sure to be well-formed then: it uses an entity or a namespace that the prolog declares.
func withoutDoctype(doc string) (text string, ok bool) {
	prolog, root, epilog, ok := split(toUTF8(doc))
	if !ok || strings.Contains(prolog, "xmlns") || usesEntities(root) {
		return "", false
	}
	declaration := ""
	if strings.HasPrefix(strings.TrimPrefix(prolog, "\ufeff"), "<?xml ") {
		declaration = prolog[:strings.Index(prolog, "?>")+len("?>")]
	}
	return encodedLike(doc, declaration+root+epilog), true
}

func usesEntities(root string) bool {
	for _, name := range ownEntity.FindAllString(root, -1) {
		switch name {
		case "&lt;", "&gt;", "&amp;", "&apos;", "&quot;":
		default:
			return true
		}
	}
	return false
}

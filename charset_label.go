package multistatus

import (
	"bytes"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html/charset"
)

// A charsetForm is the way that a charset is decoded. Those before formLatin1 are UTF-8 as they stand.
type charsetForm uint8

const (
	formNone charsetForm = iota // no label, or one that is unknown or refused
	formUTF8
	formASCII
	formLatin1
	formUTF16 // in the byte order that the bytes show
	formUTF16LE
	formUTF16BE
	formLegacy // by a decoder of golang.org/x/text
)

// A charsetID identifies a charset by its canonical name, and one that is not read by its label in quotes.
// The zero value stands for no label.
type charsetID struct {
	name string
	form charsetForm
}

var (
	charsetUTF8    = charsetID{"utf-8", formUTF8}
	charsetASCII   = charsetID{"us-ascii", formASCII}
	charsetLatin1  = charsetID{"iso-8859-1", formLatin1}
	charsetUTF16   = charsetID{"utf-16", formUTF16}
	charsetUTF16LE = charsetID{"utf-16le", formUTF16LE}
	charsetUTF16BE = charsetID{"utf-16be", formUTF16BE}
)

// maxLabelSize is how much of a label is looked at. Every label that is known is shorter.
const maxLabelSize = 32

// ownLabels lists the labels of the charsets that are decoded here, in lower case:
// those of the IANA registry and the Encoding Standard, and some that Java writes.
var ownLabels = [...]struct {
	charset charsetID
	labels  []string
}{
	{charsetUTF8, []string{"utf-8", "utf8", "csutf8", "unicode-1-1-utf-8", "unicode11utf8", "unicode20utf8", "x-unicode20utf8"}},
	{charsetASCII, []string{"us-ascii", "ascii", "us", "ansi_x3.4-1968", "ansi_x3.4-1986", "iso_646.irv:1991", "iso646-us",
		"iso-ir-6", "csascii", "cp367", "ibm367"}},
	{charsetLatin1, []string{"iso-8859-1", "iso8859-1", "iso_8859-1", "iso8859_1", "iso88591", "8859_1", "latin1", "latin-1", "l1",
		"iso_8859-1:1987", "iso-ir-100", "csisolatin1", "cp819", "ibm819"}},
	{charsetUTF16, []string{"utf-16", "utf16", "csutf16", "unicode", "csunicode", "ucs-2", "iso-10646-ucs-2"}},
	{charsetUTF16LE, []string{"utf-16le", "utf16le", "csutf16le", "unicodefeff"}},
	{charsetUTF16BE, []string{"utf-16be", "utf16be", "csutf16be", "unicodefffe"}},
}

// legacyNames lists the other charsets that are read, by their canonical names in the Encoding Standard.
// They have no state and contain ASCII, so that markup is the same bytes in each.
// Those missing are stateful (iso-2022-jp) or no charset of texts (replacement, x-user-defined).
var legacyNames = [...]string{
	"ibm866", "iso-8859-2", "iso-8859-3", "iso-8859-4", "iso-8859-5", "iso-8859-6", "iso-8859-7", "iso-8859-8",
	"iso-8859-8-i", "iso-8859-10", "iso-8859-13", "iso-8859-14", "iso-8859-15", "iso-8859-16", "koi8-r", "koi8-u",
	"macintosh", "windows-874", "windows-1250", "windows-1251", "windows-1252", "windows-1253", "windows-1254",
	"windows-1255", "windows-1256", "windows-1257", "windows-1258", "x-mac-cyrillic",
	"gbk", "gb18030", "big5", "euc-jp", "shift_jis", "euc-kr",
}

// findCharset returns the charset of a label in any case.
func findCharset(label []byte) charsetID {
	label = bytes.TrimSpace(label)
	if len(label) == 0 {
		return charsetID{}
	}
	var buf [maxLabelSize]byte
	name := string(lowerASCII(buf[:], label))
	for _, own := range &ownLabels {
		if slices.Contains(own.labels, name) {
			return own.charset
		}
	}
	i := slices.Index(legacyNames[:], name)
	if i < 0 {
		_, canonical := charset.Lookup(name)
		i = slices.Index(legacyNames[:], canonical)
	}
	if i < 0 {
		return charsetID{name: strconv.Quote(string(label[:min(len(label), maxLabelSize)]))}
	}
	return charsetID{legacyNames[i], formLegacy}
}

// lowerASCII copies label to dst as far as there is room, in lower case, and returns the copy.
func lowerASCII(dst, label []byte) []byte {
	n := copy(dst, label)
	for i, c := range dst[:n] {
		if 'A' <= c && c <= 'Z' {
			dst[i] = c + ('a' - 'A')
		}
	}
	return dst[:n]
}

// mode returns how a text in c is to be taken.
func (c charsetID) mode() textMode {
	switch c.form {
	case formASCII:
		return textASCII
	case formLatin1:
		return textLatin1
	case formNone, formUTF8:
		return textUTF8
	default:
		return textOther
	}
}

func (c charsetID) isUTF16() bool {
	return c.form == formUTF16 || c.form == formUTF16LE || c.form == formUTF16BE
}

// admits reports whether a text that is read in c may bear the label of d.
// ASCII is a part of UTF-8, and "utf-16" leaves the byte order open.
func (c charsetID) admits(d charsetID) bool {
	switch {
	case d.form == formNone:
		return false
	case d.form == formUTF16:
		return c.isUTF16()
	case c.form <= formASCII && d.form <= formASCII:
		return true
	default:
		return c == d
	}
}

// headerCharset returns the charset that a Content-Type names.
func headerCharset(contentType string) charsetID {
	return findCharset([]byte(contentTypeCharset(contentType)))
}

// contentTypeCharset returns the first charset parameter of a Content-Type that has a value, or "" (RFC 9110 §8.3.1).
// It forgives what servers write: no media type, white space around the equals sign or in place of the semicolon,
// single quotes, a quote left open.
func contentTypeCharset(s string) string {
	for s != "" {
		var param string
		param, s = cutParam(s)
		name, value, _ := strings.Cut(param, "=")
		if !namesCharset(name) {
			continue
		}
		if label := paramValue(value); label != "" {
			return label
		}
	}
	return ""
}

// cutParam returns what stands before and after the first semicolon outside double quotes.
func cutParam(s string) (param, rest string) {
	quoted := false
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '"':
			quoted = !quoted
		case c == '\\' && quoted:
			i++
		case c == ';' && !quoted:
			return s[:i], s[i+1:]
		}
	}
	return s, ""
}

// namesCharset reports whether the last word of name is charset.
func namesCharset(name string) bool {
	name = strings.TrimRight(name, " \t")
	return strings.EqualFold(name[strings.LastIndexAny(name, " \t,")+1:], "charset")
}

// paramValue returns the value without quotes that s begins with.
func paramValue(s string) string {
	s = strings.TrimLeft(s, " \t")
	ends := " \t,"
	if s != "" && (s[0] == '"' || s[0] == '\'') {
		s, ends = s[1:], s[:1]
	}
	if i := strings.IndexAny(s, ends); i >= 0 {
		s = s[:i]
	}
	return strings.TrimSpace(s)
}

package main

import (
	"bytes"
	"mime"
	"regexp"
	"strings"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// maxHead is how much of a body is looked at to find its charset.
const maxHead = 1024

// utf8Source turns a body into the text whose offsets a Decoder tells: UTF-8 without a byte order mark.
//
// It knows the charsets that are labelled plainly, which is what servers send. A text in another one, or with bytes that
// are none in it, is not that of the Decoder, which shows by its offsets.
type utf8Source struct {
	contentType string
	head        []byte // held back until the charset is known
	settled     bool
	decode      *transform.Writer // nil for UTF-8
	out         bytes.Buffer      // of decode
}

// appendText appends the text of raw to dst, or holds it back.
func (s *utf8Source) appendText(dst, raw []byte) []byte {
	if !s.settled {
		if s.head = append(s.head, raw...); len(s.head) < maxHead {
			return dst
		}
		return s.settle(dst)
	}
	if s.decode == nil {
		return append(dst, raw...)
	}
	s.decode.Write(raw) // what fails here shows by its offset
	dst = append(dst, s.out.Bytes()...)
	s.out.Reset()
	return dst
}

// settle decides what the charset is, and appends what was held back.
func (s *utf8Source) settle(dst []byte) []byte {
	if s.settled {
		return dst
	}
	s.settled = true
	head := bytes.TrimPrefix(s.head, []byte("\uFEFF"))
	if e := s.encoding(); len(head) == len(s.head) && e != nil {
		s.decode = transform.NewWriter(&s.out, e.NewDecoder())
	}
	s.head = nil
	return s.appendText(dst, head)
}

// encoding returns what the body is encoded in, or nil if that is UTF-8.
func (s *utf8Source) encoding() encoding.Encoding {
	for _, u := range []struct {
		begins string
		order  unicode.Endianness
	}{{"\xFF\xFE", unicode.LittleEndian}, {"\xFE\xFF", unicode.BigEndian}, {"<\x00", unicode.LittleEndian}, {"\x00<", unicode.BigEndian}} {
		if bytes.HasPrefix(s.head, []byte(u.begins)) {
			return unicode.UTF16(u.order, unicode.UseBOM)
		}
	}
	label := strings.ToLower(s.label())
	e, name := charset.Lookup(label)
	switch {
	case name == "utf-8", strings.Contains(label, "ascii"), strings.HasPrefix(name, "utf-16"):
		return nil
	case name == "windows-1252" && !strings.Contains(label, "1252"):
		return charmap.ISO8859_1
	}
	return e
}

var declared = regexp.MustCompile(`^\s*<\?xml[^>]*\sencoding\s*=\s*["']([^"'>]*)`)

// label returns the charset that the Content-Type names, else that of the XML declaration.
func (s *utf8Source) label() string {
	if _, params, err := mime.ParseMediaType(s.contentType); err == nil && params["charset"] != "" {
		return params["charset"]
	}
	if m := declared.FindSubmatch(s.head); m != nil {
		return string(m[1])
	}
	return "utf-8"
}

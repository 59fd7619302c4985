package multistatus

import (
	"errors"
	"strconv"
	"strings"

	"github.com/go-multistatus/multistatus/internal/xmlscan"
)

//go:generate go run ./internal/genstatus

// Status is a status line (RFC 9112, section 4): what became of a resource or of a group of properties.
// The zero Status is an absent one. Where a server sent a line without a readable code, Code is 0, Reason is the
// whole text, and the Status is not OK. Reason is free text (section 4 there): tell statuses apart by Code.
//
//	<!ELEMENT status (#PCDATA) >   RFC 4918 §14.28
type Status struct {
	Code   int    // 100 to 999, or 0
	Reason string // as sent, or "" for the standard one
}

// ErrStatus is the reason of errors about status lines that have no code of three digits.
var ErrStatus = errors.New("malformed status")

// A statusForm is a set of ways in which a status line departs from the grammar but can be read.
type statusForm uint8

const (
	statusSpaces statusForm = 1 << iota // anything but one space between two parts
	statusBare                          // no HTTP-version
	statusLower                         // "http/1.1"
	statusNoCode                        // no number where the code should be; excludes all the others
	statusRange                         // a number there, but not of three digits from 100; excludes all the others
)

// ParseStatus parses a status line, such as "HTTP/1.1 404 Not Found".
// White space around it is ignored. The HTTP version may be any or missing, in upper or lower case,
// the parts may be further apart than one space, and the reason may be missing.
//
// Every error is an [ErrStatus]; beside it stands the Status with Code 0 and the text as Reason.
func ParseStatus(line string) (Status, error) {
	s, form := scanStatus(line)
	switch {
	case form&statusNoCode != 0:
		return s, &scalarError{ErrStatus, line, "no status code"}
	case form&statusRange != 0:
		return s, &scalarError{ErrStatus, line, "status code is not of three digits from 100"}
	}
	return s, nil
}

// scanStatus parses a status line and tells in which form it is. It does not allocate; Reason is a part of line.
// An empty line is the zero Status with statusNoCode.
func scanStatus(line string) (Status, statusForm) {
	switch line {
	case "HTTP/1.1 200 OK":
		return Status{200, "OK"}, 0 // constants do not keep the body in memory
	case "HTTP/1.1 404 Not Found":
		return Status{404, "Not Found"}, 0
	}
	line = xmlscan.Trim(line)
	rest, form := cutVersion(line)
	code, n := scanCode(rest)
	switch {
	case n == 0:
		return Status{0, line}, statusNoCode
	case code == 0:
		return Status{0, line}, statusRange
	}
	phrase, gap := cutGap(rest[n:])
	return Status{code, phrase}, form | gap
}

// cutVersion returns what follows the HTTP-version at the beginning of line (RFC 9112, section 2.3).
// HTTP/2 and HTTP/3 have no minor version, and servers write them so.
func cutVersion(line string) (rest string, form statusForm) {
	n := versionLen(line)
	if n == 0 {
		return line, statusBare
	}
	if line[:4] != "HTTP" {
		form = statusLower
	}
	rest, gap := cutGap(line[n:])
	return rest, form | gap
}

// versionLen returns the length of the HTTP-version that is the first word of line, or 0 if it is none.
func versionLen(line string) int {
	n := wordLen(line)
	switch {
	case n != len("HTTP/1") && n != len("HTTP/1.1"),
		!strings.EqualFold(line[:5], "HTTP/"),
		!isDigit(line[5]),
		n == len("HTTP/1.1") && (line[6] != '.' || !isDigit(line[7])):
		return 0
	}
	return n
}

// scanCode reads the number that is the first word of s. Length n is 0 if that is no number,
// and code is 0 if the number is not of three digits from 100.
func scanCode(s string) (code, n int) {
	n = wordLen(s)
	digits := strings.TrimPrefix(s[:n], "-")
	if digits == "" {
		return 0, 0
	}
	for i := range len(digits) {
		if !isDigit(digits[i]) {
			return 0, 0
		}
	}
	if n == 3 && len(digits) == 3 && s[0] != '0' {
		code = int(s[0]-'0')*100 + int(s[1]-'0')*10 + int(s[2]-'0')
	}
	return code, n
}

// cutGap cuts the white space off the front of s, which should be one space or the end of the line.
func cutGap(s string) (rest string, form statusForm) {
	n := 0
	for n < len(s) && isSpace(s[n]) {
		n++
	}
	if n > 1 || n == 1 && s[0] != ' ' {
		form = statusSpaces
	}
	return s[n:], form
}

// wordLen returns how many bytes precede the first white space in s.
func wordLen(s string) int {
	n := 0
	for n < len(s) && !isSpace(s[n]) {
		n++
	}
	return n
}

// OK reports whether s is a success (2xx). The zero Status is none, and neither is one without a readable code.
func (s Status) OK() bool { return 200 <= s.Code && s.Code < 300 }

// IsZero reports whether s is the zero Status: an absent one.
func (s Status) IsZero() bool { return s == Status{} }

// String returns s as a status line, as in "HTTP/1.1 404 Not Found".
// An empty Reason becomes that of [StatusText]; if that is empty too, the line ends in the space that the grammar
// asks for. For Code 0 it is the Reason itself. White space around the Reason is left out.
func (s Status) String() string { return string(s.appendLine(nil)) }

// AppendText appends what [Status.String] returns.
// It is an [ErrStatus], and dst is returned as it was, if s could not be read back:
// if Code is neither 0 nor within 100 and 999, or is 0 beside a Reason that itself reads as a status line with a code.
func (s Status) AppendText(dst []byte) ([]byte, error) {
	if why := s.fault(); why != "" {
		return dst, &scalarError{ErrStatus, s.String(), why}
	}
	return s.appendLine(dst), nil
}

// MarshalText returns what [Status.AppendText] appends.
func (s Status) MarshalText() ([]byte, error) { return s.AppendText(nil) }

// UnmarshalText sets s to the status in text, and to the zero Status if there is nothing but white space.
// It always returns nil: a text without a readable code is kept as the Reason of a Status that is not OK,
// as the decoder does it.
//
// It reads back what MarshalText gave for a Status, with white space around the Reason left out, and the standard
// Reason in the place of an empty one.
func (s *Status) UnmarshalText(text []byte) error {
	*s, _ = scanStatus(string(text))
	return nil
}

// appendLine appends s as a status line, whatever it is.
func (s Status) appendLine(dst []byte) []byte {
	phrase := xmlscan.Trim(s.Reason)
	if s.Code == 0 {
		return append(dst, phrase...)
	}
	if phrase == "" {
		phrase = StatusText(s.Code)
	}
	dst = append(dst, "HTTP/1.1 "...)
	dst = strconv.AppendInt(dst, int64(s.Code), 10)
	dst = append(dst, ' ')
	return append(dst, phrase...)
}

// fault says why the status line of s would be read as another one, or "".
func (s Status) fault() string {
	if s.Code != 0 {
		if s.Code < 100 || s.Code > 999 {
			return "status code is not of three digits from 100"
		}
		return ""
	}
	if line, _ := scanStatus(s.Reason); line.Code != 0 {
		return "code in the reason alone"
	}
	return ""
}

func isSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\r' || c == '\t' }

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

package multistatus

import (
	"errors"
	"io/fs"
	"strconv"

	"github.com/go-multistatus/multistatus/internal/xmlscan"
)

// The reasons why a body cannot be read, to be found in a *[DecodeError] with errors.Is.
// A truncated body is [io.ErrUnexpectedEOF].
var (
	ErrNotMultistatus = errors.New("not a DAV:multistatus document")
	ErrEmpty          = xmlscan.ErrEmpty // nothing but white space
	ErrTrailing       = xmlscan.ErrTrailing
	ErrDoctype        = xmlscan.ErrDoctype   // one that may declare entities; [QuirkDoctypePlain] is another matter
	ErrEntity         = xmlscan.ErrEntity    // XML 1.0, section 4.1
	ErrPrefix         = xmlscan.ErrPrefix    // Namespaces in XML 1.0, section 5
	ErrReserved       = xmlscan.ErrReserved  // Namespaces in XML 1.0, section 3
	ErrMismatch       = xmlscan.ErrMismatch  // XML 1.0, section 3
	ErrAttribute      = xmlscan.ErrAttribute // XML 1.0, section 3.1
	ErrCharacter      = xmlscan.ErrCharacter // in a name or between attributes, where nothing can be put in its place
	ErrContent        = xmlscan.ErrContent   // "]]>" in text, "--" in a comment
	ErrSyntax         = xmlscan.ErrSyntax    // any other fault of markup
	ErrCharset        = errors.New("charset not supported")
)

// The reasons why an Encoder refuses a call, to be found in an *[EncodeError] with errors.Is.
// Others are [ErrName], [ErrStatus], [ErrReserved] and [ErrCharacter].
var (
	ErrOrder   = errors.New("out of order") // a call, or a part of a Response, that the grammar has no place for
	ErrHref    = errors.New("malformed href")
	ErrAborted = errors.New("multistatus: Encoder was aborted") // alone, not in an EncodeError
)

// EncodeError is every error of an Encoder but the writer's own, [ErrAborted], and what a TextAppender returns.
type EncodeError struct {
	Name Name  // the property or condition that it is about; zero if it is about none
	Err  error // one of the sentinels, or wraps one
}

func (e *EncodeError) Error() string {
	s := "multistatus: " + e.Err.Error()
	if e.Name != (Name{}) {
		s += ": " + strconv.Quote(clipText(e.Name.String()))
	}
	return s
}

// Unwrap returns Err.
func (e *EncodeError) Unwrap() error { return e.Err }

// errOrder is the error of a call or part that has no place where it is.
func errOrder(what string) error { return &EncodeError{Err: &reason{ErrOrder, "(" + what + ")"}} }

var (
	errNoHref = &reason{ErrHref, "(it is empty)"}
	errClosed = errOrder("after Close")
)

// DecodeError is every error of the decoder but the reader's own, which pass through as they are.
//
// Err is one of the sentinels or wraps one, or is [io.ErrUnexpectedEOF], a *[LimitError], a *[RootError] or,
// under [DecodeOptions.Reject], a [Quirk]. Use errors.Is and errors.As.
type DecodeError struct {
	// Offset, Line and Column are those of the first byte of what is wrong: of a limit, of the element that passes it;
	// of a truncated body, of the tag that is unfinished or the element that is open.
	// They count the text in UTF-8 without a byte order mark: Offset from 0, Line from 1, Column from 1 in bytes.
	Offset       int64
	Line, Column int

	// Path leads to the element in which it stands, as in "multistatus/response[3]/propstat/prop".
	// The first of several elements has no index, long names are shortened, and of a deep path the middle is left out.
	// Outside of the root it is "".
	Path string

	Err error
}

func (e *DecodeError) Error() string {
	s := "multistatus: " + e.Err.Error()
	if e.Path != "" {
		s += " in " + e.Path
	}
	return s + ", line " + strconv.Itoa(e.Line) + ":" + strconv.Itoa(e.Column) +
		" (offset " + strconv.FormatInt(e.Offset, 10) + ")"
}

// Unwrap returns Err.
func (e *DecodeError) Unwrap() error { return e.Err }

// LimitError is the reason of an error about a body that passes a limit. What was complete before it is not lost.
type LimitError struct {
	Limit string // the field of DecodeOptions, as in "MaxDepth"; "prolog" for what precedes the root
	Max   int64  // its value
}

func (e *LimitError) Error() string {
	return "limit " + e.Limit + " of " + strconv.FormatInt(e.Max, 10) + " exceeded"
}

// RootError is the reason of an error about a body that is no DAV:multistatus at all: HTML, JSON, another XML document.
// It is an [ErrNotMultistatus].
type RootError struct {
	Root  Name   // the root element, as far as it can be told; else zero
	Head  string // how the body begins, in UTF-8: at most 1 KiB, of what was read by then
	cause error  // what is wrong with it as XML, or nil
}

func (e *RootError) Error() string {
	s := ErrNotMultistatus.Error()
	if e.Root != (Name{}) {
		s += ": the root is " + strconv.Quote(clipText(e.Root.String()))
	}
	if e.cause != nil {
		s += ": " + e.cause.Error()
	}
	return s
}

// Unwrap returns [ErrNotMultistatus] and, if the body is no XML either, the reason of that.
func (e *RootError) Unwrap() []error {
	if e.cause != nil {
		return []error{ErrNotMultistatus, e.cause}
	}
	return []error{ErrNotMultistatus}
}

// StatusError is a failure that a 207 body reports: of a resource, or of one of its properties.
type StatusError struct {
	Href        Href
	Prop        Name // zero if it is about the resource itself
	Status      Status
	Conditions  Value  // content of DAV:error (RFC 4918, section 16)
	Description string // DAV:responsedescription
}

func (e *StatusError) Error() string {
	s := "multistatus: " + clipText(string(e.Href))
	if e.Prop != (Name{}) {
		s += ": " + clipText(e.Prop.String())
	}
	s += ": " + strconv.Itoa(e.Status.Code)
	if e.Status.Reason != "" {
		s += " " + clipText(e.Status.Reason)
	}
	for n := range e.Conditions.Elements() {
		s += " (" + clipText(n.Local) + ")"
		break
	}
	return s
}

// Is lets 404 and 410 be [fs.ErrNotExist], and 401 and 403 be [fs.ErrPermission].
func (e *StatusError) Is(target error) bool {
	switch e.Status.Code {
	case 404, 410:
		return target == fs.ErrNotExist
	case 401, 403:
		return target == fs.ErrPermission
	}
	return false
}

// maxShownText is how many bytes of a text an error shows.
const maxShownText = 200

// shorten cuts what is too long to be shown; more is an ellipsis then.
func shorten(s string) (short, more string) {
	if len(s) > maxShownText {
		return s[:maxShownText], "…"
	}
	return s, ""
}

// clipText shortens and quotes, where it has to be, what a server sent, so that it may stand in a message of one line.
func clipText(s string) string {
	s, more := shorten(s)
	if q := strconv.Quote(s); len(q) != len(s)+2 {
		s = q
	}
	return s + more
}

// scalarError is a sentinel with the text that it is about, and what is wrong with it.
type scalarError struct {
	err       error
	text, why string
}

func (e *scalarError) Error() string {
	text, more := shorten(e.text)
	return "multistatus: " + e.err.Error() + " " + strconv.Quote(text) + more + ": " + e.why
}

func (e *scalarError) Unwrap() error { return e.err }

// reason is a sentinel with what was found.
type reason struct {
	err    error
	detail string
}

func (r *reason) Error() string { return r.err.Error() + " " + r.detail }
func (r *reason) Unwrap() error { return r.err }

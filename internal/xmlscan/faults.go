package xmlscan

import "errors"

// The reasons why a document is no namespace-well-formed XML.
// An *Error carries one of them with the place.
var (
	ErrSyntax    = errors.New("malformed markup")
	ErrMismatch  = errors.New("mismatched end tag")
	ErrCharacter = errors.New("character not allowed in markup")
	ErrContent   = errors.New("sequence not allowed in content")
	ErrEntity    = errors.New("malformed reference")
	ErrDoctype   = errors.New("document type declaration refused")
	ErrPrefix    = errors.New("undeclared namespace prefix")
	ErrReserved  = errors.New("reserved namespace or prefix misused")
	ErrAttribute = errors.New("duplicate attribute")
	ErrTrailing  = errors.New("content after the document's end")
	ErrEmpty     = errors.New("empty document")
)

// Error is a fault that ends the scan.
// Err is one of the reasons above, io.ErrUnexpectedEOF,
// or nil where Limit names a limit that was passed.
type Error struct {
	Err    error
	Off    int64
	Detail string
	Limit  string
	Max    int64
}

func (e *Error) Error() string {
	switch {
	case e.Err == nil:
		return e.Limit + " passed"
	case e.Detail == "":
		return e.Err.Error()
	}
	return e.Err.Error() + " " + e.Detail
}

func (e *Error) Unwrap() error { return e.Err }

// Fault is a departure from XML that the scanner can mend without guessing.
// The caller of the scanner decides, by what OnFault returns, whether it is mended.
type Fault uint8

const (
	BareAmp            Fault = iota // & that begins no reference; read as itself
	UndeclaredEntity                // &name; is kept as these characters
	IllegalCharRef                  // a reference to what XML cannot carry; U+FFFD
	Control                         // a literal control character; U+FFFD
	NonChar                         // U+FFFE or U+FFFF; U+FFFD
	InvalidUTF8                     // bytes that are no UTF-8; U+FFFD each
	C1                              // U+0080 to U+009F in Latin-1; read as windows-1252
	NonASCII                        // beyond US-ASCII in a body labelled so; read as UTF-8
	SecondColon                     // p:a:b; the local name is a:b
	EmptyPrefixBinding              // xmlns:p=""; p stands for what Unbound says
	XMLRebound                      // another prefix bound to the namespace of xml
	LeadingSpace                    // white space before the XML declaration
	Version11                       // version="1.1"; read as 1.0
	Doctype                         // a document type declaration without internal subset; skipped
	TrailingNUL                     // NUL bytes behind the document; skipped
	StrayText                       // text where Next expects none; skipped
)

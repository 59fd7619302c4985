package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/go-multistatus/multistatus"
)

// finding is one thing that lint has to tell, as -json prints it.
type finding struct {
	File     string `json:"file"`
	Line     int    `json:"line"` // 0 if the place is not known
	Column   int    `json:"column"`
	Offset   int64  `json:"offset"` // in the text in UTF-8
	Severity string `json:"severity"`
	Name     string `json:"name"` // "" of an error that is not in the body
	Text     string `json:"text"`
	Section  string `json:"section"` // "" if no standard speaks of it
	Href     string `json:"href"`    // of the response that it is about, or ""

	level severity
}

// writeLine writes f as FILE:LINE:COLUMN: severity: name: what (section).
func (f *finding) writeLine(w io.Writer) error {
	var b strings.Builder
	b.WriteString(printable(f.File))
	if f.Line > 0 {
		fmt.Fprintf(&b, ":%d:%d", f.Line, f.Column)
	}
	fmt.Fprintf(&b, ": %s: ", f.level)
	if f.Name != "" {
		b.WriteString(f.Name + ": ")
	}
	b.WriteString(printable(f.Text))
	if f.Section != "" {
		fmt.Fprintf(&b, " (%s)", f.Section)
	}
	b.WriteByte('\n')
	_, err := io.WriteString(w, b.String())
	return err
}

// writeJSON writes f as one line.
func (f *finding) writeJSON(w io.Writer) error {
	f.Severity = f.level.String()
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	return e.Encode(f)
}

// maxDetail is how many columns of a text are shown that a server sent.
const maxDetail = 80

// ofQuirk makes a finding of a quirk.
func ofQuirk(file string, r multistatus.QuirkReport) finding {
	f := finding{
		File: file, Line: r.Line, Column: r.Column, Offset: r.Offset,
		Name: r.Quirk.String(), Text: seen(r.Quirk), Section: r.Quirk.Section(), level: quirkSeverity[r.Quirk],
	}
	if r.Detail != "" {
		f.Text += ": " + clip(r.Detail, maxDetail)
	}
	return f
}

// seen is what Error says of a quirk behind its id.
func seen(q multistatus.Quirk) string { return strings.TrimPrefix(q.Error(), q.String()+": ") }

// ofError makes a finding of the error that ends a body.
func ofError(file string, err error) finding {
	f := finding{File: file, Text: err.Error(), level: sevError}
	var at *multistatus.DecodeError
	var q multistatus.Quirk
	if !errors.As(err, &at) {
		return f
	}
	f.Line, f.Column, f.Offset = at.Line, at.Column, at.Offset
	if errors.As(err, &q) {
		f.Name, f.Text, f.Section = q.String(), seen(q), q.Section()
		return f
	}
	f.Name, f.Section = failureName(at.Err)
	f.Text = at.Err.Error()
	if at.Path != "" {
		f.Text += " in " + at.Path
	}
	return f
}

// unreadable tells on standard error why a body was not read or not written.
func (c *command) unreadable(file string, err error) {
	f := ofError(file, err)
	f.writeLine(c.errs)
}

// failures are the names of the reasons for which a body cannot be read. The first that fits counts.
var failures = [...]struct {
	err           error
	name, section string
}{
	{multistatus.ErrNotMultistatus, "foreign-root", "RFC 4918, section 13"},
	{multistatus.ErrEmpty, "empty-body", "RFC 4918, section 13"},
	{io.ErrUnexpectedEOF, "trunc-mid", "RFC 4918, section 8.2"},
	{multistatus.ErrTrailing, "two-roots", "XML 1.0, section 2.1"},
	{multistatus.ErrDoctype, "doctype-entities", "RFC 4918, section 20.6"},
	{multistatus.ErrPrefix, "ns-undeclared-structural", "Namespaces in XML 1.0, section 5"},
	{multistatus.ErrReserved, "ns-reserved", "Namespaces in XML 1.0, section 3"},
	{multistatus.ErrMismatch, "endtag-mismatch", "XML 1.0, section 3"},
	{multistatus.ErrAttribute, "attr-duplicated", "XML 1.0, section 3.1"},
	{multistatus.ErrCharacter, "chr-in-markup", "XML 1.0, section 2.2"},
	{multistatus.ErrContent, "payload-unescaped", "XML 1.0, section 2.4"},
	{multistatus.ErrEntity, "ref-malformed", "XML 1.0, section 4.1"},
	{multistatus.ErrSyntax, "xml-malformed", "XML 1.0, section 2.1"},
	{multistatus.ErrCharset, "enc-unsupported", "XML 1.0, section 4.3.3"},
}

// failureName returns the name of a failure and the section that speaks of it.
func failureName(err error) (name, section string) {
	for _, f := range &failures {
		if errors.Is(err, f.err) {
			return f.name, f.section
		}
	}
	var limit *multistatus.LimitError
	if errors.As(err, &limit) {
		return "limit", "RFC 4918, section 20.2"
	}
	return "unreadable", "RFC 4918, section 8.2"
}

package main

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/go-multistatus/multistatus"
	"github.com/go-multistatus/multistatus/internal/term"
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
	b.WriteString(term.Printable(f.File))
	if f.Line > 0 {
		fmt.Fprintf(&b, ":%d:%d", f.Line, f.Column)
	}
	fmt.Fprintf(&b, ": %s: ", f.level)
	if f.Name != "" {
		b.WriteString(f.Name + ": ")
	}
	b.WriteString(term.Printable(f.Text))
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
	switch detail := term.Clip(r.Detail, maxDetail); {
	case detail == "":
	case strings.HasSuffix(f.Text, ":"): // of DAV:
		f.Text += " (" + detail + ")"
	default:
		f.Text += ": " + detail
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

// roots are the names of what is no multistatus. The first that fits counts, and the last fits all.
var roots = [...]struct {
	is            func(*multistatus.RootError) bool
	name, section string
}{
	{isHTML, "root-html", "RFC 4918, section 13"},
	{isErrorRoot, "root-error-in-207", "RFC 4918, section 16"},
	{hasOtherCase, "name-case-structural", "RFC 4918, section 14.16"},
	{func(*multistatus.RootError) bool { return true }, "foreign-root", "RFC 4918, section 13"},
}

// isHTML goes by the root, or where that is not known as the body is no XML, by how the body begins.
func isHTML(e *multistatus.RootError) bool {
	head := strings.ToLower(strings.TrimSpace(e.Head))
	return strings.EqualFold(e.Root.Local, "html") ||
		strings.HasPrefix(head, "<!doctype html") || strings.HasPrefix(head, "<html")
}

func isErrorRoot(e *multistatus.RootError) bool { return e.Root == multistatus.DAV("error") }

func hasOtherCase(e *multistatus.RootError) bool {
	const right = "multistatus"
	return e.Root.Local != right && strings.EqualFold(e.Root.Local, right)
}

// limits are the names of limits that are passed; all others are anyLimit.
var limits = map[string]string{
	"MaxDepth":      "limit-depth",
	"MaxProps":      "limit-props",
	"MaxValueBytes": "limit-value",
	"MaxTextBytes":  "limit-scalar",
	"MaxBytes":      checkTable[checkLimitBody].name,
}

const (
	anyLimit     = "limit"
	limitSection = "RFC 4918, section 20.2"

	anyFailure     = "unreadable"
	failureSection = "RFC 4918, section 8.2"
)

// failureName returns the name of a failure and the section that speaks of it.
func failureName(err error) (name, section string) {
	var root *multistatus.RootError
	if errors.As(err, &root) {
		return rootName(root)
	}
	for _, f := range &failures {
		if errors.Is(err, f.err) {
			return f.name, f.section
		}
	}
	var limit *multistatus.LimitError
	if errors.As(err, &limit) {
		return cmp.Or(limits[limit.Limit], anyLimit), limitSection
	}
	return anyFailure, failureSection
}

func rootName(e *multistatus.RootError) (name, section string) {
	i := 0
	for !roots[i].is(e) {
		i++
	}
	return roots[i].name, roots[i].section
}

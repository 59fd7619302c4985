// Package msjson is the JSON form of a multistatus body.
// The command prints it, and the corpus has it beside each body. testdata/README.md documents it for other projects.
package msjson

import (
	"bytes"
	"encoding/json"
	"io"

	"github.com/go-multistatus/multistatus"
)

// Body is what a body means. Every key is always there, but for failure.
type Body struct {
	Responses   []Response `json:"responses"`
	Description string     `json:"description"`
	SyncToken   string     `json:"syncToken"`
	Quirks      []string   `json:"quirks"`
	Failure     string     `json:"failure,omitempty"`
}

// Response is a DAV:response.
type Response struct {
	Href        string     `json:"href"`
	MoreHrefs   []string   `json:"moreHrefs"`
	Status      *Status    `json:"status"`
	Propstats   []Propstat `json:"propstats"`
	Error       string     `json:"error"`
	Description string     `json:"description"`
	Location    string     `json:"location"`
}

// Status is a DAV:status; a null one is absent or empty.
type Status struct {
	Code   int    `json:"code"`
	Reason string `json:"reason"`
}

// Propstat is a DAV:propstat.
type Propstat struct {
	Status      *Status    `json:"status"`
	Props       []Property `json:"props"`
	Error       string     `json:"error"`
	Description string     `json:"description"`
}

// Property is a property. Text is null where there are child elements; XML is the whole element.
type Property struct {
	Space string  `json:"space"`
	Local string  `json:"local"`
	Lang  string  `json:"lang"`
	Attrs []Attr  `json:"attrs"`
	Text  *string `json:"text"`
	XML   string  `json:"xml"`
}

// Attr is an attribute of a property.
type Attr struct {
	Space string `json:"space"`
	Local string `json:"local"`
	Value string `json:"value"`
}

// Of returns the form of m and of the error that ended the decoding, or nil.
func Of(m *multistatus.Multistatus, failure error) *Body {
	b := &Body{
		Responses:   each(m.Responses, response),
		Description: m.Description,
		SyncToken:   m.SyncToken,
		Quirks:      []string{},
	}
	for q := range m.Quirks.All() {
		b.Quirks = append(b.Quirks, q.String())
	}
	if failure != nil {
		b.Failure = failure.Error()
	}
	return b
}

// Write writes b and a line end: on one line, or indented.
func (b *Body) Write(w io.Writer, indent string) error {
	var buf bytes.Buffer
	e := json.NewEncoder(&buf)
	e.SetEscapeHTML(false)
	e.SetIndent("", indent)
	if err := e.Encode(b); err != nil {
		return err
	}
	_, err := buf.WriteTo(w)
	return err
}

// each never returns nil, which would be null.
func each[S, T any](s []S, convert func(*S) T) []T {
	t := make([]T, len(s))
	for i := range s {
		t[i] = convert(&s[i])
	}
	return t
}

func response(r *multistatus.Response) Response {
	return Response{
		Href:        string(r.Href),
		MoreHrefs:   each(r.MoreHrefs, func(h *multistatus.Href) string { return string(*h) }),
		Status:      status(r.Status),
		Propstats:   each(r.Propstats, propstat),
		Error:       condition(r.Error),
		Description: r.Description,
		Location:    string(r.Location),
	}
}

func status(s multistatus.Status) *Status {
	if s.IsZero() {
		return nil
	}
	return &Status{s.Code, s.Reason}
}

func propstat(p *multistatus.Propstat) Propstat {
	return Propstat{status(p.Status), each(p.Props, property), condition(p.Error), p.Description}
}

func property(p *multistatus.Property) Property {
	j := Property{
		Space: p.Name.Space,
		Local: p.Name.Local,
		Lang:  p.Lang,
		Attrs: []Attr{},
		XML:   string(p.AppendXML(nil)),
	}
	for a := range p.Value.Attrs() {
		j.Attrs = append(j.Attrs, Attr{a.Name.Space, a.Name.Local, a.Value})
	}
	if text, ok := p.Value.Text(); ok {
		j.Text = &text
	}
	return j
}

// condition is a whole DAV:error element, or "".
func condition(v multistatus.Value) string {
	if v.IsZero() {
		return ""
	}
	p := multistatus.Property{Name: multistatus.DAV("error"), Value: v}
	return string(p.AppendXML(nil))
}

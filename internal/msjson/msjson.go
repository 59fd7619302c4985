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
	Responses []Response `json:"responses"`
	ending
}

// ending is what is known only when all responses have been read.
type ending struct {
	Description string   `json:"description"`
	SyncToken   string   `json:"syncToken"`
	Quirks      []string `json:"quirks"`
	Failure     string   `json:"failure,omitempty"`
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
	return &Body{each(m.Responses, response), endingOf(m.Description, m.SyncToken, m.Quirks, failure)}
}

func endingOf(description, syncToken string, quirks multistatus.QuirkSet, failure error) ending {
	end := ending{Description: description, SyncToken: syncToken, Quirks: []string{}}
	for q := range quirks.All() {
		end.Quirks = append(end.Quirks, q.String())
	}
	if failure != nil {
		end.Failure = failure.Error()
	}
	return end
}

// Write writes b and a line end: on one line, or indented.
func (b *Body) Write(w io.Writer, indent string) error {
	text, err := marshal(b, indent)
	if err != nil {
		return err
	}
	_, err = w.Write(text)
	return err
}

// marshal returns the JSON of v and a line end.
func marshal(v any, indent string) ([]byte, error) {
	var buf bytes.Buffer
	e := json.NewEncoder(&buf)
	e.SetEscapeHTML(false)
	e.SetIndent("", indent)
	err := e.Encode(v)
	return buf.Bytes(), err
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

package main

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/go-multistatus/multistatus"
	"github.com/go-multistatus/multistatus/davprop"
	"github.com/go-multistatus/multistatus/davprop/known"
	"github.com/go-multistatus/multistatus/internal/term"
)

// fewResponses is up to how many responses every property is shown without being asked for.
const fewResponses = 20

// The properties that have a column of their own.
var (
	propType     = davprop.ResourceType.Name()
	propMIME     = davprop.GetContentType.Name()
	propLength   = davprop.GetContentLength.Name()
	propModified = davprop.GetLastModified.Name()
	propETag     = davprop.GetETag.Name()
)

// show prints a body as a table, and below it what failed and what was forgiven.
func (c *command) show(in input) int {
	s := summary{c: c}
	opts := c.opts
	opts.OnQuirk = forgiven(&opts, s.quirk)
	d := multistatus.NewDecoder(in, &opts)
	t := newListing()
	var err error
	for r, e := range d.All() {
		if err = e; err == nil {
			t.rows = append(t.rows, c.row(r))
			s.response(r)
			s.hide(t.rows)
		}
	}
	if len(c.files) > 1 {
		fmt.Fprintf(c.out, "%s%s\n\n", c.gap, c.paint(term.Bold, "==> "+term.Printable(in.name)+" <=="))
		c.gap = "\n"
	}
	if len(t.rows) > 0 {
		t.print(c.out, c)
		fmt.Fprintln(c.out)
	}
	s.print(c.out, d, err)
	return exitCode(d.Quirks(), err)
}

func newListing() *table {
	return &table{
		head:  []string{"HREF", "TYPE", "SIZE", "MODIFIED", "ETAG", "STATUS"},
		right: []bool{false, false, true, false, false, false},
		most:  []int{80, 40, 20, 30, 48, 60},
	}
}

// hide takes the notes off the row that was added last, and off those before it too as soon as these are not few any more.
func (s *summary) hide(rows []row) {
	n := len(rows)
	switch {
	case n <= fewResponses || s.c.props:
		return
	case n > fewResponses+1:
		rows = rows[n-1:]
	}
	for i := range rows {
		s.hidden += len(rows[i].notes)
		rows[i].notes = nil
	}
}

// row makes a row of a response.
func (c *command) row(r *multistatus.Response) row {
	n := row{cells: []string{
		term.Printable(string(r.Href)), kindOf(r), meaning(r, propLength), meaning(r, propModified), meaning(r, propETag), statusOf(r),
	}}
	for _, h := range r.MoreHrefs {
		n.notes = append(n.notes, "    and "+term.Printable(string(h)))
	}
	switch {
	case r.Err() != nil:
		n.colour = term.Red
	case davprop.IsCollection(r):
		n.colour = term.Blue
	}
	for p, s := range r.Props() {
		if s.OK() && !hasColumn(p.Name) {
			n.notes = append(n.notes, "    "+nameText(p.Name)+content(p))
		}
	}
	return n
}

func hasColumn(n multistatus.Name) bool {
	switch n {
	case propType, propMIME, propLength, propModified, propETag:
		return true
	}
	return false
}

// found returns the text of a property that was found, or the beginning of it.
func found(r *multistatus.Response, n multistatus.Name) string {
	p, s := r.Prop(n)
	if p == nil || !s.OK() {
		return ""
	}
	text, _ := p.Value.Text()
	return cell(text)
}

// cell is the text of a cell: what there is of it at the beginning.
func cell(text string) string { return term.Clip(term.Printable(head(strings.TrimSpace(text))), most) }

// kindOf returns what kind of resource r is about: the names in its resourcetype, else its media type.
func kindOf(r *multistatus.Response) string {
	kinds, _ := davprop.ResourceType.Find(r)
	if text := kinds.String(); text != "" {
		return cell(text)
	}
	return found(r, propMIME)
}

// meaning returns what a property means that was found, or its text if that is not known.
func meaning(r *multistatus.Response, n multistatus.Name) string {
	p, s := r.Prop(n)
	if p == nil || !s.OK() {
		return ""
	}
	if text, ok := known.Show(p); ok {
		return cell(text)
	}
	return found(r, n)
}

// statusOf returns the status of the response, and how many properties have which.
func statusOf(r *multistatus.Response) string {
	var parts []string
	if !r.Status.IsZero() {
		parts = append(parts, statusText(r.Status))
	}
	for i := range r.Propstats {
		p := &r.Propstats[i]
		parts = append(parts, codeText(p.Status)+" ×"+strconv.Itoa(len(p.Props)))
	}
	return strings.Join(parts, ", ")
}

func codeText(s multistatus.Status) string {
	switch {
	case s.IsZero():
		return "no status"
	case s.Code == 0:
		return "?"
	}
	return strconv.Itoa(s.Code)
}

// statusText returns code and reason.
func statusText(s multistatus.Status) string {
	reason := s.Reason
	if reason == "" {
		reason = multistatus.StatusText(s.Code)
	}
	return term.Printable(strings.TrimSpace(codeText(s) + " " + reason))
}

// shortName is the local name where that is enough for a person, else Clark notation.
func shortName(n multistatus.Name) string {
	if n.Space == multistatus.NamespaceDAV {
		return n.Local
	}
	return n.String()
}

// head is more of a value, which may be very long, than is shown.
func head(text string) string { return text[:min(len(text), 100*most)] }

// most is how many columns of a name or a value are shown.
const most = 120

// nameText is shortName for a line of text: of a namespace that is long, and counts for each name in it, not all.
func nameText(n multistatus.Name) string { return term.Clip(term.Printable(shortName(n)), most) }

// content is what a property means, or its text, or what is in it, after an equals sign.
func content(p *multistatus.Property) string {
	text, ok := known.Show(p)
	if !ok || text == "" {
		text, ok = p.Value.Text()
	}
	if !ok {
		text = p.Value.Raw()
	}
	if text = strings.Join(strings.Fields(head(text)), " "); text == "" {
		return ""
	}
	return " = " + term.Clip(term.Printable(text), most)
}

// summary collects what stands below the table.
type summary struct {
	c           *command
	responses   int
	collections int
	bytes       int64
	hidden      int       // properties that were not shown
	problems    []problem // in order of appearance
	index       map[string]int
}

// problem is something that happened once or more.
type problem struct {
	what  string
	where string // the first time
	n     int
}

func (s *summary) add(what, where string) {
	if s.index == nil {
		s.index = map[string]int{}
	}
	i, ok := s.index[what]
	if !ok {
		i = len(s.problems)
		s.index[what] = i
		s.problems = append(s.problems, problem{what: what, where: where})
	}
	s.problems[i].n++
}

func (s *summary) response(r *multistatus.Response) {
	s.responses++
	if davprop.IsCollection(r) {
		s.collections++
	}
	if n, ok := davprop.GetContentLength.Find(r); ok {
		s.bytes += n
	}
	href := term.Printable(string(r.Href))
	if err := r.Err(); err != nil {
		s.add(failureText(r.Status, r.Error, r.Description), href)
	}
	for i := range r.Propstats {
		if p := &r.Propstats[i]; !p.OK() {
			s.add(failureText(p.Status, p.Error, p.Description)+": "+names(p), href)
		}
	}
}

// failureText tells a status with its condition and description.
func failureText(st multistatus.Status, conditions multistatus.Value, description string) string {
	var b strings.Builder
	b.WriteString(statusText(st))
	for n := range conditions.Elements() {
		b.WriteString(" (" + nameText(n) + ")")
	}
	if description != "" {
		b.WriteString(" “" + term.Clip(term.Printable(description), 100) + "”")
	}
	return b.String()
}

// names lists the properties of a propstat.
func names(p *multistatus.Propstat) string {
	if len(p.Props) == 0 {
		return "no property named"
	}
	all := make([]string, len(p.Props))
	for i := range p.Props {
		all[i] = nameText(p.Props[i].Name)
	}
	return strings.Join(all, ", ")
}

func (s *summary) quirk(r multistatus.QuirkReport) {
	s.add(r.Quirk.Error()+" ("+r.Quirk.Section()+")", fmt.Sprintf("line %d:%d", r.Line, r.Column))
}

func (s *summary) print(w io.Writer, d *multistatus.Decoder, err error) {
	for _, p := range s.problems {
		times := ""
		if p.n > 1 {
			times = fmt.Sprintf(" ×%d, first", p.n)
		}
		fmt.Fprintf(w, "%s %s%s: %s\n", s.c.paint(term.Yellow, "!"), p.what, times, p.where)
	}
	if err != nil {
		fmt.Fprintf(w, "%s %s\n", s.c.paint(term.Red, "!!"), term.Printable(err.Error()))
	}
	if t := d.Description(); t != "" {
		fmt.Fprintf(w, "description: %s\n", term.Printable(t))
	}
	if t := d.SyncToken(); t != "" {
		fmt.Fprintf(w, "sync-token: %s\n", term.Printable(t))
	}
	fmt.Fprintf(w, "%s\n", s.total())
}

func (s *summary) total() string {
	text := plural(s.responses, "response")
	if s.collections > 0 {
		text += ", " + plural(s.collections, "collection")
	}
	if s.bytes > 0 {
		text += ", " + davprop.ShowSize(s.bytes)
	}
	if s.hidden > 0 {
		text += "; " + plural(s.hidden, "further line") + " with -props"
	}
	return text
}

func plural(n int, what string) string {
	if n != 1 {
		what += "s"
	}
	return strconv.Itoa(n) + " " + what
}

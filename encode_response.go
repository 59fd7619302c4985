package multistatus

import (
	"slices"
	"strconv"
	"strings"

	"github.com/go-multistatus/multistatus/internal/xmlscan"
)

// reply is the unfinished response.
type reply struct {
	start  int // where in buf it begins
	home   int // where in buf the propstat begins that was opened first
	status int
	groups []group // Invariant: those beyond len are empty, and keep their memory
	open   int     // the group that is open, from 1; else 0
	rest   outcomeText
	prev   *tag // the name that was written last
}

// outcomeText is what may follow a status.
type outcomeText struct {
	conditions  []byte // content of DAV:error
	description []byte // DAV:responsedescription, whole
	location    []byte // DAV:location, whole
}

func (o *outcomeText) reset() {
	o.conditions, o.description, o.location = o.conditions[:0], o.description[:0], o.location[:0]
}

func (o *outcomeText) letGo() {
	o.conditions, o.description, o.location = kept(o.conditions), kept(o.description), kept(o.location)
}

func (o *outcomeText) isEmpty() bool { return len(o.conditions) == 0 && len(o.description) == 0 }

// group is the propstat of one status. The first one's properties are in the Encoder's buf.
type group struct {
	code  int
	count int    // of properties
	props []byte // markup
	rest  outcomeText
}

func (g *group) isEmpty() bool { return g.count == 0 && g.rest.isEmpty() }
func (g *group) isOK() bool    { return g.code >= 200 && g.code < 300 }

func (r *reply) reset() {
	for i := range r.groups {
		g := &r.groups[i]
		g.rest.reset()
		g.code, g.count, g.props = 0, 0, g.props[:0]
	}
	r.rest.reset()
	r.groups, r.open, r.status, r.prev = r.groups[:0], 0, 0, nil
}

// letGo lets go of what is too large to keep, in a reply that was reset.
func (r *reply) letGo() {
	all := r.groups[:cap(r.groups)]
	for i := range all {
		all[i].props = kept(all[i].props)
		all[i].rest.letGo()
	}
	r.rest.letGo()
}

// group returns the index, from 1, of the group for code.
func (r *reply) group(code int) int {
	for i := range r.groups {
		if r.groups[i].code == code {
			return i + 1
		}
	}
	if n := len(r.groups); n < cap(r.groups) {
		r.groups = r.groups[:n+1]
	} else {
		r.groups = append(r.groups, group{})
	}
	r.groups[len(r.groups)-1].code = code
	return len(r.groups)
}

// StartResponse ends the response before, and starts one about the resource h, which must not be empty.
// h is written as it is, but that what XML or a header field could not carry is percent-encoded.
func (e *Encoder) StartResponse(h Href) error {
	if err := e.openResponse(); err != nil {
		return err
	}
	if h == "" {
		return e.refuse(&EncodeError{Err: errNoHref})
	}
	e.buf = appendHref(e.buf, h)
	e.buf = append(e.buf, "</D:href>"...)
	return nil
}

// StartPath is StartResponse with a path that is not percent-encoded, as [PathHref] encodes it.
func (e *Encoder) StartPath(path string) error {
	if err := e.openResponse(); err != nil {
		return err
	}
	if path == "" {
		return e.refuse(&EncodeError{Err: errNoHref})
	}
	e.buf = appendPathHref(e.buf, path)
	e.buf = append(e.buf, "</D:href>"...)
	return nil
}

// openResponse starts a response up to its first href.
func (e *Encoder) openResponse() error {
	if err := e.beginResponse("StartResponse"); err != nil {
		return err
	}
	e.buf = append(e.line(e.buf, 1), "<D:response>"...)
	e.buf = append(e.line(e.buf, 2), "<D:href>"...)
	return nil
}

// beginResponse ends the response before, and makes room for another.
func (e *Encoder) beginResponse(call string) error {
	if err := e.endAny(); err != nil {
		return err
	}
	if e.stage == afterTrailer {
		return e.refuse(errOrder(call))
	}
	e.begin()
	e.start, e.stage, e.prev = len(e.buf), inHrefs, &e.tags.first
	return nil
}

// AddHref adds the href of another resource with the same status. It precedes Status, and excludes Propstat.
func (e *Encoder) AddHref(h Href) error {
	switch {
	case e.fault() != nil:
		return e.fault()
	case e.stage != inHrefs:
		return e.refuse(errOrder("AddHref"))
	case h == "":
		return e.refuse(&EncodeError{Err: errNoHref})
	}
	e.buf = appendHrefElement(e.line(e.buf, 2), h)
	e.status = -1
	return nil
}

// Status gives the response as a whole a status, from 100 to 999. It excludes Propstat.
func (e *Encoder) Status(code int) error {
	switch {
	case e.fault() != nil:
		return e.fault()
	case e.stage != inHrefs:
		return e.refuse(errOrder("Status"))
	case !isCode(code):
		return e.refuse(codeError(code))
	}
	e.status, e.stage = code, inStatusForm
	return nil
}

func isCode(code int) bool { return code >= 100 && code <= 999 }

func codeError(code int) error {
	return &EncodeError{Err: &reason{ErrStatus, strconv.Itoa(code) + " (status code is not of three digits from 100)"}}
}

// Propstat puts the properties that follow under a status, from 100 to 999. It may be called again for one that was
// used before in the response: what follows joins what is there. Each status is written once: successes first, and then
// in the order of first use. One that stays empty is written only if it is the only one.
func (e *Encoder) Propstat(code int) error {
	switch {
	case e.fault() != nil:
		return e.fault()
	case e.stage != inGroups && (e.stage != inHrefs || e.status != 0) && (e.stage != inRest || len(e.groups) == 0):
		return e.refuse(errOrder("Propstat"))
	case !isCode(code):
		return e.refuse(codeError(code))
	}
	if len(e.groups) == 0 {
		e.home = len(e.buf)
		e.buf = e.startGroup(e.buf)
	}
	e.open, e.stage = e.reply.group(code), inGroups
	return nil
}

// statusError is the error of a status that was read without a code, or made with a bad one.
func statusError(s Status) error {
	if s.Code != 0 {
		return codeError(s.Code)
	}
	return &EncodeError{Err: &reason{ErrStatus, strconv.Quote(clipText(s.Reason)) + " (no status code)"}}
}

func (e *Encoder) startGroup(b []byte) []byte {
	b = append(e.line(b, 2), "<D:propstat>"...)
	return append(e.line(b, 3), "<D:prop>"...)
}

// EndPropstat ends the propstat that is open: what follows is about the response. Propstat may follow all the same.
func (e *Encoder) EndPropstat() error {
	switch {
	case e.fault() != nil:
		return e.fault()
	case e.stage != inGroups:
		return e.refuse(errOrder("EndPropstat"))
	}
	e.open, e.stage = 0, inRest
	return nil
}

// about returns what the call is about: the open propstat, or the response.
func (e *Encoder) about(call string) (*outcomeText, error) {
	switch {
	case e.fault() != nil:
		return nil, e.fault()
	case e.stage == inGroups:
		return &e.groups[e.open-1].rest, nil
	case e.stage == inStatusForm, e.stage == inRest:
		return &e.rest, nil
	}
	return nil, e.refuse(errOrder(call))
}

// Condition adds a precondition or postcondition that failed to the DAV:error of the open propstat, else of the response
// (RFC 4918, section 16), with the hrefs that some of them hold.
func (e *Encoder) Condition(n Name, hrefs ...Href) error {
	o, err := e.about("Condition")
	if err != nil {
		return err
	}
	if slices.Contains(hrefs, "") {
		return e.refuse(&EncodeError{Name: n, Err: errNoHref})
	}
	t := e.tag(n)
	if t == nil {
		return e.bad
	}
	if len(hrefs) == 0 {
		o.conditions = append(o.conditions, t.empty...)
		return nil
	}
	o.conditions = append(o.conditions, t.open...)
	for _, h := range hrefs {
		o.conditions = appendHrefElement(o.conditions, h)
	}
	o.conditions = append(o.conditions, t.end...)
	return nil
}

// Description says in words what happened, of the open propstat, else of the response. It may be called once for each.
func (e *Encoder) Description(s string) error {
	o, err := e.about("Description")
	switch {
	case err != nil:
		return err
	case len(o.description) > 0:
		return e.refuse(errOrder("Description"))
	}
	if err := e.checkText(s, ""); err != nil {
		return e.refuse(err)
	}
	if s == "" {
		return nil
	}
	o.description = appendTextElement(o.description, "D:responsedescription", s)
	return nil
}

// Location says where the resource is. It belongs beside a status 3xx (RFC 4918, section 14.9), which is not checked.
func (e *Encoder) Location(h Href) error {
	switch {
	case e.fault() != nil:
		return e.fault()
	case e.stage != inStatusForm && e.stage != inRest && e.stage != inGroups, len(e.rest.location) > 0:
		return e.refuse(errOrder("Location"))
	case h == "":
		return e.refuse(&EncodeError{Err: errNoHref})
	}
	b := append(e.rest.location, "<D:location>"...)
	e.rest.location = append(appendHrefElement(b, h), "</D:location>"...)
	return nil
}

// EndResponse ends the response: it needs a status, or a propstat. StartResponse, Encode, Trailer and Close do it too.
func (e *Encoder) EndResponse() error {
	switch {
	case e.fault() != nil:
		return e.fault()
	case e.stage == betweenResponses, e.stage == inHrefs, e.stage == afterTrailer:
		return e.refuse(errOrder("EndResponse"))
	case e.stage == inStatusForm:
		e.buf = appendStatus(e.line(e.buf, 2), e.status, "")
	default:
		e.endGroups()
	}
	b := e.appendRest(e.buf, &e.rest, 2)
	if len(e.rest.location) > 0 {
		b = append(e.line(b, 2), e.rest.location...)
	}
	e.buf = append(e.line(b, 1), "</D:response>"...)
	return e.complete()
}

// complete makes the unfinished response a whole one.
func (e *Encoder) complete() error {
	e.reply.reset()
	e.stage, e.whole = betweenResponses, len(e.buf)
	if e.whole >= chunkSize {
		return e.write()
	}
	return nil
}

// endGroups puts the propstats into their order.
func (e *Encoder) endGroups() {
	stays := e.homeStays()
	if stays {
		e.buf = e.endGroup(e.buf, &e.groups[0])
	} else {
		e.leaveHome()
	}
	for _, ok := range [...]bool{true, false} {
		for i := range e.groups {
			if g := &e.groups[i]; g.isOK() == ok && !g.isEmpty() && !(stays && i == 0) {
				e.buf = append(e.startGroup(e.buf), g.props...)
				e.buf = e.endGroup(e.buf, g)
			}
		}
	}
	if len(e.buf) == e.home { // all are empty
		e.buf = e.endGroup(e.startGroup(e.buf), &e.groups[0])
	}
}

// homeStays reports whether the propstat that was opened first is also to be written first.
func (e *Encoder) homeStays() bool {
	first := &e.groups[0]
	if first.isEmpty() || first.isOK() {
		return !first.isEmpty()
	}
	for i := range e.groups {
		if g := &e.groups[i]; g.isOK() && !g.isEmpty() {
			return false
		}
	}
	return true
}

// leaveHome takes the propstat that was opened first out of buf.
func (e *Encoder) leaveHome() {
	g := &e.groups[0]
	e.spare = e.startGroup(e.spare[:0])
	g.props = append(g.props[:0], e.buf[e.home+len(e.spare):]...)
	e.buf = e.buf[:e.home]
}

// endGroup ends a propstat whose properties are at the end of b.
func (e *Encoder) endGroup(b []byte, g *group) []byte {
	if g.count == 0 {
		b = append(b[:len(b)-len(">")], "/>"...)
	} else {
		b = append(e.line(b, 3), "</D:prop>"...)
	}
	b = appendStatus(e.line(b, 3), g.code, "")
	b = e.appendRest(b, &g.rest, 3)
	return append(e.line(b, 2), "</D:propstat>"...)
}

// appendRest appends DAV:error and DAV:responsedescription.
func (e *Encoder) appendRest(b []byte, o *outcomeText, depth int) []byte {
	if len(o.conditions) > 0 {
		b = append(e.line(b, depth), "<D:error>"...)
		b = append(append(b, o.conditions...), "</D:error>"...)
	}
	if len(o.description) > 0 {
		b = append(e.line(b, depth), o.description...)
	}
	return b
}

// DropResponse takes the unfinished response back, as if it had never begun, and the error with it that a call for it had.
func (e *Encoder) DropResponse() {
	if e.stage == betweenResponses || e.stage == afterTrailer {
		return
	}
	e.buf = e.buf[:e.start]
	e.reply.reset()
	e.bad, e.stage = nil, betweenResponses
}

var lineEnds = strings.NewReplacer("\r", " ", "\n", " ")

// appendStatus appends a DAV:status. An empty reason becomes the usual one, and a line end in it a space:
// a status is one status-line (RFC 4918, section 14.28).
func appendStatus(b []byte, code int, text string) []byte {
	if text = xmlscan.Trim(text); text == "" {
		text = usualReason(code)
	}
	switch {
	case code == 200 && text == "OK":
		return append(b, "<D:status>HTTP/1.1 200 OK</D:status>"...)
	case code == 404 && text == "Not Found":
		return append(b, "<D:status>HTTP/1.1 404 Not Found</D:status>"...)
	case strings.ContainsAny(text, "\r\n"):
		text = lineEnds.Replace(text)
	}
	b = append(b, "<D:status>HTTP/1.1 "...)
	b = append(strconv.AppendInt(b, int64(code), 10), ' ')
	return append(appendText(b, text), "</D:status>"...)
}

// usualReason is StatusText, or for an unknown code the name of its class (RFC 9110, section 15): some clients need a reason.
func usualReason(code int) string {
	if text := StatusText(code); text != "" {
		return text
	}
	classes := [...]string{1: "Informational", 2: "Successful", 3: "Redirection", 4: "Client Error", 5: "Server Error"}
	if class := code / 100; class < len(classes) {
		return classes[class]
	}
	return "Unknown"
}

func appendHrefElement(b []byte, h Href) []byte {
	b = appendHref(append(b, "<D:href>"...), h)
	return append(b, "</D:href>"...)
}

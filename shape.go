package multistatus

import "github.com/go-multistatus/multistatus/internal/xmlscan"

// Bodies repeat themselves: the markup of one response is that of the one before, and only the texts between differ.
// A shape is a response with room for other texts. One that follows a shape is read by comparing the markup with it;
// names, namespaces and structure need no work then, for they are those of a response that was read in the ordinary way.
// What fits no shape, for whatever reason, is read in the ordinary way as if nothing had happened:
// so is every response with a quirk or a fault.

// shape is what the responses have in common that follow it. An example, on one line in truth:
//
//	<response><href>/d/a</href><propstat><prop><getetag>1</getetag><x><y>b</y>z</x></prop>
//	<status>HTTP/1.1 200 OK</status></propstat></response>
//
// The slots are "/d/a", "1", "b" and the status; z is none, for no start tag precedes it. A response with the same markup, but with
// /d/c, 2 and e in these places, opens all but the status, which is markup until it differs too. Both hrefs begin with "/d/":
// these 3 bytes are kept, as a part of the literal before, so that only what follows them is looked at again. So lits are
//
//	0  <response><href>/d/
//	1  </href><propstat><prop><getetag>
//	2  </getetag><x><y>
//	3  </y>z</x></prop><status>HTTP/1.1 200 OK</status></propstat></response>
//
// and the runs of the second response, which stand between them, are "c", "2" and "e". Three fields hold an open slot. The setter
// of the href takes run 0 with the 3 bytes before it, that of getetag run 1. The content of x has elements, so its setter has
// no run, but edges: head, 13 bytes into lits[2], is behind <x>, and tail, 5 bytes into lits[3], is before </x>.
// The status comes with the model.
//
// Invariant: markup is a response as it was sent, with what stands before it, and was read without a quirk.
// It is lits[0], a text, lits[1], a text … lits[len(lits)-1]; the texts are those slots that are open, in order.
type shape struct {
	in     xmlscan.Context
	markup string
	slots  []slot
	fields []field

	lits  []string
	sets  []setter // of the fields that hold an open slot
	tag   int      // how many bytes before the end of markup its last tag begins
	model Response // with the texts of markup
	id    int

	// shares has how many literals at the beginning are those of the shape with an id.
	// Invariant: it is right for each two shapes that are active together. These have the same context, which is that of a
	// whole document; so they are all active whenever the literals of one change, and compile compares that with all the others.
	// For a shape of another context it may be that of one whose id this one has now.
	shares [maxShapes]int
}

// slot is a text in the markup of a shape. It is open if it may differ, but for its first bytes.
type slot struct {
	from, to int
	open     bool
	kept     int // bytes at its beginning that may not differ and are plain: the part of an href that all have in common
}

// fieldKind is what a part of a Response means.
type fieldKind uint8

const (
	fieldNone fieldKind = iota // it is checked and forgotten: a property that is not selected
	fieldHref
	fieldStatus
	fieldProp
	fieldError
	fieldDescription
	fieldLocation
)

// field is the content of an element that a Response keeps, in the markup of a shape.
type field struct {
	kind     fieldKind
	stat     int // index of the propstat, or -1 if it is the response's own
	index    int // of the property in that, or of the href
	from, to int
}

// setter sets a field from what was found in the place of open slots.
type setter struct {
	field
	run        int // that is the whole content, but for the first bytes; -1 if it has elements
	kept       int // those bytes
	head, tail edge
}

// edge is a place in a literal.
type edge struct{ lit, off int }

const (
	maxShapes    = 16
	maxShapeSize = 16 << 10 // bytes of markup
	maxSlots     = 1 << 8
	fewSlots     = 16 // for how many there is room at first
)

// shapes is what a Decoder has learned of the responses that it has read, also in earlier documents.
type shapes struct {
	off    bool     // for tests
	list   []*shape // the one that fitted last first
	active int      // how many at the beginning of list are for the document under way; the others are for other ones
	runs   []xmlscan.Run

	early  bool // it may pay to learn of the first response of the document
	seen   int  // responses of the document
	fitted int  // and how many of them fitted
	credit int  // how many times more no shape may fit, in later documents too; 0 before the first
	pause  int  // how many responses are to be read before the next try
	dull   int  // how many times in a row trying did not pay, in earlier documents too
	trace  trace
}

// Trying costs something, and learning allocates, so it has to pay: each time that no shape fits takes from the credit, each one
// that fits gives back. When there is none left, there is a pause, longer each time, up to 16 384 responses.
const (
	firstCredit = 8
	laterCredit = 2 // where it did not pay before
	maxCredit   = 32
	longPause   = 256
	veryDull    = 3 // then the pause goes on in the next document
	maxDull     = 6
)

// forget lets go of what was learned, which does not hold with other options.
func (s *shapes) forget() { *s = shapes{off: s.off} }

// begin makes s ready for a document, whose root's content is in that context.
func (s *shapes) begin(in xmlscan.Context) {
	if s.credit == 0 || s.credit > firstCredit {
		s.credit = firstCredit
	}
	if s.dull <= veryDull {
		s.pause = 0
	}
	if s.seen > 0 { // who reads short documents reads the first responses of many
		s.early = s.seen <= firstCredit || s.fitted >= s.seen/2
	}
	s.seen, s.fitted, s.active = 0, 0, 0
	for k, sh := range s.list {
		if sh.in == in {
			s.move(k, s.active)
			s.active++
		}
	}
}

// move moves the shape at k down to i.
func (s *shapes) move(k, i int) {
	if k == i {
		return
	}
	sh := s.list[k]
	copy(s.list[i+1:k+1], s.list[i:k])
	s.list[i] = sh
}

// replay reads the next response into r if it follows a shape. If it does not, r is as it was or holds anything.
func (d *Decoder) replay(r *Response) bool {
	s := &d.shapes
	if s.active == 0 || s.pause > 0 || !d.scan.Between() {
		return false
	}
	sh, end, lacking := s.match(&d.scan)
	if lacking {
		busy := d.busy
		d.busy = true
		d.scan.More()
		d.busy = busy
		sh, end, lacking = s.match(&d.scan)
	}
	if sh == nil || !d.fill(r, sh, end) {
		if !lacking {
			s.missed()
		}
		return false
	}
	s.credit = min(s.credit+1, maxCredit)
	s.dull = max(0, s.dull-1)
	s.seen++
	s.fitted++
	d.responses++
	d.scan.Pass(end-sh.tag, end)
	return true
}

// missed tells that no shape has fitted.
func (s *shapes) missed() {
	if s.credit--; s.credit <= 0 {
		s.credit, s.pause = laterCredit, longPause<<s.dull
		s.dull = min(s.dull+1, maxDull)
	}
}

// match finds the shape that the next response follows, and where in the window that ends. It is lacking if more of the text
// may show that there is one.
func (s *shapes) match(scan *scanner) (sh *shape, end int, lacking bool) {
	start := scan.Pos()
	lit, at := 0, start
	for k := 0; k >= 0; {
		sh = s.list[k]
		lit, at = scan.Match(sh.lits, s.runs, lit, at)
		switch {
		case lit == len(sh.lits):
			s.move(k, 0)
			return sh, at, false
		case lit < 0:
			return nil, 0, false
		}
		lacking = lacking || scan.Lacks(sh.lits[lit], at)
		if k, lit = s.branch(k, lit); lit > 0 {
			at = s.runs[lit-1].To
		} else {
			at = start
		}
	}
	return nil, 0, lacking
}

// branch returns the index of the next shape that may be followed where that at k was not from the literal lit on, and from which
// literal on that is to be seen: it differs from that at k there, or before. The index is -1 if there is none.
func (s *shapes) branch(k, lit int) (next, from int) {
	id := s.list[k].id
	for i := k + 1; i < s.active; i++ {
		if from = s.list[i].shares[id]; from <= lit {
			return i, from
		}
	}
	return -1, 0
}

// fill makes r the response that follows sh and ends at end. It reports whether that is what the ordinary way would read.
func (d *Decoder) fill(r *Response, sh *shape, end int) bool {
	if int64(end-d.scan.Pos()) > d.limits.response {
		return false
	}
	r.become(&sh.model)
	for i := range sh.sets {
		t := &sh.sets[i]
		ok := false
		switch {
		case t.run >= 0 && t.kind == fieldProp:
			ok = d.setPlain(r, t)
		case t.run >= 0 && t.kept > 0:
			ok = d.setHref(r, t)
		default:
			ok = d.set(r, t)
		}
		if !ok {
			return false
		}
	}
	return true
}

// setPlain is set for a property that holds nothing but character data: the most common field.
func (d *Decoder) setPlain(r *Response, t *setter) bool {
	run := &d.shapes.runs[t.run]
	v := &r.Propstats[t.stat].Props[t.index].Value
	v.raw, v.plain = d.scan.Text(run.From, run.To), run.Plain()
	return int64(len(v.raw)) <= d.limits.value
}

// setHref is set for an href whose beginning was checked. What usualHref takes needs no trimming.
func (d *Decoder) setHref(r *Response, t *setter) bool {
	run := &d.shapes.runs[t.run]
	text := d.scan.Text(run.From-t.kept, run.To)
	if !run.Plain() || int64(len(text)) > d.limits.text || !usualTail(text, t.kept) {
		return d.set(r, t)
	}
	*r.href(t.index) = Href(text)
	return true
}

// set sets one field, and reports whether it is within its limit and without a quirk.
func (d *Decoder) set(r *Response, t *setter) bool {
	run := d.shapes.find(t, d.scan.Pos())
	size := int64(run.To - run.From)
	switch t.kind {
	case fieldProp, fieldError:
		v := r.valueOf(&t.field)
		v.raw, v.plain = d.scan.Text(run.From, run.To), t.run >= 0 && run.Plain()
		return size <= d.limits.value
	case fieldNone:
		return size <= d.limits.value
	}
	return size <= d.limits.text && r.setText(t, xmlscan.Trim(d.scan.Meaning(run)))
}

// find returns where in the window the content of a field is, in the response that was matched, which begins at start.
func (s *shapes) find(t *setter, start int) xmlscan.Run {
	if t.run < 0 {
		return xmlscan.Run{From: s.at(t.head, start), To: s.at(t.tail, start)}
	}
	run := s.runs[t.run]
	run.From -= t.kept
	return run
}

// valueOf returns the Value of a property or an error.
func (r *Response) valueOf(f *field) *Value {
	switch {
	case f.kind == fieldProp:
		return &r.Propstats[f.stat].Props[f.index].Value
	case f.stat < 0:
		return &r.Error
	}
	return &r.Propstats[f.stat].Error
}

// href returns the one with an index among all hrefs.
func (r *Response) href(i int) *Href {
	if i > 0 {
		return &r.MoreHrefs[i-1]
	}
	return &r.Href
}

// setText sets a field that is no Value, and reports whether the text has no quirk.
func (r *Response) setText(t *setter, text string) bool {
	switch t.kind {
	case fieldHref:
		*r.href(t.index) = Href(text)
		return text != "" && scanHref(text) == 0
	case fieldLocation:
		r.Location = Href(text)
		return scanHref(text) == 0
	case fieldStatus:
		status, form := scanStatus(text)
		if t.stat < 0 {
			r.Status = status
		} else {
			r.Propstats[t.stat].Status = status
		}
		return form == 0
	}
	if t.stat < 0 {
		r.Description = text
	} else {
		r.Propstats[t.stat].Description = text
	}
	return true
}

// at returns where in the window an edge is of the response that was matched, which begins at start.
func (s *shapes) at(e edge, start int) int {
	if e.lit > 0 {
		start = s.runs[e.lit-1].To
	}
	return start + e.off
}

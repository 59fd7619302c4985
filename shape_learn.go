package multistatus

import (
	"slices"
	"strings"

	"github.com/go-multistatus/multistatus/internal/xmlscan"
)

// trace notes where the fields of a response stand that is read in the ordinary way.
type trace struct {
	on     bool
	from   int64 // behind the response before
	told   int   // quirks that were told before it
	stat   int   // index of the propstat under way, or -1
	prop   int   // of the property
	href   int
	fields []field // with offsets from there
}

// add notes a field whose content stands between two offsets. An empty-element tag ends before its content would begin.
func (t *trace) add(kind fieldKind, from, to int64) {
	if !t.on || to < from {
		return
	}
	if len(t.fields) == maxSlots {
		t.on = false
		return
	}
	f := field{kind: kind, stat: t.stat, from: int(from - t.from), to: int(to - t.from)}
	switch kind {
	case fieldProp:
		f.index = t.prop
	case fieldHref:
		f.index = t.href
	}
	if t.fields == nil {
		t.fields = make([]field, 0, fewSlots)
	}
	t.fields = append(t.fields, f)
}

// keepStatus forgets the status of the propstat under way, so that it is markup: what the propstat names depends on it.
func (t *trace) keepStatus() {
	t.fields = slices.DeleteFunc(t.fields, func(f field) bool { return f.kind == fieldStatus && f.stat == t.stat })
}

// watch makes the trace ready for what comes next, if there may be something to learn of it.
// Nothing is learned of the first response of all, which may be the only one.
func (d *Decoder) watch() {
	s := &d.shapes
	if s.trace.on = !s.off && (s.seen > 0 || s.early) && s.pause == 0; s.trace.on {
		s.trace = trace{on: true, from: d.scan.Offset(), told: d.told, stat: -1, fields: s.trace.fields[:0]}
	}
}

// learn takes the response that was just read as an example.
func (d *Decoder) learn(r *Response) {
	s := &d.shapes
	s.seen++
	t := &s.trace
	if !t.on {
		s.pause = max(0, s.pause-1)
		return
	}
	t.on = false
	markup, ok := d.scan.Since(t.from)
	if !ok || d.told != t.told || len(markup) > maxShapeSize {
		return
	}
	slots := findSlots(markup, t.fields)
	if len(slots) > maxSlots {
		return
	}
	for k, sh := range s.list[:s.active] {
		if sh.sameMarkup(markup, slots) && slices.EqualFunc(sh.fields, t.fields, sameField) {
			s.open(sh, markup, slots)
			s.move(k, 0)
			return
		}
	}
	if s.active == 0 {
		s.missed() // nothing was tried, and learning may not pay either
	}
	s.add(&shape{in: d.scan.Context(), markup: strings.Clone(markup), slots: slots, fields: slices.Clone(t.fields), model: *r.Clone()})
}

// findSlots returns the texts in markup that are, or are in, the content of a field.
func findSlots(markup string, fields []field) []slot {
	slots := make([]slot, 0, len(fields))
	for _, f := range fields {
		content := markup[f.from:f.to]
		if strings.IndexByte(content, '<') < 0 {
			s := slot{from: f.from, to: f.to}
			if f.kind == fieldHref {
				s.open, s.kept = true, hrefBase(plainStart(content))
			}
			slots = append(slots, s)
			continue
		}
		n := len(slots)
		if !xmlscan.LeafTexts(content, func(from, to int) { slots = append(slots, slot{from: f.from + from, to: f.from + to}) }) {
			slots = slots[:n]
		}
	}
	return slots
}

func sameField(a, b field) bool { return a.kind == b.kind && a.stat == b.stat && a.index == b.index }

// sameMarkup reports whether markup is that of sh but for the texts in the slots.
func (sh *shape) sameMarkup(markup string, slots []slot) bool {
	if len(slots) != len(sh.slots) {
		return false
	}
	i, j := 0, 0
	for k, o := range sh.slots {
		n := slots[k]
		if sh.markup[i:o.from] != markup[j:n.from] {
			return false
		}
		i, j = o.to, n.to
	}
	return sh.markup[i:] == markup[j:]
}

// open opens the slots of sh in which another response with its markup has another text.
func (s *shapes) open(sh *shape, markup string, slots []slot) {
	for k := range sh.slots {
		o, n := &sh.slots[k], slots[k]
		was, is := sh.markup[o.from:o.to], markup[n.from:n.to]
		o.open = o.open || was != is
		if o.kept > 0 {
			o.kept = hrefBase(was[:min(o.kept, commonPrefix(was, is))])
		}
	}
	s.compile(sh)
}

// add adds a shape, in the place of that which was of no use for the longest time if there are too many.
func (s *shapes) add(sh *shape) {
	sh.id = len(s.list)
	if sh.id == maxShapes {
		sh.id = s.list[maxShapes-1].id
		s.list = s.list[:maxShapes-1]
		s.active = min(s.active, len(s.list))
	}
	if s.list == nil {
		s.list = make([]*shape, 0, maxShapes/2)
	}
	s.list = slices.Insert(s.list, 0, sh)
	s.active++
	s.compile(sh)
}

// compile derives what is needed to match sh, after slots were opened.
func (s *shapes) compile(sh *shape) {
	n := 0
	for _, o := range sh.slots {
		if o.open {
			n++
		}
	}
	sh.lits, sh.sets = slices.Grow(sh.lits[:0], n+1), slices.Grow(sh.sets[:0], n)
	at := 0
	for _, o := range sh.slots {
		if o.open {
			sh.lits = append(sh.lits, sh.markup[at:o.from+o.kept])
			at = o.to
		}
	}
	sh.lits = append(sh.lits, sh.markup[at:])
	if len(s.runs) < len(sh.lits) {
		s.runs = make([]xmlscan.Run, 2*len(sh.lits))
	}
	sh.tag = len(sh.markup) - strings.LastIndexByte(sh.markup, '<')
	for _, f := range sh.fields {
		if t := sh.setter(f); t.head.lit != t.tail.lit {
			sh.sets = append(sh.sets, t)
		}
	}
	for _, other := range s.list[:s.active] {
		n := commonLen(sh.lits, other.lits)
		sh.shares[other.id], other.shares[sh.id] = n, n
	}
}

// setter returns what sets f. Its edges are in the same literal if f holds no open slot.
func (sh *shape) setter(f field) setter {
	t := setter{field: f, run: -1}
	head, tail := 0, 0 // where the literals begin that the edges are in
	for _, o := range sh.slots {
		switch {
		case !o.open:
			continue
		case o.from < f.from:
			t.head.lit++
			head = o.to
		case o.from == f.from:
			t.kept = o.kept
		}
		if o.to <= f.to {
			t.tail.lit++
			tail = o.to
		}
	}
	t.head.off, t.tail.off = f.from-head, f.to-tail
	if strings.IndexByte(sh.markup[f.from:f.to], '<') < 0 {
		t.run = t.head.lit
	}
	return t
}

// plainStart returns the beginning of character data that can stand for itself whatever follows it.
func plainStart(text string) string {
	for i := range len(text) {
		if c := text[i]; c <= ' ' || c > '~' || c == '&' || c == ']' {
			return text[:i]
		}
	}
	return text
}

// commonPrefix returns how many bytes at the beginning of a and b are the same.
func commonPrefix(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

// commonLen returns how many elements at the beginning of a and b are the same.
func commonLen(a, b []string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

package multistatus

import "github.com/go-multistatus/multistatus/internal/xmlscan"

// seenChildren is the set of children that may stand once and have been met.
type seenChildren uint8

const (
	seenStatus seenChildren = 1 << iota
	seenError
	seenDescription
	seenLocation
	seenProp
	seenSyncToken
)

// first adds c and reports whether it is the first.
func (s *seenChildren) first(c seenChildren) bool {
	had := *s&c != 0
	*s |= c
	return !had
}

func (s seenChildren) has(c seenChildren) bool { return s&c != 0 }

// within sets the scanner's bound for the element that was just opened, and returns the one before.
func (d *Decoder) within(limit string, max, from int64) (outer xmlscan.Bound) {
	outer = d.scan.Bound
	if end := from + max; end < outer.End {
		d.scan.Bound = xmlscan.Bound{Limit: limit, Max: max, Mark: d.scan.Top().Off, End: end}
	}
	return outer
}

// response reads the response that was just opened.
func (d *Decoder) response(r *Response) bool {
	d.known.trim(&d.scan)
	d.responses++
	d.scan.SetIndex(d.responses)
	from := d.scan.Top().Off
	d.within("MaxResponseBytes", d.limits.response, from)
	c := responseCounts{}
	for {
		switch a := d.child(inResponse); a {
		case childEnd:
			return d.checkSize(from) && d.endResponse(r, c)
		case broken:
			return d.failed()
		default:
			if !d.responseChild(a, r, &c) {
				return false
			}
		}
	}
}

// checkSize holds the response that has just ended against its limit, which its last tag may pass.
func (d *Decoder) checkSize(from int64) bool {
	if d.scan.Offset()-from > d.limits.response {
		d.err = d.errorAt(from, d.scan.ClosedPath(), &LimitError{"MaxResponseBytes", d.limits.response})
	}
	return d.err == nil
}

// responseCounts is what was met in a response.
type responseCounts struct {
	seen      seenChildren
	hrefs     int
	propstats int
	props     int
}

func (d *Decoder) responseChild(a action, r *Response, c *responseCounts) bool {
	switch a {
	case readHref:
		return d.addHref(r, c)
	case readPropstat:
		return d.propstat(r, c)
	case readStatus:
		return d.status(&r.Status, c.seen.first(seenStatus))
	case readError:
		return d.errorValue(&r.Error, c.seen.first(seenError))
	case readDescription:
		return d.text(&r.Description, c.seen.first(seenDescription))
	}
	return d.location(&r.Location, c.seen.first(seenLocation))
}

// endResponse tells what is missing in the response that has just ended.
func (d *Decoder) endResponse(r *Response, c responseCounts) bool {
	status, propstats := c.seen.has(seenStatus), len(r.Propstats) > 0
	switch {
	case c.hrefs == 0 && !d.closed(QuirkResponseNoHref):
	case r.Status.IsZero() && !propstats && !d.closed(QuirkResponseHrefOnly):
	case status && propstats && !d.closed(QuirkResponseBoth):
	case c.hrefs > 1 && propstats && !d.closed(QuirkResponseMultiHrefPropstat):
	default:
		return true
	}
	return false
}

// closed tells a quirk of the element that has just ended, and reports whether it is forgiven.
func (d *Decoder) closed(q Quirk) bool {
	d.err = d.quirkAtClosed(q, "")
	return d.err == nil
}

// propstat reads the propstat that was just opened.
func (d *Decoder) propstat(r *Response, c *responseCounts) bool {
	if c.propstats++; c.propstats > d.limits.props {
		return d.tooMany("MaxProps", d.limits.props)
	}
	p := d.sizes.addPropstat(r)
	d.shapes.trace.stat = len(r.Propstats) - 1
	d.scan.SetIndex(len(r.Propstats))
	d.known.group++
	d.passed = Name{}
	var seen seenChildren
	for {
		switch d.child(inPropstat) {
		case readProp:
			if !seen.first(seenProp) && !d.again(QuirkPropstatMultiProp) || !d.prop(p, c) {
				return false
			}
		case readStatus:
			if !d.status(&p.Status, seen.first(seenStatus)) {
				return false
			}
		case readError:
			if !d.errorValue(&p.Error, seen.first(seenError)) {
				return false
			}
		case readDescription:
			if !d.text(&p.Description, seen.first(seenDescription)) {
				return false
			}
		case childEnd:
			d.sizes.sawPropstat(r)
			return d.endPropstat(p, seen)
		default:
			return d.failed()
		}
	}
}

func (d *Decoder) endPropstat(p *Propstat, seen seenChildren) bool {
	if len(p.Props) == 0 && d.passed != (Name{}) {
		d.shapes.trace.keepStatus()
		if !p.OK() {
			p.Props = append(p.Props, Property{Name: d.passed})
		}
	}
	d.shapes.trace.stat = -1
	if p.Status.IsZero() && !d.closed(QuirkPropstatNoStatus) {
		return false
	}
	return seen.has(seenProp) || d.closed(QuirkPropstatNoProp)
}

// sizes is how many propstats the response before had, and how many properties those at an index:
// responses are alike, and slices that are new need not grow then.
type sizes struct {
	propstats int
	props     [2]int // of the first propstat, and of those after it
}

// usualProps is how many properties are guessed at first.
const usualProps = 8

// maxGuess bounds what is allocated on a guess.
const maxGuess = 64

// addPropstat appends a zero element to the propstats, which keeps the slice of one that was used before.
// That is wiped once more: who has cut the propstats short may have left something there that wipe has not seen.
func (z *sizes) addPropstat(r *Response) *Propstat {
	n := len(r.Propstats)
	switch {
	case n < cap(r.Propstats):
		r.Propstats = r.Propstats[:n+1]
		r.Propstats[n] = Propstat{Props: wiped(r.Propstats[n].Props, isZeroProperty)}
	case n == 0:
		r.Propstats = make([]Propstat, 1, max(2, z.propstats))
	default:
		r.Propstats = append(r.Propstats, Propstat{})
	}
	p := &r.Propstats[n]
	if p.Props == nil {
		guess := z.props[min(n, 1)]
		if z.propstats <= n {
			guess = usualProps
		}
		if guess > 0 {
			p.Props = make([]Property, 0, guess)
		}
	}
	return p
}

// sawPropstat remembers the last propstat of r.
func (z *sizes) sawPropstat(r *Response) {
	n := len(r.Propstats)
	z.propstats = min(n, maxGuess)
	z.props[min(n-1, 1)] = min(len(r.Propstats[n-1].Props), maxGuess)
}

// prop reads the prop that was just opened.
func (d *Decoder) prop(p *Propstat, c *responseCounts) bool {
	d.free = true
	ok := d.properties(p, c)
	d.free = false
	return ok
}

func (d *Decoder) properties(p *Propstat, c *responseCounts) bool {
	var child xmlscan.Child
	for {
		for d.shortProperty(&child, p, c) {
		}
		switch d.scan.Next() {
		case xmlscan.Start:
			if !d.property(p, c) {
				return false
			}
		case xmlscan.End:
			return true
		default:
			return d.failed()
		}
	}
}

// shortProperty reads a property that needs no further looking at, which most do not. It does nothing where it cannot tell.
func (d *Decoder) shortProperty(child *xmlscan.Child, p *Propstat, c *responseCounts) bool {
	if c.props >= d.limits.props || !d.scan.Child(child, d.limits.value) {
		return false
	}
	known := d.known.meet(child.Entry, d.opts.Select)
	if known.group == d.known.group {
		return false
	}
	known.group = d.known.group
	c.props++
	d.scan.Take(child)
	kind := fieldNone
	if known.keep {
		kind = fieldProp
		d.shapes.trace.prop = len(p.Props)
		p.Props = append(p.Props, Property{Name(child.Name), d.scan.Lang, Value{
			raw: d.scan.Text(child.From, child.To), scope: d.scan.Scope, plain: child.Plain(),
		}})
	} else {
		d.passed = Name(child.Name)
	}
	d.shapes.trace.add(kind, d.scan.OffsetOf(child.From), d.scan.TokenOffset())
	return true
}

// property reads the property that was just opened.
func (d *Decoder) property(p *Propstat, c *responseCounts) bool {
	if c.props++; c.props > d.limits.props {
		return d.tooMany("MaxProps", d.limits.props)
	}
	o := d.scan.Top()
	known := d.known.meet(o.Entry, d.opts.Select)
	if known.group == d.known.group && !d.again(QuirkPropDuplicated) {
		return false
	}
	known.group = d.known.group
	if !known.keep {
		d.passed = Name(o.Name)
		return d.value(fieldNone, nil)
	}
	d.shapes.trace.prop = len(p.Props)
	p.Props = append(p.Props, Property{Name: Name(o.Name), Lang: d.scan.Lang})
	return d.value(fieldProp, &p.Props[len(p.Props)-1].Value)
}

// again tells a quirk of the element that was just opened, and reports whether it is forgiven.
func (d *Decoder) again(q Quirk) bool {
	d.err = d.quirkAtTop(q, d.scan.Top().Name.Local)
	return d.err == nil
}

func (d *Decoder) tooMany(limit string, max int) bool {
	d.err = d.errorAt(d.scan.Top().Off, d.scan.Path(), &LimitError{limit, int64(max)})
	return false
}

// errorValue reads the DAV:error that was just opened. Only the first counts.
func (d *Decoder) errorValue(v *Value, first bool) bool {
	if !first && !d.again(QuirkChildDuplicated) {
		return false
	}
	if !first {
		v = nil
	}
	d.free = true
	ok := d.value(fieldError, v)
	d.free = false
	return ok
}

// value reads the element that was just opened into v, or over it if that is nil.
func (d *Decoder) value(kind fieldKind, v *Value) bool {
	from := d.scan.Offset()
	ok := v != nil && d.leafValue(v) || d.longValue(v)
	if ok {
		d.shapes.trace.add(kind, from, d.scan.TokenOffset())
	}
	return ok
}

func (d *Decoder) longValue(v *Value) bool {
	outer := d.within("MaxValueBytes", d.limits.value, d.scan.Offset())
	ok := true
	if v != nil {
		ok = d.keepValue(v)
	} else {
		ok = d.scan.Skip()
	}
	d.unbound.forget()
	d.scan.Bound = outer
	return ok || d.failed()
}

// leafValue is value for what needs no further looking at, which is most of them.
func (d *Decoder) leafValue(v *Value) (ok bool) {
	if len(d.unbound.list) > 0 {
		return false
	}
	attrs, scope := d.scan.AttrMarkup(), d.scan.Scope
	c, ok := d.scan.Leaf(d.limits.value)
	if ok {
		v.raw, v.attrs, v.scope, v.plain = c.Raw, attrs, scope, c.Plain
	}
	return ok
}

func (d *Decoder) keepValue(v *Value) bool {
	v.attrs, v.scope = d.scan.AttrMarkup(), d.scan.Scope
	c, ok := d.scan.Content()
	v.raw, v.plain = c.Raw, c.Plain
	for _, prefix := range d.unbound.list {
		v.scope = d.scan.BindIn(v.scope, prefix, unboundSpace(prefix))
	}
	return ok
}

// ownText reads the text of the element that was just opened, without white space around it.
func (d *Decoder) ownText(kind fieldKind) (text string, ok bool) {
	from := d.scan.Offset()
	if c, ok := d.scan.Leaf(d.limits.text); ok {
		d.shapes.trace.add(kind, from, d.scan.TokenOffset())
		return xmlscan.Trim(c.Text()), true
	}
	outer := d.within("MaxTextBytes", d.limits.text, d.scan.Offset())
	d.free = true
	text, ok = d.scan.OwnText(kind == fieldHref || kind == fieldLocation)
	d.free = false
	d.unbound.forget()
	d.scan.Bound = outer
	if !ok {
		return "", d.failed()
	}
	return xmlscan.Trim(text), true
}

// text reads the description that was just opened. Only the first counts.
func (d *Decoder) text(s *string, first bool) bool {
	if !first && !d.again(QuirkChildDuplicated) {
		return false
	}
	text, ok := d.ownText(fieldDescription)
	if first {
		*s = text
	}
	return ok
}

// token reads the sync-token that was just opened. The last one counts.
func (d *Decoder) token() bool {
	if !d.seen.first(seenSyncToken) && !d.again(QuirkSyncTokenMulti) {
		return false
	}
	text, ok := d.ownText(fieldNone)
	d.syncToken = text
	return ok && (text != "" || d.closed(QuirkSyncTokenMissing))
}

// status reads the status that was just opened. Only the first counts.
func (d *Decoder) status(s *Status, first bool) bool {
	if !first && !d.again(QuirkChildDuplicated) {
		return false
	}
	text, ok := d.ownText(fieldStatus)
	if !ok {
		return false
	}
	status, form := scanStatus(text)
	if first {
		*s = status
	}
	return form == 0 || d.tellStatus(form, text)
}

// addHref reads the href of a response that was just opened.
func (d *Decoder) addHref(r *Response, c *responseCounts) bool {
	if c.hrefs++; c.hrefs > d.limits.hrefs {
		return d.tooMany("MaxHrefs", d.limits.hrefs)
	}
	d.shapes.trace.href = c.hrefs - 1
	h, ok := d.href(fieldHref)
	switch {
	case !ok:
		return false
	case c.hrefs == 1:
		r.Href = h
	default:
		r.MoreHrefs = append(r.MoreHrefs, h)
	}
	return h != "" || d.closed(QuirkResponseNoHref)
}

// href reads the href that was just opened.
func (d *Decoder) href(kind fieldKind) (Href, bool) {
	text, ok := d.ownText(kind)
	if !ok {
		return "", false
	}
	if form := scanHref(text); form != 0 && !d.tellHref(form, text) {
		return "", false
	}
	return Href(text), true
}

// location reads the location that was just opened: its first href. Only the first location counts.
func (d *Decoder) location(h *Href, first bool) bool {
	if !first && !d.again(QuirkChildDuplicated) {
		return false
	}
	for n := 0; ; {
		switch d.child(inLocation) {
		case readHref:
			n++
			if n > 1 && !d.again(QuirkChildDuplicated) {
				return false
			}
			got, ok := d.href(fieldLocation)
			if !ok {
				return false
			}
			if first && n == 1 {
				*h = got
			}
		case childEnd:
			return true
		default:
			return d.failed()
		}
	}
}

package multistatus

import "strings"

// wipe makes r zero but for the slices, which keep their memory. It clears them to their capacity,
// so that nothing stale is kept alive: beyond what is in use, as far as something is left there.
func (r *Response) wipe() {
	*r = Response{MoreHrefs: wiped(r.MoreHrefs, isZeroHref), Propstats: wipedPropstats(r.Propstats)}
}

// become makes r equal to model, which is of the same shape as a rule, in the memory of r's slices; what is beyond is cleared.
//
// The caller may have changed the elements of the slices, appended to them and cut them at either end: nothing of what they hold
// is read but the slices of the propstats, and those that are used get a new length and new elements. Only that no two slices
// share memory is taken for granted, and, as in wiped, that a tail is clean if its first element is:
// who cuts a slice before a zero element keeps alive what is behind that, but is never handed it again.
func (r *Response) become(model *Response) {
	stats, n := r.Propstats, len(model.Propstats)
	switch {
	case cap(stats) < n:
		stats = append(stats[:cap(stats)], make([]Propstat, n-cap(stats))...)
	case cap(stats) > n && (len(stats) > n || !isZeroPropstat(&stats[:n+1][n])):
		wipedPropstats(stats[n:max(n, len(stats))])
	}
	stats = stats[:n]
	for i := range stats {
		p, m := &stats[i], &model.Propstats[i]
		p.Props = refitProps(p.Props, m.Props)
		p.Status, p.Error, p.Description = m.Status, m.Error, m.Description
	}
	hrefs := r.MoreHrefs
	if len(model.MoreHrefs) > 0 || cap(hrefs) > 0 {
		hrefs = refitHrefs(hrefs, model.MoreHrefs)
	}
	r.Href, r.Status = model.Href, model.Status
	r.MoreHrefs, r.Propstats = hrefs, stats
	r.Error, r.Description, r.Location = model.Error, model.Description, model.Location
}

// refitProps returns the elements of src in the memory of dst, if that is enough, and clears what is beyond as wiped does:
// up to len(dst), and from there on unless the first element is zero. It does not matter what dst holds, nor how long it is.
func refitProps(dst, src []Property) []Property {
	n := len(src)
	switch {
	case cap(dst) < n:
		return append([]Property(nil), src...)
	case cap(dst) > n && (len(dst) > n || !isZeroProperty(&dst[:n+1][n])):
		wiped(dst[n:max(n, len(dst))], isZeroProperty)
	}
	dst = dst[:n]
	copy(dst, src)
	return dst
}

// refitHrefs is refitProps for hrefs.
func refitHrefs(dst, src []Href) []Href {
	n := len(src)
	if cap(dst) < n {
		return append([]Href(nil), src...)
	}
	wiped(dst[n:max(n, len(dst))], isZeroHref)
	dst = dst[:n]
	copy(dst, src)
	return dst
}

func isZeroHref(h *Href) bool   { return *h == "" }
func isZeroValue(v *Value) bool { return v.raw == "" && v.attrs == "" }
func isZeroProperty(p *Property) bool {
	return p.Name == Name{} && p.Lang == "" && isZeroValue(&p.Value)
}
func isZeroPropstat(p *Propstat) bool {
	return len(p.Props) == 0 && p.Status.IsZero() && isZeroValue(&p.Error) && p.Description == ""
}

// wiped returns s without elements, cleared. What lies beyond len(s) is clean as a rule, for it was cleared when it was
// used last, and is not gone through if its first element is clean: time is spent on what a response holds,
// and not on what the largest one before it held.
func wiped[T any](s []T, isZero func(*T) bool) []T {
	clear(s)
	if tail := s[len(s):cap(s)]; len(tail) > 0 && !isZero(&tail[0]) {
		clear(tail)
	}
	return s[:0]
}

// wipedPropstats is wiped, but keeps the memory of their slices.
func wipedPropstats(s []Propstat) []Propstat {
	used := s
	if tail := s[len(s):cap(s)]; len(tail) > 0 && !isZeroPropstat(&tail[0]) {
		used = s[:cap(s)]
	}
	for i := range used {
		used[i] = Propstat{Props: wiped(used[i].Props, isZeroProperty)}
	}
	return s[:0]
}

// Clone returns a copy of r that shares no memory with the text from which r was decoded, nor any slice with r.
// The texts of the copy are parts of one string. Names are those of r: a Decoder's share nothing with its text, but those from
// [Value.Elements] and [Property.Properties] do.
func (r *Response) Clone() *Response {
	var c cloner
	c.Grow(r.textLen())
	n := *r
	n.Href = Href(c.text(string(r.Href)))
	n.MoreHrefs = nil
	for _, h := range r.MoreHrefs {
		n.MoreHrefs = append(n.MoreHrefs, Href(c.text(string(h))))
	}
	n.Status.Reason = c.text(r.Status.Reason)
	n.Propstats = nil
	for i := range r.Propstats {
		n.Propstats = append(n.Propstats, c.propstat(&r.Propstats[i]))
	}
	n.Error = c.value(r.Error)
	n.Description = c.text(r.Description)
	n.Location = Href(c.text(string(r.Location)))
	return &n
}

// cloner makes copies of texts that are parts of one string, if it was made to grow enough.
type cloner struct{ strings.Builder }

func (c *cloner) text(s string) string {
	i := c.Len()
	c.WriteString(s)
	return c.String()[i:]
}

func (c *cloner) value(v Value) Value {
	v.raw, v.attrs = c.text(v.raw), c.text(v.attrs)
	return v
}

func (c *cloner) propstat(p *Propstat) Propstat {
	n := Propstat{Status: Status{p.Status.Code, c.text(p.Status.Reason)}}
	if p.Props != nil {
		n.Props = make([]Property, len(p.Props))
	}
	for i := range p.Props {
		n.Props[i] = Property{p.Props[i].Name, p.Props[i].Lang, c.value(p.Props[i].Value)}
	}
	n.Error, n.Description = c.value(p.Error), c.text(p.Description)
	return n
}

// textLen returns the length of all texts in r.
func (r *Response) textLen() int {
	n := len(r.Href) + len(r.Status.Reason) + r.Error.textLen() + len(r.Description) + len(r.Location)
	for _, h := range r.MoreHrefs {
		n += len(h)
	}
	for i := range r.Propstats {
		p := &r.Propstats[i]
		n += len(p.Status.Reason) + p.Error.textLen() + len(p.Description)
		for j := range p.Props {
			n += p.Props[j].Value.textLen()
		}
	}
	return n
}

func (v *Value) textLen() int { return len(v.raw) + len(v.attrs) }

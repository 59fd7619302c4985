package multistatus

import (
	"encoding"
	"slices"
	"strconv"
	"time"
)

// prop returns the tag for a property of that name and where to write it, or an error.
func (e *Encoder) prop(n Name) (t *tag, b *[]byte, err error) {
	if !e.inProp() {
		return nil, nil, e.outOfProp()
	}
	if t = e.prev.next; t == nil || t.name != n {
		if t = e.tag(n); t == nil {
			return nil, nil, e.bad
		}
	}
	e.prev = t
	return t, e.group(), nil
}

// inProp reports whether a property may stand here.
func (e *Encoder) inProp() bool { return e.stage == inGroups && e.err == nil && e.bad == nil }

func (e *Encoder) outOfProp() error {
	if err := e.fault(); err != nil {
		return err
	}
	return e.refuse(errOrder("Prop"))
}

// group returns what the open group's properties are appended to, and counts one more.
func (e *Encoder) group() *[]byte {
	g := &e.groups[e.open-1]
	g.count++
	b := &g.props
	if e.open == 1 {
		b = &e.buf
	}
	if e.opts.Indent != "" {
		*b = e.line(*b, 4)
	}
	return b
}

// Prop writes a property as it was decoded or made, with its language, attributes and prefixes.
// Declarations that it needs and the root does not have stand on its element.
// A colon in its name, which a decoded one may have (see [QuirkNsDoublePrefix]), is written as _ as [Property.AppendXML] does it.
// It allocates only for such a name, and for a value in which namespaces are declared.
func (e *Encoder) Prop(p *Property) error {
	if !e.inProp() {
		return e.outOfProp()
	}
	t := e.prev.next
	if t == nil || t.name != p.Name {
		if t, p = e.propTag(p); t == nil {
			return e.bad
		}
	}
	e.prev = t
	if err := e.checkText(p.Lang, ""); err != nil {
		return e.refuse(err)
	}
	b := e.group()
	*b = t.appendProp(*b, p, e)
	return nil
}

// PropValue writes a property with a Value, as [Encoder.Prop] does.
func (e *Encoder) PropValue(n Name, v Value) error {
	return e.Prop(&Property{Name: n, Value: v})
}

// PropText writes a property that is text.
func (e *Encoder) PropText(n Name, s string) error {
	t, b, err := e.prop(n)
	if err != nil {
		return err
	}
	if e.opts.RejectInvalid {
		if err := e.checkText(s, ""); err != nil {
			return e.refuse(err)
		}
	}
	if s == "" {
		*b = append(*b, t.empty...)
		return nil
	}
	*b = append(appendText(append(*b, t.open...), s), t.end...)
	return nil
}

// PropInt writes a property that is an integer, such as getcontentlength.
func (e *Encoder) PropInt(n Name, v int64) error {
	t, b, err := e.prop(n)
	if err != nil {
		return err
	}
	*b = append(strconv.AppendInt(append(*b, t.open...), v, 10), t.end...)
	return nil
}

// PropHTTPTime writes a property that is a date as HTTP has it (RFC 9110, section 5.6.7), such as getlastmodified.
// Times before 1970 and after 9999 are written as the first and the last second between.
func (e *Encoder) PropHTTPTime(n Name, at time.Time) error {
	t, b, err := e.prop(n)
	if err != nil {
		return err
	}
	*b = append(appendHTTPTime(append(*b, t.open...), at), t.end...)
	return nil
}

// PropDateTime writes a property that is a date as RFC 3339 has it, in UTC and whole seconds, such as creationdate.
// Times before the year 0 and after 9999 are written as the first and the last second between.
func (e *Encoder) PropDateTime(n Name, at time.Time) error {
	t, b, err := e.prop(n)
	if err != nil {
		return err
	}
	*b = append(appendDateTime(append(*b, t.open...), at), t.end...)
	return nil
}

// PropHref writes a property that holds hrefs, such as owner.
func (e *Encoder) PropHref(n Name, hs ...Href) error {
	t, b, err := e.prop(n)
	switch {
	case err != nil:
		return err
	case slices.Contains(hs, ""):
		return e.refuse(&EncodeError{Name: n, Err: errNoHref})
	}
	*b = append(*b, t.open...)
	for _, h := range hs {
		*b = appendHrefElement(*b, h)
	}
	*b = append(*b, t.end...)
	return nil
}

// PropElements writes a property that holds empty elements, such as resourcetype.
func (e *Encoder) PropElements(n Name, children ...Name) error {
	t, b, err := e.prop(n)
	if err != nil {
		return err
	}
	if len(children) == 0 {
		*b = append(*b, t.empty...)
		return nil
	}
	*b = append(*b, t.open...)
	for _, c := range children {
		child := e.tag(c)
		if child == nil {
			return e.bad
		}
		*b = append(*b, child.empty...)
	}
	*b = append(*b, t.end...)
	return nil
}

// PropEmpty writes properties without a value: those of a propstat that says that they are not there, or a list of names.
func (e *Encoder) PropEmpty(names ...Name) error {
	if err := e.fault(); err != nil {
		return err
	}
	if e.stage != inGroups {
		return e.refuse(errOrder("PropEmpty"))
	}
	for _, n := range names {
		t := e.tag(n)
		if t == nil {
			return e.bad
		}
		b := e.group()
		*b = append(*b, t.empty...)
	}
	return nil
}

// PropAppend writes a property that is the text of v, whose error becomes that of the response.
// It is PropText without a string.
func PropAppend[T encoding.TextAppender](e *Encoder, n Name, v T) error {
	t, b, err := e.prop(n)
	if err != nil {
		return err
	}
	e.bad = errUnfinished
	text, err := v.AppendText(e.spare[:0])
	if e.bad != errUnfinished {
		return errUnfinished // v has dropped the response, or called Reset
	}
	e.bad = nil
	if len(text) > cap(e.spare) {
		e.spare = make([]byte, 0, 2*len(text)) // text may be v's own
	}
	if err != nil {
		return e.refuse(err)
	}
	if e.opts.RejectInvalid {
		if i := invalidAt(text); i >= 0 {
			return e.refuse(invalidText(string(text[i:])))
		}
	}
	*b = append(appendEscaped(append(*b, t.open...), text, false), t.end...)
	return nil
}

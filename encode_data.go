package multistatus

import "github.com/go-multistatus/multistatus/internal/xmlscan"

// Encode writes a whole response, in the order in which r has everything. It is an error if [Response.Validate] has one,
// but for second colons in the names of properties, which are written as [Encoder.Prop] does it.
// White space around descriptions is for readers to trim, and what XML cannot carry becomes U+FFFD.
// An empty reason of a status becomes the usual one, a line end in it a space, and a propstat without status gets 200;
// control characters and line ends in an href are percent-encoded; else what is decoded again is equal to r.
//
// Of what a [Decoder] gives, it refuses only what the grammar has no place for, and of each a quirk was told.
// Who passes bodies on decides what becomes of it:
//
//   - [QuirkResponseHrefOnly], neither a status nor propstats: an empty Propstat says that the resource is there.
//   - [QuirkResponseBoth], a status beside propstats: a success can go, and so can propstats beside a failure.
//   - [QuirkResponseMultiHrefPropstat], several hrefs beside propstats: one response for each href says the same.
//   - [QuirkStatusNoCode] and [QuirkStatusCodeRange]: Code is 0, which is no success. Another failure, such as 500, says so too.
//   - [QuirkResponseNoHref]: it is about nothing, and can be left out.
//
// A namespace that the root does not declare is declared again by each property that needs it, so a response that was
// decoded may become many times as long: one name of 4 KiB counts at each of its properties. Where r is not to be trusted, name
// its namespaces in [EncodeOptions.Namespaces], or decode it with a lower MaxNameBytes.
func (e *Encoder) Encode(r *Response) error {
	if err := e.beginResponse("Encode"); err != nil {
		return err
	}
	if err := r.checkShape(); err != nil {
		return e.refuse(err)
	}
	if err := e.checkTexts(r); err != nil {
		return e.refuse(err)
	}
	b := append(e.line(e.buf, 1), "<D:response>"...)
	for h := range r.Hrefs() {
		b = appendHrefElement(e.line(b, 2), h)
	}
	if !r.Status.IsZero() {
		b = appendStatus(e.line(b, 2), r.Status.Code, r.Status.Reason)
	}
	e.buf = b
	for i := range r.Propstats {
		if !e.encodePropstat(&r.Propstats[i]) {
			return e.bad
		}
	}
	b = e.encodeRest(e.buf, &r.Error, r.Description, 2)
	if r.Location != "" {
		b = append(e.line(b, 2), "<D:location>"...)
		b = append(appendHrefElement(b, r.Location), "</D:location>"...)
	}
	e.buf = append(e.line(b, 1), "</D:response>"...)
	return e.complete()
}

func (e *Encoder) encodePropstat(p *Propstat) bool {
	b := append(e.line(e.buf, 2), "<D:propstat>"...)
	b = e.line(b, 3)
	if len(p.Props) == 0 {
		b = append(b, "<D:prop/>"...)
	} else {
		b = append(b, "<D:prop>"...)
		if b = e.encodeProps(b, p.Props); b == nil {
			return false
		}
		b = append(e.line(b, 3), "</D:prop>"...)
	}
	code := p.Status.Code
	if p.Status.IsZero() {
		code = 200
	}
	b = appendStatus(e.line(b, 3), code, p.Status.Reason)
	b = e.encodeRest(b, &p.Error, p.Description, 3)
	e.buf = append(e.line(b, 2), "</D:propstat>"...)
	return true
}

// encodeProps returns nil if one of ps has no name that can be written.
func (e *Encoder) encodeProps(b []byte, ps []Property) []byte {
	for i := range ps {
		p := &ps[i]
		t := e.prev.next
		if t == nil || t.name != p.Name {
			if t, p = e.propTag(p); t == nil {
				return nil
			}
		}
		e.prev = t
		if e.opts.Indent != "" {
			b = e.line(b, 4)
		}
		b = t.appendProp(b, p, e)
	}
	return b
}

func (e *Encoder) encodeRest(b []byte, v *Value, description string, depth int) []byte {
	if !v.IsZero() {
		p := Property{Name: Name{NamespaceDAV, "error"}, Value: *v}
		b = p.appendIn(e.line(b, depth), e.root)
	}
	if description != "" {
		b = appendTextElement(e.line(b, depth), "D:responsedescription", description)
	}
	return b
}

// Validate holds r against the grammar of RFC 4918, section 14.24, as [Encoder.Encode] does:
// it has an href; either a status, and perhaps more hrefs, or propstats; codes from 100 to 999, of which those of propstats
// may be missing; and names that XML elements can have. Every error is an *[EncodeError].
// It refuses the second colon of a name too (see [QuirkNsDoublePrefix]), which Encode does not, for that name does not come back.
func (r *Response) Validate() error {
	if err := r.checkShape(); err != nil {
		return err
	}
	for p := range r.Props() {
		if err := p.Name.checkElement(); err != nil {
			return err
		}
	}
	return nil
}

// checkShape is Validate without names.
func (r *Response) checkShape() error {
	status, propstats := !r.Status.IsZero(), len(r.Propstats) > 0
	switch {
	case status && propstats:
		return errOrder("status beside propstats")
	case !status && !propstats:
		return errOrder("neither status nor propstat")
	case propstats && len(r.MoreHrefs) > 0:
		return errOrder("several hrefs beside propstats")
	case status && !isCode(r.Status.Code):
		return statusError(r.Status)
	}
	for h := range r.Hrefs() {
		if h == "" {
			return &EncodeError{Err: errNoHref}
		}
	}
	for i := range r.Propstats {
		if s := r.Propstats[i].Status; !s.IsZero() && !isCode(s.Code) {
			return statusError(s)
		}
	}
	return nil
}

// AppendXML appends the whole document. The namespaces in use are declared on the root, after those of opts,
// as far as prefixes allow it; OnStart is not called.
// After an error, which is that of [Encoder.Encode], dst is returned as long as it was.
func (m *Multistatus) AppendXML(dst []byte, opts *EncodeOptions) ([]byte, error) {
	var o EncodeOptions
	if opts != nil {
		o = *opts
	}
	o.Namespaces = m.namespaces(o.Namespaces)
	var e Encoder
	e.Reset(nil, &o)
	e.buf, e.all = dst, true
	for i := range m.Responses {
		if err := e.Encode(&m.Responses[i]); err != nil {
			return dst, err
		}
	}
	if err := e.Trailer(m.Description, m.SyncToken); err != nil {
		return dst, err
	}
	if err := e.Close(); err != nil {
		return dst, err
	}
	return e.buf, nil
}

// manyNamespaces is up to how many namespaces are declared on the root without being asked for.
const manyNamespaces = 32

// namespaces adds the namespaces in use to given: first the prefixes that values need,
// and then for each namespace of a property that has none yet the prefix that it had, or another.
func (m *Multistatus) namespaces(given []Namespace) []Namespace {
	o := EncodeOptions{Namespaces: given}
	root, err := o.scope()
	if err != nil {
		return given
	}
	u := usedNamespaces{root, given[:len(given):len(given)]}
	for i := range m.Responses {
		u.values(&m.Responses[i])
	}
	for i := range m.Responses {
		for p := range m.Responses[i].Props() {
			u.name(p)
		}
	}
	return u.all
}

// usedNamespaces is what the root declares, and what of that an Encoder is told.
type usedNamespaces struct {
	root *xmlscan.Scope
	all  []Namespace
}

func (u *usedNamespaces) add(prefix, uri string) {
	if prefix != "" && u.root.Lookup(prefix) == nil && len(u.all) < manyNamespaces {
		u.root = u.root.Bind(prefix, uri)
		u.all = append(u.all, Namespace{prefix, uri})
	}
}

func (u *usedNamespaces) values(r *Response) {
	u.value(&r.Error)
	for i := range r.Propstats {
		u.value(&r.Propstats[i].Error)
	}
	for p := range r.Props() {
		u.value(&p.Value)
	}
}

func (u *usedNamespaces) value(v *Value) {
	k := carrier{scope: v.scope}
	k.value(v)
	for _, list := range [...][]Namespace{k.found.few[:k.found.n], k.found.more} {
		for _, n := range list {
			u.add(n.Prefix, n.URI)
		}
	}
}

func (u *usedNamespaces) name(p *Property) {
	space := p.Name.Space
	if space == "" || space == xmlscan.XMLNamespace || p.Name.withoutColons().checkElement() != nil {
		return
	}
	if prefix, _ := u.root.PrefixOf(space); prefix != "" {
		return
	}
	prefix, _ := p.Value.scope.PrefixOf(space)
	if prefix == "" || u.root.Lookup(prefix) != nil {
		prefix, _ = prefixIn(u.root, space)
	}
	u.add(prefix, space)
}

// checkTexts holds the texts of r against RejectInvalid.
func (e *Encoder) checkTexts(r *Response) error {
	if !e.opts.RejectInvalid {
		return nil
	}
	if err := e.checkText(r.Description, r.Status.Reason); err != nil {
		return err
	}
	for i := range r.Propstats {
		p := &r.Propstats[i]
		if err := e.checkText(p.Description, p.Status.Reason); err != nil {
			return err
		}
		for j := range p.Props {
			if err := e.checkText(p.Props[j].Lang, ""); err != nil {
				return err
			}
		}
	}
	return nil
}

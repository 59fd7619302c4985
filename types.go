package multistatus

import (
	"cmp"
	"errors"
	"iter"
)

// Multistatus is a whole body of a 207 Multi-Status response (RFC 4918, section 13).
// [Parse] makes one and [Decoder.Decode] fills one; to go through a long body response by response, see [Decoder.Next].
//
//	<!ELEMENT multistatus (response*, responsedescription?, sync-token?) >   RFC 4918 §14.16, RFC 6578 §6.4
type Multistatus struct {
	Responses   []Response
	Description string   // DAV:responsedescription
	SyncToken   string   // DAV:sync-token, an opaque URI (RFC 6578, section 6.2)
	Quirks      QuirkSet // what was forgiven in decoding; it is not encoded
}

// Response is what a server says about one resource, or about several that share a status.
// The strings and Values of a decoded Response are immutable and may be kept; [Response.Clone] makes a copy that
// does not keep the rest of the body in memory.
//
//	<!ELEMENT response (href, ((href*, status)|(propstat+)), error?, responsedescription?, location?) >   RFC 4918 §14.24
type Response struct {
	Href        Href
	MoreHrefs   []Href     // further hrefs, in the form with a Status
	Status      Status     // of the resource itself; zero if Propstats are used
	Propstats   []Propstat // the properties, grouped by status
	Error       Value      // content of DAV:error (section 14.5)
	Description string     // DAV:responsedescription (section 14.25)
	Location    Href       // DAV:location (section 14.9)
}

// Propstat is a group of properties that share a status.
//
//	<!ELEMENT propstat (prop, status, error?, responsedescription?) >   RFC 4918 §14.22
type Propstat struct {
	Props       []Property
	Status      Status
	Error       Value  // content of DAV:error: the condition that failed
	Description string // DAV:responsedescription
}

// Property is one property: its name, its language and what its element holds.
//
//	<!ELEMENT prop ANY >   RFC 4918 §14.18; each child is a property
type Property struct {
	Name  Name
	Lang  string // xml:lang in effect, or "" (RFC 4918, section 4.3)
	Value Value
}

// OK reports whether p has a status of success (2xx).
// A propstat without any status counts as one, as [QuirkPropstatNoStatus] has it; one with an unreadable status does not.
func (p *Propstat) OK() bool { return p.Status.OK() || p.Status.IsZero() }

// Hrefs yields Href and then MoreHrefs. It does not allocate in a range clause.
func (r *Response) Hrefs() iter.Seq[Href] {
	return func(yield func(Href) bool) { r.eachHref(yield) }
}

func (r *Response) eachHref(yield func(Href) bool) {
	if !yield(r.Href) {
		return
	}
	for _, h := range r.MoreHrefs {
		if !yield(h) {
			return
		}
	}
}

// Props yields every property with the propstat that it stands in, in the order of the document.
// The pointers lead into r. It does not allocate in a range clause.
func (r *Response) Props() iter.Seq2[*Property, *Propstat] {
	return func(yield func(*Property, *Propstat) bool) { r.eachProp(yield) }
}

func (r *Response) eachProp(yield func(*Property, *Propstat) bool) {
	for i := range r.Propstats {
		s := &r.Propstats[i]
		for j := range s.Props {
			if !yield(&s.Props[j], s) {
				return
			}
		}
	}
}

// Prop returns the first property of that name in a propstat that is OK, else the first in any, and that propstat.
// Both are nil if r does not have it. The pointers lead into r.
func (r *Response) Prop(n Name) (*Property, *Propstat) {
	var prop *Property
	var stat *Propstat
	for p, s := range r.Props() {
		switch {
		case p.Name != n:
		case s.OK():
			return p, s
		case prop == nil:
			prop, stat = p, s
		}
	}
	return prop, stat
}

// Err returns nil, or a *[StatusError] if the resource as a whole failed: r has a Status that is not a 2xx, or propstats that say
// that the resource is gone, for which see [Response.Removed]. Properties that failed are no failure of the resource.
// A status 418 without any explanation is none either: sabre/dav fills the place with it when none of the properties exist.
// If r has more hrefs, all of them failed, and the error names the first.
func (r *Response) Err() error {
	if e := r.failure(); e != nil {
		return e
	}
	return nil
}

// failure is Err. What an empty propstat does not explain the response may.
func (r *Response) failure() *StatusError {
	switch {
	case r.Status.OK() || r.filler():
		return nil
	case !r.Status.IsZero():
		return &StatusError{Href: r.Href, Status: r.Status, Conditions: r.Error, Description: r.Description}
	case !r.emptied():
		return nil
	}
	s := &r.Propstats[0]
	e := &StatusError{Href: r.Href, Status: s.Status, Conditions: s.Error, Description: cmp.Or(s.Description, r.Description)}
	if e.Conditions.IsZero() {
		e.Conditions = r.Error
	}
	return e
}

// filler reports whether r has a status only because the grammar asks for one.
func (r *Response) filler() bool {
	return r.Status.Code == 418 && r.Error.IsZero() && r.Description == ""
}

// Removed reports whether r says that the resource is gone, as a sync-collection report does (RFC 6578, section 3.5):
// by a Status 404 or 410; or, as nginx-dav-ext and others put it, by propstats that all have such a status and name no property.
// Then [Response.Err] is an [io/fs.ErrNotExist].
func (r *Response) Removed() bool { return gone(r.Status) || r.Status.IsZero() && r.emptied() }

// emptied reports whether all propstats, of which there are some, are about something that is gone and name no property.
func (r *Response) emptied() bool {
	for i := range r.Propstats {
		if s := &r.Propstats[i]; !gone(s.Status) || len(s.Props) > 0 {
			return false
		}
	}
	return len(r.Propstats) > 0
}

func gone(s Status) bool { return s.Code == 404 || s.Code == 410 }

// Truncated reports whether a sync-collection report says by r that it left results out,
// and is to be asked again with the new sync token (RFC 6578, section 3.6): a Status 507.
func (r *Response) Truncated() bool { return r.Status.Code == 507 }

// Err joins the errors of all responses, one for each href, or returns nil.
// A 424 Failed Dependency is left out beside another error, which is its cause (RFC 4918, section 11.4).
func (m *Multistatus) Err() error {
	var causes, dependent []error
	for i := range m.Responses {
		r := &m.Responses[i]
		e := r.failure()
		if e == nil {
			continue
		}
		list := &causes
		if e.Status.Code == 424 {
			list = &dependent
		}
		for h := range r.Hrefs() {
			one := *e
			one.Href = h
			*list = append(*list, &one)
		}
	}
	if len(causes) == 0 {
		causes = dependent
	}
	return errors.Join(causes...)
}

package mend

import (
	"net/http"
	"slices"
	"strconv"

	"github.com/go-multistatus/multistatus"
	"github.com/go-multistatus/multistatus/davprop"
)

// mendPropstats puts successes first, mends their values, and gives failures a code.
func mendPropstats(r *multistatus.Response) {
	slices.SortStableFunc(r.Propstats, func(a, b multistatus.Propstat) int { return rank(&a) - rank(&b) })
	for i := range r.Propstats {
		s := &r.Propstats[i]
		if s.OK() {
			s.Props = mendValues(s.Props)
		} else {
			s.Status = readable(s.Status)
		}
	}
}

func rank(p *multistatus.Propstat) int {
	if p.OK() {
		return 0
	}
	return 1
}

// readable makes a failure without details of a status without a code.
func readable(s multistatus.Status) multistatus.Status {
	if s.Code == 0 {
		s.Code = http.StatusInternalServerError
	}
	return s
}

// mendValues mends the values of properties, and leaves those out that nobody can read.
func mendValues(props []multistatus.Property) []multistatus.Property {
	kept := props[:0]
	for _, p := range props {
		ok := true
		if mend := values[p.Name]; mend != nil {
			p.Value, ok = mend(p.Value)
		}
		if ok {
			kept = append(kept, p)
		}
	}
	return kept
}

// values make new values of those that clients are particular about. ok is false where there is none to be read.
var values = map[multistatus.Name]func(multistatus.Value) (v multistatus.Value, ok bool){
	davprop.GetETag.Name(): func(v multistatus.Value) (multistatus.Value, bool) {
		t, _, err := davprop.GetETag.Parse(v)
		if t.Valid() {
			return v, true
		}
		return multistatus.Text(string(davprop.MakeETag(t.Opaque(), t.Weak()))), err == nil
	},
	davprop.GetLastModified.Name(): func(v multistatus.Value) (multistatus.Value, bool) {
		t, _, err := davprop.GetLastModified.Parse(v)
		return multistatus.Text(t.Format(http.TimeFormat)), err == nil
	},
	davprop.GetContentLength.Name(): func(v multistatus.Value) (multistatus.Value, bool) {
		n, _, _ := davprop.GetContentLength.Parse(v)
		return multistatus.Text(strconv.FormatInt(n, 10)), true // some clients cannot do without one
	},
}

package multistatus

import (
	"io"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// mendings are what the doc of Encode says can be done with a response that it refuses, by the quirk that was told of it.
var mendings = map[Quirk]func(r Response) []Response{
	QuirkResponseHrefOnly: func(r Response) []Response {
		r.Propstats = []Propstat{{}}
		return []Response{r}
	},
	QuirkResponseBoth: func(r Response) []Response {
		if r.Status.OK() {
			r.Status = Status{}
		} else {
			r.Propstats = nil
		}
		return []Response{r}
	},
	QuirkResponseMultiHrefPropstat: func(r Response) (each []Response) {
		for h := range r.Hrefs() {
			one := r
			one.Href, one.MoreHrefs = h, nil
			each = append(each, one)
		}
		return each
	},
	QuirkStatusNoCode:    mendCodes,
	QuirkStatusCodeRange: mendCodes,
	QuirkResponseNoHref:  func(Response) []Response { return nil },
}

func mendCodes(r Response) []Response {
	mend := func(s *Status) {
		if s.Code == 0 && !s.IsZero() {
			s.Code = 500
		}
	}
	mend(&r.Status)
	r.Propstats = slices.Clone(r.Propstats)
	for i := range r.Propstats {
		mend(&r.Propstats[i].Status)
	}
	return []Response{r}
}

// Encode refuses of the catalogue's bodies and of the corpus only what its doc names, and takes what the doc says becomes of it.
func TestEncodeRefused(t *testing.T) {
	met := NewQuirkSet()
	for _, pattern := range []string{"testdata/quirks/*.xml", "testdata/corpus/*/*.xml"} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			t.Fatal(pattern, err)
		}
		for _, file := range files {
			body, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			m, _ := Parse(body, nil)
			for i := range m.Responses {
				if NewEncoder(io.Discard, nil).Encode(&m.Responses[i]) != nil {
					met = met.With(checkMendings(t, file, m, &m.Responses[i])...)
				}
			}
		}
	}
	for _, q := range refusedFor {
		if !met.Has(q) {
			t.Errorf("no body has been refused for %v", q)
		}
	}
}

// checkMendings returns the quirks of m for which r may have been refused, and expects that Encode takes what becomes of it.
func checkMendings(t *testing.T, file string, m *Multistatus, r *Response) (why []Quirk) {
	t.Helper()
	rs := []Response{*r}
	for _, q := range refusedFor {
		if !m.Quirks.Has(q) {
			continue
		}
		why = append(why, q)
		var mended []Response
		for _, r := range rs {
			if r.Validate() != nil {
				mended = append(mended, mendings[q](r)...)
			} else {
				mended = append(mended, r)
			}
		}
		rs = mended
	}
	for i := range rs {
		if err := NewEncoder(io.Discard, nil).Encode(&rs[i]); err != nil {
			t.Errorf("%s: Encode refuses %s for %v, and then for %v", file, dumpResponse(r), why, err)
		}
	}
	if why == nil || len(rs) == 0 && !m.Quirks.Has(QuirkResponseNoHref) {
		t.Errorf("%s: Encode refuses %s for %v, and %d become of it", file, dumpResponse(r), why, len(rs))
	}
	return why
}

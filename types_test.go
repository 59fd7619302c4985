package multistatus

import (
	"errors"
	"io/fs"
	"slices"
	"strings"
	"testing"
)

// propstat returns the propstat of a status and properties of these local names.
func propstat(code int, locals ...string) Propstat {
	p := Propstat{Status: Status{Code: code}}
	for _, l := range locals {
		p.Props = append(p.Props, Property{Name: DAV(l), Value: Text(StatusText(code))})
	}
	return p
}

var removedCases = []struct {
	name string
	r    Response
	want bool
}{
	{"nothing", Response{}, false},
	{"404", Response{Status: Status{Code: 404}}, true},
	{"410", Response{Status: Status{Code: 410}}, true},
	{"200", Response{Status: Status{Code: 200}}, false},
	{"403", Response{Status: Status{Code: 403}}, false},
	{"unreadable", Response{Status: Status{Reason: "404"}}, false},
	{"507", Response{Status: Status{Code: 507}}, false},
	{"propstat of 404 without properties", Response{Propstats: []Propstat{propstat(404)}}, true},
	{"propstats of 404 and 410 without properties", Response{Propstats: []Propstat{propstat(404), propstat(410)}}, true},
	{"propstat of 404 with a property", Response{Propstats: []Propstat{propstat(404, "x")}}, false},
	{"the second with a property", Response{Propstats: []Propstat{propstat(404), propstat(404, "x")}}, false},
	{"propstat of 200 without properties", Response{Propstats: []Propstat{propstat(200)}}, false},
	{"the second of 200", Response{Propstats: []Propstat{propstat(404), propstat(200)}}, false},
	{"status against propstat", Response{Status: Status{Code: 200}, Propstats: []Propstat{propstat(404)}}, false},
	{"status beside properties", Response{Status: Status{Code: 404}, Propstats: []Propstat{propstat(200, "x")}}, true},
}

func TestRemoved(t *testing.T) {
	for _, c := range removedCases {
		if got := c.r.Removed(); got != c.want {
			t.Errorf("%s: Removed() = %v, want %v", c.name, got, c.want)
		}
	}
}

// That a property is not selected does not make a resource look removed.
func TestRemovedSelect(t *testing.T) {
	const missing = `<D:propstat><D:prop><D:y/></D:prop>` + notFound + `</D:propstat>`
	const blank = `<D:propstat><D:prop/>` + notFound + `</D:propstat>`
	for _, c := range []struct {
		body string
		want bool
	}{
		{missing, false},
		{blank, true},
		{blank + blank, true},
		{missing + blank, false},
	} {
		for _, selected := range [][]Name{nil, {DAV("x")}, {DAV("y")}} {
			m, err := Parse([]byte(inResp(c.body)), &DecodeOptions{Select: selected})
			if err != nil {
				t.Fatal(err)
			}
			if got := m.Responses[0].Removed(); got != c.want {
				t.Errorf("Removed() of %s, selecting %v, = %v, want %v", c.body, selected, got, c.want)
			}
		}
	}
}

func TestTruncated(t *testing.T) {
	for code, want := range map[int]bool{0: false, 200: false, 404: false, 500: false, 506: false, 507: true, 508: false} {
		r := Response{Status: Status{Code: code}}
		if got := r.Truncated(); got != want {
			t.Errorf("Truncated() of %d = %v, want %v", code, got, want)
		}
	}
	r := Response{Propstats: []Propstat{propstat(507)}}
	if r.Truncated() {
		t.Error("Truncated() of a propstat = true, want false")
	}
}

func TestPropstatOK(t *testing.T) {
	for s, want := range map[Status]bool{
		{}:                        true,
		{Reason: "HTTP/1.1 OK"}:   false,
		{Code: 199}:               false,
		{Code: 200}:               true,
		{Code: 299}:               true,
		{Code: 300}:               false,
		{Code: 404}:               false,
		{Code: 200, Reason: "No"}: true,
	} {
		p := Propstat{Status: s}
		if got := p.OK(); got != want {
			t.Errorf("OK() of %+v = %v, want %v", s, got, want)
		}
	}
}

var errCases = []struct {
	name string
	r    Response
	want string // "" for none
}{
	{"no status", Response{Href: "/a", Propstats: []Propstat{propstat(404, "x")}}, ""},
	{"success", Response{Href: "/a", Status: Status{Code: 204}}, ""},
	{"redirection", Response{Href: "/a", Status: Status{302, "Found"}}, "multistatus: /a: 302 Found"},
	{"failure", Response{Href: "/a", Status: Status{423, "Locked"}}, "multistatus: /a: 423 Locked"},
	{"unreadable", Response{Href: "/a", Status: Status{0, "no"}}, "multistatus: /a: 0 no"},
	{"condition", Response{Href: "/a", Status: Status{Code: 409}, Error: Elements(DAV("x"), DAV("y"))}, "multistatus: /a: 409 (x)"},
	{"filler", Response{Href: "/a", Status: Status{418, "I'm a teapot"}}, ""},
	{"418 with an error", Response{Href: "/a", Status: Status{Code: 418}, Error: Elements(DAV("x"))}, "multistatus: /a: 418 (x)"},
	{"418 with a description", Response{Href: "/a", Status: Status{Code: 418}, Description: "d"}, "multistatus: /a: 418"},
	{"417", Response{Href: "/a", Status: Status{Code: 417}}, "multistatus: /a: 417"},
	{"several hrefs", Response{Href: "/a", MoreHrefs: []Href{"/b"}, Status: Status{Code: 423}}, "multistatus: /a: 423"},
	{"empty propstat of 418", Response{Href: "/a", Propstats: []Propstat{propstat(418)}}, ""},
}

// A resource that is gone is a failure, in whatever way that is said, which is also explained where it is said.
func TestResponseErrRemoved(t *testing.T) {
	for _, c := range removedCases {
		if err := c.r.Err(); c.r.Removed() != errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s: Err() = %v, but Removed() = %v", c.name, err, c.r.Removed())
		}
	}
	r := Response{Href: "/a", Propstats: []Propstat{propstat(410), propstat(404)}, Error: Elements(DAV("r")), Description: "of r"}
	for i, want := range []string{"r", "p"} {
		var s *StatusError
		if !errors.As(r.Err(), &s) || s.Href != "/a" || s.Status.Code != 410 || !s.Conditions.Has(DAV(want)) || s.Description != "of "+want {
			t.Errorf("%d: Err() = %+v, want a 410 (%s)", i, r.Err(), want)
		}
		r.Propstats[0].Error, r.Propstats[0].Description = Elements(DAV("p")), "of p"
	}
}

// Every href of a failure is named, and every one of those that depend on another failure is left out beside it.
func TestMultistatusErrHrefs(t *testing.T) {
	m := Multistatus{Responses: []Response{
		{Href: "/a", MoreHrefs: []Href{"/a/b", "/a/c"}, Status: Status{Code: 424}},
		{Href: "/d", MoreHrefs: []Href{"/e"}, Status: Status{423, "Locked"}},
		{Href: "/f", Propstats: []Propstat{propstat(404)}},
		{Href: "/g", Propstats: []Propstat{propstat(404, "x")}},
	}}
	want := "multistatus: /d: 423 Locked\nmultistatus: /e: 423 Locked\nmultistatus: /f: 404"
	if got := message(m.Err()); got != want {
		t.Errorf("Err() = %q, want %q", got, want)
	}
	m.Responses = m.Responses[:1]
	want = "multistatus: /a: 424\nmultistatus: /a/b: 424\nmultistatus: /a/c: 424"
	if got := message(m.Err()); got != want {
		t.Errorf("Err() = %q, want %q", got, want)
	}
}

func TestResponseErr(t *testing.T) {
	for _, c := range errCases {
		err := c.r.Err()
		if got := message(err); got != c.want {
			t.Errorf("%s: Err() = %q, want %q", c.name, got, c.want)
		}
		var s *StatusError
		if errors.As(err, &s) && (s.Href != c.r.Href || s.Status != c.r.Status || !s.Conditions.Equal(c.r.Error) || s.Description != c.r.Description) {
			t.Errorf("%s: Err() = %+v, want what %+v holds", c.name, s, c.r)
		}
	}
}

func message(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

// A 424 counts only where its cause is not told (RFC 4918, section 11.4).
func TestMultistatusErr(t *testing.T) {
	for _, c := range []struct {
		codes []int
		want  []string
	}{
		{nil, nil},
		{[]int{200, 0}, nil},
		{[]int{424}, []string{"424"}},
		{[]int{424, 200, 424}, []string{"424", "424"}},
		{[]int{424, 423, 424}, []string{"423"}},
		{[]int{423, 424, 507}, []string{"423", "507"}},
		{[]int{418, 424}, []string{"424"}},
	} {
		var m Multistatus
		for _, code := range c.codes {
			m.Responses = append(m.Responses, Response{Href: "/", Status: Status{Code: code}})
		}
		var got []string
		if err := m.Err(); err != nil {
			got = strings.Split(strings.ReplaceAll(err.Error(), "multistatus: /: ", ""), "\n")
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("Err() of %v = %q, want %q", c.codes, got, c.want)
		}
	}
}

func TestStatusErrorIs(t *testing.T) {
	for code, want := range map[int]error{
		0: nil, 400: nil, 401: fs.ErrPermission, 402: nil, 403: fs.ErrPermission, 404: fs.ErrNotExist,
		405: nil, 409: nil, 410: fs.ErrNotExist, 411: nil, 423: nil, 507: nil,
	} {
		err := error(&StatusError{Status: Status{Code: code}})
		for _, target := range []error{fs.ErrPermission, fs.ErrNotExist, fs.ErrExist, fs.ErrInvalid} {
			if got := errors.Is(err, target); got != (target == want) {
				t.Errorf("errors.Is(%d, %v) = %v, want %v", code, target, got, target == want)
			}
		}
	}
}

func TestResponseProp(t *testing.T) {
	r := Response{Propstats: []Propstat{propstat(404, "x", "y"), propstat(403, "y", "z"), propstat(200, "z", "x"), propstat(201, "x")}}
	for local, want := range map[string]int{"x": 200, "y": 404, "z": 200, "w": 0} {
		p, s := r.Prop(DAV(local))
		if want == 0 {
			if p != nil || s != nil {
				t.Errorf("Prop(%s) = %v, %v, want nil, nil", local, p, s)
			}
			continue
		}
		text, _ := p.Value.Text()
		if s.Status.Code != want || text != StatusText(want) || p.Name != DAV(local) {
			t.Errorf("Prop(%s) = %v %q of %d, want that of %d", local, p.Name, text, s.Status.Code, want)
		}
	}
	if p, _ := r.Prop(Name{"urn:x", "x"}); p != nil {
		t.Errorf("Prop({urn:x}x) = %v, want nil", p)
	}
	p, s := r.Prop(DAV("z"))
	if p != &r.Propstats[2].Props[0] || s != &r.Propstats[2] {
		t.Error("Prop(z) does not lead into the response")
	}
}

// Iterators yield all in order, and stop where the loop does.
func TestResponseIterators(t *testing.T) {
	r := Response{Href: "/0", MoreHrefs: []Href{"/1", "/2"}, Propstats: []Propstat{propstat(200, "0", "1"), propstat(200), propstat(404, "2")}}
	hrefs := slices.Collect(r.Hrefs())
	if want := []Href{"/0", "/1", "/2"}; !slices.Equal(hrefs, want) {
		t.Errorf("Hrefs() = %q, want %q", hrefs, want)
	}
	for stop := range hrefs {
		n := 0
		for h := range r.Hrefs() {
			if h != hrefs[n] {
				t.Errorf("Hrefs() yields %q, want %q", h, hrefs[n])
			}
			if n++; n > stop {
				break
			}
		}
	}
	for stop, last := range []int{200, 200, 404} {
		n := 0
		for p, s := range r.Props() {
			if want := string(rune('0' + n)); p.Name != DAV(want) {
				t.Errorf("Props() yields %v, want %s", p.Name, want)
			}
			if n++; n > stop {
				if s.Status.Code != last {
					t.Errorf("Props() yields %v in %d, want it in %d", p.Name, s.Status.Code, last)
				}
				break
			}
		}
		if n != stop+1 {
			t.Errorf("Props() yields %d, want %d", n, stop+1)
		}
	}
}

package main

import (
	"errors"
	"net/http"
	"slices"

	"github.com/go-multistatus/multistatus"
)

// maxPropfindBody is how long a DAV:propfind may be.
const maxPropfindBody = 64 << 10

// question is what a PROPFIND wants to know of each resource.
type question struct {
	namesOnly bool               // propname
	all       bool               // allprop
	names     []multistatus.Name // of prop, or of include beside allprop; each once
}

// propfind tells properties of a resource and of what is in it (RFC 4918, section 9.1).
//
// Each response goes into the Encoder as soon as the file system has named its resource, and out to the client whenever some
// are together. Until the first is complete, failure is an ordinary answer; after that it leaves the body visibly unfinished.
func (s *server) propfind(x *exchange) error {
	depth, err := x.depth(infinity)
	if err != nil {
		return err
	}
	q, err := readQuestion(x)
	if err != nil {
		return err
	}
	f, err := s.lookup(x.name)
	if err != nil {
		return err
	}
	if depth == infinity && f.isDir() && !s.infinite {
		return refusal(http.StatusForbidden, "propfind-finite-depth")
	}
	e := x.multistatus()
	defer e.Abort()
	table := liveProperties()
	err = s.walk(f, depth, func(f resource, err error) error {
		if err != nil && f.name == x.name {
			return err
		}
		return s.answer(e, table, q, f, err)
	})
	if err == nil {
		err = e.Close()
	}
	return x.cut(err)
}

// readQuestion reads the request's body. Without one the question is allprop.
func readQuestion(x *exchange) (q question, err error) {
	p, ok, err := x.element("propfind", maxPropfindBody)
	if err != nil || !ok {
		return question{all: true}, err
	}
	kinds := 0
	for n, v := range p.Value.Elements() {
		switch n {
		case multistatus.DAV("propname"):
			q.namesOnly = true
			kinds++
		case multistatus.DAV("allprop"):
			q.all = true
			kinds++
		case multistatus.DAV("prop"):
			kinds++
			q.add(v)
		case multistatus.DAV("include"):
			q.add(v)
		}
	}
	if kinds != 1 {
		return q, &failure{code: http.StatusBadRequest, err: errors.New("propfind needs one of propname, allprop and prop")}
	}
	return q, nil
}

// add adds the names of the elements in v.
func (q *question) add(v multistatus.Value) {
	known := map[multistatus.Name]bool{}
	for _, n := range q.names {
		known[n] = true
	}
	for n := range v.Elements() {
		if !known[n] {
			known[n] = true
			q.names = append(q.names, n)
		}
	}
}

// answer writes the response about one resource. err says that the members of it are not to be had, which is then all that is
// said of it.
func (s *server) answer(e *multistatus.Encoder, table []live, q question, f resource, err error) error {
	e.StartPath(f.path())
	if err != nil {
		e.Status(failureOf(err).code)
		return e.Description("its members cannot be listed")
	}
	e.Propstat(http.StatusOK)
	dead := s.dead.of(f.name)
	if q.namesOnly {
		return writeNames(e, table, dead, f)
	}
	if q.all {
		if err := s.writeAll(e, table, dead, f); err != nil {
			return err
		}
	}
	for _, n := range q.names {
		if err := s.writeOne(e, table, dead, f, n, q.all); err != nil {
			return err
		}
	}
	return e.EndResponse()
}

// writeNames tells which properties f has.
func writeNames(e *multistatus.Encoder, table []live, dead []multistatus.Property, f resource) error {
	for i := range table {
		if l := &table[i]; l.has(f) && indexOf(dead, l.name) < 0 {
			e.PropEmpty(l.name)
		}
	}
	for i := range dead {
		e.PropEmpty(dead[i].Name)
	}
	return e.EndResponse()
}

// writeAll tells all properties of f.
func (s *server) writeAll(e *multistatus.Encoder, table []live, dead []multistatus.Property, f resource) error {
	for i := range table {
		if l := &table[i]; l.has(f) && indexOf(dead, l.name) < 0 {
			if err := l.write(s, e, l.name, f); err != nil {
				return err
			}
		}
	}
	for i := range dead {
		e.Prop(&dead[i])
	}
	return nil
}

// writeOne tells one property of f, or that there is none. told says that all that f has were told already.
func (s *server) writeOne(e *multistatus.Encoder, table []live, dead []multistatus.Property, f resource, n multistatus.Name, told bool) error {
	i := indexOf(dead, n)
	j := slices.IndexFunc(table, func(l live) bool { return l.name == n })
	has := i >= 0 || j >= 0 && table[j].has(f)
	switch {
	case has && told:
		return nil
	case !has:
		e.Propstat(http.StatusNotFound)
		return e.PropEmpty(n)
	}
	e.Propstat(http.StatusOK)
	if i >= 0 {
		return e.Prop(&dead[i])
	}
	return table[j].write(s, e, n, f)
}

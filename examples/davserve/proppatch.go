package main

import (
	"errors"
	"maps"
	"net/http"
	"slices"

	"github.com/go-multistatus/multistatus"
)

// maxProppatchBody is how long a DAV:propertyupdate may be, and so the properties that it sets.
const maxProppatchBody = 1 << 20

// instruction is to set a property, or to remove it.
type instruction struct {
	remove bool
	prop   multistatus.Property
}

// proppatch sets and removes properties, all or none of them (RFC 4918, section 9.2).
func (s *server) proppatch(x *exchange) error {
	todo, err := readInstructions(x)
	if err != nil {
		return err
	}
	return s.change(x, func() error {
		f, err := s.lookup(x.name)
		if err == nil {
			err = s.locks.permit(x.cond.tokens(), contentOf(x.name))
		}
		if err == nil {
			err = x.matches(f, true)
		}
		if err != nil {
			return err
		}
		table := liveProperties()
		code := http.StatusOK
		if slices.ContainsFunc(todo, func(i instruction) bool { return protected(table, i.prop.Name) }) {
			code = http.StatusFailedDependency
		} else if err := s.dead.set(f.name, apply(todo, s.dead.of(f.name))); err != nil {
			code = failureOf(err).code
		}
		return tellOutcome(x, f, table, todo, code)
	})
}

// readInstructions reads the request's body, in whose order things are done.
func readInstructions(x *exchange) (todo []instruction, err error) {
	p, ok, err := x.element("propertyupdate", maxProppatchBody)
	if err != nil {
		return nil, err
	}
	for group := range p.Properties() {
		remove := group.Name == multistatus.DAV("remove")
		if !remove && group.Name != multistatus.DAV("set") {
			continue
		}
		for props := range group.Properties() {
			if props.Name != multistatus.DAV("prop") {
				continue
			}
			for prop := range props.Properties() {
				if !remove {
					prop, err = alone(prop)
				}
				if err != nil {
					return nil, &failure{code: http.StatusBadRequest, err: err}
				}
				todo = append(todo, instruction{remove, prop})
			}
		}
	}
	if !ok || len(todo) == 0 {
		return nil, &failure{code: http.StatusBadRequest, err: errors.New("nothing to set and nothing to remove")}
	}
	return todo, nil
}

// alone returns a property as a document of its own. Of the body that it came in, which may be long, it keeps nothing.
func alone(p multistatus.Property) (multistatus.Property, error) {
	return multistatus.ParseElement(p.AppendXML(nil), &multistatus.DecodeOptions{ContentType: multistatus.ContentType})
}

// protected reports whether only the server itself sets a property.
func protected(table []live, n multistatus.Name) bool {
	return slices.ContainsFunc(table, func(l live) bool { return l.name == n && !l.settable })
}

// apply returns what becomes of properties, sorted. To remove one that is not there is no failure.
func apply(todo []instruction, props []multistatus.Property) []multistatus.Property {
	now := map[multistatus.Name]multistatus.Property{}
	for _, p := range props {
		now[p.Name] = p
	}
	for _, i := range todo {
		if now[i.prop.Name] = i.prop; i.remove {
			delete(now, i.prop.Name)
		}
	}
	return slices.SortedFunc(maps.Values(now), func(a, b multistatus.Property) int { return compareNames(a.Name, b.Name) })
}

// tellOutcome names each property under what became of it: code, or 403 for those that are protected.
func tellOutcome(x *exchange, f resource, table []live, todo []instruction, code int) error {
	e := x.multistatus()
	defer e.Abort()
	e.StartPath(f.path())
	told := map[multistatus.Name]bool{}
	refused := false
	for _, i := range todo {
		n := i.prop.Name
		switch {
		case told[n]:
			continue
		case protected(table, n):
			e.Propstat(http.StatusForbidden)
			refused = true
		default:
			e.Propstat(code)
		}
		told[n] = true
		e.PropEmpty(n)
	}
	if refused {
		e.Propstat(http.StatusForbidden)
		e.Condition(multistatus.DAV("cannot-modify-protected-property"))
	}
	return x.cut(e.Close())
}

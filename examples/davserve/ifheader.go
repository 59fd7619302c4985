package main

import (
	"errors"
	"net/http"
	"strings"

	"github.com/go-multistatus/multistatus"
)

// ifHeader is an If header: it holds if one of its lists does (RFC 4918, section 10.4). Without lists there is nothing to hold.
//
//	If          = ( 1*No-tag-list | 1*Tagged-list )
//	Tagged-list = "<" URI ">" 1*List
//	List        = "(" 1*( ["Not"] ( "<" URI ">" | "[" entity-tag "]" ) ) ")"
type ifHeader []ifList

// ifList holds if all its conditions do.
type ifList struct {
	tag   string // the URI before it, or "" for that of the request
	conds []ifCond
}

// ifCond holds if the resource has that lock, or that entity tag; or has it not.
type ifCond struct {
	not   bool
	token string
	etag  string
}

// tokens returns the lock tokens that the header submits.
func (h ifHeader) tokens() (tokens []string) {
	for _, l := range h {
		for _, c := range l.conds {
			if c.token != "" && !c.not {
				tokens = append(tokens, c.token)
			}
		}
	}
	return tokens
}

var errIf = &failure{code: http.StatusBadRequest, err: errors.New("bad If")}

// parseIf reads the fields of the header, each of which is complete.
func parseIf(fields []string) (h ifHeader, err error) {
	for _, text := range fields {
		tag := ""
		p := ifParser{strings.TrimSpace(text)}
		for p.rest != "" {
			if uri, ok := p.quoted('<', '>'); ok {
				if tag = uri; uri == "" || p.rest == "" {
					return nil, errIf
				}
			}
			l, ok := p.list()
			if !ok {
				return nil, errIf
			}
			l.tag = tag
			h = append(h, l)
		}
	}
	return h, nil
}

// ifParser has what is left of a header, without white space before it.
type ifParser struct{ rest string }

// skip takes something from the start of the rest, and the white space behind it.
func (p *ifParser) skip(what string) bool {
	rest, ok := strings.CutPrefix(p.rest, what)
	if ok {
		p.rest = strings.TrimLeft(rest, " \t")
	}
	return ok
}

// quoted takes what stands between two characters.
func (p *ifParser) quoted(open, end byte) (text string, ok bool) {
	if p.rest == "" || p.rest[0] != open {
		return "", false
	}
	text, _, ok = strings.Cut(p.rest[1:], string(end))
	return text, ok && p.skip(p.rest[:len(text)+2])
}

func (p *ifParser) list() (l ifList, ok bool) {
	if !p.skip("(") {
		return l, false
	}
	for !p.skip(")") {
		c := ifCond{not: p.skip("Not")}
		if c.token, ok = p.quoted('<', '>'); !ok {
			c.etag, ok = p.quoted('[', ']')
		}
		if !ok || c.token == "" && c.etag == "" {
			return l, false
		}
		l.conds = append(l.conds, c)
	}
	return l, len(l.conds) > 0
}

// checkIf refuses a request whose If header does not hold.
func (s *server) checkIf(x *exchange) error {
	for _, l := range x.cond {
		if s.holds(x, l) {
			return nil
		}
	}
	if len(x.cond) == 0 {
		return nil
	}
	return &failure{code: http.StatusPreconditionFailed}
}

// holds reports whether all conditions of a list do. A resource of another server has neither locks nor tags here.
func (s *server) holds(x *exchange, l ifList) bool {
	name, ours := x.name, true
	if l.tag != "" {
		u, err := multistatus.Href(l.tag).URL()
		if ours = err == nil && (u.Host == "" || strings.EqualFold(u.Host, x.r.Host)); ours {
			name, _, err = nameOf(u)
			ours = err == nil
		}
	}
	for _, c := range l.conds {
		if (ours && s.has(name, c)) == c.not {
			return false
		}
	}
	return true
}

// has reports whether a resource has the lock or the entity tag of a condition.
func (s *server) has(name string, c ifCond) bool {
	if c.token != "" {
		return s.locks.find(name, c.token) != nil
	}
	f, err := s.lookup(name)
	return err == nil && !f.isDir() && f.etag() == c.etag
}

package xnet

import (
	"cmp"
	"encoding/xml"
	"fmt"
	"io"
	"net/http"
	"slices"

	"golang.org/x/net/webdav"

	"github.com/go-multistatus/multistatus"
)

// question is what a PROPFIND asks of each resource: the names of all properties, all with their values, those in asked, or all
// and those in asked (RFC 4918, section 14.20).
type question struct {
	names, all bool
	asked      []multistatus.Name
	told       map[bool][]multistatus.Name // of collections and of others, but for dead properties that are not in asked
}

// maxQuestion is how many bytes a question may have.
const maxQuestion = 64 << 10

func readQuestion(r *http.Request) (q question, err error) {
	body, err := io.ReadAll(http.MaxBytesReader(nil, r.Body, maxQuestion))
	if err != nil || len(body) == 0 {
		q.all = true
		q.settle()
		return q, err
	}
	p, err := multistatus.ParseElement(body, &multistatus.DecodeOptions{ContentType: r.Header.Get("Content-Type"), Reject: multistatus.AllQuirks()})
	kinds := 0
	for n, v := range p.Value.Elements() {
		switch n {
		case multistatus.DAV("propname"):
			q.names, kinds = true, kinds+1
		case multistatus.DAV("allprop"):
			q.all, kinds = true, kinds+1
		case multistatus.DAV("prop"), multistatus.DAV("include"):
			if n.Local == "prop" {
				kinds++
			}
			for asked := range v.Elements() {
				q.asked = union(q.asked, []multistatus.Name{asked})
			}
		}
	}
	if err == nil && (p.Name != multistatus.DAV("propfind") || kinds != 1) {
		err = fmt.Errorf("%v asks for %d things", p.Name, kinds)
	}
	q.settle()
	return q, err
}

// settle sets told.
func (q *question) settle() {
	q.told = map[bool][]multistatus.Name{}
	for _, dir := range []bool{false, true} {
		var names []multistatus.Name
		for i := 0; i < len(live) && (q.all || q.names); i++ {
			if live[i].dirs || !dir {
				names = append(names, live[i].name)
			}
		}
		q.told[dir] = union(names, q.asked)
	}
}

// union returns a and what is in b alone.
func union(a, b []multistatus.Name) []multistatus.Name {
	a = a[:len(a):len(a)]
	for _, n := range b {
		if !slices.Contains(a, n) {
			a = append(a, n)
		}
	}
	return a
}

// tell returns the names of the properties to tell of r: dead ones in the order of their names.
func (q *question) tell(r resource, dead map[xml.Name]webdav.Property) []multistatus.Name {
	told := q.told[r.info.IsDir()]
	if len(dead) == 0 || !q.all && !q.names {
		return told
	}
	var names []multistatus.Name
	for n := range dead {
		names = append(names, multistatus.Name(n))
	}
	slices.SortFunc(names, func(a, b multistatus.Name) int {
		return cmp.Or(cmp.Compare(a.Space, b.Space), cmp.Compare(a.Local, b.Local))
	})
	return union(told, names)
}

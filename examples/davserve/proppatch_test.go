package main

import (
	"fmt"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/go-multistatus/multistatus"
)

func update(inner string) string {
	return `<D:propertyupdate xmlns:D="DAV:" xmlns:x="urn:x" xml:lang="de">` + inner + `</D:propertyupdate>`
}

func TestProppatch(t *testing.T) {
	for _, c := range []struct{ what, body, want, then string }{
		{"set", `<D:set><D:prop><x:a>1</x:a><b>2</b></D:prop></D:set>`, "/f 200 a b", "/f 200 old=0 a=1 b=2"},
		{"remove", `<D:remove><D:prop><x:old/></D:prop></D:remove>`, "/f 200 old", "/f 404 old a b"},
		{"remove what is not there", `<D:remove><D:prop><x:a/></D:prop></D:remove>`, "/f 200 a", "/f 200 old=0 404 a b"},
		{"set and remove", `<D:set><D:prop><x:a>1</x:a></D:prop></D:set><D:remove><D:prop><x:a/></D:prop></D:remove>`, "/f 200 a", "/f 200 old=0 404 a b"},
		{"remove and set", `<D:remove><D:prop><x:old/></D:prop></D:remove><D:set><D:prop><x:old>1</x:old></D:prop></D:set>`, "/f 200 old", "/f 200 old=1 404 a b"},
		{"all or nothing", `<D:set><D:prop><x:a>1</x:a><D:getetag>"1"</D:getetag></D:prop></D:set><D:remove><D:prop><x:old/></D:prop></D:remove>`,
			"/f 424 a old 403 !cannot-modify-protected-property getetag", "/f 200 old=0 404 a b"},
		{"remove what is protected", `<D:remove><D:prop><D:resourcetype/></D:prop></D:remove>`,
			"/f 403 !cannot-modify-protected-property resourcetype", "/f 200 old=0 404 a b"},
		{"unknown elements", `<x:y/><D:set><x:z/><D:prop><x:a/></D:prop></D:set>`, "/f 200 a", "/f 200 old=0 a 404 b"},
	} {
		g := newRig(t, "f")
		g.run(step{method: "PROPPATCH", path: "/f", body: update(`<D:set><D:prop><x:old>0</x:old></D:prop></D:set>`), code: 207})
		if got := outline(g.parse(g.do("PROPPATCH", "/f", "", update(c.body)))); got != c.want {
			t.Errorf("%s: answered %s, want %s", c.what, got, c.want)
		}
		ask := `<D:propfind xmlns:D="DAV:" xmlns:x="urn:x"><D:prop><x:old/><x:a/><b/></D:prop></D:propfind>`
		if got := outline(g.parse(g.do("PROPFIND", "/f", "Depth: 0", ask))); got != c.then {
			t.Errorf("%s: then there is %s, want %s", c.what, got, c.then)
		}
	}
}

func TestProppatchRefused(t *testing.T) {
	g := newRig(t, "f")
	g.run(
		step{what: "no body", method: "PROPPATCH", path: "/f", code: 400},
		step{what: "nothing to do", method: "PROPPATCH", path: "/f", body: update(""), code: 400},
		step{what: "no property", method: "PROPPATCH", path: "/f", body: update("<D:set><D:prop/></D:set>"), code: 400},
		step{what: "not well-formed", method: "PROPPATCH", path: "/f", body: "<x", code: 400},
		step{what: "nothing there", method: "PROPPATCH", path: "/g", body: update("<D:set><D:prop><x:a/></D:prop></D:set>"), code: 404},
		step{what: "long", method: "PROPPATCH", path: "/f", body: update(strings.Repeat(" ", maxProppatchBody)), code: 413},
	)
}

// A value comes back as it was sent, with elements, attributes, prefixes and language (RFC 4918, section 4.3).
func TestDeadValue(t *testing.T) {
	g := newRig(t, "f")
	const value = `<p:v xmlns:p="urn:p" xml:lang="fr" k="p:1"><q xmlns="urn:q">a &lt; <![CDATA[b]]></q><x:z x:k=""/></p:v>`
	g.run(step{method: "PROPPATCH", path: "/f", body: update("<D:set><D:prop>" + value + "<x:w/></D:prop></D:set>"), code: 207})
	want, err := multistatus.ParseElement([]byte(strings.Replace(value, "<p:v", `<p:v xmlns:x="urn:x"`, 1)), nil)
	if err != nil {
		t.Fatal(err)
	}
	r := g.parse(g.do("PROPFIND", "/f", "Depth: 0", "")).Responses[0]
	got, _ := r.Prop(want.Name)
	if got == nil || got.Lang != want.Lang || !got.Value.Equal(want.Value) {
		t.Errorf("got %v, want %v", got, want)
	}
	if w, _ := r.Prop(multistatus.Name{Space: "urn:x", Local: "w"}); w == nil || w.Lang != "de" {
		t.Errorf("got %v, want the language of the propertyupdate", w)
	}
}

// displayname is the server's until somebody sets it.
func TestDisplayname(t *testing.T) {
	g := newRig(t, "f")
	name := func() string {
		return outline(g.parse(g.do("PROPFIND", "/f", "Depth: 0", `<propfind xmlns="DAV:"><prop><displayname/></prop></propfind>`)))
	}
	before := name()
	g.run(step{method: "PROPPATCH", path: "/f", body: update("<D:set><D:prop><D:displayname>F</D:displayname></D:prop></D:set>"), code: 207})
	set := name()
	g.run(step{method: "PROPPATCH", path: "/f", body: update("<D:remove><D:prop><D:displayname/></D:prop></D:remove>"), code: 207})
	if got, want := before+", "+set+", "+name(), "/f 200 displayname=f, /f 200 displayname=F, /f 200 displayname=f"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// Dead properties take no more than their limit, and what is removed makes room again.
func TestDeadLimit(t *testing.T) {
	g := newRig(t, "f", "g")
	big := strings.Repeat("v", maxProppatchBody-1000)
	n := 0
	for ; n < 20; n++ {
		m := g.parse(g.do("PROPPATCH", "/f", "", update(fmt.Sprintf("<D:set><D:prop><x:p%d>%s</x:p%d></D:prop></D:set>", n, big, n))))
		if m.Responses[0].Propstats[0].Status.Code == 507 {
			break
		}
	}
	if n != 16 {
		t.Errorf("%d were stored, want 16", n)
	}
	g.run(
		step{what: "a copy has no room", method: "COPY", path: "/f", header: "Destination: /h", code: 507},
		step{method: "DELETE", path: "/f", code: 204},
	)
	if g.s.dead.size != 0 || len(g.s.dead.props) != 0 {
		t.Errorf("%d bytes of %d resources are left", g.s.dead.size, len(g.s.dead.props))
	}
}

// Properties are kept sorted, whatever the order they come in, so that to set n of them and to ask for m takes no n·m steps:
// a body has room for a hundred thousand.
func TestDeadSorted(t *testing.T) {
	g := newRig(t, "f")
	var todo strings.Builder
	for i := range 100 {
		fmt.Fprintf(&todo, "<x:p%d/><p%d/>", i*37%100, i*37%100)
	}
	g.run(
		step{method: "PROPPATCH", path: "/f", body: update("<D:set><D:prop>" + todo.String() + "</D:prop></D:set>"), code: 207},
		step{method: "PROPPATCH", path: "/f", body: update("<D:set><D:prop><x:p50/><a/></D:prop></D:set><D:remove><D:prop><p7/></D:prop></D:remove>"), code: 207},
	)
	props := g.s.dead.of("f")
	byName := func(a, b multistatus.Property) int { return compareNames(a.Name, b.Name) }
	if len(props) != 200 || !slices.IsSortedFunc(props, byName) {
		t.Errorf("%d properties, want 200 that are sorted: %v", len(props), props)
	}
	for i := range props {
		if got := indexOf(props, props[i].Name); got != i {
			t.Errorf("indexOf(%v) = %d, want %d", props[i].Name, got, i)
		}
	}
	if got := indexOf(props, multistatus.Name{Local: "p7"}); got != -1 {
		t.Errorf("what was removed is at %d", got)
	}
}

// What is kept of a body is what is set in it: not what else there is, nor namespaces that nothing uses.
func TestDeadMemory(t *testing.T) {
	const n = 20
	names := make([]string, n)
	for i := range names {
		names[i] = fmt.Sprintf("f%d", i)
	}
	g := newRig(t, names...)
	var unused strings.Builder
	for i := range 200 {
		fmt.Fprintf(&unused, ` xmlns:n%d="urn:%0900d"`, i, i)
	}
	body := update("<!--" + strings.Repeat("-x", maxProppatchBody/4) + "--><D:set" + unused.String() + "><D:prop><x:a>1</x:a></D:prop></D:set>")
	before := heap()
	for _, name := range names {
		g.run(step{method: "PROPPATCH", path: "/" + name, body: body, code: 207, want: []string{"200"}})
	}
	if took := int64(heap()) - int64(before); took > n*int64(len(body))/4 {
		t.Errorf("%d properties of one byte keep %d bytes", n, took)
	}
	runtime.KeepAlive(g)
}

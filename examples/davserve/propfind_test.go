package main

import (
	"bytes"
	"flag"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/go-multistatus/multistatus"
)

// outline writes what a 207 says: href, and under each status the local names of properties with their text.
func outline(m *multistatus.Multistatus) string {
	var lines []string
	for _, r := range m.Responses {
		line := string(r.Href)
		if !r.Status.IsZero() {
			line += fmt.Sprint(" ", r.Status.Code)
		}
		for n := range r.Error.Elements() {
			line += " !" + n.Local
		}
		for _, p := range r.Propstats {
			line += fmt.Sprint(" ", p.Status.Code)
			for n := range p.Error.Elements() {
				line += " !" + n.Local
			}
			for _, prop := range p.Props {
				line += " " + prop.Name.Local
				if text, _ := prop.Value.Text(); text != "" {
					line += "=" + text
				}
			}
		}
		lines = append(lines, line)
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

func TestPropfind(t *testing.T) {
	g := newRig(t, "a.txt", "d/b", "d/e/f")
	g.s.infinite = true
	g.run(step{method: "PROPPATCH", path: "/a.txt", body: `<propertyupdate xmlns="DAV:"><set><prop><x xmlns="urn:x">1</x></prop></set></propertyupdate>`, code: 207})
	etag := g.do("GET", "/a.txt", "", "").Header().Get("ETag")
	const file = " resourcetype displayname getlastmodified getcontentlength getcontenttype getetag supportedlock lockdiscovery"
	const dir = " resourcetype displayname getlastmodified supportedlock lockdiscovery"
	for _, c := range []struct{ what, path, depth, body, want string }{
		{"prop", "/a.txt", "0", `<D:prop><D:getcontentlength/><D:getetag/></D:prop>`, "/a.txt 200 getcontentlength=5 getetag=" + etag},
		{"prop that is not there", "/d", "0", `<D:prop><D:getetag/><D:displayname/><x/></D:prop>`, "/d/ 200 displayname=d 404 getetag x"},
		{"only what is not there", "/d/", "0", `<D:prop><x/></D:prop>`, "/d/ 404 x"},
		{"empty prop", "/d/", "0", `<D:prop/>`, "/d/ 200"},
		{"prop twice", "/a.txt", "0", `<D:prop><D:displayname/><D:displayname/></D:prop>`, "/a.txt 200 displayname=a.txt"},
		{"another namespace", "/a.txt", "0", `<D:prop><displayname/><y:x xmlns:y="urn:x"/></D:prop>`, "/a.txt 200 x=1 404 displayname"},
		{"propname of a file", "/a.txt", "0", `<D:propname/>`, "/a.txt 200" + file + " x"},
		{"propname of a collection", "/d", "0", `<D:propname/>`, "/d/ 200" + dir},
		{"depth 1", "/", "1", `<D:prop><D:displayname/></D:prop>`, "/ 200 displayname=/\n/a.txt 200 displayname=a.txt\n/d/ 200 displayname=d"},
		{"depth infinity", "/d", "infinity", `<D:prop><D:displayname/></D:prop>`,
			"/d/ 200 displayname=d\n/d/b 200 displayname=b\n/d/e/ 200 displayname=e\n/d/e/f 200 displayname=f"},
		{"unknown elements", "/a.txt", "0", `<x/><D:prop><D:displayname/></D:prop><D:y/>`, "/a.txt 200 displayname=a.txt"},
	} {
		body := `<?xml version="1.0"?><D:propfind xmlns:D="DAV:">` + c.body + `</D:propfind>`
		if got := outline(g.parse(g.do("PROPFIND", c.path, "Depth: "+c.depth, body))); got != c.want {
			t.Errorf("%s: got\n%s\nwant\n%s", c.what, got, c.want)
		}
	}
}

// allprop has everything, with and without a body, and include adds what is not in it.
func TestPropfindAll(t *testing.T) {
	g := newRig(t, "a.txt")
	for _, body := range []string{
		"", `<propfind xmlns="DAV:"><allprop/></propfind>`, `<propfind xmlns="DAV:"><allprop/><include><getetag/><x/></include></propfind>`,
	} {
		m := g.parse(g.do("PROPFIND", "/a.txt", "Depth: 0", body))
		ok := m.Responses[0].Propstats[0]
		if len(ok.Props) != len(liveProperties()) || !ok.OK() {
			t.Errorf("%q: %s", body, outline(m))
		}
		if _, stat := m.Responses[0].Prop(multistatus.DAV("x")); (stat != nil) != strings.Contains(body, "<x/>") || stat != nil && stat.Status.Code != 404 {
			t.Errorf("%q: %s", body, outline(m))
		}
	}
}

func TestPropfindRefused(t *testing.T) {
	g := newRig(t, "a", "d/b")
	long := `<propfind xmlns="DAV:"><prop><x` + strings.Repeat(" ", maxPropfindBody) + `/></prop></propfind>`
	finite := []string{"application/xml", "<D:propfind-finite-depth>"}
	g.run(
		step{method: "PROPFIND", path: "/", header: "Depth: infinity", code: 403, want: finite},
		step{what: "no depth", method: "PROPFIND", path: "/", code: 403, want: finite},
		step{what: "infinity of a file", method: "PROPFIND", path: "/a", code: 207},
		step{what: "bad depth", method: "PROPFIND", path: "/", header: "Depth: 2", code: 400},
		step{method: "PROPFIND", path: "/none", header: "Depth: 0", code: 404},
		step{what: "not well-formed", method: "PROPFIND", path: "/", header: "Depth: 0", body: "<propfind xmlns='DAV:'><prop>", code: 400},
		step{what: "no XML", method: "PROPFIND", path: "/", header: "Depth: 0", body: "prop", code: 400},
		step{what: "another root", method: "PROPFIND", path: "/", header: "Depth: 0", body: "<D:lockinfo xmlns:D='DAV:'/>", code: 400},
		step{what: "no namespace", method: "PROPFIND", path: "/", header: "Depth: 0", body: "<propfind><prop/></propfind>", code: 400},
		step{what: "a prefix unbound", method: "PROPFIND", path: "/", header: "Depth: 0", body: "<propfind xmlns='DAV:'><prop><x:y xmlns:x=''/></prop></propfind>", code: 400},
		step{what: "nothing asked", method: "PROPFIND", path: "/", header: "Depth: 0", body: "<propfind xmlns='DAV:'/>", code: 400},
		step{what: "two questions", method: "PROPFIND", path: "/", header: "Depth: 0", body: "<propfind xmlns='DAV:'><propname/><allprop/></propfind>", code: 400},
		step{what: "entities", method: "PROPFIND", path: "/", header: "Depth: 0", body: "<!DOCTYPE x [<!ENTITY y 'z'>]><propfind xmlns='DAV:'><propname/></propfind>", code: 400},
		step{what: "long", method: "PROPFIND", path: "/", header: "Depth: 0", body: long, code: 413},
	)
}

// A href leads back to the file that it names, whatever that is called.
func TestOddNames(t *testing.T) {
	g := newRig(t)
	for _, name := range oddNames() {
		href := string(multistatus.PathHref("/" + name))
		g.run(step{method: "PUT", path: href, body: name, code: 201}, step{method: "MKCOL", path: href + ".d/", code: 201})
		if got := g.read(name); got != name {
			t.Errorf("%q: content %q", name, got)
		}
	}
	seen := 0
	for _, r := range g.parse(g.do("PROPFIND", "/", "Depth: 1", "")).Responses[1:] {
		name, err := r.Href.Path()
		if err != nil {
			t.Fatal(err)
		}
		kind, _ := r.Prop(multistatus.DAV("resourcetype"))
		if dir := kind.Value.Has(multistatus.DAV("collection")); dir != strings.HasSuffix(string(r.Href), "/") || dir != strings.HasSuffix(name, ".d/") {
			t.Errorf("%s: collection is %v", r.Href, dir)
		} else if !dir {
			seen++
			g.run(step{method: "GET", path: string(r.Href), code: 200, want: []string{"\r\n\r\n" + name[1:]}})
		}
	}
	if seen != len(oddNames()) {
		t.Errorf("%d files listed, want %d", seen, len(oddNames()))
	}
}

// meter is a ResponseWriter that looks at the heap now and then.
type meter struct {
	header    http.Header
	responses int
	writes    int
	peak      uint64
}

func (m *meter) Header() http.Header { return m.header }
func (m *meter) WriteHeader(int)     {}

func (m *meter) Write(p []byte) (int, error) {
	m.responses += bytes.Count(p, []byte("<D:response>"))
	if m.writes++; m.writes%64 == 1 {
		m.peak = max(m.peak, heap())
	}
	return len(p), nil
}

func heap() uint64 {
	var s runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&s)
	return s.HeapAlloc
}

var entries = flag.Int("entries", 10_000, "how many files TestMemory lists; 100000 take their time to be made")

// A listing takes the same memory however long it is.
func TestMemory(t *testing.T) {
	const some, slack = 1000, 128 << 10
	peakOf(t, 1) // what is made once, such as the table of media types
	few, many := peakOf(t, some), peakOf(t, *entries)
	t.Logf("heap while listing, over that before: %d entries %d bytes, %d entries %d bytes", some, few, *entries, many)
	if many > few+slack {
		t.Errorf("%d entries took %d bytes, %d took %d", some, few, *entries, many)
	}
}

// peakOf returns how much more heap than before a PROPFIND of a collection of n files takes.
func peakOf(t *testing.T, n int) int64 {
	g := newRig(t)
	for i := range n {
		f, err := os.Create(filepath.Join(g.dir, fmt.Sprintf("file %06d.txt", i)))
		if err != nil {
			t.Fatal(err)
		}
		f.Close()
	}
	r := httptest.NewRequest("PROPFIND", "/", nil)
	r.Header.Set("Depth", "1")
	m := &meter{header: http.Header{}}
	before := heap()
	g.s.ServeHTTP(m, r)
	if m.responses != n+1 {
		t.Fatalf("%d responses, want %d", m.responses, n+1)
	}
	return int64(m.peak) - int64(before)
}

// failing is a client that goes away.
type failing struct{ meter }

func (f *failing) Write(p []byte) (int, error) { return 0, os.ErrClosed }

// What fails after the body began cuts the connection.
func TestPropfindCut(t *testing.T) {
	g := newRig(t, "a")
	defer func() {
		if got := recover(); got != http.ErrAbortHandler {
			t.Errorf("recovered %v, want http.ErrAbortHandler", got)
		}
	}()
	r := httptest.NewRequest("PROPFIND", "/", nil)
	r.Header.Set("Depth", "1")
	g.s.ServeHTTP(&failing{meter{header: http.Header{}}}, r)
}

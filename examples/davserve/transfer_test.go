package main

import (
	"os"
	"path/filepath"
	"testing"
)

func TestDelete(t *testing.T) {
	g := newRig(t, "a", "d/b", "d/e/f", "g/")
	g.run(
		step{method: "DELETE", path: "/none", code: 404},
		step{method: "DELETE", path: "/", code: 403},
		step{method: "DELETE", path: "/d/", header: "Depth: 0", code: 400},
		step{what: "not that version", method: "DELETE", path: "/a", header: `If-Match: "x"`, code: 412},
		step{method: "DELETE", path: "/a", code: 204},
		step{method: "DELETE", path: "/d/", code: 204},
	)
	g.wantFiles("g/")
}

// What is locked stays, and what is around it; all else goes, and only what stayed is told (RFC 4918, section 9.6.1).
func TestDeletePartly(t *testing.T) {
	g := newRig(t, "d/a", "d/e/f", "d/e/g", "d/h/i/j", "d/k/l", "m")
	g.run(
		step{method: "LOCK", path: "/d/e/f", body: exclusive, code: 200},
		step{method: "LOCK", path: "/d/h/i/", header: "Depth: 0", body: exclusive, code: 200},
	)
	want := "/d/e/f 423 !lock-token-submitted\n/d/h/i/ 423 !lock-token-submitted"
	if got := outline(g.parse(g.do("DELETE", "/d", "", ""))); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	g.wantFiles("d/ d/e/ d/e/f d/h/ d/h/i/ d/h/i/j m")
	g.run(step{what: "onto what holds a lock", method: "COPY", path: "/m", header: "Destination: /d/e", code: 423, want: []string{submitted + "/d/e/f</D:href>"}})
}

func TestCopyMove(t *testing.T) {
	files := []string{"a", "b", "d/e", "d/f/g", "h/i"}
	const before = "a b d/ d/e d/f/ d/f/g h/ h/i"
	for _, c := range []struct {
		what, method, path, header string
		code                       int
		then                       string
	}{
		{"a file", "COPY", "/a", "Destination: http://example.com/c", 201, "a b c d/ d/e d/f/ d/f/g h/ h/i"},
		{"a file", "MOVE", "/a", "Destination: /c", 201, "b c d/ d/e d/f/ d/f/g h/ h/i"},
		{"over a file", "COPY", "/a", "Destination: /b", 204, before},
		{"over a file", "MOVE", "/a", "Destination: /b\nOverwrite: T", 204, "b d/ d/e d/f/ d/f/g h/ h/i"},
		{"not over a file", "COPY", "/a", "Destination: /b\nOverwrite: F", 412, before},
		{"not over a file", "MOVE", "/a", "Destination: /b\nOverwrite: F", 412, before},
		{"a tree", "COPY", "/d/", "Destination: /c/", 201, "a b c/ c/e c/f/ c/f/g d/ d/e d/f/ d/f/g h/ h/i"},
		{"a tree", "MOVE", "/d", "Destination: /c", 201, "a b c/ c/e c/f/ c/f/g h/ h/i"},
		{"a collection alone", "COPY", "/d/", "Destination: /c/\nDepth: 0", 201, "a b c/ d/ d/e d/f/ d/f/g h/ h/i"},
		{"a collection alone", "MOVE", "/d/", "Destination: /c/\nDepth: 0", 400, before},
		{"bad depth", "COPY", "/d/", "Destination: /c/\nDepth: 1", 400, before},
		{"a tree over a tree", "COPY", "/d/", "Destination: /h/", 204, "a b d/ d/e d/f/ d/f/g h/ h/e h/f/ h/f/g"},
		{"a tree over a tree", "MOVE", "/d/", "Destination: /h/", 204, "a b h/ h/e h/f/ h/f/g"},
		{"a tree over a file", "COPY", "/d/", "Destination: /a", 204, "a/ a/e a/f/ a/f/g b d/ d/e d/f/ d/f/g h/ h/i"},
		{"a file over a tree", "MOVE", "/a", "Destination: /d/", 204, "b d h/ h/i"},
		{"onto itself", "COPY", "/a", "Destination: /a", 403, before},
		{"onto itself", "MOVE", "/d", "Destination: /d/", 403, before},
		{"into itself", "COPY", "/d", "Destination: /d/x", 403, before},
		{"into itself", "MOVE", "/d", "Destination: /d/f/x", 403, before},
		{"alone into itself", "COPY", "/d", "Destination: /d/x\nDepth: 0", 201, "a b d/ d/e d/f/ d/f/g d/x/ h/ h/i"},
		{"over its parent", "COPY", "/d/f", "Destination: /d", 403, before},
		{"over its parent", "MOVE", "/d/f/g", "Destination: /d", 403, before},
		{"the root", "MOVE", "/", "Destination: /x", 403, before},
		{"the root", "COPY", "/", "Destination: /x", 403, before},
		{"onto the root", "COPY", "/a", "Destination: /", 403, before},
		{"no destination", "COPY", "/a", "", 400, before},
		{"another server", "COPY", "/a", "Destination: http://example.org/c", 502, before},
		{"another protocol", "COPY", "/a", "Destination: ftp://example.com/c", 502, before},
		{"another protocol, without a host", "COPY", "/a", "Destination: file:///c", 502, before},
		{"another protocol, without a path", "COPY", "/a", "Destination: javascript:c", 400, before},
		{"by TLS in front", "COPY", "/a", "Destination: https://example.com/c", 201, "a b c d/ d/e d/f/ d/f/g h/ h/i"},
		{"a relative path", "COPY", "/a", "Destination: c", 400, before},
		{"a query", "COPY", "/a", "Destination: ?c", 400, before},
		{"a mistaken scheme", "MOVE", "/a", "Destination: c:", 400, before},
		{"no parent", "COPY", "/a", "Destination: /x/c", 409, before},
		{"below a file", "MOVE", "/a", "Destination: /b/c", 409, before},
		{"bad overwrite", "COPY", "/a", "Destination: /b\nOverwrite: x", 400, before},
		{"nothing there", "COPY", "/x", "Destination: /c", 404, before},
		{"nothing there", "MOVE", "/x", "Destination: /c", 404, before},
		{"encoded", "MOVE", "/a", "Destination: http://EXAMPLE.com/%C3%A4%20%25", 201, "b d/ d/e d/f/ d/f/g h/ h/i ä %"},
	} {
		g := newRig(t, files...)
		g.run(step{what: c.method + " " + c.what, method: c.method, path: c.path, header: c.header, code: c.code})
		if got := g.files(); got != c.then {
			t.Errorf("%s %s: files %s, want %s", c.method, c.what, got, c.then)
		}
	}
}

// A file under two names is not lost by making place for itself.
func TestSameFile(t *testing.T) {
	g := newRig(t, "a")
	if err := os.Link(filepath.Join(g.dir, "a"), filepath.Join(g.dir, "b")); err != nil {
		t.Skip(err)
	}
	g.run(
		step{method: "MOVE", path: "/a", header: "Destination: /b", code: 403},
		step{method: "COPY", path: "/a", header: "Destination: /b", code: 403},
	)
	g.wantFiles("a b")
}

// Dead properties go with what has them (RFC 4918, sections 9.8.2 and 9.9.1), and end with it.
func TestPropertiesGoAlong(t *testing.T) {
	g := newRig(t, "d/f", "d/g/h", "x")
	for _, path := range []string{"/d/", "/d/f", "/d/g/h", "/x"} {
		g.run(step{method: "PROPPATCH", path: path, body: setX, code: 207})
	}
	has := func(path string) string {
		return outline(g.parse(g.do("PROPFIND", path, "Depth: 0", `<D:propfind xmlns:D="DAV:"><D:prop><a xmlns="urn:x"/></D:prop></D:propfind>`)))
	}
	want := func(path, what string) {
		t.Helper()
		if got := has(path); got != path+" "+what {
			t.Errorf("%s, want %s", got, what)
		}
	}
	g.run(step{method: "COPY", path: "/d/", header: "Destination: /c/", code: 201})
	want("/c/", "200 a=1")
	want("/c/g/h", "200 a=1")
	want("/d/f", "200 a=1")
	g.run(step{method: "MOVE", path: "/c/", header: "Destination: /x", code: 204}, step{method: "MKCOL", path: "/c/", code: 201})
	want("/x/g/h", "200 a=1")
	want("/c/", "404 a")
	g.run(step{method: "DELETE", path: "/x/", code: 204}, step{method: "PUT", path: "/x", body: "x", code: 201})
	want("/x", "404 a")
	g.run(step{method: "DELETE", path: "/d/", code: 204})
	if g.s.dead.size != 0 {
		t.Errorf("%d bytes are left", g.s.dead.size)
	}
}

// Nothing is put in the place of a link, which no client sees.
func TestLinksStay(t *testing.T) {
	g := newRig(t, "f", "d/")
	for _, name := range []string{"l", "d/l"} {
		if err := os.Symlink("nowhere", filepath.Join(g.dir, name)); err != nil {
			t.Skip(err)
		}
	}
	for _, path := range []string{"/l", "/d/l"} {
		g.run(
			step{method: "PUT", path: path, body: "x", code: 403},
			step{method: "MKCOL", path: path, code: 403},
			step{method: "LOCK", path: path, body: lockinfo("exclusive"), code: 403},
			step{method: "COPY", path: "/f", header: "Destination: " + path, code: 403},
			step{method: "MOVE", path: "/f", header: "Destination: " + path, code: 403},
			step{method: "GET", path: path, code: 404},
		)
	}
	g.wantFiles("d/ d/l f l")
	for _, name := range []string{"l", "d/l"} {
		if to, err := os.Readlink(filepath.Join(g.dir, name)); to != "nowhere" {
			t.Errorf("%s leads to %q, %v", name, to, err)
		}
	}
}

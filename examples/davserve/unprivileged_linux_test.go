package main

import (
	"cmp"
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

// unprivileged makes modes of files count for the rest of the test, which for root they do not.
func unprivileged(t *testing.T) {
	t.Helper()
	if os.Geteuid() != 0 {
		return
	}
	if err := syscall.Seteuid(65534); err != nil {
		t.Skip(err)
	}
	t.Cleanup(func() {
		if err := syscall.Seteuid(0); err != nil {
			t.Fatal(err)
		}
	})
}

// newOwnRig makes a rig whose files belong to who runs the test.
func newOwnRig(t *testing.T, names ...string) *rig {
	t.Helper()
	g := newRig(t, names...)
	err := filepath.WalkDir(g.dir, func(path string, _ os.DirEntry, err error) error {
		if err == nil && os.Geteuid() == 0 {
			err = os.Chown(path, 65534, 65534)
		}
		return err
	})
	if err := cmp.Or(err, os.Chmod(filepath.Dir(g.dir), 0o755)); err != nil {
		t.Fatal(err)
	}
	unprivileged(t)
	return g
}

func (g *rig) chmod(name string, mode os.FileMode) {
	g.t.Helper()
	at := filepath.Join(g.dir, name)
	if err := os.Chmod(at, mode); err != nil {
		g.t.Fatal(err)
	}
	g.t.Cleanup(func() { os.Chmod(at, 0o777) })
}

// What the file system does not allow is told: in the status if it is what was asked for, else in a 207.
func TestForbidden(t *testing.T) {
	g := newOwnRig(t, "d/open/a", "d/shut/b", "d/fixed/c", "d/unreadable", "e")
	g.s.infinite = true
	g.chmod("d/shut", 0)
	g.chmod("d/fixed", 0o555)
	g.chmod("d/unreadable", 0)
	const ask = `<propfind xmlns="DAV:"><prop><x/></prop></propfind>`
	for _, c := range []struct{ method, path, header, body, want string }{
		{"PROPFIND", "/d/", "Depth: infinity", ask, "/d/ 404 x\n/d/fixed/ 404 x\n/d/fixed/c 404 x\n/d/open/ 404 x\n/d/open/a 404 x\n/d/shut/ 403\n/d/unreadable 404 x"},
		{"PROPFIND", "/d/", "Depth: 1", ask, "/d/ 404 x\n/d/fixed/ 404 x\n/d/open/ 404 x\n/d/shut/ 404 x\n/d/unreadable 404 x"},
		{"COPY", "/d/", "Destination: /f/", "", "/d/shut/ 403\n/d/unreadable 403"},
		{"DELETE", "/d/", "", "", "/d/fixed/c 403\n/d/shut/ 403"},
	} {
		if got := outline(g.parse(g.do(c.method, c.path, c.header, c.body))); got != c.want {
			t.Errorf("%s %s: got\n%s\nwant\n%s", c.method, c.header, got, c.want)
		}
	}
	g.run(
		step{method: "PROPFIND", path: "/d/shut/", header: "Depth: 1", code: 403},
		step{method: "GET", path: "/d/shut/b", code: 403},
		step{method: "PUT", path: "/d/fixed/new", body: "x", code: 403},
		step{method: "MKCOL", path: "/d/fixed/new", code: 403},
		step{method: "DELETE", path: "/d/fixed/c", code: 403},
		step{method: "MOVE", path: "/d/fixed/c", header: "Destination: /c", code: 403},
	)
	for name, want := range map[string]string{"f/open/a": "d/open/a", "f/fixed/c": "d/fixed/c", "d/fixed/c": "d/fixed/c"} {
		if got := g.read(name); got != want {
			t.Errorf("%s holds %q, want %q", name, got, want)
		}
	}
}

// An overwritten tree that cannot go all is told, and nothing is put in its place.
func TestNoPlace(t *testing.T) {
	g := newOwnRig(t, "a/b", "d/fixed/c", "d/e")
	g.chmod("d/fixed", 0o555)
	for _, method := range []string{"COPY", "MOVE"} {
		if got, want := outline(g.parse(g.do(method, "/a/", "Destination: /d/", ""))), "/d/fixed/c 403"; got != want {
			t.Errorf("%s: got %s, want %s", method, got, want)
		}
	}
	g.wantFiles("a/ a/b d/ d/fixed/ d/fixed/c")
}

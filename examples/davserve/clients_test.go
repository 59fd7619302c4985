package main

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
)

// What the redirector of Windows sends to store a file: an empty one first, then a lock, times as properties, the content.
func TestWindows(t *testing.T) {
	g := newRig(t)
	const times = `<?xml version="1.0" encoding="utf-8" ?><D:propertyupdate xmlns:D="DAV:" xmlns:Z="urn:schemas-microsoft-com:"><D:set><D:prop>` +
		`<Z:Win32CreationTime>Sun, 06 Nov 1994 08:49:37 GMT</Z:Win32CreationTime><Z:Win32FileAttributes>00000020</Z:Win32FileAttributes>` +
		`</D:prop></D:set></D:propertyupdate>`
	info := strings.Replace(exclusive, "mailto:a@b", `HOST\user`, 1)
	g.run(
		step{method: "OPTIONS", path: "/", code: 200, want: []string{"Ms-Author-Via: DAV"}},
		step{method: "PROPFIND", path: "/", header: "Depth: 0", code: 207, want: []string{"<D:collection/>"}},
		step{method: "PROPFIND", path: "/New%20Text.txt", header: "Depth: 0", code: 404},
		step{method: "PUT", path: "/New%20Text.txt", header: "Translate: f", code: 201},
		step{method: "LOCK", path: "/New%20Text.txt", header: "Timeout: Second-3600\nTranslate: f", body: info, code: 200, want: []string{"HOST\\user"}},
		step{method: "PROPPATCH", path: "/New%20Text.txt", header: "If: (<@0>)", body: times, code: 207, want: []string{"Win32CreationTime", "HTTP/1.1 200 OK"}},
		step{method: "HEAD", path: "/New%20Text.txt", header: "Translate: f", code: 200},
		step{method: "PUT", path: "/New%20Text.txt", header: "If: (<@0>)", body: "content", code: 204},
		step{method: "PROPPATCH", path: "/New%20Text.txt", header: "If: (<@0>)", body: times, code: 207},
		step{method: "UNLOCK", path: "/New%20Text.txt", header: "Lock-Token: <@0>", code: 204},
		step{method: "PROPFIND", path: "/New%20Text.txt", header: "Depth: 0", code: 207, want: []string{"00000020", "<D:getcontentlength>7<"}},
	)
}

// What the Finder of macOS sends to store a file and its shadow.
func TestFinder(t *testing.T) {
	g := newRig(t)
	info := strings.Replace(exclusive, "mailto:a@b", "http://www.apple.com/webdav_fs/", 1)
	g.run(
		step{method: "OPTIONS", path: "/", code: 200, want: []string{"Dav: 1, 2"}},
		step{method: "PROPFIND", path: "/._a", header: "Depth: 0", code: 404},
		step{method: "PUT", path: "/a", code: 201},
		step{method: "LOCK", path: "/a", header: "Depth: 0\nTimeout: Second-600", body: info, code: 200},
		step{method: "PUT", path: "/a", header: "If: (<@0>)\nX-Expected-Entity-Length: 7", body: "content", code: 204},
		step{method: "LOCK", path: "/a", header: "If: (<@0>)\nTimeout: Second-600", code: 200, want: []string{"Second-600"}},
		step{method: "UNLOCK", path: "/a", header: "Lock-Token: <@0>", code: 204},
		step{method: "MOVE", path: "/a", header: "Destination: http://example.com/b\nOverwrite: T", code: 201},
		step{method: "PROPFIND", path: "/", header: "Depth: 1", code: 207, want: []string{"<D:href>/b</D:href>"}},
	)
}

// Many clients at the same files get in each other's way, but never an answer that blames the server, and never a listing that
// cannot be read.
func TestMany(t *testing.T) {
	g := newRig(t, "d/")
	h := httptest.NewServer(g.s)
	defer h.Close()
	requests := []struct{ method, path, header, body string }{
		{"PUT", "/d/%d", "", "content"}, {"MKCOL", "/d/c%d", "", ""}, {"PUT", "/d/c%d/x", "", "content"}, {"PROPFIND", "/d/", "Depth: 1", ""},
		{"COPY", "/d/c%d", "Destination: /d/k%d", ""}, {"LOCK", "/d/%d", "", shared}, {"PROPPATCH", "/d/%d", "", setX}, {"PROPFIND", "/", "Depth: infinity", ""},
		{"MOVE", "/d/k%d", "Destination: /d/c%d", ""}, {"GET", "/d/%d", "", ""}, {"DELETE", "/d/c%d", "", ""}, {"DELETE", "/d/k%d", "", ""},
	}
	g.s.infinite = true
	var all sync.WaitGroup
	for client := range 8 {
		all.Go(func() {
			for i := range 120 {
				c := requests[(i+client*5)%len(requests)]
				n := (i + client) % 3
				r, _ := http.NewRequest(c.method, h.URL+strings.ReplaceAll(c.path, "%d", fmt.Sprint(n)), strings.NewReader(c.body))
				if name, value, ok := strings.Cut(strings.ReplaceAll(c.header, "%d", fmt.Sprint(n)), ": "); ok {
					r.Header.Set(name, value)
				}
				resp, err := http.DefaultClient.Do(r)
				if err != nil {
					t.Error(err)
					return
				}
				body, err := io.ReadAll(resp.Body)
				resp.Body.Close()
				if err != nil || resp.StatusCode >= 500 {
					t.Errorf("%s %s: %s, %v: %s", c.method, r.URL.Path, resp.Status, err, body)
				}
			}
		})
	}
	all.Wait()
}

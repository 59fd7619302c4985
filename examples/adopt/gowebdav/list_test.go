package gowebdav_test

import (
	"errors"
	"io"
	"io/fs"
	"net/http"
	"strings"
	"testing"

	theirs "github.com/studio-b12/gowebdav"

	"github.com/go-multistatus/multistatus/examples/adopt/gowebdav"
	"github.com/go-multistatus/multistatus/examples/adopt/internal/trial"
)

const server = "http://dav.example.org/dav/"

func answer(inner string) http.RoundTripper {
	return trial.Answer(&trial.Body{Text: `<D:multistatus xmlns:D="DAV:">` + inner + `</D:multistatus>`})
}

func response(href, props string) string {
	return `<D:response><D:href>` + href + `</D:href><D:propstat><D:prop>` + props + `</D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response>`
}

const (
	kind = `<D:resourcetype><D:collection/></D:resourcetype>`
	file = `<D:resourcetype/><D:getcontentlength>5</D:getcontentlength><D:getetag>W/"x"</D:getetag><D:getcontenttype>text/plain</D:getcontenttype>` +
		`<D:getlastmodified>Sun, 06 Nov 1994 08:49:37 GMT</D:getlastmodified>`
)

// described is what both kinds of file tell.
type described interface {
	fs.FileInfo
	Path() string
	ContentType() string
	ETag() string
}

func same(t *testing.T, want, got fs.FileInfo) {
	t.Helper()
	w, g := want.(described), got.(described)
	if w.Path() != g.Path() || w.ContentType() != g.ContentType() || w.ETag() != g.ETag() || w.Size() != g.Size() ||
		w.Mode() != g.Mode() || !w.ModTime().Equal(g.ModTime()) || w.IsDir() != g.IsDir() {
		t.Errorf("it is %+v, want %+v", got, want)
	}
}

// A sound body means the same to both.
func TestReadDir(t *testing.T) {
	body := answer(response("/dav/x/", kind) + response("/dav/x/a%20b.txt", file) + response("/dav/x/sub/", kind))
	c := theirs.NewClient(server, "", "")
	c.SetTransport(body)
	want, err := c.ReadDir("/x")
	if err != nil || len(want) != 2 {
		t.Fatalf("gowebdav lists %v, %v", want, err)
	}
	got, err := gowebdav.ReadDir(&http.Client{Transport: body}, server, "/x")
	if err != nil || len(got) != 2 {
		t.Fatalf("ReadDir lists %v, %v", got, err)
	}
	for i := range want {
		same(t, want[i], got[i])
		if got[i].Name() != want[i].Name() {
			t.Errorf("the name is %q, want %q", got[i].Name(), want[i].Name())
		}
	}
}

// The collection itself may stand anywhere. gowebdav takes the first response for it.
func TestReadDirSelfLast(t *testing.T) {
	body := answer(response("/dav/x/a", file) + response("http://dav.example.org/dav/x", kind))
	c := theirs.NewClient(server, "", "")
	c.SetTransport(body)
	if _, err := c.ReadDir("/x"); !theirs.IsErrCode(err, http.StatusMethodNotAllowed) {
		t.Errorf("the error of gowebdav is %v", err)
	}
	got, err := gowebdav.ReadDir(&http.Client{Transport: body}, server, "/x")
	if err != nil || len(got) != 1 || got[0].Name() != "a" {
		t.Errorf("ReadDir lists %v, %v", got, err)
	}
}

// A body that is cut off is an error, beside what was complete. To gowebdav it is a short list.
func TestReadDirTruncated(t *testing.T) {
	body := trial.Answer(&trial.Body{Text: `<D:multistatus xmlns:D="DAV:">` + response("/dav/x/", kind) + response("/dav/x/a", file) + `<D:response><D:href>/dav/x/b`})
	c := theirs.NewClient(server, "", "")
	c.SetTransport(body)
	if l, err := c.ReadDir("/x"); len(l) != 1 || err != nil {
		t.Errorf("gowebdav lists %v, %v", l, err)
	}
	l, err := gowebdav.ReadDir(&http.Client{Transport: body}, server, "/x")
	if len(l) != 1 || !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("ReadDir lists %v, %v", l, err)
	}
}

func TestStat(t *testing.T) {
	body := answer(response("/dav/a.txt", file))
	c := theirs.NewClient(server, "", "")
	c.SetTransport(body)
	want, err := c.Stat("/a.txt")
	if err != nil {
		t.Fatal(err)
	}
	got, err := gowebdav.Stat(&http.Client{Transport: body}, server, "/a.txt")
	if err != nil {
		t.Fatal(err)
	}
	same(t, want, got)
	gone := answer(`<D:response><D:href>/dav/a.txt</D:href><D:status>HTTP/1.1 404 Not Found</D:status></D:response>`)
	for _, body := range []http.RoundTripper{gone, answer("")} {
		if fi, err := gowebdav.Stat(&http.Client{Transport: body}, server, "/a.txt"); fi != nil || !errors.Is(err, fs.ErrNotExist) || !strings.Contains(err.Error(), "/a.txt") {
			t.Errorf("it is %v, %v", fi, err)
		}
	}
}

func BenchmarkReadDir(b *testing.B) { trial.Bench(b, &trial.Clients[1], "theirs") }

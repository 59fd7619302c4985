package emersion_test

import (
	"context"
	"errors"
	"io/fs"
	"net/http"
	"net/url"
	"testing"
	"time"

	"github.com/emersion/go-webdav"
	"github.com/google/go-cmp/cmp"

	"github.com/go-multistatus/multistatus"
	"github.com/go-multistatus/multistatus/examples/adopt/emersion"
	"github.com/go-multistatus/multistatus/examples/adopt/internal/trial"
)

const server = "http://dav.example.org/"

var base = &url.URL{Scheme: "http", Host: "dav.example.org", Path: "/"}

func client(body string) *http.Client {
	return &http.Client{Transport: trial.Answer(&trial.Body{Text: body})}
}

const file = `<D:response><D:href>/a%20b.txt</D:href><D:propstat><D:prop><D:resourcetype/><D:getcontentlength>5</D:getcontentlength>` +
	`<D:getetag>"x"</D:getetag><D:getcontenttype>text/plain</D:getcontenttype><D:getlastmodified>Sun, 06 Nov 1994 08:49:37 GMT</D:getlastmodified>` +
	`</D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response>`

var info = webdav.FileInfo{Path: "/a b.txt", Size: 5, ETag: "x", MIMEType: "text/plain", ModTime: time.Date(1994, 11, 6, 8, 49, 37, 0, time.UTC)}

func body(inner string) string { return `<D:multistatus xmlns:D="DAV:">` + inner + `</D:multistatus>` }

// A sound body means the same to both.
func TestReadDir(t *testing.T) {
	c, err := webdav.NewClient(client(body(file)), server)
	if err != nil {
		t.Fatal(err)
	}
	want, err := c.ReadDir(context.Background(), "/", false)
	if diff := cmp.Diff([]webdav.FileInfo{info}, want); diff != "" || err != nil {
		t.Errorf("webdav.Client: %v %s", err, diff)
	}
	got, err := emersion.ReadDir(context.Background(), client(body(file)), base, false)
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("ReadDir: %v %s", err, diff)
	}
}

// A member that failed is an error of its own, and what is sound is listed.
func TestReadDirFailedMember(t *testing.T) {
	const gone = `<D:response><D:href>/gone</D:href><D:status>HTTP/1.1 404 Not Found</D:status></D:response>`
	list, err := emersion.ReadDir(context.Background(), client(body(gone+file)), base, false)
	if diff := cmp.Diff([]webdav.FileInfo{info}, list); diff != "" {
		t.Error(diff)
	}
	var status *multistatus.StatusError
	if !errors.Is(err, fs.ErrNotExist) || !errors.As(err, &status) || status.Href != "/gone" {
		t.Errorf("the error is %v", err)
	}
}

// List stops where its caller does, and reads no more of the body.
func TestListStops(t *testing.T) {
	for fi, err := range emersion.List(context.Background(), client(body(file)+"garbage"), base, false) {
		if fi.Path != info.Path || err != nil {
			t.Errorf("it is %v, %v", fi, err)
		}
		return
	}
	t.Error("nothing is listed")
}

func BenchmarkReadDir(b *testing.B) { trial.Bench(b, &trial.Clients[0], "theirs") }

package trial

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strings"
	"time"

	theirs "github.com/emersion/go-webdav"
	"github.com/studio-b12/gowebdav"

	"github.com/go-multistatus/multistatus"
	"github.com/go-multistatus/multistatus/examples/adopt/emersion"
	ours "github.com/go-multistatus/multistatus/examples/adopt/gowebdav"
	"github.com/go-multistatus/multistatus/examples/adopt/rclone"
)

// An Entry is what a client tells of a member of the collection. Dates before 1971 stand for none.
type Entry struct {
	Path     string
	Dir      bool
	Size     int64
	Modified time.Time
}

// A List is what a client makes of a body.
type List struct {
	Entries []Entry
	Failed  int   // members that it says have failed
	Err     error // why the list is not complete, but for these
}

// A Client lists a collection by the code of others and by that of an example.
type Client struct {
	Name         string
	Theirs, Ours func(http.RoundTripper) List
}

const server = "http://dav.example.org/"

var base, _ = url.Parse(server)

// Clients are all of them.
var Clients = []Client{
	{"emersion/go-webdav", emersionTheirs, emersionOurs},
	{"studio-b12/gowebdav", gowebdavTheirs, gowebdavOurs},
	{"rclone (a model)", rcloneModel, rcloneOurs},
}

// answer is a transport that answers every request with a body.
type answer struct{ body *Body }

// Answer returns a transport that answers every request with b.
func Answer(b *Body) http.RoundTripper { return answer{b} }

func (a answer) RoundTrip(r *http.Request) (*http.Response, error) {
	return &http.Response{
		StatusCode: http.StatusMultiStatus, Status: "207 Multi-Status", Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Request: r,
		Header: http.Header{"Content-Type": {cmp.Or(a.body.ContentType, multistatus.ContentType)}},
		Body:   io.NopCloser(strings.NewReader(a.body.Text)), ContentLength: int64(len(a.body.Text)),
	}, nil
}

func emersionTheirs(t http.RoundTripper) List {
	c, err := theirs.NewClient(&http.Client{Transport: t}, server)
	if err != nil {
		return List{Err: err}
	}
	list, err := c.ReadDir(context.Background(), "/", false)
	return ofFileInfos(list, err)
}

func emersionOurs(t http.RoundTripper) List {
	list, err := emersion.ReadDir(context.Background(), &http.Client{Transport: t}, base, false)
	return ofFileInfos(list, err)
}

func ofFileInfos(infos []theirs.FileInfo, err error) List {
	l := withFailures(err)
	for _, fi := range infos {
		l.add(fi.Path, fi.IsDir, fi.Size, fi.ModTime)
	}
	return l
}

func gowebdavTheirs(t http.RoundTripper) (l List) {
	c := gowebdav.NewClient(server, "", "")
	c.SetTransport(t)
	list, err := c.ReadDir("/")
	l = withFailures(err)
	for _, fi := range list {
		l.add("/"+fi.Name(), fi.IsDir(), fi.Size(), fi.ModTime())
	}
	return l
}

func gowebdavOurs(t http.RoundTripper) (l List) {
	list, err := ours.ReadDir(&http.Client{Transport: t}, server, "/")
	l = withFailures(err)
	for _, fi := range list {
		l.add("/"+fi.Name(), fi.IsDir(), fi.Size(), fi.ModTime())
	}
	return l
}

func rcloneModel(t http.RoundTripper) (l List) {
	resp, err := get(t)
	if err != nil {
		return List{Err: err}
	}
	items, err := rclone.Model(resp.Body, base)
	l.Err = err
	for _, i := range items {
		l.add("/"+i.Name, i.Dir, i.Size, i.Modified)
	}
	return l
}

func rcloneOurs(t http.RoundTripper) (l List) {
	resp, err := get(t)
	if err != nil {
		return List{Err: err}
	}
	var errs []error
	for i, err := range rclone.List(resp.Body, resp.Header.Get("Content-Type"), base) {
		if err != nil {
			errs = append(errs, err)
			continue
		}
		l.add("/"+i.Name, i.Dir, i.Size, i.Modified)
	}
	f := withFailures(errors.Join(errs...))
	l.Failed, l.Err = f.Failed, f.Err
	return l
}

func get(t http.RoundTripper) (*http.Response, error) {
	r, err := http.NewRequest("PROPFIND", server, nil)
	if err != nil {
		return nil, err
	}
	return t.RoundTrip(r)
}

func (l *List) add(name string, dir bool, size int64, modified time.Time) {
	if modified.Year() < 1971 {
		modified = time.Time{}
	}
	if dir {
		size = 0
	}
	l.Entries = append(l.Entries, Entry{path.Clean(name), dir, size, modified.UTC().Truncate(time.Second)})
}

// withFailures returns a List with errors about members apart from that about the whole.
func withFailures(err error) (l List) {
	var joined interface{ Unwrap() []error }
	if !errors.As(err, &joined) {
		joined = one{err}
	}
	for _, err := range joined.Unwrap() {
		switch status := new(multistatus.StatusError); {
		case err == nil:
		case errors.As(err, &status) || errors.Is(err, multistatus.ErrHref):
			l.Failed++
		default:
			l.Err = cmp.Or(l.Err, err)
		}
	}
	return l
}

type one struct{ err error }

func (o one) Unwrap() []error { return []error{o.err} }

// Run calls a client, and makes an error of a panic.
func Run(client func(http.RoundTripper) List, t http.RoundTripper) (l List, panicked bool) {
	defer func() {
		if v := recover(); v != nil {
			l, panicked = List{Err: fmt.Errorf("panic: %v", v)}, true
		}
	}()
	l = client(t)
	slices.SortFunc(l.Entries, func(a, b Entry) int { return cmp.Compare(a.Path, b.Path) })
	return l, false
}

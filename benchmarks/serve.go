package main

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"mime"
	"net/http"
	"net/http/httptest"
	"os"
	"path"
	"strconv"
	"strings"
	"time"

	emersion "github.com/emersion/go-webdav"
	"golang.org/x/net/webdav"

	"github.com/go-multistatus/multistatus"
)

const xnet = "golang.org/x/net/webdav, Handler"

// Servers list as many files in memory as the body has responses. What is in the body does not matter.
var servers = []peer{
	{name: "this package, over x/net's file system", note: "the same file system and the same properties; reads no request, and opens no file", task: serve, prepare: listing(serveOurs)},
	{name: xnet, note: "over its file system in memory; opens each file several times, to look for its kind and for properties of its own", task: serve, prepare: listing(serveXNet)},
	{name: "emersion/go-webdav, Handler", note: "over a ready list of files; five properties", task: serve, prepare: listing(serveEmersion)},
}

// listing makes the prepare function of a server of a collection.
func listing(server func(files []string) (http.Handler, error)) func(string, io.Writer) (pass, error) {
	return func(body string, w io.Writer) (pass, error) {
		v, err := reference(body, nil)
		if err != nil {
			return nil, err
		}
		h, err := server(fileNames(v.Responses))
		if err != nil {
			return nil, err
		}
		return func() (vector, error) {
			answer := discarder{w, http.Header{}}
			r := httptest.NewRequest("PROPFIND", "/", strings.NewReader(""))
			r.Header.Set("Depth", "1")
			h.ServeHTTP(answer, r)
			return vector{}, nil
		}, nil
	}
}

func fileNames(n int) (names []string) {
	for i := range n {
		names = append(names, "file-"+strconv.Itoa(i)+".txt")
	}
	return names
}

// discarder is a response writer that passes the body on.
type discarder struct {
	io.Writer
	header http.Header
}

func (d discarder) Header() http.Header { return d.header }
func (d discarder) WriteHeader(int)     {}

func memory(files []string) (webdav.FileSystem, error) {
	m := webdav.NewMemFS()
	for _, name := range files {
		f, err := m.OpenFile(context.Background(), "/"+name, os.O_CREATE|os.O_WRONLY, 0o666)
		if err != nil {
			return nil, err
		}
		if _, err := io.WriteString(f, "text"); err != nil {
			return nil, err
		}
		if err := f.Close(); err != nil {
			return nil, err
		}
	}
	return m, nil
}

func serveXNet(files []string) (http.Handler, error) {
	m, err := memory(files)
	return &webdav.Handler{FileSystem: m, LockSystem: webdav.NewMemLS()}, err
}

func serveOurs(files []string) (http.Handler, error) {
	m, err := memory(files)
	return &lister{files: m}, err
}

// lister answers every request with what is in the root.
type lister struct {
	files webdav.FileSystem
	e     multistatus.Encoder
}

// The properties that golang.org/x/net/webdav tells of a file.
var (
	resourceType  = multistatus.DAV("resourcetype")
	displayName   = multistatus.DAV("displayname")
	contentLength = multistatus.DAV("getcontentlength")
	lastModified  = multistatus.DAV("getlastmodified")
	contentType   = multistatus.DAV("getcontenttype")
	etag          = multistatus.DAV("getetag")
	supportedLock = multistatus.DAV("supportedlock")
)

const locks = `<D:lockentry xmlns:D="DAV:"><D:lockscope><D:exclusive/></D:lockscope><D:locktype><D:write/></D:locktype></D:lockentry>`

func (l *lister) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	l.e.Reset(w, &multistatus.EncodeOptions{OnStart: func() {
		w.Header().Set("Content-Type", multistatus.ContentType)
		w.WriteHeader(http.StatusMultiStatus)
	}})
	defer l.e.Abort()
	if err := l.list(r.Context()); err != nil && !l.e.Started() {
		http.Error(w, err.Error(), http.StatusInternalServerError)
	}
}

func (l *lister) list(ctx context.Context) error {
	root, err := l.files.OpenFile(ctx, "/", os.O_RDONLY, 0)
	if err != nil {
		return err
	}
	defer root.Close()
	infos, err := root.Readdir(0)
	if err != nil {
		return err
	}
	supported, err := multistatus.XML(locks)
	if err != nil {
		return err
	}
	info, err := root.Stat()
	if err != nil {
		return err
	}
	l.e.StartPath("/")
	l.e.Propstat(http.StatusOK)
	l.e.PropElements(resourceType, multistatus.DAV("collection"))
	l.e.PropEmpty(displayName)
	l.e.PropHTTPTime(lastModified, info.ModTime())
	l.e.PropValue(supportedLock, supported)
	for _, info := range infos {
		l.file(info, supported)
	}
	return l.e.Close()
}

func (l *lister) file(info fs.FileInfo, supported multistatus.Value) {
	l.e.StartPath("/" + info.Name())
	l.e.Propstat(http.StatusOK)
	l.e.PropEmpty(resourceType)
	l.e.PropText(displayName, info.Name())
	l.e.PropInt(contentLength, info.Size())
	l.e.PropHTTPTime(lastModified, info.ModTime())
	l.e.PropText(contentType, mime.TypeByExtension(path.Ext(info.Name())))
	multistatus.PropAppend(&l.e, etag, tag{info.ModTime().UnixNano(), info.Size()})
	l.e.PropValue(supportedLock, supported)
}

// tag is an entity tag as golang.org/x/net/webdav makes it.
type tag [2]int64

// AppendText appends the tag with its quotes.
func (t tag) AppendText(b []byte) ([]byte, error) { return fmt.Appendf(b, `"%x%x"`, t[0], t[1]), nil }

func serveEmersion(files []string) (http.Handler, error) {
	list := []emersion.FileInfo{{Path: "/", IsDir: true}}
	for _, name := range files {
		list = append(list, emersion.FileInfo{Path: "/" + name, Size: 4, ModTime: time.Unix(1_700_000_000, 0), MIMEType: "text/plain; charset=utf-8", ETag: "1777"})
	}
	return &emersion.Handler{FileSystem: &fileList{list: list}}, nil
}

// fileList is a file system of a collection, of which nothing but the list is asked.
type fileList struct {
	emersion.FileSystem
	list []emersion.FileInfo
}

// Stat returns the collection.
func (f *fileList) Stat(context.Context, string) (*emersion.FileInfo, error) { return &f.list[0], nil }

// ReadDir returns the list.
func (f *fileList) ReadDir(context.Context, string, bool) ([]emersion.FileInfo, error) {
	return f.list, nil
}

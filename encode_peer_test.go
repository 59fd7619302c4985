package multistatus_test

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"strconv"
	"testing"

	"golang.org/x/net/webdav"

	"github.com/go-multistatus/multistatus"
)

// peerFiles is how many files are in the collection that is listed.
const peerFiles = 100

// newPeer returns a handler of golang.org/x/net/webdav with some files in memory.
func newPeer(t testing.TB) *webdav.Handler {
	t.Helper()
	h := &webdav.Handler{FileSystem: webdav.NewMemFS(), LockSystem: webdav.NewMemLS()}
	for i := range peerFiles {
		f, err := h.FileSystem.OpenFile(context.Background(), "/file-"+strconv.Itoa(i)+".txt", os.O_CREATE|os.O_WRONLY, 0o666)
		if err != nil {
			t.Fatal(err)
		}
		f.Write([]byte("text"))
		f.Close()
	}
	return h
}

// discarder is a response writer that forgets what it gets.
type discarder struct{ header http.Header }

func (d discarder) Header() http.Header         { return d.header }
func (d discarder) Write(p []byte) (int, error) { return len(p), nil }
func (d discarder) WriteHeader(int)             {}

// BenchmarkPropfind lists a collection of 100 files in memory: with golang.org/x/net/webdav, and with an Encoder over the
// same file system.
func BenchmarkPropfind(b *testing.B) {
	h := newPeer(b)
	r := httptest.NewRequest("PROPFIND", "/", nil)
	r.Header.Set("Depth", "1")
	w := discarder{http.Header{}}
	b.Run("xnet", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			h.ServeHTTP(w, r)
		}
		perResponse(b)
	})
	b.Run("encoder", func(b *testing.B) {
		var e multistatus.Encoder
		b.ReportAllocs()
		for b.Loop() {
			if err := listFiles(&e, w, h.FileSystem); err != nil {
				b.Fatal(err)
			}
		}
		perResponse(b)
	})
}

func perResponse(b *testing.B) {
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/(peerFiles+1), "ns/response")
}

// The properties that golang.org/x/net/webdav tells of a file.
var (
	peerLength   = multistatus.DAV("getcontentlength")
	peerModified = multistatus.DAV("getlastmodified")
	peerType     = multistatus.DAV("getcontenttype")
	peerName     = multistatus.DAV("displayname")
	peerKind     = multistatus.DAV("resourcetype")
	peerETag     = multistatus.DAV("getetag")
	peerLock     = multistatus.DAV("supportedlock")
	peerLocks, _ = multistatus.XML(`<D:lockentry><D:lockscope><D:exclusive/></D:lockscope><D:locktype><D:write/></D:locktype></D:lockentry>`, multistatus.Namespace{Prefix: "D", URI: multistatus.NamespaceDAV})
)

func listFiles(e *multistatus.Encoder, w io.Writer, files webdav.FileSystem) error {
	e.Reset(w, nil)
	defer e.Abort()
	root, err := files.OpenFile(context.Background(), "/", os.O_RDONLY, 0)
	if err != nil {
		return err
	}
	defer root.Close()
	infos, err := root.Readdir(0)
	if err != nil {
		return err
	}
	e.StartPath("/")
	e.Propstat(200)
	e.PropElements(peerKind, multistatus.DAV("collection"))
	for _, info := range infos {
		listFile(e, info)
	}
	return e.Close()
}

func listFile(e *multistatus.Encoder, info fs.FileInfo) {
	var room [64]byte
	e.StartPath(string(append(append(room[:0], '/'), info.Name()...)))
	e.Propstat(200)
	e.PropEmpty(peerKind)
	e.PropText(peerName, info.Name())
	e.PropInt(peerLength, info.Size())
	e.PropHTTPTime(peerModified, info.ModTime())
	e.PropText(peerType, "text/plain; charset=utf-8")
	multistatus.PropAppend(e, peerETag, peerTag{info.ModTime().UnixNano(), info.Size()})
	e.PropValue(peerLock, peerLocks)
}

// peerTag is an entity tag as golang.org/x/net/webdav makes it.
type peerTag [2]int64

func (t peerTag) AppendText(b []byte) ([]byte, error) {
	return fmt.Appendf(b, `"%x%x"`, t[0], t[1]), nil
}

// Both say the same, but for what the peer alone knows.
func TestPropfindPeer(t *testing.T) {
	h := newPeer(t)
	r := httptest.NewRequest("PROPFIND", "/", nil)
	r.Header.Set("Depth", "1")
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	theirs, err := multistatus.Parse(w.Body.Bytes(), nil)
	if err != nil {
		t.Fatal(err)
	}
	w = httptest.NewRecorder()
	var e multistatus.Encoder
	if err := listFiles(&e, w, h.FileSystem); err != nil {
		t.Fatal(err)
	}
	ours, err := multistatus.Parse(w.Body.Bytes(), &multistatus.DecodeOptions{Reject: multistatus.AllQuirks()})
	if err != nil {
		t.Fatal(err)
	}
	want := map[multistatus.Href]*multistatus.Response{}
	for i := range theirs.Responses {
		want[theirs.Responses[i].Href] = &theirs.Responses[i]
	}
	for i := range ours.Responses {
		got := &ours.Responses[i]
		their := want[got.Href]
		if their == nil {
			t.Errorf("the peer has no %s", got.Href)
			continue
		}
		for p := range got.Props() {
			if q, _ := their.Prop(p.Name); q == nil || !q.Value.Equal(p.Value) {
				t.Errorf("%s of %s is %q, want %v", p.Name, got.Href, p.AppendXML(nil), q)
			}
		}
	}
	if len(ours.Responses) != len(theirs.Responses) {
		t.Errorf("%d responses, want %d", len(ours.Responses), len(theirs.Responses))
	}
}

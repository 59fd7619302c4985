package xnet

import (
	"cmp"
	"context"
	"encoding/xml"
	"errors"
	"io"
	"io/fs"
	"log"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"golang.org/x/net/webdav"

	"github.com/go-multistatus/multistatus"
	"github.com/go-multistatus/multistatus/examples/adopt/internal/trial"
)

// files makes a file system in memory with files in the root and in a collection, and dead properties.
func files(tb testing.TB, n int) webdav.FileSystem {
	tb.Helper()
	m, err := trial.Files(n)
	if err != nil {
		tb.Fatal(err)
	}
	if err := m.Mkdir(context.Background(), "/sub dir", 0o777); err != nil {
		tb.Fatal(err)
	}
	put(tb, m, "/sub dir/Größe & 100%;+.html")
	put(tb, m, "/sub dir/sniffed")
	patch(tb, m, "/sub dir/sniffed",
		webdav.Property{XMLName: xml.Name{Space: "urn:x", Local: "dead"}, InnerXML: []byte(`a <b>&amp; c</b>`)},
		webdav.Property{XMLName: xml.Name{Space: "urn:x", Local: "own"}, Lang: "de", InnerXML: []byte(`<y:b xmlns:y="urn:y" y:a="1"/>`)},
		webdav.Property{XMLName: xml.Name{Space: "DAV:", Local: "inDAV"}, InnerXML: []byte(`<none/>text`)})
	return m
}

func put(tb testing.TB, m webdav.FileSystem, name string) {
	tb.Helper()
	f, err := m.OpenFile(context.Background(), name, os.O_CREATE|os.O_WRONLY, 0o666)
	if err == nil {
		_, err = io.WriteString(f, "text")
	}
	if err = errors.Join(err, f.Close()); err != nil {
		tb.Fatal(err)
	}
}

func patch(tb testing.TB, m webdav.FileSystem, name string, props ...webdav.Property) {
	tb.Helper()
	f, err := m.OpenFile(context.Background(), name, os.O_RDWR, 0)
	if err != nil {
		tb.Fatal(err)
	}
	defer f.Close()
	if _, err := f.(webdav.DeadPropsHolder).Patch([]webdav.Proppatch{{Props: props}}); err != nil {
		tb.Fatal(err)
	}
}

// ask sends a request. header is made of pairs.
func ask(h http.Handler, method, target, body string, header ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, target, strings.NewReader(body))
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

// meaning parses a body, and puts everything that has no order into one: responses by path, properties by name.
func meaning(t *testing.T, body string) []multistatus.Response {
	t.Helper()
	m, err := multistatus.Parse([]byte(body), &multistatus.DecodeOptions{Reject: multistatus.AllQuirks()})
	if err != nil {
		t.Fatalf("%v in %s", err, body)
	}
	for i := range m.Responses {
		r := &m.Responses[i]
		path, err := r.Href.Path()
		if err != nil {
			t.Fatal(err)
		}
		r.Href = multistatus.PathHref(path)
		for _, s := range r.Propstats {
			slices.SortFunc(s.Props, func(a, b multistatus.Property) int { return cmp.Compare(a.Name.String(), b.Name.String()) })
		}
	}
	slices.SortFunc(m.Responses, func(a, b multistatus.Response) int { return cmp.Compare(a.Href, b.Href) })
	return m.Responses
}

const head = `<propfind xmlns="DAV:" xmlns:x="urn:x">`

var requests = []struct{ name, method, target, depth, body string }{
	{"without a body", "PROPFIND", "/dav/", "1", ""},
	{"allprop of all", "PROPFIND", "/dav/", "infinity", head + `<allprop/></propfind>`},
	{"no Depth", "PROPFIND", "/dav/sub%20dir/", "", head + `<allprop/></propfind>`},
	{"a file", "PROPFIND", "/dav/sub%20dir/sniffed", "0", ""},
	{"propname", "PROPFIND", "/dav/sub%20dir", "1", head + `<propname/></propfind>`},
	{"found and missing", "PROPFIND", "/dav/", "infinity", head + `<prop><getetag/><x:dead/><x:own/><inDAV/><x:none/><getcontentlength/><lockdiscovery/></prop></propfind>`},
	{"only missing", "PROPFIND", "/dav/", "1", head + `<prop><x:none/></prop></propfind>`},
	{"set", "PROPPATCH", "/dav/sub%20dir/sniffed", "", `<propertyupdate xmlns="DAV:"><set><prop><a xmlns="urn:a">1</a></prop></set></propertyupdate>`},
	{"protected", "PROPPATCH", "/dav/", "", `<propertyupdate xmlns="DAV:"><set><prop><a xmlns="urn:a">1</a><getetag>1</getetag></prop></set></propertyupdate>`},
	{"not there", "PROPFIND", "/dav/none", "0", ""},
	{"bad Depth", "PROPFIND", "/dav/", "2", ""},
	{"bad body", "PROPFIND", "/dav/", "0", "<propfind/>"},
	{"bad patch", "PROPPATCH", "/dav/", "0", "<propertyupdate"},
	{"other prefix", "PROPFIND", "/", "0", ""},
	{"another method", "OPTIONS", "/dav/", "", ""},
}

// Every answer means what golang.org/x/net/webdav answers over the same files.
func TestSame(t *testing.T) {
	theirs := &webdav.Handler{Prefix: "/dav", FileSystem: files(t, 3), LockSystem: webdav.NewMemLS()}
	for _, c := range requests {
		t.Run(c.name, func(t *testing.T) {
			header := []string{"Depth", c.depth}
			if c.depth == "" {
				header = nil
			}
			want := ask(theirs, c.method, c.target, c.body, header...)
			got := ask(New(theirs), c.method, c.target, c.body, header...)
			if got.Code != want.Code {
				t.Fatalf("it is %d, want %d", got.Code, want.Code)
			}
			if want.Code != http.StatusMultiStatus {
				return
			}
			if diff := gocmp.Diff(meaning(t, want.Body.String()), meaning(t, got.Body.String())); diff != "" {
				t.Error(diff)
			}
			if ct := got.Header().Get("Content-Type"); ct != multistatus.ContentType {
				t.Errorf("Content-Type is %q", ct)
			}
		})
	}
}

// DAV:include is honoured: golang.org/x/net/webdav reads it, and forgets it.
func TestInclude(t *testing.T) {
	h := &webdav.Handler{FileSystem: files(t, 0), LockSystem: webdav.NewMemLS()}
	const body = head + `<allprop/><include><x:none/></include></propfind>`
	if r := meaning(t, ask(h, "PROPFIND", "/", body, "Depth", "0").Body.String()); len(r[0].Propstats) != 1 {
		t.Errorf("golang.org/x/net/webdav honours it: %v", r)
	}
	r := meaning(t, ask(New(h), "PROPFIND", "/", body, "Depth", "0").Body.String())
	if p, s := r[0].Prop(multistatus.Name{Space: "urn:x", Local: "none"}); p == nil || s.Status.Code != http.StatusNotFound {
		t.Errorf("x:none is %v, %v", p, s)
	}
}

// A property that a FileSystem keeps may break the whole listing of golang.org/x/net/webdav, and breaks only itself here.
func TestBadDeadProperty(t *testing.T) {
	for _, c := range []struct {
		name string
		bad  webdav.Property
		want multistatus.Status
	}{
		{"not well-formed", webdav.Property{XMLName: xml.Name{Space: "urn:x", Local: "bad"}, InnerXML: []byte(`</bad></D:prop><evil>`)}, multistatus.Status{}},
		{"no name", webdav.Property{XMLName: xml.Name{Space: "urn:x", Local: "bad name<"}}, multistatus.Status{Code: 500, Reason: "Internal Server Error"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := files(t, 1)
			patch(t, m, "/file-0.txt", c.bad)
			h := &webdav.Handler{FileSystem: m, LockSystem: webdav.NewMemLS()}
			if _, err := multistatus.Parse(ask(h, "PROPFIND", "/", "", "Depth", "1").Body.Bytes(), nil); err == nil {
				t.Error("golang.org/x/net/webdav writes a body that can be read")
			}
			r := meaning(t, ask(New(h), "PROPFIND", "/", "", "Depth", "1").Body.String())
			if len(r) != 3 || r[1].Status != c.want {
				t.Fatalf("the responses are %v", r)
			}
			if p, s := r[1].Prop(multistatus.Name(c.bad.XMLName)); c.want.IsZero() && (p == nil || s.Status.Code != http.StatusInternalServerError) {
				t.Errorf("of the property it says %v, %v", p, s)
			}
		})
	}
}

// What a client asks may be 64 KiB long, and elements in it 256 deep.
func TestHostileQuestion(t *testing.T) {
	h := &webdav.Handler{FileSystem: files(t, 0), LockSystem: webdav.NewMemLS()}
	for name, inner := range map[string]string{
		"long": strings.Repeat("<!-- comment -->", maxQuestion/16),
		"deep": strings.Repeat("<x>", 300) + strings.Repeat("</x>", 300),
	} {
		body := head + `<allprop/>` + inner + `</propfind>`
		if w := ask(h, "PROPFIND", "/", body, "Depth", "0"); w.Code != http.StatusMultiStatus {
			t.Errorf("%s: golang.org/x/net/webdav says %d", name, w.Code)
		}
		if w := ask(New(h), "PROPFIND", "/", body, "Depth", "0"); w.Code != http.StatusBadRequest {
			t.Errorf("%s: it is %d", name, w.Code)
		}
	}
}

// Same question, same bytes.
func TestSameBytes(t *testing.T) {
	h := New(&webdav.Handler{FileSystem: files(t, 0), LockSystem: webdav.NewMemLS()})
	want := ask(h, "PROPFIND", "/sub%20dir/sniffed", "", "Depth", "0").Body.String()
	for range 20 {
		if got := ask(h, "PROPFIND", "/sub%20dir/sniffed", "", "Depth", "0").Body.String(); got != want {
			t.Fatalf("it is %s, and was %s", got, want)
		}
	}
}

// failing is a file system that fails at one name.
type failing struct {
	webdav.FileSystem
	name string
	err  error
}

func (f failing) OpenFile(ctx context.Context, name string, flag int, perm os.FileMode) (webdav.File, error) {
	if name == f.name {
		return nil, f.err
	}
	return f.FileSystem.OpenFile(ctx, name, flag, perm)
}

func (f failing) Stat(ctx context.Context, name string) (os.FileInfo, error) {
	if name == f.name {
		return nil, f.err
	}
	return f.FileSystem.Stat(ctx, name)
}

// What fails at the resource that was asked for is the answer.
func TestStatFailure(t *testing.T) {
	for err, want := range map[error]int{fs.ErrPermission: http.StatusForbidden, fs.ErrNotExist: http.StatusNotFound, errors.New("no disk"): http.StatusInternalServerError} {
		h := &webdav.Handler{FileSystem: failing{files(t, 0), "/x", err}, LockSystem: webdav.NewMemLS()}
		theirs := ask(h, "PROPFIND", "/x", "", "Depth", "0").Code
		if got := ask(New(h), "PROPFIND", "/x", "", "Depth", "0").Code; got != want || theirs != http.StatusMethodNotAllowed && want != http.StatusNotFound {
			t.Errorf("%v: it is %d, and golang.org/x/net/webdav says %d", err, got, theirs)
		}
	}
}

// A member that may not be read is told of with its status. golang.org/x/net/webdav leaves it out.
func TestForbiddenMember(t *testing.T) {
	f := failing{files(t, 1), "/file-0.txt", fs.ErrPermission}
	h := &webdav.Handler{FileSystem: f, LockSystem: webdav.NewMemLS()}
	if r := meaning(t, ask(h, "PROPFIND", "/", "", "Depth", "1").Body.String()); len(r) != 2 {
		t.Errorf("golang.org/x/net/webdav tells of %d resources", len(r))
	}
	r := meaning(t, ask(New(h), "PROPFIND", "/", "", "Depth", "1").Body.String())
	if len(r) != 3 || !errors.Is(r[1].Err(), fs.ErrPermission) {
		t.Errorf("the responses are %v", r)
	}
}

// Where the file system fails in the middle, golang.org/x/net/webdav ends the document, and writes words behind it: a list that is
// short and looks whole. Here the answer is another one if nothing was sent, and else the connection is cut.
func TestFailure(t *testing.T) {
	for _, n := range []int{1, 2000} {
		f := failing{files(t, n), "/sub dir", errors.New("the disk is gone")}
		h := &webdav.Handler{FileSystem: f, LockSystem: webdav.NewMemLS()}
		w := ask(h, "PROPFIND", "/", "", "Depth", "1")
		if !strings.Contains(w.Body.String(), "</D:multistatus>Internal Server Error") && !strings.Contains(w.Body.String(), "</multistatus>Internal Server Error") {
			t.Errorf("golang.org/x/net/webdav writes %d %.2000q", w.Code, w.Body)
		}
		code, body, cut := serve(New(h))
		if short := code == http.StatusInternalServerError && !cut; !short && !(code == 207 && cut && !strings.Contains(body, "</D:multistatus>")) {
			t.Errorf("with %d files it is %d, cut %v: %.200q", n, code, cut, body)
		}
	}
}

// A client sees that an answer was cut off, by the connection and by the document.
func TestFailureOverHTTP(t *testing.T) {
	f := failing{files(t, 2000), "/sub dir", errors.New("the disk is gone")}
	h := New(&webdav.Handler{FileSystem: f, LockSystem: webdav.NewMemLS()})
	s := httptest.NewUnstartedServer(h)
	s.Config.ErrorLog = log.New(io.Discard, "", 0)
	s.Start()
	defer s.Close()
	for range 5 { // the file system in memory lists in any order: where it fails at once, the answer is 500
		r, err := http.NewRequest("PROPFIND", s.URL+"/", nil)
		if err != nil {
			t.Fatal(err)
		}
		resp, err := s.Client().Do(r)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(resp.Body)
		resp.Body.Close()
		if resp.StatusCode == http.StatusInternalServerError {
			continue
		}
		if _, bad := multistatus.Parse(body, nil); err == nil || !errors.Is(bad, io.ErrUnexpectedEOF) {
			t.Errorf("it is %d: %v; and the body: %v", resp.StatusCode, err, bad)
		}
	}
}

// serve sends a PROPFIND, and tells whether the handler cut the connection.
func serve(h http.Handler) (code int, body string, cut bool) {
	r := httptest.NewRequest("PROPFIND", "/", nil)
	r.Header.Set("Depth", "1")
	w := httptest.NewRecorder()
	defer func() {
		code, body, cut = w.Code, w.Body.String(), recover() == http.ErrAbortHandler
	}()
	h.ServeHTTP(w, r)
	return
}

// A lock that another client holds refuses a PROPPATCH as before, and its token lets it through.
func TestProppatchLocked(t *testing.T) {
	h := New(&webdav.Handler{FileSystem: files(t, 1), LockSystem: webdav.NewMemLS()})
	const lock = `<lockinfo xmlns="DAV:"><lockscope><exclusive/></lockscope><locktype><write/></locktype></lockinfo>`
	const update = `<propertyupdate xmlns="DAV:"><set><prop><a xmlns="urn:a">1</a></prop></set></propertyupdate>`
	token := ask(h, "LOCK", "/file-0.txt", lock).Header().Get("Lock-Token")
	if w := ask(h, "PROPPATCH", "/file-0.txt", update); w.Code != http.StatusLocked {
		t.Errorf("without the token it is %d", w.Code)
	}
	w := ask(h, "PROPPATCH", "/file-0.txt", update, "If", "("+token+")")
	if w.Code != http.StatusMultiStatus {
		t.Fatalf("with the token it is %d", w.Code)
	}
	if r := meaning(t, w.Body.String()); !r[0].Propstats[0].OK() {
		t.Errorf("it says %v", r)
	}
}

func BenchmarkPropfind(b *testing.B) {
	theirs := &webdav.Handler{FileSystem: files(b, 1000), LockSystem: webdav.NewMemLS()}
	for _, side := range []struct {
		name string
		h    http.Handler
	}{{"theirs", theirs}, {"ours", New(theirs)}} {
		b.Run(side.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				w := ask(side.h, "PROPFIND", "/", "", "Depth", "1")
				b.SetBytes(int64(w.Body.Len()))
			}
		})
	}
}

package main

import (
	"cmp"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/go-multistatus/multistatus"
)

// rig is a server on a directory of its own.
type rig struct {
	t   *testing.T
	s   *server
	dir string
}

// newRig makes a server whose directory has the files and, with a slash at the end, the collections. A file's content is its name.
func newRig(t *testing.T, names ...string) *rig {
	t.Helper()
	g := &rig{t: t, dir: t.TempDir()}
	for _, name := range names {
		g.make(name)
	}
	root, err := os.OpenRoot(g.dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { root.Close() })
	g.s = newServer(root, log.New(io.Discard, "", 0))
	return g
}

func (g *rig) make(name string) {
	g.t.Helper()
	at := filepath.Join(g.dir, filepath.FromSlash(name))
	err := os.MkdirAll(filepath.Dir(at), 0o777)
	if strings.HasSuffix(name, "/") {
		err = cmp.Or(err, os.MkdirAll(at, 0o777))
	} else {
		err = cmp.Or(err, os.WriteFile(at, []byte(name), 0o666))
	}
	if err != nil {
		g.t.Fatal(err)
	}
}

// step is a request, and what is to come of it. @0, @1 in its header stand for the lock tokens that were given so far.
type step struct {
	what   string
	method string
	path   string
	header string // "Name: value", in lines
	body   string
	code   int
	want   []string // parts of header and body
}

// run does steps one after the other.
func (g *rig) run(steps ...step) {
	g.t.Helper()
	var tokens []string
	for _, st := range steps {
		for i, token := range tokens {
			st.header = strings.ReplaceAll(st.header, "@"+string(rune('0'+i)), token)
		}
		w := g.do(st.method, st.path, st.header, st.body)
		what := cmp.Or(st.what, st.method+" "+st.path)
		if w.Code != st.code {
			g.t.Errorf("%s: %d %s, want %d", what, w.Code, w.Body, st.code)
		}
		got := text(w)
		for _, part := range st.want {
			if !strings.Contains(got, part) {
				g.t.Errorf("%s: no %s in\n%s", what, part, got)
			}
		}
		if token := w.Header().Get("Lock-Token"); token != "" {
			tokens = append(tokens, strings.Trim(token, "<>"))
		}
	}
}

// text is an answer's header and body.
func text(w *httptest.ResponseRecorder) string {
	var b strings.Builder
	w.Header().Write(&b)
	return b.String() + "\r\n" + w.Body.String()
}

// do makes one request to example.com.
func (g *rig) do(method, path, header, body string) *httptest.ResponseRecorder {
	g.t.Helper()
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	for line := range strings.Lines(header) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
		r.Header.Add(name, value)
	}
	w := httptest.NewRecorder()
	g.s.ServeHTTP(w, r)
	return w
}

// files returns what is in the directory: collections with a slash at their end.
func (g *rig) files() string {
	g.t.Helper()
	var names []string
	err := filepath.WalkDir(g.dir, func(path string, d os.DirEntry, err error) error {
		if path != g.dir && err == nil {
			name := filepath.ToSlash(path[len(g.dir)+1:])
			if d.IsDir() {
				name += "/"
			}
			names = append(names, name)
		}
		return err
	})
	if err != nil {
		g.t.Fatal(err)
	}
	return strings.Join(names, " ")
}

// wantFiles compares what is in the directory.
func (g *rig) wantFiles(want string) {
	g.t.Helper()
	if got := g.files(); got != want {
		g.t.Errorf("files: %s, want %s", got, want)
	}
}

// read is a file's content.
func (g *rig) read(name string) string {
	g.t.Helper()
	b, err := os.ReadFile(filepath.Join(g.dir, name))
	if err != nil {
		g.t.Error(err)
	}
	return string(b)
}

// parse reads a 207 strictly: what this server sends has nothing to be forgiven.
func (g *rig) parse(w *httptest.ResponseRecorder) *multistatus.Multistatus {
	g.t.Helper()
	if w.Code != http.StatusMultiStatus || w.Header().Get("Content-Type") != multistatus.ContentType {
		g.t.Fatalf("status %d, content type %q, body %s", w.Code, w.Header().Get("Content-Type"), w.Body)
	}
	m, err := multistatus.Parse(w.Body.Bytes(), &multistatus.DecodeOptions{Reject: multistatus.AllQuirks()})
	if err != nil {
		g.t.Fatalf("%v in %s", err, w.Body)
	}
	return m
}

func TestOptions(t *testing.T) {
	g := newRig(t, "a", "d/")
	all := []string{"Dav: 1, 2, 3\r\n", "Ms-Author-Via: DAV\r\n"}
	g.run(
		step{method: "OPTIONS", path: "/", code: 200, want: append(all, "Allow: "+allowCollection)},
		step{method: "OPTIONS", path: "/a", code: 200, want: append(all, "Allow: "+allowFile)},
		step{method: "OPTIONS", path: "/new", code: 200, want: append(all, "Allow: "+allowNothing)},
		step{method: "OPTIONS", path: "*", code: 200, want: append(all, "Allow: "+allowFile)},
		step{method: "POST", path: "/a", code: 405, want: []string{"Allow: " + allowFile}},
	)
}

func TestGet(t *testing.T) {
	g := newRig(t, "a.txt", "d/b", "d/<&>.html")
	etag := g.do("GET", "/a.txt", "", "").Header().Get("ETag")
	g.run(
		step{method: "GET", path: "/a.txt", code: 200, want: []string{"\r\n\r\na.txt", "Etag: ", "Last-Modified: ", "text/plain", "sandbox"}},
		step{method: "HEAD", path: "/a.txt", code: 200, want: []string{"Content-Length: 5\r\n"}},
		step{what: "a range", method: "GET", path: "/a.txt", header: "Range: bytes=1-2", code: 206, want: []string{"\r\n\r\n.t"}},
		step{what: "a range beyond", method: "GET", path: "/a.txt", header: "Range: bytes=9-", code: 416},
		step{what: "not changed", method: "GET", path: "/a.txt", header: "If-None-Match: " + etag, code: 304},
		step{what: "If holds", method: "GET", path: "/a.txt", header: "If: ([" + etag + "])", code: 200},
		step{what: "If does not hold", method: "GET", path: "/a.txt", header: `If: (["x"])`, code: 412},
		step{method: "GET", path: "/none", code: 404},
		step{method: "GET", path: "/a.txt/b", code: 404},
		step{method: "GET", path: "/d/", code: 200, want: []string{`<a href="/d/b">b</a>`, `<a href="/d/%3C%26%3E.html">&lt;&amp;&gt;.html</a>`}},
		step{method: "HEAD", path: "/d/", code: 200, want: []string{"text/html"}},
	)
}

// No name leads out of the directory, neither by itself nor through a link, and links are not served at all.
func TestNames(t *testing.T) {
	g := newRig(t, "a", "d/b")
	for link, to := range map[string]string{"out": filepath.Dir(g.dir), "in": "a", "around": ".", "d/up": ".."} {
		if err := os.Symlink(to, filepath.Join(g.dir, link)); err != nil {
			t.Skip(err)
		}
	}
	for _, path := range []string{"/../a", "/d/../a", "/%2e%2e/a", "/./a", "/d%2Fb", "/a%00b", "/d/%2e%2E/%2e./x"} {
		for _, method := range []string{"GET", "PUT", "DELETE", "MKCOL", "PROPFIND", "LOCK"} {
			g.run(step{method: method, path: path, code: 400})
		}
		g.run(step{what: "destination " + path, method: "COPY", path: "/a", header: "Destination: " + path, code: 400})
	}
	for _, path := range []string{"/out", "/out/x", "/in", "/around", "/around/a", "/d/up/a"} {
		g.run(
			step{method: "GET", path: path, code: 404},
			step{method: "PROPFIND", path: path, header: "Depth: 0", code: 404},
			step{method: "DELETE", path: path, code: 404},
		)
	}
	g.run(
		step{method: "PUT", path: "/out/x", body: "x", code: 409},
		step{method: "PUT", path: "/around/x", body: "x", code: 409},
		step{method: "PUT", path: "/" + partPrefix, body: "x", code: 403},
		step{what: "two slashes", method: "GET", path: "http://example.com//d//b", code: 200},
	)
	g.s.infinite = true
	m := g.parse(g.do("PROPFIND", "/", "Depth: infinity", ""))
	if len(m.Responses) != 4 {
		t.Errorf("%d resources, want 4: links are none", len(m.Responses))
	}
}

func TestPut(t *testing.T) {
	g := newRig(t, "a", "d/")
	etag := g.do("GET", "/a", "", "").Header().Get("ETag")
	g.run(
		step{method: "PUT", path: "/new", body: "1", code: 201, want: []string{"Etag: "}},
		step{method: "PUT", path: "/new", body: "22", code: 204},
		step{method: "PUT", path: "/none/new", body: "1", code: 409},
		step{method: "PUT", path: "/a/new", body: "1", code: 409},
		step{method: "PUT", path: "/d", body: "1", code: 405},
		step{method: "PUT", path: "/e/", body: "1", code: 405},
		step{method: "PUT", path: "/", body: "1", code: 405},
		step{what: "a part", method: "PUT", path: "/a", header: "Content-Range: bytes 0-0/2", body: "1", code: 400},
		step{what: "must be new", method: "PUT", path: "/a", header: "If-None-Match: *", body: "1", code: 412},
		step{what: "must be there", method: "PUT", path: "/b", header: "If-Match: *", body: "1", code: 412},
		step{what: "must be another", method: "PUT", path: "/a", header: `If-Match: "x"`, body: "1", code: 412},
		step{what: "bad If", method: "PUT", path: "/a", header: "If: (", body: "1", code: 400},
		step{what: "is as it was", method: "PUT", path: "/a", header: `If-Match: "x", ` + etag, body: "3", code: 204},
	)
	g.wantFiles("a d/ new")
	if got := g.read("new") + g.read("a"); got != "223" {
		t.Errorf("content %q, want 223", got)
	}
}

// What is not the version that the client knows is neither moved nor copied, and keeps its properties.
func TestVersion(t *testing.T) {
	g := newRig(t, "a")
	known := "If-Match: " + g.do("GET", "/a", "", "").Header().Get("ETag")
	g.run(
		step{method: "COPY", path: "/a", header: "Destination: /b\n" + known, code: 201},
		step{method: "PROPPATCH", path: "/a", header: known, body: setX, code: 207},
		step{method: "PUT", path: "/a", body: "other", code: 204},
		step{method: "COPY", path: "/a", header: "Destination: /c\n" + known, code: 412},
		step{method: "MOVE", path: "/a", header: "Destination: /c\n" + known, code: 412},
		step{method: "PROPPATCH", path: "/a", header: known, body: setX, code: 412},
		step{method: "DELETE", path: "/a", header: known, code: 412},
	)
	g.wantFiles("a b")
}

// Content of the same length has another entity tag, however soon it follows.
func TestPutETag(t *testing.T) {
	g := newRig(t)
	seen := map[string]bool{}
	for range 50 {
		tag := g.do("PUT", "/a", "", "x").Header().Get("ETag")
		if seen[tag] {
			t.Fatalf("%s again", tag)
		}
		seen[tag] = true
	}
}

type brokenBody struct{ io.Reader }

func (b brokenBody) Read(p []byte) (int, error) {
	n, err := b.Reader.Read(p)
	if err == io.EOF {
		err = io.ErrUnexpectedEOF
	}
	return n, err
}

// A body that is cut off, or too long, leaves what was there before, and nothing beside it.
func TestPutBroken(t *testing.T) {
	g := newRig(t, "a")
	g.s.maxPut = 10
	w := httptest.NewRecorder()
	g.s.ServeHTTP(w, httptest.NewRequest("PUT", "/a", brokenBody{strings.NewReader("half")}))
	if w.Code != 400 {
		t.Errorf("cut off: %d, want 400", w.Code)
	}
	g.run(
		step{what: "too long", method: "PUT", path: "/a", body: "12345678901", code: 413},
		step{what: "long enough", method: "PUT", path: "/b", body: "1234567890", code: 201},
	)
	g.wantFiles("a b")
	if got := g.read("a"); got != "a" {
		t.Errorf("content %q, want that of before", got)
	}
}

func TestMkcol(t *testing.T) {
	g := newRig(t, "a")
	g.run(
		step{method: "MKCOL", path: "/d/", code: 201},
		step{method: "MKCOL", path: "/d", code: 405},
		step{method: "MKCOL", path: "/a", code: 405},
		step{method: "MKCOL", path: "/", code: 405},
		step{method: "MKCOL", path: "/x/y/", code: 409},
		step{method: "MKCOL", path: "/a/y/", code: 409},
		step{method: "MKCOL", path: "/e/", body: "<x/>", code: 415},
	)
	g.wantFiles("a d/")
}

// What has a body that does not come is refused, for nobody knows what it was to be.
func TestMkcolBroken(t *testing.T) {
	g := newRig(t)
	w := httptest.NewRecorder()
	g.s.ServeHTTP(w, httptest.NewRequest("MKCOL", "/d/", brokenBody{strings.NewReader("")}))
	if w.Code != 400 {
		t.Errorf("%d, want 400", w.Code)
	}
	g.wantFiles("")
}

func TestReadOnly(t *testing.T) {
	g := newRig(t, "a", "d/")
	g.s.readOnly = true
	for _, method := range []string{"PUT", "MKCOL", "DELETE", "COPY", "MOVE", "PROPPATCH", "LOCK", "UNLOCK"} {
		g.run(step{method: method, path: "/a", code: 403})
	}
	g.run(
		step{method: "GET", path: "/a", code: 200},
		step{method: "PROPFIND", path: "/", header: "Depth: 1", code: 207, want: []string{"<D:supportedlock/>"}},
		step{method: "OPTIONS", path: "/d/", code: 200, want: []string{"Dav: 1, 3\r\n", "Allow: " + allowReading + "\r\n"}},
		step{method: "POST", path: "/a", code: 405, want: []string{"Allow: " + allowReading + "\r\n"}},
	)
}

func TestPassword(t *testing.T) {
	g := newRig(t, "a")
	g.s.user, g.s.password = "u", "p"
	g.run(
		step{method: "GET", path: "/a", code: 401, want: []string{"Www-Authenticate: Basic"}},
		step{what: "wrong", method: "GET", path: "/a", header: "Authorization: Basic dTp4", code: 401},
		step{what: "right", method: "GET", path: "/a", header: "Authorization: Basic dTpw", code: 200},
	)
}

// A page of another site can give its own name the address of this machine. It gets nothing.
func TestRebinding(t *testing.T) {
	g := newRig(t, "a")
	g.s.loopback = true
	for host, code := range map[string]int{
		"localhost": 200, "localhost:8080": 200, "127.0.0.1:8080": 200, "[::1]:8080": 200, "[::1]": 200,
		"evil.example": 421, "evil.example:8080": 421, "127.0.0.1.evil.example": 421, "192.0.2.1": 421,
	} {
		r := httptest.NewRequest("GET", "/a", nil)
		r.Host = host
		w := httptest.NewRecorder()
		g.s.ServeHTTP(w, r)
		if w.Code != code {
			t.Errorf("host %s: %d, want %d", host, w.Code, code)
		}
	}
}

// oddNames are hard for XML, URLs, terminals or programs.
func oddNames() []string {
	names := []string{
		"with space", " leading and trailing ", "Größe", "Gro\u0308ße", "漢字", "🙂", "a&b", "a<b>c", "a#b", "a%b", "a%20b", "a+b", "a;b=c", "a?b",
		"'q\"", "[x]", "a:b", "http:", "%", "~", "\u202egpj", "new\nline", "tab\t", "esc\x1b[31m", "del\x7f", "back\\slash", "latin1\xe4", "\ufffe",
		"]]>", "<!--", "&amp;", "$&(),=@!*", strings.Repeat("ü", 125),
	}
	if runtime.GOOS == "windows" {
		names = names[2:10]
	}
	return names
}

// patience is a connection that takes note of until when it waits for the request.
type patience struct {
	*httptest.ResponseRecorder
	until time.Time
}

func (p *patience) SetReadDeadline(t time.Time) error {
	p.until = t
	return nil
}

// A body may not stay out for ever, not even one that is not read, for net/http waits for that before it answers.
func TestBodyDeadline(t *testing.T) {
	g := newRig(t, "f")
	g.s.password = "secret"
	for _, c := range []struct {
		what, path, password string
		length               int64
		want                 bool
	}{
		{"of a method that has none", "/f", "secret", 100, true},
		{"of nobody that is known", "/f", "wrong", 100, true},
		{"in chunks", "/f", "secret", -1, true},
		{"for a name that cannot be", "/..", "secret", 100, true},
		{"no body", "/f", "secret", 0, false},
	} {
		r := httptest.NewRequest("GET", c.path, nil)
		r.ContentLength = c.length
		r.SetBasicAuth("", c.password)
		p := &patience{ResponseRecorder: httptest.NewRecorder()}
		g.s.ServeHTTP(p, r)
		if got := !p.until.IsZero(); got != c.want {
			t.Errorf("%s: has a deadline: %t, want %t", c.what, got, c.want)
		}
	}
}

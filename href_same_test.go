package multistatus

import (
	"io/fs"
	"math/rand/v2"
	"net/url"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

// referenceResolve is Resolve as it was when Same built two URLs by it: everything is encoded first,
// and net/url reads every authority.
func referenceResolve(h Href, base *url.URL) *url.URL {
	p := splitHref(string(h))
	path := encodeIllegal(p.path)
	var u *url.URL
	switch {
	case h == "":
		return nil
	case p.scheme != "":
		u = referenceOrigin(&p)
	case base == nil:
		u = new(url.URL)
	case base.Opaque == "":
		u = &url.URL{Scheme: base.Scheme, User: base.User, Host: base.Host}
		path = mergePath(base, encodeIllegal(cutOwnHost(p.path, base)))
	}
	if u == nil {
		return nil
	}
	u.RawQuery = encodeIllegal(p.query)
	u.ForceQuery = p.query == "" && strings.HasSuffix(string(h), "?")
	path = removeDots(path)
	u.Path = string(appendDecoded(nil, path))
	if u.EscapedPath() != path {
		u.RawPath = path
	}
	return u
}

func referenceOrigin(p *hrefParts) *url.URL {
	if p.opaque != "" {
		return &url.URL{Scheme: strings.ToLower(p.scheme), Opaque: encodeIllegal(p.opaque)}
	}
	u, err := url.Parse(p.scheme + "://" + p.authority)
	if err != nil || strings.Contains(p.authority, "#") ||
		u.Hostname() == "" && (defaultPort(u.Scheme) != "" || p.path == "" || p.authority != "") {
		return nil
	}
	return u
}

func referenceSame(a, b *url.URL) bool {
	return strings.EqualFold(a.Scheme, b.Scheme) &&
		sameHost(a.Scheme, a.Host, b.Host) &&
		sameEncoded(strings.TrimSuffix(a.EscapedPath(), "/"), strings.TrimSuffix(b.EscapedPath(), "/"), &pathDelims) &&
		sameEncoded(a.Opaque, b.Opaque, &uriDelims) &&
		sameEncoded(a.RawQuery, b.RawQuery, &uriDelims)
}

// referenceBases are those of the laws, and more in whose paths something is to be escaped, cut or merged.
func referenceBases(t *testing.T) []*url.URL {
	bases := fuzzBases
	for _, s := range []string{
		"http://h/a/b/", "http://u:p@Dav.example:80/a/b/c?q", "https://h:443/%c3%a4%2F/b", "http://h", "http://h?q",
		"https://[::1]/", "/a/ä/", "a", "ftp://h:21/x/../y/", "http://internal:8080/",
	} {
		bases = append(bases, mustURL(t, s))
	}
	return append(bases, &url.URL{Scheme: "HTTP", Host: "H:", Path: "/a!b/(c)/\x00%/"}, &url.URL{Path: "*"})
}

// Hrefs with what some part of Same looks at, put together in all ways.
func madeHrefs() (made []Href) {
	for _, start := range []string{
		"", "http://h", "HTTP://H:80", "https://h:443", "https://h:", "http://u@h", "http://h:8080", "http://[::1]", "http://h%41",
		"http://h#", "http://h:x", "http://é", "http://É", "http://h_~.1", "file://", "//h", "//dav.example:80", "x+y://h", "mailto:", "URN:",
	} {
		for _, path := range []string{
			"", "/", "//", "/a", "/a/", "/%61", "/a%2F", "/a%2f/", "/a/.", "/a/b/..", "/%2e/a", "/a/.%2E/a", "a", "/a b", "/a%20b", "/ä",
			"/%c3%a4", "/%C3%A4", "/a%", "/a%25", "/a%4", "/%%41", "/%25A", "/[x]", "/%5bx%5D", "/a:b", "*", "/\x00", "/#", "?", "/a?", "/a?b",
			"/a?b%20c", "/a?b c", "/a?b%26", "/a?b&", "?a%zz", "?a%25zz",
		} {
			made = append(made, Href(start+path))
		}
	}
	return made
}

// sentHrefs returns the hrefs of all bodies below testdata, and of those that MULTISTATUS_CORPUS lists, each once,
// and the values of properties that are but one href.
func sentHrefs(t *testing.T) (sent []Href) {
	known := map[Href]bool{}
	add := func(h Href) {
		if !known[h] {
			known[h] = true
			sent = append(sent, h)
		}
	}
	for _, dir := range append(filepath.SplitList(os.Getenv("MULTISTATUS_CORPUS")), "testdata") {
		err := filepath.WalkDir(dir, func(file string, _ fs.DirEntry, err error) error {
			if err != nil || filepath.Ext(file) != ".xml" {
				return err
			}
			body, err := os.ReadFile(file)
			m, _ := Parse(body, nil) // of what is no 207 there is what was complete
			for i := range m.Responses {
				eachSentHref(&m.Responses[i], add)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return sent
}

func eachSentHref(r *Response, add func(Href)) {
	for h := range r.Hrefs() {
		add(h)
	}
	add(r.Location)
	for p := range r.Props() {
		for n, v := range p.Value.Elements() {
			if text, ok := v.Text(); ok && n == DAV("href") {
				add(Href(text))
			}
		}
	}
}

// Same and Resolve answer as they did when they were written by net/url, for hrefs that servers sent, usual and unusual ones.
func TestHrefReference(t *testing.T) {
	hrefs := append(madeHrefs(), sentHrefs(t)...)
	for _, c := range hrefTests {
		hrefs = append(hrefs, Href(c.in))
	}
	if len(hrefs) < 800 {
		t.Fatalf("there are but %d hrefs", len(hrefs))
	}
	t.Logf("%d hrefs", len(hrefs))
	random := rand.New(rand.NewPCG(1, 2))
	for _, base := range referenceBases(t) {
		urls := make([]*url.URL, len(hrefs))
		for i, h := range hrefs {
			urls[i] = referenceResolve(h, base)
			if got, err := h.Resolve(base); !reflect.DeepEqual(got, urls[i]) || (err == nil) != (got != nil) {
				t.Errorf("Href(%q).Resolve(%v) = %#v, %v, want %#v", h, base, got, err, urls[i])
			}
		}
		same := 0
		for i, h := range hrefs {
			for range 60 {
				j := random.IntN(len(hrefs))
				if j = i + (j-i)%(1+j%97); hrefs[j] == h { // often near to i, where they are alike
					continue
				}
				want := urls[i] != nil && urls[j] != nil && referenceSame(urls[i], urls[j])
				if want {
					same++
				}
				if got := h.Same(hrefs[j], base); got != want {
					t.Errorf("Href(%q).Same(%q, %v) = %t, want %t", h, hrefs[j], base, got, want)
				}
			}
		}
		if same < 100 && (base == nil || base.Opaque == "") {
			t.Errorf("but %d pairs are the same as seen from %v", same, base)
		}
	}
}

// TestHrefSameAllocs holds the usual comparisons: of a path or a URL with a path or a URL, however they are escaped.
func TestHrefSameAllocs(t *testing.T) {
	base := mustURL(t, "https://dav.example/remote.php/dav/files/alice/")
	hrefs := []Href{
		"/remote.php/dav/files/alice", "/remote.php/dav/files/%61lice/", "/remote.php/dav/files/alice/a%20b", "/remote.php/dav/files/alice/a b",
		"/Größe 100%/", "/a?b%20c", "//dav.example/remote.php/dav/files/alice/", "//gTest//135.ics", "mailto:a@b", "urn:uuid:1", "",
		"https://dav.example/remote.php/dav/files/alice", "https://dav.example:443/remote.php/dav/files/alice/%C3%A4", "http://internal:8080/",
	}
	for _, a := range hrefs {
		for _, b := range hrefs {
			if got := testing.AllocsPerRun(10, func() { a.Same(b, base) }); got != 0 {
				t.Errorf("Href(%q).Same(%q, %v) allocates %v times, want 0", a, b, base, got)
			}
		}
	}
}

// The URL is one allocation; a path that was escaped is another, and one more compares it with what net/url would escape.
func TestHrefURLAllocs(t *testing.T) {
	base := mustURL(t, "https://dav.example/remote.php/dav/files/alice/")
	for _, c := range []struct {
		h         Href
		path, url float64
	}{
		{"/remote.php/dav/files/alice/a.txt", 0, 1},
		{"https://dav.example/remote.php/dav/files/alice/a.txt", 0, 1},
		{"/remote.php/dav/files/alice/a%20b.txt", 1, 3},
		{"https://dav.example:8443/remote.php/dav/files/alice/a%20b.txt", 1, 3},
	} {
		if got := testing.AllocsPerRun(100, func() { c.h.Path() }); got != c.path {
			t.Errorf("Href(%q).Path() allocates %v times, want %v", c.h, got, c.path)
		}
		if got := testing.AllocsPerRun(100, func() { c.h.URL() }); got != c.url {
			t.Errorf("Href(%q).URL() allocates %v times, want %v", c.h, got, c.url)
		}
		if got := testing.AllocsPerRun(100, func() { c.h.Resolve(base) }); got != c.url {
			t.Errorf("Href(%q).Resolve(%v) allocates %v times, want %v", c.h, base, got, c.url)
		}
	}
}

func BenchmarkHrefSame(b *testing.B) {
	base := mustURL(b, "https://cloud.example.com/remote.php/dav/files/alice/")
	for _, c := range benchmarkHrefs {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Href(c.href).Same("/remote.php/dav/files/alice/", base)
			}
		})
	}
}

func BenchmarkHrefResolve(b *testing.B) {
	base := mustURL(b, "https://cloud.example.com/remote.php/dav/files/alice/")
	for _, c := range benchmarkHrefs {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Href(c.href).Resolve(base)
			}
		})
	}
}

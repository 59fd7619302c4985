package multistatus

// The laws of names, hrefs and statuses. OSS-Fuzz builds this file alone with the package: see fuzz_test.go for what that asks.

import (
	"errors"
	"net/url"
	"regexp"
	"strings"
	"testing"
)

// scalarSeeds is to this file what fuzzSeeds is to that of bodies.
var scalarSeeds = map[string]func(add func(args ...any)){
	"FuzzHref":   seedHrefs,
	"FuzzStatus": seedStatuses,
	"FuzzName":   seedNames,
}

func seedScalars(f *testing.F) {
	if f.Name() != "libFuzzer" {
		scalarSeeds[f.Name()](f.Add)
	}
}

func seedHrefs(add func(args ...any)) {
	hrefs := []string{"/a/b", "/a%20b/", "/a b", "//x/y", "//dav.example/x", "http://dav.example/a", "HTTPS://u@[::1]:8443/ü?q=%26#f", "a:b.vcf", "../a", "..::1", "/a/%2e%2E/b",
		"/100%", "mailto:a@b", "urn:x?y", "http:///x", "http://a b/", "?q", "#f", "/\x00\x7F\xFF", ""}
	for i, h := range hrefs {
		add(h, hrefs[(i*7+1)%len(hrefs)], "/Größe 100%/"+h)
	}
}

// An href has one path: that of Path, AppendPath, URL and its EscapedPath. What Resolve returns stands on the host of the
// base unless the href has a scheme, has no dot segments, is read back by net/url from its String, and is Same as the href.
// Same is reflexive, symmetric, blind to a final slash, and says what a comparison of the resolved URLs says. Path gives back what PathHref was given, and so does net/url,
// with "./" before a colon in its first segment.
func FuzzHref(f *testing.F) {
	seedScalars(f)
	base := fuzzBases[1]
	f.Fuzz(func(t *testing.T, a, b, path string) {
		checkHref(t, Href(a))
		for _, base := range []*url.URL{nil, base} {
			checkResolved(t, Href(a), base)
		}
		for _, base := range fuzzBases {
			checkSame(t, Href(a), Href(b), base)
		}
		checkPathHref(t, path)
	})
}

// fuzzBases are URLs that may have been asked: usual ones, and such as nobody asks.
var fuzzBases = []*url.URL{
	nil,
	{Scheme: "http", Host: "dav.example", Path: "/a/b/"},
	{Scheme: "HTTPS", User: url.User("u"), Host: "[::1]:443", Path: "/a b/ü", RawPath: "/a%20b/%c3%bc"},
	{Scheme: "http", Host: "dav.example", RawQuery: "q"},
	{Path: "a/b"},
	{Scheme: "mailto", Opaque: "a@b"},
}

func checkSame(t *testing.T, a, b Href, base *url.URL) {
	t.Helper()
	urlA, errA := a.Resolve(base)
	urlB, errB := b.Resolve(base)
	want := a == b || errA == nil && errB == nil && sameURLs(urlA, urlB)
	if ab, ba := a.Same(b, base), b.Same(a, base); ab != want || ba != want || !a.Same(a, base) {
		t.Errorf("Href(%q).Same(%q, %v) = %t, the other way round %t, want %t", a, b, base, ab, ba, want)
	}
}

// sameURLs is Same of hrefs that were resolved.
func sameURLs(a, b *url.URL) bool {
	path := func(u *url.URL) string { return unescaped(strings.TrimSuffix(u.EscapedPath(), "/"), "/") }
	rest := func(u *url.URL) string {
		const delims = ":/?[]@!$&'()*+,;="
		return unescaped(u.Opaque, delims) + "?" + unescaped(u.RawQuery, delims)
	}
	hostA, hostB := usualHost(a), usualHost(b)
	return strings.EqualFold(a.Scheme, b.Scheme) && len(hostA) == len(hostB) && strings.EqualFold(hostA, hostB) && path(a) == path(b) && rest(a) == rest(b)
}

// usualHost is the host of u without a port that its scheme implies.
func usualHost(u *url.URL) string {
	port := map[string]string{"http": ":80", "https": ":443"}[strings.ToLower(u.Scheme)]
	return strings.TrimSuffix(strings.TrimSuffix(u.Host, port), ":")
}

var escapedByte = regexp.MustCompile(`%[0-9A-Fa-f]{2}`)

// unescaped is s percent-decoded, but for the escapes of % and of those in kept, which are made alike.
func unescaped(s, kept string) string {
	return escapedByte.ReplaceAllStringFunc(s, func(escape string) string {
		if c, _ := url.PathUnescape(escape); c != "%" && !strings.Contains(kept, c) {
			return c
		}
		return strings.ToUpper(escape)
	})
}

func checkHref(t *testing.T, h Href) {
	t.Helper()
	path, pathErr := h.Path()
	if got, err := h.AppendPath([]byte("before")); string(got) != "before"+path || (err == nil) != (pathErr == nil) {
		t.Errorf("Href(%q).AppendPath = %q, %v, want %q, %v", h, got, err, path, pathErr)
	}
	u, err := h.URL()
	for _, err := range []error{err, pathErr} {
		if err != nil && !errors.Is(err, ErrHref) {
			t.Errorf("Href(%q): %v, want ErrHref", h, err)
		}
	}
	if err != nil || u.Opaque != "" {
		return
	}
	if raw, err := url.PathUnescape(u.EscapedPath()); u.Path != path || raw != path || err != nil {
		t.Errorf("Href(%q).URL() has path %q, sent as %q, %v, want %q", h, u.Path, u.EscapedPath(), err, path)
	}
}

var dotSegments = regexp.MustCompile(`(?i)/(\.|%2e){1,2}(/|$)`)

func checkResolved(t *testing.T, h Href, base *url.URL) {
	t.Helper()
	u, err := h.Resolve(base)
	if err != nil {
		return
	}
	plain, err := h.URL()
	switch {
	case err != nil:
		t.Errorf("Href(%q).URL() fails, %v, but it resolves as %v", h, err, u)
	case plain.Scheme != "" && plain.Host != u.Host, plain.Scheme == "" && base != nil && (u.Host != base.Host || u.Scheme != base.Scheme):
		t.Errorf("Href(%q).Resolve(%v) = %v, which is on another host", h, base, u)
	case dotSegments.MatchString(u.EscapedPath()) && strings.HasPrefix(u.Path, "/"):
		t.Errorf("Href(%q).Resolve(%v) = %v, which has a dot segment", h, base, u)
	case base != nil:
		checkPrinted(t, h, base, u)
	}
}

// checkPrinted expects net/url to read u, which is h seen from base, back from its String.
func checkPrinted(t *testing.T, h Href, base, u *url.URL) {
	t.Helper()
	back, err := url.Parse(u.String())
	if err != nil || back.Host != u.Host || back.Opaque != u.Opaque || back.Path != u.Path || back.RawQuery != u.RawQuery {
		t.Errorf("Href(%q).Resolve(%v) = %q, which net/url reads as %q, %v", h, base, u, back, err)
	}
	if !Href(u.String()).Same(h, base) {
		t.Errorf("Href(%q).Same(%q, %v) = false, want true: it was resolved", u, h, base)
	}
	if u.Opaque == "" && u.RawQuery == "" && !u.ForceQuery && u.Path != "" && !Href(u.String()+"/").Same(h, base) && !strings.HasSuffix(u.Path, "/") {
		t.Errorf("Href(%q).Same(%q, %v) = false, want true", u.String()+"/", h, base)
	}
}

var pathHref = regexp.MustCompile(`^(?:[A-Za-z0-9._~!$()*,=:@/-]|%[0-9A-F]{2})*$`)

func checkPathHref(t *testing.T, path string) {
	t.Helper()
	h := PathHref(path)
	if !pathHref.MatchString(string(h)) {
		t.Errorf("PathHref(%q) = %q, want it in %v", path, h, pathHref)
	}
	want := path
	if first, _, _ := strings.Cut(path, "/"); strings.Contains(first, ":") {
		want = "./" + path
	}
	if got, err := h.Path(); got != want || (err != nil) != (path == "") {
		t.Errorf("PathHref(%q) = %q, Path() = %q, %v, want %q", path, h, got, err, want)
	}
	if u, err := url.Parse(string(h)); err != nil || u.Path != want || u.Host != "" {
		t.Errorf("url.Parse(PathHref(%q)) = %#v, %v", path, u, err)
	}
}

func seedStatuses(add func(args ...any)) {
	for i, line := range []string{"HTTP/1.1 200 OK", "HTTP/1.1 404 Not Found", "HTTP/2 207", "http/1.0  507\tFull ", "424 Failed", "HTTP/1.1 2000", "HTTP/1.1 OK", "HTTP/1.1 099 x", "", "-200"} {
		add(line, 100+111*i, " reason\n"+line)
	}
}

// ParseStatus finds a code of three digits or keeps the whole line, and fails only then. What MarshalText gives for any
// Status is read back, with white space around the reason left out and the standard reason in the place of an empty one.
func FuzzStatus(f *testing.F) {
	seedScalars(f)
	f.Fuzz(func(t *testing.T, line string, code int, reason string) {
		s, err := ParseStatus(line)
		switch found := 100 <= s.Code && s.Code <= 999; {
		case found != (err == nil), err != nil && !errors.Is(err, ErrStatus), !strings.Contains(line, s.Reason):
			t.Errorf("ParseStatus(%q) = %+v, %v", line, s, err)
		case !found && s != Status{0, trimSpace(line)}:
			t.Errorf("ParseStatus(%q) = %+v, want the whole line as the reason", line, s)
		}
		checkStatusText(t, s, true)
		checkStatusText(t, Status{code, reason}, false)
	})
}

func trimSpace(s string) string { return strings.Trim(s, " \t\r\n") }

func checkStatusText(t *testing.T, s Status, parsed bool) {
	t.Helper()
	text, err := s.MarshalText()
	if err != nil {
		if parsed || !errors.Is(err, ErrStatus) {
			t.Errorf("%+v.MarshalText() = %v", s, err)
		}
		return
	}
	want := Status{s.Code, trimSpace(s.Reason)}
	if want.Reason == "" {
		want.Reason = StatusText(s.Code)
	}
	var back Status
	if err := back.UnmarshalText(text); back != want || err != nil || string(text) != s.String() || s.OK() != (s.Code/100 == 2) {
		t.Errorf("UnmarshalText(%q) leaves %+v, %v, want %+v", text, back, err, want)
	}
}

func seedNames(add func(args ...any)) {
	add("DAV:", "href", "{DAV:}href")
	add("", "a", "{}a")
	add("u}v", "b}c", "{a")
	add("", "", "")
}

// What MarshalText gives for a Name without an error, UnmarshalText and ParseName read back;
// what ParseName reads, String gives back.
func FuzzName(f *testing.F) {
	seedScalars(f)
	f.Fuzz(func(t *testing.T, space, local, s string) {
		checkName(t, Name{space, local})
		n, err := ParseName(s)
		if err != nil && !errors.Is(err, ErrName) {
			t.Errorf("ParseName(%q) = %v, want ErrName", s, err)
		}
		if err == nil {
			checkName(t, n)
		}
	})
}

func checkName(t *testing.T, n Name) {
	t.Helper()
	text, err := n.MarshalText()
	if err != nil {
		return
	}
	var u Name
	if err := u.UnmarshalText(text); err != nil || u != n || string(text) != n.String() {
		t.Errorf("UnmarshalText(%q) = %v, leaves %#v, want %#v", text, err, u, n)
	}
	if p, err := ParseName(n.String()); n != (Name{}) && (err != nil || p != n) {
		t.Errorf("ParseName(%q) = %#v, %v, want %#v", n.String(), p, err, n)
	}
}

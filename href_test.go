package multistatus

import (
	"errors"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// hrefTests has every example of the catalogue's section D; id is that of the catalogue.
// escaped is EscapedPath of the URL, with the query if there is one; where it is "" the URL is an error.
var hrefTests = []struct {
	name, id, in, path, escaped string
	form                        hrefForm
}{
	{"plain", "", "/a/b.txt", "/a/b.txt", "/a/b.txt", 0},
	{"root", "", "/", "/", "/", 0},
	{"dots in names", "", "/.git/..a/b../...", "/.git/..a/b../...", "/.git/..a/b../...", 0},
	{"colon after the first segment", "", "/a:b", "/a:b", "/a:b", 0},
	{"absolute URL", "href-absolute-url", "http://h.example/a/b", "/a/b", "/a/b", 0},
	{"scheme in upper case", "href-absolute-url", "HTTP://H/a", "/a", "/a", 0},
	{"dots in the host", "href-absolute-url", "http://../a", "/a", "/a", 0},
	{"double slash after the host", "href-absolute-url", "http://h//a", "//a", "//a", 0},
	{"port and user", "href-absolute-url", "https://u:p@[::1]:8443/a", "/a", "/a", 0},
	{"empty authority", "href-absolute-url", "file:///a", "/a", "/a", 0},
	{"wrong authority", "href-wrong-authority", "http://internal:8080/a", "/a", "/a", 0},
	{"double encoded", "href-double-encoded", "/u/me%2540x.org/", "/u/me%40x.org/", "/u/me%2540x.org/", 0},
	{"encoding variants", "href-encoding-variants", "/home/%5bRef%5d/me%40x", "/home/[Ref]/me@x", "/home/%5bRef%5d/me%40x", 0},
	{"raw brackets", "href-encoding-variants", "/home/[Ref]/me@x", "/home/[Ref]/me@x", "/home/[Ref]/me@x", 0},
	{"encoded slash", "", "/a%2Fb", "/a/b", "/a%2Fb", 0},
	{"encoded NUL and line break", "", "/a%00b%0A", "/a\x00b\n", "/a%00b%0A", 0},
	{"raw control character", "", "/a\x01b\x7f", "/a\x01b\x7f", "/a%01b%7F", 0},
	{"unwise characters", "", "/<\"a\\b^`{|}>", "/<\"a\\b^`{|}>", "/%3C%22a%5Cb%5E%60%7B%7C%7D%3E", 0},
	{"sub-delims", "", "/!$&'()*+,;=", "/!$&'()*+,;=", "/!$&'()*+,;=", 0},
	{"Latin-1 escapes", "href-latin1-escapes", "/caf%E9.txt", "/caf\xe9.txt", "/caf%E9.txt", 0},
	{"no final slash", "href-no-trailing-slash", "/dav/folder", "/dav/folder", "/dav/folder", 0},
	{"file with final slash", "href-file-trailing-slash", "/README.txt/", "/README.txt/", "/README.txt/", 0},
	{"query", "href-query-fragment", "/f/x?foo=1&bar=2", "/f/x", "/f/x?foo=1&bar=2", 0},
	{"empty query", "href-query-fragment", "/f/x?", "/f/x", "/f/x?", 0},
	{"dots in the query", "href-query-fragment", "/f?/../x?#", "/f", "/f?/../x?%23", 0},
	{"number sign", "href-query-fragment", "/t#3.txt", "/t#3.txt", "/t%233.txt", 0},
	{"entity in escapes", "href-entity-in-percent", "/f/%26amp%3b.md", "/f/&amp;.md", "/f/%26amp%3b.md", 0},
	{"outside of the scope", "href-outside-scope", "/x", "/x", "/x", 0},
	{"asterisk", "", "/*", "/*", "/*", 0},

	{"relative", "href-relative", "member.vcf", "member.vcf", "member.vcf", hrefRelative},
	{"query alone", "href-relative", "?a:b", "", "?a:b", hrefRelative},
	{"colon in the query", "href-relative", "a?b:c", "a", "a?b:c", hrefRelative},
	{"colon in the second segment", "href-relative", "a/b:c", "a/b:c", "a/b:c", hrefRelative},
	{"asterisk alone", "href-relative", "*", "*", "*", hrefRelative},
	{"encoded delimiters", "href-encoded-delimiters", "http%3A//h.example%3A8993/u/", "http://h.example:8993/u/",
		"http%3A//h.example%3A8993/u/", hrefRelative},
	{"relative with colon", "href-relative-colon", "a:b.vcf", "a:b.vcf", "a:b.vcf", hrefRelativeColon},
	{"scheme with one slash", "href-relative-colon", "http:/h/a", "http:/h/a", "http:/h/a", hrefRelativeColon},
	{"scheme without slash", "href-relative-colon", "http:", "http:", "http:", hrefRelativeColon},
	{"scheme that begins with a digit", "href-relative-colon", "1a://h", "1a://h", "1a://h", hrefRelativeColon},
	{"no scheme before the colon", "href-relative-colon", "://h", "://h", "://h", hrefRelativeColon},
	{"opaque scheme with nothing", "href-relative-colon", "urn:?x", "urn:", "urn:?x", hrefRelativeColon},
	{"two slashes", "href-double-slash", "//gTest//135.ics", "//gTest//135.ics", "//gTest//135.ics", hrefDoubleSlash},
	{"two slashes alone", "href-double-slash", "//", "//", "//", hrefDoubleSlash},
	{"two slashes later", "", "/c//o", "/c//o", "/c//o", 0},
	{"space", "href-unescaped-space", "/Cloud Drive/a b.txt", "/Cloud Drive/a b.txt", "/Cloud%20Drive/a%20b.txt", hrefSpace},
	{"line break", "href-unescaped-space", "/a\n\t/b\r", "/a\n\t/b\r", "/a%0A%09/b%0D", hrefSpace},
	{"space in the query", "href-unescaped-space", "/a?b c", "/a", "/a?b%20c", hrefSpace},
	{"beyond ASCII", "href-unescaped-nonascii", "/storage/blä/", "/storage/blä/", "/storage/bl%C3%A4/", hrefNonASCII},
	{"no UTF-8", "href-unescaped-nonascii", "/\xff", "/\xff", "/%FF", hrefNonASCII},
	{"stray percent", "href-unescaped-reserved", "/t%25#3%.txt", "/t%#3%.txt", "/t%25%233%25.txt", hrefReserved},
	{"percent at the end", "href-unescaped-reserved", "/100%", "/100%", "/100%25", hrefReserved},
	{"percent and a digit", "href-unescaped-reserved", "/100%a", "/100%a", "/100%25a", hrefReserved},
	{"percent before an escape", "href-unescaped-reserved", "/%%41", "/%A", "/%25%41", hrefReserved},
	{"percent in the query", "href-unescaped-reserved", "/a?%zz", "/a", "/a?%25zz", hrefReserved},
	{"dot segments", "href-dot-segments", "/a/../etc/", "/a/../etc/", "/a/../etc/", hrefDotSegments},
	{"one dot at the end", "href-dot-segments", "/a/.", "/a/.", "/a/.", hrefDotSegments},
	{"encoded dots", "href-dot-segments", "/a/.%2e/%2E", "/a/../.", "/a/.%2e/%2E", hrefDotSegments},
	{"dots after the host", "href-dot-segments", "http://h/..", "/..", "/..", hrefDotSegments},
	{"relative dots", "href-dot-segments", "../a", "../a", "../a", hrefRelative | hrefDotSegments},
	{"dot before a colon", "href-dot-segments", "./a:b", "./a:b", "./a:b", hrefRelative | hrefDotSegments},
	{"all at once", "", "ä b:%/..", "ä b:%/..", "%C3%A4%20b:%25/..",
		hrefRelativeColon | hrefSpace | hrefNonASCII | hrefReserved | hrefDotSegments},
}

func TestScanHref(t *testing.T) {
	for _, c := range hrefTests {
		t.Run(c.name, func(t *testing.T) {
			if got := scanHref(c.in); got != c.form {
				t.Errorf("scanHref(%q) = %07b, want %07b", c.in, got, c.form)
			}
		})
	}
}

// Hrefs that are errors, or have no path, are in no form: what is wrong with them is no quirk.
func TestScanHrefOther(t *testing.T) {
	for _, h := range []string{"", "http:///x", "http://", "mailto:a@b", "URN:uuid:1", "tel:+49", "opaquelocktoken:x"} {
		if got := scanHref(h); got != 0 {
			t.Errorf("scanHref(%q) = %07b, want 0", h, got)
		}
	}
}

// Neither where something stands nor how long the href is makes a difference.
func TestScanHrefAnywhere(t *testing.T) {
	for _, c := range []struct {
		part string
		want hrefForm
	}{
		{"/.a", 0},
		{"a./", 0},
		{" aa", hrefSpace},
		{"aa\n", hrefSpace},
		{"ä", hrefNonASCII},
		{"aa%", hrefReserved},
		{"%4g", hrefReserved},
		{"/./", hrefDotSegments},
		{"/.%2e/", hrefDotSegments},
		{"/%2E/", hrefDotSegments},
	} {
		for i := range 40 * 40 {
			h := "/x" + strings.Repeat("x", i%40) + c.part + strings.Repeat("x", i/40)
			if got := scanHref(h); got != c.want {
				t.Fatalf("scanHref(%q) = %07b, want %07b", h, got, c.want)
			}
		}
	}
}

func TestScanHrefDotsAtEnd(t *testing.T) {
	for i := range 40 {
		h := "/x" + strings.Repeat("x", i) + "/.."
		if got := scanHref(h); got != hrefDotSegments {
			t.Errorf("scanHref(%q) = %07b, want %07b", h, got, hrefDotSegments)
		}
	}
}

func TestHrefPath(t *testing.T) {
	for _, c := range hrefTests {
		t.Run(c.name, func(t *testing.T) {
			if got, err := Href(c.in).Path(); got != c.path || err != nil {
				t.Errorf("Href(%q).Path() = %q, %v, want %q", c.in, got, err, c.path)
			}
			got, err := Href(c.in).AppendPath([]byte("<"))
			if string(got) != "<"+c.path || err != nil {
				t.Errorf("Href(%q).AppendPath(%q) = %q, %v, want %q", c.in, "<", got, err, "<"+c.path)
			}
		})
	}
}

func TestHrefURL(t *testing.T) {
	for _, c := range hrefTests {
		t.Run(c.name, func(t *testing.T) {
			u, err := Href(c.in).URL()
			if err != nil {
				t.Fatalf("Href(%q).URL(): %v", c.in, err)
			}
			if got := escapedPathAndQuery(u); got != c.escaped || u.Path != c.path {
				t.Errorf("Href(%q).URL() has %q, %q, want %q, %q", c.in, u.Path, got, c.path, c.escaped)
			}
		})
	}
}

// escapedPathAndQuery is what u asks a server for.
func escapedPathAndQuery(u *url.URL) string {
	s := u.EscapedPath()
	if u.RawQuery != "" || u.ForceQuery {
		s += "?" + u.RawQuery
	}
	return s
}

func TestHrefURLString(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"absolute", "http://h/a", "http://h/a"},
		{"scheme in upper case", "HTTP://H/a", "http://H/a"},
		{"no path", "http://h", "http://h"},
		{"user, IPv6, port", "https://u:p@[fe80::1%25en0]:8443/ä", "https://u:p@[fe80::1%25en0]:8443/%C3%A4"},
		{"empty port", "http://h:/a", "http://h:/a"},
		{"no host", "file:///a", "file:///a"},
		{"mail address", "mailto:lisa@example.com?subject=a b", "mailto:lisa@example.com?subject=a%20b"},
		{"lock token", "urn:uuid:e71d4fae", "urn:uuid:e71d4fae"},
		{"telephone", "TEL:+49", "tel:+49"},
		{"relative with colon", "a:b.vcf", "./a:b.vcf"},
		{"raw path", "/a%2fb%7E", "/a%2fb%7E"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got, err := Href(c.in).URL(); err != nil || got.String() != c.want {
				t.Errorf("Href(%q).URL() = %v, %v, want %v", c.in, got, err, c.want)
			}
		})
	}
}

// RawPath is set only where the default encoding of Path is another one.
func TestHrefURLRawPath(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"/a%20b", ""},
		{"/a b", ""},
		{"/a%2Fb", "/a%2Fb"},
		{"/%7Ea", "/%7Ea"},
		{"/(a)", "/(a)"},
	} {
		if u, err := Href(c.in).URL(); err != nil || u.RawPath != c.want {
			t.Errorf("Href(%q).URL() = %v, %v, want RawPath %q", c.in, u, err, c.want)
		}
	}
}

func TestHrefErrors(t *testing.T) {
	const badHost = "its host is malformed or missing"
	long := "http://" + strings.Repeat("x", maxShownText)
	for _, c := range []struct{ name, in, why string }{
		{"empty", "", "it is empty"},
		{"http without host", "http:///x", badHost},
		{"http with nothing", "http://", badHost},
		{"port alone", "https://:80/x", badHost},
		{"user alone", "ftp://u@/x", badHost},
		{"scheme alone", "x://", badHost},
		{"bad port", "http://h:a/x", badHost},
		{"space in the host", "http://a b/x", badHost},
		{"control character in the host", "http://a\x00b/x", badHost},
		{"backslash in the host", `http://evil\@h/x`, badHost},
		{"number sign in the host", "http://evil#@h/x", badHost},
		{"unfinished IPv6", "http://[::1/x", badHost},
		{"escape in the host", "http://%41/x", badHost},
	} {
		t.Run(c.name, func(t *testing.T) {
			want := `multistatus: malformed href ` + strconv.Quote(c.in) + `: ` + c.why
			u, err := Href(c.in).URL()
			if u != nil || err == nil || err.Error() != want || !errors.Is(err, ErrHref) {
				t.Errorf("Href(%q).URL() = %v, %v, want %v", c.in, u, err, want)
			}
			if u, err := Href(c.in).Resolve(mustURL(t, "http://h/")); u != nil || !errors.Is(err, ErrHref) {
				t.Errorf("Href(%q).Resolve = %v, %v, want ErrHref", c.in, u, err)
			}
		})
	}
	if _, err := Href(long + ":x/").URL(); !strings.HasSuffix(err.Error(), `xxx"…: `+badHost) {
		t.Errorf("Href(%q).URL(): %v, want it shortened", long+":x/", err)
	}
}

func TestHrefPathErrors(t *testing.T) {
	for _, h := range []Href{"", "mailto:a@b", "urn:uuid:1"} {
		got, err := h.AppendPath([]byte("<"))
		if string(got) != "<" || !errors.Is(err, ErrHref) {
			t.Errorf("Href(%q).AppendPath(%q) = %q, %v, want ErrHref", h, "<", got, err)
		}
		if got, err := h.Path(); got != "" || !errors.Is(err, ErrHref) {
			t.Errorf("Href(%q).Path() = %q, %v, want ErrHref", h, got, err)
		}
	}
}

func mustURL(t testing.TB, s string) *url.URL {
	t.Helper()
	u, err := url.Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

func TestHrefResolve(t *testing.T) {
	const base = "http://u:p@Dav.example/a/b/"
	for _, c := range []struct{ name, base, in, want string }{
		{"path", base, "/x", "http://u:p@Dav.example/x"},
		{"absolute", base, "https://h/x", "https://h/x"},
		{"absolute without path", base, "http://h", "http://h"},
		{"relative", base, "c", "http://u:p@Dav.example/a/b/c"},
		{"relative to a file", "http://h/a/b", "c", "http://h/a/c"},
		{"relative to no path", "http://h", "c", "http://h/c"},
		{"relative with colon", base, "a:b.vcf", "http://u:p@Dav.example/a/b/a:b.vcf"},
		{"relative to an encoded path", "http://h/a%2Fb/c", "d e", "http://h/a%2Fb/d%20e"},
		{"query of the base", "http://h/a?b", "c", "http://h/c"},
		{"query alone", "http://h/a/b?c", "?d", "http://h/a/b?d"},
		{"mail address", base, "mailto:a@b", "mailto:a@b"},

		{"two slashes", base, "//gTest//135.ics", "http://u:p@Dav.example//gTest//135.ics"},
		{"two slashes and the host", base, "//dav.EXAMPLE/x", "http://u:p@Dav.example/x"},
		{"two slashes, the host and its port", base, "//dav.example:80/x", "http://u:p@Dav.example/x"},
		{"two slashes and another port", base, "//dav.example:81/x", "http://u:p@Dav.example//dav.example:81/x"},
		{"two slashes and the port of https", "https://h:443/", "//h/x", "https://h:443/x"},
		{"two slashes and only the host", "http://h/a/b", "//h", "http://h/"},
		{"two slashes and a user", "http://h/", "//h@evil/x", "http://h//h@evil/x"},
		{"two slashes and a user on the host", "http://h/", "//u@h/x", "http://h//u@h/x"},
		{"three slashes", "http://h/", "///h/x", "http://h///h/x"},
		{"two slashes, no host to compare", "/a/", "//h/x", "//h/x"},
		{"two slashes, nothing", "http://h/", "//", "http://h//"},
		{"backslashes", "http://h/", `/\evil/x`, "http://h/%5Cevil/x"},
		{"Kelvin sign", "http://k/", "//\u212a/x", "http://k//%E2%84%AA/x"},

		{"dots", base, "/x/./../y", "http://u:p@Dav.example/y"},
		{"dots above the root", base, "/../../x", "http://u:p@Dav.example/x"},
		{"dots at the end", base, "/x/y/..", "http://u:p@Dav.example/x/"},
		{"dot at the end", base, "/x/.", "http://u:p@Dav.example/x/"},
		{"dots alone", base, "..", "http://u:p@Dav.example/a/"},
		{"relative dots", base, "../../../c", "http://u:p@Dav.example/c"},
		{"encoded dots", base, "/x/%2E%2e/y", "http://u:p@Dav.example/y"},
		{"encoded slash between dots", base, "/x/..%2Fy", "http://u:p@Dav.example/x/..%2Fy"},
		{"dots after an empty segment", base, "/x//../y", "http://u:p@Dav.example/x/y"},
		{"dots that leave two slashes", base, "/x/..//y", "http://u:p@Dav.example//y"},
		{"dots of an absolute URL", base, "http://h/x/../y", "http://h/y"},
		{"dots in the query", base, "/x?/../y", "http://u:p@Dav.example/x?/../y"},

		{"no base", "", "/x/../y", "/y"},
		{"no base, relative", "", "../y", "../y"},
		{"no base, absolute", "", "http://h/x", "http://h/x"},
		{"base without host", "/a/b", "c", "/a/c"},
		{"base without path", "a", "c", "c"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var base *url.URL
			if c.base != "" {
				base = mustURL(t, c.base)
			}
			if got, err := Href(c.in).Resolve(base); err != nil || got.String() != c.want {
				t.Errorf("Href(%q).Resolve(%v) = %v, %v, want %v", c.in, base, got, err, c.want)
			}
		})
	}
}

func TestHrefResolveOpaque(t *testing.T) {
	base := mustURL(t, "mailto:a@b")
	if got, err := Href("x").Resolve(base); got != nil || !errors.Is(err, ErrHref) {
		t.Errorf("Href(%q).Resolve(%v) = %v, %v, want ErrHref", "x", base, got, err)
	}
	if got, err := Href("http://h/").Resolve(base); err != nil || got.String() != "http://h/" {
		t.Errorf("Href(%q).Resolve(%v) = %v, %v, want it as it is", "http://h/", base, got, err)
	}
}

func TestHrefSame(t *testing.T) {
	for _, c := range []struct {
		name, base string
		a, b       Href
		want       bool
	}{
		{"equal", "", "/a", "/a", true},
		{"other", "", "/a", "/b", false},
		{"case of a name", "", "/a", "/A", false},
		{"final slash", "", "/a", "/a/", true},
		{"two final slashes", "", "/a", "/a//", false},
		{"double slash inside", "", "/a/b", "/a//b", false},
		{"escaped or not", "", "/home/%5bRef%5d/me%40x", "/home/[Ref]/me@x", true},
		{"case of escapes", "", "/%c3%a4", "/%C3%A4", true},
		{"raw beyond ASCII", "", "/ä b", "/%C3%A4%20b", true},
		{"stray percent", "", "/100%", "/100%25", true},
		{"escaped twice", "", "/a%2540", "/a%40", false},
		{"escaped slash", "", "/a%2Fb", "/a/b", false},
		{"case of the escaped slash", "", "/a%2Fb", "/a%2fb", true},
		{"escaped final slash", "", "/a%2F", "/a", false},
		{"plus is no space", "", "/a+b", "/a%20b", false},
		{"number sign", "", "/a#b", "/a%23b", true},
		{"number sign is no fragment", "", "/a#b", "/a", false},
		{"escaped question mark", "", "/a%3Fb", "/a?b", false},
		{"query", "", "/a?b", "/a", false},
		{"query escaped", "", "/a?b%7e", "/a?b~", true},
		{"query's delimiter escaped", "", "/a?b%26c", "/a?b&c", false},
		{"dots", "", "/a/../b", "/b", true},
		{"dots escaped", "", "/a/%2e%2e/b", "/b", true},

		{"absolute and path", "http://h/x/", "http://h/a", "/a", true},
		{"relative and path", "http://h/x/", "a:b", "/x/a:b", true},
		{"case of the host", "http://h/x/", "HTTP://H/a", "/a", true},
		{"default port", "https://h/", "https://h:443/a", "/a", true},
		{"empty port", "https://h/", "https://h:/a", "/a", true},
		{"port of the other scheme", "https://h/", "https://h:80/a", "/a", false},
		{"default port of IPv6", "http://[::1]/", "http://[::1]:80/a", "/a", true},
		{"other scheme", "https://h/", "http://h/a", "/a", false},
		{"other host", "http://h/", "http://internal:8080/a", "/a", false},
		{"user", "http://h/", "http://u@h/a", "/a", true},
		{"no path", "http://h/", "http://h", "/", true},
		{"two slashes and the host", "http://h/", "//h/a", "/a", true},
		{"two slashes and another host", "http://h/", "//x/a", "http://x/a", false},
		{"two slashes and a path", "http://h/", "//x/a", "http://h//x/a", true},

		{"absolute and path, no base", "", "http://h/a", "/a", false},
		{"relative and path, no base", "", "a", "/a", false},
		{"empty", "http://h/", "", "", true},
		{"empty and the base", "http://h/", "", "/", false},
		{"bad host twice", "", "http:///x", "http:///x", true},
		{"bad host in two ways", "", "http:///x", "http:///x/", false},
		{"lock tokens", "", "urn:uuid:a", "URN:uuid:a", true},
		{"other lock tokens", "", "urn:uuid:a", "urn:uuid:b", false},
		{"mail address", "http://h/", "mailto:a@b", "/a@b", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			var base *url.URL
			if c.base != "" {
				base = mustURL(t, c.base)
			}
			if got := c.a.Same(c.b, base); got != c.want {
				t.Errorf("Href(%q).Same(%q, %v) = %t, want %t", c.a, c.b, base, got, c.want)
			}
			if got := c.b.Same(c.a, base); got != c.want {
				t.Errorf("Href(%q).Same(%q, %v) = %t, want %t", c.b, c.a, base, got, c.want)
			}
		})
	}
}

var pathTests = []struct {
	name, in string
	want     Href
}{
	{"plain", "/a/b.txt", "/a/b.txt"},
	{"root", "/", "/"},
	{"empty", "", ""},
	{"space", "/a b", "/a%20b"},
	{"beyond ASCII", "/Größe", "/Gr%C3%B6%C3%9Fe"},
	{"no UTF-8", "/\xff\xed\xa0\x80", "/%FF%ED%A0%80"},
	{"control characters", "/\x00\r\n\x7f", "/%00%0D%0A%7F"},
	{"percent", "/100%/%41", "/100%25/%2541"},
	{"kept", "/AZaz09-._~!$()*,=:@", "/AZaz09-._~!$()*,=:@"},
	{"encoded though legal", "/&'+;", "/%26%27%2B%3B"},
	{"delimiters", "/?#[]", "/%3F%23%5B%5D"},
	{"the rest of ASCII", "/\"<>\\^`{|}", "/%22%3C%3E%5C%5E%60%7B%7C%7D"},
	{"two slashes", "//x/y", "/%2Fx/y"},
	{"three slashes", "///x", "/%2F/x"},
	{"two slashes alone", "//", "/%2F"},
	{"two slashes later", "/x//y", "/x//y"},
	{"dot segments", "/a/../b", "/a/../b"},
	{"relative", "a b", "a%20b"},
	{"relative with colon", "a:b", "./a:b"},
	{"like a URL", "http://h/ä", "./http://h/%C3%A4"},
	{"relative with colon later", "a/b:c", "a/b:c"},
}

func TestPathHref(t *testing.T) {
	for _, c := range pathTests {
		t.Run(c.name, func(t *testing.T) {
			if got := PathHref(c.in); got != c.want {
				t.Errorf("PathHref(%q) = %q, want %q", c.in, got, c.want)
			}
			if got := appendPathHref([]byte("<"), c.in); string(got) != "<"+string(c.want) {
				t.Errorf("appendPathHref(%q, %q) = %q, want %q", "<", c.in, got, "<"+c.want)
			}
		})
	}
}

func TestHrefAllocs(t *testing.T) {
	dst := make([]byte, 0, 256)
	for _, c := range hrefTests {
		if got := testing.AllocsPerRun(100, func() { scanHref(c.in) }); got != 0 {
			t.Errorf("scanHref(%q) allocates %v times, want 0", c.in, got)
		}
		if got := testing.AllocsPerRun(100, func() { dst, _ = Href(c.in).AppendPath(dst[:0]) }); got != 0 {
			t.Errorf("Href(%q).AppendPath allocates %v times, want 0", c.in, got)
		}
		if got := testing.AllocsPerRun(100, func() { dst = appendPathHref(dst[:0], c.path) }); got != 0 {
			t.Errorf("appendPathHref(%q) allocates %v times, want 0", c.path, got)
		}
	}
	if got := testing.AllocsPerRun(100, func() { PathHref("/a/b.txt") }); got != 0 {
		t.Errorf("PathHref(%q) allocates %v times, want 0", "/a/b.txt", got)
	}
}

var (
	strayPercent = regexp.MustCompile(`%(?:[^0-9A-Fa-f]|.[^0-9A-Fa-f]|.?$)`)
	dotSegment   = regexp.MustCompile(`(?i)(?:^|/)(?:\.|%2e){1,2}(?:/|$)`)
	someURI      = regexp.MustCompile(`^(?i:[a-z][a-z0-9+.-]*:/(/)[^/?]*|(?:mailto|urn|tel|opaquelocktoken):[^/?])`)
)

// referenceHref is scanHref by regular expressions. Bytes beyond ASCII are letters of Latin-1 to them.
func referenceHref(s string) (form hrefForm) {
	latin := make([]rune, len(s))
	for i := range len(s) {
		latin[i] = rune(s[i])
	}
	h := string(latin)
	path, _, _ := strings.Cut(h, "?")
	uri := someURI.FindStringSubmatch(path)
	switch segment, _, _ := strings.Cut(path, "/"); {
	case h == "":
	case uri != nil && uri[1] == "":
		path = ""
	case uri != nil:
		path = path[len(uri[0]):]
	case strings.HasPrefix(h, "//"):
		form |= hrefDoubleSlash
	case h[0] == '/':
	case strings.Contains(segment, ":"):
		form |= hrefRelativeColon
	default:
		form |= hrefRelative
	}
	for f, found := range map[hrefForm]bool{
		hrefSpace:       strings.ContainsAny(h, " \t\r\n"),
		hrefNonASCII:    len(h) != len(s),
		hrefReserved:    strayPercent.MatchString(strings.ReplaceAll(h, "\n", " ")),
		hrefDotSegments: dotSegment.MatchString(path),
	} {
		if found {
			form |= f
		}
	}
	return form
}

// The laws, for any two hrefs and any base:
// scanHref does what regular expressions do;
// Path, AppendPath and the Path of URL and of its EscapedPath are one, and no byte of an href is lost in it;
// what Resolve returns has the host of the base unless the href has a scheme, and no dot segment,
// and net/url reads it back from its String; it is Same as the href;
// Same is reflexive and symmetric.
func FuzzScanHref(f *testing.F) {
	for i, c := range hrefTests {
		f.Add(c.in, hrefTests[(i*7+1)%len(hrefTests)].in)
	}
	for _, h := range []string{"", "http:///x", "http://a b/", "mailto:a@b", "urn:x?y", "http://h", "//dav.example/x",
		"http://[::1%25a]/"} {
		f.Add(h, h+"/")
	}
	base := mustURL(f, "http://dav.example/a/b/")
	f.Fuzz(func(t *testing.T, a, b string) {
		if got, want := scanHref(a), referenceHref(a); got != want {
			t.Errorf("scanHref(%q) = %07b, want %07b", a, got, want)
		}
		checkHrefURL(t, Href(a))
		checkHrefResolve(t, Href(a), base)
		for _, base := range []*url.URL{nil, base} {
			checkHrefSame(t, Href(a), Href(b), base)
		}
	})
}

func checkHrefURL(t *testing.T, h Href) {
	t.Helper()
	path, pathErr := h.Path()
	if got, err := h.AppendPath(nil); string(got) != path || (err == nil) != (pathErr == nil) {
		t.Errorf("Href(%q).AppendPath = %q, %v, want %q, %v", h, got, err, path, pathErr)
	}
	u, err := h.URL()
	if err != nil {
		return
	}
	sent := escapedPathAndQuery(u)
	if raw, err := url.PathUnescape(u.EscapedPath()); u.Path != path || raw != path || err != nil {
		t.Errorf("Href(%q).URL() has path %q, sent as %q, %v, want %q", h, u.Path, sent, err, path)
	}
	if u.Scheme == "" {
		if got, want := decoded(sent), decoded(string(h)); got != want {
			t.Errorf("Href(%q).URL() is sent as %q, want %q", h, got, want)
		}
	}
}

// decoded is s percent-decoded, where a % without digits is itself.
func decoded(s string) string { return string(appendDecoded(nil, s)) }

func checkHrefResolve(t *testing.T, h Href, base *url.URL) {
	t.Helper()
	u, err := h.Resolve(base)
	if err != nil {
		return
	}
	if splitHref(string(h)).scheme == "" && (u.Host != base.Host || u.Scheme != base.Scheme) {
		t.Errorf("Href(%q).Resolve(%v) = %v, which is on another host", h, base, u)
	}
	if dotSegment.MatchString(u.EscapedPath()) && strings.HasPrefix(u.Path, "/") {
		t.Errorf("Href(%q).Resolve(%v) = %v, which has a dot segment", h, base, u)
	}
	back, err := url.Parse(u.String())
	if err != nil || back.Host != u.Host || back.Opaque != u.Opaque || escapedPathAndQuery(back) != escapedPathAndQuery(u) {
		t.Errorf("Href(%q).Resolve(%v) = %q, which net/url reads as %q, %v", h, base, u, back, err)
	}
	if s := Href(u.String()); !s.Same(h, base) {
		t.Errorf("Href(%q).Same(%q, %v) = false, want true: it was resolved", s, h, base)
	}
}

func checkHrefSame(t *testing.T, a, b Href, base *url.URL) {
	t.Helper()
	if !a.Same(a+"", base) {
		t.Errorf("Href(%q).Same(itself) = false", a)
	}
	if ab, ba := a.Same(b, base), b.Same(a, base); ab != ba {
		t.Errorf("Href(%q).Same(%q, %v) = %t, the other way round %t", a, b, base, ab, ba)
	}
	if _, err := a.Resolve(base); err == nil && !strings.Contains(string(a), "?") && splitHref(string(a)).scheme == "" &&
		!strings.HasSuffix(string(a), "/") && !hasDots(string(a)) && !a.Same(a+"/", base) {
		t.Errorf("Href(%q).Same(%q, %v) = false, want true", a, a+"/", base)
	}
}

// Path gives back what PathHref was given, and so does net/url, if it is an absolute path;
// the href is of a few characters of ASCII, and has no other form than the path forces on it.
func FuzzPathHref(f *testing.F) {
	for _, c := range pathTests {
		f.Add(c.in)
	}
	f.Fuzz(func(t *testing.T, path string) {
		h := PathHref(path)
		if got := appendPathHref(nil, path); string(got) != string(h) {
			t.Errorf("appendPathHref(nil, %q) = %q, want %q", path, got, h)
		}
		if form := scanHref(string(h)); form&^(hrefRelative|hrefDotSegments) != 0 {
			t.Errorf("PathHref(%q) = %q, which is in the forms %07b", path, h, form)
		}
		checkPathHref(t, path)
	})
}

// benchmarkHrefs are as servers send them: plain, with a hidden file, escaped, raw.
var benchmarkHrefs = []struct{ name, href string }{
	{"plain", "/remote.php/dav/files/alice/Photos/2024/Summer/IMG_20240712_181500.jpg"},
	{"hidden", "/remote.php/dav/files/alice/.config/app/settings.json"},
	{"escaped", "/remote.php/dav/files/alice/%e6%bc%a2%e5%ad%97%e3%83%86%e3%82%b9%e3%83%88.txt"},
	{"raw", "/dav/Cloud Drive/Größen und Maße.txt"},
	{"absolute", "https://cloud.example.com/dav/files/alice/Photos/IMG_20240712.jpg"},
}

func BenchmarkScanHref(b *testing.B) {
	for _, c := range benchmarkHrefs {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(c.href)))
			for b.Loop() {
				scanHref(c.href)
			}
		})
	}
}

func BenchmarkAppendPathHref(b *testing.B) {
	for _, c := range benchmarkHrefs {
		b.Run(c.name, func(b *testing.B) {
			path, err := Href(c.href).Path()
			if err != nil {
				b.Fatal(err)
			}
			var dst []byte
			b.ReportAllocs()
			b.SetBytes(int64(len(path)))
			for b.Loop() {
				dst = appendPathHref(dst[:0], path)
			}
		})
	}
}

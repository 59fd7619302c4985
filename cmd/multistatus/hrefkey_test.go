package main

import (
	"net/url"
	"testing"

	"github.com/go-multistatus/multistatus"
)

// Two hrefs have the same key exactly if Href.Same holds of them.
func TestHrefKeyIsSame(t *testing.T) {
	hrefs := []multistatus.Href{
		"/a", "/a/", "/%61", "/%61/", "/a//", "/A", "/a%2Fb", "/a%2fb", "/a/b", "/a%252Fb", "/a%252fb", "/a%25b", "/a%b", "/a%00", "/a%0a",
		"/a?q", "/a?%71", "/a?q=1&r", "/a?q=1%26r", "/a?", "a", "./a", "../a", "/x/../a", "//h/a", "//other/a", "http://h/a", "HTTP://H:80/a/",
		"https://h/a", "https://h:443/a", "http://h:8080/a", "http://u@h/a", "http://h", "http://h/", "/", "", "http://", "mailto:a@b", "mailto:%61@b",
		"mailto:a%40b", "a:b.vcf", "./a:b.vcf", "/é", "/%C3%A9", "/a b", "/a%20b", "/a+b", "/a%2Bb", "urn:x", "URN:x", "/[x]", "/%5Bx%5D", "/a#1", "/a%231",
	}
	for _, base := range []*url.URL{nil, {Scheme: "http", Host: "h", Path: "/c/d"}} {
		for _, a := range hrefs {
			for _, b := range hrefs {
				if got, want := keyOf(a, base) == keyOf(b, base), a.Same(b, base); got != want {
					t.Errorf("keyOf(%q) == keyOf(%q) is %t from %v, want %t", a, b, got, base, want)
				}
			}
		}
	}
}

func TestSelf(t *testing.T) {
	for _, c := range []struct {
		self string
		href multistatus.Href
		want checkID
		met  bool
	}{
		{"/a/", "/a", checkNone, true},
		{"/a", "/a/", checkNone, true},
		{"/a/", "/a/b", checkNone, false},
		{"/a/", "/ab", checkHrefOutsideScope, false},
		{"/a/", "/", checkHrefOutsideScope, false},
		{"/a/", "b", checkNone, false},
		{"/a/", "../b", checkHrefOutsideScope, false},
		{"/a/", "http://any/a/", checkNone, true},
		{"/", "/a/b", checkNone, false},
		{"/", "/", checkNone, true},
		{"http://h/a/", "/a/", checkNone, true},
		{"http://h/a/", "http://h:80/a/b", checkNone, false},
		{"http://h/a/", "http://h:81/a/b", checkHrefWrongAuthority, false},
		{"http://h/a/", "https://h/a/", checkHrefWrongAuthority, false},
		{"http://h/a%20b/", "/a b/c", checkNone, false},
	} {
		s, err := parseSelf(c.self)
		if err != nil {
			t.Errorf("parseSelf(%q): %v", c.self, err)
			continue
		}
		if got := s.check(keyOf(c.href, s.base())); got != c.want || s.met != c.met {
			t.Errorf("%q in the answer about %q = %q, met %t; want %q, %t", c.href, c.self, checkTable[got].name, s.met, checkTable[c.want].name, c.met)
		}
	}
	for _, bad := range []string{"", "a/", "mailto:a@b", "http:///x"} {
		if s, err := parseSelf(bad); err == nil {
			t.Errorf("parseSelf(%q) = %+v, want an error", bad, s)
		}
	}
}

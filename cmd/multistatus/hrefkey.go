package main

import (
	"errors"
	"net/url"
	"strings"

	"github.com/go-multistatus/multistatus"
)

// hrefKey is an href in a form that can be compared: two of them are equal if Href.Same holds.
type hrefKey struct{ scheme, host, path, opaque, query string }

// keyOf returns the key of h as seen from base, which may be nil.
// Where base has no host, that of h does not count either.
func keyOf(h multistatus.Href, base *url.URL) hrefKey {
	u, err := h.Resolve(base)
	if err != nil {
		return hrefKey{scheme: "?", opaque: string(h)}
	}
	k := hrefKey{
		scheme: strings.ToLower(u.Scheme),
		path:   unescape(strings.TrimSuffix(u.EscapedPath(), "/"), "/"),
		opaque: unescape(u.Opaque, delimiters),
		query:  unescape(u.RawQuery, delimiters),
	}
	k.host = strings.TrimSuffix(strings.ToLower(u.Host), defaultPorts[k.scheme])
	k.host = strings.TrimSuffix(k.host, ":")
	if base != nil && base.Host == "" && u.Opaque == "" {
		k.scheme, k.host = "", ""
	}
	return k
}

var defaultPorts = map[string]string{"http": ":80", "https": ":443"}

// delimiters are those of RFC 3986, section 2.2. In a query they mean something else when they are escaped.
const delimiters = "!$&'()*+,;=:/?@[]"

// unescape decodes s once, but for escapes of a byte in kept, and of %.
func unescape(s, kept string) string {
	i := strings.IndexByte(s, '%')
	if i < 0 {
		return s
	}
	var b strings.Builder
	for ; i >= 0; i = strings.IndexByte(s, '%') {
		b.WriteString(s[:i])
		s = s[i:]
		escape := s[:min(len(s), len("%XX"))]
		if c, err := url.PathUnescape(escape); err != nil || c == "%" || strings.Contains(kept, c) {
			b.WriteString(strings.ToUpper(escape))
		} else {
			b.WriteString(c)
		}
		s = s[len(escape):]
	}
	b.WriteString(s)
	return b.String()
}

// selfResource is the resource that was asked, as -self names it.
type selfResource struct {
	url *url.URL
	key hrefKey
	met bool
}

// parseSelf reads a path, which is percent-encoded as in an href, or a URL.
func parseSelf(s string) (*selfResource, error) {
	u, err := multistatus.Href(s).Resolve(nil)
	if err != nil {
		return nil, err
	}
	if u.Opaque != "" || u.Host == "" && !strings.HasPrefix(s, "/") {
		return nil, errors.New("neither an absolute path nor a URL")
	}
	self := &selfResource{url: u}
	self.key = keyOf(multistatus.Href(s), u)
	return self, nil
}

// base is what hrefs are resolved against; nil if it is not known.
func (s *selfResource) base() *url.URL {
	if s == nil {
		return nil
	}
	return s.url
}

// check remembers whether the resource itself was met, and tells what is wrong with an href in an answer about it.
func (s *selfResource) check(k hrefKey) checkID {
	switch {
	case k == s.key:
		s.met = true
	case k.scheme != s.key.scheme || k.host != s.key.host:
		return checkHrefWrongAuthority
	case !strings.HasPrefix(k.path, s.key.path+"/"):
		return checkHrefOutsideScope
	}
	return checkNone
}

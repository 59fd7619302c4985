package multistatus

import (
	"net/url"
	"strings"
)

// Href is the address of a resource as it was sent: percent-encoded text, without white space around it.
// Anything may stand in it. Its methods forgive what [QuirkHrefRelative] and the quirks after it name:
//
//   - A colon makes a scheme only before "//", and after mailto, urn, tel and opaquelocktoken:
//     "a:b.vcf" is a relative path, as "./a:b.vcf" is.
//   - "//x/y" is a path too. Only [Href.Resolve] may take x for a host, and only that which was asked.
//   - The first ? begins the query. There is no fragment (RFC 4918, section 8.3): a # is a part of the name,
//     which is safer than to mistake "/a#1.txt" for "/a".
//   - A % without two hexadecimal digits is itself. Spaces, controls, bytes beyond ASCII and the rest of
//     what RFC 3986 does not allow stand for themselves and are encoded in URLs. Nothing else is re-encoded.
//
// Percent-encoding is resolved once, however it looks then, and entities never.
//
//	<!ELEMENT href (#PCDATA) >   RFC 4918 §14.7, §8.3
type Href string

// PathHref returns the href of a path that is not encoded, such as "/Größe 100%.txt".
// Bytes are encoded as they are, UTF-8 or not, with upper-case digits, all but those of letters and digits of ASCII
// and of - . _ ~ ! $ ( ) * , = : @ and /.
// Of what else RFC 3986 allows in a path, & and ' are special to XML, some clients read + as a space,
// and some servers cut a name at ; so these are encoded too.
//
// The path should be absolute and name no "." or "..", which no encoding hides.
// [Href.Path] gives an absolute one back. So that the href is no URL with another host, "//x" becomes "/%2Fx".
// A relative path with a colon in its first segment gets "./" before it (RFC 3986, section 4.2), and that stays:
// PathHref("..::1").Path() is "./..::1". Any other relative path is given back but the empty one, which makes an empty href.
func PathHref(path string) Href {
	if hrefKept.span(path) == len(path) && isSafePath(path) {
		return Href(path)
	}
	return Href(appendPathHref(make([]byte, 0, len(path)+len(path)/2+4), path))
}

// appendPathHref appends the text of PathHref(path), which is ASCII without characters that are special to XML.
func appendPathHref(dst []byte, path string) []byte {
	switch {
	case isSafePath(path):
	case path[0] == '/':
		dst, path = append(dst, "/%2F"...), path[2:]
	default:
		dst = append(dst, "./"...)
	}
	for path != "" {
		n := hrefKept.span(path)
		dst = append(dst, path[:n]...)
		if path = path[n:]; path != "" {
			dst, path = appendEscape(dst, path[0]), path[1:]
		}
	}
	return dst
}

// isSafePath reports whether path can be taken neither for an authority nor for a scheme.
func isSafePath(path string) bool { return !strings.HasPrefix(path, "//") && !hasColonFirst(path) }

// hasColonFirst reports whether there is a colon in the first segment of path.
func hasColonFirst(path string) bool {
	for i := range len(path) {
		switch path[i] {
		case ':':
			return true
		case '/':
			return false
		}
	}
	return false
}

// Path returns the path of h, percent-decoded: its bytes may be any, NUL and line breaks among them, and no UTF-8.
// It is what [Href.URL] has as Path, so "http://h" has an empty one, but a bad host is no error.
//
// NOTE: A slash that was encoded is not told from one that was not, and dot segments are still there.
// Who makes file names of it has to refuse both.
//
// It is an [ErrHref] if h is empty, or a URI that has no path, such as "mailto:a@b".
func (h Href) Path() (string, error) {
	p, err := h.hierarchical()
	if err != nil {
		return "", err
	}
	return unescape(p.path), nil
}

// AppendPath appends what [Href.Path] returns. After an error dst is returned as it was. It allocates only to grow dst.
func (h Href) AppendPath(dst []byte) ([]byte, error) {
	p, err := h.hierarchical()
	if err != nil {
		return dst, err
	}
	return appendDecoded(dst, p.path), nil
}

// URL returns h as it stands: a relative path stays one, and dot segments stay.
// EscapedPath of the URL is the path as sent but for the bytes that had to be encoded, so it addresses the same resource.
//
// NOTE: A URL without host prints and resolves "//x/y" as a host and a path: [Href.Resolve] does not.
//
// It is an [ErrHref] if h is empty, or has a scheme and a bad host or port; http and https need a host.
func (h Href) URL() (*url.URL, error) {
	p, why := h.place(nil)
	if why != "" {
		return nil, h.error(why)
	}
	return p.url(p.path), nil
}

// Resolve returns h as seen from base, the URL that was asked, which ends in a slash if it is a collection
// (RFC 4918, section 8.3; RFC 3986, section 5.2). Dot segments are removed, also those written with %2E.
//
// Only an h with a scheme leads to another host; whether to follow it there is for the caller to decide.
// "//x/y" is a path on the host of base, unless x is that host. User information of base is kept.
// If base is nil, what has no scheme stays without.
//
// It is an [ErrHref] where [Href.URL] has one, and if base is opaque and h needs it.
func (h Href) Resolve(base *url.URL) (*url.URL, error) {
	p, why := h.place(base)
	if why != "" {
		return nil, h.error(why)
	}
	return p.url(removeDots(p.path)), nil
}

// hrefParts are the parts of an Href, none of them decoded.
//
// Invariant: the href is [scheme ":" (opaque | "//" authority)] path ["?" query].
type hrefParts struct{ scheme, opaque, authority, path, query string }

func splitHref(h string) (p hrefParts) {
	h, p.query, _ = strings.Cut(h, "?")
	p.scheme, p.path = cutScheme(h)
	if p.scheme == "" {
		return p
	}
	rest, ok := strings.CutPrefix(p.path, "//")
	if !ok {
		p.opaque, p.path = rest, ""
		return p
	}
	n := strings.IndexByte(rest, '/')
	if n < 0 {
		n = len(rest)
	}
	p.authority, p.path = rest[:n], rest[n:]
	return p
}

// opaqueSchemes are those of URIs without path that stand in DAV properties and in lock tokens:
// calendar-user-address-set (RFC 6638, section 2.4.1), lockdiscovery (RFC 4918, section 6.5).
var opaqueSchemes = [...]string{"mailto", "urn", "tel", "opaquelocktoken"}

// cutScheme splits h, which has no query, after the colon of its scheme. It is "" if h is but a path.
func cutScheme(h string) (scheme, rest string) {
	i := strings.IndexByte(h, ':')
	if i < 0 || !isScheme(h[:i]) {
		return "", h
	}
	scheme, rest = h[:i], h[i+1:]
	if strings.HasPrefix(rest, "//") || rest != "" && rest[0] != '/' && isOpaque(scheme) {
		return scheme, rest
	}
	return "", h
}

// isScheme reports whether s has the form of a scheme (RFC 3986, section 3.1).
func isScheme(s string) bool { return s != "" && isLetter(s[0]) && schemeKept.span(s) == len(s) }

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

func isOpaque(scheme string) bool {
	for _, s := range opaqueSchemes {
		if strings.EqualFold(scheme, s) {
			return true
		}
	}
	return false
}

// hierarchical returns the parts of h, which is to have a path.
func (h Href) hierarchical() (hrefParts, error) {
	p := splitHref(string(h))
	switch {
	case h == "":
		return hrefParts{}, h.error("it is empty")
	case p.opaque != "":
		return hrefParts{}, h.error("it has no path")
	}
	return p, nil
}

func (h Href) error(why string) error { return &scalarError{ErrHref, string(h), why} }

// hrefPlace is where an Href leads as seen from a base. Opaque, path and query are as sent, the path with the base's before it.
type hrefPlace struct {
	hrefOrigin
	path, query string
	emptyQuery  bool // there is a ? and nothing after it
}

// hrefOrigin is what stands before the path of a URL. It is zero if nothing does.
type hrefOrigin struct {
	scheme, opaque, host string
	user                 *url.Userinfo
}

// place returns where h leads as seen from base, which may be nil, or why it leads nowhere. It keeps dot segments.
// It allocates nothing for an absolute path, nor for a URL whose authority is but a name and perhaps a port.
func (h Href) place(base *url.URL) (p hrefPlace, why string) {
	parts := splitHref(string(h))
	p = hrefPlace{path: parts.path, query: parts.query}
	p.emptyQuery = p.query == "" && strings.HasSuffix(string(h), "?")
	ok := true
	switch {
	case h == "":
		return p, "it is empty"
	case parts.scheme != "":
		p.hrefOrigin, ok = parts.origin()
	case base == nil:
	case base.Opaque == "":
		p.hrefOrigin = hrefOrigin{scheme: base.Scheme, user: base.User, host: base.Host}
		p.path = mergePath(base, cutOwnHost(p.path, base))
	default:
		return p, "it is relative to an opaque URL"
	}
	if !ok {
		return p, "its host is malformed or missing"
	}
	return p, ""
}

// origin returns that of a p with scheme, or false if its authority is bad.
// An authority may be missing where there is a path, as in "file:///x", but for http (RFC 9110, section 4.2.1).
func (p *hrefParts) origin() (hrefOrigin, bool) {
	if p.opaque != "" || isPlainAuthority(p.authority) {
		return hrefOrigin{scheme: strings.ToLower(p.scheme), opaque: p.opaque, host: p.authority}, true
	}
	u, err := url.Parse(p.scheme + "://" + p.authority)
	switch {
	case err != nil,
		strings.IndexByte(p.authority, '#') >= 0, // url.Parse takes what follows for a fragment
		u.Hostname() == "" && (defaultPort(u.Scheme) != "" || p.path == "" || p.authority != ""):
		return hrefOrigin{}, false
	}
	return hrefOrigin{scheme: u.Scheme, host: u.Host, user: u.User}, true
}

// isPlainAuthority reports whether s is a name or an IPv4 address, perhaps with a port: url.Parse takes that as it stands.
func isPlainAuthority(s string) bool {
	n := unreservedBytes.span(s)
	if n == 0 || n == len(s) || s[n] != ':' {
		return n != 0 && n == len(s)
	}
	port := s[n+1:]
	return digits.span(port) == len(port)
}

// defaultPort returns the port of the scheme that HTTP is spoken with, else "".
func defaultPort(scheme string) string {
	switch {
	case strings.EqualFold(scheme, "http"):
		return "80"
	case strings.EqualFold(scheme, "https"):
		return "443"
	}
	return ""
}

// cutOwnHost cuts "//x" off the front of path if x is the host of base.
func cutOwnHost(path string, base *url.URL) string {
	rest, ok := strings.CutPrefix(path, "//")
	host, _, _ := strings.Cut(rest, "/")
	if !ok || host == "" || !sameHost(base.Scheme, host, base.Host) {
		return path
	}
	if len(host) == len(rest) {
		return "/"
	}
	return rest[len(host):]
}

// mergePath returns the path as seen from base (RFC 3986, section 5.2.3).
func mergePath(base *url.URL, path string) string {
	if strings.HasPrefix(path, "/") {
		return path
	}
	dir := base.EscapedPath()
	if path != "" {
		dir = dir[:strings.LastIndexByte(dir, '/')+1]
	}
	if base.Host != "" && !strings.HasPrefix(dir, "/") {
		dir = "/" + dir
	}
	return dir + path
}

// url returns the URL of p with another path, which is as sent, too. EscapedPath returns it with what is illegal encoded.
func (p *hrefPlace) url(path string) *url.URL {
	u := &url.URL{
		Scheme: p.scheme, Opaque: encodeIllegal(p.opaque), User: p.user, Host: p.host,
		Path: unescape(path), RawQuery: encodeIllegal(p.query), ForceQuery: p.emptyQuery,
	}
	if escaped := encodeIllegal(path); u.EscapedPath() != escaped {
		u.RawPath = escaped
	}
	return u
}

// removeDots returns the path as sent without dot segments, if it is absolute (RFC 3986, section 5.2.4).
func removeDots(path string) string {
	if !strings.HasPrefix(path, "/") || !mayHaveDots(path) || !hasDots(path) {
		return path
	}
	var segments []string
	for rest, more := path[1:], true; more; {
		var s string
		s, rest, more = strings.Cut(rest, "/")
		n := countDots(s)
		if n == 2 {
			segments = segments[:max(0, len(segments)-1)]
		}
		switch {
		case n == 0:
			segments = append(segments, s)
		case !more:
			segments = append(segments, "") // what ends in dots is a collection
		}
	}
	return "/" + strings.Join(segments, "/")
}

// mayHaveDots is hasDots for an absolute path, in less time: it is false for most, and then that is right.
func mayHaveDots(path string) bool {
	for i := 1; i < len(path); i++ {
		if path[i-1] == '/' && (path[i] == '.' || path[i] == '%') {
			return true
		}
	}
	return false
}

// hasDots reports whether path has a dot segment.
func hasDots(path string) bool {
	for more := true; more; {
		var s string
		if s, path, more = strings.Cut(path, "/"); countDots(s) != 0 {
			return true
		}
	}
	return false
}

// countDots returns 1 for the segment ".", 2 for "..", and 0 for every other.
// A dot may be written %2E, which is equivalent (RFC 3986, section 6.2.2.2).
func countDots(segment string) int {
	if len(segment) > len("%2E%2E") {
		return 0
	}
	n := 0
	for segment != "" {
		c, size := firstByte(segment)
		if c != '.' {
			return 0
		}
		segment = segment[size:]
		n++
	}
	if n > 2 {
		return 0
	}
	return n
}

// encodeIllegal returns s with everything encoded that cannot stand in a path or query. Escapes stay as they are.
func encodeIllegal(s string) string {
	n := legalSpan(s)
	if n == len(s) {
		return s
	}
	dst := make([]byte, 0, len(s)+len(s)/2)
	for ; n < len(s); n = legalSpan(s) {
		dst = appendEscape(append(dst, s[:n]...), s[n])
		s = s[n+1:]
	}
	return string(append(dst, s...))
}

// legalSpan returns how many bytes at the beginning of s may stand in a path or query as they are.
func legalSpan(s string) int {
	n := hrefLegal.span(s)
	for isEscape(s[n:]) {
		n += len("%XX")
		n += hrefLegal.span(s[n:])
	}
	return n
}

// appendEscape appends c percent-encoded.
func appendEscape(dst []byte, c byte) []byte {
	const digits = "0123456789ABCDEF"
	return append(dst, '%', digits[c>>4], digits[c&15])
}

// unescape returns s percent-decoded.
func unescape(s string) string {
	if strings.IndexByte(s, '%') < 0 {
		return s
	}
	var short [256]byte
	return string(appendDecoded(short[:0], s))
}

// appendDecoded appends s percent-decoded.
func appendDecoded(dst []byte, s string) []byte {
	for {
		n := strings.IndexByte(s, '%')
		if n < 0 {
			return append(dst, s...)
		}
		dst = append(dst, s[:n]...)
		c, size := firstByte(s[n:])
		dst, s = append(dst, c), s[n+size:]
	}
}

// firstByte returns the byte that s, which is not empty, begins with or begins with the escape of, and the length of that.
func firstByte(s string) (c byte, size int) {
	if isEscape(s) {
		return unhex(s[1])<<4 | unhex(s[2]), len("%XX")
	}
	return s[0], 1
}

// isEscape reports whether s begins with a % and two hexadecimal digits.
func isEscape(s string) bool {
	return len(s) >= len("%XX") && s[0] == '%' && hexDigits.has(s[1]) && hexDigits.has(s[2])
}

// unhex returns the value of a hexadecimal digit: the low bits of 1 and A are the same, and only A has a high one.
func unhex(c byte) byte { return c&15 + c>>6*9 }

// A byteSet is a set of bytes of ASCII.
//
// Invariant: c ∈ b ⇔ bit c%64 of b[c/64] is 1.
type byteSet [2]uint64

func (b *byteSet) has(c byte) bool { return c < 128 && b[c>>6]>>(c&63)&1 != 0 }

// span returns how many bytes at the beginning of s are in b.
func (b *byteSet) span(s string) int {
	n := 0
	for n < len(s) && b.has(s[n]) {
		n++
	}
	return n
}

// The halves of a byteSet: digits and punctuation, letters and the rest.
const (
	digitBits  = (1<<10 - 1) << '0'
	letterBits = (1<<26-1)<<('A'-64) | (1<<26-1)<<('a'-64)

	unreservedLow  = digitBits | 1<<'-' | 1<<'.'
	unreservedHigh = letterBits | 1<<('_'-64) | 1<<('~'-64)

	delimsLow = 1<<'!' | 1<<'$' | 1<<'&' | 1<<'\'' | 1<<'(' | 1<<')' | 1<<'*' | 1<<'+' | 1<<',' | 1<<';' | 1<<'=' |
		1<<':' | 1<<'/' | 1<<'?'
	delimsHigh = 1<<('@'-64) | 1<<('['-64) | 1<<(']'-64)

	encodedAnyway = 1<<'&' | 1<<'\'' | 1<<'+' | 1<<';' | 1<<'?'
)

var (
	hexDigits  = byteSet{digitBits, (1<<6-1)<<('A'-64) | (1<<6-1)<<('a'-64)}
	schemeKept = byteSet{digitBits | 1<<'+' | 1<<'-' | 1<<'.', letterBits}

	// hrefKept is what PathHref leaves as it is.
	hrefKept = byteSet{unreservedLow | delimsLow&^encodedAnyway, unreservedHigh | 1<<('@'-64)}

	// hrefLegal is what may stand in a URL as it is. Brackets may not, but servers send them so,
	// and net/url leaves them.
	hrefLegal = byteSet{unreservedLow | delimsLow, unreservedHigh | delimsHigh}

	digits          = byteSet{digitBits, 0}
	unreservedBytes = byteSet{unreservedLow, unreservedHigh}

	pathDelims = byteSet{1 << '/', 0}
	uriDelims  = byteSet{delimsLow, delimsHigh}
)

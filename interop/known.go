package main

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// failure is an entry of the list of known failures.
type failure struct {
	program string
	checks  []string
	signs   []string // regular expressions: what the error says, line by line in any order, and nothing else
	reason  string
}

// is reports whether err is this failure and no other: each of its lines is a sign, and each sign is seen.
func (f *failure) is(err error) bool {
	lines := strings.Split(strings.TrimSpace(err.Error()), "\n")
	for _, sign := range f.signs {
		whole := regexp.MustCompile("^(?:" + sign + ")$").MatchString
		rest := slices.DeleteFunc(slices.Clone(lines), whole)
		if len(rest) == len(lines) {
			return false
		}
		lines = rest
	}
	return len(lines) == 0
}

// exactly are signs that stand for themselves.
func exactly(lines ...string) []string {
	for i, line := range lines {
		lines[i] = regexp.QuoteMeta(line)
	}
	return lines
}

// failures are what does not pass, and why. Anything else that fails, or one of these that passes, fails the run.
var failures = []failure{
	{
		program: "cadaver", checks: []string{"odd names"},
		signs:  exactly("2 differences:", `"@$!(),=.d/@$!(),=" is missing`, `"@$!(),=.d/@$!(),=.empty/" is missing`),
		reason: "it asks for /%40/, is told of /@/x, by Apache mod_dav and rclone serve as by davserve, and drops what does not begin byte by byte with what it asked for; RFC 3986, section 3.3, lets a path have @ and $!(),= as they are",
	},
	{
		program: "Apache mod_dav", checks: []string{"dead property"},
		signs:  exactly(`the property is <ns1:note xmlns:ns1="urn:example:interop" xmlns:ns2="urn:example:other" xml:lang="de">Größe &amp; <ns2:b>漢字 <ns1:i>🙂</ns1:i></ns2:b> x:ref</ns1:note>`),
		reason: "it keeps elements, text and language of a dead property, but not the attributes of the property itself",
	},
	{
		program: "lighttpd", checks: []string{"dead property"},
		signs:  exactly(`the property is <ns1:note xmlns:ns1="urn:example:interop">Größe &amp;  x:ref</ns1:note>`),
		reason: "it keeps the text of a dead property, but no elements in it, attributes or language",
	},
	{
		program: "nginx dav-ext", checks: []string{"lock"}, signs: exactly(`the owner is ""`),
		reason: "it tells of a lock without the owner that the client gave",
	},
	{
		program: "lighttpd", checks: []string{"lock"}, signs: exactly(`the owner is ""`),
		reason: "it keeps the text of an owner, but no elements such as href",
	},
	{
		program: "Tomcat", checks: []string{"odd names"}, signs: []string{
			"davls: exit status 2",
			`davls: http://127\.0\.0\.1:\d+/names/a;b=c\.d/a;b=c\.empty/: 404: .*`,
			`davls: http://127\.0\.0\.1:\d+/names/&amp;\.d/&amp;\.empty/: 404: .*`,
			`davls: http://127\.0\.0\.1:\d+/names/back%5Cslash\.d/back%5Cslash\.empty/: 400: .*`,
			"davls: the listing is not complete",
		},
		reason: "its hrefs have ; as it is, after which it reads parameters when it is asked for them, so it does not find its own collections, and it refuses URLs that have %5C",
	},
	{
		program: "Tomcat", checks: []string{"dead property"},
		signs:  exactly(`the property is <ns1:note xmlns:ns1="urn:example:interop" kind="a&lt;b" lang="de">Größe &amp; <b xmlns="urn:example:other">漢字 <i xmlns="urn:example:interop">🙂</i></b> x:ref</ns1:note>`),
		reason: "it writes xml:lang as an attribute lang",
	},
	{
		program: "Tomcat", checks: []string{"lock"},
		signs:  exactly(`the owner is "&lt;href xmlns=&quot;DAV:&quot;&gt;mailto:a&amp;amp;b@example.com&lt;/href&gt;"`),
		reason: "it gives the owner's markup back as text",
	},
	{
		program: "PyWebDAV", checks: []string{"odd names"}, signs: pywebdavNames,
		reason: "it takes names for references to URLs, so that ; ? and # end them, a backslash is a slash, and tabs and line ends are dropped",
	},
	{
		program: "PyWebDAV", checks: []string{"allprop"}, signs: []string{`Propfind "http://127\.0\.0\.1:\d+/tree/": EOF`},
		reason: "it ends the connection without an answer, for it asks the keys of a dictionary for an index (AttributeError in mk_prop_response), which Python 3 does not have; asked for properties by name, it answers",
	},
	{
		program: "PyWebDAV", checks: []string{"lock"}, signs: []string{`Lock "http://127\.0\.0\.1:\d+/tree/a\.txt": EOF`},
		reason: "it ends the connection without an answer, for it sends a status that is text as a number (TypeError in send_response_only)",
	},
	{
		program: "chezdav", checks: []string{"odd names"}, signs: chezdavNames,
		reason: "its hrefs tell of members with % and ? unescaped, so that a%20b is another name and a?b has a query; and it writes the path that it is asked for as markup, so that &amp;amp; is another name and that of a collection with a&b in it is empty",
	},
	{
		program: "chezdav", checks: []string{"dead property"},
		signs:  exactly(`the property is <p:note xmlns:p="urn:example:interop">Gr\xc3\xb6\xc3\x9fe &amp;amp; &lt;b xmlns="urn:example:other"&gt;\xe6\xbc\xa2\xe5\xad\x97 &lt;x:i&gt;\xf0\x9f\x99\x82&lt;/x:i&gt;&lt;/b&gt; x:ref</p:note>`),
		reason: "it gives the value back as text with the escapes of a string literal, without elements, attributes and language",
	},
}

// pywebdavNames are the differences between PyWebDAV's listing of odd names and the disk.
var pywebdavNames = append([]string{"36 differences:"}, exactly(slices.Concat(
	lost("&amp;"), lost("a#b"), lost("a;b=c"), lost("a?b"), lost(`back\slash`), lost("new\nline"), lost("tab\there"),
	instead("&amp", "a", "back/slash", "back/slash.d", "newline", "newline.d", "tabhere", "tabhere.d"),
)...)...)

// lost is how a name with all that makeTree makes of it is missed.
func lost(name string) (lines []string) {
	for _, path := range []string{name, name + ".d/", name + ".d/" + name, name + ".d/" + name + ".empty/"} {
		lines = append(lines, fmt.Sprintf("%q is missing", path))
	}
	return lines
}

// instead is how names are told that should not be there.
func instead(names ...string) (lines []string) {
	for _, name := range names {
		lines = append(lines, fmt.Sprintf("%q is not there", name))
	}
	return lines
}

// chezdavNames is what davls says of chezdav's listing of odd names, and where the listing differs from the disk.
var chezdavNames = slices.Concat(exactly(
	"davls: the listing is not complete",
	"20 differences:", `"%2F.d/%2F" is missing`, `"%2F.d/%2F.empty/" is missing`, `"&amp;.d/&amp;" is missing`, `"&amp;.d/&amp;.empty/" is missing`,
),
	exactly(slices.Concat(lost("a%20b"), lost("a%b"), lost("a?b"), instead("a", "a b", "a b.d/", "a/"))...),
	[]string{
		"davls: exit status 2",
		`davls: multistatus: malformed href "": it is empty ×4, first: `,
		`davls: http://127\.0\.0\.1:\d+/names/a\?b\.d: 404 Not Found: /names/a`,
		`davls: http://127\.0\.0\.1:\d+/names/a%20b\.d: 404 Not Found: /names/a%20b\.d`,
		`davls: http://127\.0\.0\.1:\d+/names/%2F\.d: 404 Not Found: /names/%2F\.d`,
		`davls: outside of the collection ×3, first: http://127\.0\.0\.1:\d+/names/&\.d/.*`,
		`davls: the answer is empty: /names/a&b\.d/a&b\.empty`,
	},
)

package multistatus

import (
	"encoding"
	"encoding/xml"
	"errors"
	"regexp"
	"strings"
	"testing"
)

var (
	_ encoding.TextAppender    = Name{}
	_ encoding.TextMarshaler   = Name{}
	_ encoding.TextUnmarshaler = (*Name)(nil)
)

var nameTests = []struct {
	name, in string
	want     Name
	str      string // what String of want gives, if it is not in
}{
	{"in DAV:", "{DAV:}href", Name{"DAV:", "href"}, ""},
	{"in no namespace", "href", Name{"", "href"}, ""},
	{"empty braces", "{}href", Name{"", "href"}, "href"},
	{"slashes in the space", "{http://owncloud.org/ns}id", Name{NamespaceOwnCloud, "id"}, ""},
	{"undeclared prefix", "{?oc}id", Name{"?oc", "id"}, ""},
	{"second colon", "{urn:x}user:bin", Name{"urn:x", "user:bin"}, ""},
	{"closing brace in the space", "{a}b}c", Name{"a}b", "c"}, ""},
	{"opening brace in the space", "{{a}b", Name{"{a", "b"}, ""},
	{"only braces in the space", "{}{}x", Name{"}{", "x"}, ""},
	{"space of blanks", "{ }x", Name{" ", "x"}, ""},
	{"beyond ASCII", "{urn:größe}größe", Name{"urn:größe", "größe"}, ""},
}

func TestParseName(t *testing.T) {
	for _, c := range nameTests {
		t.Run(c.name, func(t *testing.T) {
			got, err := ParseName(c.in)
			if got != c.want || err != nil {
				t.Errorf("ParseName(%q) = %#v, %v, want %#v", c.in, got, err, c.want)
			}
			str := c.str
			if str == "" {
				str = c.in
			}
			if got := c.want.String(); got != str {
				t.Errorf("%#v.String() = %q, want %q", c.want, got, str)
			}
		})
	}
}

func TestParseNameErrors(t *testing.T) {
	long := "{" + strings.Repeat("x", 300)
	for _, c := range []struct{ name, in, want string }{
		{"empty", "", `multistatus: malformed name "": no local name`},
		{"no local name", "{DAV:}", `multistatus: malformed name "{DAV:}": no local name`},
		{"braces only", "{}", `multistatus: malformed name "{}": no local name`},
		{"no closing brace", "{DAV:href", `multistatus: malformed name "{DAV:href": no closing brace`},
		{"no opening brace", "DAV:}href", `multistatus: malformed name "DAV:}href": brace in the local name`},
		{"brace behind the space", "{DAV:}{href", `multistatus: malformed name "{DAV:}{href": brace in the local name`},
		{"control character", "{\n", `multistatus: malformed name "{\n": no closing brace`},
		{"long", long, `multistatus: malformed name "` + long[:maxShownText] + `"…: no closing brace`},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := ParseName(c.in)
			if got != (Name{}) || err == nil || err.Error() != c.want {
				t.Errorf("ParseName(%q) = %v, %v, want %v", c.in, got, err, c.want)
			}
			if !errors.Is(err, ErrName) {
				t.Errorf("ParseName(%q): %v is no ErrName", c.in, err)
			}
		})
	}
}

func TestNameText(t *testing.T) {
	for _, c := range []struct {
		name string
		in   Name
		want string
		ok   bool
	}{
		{"zero", Name{}, "", true},
		{"in DAV:", DAV("href"), "{DAV:}href", true},
		{"in no namespace", Name{"", "a"}, "a", true},
		{"no local name", Name{"DAV:", ""}, "", false},
		{"like another name", Name{"", "{DAV:}href"}, "", false},
		{"closing brace", Name{"urn:x", "a}b"}, "", false},
		{"opening brace", Name{"", "a{b"}, "", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := c.in.AppendText([]byte("<"))
			if string(got) != "<"+c.want || (err == nil) != c.ok {
				t.Errorf("%#v.AppendText(%q) = %q, %v, want %q", c.in, "<", got, err, "<"+c.want)
			}
			if err != nil && !errors.Is(err, ErrName) {
				t.Errorf("%#v.AppendText: %v is no ErrName", c.in, err)
			}
		})
	}
}

func TestNameUnmarshalText(t *testing.T) {
	n := DAV("prop")
	if err := n.UnmarshalText([]byte("{DAV:")); !errors.Is(err, ErrName) || n != DAV("prop") {
		t.Errorf("UnmarshalText(%q) = %v, leaves %v, want ErrName and %v", "{DAV:", err, n, DAV("prop"))
	}
	if err := n.UnmarshalText(nil); err != nil || n != (Name{}) {
		t.Errorf("UnmarshalText(%q) = %v, leaves %v, want the zero Name", "", err, n)
	}
}

func TestNameConverts(t *testing.T) {
	n := DAV("href")
	if got := Name(xml.Name(n)); got != n {
		t.Errorf("Name(xml.Name(%v)) = %v, want %v", n, got, n)
	}
}

func TestNameAllocs(t *testing.T) {
	dst := make([]byte, 0, 64)
	n := DAV("href")
	if got := testing.AllocsPerRun(100, func() { dst, _ = n.AppendText(dst[:0]) }); got != 0 {
		t.Errorf("Name.AppendText allocates %v times, want 0", got)
	}
	if got := testing.AllocsPerRun(100, func() { n, _ = ParseName("{DAV:}href") }); got != 0 {
		t.Errorf("ParseName allocates %v times, want 0", got)
	}
}

var prefixTests = []struct{ uri, want string }{
	{NamespaceDAV, "D"},
	{NamespaceCalDAV, "C"},
	{NamespaceCardDAV, "CR"},
	{NamespaceCalendarServer, "CS"},
	{NamespaceApple, "A"},
	{NamespaceCyrus, "CY"},
	{NamespaceWebDAVPush, "P"},
	{NamespaceOwnCloud, "oc"},
	{NamespaceNextcloud, "nc"},
	{NamespaceOCS, "ocs"},
	{NamespaceSabreDAV, "s"},
	{NamespaceApache, "AP"},
	{NamespaceSubversion, "V"},
	{NamespaceSubversionSvn, "SVN"},
	{NamespaceSubversionCustom, "SVNC"},
	{NamespaceMicrosoft, "Z"},
	{NamespaceMicrosoftTypes, "dt"},
}

func TestWellKnownPrefix(t *testing.T) {
	if got, want := len(constants(t, "namespaces.go", "Namespace")), len(prefixTests); got != want {
		t.Errorf("%d constants begin with Namespace, want the %d of the table", got, want)
	}
	form := regexp.MustCompile(`^[A-Za-z][A-Za-z0-9]*$`)
	madeUp := regexp.MustCompile(`(?i)^(xml.*|ns[0-9]*)$`)
	seen := map[string]string{}
	for _, c := range prefixTests {
		got := wellKnownPrefix(c.uri)
		if got != c.want {
			t.Errorf("wellKnownPrefix(%q) = %q, want %q", c.uri, got, c.want)
		}
		if !form.MatchString(got) || madeUp.MatchString(got) {
			t.Errorf("wellKnownPrefix(%q) = %q, want a name that is free", c.uri, got)
		}
		folded := strings.ToLower(got)
		if first, ok := seen[folded]; ok {
			t.Errorf("wellKnownPrefix(%q) = %q, which %q has", c.uri, got, first)
		}
		seen[folded] = c.uri
	}
}

func TestWellKnownPrefixUnknown(t *testing.T) {
	for _, uri := range []string{"", "DAV", "dav:", "urn:x", "http://owncloud.org/ns/"} {
		if got := wellKnownPrefix(uri); got != "" {
			t.Errorf("wellKnownPrefix(%q) = %q, want %q", uri, got, "")
		}
	}
}

package main

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/go-multistatus/multistatus"
)

// props is a propstat.
func props(status, props string) string {
	return `<D:propstat><D:prop>` + props + `</D:prop>` + status + `</D:propstat>`
}

func TestDiff(t *testing.T) {
	locked := `<D:status>HTTP/1.1 423 Locked</D:status>`
	long := strings.Repeat("a ", 500)
	for _, c := range []struct {
		name string
		a, b string // responses and what else there is
		want string
	}{
		{"nothing", "", "", ""},
		{"order of responses", about("/a", ok200) + about("/b", gone), about("/b", gone) + about("/a", ok200), ""},
		{"order of properties and propstats", about("/a", props(ok200, `<D:a>1</D:a><D:b/>`)+props(gone, `<D:c/>`)), about("/a", props(gone, `<D:c/>`)+props(ok200, `<D:b/><D:a>1</D:a>`)), ""},
		{"propstats of one status", about("/a", props(ok200, `<D:a/>`)+props(ok200, `<D:b/>`)), about("/a", props(ok200, `<D:a/><D:b/>`)), ""},
		{"empty propstat", about("/a", props(ok200, `<D:a/>`)+props(gone, ``)), about("/a", props(ok200, `<D:a/>`)), ""},
		{"prefixes, comments, CDATA", about("/a", props(ok200, `<D:a>1 &lt; 2</D:a><x:b xmlns:x="u"><x:c/></x:b>`)), about("/a", props(ok200, `<a xmlns="DAV:"><!-- c -->1 <![CDATA[<]]> 2</a><b xmlns="u"><c/></b>`)), ""},
		{"reasons", about("/a", gone), about("/a", `<D:status>HTTP/2 404 Gone fishing</D:status>`), ""},
		{"bare href", about("/a", ""), about("/a", props(ok200, ``)), ""},
		{"success beside propstats", about("/a", ok200+etag1), about("/a", etag1), ""},
		{"hrefs", about("/a", ok200) + about("/c", ok200), about("/c", ok200) + about("/b", ok200), "- /a\n+ /b\n"},
		{"several hrefs", about("/a</D:href><D:href>/b", locked), about("/b", locked) + about("/a", locked), ""},
		{"hrefs as often", about("/a", ok200) + about("/a", gone), about("/a", ok200), "- /a\n"},
		{"a second time", about("/a", ok200) + about("/a", gone), about("/a", ok200) + about("/a", locked), "~ /a\n    status: 404 Not Found → 423 Locked\n"},
		{"value", about("/a", etag1), about("/a", props(ok200, `<D:getetag>"2"</D:getetag>`)), "~ /a\n    DAV: getetag: `\"1\"` → `\"2\"`\n"},
		{"status of a property", about("/a", etag1), about("/a", props(gone, `<D:getetag/>`)), "~ /a\n    DAV: getetag: `\"1\"` → \"\"\n    DAV: getetag status: 200 OK → 404 Not Found\n"},
		{"properties", about("/a", props(ok200, `<D:a>1</D:a><D:b/>`)), about("/a", props(ok200, `<D:b/><c xmlns="u"><d e="1"/></c>`)+props(gone, `<x xmlns=""/>`)),
			"~ /a\n    - DAV: a: \"1\" (200 OK)\n    + u c: <{u}d e=\"1\"/> (200 OK)\n    + x (404 Not Found)\n"},
		{"property twice", about("/a", props(ok200, `<D:a>1</D:a><D:a>2</D:a>`)), about("/a", props(ok200, `<D:a>1</D:a><D:a>3</D:a>`)), "~ /a\n    DAV: a: \"2\" → \"3\"\n"},
		{"language", about("/a", props(ok200, `<D:a xml:lang="de">1</D:a>`)), about("/a", props(ok200, `<D:a>1</D:a>`)), "~ /a\n    DAV: a xml:lang: de → none\n"},
		{"elements", about("/a", props(ok200, `<D:a><D:b c="1" d="2">x</D:b></D:a>`)), about("/a", props(ok200, `<D:a>y</D:a>`)), "~ /a\n    DAV: a: <b c=\"1\" d=\"2\">x</b> → y\n"},
		{"no namespace", about("/a", props(ok200, `<D:a><D:b/></D:a>`)), about("/a", props(ok200, `<D:a><b/></D:a>`)), "~ /a\n    DAV: a: <b/> → <{}b/>\n"},
		{"attributes", about("/a", props(ok200, `<D:a b="1">x</D:a>`)), about("/a", props(ok200, `<D:a b="2">x</D:a>`)), "~ /a\n    DAV: a: [b=\"1\"] x → [b=\"2\"] x\n"},
		{"long text", about("/a", props(ok200, `<D:a>`+long+`1`+long+`</D:a>`)), about("/a", props(ok200, `<D:a>`+long+`2`+long+`</D:a>`)),
			"~ /a\n    DAV: a: \"…" + strings.Repeat("a ", 10) + "1" + strings.Repeat("a ", 19) + "…\" → \"…" + strings.Repeat("a ", 10) + "2" + strings.Repeat("a ", 19) + "…\"\n"},
		{"description", about("/a", gone+`<D:responsedescription>x</D:responsedescription>`), about("/a", gone), "~ /a\n    responsedescription: \"x\" → \"\"\n"},
		{"error and location", about("/a", gone+`<D:error><D:x/></D:error><D:location><D:href>/l</D:href></D:location>`), about("/a", gone),
			"~ /a\n    error: <x/> → \"\"\n    location: \"/l\" → \"\"\n"},
		{"error of a propstat", about("/a", strings.Replace(props(gone, `<D:a/>`), "</D:propstat>", `<D:error><D:x/></D:error></D:propstat>`, 1)), about("/a", props(gone, `<D:a/>`)), "~ /a\n    DAV: a error: <x/> → \"\"\n"},
		{"gone, by a propstat", about("/a", props(gone, ``)), about("/a", props(ok200, ``)), "~ /a\n    - no property (404 Not Found)\n"},
		{"status against propstats", about("/a", gone), about("/a", props(ok200, `<D:a/>`)), "~ /a\n    status: 404 Not Found → none\n    + DAV: a (200 OK)\n"},
		{"body", `<D:responsedescription>x</D:responsedescription><D:sync-token>urn:1</D:sync-token>`, `<D:sync-token>urn:2</D:sync-token>`,
			"~ multistatus\n    responsedescription: \"x\" → \"\"\n    sync-token: \"urn:1\" → \"urn:2\"\n"},
		{"hostile", about("/\u009b31m", ok200), about("/\u202e", props(ok200, `<D:a>\u009b</D:a>`)), "- /\\u009b31m\n+ /\\u202e\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			want := exitFine
			if c.want != "" {
				want = exitDifferent
			}
			code, out, errs := run(body(c.b), "diff", write(t, "a.xml", body(c.a)), "-")
			if diff := cmp.Diff(c.want, out); diff != "" || code != want || errs != "" {
				t.Errorf("diff exits %d, want %d, %s%s", code, want, errs, diff)
			}
			// The other way round it is as much.
			if back, _, _ := run(body(c.b), "diff", "-", write(t, "a.xml", body(c.a))); back != code {
				t.Errorf("diff exits %d, and %d the other way round", code, back)
			}
		})
	}
}

func TestDiffUnreadable(t *testing.T) {
	a := write(t, "a.xml", fine)
	for _, c := range []struct {
		name  string
		stdin string
		args  []string
		errs  string // in the errors
	}{
		{"cut off", cut, []string{a, "-"}, "<stdin>:1:111: error: trunc-mid: unexpected EOF in multistatus (RFC 4918, section 8.2)\n"},
		{"strictly", quirky, []string{"-strict", "-", a}, "<stdin>:2:20: error: status-bare"},
		{"no such file", fine, []string{"-", "/no/such"}, "/no/such: open /no/such: no such file"},
		{"nor the other", fine, []string{"/no/such", a}, "/no/such: open /no/such: no such file"},
		{"one", fine, []string{"-"}, "diff takes two bodies"},
		{"none", fine, nil, "diff takes two bodies"},
		{"three", fine, []string{a, a, a}, "diff takes two bodies"},
		{"standard input twice", fine, []string{"-", "-"}, "diff takes two bodies"},
	} {
		code, out, errs := run(c.stdin, append([]string{"diff"}, c.args...)...)
		if code != exitUnusable || out != "" || !strings.Contains(errs, c.errs) {
			t.Errorf("%s: diff exits %d, prints %q and %q, want %q", c.name, code, out, errs, c.errs)
		}
	}
}

func TestDiffColour(t *testing.T) {
	a := write(t, "a.xml", body(about("/a", ok200), about("/c", ok200)))
	_, out, _ := runWith(command{stdin: strings.NewReader(body(about("/b", ok200), about("/c", gone))), colour: true}, "diff", a, "-")
	want := "\x1b[31m- /a\x1b[0m\n\x1b[32m+ /b\x1b[0m\n\x1b[33m~ /c\x1b[0m\n    status: 200 OK → 404 Not Found\n"
	if diff := cmp.Diff(want, out); diff != "" {
		t.Error(diff)
	}
}

// Values that are equal have the same markup, and others do not.
func TestMarkup(t *testing.T) {
	value := func(s string) multistatus.Value {
		p, err := multistatus.ParseElement([]byte(s), nil)
		if err != nil {
			t.Fatal(err)
		}
		return p.Value
	}
	texts := []string{
		`<x/>`, `<x> </x>`, `<x>a</x>`, `<x a="1"/>`, `<x a="1">a</x>`, `<x><a/></x>`, `<x><a xmlns="u"/></x>`, `<x><p:a xmlns:p="u"/></x>`,
		`<x><a b="1" c="2"/></x>`, `<x><a c="2" b="1"></a></x>`, `<x><!-- c --><a/></x>`, `<x><a xml:lang="de"/></x>`, `<x><a/>t</x>`, `<x>t<a/></x>`,
		`<x><![CDATA[a]]></x>`, `<x p:a="1" xmlns:p="u"/>`, `<x q:a="1" xmlns:q="u"/>`, `<x><D:a xmlns:D="DAV:"/></x>`, `<x><D:a xmlns:D="DAV:"> </D:a></x>`, `<x>&lt;a/></x>`, `<x>&amp;lt;a/></x>`,
	}
	for _, a := range texts {
		for _, b := range texts {
			same, equal := markup(value(a)) == markup(value(b)), value(a).Equal(value(b))
			if same != equal {
				t.Errorf("markup is %q for %s and %q for %s, which are equal: %v", markup(value(a)), a, markup(value(b)), b, equal)
			}
		}
	}
}

func TestFocus(t *testing.T) {
	long := strings.Repeat("é", 100)
	for _, c := range []struct{ a, b, wantA, wantB string }{
		{"", "", "", ""},
		{"abc", "abd", "abc", "abd"},
		{long, "", strings.Repeat("é", 59) + "…", ""},
		{long + "1", long + "2", "…" + strings.Repeat("é", 10) + "1", "…" + strings.Repeat("é", 10) + "2"},
		{long + "ä", long + "ö", "…" + strings.Repeat("é", 10) + "ä", "…" + strings.Repeat("é", 10) + "ö"},
		{long, long + "x", "…" + strings.Repeat("é", 10), "…" + strings.Repeat("é", 10) + "x"},
	} {
		if a, b := focus(c.a, c.b); a != c.wantA || b != c.wantB {
			t.Errorf("focus(%q, %q) = %q, %q, want %q, %q", c.a, c.b, a, b, c.wantA, c.wantB)
		}
	}
}

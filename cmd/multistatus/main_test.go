package main

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// run runs the command on a standard input that is no terminal.
func run(stdin string, args ...string) (code int, out, errs string) {
	return runWith(command{stdin: strings.NewReader(stdin)}, args...)
}

func runWith(c command, args ...string) (code int, out, errs string) {
	var o, e bytes.Buffer
	c.out, c.errs = &o, &e
	code = c.run(args)
	return code, o.String(), e.String()
}

// write makes a file with a body and returns its name.
func write(t *testing.T, name, body string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(file, []byte(body), 0o666); err != nil {
		t.Fatal(err)
	}
	return file
}

const (
	fine    = `<D:multistatus xmlns:D="DAV:"><D:response><D:href>/a/</D:href><D:propstat><D:prop><D:resourcetype><D:collection/></D:resourcetype></D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response></D:multistatus>`
	quirky  = "<D:multistatus xmlns:D=\"DAV:\"><D:response>\n<D:href>/a</D:href><D:status>200 OK</D:status></D:response></D:multistatus>"
	cut     = `<D:multistatus xmlns:D="DAV:"><D:response><D:href>/a</D:href><D:status>HTTP/1.1 200 OK</D:status></D:response><D:resp`
	hostile = "<D:multistatus xmlns:D=\"DAV:\"><D:response><D:href>/\u009b31m\u202e</D:href><D:propstat><D:prop><D:displayname>a\u009b2Jb</D:displayname><x xmlns='u'>1</x></D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response></D:multistatus>"
)

const sampleNotice = "multistatus: no input; this is a sample\n"

func TestSampleIsSeed(t *testing.T) {
	seed, err := os.ReadFile("../../testdata/seed.xml")
	if err != nil || string(seed) != sample {
		t.Errorf("sample.xml is not testdata/seed.xml: %v", err)
	}
}

// The sample is taken if standard input is a terminal and no file is named.
func TestSample(t *testing.T) {
	code, out, errs := runWith(command{inTerminal: true})
	want := `HREF                              TYPE  SIZE  MODIFIED  ETAG  STATUS
http://www.exemple.com/Coll/                                  200 ×2
    displayname = Boucle de démonstration
    resource-id = urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf8
http://www.exemple.com/Coll/Toto                              208 ×2
    displayname = Boucle de démonstration
    resource-id = urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf8

2 responses
`
	if diff := cmp.Diff(want, out); diff != "" || code != exitFine || errs != sampleNotice {
		t.Errorf("exit %d, %q, %s", code, errs, diff)
	}
}

func TestExitCodes(t *testing.T) {
	for _, c := range []struct {
		name  string
		stdin string
		args  []string
		code  int
		out   string // in the output
		errs  string // in the errors
	}{
		{name: "show", stdin: fine, code: exitFine, out: "collection"},
		{name: "show by name", stdin: fine, args: []string{"show"}, code: exitFine, out: "1 response, 1 collection"},
		{name: "show a quirk", stdin: quirky, code: exitQuirks, out: "! status-bare: a status has no HTTP version (RFC 4918, section 14.28): line 2:20"},
		{name: "show what is cut", stdin: cut, code: exitUnusable, out: "!! multistatus: unexpected EOF in multistatus, line 1:111 (offset 110)"},
		{name: "show nothing", stdin: "", code: exitFine, out: "http://www.exemple.com/Coll/Toto", errs: sampleNotice},
		{name: "show nothing that was asked for", stdin: "", args: []string{"-"}, code: exitUnusable, out: "!! multistatus: empty document"},
		{name: "lint nothing", stdin: "", args: []string{"lint"}, code: exitUnusable, out: "<stdin>:1:1: error: empty-body: empty document (RFC 4918, section 13)\n"},
		{name: "flags behind the file", stdin: quirky, args: []string{"lint", "-", "-strict"}, code: exitUnusable, out: "error: status-bare"},
		{name: "no such verb", args: []string{"check"}, code: exitUnusable, errs: "what can be done with a file is show, json, lint, fmt and diff"},
		{name: "show HTML", stdin: "<html>", args: []string{"-"}, code: exitUnusable, out: `the root is "html"`},
		{name: "strict", stdin: quirky, args: []string{"-strict"}, code: exitUnusable, out: "!! multistatus: status-bare"},
		{name: "json", stdin: fine, args: []string{"json"}, code: exitFine, out: `{"responses":[{"href":"/a/","moreHrefs":[],"status":null,`},
		{name: "json of quirks", stdin: quirky, args: []string{"json"}, code: exitQuirks, out: `"quirks":["status-bare"]}`},
		{name: "json of what is cut", stdin: cut, args: []string{"json"}, code: exitUnusable, out: `"quirks":[],"failure":"multistatus: unexpected EOF in multistatus, line 1:111 (offset 110)"}`},
		{name: "json of a selection", stdin: fine, args: []string{"json", "-select", "getetag", "-select", "{u}x"}, code: exitFine, out: `"props":[]`},
		{name: "json without escapes of HTML", stdin: fine, args: []string{"json"}, code: exitFine, out: `<D:collection/>`},
		{name: "lint", stdin: fine, args: []string{"lint"}, code: exitFine},
		{name: "lint a quirk", stdin: quirky, args: []string{"lint"}, code: exitQuirks, out: "<stdin>:2:20: warning: status-bare: a status has no HTTP version: 200 OK (RFC 4918, section 14.28)\n"},
		{name: "lint what is cut", stdin: cut, args: []string{"lint"}, code: exitUnusable, out: "<stdin>:1:111: error: trunc-mid: unexpected EOF in multistatus (RFC 4918, section 8.2)\n"},
		{name: "lint strictly", stdin: quirky, args: []string{"lint", "-strict"}, code: exitUnusable, out: "<stdin>:2:20: error: status-bare: a status has no HTTP version (RFC 4918, section 14.28)\n"},
		{name: "limit", stdin: fine, args: []string{"-max-depth", "3"}, code: exitUnusable, out: "limit MaxDepth of 3 exceeded"},
		{name: "charset", stdin: strings.Replace(fine, "/a/", "/\xe9/", 1), args: []string{"-content-type", "text/xml; charset=iso-8859-1"}, code: exitQuirks, out: "/é/"},
		{name: "no such file", args: []string{"/no/such/file.xml"}, code: exitUnusable, errs: "no such file"},
		{name: "no such flag", args: []string{"-nonsense"}, code: exitUnusable, errs: "flag provided but not defined: -nonsense; -h tells what there is"},
		{name: "bad name", args: []string{"-select", "{u"}, code: exitUnusable, errs: "malformed name"},
		{name: "help", args: []string{"-h"}, code: exitFine, errs: "usage: multistatus"},
	} {
		t.Run(c.name, func(t *testing.T) {
			code, out, errs := run(c.stdin, c.args...)
			if code != c.code || !strings.Contains(out, c.out) || !strings.Contains(errs, c.errs) {
				t.Errorf("multistatus %q exits %d, prints %q and %q, want %d, %q and %q", c.args, code, out, errs, c.code, c.out, c.errs)
			}
			if c.out == "" && out != "" || c.errs == "" && errs != "" {
				t.Errorf("multistatus %q prints %q and %q, want nothing", c.args, out, errs)
			}
		})
	}
}

// Of several files each is read, and the worst one decides.
func TestSeveralFiles(t *testing.T) {
	a, b := write(t, "a.xml", quirky), write(t, "b.xml", fine)
	code, out, _ := run("", "lint", a, b)
	if code != exitQuirks || !strings.HasPrefix(out, a+":2:20: warning: status-bare") || strings.Count(out, "\n") != 1 {
		t.Errorf("lint of two files exits %d and prints %q", code, out)
	}
	code, out, _ = run("", a, b)
	if code != exitQuirks || !strings.Contains(out, "==> "+a+" <==\n\n") || !strings.Contains(out, "==> "+b+" <==\n\n") {
		t.Errorf("show of two files exits %d and prints %q", code, out)
	}
	if code, out, _ = run(fine, "json", a, "-", b); code != exitQuirks || strings.Count(out, "\n") != 3 {
		t.Errorf("json of three bodies exits %d and prints %q", code, out)
	}
}

// What a server sends cannot command a terminal.
func TestHostileText(t *testing.T) {
	for _, verb := range []string{"show", "lint"} {
		_, out, _ := run(hostile, verb)
		if strings.ContainsAny(out, "\u009b\u202e\x1b") {
			t.Errorf("%s prints %q", verb, out)
		}
	}
}

// Failures are told once, with a count.
func TestProblems(t *testing.T) {
	var b strings.Builder
	b.WriteString(`<D:multistatus xmlns:D="DAV:">`)
	for range 30 {
		b.WriteString(`<D:response><D:href>/a</D:href><D:propstat><D:prop><D:x/><y xmlns="u"/></D:prop><D:status>HTTP/1.1 404 Not Found</D:status></D:propstat>` +
			`<D:propstat><D:prop><D:z>1</D:z><D:getcontentlength>1024</D:getcontentlength></D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response>`)
	}
	b.WriteString(`<D:response><D:href>/locked</D:href><D:status>HTTP/1.1 423 Locked</D:status><D:error><D:no-conflicting-lock/></D:error><D:responsedescription>in use</D:responsedescription></D:response>` +
		`<D:sync-token>urn:1</D:sync-token></D:multistatus>`)
	code, out, _ := run(b.String())
	for _, want := range []string{
		"! 404 Not Found: x, {u}y ×30, first: /a\n",
		"! 423 Locked (no-conflicting-lock) “in use”: /locked\n",
		"sync-token: urn:1\n31 responses, 30 KiB; 30 further lines with -props\n",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("show prints %q, want %q in it", out, want)
		}
	}
	if code != exitFine || strings.Contains(out, "z = 1") {
		t.Errorf("show exits %d and prints %q", code, out)
	}
	if _, out, _ = run(b.String(), "-props"); strings.Count(out, "    z = 1\n") != 30 {
		t.Errorf("show -props prints %q", out)
	}
}

// What show holds and prints is in proportion to the body: of a long namespace not all is shown for each name in it,
// and no text is put together from its beginning for each condition.
func TestHostileLengths(t *testing.T) {
	const n = 4000
	about := func(s string) string {
		return `<D:multistatus xmlns:D="DAV:" xmlns:p="` + strings.Repeat("u", n) + `"><D:response><D:href>/a</D:href>` + s + `</D:response></D:multistatus>`
	}
	for name, body := range map[string]string{
		"properties": about(`<D:propstat><D:prop>` + strings.Repeat(`<p:a/>`, n) + `</D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat>`),
		"failures":   about(`<D:propstat><D:prop>` + strings.Repeat(`<p:a/>`, n) + `</D:prop><D:status>HTTP/1.1 404 Not Found</D:status></D:propstat>`),
		"conditions": about(`<D:status>HTTP/1.1 403 Forbidden</D:status><D:error>` + strings.Repeat(`<p:a/>`, n) + `</D:error>`),
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, out, _ := run(body)
		runtime.ReadMemStats(&after)
		if strings.Count(out, "{uuu") != n || len(out) > 200*n {
			t.Errorf("%s: show prints %d bytes, and %d names", name, len(out), strings.Count(out, "{uuu"))
		}
		if most, got := uint64(64<<20), after.TotalAlloc-before.TotalAlloc; got > most {
			t.Errorf("%s: show allocates %d bytes for %d, want at most %d", name, got, len(body), most)
		}
	}
}

// A cell shows the beginning of a value that is long: an ETag, a media type, a resource type, a length, a date.
func TestLongCells(t *testing.T) {
	const n = 4000
	long := strings.Repeat("x", n)
	for _, prop := range []string{
		"<D:getetag>" + long + "</D:getetag>", "<D:getcontenttype>" + long + "</D:getcontenttype>", "<D:getcontentlength>" + long + "</D:getcontentlength>",
		"<D:getlastmodified>" + long + "</D:getlastmodified>", "<D:resourcetype>" + strings.Repeat("<D:xxx/>", n/4) + "</D:resourcetype>",
	} {
		_, out, _ := run(`<D:multistatus xmlns:D="DAV:"><D:response><D:href>/a</D:href><D:propstat><D:prop>` + prop +
			`</D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response></D:multistatus>`)
		if got := strings.Count(out, "x"); got < most/2 || got > most || !strings.Contains(out, "x…") {
			t.Errorf("of %.40s… show prints %d bytes: %.400q", prop, got, out)
		}
	}
}

func TestColour(t *testing.T) {
	_, out, _ := runWith(command{stdin: strings.NewReader(fine), colour: true})
	if !strings.Contains(out, "\x1b[34m/a/\x1b[0m") {
		t.Errorf("show prints %q, want the collection in blue", out)
	}
}

func TestTable(t *testing.T) {
	tab := table{head: []string{"A", "B", "C"}, right: []bool{false, true, false}, most: []int{5, 9, 9}, rows: []row{
		{cells: []string{"é", "1", "x"}},
		{cells: []string{"漢字", "22", ""}},
		{cells: []string{"toolong", "333", "y"}, notes: []string{"  note"}},
	}}
	var b bytes.Buffer
	tab.print(&b, &command{})
	want := "A       B  C\né       1  x\n漢字   22\ntoolong  333  y\n  note\n"
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Error(diff)
	}
}

// What is known of a property is shown as a person reads it; what is not, or cannot be read, as it stands.
func TestShowMeanings(t *testing.T) {
	for _, c := range []struct{ prop, want string }{
		{"<D:quota-available-bytes>-3</D:quota-available-bytes>", "quota-available-bytes = unlimited"},
		{"<D:creationdate>1994-11-06T08:49:37+01:00</D:creationdate>", "creationdate = 1994-11-06 07:49:37"},
		{"<D:creationdate>once</D:creationdate>", "creationdate = once"},
		{"<D:owner><D:href>/p/</D:href></D:owner>", "owner = /p/"},
		{"<D:owner><D:x/></D:owner>", "owner = <D:x/>"},
		{"<D:label-name-set><D:x/></D:label-name-set>", "label-name-set = <D:x/>"},
		{"<D:getcontentlength>10239</D:getcontentlength>", "  10 KiB  "},
		{"<D:getcontentlength>-1</D:getcontentlength>", "  -1  "},
		{"<D:getlastmodified>Fri, 7 Sep 2018 08:49:58 GMT</D:getlastmodified>", "  2018-09-07 08:49:58  "},
	} {
		if _, out, _ := run(lintBody(c.prop), "show", "-"); !strings.Contains(out, c.want) {
			t.Errorf("show of %s prints %q, want %q in it", c.prop, out, c.want)
		}
	}
}

// An output that fails is an error.
func TestBrokenOutput(t *testing.T) {
	c := command{stdin: strings.NewReader(fine), out: brokenWriter{}, errs: &bytes.Buffer{}}
	if code := c.run([]string{"json"}); code != exitUnusable {
		t.Errorf("json into a broken pipe exits %d, want %d", code, exitUnusable)
	}
}

type brokenWriter struct{}

func (brokenWriter) Write([]byte) (int, error) { return 0, errors.New("broken pipe") }

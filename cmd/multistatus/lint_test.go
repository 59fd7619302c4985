package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/go-multistatus/multistatus"
)

// mixed has a note, a warning and an error, in the order of severity, and in lines of their own.
const mixed = `<multistatus xmlns="DAV:">
<response><href>/a</href><propstat><prop><getetag>W/"1"</getetag><getcontentlength>x</getcontentlength></prop><status>HTTP/1.1 200 OK</status></propstat></response>
<response><href>/a&b</href><propstat><prop><getetag>W/"1"</getetag></prop><status>HTTP/1.1 200 OK</status></propstat></response>
</multistatus>`

// The lines of mixed: findings of checks are where the response begins, quirks where they are.
const (
	mixedNotes = "<stdin>:1:1: note: ns-default-dav: DAV: is the default namespace, which Windows' Mini-Redirector does not understand (Namespaces in XML 1.0, section 6.2)\n"
	mixedETag  = "<stdin>:2:1: note: etag-weak: getetag is weak (Subversion): If-Match with it never holds, so no client can guard a change by it: W/\"1\", of /a (RFC 9110, section 13.1.1)\n"
	mixedWarn  = "<stdin>:2:1: warning: len-nonnumeric: getcontentlength is no number of 63 bits, at which OpenDAL failed: x, of /a (RFC 4918, section 15.4)\n"
	mixedError = "<stdin>:3:19: error: amp-raw: a & begins no reference (XML 1.0, section 2.4)\n"
)

// What is severe enough is shown, and the exit code is that of the worst, shown or not.
func TestLintLevel(t *testing.T) {
	onlyNote := strings.NewReplacer("<getcontentlength>x</getcontentlength>", "", "&b", "b").Replace(mixed)
	for _, c := range []struct {
		name, body, level string
		code              int
		want              string
	}{
		{"all", mixed, "", exitQuirks, mixedNotes + mixedETag + mixedWarn + mixedError},
		{"notes", mixed, "note", exitQuirks, mixedNotes + mixedETag + mixedWarn + mixedError},
		{"warnings", mixed, "warning", exitQuirks, mixedWarn + mixedError},
		{"errors", mixed, "error", exitQuirks, mixedError},
		{"notes only", onlyNote, "", exitFine, mixedNotes + mixedETag},
		{"notes only, none shown", onlyNote, "warning", exitFine, ""},
		{"warning, not shown", quirky, "error", exitQuirks, ""},
		{"nothing", fine, "", exitFine, ""},
		{"cut off", cut, "error", exitUnusable, "<stdin>:1:111: error: trunc-mid: unexpected EOF in multistatus (RFC 4918, section 8.2)\n"},
		{"cut off behind findings", strings.TrimSuffix(mixed, "</multistatus>"), "", exitUnusable,
			mixedNotes + mixedETag + mixedWarn + mixedError +
				"<stdin>:1:1: error: trunc-mid: unexpected EOF in multistatus (RFC 4918, section 8.2)\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			args := []string{"lint", "-"}
			if c.level != "" {
				args = append(args, "-level", c.level)
			}
			code, out, errs := run(c.body, args...)
			if diff := cmp.Diff(c.want, out); diff != "" || code != c.code || errs != "" {
				t.Errorf("lint exits %d, want %d, and tells %q; it prints, but for what is wanted:\n%s", code, c.code, errs, diff)
			}
		})
	}
}

func TestLintFlags(t *testing.T) {
	for _, c := range []struct {
		args []string
		errs string
	}{
		{[]string{"-level", "fatal"}, `none of note, warning, error: "fatal"`},
		{[]string{"-self", "a/"}, "neither an absolute path nor a URL"},
		{[]string{"-self", ""}, "malformed href"},
	} {
		code, out, errs := run(fine, append([]string{"lint", "-"}, c.args...)...)
		if code != exitUnusable || out != "" || !strings.Contains(errs, c.errs) {
			t.Errorf("lint %q exits %d, prints %q and tells %q, want %d, nothing and %q", c.args, code, out, errs, exitUnusable, c.errs)
		}
	}
}

func TestLintJSON(t *testing.T) {
	code, out, _ := run(strings.TrimSuffix(mixed, "</multistatus>"), "lint", "-", "-json", "-level", "warning")
	want := `{"file":"<stdin>","line":2,"column":1,"offset":27,"severity":"warning","name":"len-nonnumeric","text":"getcontentlength is no number of 63 bits, at which OpenDAL failed: x, of /a","section":"RFC 4918, section 15.4","href":"/a"}
{"file":"<stdin>","line":3,"column":19,"offset":210,"severity":"error","name":"amp-raw","text":"a & begins no reference","section":"XML 1.0, section 2.4","href":"/a&b"}
{"file":"<stdin>","line":1,"column":1,"offset":0,"severity":"error","name":"trunc-mid","text":"unexpected EOF in multistatus","section":"RFC 4918, section 8.2","href":""}
`
	if diff := cmp.Diff(want, out); diff != "" || code != exitUnusable {
		t.Errorf("lint -json exits %d and prints, but for what is wanted:\n%s", code, diff)
	}
}

// With -json every line is an object with the same keys, and where the lines for people have a place it is the same.
func TestLintJSONIsLines(t *testing.T) {
	for _, c := range lintCases {
		_, lines := lintWithSelf(lintBody(c.hit), c.selfHit)
		args := []string{"lint", "-", "-json"}
		if c.selfHit != "" {
			args = append(args, "-self", c.selfHit)
		}
		_, out, _ := run(lintBody(c.hit), args...)
		var got strings.Builder
		for d := json.NewDecoder(strings.NewReader(out)); d.More(); {
			var f finding
			d.DisallowUnknownFields()
			if err := d.Decode(&f); err != nil {
				t.Fatalf("lint -json prints %q: %v", out, err)
			}
			var err error
			if f.level, err = parseSeverity(f.Severity); err != nil {
				t.Error(err)
			}
			f.writeLine(&got)
		}
		if diff := cmp.Diff(lines, got.String()); diff != "" {
			t.Errorf("%s: lint prints other things with -json:\n%s", checkTable[c.id].name, diff)
		}
	}
}

// -self is the same for each of several files, and what was met in one was not met in the next.
func TestLintSelfOfEachFile(t *testing.T) {
	a, b := write(t, "a.xml", fine), write(t, "b.xml", strings.ReplaceAll(fine, "/a/", "/a/b/"))
	code, out, _ := run("", "lint", "-self", "/a/", a, b)
	if code != exitQuirks || !strings.HasPrefix(out, b+":1:1: warning: self-missing-or-other: ") || strings.Count(out, "\n") != 1 {
		t.Errorf("lint of two files exits %d and prints %q, want one line of the second", code, out)
	}
}

// Every reason for which a body cannot be read has a name.
func TestFailureNames(t *testing.T) {
	const root = `<D:multistatus xmlns:D="DAV:">`
	for body, want := range map[string]string{
		"":                                      "empty-body",
		"<html/>":                               "root-html",
		"<!DOCTYPE html>\n<HTML><br></HTML>":    "root-html",
		" <!doctype html><p a=b>":               "root-html",
		`<e:error xmlns:e="DAV:"/>`:             "root-error-in-207",
		"<error/>":                              "foreign-root",
		`<M:MultiStatus xmlns:M="DAV:"/>`:       "name-case-structural",
		`<multistatus xmlns="u"/>`:              "foreign-root",
		"{}":                                    "foreign-root",
		root:                                    "trunc-mid",
		root + "</D:multistatus><x/>":           "two-roots",
		"<!DOCTYPE x [<!ENTITY a 'b'>]>" + root: "doctype-entities",
		root + "<x:y/>":                         "ns-undeclared-structural",
		root + "<y xmlns:xml='u'/>":             "ns-reserved",
		root + "<a></b>":                        "endtag-mismatch",
		root + "<a b='' b=''/>":                 "attr-duplicated",
		root + "<a\x01/>":                       "chr-in-markup",
		root + "]]></D:multistatus>":            "payload-unescaped",
		root + "&#xg;</D:multistatus>":          "ref-malformed",
		root + "<a b=''c=''/>":                  "xml-malformed",
		root + strings.Repeat("<a>", 300):       "limit-depth",
		root + "<D:response><D:href>" + strings.Repeat("x", 1<<17): "limit-scalar",
		root + "<" + strings.Repeat("x", 2000) + "/>":              "limit",
		"\x00\x00\x00<": "enc-unsupported",
	} {
		code, out, _ := run(body, "lint", "-")
		lines := strings.Split(strings.TrimSpace(out), "\n")
		last := lines[len(lines)-1]
		if code != exitUnusable || !strings.Contains(last, ": error: "+want+": ") || !strings.HasSuffix(last, ")") {
			t.Errorf("lint of %q exits %d and prints %q, want %s", body, code, out, want)
		}
	}
}

// Limits have the names that the catalogue has for them.
func TestLimitNames(t *testing.T) {
	props := lintBody("<D:a>" + strings.Repeat("x", 100) + "</D:a><D:b/><D:c/>")
	for flag, want := range map[string]string{
		"-max-depth=3": "limit-depth", "-max-props=2": "limit-props", "-max-value-bytes=99": "limit-value",
		"-max-text-bytes=1": "limit-scalar", "-max-bytes=200": "limit-body", "-max-response-bytes=99": "limit", "-max-name-bytes=5": "limit",
	} {
		code, out, _ := run(props, "lint", "-", flag)
		if code != exitUnusable || !strings.Contains(out, ": error: "+want+": limit Max") || strings.Count(out, "\n") != 1 {
			t.Errorf("lint %s exits %d and prints %q, want %s", flag, code, out, want)
		}
	}
}

// The catalogue's bodies that are refused have its names, but for those that look like others.
func TestRefusedOfCatalogue(t *testing.T) {
	others := map[string]string{
		"root-wrapped": "foreign-root", "doc-leading-garbage": "foreign-root",
		"responses-unwrapped": "endtag-mismatch", "payload-unescaped": "endtag-mismatch", "endtag-case": "endtag-mismatch",
		"trunc-then-root": "xml-malformed",
	}
	for id, e := range catalogued(t) {
		if e.Reading != "reject" {
			continue
		}
		names := namesOf(e)
		want, ok := others[id]
		if !ok {
			want = id
		}
		if len(names) == 0 || names[len(names)-1] != want {
			t.Errorf("lint of %s finds %q, want %s at last", id, names, want)
		}
	}
}

// A namespace that ends in a colon is not followed by another.
func TestNearMiss(t *testing.T) {
	_, out, _ := run(`<multistatus xmlns="dav:"/>`, "lint", "-")
	want := "<stdin>:1:1: warning: ns-uri-no-colon: the root's namespace is a near miss of DAV: (dav:) (RFC 4918, section 14)\n"
	if !strings.HasPrefix(out, want) || strings.Contains(out, "ns-default-dav") {
		t.Errorf("lint prints %q, want %q first and no ns-default-dav", out, want)
	}
}

// A quirk of the response itself stands where that begins, and knows its href.
func TestLintJSONHrefOfQuirk(t *testing.T) {
	const propstat = "<D:propstat><D:prop><D:x>1</D:x></D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat>"
	body := lintBody("R:<D:response><D:href>/a</D:href><D:status>HTTP/1.1 200 OK</D:status>" + propstat + "</D:response>\n" +
		"<D:response><D:href>/b</D:href></D:response>")
	_, out, _ := run(body, "lint", "-", "-json")
	for name, href := range map[string]string{"response-both": "/a", "response-href-only": "/b"} {
		if !strings.Contains(out, `"name":"`+name+`"`) || !strings.Contains(out, `"href":"`+href+`"`) {
			t.Errorf("lint -json prints %q, want %s of %s", out, name, href)
		}
	}
}

// A read that ends exactly at the limit of Windows changes nothing.
func TestLintLimitBetweenReads(t *testing.T) {
	body := ofSize(windowsLimit + 1)
	l := linter{places: newPlaces("")}
	l.Write([]byte(body[:windowsLimit]))
	if l.over {
		t.Errorf("%d bytes are over the limit", windowsLimit)
	}
	l.Write([]byte(body[windowsLimit:]))
	if !l.over || l.limit.off != windowsLimit {
		t.Errorf("a read behind the limit: over is %t, at %+v, want true at %d", l.over, l.limit, windowsLimit)
	}
}

// What has no name in the table has that of all of them.
func TestFailureNameOfOthers(t *testing.T) {
	f := ofError("f", &multistatus.DecodeError{Offset: 3, Line: 1, Column: 4, Path: "multistatus", Err: errors.New("new")})
	want := finding{File: "f", Line: 1, Column: 4, Offset: 3, Name: "unreadable", Text: "new in multistatus", Section: "RFC 4918, section 8.2", level: sevError}
	if f != want {
		t.Errorf("ofError = %+v, want %+v", f, want)
	}
}

// An error of the reader has neither name nor place.
func TestLintReaderFails(t *testing.T) {
	in := io.MultiReader(strings.NewReader(fine[:len(fine)-5]), failing{})
	code, out, _ := runWith(command{stdin: in}, "lint", "-")
	if want := "<stdin>: error: line is dead\n"; code != exitUnusable || out != want {
		t.Errorf("lint exits %d and prints %q, want %q", code, out, want)
	}
}

type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, errors.New("line is dead") }

func TestLintWriterFails(t *testing.T) {
	for _, args := range [][]string{{"lint"}, {"lint", "-json"}} {
		c := command{stdin: strings.NewReader(mixed), out: brokenWriter{}, errs: io.Discard}
		if code := c.run(args); code != exitUnusable {
			t.Errorf("%q into a broken pipe exits %d, want %d", args, code, exitUnusable)
		}
	}
}

// What is printed of one body is in its order, but for what only its end shows.
func TestLintOrder(t *testing.T) {
	body := strings.NewReplacer("R1", "<D:response>\n<D:href>a</D:href><D:status>200</D:status></D:response>\n").
		Replace("<D:multistatus xmlns:D=\"DAV:\">x R1 y R1</D:multistatus>")
	_, out, _ := run(body, "lint", "-", "-self", "/b")
	var got []string
	for line := range strings.Lines(out) {
		f := strings.SplitN(line, ": ", 4)
		got = append(got, strings.TrimPrefix(f[0], "<stdin>:")+" "+f[2])
	}
	want := []string{
		"1:31 stray-text", "1:33 href-outside-scope", "1:33 status-no-reason", "2:1 href-relative", "2:19 status-bare",
		"3:2 stray-text", "3:4 response-dup-href", "3:4 href-outside-scope", "4:1 href-relative", "4:19 status-bare",
		"1:1 self-missing-or-other",
	}
	if !slices.Equal(got, want) {
		t.Errorf("lint prints %q, want %q", got, want)
	}
}

// BenchmarkLint shows that the work grows with the body and not with its square.
func BenchmarkLint(b *testing.B) {
	for _, n := range []int{1_000, 10_000} {
		var s strings.Builder
		for i := range n {
			fmt.Fprintf(&s, "<D:response><D:href>/files/%d</D:href><D:propstat><D:prop><D:getetag>\"%d\"</D:getetag></D:prop>"+
				"<D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response>\n", i, i)
		}
		body := lintBody("R:" + s.String())
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(body)))
			for b.Loop() {
				run(body, "lint", "-")
			}
		})
	}
}

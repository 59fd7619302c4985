package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/go-multistatus/multistatus"
)

// body puts responses into a document.
func body(responses ...string) string {
	return `<D:multistatus xmlns:D="DAV:">` + strings.Join(responses, "") + `</D:multistatus>`
}

// about is a response.
func about(href, rest string) string {
	return `<D:response><D:href>` + href + `</D:href>` + rest + `</D:response>`
}

const (
	ok200  = `<D:status>HTTP/1.1 200 OK</D:status>`
	gone   = `<D:status>HTTP/1.1 404 Not Found</D:status>`
	etag1  = `<D:propstat><D:prop><D:getetag>"1"</D:getetag></D:prop>` + ok200 + `</D:propstat>`
	header = `<?xml version="1.0" encoding="utf-8"?>` + "\n"
)

func TestFormat(t *testing.T) {
	code, got, errs := run(`<multistatus xmlns="DAV:" xmlns:x="urn:x" xml:lang="de"><sync-token>urn:1</sync-token><response>`+
		`<propstat><status>200 OK</status><prop><x:a>&#x62;<!-- c --></x:a></prop></propstat><href>/a</href></response></multistatus>`, "fmt", "-indent", `\t`)
	want := header + `<D:multistatus xmlns:D="DAV:" xmlns:x="urn:x">
	<D:response>
		<D:href>/a</D:href>
		<D:propstat>
			<D:prop>
				<x:a xml:lang="de">&#x62;<!-- c --></x:a>
			</D:prop>
			<D:status>HTTP/1.1 200 OK</D:status>
		</D:propstat>
	</D:response>
	<D:sync-token>urn:1</D:sync-token>
</D:multistatus>
`
	if diff := cmp.Diff(want, got); diff != "" || code != exitQuirks {
		t.Errorf("fmt exits %d: %s", code, diff)
	}
	if want := "<stdin>:1:107: warning: status-bare: a status has no HTTP version: 200 OK (RFC 4918, section 14.28)\n"; errs != want {
		t.Errorf("fmt tells %q, want %q", errs, want)
	}
}

// What has no valid form as it is, is mended and told, or ends the output where it stands.
func TestFormatMends(t *testing.T) {
	first := about("/1", ok200)
	for _, c := range []struct {
		name string
		body string
		code int
		out  string // with -indent ""
		errs string // in the errors
	}{
		{"no response", body(), exitFine, header + body() + "\n", ""},
		{"success beside propstats", body(about("/a", ok200+etag1)), exitQuirks, header + body(about("/a", etag1)) + "\n",
			"<stdin>: response 1: its status 200 OK beside propstats is left out\n"},
		{"bare href", body(first, about("/a", "")), exitQuirks,
			header + body(first, about("/a", `<D:propstat><D:prop/>`+ok200+`</D:propstat>`)) + "\n",
			"<stdin>: response 2: it gets a propstat 200 without properties\n"},
		{"second colon", body(about("/a", strings.ReplaceAll(etag1, "D:getetag", "D:a:b"))), exitQuirks,
			header + body(about("/a", strings.ReplaceAll(etag1, "D:getetag", "D:a_b"))) + "\n",
			"<stdin>: response 1: the name a:b becomes a_b\n"},
		{"failure beside propstats", body(first, about("/a", gone+etag1), first), exitUnusable, unfinished(first),
			"<stdin>: error: response 2: multistatus: out of order (status beside propstats)\n"},
		{"hrefs beside propstats", body(about("/a</D:href><D:href>/b", etag1)), exitUnusable, "", "several hrefs beside propstats"},
		{"no href", body(first, about("", gone)), exitUnusable, unfinished(first), "<stdin>: error: response 2: multistatus: malformed href"},
		{"unreadable status", body(first, about("/a", `<D:status>fine</D:status>`)), exitUnusable, unfinished(first), "malformed status"},
		{"cut off", body(first)[:len(body(first))-3], exitUnusable, unfinished(first), "error: trunc-mid: unexpected EOF in multistatus (RFC 4918, section 8.2)\n"},
		{"HTML", "<html/>", exitUnusable, "", "not a DAV:multistatus"},
	} {
		t.Run(c.name, func(t *testing.T) {
			code, out, errs := run(c.body, "fmt", "-indent", "")
			if code != c.code || !strings.Contains(errs, c.errs) || c.errs == "" && errs != "" {
				t.Errorf("fmt of %q exits %d and tells %q, want %d and %q", c.body, code, errs, c.code, c.errs)
			}
			if diff := cmp.Diff(c.out, out); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// unfinished is what is written of a body that could not be written to its end.
func unfinished(responses string) string {
	return header + strings.TrimSuffix(body(responses), "</D:multistatus>") + "\n"
}

// Namespaces of the first response are declared on the root, those of others where they are used.
func TestFormatNamespaces(t *testing.T) {
	r := func(prop string) string {
		return about("/a", `<D:propstat><D:prop>`+prop+`</D:prop>`+ok200+`</D:propstat>`)
	}
	_, out, _ := run(body(r(`<D:a/><p:x xmlns:p="urn:p">p:1</p:x><o:id xmlns:o="http://owncloud.org/ns"/>`), r(`<q:x xmlns:q="urn:q"/>`)), "fmt")
	for want, n := range map[string]int{
		`<D:multistatus xmlns:D="DAV:" xmlns:p="urn:p" xmlns:oc="http://owncloud.org/ns">`: 1,
		`<p:x>p:1</p:x>`: 1, `<oc:id/>`: 1, `<q:x xmlns:q="urn:q"/>`: 1, "xmlns": 4,
	} {
		if strings.Count(out, want) != n {
			t.Errorf("fmt prints %s, want %d times %q", out, n, want)
		}
	}
}

// However a body of the corpus is indented, it means what the original means, and is as it should be the second time.
func TestFormatCorpus(t *testing.T) {
	n := 0
	for _, file := range corpus(t) {
		for _, indent := range []string{"", "  ", `\t`} {
			code, once, _ := run("", "fmt", "-indent", indent, file)
			if code == exitUnusable {
				continue
			}
			n++
			formatted := write(t, "formatted.xml", once)
			if _, twice, _ := run("", "fmt", "-indent", indent, formatted); twice != once {
				t.Errorf("%s: fmt changes what it wrote: %s", file, cmp.Diff(once, twice))
			}
			code, out, errs := run("", "diff", file, formatted)
			if (code != exitFine || out+errs != "") && !hasSecondColon(t, file) {
				t.Errorf("%s: diff with what fmt wrote exits %d and prints %s%s", file, code, out, errs)
			}
		}
	}
	if n < 3*300 {
		t.Errorf("only %d bodies were formatted", n)
	}
}

// hasSecondColon reports whether fmt has to change names in a body.
func hasSecondColon(t *testing.T, file string) bool {
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	m, _ := multistatus.Parse(b, nil)
	return m.Quirks.Has(multistatus.QuirkNsDoublePrefix)
}

func corpus(t *testing.T) (files []string) {
	err := filepath.WalkDir("../../testdata", func(path string, e fs.DirEntry, err error) error {
		if err == nil && filepath.Ext(path) == ".xml" {
			files = append(files, path)
		}
		return err
	})
	if err != nil || len(files) == 0 {
		t.Fatalf("no bodies: %v", err)
	}
	return files
}

// A broken output is told.
func TestFormatBrokenOutput(t *testing.T) {
	var errs strings.Builder
	c := command{stdin: strings.NewReader(fine), out: brokenWriter{}, errs: &errs}
	if code := c.run([]string{"fmt"}); code != exitUnusable || errs.String() != "<stdin>: error: broken pipe\n" {
		t.Errorf("fmt into a broken pipe exits %d and tells %q", code, errs.String())
	}
}

// countingReader makes a long body, and remembers by how much it was ahead of what was written.
type countingReader struct {
	left    int
	read    int
	written *countingWriter
	ahead   int
	pending string
}

type countingWriter struct{ n int }

func (w *countingWriter) Write(p []byte) (int, error) { w.n += len(p); return len(p), nil }

func (r *countingReader) Read(p []byte) (int, error) {
	if r.pending == "" {
		if r.left--; r.left < 0 {
			return 0, errors.New("cable cut")
		}
		r.pending = about("/a", etag1)
	}
	n := copy(p, r.pending)
	r.pending = r.pending[n:]
	r.read += n
	r.ahead = max(r.ahead, r.read-r.written.n)
	return n, nil
}

// Responses go out while others come in.
func TestFormatStreams(t *testing.T) {
	w := &countingWriter{}
	r := &countingReader{left: 20_000, written: w, pending: `<D:multistatus xmlns:D="DAV:">`}
	var errs strings.Builder
	c := command{stdin: r, out: w, errs: &errs}
	code := c.run([]string{"fmt", "-indent", ""})
	if code != exitUnusable || !strings.Contains(errs.String(), "cable cut") {
		t.Errorf("fmt exits %d and tells %q", code, errs.String())
	}
	if r.read < 2<<20 || r.ahead > 256<<10 || w.n < r.read {
		t.Errorf("of %d bytes were %d held back; %d written", r.read, r.ahead, w.n)
	}
}

func TestIndentation(t *testing.T) {
	for _, c := range []struct {
		in, want string
		ok       bool
	}{{"", "", true}, {"   ", "   ", true}, {`\t`, "\t", true}, {"\t ", "\t ", true}, {"x", "", false}, {"<!-- -->", "", false}, {"\n", "", false}} {
		if got, err := indentation(c.in); got != c.want || (err == nil) != c.ok {
			t.Errorf("indentation(%q) = %q, %v, want %q", c.in, got, err, c.want)
		}
	}
}

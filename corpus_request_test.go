package multistatus_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/go-multistatus/multistatus"
)

// request is what a body of the corpus answers, and what came with the body. testdata/README.md documents it.
type request struct {
	Server      string            `json:"server"`
	Version     string            `json:"version"`
	Method      string            `json:"method"`
	Path        string            `json:"path"`
	Depth       *string           `json:"depth"`
	Headers     map[string]string `json:"headers"`
	Body        string            `json:"body"`
	Status      int               `json:"status"`
	ContentType *string           `json:"contentType"`
}

// requestFile returns the name of the request file that belongs to a body.
func requestFile(body string) string { return strings.TrimSuffix(body, ".xml") + ".request.json" }

// contentTypeOf returns the Content-Type that came with a body, or "" if there was none or there is no request file.
func contentTypeOf(t testing.TB, body string) string {
	t.Helper()
	if _, err := os.Stat(requestFile(body)); err != nil {
		return ""
	}
	if r := loadRequest(t, requestFile(body)); r.ContentType != nil {
		return *r.ContentType
	}
	return ""
}

func loadRequest(t testing.TB, file string) (r request) {
	t.Helper()
	if err := json.Unmarshal([]byte(load(t, file)), &r); err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	return r
}

// Request files are as README.md says: every key, none besides, in order, indented with tabs.
func TestCorpusRequests(t *testing.T) {
	for _, body := range bodies(t, "testdata/corpus") {
		file := requestFile(body)
		r := loadRequest(t, file)
		var b bytes.Buffer
		e := json.NewEncoder(&b)
		e.SetEscapeHTML(false)
		e.SetIndent("", "\t")
		if err := e.Encode(r); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(b.String(), load(t, file)); diff != "" {
			t.Errorf("%s has other keys, or another form: %s", file, diff)
		}
		checkRequest(t, file, r)
	}
}

// depths are the values of the Depth header that were sent. The last is an extension of Microsoft's.
var depths = []string{"0", "1", "infinity", "1,noroot"}

func checkRequest(t *testing.T, file string, r request) {
	t.Helper()
	switch {
	case r.Server != filepath.Base(filepath.Dir(file)):
		t.Errorf("%s: server = %q, which is not its directory", file, r.Server)
	case r.Version == "", r.Method == "", !strings.HasPrefix(r.Path, "/"), r.Headers == nil:
		t.Errorf("%s: version, method, path or headers is empty", file)
	case r.Depth != nil && !slices.Contains(depths, *r.Depth):
		t.Errorf("%s: depth = %q", file, *r.Depth)
	case r.Status != 207 && r.Status != 424, r.ContentType != nil && *r.ContentType == "":
		t.Errorf("%s: status = %d, contentType = %v", file, r.Status, r.ContentType)
	}
}

// The Content-Type counts: with another one, a body that has no declaration means something else.
func TestCorpusContentType(t *testing.T) {
	file := "testdata/corpus/xandikos/propfind-root-minimal.xml"
	r := loadRequest(t, requestFile(file))
	if r.ContentType == nil || *r.ContentType != contentTypeOf(t, file) {
		t.Errorf("contentTypeOf(%s) = %q, want %v", file, contentTypeOf(t, file), r.ContentType)
	}
	lies := meaning(strings.NewReader(load(t, file)), "text/xml; charset=utf-16le")
	if !strings.Contains(lies, multistatus.QuirkEncDeclLies.String()) {
		t.Errorf("%s with a charset that is wrong means %s", file, lies)
	}
}

// tableRow is a server in the table of testdata/README.md.
var tableRow = regexp.MustCompile("(?m)^\\| `([^`]+)` \\| ([^|]+) \\| ([0-9]+) \\|")

// The table of servers in testdata/README.md counts what is there.
func TestCorpusTable(t *testing.T) {
	bodiesOf, versions := map[string]int{}, map[string]string{}
	total := 0
	for _, body := range bodies(t, "testdata/corpus") {
		r := loadRequest(t, requestFile(body))
		if v := versions[r.Server]; v != "" && v != r.Version {
			t.Errorf("%s has the versions %s and %s", r.Server, v, r.Version)
		}
		bodiesOf[r.Server]++
		versions[r.Server] = r.Version
		total++
	}
	text := load(t, "testdata/README.md")
	var got, want []string
	for _, row := range tableRow.FindAllStringSubmatch(text, -1) {
		got = append(got, row[1]+" | "+row[2]+" | "+row[3])
	}
	for server, n := range bodiesOf {
		want = append(want, fmt.Sprint(server, " | ", versions[server], " | ", n))
	}
	slices.Sort(want)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the table of servers differs: %s", diff)
	}
	if want := fmt.Sprintf("%d bodies of %d servers", total, len(bodiesOf)); !strings.Contains(text, want) {
		t.Errorf("testdata/README.md does not say %q", want)
	}
}

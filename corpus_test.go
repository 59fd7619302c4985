package multistatus_test

import (
	"bytes"
	"flag"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"github.com/go-multistatus/multistatus"
	"github.com/go-multistatus/multistatus/internal/msjson"
)

var update = flag.Bool("update", false, "write the expectations of the corpus anew; read the difference before it is kept")

// corpus returns the bodies in testdata, and those in the directories that MULTISTATUS_CORPUS lists,
// which have no expectations.
func corpus(t testing.TB) (own, others []string) {
	for _, dir := range filepath.SplitList(os.Getenv("MULTISTATUS_CORPUS")) {
		others = append(others, bodies(t, dir)...)
	}
	return append(bodies(t, "testdata/corpus"), "testdata/seed.xml"), others
}

// bodies returns the XML files below dir.
func bodies(t testing.TB, dir string) (files []string) {
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err == nil && strings.HasSuffix(path, ".xml") {
			files = append(files, path)
		}
		return err
	})
	if err != nil || len(files) == 0 {
		t.Fatalf("no bodies below %s: %v", dir, err)
	}
	return files
}

// meaning decodes what r reads, of a response with that Content-Type, and returns its JSON form.
func meaning(r io.Reader, contentType string) string {
	var m multistatus.Multistatus
	err := multistatus.NewDecoder(r, &multistatus.DecodeOptions{ContentType: contentType}).Decode(&m)
	var b bytes.Buffer
	if err := msjson.Of(&m, err).Write(&b, "\t"); err != nil {
		return err.Error()
	}
	return b.String()
}

// Every body of the corpus means what the file beside it says, however it is read.
func TestCorpus(t *testing.T) {
	own, others := corpus(t)
	for _, file := range own {
		checkExpected(t, file, checkCut(t, file))
	}
	for _, file := range others {
		checkCut(t, file)
	}
}

func load(t testing.TB, file string) string {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func checkExpected(t *testing.T, file, got string) {
	t.Helper()
	file = strings.TrimSuffix(file, ".xml") + ".json"
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff(load(t, file), got); diff != "" {
		t.Errorf("%s is not what the body means: %s", file, diff)
	}
}

// checkCut reads a body in several ways, and returns what it means.
func checkCut(t *testing.T, file string) string {
	t.Helper()
	body, contentType := load(t, file), contentTypeOf(t, file)
	want := meaning(strings.NewReader(body), contentType)
	for _, r := range []io.Reader{
		iotest.OneByteReader(strings.NewReader(body)),
		iotest.HalfReader(strings.NewReader(body)),
		iotest.DataErrReader(strings.NewReader(body)),
	} {
		if diff := cmp.Diff(want, meaning(r, contentType)); diff != "" {
			t.Errorf("%s means something else when it is cut: %s", file, diff)
		}
	}
	return want
}

// Every body has what it means and the request that it answers beside it, and nothing is left over from another.
func TestCorpusComplete(t *testing.T) {
	kinds := []string{".request.json", ".json", ".xml"} // the longer ends first
	cases := map[string]int{}
	err := filepath.WalkDir("testdata/corpus", func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		for i, kind := range kinds {
			if name, ok := strings.CutSuffix(path, kind); ok {
				cases[name] |= 1 << i
				return nil
			}
		}
		t.Errorf("%s is of no kind that README.md knows", path)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for name, has := range cases {
		for i, kind := range kinds {
			if has>>i&1 == 0 {
				t.Errorf("%s%s is missing", name, kind)
			}
		}
	}
}

// The sample is a body without a quirk: two responses, the second of which was reported before (RFC 5842, section 7.1).
func TestSeed(t *testing.T) {
	m, err := multistatus.Parse([]byte(load(t, "testdata/seed.xml")), &multistatus.DecodeOptions{Reject: multistatus.AllQuirks()})
	if err != nil || len(m.Responses) != 2 {
		t.Fatalf("Parse(seed.xml) gives %d responses, %v, want 2", len(m.Responses), err)
	}
	r := &m.Responses[1]
	name, stat := r.Prop(multistatus.DAV("displayname"))
	if name == nil || stat.Status != (multistatus.Status{Code: 208, Reason: "Already Reported"}) {
		t.Fatalf("displayname of %s has status %v, want 208", r.Href, stat)
	}
	if text, ok := name.Value.Text(); text != "Boucle de démonstration" || !ok {
		t.Errorf("displayname = %q, want %q", text, "Boucle de démonstration")
	}
	id, _ := r.Prop(multistatus.DAV("resource-id"))
	for n, v := range id.Value.Elements() {
		text, _ := v.Text()
		if n != multistatus.DAV("href") || text != "urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf8" {
			t.Errorf("resource-id holds %v %q", n, text)
		}
	}
}

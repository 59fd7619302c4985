package multistatus

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// document is something that the Encoder wrote.
type document struct {
	name string // of its file
	body []byte
}

// documents returns those of every case, of the corpus, of the invalid examples as far as they can be mended, and made ones.
func documents(t *testing.T) (all []document) {
	add := func(name string, body []byte) {
		all = append(all, document{strings.NewReplacer("/", "-", " ", "-").Replace(name) + ".xml", body})
	}
	for _, c := range encodeCases {
		add("case-"+c.name, bodyOf(t, c.name, &c.opts, c.do))
	}
	for _, file := range glob(t, "testdata/corpus/*/*.xml") {
		name := strings.TrimSuffix(strings.TrimPrefix(file, "testdata/corpus/"), ".xml")
		add("corpus-"+name, reencoded(t, file))
	}
	for _, file := range glob(t, "schema/invalid/*.xml") {
		add("mended-"+strings.TrimSuffix(filepath.Base(file), ".xml"), reencoded(t, file))
	}
	for seed := range uint64(300) {
		name := fmt.Sprintf("made-%03d", seed)
		add(name, made(t, name, maker{rand.New(rand.NewPCG(seed, 4))}))
	}
	return all
}

func glob(t *testing.T, pattern string) []string {
	t.Helper()
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) == 0 {
		t.Fatalf("no files %s: %v", pattern, err)
	}
	return files
}

// bodyOf returns the body that the calls in do make.
func bodyOf(t *testing.T, what string, opts *EncodeOptions, do func(*Encoder)) []byte {
	t.Helper()
	var b bytes.Buffer
	e := NewEncoder(&b, opts)
	do(e)
	if err := e.Close(); err != nil {
		t.Errorf("%s: Close = %v", what, err)
	}
	return b.Bytes()
}

// reencoded returns what is valid of the body in file.
func reencoded(t *testing.T, file string) []byte {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	m, _ := Parse(b, nil) // some of the corpus are cut off
	valid := m.Responses[:0]
	for i := range m.Responses {
		if m.Responses[i].Validate() == nil {
			valid = append(valid, m.Responses[i])
		}
	}
	m.Responses = valid
	doc, err := m.AppendXML(nil, nil)
	if err != nil {
		t.Errorf("%s: AppendXML = %v", file, err)
	}
	return doc
}

// made returns a document made at random, encoded in a way chosen at random.
func made(t *testing.T, what string, m maker) []byte {
	t.Helper()
	body := Multistatus{Description: m.trimmed(), SyncToken: m.pick("", "urn:1", "&<")}
	for range 1 + m.IntN(3) {
		body.Responses = append(body.Responses, *m.response())
	}
	opts := EncodeOptions{Indent: m.pick("", "\t")}
	if m.IntN(2) == 0 {
		opts.Namespaces = []Namespace{{"d", "urn:other"}, {"C", NamespaceCalDAV}, {"oc", "urn:x"}}
	}
	if m.IntN(2) == 0 {
		return bodyOf(t, what, &opts, func(e *Encoder) {
			for i := range body.Responses {
				e.Encode(&body.Responses[i])
			}
			e.Trailer(body.Description, body.SyncToken)
		})
	}
	doc, err := body.AppendXML(nil, &opts)
	if err != nil {
		t.Errorf("%s: AppendXML = %v", what, err)
	}
	return doc
}

// What the Encoder writes has no quirk but those of what it was told: of hrefs, and of properties told twice.
// With MULTISTATUS_DOCUMENTS each document is written into the directory of that name, for .ci/run to hold against the schema.
func TestSchemaDocuments(t *testing.T) {
	dir := os.Getenv("MULTISTATUS_DOCUMENTS")
	names := map[string]bool{}
	for _, d := range documents(t) {
		if names[d.name] {
			t.Errorf("two documents are called %s", d.name)
		}
		names[d.name] = true
		m, err := Parse(d.body, nil)
		if err != nil {
			t.Errorf("%s: Parse(%q) = %v", d.name, d.body, err)
			continue
		}
		for q := range m.Quirks.All() {
			if q != QuirkPropDuplicated && (q < QuirkHrefRelative || q > QuirkHrefDotSegments) {
				t.Errorf("%s: %q has the quirk %v", d.name, d.body, q)
			}
		}
		if dir != "" {
			if err := os.WriteFile(filepath.Join(dir, d.name), d.body, 0o666); err != nil {
				t.Fatal(err)
			}
		}
	}
}

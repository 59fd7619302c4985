package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/go-multistatus/multistatus/internal/catalogue"
)

// The catalogue and docs/quirks.md are what go generate would write now.
func TestUpToDate(t *testing.T) {
	root := filepath.Join("..", "..")
	files, err := generate(root)
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range files {
		got, err := os.ReadFile(filepath.Join(root, name))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), string(got)); diff != "" {
			t.Errorf("%s is out of date, run go generate: %s", name, diff)
		}
	}
}

// What bodies of the corpus show was seen.
func TestEvidence(t *testing.T) {
	root := filepath.Join("..", "..")
	entries, err := catalogue.Load(filepath.Join(root, dir))
	if err != nil {
		t.Fatal(err)
	}
	seen, err := sightings(root)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		files := append(seen[e.ID], e.Corpus...)
		switch {
		case len(files) > 0 && e.Evidence != "seen":
			t.Errorf("%s is called %s, but %s has it", e.ID, e.Evidence, files[0])
		case e.Evidence == "seen" && len(files) == 0 && len(e.Sources) == 0:
			t.Errorf("%s is called seen, but nothing shows it", e.ID)
		case (e.Evidence == "seen") != (e.Servers != ""):
			t.Errorf("%s is called %s, and its servers are %q", e.ID, e.Evidence, e.Servers)
		}
		for _, f := range e.Corpus {
			if _, err := os.Stat(filepath.Join(root, corpus, f+".xml")); err != nil {
				t.Errorf("%s: %v", e.ID, err)
			}
		}
	}
}

func TestVisible(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"<a>é</a>\n", "<a>é</a>"},
		{"a\xe9b\x00\n<", "a⟨E9⟩b⟨00⟩\n<"},
		{"\xef\xbb\xbf<a/>", "⟨EFBBBF⟩<a/>"},
	} {
		if got := visible([]byte(c.in)); got != c.want {
			t.Errorf("visible(%q) = %q, want %q", c.in, got, c.want)
		}
	}
}

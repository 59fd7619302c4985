package main

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/go-multistatus/multistatus/internal/catalogue"
)

var root = filepath.Join("..", "..")

// README.md has the figures that the catalogue and docs/performance.md have.
func TestUpToDate(t *testing.T) {
	got, err := file(root, target)
	if err != nil {
		t.Fatal(err)
	}
	want, err := generate(root, got)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s is out of date, run go generate: %s", target, diff)
	}
}

func TestGenerateWithoutMark(t *testing.T) {
	if _, err := generate(root, "no mark"); err == nil {
		t.Error("generate finds parts in a page that has none")
	}
}

// Each section of the catalogue has examples, and what is shown of another one is an error.
func TestLinks(t *testing.T) {
	for _, s := range catalogue.Sections {
		if len(shown[s.Letter]) == 0 {
			t.Errorf("section %s has no example", s.Letter)
		}
	}
	if got, err := links("C", map[string]catalogue.Entry{"status-http2": {Section: "B"}}); err == nil {
		t.Errorf("links = %q for an entry of another section, want an error", got)
	}
}

func TestParseSeries(t *testing.T) {
	const table = `
×: as fast as part in the same round; median of 9 rounds [lowest to highest].

| peer | apache | nextcloud | compact | caldav | syncstatus | shuffled | mean of the first five |
|---|--:|--:|--:|--:|--:|--:|--:|
| fast | 1 ×2 [1 to 3] | 1 ×2 [1 to 3] | 1 ×2 [1 to 3] | 1 ×2 [1 to 3] | 1 ×2 [1 to 3] | 5 ×0.93 [1 to 2] | **×2.5** |
| part | 1 ×2 [1 to 3] | – | – | – | – | – | – |

### Another table

| slow | 1 ×2 [1 to 3] | 1 ×2 [1 to 3] | 1 ×2 [1 to 3] | 1 ×2 [1 to 3] | 1 ×2 [1 to 3] | 5 ×0.93 [1 to 2] | **×2.5** |
`
	got := parseSeries(table)
	if got.base != "part" || !slices.Equal(got.peers, []string{"fast"}) || got.mean["fast"] != "×2.5" || got.shuffled["fast"] != "×0.93" {
		t.Errorf("parseSeries = %+v", got)
	}
}

func TestAnchor(t *testing.T) {
	const title = "E. The document: encoding, well-formedness, size"
	if got := anchor(title); got != "e-the-document-encoding-well-formedness-size" || strings.Contains(got, ".") {
		t.Errorf("anchor(%q) = %q", title, got)
	}
}

package known_test

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/go-multistatus/multistatus"
	"github.com/go-multistatus/multistatus/davprop"
	"github.com/go-multistatus/multistatus/davprop/known"
)

// census counts, for each property, the bodies that have it, and those in which a quirk was forgiven or no value was read.
type census map[multistatus.Name]*count

type count struct {
	bodies int
	quirks map[string]int
}

// corpora are the directory of the project's corpus, and those that MULTISTATUS_CORPUS lists.
func corpora(t *testing.T) []string {
	others := filepath.SplitList(os.Getenv("MULTISTATUS_CORPUS"))
	if len(others) == 0 {
		t.Log("MULTISTATUS_CORPUS lists no other bodies")
	}
	return append([]string{"../../testdata/corpus"}, others...)
}

// Every value of a known property that a server sent is read, or it is known by what name it is wrong.
// With -v the test prints how many bodies have which.
func TestCorpus(t *testing.T) {
	all, bodies := census{}, 0
	for _, dir := range corpora(t) {
		err := filepath.WalkDir(dir, func(file string, _ fs.DirEntry, err error) error {
			if err == nil && strings.HasSuffix(file, ".xml") {
				bodies++
				all.addBody(t, file)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if bodies < 300 || len(all) < 50 {
		t.Errorf("only %d properties in %d bodies are known", len(all), bodies)
	}
	t.Logf("%d bodies\n%s", bodies, all)
}

func (c census) addBody(t *testing.T, file string) {
	body, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	m, _ := multistatus.Parse(body, &multistatus.DecodeOptions{ContentType: contentTypeOf(file)}) // some are cut, or no multistatus
	met := map[string]bool{}
	for i := range m.Responses {
		for p, s := range m.Responses[i].Props() {
			if key, ok := known.Key(p.Name); ok && s.OK() && !p.Value.IsZero() {
				c.addValue(t, file, key, p.Value, met)
			}
		}
	}
}

// contentTypeOf returns the Content-Type that is told beside a body.
func contentTypeOf(file string) string {
	var told struct{ ContentType string }
	b, err := os.ReadFile(strings.TrimSuffix(file, ".xml") + ".request.json")
	if err != nil || json.Unmarshal(b, &told) != nil {
		return ""
	}
	return told.ContentType
}

// addValue counts once a body what its properties of one name are.
func (c census) addValue(t *testing.T, file string, key davprop.Any, v multistatus.Value, met map[string]bool) {
	n := key.Name()
	if c[n] == nil {
		c[n] = &count{quirks: map[string]int{}}
	}
	if id := n.String(); !met[id] {
		met[id] = true
		c[n].bodies++
	}
	report, err := key.Check(v)
	if err != nil && !errors.Is(err, davprop.ErrNoProperty) && report.Quirk == 0 {
		t.Errorf("%s: %s cannot be read, and there is no name for it: %v", file, n, err)
	}
	if _, errShow := key.Show(v); (errShow == nil) != (err == nil) {
		t.Errorf("%s: %s is read with %v, and shown with %v", file, n, err, errShow)
	}
	what := report.Quirk.String()
	if err != nil {
		what += " (no value)"
	}
	if id := n.String() + what; what != "" && !met[id] {
		met[id] = true
		c[n].quirks[what]++
	}
}

func (c census) String() string {
	names := slices.SortedFunc(maps.Keys(c), func(a, b multistatus.Name) int {
		return cmp.Or(cmp.Compare(c[b].bodies, c[a].bodies), cmp.Compare(a.String(), b.String()))
	})
	var b strings.Builder
	for _, n := range names {
		fmt.Fprintf(&b, "%6d  %s", c[n].bodies, n)
		for _, q := range slices.Sorted(maps.Keys(c[n].quirks)) {
			fmt.Fprintf(&b, "  %s %d", q, c[n].quirks[q])
		}
		b.WriteByte('\n')
	}
	return b.String()
}

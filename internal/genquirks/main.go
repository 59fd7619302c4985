// Genquirks writes docs/quirks.md from testdata/quirks, and keeps the catalogue there in step with package multistatus:
// what the package says of a quirk is said in the package only, and copied into the catalogue.
package main

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"log"
	"os"
	"path/filepath"
	"strings"

	"github.com/go-multistatus/multistatus"
	"github.com/go-multistatus/multistatus/internal/catalogue"
)

const (
	dir    = "testdata/quirks"
	corpus = "testdata/corpus"
	target = "docs/quirks.md"
)

func main() {
	log.SetFlags(0)
	files, err := generate(".")
	if err != nil {
		log.Fatal(err)
	}
	for name, text := range files {
		if err := os.WriteFile(name, text, 0o666); err != nil {
			log.Fatal(err)
		}
	}
}

// generate returns the files that belong below root, by their names.
func generate(root string) (map[string][]byte, error) {
	entries, err := catalogue.Load(filepath.Join(root, dir))
	if err != nil {
		return nil, err
	}
	quirks := map[string]multistatus.Quirk{}
	for q := range multistatus.AllQuirks().All() {
		quirks[q.String()] = q
	}
	for i := range entries {
		if q, ok := quirks[entries[i].ID]; ok {
			describe(&entries[i], q)
		}
	}
	seen, err := sightings(root)
	if err != nil {
		return nil, err
	}
	text, err := catalogue.Marshal(entries)
	if err != nil {
		return nil, err
	}
	page, err := render(root, entries, seen)
	return map[string][]byte{filepath.Join(dir, catalogue.File): text, target: page}, err
}

// describe sets in e what q says of itself.
func describe(e *catalogue.Entry, q multistatus.Quirk) {
	_, e.What, _ = strings.Cut(q.Error(), ": ")
	e.Standard = q.Section()
	rest := q.Doc()[len(e.What):] // Doc is "What (servers); handling."
	servers, handling, _ := strings.Cut(rest, "; ")
	e.Servers = strings.Trim(servers, " ()")
	e.Handling = strings.TrimSuffix(handling, ".")
}

// sightings returns for each quirk the bodies of the corpus that have it, as SERVER/CASE.
func sightings(root string) (map[string][]string, error) {
	seen := map[string][]string{}
	top := filepath.Join(root, corpus)
	err := filepath.WalkDir(top, func(file string, d fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(file) != ".xml" {
			return err
		}
		quirks, err := quirksOf(strings.TrimSuffix(file, ".xml"))
		if err != nil {
			return err
		}
		name, err := filepath.Rel(top, file)
		for q := range quirks.All() {
			seen[q.String()] = append(seen[q.String()], strings.TrimSuffix(filepath.ToSlash(name), ".xml"))
		}
		return err
	})
	return seen, err
}

// quirksOf returns the quirks of a case, which may be a body that cannot be read to its end.
func quirksOf(name string) (multistatus.QuirkSet, error) {
	body, err := os.ReadFile(name + ".xml")
	if err != nil {
		return multistatus.QuirkSet{}, err
	}
	request, err := os.ReadFile(name + ".request.json")
	if err != nil {
		return multistatus.QuirkSet{}, err
	}
	var response struct{ ContentType string }
	if err := json.Unmarshal(request, &response); err != nil {
		return multistatus.QuirkSet{}, fmt.Errorf("%s: %w", name, err)
	}
	m, _ := multistatus.Parse(body, &multistatus.DecodeOptions{ContentType: response.ContentType})
	return m.Quirks, nil
}

// Genreadme writes those parts of README.md that have figures from the catalogue, the corpus and docs/performance.md.
// What it writes stands there between marks.
package main

import (
	"log"
	"os"
	"path/filepath"

	"github.com/go-multistatus/multistatus/internal/page"
)

const target = "README.md"

// A part of the page is what text makes of the files below root.
type part struct {
	name string
	text func(root string) (string, error)
}

var parts = []part{
	{"tolerance", tolerance},
	{"performance", performance},
}

func main() {
	log.SetFlags(0)
	old, err := os.ReadFile(target)
	if err != nil {
		log.Fatal(err)
	}
	text, err := generate(".", string(old))
	if err != nil {
		log.Fatalf("%s: %v", target, err)
	}
	if err := os.WriteFile(target, []byte(text), 0o666); err != nil {
		log.Fatal(err)
	}
}

// generate returns the page with its parts as they are to be now.
func generate(root, text string) (string, error) {
	for _, p := range parts {
		before, _, after, err := page.Cut(text, "go generate, "+p.name)
		if err != nil {
			return "", err
		}
		part, err := p.text(root)
		if err != nil {
			return "", err
		}
		text = before + part + after
	}
	return text, nil
}

// file returns the text of a file below root, which may have the line ends of Windows.
func file(root, name string) (string, error) {
	b, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(name)))
	return unixLines(string(b)), err
}

package main

import (
	"encoding/xml"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

// catalogueFile lists every case of the suite, in one document without external entities. The paths in it are relative
// to bodiesDir.
const (
	catalogueFile = "cleaned/xmlconf-flattened.xml"
	bodiesDir     = "xmlconf"
)

// A testCase is one document of the suite, with what its catalogue says of it.
type testCase struct {
	id        string
	kind      string // "valid", "invalid", "not-wf", or "error" where a processor may do as it likes
	editions  string // of XML 1.0, or "" for every one
	namespace bool   // false: namespaces are not meant
	body      string
}

// load reads the suite in dir.
func load(dir string) ([]testCase, error) {
	f, err := os.Open(filepath.Join(dir, catalogueFile))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	cases, files, err := parseCatalogue(f)
	if err != nil {
		return nil, err
	}
	for i, file := range files {
		b, err := os.ReadFile(filepath.Join(dir, bodiesDir, filepath.FromSlash(file)))
		if err != nil {
			return nil, err
		}
		cases[i].body = string(b)
	}
	return append(cases, stripped(cases)...), nil
}

// isStripped ends the identifiers of cases that are not in the suite as they are.
const isStripped = " without its DOCTYPE"

// stripped returns further cases: the well-formed documents with a document type declaration, without it.
func stripped(cases []testCase) (more []testCase) {
	for _, c := range cases {
		if !c.soundWithDoctype() {
			continue
		}
		if body, ok := withoutDoctype(c.body); ok {
			c.id, c.body = c.id+isStripped, body
			more = append(more, c)
		}
	}
	return more
}

// soundWithDoctype reports whether c has a document type declaration and is well-formed by version 1.0, and by Namespaces.
func (c *testCase) soundWithDoctype() bool {
	return c.group() == withDoctype && (c.kind == "valid" || c.kind == "invalid") && c.namespace &&
		!version11.MatchString(toUTF8(c.body))
}

// parseCatalogue returns the cases without their bodies, and the files that have those.
// TESTCASES elements nest, and the xml:base of any holds for the TEST elements in it.
func parseCatalogue(r io.Reader) (cases []testCase, files []string, err error) {
	d := xml.NewDecoder(r)
	bases := []string{""}
	for {
		t, err := d.Token()
		switch t := t.(type) {
		case nil:
			if err == io.EOF {
				return cases, files, nil
			}
			return nil, nil, err
		case xml.StartElement:
			a := attributes(t)
			bases = append(bases, bases[len(bases)-1]+a["base"])
			if t.Name.Local == "TEST" {
				cases = append(cases, testCase{
					id: a["ID"], kind: a["TYPE"], editions: a["EDITION"], namespace: a["NAMESPACE"] != "no",
				})
				files = append(files, bases[len(bases)-1]+a["URI"])
			}
		case xml.EndElement:
			bases = bases[:len(bases)-1]
		}
	}
}

func attributes(e xml.StartElement) map[string]string {
	m := map[string]string{}
	for _, a := range e.Attr {
		m[a.Name.Local] = a.Value
	}
	return m
}

var (
	version11 = regexp.MustCompile(`^<\?xml\s+version\s*=\s*["']1\.1["']`)
)

// A group is what a case is about, as far as this package is concerned.
type group uint8

const (
	wellFormed  group = iota // and namespace-well-formed
	malformed                // or not namespace-well-formed
	withDoctype              // refused, or reported, whatever is in it
	ofXML11                  // likewise: it says that it is XML 1.1
	oldEdition               // well-formed, or not, in editions of XML 1.0 before the fifth only
	undecided                // the standard leaves it to the processor
	numGroups
)

var groupNames = [numGroups]string{
	"well-formed", "malformed", "with a document type declaration", "XML 1.1", "older editions", "left open by the standard",
}

// group tells what is to be expected of c, by rules and not by name.
func (c *testCase) group() group {
	text := toUTF8(c.body)
	switch {
	case hasDoctype(text):
		return withDoctype
	case version11.MatchString(text):
		return ofXML11
	case c.editions != "" && !strings.Contains(c.editions, "5"):
		return oldEdition
	case c.kind == "error":
		return undecided
	case c.kind == "not-wf" || !c.namespace:
		return malformed
	}
	return wellFormed
}

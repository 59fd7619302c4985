package main

import (
	"slices"
	"strings"
	"testing"

	"github.com/go-multistatus/multistatus/davprop"
	"github.com/go-multistatus/multistatus/internal/catalogue"
)

const quirkDir = "../../testdata/quirks"

func catalogued(t *testing.T) map[string]catalogue.Entry {
	t.Helper()
	list, err := catalogue.Load(quirkDir)
	if err != nil || len(list) == 0 {
		t.Fatalf("no catalogue: %v", err)
	}
	entries := map[string]catalogue.Entry{}
	for _, e := range list {
		entries[e.ID] = e
	}
	return entries
}

// namesOf returns the names of what lint finds in the body of an entry.
func namesOf(e catalogue.Entry) (names []string) {
	_, out, _ := run("", "lint", quirkDir+"/"+e.ID+".xml", "-content-type", e.ContentType)
	for line := range strings.Lines(out) {
		if f := strings.SplitN(line, ": ", 4); len(f) > 2 {
			names = append(names, f[2])
		}
	}
	return names
}

// silentOn are the values of properties in the catalogue that lint says nothing of, and why.
var silentOn = map[string]string{
	"dt-attributes":   "attributes may be there, and be ignored",
	"coercion-hazard": "the value is right; what is made of it is up to the reader",
	"rt-long-form":    "it is the same XML",
	"ctype-odd":       "what the resource is cannot be seen in the body",
	"hrefprop-many":   "it is allowed",
}

// What the catalogue tells of values, lint finds in its bodies under the same name.
func TestValuesOfCatalogue(t *testing.T) {
	for id, e := range catalogued(t) {
		if e.Section != "F" && id != "value-mixed" {
			continue
		}
		names := namesOf(e)
		if _, silent := silentOn[id]; slices.Contains(names, id) == silent {
			t.Errorf("lint of %s finds %q, and silentOn says %q", id, names, silentOn[id])
		}
	}
}

// unchecked are the quirks of values that lint says nothing of.
var unchecked = map[string]bool{"report-unwrapped": true}

// What davprop forgives, lint tells by the same name and section.
func TestChecksOfValues(t *testing.T) {
	for q := range davprop.Quirks() {
		id := checkOf(q)
		if _, other := otherSection[q.String()]; (id == checkNone) != unchecked[q.String()] ||
			id != checkNone && !other && !cites(q.Section(), checkTable[id].section) {
			t.Errorf("%s, %s, has the check %q with %s", q, q.Section(), checkTable[id].name, checkTable[id].section)
		}
	}
}

// otherSection are the entries whose section is not that of lint, and why.
var otherSection = map[string]string{
	"etag-weak":    "the entry's section tells what a weak one is, that of lint what cannot be done with it",
	"foreign-root": "the entry is about some roots, and lint about any",
}

// What has the name of an entry cites its section, and names no server that the entry does not.
func TestChecksOfCatalogue(t *testing.T) {
	entries := catalogued(t)
	shared := 0
	for _, k := range checkTable[checkNone+1:] {
		e, ok := entries[k.name]
		if !ok {
			continue
		}
		shared++
		_, other := otherSection[k.name]
		if k.section != "" && !cites(e.Standard, k.section) && !other {
			t.Errorf("%s: lint cites %s, and the catalogue %s", k.name, k.section, e.Standard)
		}
		for _, s := range serversIn(k.what) {
			if !strings.Contains(e.Servers+"; "+e.Clients, s) {
				t.Errorf("%s: lint names %s, and the catalogue %s", k.name, s, e.Servers)
			}
		}
	}
	if shared < 40 {
		t.Errorf("only %d checks have the name of an entry", shared)
	}
}

// Failures that have the name of an entry cite its section.
func TestFailuresOfCatalogue(t *testing.T) {
	entries := catalogued(t)
	for _, f := range failures {
		e, ok := entries[f.name]
		if _, other := otherSection[f.name]; ok && !other && !cites(e.Standard, f.section) {
			t.Errorf("%s: lint cites %s, and the catalogue %s", f.name, f.section, e.Standard)
		}
	}
}

// cites reports whether a text that may cite several sections, as in "RFC 4918, sections 15.1 and 15.7", has one.
func cites(text, section string) bool {
	standard, number, _ := strings.Cut(section, ", section ")
	words := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(" ,:;", r) })
	return strings.Contains(text, standard) && slices.Contains(words, number)
}

// serversIn returns the names in the parentheses of a check's sentence, without versions.
func serversIn(what string) (names []string) {
	_, rest, ok := strings.Cut(what, "(")
	list, _, _ := strings.Cut(rest, ")")
	if !ok {
		return nil
	}
	for name := range strings.SplitSeq(list, ", ") {
		name, _, _ = strings.Cut(name, " before ")
		names = append(names, name)
	}
	return names
}

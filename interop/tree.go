package main

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// listing is what a collection has: paths below it, those of collections with a slash at the end, and sizes. That of a
// collection is -1.
type listing map[string]int64

// oddNames are hard for XML, for URLs, for terminals, or for whoever takes a name for a pattern, an option or an escape.
var oddNames = []string{
	"plain.txt", "with space", " leading", "trailing ", "Größe", "Gro\u0308ße", "漢字", "🙂", "a&b", "a<b>c", "a#b", "a%b", "a%20b", "%2F",
	"a+b", "a;b=c", "a?b", "a:b", "http:", "it's", `"quoted"`, `back\slash`, "]]>", "&amp;", "~", "-option", "[a]{b}*", "a|b^c`d", "@$!(),=",
	"\u202egpj", "\u00a0", "tab\there", "new\nline", "esc\x1b[31m", "\x01", "\ufffe", "latin1\xe4",
}

// onDisk returns the tree in a directory. What skip names is left out, and so is what is in it.
func onDisk(dir string, skip func(name string) bool) (listing, error) {
	all := listing{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil || path == dir:
			return err
		case skip != nil && skip(d.Name()) && d.IsDir():
			return fs.SkipDir
		case skip != nil && skip(d.Name()):
			return nil
		}
		rel, _ := filepath.Rel(dir, path)
		if d.IsDir() {
			all[rel+"/"] = -1
			return nil
		}
		info, err := d.Info()
		if err == nil {
			all[rel] = info.Size()
		}
		return err
	})
	return all, err
}

// diff returns an error that says where got is not want, a line for each difference.
func (want listing) diff(got listing) error {
	var all []string
	for _, name := range slices.Sorted(maps.Keys(want)) {
		size, ok := got[name]
		switch {
		case !ok:
			all = append(all, fmt.Sprintf("%q is missing", name))
		case size != want[name]:
			all = append(all, fmt.Sprintf("%q has size %d, not %d", name, size, want[name]))
		}
	}
	for _, name := range slices.Sorted(maps.Keys(got)) {
		if _, ok := want[name]; !ok {
			all = append(all, fmt.Sprintf("%q is not there", name))
		}
	}
	if len(all) == 0 {
		return nil
	}
	return fmt.Errorf("%d differences:\n%s", len(all), strings.Join(all, "\n"))
}

// makeFile writes a file whose content tells its name, so that no two are taken for each other.
func makeFile(path string) error { return os.WriteFile(path, []byte(content(path)), 0o644) }

func content(path string) string {
	name := filepath.Base(path)
	return "<" + name + ">" + strings.Repeat(".", len(name)%7)
}

// makeTree makes a file and a collection, with a file and an empty collection in it, of each name.
func makeTree(dir string, names []string) error {
	var errs []error
	for _, name := range names {
		in := filepath.Join(dir, name+".d")
		errs = append(errs, os.MkdirAll(filepath.Join(in, name+".empty"), 0o755), makeFile(filepath.Join(in, name)), makeFile(filepath.Join(dir, name)))
	}
	return errors.Join(errs...)
}

// Sizes of what is large.
const (
	manyEntries = 5000
	deepLevels  = 40
)

// makeMany makes many files in one directory.
func makeMany(dir string) error {
	for i := range manyEntries {
		if err := makeFile(filepath.Join(dir, "entry "+strconv.Itoa(i)+".txt")); err != nil {
			return err
		}
	}
	return nil
}

// makeDeep makes directories in each other, with a file in the last.
func makeDeep(dir string) error {
	for i := range deepLevels {
		dir = filepath.Join(dir, "level "+strconv.Itoa(i))
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	return makeFile(filepath.Join(dir, "bottom"))
}

// without returns the names that are not among the others.
func without(names, others []string) []string {
	return slices.DeleteFunc(slices.Clone(names), func(n string) bool { return slices.Contains(others, n) })
}

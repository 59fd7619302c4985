package multistatus

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// maxSeed is the size from which on a body is too large to be a seed.
const maxSeed = 16 << 10

func init() {
	seedBodies = eachBody
	seedDocuments = func(add func(body []byte)) { eachBody(func(body []byte, _ string) { add(body) }) }
}

// eachBody yields the bodies below testdata and those of the tests' tables that are not too large.
func eachBody(yield func(body []byte, contentType string)) {
	add := func(body, contentType string) {
		if len(body) < maxSeed {
			yield([]byte(body), contentType)
		}
	}
	filepath.WalkDir("testdata", func(file string, _ fs.DirEntry, err error) error {
		if body, err := os.ReadFile(file); err == nil && filepath.Ext(file) == ".xml" {
			add(string(body), ContentType)
		}
		return err
	})
	for _, c := range decodeCases {
		body, _ := markless(c.body)
		add(body, c.opts.ContentType)
	}
	for _, c := range charsetCases {
		add(c.body, c.contentType)
	}
}

// allSeeds returns what adds the seeds of each target that OSS-Fuzz builds.
func allSeeds() map[string]func(add func(args ...any)) {
	all := map[string]func(add func(args ...any)){"Fuzz" + "Encode": encodeSeeds} // its name stands only where it is
	for _, seeds := range []map[string]func(add func(args ...any)){fuzzSeeds, documentSeeds, scalarSeeds} {
		for target, add := range seeds {
			all[target] = add
		}
	}
	return all
}

// Every target has seeds. With MULTISTATUS_SEEDS they are written to that directory, as go test keeps them in testdata/fuzz.
func TestFuzzSeeds(t *testing.T) {
	dir := os.Getenv("MULTISTATUS_SEEDS")
	if dir == "" {
		dir = t.TempDir()
	}
	for target, seeds := range allSeeds() {
		if err := os.MkdirAll(filepath.Join(dir, target), 0o777); err != nil {
			t.Fatal(err)
		}
		n := 0
		seeds(func(args ...any) {
			if err := os.WriteFile(filepath.Join(dir, target, fmt.Sprintf("seed-%03d", n)), formatSeed(args), 0o666); err != nil {
				t.Fatal(err)
			}
			n++
		})
		if n < 4 {
			t.Errorf("%s has %d seeds", target, n)
		}
	}
}

func formatSeed(args []any) []byte {
	b := []byte("go test fuzz v1\n")
	for _, arg := range args {
		switch arg := arg.(type) {
		case []byte:
			b = fmt.Appendf(b, "[]byte(%q)\n", arg)
		default:
			b = fmt.Appendf(b, "%T(%#[1]v)\n", arg)
		}
	}
	return b
}

// OSS-Fuzz finds a target by its name: that stands in one file of the module, and begins no other target's.
// Every target of the files that are built there has seeds.
func TestFuzzTargets(t *testing.T) {
	files := map[string]string{}
	err := filepath.WalkDir(".", func(file string, _ fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(file) != ".go" {
			return err
		}
		text, err := os.ReadFile(file)
		files[file] = string(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	seeds := allSeeds()
	for target := range seeds {
		declaration := regexp.MustCompile(`(?m)^func ` + target + `.*testing\.F`)
		var in []string
		for file, text := range files {
			if strings.Contains(text, target) {
				in = append(in, file)
			}
		}
		if len(in) != 1 || len(declaration.FindAllString(files[in[0]], -1)) != 1 {
			t.Errorf("%s stands in %q, want one declaration in one file", target, in)
		}
	}
	declared := 0
	for _, file := range []string{"fuzz_test.go", "fuzz_value_test.go", "fuzz_scalar_test.go", "fuzz_encode_test.go"} {
		declared += strings.Count(files[file], "\nfunc Fuzz")
	}
	if declared != len(seeds) {
		t.Errorf("%d targets are declared, and %d have seeds", declared, len(seeds))
	}
}

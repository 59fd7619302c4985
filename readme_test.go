package multistatus_test

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// programs are the files whose code the pages show: examples, which run.
var programs = []string{"example_test.go", "davprop/example_test.go", "examples/read/main.go", "examples/write/main.go"}

var goBlock = regexp.MustCompile("(?s)```go\n(.*?)```")

// The code of README and of the guide is that of programs that run with the tests.
func TestPagesCode(t *testing.T) {
	var examples strings.Builder
	for _, file := range programs {
		examples.WriteString(unindented(load(t, file)))
	}
	for _, page := range []string{"README.md", "docs/guide.md"} {
		blocks := goBlock.FindAllStringSubmatch(load(t, page), -1)
		if len(blocks) == 0 {
			t.Errorf("%s has no code", page)
		}
		for _, b := range blocks {
			if !strings.Contains(examples.String(), unindented(b[1])) {
				t.Errorf("no program has this code of %s:\n%s", page, b[1])
			}
		}
	}
}

func unindented(code string) string {
	var b strings.Builder
	for line := range strings.Lines(code) {
		b.WriteString(strings.TrimLeft(line, "\t"))
	}
	return b.String()
}

// pages returns the pages of the project, by their paths with slashes.
func pages(t *testing.T) []string {
	t.Helper()
	var files []string
	err := fs.WalkDir(os.DirFS("."), ".", func(file string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (d.Name() == ".git" || d.Name() == "node_modules"):
			return fs.SkipDir
		case path.Ext(file) == ".md":
			files = append(files, file)
		}
		return nil
	})
	if err != nil || !slices.Contains(files, "README.md") {
		t.Fatalf("the pages are %v, %v", files, err)
	}
	return files
}

// outsideCode finds what stands in code, which has no links.
var outsideCode = regexp.MustCompile("(?s)```.*?```|`[^`\n]*`")

var (
	pageLink = regexp.MustCompile(`\[([^][]*)\]\(([^()\s]+)\)`)
	testName = regexp.MustCompile(`^(Test|Fuzz|Benchmark|Example)[A-Z]\w*$`)
)

// Every link within the project leads to a file, a heading or, if it is named so, a test that is there.
func TestPagesLinks(t *testing.T) {
	links, tests := 0, 0
	targets := map[string]target{}
	for _, page := range pages(t) {
		for _, m := range pageLink.FindAllStringSubmatch(outsideCode.ReplaceAllString(load(t, page), "code"), -1) {
			u, err := url.Parse(m[2])
			if err != nil {
				t.Errorf("%s links to %q: %v", page, m[2], err)
				continue
			}
			if u.Scheme != "" {
				continue
			}
			links++
			if testName.MatchString(m[1]) {
				tests++
			}
			if err := checkLink(t, targets, page, m[1], u); err != nil {
				t.Errorf("%s links to %q: %v", page, m[2], err)
			}
		}
	}
	if links < 500 || tests < 30 {
		t.Errorf("only %d links were found, %d of them to tests", links, tests)
	}
}

// target is what a link may lead to within a file.
type target struct {
	text    string
	anchors []string
}

func checkLink(t *testing.T, targets map[string]target, page, text string, u *url.URL) error {
	file := page
	if u.Path != "" {
		file = path.Join(path.Dir(page), u.Path)
	}
	if _, err := os.Stat(filepath.FromSlash(file)); err != nil {
		return err
	}
	if u.Fragment == "" && !testName.MatchString(text) {
		return nil
	}
	if _, ok := targets[file]; !ok {
		content := load(t, file)
		targets[file] = target{content, anchors(content)}
	}
	if u.Fragment != "" && !slices.Contains(targets[file].anchors, u.Fragment) {
		return errors.New("there is no such heading")
	}
	if testName.MatchString(text) && !strings.Contains(targets[file].text, "\nfunc "+text+"(") {
		return fmt.Errorf("there is no %s", text)
	}
	return nil
}

var (
	pageHeading = regexp.MustCompile(`(?m)^#+ (.*)$`)
	notInAnchor = regexp.MustCompile(`[^\p{L}\p{N} _-]`)
)

// anchors returns what the headings of a page are called in links.
func anchors(text string) (names []string) {
	for _, m := range pageHeading.FindAllStringSubmatch(text, -1) {
		name := notInAnchor.ReplaceAllString(strings.ToLower(m[1]), "")
		names = append(names, strings.ReplaceAll(name, " ", "-"))
	}
	return names
}

var (
	inlineCode = regexp.MustCompile("`([^`\n]+)`")
	apiName    = regexp.MustCompile(`^(davprop\.)?[A-Z]\w*(\.[A-Z]\w*)?$`)
)

// notOurs are names in README that are those of encoding/xml, or of XML.
var notOurs = []string{"CharsetReader", "EncodeToken", "Token", "Unmarshal", "XMLName"}

// Every name in README that looks like one of the package is one.
func TestReadmeNames(t *testing.T) {
	known := exported(t, ".", "")
	known = append(known, exported(t, "davprop", "davprop.")...)
	met := 0
	for _, m := range inlineCode.FindAllStringSubmatch(load(t, "README.md"), -1) {
		if name := m[1]; apiName.MatchString(name) && !slices.Contains(notOurs, name) {
			met++
			if !slices.Contains(known, name) && !slices.Contains(known, "DecodeOptions."+name) {
				t.Errorf("README.md names %s, which there is not", name)
			}
		}
	}
	if met < 60 {
		t.Errorf("only %d names were found", met)
	}
}

// exported returns the exported names of the package in dir: Name, and Type.Name of methods and fields.
func exported(t *testing.T, dir, prefix string) (names []string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range f.Decls {
			for _, name := range declared(d) {
				names = append(names, prefix+name)
			}
		}
	}
	return names
}

// declared returns the names that a declaration gives.
func declared(d ast.Decl) (names []string) {
	switch d := d.(type) {
	case *ast.FuncDecl:
		if d.Recv == nil {
			return []string{d.Name.Name}
		}
		recv := d.Recv.List[0].Type
		if star, ok := recv.(*ast.StarExpr); ok {
			recv = star.X
		}
		if id, ok := recv.(*ast.Ident); ok {
			return []string{id.Name + "." + d.Name.Name}
		}
	case *ast.GenDecl:
		for _, s := range d.Specs {
			names = append(names, specified(s)...)
		}
	}
	return names
}

func specified(s ast.Spec) (names []string) {
	switch s := s.(type) {
	case *ast.ValueSpec:
		for _, id := range s.Names {
			names = append(names, id.Name)
		}
	case *ast.TypeSpec:
		names = append(names, s.Name.Name)
		if st, ok := s.Type.(*ast.StructType); ok {
			for _, field := range st.Fields.List {
				for _, id := range field.Names {
					names = append(names, s.Name.Name+"."+id.Name)
				}
			}
		}
	}
	return names
}

var (
	goVersion = regexp.MustCompile(`Go (1\.\d+)`)
	goLine    = regexp.MustCompile(`(?m)^go (1\.\d+)`)
	required  = regexp.MustCompile(`golang\.org/x/\w+ v[0-9.]*[0-9]`)
)

// README's versions are those of go.mod.
func TestReadmeVersions(t *testing.T) {
	readme, mod := load(t, "README.md"), load(t, "go.mod")
	want := goLine.FindStringSubmatch(mod)[1]
	versions := goVersion.FindAllStringSubmatch(readme, -1)
	for _, m := range versions {
		if m[1] != want {
			t.Errorf("README.md says %s, and go.mod go %s", m[0], want)
		}
	}
	modules := required.FindAllString(readme, -1)
	for _, m := range modules {
		if !strings.Contains(mod, m) {
			t.Errorf("README.md says %s, and go.mod does not", m)
		}
	}
	if len(versions) == 0 || len(modules) != strings.Count(mod, "golang.org/x/") {
		t.Errorf("README.md has the versions %v and %v", versions, modules)
	}
}

var runs = regexp.MustCompile(`go run (?:-C (\S+) )?(\./[\w/]+)`)

// What README and the guide say to run is there.
func TestPagesRun(t *testing.T) {
	for _, page := range []string{"README.md", "docs/guide.md", "docs/command.md"} {
		for _, m := range runs.FindAllStringSubmatch(load(t, page), -1) {
			if files, err := filepath.Glob(filepath.Join(m[1], m[2], "*.go")); len(files) == 0 || err != nil {
				t.Errorf("%s says %s, which is no program", page, m[0])
			}
		}
	}
}

var shBlock = regexp.MustCompile("(?s)```sh\n(.*?)```")

// README begins with two commands, which .ci/run runs: one that tests, and one that shows.
func TestReadmeCommands(t *testing.T) {
	blocks := shBlock.FindAllStringSubmatch(load(t, "README.md"), -1)
	ci := load(t, ".ci/run")
	for i, want := range []string{"go test ./...", "go run ./cmd/multistatus"} {
		if len(blocks) <= i || blocks[i][1] != want+"\n" {
			t.Errorf("command %d of README.md is not %q", i+1, want)
		}
		if !strings.Contains(ci, "\n"+want) {
			t.Errorf(".ci/run does not run %q", want)
		}
	}
}

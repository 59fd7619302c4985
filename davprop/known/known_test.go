package known_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/go-multistatus/multistatus"
	"github.com/go-multistatus/multistatus/davprop"
	"github.com/go-multistatus/multistatus/davprop/known"
)

// source is what the files of a package say of its properties.
type source struct {
	docs   map[string]string // of each exported variable that has a DTD line
	listed []string          // the names in Keys, in order
}

func read(t *testing.T, dir string) source {
	t.Helper()
	s := source{docs: map[string]string{}}
	files, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no files in %s: %v", dir, err)
	}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range f.Decls {
			s.add(d)
		}
	}
	return s
}

func (s *source) add(d ast.Decl) {
	switch d := d.(type) {
	case *ast.GenDecl:
		for _, spec := range d.Specs {
			if v, ok := spec.(*ast.ValueSpec); ok && strings.Contains(v.Doc.Text(), "<!ELEMENT ") {
				s.docs[v.Names[0].Name] = v.Doc.Text()
			}
		}
	case *ast.FuncDecl:
		if d.Name.Name != "Keys" {
			return
		}
		ast.Inspect(d.Body, func(n ast.Node) bool {
			if list, ok := n.(*ast.CompositeLit); ok {
				for _, e := range list.Elts {
					s.listed = append(s.listed, e.(*ast.Ident).Name)
				}
			}
			return true
		})
	}
}

// directories are those of the packages, in the order in which All goes through them.
var directories = []string{
	"..", "../caldav", "../carddav", "../calendarserver", "../apple", "../owncloud", "../nextcloud",
	"../microsoft", "../apache", "../subversion", "../webdavpush",
}

// Every property that a package documents is in its Keys, and so is known; and its DTD line is about its name.
func TestAllDocumented(t *testing.T) {
	all := slices.Collect(known.All())
	for _, dir := range directories {
		s := read(t, dir)
		if len(s.listed) != len(s.docs) || len(all) < len(s.listed) {
			t.Fatalf("%s documents %d properties, and Keys has %d", dir, len(s.docs), len(s.listed))
		}
		for i, variable := range s.listed {
			doc, local := s.docs[variable], all[i].Name().Local
			if !strings.HasPrefix(doc, variable+" ") || !strings.Contains(doc, "\n\t<!ELEMENT "+local+" ") {
				t.Errorf("%s.%s, which is %s, has the documentation %q", dir, variable, local, doc)
			}
		}
		all = all[len(s.listed):]
	}
	if len(all) > 0 {
		t.Errorf("%s is in none of the directories", all[0].Name())
	}
	entries, err := os.ReadDir("..")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if e.IsDir() && e.Name() != "known" && e.Name() != "testdata" && !slices.Contains(directories, "../"+e.Name()) {
			t.Errorf("package %s is not among those that are known", e.Name())
		}
	}
}

// Every property is found by its name, and no two have the same.
func TestKey(t *testing.T) {
	met := map[multistatus.Name]bool{}
	for k := range known.All() {
		if met[k.Name()] {
			t.Errorf("%s is there twice", k.Name())
		}
		met[k.Name()] = true
		if got, ok := known.Key(k.Name()); !ok || got != k {
			t.Errorf("Key(%s) is another", k.Name())
		}
	}
	if _, ok := known.Key(multistatus.DAV("unknown")); ok {
		t.Error("Key finds what there is not")
	}
}

func TestShow(t *testing.T) {
	for _, c := range []struct {
		prop, want string
		ok         bool
	}{
		{`<D:getcontentlength xmlns:D="DAV:">10239</D:getcontentlength>`, "10 KiB", true},
		{`<D:getcontentlength xmlns:D="DAV:">many</D:getcontentlength>`, "", false},
		{`<D:getlastmodified xmlns:D="DAV:">Sun, 06 Nov 1994 08:49:37 GMT</D:getlastmodified>`, "1994-11-06 08:49:37", true},
		{`<D:quota-available-bytes xmlns:D="DAV:">-3</D:quota-available-bytes>`, "unlimited", true},
		{`<D:displayname xmlns:D="DAV:">a b</D:displayname>`, "a b", true},
		{`<D:resourcetype xmlns:D="DAV:"><x xmlns="urn:x"/><D:collection/></D:resourcetype>`, "collection x", true},
		{`<x xmlns="urn:x"/>`, "", false},
		{`<D:lockdiscovery xmlns:D="DAV:"><D:activelock><D:locktype><D:write/></D:locktype><D:lockscope><D:shared/></D:lockscope>` +
			`<D:depth>0</D:depth><D:owner><D:href>me</D:href></D:owner><D:timeout>Second-90</D:timeout>` +
			`<D:locktoken><D:href>urn:1</D:href></D:locktoken></D:activelock></D:lockdiscovery>`,
			"shared write lock, depth 0, of me, for 1m30s, urn:1", true},
		{`<D:acl xmlns:D="DAV:"><D:ace><D:invert><D:principal><D:property><D:owner/></D:property></D:principal></D:invert>` +
			`<D:deny><D:privilege><D:write/></D:privilege></D:deny></D:ace></D:acl>`, "deny all but the owner write", true},
		{`<oc:checksums xmlns:oc="http://owncloud.org/ns"><oc:checksum>SHA1:1f MD5:2a</oc:checksum></oc:checksums>`, "SHA1:1f MD5:2a", true},
		{`<Win32FileAttributes xmlns="urn:schemas-microsoft-com:">20</Win32FileAttributes>`, "00000020", true},
		{`<C:min-date-time xmlns:C="urn:ietf:params:xml:ns:caldav">19000101T000000Z</C:min-date-time>`, "1900-01-01 00:00:00", true},
	} {
		p, err := multistatus.ParseElement([]byte(c.prop), nil)
		if err != nil {
			t.Fatal(err)
		}
		if got, ok := known.Show(&p); got != c.want || ok != c.ok {
			t.Errorf("Show(%s) = %q, %v, want %q, %v", c.prop, got, ok, c.want, c.ok)
		}
	}
}

var _ davprop.Any = davprop.GetETag

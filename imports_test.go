package multistatus

import (
	"go/build"
	"slices"
	"strings"
	"testing"
)

// The root package is to cost its users little: no reflection, no formatting, no HTTP, and few modules.
func TestImports(t *testing.T) {
	p, err := build.ImportDir(".", 0)
	if err != nil {
		t.Fatal(err)
	}
	forbidden := []string{"net/http", "encoding/xml", "reflect", "fmt", "log", "unsafe"}
	for _, path := range p.Imports {
		switch {
		case slices.Contains(forbidden, path):
			t.Errorf("the package imports %s", path)
		case !strings.Contains(path, "."), path == "golang.org/x/net/html/charset",
			strings.HasPrefix(path, "golang.org/x/text/"), path == p.ImportPath+"/internal/xmlscan",
			strings.HasSuffix(path, "/multistatus/internal/xmlscan"):
		default:
			t.Errorf("the package imports %s", path)
		}
	}
}

package davprop

import (
	"go/build"
	"slices"
	"strings"
	"testing"
)

// Like the root package this one is to cost its users little: no reflection, no formatting, no HTTP.
func TestImports(t *testing.T) {
	p, err := build.ImportDir(".", 0)
	if err != nil {
		t.Fatal(err)
	}
	forbidden := []string{"net/http", "encoding/xml", "reflect", "fmt", "log", "unsafe"}
	for _, path := range p.Imports {
		if slices.Contains(forbidden, path) || strings.Contains(path, ".") && !strings.HasSuffix(path, "/multistatus") {
			t.Errorf("the package imports %s", path)
		}
	}
}

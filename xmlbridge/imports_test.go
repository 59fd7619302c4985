package xmlbridge

import (
	"go/build"
	"slices"
	"testing"
)

// The package needs encoding/xml, this module and the plainest packages of the standard library: no reflection of its own.
func TestImports(t *testing.T) {
	p, err := build.ImportDir(".", 0)
	if err != nil {
		t.Fatal(err)
	}
	const module = "github.com/go-multistatus/multistatus"
	allowed := []string{"bytes", "cmp", "encoding/xml", "errors", "fmt", "io", "iter", "strconv", "strings", module, module + "/internal/xmlscan"}
	for _, path := range p.Imports {
		if !slices.Contains(allowed, path) {
			t.Errorf("the package imports %s", path)
		}
	}
}

package page

import (
	"os"
	"path/filepath"
	"testing"
)

func TestWrite(t *testing.T) {
	file := filepath.Join(t.TempDir(), "page.md")
	const old = "a\n<!-- x -->\nold\n<!-- end -->\nb\n<!-- y -->\nother\n<!-- end -->\n"
	if err := os.WriteFile(file, []byte(old), 0o666); err != nil {
		t.Fatal(err)
	}
	if err := Write(file, "x", "new\nlines\n"); err != nil {
		t.Fatal(err)
	}
	want := "a\n<!-- x -->\nnew\nlines\n<!-- end -->\nb\n<!-- y -->\nother\n<!-- end -->\n"
	if got, err := os.ReadFile(file); string(got) != want || err != nil {
		t.Errorf("it is %q, %v, want %q", got, err, want)
	}
}

func TestCut(t *testing.T) {
	before, text, after, err := Cut("a\n<!-- x -->\nt\n<!-- end -->\nb\n", "x")
	if before != "a\n<!-- x -->\n" || text != "t\n" || after != "<!-- end -->\nb\n" || err != nil {
		t.Errorf("it is %q, %q, %q, %v", before, text, after, err)
	}
	for _, bad := range []string{"", "<!-- x -->", "<!-- x -->\nt\n", "<!-- end -->\n"} {
		if _, _, _, err := Cut(bad, "x"); err == nil {
			t.Errorf("%q is cut", bad)
		}
	}
}

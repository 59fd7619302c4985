package multistatus_test

import (
	"regexp"
	"strings"
	"testing"
)

var goBlock = regexp.MustCompile("(?s)```go\n(.*?)```")

// README's code is that of the examples, which run.
func TestReadme(t *testing.T) {
	examples := unindented(load(t, "example_test.go") + load(t, "davprop/example_test.go"))
	blocks := goBlock.FindAllStringSubmatch(load(t, "README.md"), -1)
	if len(blocks) == 0 {
		t.Fatal("README.md has no code")
	}
	for _, b := range blocks {
		if !strings.Contains(examples, unindented(b[1])) {
			t.Errorf("no example_test.go has this code of README.md:\n%s", b[1])
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

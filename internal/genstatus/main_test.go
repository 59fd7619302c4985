package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

// statustext.go is what go generate would write now.
func TestUpToDate(t *testing.T) {
	want, err := generate(table)
	if err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(filepath.Join("..", "..", target))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s is out of date: run go generate", target)
	}
}

package main

import (
	"os"
	"path/filepath"
	"strings"
)

const quickXML = "quick-xml, NsReader (Rust)"
const rapidXML = "rapidxml (C++)"
const quickWriter = "quick-xml, Writer (Rust)"

// The native peers are measured if native/run.sh has built them.
var (
	nativeDecoders = []peer{
		{name: "expat (C)", note: "checks all; names are copied", task: decode, native: "expat", small: true},
		{name: "libxml2, SAX2 (C)", note: "checks all, but goes on at a prefix that is not declared; names are interned", task: decode, native: "libxml2", small: true},
		{name: quickXML, note: "no check of characters, nor that a prefix is declared", task: decode, native: "quickxml", small: true},
		{name: "pugixml (C++)", note: "keeps a tree; no namespaces of its own: the peer looks them up; no check of characters and UTF-8", task: decode, native: "pugixml", small: true},
		{name: rapidXML, note: "keeps a tree; no namespaces of its own: the peer looks them up; no checks, not even of UTF-8", task: decode, native: "rapidxml", small: true},
	}
	nativeEncoders = []peer{
		{name: quickWriter, note: "prefixes are given; carriage returns are left raw, so that they do not come back", task: encode, native: "quickxml-write", blank: noLineEnds},
	}
)

// executable returns the path of a native peer, and whether it was built.
func (p *peer) executable() (string, bool) {
	path := filepath.Join("native", "bin", p.native)
	info, err := os.Stat(path)
	return path, err == nil && info.Mode().IsRegular()
}

// nativeVersions are the lines that native/run.sh has written about compilers and libraries.
func nativeVersions() []string {
	text, err := os.ReadFile(filepath.Join("native", "bin", "versions"))
	if err != nil {
		return nil
	}
	return strings.Split(strings.TrimSpace(string(text)), "\n")
}

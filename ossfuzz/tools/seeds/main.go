// Command seeds converts inputs of fuzz targets between the form that go test keeps in testdata/fuzz and the bytes that the
// targets read which go-118-fuzz-build makes:
//
//	seeds pack OUT DIR...      writes OUT/TARGET_seed_corpus.zip of the files DIR/TARGET/*
//	seeds unpack TYPES FILE    prints FILE, as libFuzzer has written it, as go test reads it
//
// TYPES are those of the arguments of the target, as in uint64,string,[]byte.
package main

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "seeds:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	switch {
	case len(args) > 2 && args[0] == "pack":
		return packAll(args[1], args[2:])
	case len(args) == 3 && args[0] == "unpack":
		return unpackFile(args[1], args[2])
	}
	return errors.New("usage: seeds pack OUT DIR... | seeds unpack TYPES FILE")
}

// packAll writes an archive for each target that has files in any of dirs. A dir may be missing.
func packAll(out string, dirs []string) error {
	files := map[string][]string{}
	for _, dir := range dirs {
		found, err := filepath.Glob(filepath.Join(dir, "Fuzz*", "*"))
		if err != nil {
			return err
		}
		for _, file := range found {
			target := filepath.Base(filepath.Dir(file))
			files[target] = append(files[target], file)
		}
	}
	if len(files) == 0 {
		return fmt.Errorf("no files in %q", dirs)
	}
	for target, files := range files {
		if err := packTarget(filepath.Join(out, target+"_seed_corpus.zip"), files); err != nil {
			return err
		}
	}
	return nil
}

// packTarget writes the archive of a target, in which each input stands once.
func packTarget(out string, files []string) error {
	var archive bytes.Buffer
	z := zip.NewWriter(&archive)
	seen := map[string]bool{}
	for _, file := range files {
		packed, err := packFile(file)
		if err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		name := fmt.Sprintf("%x", sha256.Sum256(packed))[:20]
		if seen[name] {
			continue
		}
		seen[name] = true
		w, err := z.Create(name)
		if err != nil {
			return err
		}
		if _, err := w.Write(packed); err != nil {
			return err
		}
	}
	if err := z.Close(); err != nil {
		return err
	}
	return os.WriteFile(out, archive.Bytes(), 0o666)
}

// packFile packs one file, and makes sure that the target will read what is in it.
func packFile(file string) ([]byte, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	args, err := parse(string(text))
	if err != nil {
		return nil, err
	}
	packed, err := pack(args)
	if err != nil {
		return nil, err
	}
	back, err := unpack(typesOf(args), packed)
	switch {
	case err != nil:
		return nil, err
	case format(back) != format(args):
		return nil, fmt.Errorf("is read as %q", format(back))
	}
	return packed, nil
}

func unpackFile(types, file string) error {
	packed, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	args, err := unpack(strings.Split(types, ","), packed)
	if err != nil {
		return err
	}
	_, err = os.Stdout.WriteString(format(args))
	return err
}

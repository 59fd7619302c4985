package main

import (
	"bufio"
	"encoding/json"
	"io"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/go-multistatus/multistatus/internal/term"
)

// davserve builds and starts the example server on a directory, and returns its URL.
func davserve(t *testing.T, dir string, flags ...string) string {
	t.Helper()
	program := filepath.Join(t.TempDir(), "davserve.exe")
	if out, err := exec.Command("go", "build", "-o", program, "../davserve").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	cmd := exec.Command(program, append(flags, "-addr", "127.0.0.1:0", dir)...)
	errs, err := cmd.StderrPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		cmd.Process.Kill()
		cmd.Wait()
	})
	log := bufio.NewReader(errs)
	line, err := log.ReadString('\n')
	_, url, ok := strings.Cut(strings.TrimSpace(line), " on ")
	if !ok {
		t.Fatalf("it logged %q, %v", line, err)
	}
	go io.Copy(io.Discard, log)
	return url
}

// oddTree makes files and collections whose names are hard for XML, URLs or terminals.
func oddTree(t *testing.T) string {
	dir := t.TempDir()
	names := []string{
		"with space", "Größe", "Gro\u0308ße", "漢字", "🙂", "a&b", "a#b", "a%b", "a%20b", "a+b", "a;b=c", "%2F", "~", "]]>.txt",
	}
	if runtime.GOOS != "windows" {
		names = append(names, " trailing ", "a<b>c", "a?b", "'q\"", "http:", "new\nline", "esc\x1b[31m", "back\\slash", "latin1\xe4", "\ufffe", "\u202egpj")
	}
	for i, name := range names {
		at := dir
		for range i % 4 {
			at = filepath.Join(at, name+".d")
		}
		err := os.MkdirAll(filepath.Join(at, name+".empty"), 0o777)
		if err == nil {
			err = os.WriteFile(filepath.Join(at, name), []byte(name), 0o666)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// onDisk returns the paths in a directory, with sizes; that of a directory is -1.
func onDisk(t *testing.T, dir string, deep bool) map[string]int64 {
	all := map[string]int64{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if path == dir || err != nil {
			return err
		}
		rel, _ := filepath.Rel(dir, path)
		if !d.IsDir() {
			info, err := d.Info()
			all[filepath.ToSlash(rel)] = info.Size()
			return err
		}
		all[filepath.ToSlash(rel)+"/"] = -1
		if !deep {
			return fs.SkipDir
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// What davls prints of what davserve serves is what the file system has, in every form and every way to walk.
func TestDavserve(t *testing.T) {
	dir := oddTree(t)
	for _, flags := range [][]string{nil, {"-infinite"}} {
		url := davserve(t, dir, flags...)
		checkLines(t, url+"/", onDisk(t, dir, false))
		checkLines(t, url+"/", onDisk(t, dir, true), "-r")
		checkLines(t, url+"/a%26b.d", onDisk(t, filepath.Join(dir, "a&b.d"), true), "-r")
		checkJSON(t, url+"/", onDisk(t, dir, true))
		checkTree(t, url+"/", onDisk(t, dir, true))
		if code, out, errs := ls(t, url+"/with%20space"); code != exitFine || out != "with space\n" {
			t.Errorf("a file: exit code %d, %q, %s", code, out, errs)
		}
		if code, out, errs := ls(t, "-r", url+"/none/"); code != exitIncomplete || out != "" || !strings.Contains(errs, "404 Not Found") {
			t.Errorf("nothing: exit code %d, %q, %s", code, out, errs)
		}
	}
}

// list runs davls, which has to be content, and returns the lines in order.
func list(t *testing.T, url string, args ...string) []string {
	t.Helper()
	code, out, errs := ls(t, append(args, url)...)
	if code != exitFine || errs != "" {
		t.Fatalf("%q: exit code %d, %s", args, code, errs)
	}
	lines := strings.Split(strings.TrimSuffix(out, "\n"), "\n")
	slices.Sort(lines)
	return lines
}

func checkLines(t *testing.T, url string, disk map[string]int64, args ...string) {
	t.Helper()
	var want []string
	for name := range disk {
		want = append(want, term.Printable(name))
	}
	slices.Sort(want)
	if got := list(t, url, args...); !slices.Equal(got, want) {
		t.Errorf("%q: got\n%q\nwant\n%q", args, got, want)
	}
}

// checkJSON compares sizes, too. JSON has no bytes that are no UTF-8.
func checkJSON(t *testing.T, url string, disk map[string]int64) {
	t.Helper()
	got, want := map[string]int64{}, map[string]int64{}
	for name, size := range disk {
		want[strings.ToValidUTF8(name, "\ufffd")] = size
	}
	for _, line := range list(t, url, "-r", "-json") {
		e := struct {
			Path       string
			Collection bool
			Size       int64
			ETag       string
		}{Size: -1}
		if err := json.Unmarshal([]byte(line), &e); err != nil {
			t.Fatal(err)
		}
		if e.Collection != strings.HasSuffix(e.Path, "/") || e.Collection != (e.ETag == "") {
			t.Errorf("%s", line)
		}
		got[e.Path] = e.Size
	}
	if !maps.Equal(got, want) {
		t.Errorf("got\n%v\nwant\n%v", got, want)
	}
}

// checkTree compares the names at the ends of the branches.
func checkTree(t *testing.T, url string, disk map[string]int64) {
	t.Helper()
	var got, want []string
	for _, line := range list(t, url, "-tree") {
		_, name, _ := strings.Cut(line, "── ")
		got = append(got, name)
	}
	for name := range disk {
		i := strings.LastIndexByte(strings.TrimSuffix(name, "/"), '/')
		want = append(want, term.Printable(name[i+1:]))
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("tree: got\n%q\nwant\n%q", got, want)
	}
}

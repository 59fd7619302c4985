package main

import (
	"bytes"
	"flag"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/go-multistatus/multistatus"
	"github.com/go-multistatus/multistatus/internal/bodies"
)

// The test binary is what measures a sample, too, as the program is.
func TestMain(m *testing.M) {
	flag.Parse()
	if *one != "" {
		if err := printSample(*one, flag.Arg(0), flag.Arg(1)); err != nil {
			os.Stderr.WriteString(err.Error() + "\n")
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// testBody is a body that the peers are tested with.
func testBody(t *testing.T, k *bodies.Kind, n int) (*body, string) {
	t.Helper()
	text := k.Make(n)
	b, err := newBody(t.TempDir(), k.Name, text, n)
	if err != nil {
		t.Fatal(err)
	}
	if b.all.Responses != n || b.all.Hrefs == 0 || b.all.Statuses == 0 || b.size != len(text) {
		t.Fatalf("%s of %d has %v and %d bytes", k.Name, n, b.all, b.size)
	}
	return b, text
}

// Every peer in Go finds in every body what encoding/xml finds, again and again, and writes what is the same.
func TestPeers(t *testing.T) {
	for i := range bodies.Kinds {
		k := &bodies.Kinds[i]
		for _, n := range []int{1, 40} {
			b, text := testBody(t, k, n)
			for i := range peers {
				p := &peers[i]
				if p.native != "" || !p.takes(k.Name) {
					continue
				}
				var out bytes.Buffer
				run, err := p.prepare(text, &out)
				if err != nil {
					t.Errorf("%s, %s: %v", p.name, k.Name, err)
					continue
				}
				for range 3 {
					out.Reset()
					got, err := run()
					if err == nil && p.task != decode {
						got, err = written(out.Bytes())
					}
					if err == nil {
						err = p.check(b, got)
					}
					if err != nil {
						t.Errorf("%s, %s of %d: %v", p.name, k.Name, n, err)
					}
				}
			}
		}
	}
}

// These and no others find less than all that is in a body, or take some bodies alone.
func TestExceptions(t *testing.T) {
	want := []string{
		oursRaw, oursTwo, // by design
		"emersion/go-webdav, Client.ReadDir", "studio-b12/gowebdav, Client.ReadDir", // they give files
		quickWriter, // its carriage returns are lost
	}
	var got []string
	for i := range peers {
		if p := &peers[i]; p.blank != nil || p.only != nil || p.bodies != nil {
			got = append(got, p.name)
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("peers with exceptions: %q, want %q", got, want)
	}
}

// A vector that is not what is expected is an error, in each of its numbers.
func TestCheck(t *testing.T) {
	b, _ := testBody(t, &bodies.Kinds[0], 3)
	p, err := findPeer(token)
	if err != nil {
		t.Fatal(err)
	}
	if err := p.check(b, b.all); err != nil {
		t.Errorf("the same: %v", err)
	}
	for i := range b.all.fields() {
		got := b.all
		*got.fields()[i].value++
		if p.check(b, got) == nil {
			t.Errorf("with another number of %s: no error", got.fields()[i].key)
		}
	}
	if _, err := findPeer("nobody"); err == nil {
		t.Error("nobody is a peer")
	}
}

// What a process prints of a sample is read as it was.
func TestSampleFields(t *testing.T) {
	want := sample{2, 3, -1, vector{4, 5, 6, 7, 8, 9, 10, 11}}
	line := printFields(want.fields())
	var got sample
	if err := scanFields(line+"\n", got.fields()); err != nil || got != want {
		t.Errorf("%q is read as %v, %v", line, got, err)
	}
	for _, bad := range []string{"", strings.Replace(line, "cpu=", "gpu=", 1), strings.Replace(line, "=10", "=ten", 1)} {
		if err := scanFields(bad, got.fields()); err == nil {
			t.Errorf("%q is read", bad)
		}
	}
}

// A small run measures every peer that there is, native ones if they are built, and keeps to its budget.
func TestMeasure(t *testing.T) {
	p := plan{responses: []int{2}, rounds: 2, time: time.Millisecond, budget: time.Hour}
	r, err := p.measure(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, w := range r.Rows {
		seen[w.Peer] = true
		if len(w.CPU) != p.rounds || slices.Min(w.CPU) <= 0 {
			t.Errorf("%s, %s: %v", w.Peer, w.Body, w.CPU)
		}
		if w.Bytes == 0 != (w.Body == files) {
			t.Errorf("%s, %s: %d bytes", w.Peer, w.Body, w.Bytes)
		}
	}
	for i := range peers {
		p := &peers[i]
		if _, built := p.executable(); seen[p.name] != (built || p.native == "") {
			t.Errorf("%s was measured: %v", p.name, seen[p.name])
		}
	}
	p.budget = 0
	p.responses = []int{1}
	if r, err = p.measure(t.TempDir()); err != nil {
		t.Fatal(err)
	}
	for _, w := range r.Rows {
		if len(w.CPU) != 1 {
			t.Errorf("%s, %s: without a budget, %d rounds", w.Peer, w.Body, len(w.CPU))
		}
	}
}

// A body that a peer cannot read is an error, of the peer and of its process.
func TestMeasureFails(t *testing.T) {
	file := filepath.Join(t.TempDir(), "bad.xml")
	if err := os.WriteFile(file, []byte("<a>"), 0o666); err != nil {
		t.Fatal(err)
	}
	for i := range peers {
		if p := &peers[i]; p.native == "" {
			if _, err := p.measure(file, 0); err == nil {
				t.Errorf("%s takes half a body", p.name)
			}
		}
	}
	p, err := findPeer(token)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.sample(&body{kind: "bad", file: file + ".none"}, 0); err == nil {
		t.Error("a file that is not there is measured")
	}
	if _, err := gowebdavClient("<a/>", io.Discard); err == nil {
		t.Error("what is no multistatus is taken")
	}
}

// The file system is said to hold the same by this package and by golang.org/x/net/webdav, times and their entity tags apart.
func TestServers(t *testing.T) {
	list := func(server func([]string) (http.Handler, error)) map[string]multistatus.Value {
		var out bytes.Buffer
		run, err := listing(server)(bodies.Kinds[0].Make(3), &out)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := run(); err != nil {
			t.Fatal(err)
		}
		m, err := multistatus.Parse(out.Bytes(), nil)
		if err != nil {
			t.Fatal(err)
		}
		all := map[string]multistatus.Value{}
		for i := range m.Responses {
			for p, s := range m.Responses[i].Props() {
				if key := string(m.Responses[i].Href) + " " + p.Name.Local + " " + s.Status.String(); p.Name != etag && p.Name != lastModified {
					all[key] = p.Value
				} else {
					all[key] = multistatus.Text("some")
				}
			}
		}
		return all
	}
	got, want := list(serveOurs), list(serveXNet)
	if len(want) != 4+3*7 {
		t.Errorf("x/net has %d properties", len(want))
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

package msjson_test

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"github.com/go-multistatus/multistatus"
	"github.com/go-multistatus/multistatus/internal/msjson"
)

// bodies are those of the corpus and of the quirks, among them some that end in an error.
func bodies(t *testing.T) (all []string) {
	t.Helper()
	for _, pattern := range []string{"corpus/*/*.xml", "quirks/*.xml"} {
		files, err := filepath.Glob(filepath.Join("../../testdata", pattern))
		if err != nil || len(files) == 0 {
			t.Fatalf("%s has %d files, %v", pattern, len(files), err)
		}
		all = append(all, files...)
	}
	return all
}

// Stream writes what Write writes, and says as Decode how the decoding ended.
func TestStreamIsWrite(t *testing.T) {
	for _, file := range bodies(t) {
		body, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var m multistatus.Multistatus
		want := multistatus.NewDecoder(bytes.NewReader(body), nil).Decode(&m)
		var whole, streamed bytes.Buffer
		if err := msjson.Of(&m, want).Write(&whole, ""); err != nil {
			t.Fatal(err)
		}
		got, err := msjson.Stream(&streamed, multistatus.NewDecoder(bytes.NewReader(body), nil))
		if diff := cmp.Diff(whole.String(), streamed.String()); diff != "" || err != nil || (got == nil) != (want == nil) {
			t.Errorf("%s: Stream = %v, %v, want %v, nil; %s", file, got, err, want, diff)
		}
	}
}

// A response is written before the next one is read.
func TestStreamHoldsOneResponse(t *testing.T) {
	const response = `<D:response><D:href>/a</D:href><D:status>HTTP/1.1 200 OK</D:status></D:response>`
	body := `<D:multistatus xmlns:D="DAV:">` + strings.Repeat(response, 9) + `</D:multistatus>`
	var out bytes.Buffer
	r := &follower{body: body, out: &out}
	if failure, err := msjson.Stream(&out, multistatus.NewDecoder(r, nil)); failure != nil || err != nil {
		t.Fatalf("Stream = %v, %v", failure, err)
	}
	if r.late > 0 || strings.Count(out.String(), `"/a"`) != 9 {
		t.Errorf("%d responses were not written when the next one was read: %s", r.late, &out)
	}
}

// follower gives a byte at a time, and counts the responses that are not yet in out when one after the next begins.
type follower struct {
	body string
	n    int
	out  *bytes.Buffer
	late int
}

func (f *follower) Read(p []byte) (int, error) {
	read := strings.Count(f.body[:f.n], "</D:response>")
	if strings.Count(f.out.String(), `"/a"`) < read {
		f.late++
	}
	n, err := strings.NewReader(f.body[f.n:]).Read(p[:1])
	f.n += n
	return n, err
}

var errFull = errors.New("full")

// fullWriter takes some bytes and then no more.
type fullWriter struct{ room int }

func (w *fullWriter) Write(p []byte) (int, error) {
	if w.room -= len(p); w.room < 0 {
		return 0, errFull
	}
	return len(p), nil
}

// Nothing more is read when the writer has failed, wherever that is; the reader's error is in what is written.
func TestStreamErrors(t *testing.T) {
	const body = `<D:multistatus xmlns:D="DAV:"><D:response><D:href>/a</D:href><D:status>HTTP/1.1 200 OK</D:status></D:response>`
	broken := func() *multistatus.Decoder {
		return multistatus.NewDecoder(io.MultiReader(strings.NewReader(body), iotest.ErrReader(iotest.ErrTimeout)), nil)
	}
	var out bytes.Buffer
	if failure, err := msjson.Stream(&out, broken()); failure != iotest.ErrTimeout || err != nil || !strings.HasSuffix(out.String(), `"failure":"timeout"}`+"\n") {
		t.Errorf("Stream = %v, %v, with %s", failure, err, &out)
	}
	for room := range out.Len() {
		if _, err := msjson.Stream(&fullWriter{room}, broken()); err != errFull {
			t.Errorf("Stream with room for %d bytes = %v, want %v", room, err, errFull)
		}
	}
}

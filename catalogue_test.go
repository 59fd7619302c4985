package multistatus_test

import (
	"bytes"
	"errors"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"github.com/go-multistatus/multistatus"
	"github.com/go-multistatus/multistatus/internal/catalogue"
	"github.com/go-multistatus/multistatus/internal/msjson"
)

const quirkDir = "testdata/quirks"

// failures are the kinds of a [catalogue.Failure].
var failures = map[string]error{
	"root":      multistatus.ErrNotMultistatus,
	"empty":     multistatus.ErrEmpty,
	"truncated": io.ErrUnexpectedEOF,
	"trailing":  multistatus.ErrTrailing,
	"doctype":   multistatus.ErrDoctype,
	"mismatch":  multistatus.ErrMismatch,
	"syntax":    multistatus.ErrSyntax,
}

// An outcome is all that one way of reading tells of a body.
type outcome struct {
	Meaning string
	Reports []catalogue.Report
	Failure *catalogue.Failure
}

// read decodes what d was given. Its last argument takes the reports of quirks.
func read(t *testing.T, d *multistatus.Decoder, reports *[]catalogue.Report) outcome {
	t.Helper()
	var m multistatus.Multistatus
	err := d.Decode(&m)
	var b bytes.Buffer
	if err := msjson.Of(&m, err).Write(&b, "\t"); err != nil {
		t.Fatal(err)
	}
	return outcome{b.String(), *reports, failureOf(t, err)}
}

// failureOf returns the kind of err in the catalogue's words; that of a quirk is its id.
func failureOf(t *testing.T, err error) *catalogue.Failure {
	t.Helper()
	var de *multistatus.DecodeError
	var q multistatus.Quirk
	switch {
	case err == nil:
		return nil
	case !errors.As(err, &de):
		t.Fatalf("error %v is no DecodeError", err)
	case errors.As(err, &q):
		return &catalogue.Failure{Kind: q.String(), Offset: de.Offset}
	}
	for kind, f := range failures {
		if errors.Is(err, f) {
			return &catalogue.Failure{Kind: kind, Offset: de.Offset}
		}
	}
	t.Fatalf("error %v is of no kind that the catalogue knows", err)
	return nil
}

// everyWay calls f for each way of reading body, with a Decoder that is ready to read it.
func everyWay(body string, opts multistatus.DecodeOptions, f func(way string, d *multistatus.Decoder, reports *[]catalogue.Report)) {
	reset := func(way string, start func(d *multistatus.Decoder, opts *multistatus.DecodeOptions)) {
		var reports []catalogue.Report
		opts.OnQuirk = func(r multistatus.QuirkReport) {
			reports = append(reports, catalogue.Report{Quirk: r.Quirk.String(), Offset: r.Offset})
		}
		var d multistatus.Decoder
		start(&d, &opts)
		f(way, &d, &reports)
	}
	reset("string", func(d *multistatus.Decoder, o *multistatus.DecodeOptions) { d.ResetString(body, o) })
	for way, r := range map[string]io.Reader{
		"reader":         strings.NewReader(body),
		"one byte":       iotest.OneByteReader(strings.NewReader(body)),
		"half":           iotest.HalfReader(strings.NewReader(body)),
		"data and error": iotest.DataErrReader(strings.NewReader(body)),
	} {
		reset(way, func(d *multistatus.Decoder, o *multistatus.DecodeOptions) { d.Reset(r, o) })
	}
}

func entries(t *testing.T) []catalogue.Entry {
	t.Helper()
	es, err := catalogue.Load(quirkDir)
	if err != nil {
		t.Fatal(err)
	}
	return es
}

// Every entry of the catalogue is read as it says: what is reported, where, and why a body is refused.
func TestCatalogue(t *testing.T) {
	for _, e := range entries(t) {
		file := filepath.Join(quirkDir, e.ID+".xml")
		opts := multistatus.DecodeOptions{ContentType: e.ContentType}
		everyWay(load(t, file), opts, func(way string, d *multistatus.Decoder, reports *[]catalogue.Report) {
			got := read(t, d, reports)
			checkExpected(t, file, got.Meaning)
			if diff := cmp.Diff(outcome{got.Meaning, e.Reports, e.Failure}, got); diff != "" {
				t.Errorf("%s, %s: (-catalogue +decoder)\n%s", e.ID, way, diff)
			}
		})
	}
}

// Where every quirk is rejected, what is accepted means the same, and what is reported is refused at its place.
func TestCatalogueStrict(t *testing.T) {
	for _, e := range entries(t) {
		file := filepath.Join(quirkDir, e.ID+".xml")
		opts := multistatus.DecodeOptions{ContentType: e.ContentType, Reject: multistatus.AllQuirks()}
		want := e.Failure
		if len(e.Reports) > 0 {
			want = &catalogue.Failure{Kind: e.Reports[0].Quirk, Offset: e.Reports[0].Offset}
		}
		everyWay(load(t, file), opts, func(way string, d *multistatus.Decoder, reports *[]catalogue.Report) {
			got := read(t, d, reports)
			if diff := cmp.Diff(want, got.Failure); diff != "" {
				t.Errorf("%s, %s: (-catalogue +decoder)\n%s", e.ID, way, diff)
			}
			if e.Reading == "accept" {
				checkExpected(t, file, got.Meaning)
			}
		})
	}
}

// An entry's reading is what its reports and its failure say, and one that is named after a quirk reports that quirk.
func TestCatalogueReadings(t *testing.T) {
	isQuirk := map[string]bool{}
	for q := range multistatus.AllQuirks().All() {
		isQuirk[q.String()] = true
	}
	for _, e := range entries(t) {
		reading := "accept"
		switch {
		case e.Failure != nil:
			reading = "reject"
		case len(e.Reports) > 0:
			reading = "report"
		}
		if e.Reading != reading {
			t.Errorf("%s: reading is %q, but its reports and failure make it %q", e.ID, e.Reading, reading)
		}
		if isQuirk[e.ID] && !slices.ContainsFunc(e.Reports, func(r catalogue.Report) bool { return r.Quirk == e.ID }) {
			t.Errorf("%s: its body does not show the quirk", e.ID)
		}
		delete(isQuirk, e.ID)
	}
	for id := range isQuirk {
		t.Errorf("%s has no entry in the catalogue", id)
	}
}

// The catalogue, its bodies and their meanings belong together, and its entries are sorted by section.
func TestCatalogueComplete(t *testing.T) {
	var want []string
	es := entries(t)
	for _, e := range es {
		want = append(want, e.ID)
	}
	slices.Sort(want)
	for _, ext := range []string{".xml", ".json"} {
		files, err := filepath.Glob(filepath.Join(quirkDir, "*"+ext))
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, f := range files {
			if f = filepath.Base(f); f != catalogue.File {
				got = append(got, strings.TrimSuffix(f, ext))
			}
		}
		slices.Sort(got)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("entries and *%s differ: %s", ext, diff)
		}
	}
	if !slices.IsSortedFunc(es, func(a, b catalogue.Entry) int { return strings.Compare(a.Section, b.Section) }) {
		t.Error("the entries are not sorted by section")
	}
}

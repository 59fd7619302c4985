package multistatus

import (
	"errors"
	"io"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// fuzzSeeds adds every case, and what lies in testdata.
func fuzzSeeds(f *testing.F) {
	for _, c := range decodeCases {
		body, _ := markless(c.body)
		if len(body) < 4<<10 {
			f.Add(body, c.opts.ContentType, uint64(0))
		}
	}
}

// smallLimits lets short bodies reach every limit.
var smallLimits = DecodeOptions{
	MaxResponseBytes: 600, MaxValueBytes: 200, MaxTextBytes: 50, MaxNameBytes: 20,
	MaxDepth: 9, MaxAttrs: 4, MaxNamespaces: 5, MaxProps: 6, MaxHrefs: 3, MaxBytes: 2000,
}

// How the bytes are cut into reads changes nothing: not a value, not a quirk, not an error or its place;
// with limits and without, tolerant and strict.
func FuzzDecodeChunks(f *testing.F) {
	fuzzSeeds(f)
	f.Fuzz(func(t *testing.T, body, contentType string, seed uint64) {
		for _, opts := range []DecodeOptions{{}, {Reject: AllQuirks()}, smallLimits} {
			opts.ContentType = contentType
			want, _ := outcomeOf(body, opts, nil)
			got, _ := outcomeOf(body, opts, func(b string) io.Reader {
				return randomReader{strings.NewReader(b), rand.New(rand.NewPCG(seed, 1))}
			})
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("Decode(%q) in pieces: %s", body, diff)
			}
		}
	})
}

// What is forgiven is a quirk, and strictly decoded the first of them is the error; without one, both are the same.
// Every error has a place within the body.
func FuzzDecodeStrict(f *testing.F) {
	fuzzSeeds(f)
	f.Fuzz(func(t *testing.T, body, contentType string, _ uint64) {
		opts := DecodeOptions{ContentType: contentType}
		got, err := outcomeOf(body, opts, nil)
		if want := NewQuirkSet(quirksOf(got.Reports)...); want != got.Quirks {
			t.Errorf("Decode(%q): Quirks = %v, but told were %v", body, got.Quirks, want)
		}
		var at *DecodeError
		if err != nil && (!errors.As(err, &at) || at.Offset < 0 || at.Line < 1 || at.Column < 1) {
			t.Errorf("Decode(%q) = %v, want an error with a place", body, err)
		}
		opts.Reject = AllQuirks()
		_, strict := Parse([]byte(body), &opts)
		switch {
		case len(got.Reports) > 0:
			if !errors.Is(strict, got.Reports[0].Quirk) {
				t.Errorf("strict: Parse(%q) = %v, want %v", body, strict, got.Reports[0].Quirk)
			}
		case err == nil && strict != nil, err != nil && (strict == nil || strict.Error() != err.Error()):
			t.Errorf("strict: Parse(%q) = %v, want %v", body, strict, err)
		}
	})
}

func quirksOf(reports []QuirkReport) (qs []Quirk) {
	for _, r := range reports {
		qs = append(qs, r.Quirk)
	}
	return qs
}

// A property that was decoded, written and decoded again is equal, and strictly well-formed; so is a clone of it.
func FuzzDecodeProperty(f *testing.F) {
	fuzzSeeds(f)
	f.Fuzz(func(t *testing.T, body, contentType string, _ uint64) {
		m, _ := Parse([]byte(body), &DecodeOptions{ContentType: contentType})
		for i := range m.Responses {
			r := &m.Responses[i]
			if diff := cmp.Diff(r, r.Clone()); diff != "" {
				t.Errorf("Clone of %q: %s", body, diff)
			}
			for p := range r.Props() {
				checkWritten(t, p)
			}
		}
	})
}

func checkWritten(t *testing.T, p *Property) {
	t.Helper()
	text := p.AppendXML(nil)
	again, err := ParseElement(text, &DecodeOptions{Reject: AllQuirks(), MaxAttrs: -1, MaxNamespaces: -1})
	want := p.Name
	want.Local = strings.ReplaceAll(want.Local, ":", "_")
	if err != nil || again.Name != want || again.Lang != p.Lang || !again.Value.Equal(p.Value) {
		t.Errorf("%+v is written as %q, which is %+v, %v", p, text, again, err)
	}
}

package multistatus

import (
	"strings"
	"testing"
)

// allocs returns how often read allocates in the steady state.
func allocs(read func()) float64 {
	read() // what is learnt in the first body is no steady state
	return testing.AllocsPerRun(5, read)
}

// From a string nothing is allocated, Reset included: not even once a body.
func TestDecodeStringAllocs(t *testing.T) {
	for _, body := range benchBodies(t) {
		var d Decoder
		var r Response
		if got := allocs(func() {
			d.ResetString(body.text, nil)
			drain(t, &d, &r)
		}); got != 0 {
			t.Errorf("%s: %d responses from a string allocate %v times, want 0", body.name, body.responses, got)
		}
	}
}

// From a reader there is at most one allocation a window, and one for each value that a window's end cuts.
// The first window is what tells the charset.
func TestDecodeReaderAllocs(t *testing.T) {
	const window = 64 << 10
	for _, body := range benchBodies(t) {
		var d Decoder
		var r Response
		src := strings.NewReader(body.text)
		windows := 1 + (len(body.text)+window-1)/window
		most := float64(windows + windows - 1)
		if got := allocs(func() {
			src.Reset(body.text)
			d.Reset(src, nil)
			drain(t, &d, &r)
		}); got > most {
			t.Errorf("%s: %d responses from a reader allocate %v times, want at most %v", body.name, body.responses, got, most)
		}
	}
}

// What the caller asks of a decoded response costs nothing either.
func TestResponseAllocs(t *testing.T) {
	m, err := Parse([]byte(inProps(`<D:resourcetype><D:collection/></D:resourcetype><D:getetag>"e"</D:getetag>`)), nil)
	if err != nil {
		t.Fatal(err)
	}
	r := &m.Responses[0]
	n := 0
	if got := allocs(func() {
		for range r.Hrefs() {
			n++
		}
		for p := range r.Props() {
			n += len(p.Name.Local)
		}
		p, s := r.Prop(DAV("resourcetype"))
		if !s.OK() || !p.Value.Has(DAV("collection")) || r.Err() != nil || r.Removed() || r.Truncated() {
			t.Fatal("not what was decoded")
		}
		for q := range m.Quirks.All() {
			n += int(q)
		}
	}); got != 0 {
		t.Errorf("looking at a response allocates %v times, want 0", got)
	}
}

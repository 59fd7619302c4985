package multistatus

import (
	"fmt"
	"strings"
	"testing"

	"github.com/go-multistatus/multistatus/internal/bodies"
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

// Where responses are alike nothing is allocated, and where none is like another learning stops, but for a try now and then.
func TestLearningAllocs(t *testing.T) {
	const responses, sittings = 2000, 30
	for _, k := range bodies.Kinds {
		body := k.Make(responses)
		var d Decoder
		var r Response
		sit := func() {
			d.ResetString(body, nil)
			drain(t, &d, &r)
		}
		for range sittings {
			sit()
		}
		most := 0.0
		if k.Name == "shuffled" {
			most = responses / 100
		}
		if got := testing.AllocsPerRun(sittings, sit); got > most {
			t.Errorf("%s: %d responses allocate %v times, want at most %v", k.Name, responses, got, most)
		}
	}
}

// A body of one response, from a reader, costs a new Decoder and a new Response few allocations.
func TestNewDecoderAllocs(t *testing.T) {
	for _, k := range bodies.Kinds {
		body := k.Make(1)
		src := new(strings.Reader)
		got := testing.AllocsPerRun(20, func() {
			src.Reset(body)
			var r Response
			drain(t, NewDecoder(src, nil), &r)
		})
		most := 16.0
		switch k.Name {
		case "compact", "syncstatus":
			most = 9
		case "caldav":
			most = 11
		}
		if got > most {
			t.Errorf("%s: a new Decoder allocates %v times, want at most %v", k.Name, got, most)
		}
	}
}

// Documents of one response that are all different are not learned for ever.
func TestShortDocumentsAllocs(t *testing.T) {
	shuffled := bodies.Kinds[len(bodies.Kinds)-1].Make(400)
	i, j := strings.Index(shuffled, "<d:response>"), strings.LastIndex(shuffled, "</d:multistatus>")
	responses := strings.SplitAfter(shuffled[i:j], "</d:response>")
	var docs []string
	for k, r := range responses[:len(responses)-1] {
		root := shuffled[:i]
		if k%2 == 0 {
			root = strings.Replace(root, "<d:multistatus", fmt.Sprintf(`<d:multistatus xmlns:p%d="u"`, k), 1)
		}
		docs = append(docs, root+r+"</d:multistatus>")
	}
	var d Decoder
	var r Response
	read := func() {
		for _, doc := range docs[1:] {
			d.ResetString(doc, nil)
			drain(t, &d, &r)
		}
	}
	read()
	read()
	// The roots differ more often than scopes and names are kept to be found again.
	if got, most := testing.AllocsPerRun(4, read), 6.0*float64(len(docs)); got > most {
		t.Errorf("%d documents allocate %v times, want at most %v", len(docs)-1, got, most)
	}
}

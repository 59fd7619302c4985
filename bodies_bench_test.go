package multistatus

import (
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/go-multistatus/multistatus/internal/bodies"
)

// BenchmarkBodies decodes and encodes generated bodies of 1, 100 and 10 000 responses with a Decoder that has read one before
// and an Encoder that has written one.
func BenchmarkBodies(b *testing.B) {
	for i := range bodies.Kinds {
		k := &bodies.Kinds[i]
		for _, n := range []int{1, 100, 10_000} {
			name, body := k.Name+"/"+strconv.Itoa(n), benchBody{k.Name, k.Make(n), n, new(rival)}
			benchDecode(b, name, body)
			body.xml = new(rival)
			b.Run(name+"/encode", func(b *testing.B) { benchWrite(b, body) })
		}
	}
}

// benchWrite writes the tokens of a body with encoding/xml, and what it says by calls and as the Responses that were decoded.
// What is written may be longer or shorter than the body, so MB/s is of the body.
func benchWrite(b *testing.B, body benchBody) {
	m, err := Parse([]byte(body.text), nil)
	if err != nil {
		b.Fatal(err)
	}
	doc, calls := []byte(body.text), callsOf(body.name, m)
	b.Run("encodingxml", func(b *testing.B) { benchEncodeToken(b, doc, body.xml) })
	b.Run("calls", func(b *testing.B) { benchCalls(b, calls, len(doc), body.xml) })
	b.Run("responses", func(b *testing.B) { benchEncode(b, doc, &calls.opts, body.xml) })
}

// callsOf writes what m says by calls: text as text, and the rest as it stands.
func callsOf(name string, m *Multistatus) *encodeBody {
	texts := make([][]string, len(m.Responses)) // of each property that has some
	opts := EncodeOptions{}
	used := map[string]bool{NamespaceDAV: true}
	for i := range m.Responses {
		for p := range m.Responses[i].Props() {
			text, _ := p.Value.Text()
			texts[i] = append(texts[i], text)
			if space := p.Name.Space; !used[space] {
				used[space] = true
				opts.Namespaces = append(opts.Namespaces, Namespace{"n" + strconv.Itoa(len(used)), space})
			}
		}
	}
	return &encodeBody{name, len(m.Responses), opts, func(e *Encoder, i int) { writeCalls(e, &m.Responses[i], texts[i]) }}
}

func writeCalls(e *Encoder, r *Response, texts []string) {
	e.StartResponse(r.Href)
	if r.Status.Code != 0 {
		e.Status(r.Status.Code)
	}
	for i := range r.Propstats {
		s := &r.Propstats[i]
		e.Propstat(s.Status.Code)
		for j := range s.Props {
			switch p := &s.Props[j]; {
			case texts[j] != "":
				e.PropText(p.Name, texts[j])
			case p.Value.IsZero():
				e.PropEmpty(p.Name)
			default:
				e.PropValue(p.Name, p.Value)
			}
		}
		texts = texts[len(s.Props):]
	}
}

// What the benchmark writes by calls is what it has read.
func TestCallsOf(t *testing.T) {
	for i := range bodies.Kinds {
		k := &bodies.Kinds[i]
		m, err := Parse([]byte(k.Make(20)), nil)
		if err != nil {
			t.Fatal(err)
		}
		calls := callsOf(k.Name, m)
		got, err := Parse(benchDocument(t, calls), nil)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(m.Responses, got.Responses); diff != "" {
			t.Errorf("%s: %s", k.Name, diff)
		}
	}
}

package records

import (
	"bytes"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/go-multistatus/multistatus"
	"github.com/go-multistatus/multistatus/internal/bodies"
)

// What is written by calls says what was read, but that properties without value come last in their group.
func TestWrite(t *testing.T) {
	for i := range bodies.Kinds {
		m, err := multistatus.Parse([]byte(bodies.Kinds[i].Make(20)), nil)
		if err != nil {
			t.Fatal(err)
		}
		b := New(m)
		var out bytes.Buffer
		e := multistatus.NewEncoder(&out, &b.Options)
		for j := range b.Records {
			b.Records[j].Write(e)
		}
		if err := e.Close(); err != nil {
			t.Fatal(err)
		}
		got, err := multistatus.Parse(out.Bytes(), &multistatus.DecodeOptions{Reject: multistatus.AllQuirks()})
		if err != nil {
			t.Fatalf("%s: %v", bodies.Kinds[i].Name, err)
		}
		if diff := cmp.Diff(said(m), said(got)); diff != "" {
			t.Errorf("%s: %s", bodies.Kinds[i].Name, diff)
		}
	}
}

// said is what m says of each resource and of each property of it.
func said(m *multistatus.Multistatus) map[string]multistatus.Value {
	all := map[string]multistatus.Value{}
	for i := range m.Responses {
		r := &m.Responses[i]
		all[string(r.Href)+r.Status.String()] = multistatus.Value{}
		for p, s := range r.Props() {
			all[string(r.Href)+s.Status.String()+p.Name.String()] = p.Value
		}
	}
	return all
}

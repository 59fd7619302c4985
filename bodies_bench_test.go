package multistatus

import (
	"testing"

	"github.com/go-multistatus/multistatus/internal/bodies"
)

// BenchmarkBodies decodes generated bodies of 1, 100 and 10 000 responses with a Decoder that has read one before.
func BenchmarkBodies(b *testing.B) {
	two := &DecodeOptions{Select: []Name{DAV("getetag"), DAV("resourcetype")}}
	for _, k := range bodies.Kinds {
		for _, n := range []struct {
			name string
			n    int
		}{{"1", 1}, {"100", 100}, {"10000", 10_000}} {
			body := benchBody{k.Name, k.Make(n.n), n.n}
			b.Run(k.Name+"/"+n.name+"/string", func(b *testing.B) { benchString(b, body, nil) })
			b.Run(k.Name+"/"+n.name+"/reader", func(b *testing.B) { benchReader(b, body) })
			b.Run(k.Name+"/"+n.name+"/select", func(b *testing.B) { benchString(b, body, two) })
			b.Run(k.Name+"/"+n.name+"/encodingxml", func(b *testing.B) { benchTokens(b, body) })
		}
	}
}

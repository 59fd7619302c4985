package davprop_test

import (
	"testing"

	"github.com/go-multistatus/multistatus"
	"github.com/go-multistatus/multistatus/davprop"
)

// benchGet reads one property of a file again and again.
func benchGet[T any](b *testing.B, key davprop.Key[T]) {
	r := found(b, file)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := key.Get(r); err != nil {
			b.Fatal(err)
		}
	}
}

// The five properties that servers send most.
func BenchmarkGet(b *testing.B) {
	b.Run("resourcetype", func(b *testing.B) { benchGet(b, davprop.ResourceType) })
	b.Run("getetag", func(b *testing.B) { benchGet(b, davprop.GetETag) })
	b.Run("getlastmodified", func(b *testing.B) { benchGet(b, davprop.GetLastModified) })
	b.Run("getcontentlength", func(b *testing.B) { benchGet(b, davprop.GetContentLength) })
	b.Run("getcontenttype", func(b *testing.B) { benchGet(b, davprop.GetContentType) })
}

// BenchmarkGetAll reads nine properties of a file, and of a collection that needs forgiveness.
func BenchmarkGetAll(b *testing.B) {
	for _, c := range []struct{ name, props string }{{"right", file}, {"forgiven", folder}} {
		b.Run(c.name, func(b *testing.B) {
			r := found(b, c.props)
			b.ReportAllocs()
			for b.Loop() {
				get(b, r)
			}
		})
	}
}

// BenchmarkWrite writes 22 properties of a resource.
func BenchmarkWrite(b *testing.B) {
	e := multistatus.NewEncoder(new(sink), nil)
	b.ReportAllocs()
	for b.Loop() {
		write(e)
	}
	if err := e.Close(); err != nil {
		b.Fatal(err)
	}
}

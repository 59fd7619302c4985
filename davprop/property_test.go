package davprop_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/go-multistatus/multistatus"
	"github.com/go-multistatus/multistatus/davprop"
)

// What Write refuses is no Property, and neither is what it does not write.
func TestPropertyErrors(t *testing.T) {
	refused := errors.New("refused")
	name := multistatus.DAV("x")
	for what, c := range map[string]struct {
		name  multistatus.Name
		write func(*multistatus.Encoder, multistatus.Name, int) error
		want  error
	}{
		"an error": {name, func(*multistatus.Encoder, multistatus.Name, int) error { return refused }, refused},
		"an error that is lost": {name, func(e *multistatus.Encoder, _ multistatus.Name, _ int) error {
			e.PropText(multistatus.Name{}, "")
			return nil
		}, multistatus.ErrName},
		"no property": {name, func(*multistatus.Encoder, multistatus.Name, int) error { return nil }, davprop.ErrNoProperty},
		"another property": {name, func(e *multistatus.Encoder, _ multistatus.Name, v int) error {
			return e.PropInt(multistatus.DAV("y"), int64(v))
		}, davprop.ErrNoProperty},
		"no response": {name, func(e *multistatus.Encoder, _ multistatus.Name, _ int) error {
			e.DropResponse()
			return nil
		}, davprop.ErrNoProperty},
		"a bad name": {multistatus.DAV("a:b"), func(e *multistatus.Encoder, n multistatus.Name, v int) error { return e.PropInt(n, int64(v)) }, multistatus.ErrName},
	} {
		key := davprop.New(c.name, func(multistatus.Value) (int, error) { return 0, nil }, c.write)
		if p, err := key.Property(1); !errors.Is(err, c.want) || p.Name != (multistatus.Name{}) {
			t.Errorf("%s: Property = %+v, %v, want %v", what, p, err, c.want)
		}
	}
}

// No limit of the Decoder is one of what is written.
func TestPropertyLong(t *testing.T) {
	long := strings.Repeat("ä", 9<<20)
	p, err := davprop.DisplayName.Property(long)
	if text, _ := p.Value.Text(); text != long || err != nil {
		t.Errorf("Property of %d bytes has %d, %v", len(long), len(text), err)
	}
}

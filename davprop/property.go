package davprop

import (
	"bytes"

	"github.com/go-multistatus/multistatus"
)

// unlimited does not bound what was written by the caller himself.
var unlimited = multistatus.DecodeOptions{
	MaxBytes: -1, MaxResponseBytes: -1, MaxValueBytes: -1, MaxNameBytes: -1, MaxDepth: -1, MaxAttrs: -1, MaxNamespaces: -1,
}

// Property returns the property with the value v, as it is decoded from what [Key.Write] writes. It is for where there is no
// Encoder: a property that is stored, the answer to a LOCK, a test. For a 207 body Write is the way: this encodes and decodes.
//
// The errors are those of Write, and [ErrNoProperty] if that writes no property of the name of k.
func (k Key[T]) Property(v T) (multistatus.Property, error) {
	var body bytes.Buffer
	e := multistatus.NewEncoder(&body, nil)
	e.StartPath("/")
	e.Propstat(200)
	if err := k.Write(e, v); err != nil {
		return multistatus.Property{}, err
	}
	if err := e.Close(); err != nil {
		return multistatus.Property{}, err
	}
	m, err := multistatus.Parse(body.Bytes(), &unlimited)
	if err != nil {
		return multistatus.Property{}, err
	}
	for i := range m.Responses { // none if Write has dropped it
		if p, _ := m.Responses[i].Prop(k.name); p != nil {
			return *p, nil
		}
	}
	return multistatus.Property{}, ErrNoProperty
}

package davprop

import (
	"strings"
	"testing"

	"github.com/go-multistatus/multistatus"
)

// Rewritten encodes a response with what write writes, and decodes it.
func Rewritten(t testing.TB, write func(*multistatus.Encoder) error) *multistatus.Response {
	t.Helper()
	var body strings.Builder
	e := multistatus.NewEncoder(&body, nil)
	e.StartPath("/a")
	e.Propstat(200)
	if err := write(e); err != nil {
		t.Fatalf("Write gives the error %v", err)
	}
	if err := e.Close(); err != nil {
		t.Fatalf("Close gives the error %v", err)
	}
	m, err := multistatus.Parse([]byte(body.String()), &multistatus.DecodeOptions{Reject: multistatus.AllQuirks()})
	if err != nil {
		t.Fatalf("%s cannot be read: %v", body.String(), err)
	}
	return &m.Responses[0]
}

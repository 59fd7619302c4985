package main

import (
	"io"
	"strings"
	"testing"
)

const scanned = `{"config":{}}{"SBOM":{"roots":["m"]}}`

// What is called in a required module fails; what is called in the standard library, or only required, does not.
func TestReport(t *testing.T) {
	for _, c := range []struct {
		name, in string
		failed   bool
		want     string
	}{
		{"nothing", ``, false, "nothing"},
		{"required only", `{"finding":{"osv":"GO-1","trace":[{"module":"x","version":"v1"}]}}`, false, "nothing"},
		{"imported only", `{"finding":{"osv":"GO-1","trace":[{"module":"x","package":"x/p"}]}}`, false, "nothing"},
		{"called", `{"finding":{"osv":"GO-1","fixed_version":"v2","trace":[{"module":"x","version":"v1","package":"x/p","function":"F"},{"module":"m","package":"m","function":"G"}]}}`,
			true, "VULNERABLE: GO-1 in x@v1, by way of x/p.F; mended in v2"},
		{"called in the standard library", `{"finding":{"osv":"GO-1","fixed_version":"v2","trace":[{"module":"stdlib","version":"v1","package":"p","function":"F"}]}}`,
			false, "this Go is vulnerable: GO-1"},
	} {
		findings, err := parse(strings.NewReader(scanned + c.in))
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
		var out strings.Builder
		if got := report(&out, findings); got != c.failed || !strings.Contains(out.String(), c.want) {
			t.Errorf("%s: report = %v, %q, want %v, %q", c.name, got, out.String(), c.failed, c.want)
		}
	}
}

// A scan of nothing is no scan.
func TestParse(t *testing.T) {
	for _, in := range []string{"", `{"config":{}}`, `{"SBOM":{"roots":[]}}`, scanned + `{"finding":`} {
		if _, err := parse(io.Reader(strings.NewReader(in))); err == nil {
			t.Errorf("parse(%q) = nil, want an error", in)
		}
	}
}

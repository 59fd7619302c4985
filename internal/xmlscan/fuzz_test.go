package xmlscan

import (
	"strconv"
	"strings"
	"testing"
)

// FuzzScanner: how a document is cut into reads changes nothing.
// A document without faults and errors is accepted by encoding/xml where that is able to, with the same tokens.
// Content that was mended is well-formed, and means what the scanner told of it.
func FuzzScanner(f *testing.F) {
	for _, cases := range [][]scanCase{
		declCases, doctypeCases, endCases, instructionCases, commentCases, cdataCases, nameCases, tagCases, attributeCases,
		referenceCases, textCases, utf8Cases, asciiCases, namespaceCases, boundCases, positionCases,
	} {
		for _, c := range cases {
			if len(c.in) < maxBuf {
				f.Add(strings.ReplaceAll(c.in, "§", ""), uint16(0))
				f.Add(strings.ReplaceAll(c.in, "§", ""), uint16(len(c.in)/2))
			}
		}
	}
	for _, c := range contentCases {
		if len(c.in) < maxBuf {
			f.Add(contentHead+c.in+contentTail, uint16(0))
		}
	}
	f.Fuzz(func(t *testing.T, text string, bound uint16) {
		if strings.Contains(text, "§") || len(text) > 4*maxBuf {
			return
		}
		var edits []func(*Scanner, *Config)
		if bound > 0 {
			edits = append(edits, func(s *Scanner, _ *Config) { s.Bound = Bound{Limit: "MaxTest", End: int64(bound)} })
		}
		whole := traceString(text, edits...)
		if whole.bad != "" {
			t.Errorf("%s of %q", whole.bad, text)
		}
		checkCuts(t, text, whole, edits...)
		checkStd(t, text)
		checkMended(t, text)
	})
}

// checkStd holds a document that the scanner accepts without complaint against encoding/xml.
func checkStd(t *testing.T, text string) {
	got, ok := ourTokens(text)
	if !ok {
		return
	}
	want, err := stdTokens([]byte(text))
	if err != nil {
		if !stdCannot(text) {
			t.Errorf("encoding/xml of %q: %v", text, err)
		}
		return
	}
	if !strings.Contains(text, "xmlns") || !strings.ContainsAny(text, "\t\r\n") { // it does not normalise attributes
		compare(t, strconv.Quote(text), got, want)
	}
}

// stdCannot reports whether encoding/xml may refuse a document that is well-formed: it knows the names of the fourth edition,
// version 1.0 and UTF-8.
func stdCannot(text string) bool {
	for _, r := range text {
		if r >= 0x80 {
			return true
		}
	}
	return strings.Contains(text, "<?xml")
}

// checkMended reads the root's content as a value, and holds what it was mended to against the scanner, which forgives
// nothing now, and encoding/xml.
func checkMended(t *testing.T, text string) {
	tr, cfg := newTracer(text, nil)
	var unbound []string
	cfg.Host.(*hooks).prefix = func(prefix string, _ int64, _ bool) (string, error) {
		unbound = append(unbound, prefix)
		return "?" + prefix, nil
	}
	tr.ResetString(text, cfg)
	if tr.Next() != Start {
		return
	}
	scope := tr.Scope
	c, ok := tr.Content()
	if !ok {
		return
	}
	for _, prefix := range unbound { // the caller binds them
		scope = scope.Bind(prefix, "?"+prefix)
	}
	mended := "<x" + declarations(scope) + ">" + c.Raw + "</x>"
	if c.Plain && strings.ContainsAny(c.Raw, "<&\r") {
		t.Errorf("Content of %q = %q is not plain", text, c.Raw)
	}
	if err := strictly(mended); err != nil && !isLimit(err) && !stdCannot(mended) {
		t.Errorf("%q was mended to %q: %v", text, mended, err)
	}
	if err := strictScan(mended); err != nil && !isLimit(err) { // mending makes things longer
		t.Errorf("%q was mended to %q: %v", text, mended, err)
	}
}

func isLimit(err error) bool {
	e, ok := err.(*Error)
	return ok && e.Err == nil
}

// escaped escapes the value of an attribute.
var escaped = strings.NewReplacer("&", "&amp;", "<", "&lt;", `"`, "&quot;", "\t", "&#9;", "\n", "&#10;", "\r", "&#13;")

// declarations writes down what a scope binds.
func declarations(scope *Scope) (markup string) {
	for d := scope; d != nil; d = d.Parent {
		switch {
		case scope.Lookup(d.Prefix) != d, d.URI == "", d.URI == XMLNamespace: // hidden, or left out in mending
		case d.Prefix == "":
			markup += ` xmlns="` + escaped.Replace(d.URI) + `"`
		default:
			markup += " xmlns:" + d.Prefix + `="` + escaped.Replace(d.URI) + `"`
		}
	}
	return markup
}

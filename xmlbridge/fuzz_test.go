package xmlbridge_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/go-multistatus/multistatus"
	"github.com/go-multistatus/multistatus/internal/xmlscan"
	"github.com/go-multistatus/multistatus/xmlbridge"
)

// seedDocuments adds bodies of the corpus that are not too long, and documents of the tables.
func seedDocuments(f *testing.F) {
	const most = 4 << 10
	for _, file := range bodies(f) {
		if body := load(f, file); len(body) < most && !strings.Contains(file, "captured") {
			f.Add(body)
		}
	}
	for _, c := range values {
		f.Add([]byte(`<D:multistatus xmlns:D="DAV:" ` + c.root + `>` + c.prop + `</D:multistatus>`))
	}
	f.Add([]byte(`<x:a xmlns:x="D" xmlns:D="DAV:"><D:c xmlns:D="x"/><x:d xmlns:x="e"><e:f xmlns:e="x" e:g="&lt;"/></x:d></x:a>`))
}

// reservedSpace finds namespaces that encoding/xml's tokens do not tell from its own prefixes.
var reservedSpace = regexp.MustCompile(`=\s*["'](?:xml|xmlns)["']`)

// flat writes down tokens so that what differs in meaning differs in writing: text in one piece, without comments,
// instructions and declarations.
func flat(r xml.TokenReader) (text string, err error) {
	var b strings.Builder
	for {
		token, err := r.Token()
		switch token := token.(type) {
		case nil:
			if err == io.EOF {
				err = nil
			}
			return b.String(), err
		case xml.StartElement:
			fmt.Fprintf(&b, "<%q%q>", flatName(token.Name), flatAttrs(token.Attr))
		case xml.EndElement:
			fmt.Fprintf(&b, "</%q>", flatName(token.Name))
		case xml.CharData:
			b.Write(bytes.ReplaceAll(token, []byte("<"), []byte("&lt;")))
		}
	}
}

func flatName(n xml.Name) string { return oneLine.Replace(n.Space) + "}" + n.Local }

var oneLine = strings.NewReplacer("\t", " ", "\n", " ", "\r", " ")

func flatAttrs(attrs []xml.Attr) (flat []string) {
	for _, a := range attrs {
		if a.Name.Space != "xmlns" && a.Name != (xml.Name{Local: "xmlns"}) {
			flat = append(flat, flatName(a.Name)+"="+oneLine.Replace(a.Value))
		}
	}
	slices.Sort(flat)
	return flat
}

// The tokens of a property are those that encoding/xml reads in its text, and a decoder that works on them gives the same.
func FuzzTokenReader(f *testing.F) {
	seedDocuments(f)
	f.Fuzz(func(t *testing.T, body []byte) {
		p, err := multistatus.ParseElement(body, nil)
		if err != nil {
			return
		}
		text := p.AppendXML(nil)
		got, err := flat(xmlbridge.NewTokenReader(&p))
		if err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		twice, err := flat(xml.NewTokenDecoder(xmlbridge.NewTokenReader(&p)))
		if err != nil || got != twice {
			t.Fatalf("%q: a decoder gives %q, %v, want %q", text, twice, err, got)
		}
		// A name with a second colon is written in another way, and encoding/xml knows the fourth edition's names only.
		want, err := flat(xml.NewDecoder(bytes.NewReader(text)))
		if err == nil && xmlscan.IsNCName(p.Name.Local) && !reservedSpace.Match(text) && got != want {
			t.Fatalf("%q has the tokens %q, want %q", text, got, want)
		}
	})
}

// odd has a field of each kind, with names in several namespaces.
type odd struct {
	Lang  string   `xml:"http://www.w3.org/XML/1998/namespace lang,attr,omitempty"`
	Plain string   `xml:"plain,attr"`
	Space string   `xml:"urn:odd spaced,attr"`
	Text  string   `xml:",chardata"`
	Kids  []oddKid `xml:"DAV: kid"`
	Path  string   `xml:"nowhere>in"` // below an element in the namespace of the property
}

type oddKid struct {
	Attr  string `xml:"DAV: attr,attr"`
	Bytes []byte `xml:"urn:odd bytes"`
	Same  string `xml:"DAV: same"`
}

// carriable reports whether XML can carry s.
func carriable(s string) bool {
	return utf8.ValidString(s) && strings.IndexFunc(s, func(r rune) bool { return !xmlscan.IsChar(r) }) < 0
}

// What is marshalled is unmarshalled as it was: by text, by tokens, and after it went through a body.
func FuzzMarshal(f *testing.F) {
	f.Add("urn:odd", "a", "de", "x", "<&>\"'", "]]>", 2)
	f.Add("DAV:", "a", "", "\n\t\r", "D:x xmlns:D='urn:odd'", "xmlns=\"DAV:\"", 0)
	f.Add("", "a-b", "en", " ", "\u2028\U0010FFFF", "&#x41;<!--", 1)
	f.Add("D", "a", "en", "ns1:", "urn:odd", "\r\n", 3)
	f.Fuzz(func(t *testing.T, space, local, lang, a, b, c string, kids int) {
		for _, s := range []string{space, lang, a, b, c} {
			if !carriable(s) {
				return
			}
		}
		x := odd{Lang: lang, Plain: a, Space: b, Text: c, Path: b}
		for range min(max(kids, 0), 3) {
			x.Kids = append(x.Kids, oddKid{a, []byte(c), b})
		}
		p, err := xmlbridge.Marshal(multistatus.Name{Space: space, Local: local}, x)
		if err != nil {
			checkRefusal(t, space, local, err)
			return
		}
		checkUnmarshal(t, &p, &x)
		m := multistatus.Multistatus{Responses: []multistatus.Response{{Href: "/", Propstats: []multistatus.Propstat{
			{Props: []multistatus.Property{p}, Status: multistatus.Status{Code: 200}},
		}}}}
		body, err := m.AppendXML(nil, nil)
		if err != nil {
			t.Fatal(err)
		}
		back, err := multistatus.Parse(body, &multistatus.DecodeOptions{Reject: multistatus.AllQuirks()})
		if err != nil {
			t.Fatalf("%q: %v", body, err)
		}
		checkUnmarshal(t, &back.Responses[0].Propstats[0].Props[0], &x)
	})
}

// checkRefusal expects a reason to refuse the name, or a limit.
func checkRefusal(t *testing.T, space, local string, err error) {
	t.Helper()
	var limit *multistatus.LimitError
	switch {
	case errors.As(err, &limit):
	case errors.Is(err, multistatus.ErrName) && !xmlscan.IsNCName(local):
	case errors.Is(err, multistatus.ErrReserved) && strings.HasPrefix(space, "http://www.w3.org/"):
	default:
		t.Fatalf("%q %q: %v", space, local, err)
	}
}

func checkUnmarshal(t *testing.T, p *multistatus.Property, want *odd) {
	t.Helper()
	var text, tokens odd
	if err := xmlbridge.Unmarshal(p, &text); err != nil && !strings.Contains(err.Error(), "invalid XML name") {
		t.Fatalf("%q: %v", p.AppendXML(nil), err)
	} else if diff := cmp.Diff(*want, text); err == nil && diff != "" {
		t.Fatalf("%q is read as another value: %s", p.AppendXML(nil), diff)
	}
	if err := byTokens(p, &tokens); err != nil {
		t.Fatalf("%q by tokens: %v", p.AppendXML(nil), err)
	}
	if diff := cmp.Diff(*want, tokens); diff != "" {
		t.Fatalf("%q is read by tokens as another value: %s", p.AppendXML(nil), diff)
	}
}

// unlike are the quirks of bodies that encoding/xml tells otherwise: those of prefixes that are not declared, which
// it may take for the names of namespaces that are, beside those that it does not tell of.
var unlike = unseen.With(multistatus.QuirkNsUndeclaredInProp, multistatus.QuirkNsUndeclaredStructural, multistatus.QuirkNsXmlRebound)

// A body without faults of XML is to encoding/xml what it is to Parse. No body makes it panic.
func FuzzMultistatus(f *testing.F) {
	seedDocuments(f)
	f.Fuzz(func(t *testing.T, body []byte) {
		got, err := decodeXML(body)
		want, wantErr := multistatus.Parse(body, nil)
		if err != nil || wantErr != nil || without(want.Quirks, unlike) != want.Quirks || spaceRef.Match(body) || reservedSpace.Match(body) {
			return
		}
		if diff := cmp.Diff(*want, got.Multistatus); diff != "" {
			t.Fatalf("%q is read in another way: %s", body, diff)
		}
	})
}

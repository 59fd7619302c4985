package xmlbridge_test

import (
	"encoding/xml"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/go-multistatus/multistatus"
	"github.com/go-multistatus/multistatus/xmlbridge"
)

// hrefs is a type as it stands in many programs: every tag with its namespace.
type hrefs struct {
	XMLName xml.Name `xml:"DAV: not-looked-at"`
	Hrefs   []string `xml:"DAV: href"`
	Kind    string   `xml:"urn:x kind,attr,omitempty"`
}

// rebound writes what encoding/xml would not: prefixes of its own.
type rebound struct{ markup string }

func (r rebound) MarshalXML(e *xml.Encoder, _ xml.StartElement) error {
	return e.Encode(struct {
		XMLName xml.Name
		Content string `xml:",innerxml"`
	}{xml.Name{Local: "other"}, r.markup})
}

type prefixedTags struct {
	NS    string `xml:"xmlns:D,attr"`
	Href  string `xml:"D:href"`
	Plain string `xml:"plain"`
}

type mentions struct {
	NS   string `xml:"xmlns:D,attr"`
	Text string `xml:",chardata"`
}

// What v is written as within a property {DAV:}a, or {urn:x}a where the case says so.
func TestMarshal(t *testing.T) {
	custom := multistatus.Name{Space: "urn:x", Local: "a"}
	for _, c := range []struct {
		name string
		as   multistatus.Name
		v    any
		want string
	}{
		{"text", multistatus.DAV("a"), "x\n\"<&\r\x01", "<D:a xmlns:D=\"DAV:\">x\n\"&lt;&amp;&#13;\uFFFD</D:a>"},
		{"nothing", multistatus.DAV("a"), "", `<D:a xmlns:D="DAV:"/>`},
		{"a number", custom, 17, `<ns1:a xmlns:ns1="urn:x">17</ns1:a>`},
		{"a text marshaler", custom, time.Unix(0, 0).UTC(), `<ns1:a xmlns:ns1="urn:x">1970-01-01T00:00:00Z</ns1:a>`},
		{"no namespace", multistatus.Name{Local: "a"}, hrefs{Hrefs: []string{"/"}}, `<a xmlns:D="DAV:"><D:href>/</D:href></a>`},
		{"one declaration", custom, hrefs{Hrefs: []string{"/1", "/2"}}, `<ns1:a xmlns:ns1="urn:x" xmlns:D="DAV:"><D:href>/1</D:href><D:href>/2</D:href></ns1:a>`},
		{"a pointer", multistatus.DAV("a"), &hrefs{Hrefs: []string{"/"}}, `<D:a xmlns:D="DAV:"><D:href>/</D:href></D:a>`},
		{"an attribute in a namespace", multistatus.DAV("a"), hrefs{Kind: "k"}, `<D:a xmlns:D="DAV:" xmlns:_="urn:x" _:kind="k"/>`},
		{"a language", multistatus.DAV("a"), struct {
			Lang string `xml:"xml:lang,attr"`
			Text string `xml:",chardata"`
		}{"de", "x"}, `<D:a xmlns:D="DAV:" xml:lang="de">x</D:a>`},
		{"a tag without namespace", custom, struct {
			B string `xml:"b"`
			C string `xml:"DAV: c"`
			D struct {
				E string `xml:"e"`
			} `xml:"DAV: d"`
		}{}, `<ns1:a xmlns:ns1="urn:x" xmlns:D="DAV:"><ns1:b/><D:c/><D:d><D:e/></D:d></ns1:a>`},
		{"a path", custom, struct {
			B string `xml:"DAV: b>c"`
		}{"x"}, `<ns1:a xmlns:ns1="urn:x" xmlns:D="DAV:"><ns1:b><D:c>x</D:c></ns1:b></ns1:a>`},
		{"a comment", multistatus.DAV("a"), struct {
			C string `xml:",comment"`
			T string `xml:",cdata"`
		}{" c ", "<"}, `<D:a xmlns:D="DAV:"><!-- c --><![CDATA[<]]></D:a>`},
		{"prefixes in tags", custom, prefixedTags{"DAV:", "/", "x"}, `<ns1:a xmlns:ns1="urn:x" xmlns:D="DAV:"><D:href>/</D:href><ns1:plain>x</ns1:plain></ns1:a>`},
		{"a prefix in text", multistatus.DAV("a"), mentions{"urn:y", "D:x"}, `<ns1:a xmlns:ns1="DAV:" xmlns:D="urn:y">D:x</ns1:a>`},
		{"a usual prefix for another namespace", custom, rebound{`<b xmlns="DAV:"><D:c xmlns:D="urn:y"/><d/></b>`},
			`<ns2:a xmlns:ns2="urn:x" xmlns:ns1="DAV:"><ns1:b><D:c xmlns:D="urn:y"/><ns1:d/></ns1:b></ns2:a>`},
		{"namespaces hidden again", multistatus.Name{Local: "a"}, rebound{`<b xmlns="DAV:"><c xmlns=""/><d  e = '"' f="&lt;" /></b>&#x41;`},
			`<a xmlns:D="DAV:"><D:b><c/><D:d e = '"' f="&lt;"/></D:b>A</a>`},
		{"what is called something else", multistatus.DAV("a"), rebound{"x"}, `<D:a xmlns:D="DAV:">x</D:a>`},
	} {
		p, err := xmlbridge.Marshal(c.as, c.v)
		if diff := cmp.Diff(c.want, string(p.AppendXML(nil))); diff != "" || err != nil {
			t.Errorf("%s: %v, %s", c.name, err, diff)
		}
		if p.Name != c.as {
			t.Errorf("%s: the name is %v, want %v", c.name, p.Name, c.as)
		}
	}
}

type looping struct{}

func (looping) MarshalXML(*xml.Encoder, xml.StartElement) error { return errLooping }

var errLooping = errors.New("looping")

func TestMarshalErrors(t *testing.T) {
	for _, c := range []struct {
		name string
		as   multistatus.Name
		v    any
		want error
	}{
		{"a bad name", multistatus.DAV(`a b="c"`), "", multistatus.ErrName},
		{"a name with a prefix", multistatus.DAV("D:a"), "", multistatus.ErrName},
		{"no name", multistatus.DAV(""), "", multistatus.ErrName},
		{"several elements", multistatus.DAV("a"), []string{"x", "y"}, multistatus.ErrTrailing},
		{"a prefix without declaration", multistatus.DAV("a"), struct {
			Href string `xml:"D:href"`
		}{}, multistatus.QuirkNsUndeclaredInProp},
		{"bad markup", multistatus.DAV("a"), rebound{"<b>"}, multistatus.ErrMismatch},
		{"markup behind the element", multistatus.DAV("a"), rebound{"</other><other>"}, multistatus.ErrTrailing},
		{"a raw ampersand", multistatus.DAV("a"), rebound{"&"}, multistatus.QuirkAmpRaw},
		{"an attribute twice", multistatus.DAV("a"), struct {
			NS string `xml:"xmlns,attr"`
		}{"DAV:"}, multistatus.ErrAttribute},
		{"a reserved namespace", multistatus.Name{Space: xmlNamespace, Local: "a"}, "", multistatus.ErrReserved},
		{"one's own", multistatus.DAV("a"), looping{}, errLooping},
	} {
		p, err := xmlbridge.Marshal(c.as, c.v)
		if !errors.Is(err, c.want) || p.Name != (multistatus.Name{}) || !p.Value.IsZero() {
			t.Errorf("%s: %+v, %v, want %v", c.name, p, err, c.want)
		}
		if err != nil && !strings.HasPrefix(err.Error(), "xmlbridge: cannot marshal ") {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	for _, v := range []any{nil, (*hrefs)(nil), []string{}} {
		if p, err := xmlbridge.Marshal(multistatus.DAV("a"), v); err == nil {
			t.Errorf("Marshal(%#v) = %+v", v, p)
		}
	}
	if _, err := xmlbridge.Marshal(multistatus.DAV("a"), make(chan int)); !isType[*xml.UnsupportedTypeError](err) {
		t.Errorf("a channel: %v", err)
	}
}

// What was marshalled needs no declaration where the root of the body has them, and so is short.
func TestMarshalCompact(t *testing.T) {
	p, err := xmlbridge.Marshal(multistatus.DAV("owner"), hrefs{Hrefs: []string{"/"}})
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	e := multistatus.NewEncoder(&b, nil)
	e.StartResponse("/")
	e.Propstat(200)
	e.Prop(&p)
	if err := e.Close(); err != nil || !strings.Contains(b.String(), "<D:owner><D:href>/</D:href></D:owner>") {
		t.Errorf("the body is %s, %v", b.String(), err)
	}
}

// However many default namespaces there are: what Marshal makes can be read again, or is an error.
func TestMarshalManyNamespaces(t *testing.T) {
	marshal := func(n int) (multistatus.Property, error) {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, `<a xmlns="urn:%d"/>`, i)
		}
		return xmlbridge.Marshal(multistatus.DAV("x"), struct {
			Inner string `xml:",innerxml"`
		}{b.String()})
	}
	p, err := marshal(1000)
	if err != nil {
		t.Fatal(err)
	}
	i := 0
	q, err := multistatus.ParseElement(p.AppendXML(nil), &multistatus.DecodeOptions{Reject: multistatus.AllQuirks()})
	for n := range q.Value.Elements() {
		if want := (multistatus.Name{Space: fmt.Sprintf("urn:%d", i), Local: "a"}); n != want {
			t.Fatalf("element %d is %v, want %v", i, n, want)
		}
		i++
	}
	if i != 1000 || err != nil {
		t.Errorf("%d elements, %v, want 1000", i, err)
	}
	var limit *multistatus.LimitError
	if _, err := marshal(20_000); !errors.As(err, &limit) || limit.Limit != "MaxNamespaces" || !isType[*multistatus.DecodeError](err) {
		t.Errorf("20 000 namespaces: %v, want MaxNamespaces in a DecodeError", err)
	}
}

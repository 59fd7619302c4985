package main

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestParseCatalogue(t *testing.T) {
	cases, files, err := parseCatalogue(strings.NewReader(`<!DOCTYPE s [<!ENTITY e SYSTEM "e">]><s><TESTCASES xml:base="a/"><TESTCASES xml:base="b/">` +
		`<TEST ID="1" TYPE="valid" URI="1.xml">text</TEST></TESTCASES>` +
		`<TEST ID="2" TYPE="not-wf" URI="c/2.xml" EDITION="5" NAMESPACE="no"/></TESTCASES><TEST URI="3.xml" NAMESPACE="yes"/></s>`))
	if err != nil {
		t.Fatal(err)
	}
	want := []testCase{{id: "1", kind: "valid", namespace: true}, {id: "2", kind: "not-wf", editions: "5"}, {namespace: true}}
	if diff := cmp.Diff(want, cases, cmp.AllowUnexported(testCase{})); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"a/b/1.xml", "a/c/2.xml", "3.xml"}, files); diff != "" {
		t.Error(diff)
	}
	if _, _, err := parseCatalogue(strings.NewReader(`<s><TEST/>`)); err == nil {
		t.Error("a catalogue that is cut off is read without an error")
	}
}

// What is cut is all of the document, and the root element is in the middle.
func TestSplit(t *testing.T) {
	for _, c := range []struct{ prolog, root, epilog string }{
		{"", "<a/>", ""},
		{"<?xml version='1.0'?>\n<!-- <b> --><?p <b>?>", "<a>x<a></a><b/></a>", "\n<!-- <c/> -->"},
		{"", "<a b='>' c=\"/>\"><![CDATA[</a>]]><!--</a>--><?p </a>?></a >", "<a/>"},
		{"", "<a", ""},
		{"", "<a><b></a>", ""},
		{"", "<a><!-- </a>", ""},
		{"text", "<a></a>", "text"},
		{"<!--", "<a></a>", ""},
		{`<!DOCTYPE a [<!ENTITY e "<a/>"><!-- ' <a> --><?p "<a>?> <!ATTLIST a b CDATA "]>">]>`, "<a/>", " "},
		{`<!DOCTYPE a SYSTEM "]>" >`, "<a/>", ""},
	} {
		prolog, root, epilog, ok := split(c.prolog + c.root + c.epilog)
		if diff := cmp.Diff([]string{c.prolog, c.root, c.epilog}, []string{prolog, root, epilog}); diff != "" || !ok {
			t.Errorf("split(%q), ok = %v: %s", c.prolog+c.root+c.epilog, ok, diff)
		}
	}
	for _, doc := range []string{"", " ", "text", "</a>", "<!-- <a/> -->", "<"} {
		if prolog, root, epilog, ok := split(doc); ok {
			t.Errorf("split(%q) = %q, %q, %q, want no root", doc, prolog, root, epilog)
		}
	}
}

func TestEmbed(t *testing.T) {
	const doc = "<?xml version='1.0'?><!--c--><a>é</a>\n"
	frame, _ := framed(doc)
	if want := "<?xml version='1.0'?><!--c-->" + rootStart + "<a>é</a>" + rootEnd + "\n"; frame != want {
		t.Errorf("framed(%q) = %q, want %q", doc, frame, want)
	}
	prop, _ := value(doc)
	if want := rootStart + "<D:x><a>é</a></D:x>" + rootEnd; prop != want {
		t.Errorf("value(%q) = %q, want %q", doc, prop, want)
	}
	if body, ok := value("<?xml version='1.0' encoding='iso-8859-1'?><a>\xe9</a>"); ok {
		t.Errorf("value of a document in ISO-8859-1 = %q, want none", body)
	}
	for _, bom := range []string{"\xfe\xff", "\xff\xfe"} {
		wide := encodedLike(bom, doc)
		if got := toUTF8(wide); got != doc || len(wide) != 2*len([]rune(doc))+2 {
			t.Errorf("toUTF8(%q) = %q, want %q", wide, got, doc)
		}
		if got, _ := framed(wide); toUTF8(got) != frame {
			t.Errorf("framed in UTF-16 = %q, want %q", toUTF8(got), frame)
		}
	}
}

func TestWithoutDoctype(t *testing.T) {
	for _, c := range []struct{ doc, want string }{
		{"<?xml version='1.0'?><!--c--><!DOCTYPE a [<!ENTITY e 'x'>]><a>&amp;&#1;</a> ", "<?xml version='1.0'?><a>&amp;&#1;</a> "},
		{"<!DOCTYPE a><a/>", "<a/>"},
		{"<!DOCTYPE a [<!ENTITY e 'x'>]><a>&e;</a>", ""},
		{"<!DOCTYPE a [<!ATTLIST a xmlns:p CDATA 'u'>]><p:a/>", ""},
	} {
		got, ok := withoutDoctype(c.doc)
		if got != c.want || ok != (c.want != "") {
			t.Errorf("withoutDoctype(%q) = %q, %v, want %q", c.doc, got, ok, c.want)
		}
	}
}

// Verdicts are those of the catalogue, and a wrong one is told.
func TestJudge(t *testing.T) {
	for _, c := range []struct {
		name, kind, editions, body string
		group                      group
		want                       string
	}{
		{"well-formed", "valid", "", "<a/>", wellFormed, ""},
		{"malformed", "not-wf", "", "<a>", malformed, ""},
		{"malformed behind the root", "not-wf", "", "<a/><b/>", malformed, ""},
		{"DOCTYPE", "valid", "", "<!DOCTYPE a><a/>", withDoctype, ""},
		{"DOCTYPE in a comment", "valid", "", "<!-- <!DOCTYPE a> --><a/>", wellFormed, ""},
		{"version 1.1", "valid", "", "<?xml version='1.1'?><a/>", ofXML11, ""},
		{"fourth edition", "not-wf", "1 2 3 4", "<a/>", oldEdition, ""},
		{"fifth edition", "valid", "5", "<a/>", wellFormed, ""},
		{"error", "error", "", "<a/>", undecided, ""},
		{"forgiven", "not-wf", "", "<a>& b</a>", malformed, ""},
		{"accepted, but malformed", "not-wf", "", "<a/>", malformed, "strict accepts it"},
		{"refused, but well-formed", "valid", "", "<a>", wellFormed, "strict refuses it"},
	} {
		tc := testCase{id: c.name, kind: c.kind, editions: c.editions, namespace: true, body: c.body}
		if got := tc.group(); got != c.group {
			t.Errorf("%s: %q is %s, want %s", c.name, c.body, groupNames[got], groupNames[c.group])
		}
		var got tally
		got.add(&tc)
		if all := strings.Join(got.wrong, "\n"); (all == "") != (c.want == "") || !strings.Contains(all, c.want) {
			t.Errorf("%s: wrong about %q: %q, want %q", c.name, c.body, all, c.want)
		}
	}
}

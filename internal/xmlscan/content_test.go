package xmlscan

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
)

// contentCases are contents, and what they are mended to; raw is "=" where they stay as they are.
var contentCases = []struct {
	name, in, raw string
	plain         bool
}{
	{"nothing", "", "=", true},
	{"text", "b c", "=", true},
	{"white space", " \n\t", "=", true},
	{"]]", "]] >", "=", true},
	{"beyond ASCII", "é\u0085😀", "=", true},
	{"reference", "&lt;", "=", false},
	{"line end", "b\r\nc", "=", false},
	{"CDATA", "<![CDATA[b]]>", "=", false},
	{"comment", "<!--b-->", "=", false},
	{"instruction", "<?b c?>", "=", false},
	{"element", "<b/>", "=", false},
	{"elements", " <b c = \"d\" ><e/></b > <p:b/>", "=", false},
	{"element of the same name", "<a></a><a/>", "=", false},
	{"bare &", "b & c", "b &amp; c", false},
	{"bare & first and last", "&b&", "&amp;b&amp;", false},
	{"& in CDATA", "<![CDATA[&]]>", "=", false},
	{"& in a comment", "<!--&--><?b &?>", "=", false},
	{"undeclared entity", "b&nbsp;c", "b&amp;nbsp;c", false},
	{"entity with an invalid name", "&\xff;", "&amp;\ufffd;", false},
	{"illegal reference", "&#0;b&#xD800;", "\ufffdb\ufffd", false},
	{"control", "b\x00c", "b\ufffdc", true},
	{"no character", "\ufffe", "\ufffd", true},
	{"invalid UTF-8", "\xffb\xed\xa0\x80", "\ufffdb\ufffd", true},
	{"faults in CDATA", "<![CDATA[<\x01]]>", "<![CDATA[<\ufffd]]>", false},
	{"faults in a comment", "b<!--\xff\x00-->c", "b<!--\ufffd\ufffd-->c", false},
	{"faults in an instruction", "<?b \x1b?>", "<?b \ufffd?>", false},
	{"faults in a value", "<b c='&' d = \"'&nbsp;\x01\"/>", `<b c="&amp;" d="'&amp;nbsp;` + "\ufffd\"/>", false},
	{"fault in a value beside quotes", `<b c='"&'/>`, `<b c='"&amp;'/>`, false},
	{"second colon", "<p:b:c>d</p:b:c>", "<p:b_c>d</p:b_c>", false},
	{"second colon, empty-element tag", "<p:b:c />", "<p:b_c/>", false},
	{"second colon, end tag with space", "<p:b:c><p:d:/></p:b:c\n>", "<p:b_c><p:d_/></p:b_c>", false},
	{"second colon in an attribute", "<b p:c:d='1'>e</b>", `<b p:c_d="1">e</b>`, false},
	{"two colons in a row", "<p::b/>", "<p:_b/>", false},
	{"prefix undone", "<b xmlns:p=''>c</b>", `<b xmlns:p="?p">c</b>`, false},
	{"prefix undone and used", "<p:b xmlns:p='' p:c='1'>d</p:b>", `<p:b xmlns:p="?p" p:c="1">d</p:b>`, false},
	{"prefix undone and used inside", "<b xmlns:p=''><p:c/><d/></b>", `<b xmlns:p="?p"><p:c/><d/></b>`, false},
	{"prefix undone, default inside", "<p:b xmlns:p='' xmlns='v'><c/><d xmlns='w'><e f='1'/></d></p:b><g/>", `<p:b xmlns:p="?p" xmlns="v"><c/><d xmlns='w'><e f='1'/></d></p:b><g/>`, false},
	{"prefix undone, default on a prefixed element", "<p:b xmlns:p=''><r:c xmlns:r='v' xmlns='w'><d/></r:c></p:b>", `<p:b xmlns:p="?p"><r:c xmlns:r='v' xmlns='w'><d/></r:c></p:b>`, false},
	{"prefix undone, second colon", "<p:b:c xmlns:p=''/>", `<p:b_c xmlns:p="?p"/>`, false},
	{"prefix undone and bound again", "<b xmlns:p=''><p:c xmlns:p='v'/></b><p:d/>", `<b xmlns:p="?p"><p:c xmlns:p='v'/></b><p:d/>`, false},
	{"prefix undone, attribute that would declare", "<b xmlns:p='' p:xmlns='v'/>", `<b xmlns:p="?p" p:xmlns="v"/>`, false},
	{"other prefix of xml", "<b xmlns:q='" + XMLNamespace + "' q:lang='de' q:c:d='1'><q:e/></b>", `<b xml:lang="de" xml:c_d="1"><xml:e/></b>`, false},
	{"everything at once", "&<p:b:c d='&'>\x00</p:b:c><!--\xff--><![CDATA[\x01]]>&e;", "&amp;<p:b_c d=\"&amp;\">\ufffd</p:b_c><!--\ufffd--><![CDATA[\ufffd]]>&amp;e;", false},
	{"long", strings.Repeat("é<b c='1'>&lt;</b>", maxBuf/4), "=", false},
	{"long text", strings.Repeat("é\n ", maxBuf), "=", true},
	{"long, mended at both ends", "&" + strings.Repeat("é<b/>", maxBuf/4) + "&", "&amp;" + strings.Repeat("é<b/>", maxBuf/4) + "&amp;", false},
	{"long, mended everywhere", strings.Repeat("&<p:b:c/>", maxBuf/4), strings.Repeat("&amp;<p:b_c/>", maxBuf/4), false},
}

// Around content stands an element that binds a prefix and a default namespace.
const (
	contentHead = "<a xmlns='d' xmlns:p='u'>"
	contentTail = "</a>"
)

func TestContent(t *testing.T) {
	for _, c := range contentCases {
		t.Run(c.name, func(t *testing.T) {
			if c.raw == "=" {
				c.raw = c.in
			}
			for _, cut := range cuts {
				tr, cfg := newTracer(contentHead+c.in+contentTail, nil)
				tr.Reset(cut.reader(tr.text), cfg)
				checkContent(t, tr, c.raw, c.plain)
			}
			tr, cfg := newTracer(contentHead+c.in+contentTail, nil)
			tr.ResetString(tr.text, cfg)
			checkContent(t, tr, c.raw, c.plain)
			if err := strictly(contentHead + c.raw + contentTail); err != nil {
				t.Errorf("mended %q: %v", clip(c.raw), err)
			}
		})
	}
}

func checkContent(t *testing.T, tr *tracer, raw string, plain bool) {
	t.Helper()
	if tr.Next() != Start {
		t.Fatal(tr.Err)
	}
	c, ok := tr.Content()
	if !ok || c.Raw != raw || c.Plain != plain {
		t.Fatalf("Content of %q = %q, %v, %v, want %q, %v", clip(tr.text), clip(c.Raw), c.Plain, tr.Err, clip(raw), plain)
	}
	if got, want := tr.TokenOffset(), int64(len(tr.text)-len(contentTail)); got != want || len(tr.stack) != 0 {
		t.Errorf("Content of %q ends with a token at %d, want %d", clip(tr.text), got, want)
	}
	if k := tr.Next(); k != Finish {
		t.Errorf("behind Content of %q: %v, %v", clip(tr.text), k, tr.Err)
	}
}

// strictly returns what the scanner, forgiving nothing, or encoding/xml has against a document.
func strictly(text string) error {
	if err := strictScan(text); err != nil {
		return err
	}
	return stdError(text)
}

func strictScan(text string) error {
	cfg := testConfig(nil)
	cfg.Host.(*hooks).fault = func(f Fault, off int64, detail string) error {
		return fmt.Errorf("fault %s at %d", faultNames[f], off)
	}
	cfg.Host.(*hooks).prefix = func(prefix string, off int64, _ bool) (string, error) {
		return "", fmt.Errorf("prefix %s at %d", prefix, off)
	}
	var s Scanner
	s.ResetString(text, cfg)
	for {
		switch s.token() {
		case Failed:
			return s.Err
		case Finish:
			return nil
		}
	}
}

// stdError returns what encoding/xml has against a document, but for names that the 5th edition allows.
func stdError(text string) error {
	d := xml.NewDecoder(strings.NewReader(text))
	for {
		if _, err := d.Token(); err == io.EOF {
			return nil
		} else if err != nil {
			return err
		}
	}
}

// TestContentOfEmptyElement reads what <b/> holds, and what follows.
func TestContentOfEmptyElement(t *testing.T) {
	const in = "<a><b/>c<d x='&'></d><e /></a>"
	for _, cut := range cuts {
		tr, cfg := newTracer(in, nil)
		tr.Reset(cut.reader(in), cfg)
		tr.Next()
		for _, want := range []string{"b", "", "d", "e"} {
			switch k := tr.token(); {
			case want == "":
				if k != Text || tr.raw != "c" {
					t.Errorf("text = %q, %v", tr.raw, tr.Err)
				}
				continue
			case k != Start || tr.Top().Raw != want:
				t.Fatalf("%v, %v, want <%s>", k, tr.Err, want)
			}
			if c, ok := tr.Content(); !ok || c.Raw != "" || !c.Plain || tr.Closed().Raw != want {
				t.Errorf("Content of <%s> = %+v, %v", want, c, tr.Err)
			}
		}
		if tr.Next() != End || tr.Next() != Finish {
			t.Error(tr.Err)
		}
	}
}

// TestContentOfMendedElement reads the content of an element whose own name has to be mended.
func TestContentOfMendedElement(t *testing.T) {
	tr, cfg := newTracer("<a xmlns:p='u'><p:b:c>x<p:d:e/></p:b:c></a>", nil)
	tr.ResetString(tr.text, cfg)
	tr.Next()
	tr.Next()
	if c, ok := tr.Content(); !ok || c.Raw != "x<p:d_e/>" || tr.Next() != End {
		t.Errorf("Content = %+v, %v", c, tr.Err)
	}
}

// TestContentStops ends Content with the error that is in it. The scanner stays failed.
func TestContentStops(t *testing.T) {
	tr, cfg := newTracer("<a><b>]]></b></a>", nil)
	tr.ResetString(tr.text, cfg)
	tr.Next()
	if c, ok := tr.Content(); ok || c.Raw != "" || !errors.Is(tr.Err, ErrContent) {
		t.Errorf("Content = %+v, %v", c, tr.Err)
	}
	if k := tr.Next(); k != Failed || tr.Skip() {
		t.Errorf("Next after an error = %v", k)
	}
}

// leafCases are contents, and what Leaf reads of them at once.
var leafCases = []struct {
	name, in string
	ok       bool
}{
	{"nothing", "<a></a>", true},
	{"empty-element tag", "<a/>", true},
	{"text", "<a>bé]] \n</a>", true},
	{"reference", "<a>&lt;é&#x41;</a>", true},
	{"CR", "<a>\r</a>", true},
	{"bare &", "<a>&lt;& </a>", false},
	{"entity", "<a>&lt;&nbsp;</a>", false},
	{"reference to a control", "<a>&#1;</a>", false},
	{"reference cut by the end tag", "<a>&lt</a>", false},
	{"control", "<a>\x01</a>", false},
	{"invalid UTF-8", "<a>\xff</a>", false},
	{"C1", "<a>\u0080</a>", false},
	{"]]>", "<a>]]></a>", false},
	{"element", "<a>b<c/></a>", false},
	{"CDATA", "<a><![CDATA[]]></a>", false},
	{"space in the end tag", "<a></a ></a>", false},
	{"other end tag", "<a></b></a>", false},
	{"longer end tag", "<a></ab></a>", false},
	{"cut text", "<a>b", false},
	{"cut end tag", "<a>b</a", false},
	{"cut behind <", "<a>b<", false},
}

func TestLeaf(t *testing.T) {
	for _, c := range leafCases {
		t.Run(c.name, func(t *testing.T) {
			tr, cfg := newTracer(c.in, nil)
			tr.ResetString(c.in, cfg)
			tr.Next()
			before := tr.Offset()
			got, ok := tr.Leaf(100)
			if ok != c.ok || ok && got.Plain == strings.ContainsAny(c.in, "&\r") {
				t.Fatalf("Leaf of %q = %v, %v", c.in, got, ok)
			}
			if !ok {
				if tr.Offset() != before || len(tr.stack) != 1 {
					t.Errorf("Leaf of %q moved on", c.in)
				}
				return
			}
			want := strings.TrimSuffix(strings.TrimPrefix(strings.TrimSuffix(c.in, "/>"), "<a>"), "</a>")
			if got.Raw != strings.TrimPrefix(want, "<a") || len(tr.stack) != 0 || tr.Next() != Finish {
				t.Errorf("Leaf of %q = %v, then %v", c.in, got, tr.Err)
			}
		})
	}
}

// TestLeafLimits holds Leaf against its limit, the scanner's bound, and bodies labelled US-ASCII.
func TestLeafLimits(t *testing.T) {
	for _, c := range []struct {
		name string
		max  int64
		edit func(*Scanner, *Config)
		ok   bool
	}{
		{"at the limit", 4, func(*Scanner, *Config) {}, true},
		{"beyond the limit", 3, func(*Scanner, *Config) {}, false},
		{"at the bound", 9, func(s *Scanner, _ *Config) { s.Bound = Bound{End: 7} }, true},
		{"beyond the bound", 9, func(s *Scanner, _ *Config) { s.Bound = Bound{End: 6} }, false},
		{"beyond ASCII", 9, asASCII, false},
	} {
		tr, cfg := newTracer("<a>éé</a>", []func(*Scanner, *Config){c.edit})
		tr.ResetString(tr.text, cfg)
		c.edit(&tr.Scanner, &Config{})
		tr.Next()
		if _, ok := tr.Leaf(c.max); ok != c.ok {
			t.Errorf("%s: Leaf = %v, want %v", c.name, ok, c.ok)
		} else if ok && tr.TokenOffset() != 7 {
			t.Errorf("%s: end tag at %d, want 7", c.name, tr.TokenOffset())
		}
	}
}

// ownTextCases are contents, and the text that OwnText reads of them, without and with percent-encoding.
var ownTextCases = []struct{ name, in, want, percent string }{
	{"nothing", "", "", ""},
	{"text", " b ", " b ", " b "},
	{"reference", "b&amp;c", "b&c", "b&c"},
	{"reference alone", "&lt;", "<", "<"},
	{"line end", "b\r\n", "b\n", "b\n"},
	{"CDATA", "<![CDATA[<]]>", "<", "<"},
	{"pieces", "b<!-- c --><![CDATA[&]]>d<?e?>&gt;f", "b&d>f", "b&d>f"},
	{"reference, then text", "&lt;<!---->b<!---->c", "<bc", "<bc"},
	{"text, then empty CDATA", "b<![CDATA[]]>", "b", "b"},
	{"child", "b<c>d<![CDATA[e]]></c>f<g/>", "bf", "bf"},
	{"child of the same name", "<a>b</a>", "", ""},
	{"bare &", "b&c", "b&c", "b&c"},
	{"control", "\x00b\x1f", "\ufffdb\ufffd", "%00b%1F"},
	{"invalid UTF-8", "\xffb\xed\xa0\x80", "\ufffdb\ufffd", "%FFb%ED%A0%80"},
	{"no character", "\uffff", "\ufffd", "%EF%BF%BF"},
	{"illegal references", "&#1;&#xFFFE;&#xD800;&#x110000;", "\ufffd\ufffd\ufffd\ufffd", "%01%EF%BF%BE%EF%BF%BD%EF%BF%BD"},
	{"long", strings.Repeat("b&lt;", maxBuf), strings.Repeat("b<", maxBuf), strings.Repeat("b<", maxBuf)},
}

func TestOwnText(t *testing.T) {
	for _, c := range ownTextCases {
		t.Run(c.name, func(t *testing.T) {
			for _, cut := range cuts {
				tr, cfg := newTracer("<r><a>"+c.in+"</a><a>"+c.in+"</a>\x00</r>", nil)
				tr.Reset(cut.reader(tr.text), cfg)
				tr.Next()
				for _, want := range []string{c.want, c.percent} {
					tr.Next()
					if got, ok := tr.OwnText(tr.TokenOffset() > 3); !ok || got != want {
						t.Fatalf("OwnText of %q = %q, %v, want %q", clip(c.in), clip(got), tr.Err, clip(want))
					}
				}
				if tr.token() != Text || tr.raw != "\ufffd" || len(tr.stack) != 1 {
					t.Errorf("behind OwnText: %q, %v", tr.raw, tr.Err)
				}
			}
		})
	}
	tr, cfg := newTracer("<a>b</c>", nil)
	tr.ResetString(tr.text, cfg)
	tr.Next()
	if text, ok := tr.OwnText(false); ok || text != "" {
		t.Errorf("OwnText without end = %q", text)
	}
}

// TestSkip passes over elements.
func TestSkip(t *testing.T) {
	const in = "<a><b><b/>c<b>&amp;</b></b><d/><e><!-- </e> --></e>f</a>"
	for _, cut := range cuts {
		tr, cfg := newTracer(in, nil)
		tr.Reset(cut.reader(in), cfg)
		tr.Next()
		for _, want := range []string{"b", "d", "e"} {
			if k := tr.Next(); k != Start || tr.Top().Raw != want || !tr.Skip() || tr.Closed().Raw != want || len(tr.stack) != 1 {
				t.Fatalf("Skip of <%s>: %v, depth %d", want, tr.Err, len(tr.stack))
			}
		}
		if tr.token() != Text || tr.raw != "f" || !tr.Plain() || !tr.Skip() || tr.Next() != Finish {
			t.Errorf("behind Skip: %v", tr.Err)
		}
	}
}

// TestMemo reads elements that repeat themselves, and some that do not quite: each has what stands in it.
func TestMemo(t *testing.T) {
	in := "<r>" +
		"<a xmlns:p='u'><p:b>x<c/></p:b></a>" + "<a xmlns:p='u'><p:b>x<c/></p:b></a>" + // the same
		"<a xmlns:p='v'><p:b>x<c/></p:b></a>" + // another scope
		"<a xmlns:p='u'><p:b>x<c/>y</p:b></a>" + "<a xmlns:p='u'><p:b>x<c/></p:b ></a>" + // longer, another end
		"<a xmlns:p='u' ><d><p:b>x<c/></p:b></d></a>" + // deeper
		"<a xmlns:p='u'><p:b>x<c/>&</p:b></a>" + "<a xmlns:p='u'><p:b>x<c/>&</p:b></a>" + // a fault each time
		"<a xmlns:p='u'><p:b>x<c/></p:b></a>" + "</r>"
	want := "{u}x<c/> {u}x<c/> {v}x<c/> {u}x<c/>y {u}x<c/> {u}x<c/> {u}x<c/>&amp; {u}x<c/>&amp; {u}x<c/>"
	for _, cut := range cuts {
		var faults []string
		var s Scanner
		s.Reset(cut.reader(in), testConfig(&faults))
		var got []string
		for k := s.Next(); k != Finish; k = s.Next() {
			switch {
			case k == Failed:
				t.Fatal(s.Err)
			case k == Start && s.Top().Name.Local == "b":
				space := s.Top().Name.Space
				c, _ := s.Content()
				got = append(got, "{"+space+"}"+c.Raw)
			}
		}
		if got := strings.Join(got, " "); got != want || len(faults) != 2 {
			t.Errorf("%s: %s, %d faults, want %s and 2", cut.name, got, len(faults), want)
		}
	}
}

// TestMemoLimits reads a tag and a content again in a document with smaller limits.
func TestMemoLimits(t *testing.T) {
	in := "<r><a xmlns:p='u' xmlns:q='v'><b><c/></b></a><a xmlns:p='u' xmlns:q='v'><b><c/></b></a></r>"
	for _, edit := range []func(*Config){
		func(c *Config) { c.MaxDepth = 3 }, func(c *Config) { c.MaxNamespaces = 1 }, func(c *Config) { c.MaxTag = 20 },
	} {
		var s Scanner
		var faults []string
		cfg := testConfig(&faults)
		for range 2 {
			s.ResetString(in, cfg)
			k := s.Next()
			for k == Start || k == End {
				if k == Start && s.Top().Raw == "b" {
					s.Content()
				}
				k = s.Next()
			}
			edit(&cfg)
		}
		if s.Err == nil {
			t.Errorf("%q is read again beyond %+v", in, cfg)
		}
	}
}

func TestLeafTexts(t *testing.T) {
	for _, c := range []struct {
		in   string
		want []string
		ok   bool
	}{
		{"", nil, true},
		{"a", nil, true},
		{"<a>b</a><c/><d>e<f>g</f>h</d><i></i>", []string{"b", "g", ""}, true},
		{"<a b='>'>c</a>", []string{"c"}, true},
		{"<a>b</a><![CDATA[it's]]>", []string{"b"}, false},
		{"<!-- \" -->", nil, false},
		{"<?a ' ?>", nil, false},
		{"<a><![CDATA[b]]></a>", nil, false},
	} {
		var got []string
		ok := LeafTexts(c.in, func(from, to int) { got = append(got, c.in[from:to]) })
		if ok != c.ok || !slices.Equal(got, c.want) {
			t.Errorf("LeafTexts(%q) = %q, %v, want %q, %v", c.in, got, ok, c.want, c.ok)
		}
	}
}

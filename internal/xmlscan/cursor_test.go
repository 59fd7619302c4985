package xmlscan

import (
	"strconv"
	"strings"
	"testing"
)

// walk writes down all that a Cursor tells.
func walk(raw string, scope *Scope) string {
	var b strings.Builder
	c := NewCursor(raw, scope)
	for {
		switch c.Next() {
		case Start:
			n := c.Name()
			b.WriteString("<" + n.Space + "|" + n.Local)
			for name, value, rest, ok := CutAttr(c.Attrs()); ok; name, value, rest, ok = CutAttr(rest) {
				b.WriteString(" " + name + "=" + AttrValue(value))
			}
			b.WriteString(">")
		case End:
			b.WriteString("</" + strconv.Itoa(c.Depth()) + ">")
		case Text, CData:
			b.Write(c.AppendText(nil))
		case Finish:
			return b.String()
		}
	}
}

// NextAny tells of what Next passes over, and of everything else what Next does.
func TestCursorNextAny(t *testing.T) {
	c := NewCursor("a<!--b--><p><?c d?></p><!-- > --><![CDATA[e]]>", nil)
	for _, want := range []struct {
		kind Kind
		text string
	}{{Text, "a"}, {Comment, "b"}, {Start, ""}, {PI, "c d"}, {End, "p"}, {Comment, " > "}, {CData, "e"}, {Finish, ""}} {
		if got := c.NextAny(); got != want.kind || c.Text() != want.text {
			t.Errorf("NextAny() = %d with %q, want %d with %q", got, c.Text(), want.kind, want.text)
		}
	}
}

func TestCursor(t *testing.T) {
	var scope *Scope
	scope = scope.Bind("p", "u").Bind("", "d")
	for _, c := range []struct{ name, raw, want string }{
		{"empty", "", ""},
		{"text", "a&lt;\r\n&#x41;", "a<\nA"},
		{"element", "<p:a>b</p:a>c", "<u|a>b</0>c"},
		{"empty-element tag", "<a/><b />", "<d|a></0><d|b></0>"},
		{"attributes", "<a b=\"/>\" p:c = '\t\"' ></a >", `<d|a b=/> p:c= "></0>`},
		{"declarations", `<a xmlns="1" xmlns:p="2&amp;"><p:b xmlns:p='3'/><p:c/><d/></a><p:e/>`, "<1|a xmlns=1 xmlns:p=2&><3|b xmlns:p=3></1><2&|c></1><1|d></1></0><u|e></0>"},
		{"namespace undone", `<a xmlns=""><b/></a><c/>`, "<|a xmlns=><|b></1></0><d|c></0>"},
		{"comment", "a<!-- <b> -->c<!---->d", "acd"},
		{"CDATA section", "a<![CDATA[<b>&amp;\r]]]]><![CDATA[]]>", "a<b>&amp;\n]]"},
		{"instruction", "a<?b > <c> ?>d", "ad"},
		{"prefix of xml", "<xml:a/>", "<" + XMLNamespace + "|a></0>"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := walk(c.raw, scope); got != c.want {
				t.Errorf("tokens of %q = %s, want %s", c.raw, got, c.want)
			}
		})
	}
}

func TestCursorContent(t *testing.T) {
	c := NewCursor(`<a>1<a/><b xmlns="u">2</b></a><c/><d xmlns="w"></d><e/>`, nil)
	for _, want := range []string{`1<a/><b xmlns="u">2</b>`, "", "", ""} {
		if c.Next() != Start {
			t.Fatalf("no Start before %q", want)
		}
		if got := c.Content(); got != want || c.Depth() != 0 || c.Scope() != nil {
			t.Errorf("Content = %q at depth %d, want %q", got, c.Depth(), want)
		}
	}
}

func TestCursorAllocs(t *testing.T) {
	raw := `<a b="1">c&amp;d<!-- e --><f/><![CDATA[g]]></a>`
	if n := testing.AllocsPerRun(100, func() {
		c := NewCursor(raw, nil)
		for k := c.Next(); k != Finish; k = c.Next() {
			_ = c.Name()
		}
	}); n != 0 {
		t.Errorf("%v allocs, want 0", n)
	}
}

func TestLastNCName(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"", ""}, {"a", "a"}, {"b a", "a"}, {"b:a", "a"}, {"-1a-", "a-"}, {"12", ""}, {"…ä1", "ä1"}, {"&amp;a", "a"},
	} {
		if got := LastNCName(c.in); got != c.want {
			t.Errorf("LastNCName(%q) = %q, want %q", c.in, got, c.want)
		}
	}
}

func TestAppendNCName(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"", "_"}, {"a-1", "a-1"}, {"1", "_1"}, {":", "_"}, {"a:b", "a_b"}, {"\xFF\xFF", "__"}, {"<a", "_a"}, {"\u0300", "_\u0300"}, {"ä", "ä"},
	} {
		got := string(AppendNCName(nil, c.in))
		if got != c.want || !IsNCName(got) {
			t.Errorf("AppendNCName(%q) = %q, want %q", c.in, got, c.want)
		}
	}
}

// FuzzCursor: a Cursor comes to the end of whatever it gets, and its offsets lie in order.
// Of what the Scanner reads without a fault it tells the same names and text.
func FuzzCursor(f *testing.F) {
	for _, s := range []string{"", "<", "</", "<a", "<a b='", "<!", "<!-", "<![CDATA[", "<?", "<a/>", "<a xmlns='1'/></b>", "&", "<//>", "<a/", "x<p:a xmlns:p='u' q:r=''>&lt;</p:a>\r"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		c := NewCursor(raw, nil)
		for n := 0; c.Next() != Finish; n++ {
			if c.tok < 0 || c.tok > c.from || c.from > c.to || c.to > c.pos || c.pos > len(raw) || c.depth < 0 || n > 2*len(raw) {
				t.Fatalf("offsets %d %d %d %d in %q", c.tok, c.from, c.to, c.pos, raw)
			}
			c.RawName()
			c.Name()
			c.AppendText(nil)
			for c.kind != Start && c.CutText() != "" {
			}
		}
		for c = NewCursor(raw, nil); c.Next() != Finish; {
			c.Content()
		}
		if got, want, ok := walk(raw, nil), "", true; ok {
			if want, ok = scanned(raw); ok && got != want {
				t.Fatalf("tokens of %q = %q, want %q", raw, got, want)
			}
		}
	})
}

// scanned is walk by the Scanner. ok is false if there was anything to complain of.
func scanned(raw string) (text string, ok bool) {
	var faults []string
	var s Scanner
	s.ResetString("<x>"+raw+"</x>", testConfig(&faults))
	s.Next()
	var b strings.Builder
	for {
		k := s.token()
		switch k {
		case Start:
			n := s.Top().Name
			b.WriteString("<" + n.Space + "|" + n.Local)
			for i := range s.attrs {
				b.WriteString(" " + s.attrs[i].name + "=" + AttrValue(s.attrs[i].value))
			}
			s.attrs = s.attrs[:0]
			b.WriteString(">")
		case End:
			if len(s.stack) == 0 {
				return b.String(), s.Next() == Finish && len(faults) == 0
			}
			b.WriteString("</" + strconv.Itoa(len(s.stack)-1) + ">")
		case Text, CData:
			b.Write(s.AppendText(nil))
		case Failed:
			return "", false
		}
	}
}

func TestCursorOffsets(t *testing.T) {
	c := NewCursor("x<p:ab c='1' />y", nil)
	for _, want := range []struct {
		kind         Kind
		offset, name int
	}{{Text, 1, 0}, {Start, 15, 6}, {End, 15, 15}, {Text, 16, 15}, {Finish, 16, 16}} {
		if k := c.Next(); k != want.kind || c.Offset() != want.offset || c.NameEnd() != want.name {
			t.Errorf("kind %d ends at %d, name at %d, want %v", k, c.Offset(), c.NameEnd(), want)
		}
	}
}

func TestCutAttrOfNone(t *testing.T) {
	for _, in := range []string{"", " ", " a", " a=", " a= ", " a='", " a='b", " /"} {
		if name, value, rest, ok := CutAttr(in); ok || name+value+rest != "" {
			t.Errorf("CutAttr(%q) = %q, %q, %q, %v", in, name, value, rest, ok)
		}
	}
}

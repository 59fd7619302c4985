package xmlscan

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"
)

// referenceCases are about references (§4.1, §4.6).
var referenceCases = []scanCase{
	{"five entities", "<a>&lt;&gt;&amp;&quot;&apos;</a>", `<a> "<>&\"'" </a> .`},
	{"not twice", "<a>&amp;lt;&#38;lt;</a>", `<a> "&lt;&lt;" </a> .`},
	{"decimal", "<a>&#65;&#228;&#128512;</a>", `<a> "Aä😀" </a> .`},
	{"hexadecimal", "<a>&#x41;&#xe4;&#xE4;&#x1F600;</a>", `<a> "Aää😀" </a> .`},
	{"leading zeros", "<a>&#00065;&#x000041;</a>", `<a> "AA" </a> .`},
	{"64 bytes", "<a>&#" + rep("0", 59) + "65;</a>", `<a> "A" </a> .`},
	{"65 bytes", "<a>§&#" + rep("0", 60) + "65;</a>", `<a> !entity@`},
	{"hexadecimal of 64 bytes", "<a>&#x" + rep("0", 58) + "41;</a>", `<a> "A" </a> .`},
	{"hexadecimal of 65 bytes", "<a>§&#x" + rep("0", 59) + "41;</a>", `<a> !entity@`},
	{"white space", "<a>&#9;&#10;&#13;&#32;</a>", `<a> "\t\n\r " </a> .`},
	{"CR by reference, then LF", "<a>&#13;\n</a>", `<a> "\r\n" </a> .`},
	{"no < by reference", "<a>&#60;b></a>", `<a> "<b>" </a> .`},
	{"upper-case X", "<a>§&#X41;</a>", "<a> !entity@"},
	{"no digits", "<a>§&#;</a>", "<a> !entity@"},
	{"no hexadecimal digits", "<a>§&#x;</a>", "<a> !entity@"},
	{"letters", "<a>§&#a;</a>", "<a> !entity@"},
	{"hexadecimal digits without x", "<a>§&#4F;</a>", "<a> !entity@"},
	{"no hexadecimal digit", "<a>§&#x4G;</a>", "<a> !entity@"},
	{"too great, then a letter", "<a>§&#99999999999999999999z;</a>", "<a> !entity@"},
	{"too great in hexadecimal, then a letter", "<a>§&#xFFFFFFFFFFFFFFFFFz;</a>", "<a> !entity@"},
	{"sign", "<a>§&#-1;</a>", `<a> BareAmp@ "&#-1;" </a> .`},
	{"space in it", "<a>§&#6 5;</a>", `<a> BareAmp@ "&#6 5;" </a> .`},
	{"space behind &", "<a>§& lt;</a>", `<a> BareAmp@ "& lt;" </a> .`},
	{"NUL", "<a>§&#0;</a>", "<a> IllegalCharRef@ \"\ufffd\" </a> ."},
	{"control", "<a>§&#x1F;</a>", "<a> IllegalCharRef@ \"\ufffd\" </a> ."},
	{"DEL and C1", "<a>&#x7F;&#x80;&#x9F;</a>", `<a> "\x7f\u0080\u009f" </a> .`},
	{"below the surrogates", "<a>&#xD7FF;</a>", "<a> \"\\ud7ff\" </a> ."},
	{"first surrogate", "<a>§&#xD800;</a>", "<a> IllegalCharRef@ \"\ufffd\" </a> ."},
	{"last surrogate", "<a>§&#xDFFF;</a>", "<a> IllegalCharRef@ \"\ufffd\" </a> ."},
	{"above the surrogates", "<a>&#xE000;</a>", "<a> \"\\ue000\" </a> ."},
	{"U+FFFD", "<a>&#xFFFD;</a>", "<a> \"\ufffd\" </a> ."},
	{"U+FFFE", "<a>§&#xFFFE;</a>", "<a> IllegalCharRef@ \"\ufffd\" </a> ."},
	{"U+FFFF", "<a>§&#65535;</a>", "<a> IllegalCharRef@ \"\ufffd\" </a> ."},
	{"last rune", "<a>&#x10FFFF;</a>", `<a> "\U0010ffff" </a> .`},
	{"beyond the last rune", "<a>§&#x110000;</a>", "<a> IllegalCharRef@ \"\ufffd\" </a> ."},
	{"beyond 32 bits", "<a>§&#4294967361;</a>", "<a> IllegalCharRef@ \"\ufffd\" </a> ."},
	{"beyond 64 bits", "<a>§&#18446744073709551681;</a>", "<a> IllegalCharRef@ \"\ufffd\" </a> ."},
	{"undeclared", "<a>§&nbsp;</a>", `<a> UndeclaredEntity@ "&nbsp;" </a> .`},
	{"upper case", "<a>§&LT;</a>", `<a> UndeclaredEntity@ "&LT;" </a> .`},
	{"beyond ASCII", "<a>§&é;</a>", `<a> UndeclaredEntity@ "&é;" </a> .`},
	{"undeclared of 64 bytes", "<a>§&" + rep("n", 62) + ";</a>", `<a> UndeclaredEntity@ "&` + rep("n", 62) + `;" </a> .`},
	{"undeclared of 65 bytes", "<a>§&" + rep("n", 63) + ";</a>", `<a> BareAmp@ "&` + rep("n", 63) + `;" </a> .`},
	{"invalid UTF-8 in a name", "<a>§&§\xff;</a>", "<a> BareAmp@ InvalidUTF8@2 \"&\ufffd;\" </a> ."},
	{"invalid UTF-8 later in a name", "<a>§&n§\xff;</a>", "<a> BareAmp@ InvalidUTF8@2 \"&n\ufffd;\" </a> ."},
	{"U+FFFD in a name", "<a>§&\ufffd;</a>", "<a> UndeclaredEntity@ \"&\ufffd;\" </a> ."},
	{"no character in a name", "<a>§&n§\ufffe;</a>", "<a> BareAmp@ NonChar@2 \"&n\ufffd;\" </a> ."},
	{"digit first", "<a>§&1;</a>", `<a> BareAmp@ "&1;" </a> .`},
	{"&;", "<a>§&;</a>", `<a> BareAmp@ "&;" </a> .`},
	{"&&", "<a>§&§&amp</a>", `<a> BareAmp@ BareAmp@2 "&&amp" </a> .`},
	{"& before &lt;", "<a>§&&lt;</a>", `<a> BareAmp@ "&<" </a> .`},
	{"unterminated entity", "<a>§&lt</a>", `<a> BareAmp@ "&lt" </a> .`},
	{"unterminated decimal", "<a>§&#65</a>", `<a> BareAmp@ "&#65" </a> .`},
	{"unterminated hexadecimal", "<a>§&#x41 </a>", `<a> BareAmp@ "&#x41 " </a> .`},
	{"unterminated, long", "<a>§&#" + rep("1", 70) + "</a>", `<a> !entity@`},
	{"&#", "<a>§&#</a>", `<a> BareAmp@ "&#" </a> .`},
	{"query", "<a>b?c=d§&e=f§&g;</a>", `<a> BareAmp@ UndeclaredEntity@2 "b?c=d&e=f&g;" </a> .`},
	{"at the very end", "§<a>&", "<a> !eof@"},
	{"cut at the very end", "§<a>&am", "<a> !eof@"},
	{"across windows", "<a>" + rep("x", maxBuf-5) + "&#x000041;&lt;</a>", `<a> "` + rep("x", maxBuf-5) + `A<" </a> .`},
	{"long run of &", "<a>" + rep("&amp;", maxBuf) + "</a>", `<a> "` + rep("&", maxBuf) + `" </a> .`},
}

// textCases are about character data (§2.4) and line ends (§2.11).
var textCases = []scanCase{
	{"plain", "<a>b</a>", `<a> "b" </a> .`},
	{"white space", "<a> \t\n </a>", `<a> " \t\n " </a> .`},
	{"CR, LF, CRLF", "<a>1\r2\n3\r\n4</a>", `<a> "1\n2\n3\n4" </a> .`},
	{"CR CR LF LF", "<a>\r\r\n\n</a>", `<a> "\n\n\n" </a> .`},
	{"CR at the end", "<a>\r</a>", `<a> "\n" </a> .`},
	{"CR, element, LF", "<a>\r<b/>\n</a>", `<a> "\n" <b> </b> "\n" </a> .`},
	{"CR, comment, LF", "<a>\r<!---->\n</a>", `<a> "\n\n" </a> .`},
	{"NEL and LS are no line ends", "<a>\u0085\u2028</a>", `<a> "\u0085\u2028" </a> .`},
	{">", "<a>b > c</a>", `<a> "b > c" </a> .`},
	{"]] and ]>", "<a>]] ]> ]</a>", `<a> "]] ]> ]" </a> .`},
	{"]]&gt;", "<a>]]&gt;</a>", `<a> "]]>" </a> .`},
	{"]]>", "<a>b§]]></a>", "<a> !content@"},
	{"]]> first", "<a>§]]></a>", "<a> !content@"},
	{"]]]>", "<a>]§]]></a>", "<a> !content@"},
	{"] in CDATA, ]> behind", "<a><![CDATA[]]]>]></a>", `<a> "]]>" </a> .`},
	{"]] before an element", "<a>]]<b/>></a>", `<a> "]]" <b> </b> ">" </a> .`},
	{"]]> behind a fault", "<a>§\x01§]]></a>", "<a> Control@ !content@2"},
	{"mixed", "<a>1<b>2</b>3</a>", `<a> "1" <b> "2" </b> "3" </a> .`},
	{"]]> across windows", "<a>" + rep("x", maxBuf-4) + "§]]></a>", "<a> !content@"},
	{"longer than a window", "<a>" + rep("é\r\n]]", maxBuf) + "</a>", `<a> "` + rep("é\\n]]", maxBuf) + `" </a> .`},
	{"faults longer than a window", "<a>" + rep("x", 2*maxBuf) + "§\xed\xa0\x80</a>", `<a> InvalidUTF8@ "` + rep("x", 2*maxBuf) + "\ufffd\" </a> ."},
}

// utf8Cases are about bytes that are no UTF-8.
var utf8Cases = []scanCase{
	{"limits of the lengths", "<a>\u007f\u0080\u07ff\u0800\uffef\U00010000\U0010ffff</a>", "<a> \"\\x7f\\u0080\u07ff\u0800\\uffef\U00010000\\U0010ffff\" </a> ."},
	{"U+FFFD", "<a>\ufffd</a>", "<a> \"\ufffd\" </a> ."},
	{"U+FFFE", "<a>§\ufffe</a>", "<a> NonChar@ \"\ufffd\" </a> ."},
	{"U+FFFF", "<a>§\uffff</a>", "<a> NonChar@ \"\ufffd\" </a> ."},
	{"U+1FFFE is a character", "<a>\U0001fffe</a>", `<a> "\U0001fffe" </a> .`},
	{"continuation alone", "<a>b§\x80</a>", "<a> InvalidUTF8@ \"b\ufffd\" </a> ."},
	{"overlong of two", "<a>§\xc0§\xbc</a>", "<a> InvalidUTF8@ InvalidUTF8@2 \"\ufffd\ufffd\" </a> ."},
	{"overlong of three", "<a>§\xe0§\x80§\xbc</a>", "<a> InvalidUTF8@ InvalidUTF8@2 InvalidUTF8@3 \"\ufffd\ufffd\ufffd\" </a> ."},
	{"first surrogate", "<a>§\xed\xa0\x80</a>", "<a> InvalidUTF8@ \"\ufffd\" </a> ."},
	{"last surrogate", "<a>§\xed\xbf\xbf</a>", "<a> InvalidUTF8@ \"\ufffd\" </a> ."},
	{"half a surrogate", "<a>§\xed§\xa0</a>", "<a> InvalidUTF8@ InvalidUTF8@2 \"\ufffd\ufffd\" </a> ."},
	{"surrogate without third byte", "<a>§\xed§\xa0x</a>", "<a> InvalidUTF8@ InvalidUTF8@2 \"\ufffd\ufffdx\" </a> ."},
	{"pair of surrogates", "<a>§\xed\xa0\xbd§\xed\xb8\x80</a>", "<a> InvalidUTF8@ InvalidUTF8@2 \"\ufffd\ufffd\" </a> ."},
	{"beyond plane 16", "<a>§\xf4§\x90§\x80§\x80</a>", "<a> InvalidUTF8@ InvalidUTF8@2 InvalidUTF8@3 InvalidUTF8@4 \"\ufffd\ufffd\ufffd\ufffd\" </a> ."},
	{"truncated by text", "<a>§\xe2§\x82x</a>", "<a> InvalidUTF8@ InvalidUTF8@2 \"\ufffd\ufffdx\" </a> ."},
	{"truncated by a tag", "<a>§\xf0§\x9f§\x98<b/></a>", "<a> InvalidUTF8@ InvalidUTF8@2 InvalidUTF8@3 \"\ufffd\ufffd\ufffd\" <b> </b> </a> ."},
	{"truncated by the end", "§<a>\xe2\x82", "<a> !eof@"},
	{"never in UTF-8", "<a>§\xfe§\xff</a>", "<a> InvalidUTF8@ InvalidUTF8@2 \"\ufffd\ufffd\" </a> ."},
}

func TestReferences(t *testing.T) { checkCases(t, referenceCases) }
func TestText(t *testing.T)       { checkCases(t, textCases) }
func TestUTF8(t *testing.T)       { checkCases(t, utf8Cases) }

// places are where characters may stand: what stands around them, and what is told before and behind their meaning.
var places = []struct{ name, before, behind, told, then string }{
	{"text", "<a>", "</a>", "<a>", `"x%sx" </a> .`},
	{"CDATA", "<a><![CDATA[", "]]></a>", "<a>", `"x%sx" </a> .`},
	{"CDATA with <", "<a><![CDATA[<", "]]></a>", "<a>", `"<x%sx" </a> .`},
	{"attribute", "<a b='", "'/>", "", `<a b="x%sx"> </a> .`},
	{"comment", "<a><!--", "--></a>", "<a>", "</a> ."},
	{"instruction", "<a><?b ", "?></a>", "<a>", "</a> ."},
	{"declaration", "<a xmlns:p='", "'/>", "", "<a> </a> ."},
}

// checkPlaces scans chars at every place, which tells fault, or nothing if that is "", and means what.
func checkPlaces(t *testing.T, chars, fault, means string, edits ...func(*Scanner, *Config)) {
	t.Helper()
	if fault != "" {
		fault += "@"
	}
	for _, p := range places {
		want := p.told
		for _, more := range []string{fault, p.then} {
			if more != "" && want != "" {
				want += " "
			}
			want += more
		}
		if p.then != "</a> ." && p.name != "declaration" {
			quoted := fmt.Sprintf("%q", means)
			want = fmt.Sprintf(want, quoted[1:len(quoted)-1])
		}
		checkCase(t, scanCase{in: p.before + "x§" + chars + "x" + p.behind, want: want}, edits...)
	}
}

// TestCharacters puts every control and both sides of each boundary of Char (§2.2) wherever characters may stand.
func TestCharacters(t *testing.T) {
	for r := rune(0); r < 0xA0; r++ {
		switch {
		case r == '\t' || r == '\n' || r == '\r' || r >= 0x20 && r < 0x7F:
		case r < 0x20:
			checkPlaces(t, string(r), "Control", "\ufffd")
		default:
			checkPlaces(t, string(r), "", string(r))
		}
	}
	for _, r := range []rune{0xA0, 0xD7FF, 0xE000, 0xFDD0, 0xFFFD, 0x10000, 0x10FFFF} {
		checkPlaces(t, string(r), "", string(r))
	}
	checkPlaces(t, "\ufffe", "NonChar", "\ufffd")
	checkPlaces(t, "\uffff", "NonChar", "\ufffd")
	checkPlaces(t, "\xed\xa0\x80", "InvalidUTF8", "\ufffd")
	checkPlaces(t, "\xff", "InvalidUTF8", "\ufffd")
}

func TestIsChar(t *testing.T) {
	for _, s := range []span{{'\t', '\n'}, {'\r', '\r'}, {0x20, 0xD7FF}, {0xE000, 0xFFFD}, {0x10000, 0x10FFFF}} {
		if IsChar(s.lo-1) || !IsChar(s.lo) || !IsChar(s.hi) || IsChar(s.hi+1) {
			t.Errorf("IsChar is wrong at %U or %U", s.lo, s.hi)
		}
	}
	if IsChar(-1) || IsChar(utf8.MaxRune+1) {
		t.Error("IsChar is true of no rune")
	}
}

func asLatin1(_ *Scanner, cfg *Config) { cfg.Latin1 = true }
func asASCII(_ *Scanner, cfg *Config)  { cfg.ASCII = true }

// TestLatin1 reads C1 controls as what windows-1252 has in their place.
func TestLatin1(t *testing.T) {
	for r, want := range map[rune]rune{0x80: '€', 0x85: '…', 0x99: '™', 0x9F: 'Ÿ'} {
		checkPlaces(t, string(r), "C1", string(want), asLatin1)
	}
	for _, r := range []rune{0x7F, 0x81, 0x8D, 0x8F, 0x90, 0x9D, 0xA0, 0xFF} {
		checkPlaces(t, string(r), "", string(r), asLatin1)
	}
	checkCase(t, scanCase{in: "<a>&#x80;</a>", want: `<a> "\u0080" </a> .`}, asLatin1)
}

// asciiCases are of bodies that are labelled US-ASCII. Only the first rune beyond it is told.
var asciiCases = []scanCase{
	{"none", "<a b='&#228;'>c</a>", `<a b="ä"> "c" </a> .`},
	{"text", "<a>b§é é</a>", `<a> NonASCII@ "bé é" </a> .`},
	{"text, then attribute", "<a>§é<b c='é'/></a>", `<a> NonASCII@ "é" <b c="é"> </b> </a> .`},
	{"element", "<§é/>", "NonASCII@ <é> </é> ."},
	{"later in a name", "<ab§é c='d'/>", `NonASCII@ <abé c="d"> </abé> .`},
	{"attribute name", "<a §é='é'/>", `NonASCII@ <a é="é"> </a> .`},
	{"attribute value", "<a b='§é' é='c'/>", `NonASCII@ <a b="é" é="c"> </a> .`},
	{"entity name", "<a>§&§é;</a>", `<a> UndeclaredEntity@ NonASCII@2 "&é;" </a> .`},
	{"comment", "<a><!-- §é --></a>", "<a> NonASCII@ </a> ."},
	{"instruction", "<a><?b §é?></a>", "<a> NonASCII@ </a> ."},
	{"target", "<a><?§é?></a>", "<a> NonASCII@ </a> ."},
	{"CDATA", "<a><![CDATA[§é]]></a>", `<a> NonASCII@ "é" </a> .`},
	{"end tag that does not match", "<a>§</§é>", "<a> NonASCII@2 !mismatch@"},
	{"invalid first", "<a>§\xff§é</a>", "<a> InvalidUTF8@ NonASCII@2 \"\ufffdé\" </a> ."},
	{"behind a long text", "<a>" + rep("x", 2*maxBuf) + "§é</a>", `<a> NonASCII@ "` + rep("x", 2*maxBuf) + `é" </a> .`},
}

func TestASCII(t *testing.T) { checkCases(t, asciiCases, asASCII) }

// TestASCIIAgain scans a name that the scanner knows from a body labelled otherwise.
func TestASCIIAgain(t *testing.T) {
	const in = "<a><é/></a>"
	tr, cfg := newTracer(in, nil)
	tr.ResetString(in, cfg)
	tr.all()
	cfg.ASCII = true
	tr.short = nil
	tr.ResetString(in, cfg)
	tr.all()
	if got, want := fmt.Sprint(tr.short), "[<a> NonASCII@+4 <é> </é> </a> .]"; got != want {
		t.Errorf("tokens of %q = %s, want %s", in, got, want)
	}
}

func TestWhite(t *testing.T) {
	for _, c := range []struct {
		in, left, both string
		white          bool
	}{{"", "", "", true}, {" \t\r\n", "", "", true}, {"\n a\tb \r", "a\tb \r", "a\tb", false}, {"\u00a0\v ", "\u00a0\v ", "\u00a0\v", false}} {
		if left, both, white := TrimLeft(c.in), Trim(c.in), White(c.in); left != c.left || both != c.both || white != c.white {
			t.Errorf("white space of %q: %q, %q, %v", c.in, left, both, white)
		}
	}
}

func TestIsPlain(t *testing.T) {
	for in, want := range map[string]bool{"": true, "a é\n": true, "&": false, "<": false, "\r": false, "]]>": false, "]>": true, "\x00": false, "\xff": false, "\uffff": false} {
		if got := IsPlain(in); got != want {
			t.Errorf("IsPlain(%q) = %v, want %v", in, got, want)
		}
	}
}

// Every byte, at every place in texts of all lengths up to some words.
func TestIsLine(t *testing.T) {
	for n := range 20 {
		text := []byte(strings.Repeat("a", n))
		if !IsLine(string(text)) {
			t.Errorf("IsLine(%q) = false", text)
		}
		for i := range n {
			for c := range 256 {
				text[i] = byte(c)
				want := c >= ' ' && c < 0x7F && c != '<' && c != '>' && c != '&'
				if got := IsLine(string(text)); got != want {
					t.Errorf("IsLine(%q) = %v", text, got)
				}
			}
			text[i] = 'a'
		}
	}
}

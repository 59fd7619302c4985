package xmlscan

import (
	"strings"
	"testing"
)

func spaces(n int) string { return strings.Repeat(" ", n) }
func nuls(n int) string   { return strings.Repeat("\x00", n) }

// instructionCases are about processing instructions (§2.6).
var instructionCases = []scanCase{
	{"target", "<?a?><a><?a?></a><?a?>", "<a> </a> ."},
	{"data", "<a>b<?c d <e> & \"'?>f</a>", `<a> "bf" </a> .`},
	{"white space", "<a><?b\r\n?></a>", "<a> </a> ."},
	{"? in data", "<a><?b ? > ??></a>", "<a> </a> ."},
	{"?? right behind the target", "<a>§<?b??></a>", "<a> !syntax@"},
	{"many ?", "<a><?b ????????></a>", "<a> </a> ."},
	{"no target", "<a><?§?></a>", "<a> !syntax@"},
	{"white space before the target", "<a><?§ b?></a>", "<a> !syntax@"},
	{"digit first", "<a><?§1?></a>", "<a> !character@"},
	{"name with every kind of byte", "<a><?_b-.9é ?></a>", "<a> </a> ."},
	{"no name character", "<a><?b§× c?></a>", "<a> !character@"},
	{"invalid UTF-8 in the target", "<a><?b§\xff c?></a>", "<a> !character@"},
	{"colon", "<a>§<?b:c?></a>", "<a> !syntax@"},
	{"no space behind the target", "<a>§<?b=c?></a>", "<a> !syntax@"},
	{"quote behind the target", "<a>§<?b'c'?></a>", "<a> !syntax@"},
	{"xml in the root", "<a>§<?xml b?></a>", "<a> !syntax@"},
	{"XmL", "<a>§<?XmL b?></a>", "<a> !syntax@"},
	{"begins with xml", "<?xml-stylesheet href='a'?><a><?xmla?></a>", "<a> </a> ."},
	{"control", "<a><?b §\x01?></a>", "<a> Control@ </a> ."},
	{"invalid UTF-8", "<a><?b §\xff§\xe2§\x82?></a>", "<a> InvalidUTF8@ InvalidUTF8@2 InvalidUTF8@3 </a> ."},
	{"no character", "<a><?b §\uffff?></a>", "<a> NonChar@ </a> ."},
	{"unterminated", "<a>§<?b c></a>", "<a> !eof@"},
	{"unterminated after ?", "<a>§<?b c?", "<a> !eof@"},
	{"cut in the target", "<a>§<?b", "<a> !eof@"},
	{"cut behind the target", "<a>§<?b ", "<a> !eof@"},
	{"cut behind <?", "<a>§<?", "<a> !eof@"},
	{"longer than a window", "<a><?b " + strings.Repeat("c? > ", maxBuf) + "?></a>", "<a> </a> ."},
	{"unterminated, longer than a window", "<a>§<?b " + strings.Repeat("c", 3*maxBuf), "<a> !eof@"},
	{"target of 1024 bytes", "<a><?" + strings.Repeat("b", 1024) + "?></a>", "<a> </a> ."},
	{"target of 1025 bytes", "<a>§<?" + strings.Repeat("b", 1025) + "?></a>", "<a> !MaxNameBytes=1024@"},
	{"target longer than half a window", "<a>§<?" + strings.Repeat("b", maxBuf/2+1) + "?></a>", "<a> !MaxNameBytes=1024@"},
	{"target longer than a window", "<a>§<?" + strings.Repeat("b", 3*maxBuf) + "?></a>", "<a> !MaxNameBytes=1024@"},
}

// commentCases are about comments (§2.5).
var commentCases = []scanCase{
	{"empty", "<!----><a><!----></a><!---->", "<a> </a> ."},
	{"text", "<a>b<!-- <c> & ]]> ?> - > -->d</a>", `<a> "bd" </a> .`},
	{"hyphen", "<a><!-- - --></a>", "<a> </a> ."},
	{"hyphen first", "<a><!--- --></a>", "<a> </a> ."},
	{"two hyphens", "<a><!-- §-- --></a>", "<a> !content@"},
	{"two hyphens first", "<a><!--§-- --></a>", "<a> !content@"},
	{"three hyphens at the end", "<a><!-- §---></a>", "<a> !content@"},
	{"nothing but three hyphens at the end", "<a><!--§---></a>", "<a> !content@"},
	{"four hyphens at the end", "<a><!-- §----></a>", "<a> !content@"},
	{"too short by two hyphens", "<a>§<!--></a>", "<a> !eof@"},
	{"too short by one hyphen", "<a>§<!---></a>", "<a> !eof@"},
	{"-- >", "<a><!-- §-- ></a>-->", "<a> !content@"},
	{"nested", "<a><!-- <!§-- --> --></a>", "<a> !content@"},
	{"control", "<a><!--§\x0c--></a>", "<a> Control@ </a> ."},
	{"control before two hyphens", "<a><!--§\x00§-- --></a>", "<a> Control@ !content@2"},
	{"invalid UTF-8", "<!--§\xff--><a/>", "InvalidUTF8@ <a> </a> ."},
	{"NUL", "<a/><!--§\x00-->", "<a> </a> Control@ ."},
	{"unterminated", "<a>§<!-- </a>", "<a> !eof@"},
	{"unterminated after one hyphen", "<a>§<!-- -", "<a> !eof@"},
	{"unterminated after two hyphens", "<a>§<!-- --", "<a> !eof@"},
	{"opened by one hyphen", "<a>§<!- b --></a>", "<a> !syntax@"},
	{"other markup", "<a>§<!b></a>", "<a> !syntax@"},
	{"cut in its opening", "<a>§<!-", "<a> !eof@"},
	{"longer than a window", "<a><!--" + strings.Repeat("c - ", maxBuf) + "--></a>", "<a> </a> ."},
	{"two hyphens behind a window", "<a><!--" + strings.Repeat("c", 3*maxBuf) + "§-- --></a>", "<a> !content@"},
	{"fault behind a window", "<a><!--" + strings.Repeat("é", maxBuf) + "§\x01--></a>", "<a> Control@ </a> ."},
}

// cdataCases are about CDATA sections (§2.7).
var cdataCases = []scanCase{
	{"empty", "<a><![CDATA[]]></a>", "<a> </a> ."},
	{"markup", "<a>1<![CDATA[<b>&amp;&#65;</b><!--]]>2</a>", `<a> "1<b>&amp;&#65;</b><!--2" </a> .`},
	{"one bracket more", "<a><![CDATA[]]]></a>", `<a> "]" </a> .`},
	{"two brackets more", "<a><![CDATA[]]]]></a>", `<a> "]]" </a> .`},
	{"brackets and >", "<a><![CDATA[]>]] >]]></a>", `<a> "]>]] >" </a> .`},
	{"]]> cut in two", "<a><![CDATA[]]]]><![CDATA[>]]></a>", `<a> "]]>" </a> .`},
	{"nested", "<a><![CDATA[<![CDATA[]]>§]]></a>", `<a> !content@`},
	{"line ends", "<a><![CDATA[\r\n\r\n\n\r]]></a>", `<a> "\n\n\n\n" </a> .`},
	{"line ends beside <", "<a><![CDATA[<\r\n>\r]]></a>", `<a> "<\n>\n" </a> .`},
	{"CR at the end, LF behind", "<a><![CDATA[\r]]>\n</a>", `<a> "\n\n" </a> .`},
	{"control", "<a><![CDATA[<§\x08]]></a>", "<a> Control@ \"<\ufffd\" </a> ."},
	{"control before <", "<a><![CDATA[§\x08<]]></a>", "<a> Control@ \"\ufffd<\" </a> ."},
	{"invalid UTF-8", "<a><![CDATA[<§\xc0§\x80]]></a>", "<a> InvalidUTF8@ InvalidUTF8@2 \"<\ufffd\ufffd\" </a> ."},
	{"lower case", "<a>§<![cdata[]]></a>", "<a> !syntax@"},
	{"space in the opening", "<a>§<![CDATA []]></a>", "<a> !syntax@"},
	{"space before the opening", "<a>§<! [CDATA[]]></a>", "<a> !syntax@"},
	{"IGNORE section", "<a>§<![IGNORE[]]></a>", "<a> !syntax@"},
	{"unterminated", "<a>§<![CDATA[b]] ></a>", "<a> !eof@"},
	{"unterminated after ]", "<a>§<![CDATA[b]", "<a> !eof@"},
	{"unterminated after ]]", "<a>§<![CDATA[b]]", "<a> !eof@"},
	{"longer than a window", "<a><![CDATA[" + strings.Repeat("]]é\r\n<&", maxBuf) + "]]></a>", `<a> "` + strings.Repeat("]]é\\n<&", maxBuf) + `" </a> .`},
}

func TestInstructions(t *testing.T) { checkCases(t, instructionCases) }
func TestComments(t *testing.T)     { checkCases(t, commentCases) }
func TestCData(t *testing.T)        { checkCases(t, cdataCases) }

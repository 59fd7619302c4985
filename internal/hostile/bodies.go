package hostile

import (
	"strconv"
	"strings"
	"unicode/utf16"

	"github.com/go-multistatus/multistatus"
)

// bodies are about 64 KiB long at their size n.
var bodies = []body{
	// Nesting.
	{"depth in a value", 8e3, func(n int) string { return inProps(rep(n, `<D:x>`) + rep(n, `</D:x>`)) }},
	{"depth in an extension", 8e3, func(n int) string {
		return inResponse(rep(n, `<D:x>`) + rep(n, `</D:x>`) + `<D:status>HTTP/1.1 200 OK</D:status>`)
	}},
	{"depth in an error", 8e3, func(n int) string {
		return inResponse(`<D:status>HTTP/1.1 409 Conflict</D:status><D:error>` + rep(n, `<D:x>`) + rep(n, `</D:x>`) + `</D:error>`)
	}},
	{"depth in an href", 8e3, func(n int) string {
		return inResponse(`<D:href>/` + rep(n, `<D:x>`) + rep(n, `</D:x>`) + `</D:href><D:status>HTTP/1.1 200 OK</D:status>`)
	}},
	{"depth with other names", 4e3, func(n int) string {
		var open, shut strings.Builder
		open.WriteString(each(n, `<x#>`))
		for i := n - 1; i >= 0; i-- {
			shut.WriteString(strings.ReplaceAll(`</x#>`, "#", strconv.Itoa(i)))
		}
		return inProps(open.String() + shut.String())
	}},
	{"depth with attributes", 4e3, func(n int) string { return inProps(rep(n, `<D:x a="">`) + rep(n, `</D:x>`)) }},
	{"depth with languages", 2e3, func(n int) string { return inProps(each(n, `<D:x xml:lang="#">`) + rep(n, `</D:x>`)) }},

	// Attributes.
	{"attributes", 6e3, func(n int) string { return inProps(`<D:x` + each(n, ` a#="1"`) + `/>`) }},
	{"attributes that end alike", 1e3, func(n int) string { return inProps(`<D:x` + each(n, ` b#`+rep(50, "c")+`=""`) + `/>`) }},
	{"attributes of many prefixes", 2e3, func(n int) string { return inProps(`<D:x` + each(n, ` xmlns:p#="u#" p#:a=""`) + `/>`) }},
	{"many attributes, then some often", 2e3, func(n int) string {
		return inProps(`<D:x` + each(n, ` a#=""`) + `/>` + rep(n/4, `<D:x`+each(9, ` a#=""`)+`/>`))
	}},
	{"many attributes, then long ones often", 6e3, func(n int) string {
		return inProps(`<D:x` + each(n, ` a#=""`) + `/>` + rep(n/3e3, `<D:x a="`+rep(70_000, "x")+`"/>`))
	}},
	{"references in an attribute", 12e3, func(n int) string { return inProps(`<D:x a="` + rep(n, `&lt;`) + `"/>`) }},
	{"quirks in an attribute", 24e3, func(n int) string { return inProps(`<D:x a="` + rep(n, "&\x01\n") + `"/>`) }},
	{"quirks in attributes", 3e3, func(n int) string { return inProps(`<D:x` + each(n, "\n"+` p#:a="&"`) + `/>`) }},

	// Namespaces.
	{"declarations in one tag", 3e3, func(n int) string { return inProps(`<D:x` + each(n, ` xmlns:p#="u"`) + `/>`) }},
	{"declarations one below the other", 2e3, func(n int) string { return inProps(each(n, `<D:x xmlns:p#="u">`) + rep(n, `</D:x>`)) }},
	{"declarations beside each other", 3e3, func(n int) string { return inProps(each(n, `<x xmlns="#"/>`)) }},
	{"declarations of one prefix at each depth", 2e3, func(n int) string { return inProps(each(n, `<p:x xmlns:p="#">`) + rep(n, `</p:x>`)) }},
	{"two bindings of a prefix by turns", 1e3, func(n int) string { return inProps(rep(n, `<p:x xmlns:p="1"><p:x xmlns:p="2">`) + rep(2*n, `</p:x>`)) }},
	{"many prefixes, each used", 2e3, func(n int) string {
		return inProps(`<D:x` + each(n, ` xmlns:p#="u#"`) + `>` + each(n, `<p#:x/>`) + `</D:x>`)
	}},
	{"many prefixes, one used often", 2e3, func(n int) string {
		return inProps(`<D:x` + each(n, ` xmlns:p#="u#"`) + `>` + rep(5*n, `<p0:x/>`) + `</D:x>`)
	}},
	{"many prefixes, names among them", 2e3, func(n int) string {
		return inProps(`<D:x` + each(n, ` xmlns:p#="u#"`) + `>` + each(n, `<p1:x#/>`) + `</D:x>`)
	}},
	{"undeclared prefixes", 6e3, func(n int) string { return inProps(`<D:x>` + each(n, `<p#:x/>`) + `</D:x>`) }},
	{"undeclared prefixes of properties", 6e3, func(n int) string { return inProps(each(n, `<p#:x/>`)) }},
	{"long namespaces", 16, func(n int) string { return inProps(each(n, `<x xmlns="#`+rep(4000, "u")+`"/>`)) }},

	// Names.
	{"names", 6e3, func(n int) string { return inProps(each(n, `<D:x#/>`)) }},
	{"names in a value", 6e3, func(n int) string { return inProps(`<D:x>` + each(n, `<D:x#/>`) + `</D:x>`) }},
	{"names that end alike", 1e3, func(n int) string { return inProps(`<D:x>` + each(n, `<y#`+rep(40, "y")+`/>`) + `</D:x>`) }},
	{"long names", 64, func(n int) string { return inProps(each(n, `<D:x#`+rep(1000, "y")+`/>`)) }},
	{"one long name", 64e3, func(n int) string { return inProps(`<D:x` + rep(n, "y") + `/>`) }},
	{"duplicate properties", 12e3, func(n int) string { return inProps(rep(n, `<D:x/>`)) }},
	{"second colons", 4e3, func(n int) string { return inProps(`<D:x>` + each(n, `<D:a:b#/>`) + `</D:x>`) }},

	// Texts.
	{"text", 64e3, func(n int) string { return inProps(`<D:x>` + rep(n, "x") + `</D:x>`) }},
	{"lines", 32e3, func(n int) string { return inProps(`<D:x>` + rep(n, "\r\n") + `</D:x>`) }},
	{"references", 12e3, func(n int) string { return inProps(`<D:x>` + rep(n, `&lt;`) + `</D:x>`) }},
	{"long references", 1e3, func(n int) string { return inProps(`<D:x>` + rep(n, `&#x`+rep(56, "0")+`41;`) + `</D:x>`) }},
	{"references without end", 1e3, func(n int) string { return inProps(`<D:x>` + rep(n, `&`+rep(63, "x")) + `</D:x>`) }},
	{"bare ampersands", 64e3, func(n int) string { return inProps(`<D:x>` + rep(n, "&") + `</D:x>`) }},
	{"brackets", 64e3, func(n int) string { return inProps(`<D:x>` + rep(n, "]") + `</D:x>`) }},
	{"no UTF-8", 64e3, func(n int) string { return inProps(`<D:x>` + rep(n, "\xFF") + `</D:x>`) }},
	{"quirks on many lines", 16e3, func(n int) string { return inProps(`<D:x>` + rep(n, "\n\x01\r\x02") + `</D:x>`) }},
	{"quirks between tags", 3e3, func(n int) string { return inProps(`<D:x>` + rep(n, "&<D:y/>\n\x01") + `</D:x>`) }},
	{"text between elements", 4e3, func(n int) string { return inMulti(rep(n, "x<D:y/>\n")) }},
	{"sections", 4e3, func(n int) string { return inProps(`<D:x>` + rep(n, `<![CDATA[<]]>`) + `</D:x>`) }},
	{"one section", 32e3, func(n int) string { return inProps(`<D:x><![CDATA[` + rep(n, "]<") + `]]></D:x>`) }},
	{"sections in an href", 4e3, func(n int) string {
		return inResponse(`<D:href>` + rep(n, `x<![CDATA[y]]>`) + `</D:href><D:status>HTTP/1.1 200 OK</D:status>`)
	}},
	{"percents in an href", 32e3, func(n int) string {
		return inResponse(`<D:href>/` + rep(n, "%\x01") + `</D:href><D:status>HTTP/1.1 200 OK</D:status>`)
	}},
	{"dot segments in an href", 16e3, func(n int) string {
		return inResponse(`<D:href>/` + rep(n, "../a/") + `</D:href><D:status>HTTP/1.1 200 OK</D:status>`)
	}},
	{"status", 64e3, func(n int) string {
		return inResponse(`<D:status>HTTP/1.1` + rep(n, " ") + `200` + rep(n, " ") + `x</D:status>`)
	}},

	// What is passed over.
	{"one comment", 64e3, func(n int) string { return inProps(`<D:x><!--` + rep(n/2, "- ") + `--></D:x>`) }},
	{"comments", 8e3, func(n int) string { return inProps(`<D:x>` + rep(n, `<!---->`) + `</D:x>`) }},
	{"one instruction", 32e3, func(n int) string { return inProps(`<D:x><?x ` + rep(n, "? ") + `?></D:x>`) }},
	{"instructions", 8e3, func(n int) string { return inProps(`<D:x>` + rep(n, `<?x?>`) + `</D:x>`) }},
	{"white space", 64e3, func(n int) string { return inMulti(rep(n, " ")) }},
	{"NULs behind the root", 64e3, func(n int) string { return inMulti("") + rep(n, "\x00") }},
	{"comments behind the root", 8e3, func(n int) string { return inMulti("") + rep(n, "<!---->\n") }},
	{"one tag of spaces", 64e3, func(n int) string { return inProps(`<D:x` + rep(n, "\n") + `/>`) }},
	{"end tags with spaces", 4e3, func(n int) string { return inProps(rep(n, `<D:x ></D:x >`)) }},

	// What there is much of.
	{"responses", 1e3, func(n int) string {
		return inMulti(rep(n, `<D:response><D:href>/a</D:href><D:status>HTTP/1.1 200 OK</D:status></D:response>`))
	}},
	{"responses of a kind each", 8e2, func(n int) string {
		return inMulti(each(n, `<D:response><D:href>/a</D:href><D:status>HTTP/1.1 200 OK</D:status><x#/></D:response>`))
	}},
	{"long responses of a kind each", 64, func(n int) string { return inMulti(each(n, begin+rep(50, `<D:x><y>z</y></D:x>`)+`<D:x#/>`+end)) }},
	{"responses of many kinds by turns", 8e2, func(n int) string {
		kinds := each(20, `<D:response><D:href>/a</D:href><D:status>HTTP/1.1 200 OK</D:status><x#/></D:response>`)
		return inMulti(rep(n/20, kinds))
	}},
	{"responses by turns that end otherwise", 16, func(n int) string {
		const part = `<D:x><y>z</y></D:x>`
		return inMulti(each(n, begin+rep(100, part)+`<D:w>#</D:w>`+end+begin+rep(100, part)+`<D:v>#</D:v>`+end))
	}},
	{"responses of texts that grow", 250, func(n int) string {
		var b strings.Builder
		for i := range n {
			b.WriteString(`<D:response><D:href>/` + rep(i, "a") + `</D:href><D:status>HTTP/1.1 200 OK</D:status></D:response>`)
		}
		return inMulti(b.String())
	}},
	{"empty responses", 4e3, func(n int) string { return inMulti(rep(n, `<D:response/>`)) }},
	{"hrefs", 3e3, func(n int) string {
		return inResponse(rep(n, `<D:href>/a</D:href>`) + `<D:status>HTTP/1.1 200 OK</D:status>`)
	}},
	{"propstats", 2e3, func(n int) string {
		return inResponse(rep(n, `<D:propstat><D:prop/><D:status>HTTP/1.1 200 OK</D:status></D:propstat>`))
	}},
	{"empty propstats", 4e3, func(n int) string { return inResponse(rep(n, `<D:propstat/>`)) }},
	{"props", 6e3, func(n int) string { return inResponse(`<D:propstat>` + rep(n, `<D:prop/>`) + `</D:propstat>`) }},
	{"descriptions", 2e3, func(n int) string { return inMulti(rep(n, `<D:responsedescription>x</D:responsedescription>`)) }},
	{"locations", 1e3, func(n int) string { return inResponse(rep(n, `<D:location><D:href>/a</D:href><D:href/></D:location>`)) }},
	{"a large response, then small ones", 1e3, func(n int) string {
		return inMulti(begin + each(2*n, `<D:x#/>`) + end + rep(n, `<D:response><D:href>/a</D:href><D:status>200</D:status></D:response>`))
	}},
}

// charsetBody is a body in another charset. Its text grows as it becomes UTF-8.
type charsetBody struct {
	name        string
	n           int
	contentType string
	body        func(n int) string
}

var charsets = []charsetBody{
	{"UTF-16, little-endian", 12e3, "", func(n int) string { return "\xFF\xFE" + inUTF16(inProps(`<D:x>`+rep(n, "€&lt;")+`</D:x>`), 0) }},
	{"UTF-16, big-endian", 12e3, "", func(n int) string { return "\xFE\xFF" + inUTF16(inProps(`<D:x>`+rep(n, "€\n")+`</D:x>`), 1) }},
	{"half surrogates", 12e3, "text/xml; charset=utf-16le", func(n int) string {
		before, after := inUTF16(head+begin+`<D:x>`, 0), inUTF16(`</D:x>`+end+tail, 0)
		return before + rep(n, "\x00\xD8") + after
	}},
	{"Latin-1", 32e3, "text/xml; charset=iso-8859-1", func(n int) string { return inProps(`<D:x>` + rep(n, "\xE9\x80") + `</D:x>`) }},
	{"US-ASCII", 32e3, "text/xml; charset=us-ascii", func(n int) string { return inProps(`<D:x>` + rep(n, "é") + `</D:x>`) }},
	{"windows-1252", 48e3, "text/xml; charset=windows-1252", func(n int) string { return inProps(`<D:x>` + rep(n, "\x80") + `</D:x>`) }},
	{"Shift JIS", 24e3, "text/xml; charset=shift_jis", func(n int) string { return inProps(`<D:x>` + rep(n, "\xB1\x81\x40") + `</D:x>`) }},
	{"GB 18030", 16e3, "text/xml; charset=gb18030", func(n int) string { return inProps(`<D:x>` + rep(n, "\x81\x30\x81\x30") + `</D:x>`) }},
	{"Big5 that is none", 24e3, "text/xml; charset=big5", func(n int) string { return inProps(`<D:x>` + rep(n, "\xFF ") + `</D:x>`) }},
}

// shape reads the body byte by byte.
func (c charsetBody) shape() Shape {
	return Shape{c.name, c.n, func(n int) Run {
		text := c.body(n)
		return Run{len(text), func() {
			opts := NoLimits
			opts.ContentType = c.contentType
			decode(multistatus.NewDecoder(&oneByte{s: text}, &opts))
		}}
	}}
}

// inUTF16 encodes s; first is the byte of each unit that comes first: 0 the lower, 1 the higher.
func inUTF16(s string, first int) string {
	var b strings.Builder
	for _, u := range utf16.Encode([]rune(s)) {
		pair := [2]byte{byte(u), byte(u >> 8)}
		b.WriteByte(pair[first])
		b.WriteByte(pair[1-first])
	}
	return b.String()
}

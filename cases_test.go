package multistatus

import (
	"io"
	"strings"
)

const (
	ok200    = `<D:status>HTTP/1.1 200 OK</D:status>`
	notFound = `<D:status>HTTP/1.1 404 Not Found</D:status>`
)

// decodeCases feed whole, chunked, failing and strict runs, and the fuzz corpus.
var decodeCases = []decodeCase{
	// Structure (RFC 4918, section 14).
	{name: "no response", body: head + `</D:multistatus>`},
	{name: "empty root", body: `<multistatus xmlns="DAV:"/>`},
	{name: "property", body: inProps(`<D:getetag>"e"</D:getetag>`), want: `/a {200 OK: getetag="\"e\""}`},
	{name: "empty property", body: inProps(`<D:resourcetype/><D:x></D:x>`), want: `/a {200 OK: resourcetype x}`},
	{name: "elements", body: inProps(`<D:resourcetype><D:collection/></D:resourcetype>`),
		want: `/a {200 OK: resourcetype=<D:resourcetype xmlns:D="DAV:"><D:collection/></D:resourcetype>}`},
	{name: "status form", body: inResp(`<D:href>/b</D:href><D:href>/c</D:href><D:status>HTTP/1.1 423 Locked</D:status>` +
		`<D:error><D:lock-token-submitted><D:href>/a</D:href></D:lock-token-submitted></D:error><D:responsedescription> why </D:responsedescription>`),
		want: `/a +/b +/c 423 Locked error <D:error xmlns:D="DAV:"><D:lock-token-submitted><D:href>/a</D:href></D:lock-token-submitted></D:error> description why`},
	{name: "propstat's own error", body: inStat(`<D:prop><D:x/></D:prop><D:status>HTTP/1.1 409 Conflict</D:status><D:error><x xmlns="u"/></D:error><D:responsedescription>no</D:responsedescription>`),
		want: `/a {409 Conflict: x error <D:error xmlns:D="DAV:"><x xmlns="u"/></D:error> description no}`},
	{name: "order is free", body: `<d:multistatus xmlns:d="DAV:"><d:sync-token>urn:1</d:sync-token><d:responsedescription>all</d:responsedescription>` +
		`<d:response><d:propstat><d:status>HTTP/1.1 404 Not Found</d:status><d:prop><d:y/></d:prop></d:propstat>` +
		`<d:propstat><d:prop><d:x>1</d:x></d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat><d:href>/a</d:href></d:response></d:multistatus>`,
		want: "/a {404 Not Found: y} {200 OK: x=\"1\"}\ndescription all\nsync-token urn:1"},
	{name: "location", body: inResp(ok200 + `<D:location><!-- to --><D:href> /new </D:href></D:location>`), want: `/a 200 OK location /new`},
	{name: "several responses", body: inMulti(`<D:response><D:href>/a</D:href>` + ok200 + `</D:response><D:response><D:href>/b</D:href>` + notFound + `</D:response>`),
		want: "/a 200 OK\n/b 404 Not Found"},
	{name: "extensions are ignored", body: inMulti(`<x:response xmlns:x="urn:x"><D:href>/no</D:href></x:response><D:extra><D:response/></D:extra>` +
		`<D:response><D:extra a="1"><D:status>HTTP/1.1 500 No</D:status></D:extra><D:href>/a</D:href>` + ok200 + `</D:response>`), want: `/a 200 OK`},
	{name: "protocol names inside prop", body: inProps(`<D:prop><D:status>x</D:status></D:prop><D:response><D:href>/z</D:href></D:response><D:href>/y</D:href>`),
		want: `/a {200 OK: prop=<D:prop xmlns:D="DAV:"><D:status>x</D:status></D:prop> response=<D:response xmlns:D="DAV:"><D:href>/z</D:href></D:response> href="/y"}`},
	{name: "children inside texts", body: inMulti(`<D:response><D:href>/<b>no</b>a</D:href><D:status>HTTP/1.1 <i xmlns="u">x</i>200 OK</D:status></D:response>`), want: `/a 200 OK`},
	{name: "texts in pieces", body: inMulti(`<D:response><D:href><![CDATA[/a]]><!-- c -->&amp;<?p i?>b</D:href>` + ok200 + `</D:response>`), want: `/a&b 200 OK`},
	{name: "white space and comments everywhere", body: "\n<!-- a --><?pi?>\n" + head + "\n <!-- b -->\n<D:response>\r\n\t<D:href>\n /a\r\n </D:href> <?x y?> <D:status\n> HTTP/1.1 200 OK </D:status\t></D:response>\n</D:multistatus>\n<!-- c -->\n",
		want: `/a 200 OK`},

	// Lists of quirks: structure.
	{name: "propstat without status", body: inResp(`¦<D:propstat><D:prop><D:x/></D:prop></D:propstat>`), want: `/a {: x}`, quirks: "propstat-no-status"},
	{name: "propstat with empty status", body: inResp(`¦<D:propstat><D:prop><D:x/></D:prop><D:status> </D:status></D:propstat>`), want: `/a {: x}`, quirks: "propstat-no-status"},
	{name: "propstat without prop", body: inResp(`¦<D:propstat>` + notFound + `</D:propstat>`), want: `/a {404 Not Found:}`, quirks: "propstat-no-prop"},
	{name: "several prop", body: inStat(`<D:prop><D:x/></D:prop>¦<D:prop><D:y/></D:prop>` + ok200), want: `/a {200 OK: x y}`, quirks: "propstat-multi-prop"},
	{name: "property twice", body: inProps(`<D:x>1</D:x>¦<E:x xmlns:E="DAV:">2</E:x><x/>`), want: `/a {200 OK: x="1" x="2" x}`, quirks: "prop-duplicated"},
	{name: "property in two propstats", body: inResp(`<D:propstat><D:prop><D:x>1</D:x></D:prop>` + ok200 + `</D:propstat><D:propstat><D:prop><D:x/></D:prop>` + notFound + `</D:propstat>`),
		want: `/a {200 OK: x="1"} {404 Not Found: x}`},
	{name: "href only", body: inMulti(`¦<D:response><D:href>/a</D:href></D:response>`), want: `/a`, quirks: "response-href-only"},
	{name: "status and propstat", body: inMulti(`¦<D:response><D:href>/a</D:href>` + ok200 + `<D:propstat><D:prop><D:x/></D:prop>` + ok200 + `</D:propstat></D:response>`),
		want: `/a 200 OK {200 OK: x}`, quirks: "response-both"},
	{name: "several href and propstat", body: inMulti(`¦<D:response><D:href>/a</D:href><D:href>/b</D:href><D:propstat><D:prop><D:x/></D:prop>` + ok200 + `</D:propstat></D:response>`),
		want: `/a +/b {200 OK: x}`, quirks: "response-multi-href-propstat"},
	{name: "no href", body: inMulti(`¦<D:response>` + ok200 + `</D:response>`), want: `"" 200 OK`, quirks: "response-no-href"},
	{name: "blank href", body: inMulti(`<D:response>¦<D:href> </D:href>` + ok200 + `</D:response>`), want: `"" 200 OK`, quirks: "response-no-href"},
	{name: "parts outside of a response", body: inMulti(`¦<D:href>/a</D:href>¦<D:propstat><D:prop/></D:propstat>`), quirks: "propstat-unwrapped propstat-unwrapped"},
	{name: "response inside a response", body: inResp(ok200 + `¦<D:response><D:href>/b</D:href></D:response>`), want: `/a 200 OK`, quirks: "propstat-unwrapped"},
	{name: "draft of sync", body: inMulti(`¦<D:sync-response><D:href>/a</D:href></D:sync-response>`), quirks: "sync-response-legacy"},
	{name: "children twice", body: inResp(ok200 + `¦<D:status>HTTP/1.1 500 No</D:status><D:error><D:x/></D:error>¦<D:error><D:y/></D:error>` +
		`<D:responsedescription>1</D:responsedescription>¦<D:responsedescription>2</D:responsedescription>` +
		`<D:location><D:href>/1</D:href>¦<D:href>/2</D:href></D:location>¦<D:location><D:href>/3</D:href></D:location>`),
		want:   `/a 200 OK error <D:error xmlns:D="DAV:"><D:x/></D:error> description 1 location /1`,
		quirks: "child-duplicated child-duplicated child-duplicated child-duplicated child-duplicated"},
	{name: "text between elements", body: head + ` ¦oops<D:response>¦zz<D:href>/a</D:href> ` + ok200 + ` ¦&#65;<!-- x -->y</D:response>¦<![CDATA[]]></D:multistatus>`,
		want: `/a 200 OK`, quirks: "stray-text stray-text stray-text stray-text"},
	{name: "text inside prop", body: inProps(`<D:x/> ¦text <D:y/>`), want: `/a {200 OK: x y}`, quirks: "stray-text"},
	{name: "text inside prop, once between two tags", body: inProps(`¦a<!-- c -->b<D:x/>¦<![CDATA[c]]>d&amp;e<?p?>f<D:y>1</D:y>¦g `), want: `/a {200 OK: x y="1"}`, quirks: "stray-text stray-text stray-text"},
	{name: "text inside prop, longer than a window", body: inProps(`¦a` + strings.Repeat(" x", 50_000) + `<D:x/>`), want: `/a {200 OK: x}`, quirks: "stray-text"},
	{name: "empty sync-token", body: head + `¦<D:sync-token> </D:sync-token></D:multistatus>`, quirks: "sync-token-missing"},
	{name: "several sync-token", body: head + `<D:sync-token>1</D:sync-token>¦<D:sync-token>2</D:sync-token></D:multistatus>`, want: `sync-token 2`, quirks: "sync-token-multi"},

	// Status lines and hrefs.
	{name: "status forms", body: inMulti(
		`<D:response><D:href>/1</D:href><D:status>HTTP/1.1 200</D:status></D:response>` +
			`<D:response><D:href>/2</D:href>¦<D:status>HTTP/1.1  200  OK</D:status></D:response>` +
			`<D:response><D:href>/3</D:href>¦<D:status>404 Not Found</D:status></D:response>` +
			`<D:response><D:href>/4</D:href>¦<D:status>http/1.1 200 ok</D:status></D:response>` +
			`<D:response><D:href>/5</D:href>¦<D:status>HTTP/1.1 OK</D:status></D:response>` +
			`<D:response><D:href>/6</D:href>¦<D:status>HTTP/1.1 2000 OK</D:status></D:response>` +
			`<D:response><D:href>/7</D:href><D:status>HTTP/2 200 </D:status></D:response>` +
			`¦<D:response><D:href>/8</D:href><D:status/></D:response>`),
		want:   "/1 200 \n/2 200 OK\n/3 404 Not Found\n/4 200 ok\n/5 0 HTTP/1.1 OK\n/6 0 HTTP/1.1 2000 OK\n/7 200 \n/8",
		quirks: "status-double-space status-bare status-lowercase status-no-code status-code-range response-href-only"},
	{name: "href forms", body: inMulti(
		`<D:response>¦<D:href>a/b</D:href>` + ok200 + `</D:response><D:response>¦<D:href>a:b.vcf</D:href>` + ok200 + `</D:response>` +
			`<D:response>¦<D:href>//x/y</D:href>` + ok200 + `</D:response><D:response>¦<D:href>/ü</D:href>` + ok200 + `</D:response>` +
			`<D:response>¦<D:href>/100%</D:href>` + ok200 + `</D:response><D:response>¦<D:href>/a/../b</D:href>` + ok200 + `</D:response>` +
			`<D:response><D:href>http://h/a</D:href>` + ok200 + `</D:response>`),
		want:   "a/b 200 OK\na:b.vcf 200 OK\n//x/y 200 OK\n/ü 200 OK\n/100% 200 OK\n/a/../b 200 OK\nhttp://h/a 200 OK",
		quirks: "href-relative href-relative-colon href-double-slash href-unescaped-nonascii href-unescaped-reserved href-dot-segments"},
	{name: "space in href", body: inMulti(`<D:response>¦<D:href>/a b</D:href>` + ok200 + `</D:response>`), want: `"/a b" 200 OK`, quirks: "href-unescaped-space"},

	// Namespaces.
	{name: "default namespace", body: `<multistatus xmlns="DAV:"><response><href>/a</href><propstat><prop><x xmlns="u">1</x><y xmlns=""/></prop><status>HTTP/1.1 200 OK</status></propstat></response></multistatus>`,
		want: `/a {200 OK: {u}x="1" y}`},
	{name: "prefix rebound", body: `<m:multistatus xmlns:m="DAV:"><a:response xmlns:a="DAV:"><a:href>/a</a:href><b:propstat xmlns:b="DAV:"><b:prop><a:x xmlns:a="urn:a"/></b:prop><b:status>HTTP/1.1 200 OK</b:status></b:propstat></a:response></m:multistatus>`,
		want: `/a {200 OK: {urn:a}x}`},
	{name: "foreign names of the same local name", body: inMulti(`<x:response xmlns:x="dav:"/><x:response xmlns:x="DAV"/>`)},
	{name: "root in no namespace", body: `¦<multistatus><response><href>/a</href><propstat><prop><x/><y xmlns="u"/></prop><status>HTTP/1.1 200 OK</status></propstat></response></multistatus>`,
		want: `/a {200 OK: x {u}y}`, quirks: "ns-absent"},
	{name: "root in DAV without colon", body: `¦<D:multistatus xmlns:D="DAV"><D:response><D:href>/a</D:href><D:propstat><D:prop><D:x><D:y/></D:x><z xmlns="DAV"/></D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response></D:multistatus>`,
		want: `/a {200 OK: x=<D:x xmlns:D="DAV:"><D:y/></D:x> z}`, quirks: "ns-uri-no-colon"},
	{name: "root in a decorated DAV:", body: `<?xml version="1.0"?>` + "\n" + `¦<d:multistatus xmlns:d="DAV:/"/>`, quirks: "ns-uri-no-colon"},
	{name: "undeclared on the root", body: `<¦D:multistatus><D:response><D:href>/a</D:href><D:propstat><D:prop><D:x/></D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response></D:multistatus>`,
		want: `/a {200 OK: x}`, quirks: "ns-undeclared-structural"},
	{name: "undeclared on a response", body: `<multistatus xmlns="DAV:"><¦d:response><¦d:href>/a</d:href><status>HTTP/1.1 200 OK</status></d:response></multistatus>`,
		want: `/a 200 OK`, quirks: "ns-undeclared-structural ns-undeclared-structural"},
	{name: "unknown undeclared prefix on a response", body: inMulti(`<D:response><D:href>/a</D:href>` + ok200 + `</D:response><¦x:response/>`),
		want: `/a 200 OK`, err: `undeclared namespace prefix "x" in multistatus, line 1:`, is: ErrPrefix},
	{name: "undeclared in prop", body: inProps(`<¦oc:id ¦p:q="1"><¦oc:b/><¦DAV:c/></oc:id>`),
		want:   `/a {200 OK: {?oc}id=<oc:id xmlns:oc="?oc" xmlns:p="?p" xmlns:DAV="DAV:" p:q="1"><oc:b/><DAV:c/></oc:id>}`,
		quirks: "ns-undeclared-in-prop ns-undeclared-in-prop ns-undeclared-in-prop ns-undeclared-in-prop"},
	{name: "undeclared DAV in prop", body: inProps(`<¦DAV:x/>`), want: `/a {200 OK: x}`, quirks: "ns-undeclared-in-prop"},
	{name: "empty binding of a prefix", body: inProps(`<p:x ¦xmlns:p="">1</p:x>`), want: `/a {200 OK: {?p}x="1"}`, quirks: "ns-empty-prefix-binding"},
	{name: "empty binding beside a default namespace", body: inProps(`<D:x xmlns="u" ¦xmlns:p="" p:xmlns="v"><p:a/><b/></D:x>`),
		want: `/a {200 OK: x=<D:x xmlns:D="DAV:" xmlns:p="?p" xmlns="u" p:xmlns="v"><p:a/><b/></D:x>}`, quirks: "ns-empty-prefix-binding"},
	{name: "empty binding of the root's prefix", body: `<D:multistatus ¦xmlns:D=""><D:response><D:href>/a</D:href><D:status>HTTP/1.1 200 OK</D:status></D:response></D:multistatus>`,
		want: `/a 200 OK`, quirks: "ns-empty-prefix-binding"},
	{name: "second colon", body: inProps(`<¦D:D:exclusive/>`), want: `/a {200 OK: D:exclusive}`, quirks: "ns-double-prefix"},
	{name: "second colon inside a value", body: inProps(`<D:x><¦D:a:b ¦D:c:d="1"/></D:x>`), want: `/a {200 OK: x=<D:x xmlns:D="DAV:"><D:a_b D:c_d="1"/></D:x>}`,
		quirks: "ns-double-prefix ns-double-prefix"},
	{name: "second colon on a protocol element", body: inMulti(`<¦D:D:response/>`), err: `malformed markup (name "D:D:response") in multistatus`, is: ErrSyntax},
	{name: "xml bound again", body: inProps(`<D:x ¦xmlns:x2="http://www.w3.org/XML/1998/namespace" x2:lang="de">1</D:x>`), want: `/a {200 OK: x@de="1"}`, quirks: "ns-xml-rebound"},
	{name: "reserved prefix", body: inProps(`<D:x ¦xmlns:xml="urn:x"/>`), err: `reserved namespace or prefix misused "xmlns:xml"`, is: ErrReserved},
	{name: "lang inherited", body: `<D:multistatus xmlns:D="DAV:" xml:lang="en"><D:response><D:href>/a</D:href><D:propstat><D:prop xml:lang="fr"><D:x>1</D:x><D:y xml:lang="de">2</D:y><D:z xml:lang="">3</D:z></D:prop>` + ok200 + `</D:propstat></D:response></D:multistatus>`,
		want: `/a {200 OK: x@fr="1" y@de="2" z="3"}`},
	{name: "attributes", body: inProps("<D:x a='1' D:b=\"&lt;'\n\" xml:lang=\"en\" xmlns:e=\"u\">1</D:x>"), want: `/a {200 OK: x@en=<D:x xmlns:D="DAV:" xml:lang="en" a='1' D:b="&lt;'` + "\n" + `">1</D:x>}`},
	{name: "attribute twice", body: inProps(`<D:x xmlns:p="u" xmlns:q="u" p:a="1" ¦q:a="2"/>`), err: `duplicate attribute "q:a"`, is: ErrAttribute},
	{name: "lang of an outer element, through elements without", body: `<D:multistatus xmlns:D="DAV:"><D:response xml:lang="el"><D:href>/a</D:href><D:propstat><D:prop><D:x><D:y xml:lang="de"/></D:x></D:prop>` + ok200 + `</D:propstat></D:response>` +
		`<D:response><D:href>/b</D:href><D:propstat><D:prop><D:x/></D:prop>` + ok200 + `</D:propstat></D:response></D:multistatus>`,
		want: `/a {200 OK: x@el=<D:x xmlns:D="DAV:" xml:lang="el"><D:y xml:lang="de"/></D:x>}` + "\n/b {200 OK: x}"},
	{name: "bindings that only text and attribute values use", body: `<D:multistatus xmlns:D="DAV:" xmlns:o="urn:outer" xmlns:un="urn:unused"><D:response><D:href>/a</D:href><D:propstat><D:prop>` +
		`<D:x xmlns:i="urn:inner" type="i:int">o:name</D:x></D:prop>` + ok200 + `</D:propstat></D:response></D:multistatus>`,
		want: `/a {200 OK: x=<D:x xmlns:D="DAV:" xmlns:i="urn:inner" xmlns:o="urn:outer" type="i:int">o:name</D:x>}`},
	{name: "mixed content", body: inProps(`<D:x> a <b xmlns="u">c<D:d/></b>e<!-- f --> </D:x>`), want: `/a {200 OK: x=<D:x xmlns:D="DAV:"> a <b xmlns="u">c<D:d/></b>e<!-- f --> </D:x>}`},
	{name: "text of a value in pieces", body: inProps(`<D:x>a<!-- b -->&#99;<![CDATA[<d>&amp;]]>e<?f g?><![CDATA[]]>h</D:x>`), want: `/a {200 OK: x="ac<d>&amp;eh"}`},

	// Lexical repairs.
	{name: "bare ampersand", body: inProps(`<D:x>a ¦& b¦&c ¦&; &amp;</D:x>`), want: `/a {200 OK: x="a & b&c &; &"}`, quirks: "amp-raw amp-raw amp-raw"},
	{name: "entity of HTML", body: inProps(`<D:x>¦&nbsp;¦&lt1;</D:x>`), want: `/a {200 OK: x="&nbsp;&lt1;"}`, quirks: "ent-html ent-html"},
	{name: "reference to a control character", body: inProps(`<D:x>¦&#x1A;¦&#0;¦&#xD800;¦&#xFFFFFFFFFF;</D:x>`), want: "/a {200 OK: x=\"\uFFFD\uFFFD\uFFFD\uFFFD\"}",
		quirks: "chr-control-ref chr-control-ref chr-control-ref chr-control-ref"},
	{name: "ampersand before a bad byte", body: inProps("<D:x k='¦&¦\xFF;'>¦&¦\xFF;</D:x>"), want: "/a {200 OK: x=<D:x xmlns:D=\"DAV:\" k=\"&amp;\uFFFD;\">&amp;\uFFFD;</D:x>}",
		quirks: "amp-raw enc-invalid-utf8 amp-raw enc-invalid-utf8"},
	{name: "stray text longer than a window, then an ampersand", body: head + `¦` + strings.Repeat("x", 70_000) + `¦&</D:multistatus>`, quirks: "stray-text amp-raw"},
	{name: "stray text longer than a window, then the end of CDATA", body: head + `¦` + strings.Repeat("x", 70_000) + `¦]]></D:multistatus>`, quirks: "stray-text", err: "sequence not allowed in content", is: ErrContent},
	{name: "stray text behind white space longer than a window", body: head + strings.Repeat(" ", 70_000) + "¦x</D:multistatus>", quirks: "stray-text"},
	{name: "stray CDATA longer than a window", body: head + "\n¦<![CDATA[" + strings.Repeat(" ", 70_000) + "x]]></D:multistatus>", quirks: "stray-text"},
	{name: "NULs longer than a window, then text", body: head + "</D:multistatus>¦" + strings.Repeat("\x00", 70_000) + "¦x", quirks: "trailing-space", err: "content after", is: ErrTrailing},
	{name: "another prefix of xml in text", body: inProps(`<D:x ¦xmlns:q="http://www.w3.org/XML/1998/namespace">q:foo</D:x>`), want: `/a {200 OK: x="q:foo"}`, quirks: "ns-xml-rebound"},
	{name: "mended names that are equal", body: inProps(`<D:x ¦D:a:b="1" ¦D:a_b="2"/>`), quirks: "ns-double-prefix", err: "duplicate attribute", is: ErrAttribute},
	{name: "malformed reference", body: inProps(`<D:x>¦&#12x;</D:x>`), err: `malformed reference "&#12x;" in`, is: ErrEntity},
	{name: "control character", body: inProps("<D:x>¦\x0b<![CDATA[¦\x08]]></D:x>"), want: "/a {200 OK: x=\"\uFFFD\uFFFD\"}", quirks: "chr-control-literal chr-control-literal"},
	{name: "noncharacter", body: inProps("<D:x>¦\uFFFE</D:x>"), want: "/a {200 OK: x=\"\uFFFD\"}", quirks: "chr-nonchar"},
	{name: "invalid UTF-8", body: inProps("<D:x>a¦\xFFb¦\xED\xA0\x80</D:x>"), want: "/a {200 OK: x=\"a\uFFFDb\uFFFD\"}", quirks: "enc-invalid-utf8 enc-invalid-utf8"},
	{name: "what XML cannot carry in an href", body: inMulti("<D:response><D:href>/¦\xE9¦&#1;¦\x02</D:href>" + ok200 + `</D:response>`), want: `/%E9%01%02 200 OK`,
		quirks: "enc-invalid-utf8 chr-control-ref chr-control-literal"},
	{name: "what cannot be decoded, in an href", opts: DecodeOptions{ContentType: "text/xml; charset=shift_jis"},
		body: inMulti("<D:response><D:href>/a¦\x81</D:href>" + ok200 + `<D:responsedescription>¦` + "\x81</D:responsedescription></D:response>"), want: "/a%EF%BF%BD 200 OK description \uFFFD",
		quirks: "enc-invalid-utf8 enc-invalid-utf8"},
	{name: "repairs inside a value", body: inProps("<D:x><D:y z='¦& ¦\x01'>¦&nbsp;</D:y></D:x>"), want: "/a {200 OK: x=<D:x xmlns:D=\"DAV:\"><D:y z=\"&amp; \uFFFD\">&amp;nbsp;</D:y></D:x>}",
		quirks: "amp-raw chr-control-literal ent-html"},
	{name: "line ends", body: inProps("<D:x>a\r\nb\rc&#13;</D:x>"), want: `/a {200 OK: x="a\nb\nc\r"}`},
	{name: "invalid UTF-8 in a name", body: inProps("<D:x¦\xFF/>"), err: "character not allowed in markup", is: ErrCharacter},
	{name: "CDATA end in text", body: inProps("<D:x>a¦]]></D:x>"), err: `sequence not allowed in content ("]]>" in character data)`, is: ErrContent},

	// The document.
	{name: "byte order mark", body: "\xEF\xBB\xBF" + head + `</D:multistatus>`},
	{name: "declaration", body: `<?xml version='1.0' encoding='utf-8' standalone='yes'?>` + head + `</D:multistatus>`},
	{name: "white space before the declaration", body: "\n¦<?xml version='1.0'?>" + head + `</D:multistatus>`, quirks: "doc-leading-space"},
	{name: "version 1.1", body: `¦<?xml version="1.1"?>` + head + `</D:multistatus>`, quirks: "doc-xml11"},
	{name: "plain doctype", body: `¦<!DOCTYPE multistatus SYSTEM "http://x/y.dtd">` + head + `</D:multistatus>`, quirks: "doctype-plain"},
	{name: "doctype with entities", body: `¦<!DOCTYPE m [<!ENTITY a "b">]>` + head + `</D:multistatus>`, err: "document type declaration refused", is: ErrDoctype},
	{name: "NULs at the end", body: head + "</D:multistatus>\n¦\x00\x00", quirks: "trailing-space"},
	{name: "text at the end", body: inResp(ok200) + ` ¦x`, want: `/a 200 OK`, err: `content after the document's end`, is: ErrTrailing},
	{name: "second document", body: inResp(ok200) + `¦<?xml version="1.0"?><D:error xmlns:D="DAV:"/>`, want: `/a 200 OK`, err: `content after`, is: ErrTrailing},
	{name: "second root", body: inResp(ok200) + `¦<D:error xmlns:D="DAV:"/>`, want: `/a 200 OK`, err: `content after`, is: ErrTrailing},
	{name: "Latin-1 by the declaration", body: `<?xml version="1.0" encoding="iso-8859-1"?>` + inProps("<D:x>\xE9</D:x>"), want: `/a {200 OK: x="é"}`},
	{name: "Latin-1 by the Content-Type", body: inProps("<D:x>\xE9</D:x>"), opts: DecodeOptions{ContentType: "text/xml; charset=ISO-8859-1"}, want: `/a {200 OK: x="é"}`},
	{name: "Content-Type against declaration", body: `¦<?xml version="1.0" encoding="iso-8859-1"?>` + inProps("<D:x>é</D:x>"), opts: DecodeOptions{ContentType: "text/xml; charset=utf-8"},
		want: `/a {200 OK: x="é"}`, quirks: "enc-decl-lies"},
	{name: "unknown charset", body: `<?xml version="1.0" encoding="klingon"?>` + head + `</D:multistatus>`, err: `"klingon"`, is: ErrCharset},
	{name: "mismatch", body: inMulti(`<D:response><D:href>/a</D:href>` + ok200 + `</D:response><D:response>¦</D:href>`), want: `/a 200 OK`,
		err: `multistatus: mismatched end tag </D:href> for <D:response> in multistatus/response[2], line 1:`, is: ErrMismatch},
	{name: "end tag in another case", body: inMulti(`<d:response xmlns:d="DAV:">¦</D:response>`), err: `mismatched end tag`, is: ErrMismatch},
	{name: "truncated in a response", body: inResp(ok200)[:len(inResp(ok200))-len("</D:multistatus>")] + `<D:response>¦<D:href>/b`, want: `/a 200 OK`,
		err: `unexpected EOF in multistatus/response[2]/href`, is: io.ErrUnexpectedEOF},
	{name: "truncated in a tag", body: head + `<D:response>¦<D:hre`, err: `unexpected EOF in multistatus/response`, is: io.ErrUnexpectedEOF},
	{name: "truncated before the root", body: `¦<?xml version="1.0"?`, err: `unexpected EOF, line 1:1`, is: io.ErrUnexpectedEOF},
	{name: "nothing", body: ``, err: `empty document`, is: ErrEmpty},
	{name: "white space only", body: " \n\t", err: `empty document`, is: ErrEmpty},

	// What is no multistatus.
	{name: "HTML", body: "<!DOCTYPE html>\n¦<html><body>Login", err: `the root is "html"`, is: ErrNotMultistatus},
	{name: "HTML that is no XML", body: "<!doctype html>\n<html lang=¦en><body>Login", err: `the root is "html"`, is: ErrNotMultistatus},
	{name: "JSON", body: `¦{"error":"no"}`, err: `not a DAV:multistatus document: malformed markup (text before the root element), line 1:1`, is: ErrNotMultistatus},
	{name: "gzip", body: "¦\x1f\x8b\x08\x00", err: `not a DAV:multistatus document: malformed markup`, is: ErrNotMultistatus},
	{name: "error", body: `¦<D:error xmlns:D="DAV:"/>`, err: `the root is "{DAV:}error"`, is: ErrNotMultistatus},
	{name: "another case", body: `¦<D:MultiStatus xmlns:D="DAV:"/>`, err: `the root is "{DAV:}MultiStatus"`, is: ErrNotMultistatus},
	{name: "another namespace", body: `¦<multistatus xmlns="urn:x"/>`, err: `the root is "{urn:x}multistatus"`, is: ErrNotMultistatus},

	// Limits.
	{name: "depth", body: inProps(`<D:x>` + strings.Repeat(`<a>`, 4) + `¦<a/>` + strings.Repeat(`</a>`, 4) + `</D:x>`), opts: DecodeOptions{MaxDepth: 9}, err: `limit MaxDepth of 9 exceeded`},
	{name: "attributes", body: inProps(`¦<D:x a="" b="" c=""/>`), opts: DecodeOptions{MaxAttrs: 2}, err: `limit MaxAttrs of 2 exceeded`},
	{name: "namespaces", body: inProps(`¦<D:x xmlns:a="a" xmlns:b="b"/>`), opts: DecodeOptions{MaxNamespaces: 2}, err: `limit MaxNamespaces of 2 exceeded`},
	{name: "undeclared namespaces", body: inProps(`<¦a:x><¦b:x/><¦c:x/></a:x>`), opts: DecodeOptions{MaxNamespaces: 2}, quirks: "ns-undeclared-in-prop ns-undeclared-in-prop", err: `limit MaxNamespaces of 2 exceeded`},
	{name: "name", body: inProps(`¦<D:elevenchars12/>`), opts: DecodeOptions{MaxNameBytes: 13}, err: `limit MaxNameBytes of 13 exceeded`},
	{name: "text", body: inMulti(`<D:response><D:href>/1234</D:href>` + ok200 + `</D:response><D:response>¦<D:href>/12345678901234567</D:href></D:response>`), opts: DecodeOptions{MaxTextBytes: 17},
		want: `/1234 200 OK`, err: `limit MaxTextBytes of 17 exceeded in multistatus/response[2]/href`},
	{name: "value", body: inProps(`<D:x>12345</D:x>¦<D:y>123456</D:y>`), opts: DecodeOptions{MaxValueBytes: 5}, err: `limit MaxValueBytes of 5 exceeded in multistatus/response/propstat/prop/y`},
	{name: "value that is not selected", body: inProps(`¦<D:y>123456</D:y>`), opts: DecodeOptions{MaxValueBytes: 5, Select: []Name{DAV("x")}}, err: `limit MaxValueBytes of 5 exceeded`},
	{name: "response", body: inMulti(`<D:response><D:href>/a</D:href>` + ok200 + `</D:response>¦<D:response><D:href>/b</D:href>` + ok200 + strings.Repeat(" ", 50) + `<D:error/></D:response>`), opts: DecodeOptions{MaxResponseBytes: 100},
		want: `/a 200 OK`, err: `limit MaxResponseBytes of 100 exceeded`},
	{name: "response of just that size", body: inMulti(`<D:response><D:href>/b</D:href>` + ok200 + `</D:response>`), opts: DecodeOptions{MaxResponseBytes: len(`<D:response><D:href>/b</D:href>` + ok200 + `</D:response>`)},
		want: `/b 200 OK`},
	{name: "response that is larger by its last byte", body: inMulti(`¦<D:response><D:href>/b</D:href>` + ok200 + `</D:response>`), opts: DecodeOptions{MaxResponseBytes: len(`<D:response><D:href>/b</D:href>`+ok200+`</D:response>`) - 1},
		err: `exceeded in multistatus/response, line`},
	{name: "properties", body: inProps(`<D:a/><D:b/>¦<D:c/>`), opts: DecodeOptions{MaxProps: 2}, err: `limit MaxProps of 2 exceeded in multistatus/response/propstat/prop/c`},
	{name: "propstats", body: inResp(`<D:propstat><D:prop/>` + ok200 + `</D:propstat><D:propstat><D:prop/>` + ok200 + `</D:propstat>¦<D:propstat/>`), opts: DecodeOptions{MaxProps: 2},
		err: `limit MaxProps of 2 exceeded in multistatus/response/propstat`},
	{name: "hrefs", body: inResp(`<D:href>/b</D:href>¦<D:href>/c</D:href>`), opts: DecodeOptions{MaxHrefs: 2}, err: `limit MaxHrefs of 2 exceeded`},
	{name: "bytes", body: inResp(ok200)[:len(head)+20] + `¦` + inResp(ok200)[len(head)+20:], opts: DecodeOptions{MaxBytes: int64(len(head) + 20)}, err: `limit MaxBytes of 50 exceeded`},
	{name: "prolog", body: `¦<!--` + strings.Repeat("long ", 14000) + `-->` + head + `</D:multistatus>`, err: `limit prolog of 65536 exceeded`},

	// Options.
	{name: "selection", body: inProps(`<D:x>1</D:x><D:y>¦& <z/></D:y><x>2</x>`), opts: DecodeOptions{Select: []Name{DAV("x"), {"", "x"}}}, want: `/a {200 OK: x="1" x="2"}`, quirks: "amp-raw"},
	{name: "nothing selected", body: inResp(`<D:propstat><D:prop><D:y/><D:z a="1">2</D:z></D:prop>` + notFound + `</D:propstat><D:propstat><D:prop/>` + notFound + `</D:propstat>` +
		`<D:propstat><D:prop><D:y/></D:prop>` + ok200 + `</D:propstat>`), opts: DecodeOptions{Select: []Name{DAV("x")}}, want: `/a {404 Not Found: z} {404 Not Found:} {200 OK:}`},
	{name: "something selected", body: inStat(`<D:prop><D:x/><D:z/></D:prop>` + notFound), opts: DecodeOptions{Select: []Name{DAV("x")}}, want: `/a {404 Not Found: x}`},
	{name: "long value", body: inProps(`<D:x>` + strings.Repeat("0123456789abcdef", 20000) + `</D:x><D:y>` + strings.Repeat("<z>0123456789abcdef</z>", 10000) + `</D:y>`),
		want: `/a {200 OK: x="` + strings.Repeat("0123456789abcdef", 20000) + `" y=<D:y xmlns:D="DAV:">` + strings.Repeat("<z>0123456789abcdef</z>", 10000) + `</D:y>}`},
}

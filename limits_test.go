package multistatus

import (
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
)

// padded puts white space in the place of # in body, so that it is n bytes long.
func padded(n int, body string) string {
	return strings.Replace(body, "#", strings.Repeat(" ", n-len(body)+1), 1)
}

func repeated(n int, text string) string { return strings.Repeat(text, max(n, 0)) }

// limitCases make bodies that use just n of a limit.
var limitCases = []struct {
	name  string
	limit string                        // as LimitError tells it
	small int                           // one that the shortest body needs, or more
	def   int                           // the default; 0 for none, or where that is tested apart
	set   func(o *DecodeOptions, n int) // nil: it cannot be set
	body  func(n int) string            // of the prolog, the root's < is a part
}{
	{"bytes of a body", "MaxBytes", 50, 0, setBytes, func(n int) string { return padded(n, inMulti("#")) }},
	{"bytes after the root", "MaxBytes", 50, 0, setBytes, func(n int) string { return padded(n, inMulti("")+"#") }},
	{"response", "MaxResponseBytes", 200, 0, setResponse, func(n int) string {
		return inMulti(padded(n, smallResponse[:len(smallResponse)-len("</D:response>")]+"#</D:response>"))
	}},
	{"tag", "MaxResponseBytes", 60, 0, setResponse, func(n int) string { return inMulti(`<D:x a="` + repeated(n-len(`<D:x a=""/>`), "x") + `"/>`) }},
	{"value of text", "MaxValueBytes", 40, 16 << 20, setValue, func(n int) string { return inProps(`<D:x>` + repeated(n, "x") + `</D:x>`) }},
	{"value with a reference", "MaxValueBytes", 40, 0, setValue, func(n int) string { return inProps(`<D:x>&lt;` + repeated(n-4, "x") + `</D:x>`) }},
	{"value of elements", "MaxValueBytes", 40, 0, setValue, func(n int) string { return inProps(`<D:x><D:y/>` + repeated(n-6, " ") + `</D:x>`) }},
	{"value with a comment", "MaxValueBytes", 40, 0, setValue, func(n int) string { return inProps(`<D:x><!--` + repeated(n-7, " ") + `--></D:x>`) }},
	{"error", "MaxValueBytes", 40, 0, setValue, func(n int) string { return inResp(ok200 + `<D:error>` + repeated(n-6, " ") + `<D:y/></D:error>`) }},
	{"error of a propstat", "MaxValueBytes", 40, 0, setValue, func(n int) string {
		return inStat(`<D:prop/>` + ok200 + `<D:error>` + repeated(n-6, " ") + `<D:y/></D:error>`)
	}},
	{"href", "MaxTextBytes", 40, 64 << 10, setText, func(n int) string {
		return inMulti(`<D:response><D:href>/` + repeated(n-1, "x") + `</D:href>` + ok200 + `</D:response>`)
	}},
	{"further href", "MaxTextBytes", 40, 64 << 10, setText, func(n int) string {
		return inResp(`<D:href>/` + repeated(n-1, "x") + `</D:href>` + ok200)
	}},
	{"href with a reference", "MaxTextBytes", 40, 64 << 10, setText, func(n int) string {
		return inMulti(`<D:response><D:href>/&amp;` + repeated(n-6, "x") + `</D:href>` + ok200 + `</D:response>`)
	}},
	{"href with a comment", "MaxTextBytes", 40, 0, setText, func(n int) string {
		return inMulti(`<D:response><D:href>/<!--` + repeated(n-8, "x") + `--></D:href>` + ok200 + `</D:response>`)
	}},
	{"href with a section", "MaxTextBytes", 40, 0, setText, func(n int) string {
		return inMulti(`<D:response><D:href>/<![CDATA[` + repeated(n-13, "x") + `]]></D:href>` + ok200 + `</D:response>`)
	}},
	{"href with a child", "MaxTextBytes", 40, 0, setText, func(n int) string {
		return inMulti(`<D:response><D:href>/<x>` + repeated(n-8, "x") + `</x></D:href>` + ok200 + `</D:response>`)
	}},
	{"status", "MaxTextBytes", 40, 64 << 10, setText, func(n int) string {
		return inResp(`<D:status>HTTP/1.1 200 ` + repeated(n-13, "x") + `</D:status>`)
	}},
	{"description", "MaxTextBytes", 40, 64 << 10, setText, func(n int) string {
		return inResp(ok200 + `<D:responsedescription>` + repeated(n, "x") + `</D:responsedescription>`)
	}},
	{"location", "MaxTextBytes", 40, 64 << 10, setText, func(n int) string {
		return inResp(ok200 + `<D:location><D:href>/` + repeated(n-1, "x") + `</D:href></D:location>`)
	}},
	{"sync-token", "MaxTextBytes", 40, 64 << 10, setText, func(n int) string {
		return inMulti(`<D:sync-token>` + repeated(n, "x") + `</D:sync-token>`)
	}},
	{"name of an element", "MaxNameBytes", 40, 1024, setName, func(n int) string { return inProps(`<D:` + repeated(n-2, "x") + `/>`) }},
	{"name in a value", "MaxNameBytes", 40, 1024, setName, func(n int) string {
		return inProps(`<D:x><D:` + repeated(n-2, "x") + `></D:` + repeated(n-2, "x") + `></D:x>`)
	}},
	{"name of an attribute", "MaxNameBytes", 40, 1024, setName, func(n int) string { return inProps(`<D:x ` + repeated(n, "x") + `=""/>`) }},
	{"language", "MaxNameBytes", 40, 1024, setName, func(n int) string { return inProps(`<D:x xml:lang="` + repeated(n, "x") + `"/>`) }},
	{"language of the body", "MaxNameBytes", 40, 1024, setName, func(n int) string {
		return strings.Replace(inMulti(smallResponse), ">", ` xml:lang="`+repeated(n, "x")+`">`, 1)
	}},
	{"name of an end tag", "MaxNameBytes", 40, 1024, setName, func(n int) string { return inProps(`<D:` + repeated(n-2, "x") + ` ></D:` + repeated(n-2, "x") + ` >`) }},
	{"target", "MaxNameBytes", 40, 1024, setName, func(n int) string { return inProps(`<D:x><?` + repeated(n, "x") + `?></D:x>`) }},
	{"prefix", "MaxNameBytes", 40, 1024, setName, func(n int) string { return inProps(`<D:x xmlns:` + repeated(n-6, "x") + `="u"/>`) }},
	{"URI", "MaxNameBytes", 4 * 40, 4096, func(o *DecodeOptions, n int) { o.MaxNameBytes = n / 4 }, func(n int) string { return inProps(`<x xmlns="` + repeated(n, "x") + `"/>`) }},
	{"depth", "MaxDepth", 9, 256, func(o *DecodeOptions, n int) { o.MaxDepth = n }, func(n int) string {
		return inProps(repeated(n-4, `<D:x>`) + repeated(n-4, `</D:x>`))
	}},
	{"depth in an extension", "MaxDepth", 9, 256, func(o *DecodeOptions, n int) { o.MaxDepth = n }, func(n int) string {
		return inMulti(repeated(n-1, `<D:x>`) + repeated(n-1, `</D:x>`))
	}},
	{"depth in an error", "MaxDepth", 9, 256, func(o *DecodeOptions, n int) { o.MaxDepth = n }, func(n int) string {
		return inResp(ok200 + `<D:error>` + repeated(n-3, `<D:x>`) + repeated(n-3, `</D:x>`) + `</D:error>`)
	}},
	{"depth in an href", "MaxDepth", 9, 256, func(o *DecodeOptions, n int) { o.MaxDepth = n }, func(n int) string {
		return inResp(`<D:href>/` + repeated(n-3, `<D:x>`) + repeated(n-3, `</D:x>`) + `</D:href>` + ok200)
	}},
	{"attributes", "MaxAttrs", 9, 256, func(o *DecodeOptions, n int) { o.MaxAttrs = n }, func(n int) string { return inProps(`<D:x` + numbered(n, ` a#=""`) + `/>`) }},
	{"attributes beside declarations", "MaxAttrs", 9, 256, func(o *DecodeOptions, n int) { o.MaxAttrs = n }, func(n int) string { return inProps(`<D:x` + numbered(n, ` xmlns:p#="u" a#=""`) + `/>`) }},
	{"namespaces of a tag", "MaxNamespaces", 9, 1024, setNamespaces, func(n int) string { return inProps(`<D:x` + numbered(n-1, ` xmlns:p#="u"`) + `/>`) }},
	{"namespaces in scope", "MaxNamespaces", 9, 0, setNamespaces, func(n int) string {
		return inProps(numbered(n-1, `<D:x xmlns:p#="u">`) + repeated(n-1, `</D:x>`))
	}},
	{"undeclared prefixes", "MaxNamespaces", 9, 1024, setNamespaces, func(n int) string { return inProps(`<D:x>` + numbered(n, `<p#:x/>`) + `</D:x>`) }},
	{"properties", "MaxProps", 9, 10_000, setProps, func(n int) string { return inProps(numbered(n, `<D:x#/>`)) }},
	{"properties of several propstats", "MaxProps", 9, 0, setProps, func(n int) string {
		return inResp(`<D:propstat><D:prop>` + repeated(n-1, `<D:x/>`) + `</D:prop>` + ok200 + `</D:propstat><D:propstat><D:prop><D:y/></D:prop>` + ok200 + `</D:propstat>`)
	}},
	{"propstats", "MaxProps", 9, 10_000, setProps, func(n int) string { return inResp(repeated(n, `<D:propstat><D:prop/>`+ok200+`</D:propstat>`)) }},
	{"hrefs", "MaxHrefs", 9, 10_000, func(o *DecodeOptions, n int) { o.MaxHrefs = n }, func(n int) string { return inResp(repeated(n-1, `<D:href>/b</D:href>`) + ok200) }},
	{"white space before the root", "prolog", 0, 64 << 10, nil, func(n int) string {
		return `<?xml version="1.0"?>` + repeated(n-22, " ") + `<D:multistatus xmlns:D="DAV:"/>`
	}},
	{"instruction before the root", "prolog", 0, 64 << 10, nil, func(n int) string { return `<?x ` + repeated(n-7, " ") + `?><D:multistatus xmlns:D="DAV:"/>` }},
	{"comments before the root", "prolog", 0, 64 << 10, nil, func(n int) string {
		return repeated(100, "<!---->") + repeated(n-701, " ") + `<D:multistatus xmlns:D="DAV:"/>`
	}},
	{"document type", "prolog", 0, 64 << 10, nil, func(n int) string { return `<!DOCTYPE a` + repeated(n-13, " ") + `><D:multistatus xmlns:D="DAV:"/>` }},
	{"comment before the root", "prolog", 0, 64 << 10, nil, func(n int) string { return `<!--` + repeated(n-8, " ") + `--><D:multistatus xmlns:D="DAV:"/>` }},
}

func setBytes(o *DecodeOptions, n int)      { o.MaxBytes = int64(n) }
func setResponse(o *DecodeOptions, n int)   { o.MaxResponseBytes = n }
func setValue(o *DecodeOptions, n int)      { o.MaxValueBytes = n }
func setText(o *DecodeOptions, n int)       { o.MaxTextBytes = n }
func setName(o *DecodeOptions, n int)       { o.MaxNameBytes = n }
func setNamespaces(o *DecodeOptions, n int) { o.MaxNamespaces = n }
func setProps(o *DecodeOptions, n int)      { o.MaxProps = n }

// checkLimit decodes a body that uses n of a limit of max, in every way of the readers given, and expects an error if that is too much.
func checkLimit(t *testing.T, name, limit, body string, opts DecodeOptions, n, max int, reads ...func(string) io.Reader) {
	t.Helper()
	for i, read := range append(reads, nil) {
		d := new(Decoder)
		if d.ResetString(body, &opts); read != nil {
			d.Reset(read(body), &opts)
		}
		err := d.Decode(new(Multistatus))
		var at *DecodeError
		var l *LimitError
		switch {
		case n <= max && err != nil:
			t.Errorf("%s, way %d: Decode of %d where %d are allowed = %v, want nil", name, i, n, max, err)
		case n > max && (!errors.As(err, &at) || !errors.As(err, &l) || *l != LimitError{limit, int64(max)}):
			t.Errorf("%s, way %d: Decode of %d where %d are allowed = %v, want limit %s", name, i, n, max, err, limit)
		}
	}
}

func byteReader(s string) io.Reader { return iotest.OneByteReader(strings.NewReader(s)) }

// A limit lets through just what it says, and is off where it is negative.
func TestLimits(t *testing.T) {
	for _, c := range limitCases {
		if c.set == nil {
			continue
		}
		for n := c.small - 1; n <= c.small+1; n++ {
			var opts DecodeOptions
			c.set(&opts, c.small)
			checkLimit(t, c.name, c.limit, c.body(n), opts, n, c.small, byteReader)
		}
		checkLimit(t, c.name+", off", c.limit, c.body(max(c.small, c.def)+1), noLimits, 0, 0)
	}
}

func TestDefaultLimits(t *testing.T) {
	for _, c := range limitCases {
		if c.def == 0 {
			continue
		}
		for n := c.def; n <= c.def+1; n++ {
			checkLimit(t, c.name, c.limit, c.body(n), DecodeOptions{}, n, c.def, readers[0].read)
		}
	}
}

// blank is white space without end.
type blank struct{}

func (blank) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = ' '
	}
	return len(p), nil
}

// wide reads body with n bytes of white space in the place of #.
func wide(body string, n int64) io.Reader {
	before, after, _ := strings.Cut(body, "#")
	return io.MultiReader(strings.NewReader(before), io.LimitReader(blank{}, n), strings.NewReader(after))
}

// A response of 64 MiB is let through, and one byte more is not.
func TestDefaultResponseLimit(t *testing.T) {
	const limit = 64 << 20
	body := inResp(ok200 + "#")
	room := int64(limit - len(body) + len("#") + len(inMulti("")))
	for _, c := range []struct {
		n    int64
		want string
	}{{room, ""}, {room + 1, "limit MaxResponseBytes of 67108864 exceeded"}} {
		err := NewDecoder(wide(body, c.n), nil).Next(new(Response))
		if got := message(err); (got == "") != (c.want == "") || !strings.Contains(got, c.want) {
			t.Errorf("Next() of a response of %d bytes = %v, want %q", limit+c.n-room, err, c.want)
		}
	}
	if got := new(DecodeOptions).limits().config().MaxTag; got != limit {
		t.Errorf("MaxTag = %d, want %d", got, limit)
	}
}

// Decode and ParseElement read 256 MiB, Next everything, and so does Decode after Next.
func TestDefaultBodyLimit(t *testing.T) {
	const limit = 256 << 20
	body := inMulti(smallResponse)
	next := func(d *Decoder) error { return d.Next(new(Response)) }
	decode := func(d *Decoder) error { return d.Decode(new(Multistatus)) }
	for _, c := range []struct {
		name string
		max  int64 // in DecodeOptions
		read func(*Decoder) error
		want int64
	}{
		{"Next", 0, next, math.MaxInt64},
		{"Next", 1000, next, 1000},
		{"Decode", 0, decode, limit},
		{"Decode", -1, decode, math.MaxInt64},
		{"Decode", 1000, decode, 1000},
		{"Next and Decode", 0, func(d *Decoder) error { next(d); return decode(d) }, math.MaxInt64},
		{"ParseElement", 0, func(d *Decoder) error { _, err := d.element(); return err }, limit},
		{"ParseElement", -1, func(d *Decoder) error { _, err := d.element(); return err }, math.MaxInt64},
	} {
		d := NewDecoder(strings.NewReader(body), &DecodeOptions{MaxBytes: c.max})
		if err := c.read(d); err != nil {
			t.Errorf("%s = %v", c.name, err)
		}
		if got := d.src.in.left + int64(len(body)); got != c.want {
			t.Errorf("%s with MaxBytes %d may read %d bytes, want %d", c.name, c.max, got, c.want)
		}
	}
}

// A smaller limit of names holds, whatever a Decoder has met before.
func TestNameLimitAfterReset(t *testing.T) {
	body := inProps(`<D:elevenchars12/>`)
	var d Decoder
	for _, max := range []int{0, 15, 14, 15, 14, -1, 14} {
		d.ResetString(body, &DecodeOptions{MaxNameBytes: max})
		err := d.Decode(new(Multistatus))
		var l *LimitError
		if got, want := errors.As(err, &l), max == 14; got != want {
			t.Errorf("MaxNameBytes %d: Decode(%q) = %v, want an error: %v", max, body, err, want)
		}
	}
}

// Properties whose names were met before are counted, measured and compared as the others are.
func TestKnownProperties(t *testing.T) {
	response := func(props string) string {
		return `<D:response><D:href>/</D:href><D:propstat><D:prop>` + props + `</D:prop>` + ok200 + `</D:propstat></D:response>`
	}
	known := response(`<D:a>1</D:a>`) + response(`<D:b>1</D:b>`) + response(`<D:c/>`)
	for _, c := range []struct {
		props string
		opts  DecodeOptions
		limit string
	}{
		{`<D:a>1</D:a><D:b>1</D:b>`, DecodeOptions{MaxProps: 2}, ""},
		{`<D:a>1</D:a><D:b>1</D:b><D:c/>`, DecodeOptions{MaxProps: 2}, "MaxProps"},
		{`<D:a>12345</D:a>`, DecodeOptions{MaxValueBytes: 5}, ""},
		{`<D:a>123456</D:a>`, DecodeOptions{MaxValueBytes: 5}, "MaxValueBytes"},
	} {
		m, err := Parse([]byte(inMulti(known+response(c.props))), &c.opts)
		var at *LimitError
		if errors.As(err, &at) != (c.limit != "") || at != nil && at.Limit != c.limit || at != nil && len(m.Responses) != 3 {
			t.Errorf("Parse of %s = %v, %d responses, want limit %q", c.props, err, len(m.Responses), c.limit)
		}
	}
	m, err := Parse([]byte(inMulti(known+response(`<D:b>1</D:b><D:a>1</D:a><D:a>2</D:a>`))), nil)
	if err != nil || !m.Quirks.Has(QuirkPropDuplicated) {
		t.Errorf("a property twice = %v, quirks %v", err, m.Quirks)
	}
}

// Names whose place is the same are told apart, few and many, and found again with another prefix.
func TestPropertiesThatCollide(t *testing.T) {
	for n := range fewKnown + 4 {
		var props, again strings.Builder
		for i := range n {
			name := fmt.Sprintf("a%cc%ce", 'a'+i%7, 'a'+i/7)
			if place(DAV(name)) != place(DAV("aacae")) {
				t.Fatalf("%s has another place", name)
			}
			props.WriteString("<D:" + name + "/>")
			again.WriteString("<E:" + name + "/>")
		}
		duplicates := 0
		m, err := Parse([]byte(strings.Replace(inProps(props.String()+again.String()), "xmlns:D", `xmlns:E="DAV:" xmlns:D`, 1)), &DecodeOptions{OnQuirk: func(q QuirkReport) {
			if q.Quirk == QuirkPropDuplicated {
				duplicates++
			}
		}})
		if err != nil || duplicates != n {
			t.Errorf("%d names twice: %d are duplicated, %v, %v", n, duplicates, m.Quirks, err)
		}
	}
}

// Whatever goes on for ever behind the name of an end tag ends in an error, and that of a string is the same.
func TestEndlessEndTag(t *testing.T) {
	for _, unit := range []string{"b", " =", " b=''", "'", "/", " "} {
		body := `<D:multistatus xmlns:D="DAV:"><D:response><D:href>/a</D:href ` + strings.Repeat(unit, 200_000)
		var d Decoder
		var r Response
		d.ResetString(body, nil)
		want := d.Next(&r)
		d.Reset(strings.NewReader(body), nil)
		got := d.Next(&r)
		if got == nil || want == nil || got.Error() != want.Error() {
			t.Errorf("Next after an end tag with %q and so on = %v from a reader, %v from a string", unit, got, want)
		}
	}
}

// documented finds a limit in a page: `MaxDepth` 256.
var documented = regexp.MustCompile("`(Max[A-Za-z]+)` ([0-9 ]+[0-9]|[0-9])( KiB| MiB)?")

// README has the limits that are the defaults, each of them.
func TestLimitsInReadme(t *testing.T) {
	text, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]int64{}
	for _, m := range documented.FindAllStringSubmatch(string(text), -1) {
		n, err := strconv.ParseInt(strings.ReplaceAll(m[2], " ", ""), 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		got[m[1]] = n * map[string]int64{"": 1, " KiB": 1 << 10, " MiB": 1 << 20}[m[3]]
	}
	want := map[string]int64{
		"MaxBytes": defaultBytes, "MaxResponseBytes": defaultResponseBytes, "MaxValueBytes": defaultValueBytes,
		"MaxTextBytes": defaultTextBytes, "MaxNameBytes": defaultNameBytes, "MaxDepth": defaultDepth, "MaxAttrs": defaultAttrs,
		"MaxNamespaces": defaultNamespaces, "MaxProps": defaultProps, "MaxHrefs": defaultHrefs,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("README.md differs from the defaults: %s", diff)
	}
	if prolog := fmt.Sprintf("at most %d KiB", maxProlog>>10); !strings.Contains(string(text), prolog) {
		t.Errorf("README.md does not say %q of the prolog", prolog)
	}
}

// Where a response passes its limit does not depend on how much of it is there at once.
func TestResponseLimitAnywhere(t *testing.T) {
	response := `<D:response><D:href>/</D:href><D:propstat><D:prop><D:a>text</D:a><D:a>text</D:a><D:b/><D:b/></D:prop></D:propstat></D:response>`
	body := head + response + "</D:multistatus>"
	for n := 1; n <= len(response); n++ {
		opts := DecodeOptions{MaxResponseBytes: n}
		if diff := cmp.Diff(toldOf(iotest.OneByteReader(strings.NewReader(body)), opts), toldOf(strings.NewReader(body), opts)); diff != "" {
			t.Errorf("MaxResponseBytes %d: %s", n, diff)
		}
	}
}

// toldOf is all that a Decoder tells of a body.
func toldOf(r io.Reader, opts DecodeOptions) (told []string) {
	opts.OnQuirk = func(q QuirkReport) { told = append(told, fmt.Sprint(q)) }
	var m Multistatus
	err := NewDecoder(r, &opts).Decode(&m)
	return append(told, fmt.Sprint(err))
}

package multistatus

import (
	"fmt"
	"io"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"testing/iotest"
)

// little is what may stay in memory of something of some MiB.
const little = 512 << 10

// stays returns by how many bytes the heap has grown after f, while what f returns is kept.
func stays(f func() any) int64 {
	before := liveHeap()
	kept := f()
	after := liveHeap()
	runtime.KeepAlive(kept)
	return after - before
}

func liveHeap() int64 {
	for range 2 { // what was in a sync.Pool goes with the second
		runtime.GC()
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

// numbered returns n copies of text, with numbers in the place of each #.
func numbered(n int, text string) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.ReplaceAll(text, "#", strconv.Itoa(i)))
	}
	return b.String()
}

func filled(n int) string { return strings.Repeat("x", n) }

// noLimits lets everything through.
var noLimits = DecodeOptions{
	MaxBytes: -1, MaxResponseBytes: -1, MaxValueBytes: -1, MaxTextBytes: -1, MaxNameBytes: -1,
	MaxDepth: -1, MaxAttrs: -1, MaxNamespaces: -1, MaxProps: -1, MaxHrefs: -1,
}

// heavyBodies are such as leave much behind in a decoder that keeps what it should not.
var heavyBodies = []struct {
	name string
	body func() string
}{
	{"attribute", func() string { return inProps(`<D:x a="` + filled(8<<20) + `"/>`) }},
	{"attribute with a reference", func() string { return inProps(`<D:x a="&lt;` + filled(4<<20) + `"/>`) }},
	{"mended tag", func() string { return inProps(`<D:x><y a="&` + filled(4<<20) + `"/></D:x>`) }},
	{"mended text", func() string { return inProps(`<D:x>&` + filled(4<<20) + `</D:x>`) }},
	{"href in pieces", func() string { return inResp(`<D:href>` + filled(4<<20) + `<!-- -->&lt;</D:href>` + ok200) }},
	{"languages", func() string { return inProps(numbered(4, `<D:x xml:lang="#`+filled(1<<20)+`"/>`)) }},
	{"short languages", func() string { return inProps(numbered(2e4, `<D:x xml:lang="#"/>`)) }},
	{"properties of a response", func() string { return inProps(numbered(2e4, `<D:property#/>`)) }},
	{"properties of many responses", func() string {
		return inMulti(numbered(5e3, `<D:response><D:href>/a</D:href><D:propstat><D:prop><D:a#/><D:b#/><D:c#/></D:prop>`+ok200+`</D:propstat></D:response>`))
	}},
	{"properties in long namespaces", func() string { return inProps(numbered(1e3, `<x xmlns="#`+filled(3e3)+`"/>`)) }},
	{"declarations in one tag", func() string { return inProps(`<D:x` + numbered(1e4, ` xmlns:p#="u"`) + `/>`) }},
	{"declarations in many tags", func() string { return inProps(numbered(1e4, `<D:x xmlns="#"/>`)) }},
	{"undeclared prefixes", func() string { return inProps(`<D:x>` + numbered(3e3, `<p#:a/>`) + `</D:x>`) }},
	{"long names", func() string { return inProps(numbered(2e3, `<D:x#`+filled(1e3)+`/>`)) }},
	{"long names in a value", func() string { return inProps(`<D:x>` + numbered(2e3, `<D:x#`+filled(1e3)+`/>`) + `</D:x>`) }},
	{"long name", func() string { return inProps(`<D:` + filled(2<<20) + `/>`) }},
	{"attributes", func() string { return inProps(`<D:x` + numbered(1e4, ` a#=""`) + `/>`) }},
	{"depth", func() string { return inProps(strings.Repeat(`<D:x>`, 1e4) + strings.Repeat(`</D:x>`, 1e4)) }},
	{"hrefs", func() string { return inResp(strings.Repeat(`<D:href>/a</D:href>`, 2e4) + ok200) }},
}

// Reset lets a Decoder go back to a small size, and no body is kept.
func TestDecoderMemory(t *testing.T) {
	for _, c := range heavyBodies {
		if got := stays(func() any {
			d := new(Decoder)
			d.ResetString(c.body(), &noLimits)
			drain(t, d, new(Response))
			d.ResetString("", nil)
			return d
		}); got > little {
			t.Errorf("%s: a Decoder keeps %d bytes after ResetString, want at most %d", c.name, got, little)
		}
		if got := stays(func() any {
			d := NewDecoder(strings.NewReader(c.body()), &noLimits)
			drain(t, d, new(Response))
			d.Reset(strings.NewReader(""), nil)
			return d
		}); got > little {
			t.Errorf("%s: a Decoder keeps %d bytes after Reset, want at most %d", c.name, got, little)
		}
	}
}

// Names are not parts of the body.
func TestNamesMemory(t *testing.T) {
	body := func() string {
		return inProps(`<D:selected/><D:other/><x:name xmlns:x="urn:x" xml:lang="de"/><u:name xml:lang="de-` + filled(100) + `"/><D:y/>` + strings.Repeat(" ", 4<<20))
	}
	for _, opts := range []*DecodeOptions{nil, {Select: []Name{DAV("y")}}} {
		if got := stays(func() any {
			m, err := Parse([]byte(body()), opts)
			if err != nil {
				t.Fatal(err)
			}
			var kept []Property
			for p := range m.Responses[0].Props() {
				kept = append(kept, Property{Name: p.Name, Lang: p.Lang})
			}
			return kept
		}); got > little {
			t.Errorf("names keep %d bytes of the body, want at most %d", got, little)
		}
	}
}

// A huge tag is not kept by what comes after it, nor does it make the windows large from there on.
func TestWindowMemory(t *testing.T) {
	for _, tag := range []string{`<D:extra a="#"/>`, `<D:extra a="#"></D:extra>`, `<D:response a="#"><D:href>/</D:href></D:response>`, `<D:response><D:href a="#">/</D:href></D:response>`,
		`<D:response><D:href>/</D:href>` + ok200 + `</D:response#>`} {
		checkWindowMemory(t, tag)
	}
}

func checkWindowMemory(t *testing.T, tag string) {
	got := stays(func() any {
		before, after, _ := strings.Cut(tag, "#")
		plain := func(n int) string { return numbered(n, `<D:response><D:href>/#</D:href>`+ok200+`</D:response>`) }
		first := head + plain(4) // from which a shape is learned
		long := strings.Repeat(" ", 4<<20)
		if strings.HasSuffix(before, `"`) {
			long = filled(4 << 20)
		}
		rest := plain(5e3) + `</D:multistatus>`
		d := NewDecoder(io.MultiReader(strings.NewReader(first+before+long), strings.NewReader(after+rest)), nil)
		var r Response
		var kept []Href
		for n := 0; d.Next(&r) == nil; n++ {
			if n%1000 == 0 || n > 4 && n < 8 { // those close behind the tag, too
				kept = append(kept, r.Href)
			}
		}
		if len(kept) < 8 {
			t.Fatalf("%d hrefs, want 8", len(kept))
		}
		return []any{d, kept}
	})
	if got > little {
		t.Errorf("hrefs after a huge %s keep %d bytes, want at most %d", tag, got, little)
	}
}

// cloneCases set one text of a Response.
var cloneCases = []struct {
	name string
	set  func(r *Response, s string)
}{
	{"Href", func(r *Response, s string) { r.Href = Href(s) }},
	{"MoreHrefs", func(r *Response, s string) { r.MoreHrefs = []Href{Href(s)} }},
	{"Status", func(r *Response, s string) { r.Status.Reason = s }},
	{"Error", func(r *Response, s string) { r.Error.raw = s }},
	{"attributes of Error", func(r *Response, s string) { r.Error.attrs = s }},
	{"Description", func(r *Response, s string) { r.Description = s }},
	{"Location", func(r *Response, s string) { r.Location = Href(s) }},
	{"Status of a propstat", func(r *Response, s string) { r.Propstats[0].Status.Reason = s }},
	{"Error of a propstat", func(r *Response, s string) { r.Propstats[0].Error.raw = s }},
	{"attributes of Error of a propstat", func(r *Response, s string) { r.Propstats[0].Error.attrs = s }},
	{"Description of a propstat", func(r *Response, s string) { r.Propstats[0].Description = s }},
	{"Value", func(r *Response, s string) { r.Propstats[0].Props[0].Value.raw = s }},
	{"attributes of a property", func(r *Response, s string) { r.Propstats[0].Props[0].Value.attrs = s }},
}

// A Clone lets every text go that it was made from.
func TestCloneMemory(t *testing.T) {
	for _, c := range cloneCases {
		if got := stays(func() any {
			r := Response{Propstats: []Propstat{propstat(200, "x")}}
			c.set(&r, filled(4 << 20)[:9])
			return r.Clone()
		}); got > little {
			t.Errorf("%s: Clone keeps %d bytes, want at most %d", c.name, got, little)
		}
	}
	if got := stays(func() any {
		m, err := Parse([]byte(inProps(`<D:x a="1">2</D:x>`+strings.Repeat(" ", 10<<20))), nil)
		if err != nil {
			t.Fatal(err)
		}
		return m.Responses[0].Clone()
	}); got > little {
		t.Errorf("Clone keeps %d bytes of the body, want at most %d", got, little)
	}
}

// A Clone has slices of its own, and is made at once.
func TestCloneSlices(t *testing.T) {
	for _, c := range cloneCases {
		r := Response{MoreHrefs: []Href{""}, Propstats: []Propstat{propstat(200, "x", "y")}}
		c.set(&r, "before")
		n := r.Clone()
		want := dumpResponse(n)
		r.MoreHrefs[0] = "after"
		r.Propstats[0].Props[1] = Property{Name: DAV("after")}
		r.Propstats[0] = Propstat{}
		if got := dumpResponse(n); got != want {
			t.Errorf("%s: the clone becomes %s, was %s", c.name, got, want)
		}
		if got := n.textLen(); got < len("before") {
			t.Errorf("%s: textLen() = %d, want %d at least", c.name, got, len("before"))
		}
	}
}

// fullResponse holds a text of 1 MiB in every place, and several of what there may be several of.
func fullResponse() string {
	x := filled(1 << 20)
	stat := `<D:propstat><D:prop><D:a>` + x + `</D:a><D:b c="` + x + `"/></D:prop><D:status>HTTP/1.1 200 ` + x + `</D:status>` +
		`<D:error><D:c>` + x + `</D:c></D:error><D:responsedescription>` + x + `</D:responsedescription></D:propstat>`
	return `<D:response><D:href>/` + x + `</D:href><D:href>/` + x + `</D:href><D:href>/` + x + `</D:href><D:status>HTTP/1.1 200 ` + x + `</D:status>` +
		stat + stat + `<D:error><D:c>` + x + `</D:c></D:error><D:responsedescription>` + x + `</D:responsedescription>` +
		`<D:location><D:href>/` + x + `</D:href></D:location></D:response>`
}

const smallResponse = `<D:response><D:href>/a</D:href><D:propstat><D:prop><D:a/></D:prop>` + ok200 + `</D:propstat></D:response>`

// What Next leaves unused in the slices of a Response keeps nothing alive, whether the Response is shorter, or empty,
// and whatever the caller did with the slices.
func TestNextMemory(t *testing.T) {
	for _, c := range []struct {
		name string
		then string
		cut  func(*Response)
	}{
		{"a small response", smallResponse, func(*Response) {}},
		{"nothing", "", func(*Response) {}},
		{"slices cut short", smallResponse, func(r *Response) {
			r.Propstats[0].Props = r.Propstats[0].Props[:0]
			r.MoreHrefs, r.Propstats = r.MoreHrefs[:0], r.Propstats[:0]
		}},
		{"properties cut short", "", func(r *Response) { r.Propstats[1].Props = r.Propstats[1].Props[:0] }},
		{"properties cut short before a small response", smallResponse, func(r *Response) { r.Propstats[0].Props = r.Propstats[0].Props[:1] }},
		{"hrefs cut short", smallResponse, func(r *Response) { r.MoreHrefs = r.MoreHrefs[:0] }},
		{"propstats cut short", smallResponse, func(r *Response) { r.Propstats = r.Propstats[:1] }},
		{"zero elements before others", smallResponse, func(r *Response) {
			r.MoreHrefs[0] = ""
			p := &r.Propstats[0]
			p.Props = []Property{p.Props[0], {}, p.Props[1]}
			r.Propstats = []Propstat{*p, {}, r.Propstats[1]}
		}},
	} {
		if got := stays(func() any { return afterFull(t, "", c.then, c.cut) }); got > little {
			t.Errorf("%s: a Response keeps %d bytes of the one before, want at most %d", c.name, got, little)
		}
		if c.then == "" {
			continue
		}
		if got := stays(func() any { return afterFull(t, strings.Repeat(smallResponse, 3), c.then, c.cut) }); got > little {
			t.Errorf("%s, by its shape: a Response keeps %d bytes of the one before, want at most %d", c.name, got, little)
		}
	}
}

// afterFull returns what a Response holds after a full one was read into it, which is cut, and then another.
// That follows a shape if there were some of its kind before.
func afterFull(t *testing.T, before, then string, cut func(*Response)) *Response {
	r := new(Response)
	d := NewDecoder(strings.NewReader(inMulti(before+fullResponse()+then)), &noLimits)
	for len(r.MoreHrefs) == 0 {
		if err := d.Next(r); err != nil {
			t.Fatal(err)
		}
	}
	cut(r)
	fitted := d.shapes.fitted
	d.Next(r)
	if before != "" && d.shapes.fitted == fitted {
		t.Error("the response follows no shape")
	}
	return r
}

// So it is with the tail of the Responses that Decode fills.
func TestDecodeMemory(t *testing.T) {
	got := stays(func() any {
		m := new(Multistatus)
		var d Decoder
		d.ResetString(inMulti(`<D:responsedescription>`+filled(4<<20)+`</D:responsedescription>`+fullResponse()+fullResponse()+fullResponse()), &noLimits)
		if err := d.Decode(m); err != nil {
			t.Fatal(err)
		}
		d.ResetString(inMulti(smallResponse), nil)
		if err := d.Decode(m); err != nil || len(m.Responses) != 1 || cap(m.Responses) < 3 {
			t.Fatalf("Decode = %v with %d responses and room for %d", err, len(m.Responses), cap(m.Responses))
		}
		return m
	})
	if got > little {
		t.Errorf("a Multistatus keeps %d bytes of the one before, want at most %d", got, little)
	}
}

// A slice that was used is used again.
func TestNextReuses(t *testing.T) {
	var d Decoder
	var r Response
	d.ResetString(inMulti(`<D:response><D:href>/a</D:href><D:href>/b</D:href>`+ok200+`</D:response>`+smallResponse+smallResponse), nil)
	var hrefs *Href
	var stat *Propstat
	var prop *Property
	for i := range 3 {
		if err := d.Next(&r); err != nil && err != io.EOF {
			t.Fatal(err)
		}
		switch i {
		case 0:
			hrefs = &r.MoreHrefs[0]
		case 1:
			stat, prop = &r.Propstats[0], &r.Propstats[0].Props[0]
		case 2:
			if &r.MoreHrefs[:1][0] != hrefs || &r.Propstats[0] != stat || &r.Propstats[0].Props[0] != prop {
				t.Error("Next does not reuse the slices")
			}
		}
	}
}

// heapMeter reads on, and takes the largest of what is live after each MiB.
type heapMeter struct {
	r          io.Reader
	read, last int64
	peak       int64
}

func (m *heapMeter) Read(p []byte) (int, error) {
	n, err := m.r.Read(p)
	if m.read += int64(n); m.read-m.last > 1<<20 {
		m.last = m.read
		m.peak = max(m.peak, liveHeap())
	}
	return n, err
}

// What is passed over takes no memory, however long it is, nor do responses that came before.
func TestStreamedMemory(t *testing.T) {
	const size = 8 << 20
	for _, body := range []string{
		inMulti("#"), inMulti("<!--#-->"), inMulti("<?x #?>"), inMulti("<x>#</x>"), inMulti("<x><![CDATA[#]]></x>"), inMulti("") + "#",
		inResp(ok200 + "<!--#-->"), inResp(ok200 + "<x>#</x>"), inStat("<D:prop/>" + ok200 + "<?x #?>"), inProps("<!--#-->"),
		inProps("<D:unselected>#</D:unselected>"),
	} {
		m := &heapMeter{r: wide(body, size)}
		before := liveHeap()
		opts := noLimits
		opts.Select = []Name{DAV("x")}
		drain(t, NewDecoder(m, &opts), new(Response))
		if m.read < size || m.peak-before > little {
			t.Errorf("%s: %d bytes live while %d are read, want at most %d", body, m.peak-before, m.read, little)
		}
	}
	m := &heapMeter{r: strings.NewReader(inMulti(strings.Repeat(smallResponse, size/len(smallResponse))))}
	before := liveHeap()
	drain(t, NewDecoder(m, nil), new(Response))
	if m.read < size/2 || m.peak-before > little {
		t.Errorf("%d bytes live while %d of responses are read, want at most %d", m.peak-before, m.read, little)
	}
}

// A token of 8 MiB is the same byte by byte, and takes memory for a few copies of it.
func TestLongTokenMemory(t *testing.T) {
	const size = 8 << 20
	for _, body := range []string{inProps(`<D:x a="#"/>`), inProps(`<D:x>#</D:x>`), inProps(`<D:x><![CDATA[#]]></D:x>`)} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		d := NewDecoder(iotest.OneByteReader(wide(body, size)), nil)
		var r Response
		if err := d.Next(&r); err != nil {
			t.Fatal(err)
		}
		runtime.ReadMemStats(&after)
		v := r.Propstats[0].Props[0].Value
		if got := after.TotalAlloc - before.TotalAlloc; v.textLen() < size || got > 10*size {
			t.Errorf("%s: %d bytes cost %d of memory, want at most %d", body, v.textLen(), got, 10*size)
		}
	}
}

// Whoever cuts the propstats of a Response short, where the next one is zero, gets nothing of the others back.
func TestNextAfterCut(t *testing.T) {
	const stat = `<D:propstat><D:prop><D:x/></D:prop>` + ok200 + `</D:propstat>`
	const nothing = `<D:propstat><D:prop/><D:status/></D:propstat>`
	d := new(Decoder)
	d.ResetString(inMulti(strings.Repeat(`<D:response><D:href>/</D:href>`+stat+nothing+stat+`</D:response>`, 3)), nil)
	var r Response
	for i := 0; ; i++ {
		err := d.Next(&r)
		if err == io.EOF {
			return
		}
		if err != nil || len(r.Propstats) != 3 || len(r.Propstats[0].Props) != 1 || len(r.Propstats[1].Props) != 0 || len(r.Propstats[2].Props) != 1 {
			t.Errorf("response %d is %+v, %v", i, r, err)
		}
		r.Propstats = r.Propstats[:1]
	}
}

// After Reset an Encoder does not keep what its longest response took, wherever in it that was.
func TestEncoderMemory(t *testing.T) {
	long := strings.Repeat("<", 2<<20)
	var e Encoder
	e.Reset(io.Discard, nil)
	for range 2 { // the second time in what the first has left
		e.StartResponse("/a")
		for _, code := range []int{404, 200, 403} { // each written behind another
			e.Propstat(code)
			e.PropText(DAV("x"), long)
			e.Description(long)
			e.Condition(DAV("y"), Href(long))
			e.Propstat(404)
			e.PropInt(DAV("z"), 1)
		}
		e.EndPropstat()
		e.Description(long)
		e.Condition(DAV("y"), Href(long))
		e.Location(Href(long))
	}
	if err := e.Close(); err != nil {
		t.Fatal(err)
	}
	e.Reset(io.Discard, nil)
	held := cap(e.buf) + cap(e.spare)
	rests := []outcomeText{e.rest}
	for _, g := range e.groups[:cap(e.groups)] {
		held += cap(g.props)
		rests = append(rests, g.rest)
	}
	for _, o := range rests {
		held += cap(o.conditions) + cap(o.description) + cap(o.location)
	}
	if held > mostKept {
		t.Errorf("after Reset an Encoder holds %d bytes", held)
	}
	e.StartResponse("/a")
	e.Status(200)
	if err := e.Close(); err != nil {
		t.Errorf("Close after Reset = %v", err)
	}
}

// What a Decoder knows of the names of a long body is bounded also where their prefixes are long, of which they are parts.
func TestLongPrefixesMemory(t *testing.T) {
	p := filled(1000)
	body := func() string {
		return `<D:multistatus xmlns:D="DAV:" xmlns:` + p + `="u">` +
			numbered(4e3, `<D:response><D:href>/a</D:href><D:propstat><D:prop><`+p+`:a#/></D:prop>`+ok200+`</D:propstat></D:response>`) + `</D:multistatus>`
	}
	const most = 3 * little // the scanner keeps 512 names, too
	if got := stays(func() any {
		r := strings.NewReader(body())
		d := NewDecoder(r, nil)
		drain(t, d, new(Response))
		r.Reset("")
		return d
	}); got > most {
		t.Errorf("a Decoder keeps %d bytes behind a body with long names, want at most %d", got, most)
	}
}

// Of elements that are long an Encoder remembers nothing.
func TestEncoderElementsMemory(t *testing.T) {
	const names, size = 200, 32 << 10
	got := stays(func() any {
		e := NewEncoder(io.Discard, nil)
		for i := range names {
			if err := e.Encode(alike(t, ` xmlns:x="urn:x"`, fmt.Sprintf("<x:a%d><x:b/>%s</x:a%[1]d>", i, filled(size)))); err != nil {
				t.Fatal(err)
			}
		}
		return e
	})
	if most := int64(names*maxElement + 8*size); got > most {
		t.Errorf("an Encoder of %d names keeps %d bytes, want at most %d", names, got, most)
	}
}

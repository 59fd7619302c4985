package multistatus

import (
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// told is all that a Decoder tells of a body, in order.
type told []string

func (t *told) add(format string, args ...any) { *t = append(*t, fmt.Sprintf(format, args...)) }

// tell decodes what d was given, which tells its quirks to t, into r, which is spoilt after every response.
func (t *told) tell(d *Decoder, r *Response) {
	for {
		err := d.Next(r)
		t.add("%d %q %v", d.InputOffset(), exact(r), err)
		if err != nil {
			t.add("%v %q %q", d.Quirks(), d.Description(), d.SyncToken())
			return
		}
		spoil(r)
	}
}

// spoil does to r what a caller may do to what is its own.
func spoil(r *Response) {
	r.Href, r.Description, r.Status = "spoilt", "spoilt", Status{999, "spoilt"}
	if len(r.Propstats) > 0 {
		p := &r.Propstats[0]
		p.Status.Code = 999
		for i := range p.Props {
			p.Props[i] = Property{Name: Name{"spoilt", "spoilt"}, Value: Text("spoilt")}
		}
		r.Propstats = append(r.Propstats[1:], Propstat{Props: []Property{{}}})
	}
	r.MoreHrefs = append(r.MoreHrefs, "spoilt")
}

func exact(r *Response) string {
	var b strings.Builder
	fmt.Fprint(&b, r.Href, r.MoreHrefs, r.Status, r.Description, r.Location, exactValue(r.Error))
	for i := range r.Propstats {
		s := &r.Propstats[i]
		fmt.Fprint(&b, "{", s.Status, s.Description, exactValue(s.Error))
		for j := range s.Props {
			p := &s.Props[j]
			fmt.Fprint(&b, "[", p.Name, p.Lang, exactValue(p.Value), "]")
		}
		fmt.Fprint(&b, "}")
	}
	return b.String()
}

func exactValue(v Value) string { return fmt.Sprintf("%q %q %v %p", v.raw, v.attrs, v.plain, v.scope) }

// sitting is a body that a Decoder is given, as a string if chunk is 0, and how it is to be decoded.
type sitting struct {
	body  string
	chunk int
	opts  DecodeOptions
}

// read decodes s by d, and tells what comes of it.
func (s sitting) read(d *Decoder, r *Response) (got told) {
	opts := s.opts
	if len(s.body)%2 == 0 {
		opts.OnQuirk = func(q QuirkReport) { got.add("%+v", q) }
	}
	if s.chunk > 0 {
		d.Reset(&chunkReader{s.body, s.chunk}, &opts)
	} else {
		d.ResetString(s.body, &opts)
	}
	if d.shapes.off {
		d.shapes.forget()
	}
	got.tell(d, r)
	return got
}

// checkSittings decodes bodies one after the other with shapes and without.
// Scopes are compared by their address, so the Decoder is the same one.
func checkSittings(t *testing.T, list ...sitting) {
	t.Helper()
	var d Decoder
	var r Response
	var with []told
	for _, s := range list {
		with = append(with, s.read(&d, &r))
	}
	d.shapes.off = true
	for i, s := range list {
		if without := s.read(&d, &r); !slices.Equal(without, with[i]) {
			t.Fatalf("%q in chunks of %d by %+v, which is number %d: shapes make a difference (-without +with)\n%s",
				clipTo(s.body, 3000), s.chunk, s.opts, i, cmp.Diff(without, with[i]))
		}
	}
}

// checkShapes is checkSittings of one body, twice, for what was learned in the first place helps the second time.
func checkShapes(t *testing.T, body string, chunk int, opts DecodeOptions) {
	t.Helper()
	s := sitting{body, chunk, opts}
	checkSittings(t, s, s)
}

func clipTo(s string, n int) string { return s[:min(n, len(s))] }

// chunkReader reads text in chunks of n bytes.
type chunkReader struct {
	text string
	n    int
}

func (c *chunkReader) Read(p []byte) (int, error) {
	if c.text == "" {
		return 0, io.EOF
	}
	n := copy(p, c.text[:min(c.n, len(c.text))])
	c.text = c.text[n:]
	return n, nil
}

// Shapes make no difference, whatever the body.
func FuzzShape(f *testing.F) {
	for _, c := range decodeCases {
		f.Add(repeatResponses(strings.ReplaceAll(c.body, "¦", ""), 6), uint16(0), false)
	}
	f.Fuzz(func(t *testing.T, body string, chunk uint16, some bool) {
		var opts DecodeOptions
		if some {
			opts.Select = []Name{DAV("getetag"), DAV("x")}
			opts.MaxTextBytes, opts.MaxValueBytes, opts.MaxResponseBytes = 60, 90, 700
		}
		checkShapes(t, body, int(chunk), opts)
	})
}

// Shapes make no difference to bodies of servers in which single bytes are changed.
func TestShapeMutations(t *testing.T) {
	rnd := rand.New(rand.NewPCG(6578, 3))
	for _, c := range benchBodies(t) {
		end := strings.Index(c.text[6000:], "response>")
		body := c.text[:6000+end] + "response>" + c.text[strings.LastIndex(c.text, "</"):]
		for range 200 {
			i, b := rnd.IntN(len(body)), "<>&;\"'/\r\n \x00é=:ax\x80"[rnd.IntN(18)]
			checkShapes(t, body[:i]+string([]byte{b})+body[min(i+rnd.IntN(3), len(body)):], []int{0, 0, 700, 5}[rnd.IntN(4)], DecodeOptions{})
		}
	}
}

// shapeParts are responses that differ from one another in one thing or two, and what may stand between.
var shapeParts = func() (parts []string) {
	const found = `<D:response><D:href>/a/b</D:href><D:propstat><D:prop><D:getetag>"1"</D:getetag><x:p xmlns:x="u" a="1"><D:href>/p</D:href>t</x:p>` +
		`<D:resourcetype><D:collection/></D:resourcetype></D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response>`
	const gone = `<D:response><D:href>/a/c</D:href><D:href>/a/d</D:href><D:status>HTTP/1.1 404 Not Found</D:status><D:error><D:x/></D:error>` +
		`<D:responsedescription>why</D:responsedescription><D:location><D:href>/l</D:href></D:location></D:response>`
	for _, r := range []string{found, gone} {
		parts = append(parts, r)
		for _, change := range [][2]string{
			{"/a/", "/."}, {"/a/", "/a/../"}, {"/a/", "/a/b/c/"}, {"/a/", "/a//"}, {"/a/", "//"}, {"/a/", ""}, {"/a/", "/a/%41%2e/"}, {"/a/", "http://h/a/"}, {"/a/", "/a b/"}, {"/a/", "/a/?./"},
			{"/a/", "/é/"}, {"/a/", "/&amp;/"}, {"/a/", "/]]"}, {"/a/b", "/a/"}, {"/a/c", " /a/c\n"}, {"/a/b", "<![CDATA[/a/b]]>"}, {"/a/b", "<!-- -->/a/b"},
			{`"1"`, `"2"`}, {`"1"`, ""}, {`"1"`, "&quot;3&quot;"}, {`"1"`, "& "}, {`"1"`, "a\r\nb"}, {`"1"`, "]]&gt;é"}, {`"1"`, "]]>"}, {`"1"`, "\x01"}, {`"1"`, strings.Repeat("long &#13;\n", 20)}, {`"1"`, "<y/>"},
			{`"1"`, "<![CDATA[it's]]>"}, {`"1"`, "<!-- \" -->"}, {`"1"`, "<?p ' ?>"}, {`"1"`, "<y a='>'>\"</y>"}, {"t</x:p>", "<![CDATA[']]></x:p>"},
			{"<D:getetag>\"1\"</D:getetag>", "<D:getetag/>"}, {"<D:getetag>", `<D:getetag xml:lang="de">`}, {`a="1"`, `a="2"`}, {`xmlns:x="u"`, `xmlns:x="v"`}, {"/p", "/q"}, {"</D:href>t", "</D:href>"},
			{"200 OK", "404 Not Found"}, {"200 OK", "200"}, {"HTTP/1.1 200", "200"}, {"404 Not Found", "410 Gone"}, {"404 Not Found", "404  Not Found"}, {"why", ""}, {"why", " because &lt; "}, {"<D:x/>", "<D:y>1</D:y>"}, {"/l<", "l<"},
			{"<D:response>", `<D:response xml:lang="fr">`}, {"<D:response>", `<D:response xmlns:x="w">`}, {"<D:href>", "\n <D:href>"}, {"</D:response>", "<z/></D:response>"}, {"</D:prop>", "<D:getetag/></D:prop>"}, {"</D:prop>", "text</D:prop>"},
		} {
			if changed := strings.Replace(r, change[0], change[1], 1); changed != r {
				parts = append(parts, changed)
			}
		}
	}
	return append(parts, "\n", " <!-- c --> ", "<D:sync-token>t</D:sync-token>", "<D:responsedescription>d</D:responsedescription>", "<z>1</z>", "stray", "<D:href/>")
}()

// Shapes make no difference to responses that are alike, but not quite.
func TestShapeMixtures(t *testing.T) {
	rnd := rand.New(rand.NewPCG(4918, 9))
	for range 1500 {
		var b strings.Builder
		b.WriteString([]string{head, `<D:multistatus xmlns:D="DAV">`, `<D:multistatus xmlns:D="DAV:" xml:lang="en" xmlns="n">`}[rnd.IntN(3)])
		few := 1 + rnd.IntN(4)
		choice := make([]string, few)
		for i := range choice {
			choice[i] = shapeParts[rnd.IntN(len(shapeParts))]
		}
		for range 4 + rnd.IntN(20) {
			b.WriteString(choice[rnd.IntN(few)])
		}
		b.WriteString("</D:multistatus>")
		var opts DecodeOptions
		if rnd.IntN(3) == 0 {
			opts.Select = []Name{DAV("resourcetype")}
		}
		if rnd.IntN(4) == 0 {
			opts.MaxTextBytes, opts.MaxValueBytes, opts.MaxResponseBytes = 4+rnd.IntN(40), 1+rnd.IntN(60), 150+rnd.IntN(400)
		}
		checkShapes(t, b.String(), []int{0, 0, 1, 7, 200, 5000}[rnd.IntN(6)], opts)
	}
}

// fourAlike is a body of four equal responses.
func fourAlike(prop, status string) string {
	r := `<D:response><D:href>/</D:href><D:propstat><D:prop>` + prop + `</D:prop><D:status>` + status + `</D:status></D:propstat></D:response>`
	return head + strings.Repeat(r, 4) + `</D:multistatus>`
}

// What was learned under other options does not hold.
func TestShapeOtherOptions(t *testing.T) {
	nested := fourAlike(`<D:x><y a="1" b="2" c="3" xmlns:p="p" xmlns:q="q" xmlns:r="r"><z>text</z></y></D:x>`, "HTTP/1.1 200 OK")
	for _, opts := range []DecodeOptions{
		{MaxResponseBytes: 100}, {MaxValueBytes: 10}, {MaxTextBytes: 10}, {MaxNameBytes: 15}, {MaxDepth: 6}, {MaxAttrs: 2}, {MaxNamespaces: 3}, {MaxBytes: 300},
		{MaxProps: 1}, {MaxHrefs: 1}, {Select: []Name{DAV("y")}}, {Reject: AllQuirks()},
	} {
		for _, b := range []string{nested, fourAlike("<D:getcontentlanguage/>", "HTTP/1.1 200 OK"), fourAlike("<D:x/><D:y/>", "HTTP/1.1 404 Not Found")} {
			checkSittings(t, sitting{b, 0, DecodeOptions{}}, sitting{b, 0, opts}, sitting{b, 0, DecodeOptions{}})
		}
	}
}

// What was learned of a body in one charset does not hold in another where that makes a quirk of it.
func TestShapeOtherCharset(t *testing.T) {
	utf8, ascii, latin1 := DecodeOptions{}, DecodeOptions{ContentType: "text/xml; charset=us-ascii"}, DecodeOptions{ContentType: "text/xml; charset=iso-8859-1"}
	for _, prop := range []string{"<D:x>%s</D:x>", `<D:x a="%s"/>`, "<D:x><!--%s--></D:x>", "<D:x><?p %s?></D:x>", "<D:x%s/>", "<D:x><![CDATA[%s]]></D:x>"} {
		sent := func(s string) string { return fourAlike(strings.Replace(prop, "%s", s, 1), "HTTP/1.1 200 OK") }
		checkSittings(t, sitting{sent("é"), 0, ascii}, sitting{sent("é"), 0, ascii}, sitting{sent("é"), 0, utf8}, sitting{sent("é"), 0, ascii})
		checkSittings(t, sitting{sent("\u0085"), 0, utf8}, sitting{sent("\x85"), 0, latin1}, sitting{sent("\u0085"), 0, utf8}, sitting{sent("\u0085"), 0, ascii})
	}
}

// What a propstat without a selected property holds depends on its status.
func TestShapeSelectStatus(t *testing.T) {
	rnd := rand.New(rand.NewPCG(7, 11))
	for range 50 {
		var b strings.Builder
		for range 12 {
			b.WriteString(`<D:response><D:href>/</D:href><D:propstat><D:prop><D:x/><D:y>1</D:y></D:prop><D:status>HTTP/1.1 `)
			b.WriteString([]string{"200 OK", "404 Not Found", "403 Forbidden", "201 Created"}[rnd.IntN(4)])
			b.WriteString(`</D:status></D:propstat></D:response>`)
		}
		doc := head + b.String() + "</D:multistatus>"
		checkShapes(t, doc, 0, DecodeOptions{Select: []Name{DAV("z")}})
		checkShapes(t, doc, 0, DecodeOptions{Select: []Name{DAV("y")}})
	}
}

// placesResponse has a text in each place that a shape knows, and a # behind it.
const placesResponse = `<D:response><D:href>/1#</D:href><D:propstat><D:prop><D:x>2#</D:x><D:y><D:z>3#</D:z></D:y></D:prop>` +
	`<D:status>HTTP/1.1 200 4#</D:status><D:responsedescription>5#</D:responsedescription><D:error>6#</D:error></D:propstat>` +
	`<D:location><D:href>/7#</D:href></D:location></D:response>`

// afterOpen is a body whose responses open every slot of a shape before the last but one, which is r.
func afterOpen(r string) string {
	plain, dashed := strings.ReplaceAll(placesResponse, "#", ""), strings.ReplaceAll(placesResponse, "#", "-")
	same := strings.Replace(dashed, "4-", "4", 1) // with Select, another status makes another shape
	return head + plain + dashed + plain + dashed + plain + same + strings.ReplaceAll(r, "#", "") + plain + "</D:multistatus>"
}

// A text that is longer by one byte than a limit allows is as much of an error where a shape is followed.
func TestShapeLimits(t *testing.T) {
	for place := 1; place <= 7; place++ {
		mark := fmt.Sprint(place, "#")
		before, after, _ := strings.Cut(placesResponse, mark)
		from, to := strings.LastIndexByte(before, '>')+1, strings.IndexByte(after, '<')
		if place == 3 {
			from, to = strings.Index(before, "<D:z>"), strings.Index(after, "</D:y>") // the value is more than the text
		}
		content := len(before) - from + len("3") + 42 + to
		for extra := range 4 {
			body := afterOpen(strings.Replace(placesResponse, mark, mark[:1]+strings.Repeat("x", 40+extra), 1))
			for _, opts := range []DecodeOptions{
				{MaxTextBytes: content}, {MaxValueBytes: content}, {MaxValueBytes: content, Select: []Name{DAV("none")}},
				{MaxResponseBytes: len(placesResponse) - len("#######") + 42},
			} {
				checkShapes(t, body, 0, opts)
			}
		}
	}
}

// A text that is a quirk or an error is as much of one where a shape is followed, in every place.
func TestShapeTexts(t *testing.T) {
	for place := 1; place <= 7; place++ {
		before, after, _ := strings.Cut(placesResponse, fmt.Sprint(place, "#"))
		before = before[:strings.LastIndexByte(before, '>')+1]
		for _, text := range []string{
			"", " ", "\t/a\n", "/", "a", "a:b/c", "//a", "/a b", "/é", "/%", "/%2e", "/./a", "http://h/", "HTTP/1.1 200", "HTTP/1.1  404 x", "200 OK", "HTTP/1.1 000 x", "http/1.1 200 OK",
			"&amp;", "&#13;", "a\r\nb", "\u0085", "]]", "]]&gt;", "]]>", "&", "&nbsp;", "&#0;", "&#x;", "\x01", "\xFF", "\xED\xA0\x80", "\uFFFE", "a<!-- -->", "<![CDATA[a]]>", "<z/>", "a<z>b</z>",
		} {
			for _, chunk := range []int{0, 1} {
				checkShapes(t, afterOpen(before+text+after), chunk, DecodeOptions{})
			}
			checkShapes(t, afterOpen(before+text+after), 0, DecodeOptions{Select: []Name{DAV("none")}, Reject: AllQuirks()})
			checkShapes(t, afterOpen(before+text+after), 0, DecodeOptions{ContentType: "text/xml; charset=us-ascii"})
		}
	}
}

// The responses of these tests follow shapes, or they would show nothing.
func TestShapeFits(t *testing.T) {
	var d Decoder
	var r Response
	for range 2 {
		d.ResetString(afterOpen(placesResponse), nil)
		new(told).tell(&d, &r)
	}
	if d.shapes.fitted < 7 {
		t.Errorf("%d of %d responses fit a shape", d.shapes.fitted, d.shapes.seen)
	}
}

// The example in the doc of shape.
func TestShapeExample(t *testing.T) {
	example := func(href, etag, y string) string {
		return `<response><href>` + href + `</href><propstat><prop><getetag>` + etag + `</getetag><x><y>` + y + `</y>z</x></prop>` +
			`<status>HTTP/1.1 200 OK</status></propstat></response>`
	}
	var d Decoder
	first, second := example("/d/a", "1", "b"), example("/d/c", "2", "e")
	d.ResetString(`<multistatus xmlns="DAV:">`+first+first+second+`</multistatus>`, nil)
	if err := d.Decode(new(Multistatus)); err != nil || len(d.shapes.list) != 1 {
		t.Fatalf("Decode = %v with %d shapes", err, len(d.shapes.list))
	}
	sh := d.shapes.list[0]
	var slots []string
	for _, s := range sh.slots {
		slots = append(slots, fmt.Sprintf("%s %v %d", sh.markup[s.from:s.to], s.open, s.kept))
	}
	var sets []string
	for _, s := range sh.sets {
		sets = append(sets, fmt.Sprintf("%s %d %d %v %v", sh.markup[s.from:s.to], s.run, s.kept, s.head, s.tail))
	}
	for _, c := range []struct{ got, want []string }{
		{slots, []string{"/d/a true 3", "1 true 0", "b true 0", "HTTP/1.1 200 OK false 0"}},
		{sh.lits, []string{"<response><href>/d/", "</href><propstat><prop><getetag>", "</getetag><x><y>",
			"</y>z</x></prop><status>HTTP/1.1 200 OK</status></propstat></response>"}},
		{sets, []string{"/d/a 0 3 {0 16} {1 0}", "1 1 0 {1 32} {2 0}", "<y>b</y>z -1 0 {2 13} {3 5}"}},
	} {
		if !slices.Equal(c.got, c.want) {
			t.Errorf("the example has %q, want %q", c.got, c.want)
		}
	}
}

// A response may have more texts, or more fields, than a shape may have slots.
func TestShapeManySlots(t *testing.T) {
	for _, n := range []int{maxSlots - 3, maxSlots - 2, maxSlots - 1, maxSlots, maxSlots + 40} {
		for _, part := range []string{"<D:p#>*</D:p#>", "<D:x#><y>*</y></D:x#>", "<D:p#><a>*</a><b>*</b></D:p#>"} {
			var b strings.Builder
			for i := range 5 {
				b.WriteString(strings.ReplaceAll(`<D:response><D:href>/*</D:href><D:propstat><D:prop>`+numbered(n, part)+`</D:prop>`+ok200+`</D:propstat></D:response>`, "*", fmt.Sprint(i)))
			}
			checkShapes(t, head+b.String()+"</D:multistatus>", 0, DecodeOptions{})
		}
	}
}

// Twice as many kinds as there may be shapes, which differ in some names and are all that have these, take the places of
// one another, under two roots by turns: what is known of where two shapes part must be of those two.
func TestShapeEviction(t *testing.T) {
	rnd := rand.New(rand.NewPCG(3253, 1))
	kinds := make([]string, 2*maxShapes)
	for k, to := range rnd.Perm(len(kinds)) {
		var b strings.Builder
		for bit := range 5 {
			fmt.Fprintf(&b, "<x:%c%d>*</x:%[1]c%[2]d>", 'a'+byte(k>>bit&1), bit)
		}
		kinds[to] = `<D:response><D:href>/*</D:href><D:propstat><D:prop>` + b.String() + `</D:prop>` + ok200 + `</D:propstat></D:response>`
	}
	var list []sitting
	for n := range 24 {
		var b strings.Builder
		fmt.Fprintf(&b, `<D:multistatus xmlns:D="DAV:" xmlns:x="%c">`, "uv"[n%2])
		for i := range 240 {
			kind := kinds[(5*n+i/10+rnd.IntN(4))%len(kinds)] // a few at a time, or no shape is tried
			b.WriteString(strings.ReplaceAll(kind, "*", fmt.Sprint(rnd.IntN(100))))
		}
		list = append(list, sitting{b.String() + "</D:multistatus>", []int{0, 0, 900}[n%3], DecodeOptions{}})
	}
	checkSittings(t, list...)
	var d Decoder
	list[0].read(&d, new(Response))
	if s := &d.shapes; s.fitted < s.seen*3/4 || s.active != maxShapes || len(s.list) != maxShapes {
		t.Errorf("%d of %d responses fit one of %d shapes, want %d", s.fitted, s.seen, s.active, maxShapes)
	}
}

// What the hrefs before have in common is not looked at again, but it ends with a slash: a dot may follow.
func TestShapeHrefTails(t *testing.T) {
	for _, base := range []string{"/", "/dav/files/", "http://h/dav/"} {
		for _, tail := range []string{
			".", "..", "./", "../x", "./x", ".x", "...", "x/./y", "x/..", "%2e", "%2E/", "%2x", "%", "%4", "%41%42", "%41%2e", "x y", "é", "/", "/./", "x\x7f",
		} {
			var b strings.Builder
			b.WriteString(head)
			for _, name := range []string{"a", "bc", "d", "eeeeeeeeee", tail, "f", tail} {
				b.WriteString(`<D:response><D:href>` + base + name + `</D:href><D:status>HTTP/1.1 200 OK</D:status></D:response>`)
			}
			checkShapes(t, b.String()+"</D:multistatus>", 0, DecodeOptions{})
		}
	}
}

package multistatus

import (
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// elementCases are documents of one element. What is wanted is written as dumpProp does.
var elementCases = []struct {
	name   string
	body   string
	opts   DecodeOptions
	want   string
	quirks string
	err    string
	is     error
}{
	{name: "empty", body: `<D:error xmlns:D="DAV:"/>`, want: `error`},
	{name: "declaration and comments", body: "<?xml version='1.0'?><!-- a -->\n<a>1</a>\n<!-- b -->", want: `a="1"`},
	{name: "no namespace", body: `<a>1</a>`, want: `a="1"`},
	{name: "elements", body: `<error xmlns="DAV:"><no-conflicting-lock/></error>`, want: `error=<D:error xmlns:D="DAV:" xmlns="DAV:"><no-conflicting-lock/></D:error>`},
	{name: "attributes", body: `<a b="1" c='"'>2</a>`, want: `a=<a b="1" c='"'>2</a>`},
	{name: "language", body: `<a xml:lang="de">1</a>`, want: `a@de="1"`},
	{name: "names of the protocol", body: `<D:multistatus xmlns:D="DAV:"><D:status>1</D:status></D:multistatus>`,
		want: `multistatus=<D:multistatus xmlns:D="DAV:"><D:status>1</D:status></D:multistatus>`},
	{name: "undeclared prefix", body: `<p:a q:b="1"><D:c/></p:a>`, want: `{?p}a=<p:a xmlns:p="?p" xmlns:q="?q" xmlns:D="?D" q:b="1"><D:c/></p:a>`,
		quirks: "ns-undeclared-in-prop ns-undeclared-in-prop ns-undeclared-in-prop"},
	{name: "undeclared DAV", body: `<DAV:a/>`, want: `a`, quirks: "ns-undeclared-in-prop"},
	{name: "second colon", body: `<D:a:b xmlns:D="DAV:"/>`, want: `a:b`, quirks: "ns-double-prefix"},
	{name: "repairs", body: "<a>& \x01</a>", want: "a=\"& \uFFFD\"", quirks: "amp-raw chr-control-literal"},
	{name: "NULs at the end", body: "<a/>\x00", want: "a", quirks: "trailing-space"},
	{name: "Latin-1", body: "<a>\xE9</a>", opts: DecodeOptions{ContentType: "text/xml; charset=iso-8859-1"}, want: `a="é"`},
	{name: "plain DOCTYPE", body: `<!DOCTYPE a><a/>`, want: `a`, quirks: "doctype-plain"},
	{name: "DOCTYPE", body: `<!DOCTYPE a [<!ENTITY b "c">]><a/>`, err: "document type declaration refused, line 1:1", is: ErrDoctype},
	{name: "rejected", body: `<a>&</a>`, opts: DecodeOptions{Reject: AllQuirks()}, quirks: "amp-raw", err: "in a, line 1:4", is: QuirkAmpRaw},
	{name: "rejected before the root", body: ` <?xml version="1.0"?><a/>`, opts: DecodeOptions{Reject: AllQuirks()}, quirks: "doc-leading-space", err: "line 1:2", is: QuirkDocLeadingSpace},
	{name: "rejected after the root", body: "<a/>\x00", opts: DecodeOptions{Reject: AllQuirks()}, quirks: "trailing-space", err: "line 1:5", is: QuirkTrailingSpace},
	{name: "nothing", body: "", err: "empty document", is: ErrEmpty},
	{name: "white space", body: " \n", err: "empty document", is: ErrEmpty},
	{name: "no XML", body: `{"a":1}`, err: "text before the root", is: ErrSyntax},
	{name: "text at the end", body: `<a/>b`, err: "content after the document's end, line 1:5", is: ErrTrailing},
	{name: "second root", body: `<a/><b/>`, err: "content after the document's end, line 1:5", is: ErrTrailing},
	{name: "truncated", body: `<a>b`, err: "unexpected EOF in a, line 1:1", is: io.ErrUnexpectedEOF},
	{name: "truncated tag", body: `<a b="`, err: "unexpected EOF, line 1:1", is: io.ErrUnexpectedEOF},
	{name: "truncated end tag", body: `<a></a`, err: "unexpected EOF in a, line 1:4", is: io.ErrUnexpectedEOF},
	{name: "mismatch", body: `<a></b>`, err: "mismatched end tag </b> for <a> in a", is: ErrMismatch},
	{name: "unknown charset", body: `<?xml version="1.0" encoding="klingon"?><a/>`, err: `"klingon"`, is: ErrCharset},
	{name: "value within its limit", body: `<a>12345</a>`, opts: DecodeOptions{MaxValueBytes: 5}, want: `a="12345"`},
	{name: "value", body: `<a>123456</a>`, opts: DecodeOptions{MaxValueBytes: 5}, err: "limit MaxValueBytes of 5 exceeded in a"},
	{name: "body within its limit", body: `<a>1</a>`, opts: DecodeOptions{MaxBytes: 8}, want: `a="1"`},
	{name: "body", body: `<a>12</a>`, opts: DecodeOptions{MaxBytes: 8}, err: "limit MaxBytes of 8 exceeded"},
	{name: "depth", body: `<a><b><c/></b></a>`, opts: DecodeOptions{MaxDepth: 2}, err: "limit MaxDepth of 2 exceeded"},
	{name: "tag", body: `<a bc="1"/>`, opts: DecodeOptions{MaxResponseBytes: 10}, err: "limit MaxResponseBytes of 10 exceeded"},
	{name: "prolog", body: strings.Repeat(" ", 64<<10) + `<a/>`, err: "limit prolog of 65536 exceeded"},
	{name: "content longer than the prolog", body: `<a>` + strings.Repeat("x", 100_000) + `</a>` + strings.Repeat(" ", 100_000), want: `a="` + strings.Repeat("x", 100_000) + `"`},
}

func TestParseElement(t *testing.T) {
	for _, c := range elementCases {
		var quirks []string
		c.opts.OnQuirk = func(r QuirkReport) { quirks = append(quirks, r.Quirk.String()) }
		p, err := ParseElement([]byte(c.body), &c.opts)
		if diff := cmp.Diff(c.want, dumpProp(&p)); diff != "" {
			t.Errorf("%s: ParseElement(%s): %s", c.name, clipText(c.body), diff)
		}
		if got := strings.Join(quirks, " "); got != c.quirks {
			t.Errorf("%s: ParseElement(%s) tells %q, want %q", c.name, clipText(c.body), got, c.quirks)
		}
		var at *DecodeError
		if (err != nil) != (c.err != "") || !strings.Contains(message(err), c.err) || c.is != nil && !errors.Is(err, c.is) || err != nil && !errors.As(err, &at) {
			t.Errorf("%s: ParseElement(%s) = %v, want %q, which is %v", c.name, clipText(c.body), err, c.err, c.is)
		}
	}
}

// threeResponses have a description and a sync-token between and behind them.
var threeResponses = inMulti(
	`<D:response><D:href>/1</D:href>` + ok200 + `</D:response><D:responsedescription>d</D:responsedescription>` +
		`<D:response><D:href>/2</D:href>` + ok200 + `</D:response>` +
		`<D:response><D:href>/3</D:href>` + ok200 + `</D:response><D:sync-token>t</D:sync-token>`)

// Decode writes every field of a Multistatus that was used.
func TestDecodeUsed(t *testing.T) {
	used := func() *Multistatus {
		return &Multistatus{
			Responses:   []Response{{Href: "/old"}, {Propstats: []Propstat{propstat(404, "old")}}, {Description: "old"}, {MoreHrefs: []Href{"/old"}}},
			Description: "old", SyncToken: "old", Quirks: AllQuirks(),
		}
	}
	for _, body := range []string{inMulti(""), inMulti(smallResponse), threeResponses, inMulti(smallResponse) + "x", "", threeResponses[:150]} {
		want, wantErr := Parse([]byte(body), nil)
		got := used()
		var d Decoder
		d.ResetString(body, nil)
		err := d.Decode(got)
		if diff := cmp.Diff(dump(want), dump(got)); diff != "" || got.Quirks != want.Quirks || message(err) != message(wantErr) {
			t.Errorf("Decode(%q) = %v into a used Multistatus, want %v: %s", body, err, wantErr, diff)
		}
	}
}

// All may be left and taken up again, by Next and Decode too, and yields Responses that stay.
func TestAllResumed(t *testing.T) {
	d := NewDecoder(strings.NewReader(threeResponses), nil)
	var kept []*Response
	for r, err := range d.All() {
		if err != nil {
			t.Fatal(err)
		}
		kept = append(kept, r)
		break
	}
	var r Response
	if err := d.Next(&r); err != nil || r.Href != "/2" {
		t.Errorf("Next() after All = %v, %v, want /2", r.Href, err)
	}
	for r, err := range d.All() {
		if err != nil {
			t.Fatal(err)
		}
		kept = append(kept, r)
	}
	if len(kept) != 2 || kept[0].Href != "/1" || kept[1].Href != "/3" {
		t.Errorf("All() yields %d responses, want /1 and /3", len(kept))
	}
	for r, err := range d.All() {
		t.Errorf("All() after the end yields %v, %v", r, err)
	}
	if err := d.Next(&r); err != io.EOF {
		t.Errorf("Next() after All = %v, want io.EOF", err)
	}
}

// All ends with the error, and yields it once a loop.
func TestAllError(t *testing.T) {
	d := NewDecoder(strings.NewReader(inMulti(smallResponse)+"x"), nil)
	for range 2 {
		var last error
		n := 0
		for r, err := range d.All() {
			if n++; (r == nil) != (err != nil) {
				t.Errorf("All() yields %v, %v", r, err)
			}
			last = err
		}
		if !errors.Is(last, ErrTrailing) || n > 2 {
			t.Errorf("All() ends with %v after %d, want %v", last, n, ErrTrailing)
		}
	}
}

// Description and SyncToken are there when they have been read, InputOffset is behind the last response,
// and Reset forgets them.
func TestDecoderState(t *testing.T) {
	var d Decoder
	var r Response
	for range 2 {
		d.Reset(strings.NewReader(threeResponses), nil)
		if d.Description() != "" || d.SyncToken() != "" || d.InputOffset() != 0 || d.Quirks() != (QuirkSet{}) {
			t.Errorf("after Reset: Description %q, SyncToken %q, InputOffset %d", d.Description(), d.SyncToken(), d.InputOffset())
		}
		for i, want := range []struct{ description, token, behind string }{
			{"", "", "</D:response>"}, {"d", "", "</D:response>"}, {"d", "", "</D:response>"}, {"d", "t", "</D:multistatus>"},
		} {
			err := d.Next(&r)
			if (err == io.EOF) != (i == 3) || err != nil && err != io.EOF {
				t.Fatalf("Next() = %v", err)
			}
			if d.Description() != want.description || d.SyncToken() != want.token {
				t.Errorf("after %d: Description() = %q and SyncToken() = %q, want %q and %q", i, d.Description(), d.SyncToken(), want.description, want.token)
			}
			off := int(d.InputOffset())
			if !strings.HasSuffix(threeResponses[:off], want.behind) || strings.Count(threeResponses[:off], "</D:response>") != min(i+1, 3) {
				t.Errorf("after %d: InputOffset() = %d, behind %q", i, off, threeResponses[:off])
			}
		}
	}
}

// pairRun is a body of the cases, with options that are its own or made up.
type pairRun struct {
	body string
	opts DecodeOptions
	want outcome
}

// pairRuns returns 25 cases from all over the table.
func pairRuns() (runs []pairRun) {
	const n = 25
	for i := range n {
		c := decodeCases[i*len(decodeCases)/n]
		body, _ := markless(c.body)
		r := pairRun{body: body, opts: c.opts}
		switch i % 5 {
		case 0:
			r.opts.Select = []Name{DAV("x")}
		case 1:
			r.opts.OnQuirk = func(QuirkReport) {}
		case 2:
			r.opts.MaxNameBytes, r.opts.Reject = 20, AllQuirks()
		}
		decode(NewDecoder(strings.NewReader(body), &r.opts), &r.want)
		runs = append(runs, r)
	}
	return runs
}

// A Decoder that has read one body reads any other like a new one, whatever the options of the two.
func TestDecoderPairs(t *testing.T) {
	runs := pairRuns()
	for _, first := range runs {
		for _, second := range runs {
			var d Decoder
			var got outcome
			d.Reset(strings.NewReader(first.body), &first.opts)
			decode(&d, new(outcome))
			d.ResetString(second.body, &second.opts)
			decode(&d, &got)
			if diff := cmp.Diff(second.want, got); diff != "" {
				t.Errorf("Decode(%s) after %s: %s", clipText(second.body), clipText(first.body), diff)
			}
		}
	}
}

// dumpProperties writes down what Properties yields, all the way in, each with its language.
func dumpProperties(p *Property) string {
	var b strings.Builder
	for q := range p.Properties() {
		b.WriteString(q.Name.String() + "@" + q.Lang + "(")
		for a := range q.Value.Attrs() {
			b.WriteString(a.Name.String() + "=" + a.Value + " ")
		}
		if text, ok := q.Value.Text(); ok {
			b.WriteString(text)
		}
		b.WriteString(dumpProperties(&q) + ")")
	}
	return b.String()
}

func TestProperties(t *testing.T) {
	for _, c := range []struct{ name, body, want string }{
		{"none", `<a> text </a>`, ""},
		{"empty", `<a xml:lang="de"/>`, ""},
		{"no language", `<a>1<b/>2<c>3</c><!-- <d/> --></a>`, "b@()c@(3)"},
		{"inherited language", `<a xml:lang="de"><b/><c>3</c></a>`, "b@de()c@de(3)"},
		{"inherited from afar", `<a xml:lang="de"><b><c><d>1</d></c></b></a>`, "b@de(c@de(d@de(1)))"},
		{"language of its own", `<a xml:lang="de"><b xml:lang="fr"><c/></b><d/></a>`, "b@fr(c@fr())d@de()"},
		{"no language any more", `<a xml:lang="de"><b xml:lang=""><c/></b></a>`, "b@(c@())"},
		{"references in a language", `<a><b xml:lang="d&#x65; &quot;"/></a>`, `b@de "()`},
		{"attributes", `<a xmlns:x="urn:x" xml:lang="de"><b c="1" xml:lang="fr" x:lang="2" lang="3"/></a>`, "b@fr(c=1 {urn:x}lang=2 lang=3 )"},
		{"scope", `<D:a xmlns:D="DAV:" xmlns="urn:d"><D:b/><c xmlns=""><d/></c><e xmlns:D="urn:D"><D:f/></e></D:a>`,
			"{DAV:}b@(){}c@({}d@()){urn:d}e@({urn:D}f@())"},
		{"PROPPATCH", `<propertyupdate xmlns="DAV:" xml:lang="de"><set><prop xml:lang="en"><x xmlns="urn:x">1</x></prop></set><remove><prop><displayname/></prop></remove></propertyupdate>`,
			"{DAV:}set@de({DAV:}prop@en({urn:x}x@en(1))){DAV:}remove@de({DAV:}prop@de({DAV:}displayname@de()))"},
	} {
		t.Run(c.name, func(t *testing.T) {
			p, err := ParseElement([]byte(c.body), &DecodeOptions{Reject: AllQuirks()})
			if got := dumpProperties(&p); got != strings.ReplaceAll(c.want, "{}", "") || err != nil {
				t.Errorf("properties of %s = %s, %v, want %s", c.body, got, err, c.want)
			}
		})
	}
}

// A property alone is written with the language that it was in, and Properties may be left before their end.
func TestPropertiesAreSelfContained(t *testing.T) {
	p, err := ParseElement([]byte(`<D:prop xmlns:D="DAV:" xmlns:x="urn:x" xml:lang="de"><x:a>x:b</x:a><x:c/></D:prop>`), nil)
	if err != nil {
		t.Fatal(err)
	}
	for q := range p.Properties() {
		want := `<x:a xmlns:x="urn:x" xml:lang="de">x:b</x:a>`
		if got := string(q.AppendXML(nil)); got != want {
			t.Errorf("the first property is written as %s, want %s", got, want)
		}
		break
	}
}

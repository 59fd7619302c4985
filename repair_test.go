package multistatus_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/go-multistatus/multistatus"
	"github.com/go-multistatus/multistatus/internal/catalogue"
)

const fffd = "\ufffd"

// pieces are parts of a text, what each means, and what is reported of it: quirks with offsets into the piece.
// None of them joins with another to something else, for each ends in a way that leaves nothing open.
var pieces = []struct {
	in, text string
	reports  []catalogue.Report
}{
	{"x", "x", nil},
	{"é", "é", nil},
	{" a b ", " a b ", nil},
	{"\r\n", "\n", nil},
	{"&#13;", "\r", nil},
	{"&lt;b>", "<b>", nil},
	{"&#60;/D:displayname&#x3E;", "</D:displayname>", nil},
	{"&amp;lt;b/&amp;gt;", "&lt;b/&gt;", nil},
	{"<![CDATA[<b>&nbsp;</b>]]>", "<b>&nbsp;</b>", nil},
	{"<!-- <b> & -->", "", nil},
	{"<![CDATA[&\x01\xff<b/>]]>", "&" + fffd + fffd + "<b/>", []catalogue.Report{{Quirk: "chr-control-literal", Offset: 10}, {Quirk: "enc-invalid-utf8", Offset: 11}}},
	{"<!-- é\x01 -->", "", []catalogue.Report{{Quirk: "chr-control-literal", Offset: 7}}},
	{"<?p \xff?>", "", []catalogue.Report{{Quirk: "enc-invalid-utf8", Offset: 4}}},

	{"& ", "& ", []catalogue.Report{{Quirk: "amp-raw"}}},
	{"&& ", "&& ", []catalogue.Report{{Quirk: "amp-raw"}, {Quirk: "amp-raw", Offset: 1}}},
	{"&&lt;b/>", "&<b/>", []catalogue.Report{{Quirk: "amp-raw"}}},
	{"&lt b>", "&lt b>", []catalogue.Report{{Quirk: "amp-raw"}}},
	{"&#60 ", "&#60 ", []catalogue.Report{{Quirk: "amp-raw"}}},
	{"&nbsp;", "&nbsp;", []catalogue.Report{{Quirk: "ent-html"}}},
	{"&LT;b>", "&LT;b>", []catalogue.Report{{Quirk: "ent-html"}}},
	{"a\x01", "a" + fffd, []catalogue.Report{{Quirk: "chr-control-literal", Offset: 1}}},
	{"\x00", fffd, []catalogue.Report{{Quirk: "chr-control-literal"}}},
	{"é\xff", "é" + fffd, []catalogue.Report{{Quirk: "enc-invalid-utf8", Offset: 2}}},
	{"\xc0\xbc", fffd + fffd, []catalogue.Report{{Quirk: "enc-invalid-utf8"}, {Quirk: "enc-invalid-utf8", Offset: 1}}}, // an overlong <
	{"\xe2\x82;", fffd + fffd + ";", []catalogue.Report{{Quirk: "enc-invalid-utf8"}, {Quirk: "enc-invalid-utf8", Offset: 1}}},
	{"\uffff", fffd, []catalogue.Report{{Quirk: "chr-nonchar"}}},
	{"&#8;", fffd, []catalogue.Report{{Quirk: "chr-control-ref"}}},
	{"&#xD800;", fffd, []catalogue.Report{{Quirk: "chr-control-ref"}}},
	{"&#x100000000000000003C;b>", fffd + "b>", []catalogue.Report{{Quirk: "chr-control-ref"}}}, // a < if it overflowed
}

// endPieces are like pieces, but open: markup has to follow.
var endPieces = []string{"&", "&#", "&#60", "&lt", "&amp"}

// A place is where a text may stand, and what XML makes of the meaning of a text there.
var places = []struct {
	name, before, after string
	get                 func(p *multistatus.Property) (string, bool)
	markup              bool // whether a < may stand there
	normalize           func(s string) string
}{
	{
		"element", `<D:x>`, `</D:x>`, func(p *multistatus.Property) (string, bool) { return p.Value.Text() },
		true, func(s string) string { return s },
	},
	{
		"attribute", `<D:x a="`, `"/>`, func(p *multistatus.Property) (string, bool) { return p.Value.Attr(multistatus.Name{Local: "a"}) },
		false, strings.NewReplacer("\n", " ").Replace, // XML 1.0, section 3.3.3
	},
	{
		"before an element", `<D:x>`, `<b/></D:x>`, func(p *multistatus.Property) (string, bool) {
			b, err := multistatus.ParseElement([]byte("<x>"+strings.TrimSuffix(p.Value.Raw(), "<b/>")+"</x>"), nil)
			text, ok := b.Value.Text()
			return text, ok && err == nil && strings.HasSuffix(p.Value.Raw(), "<b/>")
		},
		true, func(s string) string { return s },
	},
}

// In a text that is made of faults nothing changes but the faults themselves, each is told at its place, and none becomes markup:
// the text is one text, and what follows it is still there.
func TestRepairs(t *testing.T) {
	rnd := rand.New(rand.NewPCG(4918, 14))
	for _, p := range places {
		before := `<D:multistatus xmlns:D="DAV:"><D:response><D:href>/a</D:href><D:propstat><D:prop>` + p.before
		after := p.after + `<D:y>1</D:y></D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response></D:multistatus>`
		for range 400 {
			in, text, want := faulty(rnd, int64(len(before)), p.markup)
			everyWay(before+in+after, multistatus.DecodeOptions{}, func(way string, d *multistatus.Decoder, reports *[]catalogue.Report) {
				var m multistatus.Multistatus
				if err := d.Decode(&m); err != nil {
					t.Fatalf("%s, %s, %q: %v", p.name, way, in, err)
				}
				props := m.Responses[0].Propstats[0].Props
				got, ok := p.get(&props[0])
				if want := p.normalize(text); got != want || !ok || len(props) != 2 {
					t.Errorf("%s, %s, %q: %q, %v and %d properties, want %q and 2", p.name, way, in, got, ok, len(props), want)
				}
				if diff := cmp.Diff(want, *reports); diff != "" {
					t.Errorf("%s, %s, %q: reports (-want +got)\n%s", p.name, way, in, diff)
				}
			})
			strictly := multistatus.DecodeOptions{Reject: multistatus.AllQuirks()}
			everyWay(before+in+after, strictly, func(way string, d *multistatus.Decoder, reports *[]catalogue.Report) {
				var first *catalogue.Failure
				if len(want) > 0 {
					first = &catalogue.Failure{Kind: want[0].Quirk, Offset: want[0].Offset}
				}
				if diff := cmp.Diff(first, read(t, d, reports).Failure); diff != "" {
					t.Errorf("%s, %s, %q: strict (-want +got)\n%s", p.name, way, in, diff)
				}
			})
		}
	}
}

// faulty joins a few pieces, and returns what they mean and what is to be reported of them, the first of them being at offset.
func faulty(rnd *rand.Rand, offset int64, markup bool) (in, text string, reports []catalogue.Report) {
	for n := 1 + rnd.IntN(6); n > 0; {
		p := pieces[rnd.IntN(len(pieces))]
		if !markup && strings.Contains(p.in, "<") {
			continue
		}
		n--
		for _, r := range p.reports {
			reports = append(reports, catalogue.Report{Quirk: r.Quirk, Offset: offset + int64(len(in)) + r.Offset})
		}
		in += p.in
		text += p.text
	}
	if rnd.IntN(4) == 0 {
		reports = append(reports, catalogue.Report{Quirk: "amp-raw", Offset: offset + int64(len(in))})
		end := endPieces[rnd.IntN(len(endPieces))]
		in, text = in+end, text+end
	}
	return in, text, reports
}

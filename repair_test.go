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

// In a text that is made of faults nothing changes but the faults themselves, each is told at its place, and none becomes markup:
// the text is one text, and what follows it is still there.
func TestRepairs(t *testing.T) {
	const before = `<D:multistatus xmlns:D="DAV:"><D:response><D:href>/a</D:href><D:propstat><D:prop><D:displayname>`
	const after = `</D:displayname><D:getetag>"e"</D:getetag></D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response></D:multistatus>`
	rnd := rand.New(rand.NewPCG(4918, 14))
	for range 3000 {
		var in, text strings.Builder
		var want []catalogue.Report
		for range 1 + rnd.IntN(6) {
			p := pieces[rnd.IntN(len(pieces))]
			for _, r := range p.reports {
				want = append(want, catalogue.Report{Quirk: r.Quirk, Offset: int64(len(before)+in.Len()) + r.Offset})
			}
			in.WriteString(p.in)
			text.WriteString(p.text)
		}
		everyWay(before+in.String()+after, multistatus.DecodeOptions{}, func(way string, d *multistatus.Decoder, reports *[]catalogue.Report) {
			var m multistatus.Multistatus
			if err := d.Decode(&m); err != nil {
				t.Fatalf("%s, %q: %v", way, in.String(), err)
			}
			if diff := cmp.Diff(want, *reports); diff != "" {
				t.Errorf("%s, %q: reports (-want +got)\n%s", way, in.String(), diff)
			}
			checkTexts(t, &m, text.String(), `"e"`)
		})
	}
}

// checkTexts compares the texts of the properties of m's only propstat.
func checkTexts(t *testing.T, m *multistatus.Multistatus, want ...string) {
	t.Helper()
	var got []string
	for _, p := range m.Responses[0].Propstats[0].Props {
		text, ok := p.Value.Text()
		if !ok {
			t.Errorf("%v has elements: %s", p.Name, p.Value.Raw())
		}
		got = append(got, text)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("texts (-want +got)\n%s", diff)
	}
}

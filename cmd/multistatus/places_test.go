package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"github.com/go-multistatus/multistatus"
)

// placesBody has its responses, one with an empty href each, where it says.
const placesBody = "<?xml version='1.0' encoding='ENC' ?>\r\n<!DOCTYPE x SYSTEM '>'>\r<!-- <D:response> -->\n" +
	"<D:multistatus x='/>' xmlns:D='DAV:' ><D:responsedescription>é\n€</D:responsedescription>\n" +
	"\xe9<!--\r\n--><D:response\n> <?x <D:response> ?><D:href/><D:propstat><D:prop><D:response/><![CDATA[<D:response>]]></D:prop></D:propstat></D:response>" +
	"<x y=\"'>\"/><D:response><D:href/></D:response >\r\r\n <D:response/>\r<D:response><D:href/>"

// encoded returns placesBody in an encoding.
func encoded(t *testing.T, e encoding.Encoding, label string) string {
	t.Helper()
	s, err := e.NewEncoder().String(strings.NewReplacer("ENC", label, "\xe9", "é", "€", "¤").Replace(placesBody))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// The places of responses are those at which the Decoder sees that they lack an href, however the bytes come.
func TestPlaces(t *testing.T) {
	utf8 := strings.NewReplacer("ENC", "utf-8", "\xe9", "é").Replace(placesBody)
	for _, c := range []struct{ name, contentType, body string }{
		{"UTF-8", "", utf8},
		{"UTF-8 with BOM", "", "\uFEFF" + utf8},
		{"UTF-8 labelled as ASCII", "", strings.Replace(utf8, "utf-8", "us-ascii", 1)},
		{"UTF-8 by Content-Type", `text/xml; charset="utf-8"`, strings.Replace(utf8, "utf-8", "iso-8859-1", 1)},
		{"invalid UTF-8", "", strings.Replace(placesBody, "ENC", "utf-8", 1)},
		{"ISO-8859-1", "", encoded(t, charmap.ISO8859_1, "ISO-8859-1")},
		{"ISO-8859-1 as Windows-1252", "", strings.Replace(encoded(t, charmap.ISO8859_1, "ISO-8859-1"), "\n\xe9<", "\n\x92<", 1)},
		{"Windows-1252", "", encoded(t, charmap.Windows1252, "windows-1252")},
		{"KOI8-R by Content-Type", "text/xml; charset=koi8-r", strings.ReplaceAll(encoded(t, charmap.ISO8859_1, "utf-8"), "\xe9", "\xc1\xc2")},
		{"UTF-16", "", encoded(t, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), "utf-16")},
		{"UTF-16 big-endian without BOM", "", encoded(t, unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), "utf-16be")},
	} {
		t.Run(c.name, func(t *testing.T) { testPlaces(t, c.body, c.contentType) })
	}
}

func testPlaces(t *testing.T, body, contentType string) {
	for _, oneByte := range []bool{false, true} {
		var in = newWatched(body, oneByte)
		var want []place
		d := multistatus.NewDecoder(in, &multistatus.DecodeOptions{ContentType: contentType, OnQuirk: func(q multistatus.QuirkReport) {
			if q.Quirk == multistatus.QuirkResponseHrefOnly {
				want = append(want, place{q.Offset, q.Line, q.Column})
			}
		}})
		in.places = newPlaces(contentType)
		var r multistatus.Response
		n := 0
		for ; d.Next(&r) == nil; n++ {
			got := in.places.response(d.InputOffset())
			if n == 0 {
				continue // it has a propstat
			}
			if n > len(want) || got != want[n-1] {
				t.Errorf("place of response %d, read byte by byte: %t, = %+v, want the last of %+v", n, oneByte, got, want)
			}
		}
		if n != 3 {
			t.Errorf("there are %d responses, want 3", n)
		}
	}
}

// watched is a reader that shows what it reads to places.
type watched struct {
	in     interface{ Read([]byte) (int, error) }
	places *places
}

func newWatched(body string, oneByte bool) *watched {
	w := &watched{in: strings.NewReader(body)}
	if oneByte {
		w.in = iotest.OneByteReader(w.in)
	}
	return w
}

func (w *watched) Read(p []byte) (int, error) {
	n, err := w.in.Read(p)
	w.places.Write(p[:n])
	return n, err
}

// In bodies of real servers every response is found, and its start tag stands there.
func TestPlacesInCorpus(t *testing.T) {
	files, err := filepath.Glob("../../testdata/corpus/*/*.xml")
	if err != nil || len(files) == 0 {
		t.Fatalf("no corpus: %v", err)
	}
	all := 0
	for _, file := range files {
		body, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		w := newWatched(string(body), false)
		contentType := contentTypeOf(t, file)
		w.places = newPlaces(contentType)
		d := multistatus.NewDecoder(w, &multistatus.DecodeOptions{ContentType: contentType})
		var r multistatus.Response
		n := 0
		for ; d.Next(&r) == nil; n++ {
			at := w.places.response(d.InputOffset())
			if at.line == 0 || !isResponseTag(string(body[at.off:])) {
				t.Errorf("%s: the response of %s is at %+v", file, r.Href, at)
			}
		}
		if want := responsesOf(t, file); n != want {
			t.Errorf("%s: %d responses have a place, want %d", file, n, want)
		}
		all += n
	}
	if all < 700 {
		t.Errorf("there are but %d responses", all)
	}
}

// contentTypeOf is what a body of the corpus came with.
func contentTypeOf(t *testing.T, file string) string {
	var request struct{ ContentType string }
	readJSON(t, strings.TrimSuffix(file, ".xml")+".request.json", &request)
	return request.ContentType
}

// responsesOf is how many responses a body of the corpus has.
func responsesOf(t *testing.T, file string) int {
	var meaning struct{ Responses []any }
	readJSON(t, strings.TrimSuffix(file, ".xml")+".json", &meaning)
	return len(meaning.Responses)
}

func readJSON(t *testing.T, file string, v any) {
	t.Helper()
	b, err := os.ReadFile(file)
	if err == nil {
		err = json.Unmarshal(b, v)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func isResponseTag(s string) bool {
	name, ok := strings.CutPrefix(s[:strings.IndexAny(s, " \t\r\n/>")], "<")
	_, local, prefixed := strings.Cut(name, ":")
	return ok && (name == "response" || prefixed && local == "response")
}

// Whatever the body is, places end in no panic, and where they are known a start tag stands there.
func FuzzPlaces(f *testing.F) {
	f.Add(placesBody, "")
	for _, c := range lintCases {
		f.Add(lintBody(c.hit)[:min(1000, len(lintBody(c.hit)))], "text/xml; charset=utf-16")
	}
	f.Fuzz(func(t *testing.T, body, contentType string) {
		w := newWatched(body, len(body)%2 == 0)
		w.places = newPlaces(contentType)
		d := multistatus.NewDecoder(w, &multistatus.DecodeOptions{ContentType: contentType})
		var r multistatus.Response
		for d.Next(&r) == nil {
			at := w.places.response(d.InputOffset())
			text := strings.TrimPrefix(body, "\uFEFF")
			if at.line > 0 && w.places.source.decode == nil && !isResponseTag(text[at.off:]) {
				t.Fatalf("a response of %q is at %+v", body, at)
			}
		}
		w.places.rest()
	})
}

// A text that is not the Decoder's gives no places rather than wrong ones, and text that is no XML ends nothing.
func TestPlacesLost(t *testing.T) {
	for _, body := range []string{"", "<", "<>", "<><><a>", "</></></>", "<a><b></b>", "<!--", "<a 'b>", "< >< />"} {
		p := newPlaces("")
		p.Write([]byte(body))
		p.rest()
		if got, want := p.response(1000), (place{off: 1000}); got != want {
			t.Errorf("places of %q: response = %+v, want %+v", body, got, want)
		}
		if got := p.at(0); got.line != 0 {
			t.Errorf("places of %q: at = %+v after that, want none", body, got)
		}
	}
}

// A bad byte in a charset of two-byte characters makes the text another one than the Decoder's.
func TestLintWithoutPlace(t *testing.T) {
	const response = "<D:response><D:href>/a</D:href><D:status>HTTP/1.1 200 OK</D:status></D:response>"
	body := "<D:multistatus xmlns:D=\"DAV:\"><D:responsedescription>\x81\x20</D:responsedescription>" + response + response + "</D:multistatus>"
	_, out, _ := run(body, "lint", "-content-type", "text/xml; charset=shift_jis")
	if want := "\n<stdin>: warning: response-dup-href: "; !strings.Contains(out, want) || !strings.Contains(out, "first at offset 1") {
		t.Errorf("lint prints %q, want %q in it, and an offset", out, want)
	}
}

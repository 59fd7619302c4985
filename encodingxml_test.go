package multistatus_test

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/go-multistatus/multistatus"
)

// The rows of README's table "Why not encoding/xml": each test gives the same body to both, and holds both to what is said there.

// xmlListing is a multistatus as clients have it that read with encoding/xml.
type xmlListing struct {
	XMLName   xml.Name      `xml:"DAV: multistatus"`
	Responses []xmlResponse `xml:"DAV: response"`
}

type xmlResponse struct {
	Href      string `xml:"DAV: href"`
	Propstats []struct {
		Status string `xml:"DAV: status"`
		Prop   struct {
			Name string `xml:"DAV: displayname"`
			Any  []struct {
				XMLName xml.Name
				Inner   string `xml:",innerxml"`
			} `xml:",any"`
		} `xml:"DAV: prop"`
	} `xml:"DAV: propstat"`
}

const (
	xmlRoot = `<D:multistatus xmlns:D="DAV:">`
	xmlEnd  = `</D:multistatus>`
	xmlOK   = `<D:status>HTTP/1.1 200 OK</D:status>`
	xmlFile = `<D:response><D:href>/a</D:href>` + xmlOK + `</D:response>`
)

// xmlNamed is a response with one property found.
func xmlNamed(prop string) string {
	return `<D:response><D:href>/a</D:href><D:propstat><D:prop>` + prop + `</D:prop>` + xmlOK + `</D:propstat></D:response>`
}

// byXML decodes as encoding/xml does by default.
func byXML(body string) (m xmlListing, err error) {
	err = xml.Unmarshal([]byte(body), &m)
	return m, err
}

// wantXML checks whether encoding/xml has read n responses, or refuses the body with an error that has the text.
func wantXML(t *testing.T, body string, n int, refusal string) (m xmlListing) {
	t.Helper()
	m, err := byXML(body)
	switch {
	case refusal == "" && (err != nil || len(m.Responses) != n):
		t.Errorf("xml.Unmarshal(%.200q) = %d responses, %v, want %d", body, len(m.Responses), err, n)
	case refusal != "" && (err == nil || !strings.Contains(err.Error(), refusal)):
		t.Errorf("xml.Unmarshal(%.200q) = %v, want %q", body, err, refusal)
	}
	return m
}

// wantRead checks that Parse reads n responses and forgives the quirks, no more and no less.
func wantRead(t *testing.T, body string, n int, quirks ...multistatus.Quirk) *multistatus.Multistatus {
	t.Helper()
	m, err := multistatus.Parse([]byte(body), nil)
	if err != nil || len(m.Responses) != n || m.Quirks != multistatus.NewQuirkSet(quirks...) {
		t.Fatalf("Parse(%.200q) = %d responses, %v, %v, want %d and %v", body, len(m.Responses), m.Quirks, err, n, quirks)
	}
	return m
}

// wantRefused checks that Parse reads n responses and then fails for the reason.
func wantRefused(t *testing.T, body string, n int, reason error) {
	t.Helper()
	m, err := multistatus.Parse([]byte(body), nil)
	if !errors.Is(err, reason) || len(m.Responses) != n {
		t.Errorf("Parse(%.200q) = %d responses, %v, want %d and %v", body, len(m.Responses), err, n, reason)
	}
}

// What follows the root is not looked at by xml.Unmarshal: two bodies in one are the first.
func TestXMLTrailing(t *testing.T) {
	for _, tail := range []string{xmlRoot + xmlFile + xmlEnd, "<html>", "\x00garbage & more"} {
		body := xmlRoot + xmlFile + xmlEnd + tail
		wantXML(t, body, 1, "")
		wantRefused(t, body, 1, multistatus.ErrTrailing)
	}
}

// A struct whose root has no name takes a page for a multistatus in which nothing is.
func TestXMLOtherRoot(t *testing.T) {
	page := `<html xmlns="http://www.w3.org/1999/xhtml"><body>Please log in</body></html>`
	var m struct {
		Responses []xmlResponse `xml:"response"`
	}
	if err := xml.Unmarshal([]byte(page), &m); err != nil || len(m.Responses) != 0 {
		t.Errorf("xml.Unmarshal(%q) = %+v, %v, want nothing and no error", page, m, err)
	}
	_, err := multistatus.Parse([]byte(page), nil)
	var root *multistatus.RootError
	if !errors.As(err, &root) || root.Root.Local != "html" || root.Head != page {
		t.Errorf("Parse(%q) = %v, want a RootError with the page", page, err)
	}
}

// A prefix that is not declared is a namespace of that name to encoding/xml: responses with it are none.
func TestXMLUndeclared(t *testing.T) {
	body := `<multistatus xmlns="DAV:">` + xmlFile + `</multistatus>`
	wantXML(t, body, 0, "")
	wantRead(t, body, 1, multistatus.QuirkNsUndeclaredStructural)
}

// The path of a tag joins the propstats, so that what was not found looks like what was, and empty.
func TestXMLStatusLost(t *testing.T) {
	body := xmlRoot + `<D:response><D:href>/a</D:href><D:propstat><D:prop><D:displayname/></D:prop>` +
		`<D:status>HTTP/1.1 403 Forbidden</D:status></D:propstat></D:response>` + xmlEnd
	var m struct {
		Responses []struct {
			Name *string `xml:"propstat>prop>displayname"`
		} `xml:"response"`
	}
	if err := xml.Unmarshal([]byte(body), &m); err != nil || m.Responses[0].Name == nil || *m.Responses[0].Name != "" {
		t.Errorf("xml.Unmarshal(%q) = %+v, %v, want an empty name", body, m, err)
	}
	p, stat := wantRead(t, body, 1).Responses[0].Prop(multistatus.DAV("displayname"))
	if p == nil || stat.OK() || stat.Status.Code != 403 {
		t.Errorf("Prop = %v, %v, want one under 403", p, stat)
	}
}

// White space around an href or a status is kept by encoding/xml.
func TestXMLWhiteSpace(t *testing.T) {
	body := xmlRoot + "<D:response><D:href>\n  /a\n</D:href>" + xmlOK + "</D:response>" + xmlEnd
	if got := wantXML(t, body, 1, "").Responses[0].Href; got != "\n  /a\n" {
		t.Errorf("xml.Unmarshal finds the href %q", got)
	}
	if got := wantRead(t, body, 1).Responses[0].Href; got != "/a" {
		t.Errorf("Parse finds the href %q", got)
	}
}

// One byte in one name makes encoding/xml refuse the body.
func TestXMLOneBadCharacter(t *testing.T) {
	for name, c := range map[string]struct {
		text, refusal, want string
		quirk               multistatus.Quirk
	}{
		"ampersand":         {"this & that", "invalid character entity", "this & that", multistatus.QuirkAmpRaw},
		"entity of HTML":    {"a&nbsp;b", "invalid character entity", "a&nbsp;b", multistatus.QuirkEntHtml},
		"control character": {"a\x01b", "illegal character", "a\uFFFDb", multistatus.QuirkChrControlLiteral},
		"Latin-1":           {"caf\xe9", "invalid UTF-8", "caf\uFFFD", multistatus.QuirkEncInvalidUtf8},
	} {
		body := xmlRoot + xmlNamed(`<D:displayname>`+c.text+`</D:displayname>`) + xmlFile + xmlEnd
		wantXML(t, body, 0, c.refusal)
		p, _ := wantRead(t, body, 2, c.quirk).Responses[0].Prop(multistatus.DAV("displayname"))
		if got, _ := p.Value.Text(); got != c.want {
			t.Errorf("%s: Parse finds %q, want %q", name, got, c.want)
		}
	}
}

// Names with two colons, as mod_dav_svn writes them, make encoding/xml refuse the body.
func TestXMLTwoColons(t *testing.T) {
	body := xmlRoot + xmlNamed(`<C:user:bin xmlns:C="urn:c">x</C:user:bin>`) + xmlEnd
	wantXML(t, body, 0, "expected element name")
	p, _ := wantRead(t, body, 1, multistatus.QuirkNsDoublePrefix).Responses[0].Prop(multistatus.Name{Space: "urn:c", Local: "user:bin"})
	if p == nil {
		t.Error("Parse does not find the property")
	}
}

// With Strict = false encoding/xml reads a raw &, and closes what was not closed.
func TestXMLNotStrict(t *testing.T) {
	loose := func(body string) (m xmlListing, err error) {
		d := xml.NewDecoder(strings.NewReader(body))
		d.Strict = false
		err = d.Decode(&m)
		return m, err
	}
	raw := xmlRoot + xmlNamed(`<D:displayname>this & that</D:displayname>`) + xmlEnd
	if m, err := loose(raw); err != nil || m.Responses[0].Propstats[0].Prop.Name != "this & that" {
		t.Errorf("without Strict xml reads %+v, %v of %q", m, err, raw)
	}
	open := xmlRoot + `<D:response><D:href>/a` + xmlEnd
	if m, err := loose(open); err != nil || len(m.Responses) != 1 {
		t.Errorf("without Strict xml reads %+v, %v of %q, want a response", m, err, open)
	}
	wantXML(t, open, 0, "closed by")
	wantRead(t, raw, 1, multistatus.QuirkAmpRaw)
	wantRefused(t, open, 0, multistatus.ErrMismatch)
}

// encoding/xml accepts an attribute given twice.
func TestXMLAttributeTwice(t *testing.T) {
	body := xmlRoot + xmlNamed(`<D:displayname a="1" a="2">x</D:displayname>`) + xmlEnd
	wantXML(t, body, 1, "")
	wantRefused(t, body, 0, multistatus.ErrAttribute)
}

// encoding/xml reads no charset but UTF-8 by itself, and no UTF-16 even with a CharsetReader.
func TestXMLCharset(t *testing.T) {
	latin := `<?xml version="1.0" encoding="ISO-8859-1"?>` + xmlRoot + xmlNamed("<D:displayname>caf\xe9</D:displayname>") + xmlEnd
	wantXML(t, latin, 0, "CharsetReader")
	p, _ := wantRead(t, latin, 1).Responses[0].Prop(multistatus.DAV("displayname"))
	if got, _ := p.Value.Text(); got != "café" {
		t.Errorf("Parse finds %q, want café", got)
	}
	var wide strings.Builder
	wide.WriteString("\xff\xfe")
	for _, c := range []byte(xmlRoot + xmlFile + xmlEnd) {
		wide.Write([]byte{c, 0})
	}
	d := xml.NewDecoder(strings.NewReader(wide.String()))
	d.CharsetReader = func(string, io.Reader) (io.Reader, error) {
		t.Error("it is asked for a CharsetReader")
		return nil, errors.ErrUnsupported
	}
	if err := d.Decode(new(xmlListing)); err == nil || !strings.Contains(err.Error(), "invalid UTF-8") {
		t.Errorf("xml reads UTF-16 with %v, want invalid UTF-8", err)
	}
	wantRead(t, wide.String(), 1)
}

// The innerxml of a property has lost what its prefixes and its language were.
func TestXMLValueAlone(t *testing.T) {
	body := `<D:multistatus xmlns:D="DAV:" xmlns:C="urn:c" xml:lang="de">` + xmlNamed(`<D:resourcetype><C:calendar/></D:resourcetype>`) + xmlEnd
	inner := wantXML(t, body, 1, "").Responses[0].Propstats[0].Prop.Any[0].Inner
	if inner != `<C:calendar/>` {
		t.Errorf("its innerxml is %q", inner)
	}
	p, _ := wantRead(t, body, 1).Responses[0].Prop(multistatus.DAV("resourcetype"))
	const want = `<D:resourcetype xmlns:D="DAV:" xmlns:C="urn:c" xml:lang="de"><C:calendar/></D:resourcetype>`
	if got := string(p.AppendXML(nil)); got != want || !p.Value.Has(multistatus.Name{Space: "urn:c", Local: "calendar"}) {
		t.Errorf("AppendXML = %q, want %q", got, want)
	}
}

// The error of encoding/xml has a line; that of the Decoder has the place, and is told apart by errors.Is.
func TestXMLErrors(t *testing.T) {
	body := xmlRoot + xmlFile + "\n" + `<D:response><D:href>/b</D:hr`
	_, err := byXML(body)
	var syntax *xml.SyntaxError
	if !errors.As(err, &syntax) || syntax.Line != 2 || errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("xml.Unmarshal(%q) = %v, want a SyntaxError of line 2", body, err)
	}
	wantRefused(t, body, 1, io.ErrUnexpectedEOF)
	_, err = multistatus.Parse([]byte(body), nil)
	var at *multistatus.DecodeError
	if !errors.As(err, &at) || at.Line != 2 || at.Column != 23 || at.Path != "multistatus/response[2]/href" {
		t.Errorf("Parse(%q) = %v, want line 2:23 in the second response", body, err)
	}
}

// xml.Marshal declares a namespace at each element, without prefix; Windows' Mini-Redirector wants prefixes.
func TestXMLMarshal(t *testing.T) {
	type response struct {
		Href   string `xml:"DAV: href"`
		Status string `xml:"DAV: status"`
	}
	got, err := xml.Marshal(struct {
		XMLName   xml.Name   `xml:"DAV: multistatus"`
		Responses []response `xml:"DAV: response"`
	}{Responses: []response{{"/a", "HTTP/1.1 200 OK"}}})
	const want = `<multistatus xmlns="DAV:"><response xmlns="DAV:"><href xmlns="DAV:">/a</href>` +
		`<status xmlns="DAV:">HTTP/1.1 200 OK</status></response></multistatus>`
	if string(got) != want || err != nil {
		t.Errorf("xml.Marshal = %s, %v, want %s", got, err, want)
	}
	m := wantRead(t, want, 1)
	own, err := m.AppendXML(nil, nil)
	if _, body, _ := strings.Cut(string(own), "?>\n"); strings.TrimSpace(body) != xmlRoot+xmlFile+xmlEnd || err != nil {
		t.Errorf("AppendXML = %s, %v, want %s", own, err, xmlRoot+xmlFile+xmlEnd)
	}
}

// encoding/xml writes names and innerxml as they are: markup may come of them.
func TestXMLMarkup(t *testing.T) {
	const evil = `a/></D:prop><D:href>/etc</D:href><b`
	var b strings.Builder
	e := xml.NewEncoder(&b)
	name := xml.Name{Local: evil}
	err := errors.Join(e.EncodeToken(xml.StartElement{Name: name}), e.EncodeToken(xml.EndElement{Name: name}), e.Close())
	if got := b.String(); !strings.HasPrefix(got, "<"+evil+">") || err != nil {
		t.Errorf("EncodeToken writes %q, %v", got, err)
	}
	raw, err := xml.Marshal(struct {
		XMLName xml.Name `xml:"x"`
		Inner   string   `xml:",innerxml"`
	}{Inner: "</x><y>"})
	if string(raw) != "<x></x><y></x>" || err != nil {
		t.Errorf("xml.Marshal = %q, %v", raw, err)
	}
	if _, err := multistatus.XML("</x><y>"); err == nil {
		t.Error("XML accepts content that is not well-formed")
	}
	own := multistatus.NewEncoder(io.Discard, nil)
	if err := errors.Join(own.StartPath("/a"), own.Propstat(200)); err != nil {
		t.Fatal(err)
	}
	if err := own.PropText(multistatus.Name{Local: evil}, "x"); !errors.Is(err, multistatus.ErrName) {
		t.Errorf("PropText = %v, want ErrName", err)
	}
}

// unfinished fails when it is asked for its second value.
type unfinished struct{ asked int }

var errUnfinished = errors.New("no second value")

func (u *unfinished) MarshalText() ([]byte, error) {
	if u.asked++; u.asked > 1 {
		return nil, errUnfinished
	}
	return []byte(strings.Repeat("x", 8<<10)), nil
}

// noText has no text.
type noText struct{}

func (noText) AppendText(b []byte) ([]byte, error) { return b, errUnfinished }

// What xml.Encoder could not encode to its end leaves a part of it with the writer; the Encoder writes whole responses.
func TestXMLHalfWritten(t *testing.T) {
	type response struct {
		XMLName xml.Name    `xml:"response"`
		A       *unfinished `xml:"a"`
		B       *unfinished `xml:"b"`
	}
	var b strings.Builder
	u := new(unfinished)
	if err := xml.NewEncoder(&b).Encode(response{A: u, B: u}); !errors.Is(err, errUnfinished) || !strings.HasPrefix(b.String(), "<response><a>xxx") {
		t.Errorf("xml has written %d bytes, %v, want a part", b.Len(), err)
	}
	b.Reset()
	e := multistatus.NewEncoder(&b, nil)
	e.StartPath("/a")
	e.Propstat(200)
	e.PropText(multistatus.DAV("displayname"), strings.Repeat("x", 8<<10))
	if err := multistatus.PropAppend(e, multistatus.DAV("x"), noText{}); !errors.Is(err, errUnfinished) {
		t.Errorf("PropAppend = %v, want its error", err)
	}
	if err := e.EndResponse(); !errors.Is(err, errUnfinished) {
		t.Errorf("EndResponse = %v, want the error of PropAppend", err)
	}
	e.DropResponse()
	e.StartPath("/b")
	e.Status(200)
	if err := e.Close(); err != nil {
		t.Fatal(err)
	}
	var got []multistatus.Href
	for _, r := range wantRead(t, b.String(), 1).Responses {
		got = append(got, r.Href)
	}
	if diff := cmp.Diff([]multistatus.Href{"/b"}, got); diff != "" {
		t.Error(diff)
	}
}

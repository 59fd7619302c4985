package multistatus

import (
	"bytes"
	"encoding/xml"
	"io"
	"strconv"
	"strings"
	"testing"
	"time"
)

// encodeBody is a document that is encoded by calls.
type encodeBody struct {
	name      string
	responses int
	opts      EncodeOptions
	write     func(e *Encoder, i int)
}

const benchResponses = 100

// Names that the bodies are made of.
var (
	oc = func(local string) Name { return Name{NamespaceOwnCloud, local} }
	nc = func(local string) Name { return Name{NamespaceNextcloud, local} }

	benchTime    = time.Date(2026, 11, 23, 20, 34, 2, 0, time.UTC)
	collection   = DAV("collection")
	calendarData = Name{NamespaceCalDAV, "calendar-data"}
	executable   = Name{NamespaceApache, "executable"}

	apacheNames = []Name{DAV("creationdate"), DAV("getcontentlength"), DAV("getlastmodified"), DAV("supportedlock"), DAV("lockdiscovery"), DAV("getcontenttype")}
	cloudTexts  = []Name{oc("id"), oc("fileid"), oc("permissions"), oc("owner-id"), oc("owner-display-name"), oc("favorite"), oc("comments-unread"), nc("has-preview"), nc("mount-type"), nc("is-encrypted"), nc("note")}
	cloudAbsent = []Name{DAV("quota-available-bytes"), oc("share-types"), oc("tags"), oc("checksums"), nc("lock"), nc("rich-workspace")}

	benchHrefs = benchStrings("/remote.php/dav/files/user/Documents/Report%20", ".pdf")
	benchETags = benchStrings(`"660f783a9f52b`, `"`)
	benchIDs   = benchStrings("0000", "ocabcdefgh12")
	benchLocks = Elements(DAV("write")) // replaced by what Apache has
	benchEvent = strings.ReplaceAll(`BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Example Corp.//CalDAV Client//EN
BEGIN:VTIMEZONE
TZID:Europe/Berlin
BEGIN:DAYLIGHT
TZOFFSETFROM:+0100
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
DTSTART:19810329T020000
TZNAME:CEST
TZOFFSETTO:+0200
END:DAYLIGHT
END:VTIMEZONE
BEGIN:VEVENT
CREATED:20261101T120000Z
UID:f81d4fae-7dec-11d0-a765-00a0c91e6bf8
DTEND;TZID=Europe/Berlin:20261124T110000
SUMMARY:Besprechung & Frühstück mit <allen>
DESCRIPTION:Tagesordnung:\n1. Begrüßung\n2. Zahlen\n3. Verschiedenes
LOCATION:Raum 17
DTSTART;TZID=Europe/Berlin:20261124T100000
ORGANIZER;CN=Jane Doe:mailto:jane@example.com
ATTENDEE;CN=John;PARTSTAT=ACCEPTED:mailto:john@example.com
END:VEVENT
END:VCALENDAR
`, "\n", "\r\n")
)

func benchStrings(before, after string) (s [benchResponses]string) {
	for i := range s {
		s[i] = before + strconv.Itoa(10_000+i) + after
	}
	return s
}

var encodeBodies = []encodeBody{
	{"apache", benchResponses, EncodeOptions{Namespaces: []Namespace{{"lp2", NamespaceApache}}}, func(e *Encoder, i int) {
		e.StartResponse(Href(benchHrefs[i]))
		e.Propstat(200)
		e.PropEmpty(resourcetype)
		e.PropText(apacheNames[0], "2026-11-23T20:34:02Z")
		e.PropText(apacheNames[1], "123456")
		e.PropText(apacheNames[2], "Mon, 23 Nov 2026 20:34:02 GMT")
		e.PropText(getetag, benchETags[i])
		e.PropText(executable, "F")
		e.PropValue(apacheNames[3], benchLocks)
		e.PropEmpty(apacheNames[4])
		e.PropText(apacheNames[5], "application/pdf")
		e.EndResponse()
	}},
	{"nextcloud", benchResponses, EncodeOptions{Namespaces: []Namespace{{"oc", NamespaceOwnCloud}, {"nc", NamespaceNextcloud}}}, func(e *Encoder, i int) {
		e.StartResponse(Href(benchHrefs[i]))
		e.Propstat(200)
		e.PropText(apacheNames[2], "Mon, 23 Nov 2026 20:34:02 GMT")
		e.PropText(getetag, benchETags[i])
		e.PropText(apacheNames[1], "123456")
		e.PropText(apacheNames[5], "application/pdf")
		for _, n := range cloudTexts {
			e.PropText(n, benchIDs[i])
		}
		e.Propstat(404)
		e.PropEmpty(cloudAbsent...)
		e.EndResponse()
	}},
	{"sync", benchResponses, EncodeOptions{}, func(e *Encoder, i int) {
		e.StartResponse(Href(benchHrefs[i]))
		if i%4 == 0 {
			e.Status(404)
		} else {
			e.Propstat(200)
			e.PropText(getetag, benchETags[i])
		}
		e.EndResponse()
	}},
	{"caldav", benchResponses, EncodeOptions{Namespaces: []Namespace{{"C", NamespaceCalDAV}}}, func(e *Encoder, i int) {
		e.StartResponse(Href(benchHrefs[i]))
		e.Propstat(200)
		e.PropText(getetag, benchETags[i])
		e.PropText(calendarData, benchEvent)
		e.EndResponse()
	}},
	{"typed", benchResponses, EncodeOptions{Namespaces: []Namespace{{"C", NamespaceCalDAV}}}, func(e *Encoder, i int) {
		e.StartPath("/Documents/Größe 100%.txt")
		e.Propstat(200)
		e.PropElements(resourcetype, collection, calendar)
		e.PropInt(apacheNames[1], int64(i))
		e.PropHTTPTime(apacheNames[2], benchTime)
		e.PropDateTime(apacheNames[0], benchTime)
		e.PropHref(DAV("owner"), "/u/1")
		PropAppend(e, getetag, Status{Code: 200})
		e.Condition(DAV("x"), "/a")
		e.Description("d")
		e.EndPropstat()
		e.Location("/b")
		e.EndResponse()
	}},
}

// encodeAll writes a body.
func encodeAll(e *Encoder, b *encodeBody) error {
	for i := range b.responses {
		b.write(e, i)
	}
	return e.Close()
}

// otherPrefix is doc with another prefix for DAV: than the Encoder has.
func otherPrefix(doc []byte) []byte {
	return []byte(strings.NewReplacer("<D:", "<d:", "</D:", "</d:", "xmlns:D", "xmlns:d").Replace(string(doc)))
}

// benchDocument returns what a body encodes to.
func benchDocument(t testing.TB, b *encodeBody) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := encodeAll(NewEncoder(&out, &b.opts), b); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// BenchmarkEncode has encoding/xml's EncodeToken write the tokens of bodies, and writes them by calls, and the responses that
// they decode to; beside it, it copies the same bytes. x/xml is how many times as fast as encoding/xml that is.
func BenchmarkEncode(b *testing.B) {
	for i := range encodeBodies {
		body := &encodeBodies[i]
		doc := benchDocument(b, body)
		xml := new(rival)
		b.Run(body.name+"/encodingxml", func(b *testing.B) { benchEncodeToken(b, doc, xml) })
		b.Run(body.name+"/calls", func(b *testing.B) { benchCalls(b, body, len(doc), xml) })
		b.Run(body.name+"/responses", func(b *testing.B) { benchEncode(b, doc, &body.opts, xml) })
		b.Run(body.name+"/otherprefix", func(b *testing.B) { benchEncode(b, otherPrefix(doc), &body.opts, xml) })
		b.Run(body.name+"/copy", func(b *testing.B) { benchCopy(b, doc) })
	}
}

func benchCalls(b *testing.B, body *encodeBody, size int, xml *rival) {
	b.SetBytes(int64(size))
	b.ReportAllocs()
	var e Encoder
	for b.Loop() {
		e.Reset(io.Discard, &body.opts)
		if err := encodeAll(&e, body); err != nil {
			b.Fatal(err)
		}
	}
	xml.report(b)
}

func benchEncode(b *testing.B, doc []byte, opts *EncodeOptions, xml *rival) {
	m, err := Parse(doc, nil)
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(doc)))
	b.ReportAllocs()
	var e Encoder
	for b.Loop() {
		e.Reset(io.Discard, opts)
		for i := range m.Responses {
			e.Encode(&m.Responses[i])
		}
		if err := e.Close(); err != nil {
			b.Fatal(err)
		}
	}
	xml.report(b)
}

// benchEncodeToken has names with their prefixes, so that encoding/xml need not make any.
func benchEncodeToken(b *testing.B, doc []byte, took *rival) {
	var tokens []xml.Token
	d := xml.NewDecoder(bytes.NewReader(doc))
	for {
		t, err := d.RawToken()
		if err == io.EOF {
			break
		} else if err != nil {
			b.Fatal(err)
		}
		tokens = append(tokens, flatNames(xml.CopyToken(t)))
	}
	b.SetBytes(int64(len(doc)))
	b.ReportAllocs()
	for b.Loop() {
		e := xml.NewEncoder(io.Discard)
		for _, t := range tokens {
			if err := e.EncodeToken(t); err != nil {
				b.Fatal(err)
			}
		}
		if err := e.Close(); err != nil {
			b.Fatal(err)
		}
	}
	took.lost(b)
	took.report(b)
}

func flatNames(t xml.Token) xml.Token {
	flat := func(n xml.Name) xml.Name {
		if n.Space != "" {
			n = xml.Name{Local: n.Space + ":" + n.Local}
		}
		return n
	}
	switch t := t.(type) {
	case xml.StartElement:
		t.Name = flat(t.Name)
		for i := range t.Attr {
			t.Attr[i].Name = flat(t.Attr[i].Name)
		}
		return t
	case xml.EndElement:
		t.Name = flat(t.Name)
		return t
	}
	return t
}

func benchCopy(b *testing.B, doc []byte) {
	b.SetBytes(int64(len(doc)))
	dst := make([]byte, len(doc))
	for b.Loop() {
		copy(dst, doc)
	}
}

// Nothing is allocated in the steady state, Reset included, by calls or from responses.
func TestEncodeAllocs(t *testing.T) {
	for i := range encodeBodies {
		body := &encodeBodies[i]
		var e Encoder
		if got := allocs(func() {
			e.Reset(io.Discard, &body.opts)
			if err := encodeAll(&e, body); err != nil {
				t.Fatal(err)
			}
		}); got != 0 {
			t.Errorf("%s: %d responses by calls allocate %v times, want 0", body.name, body.responses, got)
		}
		doc := benchDocument(t, body)
		for _, doc := range [][]byte{doc, otherPrefix(doc)} {
			m, err := Parse(doc, nil)
			if err != nil {
				t.Fatal(err)
			}
			if got := allocs(func() {
				e.Reset(io.Discard, &body.opts)
				for i := range m.Responses {
					e.Encode(&m.Responses[i])
				}
				if err := e.Close(); err != nil {
					t.Fatal(err)
				}
			}); got != 0 {
				t.Errorf("%s: %d responses allocate %v times, want 0", body.name, body.responses, got)
			}
		}
	}
}

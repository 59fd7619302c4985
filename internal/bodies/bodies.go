// Package bodies makes bodies of 207 responses as servers write them, of any length, for benchmarks.
// The same call always gives the same bytes.
package bodies

import (
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"time"
)

// A Kind is a way to write a body, after that of a server.
type Kind struct {
	Name string
	Doc  string

	head, tail string
	response   func(w *writer, i int)
}

// Kinds are all kinds, those first of which the responses follow a few patterns; the responses of the last, shuffled, follow none.
var Kinds = []Kind{
	{
		"apache", "mod_dav: two more prefixes declared at each response, a line for each tag",
		"<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<D:multistatus xmlns:D=\"DAV:\" xmlns:ns0=\"DAV:\">\n", "</D:multistatus>\n", (*writer).apache,
	},
	{
		"nextcloud", "about 14 properties found and 7 not found, on one line",
		`<?xml version="1.0"?>` + "\n" + `<d:multistatus xmlns:d="DAV:" xmlns:s="http://sabredav.org/ns" xmlns:oc="http://owncloud.org/ns" xmlns:nc="http://nextcloud.org/ns">`,
		"</d:multistatus>\n", (*writer).nextcloud,
	},
	{
		"compact", "a default namespace and three or four properties",
		`<?xml version="1.0" encoding="utf-8"?>` + "\n" + `<multistatus xmlns="DAV:">`, "</multistatus>\n", (*writer).compact,
	},
	{
		"caldav", "events of some 1.5 KB, whose line ends are &#13; and LF",
		`<?xml version="1.0" encoding="utf-8"?>` + "\n" + `<d:multistatus xmlns:d="DAV:" xmlns:cal="urn:ietf:params:xml:ns:caldav">`, "</d:multistatus>\n", (*writer).caldav,
	},
	{
		"syncstatus", "members that are gone: an href and a status",
		`<?xml version="1.0" encoding="utf-8"?>` + "\n" + `<D:multistatus xmlns:D="DAV:">`, "<D:sync-token>http://example.org/ns/sync/4711</D:sync-token></D:multistatus>\n", (*writer).syncstatus,
	},
	{
		"shuffled", "nextcloud with order and presence of the properties drawn anew for each response",
		`<?xml version="1.0"?>` + "\n" + `<d:multistatus xmlns:d="DAV:" xmlns:s="http://sabredav.org/ns" xmlns:oc="http://owncloud.org/ns" xmlns:nc="http://nextcloud.org/ns">`,
		"</d:multistatus>\n", (*writer).shuffled,
	},
}

// Make returns a body of that many responses.
func (k *Kind) Make(responses int) string {
	return k.head + k.responses(responses) + k.tail
}

// Repeat returns a reader of a body that has the responses of Make again and again, so many times, and is never in memory as
// a whole.
func (k *Kind) Repeat(responses, times int) io.Reader {
	return io.MultiReader(strings.NewReader(k.head), &repeater{text: k.responses(responses), left: times}, strings.NewReader(k.tail))
}

func (k *Kind) responses(n int) string {
	w := &writer{rnd: rand.New(rand.NewPCG(207, uint64(len(k.Name))))}
	for i := range n {
		k.response(w, i)
	}
	return w.String()
}

// repeater reads a text several times.
type repeater struct {
	text string
	at   int
	left int // how often it is still to be read, counting the one under way
}

// Read reads up to the end of the text.
func (r *repeater) Read(p []byte) (int, error) {
	if r.left <= 0 || r.text == "" {
		return 0, io.EOF
	}
	n := copy(p, r.text[r.at:])
	if r.at += n; r.at == len(r.text) {
		r.at = 0
		r.left--
	}
	return n, nil
}

// writer writes responses. A tenth of the resources are collections.
type writer struct {
	strings.Builder
	rnd *rand.Rand
}

func (w *writer) put(format string, args ...any) { fmt.Fprintf(w, format, args...) }

func (w *writer) collection() bool { return w.rnd.IntN(10) == 0 }

func (w *writer) date() time.Time {
	return time.Unix(1_500_000_000+w.rnd.Int64N(200_000_000), 0).UTC()
}

func (w *writer) httpDate() string { return w.date().Format("Mon, 02 Jan 2006 15:04:05 GMT") }

// name returns the percent-encoded name of a member.
func (w *writer) name(i int) string {
	words := []string{"report", "holiday%20photo", "invoice", "R%c3%a9sum%c3%a9", "notes", "backup-2024"}
	return fmt.Sprintf("%s-%05d", words[w.rnd.IntN(len(words))], i)
}

const apacheLocks = "<D:supportedlock>\n<D:lockentry>\n<D:lockscope><D:exclusive/></D:lockscope>\n<D:locktype><D:write/></D:locktype>\n</D:lockentry>\n" +
	"<D:lockentry>\n<D:lockscope><D:shared/></D:lockscope>\n<D:locktype><D:write/></D:locktype>\n</D:lockentry>\n</D:supportedlock>\n<D:lockdiscovery/>\n"

func (w *writer) apache(i int) {
	w.WriteString("<D:response xmlns:lp1=\"DAV:\" xmlns:lp2=\"http://apache.org/dav/props/\">\n")
	if w.collection() {
		w.put("<D:href>/dav/files/%s/</D:href>\n<D:propstat>\n<D:prop>\n<lp1:resourcetype><D:collection/></lp1:resourcetype>\n", w.name(i))
		w.put("<lp1:creationdate>%s</lp1:creationdate>\n<lp1:getlastmodified>%s</lp1:getlastmodified>\n<lp1:getetag>\"%x-%x\"</lp1:getetag>\n",
			w.date().Format(time.RFC3339), w.httpDate(), 0x1000, w.rnd.Uint64()>>16)
		w.WriteString(apacheLocks + "<D:getcontenttype>httpd/unix-directory</D:getcontenttype>\n")
	} else {
		n := w.rnd.IntN(5_000_000)
		w.put("<D:href>/dav/files/%s.txt</D:href>\n<D:propstat>\n<D:prop>\n<lp1:resourcetype/>\n", w.name(i))
		w.put("<lp1:creationdate>%s</lp1:creationdate>\n<lp1:getcontentlength>%d</lp1:getcontentlength>\n<lp1:getlastmodified>%s</lp1:getlastmodified>\n",
			w.date().Format(time.RFC3339), n, w.httpDate())
		w.put("<lp1:getetag>\"%x-%x\"</lp1:getetag>\n<lp2:executable>F</lp2:executable>\n", n, w.rnd.Uint64()>>16)
		w.WriteString(apacheLocks + "<D:getcontenttype>text/plain</D:getcontenttype>\n")
	}
	w.WriteString("</D:prop>\n<D:status>HTTP/1.1 200 OK</D:status>\n</D:propstat>\n</D:response>\n")
}

// nextcloudProps returns the properties of a member, found ones and the names of others.
func (w *writer) nextcloudProps(i int) (found, missing []string) {
	id := 100_000 + i
	found = []string{
		fmt.Sprintf("<d:getlastmodified>%s</d:getlastmodified>", w.httpDate()),
		fmt.Sprintf("<d:getetag>&quot;%013x&quot;</d:getetag>", w.rnd.Uint64()>>12),
		fmt.Sprintf("<oc:id>%08docgk2vz1b6t</oc:id>", id),
		fmt.Sprintf("<oc:fileid>%d</oc:fileid>", id),
		"<oc:owner-id>alice</oc:owner-id>", "<oc:owner-display-name>Alice</oc:owner-display-name>",
		"<oc:favorite>0</oc:favorite>", "<oc:comments-unread>0</oc:comments-unread>", "<oc:share-types/>", "<nc:mount-type></nc:mount-type>",
	}
	missing = []string{"<nc:note/>", "<nc:lock/>", "<oc:tags/>", "<nc:rich-workspace/>", "<nc:is-encrypted/>", "<nc:sharees/>"}
	if w.collection() {
		found = append(found, "<d:resourcetype><d:collection/></d:resourcetype>", "<oc:permissions>RGDNVCK</oc:permissions>",
			fmt.Sprintf("<oc:size>%d</oc:size>", w.rnd.Int64N(1<<40)), fmt.Sprintf("<d:quota-used-bytes>%d</d:quota-used-bytes>", w.rnd.Int64N(1<<40)))
		return found, append(missing, "<d:getcontentlength/>", "<d:getcontenttype/>")
	}
	n := w.rnd.IntN(1 << 30)
	types := []string{"image/jpeg", "text/markdown", "application/pdf"}
	found = append(found, "<d:resourcetype/>", "<oc:permissions>RGDNVW</oc:permissions>",
		fmt.Sprintf("<oc:size>%d</oc:size>", n), fmt.Sprintf("<d:getcontentlength>%d</d:getcontentlength>", n),
		fmt.Sprintf("<d:getcontenttype>%s</d:getcontenttype>", types[w.rnd.IntN(len(types))]))
	return found, append(missing, "<d:quota-used-bytes/>")
}

func (w *writer) nextcloudResponse(i int, found, missing []string) {
	w.put("<d:response><d:href>/remote.php/dav/files/alice/Documents/%s</d:href><d:propstat><d:prop>", w.name(i))
	w.WriteString(strings.Join(found, ""))
	w.WriteString("</d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat>")
	if len(missing) > 0 {
		w.put("<d:propstat><d:prop>%s</d:prop><d:status>HTTP/1.1 404 Not Found</d:status></d:propstat>", strings.Join(missing, ""))
	}
	w.WriteString("</d:response>")
}

func (w *writer) nextcloud(i int) {
	found, missing := w.nextcloudProps(i)
	w.nextcloudResponse(i, found, missing)
}

func (w *writer) shuffled(i int) {
	found, missing := w.nextcloudProps(i)
	w.nextcloudResponse(i, w.some(found), w.some(missing))
}

// some returns most of list in any order.
func (w *writer) some(list []string) []string {
	w.rnd.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	return list[:len(list)-w.rnd.IntN(3)]
}

func (w *writer) compact(i int) {
	if w.collection() {
		w.put("<response><href>/files/%s/</href><propstat><prop><resourcetype><collection/></resourcetype><getlastmodified>%s</getlastmodified></prop>",
			w.name(i), w.httpDate())
	} else {
		w.put("<response><href>/files/%s</href><propstat><prop><resourcetype/><getlastmodified>%s</getlastmodified><getetag>\"%x\"</getetag><getcontentlength>%d</getcontentlength></prop>",
			w.name(i), w.httpDate(), w.rnd.Uint64(), w.rnd.IntN(1<<30))
	}
	w.WriteString("<status>HTTP/1.1 200 OK</status></propstat></response>")
}

func (w *writer) caldav(i int) {
	w.put("<d:response><d:href>/calendars/alice/work/%s.ics</d:href><d:propstat><d:prop><d:getetag>&quot;%x&quot;</d:getetag><cal:calendar-data>", w.name(i), w.rnd.Uint64())
	w.event(i)
	w.WriteString("</cal:calendar-data></d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response>")
}

// event writes a calendar with one event, as text of XML.
func (w *writer) event(i int) {
	line := func(format string, args ...any) { w.put(format+"&#13;\n", args...) }
	line("BEGIN:VCALENDAR")
	line("VERSION:2.0")
	line("PRODID:-//Example Corp//Groupware 12.4//EN")
	line("CALSCALE:GREGORIAN")
	line("BEGIN:VTIMEZONE")
	line("TZID:Europe/Berlin")
	for _, part := range []string{"DAYLIGHT", "STANDARD"} {
		line("BEGIN:%s", part)
		line("TZOFFSETFROM:+0100")
		line("TZOFFSETTO:+0200")
		line("DTSTART:19810329T020000")
		line("RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU")
		line("END:%s", part)
	}
	line("END:VTIMEZONE")
	line("BEGIN:VEVENT")
	line("UID:%016x-%d@example.org", w.rnd.Uint64(), i)
	line("DTSTAMP:%s", w.date().Format("20060102T150405Z"))
	line("DTSTART;TZID=Europe/Berlin:%s", w.date().Format("20060102T150405"))
	line("DURATION:PT%dM", 15*(1+w.rnd.IntN(8)))
	line("SUMMARY:Besprechung %d &amp; Rückblick", i)
	line("LOCATION:Raum %d\\, Gebäude &lt;Nord&gt;", w.rnd.IntN(100))
	line("ORGANIZER;CN=Alice Example:mailto:alice@example.org")
	for range 1 + w.rnd.IntN(6) {
		line("ATTENDEE;CN=Person %d;PARTSTAT=ACCEPTED;ROLE=REQ-PARTICIPANT:mailto:person%d@example.org", w.rnd.IntN(900), w.rnd.IntN(900))
	}
	line("DESCRIPTION:Agenda: 1. Begrüßung\\n2. Zahlen des Quartals\\n3. Verschiedenes")
	line("STATUS:CONFIRMED")
	line("SEQUENCE:%d", w.rnd.IntN(9))
	line("BEGIN:VALARM")
	line("ACTION:DISPLAY")
	line("TRIGGER:-PT15M")
	line("DESCRIPTION:Reminder")
	line("END:VALARM")
	line("END:VEVENT")
	line("END:VCALENDAR")
}

func (w *writer) syncstatus(i int) {
	w.put("<D:response><D:href>/calendars/alice/work/%s-%08x.ics</D:href><D:status>HTTP/1.1 404 Not Found</D:status></D:response>", w.name(i), w.rnd.Uint32())
}

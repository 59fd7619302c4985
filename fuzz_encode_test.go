package multistatus

// The law of the Encoder. OSS-Fuzz builds this file alone with the package: see fuzz_test.go for what that asks.

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// encodeSeeds calls add with programs: by hand, and each of the operations in turn.
func encodeSeeds(add func(args ...any)) {
	add([]byte("\x00\x02/a\x04\x00\x07\x00\x01b\x03two\x04\x03\x0c\x02\x01\x02\x10"))
	add([]byte("\x01\x02/a\x02\x01x\x03\x02\x0e\x00\x0d\x02no\x0f\x02/l\x10\x14\x01d\x01t"))
	for size := range 9 {
		var program []byte
		for op := range byte(numOps) {
			program = append(program, 0, 2, '/', 'a', 4, byte(size), op, byte(size), byte(size+1), 3, 'a', 'b', 'c', byte(size), 2, 'd', '&', op+1, 1, 'x')
		}
		add(program)
	}
}

// program is what is left of the input that says what to call.
type program struct{ rest []byte }

func (p *program) byte() int {
	if len(p.rest) == 0 {
		return 0
	}
	c := p.rest[0]
	p.rest = p.rest[1:]
	return int(c)
}

// text takes a length and so many bytes.
func (p *program) text() string {
	n := min(p.byte()%24, len(p.rest))
	s := string(p.rest[:n])
	p.rest = p.rest[n:]
	return s
}

func (p *program) href() Href { return Href(p.text()) }

// pick takes one of from, or a text.
func (p *program) pick(from ...string) string {
	if i := p.byte() % (len(from) + 2); i < len(from) {
		return from[i]
	}
	return p.text()
}

func (p *program) name() Name {
	return Name{p.pick(NamespaceDAV, NamespaceCalDAV, "urn:x", "urn:y", "", "http://www.w3.org/XML/1998/namespace"), p.pick("a", "b", "displayname", "größe", "x-y.z")}
}

func (p *program) code() int {
	if i, usual := p.byte(), []int{200, 404, 207, 403, 507}; i < 4*len(usual) {
		return usual[i%len(usual)]
	}
	return p.byte()<<2 + p.byte() - 3
}

func (p *program) time() time.Time {
	const years = 11_000
	return time.Unix(int64(p.byte()-40)*years*365*24*3600/256+int64(p.byte())*101_009, int64(p.byte()))
}

func (p *program) value() Value {
	switch p.byte() % 5 {
	case 0:
		return Value{}
	case 1:
		return Text(p.text())
	case 2:
		return Elements(p.name(), p.name()).WithAttr(p.name(), p.text())
	case 3:
		v, err := XML(p.text(), Namespace{"D", p.pick(NamespaceDAV, "urn:d")}, Namespace{"ns1", "urn:x"}, Namespace{"", p.pick("", "urn:def")})
		if err != nil {
			return Text("not XML")
		}
		return v
	}
	v, _ := ParseElement([]byte(`<x:a xmlns="`+NamespaceCalDAV+`" xmlns:D="urn:d" xmlns:x="urn:x" D:a="x:b">`+p.text()+`<b/>D:c</x:a>`), nil)
	return v.Value
}

func (p *program) options() EncodeOptions {
	var o EncodeOptions
	bits := p.byte()
	if bits&1 != 0 {
		o.Indent = "\t"
	}
	o.RejectInvalid = bits&2 != 0
	if bits&4 != 0 {
		o.Namespaces = []Namespace{{"C", NamespaceCalDAV}, {"x", "urn:y"}}
	}
	if bits&8 != 0 {
		o.Namespaces = append(o.Namespaces, Namespace{p.text(), p.text()})
	}
	return o
}

// model is what an Encoder was told and has not refused.
type model struct {
	done        []Response
	open        bool
	now         Response
	into        int // the propstat that is open, from 1; else 0
	description string
	syncToken   string
}

func (m *model) begin(h Href) {
	m.end()
	m.open, m.into = true, 0
	m.now = Response{Href: h}
}

// end completes the response. Propstats that are empty are left out, unless all are; successes come first.
func (m *model) end() {
	if !m.open {
		return
	}
	all := m.now.Propstats
	m.now.Propstats = slices.DeleteFunc(slices.Clone(all), func(s Propstat) bool {
		return len(s.Props) == 0 && s.Error.IsZero() && s.Description == ""
	})
	if len(m.now.Propstats) == 0 && len(all) > 0 {
		m.now.Propstats = all[:1]
	}
	slices.SortStableFunc(m.now.Propstats, func(a, b Propstat) int { return rank(a) - rank(b) })
	m.done = append(m.done, m.now)
	m.open = false
}

// refused says that a call was. One that starts something has ended the response before, if that was complete.
func (m *model) refused(call string) {
	starts := strings.HasPrefix(call, "Start") || strings.HasPrefix(call, "Encode(") || strings.HasPrefix(call, "Trailer(")
	if starts && (m.now.Status.Code != 0 || len(m.now.Propstats) > 0) {
		m.end()
	}
}

func rank(s Propstat) int {
	if s.Status.OK() {
		return 0
	}
	return 1
}

func (m *model) propstat(code int) {
	m.into = 1 + slices.IndexFunc(m.now.Propstats, func(s Propstat) bool { return s.Status.Code == code })
	if m.into == 0 {
		m.now.Propstats = append(m.now.Propstats, Propstat{Status: Status{Code: code}})
		m.into = len(m.now.Propstats)
	}
}

func (m *model) prop(n Name, lang string, v Value) {
	s := &m.now.Propstats[m.into-1]
	s.Props = append(s.Props, Property{n, carriedText(lang), v})
}

// about returns where a condition and a description of what is under way go.
func (m *model) about() (*Value, *string) {
	if m.into > 0 {
		s := &m.now.Propstats[m.into-1]
		return &s.Error, &s.Description
	}
	return &m.now.Error, &m.now.Description
}

// The operations are all that an Encoder can be told, but for Abort and Close.
const numOps = 25

// step calls the Encoder once. It returns what the call means if there is no error.
func (p *program) step(e *Encoder, m *model) (what string, apply func(), err error) {
	switch op := p.byte() % numOps; op {
	case 0:
		path := p.pick("/a", "/b c/") // an empty path is refused
		return fmt.Sprintf("StartPath(%q)", path), func() { m.begin(PathHref(path)) }, e.StartPath(path)
	case 1:
		h := p.href()
		return fmt.Sprintf("StartResponse(%q)", h), func() { m.begin(h) }, e.StartResponse(h)
	case 2:
		h := p.href()
		return fmt.Sprintf("AddHref(%q)", h), func() { m.now.MoreHrefs = append(m.now.MoreHrefs, h) }, e.AddHref(h)
	case 3:
		code := p.code()
		return fmt.Sprintf("Status(%d)", code), func() { m.now.Status.Code = code }, e.Status(code)
	case 4, 5:
		code := p.code()
		return fmt.Sprintf("Propstat(%d)", code), func() { m.propstat(code) }, e.Propstat(code)
	case 6:
		return "EndPropstat()", func() { m.into = 0 }, e.EndPropstat()
	case 13, 14:
		return p.stepAbout(op, e, m)
	case 15:
		h := p.href()
		return fmt.Sprintf("Location(%q)", h), func() { m.now.Location = h }, e.Location(h)
	case 16:
		return "EndResponse()", m.end, e.EndResponse()
	case 17:
		e.DropResponse()
		return "DropResponse()", func() { m.open = false }, nil
	case 18:
		return "Flush()", func() {}, e.Flush()
	case 19:
		r := p.response()
		return fmt.Sprintf("Encode(%+v)", r), func() { m.end(); m.done = append(m.done, *r) }, e.Encode(r)
	case 20:
		d, token := p.text(), p.text()
		return fmt.Sprintf("Trailer(%q, %q)", d, token), func() { m.end(); m.description, m.syncToken = d, token }, e.Trailer(d, token)
	default:
		return p.stepProp(op, e, m)
	}
}

// stepAbout tells what went wrong.
func (p *program) stepAbout(op int, e *Encoder, m *model) (what string, apply func(), err error) {
	if op == 13 {
		s := p.text()
		return fmt.Sprintf("Description(%q)", s), func() { _, d := m.about(); *d += s }, e.Description(s)
	}
	n, hrefs := p.name(), make([]Href, p.byte()%3)
	for i := range hrefs {
		hrefs[i] = p.href()
	}
	return fmt.Sprintf("Condition(%v, %q)", n, hrefs), func() {
		v, _ := m.about()
		*v = joined(*v, Property{Name: n, Value: hrefValue(hrefs)})
	}, e.Condition(n, hrefs...)
}

// stepProp tells a property.
func (p *program) stepProp(op int, e *Encoder, m *model) (what string, apply func(), err error) {
	n := p.name()
	var v Value
	lang := ""
	switch op {
	case 7:
		s := p.text()
		err, v = e.PropText(n, s), Text(s)
	case 8:
		i := int64(p.byte()-128) << (p.byte() % 57)
		err, v = e.PropInt(n, i), Text(strconv.FormatInt(i, 10))
	case 9:
		at := p.time()
		err, v = e.PropHTTPTime(n, at), Text(within(at, 1970).Format("Mon, 02 Jan 2006 15:04:05 GMT"))
	case 10:
		at := p.time()
		err, v = e.PropDateTime(n, at), Text(within(at, 0).Format("2006-01-02T15:04:05Z"))
	case 11:
		hrefs := []Href{p.href(), p.href()}[:p.byte()%3]
		err, v = e.PropHref(n, hrefs...), hrefValue(hrefs)
	case 12:
		names := []Name{p.name(), p.name()}[:p.byte()%3]
		err, v = e.PropElements(n, names...), Elements(names...)
	case 21:
		s := appender(p.text())
		err, v = PropAppend(e, n, s), Text(string(s))
	case 22:
		v = p.value()
		err = e.PropValue(n, v)
	case 23:
		names := []Name{n, p.name()}
		return fmt.Sprintf("PropEmpty(%v)", names), func() { m.prop(names[0], "", v); m.prop(names[1], "", v) }, e.PropEmpty(names...)
	default:
		v, lang = p.value(), p.pick("", "de", "x\"\x01")
		err = e.Prop(&Property{n, lang, v})
	}
	return fmt.Sprintf("Prop…(%v, %q, %q)", n, lang, v.Raw()), func() { m.prop(n, lang, v) }, err
}

type appender string

func (a appender) AppendText(b []byte) ([]byte, error) { return append(b, a...), nil }

// within is t in UTC, or the first or last second of those from that year to 9999.
func within(t time.Time, year int) time.Time {
	first, last := time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(9999, 12, 31, 23, 59, 59, 0, time.UTC)
	switch t = t.UTC(); {
	case t.Before(first):
		return first
	case t.After(last):
		return last
	}
	return t
}

func (p *program) response() *Response {
	r := &Response{Href: p.href(), Description: p.text(), Error: p.value(), Location: p.href()}
	if p.byte()%3 == 0 {
		r.Status = Status{p.code(), p.text()}
		r.MoreHrefs = []Href{"/more", p.href()}[:p.byte()%3]
		return r
	}
	for range p.byte() % 3 {
		s := Propstat{Status: Status{p.code(), p.text()}, Description: p.text()}
		for range p.byte() % 3 {
			s.Props = append(s.Props, Property{p.name(), p.pick("", "de"), p.value()})
		}
		r.Propstats = append(r.Propstats, s)
	}
	return r
}

// hrefValue is a Value of elements href.
func hrefValue(hrefs []Href) (v Value) {
	for _, h := range hrefs {
		v = joined(v, Property{Name: DAV("href"), Value: Text(string(sent(h)))})
	}
	return v
}

// joined is v with an element more.
func joined(v Value, p Property) Value {
	all, err := XML(string(v.AppendXML(nil)) + string(p.AppendXML(nil)))
	if err != nil {
		panic(err)
	}
	return all
}

// carriedText is what XML can carry of s, and U+FFFD for the rest.
func carriedText(s string) string {
	return strings.Map(func(r rune) rune {
		if isCarried(r) {
			return r
		}
		return utf8.RuneError
	}, s)
}

func isCarried(r rune) bool {
	return r == '\t' || r == '\n' || r == '\r' || 0x20 <= r && r <= 0xD7FF || 0xE000 <= r && r <= 0xFFFD || r >= 0x10000
}

// sent is h as it is written: what a reader would trim, XML cannot carry or would break a line is percent-encoded.
func sent(h Href) Href {
	s := string(h)
	from := len(s) - len(strings.TrimLeft(s, " \t\r\n"))
	to := len(strings.TrimRight(s, " \t\r\n"))
	var b strings.Builder
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		if r < ' ' || r == 0x7F || !isCarried(r) || r == utf8.RuneError && n == 1 || i < from || i >= to {
			for _, c := range []byte(s[i : i+n]) {
				fmt.Fprintf(&b, "%%%02X", c)
			}
		} else {
			b.WriteString(s[i : i+n])
		}
		i += n
	}
	return Href(b.String())
}

// The caller's calls, in any order and with any names, texts and values, are each an error, which sticks until the
// response is dropped, or end in a body that the strict decoder and encoding/xml read back as what was told;
// the same calls make the same bytes; and after an error that sticks to the end, only whole responses have been written.
func FuzzEncode(f *testing.F) {
	if f.Name() != "libFuzzer" {
		encodeSeeds(f.Add)
	}
	f.Fuzz(func(t *testing.T, calls []byte) {
		var first, second bytes.Buffer
		e := new(Encoder)
		m, log, err := runProgram(t, e, &first, calls)
		if _, _, again := runProgram(t, e, &second, calls); first.String() != second.String() || (err == nil) != (again == nil) {
			t.Errorf("%s\nmakes %q, %v, and then %q, %v", log, &first, err, &second, again)
		}
		doc := first.String()
		if err != nil {
			if doc == "" {
				return
			}
			doc += "</D:multistatus>"
		}
		got, decodeErr := Parse([]byte(doc), notTheCallers())
		if decodeErr != nil || err == nil && len(got.Responses) != len(m.done) || len(got.Responses) > len(m.done) {
			t.Fatalf("%s\nmakes %q: %v, %d responses, want %d", log, doc, decodeErr, len(got.Responses), len(m.done))
		}
		for i := range got.Responses {
			if why := differs(&m.done[i], &got.Responses[i]); why != "" {
				t.Errorf("%s\nmakes %q: not the same %s, got %+v, want %+v", log, doc, why, got.Responses[i], m.done[i])
			}
		}
		if d, s := trimmedText(m.description), trimmedText(m.syncToken); err == nil && (got.Description != d || got.SyncToken != s) {
			t.Errorf("%s\nmakes %q, %q, want %q, %q", log, got.Description, got.SyncToken, d, s)
		}
		checkHrefs(t, doc, got)
	})
}

// runProgram makes the calls, and closes the body.
func runProgram(t *testing.T, e *Encoder, w io.Writer, calls []byte) (m *model, log string, err error) {
	t.Helper()
	p := &program{calls}
	m = new(model)
	opts := p.options()
	e.Reset(w, &opts)
	log = fmt.Sprintf("%+v", opts)
	var bad error
	for len(p.rest) > 0 {
		what, apply, err := p.step(e, m)
		log += "\n" + what
		if err != nil {
			log += " = " + err.Error()
		}
		var known *EncodeError
		switch dropped := what == "DropResponse()"; {
		case bad != nil && !dropped && err != bad && what != "Flush()":
			t.Fatalf("%s: %v, want %v again", log, err, bad)
		case err != nil && !errors.As(err, &known):
			t.Fatalf("%s: %v, want an EncodeError", log, err)
		case dropped:
			apply()
			bad = nil
		case err != nil && bad == nil:
			bad = err
			m.refused(what)
		case bad == nil:
			apply()
		}
	}
	err = e.Close()
	if err == nil {
		m.end()
	}
	if again := e.Close(); again != err {
		t.Fatalf("%s: Close() = %v and then %v", log, err, again)
	}
	return m, log, err
}

// notTheCallers rejects every quirk but those that the caller asks for: the form of an href, and a property told twice.
func notTheCallers() *DecodeOptions {
	o := &DecodeOptions{MaxAttrs: -1, MaxNamespaces: -1, MaxProps: -1, MaxHrefs: -1}
	for q := range AllQuirks().All() {
		if !strings.HasPrefix(q.String(), "href-") && q != QuirkPropDuplicated {
			o.Reject = o.Reject.With(q)
		}
	}
	return o
}

func trimmedText(s string) string {
	return strings.Trim(carriedText(s), " \t\r\n")
}

// differs says which part of what was decoded is not what was told.
func differs(want, got *Response) string {
	switch {
	case got.Href != sent(want.Href), !slices.EqualFunc(want.MoreHrefs, got.MoreHrefs, func(a, b Href) bool { return sent(a) == b }):
		return "hrefs"
	case want.Location != "" && got.Location != sent(want.Location), want.Location == "" && got.Location != "":
		return "location"
	case differentStatus(want.Status, got.Status), got.Description != trimmedText(want.Description), !got.Error.Equal(want.Error):
		return "status"
	case !slices.EqualFunc(want.Propstats, got.Propstats, func(a, b Propstat) bool {
		if a.Status.IsZero() {
			a.Status.Code = 200
		}
		return !differentStatus(a.Status, b.Status) && b.Description == trimmedText(a.Description) && a.Error.Equal(b.Error) &&
			slices.EqualFunc(a.Props, b.Props, func(a, b Property) bool {
				return a.Name == b.Name && carriedText(a.Lang) == b.Lang && a.Value.Equal(b.Value)
			})
	}):
		return "propstats"
	}
	return ""
}

func differentStatus(want, got Status) bool {
	reason := strings.NewReplacer("\r", " ", "\n", " ").Replace(carriedText(want.Reason))
	reason = strings.Trim(reason, " \t")
	if reason == "" {
		reason = StatusText(want.Code)
	}
	return want.Code != got.Code || reason != "" && reason != got.Reason
}

// checkHrefs expects encoding/xml to read the document too, and the same elements href in the responses.
func checkHrefs(t *testing.T, doc string, m *Multistatus) {
	t.Helper()
	var want, got []string
	for i := range m.Responses {
		for h := range m.Responses[i].Hrefs() {
			want = append(want, string(h))
		}
	}
	d := xml.NewDecoder(strings.NewReader(doc))
	for path := []xml.Name{}; ; {
		token, err := d.Token()
		switch token := token.(type) {
		case nil:
			if err == io.EOF && !slices.Equal(got, want) {
				t.Fatalf("%q has %q, want %q", doc, got, want)
			}
			if err != io.EOF && !strings.Contains(err.Error(), "name") { // of the fifth edition of XML 1.0
				t.Fatalf("encoding/xml says of %q: %v", doc, err)
			}
			return
		case xml.StartElement:
			if path = append(path, token.Name); len(path) == 3 && Name(token.Name) == DAV("href") {
				got = append(got, "")
			}
		case xml.EndElement:
			path = path[:len(path)-1]
		case xml.CharData:
			if len(path) == 3 && Name(path[2]) == DAV("href") {
				got[len(got)-1] += string(token)
			}
		}
	}
}

package multistatus

// The laws of this package that hold for every input, each in a sentence above its target.
//
// OSS-Fuzz builds this file alone with the package (see ossfuzz/README.md). So it uses nothing of other test files and
// only what is exported; it asks no more of package testing than F.Add, F.Fuzz, F.Name, T.Helper, T.Errorf and T.Fatalf;
// no target's name begins with another's, and none stands in another Go file.

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"
)

// fuzzSeeds has for each target what calls add with the arguments of each of its seeds.
var fuzzSeeds = map[string]func(add func(args ...any)){
	"FuzzDecode":       func(add func(...any)) { seedBodies(func(body []byte, _ string) { add(body) }) },
	"FuzzChunking":     func(add func(...any)) { seedBodies(func(body []byte, ct string) { add(uint64(len(body)), ct, body) }) },
	"FuzzRoundTrip":    func(add func(...any)) { seedBodies(func(body []byte, _ string) { add(body) }) },
	"FuzzDifferential": func(add func(...any)) { seedBodies(func(body []byte, _ string) { add(body) }) },
	"FuzzCharset":      func(add func(...any)) { seedBodies(func(body []byte, ct string) { add(uint8(len(body)), ct, body) }) },
	"FuzzLimits": func(add func(...any)) {
		seedBodies(func(body []byte, _ string) { add(uint64(len(body))*0x9E3779B97F4A7C15, body) })
	},
	"FuzzStrict": func(add func(...any)) { seedBodies(func(body []byte, ct string) { add(uint64(len(body)), ct, body) }) },
	"FuzzSelect": func(add func(...any)) {
		seedBodies(func(body []byte, _ string) { add(uint64(len(body))*0x9E3779B97F4A7C15, body) })
	},
	"FuzzParseElement": func(add func(...any)) { seedBodies(func(body []byte, _ string) { add(body) }) },
	"FuzzValue":        seedValues,
}

// caseBodies yields the bodies of the tests' tables. OSS-Fuzz builds without them; it gets them as files.
var caseBodies = func(func(body []byte, contentType string)) {}

// maxSeed is the size from which on a body is too large to be a seed.
const maxSeed = 16 << 10

// seed adds the seeds of the target. What OSS-Fuzz builds runs the whole target for each input, and has its seeds already.
func seed(f *testing.F) {
	if f.Name() != "libFuzzer" {
		fuzzSeeds[f.Name()](f.Add)
	}
}

func seedBodies(add func(body []byte, contentType string)) {
	filepath.WalkDir("testdata", func(file string, e fs.DirEntry, err error) error {
		if err != nil || path.Ext(file) != ".xml" {
			return nil
		}
		if body, err := os.ReadFile(file); err == nil && len(body) < maxSeed {
			add(body, "application/xml; charset=utf-8")
		}
		return nil
	})
	caseBodies(func(body []byte, contentType string) {
		if len(body) < maxSeed {
			add(body, contentType)
		}
	})
}

// seen is all that a decoding shows.
type seen struct {
	Multistatus
	reports []QuirkReport
	err     error
}

// decodeAs decodes what reset makes d read.
func decodeAs(d *Decoder, opts DecodeOptions, reset func(opts *DecodeOptions)) *seen {
	s := new(seen)
	opts.OnQuirk = func(q QuirkReport) { s.reports = append(s.reports, q) }
	reset(&opts)
	s.err = d.Decode(&s.Multistatus)
	return s
}

func readString(body string, opts DecodeOptions) *seen {
	var d Decoder
	return decodeAs(&d, opts, func(o *DecodeOptions) { d.ResetString(body, o) })
}

// String writes all of s down, to the byte. The text of an error has its place.
func (s *seen) String() string {
	b := fmt.Appendf(nil, "%q %q %v\n%+q\n%T %[5]v\n", s.Description, s.SyncToken, s.Quirks, s.reports, s.err)
	for i := range s.Responses {
		b = appendResponse(b, &s.Responses[i])
	}
	return string(b)
}

func appendResponse(b []byte, r *Response) []byte {
	b = fmt.Appendf(b, "%q %q %d %q %q %q %q\n", r.Href, r.MoreHrefs, r.Status.Code, r.Status.Reason, r.Location, r.Description,
		(&Property{Value: r.Error}).AppendXML(nil))
	for i := range r.Propstats {
		p := &r.Propstats[i]
		b = fmt.Appendf(b, "\t%d %q %q %q\n", p.Status.Code, p.Status.Reason, p.Description, (&Property{Value: p.Error}).AppendXML(nil))
		for j := range p.Props {
			v := &p.Props[j]
			b = fmt.Appendf(b, "\t\t%q %q %q %q\n", v.Name.String(), v.Lang, v.Value.Raw(), v.AppendXML(nil))
		}
	}
	return b
}

// checkPlace expects err to be nil or to have a place.
func checkPlace(t *testing.T, body []byte, err error) {
	t.Helper()
	var at *DecodeError
	if err != nil && (!errors.As(err, &at) || at.Offset < 0 || at.Line < 1 || at.Column < 1) {
		t.Errorf("%q: %v, want an error with a place", body, err)
	}
}

// perByte is how many bytes a decoding may allocate for a byte of the body, and perBody for the body itself.
//
// "<a/>", of 4 bytes, makes a Property of 96, which append copies on up to five times in all as the slice grows: 120 for
// a byte. Where each name is another one, it takes 5 bytes and some 220 more in the table of names: 140.
// Nothing else comes near to that, and the rest is for two that come together.
const perByte, perBody = 192, 64 << 10

// allocated returns how many bytes f allocates.
func allocated(f func()) int {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	return int(after.TotalAlloc - before.TotalAlloc)
}

// Decoding never panics, gives every error a place, and allocates in proportion to the body, from a string and a reader.
// What it hands out can be looked at, and its clone is equal; after the end there is nothing more.
func FuzzDecode(f *testing.F) {
	seed(f)
	f.Fuzz(func(t *testing.T, body []byte) {
		var m *Multistatus
		var err error
		if n, most := allocated(func() { m, err = Parse(body, nil) }), perBody+perByte*len(body); n > most {
			t.Errorf("Parse of %d bytes allocates %d, want at most %d: %q", len(body), n, most, body)
		}
		checkPlace(t, body, err)
		d := NewDecoder(strings.NewReader(string(body)), nil)
		var r Response
		count := 0
		if n, most := allocated(func() {
			for ; d.Next(&r) == nil; count++ {
			}
		}), perBody+perByte*len(body); n > most {
			t.Errorf("Next through %d bytes allocates %d, want at most %d: %q", len(body), n, most, body)
		}
		if again := d.Next(&r); count != len(m.Responses) || (again == io.EOF) != (err == nil) || err != nil && again.Error() != err.Error() {
			t.Errorf("Next(%q) gives %d responses and %v, Parse %d and %v", body, count, again, len(m.Responses), err)
		}
		for i := range m.Responses {
			checkClone(t, &m.Responses[i])
		}
	})
}

func checkClone(t *testing.T, r *Response) {
	t.Helper()
	if got, want := appendResponse(nil, r.Clone()), appendResponse(nil, r); string(got) != string(want) {
		t.Errorf("Clone is %s, want %s", got, want)
	}
	for p, s := range r.Props() {
		if q, of := r.Prop(p.Name); q == nil || q.Name != p.Name || s.OK() && !of.OK() {
			t.Errorf("Prop(%v) = %v, %v", p.Name, q, of)
		}
	}
}

// smallLimits lets short bodies reach every limit.
var smallLimits = DecodeOptions{
	MaxResponseBytes: 600, MaxValueBytes: 200, MaxTextBytes: 50, MaxNameBytes: 20,
	MaxDepth: 9, MaxAttrs: 4, MaxNamespaces: 5, MaxProps: 6, MaxHrefs: 3, MaxBytes: 2000,
}

// pieces is a reader that returns bytes in pieces, at times none, and at times the end together with the last.
type pieces struct {
	rest string
	*rand.Rand
}

func (r *pieces) Read(p []byte) (n int, err error) {
	n = r.IntN(1 << r.IntN(12))
	n = copy(p, r.rest[:min(n, len(r.rest))])
	if r.rest = r.rest[n:]; r.rest == "" && (n == 0 || r.IntN(2) == 0) {
		err = io.EOF
	}
	return n, err
}

// How the bytes are cut into reads changes nothing, nor does it whether they are a string, nor what the Decoder has read
// before: not a value, not a quirk, not an error or its place; with limits and without, tolerant and strict.
func FuzzChunking(f *testing.F) {
	seed(f)
	f.Fuzz(func(t *testing.T, cut uint64, contentType string, body []byte) {
		var d Decoder
		for _, opts := range []DecodeOptions{{}, {Reject: AllQuirks()}, smallLimits} {
			opts.ContentType = contentType
			want := readString(string(body), opts).String()
			whole := decodeAs(&d, opts, func(o *DecodeOptions) { d.Reset(strings.NewReader(string(body)), o) })
			if got := whole.String(); got != want {
				t.Errorf("%q from a reader: %s, want %s", body, got, want)
			}
			cutUp := decodeAs(&d, opts, func(o *DecodeOptions) { d.Reset(&pieces{string(body), rand.New(rand.NewPCG(cut, 1))}, o) })
			if got := cutUp.String(); got != want {
				t.Errorf("%q in pieces by %d: %s, want %s", body, cut, got, want)
			}
			again := decodeAs(&d, opts, func(o *DecodeOptions) { d.ResetString(string(body), o) })
			if got := again.String(); got != want {
				t.Errorf("%q once more: %s, want %s", body, got, want)
			}
		}
	})
}

// strictly rejects whatever an Encoder does not pass on: the form of an href and a property told twice are the caller's.
func strictly() DecodeOptions {
	o := DecodeOptions{MaxBytes: -1, MaxResponseBytes: -1, MaxValueBytes: -1, MaxTextBytes: -1, MaxNameBytes: -1,
		MaxDepth: -1, MaxAttrs: -1, MaxNamespaces: -1, MaxProps: -1, MaxHrefs: -1}
	for q := range AllQuirks().All() {
		if !strings.HasPrefix(q.String(), "href-") && q != QuirkPropDuplicated {
			o.Reject = o.Reject.With(q)
		}
	}
	return o
}

// What was decoded, encoded and decoded again is equal and strictly well-formed, and encoded again it is the same bytes;
// so is each property alone.
func FuzzRoundTrip(f *testing.F) {
	seed(f)
	opts := strictly()
	f.Fuzz(func(t *testing.T, body []byte) {
		m, _ := Parse(body, nil)
		m.Responses = slices.DeleteFunc(m.Responses, func(r Response) bool { return r.Validate() != nil })
		first, err := m.AppendXML(nil, nil)
		if err != nil {
			t.Fatalf("AppendXML of %q = %v", body, err)
		}
		again, err := Parse(first, &opts)
		if err != nil || len(again.Responses) != len(m.Responses) || again.Description != m.Description || again.SyncToken != m.SyncToken {
			t.Fatalf("%q is written as %q, which is %v, %v", body, first, again, err)
		}
		for i := range m.Responses {
			if why := unlike(&m.Responses[i], &again.Responses[i]); why != "" {
				t.Errorf("%q is written as %q: not the same %s", body, first, why)
			}
			for p := range m.Responses[i].Props() {
				checkProperty(t, p)
			}
		}
		if second, err := again.AppendXML([]byte("before"), nil); string(second) != "before"+string(first) || err != nil {
			t.Errorf("%q is written as %q and then as %q, %v", body, first, second, err)
		}
	})
}

// checkProperty reads back what p is written as.
func checkProperty(t *testing.T, p *Property) {
	t.Helper()
	opts := strictly()
	text := p.AppendXML(nil)
	got, err := ParseElement(text, &opts)
	want := Name{p.Name.Space, strings.ReplaceAll(p.Name.Local, ":", "_")}
	if err != nil || got.Name != want || got.Lang != p.Lang || !got.Value.Equal(p.Value) {
		t.Errorf("%+v is written as %q, which is %+v, %v", p, text, got, err)
	}
}

// unlike says which part of a response, a before it was encoded and b after, is not what [Encoder.Encode] promises.
func unlike(a, b *Response) string {
	switch {
	case a.Href != b.Href, !slices.Equal(a.MoreHrefs, b.MoreHrefs):
		return "hrefs"
	case a.Location != b.Location:
		return "location"
	case unlikeStatus(a.Status, b.Status), a.Description != b.Description, !a.Error.Equal(b.Error):
		return "status"
	case !slices.EqualFunc(a.Propstats, b.Propstats, func(a, b Propstat) bool {
		if a.Status.IsZero() {
			a.Status.Code = 200
		}
		return !unlikeStatus(a.Status, b.Status) && a.Description == b.Description && a.Error.Equal(b.Error) &&
			slices.EqualFunc(a.Props, b.Props, func(a, b Property) bool {
				return a.Name == b.Name && a.Lang == b.Lang && a.Value.Equal(b.Value)
			})
	}):
		return "propstats"
	}
	return ""
}

// unlikeStatus takes any reason for an empty one if there is no usual one.
func unlikeStatus(a, b Status) bool {
	reason := cmp.Or(a.Reason, StatusText(a.Code), b.Reason)
	return a.Code != b.Code || strings.NewReplacer("\r", " ", "\n", " ").Replace(reason) != b.Reason
}

// node is an element as encoding/xml reads it.
type node struct {
	name     Name
	attrs    []string // sorted
	texts    []string // before each child and after the last
	children []node
}

// readNode reads the rest of an element. The values of attributes are normalised (XML 1.0, section 3.3.3), which
// encoding/xml does not do.
func readNode(d *xml.Decoder, e xml.StartElement) (node, error) {
	n := node{name: Name(e.Name), texts: []string{""}}
	for _, a := range e.Attr {
		if a.Name.Space != "xmlns" && a.Name != (xml.Name{Local: "xmlns"}) {
			n.attrs = append(n.attrs, Name(a.Name).String()+"="+strings.NewReplacer("\t", " ", "\n", " ", "\r", " ").Replace(a.Value))
		}
	}
	slices.Sort(n.attrs)
	for {
		token, err := d.Token()
		if err != nil {
			return n, err
		}
		switch token := token.(type) {
		case xml.StartElement:
			child, err := readNode(d, token)
			if err != nil {
				return n, err
			}
			n.children, n.texts = append(n.children, child), append(n.texts, "")
		case xml.EndElement:
			return n, nil
		case xml.CharData:
			n.texts[len(n.texts)-1] += string(token)
		}
	}
}

// isUTF8 reports whether the bytes of a body are UTF-8 and cannot be taken for UTF-16 or UTF-32.
func isUTF8(body []byte) bool { return utf8.Valid(body) && bytes.IndexByte(body, 0) < 0 }

// readTree reads a document as encoding/xml does, if a charset that it names is but another word for UTF-8 there.
func readTree(body []byte) (root node, err error) {
	d := xml.NewDecoder(strings.NewReader(strings.TrimPrefix(string(body), "\uFEFF")))
	d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) {
		if bytes.IndexFunc(body, func(r rune) bool { return r >= utf8.RuneSelf }) >= 0 {
			return nil, errors.ErrUnsupported
		}
		return r, nil
	}
	for {
		switch token, err := d.Token(); e := token.(type) {
		case nil:
			return root, cmp.Or(err, io.ErrUnexpectedEOF)
		case xml.StartElement:
			if root, err = readNode(d, e); err != nil {
				return root, err
			}
		}
	}
}

// knownDifference reports whether encoding/xml refuses a document that is well-formed: it knows the names of the fourth
// edition of XML 1.0 only, no version but 1.0 and no charset but UTF-8.
func knownDifference(err error) bool {
	for _, s := range []string{"invalid XML name", "unsupported version", "expected element name after <", "expected attribute name in element",
		"expected target name after <?", "invalid character entity", errors.ErrUnsupported.Error()} {
		if strings.Contains(err.Error(), s) {
			return true
		}
	}
	return false
}

// String writes down the element from <name to >.
func (n *node) String() string {
	b := fmt.Appendf(nil, "<%q%q%q", n.name.String(), n.attrs, n.texts[0])
	for i := range n.children {
		b = fmt.Appendf(b, "%s%q", n.children[i].String(), n.texts[i+1])
	}
	return string(append(b, '>'))
}

// named yields the children with a name in DAV:.
func (n *node) named(local string) (found []node) {
	for _, c := range n.children {
		if c.name == DAV(local) {
			found = append(found, c)
		}
	}
	return found
}

func (n *node) trimmed() string { return strings.Trim(strings.Join(n.texts, ""), " \t\r\n") }

// What strict decoding accepts, encoding/xml reads with the same names, texts and attributes, documented differences apart:
// any document as an element, and a 207 body response by response.
func FuzzDifferential(f *testing.F) {
	seed(f)
	f.Fuzz(func(t *testing.T, body []byte) {
		strict := &DecodeOptions{Reject: AllQuirks()}
		p, err := ParseElement(body, strict)
		if err != nil || !isUTF8(body) {
			return
		}
		tree, err := readTree(body)
		switch {
		case err != io.EOF && knownDifference(err):
			return
		case err != io.EOF:
			t.Fatalf("%q is accepted, but encoding/xml says %v", body, err)
		}
		checkTree(t, &p, &tree)
		m, err := Parse(body, strict)
		if err != nil {
			return
		}
		responses := tree.named("response")
		if len(responses) != len(m.Responses) {
			t.Fatalf("%q has %d responses, want %d", body, len(m.Responses), len(responses))
		}
		for i := range responses {
			checkResponse(t, &m.Responses[i], &responses[i])
		}
	})
}

// checkTree expects p to be what encoding/xml has read.
func checkTree(t *testing.T, p *Property, want *node) {
	t.Helper()
	got, err := readTree(p.AppendXML(nil))
	if err != io.EOF || got.String() != want.String() {
		t.Fatalf("%+v is written as %v, %v, want %v", p, &got, err, want)
	}
	checkValue(t, p.Name, p.Value, want)
}

func checkValue(t *testing.T, n Name, v Value, want *node) {
	t.Helper()
	for a := range v.Attrs() {
		text := a.Name.String() + "=" + strings.NewReplacer("\t", " ", "\n", " ", "\r", " ").Replace(a.Value)
		if got, ok := v.Attr(a.Name); !slices.Contains(want.attrs, text) || got != a.Value || !ok {
			t.Fatalf("%v has the attribute %q, %q, want one of %q", n, text, got, want.attrs)
		}
	}
	text, ok := v.Text()
	if ok != (len(want.children) == 0) || ok && text != want.texts[0] || n != want.name {
		t.Fatalf("%v has the text %q, %t, want %v", n, text, ok, want)
	}
	i := 0
	for n, child := range v.Elements() {
		if i == len(want.children) || !v.Has(n) {
			t.Fatalf("%v is not an element of %v", n, want)
		}
		checkValue(t, n, child, &want.children[i])
		i++
	}
	if i != len(want.children) {
		t.Fatalf("%v has %d elements, want %v", n, i, want)
	}
}

// checkResponse expects r to be what encoding/xml has read, by the grammar of RFC 4918, section 14.24.
func checkResponse(t *testing.T, r *Response, want *node) {
	t.Helper()
	var got, hrefs []string
	for h := range r.Hrefs() {
		got = append(got, string(h))
	}
	for _, h := range want.named("href") {
		hrefs = append(hrefs, h.trimmed())
	}
	propstats := want.named("propstat")
	if !slices.Equal(got, hrefs) || len(propstats) != len(r.Propstats) {
		t.Fatalf("hrefs %q, %d propstats, want %v", got, len(r.Propstats), want)
	}
	for _, s := range want.named("status") {
		checkLine(t, r.Status, &s)
	}
	for i := range propstats {
		p := &r.Propstats[i]
		for _, s := range propstats[i].named("status") {
			checkLine(t, p.Status, &s)
		}
		props := propstats[i].named("prop")[0].children
		if len(props) != len(p.Props) {
			t.Fatalf("%d properties, want %v", len(p.Props), &propstats[i])
		}
		for j := range props {
			checkValue(t, p.Props[j].Name, p.Props[j].Value, &props[j])
		}
	}
}

func checkLine(t *testing.T, got Status, want *node) {
	t.Helper()
	if s, err := ParseStatus(want.trimmed()); s != got || err != nil {
		t.Fatalf("status %v, want %v, %v", got, s, err)
	}
}

// transcodings write text in another charset, or return "" where it cannot be written so.
var transcodings = []struct {
	contentType string
	write       func(text string) string
}{
	{"text/xml; charset=utf-16le", func(s string) string { return toUTF16(s, binary.LittleEndian) }},
	{"text/xml; charset=utf-16be", func(s string) string { return toUTF16(s, binary.BigEndian) }},
	{"text/xml", func(s string) string { return toUTF16("\uFEFF"+s, binary.LittleEndian) }},
	{"text/xml; charset=utf-16", func(s string) string { return toUTF16("\uFEFF"+s, binary.BigEndian) }},
	{"text/xml; charset=utf-8", func(s string) string { return "\uFEFF" + s }},
	{"text/xml; charset=us-ascii", func(s string) string { return toBytes(s, 0x7F) }},
	{`application/xml; charset="ISO-8859-1"`, func(s string) string { return toBytes(s, 0xFF) }},
}

func toUTF16(s string, order binary.AppendByteOrder) string {
	var b []byte
	for _, u := range utf16.Encode([]rune(s)) {
		b = order.AppendUint16(b, u)
	}
	return string(b)
}

// toBytes writes a byte for each character. Those that may be Windows-1252 in disguise are a quirk.
func toBytes(s string, last rune) string {
	var b []byte
	for _, r := range s {
		if r > last || 0x80 <= r && r < 0xA0 {
			return ""
		}
		b = append(b, byte(r))
	}
	return string(b)
}

// No Content-Type and no bytes make decoding panic, lose the place of an error or allocate out of proportion;
// and a body in another charset means what it means in UTF-8, to the last quirk and offset.
func FuzzCharset(f *testing.F) {
	seed(f)
	f.Fuzz(func(t *testing.T, to uint8, contentType string, body []byte) {
		var err error
		n := allocated(func() { _, err = Parse(body, &DecodeOptions{ContentType: contentType}) })
		if most := perBody + perByte*(len(body)+len(contentType)); n > most {
			t.Errorf("Parse of %d bytes in %q allocates %d, want at most %d: %q", len(body), contentType, n, most, body)
		}
		checkPlace(t, body, err)
		text := strings.TrimPrefix(string(body), "\uFEFF")
		if !isUTF8(body) || strings.Contains(text, "encoding") || strings.HasPrefix(text, "\uFEFF") {
			return
		}
		c := transcodings[int(to)%len(transcodings)]
		if other := c.write(text); other != "" {
			want := readString(text, DecodeOptions{ContentType: "text/xml; charset=utf-8"}).String()
			if got := readString(other, DecodeOptions{ContentType: c.contentType}).String(); got != want {
				t.Errorf("%q in %s is %s, want %s", text, c.contentType, got, want)
			}
		}
	})
}

// randomLimits takes each limit from some bits of n.
func randomLimits(n uint64) DecodeOptions {
	take := func(bits, unit int) int {
		k := int(n & (1<<bits - 1))
		n >>= bits
		return k * unit
	}
	return DecodeOptions{MaxBytes: int64(take(7, 61)), MaxResponseBytes: take(6, 37), MaxValueBytes: take(6, 5), MaxTextBytes: take(6, 2),
		MaxNameBytes: take(5, 2), MaxDepth: take(4, 1), MaxAttrs: take(3, 1), MaxNamespaces: take(4, 1), MaxProps: take(4, 1), MaxHrefs: take(3, 1)}
}

// Limits change nothing but where the body ends: what is decoded is the same, or is whole responses of it
// and then a LimitError that names the limit; and what is handed out is within the limits.
func FuzzLimits(f *testing.F) {
	seed(f)
	f.Fuzz(func(t *testing.T, limits uint64, body []byte) {
		opts := randomLimits(limits)
		want, got := readString(string(body), DecodeOptions{}), readString(string(body), opts)
		for i := range got.Responses {
			checkWithin(t, &got.Responses[i], &opts)
		}
		var limit *LimitError
		if !errors.As(got.err, &limit) || errors.As(want.err, new(*LimitError)) {
			if got.String() != want.String() {
				t.Errorf("%q within %+v is %s, want %s", body, opts, got, want)
			}
			return
		}
		checkPlace(t, body, got.err)
		names := map[string]int64{"MaxBytes": opts.MaxBytes, "MaxResponseBytes": int64(opts.MaxResponseBytes), "MaxValueBytes": int64(opts.MaxValueBytes),
			"MaxTextBytes": int64(opts.MaxTextBytes), "MaxNameBytes": int64(opts.MaxNameBytes), "MaxDepth": int64(opts.MaxDepth), "MaxAttrs": int64(opts.MaxAttrs),
			"MaxNamespaces": int64(opts.MaxNamespaces), "MaxProps": int64(opts.MaxProps), "MaxHrefs": int64(opts.MaxHrefs)}
		if at, ok := names[limit.Limit]; !ok || at == 0 || limit.Max != at && limit.Max != 4*at {
			t.Errorf("%q within %+v fails by %v", body, opts, got.err)
		}
		if len(got.Responses) > len(want.Responses) || len(got.reports) > len(want.reports) {
			t.Fatalf("%q within %+v is %s, want no more than %s", body, opts, got, want)
		}
		want = &seen{Multistatus: Multistatus{want.Responses[:len(got.Responses)], got.Description, got.SyncToken, got.Quirks}, reports: want.reports[:len(got.reports)], err: got.err}
		if got.String() != want.String() {
			t.Errorf("%q within %+v begins as %s, want %s", body, opts, got, want)
		}
	})
}

// checkWithin allows for what mending adds: three bytes for one in a text, and five in a value.
func checkWithin(t *testing.T, r *Response, o *DecodeOptions) {
	t.Helper()
	over := func(n, limit int) bool { return limit > 0 && n > limit }
	props, hrefs, text := 0, 0, max(len(r.Status.Reason), len(r.Description), len(r.Location))
	for h := range r.Hrefs() {
		hrefs, text = hrefs+1, max(text, len(h))
	}
	for p := range r.Props() {
		props++
		if over(len(p.Name.Local), o.MaxNameBytes) || over(len(p.Value.Raw()), 5*o.MaxValueBytes) {
			t.Errorf("%+v is not within %+v", p, o)
		}
	}
	if over(props, o.MaxProps) || over(len(r.Propstats), o.MaxProps) || over(hrefs, o.MaxHrefs) || over(text, 3*o.MaxTextBytes) {
		t.Errorf("%+v is not within %+v", r, o)
	}
}

// What is forgiven is a quirk, and the first that is rejected is the error, at its place; what strict decoding takes,
// tolerant decoding takes the same without a quirk; and what has no quirk, or none that is rejected, is the same.
func FuzzStrict(f *testing.F) {
	seed(f)
	f.Fuzz(func(t *testing.T, some uint64, contentType string, body []byte) {
		opts := DecodeOptions{ContentType: contentType}
		got := readString(string(body), opts)
		told := NewQuirkSet()
		for _, r := range got.reports {
			told = told.With(r.Quirk)
		}
		if told != got.Quirks {
			t.Errorf("%q: Quirks are %v, but told were %v", body, got.Quirks, told)
		}
		checkPlace(t, body, got.err)
		var few QuirkSet
		for q := range AllQuirks().All() {
			if some>>(q%64)&1 != 0 {
				few = few.With(q)
			}
		}
		for _, reject := range []QuirkSet{AllQuirks(), few} {
			opts.Reject = reject
			checkReject(t, body, got, readString(string(body), opts), reject)
		}
	})
}

func checkReject(t *testing.T, body []byte, got, strict *seen, reject QuirkSet) {
	t.Helper()
	i := slices.IndexFunc(got.reports, func(r QuirkReport) bool { return reject.Has(r.Quirk) })
	if i < 0 {
		if got.String() != strict.String() {
			t.Errorf("%q without %v is %s, want %s", body, reject, strict, got)
		}
		return
	}
	var at *DecodeError
	first := got.reports[i]
	if !errors.As(strict.err, &at) || at.Err != first.Quirk || at.Offset != first.Offset || at.Line != first.Line || at.Column != first.Column || at.Path != first.Path {
		t.Errorf("%q without %v: %v, want %v at %d", body, reject, strict.err, first.Quirk, first.Offset)
	}
	if n := len(strict.Responses); n > len(got.Responses) || !slices.Equal(strict.reports, got.reports[:i+1]) {
		t.Errorf("%q without %v: %d responses and %v, want no more than %d and %v", body, reject, n, strict.reports, len(got.Responses), got.reports[:i+1])
	}
}

// Select changes nothing but which properties are kept: every selected one, and where a propstat that is not OK has none
// of them, the last of the others without its value.
func FuzzSelect(f *testing.F) {
	seed(f)
	f.Fuzz(func(t *testing.T, some uint64, body []byte) {
		want := readString(string(body), DecodeOptions{})
		names := []Name{DAV("getetag")}
		for i := range want.Responses {
			for p := range want.Responses[i].Props() {
				if some = some>>1 | some<<63; some&1 != 0 {
					names = append(names, p.Name)
				}
			}
		}
		for i := range want.Responses {
			for j := range want.Responses[i].Propstats {
				keepSelected(&want.Responses[i].Propstats[j], names)
			}
		}
		if got := readString(string(body), DecodeOptions{Select: names}); got.String() != want.String() {
			t.Errorf("of %q, %v is %s, want %s", body, names, got, want)
		}
	})
}

func keepSelected(s *Propstat, names []Name) {
	others := slices.DeleteFunc(slices.Clone(s.Props), func(p Property) bool { return slices.Contains(names, p.Name) })
	s.Props = slices.DeleteFunc(s.Props, func(p Property) bool { return !slices.Contains(names, p.Name) })
	if len(s.Props) == 0 && len(others) > 0 && !s.OK() {
		s.Props = []Property{{Name: others[len(others)-1].Name}}
	}
}

// ParseElement never panics, gives every error a place, and allocates in proportion; what it reads is what AppendXML writes,
// what a property of a body is, and what XML makes of its content.
func FuzzParseElement(f *testing.F) {
	seed(f)
	f.Fuzz(func(t *testing.T, body []byte) {
		var p Property
		var err error
		if n, most := allocated(func() { p, err = ParseElement(body, nil) }), perBody+perByte*len(body); n > most {
			t.Errorf("ParseElement of %d bytes allocates %d, want at most %d: %q", len(body), n, most, body)
		}
		checkPlace(t, body, err)
		if err != nil {
			return
		}
		checkProperty(t, &p)
		opts := strictly()
		if q, err := ParseElement(body, &opts); err == nil && isUTF8(body) && body[0] == '<' && body[1] != '?' {
			checkEmbedded(t, body, &q)
		}
	})
}

func checkEmbedded(t *testing.T, body []byte, p *Property) {
	t.Helper()
	opts := strictly()
	doc := `<m:multistatus xmlns:m="DAV:"><m:response><m:href>/</m:href><m:propstat><m:prop>` + string(body) +
		`</m:prop><m:status>HTTP/1.1 200 OK</m:status></m:propstat></m:response></m:multistatus>`
	m, err := Parse([]byte(doc), &opts)
	if err != nil || len(m.Responses) != 1 || len(m.Responses[0].Propstats[0].Props) != 1 {
		t.Fatalf("Parse(%q) = %+v, %v", doc, m, err)
	}
	if q := &m.Responses[0].Propstats[0].Props[0]; q.Name != p.Name || q.Lang != p.Lang || q.Value.Raw() != p.Value.Raw() || !q.Value.Equal(p.Value) {
		t.Errorf("%q is %+v in a body, want %+v", body, q, p)
	}
}

// valueScope is what prefixes in the values of FuzzValue's seeds are bound to.
var valueScope = []Namespace{{"D", NamespaceDAV}, {"C", NamespaceCalDAV}, {"x", "urn:x"}, {"y", "urn:y"}, {"", "urn:def"}}

func seedValues(add func(args ...any)) {
	raws := []string{"", "a", "a &lt; b", "]]&gt;", "a&#13;\r\nb\rc", "<![CDATA[<a>]]>", "<!-- c -->d<?p i?>", "<D:collection/><C:calendar/>", "<a><b c='1' x:c=\"2\"/></a>",
		"x:a D:b", "<x:a xmlns:x='urn:y'><x:b/></x:a>", "<D:href>/a</D:href> ", "<a xmlns=''><b/></a>", "<y:a xml:lang='de'>&amp;&#x20AC;</y:a>"}
	for i, raw := range raws {
		add(raw, raws[(i+1)%len(raws)], "text\r&<\x00\xFF\u0085", "urn:z", "a:b")
	}
}

// carried is what XML 1.0 can carry of s, section 2.2, and U+FFFD for the rest.
func carried(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '\t' || r == '\n' || r == '\r' || 0x20 <= r && r <= 0xD7FF || 0xE000 <= r && r <= 0xFFFD || r >= 0x10000 {
			return r
		}
		return utf8.RuneError
	}, s)
}

// Raw of what XML made gives back what it was told; AppendXML, Property.AppendXML and Clone are equal to it; it reads as
// encoding/xml reads it; Equal is an equivalence, and says of two values what encoding/xml does.
// Text gives back what Text was told, but for what XML cannot carry, and so does Attr after WithAttr.
func FuzzValue(f *testing.F) {
	seed(f)
	f.Fuzz(func(t *testing.T, a, b, text, space, local string) {
		checkText(t, text)
		v, err := XML(a, valueScope...)
		checkPlace(t, []byte(a), err)
		if err != nil {
			v = Text(a)
		} else if v.Raw() != a {
			t.Errorf("Raw of %q is %q", a, v.Raw())
		}
		o, err := XML(b, valueScope...)
		if err != nil {
			o = Elements(Name{space, local}, DAV("a"))
		}
		checkSameValue(t, v, v.Clone())
		if alone, err := XML(string(v.AppendXML(nil))); err != nil || !alone.Equal(v) {
			t.Errorf("%q is written as %q, %v", a, v.AppendXML(nil), err)
		}
		p, q := Property{Name: DAV("a"), Value: v}, Property{Name: DAV("a"), Value: o}
		checkProperty(t, &p)
		checkProperty(t, &q)
		checkEqual(t, &p, &q)
		with := v.WithAttr(DAV("b"), text).WithAttr(Name{"", "c"}, b)
		got, _ := with.Attr(DAV("b"))
		if again, ok := with.Attr(Name{"", "c"}); got != carried(text) || again != carried(b) || !ok || with.Raw() != v.Raw() {
			t.Errorf("WithAttr(%q) and WithAttr(%q) make %q, %q", text, b, got, again)
		}
		checkProperty(t, &Property{Name: DAV("a"), Lang: "de", Value: with.WithAttr(Name{space, local}, a)})
	})
}

func checkText(t *testing.T, s string) {
	t.Helper()
	v := Text(s)
	if got, ok := v.Text(); got != carried(s) || !ok {
		t.Errorf("Text(%q).Text() = %q, %t", s, got, ok)
	}
	o, err := XML(v.Raw())
	if got, _ := v.AppendText([]byte("before")); string(got) != "before"+carried(s) || err != nil {
		t.Errorf("Text(%q) is %q as XML, %v, and %q", s, v.Raw(), err, got)
	}
	checkSameValue(t, v, o)
}

func checkSameValue(t *testing.T, v, o Value) {
	t.Helper()
	if !v.Equal(v) || !v.Equal(o) || !o.Equal(v) || v.Raw() != o.Raw() {
		t.Errorf("%q and %q are not equal", v.Raw(), o.Raw())
	}
}

// checkEqual holds Equal against encoding/xml, which cannot tell a line end in an attribute from a reference to one.
func checkEqual(t *testing.T, p, q *Property) {
	t.Helper()
	equal := p.Value.Equal(q.Value)
	if q.Value.Equal(p.Value) != equal {
		t.Errorf("%+v and %+v: Equal is not symmetric", p, q)
	}
	a, errA := readTree(p.AppendXML(nil))
	b, errB := readTree(q.AppendXML(nil))
	for _, err := range []error{errA, errB} {
		switch {
		case err != io.EOF && knownDifference(err):
			return
		case err != io.EOF:
			t.Fatalf("%+v or %+v: encoding/xml says %v", p, q, err)
		}
	}
	checkValue(t, p.Name, p.Value, &a)
	same := a.String() == b.String()
	if equal && !same || same && !equal && !strings.Contains(p.Value.Raw()+q.Value.Raw(), "&#") {
		t.Errorf("Equal of %+v and %+v is %t, but they are %v and %v", p, q, equal, &a, &b)
	}
}

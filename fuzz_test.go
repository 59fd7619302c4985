package multistatus

// The laws of this package that hold for every input, each in a sentence above its target.
//
// OSS-Fuzz builds this file alone with the package (see ossfuzz/README.md). So it uses nothing of other test files and
// only what is exported; it asks no more of package testing than Add, Fuzz and Name of F, and Helper, Name, Errorf and Fatalf of T;
// no target's name begins with another's, and none stands in another Go file.

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"
)

// fuzzSeeds has for each target what calls add with the arguments of each of its seeds.
var fuzzSeeds = map[string]func(add func(args ...any)){
	"FuzzDecode":    func(add func(...any)) { seedBodies(func(body []byte, _ string) { add(body) }) },
	"FuzzChunking":  func(add func(...any)) { seedBodies(func(body []byte, ct string) { add(uint64(len(body)), ct, body) }) },
	"FuzzRoundTrip": func(add func(...any)) { seedBodies(func(body []byte, _ string) { add(body) }) },
	"FuzzCharset":   func(add func(...any)) { seedBodies(func(body []byte, ct string) { add(uint8(len(body)), ct, body) }) },
	"FuzzLimits": func(add func(...any)) {
		seedBodies(func(body []byte, _ string) { add(uint64(len(body))*0x9E3779B97F4A7C15, body) })
	},
	"FuzzStrict": func(add func(...any)) { seedBodies(func(body []byte, ct string) { add(uint64(len(body)), ct, body) }) },
	"FuzzSelect": func(add func(...any)) {
		seedBodies(func(body []byte, _ string) { add(uint64(len(body))*0x9E3779B97F4A7C15, body) })
	},
	"FuzzReuse": func(add func(...any)) {
		how := uint64(0)
		for ; how < 40; how++ {
			add(how, []byte(markedResponse), []byte(nil))
		}
		var before []byte
		seedBodies(func(body []byte, _ string) {
			how++
			add(how, body, before)
			before = body
			if how%2 == 0 {
				before = nil
			}
		})
	},
	"FuzzParseElement": func(add func(...any)) { seedBodies(func(body []byte, _ string) { add(body) }) },
}

// seedBodies yields bodies and their Content-Types, where they are: not in what OSS-Fuzz builds.
var seedBodies = func(add func(body []byte, contentType string)) {}

// seed adds the seeds of the target. What OSS-Fuzz builds runs the whole target for each input, and has its seeds already.
func seed(f *testing.F) {
	if f.Name() != "libFuzzer" {
		fuzzSeeds[f.Name()](f.Add)
	}
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

// checkAllocated runs f, which is to allocate in proportion to the body that it decodes.
// NOTE: what is built for libFuzzer allocates copies of both strings in every comparison, so that only libFuzzer's own
// limit of memory holds there.
func checkAllocated(t *testing.T, body []byte, f func()) {
	t.Helper()
	if t.Name() == "libFuzzer" {
		f()
		return
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	if n, most := int(after.TotalAlloc-before.TotalAlloc), perBody+perByte*len(body); n > most {
		t.Errorf("decoding %d bytes allocates %d, want at most %d: %q", len(body), n, most, body)
	}
}

// Decoding never panics, gives every error a place, and allocates in proportion to the body, from a string and a reader.
// What it hands out can be looked at, and its clone is equal; after the end there is nothing more.
func FuzzDecode(f *testing.F) {
	seed(f)
	f.Fuzz(func(t *testing.T, body []byte) {
		var m *Multistatus
		var err error
		checkAllocated(t, body, func() { m, err = Parse(body, nil) })
		checkPlace(t, body, err)
		d := NewDecoder(strings.NewReader(string(body)), nil)
		var r Response
		count := 0
		checkAllocated(t, body, func() {
			for ; d.Next(&r) == nil; count++ {
			}
		})
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
// so is each property alone. Of what Encode refuses a quirk was told. Where a prefix was not declared, a text may mention one that only the first encoding binds for others:
// from then on the bytes are the same.
func FuzzRoundTrip(f *testing.F) {
	seed(f)
	opts := strictly()
	f.Fuzz(func(t *testing.T, body []byte) {
		m, _ := Parse(body, nil)
		checkRefused(t, m)
		m.Responses = slices.DeleteFunc(m.Responses, func(r Response) bool { return !encodable(&r) })
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
		if m.Quirks.Has(QuirkNsUndeclaredInProp) {
			if first, err = again.AppendXML(nil, nil); err != nil {
				t.Fatalf("AppendXML of %q = %v", first, err)
			}
			if again, err = Parse(first, &opts); err != nil {
				t.Fatalf("%q is %v", first, err)
			}
		}
		if second, err := again.AppendXML([]byte("before"), nil); string(second) != "before"+string(first) || err != nil {
			t.Errorf("%q is written as %q and then as %q, %v", body, first, second, err)
		}
	})
}

// encodable reports whether Validate accepts r but for second colons, which Encode writes as _.
func encodable(r *Response) bool {
	if r.Validate() == nil {
		return true
	}
	r = r.Clone()
	for p := range r.Props() {
		p.Name = written(p.Name)
	}
	return r.Validate() == nil
}

// refusedFor are the quirks that Encode names as reasons why it refuses what was decoded.
var refusedFor = []Quirk{QuirkResponseHrefOnly, QuirkResponseBoth, QuirkResponseMultiHrefPropstat, QuirkResponseNoHref, QuirkStatusNoCode, QuirkStatusCodeRange}

func checkRefused(t *testing.T, m *Multistatus) {
	t.Helper()
	for i := range m.Responses {
		r := &m.Responses[i]
		err := NewEncoder(io.Discard, nil).Encode(r)
		if (err == nil) != encodable(r) {
			t.Errorf("Encode(%s) = %v, but Validate = %v", appendResponse(nil, r), err, r.Validate())
		}
		if err != nil && !slices.ContainsFunc(refusedFor, m.Quirks.Has) {
			t.Errorf("Encode(%s) = %v, but the quirks are %v", appendResponse(nil, r), err, m.Quirks)
		}
	}
}

// written is n without colons.
func written(n Name) Name { return Name{n.Space, strings.ReplaceAll(n.Local, ":", "_")} }

// checkProperty reads back what p is written as.
func checkProperty(t *testing.T, p *Property) {
	t.Helper()
	opts := strictly()
	text := p.AppendXML(nil)
	got, err := ParseElement(text, &opts)
	if err != nil || got.Name != written(p.Name) || got.Lang != p.Lang || !got.Value.Equal(p.Value) {
		t.Errorf("%+v is written as %q, which is %+v, %v", p, text, got, err)
	}
}

// unlike says which part of a response, a before it was encoded and b after, is not what [Encoder.Encode] promises.
func unlike(a, b *Response) string {
	sent := func(a, b Href) bool { return escapeControls(a) == b }
	switch {
	case !sent(a.Href, b.Href), !slices.EqualFunc(a.MoreHrefs, b.MoreHrefs, sent):
		return "hrefs"
	case !sent(a.Location, b.Location):
		return "location"
	case unlikeStatus(a.Status, b.Status), a.Description != b.Description, !a.Error.Equal(b.Error):
		return "status"
	case !slices.EqualFunc(a.Propstats, b.Propstats, func(a, b Propstat) bool {
		if a.Status.IsZero() {
			a.Status.Code = 200
		}
		return !unlikeStatus(a.Status, b.Status) && a.Description == b.Description && a.Error.Equal(b.Error) &&
			slices.EqualFunc(a.Props, b.Props, func(a, b Property) bool {
				return written(a.Name) == b.Name && a.Lang == b.Lang && a.Value.Equal(b.Value)
			})
	}):
		return "propstats"
	}
	return ""
}

func escapeControls(h Href) Href {
	var b []byte
	for _, c := range []byte(h) {
		if c < ' ' || c == 0x7F {
			b = fmt.Appendf(b, "%%%02X", c)
		} else {
			b = append(b, c)
		}
	}
	return Href(b)
}

// unlikeStatus takes any reason for an empty one if there is no usual one.
func unlikeStatus(a, b Status) bool {
	reason := cmp.Or(a.Reason, StatusText(a.Code), b.Reason)
	return a.Code != b.Code || strings.NewReplacer("\r", " ", "\n", " ").Replace(reason) != b.Reason
}

// isUTF8 reports whether the bytes of a body are UTF-8 and cannot be taken for UTF-16 or UTF-32.
func isUTF8(body []byte) bool { return utf8.Valid(body) && bytes.IndexByte(body, 0) < 0 }

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
		checkAllocated(t, body, func() { _, err = Parse(body, &DecodeOptions{ContentType: contentType}) })
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

// randomLimits takes each limit from some bits of n. For 0 there is none.
func randomLimits(n uint64) DecodeOptions {
	take := func(bits, unit int) int {
		k := int(n & (1<<bits - 1))
		n >>= bits
		if k == 0 {
			return -1
		}
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
		none := randomLimits(0)
		want, got := readString(string(body), none), readString(string(body), opts)
		for i := range got.Responses {
			checkWithin(t, &got.Responses[i], &opts)
		}
		if a, b := offsetOf(got.err), offsetOf(want.err); errors.Is(got.err, ErrNotMultistatus) && errors.Is(want.err, ErrNotMultistatus) && a == b {
			want.err = got.err // a name that is too long does not tell what the root is
		}
		var limit *LimitError
		if !errors.As(got.err, &limit) || limit.Limit == "prolog" {
			if got.String() != want.String() {
				t.Errorf("%q within %+v is %s, want %s", body, opts, got, want)
			}
			return
		}
		checkPlace(t, body, got.err)
		names := map[string]int64{"MaxBytes": opts.MaxBytes, "MaxResponseBytes": int64(opts.MaxResponseBytes), "MaxValueBytes": int64(opts.MaxValueBytes),
			"MaxTextBytes": int64(opts.MaxTextBytes), "MaxNameBytes": int64(opts.MaxNameBytes), "MaxDepth": int64(opts.MaxDepth), "MaxAttrs": int64(opts.MaxAttrs),
			"MaxNamespaces": int64(opts.MaxNamespaces), "MaxProps": int64(opts.MaxProps), "MaxHrefs": int64(opts.MaxHrefs)}
		if at, ok := names[limit.Limit]; !ok || at <= 0 || limit.Max != at && limit.Max != 4*at {
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

// offsetOf returns where err is, or -1.
func offsetOf(err error) int64 {
	if at := (*DecodeError)(nil); errors.As(err, &at) {
		return at.Offset
	}
	return -1
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

// repeatResponses returns body with its responses, as far as bytes can tell, standing there several times, so that a
// Decoder learns what they look like and reads the later ones by that.
func repeatResponses(body string, times int) string {
	from, to := responsesIn(body)
	return body[:from] + strings.Repeat(body[from:to], times) + body[to:]
}

// responsesIn returns where in body the first response begins and the last one ends, or twice the same where there is none.
func responsesIn(body string) (from, to int) {
	from, to = strings.Index(body, "response"), strings.LastIndex(body, "response")
	if from < 0 || to <= from {
		return 0, 0
	}
	from = strings.LastIndexByte(body[:from], '<')
	end := strings.IndexByte(body[to:], '>')
	if from < 0 || end < 0 {
		return 0, 0
	}
	return from, to + end + 1
}

// otherStatus makes failures of successes, and the other way round.
var otherStatus = strings.NewReplacer(" 200 ", " 404 ", " 404 ", " 200 ")

// repeatWithStatus is repeatResponses, in which responses that are alike differ in their status too.
func repeatWithStatus(body string, times int) string {
	from, to := responsesIn(body)
	both := body[from:to] + otherStatus.Replace(body[from:to])
	return body[:from] + strings.Repeat(both, times) + body[to:]
}

// Select changes nothing but which properties are kept: every selected one, and where a propstat that is not OK has none
// of them, the last of the others without its value.
func FuzzSelect(f *testing.F) {
	seed(f)
	f.Fuzz(func(t *testing.T, some uint64, once []byte) {
		body := repeatWithStatus(string(once), 3)
		want := readString(body, DecodeOptions{})
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
		if got := readString(body, DecodeOptions{Select: names}); got.String() != want.String() {
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

// markedResponse has in its markup what is a fault in one charset and none in another.
const markedResponse = `<D:multistatus xmlns:D="DAV:"><D:response><D:href>/</D:href><D:propstat><D:prop><D:x a="` + "\u0085" +
	`"/><D:y>é</D:y></D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response></D:multistatus>`

// delivery is how a Decoder is given a body, and what for.
type delivery struct {
	body   string
	opts   DecodeOptions
	silent bool   // without OnQuirk
	cut    uint64 // what cuts the body into pieces; 0 if it is a string
}

// aspects of a delivery, each drawn apart from the others: what is learned under some options may not hold where a single one differs.
var aspects = []func(s *delivery, r *rand.Rand){
	func(s *delivery, r *rand.Rand) { s.cut = r.Uint64N(2) * r.Uint64N(8) },
	func(s *delivery, r *rand.Rand) { s.silent = r.IntN(2) == 0 },
	func(s *delivery, r *rand.Rand) {
		s.opts.ContentType = []string{"", "text/xml; charset=us-ascii", latin1Type, "text/xml; charset=utf-8"}[r.IntN(4)]
	},
	func(s *delivery, r *rand.Rand) {
		s.opts.Select = [][]Name{nil, {DAV("getetag")}, {DAV("resourcetype"), DAV("displayname")}}[r.IntN(3)]
	},
	func(s *delivery, r *rand.Rand) {
		s.opts.Reject = []QuirkSet{{}, {}, AllQuirks(), NewQuirkSet(Quirk(r.IntN(AllQuirks().Len() + 1)))}[r.IntN(4)]
	},
	func(s *delivery, r *rand.Rand) { s.opts.MaxBytes = int64(drawLimit(r, 2000)) },
	func(s *delivery, r *rand.Rand) { s.opts.MaxResponseBytes = drawLimit(r, 900) },
	func(s *delivery, r *rand.Rand) { s.opts.MaxValueBytes = drawLimit(r, 100) },
	func(s *delivery, r *rand.Rand) { s.opts.MaxTextBytes = drawLimit(r, 50) },
	func(s *delivery, r *rand.Rand) { s.opts.MaxNameBytes = drawLimit(r, 20) },
	func(s *delivery, r *rand.Rand) { s.opts.MaxDepth = drawLimit(r, 9) },
	func(s *delivery, r *rand.Rand) { s.opts.MaxAttrs = drawLimit(r, 5) },
	func(s *delivery, r *rand.Rand) { s.opts.MaxNamespaces = drawLimit(r, 6) },
	func(s *delivery, r *rand.Rand) { s.opts.MaxProps = drawLimit(r, 8) },
	func(s *delivery, r *rand.Rand) { s.opts.MaxHrefs = drawLimit(r, 4) },
}

// latin1Type is the charset in which a body is written before it is read so, where it can be.
const latin1Type = "text/xml; charset=iso-8859-1"

// drawLimit returns a limit of at most so much, or none as a rule, for one that stops every body hides the others.
func drawLimit(r *rand.Rand, most int) int {
	if r.IntN(4) > 0 {
		return -1
	}
	return 1 + r.IntN(most)
}

// twoDeliveries returns two ways to read, which have most in common.
func twoDeliveries(how uint64, a, b string) (x, y delivery) {
	r := rand.New(rand.NewPCG(how, 2))
	for _, draw := range aspects {
		draw(&x, r)
	}
	y = x
	for range 1 + r.IntN(3) {
		aspects[r.IntN(len(aspects))](&y, r)
	}
	x.body, y.body = x.written(a), y.written(b)
	return x, y
}

// written returns body as it is sent in the charset that s tells.
func (s *delivery) written(body string) string {
	if s.opts.ContentType != latin1Type || !utf8.ValidString(body) {
		return body
	}
	var b []byte
	for _, r := range body {
		if r > 0xFF {
			return body
		}
		b = append(b, byte(r))
	}
	return string(b)
}

// read tells all that d shows of s, in order.
func (s *delivery) read(d *Decoder, r *Response) string {
	var b []byte
	opts := s.opts
	if !s.silent {
		opts.OnQuirk = func(q QuirkReport) { b = fmt.Appendf(b, "%+q\n", q) }
	}
	if s.cut > 0 {
		d.Reset(&pieces{s.body, rand.New(rand.NewPCG(s.cut, 1))}, &opts)
	} else {
		d.ResetString(s.body, &opts)
	}
	for {
		err := d.Next(r)
		b = fmt.Appendf(b, "%d %T %[2]v\n", d.InputOffset(), err)
		b = appendResponse(b, r)
		if err != nil {
			return string(fmt.Appendf(b, "%v %q %q", d.Quirks(), d.Description(), d.SyncToken()))
		}
	}
}

// A Decoder that has read A under options X reads B under options Y as a new one does. Without B, that is A again.
func FuzzReuse(f *testing.F) {
	seed(f)
	f.Fuzz(func(t *testing.T, how uint64, a, b []byte) {
		if len(b) == 0 {
			b = a
		}
		x, y := twoDeliveries(how, repeatWithStatus(string(a), 2), repeatWithStatus(string(b), 2))
		var used Decoder
		var r Response
		for i, s := range []delivery{x, y, x} {
			if got, want := s.read(&used, &r), s.read(new(Decoder), new(Response)); got != want {
				t.Fatalf("%+v, which is number %d, is read as %s, want %s", s, i, got, want)
			}
		}
	})
}

// ParseElement never panics, gives every error a place, and allocates in proportion; what it reads is what AppendXML writes,
// what a property of a body is, and what XML makes of its content.
func FuzzParseElement(f *testing.F) {
	seed(f)
	f.Fuzz(func(t *testing.T, body []byte) {
		var p Property
		var err error
		checkAllocated(t, body, func() { p, err = ParseElement(body, nil) })
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

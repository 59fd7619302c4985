package davprop

import (
	"errors"
	"strings"
	"testing"

	"github.com/go-multistatus/multistatus"
)

func TestETag(t *testing.T) {
	for _, c := range []struct {
		text, opaque, header string
		weak                 bool
		quirk                Quirk
	}{
		{`"17"`, "17", `"17"`, false, 0},
		{`""`, "", `""`, false, 0},
		{` "17" `, "17", `"17"`, false, 0},
		{`"!#~é"`, "!#~é", `"!#~é"`, false, 0},
		{`W/"17"`, "17", `W/"17"`, true, QuirkEtagWeak},
		{`"None"`, "None", `"None"`, false, QuirkEtagNoneLiteral},
		{`W/"None"`, "None", `W/"None"`, true, QuirkEtagNoneLiteral},
		{`17`, "17", `"17"`, false, QuirkEtagUnquoted},
		{`2026-11-23 10:00`, "2026-11-23 10:00", `"2026-11-23 10:00"`, false, QuirkEtagUnquoted},
		{`W/17`, "17", `W/"17"`, true, QuirkEtagOverquoted},
		{`""17""`, "17", `"17"`, false, QuirkEtagOverquoted},
		{`"""17"""`, "17", `"17"`, false, QuirkEtagOverquoted},
		{`W/""17""`, "17", `W/"17"`, true, QuirkEtagOverquoted},
		{`"a"b"`, `a"b`, `"a"b"`, false, QuirkEtagOverquoted},
		{`"17`, "17", `"17"`, false, QuirkEtagMalformed},
		{`"`, "", `""`, false, QuirkEtagMalformed},
		{`w/"17"`, `w/"17`, `"w/"17"`, false, QuirkEtagMalformed},
		{`"1 7"`, "1 7", `"1 7"`, false, QuirkEtagMalformed},
	} {
		got, r, err := GetETag.Parse(multistatus.Text(c.text))
		if string(got) != strings.TrimSpace(c.text) || r.Quirk != c.quirk || err != nil {
			t.Errorf("%q is read as %q, %s, %v, want %s", c.text, got, r.Quirk, err, c.quirk)
		}
		if got.Opaque() != c.opaque || got.Weak() != c.weak || got.Header() != c.header {
			t.Errorf("%q has Opaque %q, Weak %v, Header %q, want %q, %v, %q",
				got, got.Opaque(), got.Weak(), got.Header(), c.opaque, c.weak, c.header)
		}
		if valid := c.quirk == 0 || c.quirk == QuirkEtagWeak || c.quirk == QuirkEtagNoneLiteral; got.Valid() != valid {
			t.Errorf("Valid of %q = %v", got, got.Valid())
		}
	}
}

// The examples of RFC 9110, section 8.8.3.2.
func TestETagMatch(t *testing.T) {
	for _, c := range []struct {
		a, b         ETag
		strong, weak bool
	}{
		{`W/"1"`, `W/"1"`, false, true},
		{`W/"1"`, `W/"2"`, false, false},
		{`W/"1"`, `"1"`, false, true},
		{`"1"`, `"1"`, true, true},
		{`1`, `"1"`, true, true},
		{``, ``, false, false},
		{`""`, ``, false, false},
	} {
		for _, p := range [][2]ETag{{c.a, c.b}, {c.b, c.a}} {
			if got := p[0].Match(p[1]); got != c.strong {
				t.Errorf("%q.Match(%q) = %v", p[0], p[1], got)
			}
			if got := p[0].WeakMatch(p[1]); got != c.weak {
				t.Errorf("%q.WeakMatch(%q) = %v", p[0], p[1], got)
			}
		}
	}
}

// What is no entity tag is refused, and takes the response with it.
func TestWriteETag(t *testing.T) {
	for _, tag := range []ETag{MakeETag("1", false), MakeETag("é&<", true), `"None"`} {
		r := Rewritten(t, func(e *multistatus.Encoder) error { return GetETag.Write(e, tag) })
		if got, err := GetETag.Get(r); got != tag || err != nil {
			t.Errorf("%q is read back as %q, %v", tag, got, err)
		}
	}
	var body strings.Builder
	e := multistatus.NewEncoder(&body, nil)
	e.StartPath("/a")
	e.Propstat(200)
	if err := GetETag.Write(e, "1"); !errors.Is(err, ErrETag) {
		t.Errorf("Write of an unquoted tag gives the error %v, want ErrETag", err)
	}
	if err := e.EndResponse(); !errors.Is(err, ErrETag) {
		t.Errorf("EndResponse gives the error %v, want ErrETag", err)
	}
}

func TestContentType(t *testing.T) {
	for _, c := range []struct{ text, media, charset string }{
		{"text/html", "text/html", ""},
		{"Text/HTML ; Charset = \"utf-8\"", "text/html", "utf-8"},
		{`text/plain; x="a;charset=b\"c"; charset=utf-16`, "text/plain", "utf-16"},
		{"text/calendar;charset=utf-8;component=vevent", "text/calendar", "utf-8"},
		{"odd", "odd", ""},
		{`a/b; x="`, "a/b", ""},
	} {
		got, err := GetContentType.Get(Rewritten(t, func(e *multistatus.Encoder) error {
			return GetContentType.Write(e, ContentType(c.text))
		}))
		if string(got) != c.text || got.MediaType() != c.media || got.Param("charset") != c.charset || err != nil {
			t.Errorf("%q is read as %q with %q and %q, %v", c.text, got, got.MediaType(), got.Param("charset"), err)
		}
	}
}

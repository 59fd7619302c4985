package multistatus

import (
	"encoding"
	"errors"
	"maps"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

var (
	_ encoding.TextAppender    = Status{}
	_ encoding.TextMarshaler   = Status{}
	_ encoding.TextUnmarshaler = (*Status)(nil)
)

// statusTests has every example of the catalogue's section C; id is that of the catalogue.
var statusTests = []struct {
	name, id, in string
	want         Status
	form         statusForm
}{
	{"plain 200", "", "HTTP/1.1 200 OK", Status{200, "OK"}, 0},
	{"plain 404", "", "HTTP/1.1 404 Not Found", Status{404, "Not Found"}, 0},
	{"another code", "", "HTTP/1.1 403 Forbidden", Status{403, "Forbidden"}, 0},
	{"success in sync", "status-201-204-in-sync", "HTTP/1.1 201 Created", Status{201, "Created"}, 0},
	{"already reported", "status-208", "HTTP/1.1 208 Already Reported", Status{208, "Already Reported"}, 0},
	{"space within the reason", "", "HTTP/1.1 200 a  b", Status{200, "a  b"}, 0},

	{"no reason", "status-no-reason", "HTTP/1.1 200", Status{200, ""}, 0},
	{"no reason, space", "status-no-reason", "HTTP/1.1 200 ", Status{200, ""}, 0},
	{"line break before", "status-whitespace", "\r\n HTTP/1.1 200 OK \n", Status{200, "OK"}, 0},
	{"tab around", "status-whitespace", "\tHTTP/1.1 404 Not Found\t", Status{404, "Not Found"}, 0},
	{"version 2", "status-http2", "HTTP/2 200", Status{200, ""}, 0},
	{"version 2.0", "status-http2", "HTTP/2.0 200 OK", Status{200, "OK"}, 0},
	{"version 1.0", "status-http10", "HTTP/1.0 200 OK", Status{200, "OK"}, 0},
	{"reason in upper case", "status-reason-odd", "HTTP/1.1 425 TOO EARLY", Status{425, "TOO EARLY"}, 0},
	{"reason in French", "status-reason-odd", "HTTP/1.1 404 Il n'y a pas", Status{404, "Il n'y a pas"}, 0},
	{"reason beyond ASCII", "status-reason-odd", "HTTP/1.1 404 見つかりません", Status{404, "見つかりません"}, 0},
	{"unknown code", "status-code-unknown", "HTTP/1.1 599 French Fries", Status{599, "French Fries"}, 0},
	{"teapot", "status-code-unknown", "HTTP/1.1 418 I'm a teapot", Status{418, "I'm a teapot"}, 0},
	{"least code", "status-code-unknown", "HTTP/1.1 100 Continue", Status{100, "Continue"}, 0},
	{"greatest code", "status-code-unknown", "HTTP/1.1 999 x", Status{999, "x"}, 0},

	{"two spaces", "status-double-space", "HTTP/1.1  200  OK", Status{200, "OK"}, statusSpaces},
	{"two spaces before the code", "status-double-space", "HTTP/1.1  200 OK", Status{200, "OK"}, statusSpaces},
	{"two spaces after the code", "status-double-space", "HTTP/1.1 200  OK", Status{200, "OK"}, statusSpaces},
	{"tab between", "status-double-space", "HTTP/1.1\t200 OK", Status{200, "OK"}, statusSpaces},
	{"line break between", "status-double-space", "HTTP/1.1 200\nOK", Status{200, "OK"}, statusSpaces},
	{"no version", "status-bare", "200 OK", Status{200, "OK"}, statusBare},
	{"code alone", "status-bare", "200", Status{200, ""}, statusBare},
	{"no version, spaces", "status-bare", "404   Not Found", Status{404, "Not Found"}, statusBare | statusSpaces},
	{"lower case", "status-lowercase", "http/1.1 200 ok", Status{200, "ok"}, statusLower},
	{"mixed case, spaces", "status-lowercase", "Http/2  200", Status{200, ""}, statusLower | statusSpaces},

	{"version and reason", "status-no-code", "HTTP/1.1 OK", Status{0, "HTTP/1.1 OK"}, statusNoCode},
	{"free text", "status-no-code", " it went well ", Status{0, "it went well"}, statusNoCode},
	{"format string", "status-no-code", "%s%s", Status{0, "%s%s"}, statusNoCode},
	{"version alone", "status-no-code", "HTTP/1.1 ", Status{0, "HTTP/1.1"}, statusNoCode},
	{"letters in the code", "status-no-code", "HTTP/1.1 2OO OK", Status{0, "HTTP/1.1 2OO OK"}, statusNoCode},
	{"code run into the reason", "status-no-code", "HTTP/1.1 200OK", Status{0, "HTTP/1.1 200OK"}, statusNoCode},
	{"minus alone", "status-no-code", "HTTP/1.1 - x", Status{0, "HTTP/1.1 - x"}, statusNoCode},
	{"digits of another script", "status-no-code", "HTTP/1.1 ２００ OK", Status{0, "HTTP/1.1 ２００ OK"}, statusNoCode},
	{"no-break space", "status-no-code", "HTTP/1.1\u00A0200 OK", Status{0, "HTTP/1.1\u00A0200 OK"}, statusNoCode},
	{"no version number", "status-no-code", "HTTP/ 200 OK", Status{0, "HTTP/ 200 OK"}, statusNoCode},
	{"version of letters", "status-no-code", "HTTP/1.x 200 OK", Status{0, "HTTP/1.x 200 OK"}, statusNoCode},
	{"long version", "status-no-code", "HTTP/1.1.1 200 OK", Status{0, "HTTP/1.1.1 200 OK"}, statusNoCode},
	{"another protocol", "status-no-code", "ICY 200 OK", Status{0, "ICY 200 OK"}, statusNoCode},
	{"lower case without code", "status-no-code", "http/1.1  ok", Status{0, "http/1.1  ok"}, statusNoCode},
	{"empty", "", "", Status{}, statusNoCode},
	{"white space only", "", " \r\n\t", Status{}, statusNoCode},

	{"four digits", "status-code-range", "HTTP/1.1 2000 OK", Status{0, "HTTP/1.1 2000 OK"}, statusRange},
	{"two digits", "status-code-range", "HTTP/1.1 20 OK", Status{0, "HTTP/1.1 20 OK"}, statusRange},
	{"zero", "status-code-range", "HTTP/1.1 0", Status{0, "HTTP/1.1 0"}, statusRange},
	{"leading zero", "status-code-range", "HTTP/1.1 099", Status{0, "HTTP/1.1 099"}, statusRange},
	{"negative", "status-code-range", "HTTP/1.1 -1 x", Status{0, "HTTP/1.1 -1 x"}, statusRange},
	{"negative of three bytes", "status-code-range", "HTTP/1.1 -20", Status{0, "HTTP/1.1 -20"}, statusRange},
	{"negative of three digits", "status-code-range", "HTTP/1.1 -200 OK", Status{0, "HTTP/1.1 -200 OK"}, statusRange},
	{"more digits than an int has", "status-code-range", "200200200200200200200200",
		Status{0, "200200200200200200200200"}, statusRange},
}

func TestScanStatus(t *testing.T) {
	for _, c := range statusTests {
		t.Run(c.name, func(t *testing.T) {
			if got, form := scanStatus(c.in); got != c.want || form != c.form {
				t.Errorf("scanStatus(%q) = %+v, %05b, want %+v, %05b", c.in, got, form, c.want, c.form)
			}
		})
	}
}

// ParseStatus fails where there is no code, and only there, and returns what scanStatus does.
func TestParseStatus(t *testing.T) {
	for _, c := range statusTests {
		t.Run(c.name, func(t *testing.T) {
			got, err := ParseStatus(c.in)
			if got != c.want || errors.Is(err, ErrStatus) != (c.want.Code == 0) || (err == nil) != (c.want.Code != 0) {
				t.Errorf("ParseStatus(%q) = %+v, %v, want %+v", c.in, got, err, c.want)
			}
		})
	}
}

func TestParseStatusErrors(t *testing.T) {
	long := strings.Repeat("x", maxShownText+1)
	for _, c := range []struct{ name, in, want string }{
		{"empty", "", `multistatus: malformed status "": no status code`},
		{"no code", "HTTP/1.1 OK", `multistatus: malformed status "HTTP/1.1 OK": no status code`},
		{"range", "2000", `multistatus: malformed status "2000": status code is not of three digits from 100`},
		{"control character", "a\x00\nb", `multistatus: malformed status "a\x00\nb": no status code`},
		{"long", long, `multistatus: malformed status "` + long[1:] + `"…: no status code`},
	} {
		t.Run(c.name, func(t *testing.T) {
			if _, err := ParseStatus(c.in); err == nil || err.Error() != c.want {
				t.Errorf("ParseStatus(%q): %v, want %v", c.in, err, c.want)
			}
		})
	}
}

func TestStatusOK(t *testing.T) {
	for _, c := range []struct {
		in       Status
		ok, zero bool
	}{
		{Status{}, false, true},
		{Status{0, "HTTP/1.1 OK"}, false, false},
		{Status{199, ""}, false, false},
		{Status{200, ""}, true, false},
		{Status{299, "x"}, true, false},
		{Status{300, ""}, false, false},
		{Status{-200, ""}, false, false},
		{Status{2000, ""}, false, false},
	} {
		if ok, zero := c.in.OK(), c.in.IsZero(); ok != c.ok || zero != c.zero {
			t.Errorf("%+v: OK() = %t, IsZero() = %t, want %t, %t", c.in, ok, zero, c.ok, c.zero)
		}
	}
}

func TestStatusText(t *testing.T) {
	for _, c := range []struct {
		name string
		in   Status
		want string
		back Status // what UnmarshalText makes of want; zero if MarshalText fails
	}{
		{"usual", Status{404, "Not Found"}, "HTTP/1.1 404 Not Found", Status{404, "Not Found"}},
		{"standard reason", Status{423, ""}, "HTTP/1.1 423 Locked", Status{423, "Locked"}},
		{"no reason at all", Status{299, ""}, "HTTP/1.1 299 ", Status{299, ""}},
		{"another reason", Status{200, "gut"}, "HTTP/1.1 200 gut", Status{200, "gut"}},
		{"white space around the reason", Status{200, " gut\n"}, "HTTP/1.1 200 gut", Status{200, "gut"}},
		{"white space for a reason", Status{200, "\t"}, "HTTP/1.1 200 OK", Status{200, "OK"}},
		{"no code", Status{0, "HTTP/1.1 OK"}, "HTTP/1.1 OK", Status{0, "HTTP/1.1 OK"}},
		{"code out of range", Status{0, "2000"}, "2000", Status{0, "2000"}},
		{"code only in the reason", Status{0, "HTTP/1.1 200 OK"}, "HTTP/1.1 200 OK", Status{}},
		{"small code", Status{99, "x"}, "HTTP/1.1 99 x", Status{}},
		{"large code", Status{1000, "x"}, "HTTP/1.1 1000 x", Status{}},
		{"negative code", Status{-1, "x"}, "HTTP/1.1 -1 x", Status{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := c.in.String(); got != c.want {
				t.Errorf("%+v.String() = %q, want %q", c.in, got, c.want)
			}
			text, err := c.in.AppendText([]byte("<"))
			if c.back == (Status{}) {
				if string(text) != "<" || !errors.Is(err, ErrStatus) {
					t.Errorf("%+v.AppendText(%q) = %q, %v, want ErrStatus", c.in, "<", text, err)
				}
				return
			}
			var back Status
			if back.UnmarshalText(text[1:]); back != c.back || string(text) != "<"+c.want || err != nil {
				t.Errorf("%+v.AppendText(%q) = %q, %v, read back as %+v, want %q, %+v",
					c.in, "<", text, err, back, "<"+c.want, c.back)
			}
		})
	}
}

func TestStatusTextZero(t *testing.T) {
	text, err := Status{}.MarshalText()
	s := Status{200, "OK"}
	if s.UnmarshalText(text); len(text) != 0 || err != nil || !s.IsZero() {
		t.Errorf("Status{}.MarshalText() = %q, %v, read back as %+v, want nothing", text, err, s)
	}
}

// phraseDiffers has the codes for which net/http keeps a phrase older than that of RFC 9110, and those that
// RFC 9110 holds unused.
var phraseDiffers = map[int]struct{ ours, theirs string }{
	413: {"Content Too Large", "Request Entity Too Large"},
	414: {"URI Too Long", "Request URI Too Long"},
	416: {"Range Not Satisfiable", "Requested Range Not Satisfiable"},
	418: {"", "I'm a teapot"},
	422: {"Unprocessable Content", "Unprocessable Entity"},
}

// StatusText differs from net/http only where the table says so.
func TestStatusTextAsNetHTTP(t *testing.T) {
	differs := map[int]struct{ ours, theirs string }{}
	for code := -1; code <= 1000; code++ {
		if ours, theirs := StatusText(code), http.StatusText(code); ours != theirs {
			differs[code] = struct{ ours, theirs string }{ours, theirs}
		}
	}
	if !maps.Equal(differs, phraseDiffers) {
		t.Errorf("StatusText differs from net/http in %v, want %v", differs, phraseDiffers)
	}
}

func TestStatusAllocs(t *testing.T) {
	for _, c := range statusTests {
		if got := testing.AllocsPerRun(100, func() { scanStatus(c.in) }); got != 0 {
			t.Errorf("scanStatus(%q) allocates %v times, want 0", c.in, got)
		}
	}
	dst := make([]byte, 0, 64)
	for _, s := range []Status{{200, ""}, {404, "Not Found"}, {0, "HTTP/1.1 OK"}} {
		if got := testing.AllocsPerRun(100, func() { dst, _ = s.AppendText(dst[:0]) }); got != 0 {
			t.Errorf("%+v.AppendText allocates %v times, want 0", s, got)
		}
	}
}

var (
	anyStatus  = regexp.MustCompile(`^(?:((?i:http))/[0-9](?:\.[0-9])?([ \t\r\n]+))?([1-9][0-9]{2})(?:([ \t\r\n]+)((?s:.+)))?$`)
	anyNumeric = regexp.MustCompile(`^(?:(?i:http)/[0-9](?:\.[0-9])?[ \t\r\n]+)?-?[0-9]+(?:[ \t\r\n]|$)`)
)

// referenceStatus is scanStatus by regular expressions.
func referenceStatus(line string) (s Status, form statusForm) {
	line = strings.Trim(line, " \t\r\n")
	m := anyStatus.FindStringSubmatch(line)
	switch {
	case m == nil && anyNumeric.MatchString(line):
		return Status{0, line}, statusRange
	case m == nil:
		return Status{0, line}, statusNoCode
	case m[1] == "":
		form |= statusBare
	case m[1] != "HTTP":
		form |= statusLower
	}
	for _, gap := range []string{m[2], m[4]} {
		if gap != "" && gap != " " {
			form |= statusSpaces
		}
	}
	s.Code, _ = strconv.Atoi(m[3])
	s.Reason = m[5]
	return s, form
}

// scanStatus does what two regular expressions do; what it returns is marshalled and read back as it is,
// but for the standard reason in the place of an empty one.
func FuzzScanStatus(f *testing.F) {
	for _, c := range statusTests {
		f.Add(c.in)
	}
	f.Fuzz(func(t *testing.T, line string) {
		s, form := scanStatus(line)
		if want, wantForm := referenceStatus(line); s != want || form != wantForm {
			t.Errorf("scanStatus(%q) = %+v, %05b, want %+v, %05b", line, s, form, want, wantForm)
		}
		text, err := s.MarshalText()
		if err != nil {
			t.Fatalf("%+v.MarshalText(): %v", s, err)
		}
		if s.Code != 0 && s.Reason == "" {
			s.Reason = StatusText(s.Code)
		}
		var back Status
		if back.UnmarshalText(text); back != s {
			t.Errorf("UnmarshalText(%q) leaves %+v, want %+v", text, back, s)
		}
	})
}

func BenchmarkScanStatus(b *testing.B) {
	for _, line := range []string{"HTTP/1.1 200 OK", "HTTP/1.1 404 Not Found", "HTTP/1.1 403 Forbidden"} {
		b.Run(line[9:12], func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(line)))
			for b.Loop() {
				scanStatus(line)
			}
		})
	}
}

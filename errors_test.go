package multistatus

import (
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"time"
	"unicode/utf8"
)

// rootCases are bodies that are no multistatus.
var rootCases = []struct {
	name  string
	body  string
	root  Name
	head  string // "" for the whole body
	msg   string
	cause error // nil for none
}{
	{"element", `<a xmlns="u"/>`, Name{"u", "a"}, "", `not a DAV:multistatus document: the root is "{u}a"`, nil},
	{"HTML", "<!DOCTYPE html>\n<html lang=en>", Name{"", "html"}, "", `not a DAV:multistatus document: the root is "html": malformed markup (in a tag)`, ErrSyntax},
	{"JSON", `{"a":1}`, Name{}, "", `not a DAV:multistatus document: malformed markup (text before the root element)`, ErrSyntax},
	{"prefix", `<p:multistatus>`, Name{"?p", "multistatus"}, "", `not a DAV:multistatus document: the root is "{?p}multistatus": undeclared namespace prefix "p"`, ErrPrefix},
	{"usual prefix", `<D:error>`, Name{"DAV:", "error"}, "", `not a DAV:multistatus document: the root is "{DAV:}error"`, nil},
	{"bytes", "\x1f\x8b\xff<", Name{}, "\x1f\uFFFD<", `not a DAV:multistatus document: malformed markup (text before the root element)`, ErrSyntax},
	{"long", `<a>` + filled(2000), Name{"", "a"}, `<a>` + filled(1021), `not a DAV:multistatus document: the root is "a"`, nil},
	{"cut rune", `<a>` + filled(1020) + "é", Name{"", "a"}, `<a>` + filled(1020), `not a DAV:multistatus document: the root is "a"`, nil},
	{"text that grows", `<a>` + strings.Repeat("\xffx", 500), Name{"", "a"}, `<a>` + strings.Repeat("\uFFFDx", 255), `not a DAV:multistatus document: the root is "a"`, nil},
	{"another charset", `<?xml version="1.0" encoding="iso-8859-1"?><a>` + "\xE9", Name{"", "a"}, `<?xml version="1.0" encoding="iso-8859-1"?><a>é`, `not a DAV:multistatus document: the root is "a"`, nil},
}

// A reader that waits for more than one byte at a time has the whole text in Head; from others it is what was read.
func TestRootError(t *testing.T) {
	for _, c := range rootCases {
		want := c.head
		if want == "" {
			want = c.body
		}
		for i, r := range []io.Reader{nil, strings.NewReader(c.body), iotest.OneByteReader(strings.NewReader(c.body))} {
			d := new(Decoder)
			if d.ResetString(c.body, nil); r != nil {
				d.Reset(r, nil)
			}
			err := d.Next(new(Response))
			var root *RootError
			if !errors.As(err, &root) || !errors.Is(err, ErrNotMultistatus) || c.cause != nil && !errors.Is(err, c.cause) {
				t.Errorf("%s: Next() = %v, want a RootError that is %v", c.name, err, c.cause)
				continue
			}
			if got := root.Error(); root.Root != c.root || got != c.msg || !strings.HasPrefix(err.Error(), "multistatus: "+c.msg+", line ") {
				t.Errorf("%s: RootError of %v = %q, want of %v %q", c.name, root.Root, got, c.root, c.msg)
			}
			if len(root.Unwrap()) != 1 && c.cause == nil {
				t.Errorf("%s: Unwrap() = %v, want no cause", c.name, root.Unwrap())
			}
			if len(root.Head) > 1024 || !utf8.ValidString(root.Head) || root.Head != want && (i < 2 || !strings.HasPrefix(want, root.Head) || root.Head == "") {
				t.Errorf("%s, reader %d: Head = %q, want %q", c.name, i, root.Head, want)
			}
		}
	}
}

// Head is not waited for.
func TestRootErrorPipe(t *testing.T) {
	pr, pw := io.Pipe()
	defer pw.Close()
	go pw.Write([]byte(`<html>`))
	errs := make(chan error, 1)
	go func() { errs <- NewDecoder(pr, nil).Next(new(Response)) }()
	select {
	case err := <-errs:
		var root *RootError
		if !errors.As(err, &root) || root.Head != `<html>` {
			t.Errorf("Next() = %v, want a RootError with what was sent", err)
		}
	case <-time.After(10 * time.Second):
		t.Error("Next waits for more than the root's start tag")
	}
}

// What keeps its own error before the root is no RootError.
func TestNoRootError(t *testing.T) {
	for _, body := range []string{"", " ", "<D:multi", "<!DOCTYPE a [", `<!DOCTYPE a [<!ENTITY b "c">]><a/>`, strings.Repeat(" ", 70_000) + "x"} {
		_, err := Parse([]byte(body), nil)
		if err == nil || errors.Is(err, ErrNotMultistatus) {
			t.Errorf("Parse(%s) = %v, want an error of its own", clipText(body), err)
		}
	}
}

// readerFunc is a reader that is a function.
type readerFunc func(p []byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }

// A reader that breaks its contract is an error, before the root and in a response.
func TestImpossibleReaders(t *testing.T) {
	for _, c := range []struct {
		name string
		read readerFunc
		want string
	}{
		{"negative", func([]byte) (int, error) { return -1, nil }, "reader returned an impossible count"},
		{"too many", func(p []byte) (int, error) { return len(p) + 1, nil }, "reader returned an impossible count"},
		{"nothing", func([]byte) (int, error) { return 0, nil }, io.ErrNoProgress.Error()},
		{"unexpected EOF", func([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }, io.ErrUnexpectedEOF.Error()},
	} {
		body := inMulti(smallResponse)
		for _, n := range []int{0, 20, len(head), len(body) - 30, len(body)} {
			var m Multistatus
			err := NewDecoder(io.MultiReader(strings.NewReader(body[:n]), c.read), nil).Decode(&m)
			if got := message(err); got != c.want {
				t.Errorf("%s after %d bytes: Decode() = %v, want %q as it is", c.name, n, err, c.want)
			}
			if want := strings.Count(body[:n], "</D:response>"); len(m.Responses) != want {
				t.Errorf("%s after %d bytes: %d responses, want %d", c.name, n, len(m.Responses), want)
			}
		}
	}
}

// A reader may give nothing now and then, as long as it gives something in the end.
func TestSlowReader(t *testing.T) {
	body := inMulti(smallResponse)
	i := 0
	slow := readerFunc(func(p []byte) (int, error) {
		if i++; i%100 != 0 {
			return 0, nil
		}
		if n := i / 100; n <= len(body) {
			return copy(p[:1], body[n-1:]), nil
		}
		return 0, io.EOF
	})
	if err := NewDecoder(slow, nil).Decode(new(Multistatus)); err != nil {
		t.Errorf("Decode() of a slow reader = %v, want nil", err)
	}
}

// What is wrong with a token that is longer than a window is found at its place, however it is read.
func TestLongFaults(t *testing.T) {
	long := filled(70_000)
	const faults = "&\x01\xFF&nbsp;&#1;\uFFFE\r\n"
	text := faults + long + "\n" + faults + long + faults
	for _, body := range []string{
		inProps(`<D:x>` + text + `</D:x>`),
		inProps(`<D:x><y/>` + text + `</D:x>`),
		inProps(`<D:x a="` + text + `"/>`),
		inProps(`<D:x><y a="` + text + `" p:b="` + text + `"/></D:x>`),
		inProps(`<D:x><![CDATA[` + text + `]]></D:x>`),
		inProps(`<D:x><!--` + text + `--></D:x>`),
		inProps(`<D:x><?y ` + text + `?></D:x>`),
		inProps(text),
		inProps(`<D:x>` + text + `&#x;` + text + `</D:x>`),
		inProps(`<D:x>` + text + `]]>` + text + `</D:x>`),
		inProps(`<D:x a="` + text + `<` + text + `"/>`),
		inProps(`<D:x><!--` + text + `--` + text + `--></D:x>`),
		inProps(`<D:x a="` + text + `" b b="` + text + `"/>`),
		inResp(`<D:status>` + text + `</D:status>`),
		inMulti(`<D:response><D:href>/` + text + `</D:href>` + ok200 + `</D:response>`),
		inProps(`<D:x>` + text + `</D:y>`),
		inProps(`<D:x>` + text + `</D:x`),
		inProps(`<D:x>` + text),
		inMulti(``) + "\x00" + strings.Repeat(" ", 70_000) + "\x00" + text,
	} {
		for _, opts := range []DecodeOptions{{}, {MaxTextBytes: -1}, {Reject: NewQuirkSet(QuirkChrNonchar)}} {
			checkReaders(t, body, opts)
		}
	}
}

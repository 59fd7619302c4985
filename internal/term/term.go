// Package term makes what programs of this module print fit for a terminal: texts of servers that may hold anything, columns,
// colours, and the progress of reading.
package term

import (
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"

	"github.com/go-multistatus/multistatus/davprop"
)

// IsTerminal reports whether f is a character device: a terminal, or nothing at all.
func IsTerminal(f *os.File) bool {
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// IsNull reports whether f is the device that has nothing.
func IsNull(f *os.File) bool {
	info, err := f.Stat()
	null, err2 := os.Stat(os.DevNull)
	return err == nil && err2 == nil && os.SameFile(info, null)
}

// WantsColour reports whether f is a terminal whose user did not ask for plain text (no-color.org).
func WantsColour(f *os.File) bool {
	return IsTerminal(f) && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
}

// Colours as terminals number them (ECMA-48, section 8.3.117).
const (
	Bold   = "1"
	Dim    = "2"
	Red    = "31"
	Green  = "32"
	Yellow = "33"
	Blue   = "34"
)

// Paint gives s a colour, if there is any of both.
func Paint(colour, s string) string {
	if s == "" || colour == "" {
		return s
	}
	return "\x1b[" + colour + "m" + s + "\x1b[0m"
}

// Printable makes what a server sent fit for one line of a terminal, which it cannot command then.
// A byte that is no UTF-8 becomes \x and its number, for some terminals take 0x9b for a command.
func Printable(s string) string {
	if strings.IndexFunc(s, notPrintable) < 0 && utf8.ValidString(s) {
		return s
	}
	var b strings.Builder
	for i, r := range s {
		_, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			fmt.Fprintf(&b, `\x%02x`, s[i])
		case notPrintable(r):
			b.WriteString(strings.Trim(strconv.QuoteRune(r), "'"))
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

func notPrintable(r rune) bool { return r != ' ' && !unicode.IsPrint(r) }

// Cells returns how many columns of a terminal s takes.
func Cells(s string) int {
	n := 0
	for _, r := range s {
		switch kind := width.LookupRune(r).Kind(); {
		case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		case kind == width.EastAsianWide, kind == width.EastAsianFullwidth:
			n += 2
		default:
			n++
		}
	}
	return n
}

// Clip shortens s to a number of columns. It looks at no more of s than that.
func Clip(s string, most int) string {
	n, cut := 0, -1
	for i, r := range s {
		n += Cells(string(r))
		if n >= most && cut < 0 {
			cut = i
		}
		if n > most {
			return s[:cut] + "…"
		}
	}
	return s
}

// Watch returns a reader of in that tells out, which is a terminal, how much was read.
func Watch(in io.Reader, out io.Writer) io.Reader {
	return &watcher{in: in, out: out, next: time.Now().Add(time.Second)}
}

// watcher tells how much was read, from the first second on, several times a second.
type watcher struct {
	in   io.Reader
	out  io.Writer
	n    int64
	next time.Time
	told bool
}

func (w *watcher) Read(p []byte) (int, error) {
	n, err := w.in.Read(p)
	w.n += int64(n)
	switch now := time.Now(); {
	case err != nil && w.told:
		fmt.Fprint(w.out, "\r\x1b[K")
		w.told = false
	case err == nil && now.After(w.next):
		fmt.Fprintf(w.out, "\r\x1b[K%s read", davprop.ShowSize(w.n))
		w.next, w.told = now.Add(200*time.Millisecond), true
	}
	return n, err
}

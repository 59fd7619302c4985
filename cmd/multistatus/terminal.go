package main

import (
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/width"
)

// isTerminal reports whether f is a character device: a terminal, or nothing at all.
func isTerminal(f *os.File) bool {
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// isNull reports whether f is the device that has nothing.
func isNull(f *os.File) bool {
	info, err := f.Stat()
	null, err2 := os.Stat(os.DevNull)
	return err == nil && err2 == nil && os.SameFile(info, null)
}

// wantsColour reports whether f is a terminal whose user did not ask for plain text (no-color.org).
func wantsColour(f *os.File) bool {
	return isTerminal(f) && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
}

// Colours as terminals number them (ECMA-48, section 8.3.117).
const (
	bold   = "1"
	dim    = "2"
	red    = "31"
	green  = "32"
	yellow = "33"
	blue   = "34"
)

// paint gives s a colour, if it is to have one.
func (c *command) paint(colour, s string) string {
	if !c.colour || s == "" || colour == "" {
		return s
	}
	return "\x1b[" + colour + "m" + s + "\x1b[0m"
}

// printable makes what a server sent fit for one line of a terminal, which it cannot command then.
func printable(s string) string {
	if strings.IndexFunc(s, notPrintable) < 0 {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		if notPrintable(r) {
			b.WriteString(strings.Trim(strconv.QuoteRune(r), "'"))
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

func notPrintable(r rune) bool { return r != ' ' && !unicode.IsPrint(r) }

// cells returns how many columns of a terminal s takes.
func cells(s string) int {
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

// clip shortens s to a number of columns. It looks at no more of s than that.
func clip(s string, most int) string {
	n, cut := 0, -1
	for i, r := range s {
		n += cells(string(r))
		if n >= most && cut < 0 {
			cut = i
		}
		if n > most {
			return s[:cut] + "…"
		}
	}
	return s
}

// watch makes the progress of reading in visible, if somebody sees it.
func (c *command) watch(in input) input {
	if c.progress {
		in.Reader = &watcher{in: in.Reader, out: c.errs, next: time.Now().Add(time.Second)}
	}
	return in
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
		fmt.Fprintf(w.out, "\r\x1b[K%s read", humanSize(w.n))
		w.next, w.told = now.Add(200*time.Millisecond), true
	}
	return n, err
}

// humanSize writes a number of bytes with two or three digits and a binary unit.
func humanSize(n int64) string {
	const units = "KMGTPE"
	if n < 1024 {
		return strconv.FormatInt(n, 10) + " B"
	}
	f, i := float64(n)/1024, 0
	for ; f >= 1023.5 && i < len(units)-1; i++ {
		f /= 1024
	}
	digits := 0
	if f < 9.95 {
		digits = 1
	}
	return strconv.FormatFloat(f, 'f', digits, 64) + " " + units[i:i+1] + "iB"
}

package term

import (
	"io"
	"strings"
	"testing"
	"time"
)

// Nothing that commands a terminal, and nothing that turns the order of what stands around it, is printed as it is.
func TestPrintable(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"Größe 漢字 🙂", "Größe 漢字 🙂"},
		{"a\x1b[2Jb", `a\x1b[2Jb`},
		{"a\r\nb\tc", `a\r\nb\tc`},
		{"\u009b31m", `\u009b31m`},
		{"gpj\u202etxt", `gpj\u202etxt`},
		{"a\x9b2J", `a\x9b2J`},
		{"\xe4\n\ufffd", `\xe4\n` + "\ufffd"},
	} {
		if got := Printable(c.text); got != c.want {
			t.Errorf("Printable(%q) = %q, want %q", c.text, got, c.want)
		}
	}
}

// A text is clipped where a column more would be too many, and what follows is not looked at.
func TestClip(t *testing.T) {
	for _, c := range []struct {
		text  string
		most  int
		want  string
		cells int
	}{
		{"abc", 3, "abc", 3},
		{"abcd", 3, "ab…", 3},
		{"漢字", 4, "漢字", 4},
		{"漢字漢", 4, "漢…", 3},
		{"e\u0301e\u0301", 2, "e\u0301e\u0301", 2},
		{"", 3, "", 0},
		{"漢字漢", 5, "漢字…", 5},
		{"abe\u0301", 3, "abe\u0301", 3},
		{"abe\u0301f", 3, "ab…", 3},
		{"\xff\xff\xff\xff", 3, "\xff\xff…", 3},
		{"ab", 1, "…", 1},
	} {
		got := Clip(c.text, c.most)
		if got != c.want || Cells(got) != c.cells {
			t.Errorf("Clip(%q, %d) = %q of %d cells, want %q of %d", c.text, c.most, got, Cells(got), c.want, c.cells)
		}
	}
}

// Progress is told when its time has come, and wiped when the reading ends.
func TestWatch(t *testing.T) {
	var out strings.Builder
	w := Watch(strings.NewReader(strings.Repeat("x", 2048)), &out).(*watcher)
	w.next = time.Now().Add(-time.Second)
	if _, err := io.Copy(io.Discard, w); err != nil {
		t.Fatal(err)
	}
	if got, want := out.String(), "\r\x1b[K2.0 KiB read\r\x1b[K"; got != want {
		t.Errorf("told %q, want %q", got, want)
	}
}

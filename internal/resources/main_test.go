package main

import (
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"github.com/go-multistatus/multistatus/internal/page"
)

var figures = regexp.MustCompile(` · [^|]*·[^|]* \|`)

// The page's table has the bodies of this program, and what becomes of them now. Its figures are of the machine that wrote it.
func TestPage(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "..", target))
	if err != nil {
		t.Fatal(err)
	}
	_, got, _, err := page.Cut(strings.ReplaceAll(string(text), "\r\n", "\n"), command)
	if err != nil {
		t.Fatal(err)
	}
	const enough = 512 << 10 // to tell who would read on
	want := table(func(d *decoder, b *body) string {
		g := &gauge{r: b.open(), max: d.patience, next: -1}
		if d != &decoders[0] && b.endless() {
			g.max = enough
		}
		_, err := d.decode(g)
		return d.word(err)
	})
	if diff := cmp.Diff(want, figures.ReplaceAllString(got, " |")); diff != "" {
		t.Errorf("%s is out of date, run go run ./internal/resources -write: %s", target, diff)
	}
}

// A body has what it is made of, however it is read.
func TestBody(t *testing.T) {
	b := body{head: "<a>", piece: numbered("x", ""), times: 3, tail: "</a>"}
	for _, r := range []io.Reader{b.open(), iotest.OneByteReader(b.open()), iotest.HalfReader(b.open())} {
		if got, err := io.ReadAll(r); string(got) != "<a>x0x1x2</a>" || err != nil {
			t.Errorf("it is %q, %v", got, err)
		}
	}
	if got := b.size(); got != 13 {
		t.Errorf("size = %d, want 13", got)
	}
	b.times = 0
	g := &gauge{r: b.open(), max: 1000, next: -1}
	if n, err := io.Copy(io.Discard, g); n != 1000 || err != errStopped || b.size() != -1 {
		t.Errorf("without end it has %d bytes, %v, and a size of %d", n, err, b.size())
	}
}

func TestRounded(t *testing.T) {
	for _, c := range []struct {
		n, least int64
		want     string
	}{
		{0, 1, "1 B"}, {200, 1, "256 B"}, {256, 1, "256 B"}, {1000, 1 << 10, "1 KiB"}, {-5, 1 << 20, "1 MiB"}, {3 << 20, 1, "2 MiB"}, {3<<20 + 1, 1, "4 MiB"},
		{64<<20 + 1, 1 << 20, "64 MiB"},
	} {
		if got := rounded(c.n, c.least); got != c.want {
			t.Errorf("rounded(%d, %d) = %s, want %s", c.n, c.least, got, c.want)
		}
	}
}

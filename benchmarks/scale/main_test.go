package main

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/go-multistatus/multistatus/internal/bodies"
	"github.com/go-multistatus/multistatus/internal/page"
)

// The test binary is what measures, too, as the program is.
func TestMain(m *testing.M) {
	flag.Parse()
	if *one != "" {
		if err := printFigures(*one, *kind, flag.Arg(0)); err != nil {
			os.Stderr.WriteString(err.Error() + "\n")
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// Memory does not grow with the body, of any kind: a Decoder and an Encoder have their buffers and what is learned.
func TestFlat(t *testing.T) {
	const most = 2 << 20
	for i := range bodies.Kinds {
		kind := bodies.Kinds[i].Name
		for _, task := range []string{decode, encode} {
			var f figures
			if err := f.start(task, kind, 20_000); err != nil {
				t.Errorf("%s %s: %v", task, kind, err)
				continue
			}
			if f.Bytes < 20_000*100 || f.PerResponse <= 0 || f.RSS <= f.Heap {
				t.Errorf("%s %s: %+v", task, kind, f)
			}
			if f.Heap > most {
				t.Errorf("%s %s of %d bytes: %d bytes live, want at most %d", task, kind, f.Bytes, f.Heap, most)
			}
		}
	}
}

func TestMeasureFails(t *testing.T) {
	for _, c := range [][2]string{{"read", "apache"}, {decode, "none"}} {
		if _, err := measure(c[0], c[1], piece); err == nil {
			t.Errorf("%v is measured", c)
		}
	}
	run, err := open(decode, "compact")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := run(piece+1, func(int) {}); err == nil {
		t.Error("a response more than there are is read")
	}
}

func known() *result {
	return &result{Date: "2026-01-02", Machine: "a machine", Body: "compact", Lines: []line{
		{10, figures{100.4, 1 << 20, 3 << 19, 1 << 19}, figures{99.6, 2 << 20, 5 << 20, 7}},
	}}
}

func TestTable(t *testing.T) {
	want := `Measured on 2026-01-02, with compact bodies: a machine.

| responses | body | decoding: CPU time for one | memory that lives, at most | of the process, at most | encoding: CPU time for one | memory that lives, at most | of the process, at most |
|--:|--:|--:|--:|--:|--:|--:|--:|
| 10 | 0.5 MiB | 100 ns | 1.0 MiB | 1.5 MiB | 100 ns | 2.0 MiB | 5.0 MiB |
`
	if diff := cmp.Diff(want, known().table()); diff != "" {
		t.Error(diff)
	}
}

func TestSaveLoad(t *testing.T) {
	file := filepath.Join(t.TempDir(), "scale.json")
	if err := known().save(file); err != nil {
		t.Fatal(err)
	}
	got, err := load(file)
	if diff := cmp.Diff(known(), got); err != nil || diff != "" {
		t.Errorf("%v %s", err, diff)
	}
}

// The page has the table of the figures that are kept.
func TestPage(t *testing.T) {
	r, err := load("../" + kept)
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile("../" + performance)
	if err != nil {
		t.Fatal(err)
	}
	_, got, _, err := page.Cut(strings.ReplaceAll(string(text), "\r\n", "\n"), command)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(r.table(), got); diff != "" {
		t.Errorf("%s is out of date, run go -C benchmarks run ./scale -from %s -write: %s", performance, kept, diff)
	}
}

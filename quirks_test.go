package multistatus

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// quirkIDs are the ids of the catalogue in the order of the constants.
var quirkIDs = strings.Fields(`
	ns-absent ns-uri-no-colon ns-undeclared-in-prop ns-undeclared-structural ns-empty-prefix-binding ns-double-prefix
	ns-xml-rebound

	propstat-no-status propstat-no-prop propstat-multi-prop prop-duplicated response-href-only response-both
	response-multi-href-propstat response-no-href propstat-unwrapped sync-response-legacy child-duplicated stray-text

	status-double-space status-bare status-lowercase status-no-code status-code-range

	href-relative href-relative-colon href-double-slash href-unescaped-space href-unescaped-nonascii
	href-unescaped-reserved href-dot-segments

	doc-leading-space doc-xml11 enc-cp1252-mislabelled enc-decl-lies enc-invalid-utf8 chr-control-literal
	chr-control-ref chr-nonchar amp-raw ent-html doctype-plain trailing-space

	sync-token-missing sync-token-multi`)

func TestQuirkIDs(t *testing.T) {
	var got []string
	for q := range AllQuirks().All() {
		got = append(got, q.String())
	}
	if !slices.Equal(got, quirkIDs) {
		t.Errorf("ids of AllQuirks() = %q, want %q", got, quirkIDs)
	}
}

// A quirk's constant is Quirk and its id in camel case.
func TestQuirkConstants(t *testing.T) {
	var want []string
	for _, id := range quirkIDs {
		want = append(want, "Quirk"+camel(id))
	}
	got := constants(t, "quirks.go", "Quirk")
	if !slices.Equal(got, want) {
		t.Errorf("constants = %q, want %q", got, want)
	}
}

func camel(id string) string {
	var b strings.Builder
	for w := range strings.SplitSeq(id, "-") {
		b.WriteString(strings.ToUpper(w[:1]) + w[1:])
	}
	return b.String()
}

// constants returns the names of file's constants that begin with prefix, and fails t for one without a comment.
func constants(t *testing.T, file, prefix string) []string {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	ast.Inspect(f, func(n ast.Node) bool {
		v, ok := n.(*ast.ValueSpec)
		if !ok || !strings.HasPrefix(v.Names[0].Name, prefix) {
			return true
		}
		names = append(names, v.Names[0].Name)
		if v.Comment == nil {
			t.Errorf("%s: %s has no comment", file, v.Names[0].Name)
		}
		return true
	})
	return names
}

var (
	idForm      = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	sectionForm = regexp.MustCompile(`^(RFC [0-9]{4}|(Namespaces in )?XML 1\.0), section [1-9][0-9]?(\.[1-9][0-9]?)*$`)
	docForm     = regexp.MustCompile(`^[A-Z][^;]+; [a-z][^;]+[^.]\.$`)
	errorForm   = regexp.MustCompile(`^[a-z0-9-]+: [^;]+[^.;]$`)
)

func TestQuirkTable(t *testing.T) {
	seen := map[string]Quirk{}
	for q := Quirk(1); q < numQuirks; q++ {
		id := q.String()
		if first, ok := seen[id]; ok {
			t.Errorf("%d and %d have the same id %q", first, q, id)
		}
		seen[id] = q
		for _, c := range []struct {
			method, got string
			want        *regexp.Regexp
		}{
			{"String", id, idForm},
			{"Section", q.Section(), sectionForm},
			{"Doc", q.Doc(), docForm},
			{"Error", q.Error(), errorForm},
		} {
			if !c.want.MatchString(c.got) {
				t.Errorf("Quirk(%s).%s() = %q, want a match of %s", id, c.method, c.got, c.want)
			}
		}
	}
}

func TestQuirkTexts(t *testing.T) {
	for _, c := range []struct {
		q                       Quirk
		str, err, section, docs string
	}{
		{QuirkAmpRaw, "amp-raw", "amp-raw: a & begins no reference", "XML 1.0, section 2.4",
			"A & begins no reference (dufs, xrootd); it was read as itself."},
		{QuirkDocXml11, "doc-xml11", "doc-xml11: the document calls itself XML 1.1", "XML 1.0, section 2.8",
			"The document calls itself XML 1.1; it was read as XML 1.0."},
		{0, "quirk(0)", "quirk(0)", "", ""},
		{numQuirks, fmt.Sprintf("quirk(%d)", numQuirks), fmt.Sprintf("quirk(%d)", numQuirks), "", ""},
		{200, "quirk(200)", "quirk(200)", "", ""},
		{255, "quirk(255)", "quirk(255)", "", ""},
	} {
		for _, m := range []struct{ method, got, want string }{
			{"String", c.q.String(), c.str},
			{"Error", c.q.Error(), c.err},
			{"Section", c.q.Section(), c.section},
			{"Doc", c.q.Doc(), c.docs},
		} {
			if m.got != m.want {
				t.Errorf("Quirk(%d).%s() = %q, want %q", uint8(c.q), m.method, m.got, m.want)
			}
		}
	}
}

func TestQuirkIsError(t *testing.T) {
	err := fmt.Errorf("wrapped: %w", QuirkStrayText)
	if !errors.Is(err, QuirkStrayText) || errors.Is(err, QuirkAmpRaw) {
		t.Errorf("errors.Is(%q) does not tell one quirk from another", err)
	}
	var q Quirk
	if !errors.As(err, &q) || q != QuirkStrayText {
		t.Errorf("errors.As(%q) = %v, want %v", err, q, QuirkStrayText)
	}
}

func TestQuirkSet(t *testing.T) {
	for _, c := range []struct {
		name     string
		in, want []Quirk
	}{
		{"empty", nil, nil},
		{"one", []Quirk{QuirkAmpRaw}, []Quirk{QuirkAmpRaw}},
		{"twice", []Quirk{QuirkAmpRaw, QuirkAmpRaw}, []Quirk{QuirkAmpRaw}},
		{"out of order", []Quirk{QuirkStrayText, QuirkNsAbsent}, []Quirk{QuirkNsAbsent, QuirkStrayText}},
		{"the zero Quirk", []Quirk{0, QuirkNsAbsent, 0}, []Quirk{QuirkNsAbsent}},
		{"the edges of the words", []Quirk{255, 192, 191, 128, 127, 64, 63, 1}, []Quirk{1, 63, 64, 127, 128, 191, 192, 255}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := NewQuirkSet(c.in...)
			if got := slices.Collect(s.All()); !slices.Equal(got, c.want) {
				t.Errorf("NewQuirkSet(%v).All() = %v, want %v", c.in, got, c.want)
			}
			if got := s.Len(); got != len(c.want) {
				t.Errorf("NewQuirkSet(%v).Len() = %d, want %d", c.in, got, len(c.want))
			}
			if again := NewQuirkSet(c.want...); s != again {
				t.Errorf("NewQuirkSet(%v) = %v, want %v", c.in, s, again)
			}
			for q := range 256 {
				if got, want := s.Has(Quirk(q)), slices.Contains(c.want, Quirk(q)); got != want {
					t.Errorf("NewQuirkSet(%v).Has(%d) = %t, want %t", c.in, q, got, want)
				}
			}
		})
	}
}

// With adds to a copy, in any order, and nothing twice.
func TestQuirkSetWith(t *testing.T) {
	a := NewQuirkSet(QuirkNsAbsent)
	b := a.With(QuirkSyncTokenMulti, QuirkAmpRaw)
	if a != NewQuirkSet(QuirkNsAbsent) {
		t.Errorf("With changed its receiver to %v", slices.Collect(a.All()))
	}
	if c := a.With(QuirkAmpRaw).With(QuirkSyncTokenMulti, QuirkNsAbsent); b != c {
		t.Errorf("With in another order = %v, want %v", c, b)
	}
	if got := AllQuirks().With(slices.Collect(b.All())...); got != AllQuirks() {
		t.Errorf("AllQuirks().With(%v) = %v, want AllQuirks()", b, got)
	}
}

func TestAllQuirks(t *testing.T) {
	all := AllQuirks()
	if got, want := all.Len(), int(numQuirks)-1; got != want {
		t.Errorf("AllQuirks().Len() = %d, want %d", got, want)
	}
	for _, q := range []Quirk{0, numQuirks} {
		if all.Has(q) {
			t.Errorf("AllQuirks().Has(%d) = true, want false", q)
		}
	}
}

func TestQuirkSetAllStops(t *testing.T) {
	var got []Quirk
	for q := range AllQuirks().All() {
		if got = append(got, q); len(got) == 3 {
			break
		}
	}
	if want := []Quirk{1, 2, 3}; !slices.Equal(got, want) {
		t.Errorf("AllQuirks().All() broken off = %v, want %v", got, want)
	}
}

func TestQuirkSetAllocs(t *testing.T) {
	n := 0
	if got := testing.AllocsPerRun(100, func() {
		s := NewQuirkSet(QuirkAmpRaw, QuirkNsAbsent)
		for q := range s.All() {
			n += len(q.String())
		}
	}); got != 0 {
		t.Errorf("QuirkSet.All allocates %v times, want 0", got)
	}
}

package xmlscan

import (
	"math/rand/v2"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"weak"
)

// TestScopeLookup compares Lookup with a walk along the chain.
func TestScopeLookup(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	for range 50 {
		var kept []*Scope
		var c *Scope
		for range 300 {
			c = c.bind("p"+strconv.Itoa(rnd.IntN(200)), strconv.Itoa(rnd.IntN(5)))
			kept = append(kept, c)
			if rnd.IntN(10) == 0 {
				c = kept[rnd.IntN(len(kept))]
			}
		}
		for _, c := range kept {
			prefix := "p" + strconv.Itoa(rnd.IntN(200))
			want := c
			for want != nil && want.Prefix != prefix {
				want = want.Parent
			}
			if got := c.Lookup(prefix); got != want {
				t.Fatalf("Lookup(%q) at %d = %v, want %v", prefix, c.Len, got, want)
			}
		}
	}
}

// Scopes that are made anew at each response are let go of, though the last one is kept: so is what is around it, but not
// what was made at about the same time.
func TestScopesLetGo(t *testing.T) {
	for around := range 5 {
		m := scopes{text: new(copies)}
		var root, c *Scope
		for i := range around {
			root = m.bind(root, "r"+strconv.Itoa(i), "u")
		}
		var all []weak.Pointer[Scope]
		for i := range 2 * maxScopes {
			c = m.bind(m.bind(root, "s", strconv.Itoa(i)), "t", strconv.Itoa(i))
			all = append(all, weak.Make(c))
		}
		runtime.GC()
		alive := 0
		for _, w := range all {
			if w.Value() != nil {
				alive++
			}
		}
		if alive > maxScopes {
			t.Errorf("below %d declarations %d scopes of %d are alive", around, alive, len(all))
		}
		runtime.KeepAlive(&m)
		runtime.KeepAlive(c)
	}
}

// BenchmarkDeclareAmongMany declares one prefix in each of many siblings, below few and below many declarations.
func BenchmarkDeclareAmongMany(b *testing.B) {
	for _, around := range []int{7, 100, 1007} {
		b.Run(strconv.Itoa(around), func(b *testing.B) {
			var open strings.Builder
			for i := range around {
				open.WriteString("<r xmlns:p" + strconv.Itoa(i) + "='u'>")
			}
			var in strings.Builder
			for i := range 5000 {
				in.WriteString("<a xmlns:b='" + strconv.Itoa(i) + "'/>")
			}
			doc := open.String() + in.String() + strings.Repeat("</r>", around)
			b.SetBytes(int64(in.Len()))
			b.ReportAllocs()
			for b.Loop() {
				var log []string
				var s Scanner
				cfg := testConfig(&log)
				cfg.MaxDepth = 2000
				s.ResetString(doc, cfg)
				for s.Next() != Finish {
				}
			}
		})
	}
}

package xmlscan

import (
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"
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

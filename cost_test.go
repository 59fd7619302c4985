package multistatus_test

import (
	"runtime"
	"runtime/debug"
	"testing"

	"github.com/go-multistatus/multistatus/internal/hostile"
)

// What hostile input may cost: stack, and bytes allocated, in all and for each byte of input or output.
const (
	mostStack      = 128 << 10
	mostAllocated  = 512 << 10
	mostForOneByte = 300
)

// cost is what a run has taken.
type cost struct{ stack, allocated int64 }

// costOf runs r in a goroutine of its own, whose stack grows as it needs, and shrinks only in a collection.
func costOf(r hostile.Run) (c cost) {
	runtime.GC()
	defer debug.SetGCPercent(debug.SetGCPercent(-1))
	done := make(chan cost)
	go func() {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		r.Work()
		runtime.ReadMemStats(&after)
		done <- cost{int64(after.StackInuse) - int64(before.StackInuse), int64(after.TotalAlloc - before.TotalAlloc)}
	}()
	return <-done
}

// However deep, long or many something is, the stack stays flat, and memory grows with the input and no faster.
// How work grows is measured by internal/cost, in instructions.
func TestHostileCosts(t *testing.T) {
	for _, s := range hostile.Shapes() {
		t.Run(s.Name, func(t *testing.T) {
			small, large := s.Make(s.N/8), s.Make(s.N)
			a, b := costOf(small), costOf(large)
			if b.stack > mostStack {
				t.Errorf("the stack grows by %d bytes, want at most %d", b.stack, mostStack)
			}
			if most := mostAllocated + int64(large.Size)*mostForOneByte; b.allocated > most {
				t.Errorf("%d bytes cost %d bytes of memory, want at most %d", large.Size, b.allocated, most)
			}
			growth := float64(large.Size) / float64(small.Size)
			if most := float64(mostAllocated+a.allocated) * growth * 1.5; float64(b.allocated) > most {
				t.Errorf("%.1f times the size costs %d bytes of memory, for %d, want at most %.0f", growth, b.allocated, a.allocated, most)
			}
		})
	}
}

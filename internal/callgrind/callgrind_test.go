package callgrind

import (
	"slices"
	"strings"
	"testing"
)

// What is counted is what comes before each stop.
func TestReadCounts(t *testing.T) {
	const dumps = `part: 1
desc: Trigger: --dump-before=github.com/go-multistatus/multistatus/internal/callgrind.Start
totals: 5
part: 2
desc: Trigger: --dump-before=github.com/go-multistatus/multistatus/internal/callgrind.Stop
totals: 70
part: 3
desc: Trigger: --dump-before=github.com/go-multistatus/multistatus/internal/callgrind.Start
totals: 5
part: 4
desc: Trigger: --dump-before=github.com/go-multistatus/multistatus/internal/callgrind.Stop
totals: 90
desc: Trigger: Program termination
totals: 5
`
	got, err := readCounts(strings.NewReader(dumps))
	if want := []float64{70, 90}; err != nil || !slices.Equal(got, want) {
		t.Errorf("readCounts = %v, %v, want %v", got, err, want)
	}
}

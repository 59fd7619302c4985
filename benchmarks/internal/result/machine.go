package result

import (
	"bufio"
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"time"
)

// Here begins a run on this machine: with the date, the processor, and the versions of Go and of those modules.
func Here(modules ...string) *Run {
	r := &Run{
		Date:     time.Now().UTC().Format(time.DateOnly),
		Machine:  fmt.Sprintf("%s, %d CPUs, %s/%s", processor(), runtime.NumCPU(), runtime.GOOS, runtime.GOARCH),
		Versions: []string{"Go " + strings.TrimPrefix(runtime.Version(), "go")},
	}
	info, _ := debug.ReadBuildInfo()
	for i := 0; info != nil && i < len(info.Deps); i++ {
		if m := info.Deps[i]; slices.Contains(modules, m.Path) {
			r.Versions = append(r.Versions, strings.TrimPrefix(m.Path, "github.com/")+" "+strings.TrimPrefix(m.Version, "v"))
		}
	}
	return r
}

// processor returns the name of the processor, where the system tells it.
func processor() string {
	f, err := os.Open("/proc/cpuinfo")
	if err != nil {
		return "unknown processor"
	}
	defer f.Close()
	for s := bufio.NewScanner(f); s.Scan(); {
		if key, value, ok := strings.Cut(s.Text(), ":"); ok && strings.TrimSpace(key) == "model name" {
			return strings.TrimSpace(value)
		}
	}
	return "unknown processor"
}

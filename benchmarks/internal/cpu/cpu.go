// Package cpu tells what a process has used.
package cpu

import (
	"runtime"
	"time"

	"golang.org/x/sys/unix"
)

// Time is the time that all threads of this process have had.
func Time() (time.Duration, error) {
	var t unix.Timespec
	if err := unix.ClockGettime(unix.CLOCK_PROCESS_CPUTIME_ID, &t); err != nil {
		return 0, err
	}
	return time.Duration(t.Nano()), nil
}

// MaxRSS is the most memory that this process has had of the machine's, in bytes.
func MaxRSS() (int64, error) {
	var u unix.Rusage
	if err := unix.Getrusage(unix.RUSAGE_SELF, &u); err != nil {
		return 0, err
	}
	if runtime.GOOS == "darwin" {
		return int64(u.Maxrss), nil
	}
	return int64(u.Maxrss) << 10, nil
}

// Living is the bytes in use on the heap and the stacks, without garbage.
func Living() int64 {
	for range 2 { // what was in a sync.Pool goes with the second
		runtime.GC()
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc + m.StackInuse)
}

package main

import (
	"runtime"
	"slices"
	"syscall"
	"time"
)

// A sample is what one pass costs. The time is that of the processors, of all threads: a garbage collector works in others.
type sample struct{ ns, allocs, bytes float64 }

// enough is how much time a sample takes at least.
const enough = 40 * time.Millisecond

// take runs pass for a while.
func take(pass func() error) (s sample, err error) {
	if err := pass(); err != nil {
		return s, err
	}
	runtime.GC()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	passes, start, took := 0, cpu(), time.Duration(0)
	for took < enough {
		if err := pass(); err != nil {
			return s, err
		}
		passes++
		took = cpu() - start
	}
	runtime.ReadMemStats(&after)
	n := float64(passes)
	return sample{float64(took.Nanoseconds()) / n, float64(after.Mallocs-before.Mallocs) / n, float64(after.TotalAlloc-before.TotalAlloc) / n}, nil
}

// cpu is the time that this process has had of the processors.
func cpu() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		panic(err) // it knows no other errors than those of its arguments
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// compare samples the sides in rounds, each of which begins with another. It returns the median of each side, and of its speed as
// a multiple of that of the first in the same round, with the least and the most.
func compare(rounds int, sides []func() error) (medians []sample, times [][3]float64, err error) {
	all := make([][]sample, len(sides))
	for r := range rounds {
		for i := range sides {
			i = (i + r) % len(sides)
			s, err := take(sides[i])
			if err != nil {
				return nil, nil, err
			}
			all[i] = append(all[i], s)
		}
	}
	for _, samples := range all {
		ratios := make([]float64, rounds)
		for r, s := range samples {
			ratios[r] = all[0][r].ns / s.ns
		}
		slices.Sort(ratios)
		times = append(times, [3]float64{ratios[rounds/2], ratios[0], ratios[rounds-1]})
		medians = append(medians, sample{
			median(samples, func(s sample) float64 { return s.ns }),
			median(samples, func(s sample) float64 { return s.allocs }),
			median(samples, func(s sample) float64 { return s.bytes }),
		})
	}
	return medians, times, nil
}

func median(samples []sample, of func(sample) float64) float64 {
	list := make([]float64, len(samples))
	for i, s := range samples {
		list[i] = of(s)
	}
	slices.Sort(list)
	return list[len(list)/2]
}

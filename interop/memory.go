package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// What the project's own programs may take for a collection that is large.
const (
	largeEntries = 100_000
	largeMemory  = 32 << 10 // in KiB
)

var largeCheck = fmt.Sprintf("%d entries in at most %d MiB", largeEntries, largeMemory>>10)

func memoryMatrix() *matrix {
	m := &matrix{corner: "memory", checks: []string{largeCheck}}
	for _, program := range []string{"davserve", "davls"} {
		m.rows = append(m.rows, row{program, m.checks})
	}
	return m
}

// memory has davls list a large collection of davserve, and tells how much memory each has had at most, in KiB.
func (s *suite) memory(ctx context.Context) {
	rows := memoryMatrix().rows
	tell := []func(string, error){s.teller(rows[0]), s.teller(rows[1])}
	peaks, err := listLarge(ctx, s.bin, s.place("memory"))
	for i, r := range rows {
		switch {
		case err != nil:
			tell[i](largeCheck, err)
		case peaks[i] > largeMemory:
			tell[i](largeCheck, fmt.Errorf("%d KiB", peaks[i]))
		default:
			s.peaks[r.name] = peaks[i]
			tell[i](largeCheck, nil)
		}
	}
}

// listLarge returns the peaks of davserve and of davls.
func listLarge(ctx context.Context, bin, tmp string) (peaks [2]int, err error) {
	p, server, err := newPlace(ctx, filepath.Join(bin, "davserve"), tmp)
	if err != nil {
		return peaks, err
	}
	defer server.stop()
	for i := range largeEntries {
		if err := os.WriteFile(filepath.Join(p.dir, "entry "+strconv.Itoa(i)), nil, 0o644); err != nil {
			return peaks, err
		}
	}
	lines := 0
	lines, peaks[1], err = watch(ctx, filepath.Join(bin, "davls"), "-json", p.url+"/")
	if err == nil && lines != largeEntries {
		err = fmt.Errorf("%d entries, want %d", lines, largeEntries)
	}
	if err == nil {
		peaks[0], err = peak(server.cmd.Process.Pid)
	}
	return peaks, err
}

// watch runs a program, counts its lines, and returns the peak that it had when it wrote one of the last.
func watch(ctx context.Context, name string, args ...string) (lines, most int, err error) {
	cmd := command(ctx, name, args...)
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		return 0, 0, err
	}
	for in := bufio.NewScanner(out); in.Scan(); lines++ {
		if lines%100 == 0 {
			if p, err := peak(cmd.Process.Pid); err == nil {
				most = p
			}
		}
	}
	err = cmd.Wait()
	if most == 0 {
		err = errors.Join(err, errors.New("its memory was never seen"))
	}
	return lines, most, err
}

// peak returns the most memory that a process has had so far, in KiB.
func peak(pid int) (int, error) {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0, err
	}
	_, rest, ok := strings.Cut(string(status), "\nVmHWM:")
	number, _, _ := strings.Cut(strings.TrimSpace(rest), " ")
	kib, err := strconv.Atoi(number)
	if !ok || err != nil {
		return 0, fmt.Errorf("process %d has no VmHWM", pid)
	}
	return kib, nil
}

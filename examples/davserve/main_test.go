package main

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

func TestUsage(t *testing.T) {
	for _, c := range []struct {
		args string
		code int
		want string
	}{
		{"", exitUsage, "name one directory"},
		{"a b", exitUsage, "name one directory"},
		{"-temp a", exitUsage, "takes no directory"},
		{"-x a", exitUsage, "-x"},
		{"-h", exitFine, "-read-only"},
		{"/nowhere/at/all", exitError, "/nowhere/at/all"},
		{"-addr x -temp", exitError, "address x"},
	} {
		var errs bytes.Buffer
		if code := run(t.Context(), strings.Fields(c.args), &errs); code != c.code || !strings.Contains(errs.String(), c.want) {
			t.Errorf("%q: %d %s, want %d and %s", c.args, code, &errs, c.code, c.want)
		}
	}
}

// logs is a writer that can be read meanwhile.
type logs struct {
	mu sync.Mutex
	b  strings.Builder
}

func (l *logs) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *logs) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// started runs the command until the test ends, and returns the URL that it logs.
func started(t *testing.T, errs *logs, args ...string) (url string, stop func() int) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	code := make(chan int, 1)
	go func() { code <- run(ctx, args, errs) }()
	for !strings.Contains(errs.String(), "http://") {
		select {
		case c := <-code:
			t.Fatalf("it ended with %d: %s", c, errs)
		case <-time.After(5 * time.Millisecond):
		}
	}
	_, url, _ = strings.Cut(errs.String(), "http://")
	url, _, _ = strings.Cut(url, "\n")
	return "http://" + url, sync.OnceValue(func() int { cancel(); return <-code })
}

// A request that is under way when the server is told to stop gets its answer.
func TestShutdown(t *testing.T) {
	var errs logs
	url, stop := started(t, &errs, "-temp", "-addr", "127.0.0.1:0")
	body, in := io.Pipe()
	answer := make(chan int, 1)
	go func() {
		r, _ := http.NewRequest("PUT", url+"a", body)
		resp, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Error(err)
			answer <- 0
			return
		}
		resp.Body.Close()
		answer <- resp.StatusCode
	}()
	io.WriteString(in, "begun")
	_, dir, _ := strings.Cut(errs.String(), "serving ")
	dir, _, _ = strings.Cut(dir, " on ")
	for part := []string(nil); len(part) == 0; time.Sleep(time.Millisecond) {
		part, _ = filepath.Glob(filepath.Join(dir, partPrefix+"*"))
	}
	code := make(chan int)
	go func() { code <- stop() }()
	for !strings.Contains(errs.String(), "stopping") {
		time.Sleep(time.Millisecond)
	}
	io.WriteString(in, "ended")
	in.Close()
	if got := <-answer; got != 201 {
		t.Errorf("status %d, want 201", got)
	}
	if got := <-code; got != exitFine {
		t.Errorf("exit code %d: %s", got, &errs)
	}
	if got := errs.String(); !strings.Contains(got, "PUT /a 201, 0 B in ") {
		t.Errorf("no line about the request in %s", got)
	}
}

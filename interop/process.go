package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"time"
)

// Bounds of one program, of a server's start, and of how long a process may take to end once it has been asked to.
const (
	programTime = 60 * time.Second
	startTime   = 40 * time.Second
	stopTime    = 5 * time.Second
)

// command prepares a program in a process group of its own: when ctx is done it is asked to end, and the group is killed if it
// does not.
func command(ctx context.Context, name string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return cmd.Process.Signal(syscall.SIGTERM) }
	cmd.WaitDelay = stopTime
	cmd.Env = append(os.Environ(), "LC_ALL=C.UTF-8", "http_proxy=", "HTTP_PROXY=", "no_proxy=*")
	return cmd
}

// program runs a program to its end and returns what it printed. The error has both outputs.
func program(ctx context.Context, input, name string, args ...string) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, programTime)
	defer cancel()
	cmd := command(ctx, name, args...)
	return output(cmd, input)
}

func output(cmd *exec.Cmd, input string) (string, error) {
	var out, errs bytes.Buffer
	cmd.Stdin, cmd.Stdout, cmd.Stderr = strings.NewReader(input), &out, &errs
	if err := cmd.Run(); err != nil {
		return out.String(), fmt.Errorf("%s: %w: %s", cmd.Args[0], err, clip(out.String()+errs.String()))
	}
	return out.String(), nil
}

// process is a program that runs until it is stopped.
type process struct {
	cmd  *exec.Cmd
	log  *os.File
	done chan struct{} // closed when it has ended, err is set then
	err  error
}

// start starts cmd with its output in a file.
func start(cmd *exec.Cmd, logFile string) (*process, error) {
	log, err := os.Create(logFile)
	if err != nil {
		return nil, err
	}
	cmd.Stdout, cmd.Stderr = log, log
	if err := cmd.Start(); err != nil {
		log.Close()
		return nil, err
	}
	p := &process{cmd: cmd, log: log, done: make(chan struct{})}
	go func() {
		p.err = cmd.Wait()
		close(p.done)
	}()
	return p, nil
}

// stop asks the process to end, and kills its group once it has, or when it does not.
func (p *process) stop() {
	p.cmd.Process.Signal(syscall.SIGTERM)
	select {
	case <-p.done:
	case <-time.After(stopTime):
	}
	syscall.Kill(-p.cmd.Process.Pid, syscall.SIGKILL) // what it started itself, too
	<-p.done
	p.log.Close()
}

// logged returns the last of what the process printed.
func (p *process) logged() string {
	text, _ := os.ReadFile(p.log.Name())
	if len(text) > 2000 {
		text = text[len(text)-2000:]
	}
	return string(text)
}

// until calls ready until it reports true, the process has ended, or startTime is over.
func (p *process) until(ctx context.Context, ready func() bool) error {
	ctx, cancel := context.WithTimeout(ctx, startTime)
	defer cancel()
	for !ready() {
		select {
		case <-p.done:
			return fmt.Errorf("it ended: %v: %s", p.err, p.logged())
		case <-ctx.Done():
			return fmt.Errorf("it did not start in time: %s", p.logged())
		case <-time.After(20 * time.Millisecond):
		}
	}
	return nil
}

// freePort returns a port of the loopback interface that nobody listens at. Another process may take it before its user does:
// whoever starts a server asks it for something that only that server answers, or fails.
func freePort() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer l.Close()
	_, port, err := net.SplitHostPort(l.Addr().String())
	return port, err
}

// installed reports whether there is such a program.
func installed(name string) error {
	if _, err := exec.LookPath(name); errors.Is(err, exec.ErrNotFound) {
		return fmt.Errorf("%s is not installed", name)
	} else if err != nil {
		return err
	}
	return nil
}

// clip returns a line or some of a text, for messages.
func clip(s string) string {
	const most = 600
	s = strings.TrimSpace(s)
	if len(s) > most {
		s = s[:most/2] + " … " + s[len(s)-most/2:]
	}
	return s
}

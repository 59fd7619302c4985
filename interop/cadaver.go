package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/go-multistatus/multistatus"
)

// cadaver is a session of cadaver, which reads commands as a person types them.
type cadaver struct {
	cmd *exec.Cmd
	in  io.WriteCloser
	out *bufio.Reader
}

func openCadaver(ctx context.Context, p place) (*client, error) {
	c := &cadaver{cmd: command(ctx, "cadaver", p.url+"/")}
	c.cmd.Env = append(c.cmd.Env, "HOME="+p.tmp, "PAGER=cat", "TERM=dumb")
	var err error
	if c.in, err = c.cmd.StdinPipe(); err != nil {
		return nil, err
	}
	out, err := c.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	c.out, c.cmd.Stderr = bufio.NewReader(out), c.cmd.Stdout
	if err := c.cmd.Start(); err != nil {
		return nil, err
	}
	do := func(words ...string) error {
		_, err := c.succeed(words...)
		return err
	}
	return &client{
		list: func(_ context.Context, dir string) (listing, error) {
			out, err := c.run("ls", dir+"/")
			if err == nil && !strings.Contains(out, "succeeded.") && !strings.Contains(out, "collection is empty") {
				err = errors.New(clip(out))
			}
			return cadaverListing(out), err
		},
		upload:   func(_ context.Context, local, path string) error { return do("put", local, path) },
		download: func(_ context.Context, path, local string) error { return do("get", path, local) },
		mkdir:    func(_ context.Context, path string) error { return do("mkcol", path) },
		copy:     func(_ context.Context, from, to string) error { return do("copy", from, to) },
		move:     func(_ context.Context, from, to string) error { return do("move", from, to) },
		remove:   func(_ context.Context, path string) error { return do("delete", path) },
		// What propset is given is markup.
		setText: func(_ context.Context, path, text string) error {
			return do("propset", path, "note", string(multistatus.Text(text).AppendXML(nil)))
		},
		getText: func(_ context.Context, path string) (string, error) {
			out, err := c.run("propget", path, "note")
			_, value, ok := strings.Cut(out, "Value of note is: ")
			if err == nil && !ok {
				err = errors.New(clip(out))
			}
			return strings.TrimSpace(value), err
		},
		lock: func(_ context.Context, path string) (func() error, error) {
			return func() error { return do("unlock", path) }, do("lock", path)
		},
		close: c.close,
		leaves: []string{
			"trailing ",                                     // ls pads names with spaces
			"tab\there", "new\nline", "esc\x1b[31m", "\x01", // its line editor takes them as commands
			"a?b",        // move and delete take it as a pattern, which a:b fits
			"latin1\xe4", // and waits for the rest of a character
		},
	}, nil
}

// cadaverMark is an unknown command, whose complaint tells that the commands before have been done.
const cadaverMark = "end-of-answer"

// run gives one command, and returns what cadaver says to it.
func (c *cadaver) run(words ...string) (string, error) {
	for i, w := range words[1:] {
		words[i+1] = `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(w) + `"`
	}
	if _, err := fmt.Fprintf(c.in, "%s\n%s\n", strings.Join(words, " "), cadaverMark); err != nil {
		return "", err
	}
	silent := time.AfterFunc(programTime, func() { c.cmd.Cancel() })
	defer silent.Stop()
	var all strings.Builder
	for {
		line, err := c.out.ReadString('\n')
		if err != nil {
			return all.String(), fmt.Errorf("%w after %s", err, clip(all.String()))
		}
		if strings.Contains(line, "Unrecognised command") {
			return all.String(), nil
		}
		if !strings.HasPrefix(line, "dav:") { // the prompt, and the command again
			all.WriteString(line)
		}
	}
}

// succeed gives a command that says when it has succeeded.
func (c *cadaver) succeed(words ...string) (string, error) {
	out, err := c.run(words...)
	if err == nil && !strings.Contains(out, "succeeded.") {
		err = errors.New(clip(out))
	}
	return out, err
}

func (c *cadaver) close() {
	c.in.Close()
	late := time.AfterFunc(stopTime, func() { c.cmd.Cancel() })
	c.cmd.Wait()
	late.Stop()
}

// cadaverLine is a member in what ls prints: kind, name, padding, size and date.
var cadaverLine = regexp.MustCompile(`(?m)^(Coll:|     )   (\S.*?|\s.*?\S) +(\d+)  \w\w\w [ \d]\d [ \d:]{5}$`)

func cadaverListing(out string) listing {
	all := listing{}
	for _, m := range cadaverLine.FindAllStringSubmatch(out, -1) {
		size, _ := strconv.ParseInt(m[3], 10, 64)
		all.add(m[2], m[1] == "Coll:", size)
	}
	return all
}

// Command davls lists what is in a collection of a WebDAV server (RFC 4918).
//
//	davls [flags] URL
//
// It prints one path a line, those of collections with a slash at the end; -l adds sizes and dates, -json prints one object a
// line, -tree draws a tree. With -r it lists the whole tree, by one request where the server answers that, else collection by
// collection. The collection itself is left out.
//
// It is an example of package multistatus at work in a client that trusts no server: entries are printed while the answer
// arrives, in its order and in the same memory however long it is, but for -tree. Hrefs that lead out of the collection, or
// to another host, are told and not followed. Texts that could command a terminal are escaped.
//
// DAVLS_USER and DAVLS_PASSWORD in the environment, or a user in the URL, are sent by Basic authentication: to the server that
// was named, and never to another that it redirects to.
//
// It exits with 0 if the listing is complete; 1 if it is, but for members that the server itself could not tell of and hrefs
// that were not followed; 2 if it is not complete, or there is none. What was complete has been printed then.
package main

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/go-multistatus/multistatus/internal/term"
)

// Exit codes.
const (
	exitFine       = 0
	exitProblems   = 1
	exitIncomplete = 2
)

const usage = `usage: davls [flags] URL

Lists a collection of a WebDAV server. DAVLS_USER and DAVLS_PASSWORD in the environment are sent to it, and to no other.

`

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	out := bufio.NewWriterSize(os.Stdout, 32<<10)
	c := command{
		out: out, errs: os.Stderr, toTerminal: term.IsTerminal(os.Stdout), progress: term.IsTerminal(os.Stderr),
		user: os.Getenv("DAVLS_USER"), password: os.Getenv("DAVLS_PASSWORD"),
	}
	code := c.run(ctx, os.Args[1:])
	if err := out.Flush(); err != nil {
		fmt.Fprintln(os.Stderr, "davls:", err)
		code = exitIncomplete
	}
	stop()
	os.Exit(code)
}

// command is one run, with what it has of the world.
type command struct {
	out            *bufio.Writer
	errs           io.Writer
	toTerminal     bool // out is a terminal
	progress       bool // errs is a terminal
	user, password string

	long, json, tree, recursive bool
	wait                        time.Duration
	limits                      limits
	url                         *url.URL
}

// limits are what an answer may not pass, for a server may never end.
type limits struct {
	entries int   // of the listing
	depth   int   // of collections in each other
	bytes   int64 // of one answer
}

// run lists what the arguments say and returns the exit code.
func (c *command) run(ctx context.Context, args []string) int {
	switch err := c.parse(args); {
	case errors.Is(err, flag.ErrHelp):
		return exitFine
	case err != nil:
		return c.fail(fmt.Errorf("%w; -h tells what there is", err))
	}
	l := newLister(newClient(c.url, c.user, c.password, c.wait), c.printer(), c.limits)
	if c.progress && (!c.toTerminal || c.tree) {
		l.progress = &progress{out: c.errs, next: time.Now().Add(time.Second)}
	}
	err := l.list(ctx, c.url, c.recursive)
	l.progress.wipe()
	l.out.end()
	c.out.Flush()
	l.problems.print(c.errs)
	switch {
	case err != nil:
		return c.fail(fmt.Errorf("%w\ndavls: the listing is not complete", err))
	case l.problems.incomplete:
		fmt.Fprintln(c.errs, "davls: the listing is not complete")
		return exitIncomplete
	case l.problems.n > 0:
		return exitProblems
	}
	return exitFine
}

// fail tells why it ends.
func (c *command) fail(err error) int {
	fmt.Fprintf(c.errs, "davls: %s\n", lines(err.Error()))
	return exitIncomplete
}

func (c *command) parse(args []string) error {
	f := flag.NewFlagSet("davls", flag.ContinueOnError)
	f.SetOutput(io.Discard)
	f.BoolVar(&c.long, "l", false, "print sizes and dates")
	f.BoolVar(&c.json, "json", false, "print one JSON object a line: path, href, collection, and size, modified, etag, type where they are known")
	f.BoolVar(&c.tree, "tree", false, "draw the whole tree, sorted; it is kept in memory")
	f.BoolVar(&c.recursive, "r", false, "list the whole tree")
	f.DurationVar(&c.wait, "wait", time.Minute, "how long the server may be silent")
	f.IntVar(&c.limits.entries, "max-entries", 10_000_000, "limit of entries")
	f.IntVar(&c.limits.depth, "max-depth", 100, "limit of collections in each other")
	f.Int64Var(&c.limits.bytes, "max-bytes", 4<<30, "limit of one answer")
	err := f.Parse(args)
	if errors.Is(err, flag.ErrHelp) {
		f.SetOutput(c.errs)
		fmt.Fprint(c.errs, usage)
		f.PrintDefaults()
	}
	switch {
	case err != nil:
		return err
	case f.NArg() != 1:
		return errors.New("name one URL")
	case c.json && (c.tree || c.long):
		return errors.New("-json is a form of its own, beside -l and -tree")
	}
	c.recursive = c.recursive || c.tree
	return c.parseURL(f.Arg(0))
}

// parseURL takes the URL, and a user out of it.
func (c *command) parseURL(text string) error {
	u, err := url.Parse(text)
	switch {
	case err != nil:
		return errors.New("that is no URL") // err would tell the password in it
	case u.Scheme != "http" && u.Scheme != "https" || u.Host == "":
		return errors.New("a URL begins with http:// or https:// and a host")
	}
	if u.User != nil {
		c.user = u.User.Username()
		c.password, _ = u.User.Password()
		u.User = nil
	}
	if u.Path == "" {
		u.Path = "/"
	}
	u.Fragment = ""
	c.url = u
	return nil
}

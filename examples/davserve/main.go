// Command davserve serves a directory by WebDAV (RFC 4918): to curl and rclone, to the file managers of desktops, and to what
// mounts such servers.
//
//	davserve [flags] DIR
//	davserve [flags] -temp
//
// It is an example of package multistatus at work in a server, and small enough to be read: propfind.go streams 207 bodies,
// proppatch.go answers about single properties, failures.go about the resources that a request could not do. A listing takes
// the same memory however long it is.
//
// Nothing outside of DIR is reached. Symbolic links and special files are not served, for links may lead in circles.
// Dead properties and locks are kept in memory only, and end with the process; they go by names as they are written, so a file
// system to which case does not matter is not the best to serve.
//
// It listens on the loopback interface, and then answers only to names of that, so that no web page can use it under another.
// With -addr it listens elsewhere; whoever reaches it can read and write DIR then, unless DAVSERVE_USER and DAVSERVE_PASSWORD
// are in the environment: it asks for these by Basic authentication, which only TLS in front of it keeps secret.
//
// Windows shows no folder whose PROPFIND answer is longer than a million bytes, some thousand entries, unless
// FileAttributesLimitInBytes of its WebClient service is raised.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"
)

const usage = `usage: davserve [flags] DIR
       davserve [flags] -temp

Serves DIR by WebDAV. DAVSERVE_USER and DAVSERVE_PASSWORD in the environment make it ask for them.

`

// Exit codes.
const (
	exitFine  = 0
	exitError = 1
	exitUsage = 2
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], os.Stderr)
	stop()
	os.Exit(code)
}

// config is what the command line says.
type config struct {
	addr     string
	temp     bool
	readOnly bool
	infinite bool
	maxPut   int64
	dir      string
}

// run serves until ctx is done, and returns the exit code.
func run(ctx context.Context, args []string, errs io.Writer) int {
	c, err := parse(args, errs)
	switch {
	case errors.Is(err, flag.ErrHelp):
		return exitFine
	case err != nil:
		fmt.Fprintf(errs, "davserve: %v; -h tells what there is\n", err)
		return exitUsage
	}
	if err := c.serve(ctx, log.New(errs, "", log.LstdFlags)); err != nil {
		fmt.Fprintf(errs, "davserve: %v\n", err)
		return exitError
	}
	return exitFine
}

func parse(args []string, errs io.Writer) (c config, err error) {
	f := flag.NewFlagSet("davserve", flag.ContinueOnError)
	f.SetOutput(io.Discard)
	f.StringVar(&c.addr, "addr", "127.0.0.1:8080", "where to listen; port 0 is any that is free")
	f.BoolVar(&c.temp, "temp", false, "serve an empty temporary directory, which is removed at the end")
	f.BoolVar(&c.readOnly, "read-only", false, "refuse whatever changes something")
	f.BoolVar(&c.infinite, "infinite", false, "allow PROPFIND with Depth: infinity, which lists the whole tree")
	f.Int64Var(&c.maxPut, "max-put", 0, "limit of one file in bytes; 0 is none")
	if err = f.Parse(args); errors.Is(err, flag.ErrHelp) {
		f.SetOutput(errs)
		fmt.Fprint(errs, usage)
		f.PrintDefaults()
	}
	switch {
	case err != nil:
	case c.temp && f.NArg() != 0:
		err = errors.New("-temp takes no directory")
	case !c.temp && f.NArg() != 1:
		err = errors.New("name one directory")
	}
	c.dir = f.Arg(0)
	return c, err
}

// serve opens the directory and listens until ctx is done.
func (c config) serve(ctx context.Context, log *log.Logger) error {
	if c.temp {
		dir, err := os.MkdirTemp("", "davserve-")
		if err != nil {
			return err
		}
		defer os.RemoveAll(dir)
		c.dir = dir
	}
	root, err := os.OpenRoot(c.dir)
	if err != nil {
		return err
	}
	defer root.Close()
	l, err := net.Listen("tcp", c.addr)
	if err != nil {
		return err
	}
	s := newServer(root, log)
	s.readOnly, s.infinite, s.maxPut = c.readOnly, c.infinite, c.maxPut
	s.user, s.password = os.Getenv("DAVSERVE_USER"), os.Getenv("DAVSERVE_PASSWORD")
	s.loopback = isLoopback(l.Addr().String())
	log.Printf("serving %s on http://%s/", c.dir, l.Addr())
	if !s.loopback && s.password == "" {
		log.Printf("whoever can reach %s can use it: there is no password", l.Addr())
	}
	return listen(ctx, l, s, log)
}

// listen serves connections of l until ctx is done, and lets what is under way end within some seconds.
// What takes long sets deadlines of its own: see exchange.
func listen(ctx context.Context, l net.Listener, h http.Handler, log *log.Logger) error {
	srv := http.Server{
		Handler: h, ErrorLog: log, MaxHeaderBytes: 64 << 10,
		ReadHeaderTimeout: 10 * time.Second, WriteTimeout: stall, IdleTimeout: 2 * time.Minute,
	}
	done := make(chan error, 1)
	go func() {
		<-ctx.Done()
		grace, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		err := srv.Shutdown(grace)
		if err != nil {
			err = errors.Join(err, srv.Close())
		}
		done <- err
	}()
	if err := srv.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	log.Print("stopping")
	return <-done
}

// isLoopback reports whether a host, with or without a port, is this machine under a name that nobody else can give it.
func isLoopback(host string) bool {
	if h, _, err := net.SplitHostPort(host); err == nil {
		host = h
	}
	if n := len(host); n > 2 && host[0] == '[' && host[n-1] == ']' {
		host = host[1 : n-1]
	}
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

package main

import (
	"crypto/subtle"
	"errors"
	"log"
	"net/http"
	"os"
	"sync"
	"time"

	"github.com/go-multistatus/multistatus"
	"github.com/go-multistatus/multistatus/davprop"
	"github.com/go-multistatus/multistatus/internal/term"
)

// server answers requests about the files below a directory.
type server struct {
	root           *os.Root
	log            *log.Logger
	readOnly       bool
	infinite       bool  // PROPFIND with Depth: infinity is allowed
	maxPut         int64 // limit of a file; 0 is none
	loopback       bool  // only names of the loopback interface are ours
	user, password string

	changing sync.Mutex // held by whoever changes files, locks or dead properties, so that what was checked still holds
	locks    lockTable
	dead     deadStore

	supportedLock multistatus.Value
}

func newServer(root *os.Root, log *log.Logger) *server {
	return &server{root: root, log: log, supportedLock: supportedLock()}
}

// method is what a request may ask for.
type method struct {
	serve  func(*server, *exchange) error
	writes bool
}

func methodOf(name string) (m method, ok bool) {
	m, ok = map[string]method{
		"OPTIONS":   {(*server).options, false},
		"GET":       {(*server).get, false},
		"HEAD":      {(*server).get, false},
		"PROPFIND":  {(*server).propfind, false},
		"PUT":       {(*server).put, true},
		"MKCOL":     {(*server).mkcol, true},
		"DELETE":    {(*server).delete, true},
		"COPY":      {(*server).copy, true},
		"MOVE":      {(*server).move, true},
		"PROPPATCH": {(*server).proppatch, true},
		"LOCK":      {(*server).lock, true},
		"UNLOCK":    {(*server).unlock, true},
	}[name]
	return m, ok
}

// Methods that make sense for a file, for a collection, and where nothing is (RFC 9110, section 10.2.1).
const (
	allowFile       = "OPTIONS, GET, HEAD, PUT, DELETE, COPY, MOVE, PROPFIND, PROPPATCH, LOCK, UNLOCK"
	allowCollection = "OPTIONS, GET, HEAD, DELETE, COPY, MOVE, PROPFIND, PROPPATCH, LOCK, UNLOCK"
	allowNothing    = "OPTIONS, PUT, MKCOL, LOCK"
	allowReading    = "OPTIONS, GET, HEAD, PROPFIND" // of a server that is read-only
)

// ServeHTTP answers one request, and logs it. What fails after an answer has begun cuts the connection, so that nobody takes
// what came for the whole.
func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	x := newExchange(w, r)
	begin := time.Now()
	err := s.serve(x)
	if err != nil && x.status == 0 {
		x.fail(err)
		err = answered(err)
	}
	s.record(x, time.Since(begin), err)
	if err != nil && x.broken {
		panic(http.ErrAbortHandler)
	}
}

// answered returns err if it is more than the client was told.
func answered(err error) error {
	var f *failure
	if errors.As(err, &f) && f.err == nil {
		return nil
	}
	return err
}

func (s *server) record(x *exchange, took time.Duration, err error) {
	why := ""
	if err != nil {
		why = ": " + term.Printable(err.Error())
	}
	s.log.Printf("%s %s %s %d, %s in %v%s", x.r.RemoteAddr, x.r.Method, x.r.URL.EscapedPath(), x.status,
		davprop.ShowSize(x.written), took.Round(time.Microsecond), why)
}

// serve checks what holds for every request, and hands it to its method.
func (s *server) serve(x *exchange) (err error) {
	if s.loopback && !isLoopback(x.r.Host) {
		return &failure{code: http.StatusMisdirectedRequest}
	}
	if !s.knows(x.r) {
		x.Header().Set("WWW-Authenticate", `Basic realm="davserve", charset="UTF-8"`)
		return &failure{code: http.StatusUnauthorized}
	}
	if x.name, x.slash, err = nameOf(x.r.URL); err != nil {
		return err
	}
	m, ok := methodOf(x.r.Method)
	switch {
	case !ok:
		x.Header().Set("Allow", s.allow(x))
		return &failure{code: http.StatusMethodNotAllowed}
	case m.writes && s.readOnly:
		return &failure{code: http.StatusForbidden}
	}
	if x.cond, err = parseIf(x.r.Header.Values("If")); err != nil {
		return err
	}
	if !m.writes {
		if err := s.checkIf(x); err != nil {
			return err
		}
	}
	return m.serve(s, x)
}

// knows reports whether the request names the user, if there is one to be named.
func (s *server) knows(r *http.Request) bool {
	user, password, _ := r.BasicAuth()
	return s.password == "" ||
		subtle.ConstantTimeCompare([]byte(user), []byte(s.user))&subtle.ConstantTimeCompare([]byte(password), []byte(s.password)) == 1
}

// change does something that changes files, locks or properties, if the If header of x allows it. Only one does at a time,
// and what it answers is sent when the next may.
func (s *server) change(x *exchange, do func() error) error {
	x.hold()
	err := s.exclusively(x, do)
	if sent := x.release(); err == nil && sent != nil {
		err = x.cut(sent)
	}
	return err
}

// exclusively does something while nothing else is changed.
func (s *server) exclusively(x *exchange, do func() error) error {
	s.changing.Lock()
	defer s.changing.Unlock()
	if err := s.checkIf(x); err != nil {
		return err
	}
	return do()
}

// allow returns the methods that make sense for what the request is about.
func (s *server) allow(x *exchange) string {
	f, err := s.lookup(x.name)
	switch {
	case s.readOnly:
		return allowReading
	case x.r.URL.Path != "*" && err != nil:
		return allowNothing
	case err == nil && f.isDir():
		return allowCollection
	}
	return allowFile
}

// options tells what the server can do (RFC 4918, section 10.1). Without locks, which are class 2, macOS mounts it to be read only.
// Windows looks for MS-Author-Via.
func (s *server) options(x *exchange) error {
	h := x.Header()
	h.Set("DAV", "1, 2, 3")
	if s.readOnly {
		h.Set("DAV", "1, 3")
	}
	h.Set("MS-Author-Via", "DAV")
	h.Set("Allow", s.allow(x))
	h.Set("Accept-Ranges", "bytes")
	h.Set("Content-Length", "0")
	x.WriteHeader(http.StatusOK)
	return nil
}

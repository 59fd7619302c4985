package main

import (
	"errors"
	"io"
	"net/http"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/go-multistatus/multistatus"
)

// maxLockBody is how long a lockinfo may be, most of which is the owner that is kept.
const maxLockBody = 16 << 10

// lock makes a lock, or refreshes one if the request has no body (RFC 4918, section 9.10).
func (s *server) lock(x *exchange) error {
	info, ok, err := x.element("lockinfo", maxLockBody)
	if err != nil {
		return err
	}
	return s.change(x, func() error {
		if !ok {
			return s.refresh(x)
		}
		return s.lockNew(x, info)
	})
}

func (s *server) lockNew(x *exchange, info multistatus.Property) error {
	l := &lock{root: x.name, until: time.Now().Add(timeoutOf(x.r.Header.Get("Timeout")))}
	if err := l.read(info); err != nil {
		return err
	}
	depth, err := x.zeroOrWhole()
	if err != nil {
		return err
	}
	existed, err := s.lockable(x, l)
	if err != nil {
		return err
	}
	l.deep = depth == infinity && l.dir
	conflicts, err := s.locks.add(l)
	if len(conflicts) > 0 {
		return s.conflict(x, l, conflicts)
	} else if err != nil {
		return err
	}
	if !existed {
		if err := s.createEmpty(x.name); err != nil {
			s.locks.remove(l)
			return err
		}
	}
	x.Header().Set("Lock-Token", "<"+l.token+">")
	code := http.StatusOK
	if !existed {
		code = http.StatusCreated
	}
	return s.tellLocks(x, code)
}

// read sets the scope and the owner of a lock from a DAV:lockinfo (RFC 4918, section 14.11).
func (l *lock) read(info multistatus.Property) error {
	var write, exclusive, shared bool
	for p := range info.Properties() {
		switch v := p.Value; p.Name {
		case multistatus.DAV("locktype"):
			write = v.Has(multistatus.DAV("write"))
		case multistatus.DAV("lockscope"):
			exclusive, shared = v.Has(multistatus.DAV("exclusive")), v.Has(multistatus.DAV("shared"))
		case multistatus.DAV("owner"):
			l.owner = string(p.AppendXML(nil))
		}
	}
	if !write || exclusive == shared {
		return &failure{code: http.StatusBadRequest, err: errors.New("neither an exclusive nor a shared write lock")}
	}
	l.shared = shared
	return nil
}

// timeoutOf returns the first that a Timeout header asks for, if it is not too long (RFC 4918, section 10.7).
func timeoutOf(header string) time.Duration {
	first, _, _ := strings.Cut(header, ",")
	text, ok := strings.CutPrefix(strings.TrimSpace(first), "Second-")
	n, err := strconv.ParseUint(text, 10, 32)
	if !ok || err != nil {
		return maxTimeout
	}
	return min(time.Duration(max(n, 1))*time.Second, maxTimeout)
}

// lockable looks at what is to be locked. Where nothing is, it may become an empty file (RFC 4918, section 7.3).
func (s *server) lockable(x *exchange, l *lock) (exists bool, err error) {
	f, err := s.lookup(x.name)
	switch {
	case err == nil:
		l.dir = f.isDir()
		return true, nil
	case failureOf(err).code != http.StatusNotFound:
		return false, err
	case x.slash:
		return false, &failure{code: http.StatusConflict}
	}
	if err := s.parentOf(x.name); err != nil {
		return false, err
	}
	return false, s.locks.permit(x.cond.tokens(), membersOf(path.Dir(x.name)))
}

func (s *server) createEmpty(name string) error {
	f, err := s.root.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o666)
	if err != nil {
		return err
	}
	return f.Close()
}

// conflict refuses a lock: with the locks around that are in the way, or, if they are inside, with a 207 about them, in which
// the collection itself failed for their sake (RFC 4918, section 9.10.3).
func (s *server) conflict(x *exchange, l *lock, conflicts []*lock) error {
	around := slices.IndexFunc(conflicts, func(o *lock) bool { return !inside(o.root, l.root) })
	if around >= 0 {
		return refusal(http.StatusLocked, "no-conflicting-lock", conflicts[around].href())
	}
	e := x.multistatus()
	defer e.Abort()
	told := map[multistatus.Href]bool{}
	for _, o := range conflicts {
		if h := o.href(); !told[h] {
			told[h] = true
			e.StartResponse(h)
			e.Status(http.StatusLocked)
			e.Condition(multistatus.DAV("no-conflicting-lock"))
		}
	}
	e.StartResponse(l.href())
	e.Status(http.StatusFailedDependency)
	return x.cut(e.Close())
}

// refresh sets the time of a lock anew: the one in the If header (RFC 4918, section 9.10.2).
func (s *server) refresh(x *exchange) error {
	tokens := x.cond.tokens()
	if len(tokens) != 1 {
		return &failure{code: http.StatusBadRequest, err: errors.New("a refresh names one lock")}
	}
	l := s.locks.find(x.name, tokens[0])
	if l == nil {
		return refusal(http.StatusPreconditionFailed, "lock-token-matches-request-uri")
	}
	s.locks.refresh(l, timeoutOf(x.r.Header.Get("Timeout")))
	return s.tellLocks(x, http.StatusOK)
}

// tellLocks answers with the locks of the resource, in a DAV:prop.
func (s *server) tellLocks(x *exchange, code int) error {
	v, err := s.locks.discovery(x.name)
	if err != nil {
		return err
	}
	x.Header().Set("Content-Type", multistatus.ContentType)
	x.WriteHeader(code)
	_, err = io.WriteString(x, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<D:prop xmlns:D=\"DAV:\"><D:lockdiscovery>"+
		v.Raw()+"</D:lockdiscovery></D:prop>\n")
	return x.cut(err)
}

// unlock ends a lock (RFC 4918, section 9.11).
func (s *server) unlock(x *exchange) error {
	header := x.r.Header.Get("Lock-Token")
	token, ok := strings.CutPrefix(header, "<")
	token, ok2 := strings.CutSuffix(token, ">")
	if !ok || !ok2 {
		return &failure{code: http.StatusBadRequest, err: errors.New("bad Lock-Token")}
	}
	return s.change(x, func() error {
		if _, err := s.lookup(x.name); err != nil {
			return err
		}
		l := s.locks.find(x.name, token)
		if l == nil {
			return refusal(http.StatusConflict, "lock-token-matches-request-uri")
		}
		s.locks.remove(l)
		x.WriteHeader(http.StatusNoContent)
		return nil
	})
}

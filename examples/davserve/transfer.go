package main

import (
	"errors"
	"io"
	"net/http"
	"os"
	"path"
	"strings"
	"time"
)

// transfer is a COPY or a MOVE that may begin.
type transfer struct {
	from    resource
	to      string
	existed bool // something is in the place of to
	depth   int
}

// copy duplicates a resource (RFC 4918, section 9.8).
func (s *server) copy(x *exchange) error {
	return s.change(x, func() error {
		depth, err := x.zeroOrWhole()
		if err != nil {
			return err
		}
		return s.transfer(x, depth, s.copyTree)
	})
}

// move is a COPY and a DELETE of the source in one (RFC 4918, section 9.9), which is done or not.
func (s *server) move(x *exchange) error {
	return s.change(x, func() error {
		f, err := s.lookup(x.name)
		if err == nil {
			err = s.mayRemove(x, f)
		}
		if err == nil {
			err = s.locks.permit(x.cond.tokens(), below(x.name))
		}
		if err == nil && f.isDir() {
			err = x.wholeOnly()
		}
		if err != nil {
			return err
		}
		return s.transfer(x, infinity, s.rename)
	})
}

// transfer makes place at the destination, and lets do what is to be done.
func (s *server) transfer(x *exchange, depth int, do func(*exchange, transfer, *failures) error) error {
	t, err := s.prepare(x, depth)
	if err != nil {
		return err
	}
	left := failures{e: x.multistatus()}
	defer left.e.Abort()
	if t.existed {
		if err := s.makePlace(x, t.to, &left); err != nil {
			return err
		} else if left.n > 0 {
			return left.answer(x, http.StatusMultiStatus)
		}
	}
	if err := do(x, t, &left); err != nil {
		return x.cut(err)
	}
	return left.answer(x, created(t.existed))
}

// prepare finds source and destination, and refuses what RFC 4918 refuses (sections 9.8.5 and 9.9.4).
func (s *server) prepare(x *exchange, depth int) (t transfer, err error) {
	t.depth = depth
	if t.from, err = s.lookup(x.name); err != nil {
		return t, err
	}
	overwrite, err := x.overwrites()
	if err != nil {
		return t, err
	}
	if t.to, err = x.destination(); err != nil {
		return t, err
	}
	if t.to == t.from.name || inside(t.to, t.from.name) && depth != 0 || inside(t.from.name, t.to) {
		return t, errSame
	}
	if err := s.parentOf(t.to); err != nil {
		return t, err
	}
	if err := x.matches(t.from, true); err != nil {
		return t, err
	}
	old, err := s.lookup(t.to)
	t.existed = err == nil
	switch {
	case t.existed && !overwrite:
		return t, &failure{code: http.StatusPreconditionFailed}
	case t.existed && os.SameFile(old.info, t.from.info): // by another name, as where case does not count
		return t, errSame
	}
	return t, s.mayWrite(x, t)
}

var errSame = &failure{code: http.StatusForbidden, err: errors.New("source and destination are the same, or in each other")}

// mayWrite looks at the locks of the destination.
func (s *server) mayWrite(x *exchange, t transfer) error {
	scopes := []scope{membersOf(path.Dir(t.to))}
	if t.existed {
		scopes = append(scopes, contentOf(t.to), below(t.to))
	}
	return s.locks.permit(x.cond.tokens(), scopes...)
}

// makePlace removes what a transfer is to overwrite (RFC 4918, section 9.8.4). A lock on it stays, for the URL is still locked.
func (s *server) makePlace(x *exchange, name string, left *failures) error {
	f, err := s.lookup(name)
	if err != nil {
		return err
	}
	kept := s.locks.at(name)
	if err := s.removeTree(x, f, left); err != nil {
		return err
	}
	if left.n == 0 {
		s.locks.restore(kept)
	}
	return nil
}

// rename is what a MOVE does. Dead properties come along, locks do not (RFC 4918, section 7.5).
func (s *server) rename(_ *exchange, t transfer, _ *failures) error {
	if err := s.root.Rename(t.from.name, t.to); err != nil {
		return err
	}
	s.locks.forgetTree(t.from.name)
	s.dead.move(t.from.name, t.to)
	return nil
}

// copyTree is what a COPY does. A member that cannot be copied is told, and the members of it are passed over.
func (s *server) copyTree(_ *exchange, t transfer, left *failures) error {
	return s.walk(t.from, t.depth, func(f resource, err error) error {
		if err == nil {
			err = s.copyOne(f, t.to+strings.TrimPrefix(f.name, t.from.name))
		}
		switch {
		case err == nil:
			return nil
		case f.name == t.from.name:
			return err
		}
		left.add(f, err)
		return errSkip
	})
}

// copyOne copies a file, or makes a collection, with its dead properties.
func (s *server) copyOne(f resource, to string) error {
	var err error
	if f.isDir() {
		err = s.root.Mkdir(to, 0o777)
	} else {
		err = s.copyFile(f, to)
	}
	if err != nil {
		return err
	}
	return s.dead.copy(f.name, to)
}

func (s *server) copyFile(f resource, to string) error {
	src, err := s.root.Open(f.name)
	if err != nil {
		return err
	}
	defer src.Close()
	dst, err := s.root.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, f.info.Mode().Perm())
	if err != nil {
		return err
	}
	now := time.Now()
	_, err = io.Copy(dst, src)
	if err = errors.Join(err, dst.Close(), s.root.Chtimes(to, now, now)); err != nil {
		s.root.Remove(to)
	}
	return err
}

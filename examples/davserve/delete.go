package main

import (
	"net/http"
	"os"
	"path"
)

// delete removes a resource and all that is in it (RFC 4918, section 9.6). What cannot be removed is told, and stays with the
// collections around it; all else goes.
func (s *server) delete(x *exchange) error {
	if err := x.wholeOnly(); err != nil {
		return err
	}
	return s.change(x, func() error {
		f, err := s.lookup(x.name)
		if err != nil {
			return err
		}
		if err := s.mayRemove(x, f); err != nil {
			return err
		}
		if err := x.matches(f, true); err != nil {
			return err
		}
		left := failures{e: x.multistatus()}
		defer left.e.Abort()
		if err := s.removeTree(x, f, &left); err != nil {
			return err
		}
		return left.answer(x, http.StatusNoContent)
	})
}

// mayRemove looks at the locks of a resource and of the collection that it is to vanish from, but not of its members.
func (s *server) mayRemove(x *exchange, f resource) error {
	if f.name == "." {
		return &failure{code: http.StatusForbidden}
	}
	return s.locks.permit(x.cond.tokens(), contentOf(f.name), membersOf(path.Dir(f.name)))
}

// removeTree removes f. It returns what failed if that was f itself; failures below it are in left.
func (s *server) removeTree(x *exchange, f resource, left *failures) error {
	dir, err := s.root.OpenRoot(path.Dir(f.name))
	if err != nil {
		return err
	}
	defer dir.Close()
	r := removal{s: s, tokens: x.cond.tokens(), left: left}
	_, err = r.entry(dir, f.name)
	return err
}

// removal is one that is under way.
type removal struct {
	s      *server
	tokens []string
	left   *failures
}

// entry removes an entry of dir and what is in it. gone says whether it is all gone. err is about the entry alone: what
// happened below it has been told.
func (r *removal) entry(dir *os.Root, name string) (gone bool, err error) {
	base := path.Base(name)
	info, err := dir.Lstat(base)
	if err != nil {
		return false, err
	}
	if err := r.s.locks.permit(r.tokens, contentOf(name)); err != nil {
		return false, err
	}
	if info.IsDir() {
		if gone, err = r.members(dir, name); err != nil || !gone {
			return false, err
		}
	}
	if err := dir.Remove(base); err != nil {
		return false, err
	}
	r.s.locks.forget(name)
	r.s.dead.forget(name)
	return true, nil
}

// members removes what is in a collection.
func (r *removal) members(dir *os.Root, name string) (gone bool, err error) {
	sub, err := dir.OpenRoot(path.Base(name))
	if err != nil {
		return false, err
	}
	defer sub.Close()
	list, err := sub.Open(".")
	if err != nil {
		return false, err
	}
	defer list.Close()
	gone = true
	err = eachEntry(list, func(base string) error {
		gone = r.member(sub, path.Join(name, base)) && gone
		return nil
	})
	return gone, err
}

// member removes a member of a collection, or tells why not.
func (r *removal) member(dir *os.Root, name string) bool {
	gone, err := r.entry(dir, name)
	if err != nil {
		f := resource{name: name}
		if f.info, _ = dir.Lstat(path.Base(name)); f.info == nil {
			return true // somebody else was faster
		}
		r.left.add(f, err)
	}
	return gone
}

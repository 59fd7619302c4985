package main

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
)

// batch is how many entries of a directory are read at once.
const batch = 256

// errSkip lets a visit pass over the members of a collection.
var errSkip = errors.New("skip the members")

// infinity is a Depth (RFC 4918, section 10.2). Collections are open while their members are walked, so it is not quite that:
// what is nested deeper than maxNesting cannot be told.
const (
	infinity   = 1 << 30
	maxNesting = 256
)

var errNested = errors.New("nested too deep")

// visit is told of one resource. err is not nil if it is a collection whose members cannot be told.
type visit func(f resource, err error) error

// walk visits f and what is in it, down to depth, collections before their members and else in the order of the file system.
// What it takes of memory does not depend on how many there are. What appears or vanishes meanwhile may be visited or not.
func (s *server) walk(f resource, depth int, v visit) error {
	if !f.isDir() || depth == 0 {
		return v(f, nil)
	}
	dir, err := s.root.OpenRoot(f.name)
	if err != nil {
		return err
	}
	defer dir.Close()
	return walkInto(dir, f, depth, v)
}

// walkInto visits a collection that is open, and its members.
func walkInto(dir *os.Root, f resource, depth int, v visit) error {
	list, err := dir.Open(".")
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return v(f, err)
	}
	defer list.Close()
	if err := v(f, nil); err != nil {
		return unlessSkipped(err)
	}
	return eachEntry(list, func(base string) error { return walkMember(dir, path.Join(f.name, base), depth-1, v) })
}

// eachEntry calls do with the base name of each entry of a directory.
func eachEntry(list *os.File, do func(base string) error) error {
	for {
		entries, err := list.ReadDir(batch)
		for _, e := range entries {
			if err := do(e.Name()); err != nil {
				return err
			}
		}
		switch {
		case err == io.EOF, errors.Is(err, fs.ErrNotExist): // the end, or the directory was removed
			return nil
		case err != nil:
			return err
		}
	}
}

// walkMember visits an entry of dir, and what is in it. The root of dir bounds it, as that of the server does.
func walkMember(dir *os.Root, name string, depth int, v visit) error {
	base := path.Base(name)
	info, err := dir.Lstat(base)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil // it was there when the directory was read
	case err != nil:
		return err
	case !served(base, info):
		return nil
	}
	f := resource{name, info}
	switch {
	case !info.IsDir() || depth == 0:
		return unlessSkipped(v(f, nil))
	case depth > 1 && depth < infinity-maxNesting:
		return unlessSkipped(v(f, errNested))
	}
	sub, err := dir.OpenRoot(base)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return unlessSkipped(v(f, err))
	}
	defer sub.Close()
	return walkInto(sub, f, depth, v)
}

func unlessSkipped(err error) error {
	if err == errSkip {
		return nil
	}
	return err
}

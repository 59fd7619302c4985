package main

import (
	"errors"
	"fmt"
	"io/fs"
	"mime"
	"net/http"
	"net/url"
	"path"
	"path/filepath"
	"strings"
)

// resource is a file or a collection that is there.
type resource struct {
	name string // slash-separated, in the server's root, which is "."
	info fs.FileInfo
}

func (f resource) isDir() bool { return f.info.IsDir() }

// path returns the path in URLs, not encoded. That of a collection ends in a slash (RFC 4918, section 5.2).
func (f resource) path() string { return urlPath(f.name, f.isDir()) }

func urlPath(name string, dir bool) string {
	switch {
	case name == ".":
		return "/"
	case dir:
		return "/" + name + "/"
	}
	return "/" + name
}

// etag tells versions of a file apart: put and copy give each its own time, in nanoseconds.
func (f resource) etag() string {
	return fmt.Sprintf(`"%x-%x"`, f.info.ModTime().UnixNano(), f.info.Size())
}

func (f resource) contentType() string {
	if t := mime.TypeByExtension(path.Ext(f.name)); t != "" {
		return t
	}
	return "application/octet-stream"
}

// nameOf returns the name that a URL stands for, and whether it ends in a slash. A slash that was encoded is none that
// separates, and no file can have it in its name. A name is never one that leads out of the root.
func nameOf(u *url.URL) (name string, slash bool, err error) {
	if strings.Contains(strings.ToLower(u.EscapedPath()), "%2f") {
		return "", false, errBadName
	}
	var parts []string
	for part := range strings.SplitSeq(u.Path, "/") {
		switch {
		case part == "":
		case unnameable(part):
			return "", false, errBadName
		default:
			parts = append(parts, part)
		}
	}
	return path.Join(".", strings.Join(parts, "/")), strings.HasSuffix(u.Path, "/"), nil
}

// unnameable reports whether no file can have that name here. On Windows that is also what separates there, and what begins
// the names of streams.
func unnameable(part string) bool {
	return part == "." || part == ".." || strings.Contains(part, "\x00") || filepath.Separator != '/' && strings.ContainsAny(part, `\:`)
}

var errBadName = &failure{code: http.StatusBadRequest, err: errors.New("no file can have that name")}

// partPrefix begins the names of files that are not yet what they shall be. They are not served.
const partPrefix = ".davserve-part-"

// served reports whether what has that base name is a resource: not links, which may lead in circles, and not devices.
func served(base string, info fs.FileInfo) bool {
	return (info.Mode().IsRegular() || info.IsDir()) && !strings.HasPrefix(base, partPrefix)
}

// lookup returns the resource of a name, which goes through no link. It is a 404 if there is none.
func (s *server) lookup(name string) (f resource, err error) {
	for at := range prefixes(name) {
		f.name = at
		if f.info, err = s.root.Lstat(at); err != nil {
			return f, notFound(err)
		}
		if !served(path.Base(at), f.info) {
			return f, notFound(fs.ErrNotExist)
		}
	}
	return f, nil
}

// notFound makes a 404 of what only says that there is nothing. The log needs not know more.
func notFound(err error) error {
	f := failureOf(err)
	if f.code == http.StatusConflict || f.code == http.StatusNotFound {
		return &failure{code: http.StatusNotFound}
	}
	return f
}

// prefixes yields the collections that a name is in, from the outermost, and then the name itself.
func prefixes(name string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for i, c := range name {
			if c == '/' && !yield(name[:i]) {
				return
			}
		}
		yield(name)
	}
}

// parentOf refuses to make a resource where its collection is not (RFC 4918, sections 9.3 and 9.7.1), and in the place of what is
// there but not served: a link that nobody sees is not to be lost.
func (s *server) parentOf(name string) error {
	f, err := s.lookup(path.Dir(name))
	switch {
	case failureOfNil(err) == http.StatusNotFound, err == nil && !f.isDir():
		return &failure{code: http.StatusConflict}
	case strings.HasPrefix(path.Base(name), partPrefix), s.hides(name):
		return &failure{code: http.StatusForbidden}
	}
	return err
}

// hides reports whether something has a name that is not served.
func (s *server) hides(name string) bool {
	info, err := s.root.Lstat(name)
	return err == nil && !served(path.Base(name), info)
}

// failureOfNil returns the status of an error, or 0.
func failureOfNil(err error) int {
	if err == nil {
		return 0
	}
	return failureOf(err).code
}

// inside reports whether a name is below that of a collection.
func inside(name, dir string) bool {
	return name != dir && (dir == "." || strings.HasPrefix(name, dir+"/"))
}

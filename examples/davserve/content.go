package main

import (
	"crypto/rand"
	"errors"
	"fmt"
	"html"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path"
	"strings"
	"time"

	"github.com/go-multistatus/multistatus"
)

// get answers GET and HEAD: with a file, of which http.ServeContent gives parts and tells whether it changed, or with a page
// about a collection. A file is never a program in a browser, where it could use the server.
func (s *server) get(x *exchange) error {
	f, err := s.lookup(x.name)
	if err != nil {
		return err
	}
	h := x.Header()
	h.Set("Content-Security-Policy", "sandbox; default-src 'none'")
	h.Set("X-Content-Type-Options", "nosniff")
	if f.isDir() {
		return s.index(x, f)
	}
	content, err := s.root.Open(f.name)
	if err != nil {
		return err
	}
	defer content.Close()
	if f.info, err = content.Stat(); err != nil {
		return err
	}
	h.Set("Content-Type", f.contentType())
	h.Set("ETag", f.etag())
	http.ServeContent(x, x.r, "", f.info.ModTime(), content)
	return nil
}

// index lists a collection for people.
func (s *server) index(x *exchange, dir resource) error {
	x.Header().Set("Content-Type", "text/html; charset=utf-8")
	if x.r.Method == http.MethodHead {
		x.WriteHeader(http.StatusOK)
		return nil
	}
	return x.cut(s.walk(dir, 1, func(f resource, err error) error {
		name := path.Base(f.path())
		if f.name == dir.name {
			name = f.path()
		}
		_, werr := fmt.Fprintf(x, "<p><a href=\"%s\">%s</a>\n", multistatus.PathHref(f.path()), html.EscapeString(name))
		return errors.Join(err, werr)
	}))
}

// put writes a file (RFC 4918, section 9.7). What was there stays until the new content is complete.
func (s *server) put(x *exchange) error {
	if x.r.Header.Get("Content-Range") != "" { // RFC 9110, section 14.5
		return &failure{code: http.StatusBadRequest, err: errors.New("no part of a file can be put")}
	}
	if err := s.checkIf(x); err != nil {
		return err
	}
	if _, _, err := s.mayPut(x); err != nil {
		return err
	}
	part, err := s.spool(x)
	if err != nil {
		return err
	}
	defer s.root.Remove(part) // which is not there any more if all went well
	return s.change(x, func() error { return s.replace(x, part) })
}

// mayPut returns what the request would overwrite, if there is something.
func (s *server) mayPut(x *exchange) (f resource, exists bool, err error) {
	if err := s.parentOf(x.name); err != nil {
		return f, false, err
	}
	f, err = s.lookup(x.name)
	exists = err == nil
	switch {
	case exists && f.isDir(), x.slash:
		x.Header().Set("Allow", allowCollection)
		return f, exists, &failure{code: http.StatusMethodNotAllowed}
	case exists:
		err = s.locks.permit(x.cond.tokens(), contentOf(x.name))
	case failureOf(err).code == http.StatusNotFound:
		err = s.locks.permit(x.cond.tokens(), membersOf(path.Dir(x.name)))
	}
	if err == nil {
		err = x.matches(f, exists)
	}
	return f, exists, err
}

// matches holds If-Match and If-None-Match against what a request is to change or copy (RFC 9110, section 13.2.2).
func (x *exchange) matches(f resource, exists bool) error {
	match, none := x.r.Header.Get("If-Match"), x.r.Header.Get("If-None-Match")
	if match != "" && !(exists && listed(match, f)) || none != "" && exists && listed(none, f) {
		return &failure{code: http.StatusPreconditionFailed}
	}
	return nil
}

// listed reports whether a list of entity tags has that of f, or is a star.
func listed(tags string, f resource) bool {
	for tag := range strings.SplitSeq(tags, ",") {
		if tag = strings.TrimSpace(tag); tag == "*" || tag == f.etag() {
			return true
		}
	}
	return false
}

// spool writes the request's body to a file beside that which it is for.
func (s *server) spool(x *exchange) (part string, err error) {
	part = path.Join(path.Dir(x.name), partPrefix+rand.Text())
	f, err := s.root.OpenFile(part, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o666)
	if err != nil {
		return part, err
	}
	_, err = io.Copy(f, x.limited(s.maxPut))
	if err = errors.Join(err, f.Close()); err != nil {
		s.root.Remove(part)
	}
	var disk *fs.PathError
	if errors.As(err, &disk) {
		return part, err
	}
	return part, bodyFailure(err)
}

// replace puts what was spooled in its place. Its time makes an entity tag that no version had before.
func (s *server) replace(x *exchange, part string) error {
	old, exists, err := s.mayPut(x)
	if err != nil {
		return err
	}
	now := time.Now()
	err = s.root.Chtimes(part, now, now)
	if exists && err == nil {
		err = s.root.Chmod(part, old.info.Mode().Perm())
	}
	if err == nil {
		err = s.root.Rename(part, x.name)
	}
	if err != nil {
		return err
	}
	if f, err := s.lookup(x.name); err == nil {
		x.Header().Set("ETag", f.etag())
	}
	x.WriteHeader(created(exists))
	return nil
}

// created is the status of what wrote a resource.
func created(existed bool) int {
	if existed {
		return http.StatusNoContent
	}
	return http.StatusCreated
}

// mkcol makes a collection (RFC 4918, section 9.3).
func (s *server) mkcol(x *exchange) error {
	switch n, err := io.ReadFull(x, make([]byte, 1)); {
	case n > 0:
		return &failure{code: http.StatusUnsupportedMediaType}
	case err != io.EOF:
		return bodyFailure(err)
	}
	return s.change(x, func() error {
		if f, err := s.lookup(x.name); err == nil {
			x.Header().Set("Allow", allowCollection)
			if !f.isDir() {
				x.Header().Set("Allow", allowFile)
			}
			return &failure{code: http.StatusMethodNotAllowed}
		}
		err := s.parentOf(x.name)
		if err == nil {
			err = s.locks.permit(x.cond.tokens(), membersOf(path.Dir(x.name)))
		}
		if err == nil {
			err = s.root.Mkdir(x.name, 0o777)
		}
		if err == nil {
			x.WriteHeader(http.StatusCreated)
		}
		return err
	})
}

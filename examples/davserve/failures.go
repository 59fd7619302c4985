package main

import (
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"strings"
	"syscall"

	"github.com/go-multistatus/multistatus"
)

// failure is why something was not done: a status, and perhaps a condition (RFC 4918, section 16) with hrefs.
type failure struct {
	code      int
	condition multistatus.Name
	hrefs     []multistatus.Href
	err       error // for the log
}

// refusal returns a failure with a condition of DAV:.
func refusal(code int, condition string, hrefs ...multistatus.Href) *failure {
	return &failure{code: code, condition: multistatus.DAV(condition), hrefs: hrefs}
}

func (f *failure) Error() string {
	text := fmt.Sprint(f.code, " ", multistatus.StatusText(f.code))
	if f.err != nil {
		text += ": " + f.err.Error()
	}
	return text
}

func (f *failure) Unwrap() error { return f.err }

// xml returns the DAV:error element.
func (f *failure) xml() string {
	var b strings.Builder
	for _, h := range f.hrefs {
		b.WriteString("<D:href>" + string(h) + "</D:href>")
	}
	tag := "D:" + f.condition.Local
	return `<D:error xmlns:D="DAV:"><` + tag + ">" + b.String() + "</" + tag + "></D:error>"
}

// failureOf returns what an error is to a client.
func failureOf(err error) *failure {
	var f *failure
	if errors.As(err, &f) {
		return f
	}
	for _, c := range []struct {
		err  error
		code int
	}{
		{fs.ErrNotExist, http.StatusNotFound},
		{fs.ErrPermission, http.StatusForbidden},
		{fs.ErrExist, http.StatusConflict},
		{syscall.ENOTDIR, http.StatusConflict},
		{syscall.ENAMETOOLONG, http.StatusForbidden},
		{syscall.ENOSPC, http.StatusInsufficientStorage},
	} {
		if errors.Is(err, c.err) {
			return &failure{code: c.code, err: err}
		}
	}
	return &failure{code: http.StatusInternalServerError, err: err}
}

// failures collects which resources a request could not do, and why, in the 207 that answers it then (RFC 4918, section 13).
// Of what could be done, and of the collections around what could not, it says nothing (sections 9.6.1 and 9.8.3).
// It holds but one response: all others have gone to the client.
type failures struct {
	e *multistatus.Encoder
	n int
}

// add tells why one resource was not done.
func (l *failures) add(f resource, err error) {
	why := failureOf(err)
	l.n++
	l.e.StartPath(f.path())
	l.e.Status(why.code)
	if why.condition != (multistatus.Name{}) {
		l.e.Condition(why.condition, why.hrefs...)
	}
}

// answer sends the 207, or the status of success if there is nothing to tell.
func (l *failures) answer(x *exchange, success int) error {
	if l.n == 0 {
		x.WriteHeader(success)
		return nil
	}
	if err := l.e.Close(); err != nil {
		return x.cut(err)
	}
	return nil
}

// Package xnet answers the requests to a golang.org/x/net/webdav server that are answered with 207 by this package's Encoder.
// FileSystem, LockSystem, DeadPropsHolder, ETager and ContentTyper stay what they are, and so do all other methods.
package xnet

import (
	"errors"
	"io/fs"
	"net/http"
	"sync"

	"golang.org/x/net/webdav"

	"github.com/go-multistatus/multistatus"
)

// Handler takes PROPFIND and PROPPATCH over from a webdav.Handler.
type Handler struct {
	*webdav.Handler
	codecs sync.Pool
	locks  multistatus.Value // of DAV:supportedlock
}

// New returns a Handler over h.
func New(h *webdav.Handler) *Handler {
	locks, _ := multistatus.XML(exclusive, multistatus.Namespace{Prefix: "D", URI: multistatus.NamespaceDAV})
	return &Handler{Handler: h, locks: locks}
}

func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch {
	case h.FileSystem == nil || h.LockSystem == nil:
		h.Handler.ServeHTTP(w, r)
	case r.Method == "PROPFIND":
		h.answer(w, func(c *codec) error {
			err := h.propfind(&c.e, r)
			if h.Logger != nil {
				h.Logger(r, err)
			}
			return err
		})
	case r.Method == "PROPPATCH":
		h.proppatch(w, r)
	default:
		h.Handler.ServeHTTP(w, r)
	}
}

// answer lets write make a 207. If it fails before a byte was sent, another answer takes its place; later, the connection is cut.
func (h *Handler) answer(w http.ResponseWriter, write func(*codec) error) {
	c, _ := h.codecs.Get().(*codec)
	if c == nil {
		c = new(codec)
	}
	c.e.Reset(w, &multistatus.EncodeOptions{OnStart: func() {
		w.Header().Set("Content-Type", multistatus.ContentType)
		w.WriteHeader(http.StatusMultiStatus)
	}})
	err := write(c)
	if err == nil {
		err = c.e.Close()
	}
	started := c.e.Started()
	c.e.Reset(nil, nil)
	h.codecs.Put(c)
	switch {
	case err == nil:
	case started:
		panic(http.ErrAbortHandler)
	default:
		code := statusOf(err)
		http.Error(w, multistatus.StatusText(code), code)
	}
}

// codec is kept for the next request.
type codec struct {
	d multistatus.Decoder
	e multistatus.Encoder
	r multistatus.Response
}

// failure is an error with the status that tells of it.
type failure struct {
	code int
	err  error
}

func (f failure) Error() string { return f.err.Error() }
func (f failure) Unwrap() error { return f.err }

func statusOf(err error) int {
	var f failure
	switch {
	case errors.As(err, &f):
		return f.code
	case errors.Is(err, fs.ErrNotExist):
		return http.StatusNotFound
	case errors.Is(err, fs.ErrPermission):
		return http.StatusForbidden
	}
	return http.StatusInternalServerError
}

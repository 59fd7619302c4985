package xnet

import (
	"io"
	"net/http"
	"strings"
)

// proppatch lets the webdav.Handler change the properties, for it knows of locks and of If, and writes what it says anew.
func (h *Handler) proppatch(w http.ResponseWriter, r *http.Request) {
	inner := recorder{ResponseWriter: w}
	h.Handler.ServeHTTP(&inner, r)
	if inner.code != http.StatusMultiStatus {
		return
	}
	w.Header().Del("Content-Type")
	h.answer(w, func(c *codec) error {
		for c.d.ResetString(inner.body.String(), nil); ; c.e.Encode(&c.r) {
			if err := c.d.Next(&c.r); err == io.EOF {
				return nil
			} else if err != nil {
				return err
			}
		}
	})
}

// recorder keeps a 207 back, and lets all else through.
type recorder struct {
	http.ResponseWriter
	code int
	body strings.Builder
}

func (r *recorder) WriteHeader(code int) {
	if r.code = code; code != http.StatusMultiStatus {
		r.ResponseWriter.WriteHeader(code)
	}
}

func (r *recorder) Write(p []byte) (int, error) {
	if r.code == http.StatusMultiStatus {
		return r.body.Write(p)
	}
	return r.ResponseWriter.Write(p)
}

package xnet

import (
	"context"
	"encoding/xml"
	"errors"
	"io/fs"
	"net/http"
	"os"
	"path"
	"strings"

	"golang.org/x/net/webdav"

	"github.com/go-multistatus/multistatus"
)

// propfind lists what the request asks for (RFC 4918, section 9.1).
func (h *Handler) propfind(e *multistatus.Encoder, r *http.Request) error {
	name := strings.TrimPrefix(r.URL.Path, h.Prefix)
	depth, known := map[string]int{"": -1, "infinity": -1, "0": 0, "1": 1}[r.Header.Get("Depth")]
	q, err := readQuestion(r)
	switch {
	case h.Prefix != "" && name == r.URL.Path:
		return failure{http.StatusNotFound, errors.New("not below the prefix")}
	case err != nil || !known:
		return failure{http.StatusBadRequest, errors.Join(err, errors.New("a bad request"))}
	}
	if _, err := h.FileSystem.Stat(r.Context(), name); err != nil {
		return err
	}
	return h.walk(r.Context(), e, q, name, depth)
}

// walk writes the response about name, and about what is in it. depth counts down from 1 or 0, or is negative for all.
func (h *Handler) walk(ctx context.Context, e *multistatus.Encoder, q question, name string, depth int) error {
	var members []fs.FileInfo
	f, err := h.FileSystem.OpenFile(ctx, name, os.O_RDONLY, 0)
	if err == nil {
		members, err = h.tell(ctx, e, q, f, name, depth)
		f.Close()
	}
	if bad := new(multistatus.EncodeError); errors.Is(err, fs.ErrPermission) || errors.As(err, &bad) {
		e.DropResponse()
		e.StartPath(path.Join(h.Prefix, name))
		err = e.Status(statusOf(err))
	} else if errors.Is(err, fs.ErrNotExist) { // it was removed since it was listed
		e.DropResponse()
		err = nil
	}
	for i := 0; err == nil && i < len(members); i++ {
		err = h.walk(ctx, e, q, path.Join(name, members[i].Name()), depth-1)
	}
	return err
}

// tell writes the response about f, and returns what is in it if depth is not 0.
func (h *Handler) tell(ctx context.Context, e *multistatus.Encoder, q question, f webdav.File, name string, depth int) (members []fs.FileInfo, err error) {
	r := resource{ctx: ctx, file: f, name: name, locks: h.locks}
	if r.info, err = f.Stat(); err != nil {
		return nil, err
	}
	if r.info.IsDir() && depth != 0 {
		if members, err = f.Readdir(0); err != nil {
			return nil, err
		}
	}
	var dead map[xml.Name]webdav.Property
	if d, ok := f.(webdav.DeadPropsHolder); ok {
		if dead, err = d.DeadProps(); err != nil {
			return nil, err
		}
	}
	href := path.Join(h.Prefix, name)
	if r.info.IsDir() && href != "/" {
		href += "/"
	}
	e.StartPath(href)
	e.Propstat(http.StatusOK)
	return members, q.write(e, r, dead)
}

// write writes what is asked for of r, under a status each, and ends the response.
func (q *question) write(e *multistatus.Encoder, r resource, dead map[xml.Name]webdav.Property) error {
	for _, n := range q.tell(r, dead) {
		d, isDead := dead[xml.Name(n)]
		i := indexLive(n, r)
		switch {
		case !isDead && i < 0:
			e.Propstat(http.StatusNotFound)
			e.PropEmpty(n)
		case q.names:
			e.PropEmpty(n)
		case isDead:
			fail(e, n, writeDead(e, d))
		default:
			fail(e, n, live[i].write(e, r))
		}
		e.Propstat(http.StatusOK)
	}
	return e.EndResponse()
}

// fail says of a property that it cannot be told.
func fail(e *multistatus.Encoder, n multistatus.Name, err error) {
	if err != nil {
		e.Propstat(statusOf(err))
		e.PropEmpty(n)
	}
}

// writeDead writes a property that a client has set. Its XML stood in an element that declared the property's namespace as the
// default one, so that is in effect for what it has no prefix for, but not DAV:, which was D.
func writeDead(e *multistatus.Encoder, d webdav.Property) error {
	scope := []multistatus.Namespace{{Prefix: "D", URI: multistatus.NamespaceDAV}}
	if d.XMLName.Space != multistatus.NamespaceDAV {
		scope = append(scope, multistatus.Namespace{URI: d.XMLName.Space})
	}
	v, err := multistatus.XML(string(d.InnerXML), scope...)
	if err != nil {
		return err
	}
	return e.Prop(&multistatus.Property{Name: multistatus.Name(d.XMLName), Lang: d.Lang, Value: v})
}

package main

import (
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/go-multistatus/multistatus"
	"github.com/go-multistatus/multistatus/davprop"
)

// wanted are the properties that are asked for, those of question.
var wanted = []multistatus.Name{
	davprop.ResourceType.Name(), davprop.GetContentLength.Name(), davprop.GetLastModified.Name(),
	davprop.GetETag.Name(), davprop.GetContentType.Name(),
}

// entry is one line of a listing.
type entry struct {
	path     []string // the segments of its path below the collection that is listed, decoded
	href     multistatus.Href
	dir      bool
	size     int64     // or -1
	modified time.Time // or zero
	etag     string
	mime     string
}

// newEntry takes what a response says, however the server writes it. A property that is missing, or says nonsense, is left out.
func newEntry(path []string, r *multistatus.Response) entry {
	e := entry{path: path, href: r.Href, dir: isCollection(r), size: -1}
	if n, ok := davprop.GetContentLength.Find(r); ok && !e.dir {
		e.size = n
	}
	e.modified, _ = davprop.GetLastModified.Find(r)
	etag, _ := davprop.GetETag.Find(r)
	mime, _ := davprop.GetContentType.Find(r)
	e.etag, e.mime = string(etag), string(mime)
	return e
}

// isCollection reports whether r says that its resource is one; of servers that do not say, the slash does.
func isCollection(r *multistatus.Response) bool {
	if p, s := r.Prop(davprop.ResourceType.Name()); p == nil || !s.OK() {
		return strings.HasSuffix(string(r.Href), "/")
	}
	return davprop.IsCollection(r)
}

// name is the path as it is shown: a slash in a segment is not one between two.
func (e *entry) name() string {
	shown := make([]string, len(e.path))
	for i, s := range e.path {
		shown[i] = strings.ReplaceAll(s, "/", "%2F")
	}
	name := strings.Join(shown, "/")
	if e.dir {
		name += "/"
	}
	return name
}

// segments returns the path of a URL, split and decoded. Empty segments do not count.
func segments(u *url.URL) ([]string, error) {
	parts := strings.FieldsFunc(u.EscapedPath(), func(r rune) bool { return r == '/' })
	for i, p := range parts {
		var err error
		if parts[i], err = url.PathUnescape(p); err != nil {
			return nil, err
		}
	}
	return parts, nil
}

// under returns the path of u below a collection. ok is false if u is not in it.
func under(u, collection *url.URL) (path []string, ok bool) {
	all, err := segments(u)
	base, err2 := segments(collection)
	if err != nil || err2 != nil || len(all) < len(base) || !slices.Equal(all[:len(base)], base) {
		return nil, false
	}
	return all[len(base):], true
}

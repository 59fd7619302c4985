// Package gowebdav lists collections as the Client of github.com/studio-b12/gowebdav does, with this package's Decoder.
package gowebdav

import (
	"errors"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"strings"

	"github.com/studio-b12/gowebdav"

	"github.com/go-multistatus/multistatus"
	"github.com/go-multistatus/multistatus/davprop"
)

const question = `<?xml version="1.0" encoding="utf-8"?>
<D:propfind xmlns:D="DAV:"><D:prop><D:displayname/><D:resourcetype/><D:getcontentlength/><D:getcontenttype/><D:getetag/><D:getlastmodified/></D:prop></D:propfind>`

var options = multistatus.DecodeOptions{Select: []multistatus.Name{
	davprop.DisplayName.Name(), davprop.ResourceType.Name(), davprop.GetContentLength.Name(),
	davprop.GetContentType.Name(), davprop.GetETag.Name(), davprop.GetLastModified.Name(),
}}

// ReadDir takes the place of gowebdav.Client.ReadDir. The collection itself is told by its href, wherever it stands. What cannot be
// listed is in the error, and the rest is listed all the same: the list is complete if the error is nil.
func ReadDir(c *http.Client, root, dir string) ([]fs.FileInfo, error) {
	base, err := url.Parse(gowebdav.Join(root, gowebdav.PathEscape(gowebdav.FixSlash(dir))))
	if err != nil {
		return nil, gowebdav.NewPathErrorErr("ReadDir", dir, err)
	}
	var list []fs.FileInfo
	var errs []error
	self := multistatus.Href(base.EscapedPath())
	err = propfind(c, base, "1", func(h multistatus.Href, r *multistatus.Response) {
		err := r.Err()
		switch isSelf := h.Same(self, base); {
		case err != nil:
			errs = append(errs, err)
		case !isSelf:
			f, err := newFile(h, r)
			f.path = gowebdav.FixSlashes(dir) + f.name
			if f.dir {
				f.path += "/"
			}
			list, errs = append(list, f), append(errs, err)
		case !davprop.IsCollection(r):
			errs = append(errs, gowebdav.NewPathError("ReadDir", dir, http.StatusMethodNotAllowed))
		}
	})
	return list, wrap("ReadDir", dir, errors.Join(append(errs, err)...))
}

// Stat takes the place of gowebdav.Client.Stat. An answer that does not say anything of the resource is fs.ErrNotExist.
func Stat(c *http.Client, root, name string) (fs.FileInfo, error) {
	u, err := url.Parse(gowebdav.Join(root, gowebdav.PathEscape(name)))
	if err != nil {
		return nil, gowebdav.NewPathErrorErr("Stat", name, err)
	}
	var found *File
	failed := error(fs.ErrNotExist)
	err = propfind(c, u, "0", func(h multistatus.Href, r *multistatus.Response) {
		if found == nil {
			if failed = r.Err(); failed == nil {
				found, failed = newFile(h, r)
				found.path = name
			}
		}
	})
	if err = errors.Join(err, failed); err != nil {
		return nil, wrap("Stat", name, err)
	}
	return found, nil
}

func wrap(op, name string, err error) error {
	if err == nil {
		return nil
	}
	return gowebdav.NewPathErrorErr(op, name, err)
}

func propfind(c *http.Client, u *url.URL, depth string, found func(multistatus.Href, *multistatus.Response)) error {
	req, err := http.NewRequest("PROPFIND", u.String(), strings.NewReader(question))
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", multistatus.ContentType)
	req.Header.Set("Depth", depth)
	resp, err := c.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusMultiStatus {
		return gowebdav.StatusError{Status: resp.StatusCode}
	}
	opts := options
	opts.ContentType = resp.Header.Get("Content-Type")
	d := multistatus.NewDecoder(resp.Body, &opts)
	for r := new(multistatus.Response); ; {
		if err := d.Next(r); err != nil {
			return eof(err)
		}
		for h := range r.Hrefs() {
			found(h, r)
		}
	}
}

// eof turns io.EOF, after which nothing is missing, into nil.
func eof(err error) error {
	if err == io.EOF {
		return nil
	}
	return err
}

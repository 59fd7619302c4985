// Package emersion lists collections as the Client of github.com/emersion/go-webdav does, response by response and with this
// package's Decoder.
package emersion

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"net/http"
	"net/url"
	"strings"

	"github.com/emersion/go-webdav"

	"github.com/go-multistatus/multistatus"
	"github.com/go-multistatus/multistatus/davprop"
)

const question = `<?xml version="1.0" encoding="utf-8"?>
<D:propfind xmlns:D="DAV:"><D:prop><D:resourcetype/><D:getcontentlength/><D:getlastmodified/><D:getcontenttype/><D:getetag/></D:prop></D:propfind>`

// options keep the properties that a FileInfo has.
var options = multistatus.DecodeOptions{Select: []multistatus.Name{
	davprop.ResourceType.Name(), davprop.GetContentLength.Name(), davprop.GetLastModified.Name(), davprop.GetContentType.Name(), davprop.GetETag.Name(),
}}

// ReadDir takes the place of webdav.Client.ReadDir. What cannot be listed is in the error, and the rest is listed all the same:
// the list is complete if the error is nil.
func ReadDir(ctx context.Context, c webdav.HTTPClient, dir *url.URL, recursive bool) ([]webdav.FileInfo, error) {
	var list []webdav.FileInfo
	var errs []error
	for fi, err := range List(ctx, c, dir, recursive) {
		if err != nil {
			errs = append(errs, err)
			continue
		}
		list = append(list, fi)
	}
	return list, errors.Join(errs...)
}

// List yields what is in dir, dir itself too, as it arrives. An error may stand for one resource, and others follow; then it is a
// *multistatus.StatusError or wraps multistatus.ErrHref. After any other nothing follows.
func List(ctx context.Context, c webdav.HTTPClient, dir *url.URL, recursive bool) iter.Seq2[webdav.FileInfo, error] {
	return func(yield func(webdav.FileInfo, error) bool) {
		resp, err := propfind(ctx, c, dir, recursive)
		if err != nil {
			yield(webdav.FileInfo{}, err)
			return
		}
		defer resp.Body.Close()
		opts := options
		opts.ContentType = resp.Header.Get("Content-Type")
		d := multistatus.NewDecoder(resp.Body, &opts)
		for r := new(multistatus.Response); ; {
			if err := d.Next(r); err != nil {
				if err != io.EOF {
					yield(webdav.FileInfo{}, err)
				}
				return
			}
			for h := range r.Hrefs() {
				if !yield(fileInfo(h, r)) {
					return
				}
			}
		}
	}
}

func propfind(ctx context.Context, c webdav.HTTPClient, dir *url.URL, recursive bool) (*http.Response, error) {
	req, err := http.NewRequestWithContext(ctx, "PROPFIND", dir.String(), strings.NewReader(question))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Content-Type", multistatus.ContentType)
	req.Header.Set("Depth", map[bool]string{false: "1", true: "infinity"}[recursive])
	resp, err := c.Do(req)
	if err != nil {
		return nil, err
	}
	if resp.StatusCode != http.StatusMultiStatus {
		resp.Body.Close()
		return nil, fmt.Errorf("PROPFIND %s: %s", dir.Redacted(), resp.Status)
	}
	return resp, nil
}

// fileInfo takes what a response says of one href. What it does not say, or says so that nobody understands it, is zero.
func fileInfo(h multistatus.Href, r *multistatus.Response) (webdav.FileInfo, error) {
	if err := r.Err(); err != nil {
		return webdav.FileInfo{}, err
	}
	path, err := h.Path()
	fi := webdav.FileInfo{Path: path, IsDir: davprop.IsCollection(r)}
	if !fi.IsDir {
		fi.Size, _ = davprop.GetContentLength.Find(r)
		mime, _ := davprop.GetContentType.Find(r)
		etag, _ := davprop.GetETag.Find(r)
		fi.MIMEType, fi.ETag = string(mime), etag.Opaque()
	}
	fi.ModTime, _ = davprop.GetLastModified.Find(r)
	return fi, err
}

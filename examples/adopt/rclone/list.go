package rclone

import (
	"io"
	"iter"
	"net/url"
	"path"
	"strings"

	"github.com/go-multistatus/multistatus"
	"github.com/go-multistatus/multistatus/davprop"
)

// List yields the members of base as they arrive. An error may stand for one of them, and others follow: then it is a
// *multistatus.StatusError or wraps multistatus.ErrHref. After any other nothing follows, and the list is not complete.
func List(body io.Reader, contentType string, base *url.URL) iter.Seq2[Item, error] {
	return func(yield func(Item, error) bool) {
		d := multistatus.NewDecoder(body, &multistatus.DecodeOptions{ContentType: contentType, Select: []multistatus.Name{
			davprop.ResourceType.Name(), multistatus.DAV("iscollection"), davprop.GetContentLength.Name(), davprop.GetLastModified.Name(),
		}})
		for r := new(multistatus.Response); ; {
			if err := d.Next(r); err != nil {
				if err != io.EOF {
					yield(Item{}, err)
				}
				return
			}
			for h := range r.Hrefs() {
				if item, err := newItem(h, r, base); (err != nil || item.Name != "") && !yield(item, err) {
					return
				}
			}
		}
	}
}

// newItem takes what a response says of one href. The Name is empty if that is base itself, or not in it.
func newItem(h multistatus.Href, r *multistatus.Response, base *url.URL) (item Item, err error) {
	u, err := h.Resolve(base)
	if err != nil {
		return item, err
	}
	below, ok := strings.CutPrefix(u.Path, base.Path)
	name := strings.TrimSuffix(below, "/")
	if err = r.Err(); err != nil || !ok || name == "" {
		return item, err
	}
	item = Item{Name: path.Clean(name), Dir: davprop.IsCollection(r)}
	item.Size, _ = davprop.GetContentLength.Find(r)
	item.Modified, _ = davprop.GetLastModified.Find(r)
	return item, nil
}

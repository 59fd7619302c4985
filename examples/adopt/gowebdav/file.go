package gowebdav

import (
	"io/fs"
	"path"
	"time"

	"github.com/go-multistatus/multistatus"
	"github.com/go-multistatus/multistatus/davprop"
)

// File is what gowebdav.File is, which only its own package can make.
type File struct {
	path, name, contentType, etag string
	size                          int64
	modified                      time.Time
	dir                           bool
}

func (f *File) Path() string        { return f.path }
func (f *File) Name() string        { return f.name }
func (f *File) ContentType() string { return f.contentType }
func (f *File) ETag() string        { return f.etag } // as it was sent
func (f *File) Size() int64         { return f.size }
func (f *File) ModTime() time.Time  { return f.modified }
func (f *File) IsDir() bool         { return f.dir }
func (f *File) Sys() any            { return nil }

// Mode returns the mode that gowebdav gives to files and directories.
func (f *File) Mode() fs.FileMode {
	if f.dir {
		return 0o775 | fs.ModeDir
	}
	return 0o664
}

func newFile(h multistatus.Href, r *multistatus.Response) (*File, error) {
	p, err := h.Path()
	f := &File{name: path.Base(p), dir: davprop.IsCollection(r), modified: time.Unix(0, 0)}
	if !f.dir {
		f.size, _ = davprop.GetContentLength.Find(r)
	}
	if t, ok := davprop.GetLastModified.Find(r); ok {
		f.modified = t
	}
	mime, _ := davprop.GetContentType.Find(r)
	etag, _ := davprop.GetETag.Find(r)
	f.contentType, f.etag = string(mime), string(etag)
	return f, err
}

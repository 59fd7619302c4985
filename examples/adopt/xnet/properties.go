package xnet

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"mime"
	"net/http"
	"path"

	"golang.org/x/net/webdav"

	"github.com/go-multistatus/multistatus"
	"github.com/go-multistatus/multistatus/davprop"
)

// resource is what live properties are made of.
type resource struct {
	ctx   context.Context
	file  webdav.File
	info  fs.FileInfo
	name  string
	locks multistatus.Value
}

// live are the properties that golang.org/x/net/webdav makes itself, and how; dirs says which collections have, too.
var live = []struct {
	name  multistatus.Name
	dirs  bool
	write func(*multistatus.Encoder, resource) error
}{
	{davprop.ResourceType.Name(), true, func(e *multistatus.Encoder, r resource) error {
		if r.info.IsDir() {
			return e.PropElements(davprop.ResourceType.Name(), davprop.Collection)
		}
		return e.PropEmpty(davprop.ResourceType.Name())
	}},
	{davprop.DisplayName.Name(), true, func(e *multistatus.Encoder, r resource) error {
		if path.Clean("/"+r.name) == "/" { // whose name is that of a directory of the server
			return e.PropEmpty(davprop.DisplayName.Name())
		}
		return davprop.DisplayName.Write(e, r.info.Name())
	}},
	{davprop.GetContentLength.Name(), false, func(e *multistatus.Encoder, r resource) error {
		return davprop.GetContentLength.Write(e, r.info.Size())
	}},
	{davprop.GetLastModified.Name(), true, func(e *multistatus.Encoder, r resource) error {
		return davprop.GetLastModified.Write(e, r.info.ModTime())
	}},
	{davprop.GetContentType.Name(), false, func(e *multistatus.Encoder, r resource) error {
		t, err := r.contentType()
		if err != nil {
			return err
		}
		return e.PropText(davprop.GetContentType.Name(), t)
	}},
	{davprop.GetETag.Name(), false, func(e *multistatus.Encoder, r resource) error {
		if t, ok := r.info.(webdav.ETager); ok {
			if s, err := t.ETag(r.ctx); err == nil {
				return e.PropText(davprop.GetETag.Name(), s)
			} else if err != webdav.ErrNotImplemented {
				return err
			}
		}
		return davprop.GetETag.Write(e, davprop.MakeETag(fmt.Sprintf("%x%x", r.info.ModTime().UnixNano(), r.info.Size()), false))
	}},
	{davprop.SupportedLock.Name(), true, func(e *multistatus.Encoder, r resource) error {
		return e.PropValue(davprop.SupportedLock.Name(), r.locks)
	}},
}

// exclusive is the one kind of lock that golang.org/x/net/webdav has.
const exclusive = `<D:lockentry><D:lockscope><D:exclusive/></D:lockscope><D:locktype><D:write/></D:locktype></D:lockentry>`

func (r resource) contentType() (string, error) {
	if t, ok := r.info.(webdav.ContentTyper); ok {
		if s, err := t.ContentType(r.ctx); err != webdav.ErrNotImplemented {
			return s, err
		}
	}
	if t := mime.TypeByExtension(path.Ext(r.name)); t != "" {
		return t, nil
	}
	head := make([]byte, 512)
	n, err := io.ReadFull(r.file, head)
	if err == io.EOF || err == io.ErrUnexpectedEOF {
		err = nil
	}
	return http.DetectContentType(head[:n]), err
}

// indexLive returns where a property of r stands in live, or -1.
func indexLive(n multistatus.Name, r resource) int {
	for i := range live {
		if live[i].name == n && (live[i].dirs || !r.info.IsDir()) {
			return i
		}
	}
	return -1
}

package main

import (
	"path"

	"github.com/go-multistatus/multistatus"
)

// live is a property that the server knows of itself.
type live struct {
	name     multistatus.Name
	has      func(resource) bool
	write    func(*server, *multistatus.Encoder, multistatus.Name, resource) error
	settable bool // by PROPPATCH, after which it is as dead as others
}

func always(resource) bool   { return true }
func isFile(f resource) bool { return !f.isDir() }

// liveProperties returns the table of them, in the order in which allprop has them. There is no creationdate, which files do
// not have everywhere.
func liveProperties() []live {
	return []live{
		{multistatus.DAV("resourcetype"), always, writeType, false},
		{multistatus.DAV("displayname"), always, writeName, true},
		{multistatus.DAV("getlastmodified"), always, writeModified, false},
		{multistatus.DAV("getcontentlength"), isFile, writeLength, false},
		{multistatus.DAV("getcontenttype"), isFile, writeContentType, false},
		{multistatus.DAV("getetag"), isFile, writeETag, false},
		{multistatus.DAV("supportedlock"), always, writeSupportedLock, false},
		{multistatus.DAV("lockdiscovery"), always, writeLocks, false},
	}
}

func writeType(_ *server, e *multistatus.Encoder, n multistatus.Name, f resource) error {
	if f.isDir() {
		return e.PropElements(n, multistatus.DAV("collection"))
	}
	return e.PropEmpty(n)
}

// writeName writes the last segment of the path, until somebody gives the resource another name to be shown.
func writeName(_ *server, e *multistatus.Encoder, n multistatus.Name, f resource) error {
	return e.PropText(n, path.Base(urlPath(f.name, false)))
}

func writeModified(_ *server, e *multistatus.Encoder, n multistatus.Name, f resource) error {
	return e.PropHTTPTime(n, f.info.ModTime())
}

func writeLength(_ *server, e *multistatus.Encoder, n multistatus.Name, f resource) error {
	return e.PropInt(n, f.info.Size())
}

func writeContentType(_ *server, e *multistatus.Encoder, n multistatus.Name, f resource) error {
	return e.PropText(n, f.contentType())
}

func writeETag(_ *server, e *multistatus.Encoder, n multistatus.Name, f resource) error {
	return e.PropText(n, f.etag())
}

func writeSupportedLock(s *server, e *multistatus.Encoder, n multistatus.Name, _ resource) error {
	if s.readOnly {
		return e.PropEmpty(n)
	}
	return e.PropValue(n, s.supportedLock)
}

func writeLocks(s *server, e *multistatus.Encoder, n multistatus.Name, f resource) error {
	v, err := s.locks.discovery(f.name)
	if err != nil {
		return err
	}
	return e.PropValue(n, v)
}

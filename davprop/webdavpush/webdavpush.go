// Package webdavpush has the properties of the draft of WebDAV-Push.
package webdavpush

import (
	"github.com/go-multistatus/multistatus"
	"github.com/go-multistatus/multistatus/davprop"
)

// The properties of a collection that tells of changes.
var (
	// Transports is how changes are told, [davprop.Names] such as web-push.
	//
	//	<!ELEMENT transports (web-push*)>
	Transports = davprop.NewNames(name("transports"))

	// Topic is by what the collection is known in messages, a string.
	//
	//	<!ELEMENT topic (#PCDATA)>
	Topic = davprop.NewToken(name("topic"))

	// SupportedTriggers is of what changes is told, [davprop.Names] such as content-update.
	//
	//	<!ELEMENT supported-triggers (content-update?, property-update?)>
	SupportedTriggers = davprop.NewNames(name("supported-triggers"))
)

// Keys returns the Keys of this package's properties.
func Keys() []davprop.Any {
	return []davprop.Any{
		Transports, Topic, SupportedTriggers,
	}
}

func name(local string) multistatus.Name {
	return multistatus.Name{Space: multistatus.NamespaceWebDAVPush, Local: local}
}

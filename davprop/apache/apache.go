// Package apache has the property of Apache's mod_dav_fs.
package apache

import (
	"github.com/go-multistatus/multistatus"
	"github.com/go-multistatus/multistatus/davprop"
)

// The properties of Apache's mod_dav_fs.
var (
	// Executable is whether the file may be executed, a bool. It can be set by PROPPATCH.
	//
	//	<!ELEMENT executable (#PCDATA)>   T or F
	Executable = davprop.NewBool(name("executable"), "T", "F")
)

// Keys returns the Keys of this package's properties.
func Keys() []davprop.Any {
	return []davprop.Any{
		Executable,
	}
}

func name(local string) multistatus.Name {
	return multistatus.Name{Space: multistatus.NamespaceApache, Local: local}
}

// Package known finds the properties of package davprop and its sub-packages by their names, for tools that show or check
// whatever a body holds.
package known

import (
	"iter"

	"github.com/go-multistatus/multistatus"
	"github.com/go-multistatus/multistatus/davprop"
	"github.com/go-multistatus/multistatus/davprop/apache"
	"github.com/go-multistatus/multistatus/davprop/apple"
	"github.com/go-multistatus/multistatus/davprop/caldav"
	"github.com/go-multistatus/multistatus/davprop/calendarserver"
	"github.com/go-multistatus/multistatus/davprop/carddav"
	"github.com/go-multistatus/multistatus/davprop/microsoft"
	"github.com/go-multistatus/multistatus/davprop/nextcloud"
	"github.com/go-multistatus/multistatus/davprop/owncloud"
	"github.com/go-multistatus/multistatus/davprop/subversion"
	"github.com/go-multistatus/multistatus/davprop/webdavpush"
)

var keys = [...][]davprop.Any{
	davprop.Keys(), caldav.Keys(), carddav.Keys(), calendarserver.Keys(), apple.Keys(), owncloud.Keys(), nextcloud.Keys(),
	microsoft.Keys(), apache.Keys(), subversion.Keys(), webdavpush.Keys(),
}

var index = indexed()

func indexed() map[multistatus.Name]davprop.Any {
	m := map[multistatus.Name]davprop.Any{}
	for k := range All() {
		m[k.Name()] = k
	}
	return m
}

// Key returns the Key of the property of that name. ok is false if there is none.
func Key(n multistatus.Name) (k davprop.Any, ok bool) {
	k, ok = index[n]
	return k, ok
}

// All yields the Keys of all properties, package by package.
func All() iter.Seq[davprop.Any] {
	return func(yield func(davprop.Any) bool) {
		for _, list := range keys {
			for _, k := range list {
				if !yield(k) {
					return
				}
			}
		}
	}
}

// Show returns what a property means in a form for people, as [davprop.Key.Show] does. ok is false if it is not known,
// or its value cannot be read.
func Show(p *multistatus.Property) (text string, ok bool) {
	k, ok := Key(p.Name)
	if !ok {
		return "", false
	}
	text, err := k.Show(p.Value)
	return text, err == nil
}

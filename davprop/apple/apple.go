// Package apple has the properties that Apple's iCal gave to calendars, and other clients and servers took over.
package apple

import (
	"github.com/go-multistatus/multistatus"
	"github.com/go-multistatus/multistatus/davprop"
)

// The properties of a calendar in a list of calendars.
var (
	// CalendarColor is a colour, a string such as "#0082C9" or, with an alpha channel, "#0082C9FF".
	//
	//	<!ELEMENT calendar-color (#PCDATA)>
	CalendarColor = davprop.NewToken(name("calendar-color"))

	// CalendarOrder is the place among other calendars, an int64: small ones first.
	//
	//	<!ELEMENT calendar-order (#PCDATA)>
	CalendarOrder = davprop.NewInt(name("calendar-order"))

	// RefreshRate is how often a subscribed calendar is to be fetched, a string that is a duration of iCalendar, such as "P1W".
	//
	//	<!ELEMENT refreshrate (#PCDATA)>
	RefreshRate = davprop.NewToken(name("refreshrate"))
)

// Keys returns the Keys of this package's properties.
func Keys() []davprop.Any {
	return []davprop.Any{
		CalendarColor, CalendarOrder, RefreshRate,
	}
}

func name(local string) multistatus.Name {
	return multistatus.Name{Space: multistatus.NamespaceApple, Local: local}
}

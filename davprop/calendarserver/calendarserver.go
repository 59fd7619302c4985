// Package calendarserver has the properties of Apple's Calendar and Contacts Server, many of which other servers have taken over.
// They are defined in the documents beside that server's source.
package calendarserver

import (
	"strconv"

	"github.com/go-multistatus/multistatus"
	"github.com/go-multistatus/multistatus/davprop"
)

// Collections and their changes.
var (
	// GetCTag is a string that changes whenever a member of the collection does (caldav-ctag).
	//
	//	<!ELEMENT getctag (#PCDATA)>
	GetCTag = davprop.NewToken(name("getctag"))

	// Source is where a subscribed calendar comes from, a slice of hrefs that most often is one.
	//
	//	<!ELEMENT source (DAV:href+)>
	Source = davprop.NewHrefs(name("source"))

	// SubscribedStripAlarms says that alarms are left out of a subscribed calendar, by being there.
	//
	//	<!ELEMENT subscribed-strip-alarms EMPTY>
	SubscribedStripAlarms = flag("subscribed-strip-alarms")

	// SubscribedStripAttachments says that attachments are left out of a subscribed calendar, by being there.
	//
	//	<!ELEMENT subscribed-strip-attachments EMPTY>
	SubscribedStripAttachments = flag("subscribed-strip-attachments")

	// SubscribedStripTodos says that tasks are left out of a subscribed calendar, by being there.
	//
	//	<!ELEMENT subscribed-strip-todos EMPTY>
	SubscribedStripTodos = flag("subscribed-strip-todos")
)

// Principals.
var (
	// EmailAddressSet is a principal's addresses, a slice of strings. Writing allocates.
	//
	//	<!ELEMENT email-address-set (email-address*)>
	EmailAddressSet = davprop.NewTexts(name("email-address-set"), name("email-address"))

	// CalendarProxyReadFor is whose calendars a principal may read, a slice of hrefs (caldav-proxy).
	//
	//	<!ELEMENT calendar-proxy-read-for (DAV:href*)>
	CalendarProxyReadFor = davprop.NewHrefs(name("calendar-proxy-read-for"))

	// CalendarProxyWriteFor is whose calendars a principal may change, a slice of hrefs (caldav-proxy).
	//
	//	<!ELEMENT calendar-proxy-write-for (DAV:href*)>
	CalendarProxyWriteFor = davprop.NewHrefs(name("calendar-proxy-write-for"))

	// DropboxHomeURL is where attachments are put, an href (caldav-dropbox).
	//
	//	<!ELEMENT dropbox-home-URL (DAV:href)>
	DropboxHomeURL = davprop.NewHref(name("dropbox-home-URL"))

	// NotificationURL is where notifications are found, an href (caldav-notifications).
	//
	//	<!ELEMENT notification-URL (DAV:href)>
	NotificationURL = davprop.NewHref(name("notification-URL"))
)

// Sharing (caldav-sharing).
var (
	// Invite is who was invited to the calendar, a [multistatus.Value] of user elements.
	//
	//	<!ELEMENT invite (organizer?, user*)>
	Invite = davprop.NewValue(name("invite"))

	// AllowedSharingModes is how the calendar may be shared, [davprop.Names] such as can-be-shared.
	//
	//	<!ELEMENT allowed-sharing-modes (can-be-shared?, can-be-published?)>
	AllowedSharingModes = davprop.NewNames(name("allowed-sharing-modes"))

	// SharedURL is the calendar that a shared one is of, an href.
	//
	//	<!ELEMENT shared-url (DAV:href)>
	SharedURL = davprop.NewHref(name("shared-url"))

	// PublishURL is where the calendar is published, an href.
	//
	//	<!ELEMENT publish-url (DAV:href)>
	PublishURL = davprop.NewHref(name("publish-url"))

	// PrePublishURL is where the calendar would be published, an href.
	//
	//	<!ELEMENT pre-publish-url (DAV:href)>
	PrePublishURL = davprop.NewHref(name("pre-publish-url"))
)

// Push.
var (
	// PushKey is by what changes of the collection are announced, a string.
	//
	//	<!ELEMENT pushkey (#PCDATA)>
	PushKey = davprop.NewToken(name("pushkey"))

	// PushTransports is how changes are announced, a [multistatus.Value].
	//
	//	<!ELEMENT push-transports (transport*)>
	PushTransports = davprop.NewValue(name("push-transports"))
)

// Keys returns the Keys of this package's properties.
func Keys() []davprop.Any {
	return []davprop.Any{
		GetCTag, Source, SubscribedStripAlarms, SubscribedStripAttachments, SubscribedStripTodos,
		EmailAddressSet, CalendarProxyReadFor, CalendarProxyWriteFor, DropboxHomeURL, NotificationURL,
		Invite, AllowedSharingModes, SharedURL, PublishURL, PrePublishURL,
		PushKey, PushTransports,
	}
}

func name(local string) multistatus.Name {
	return multistatus.Name{Space: multistatus.NamespaceCalendarServer, Local: local}
}

// flag returns the Key of a property that says something by being there. False is written as nothing at all.
func flag(local string) davprop.Key[bool] {
	return davprop.New(name(local),
		func(multistatus.Value) (bool, error) { return true, nil },
		func(e *multistatus.Encoder, n multistatus.Name, there bool) error {
			if there {
				return e.PropEmpty(n)
			}
			return nil
		}).ShownBy(strconv.FormatBool)
}

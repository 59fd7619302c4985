// Package caldav has the properties of calendars and their users: RFC 4791, RFC 6638 and what grew on them.
package caldav

import (
	"strings"
	"time"

	"github.com/go-multistatus/multistatus"
	"github.com/go-multistatus/multistatus/davprop"
)

// The properties of RFC 4791.
var (
	// CalendarDescription is a text for people about the calendar (section 5.2.1).
	//
	//	<!ELEMENT calendar-description (#PCDATA)>
	CalendarDescription = davprop.NewText(name("calendar-description"))

	// CalendarTimezone is an iCalendar object with one VTIMEZONE, a string (section 5.2.2).
	//
	//	<!ELEMENT calendar-timezone (#PCDATA)>
	CalendarTimezone = davprop.NewText(name("calendar-timezone"))

	// SupportedCalendarComponentSet is what a calendar may hold, a slice of strings such as "VEVENT" (section 5.2.3).
	// A calendar without the property may hold everything; one with an empty set, which the DTD has not, is another matter:
	// a slice that is empty and not nil. Writing allocates.
	//
	//	<!ELEMENT supported-calendar-component-set (comp+)>   <C:comp name="VEVENT"/>
	SupportedCalendarComponentSet = componentSet(davprop.NewAttrs(name("supported-calendar-component-set"), name("comp"), "name"))

	// SupportedCalendarData is the forms in which objects can be had, a slice of [davprop.MediaType] (section 5.2.4).
	// Writing allocates.
	//
	//	<!ELEMENT supported-calendar-data (calendar-data+)>   <C:calendar-data content-type="text/calendar" version="2.0"/>
	SupportedCalendarData = davprop.NewMediaTypes(name("supported-calendar-data"), name("calendar-data"))

	// MaxResourceSize is how many bytes an object may have, an int64 (section 5.2.5).
	//
	//	<!ELEMENT max-resource-size (#PCDATA)>
	MaxResourceSize = davprop.NewSize(name("max-resource-size"))

	// MinDateTime is the earliest time in an object, a [time.Time] in UTC (section 5.2.6).
	//
	//	<!ELEMENT min-date-time (#PCDATA)>   19000101T000000Z
	MinDateTime = stamps(name("min-date-time"))

	// MaxDateTime is the latest time in an object, a [time.Time] in UTC (section 5.2.7).
	//
	//	<!ELEMENT max-date-time (#PCDATA)>   20491231T235959Z
	MaxDateTime = stamps(name("max-date-time"))

	// MaxInstances is how often an event may recur, an int64 (section 5.2.8).
	//
	//	<!ELEMENT max-instances (#PCDATA)>
	MaxInstances = davprop.NewInt(name("max-instances"))

	// MaxAttendeesPerInstance is how many may attend an event, an int64 (section 5.2.9).
	//
	//	<!ELEMENT max-attendees-per-instance (#PCDATA)>
	MaxAttendeesPerInstance = davprop.NewInt(name("max-attendees-per-instance"))

	// CalendarHomeSet is the collections with a principal's calendars, a slice of hrefs (section 6.2.1).
	//
	//	<!ELEMENT calendar-home-set (DAV:href*)>
	CalendarHomeSet = davprop.NewHrefs(name("calendar-home-set"))

	// SupportedCollationSet is how texts can be compared in queries, a slice of strings (section 7.5.1). Writing allocates.
	//
	//	<!ELEMENT supported-collation-set (supported-collation*)>   <C:supported-collation>i;octet</C:supported-collation>
	SupportedCollationSet = davprop.NewTexts(name("supported-collation-set"), name("supported-collation"))

	// CalendarData is an object in a report, a string with line ends that XML has made LF unless they were escaped (section 9.6).
	// It is no property of the resource.
	//
	//	<!ELEMENT calendar-data (#PCDATA)>
	CalendarData = davprop.NewText(name("calendar-data"))
)

// The properties of scheduling, RFC 6638.
var (
	// ScheduleOutboxURL is where a principal's messages are posted, an href (section 2.1.1).
	//
	//	<!ELEMENT schedule-outbox-URL (DAV:href)>
	ScheduleOutboxURL = davprop.NewHref(name("schedule-outbox-URL"))

	// ScheduleInboxURL is where messages to a principal are found, an href (section 2.2.1).
	//
	//	<!ELEMENT schedule-inbox-URL (DAV:href)>
	ScheduleInboxURL = davprop.NewHref(name("schedule-inbox-URL"))

	// CalendarUserAddressSet is by what a principal is known in events, a slice of hrefs such as "mailto:a@example.com" (section 2.4.1).
	//
	//	<!ELEMENT calendar-user-address-set (DAV:href*)>
	CalendarUserAddressSet = davprop.NewHrefs(name("calendar-user-address-set"))

	// CalendarUserType is what a principal is, a string such as "INDIVIDUAL", "GROUP", "RESOURCE" or "ROOM" (section 2.4.2).
	//
	//	<!ELEMENT calendar-user-type (#PCDATA)>
	CalendarUserType = davprop.NewToken(name("calendar-user-type"))

	// ScheduleCalendarTransp is whether events make busy, [davprop.Names] of one: opaque or transparent (section 9.1).
	//
	//	<!ELEMENT schedule-calendar-transp (opaque | transparent)>
	ScheduleCalendarTransp = davprop.NewNames(name("schedule-calendar-transp"))

	// ScheduleDefaultCalendarURL is where new events go, an href (section 9.2).
	//
	//	<!ELEMENT schedule-default-calendar-URL (DAV:href?)>
	ScheduleDefaultCalendarURL = davprop.NewHref(name("schedule-default-calendar-URL"))

	// ScheduleTag is an entity tag that changes in replies do not change, a [davprop.ETag] (section 9.3).
	//
	//	<!ELEMENT schedule-tag (#PCDATA)>   "12345-67890"
	ScheduleTag = davprop.NewETag(name("schedule-tag"))
)

// The properties of time zones, attachments, availability and older drafts.
var (
	// TimezoneServiceSet is where time zones are found, a slice of hrefs (RFC 7809, section 5.1).
	//
	//	<!ELEMENT timezone-service-set (DAV:href*)>
	TimezoneServiceSet = davprop.NewHrefs(name("timezone-service-set"))

	// CalendarTimezoneID is the name of a time zone, a string such as "US/Eastern" (RFC 7809, section 5.2).
	//
	//	<!ELEMENT calendar-timezone-id (#PCDATA)>
	CalendarTimezoneID = davprop.NewToken(name("calendar-timezone-id"))

	// CalendarAvailability is an iCalendar object with VAVAILABILITY components, a string (RFC 7953, section 7.2.4).
	//
	//	<!ELEMENT calendar-availability (#PCDATA)>
	CalendarAvailability = davprop.NewText(name("calendar-availability"))

	// ManagedAttachmentsServerURL is where attachments are kept, an href; without any content anywhere (RFC 8607, section 6.1).
	//
	//	<!ELEMENT managed-attachments-server-URL (DAV:href?)>
	ManagedAttachmentsServerURL = davprop.NewHref(name("managed-attachments-server-URL"))

	// MaxAttachmentSize is how many bytes an attachment may have, an int64 (RFC 8607, section 6.2).
	//
	//	<!ELEMENT max-attachment-size (#PCDATA)>
	MaxAttachmentSize = davprop.NewSize(name("max-attachment-size"))

	// MaxAttachmentsPerResource is how many attachments an object may have, an int64 (RFC 8607, section 6.3).
	//
	//	<!ELEMENT max-attachments-per-resource (#PCDATA)>
	MaxAttachmentsPerResource = davprop.NewInt(name("max-attachments-per-resource"))

	// CalendarFreeBusySet is the calendars that make a principal busy, a slice of hrefs (drafts of RFC 6638).
	//
	//	<!ELEMENT calendar-free-busy-set (DAV:href*)>
	CalendarFreeBusySet = davprop.NewHrefs(name("calendar-free-busy-set"))
)

// Keys returns the Keys of this package's properties.
func Keys() []davprop.Any {
	return []davprop.Any{
		CalendarDescription, CalendarTimezone, SupportedCalendarComponentSet, SupportedCalendarData, MaxResourceSize, MinDateTime, MaxDateTime, MaxInstances, MaxAttendeesPerInstance, CalendarHomeSet, SupportedCollationSet, CalendarData,
		ScheduleOutboxURL, ScheduleInboxURL, CalendarUserAddressSet, CalendarUserType, ScheduleCalendarTransp, ScheduleDefaultCalendarURL, ScheduleTag,
		TimezoneServiceSet, CalendarTimezoneID, CalendarAvailability, ManagedAttachmentsServerURL, MaxAttachmentSize, MaxAttachmentsPerResource, CalendarFreeBusySet,
	}
}

func name(local string) multistatus.Name {
	return multistatus.Name{Space: multistatus.NamespaceCalDAV, Local: local}
}

// Calendar is the element in [davprop.ResourceType] of a calendar (section 4.2 of RFC 4791).
var Calendar = name("calendar")

// componentSet tells of a set that is empty.
func componentSet(k davprop.Key[[]string]) davprop.Key[[]string] {
	return davprop.NewReporting(k.Name(), func(v multistatus.Value) ([]string, davprop.Report, error) {
		all, r, err := k.Parse(v)
		if len(all) == 0 && r.Quirk != davprop.QuirkNsChildUnprefixed {
			r = davprop.Report{Quirk: davprop.QuirkCompsetMissing}
		}
		return all, r, err
	}, func(e *multistatus.Encoder, _ multistatus.Name, all []string) error {
		return k.Write(e, all)
	}).ShownBy(func(all []string) string { return strings.Join(all, ", ") })
}

// stamps returns the Key of a property that is a time in UTC as iCalendar has it (RFC 5545, section 3.3.5, form 2).
func stamps(n multistatus.Name) davprop.Key[time.Time] {
	return davprop.NewReporting(n, func(v multistatus.Value) (time.Time, davprop.Report, error) {
		text, r, err := davprop.NewToken(n).Parse(v)
		if err != nil {
			return time.Time{}, r, err
		}
		at, err := time.Parse(stampForm, text)
		if err != nil {
			r = davprop.Report{Quirk: faultOf(text), Detail: text}
		}
		return at, r, err
	}, func(e *multistatus.Encoder, n multistatus.Name, at time.Time) error {
		return multistatus.PropAppend(e, n, stamp(at))
	}).ShownBy(func(at time.Time) string { return at.Format(time.DateTime) })
}

// faultOf tells a year that has not four digits, as RustiCal has it, from what is no time.
func faultOf(text string) davprop.Quirk {
	year, clock, _ := strings.Cut(strings.TrimLeft(text, "+-"), "T")
	if len(year) != len("20060102") && strings.Trim(year, "0123456789") == "" && len(clock) == len("150405Z") {
		return davprop.QuirkMtimeAbsurdYear
	}
	return davprop.QuirkMtimeGarbage
}

const stampForm = "20060102T150405Z"

// stamp is a time that is written so.
type stamp time.Time

func (s stamp) AppendText(dst []byte) ([]byte, error) {
	return time.Time(s).UTC().AppendFormat(dst, stampForm), nil
}

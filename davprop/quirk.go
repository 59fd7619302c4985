package davprop

import "iter"

// A Quirk is one way in which values depart from their definitions and which this package forgives, or knows as unreadable.
// The zero Quirk is none.
type Quirk uint8

// The quirks, each named after its id. Their numbers may change from one release to the next; their ids do not.
const (
	_ Quirk = iota

	// Dates where HTTP's form is right, as in getlastmodified.

	QuirkMtimeEmpty           // nothing: no value
	QuirkMtimeIso             // a form of ISO 8601
	QuirkMtimePlus0000        // a numeric zone in the place of GMT
	QuirkMtimeOneDigitDay     // a day of one digit
	QuirkMtimeUtcZone         // the name of another zone than GMT
	QuirkMtimeGmtOffset       // an offset behind GMT
	QuirkMtimeNoZone          // no zone, read as UTC
	QuirkMtimeRfc850          // the obsolete form of RFC 850
	QuirkMtimeAsctimeUnixdate // the obsolete form of asctime, or that of the command date
	QuirkMtimeEpoch           // a number of seconds or milliseconds since 1970
	QuirkMtimeAbsurdYear      // a year that nobody meant
	QuirkMtimeGarbage         // no form of a date that is known
	QuirkMtimeWeekday         // a weekday that is not that of the date

	// Dates where RFC 3339 is right, as in creationdate.

	QuirkCtimeEmpty          // nothing: no value
	QuirkCtimeRfc1123        // the form of HTTP
	QuirkCtimeFractionOffset // a fraction of a second, which is allowed
	QuirkCtimeOffset         // another zone than UTC or small letters, which is allowed
	QuirkCtimeZone           // no zone, or one without colon, or no T
	QuirkCtimeGarbage        // no form of a date that is known

	// Numbers.

	QuirkLenEmpty        // nothing: no value
	QuirkLenSpace        // white space around it
	QuirkLenNegative     // a negative length: unreadable
	QuirkLenNonnumeric   // no number of 63 bits: unreadable
	QuirkQuotaNegative   // a negative quota, which is no number of bytes
	QuirkQuotaNonnumeric // no number of 63 bits: unreadable
	QuirkValueMixed      // elements within a text: unreadable

	// Entity tags.

	QuirkEtagEmpty       // nothing: no value
	QuirkEtagUnquoted    // no quotes
	QuirkEtagOverquoted  // quotes within quotes, or W/ without any
	QuirkEtagMalformed   // one quote, white space, controls
	QuirkEtagNoneLiteral // the word None
	QuirkEtagWeak        // a weak one, which is allowed

	// Elements.

	QuirkRtText                // text in the place of elements, as in resourcetype
	QuirkRtMulti               // a collection that is not the first in resourcetype, which is allowed
	QuirkRtMissingIscollection // iscollection, and no resourcetype
	QuirkIscollectionValue     // another word for yes or no than 0, 1, true and false
	QuirkHrefpropText          // text in the place of an href
	QuirkLockTimeout           // a timeout that is none of RFC 4918
	QuirkPrivilegeUnderscore   // a privilege spelt like read_acl
	QuirkCompsetMissing        // a set of components that is empty
	QuirkReportUnwrapped       // a supported-report without report
	QuirkNsChildUnprefixed     // an element in no namespace, read as one in DAV:

	numQuirks
)

type quirkInfo struct{ id, section, doc string }

var quirkTable = [numQuirks]quirkInfo{
	QuirkMtimeEmpty:           {"mtime-empty", "RFC 4918, section 15.7", "The date is empty: there is none."},
	QuirkMtimeIso:             {"mtime-iso", "RFC 4918, section 15.7", "The date has a form of ISO 8601; without zone it was read as UTC."},
	QuirkMtimePlus0000:        {"mtime-plus0000", "RFC 9110, section 5.6.7", "The date has a numeric zone in the place of GMT."},
	QuirkMtimeOneDigitDay:     {"mtime-one-digit-day", "RFC 9110, section 5.6.7", "The date has a day of one digit."},
	QuirkMtimeUtcZone:         {"mtime-utc-zone", "RFC 9110, section 5.6.7", "The date names another zone than GMT; it was read if that is UTC or one of RFC 5322."},
	QuirkMtimeGmtOffset:       {"mtime-gmt-offset", "RFC 9110, section 5.6.7", "The date has an offset behind GMT."},
	QuirkMtimeNoZone:          {"mtime-no-zone", "RFC 9110, section 5.6.7", "The date has no zone; it was read as UTC."},
	QuirkMtimeRfc850:          {"mtime-rfc850", "RFC 9110, section 5.6.7", "The date has the obsolete form of RFC 850."},
	QuirkMtimeAsctimeUnixdate: {"mtime-asctime-unixdate", "RFC 9110, section 5.6.7", "The date has the obsolete form of asctime, or that of the command date."},
	QuirkMtimeEpoch:           {"mtime-epoch", "RFC 4918, sections 15.1 and 15.7", "The date is a number: of 9 to 11 digits read as seconds since 1970, of 12 to 14 as milliseconds."},
	QuirkMtimeAbsurdYear:      {"mtime-absurd-year", "RFC 9110, section 5.6.7", "The date is not after the first second of 1970, or its year has not four digits; the latter was not read."},
	QuirkMtimeGarbage:         {"mtime-garbage", "RFC 9110, section 5.6.7", "The date is in no form that is known; it was read if that is HTTP's but for small letters or missing zeros."},
	QuirkMtimeWeekday:         {"mtime-weekday", "RFC 5322, section 3.3", "The date names a weekday that is not its own, which was passed over."},

	QuirkCtimeEmpty:          {"ctime-empty", "RFC 4918, section 15.1", "The date is empty: there is none."},
	QuirkCtimeRfc1123:        {"ctime-rfc1123", "RFC 4918, section 15.1", "The date has the form of HTTP in the place of that of RFC 3339."},
	QuirkCtimeFractionOffset: {"ctime-fraction-offset", "RFC 3339, section 5.6", "The date has a fraction of a second, which is allowed."},
	QuirkCtimeOffset:         {"ctime-offset", "RFC 4918, section 15.1", "The date is not in UTC with a capital T and Z, which is allowed."},
	QuirkCtimeZone:           {"ctime-zone", "RFC 3339, section 5.6", "The date has no zone, or one without colon, or no T; without zone it was read as UTC."},
	QuirkCtimeGarbage:        {"ctime-garbage", "RFC 4918, section 15.1", "The date is in no form that is known; it was read if that is RFC 3339's but for a comma, a missing zero or an odd offset."},

	QuirkLenEmpty:        {"len-empty", "RFC 4918, section 15.4", "The number is empty: there is none, which is not 0."},
	QuirkLenSpace:        {"len-space", "RFC 4918, section 15.4", "The number has white space around it, which was passed over."},
	QuirkLenNegative:     {"len-negative", "RFC 4918, section 15.4", "The length is negative; it was not read."},
	QuirkLenNonnumeric:   {"len-nonnumeric", "RFC 4918, section 15.4", "The number is none of 63 bits; it was not read."},
	QuirkQuotaNegative:   {"quota-negative", "RFC 4331, sections 3 and 4", "The quota is negative, which stands for no number of bytes; it was kept."},
	QuirkQuotaNonnumeric: {"quota-nonnumeric", "RFC 4331, sections 3 and 4", "The quota is no number of 63 bits; it was not read."},
	QuirkValueMixed:      {"value-mixed", "RFC 4918, section 17", "The value should be a text and holds elements; it was not read."},

	QuirkEtagEmpty:       {"etag-empty", "RFC 4918, section 15.6", "The entity tag is empty: there is none."},
	QuirkEtagUnquoted:    {"etag-unquoted", "RFC 4918, section 15.6", "The entity tag has no quotes; it was kept so."},
	QuirkEtagOverquoted:  {"etag-overquoted", "RFC 9110, section 8.8.3", "The entity tag has quotes within quotes, or is weak and has none; it was kept so."},
	QuirkEtagMalformed:   {"etag-malformed", "RFC 9110, section 8.8.3", "The entity tag lacks a quote, or holds white space or controls; it was kept so."},
	QuirkEtagNoneLiteral: {"etag-none-literal", "RFC 4918, section 15.6", "The entity tag is the word None, which is allowed and never changes."},
	QuirkEtagWeak:        {"etag-weak", "RFC 9110, section 8.8.3", "The entity tag is weak, which is allowed."},

	QuirkRtText:                {"rt-text", "RFC 4918, section 15.9", "A text stands in the place of elements, which names nothing."},
	QuirkRtMulti:               {"rt-multi", "RFC 4918, section 15.9", "The resource type names collection, but not first, which is allowed."},
	QuirkRtMissingIscollection: {"rt-missing-iscollection", "RFC 4918, section 15.9", "There is no resource type; iscollection was read in its place."},
	QuirkIscollectionValue:     {"iscollection-value", "RFC 4918, section 15.9", "The value is none of 0, 1, true, false and the words that are defined for it; it was read if it is t, f, y, n, yes or no, in any case."},
	QuirkHrefpropText:          {"hrefprop-text", "RFC 3744, section 5.1", "A text stands in the place of an href, and was read as one."},
	QuirkLockTimeout:           {"lock-timeout", "RFC 4918, section 10.7", "The timeout of a lock is neither Infinite nor Second- with a number of 32 bits; it was read as 0."},
	QuirkPrivilegeUnderscore:   {"privilege-underscore", "RFC 3744, section 3", "A privilege in DAV: is written with an underscore; it was kept so."},
	QuirkCompsetMissing:        {"compset-missing", "RFC 4791, section 5.2.3", "The set names no component; it was read as empty, which is not the same as missing."},
	QuirkReportUnwrapped:       {"report-unwrapped", "RFC 3253, section 3.1.5", "The name of a report stands in supported-report itself, without the element report."},
	QuirkNsChildUnprefixed:     {"ns-child-unprefixed", "RFC 4918, section 14", "An element that should be in DAV: is in no namespace; it was read as in DAV:."},
}

// String returns the id of q in the catalogue of quirks, as "etag-unquoted", or "" for one that is none.
func (q Quirk) String() string { return q.info().id }

// Section returns the section of the standard that q departs from, or that allows it.
func (q Quirk) Section() string { return q.info().section }

// Doc returns in a sentence what q is and what was made of it.
func (q Quirk) Doc() string { return q.info().doc }

// Allowed reports whether the standards allow what q is, so that it is no fault, but good to know.
func (q Quirk) Allowed() bool {
	switch q {
	case QuirkCtimeFractionOffset, QuirkCtimeOffset, QuirkEtagNoneLiteral, QuirkEtagWeak, QuirkRtMulti:
		return true
	}
	return false
}

func (q Quirk) info() *quirkInfo {
	if q >= numQuirks {
		q = 0
	}
	return &quirkTable[q]
}

// Quirks yields every quirk that this package knows, in the order of the constants.
func Quirks() iter.Seq[Quirk] {
	return func(yield func(Quirk) bool) {
		for q := Quirk(1); q < numQuirks && yield(q); q++ {
		}
	}
}

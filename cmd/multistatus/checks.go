package main

import (
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/go-multistatus/multistatus"
	"github.com/go-multistatus/multistatus/davprop"
	"github.com/go-multistatus/multistatus/davprop/caldav"
	"github.com/go-multistatus/multistatus/davprop/carddav"
	"github.com/go-multistatus/multistatus/davprop/microsoft"
)

// checkID is one thing that lint looks for beside the quirks: what the decoder takes without a word.
type checkID uint8

const (
	checkNone checkID = iota

	checkResponseDupHref
	checkSelfMissing
	checkHrefOutsideScope
	checkHrefWrongAuthority
	checkHrefNoTrailingSlash
	checkLocationPresent
	checkStatusNoReason
	checkMultistatusEmpty
	checkNsDefaultDAV
	checkNsChildUnprefixed
	checkLimitBody

	checkMtimeEmpty
	checkMtimeISO
	checkMtimePlus0000
	checkMtimeOneDigitDay
	checkMtimeUTCZone
	checkMtimeGMTOffset
	checkMtimeNoZone
	checkMtimeRFC850
	checkMtimeAsctime
	checkMtimeEpoch
	checkMtimeAbsurdYear
	checkMtimeGarbage
	checkMtimeWeekday

	checkCtimeEmpty
	checkCtimeRFC1123
	checkCtimeFraction
	checkCtimeOffset
	checkCtimeZone
	checkCtimeGarbage

	checkLenEmpty
	checkLenSpace
	checkLenNegative
	checkLenNonnumeric
	checkLenOnCollection
	checkQuotaNegative
	checkQuotaNonnumeric
	checkValueMixed

	checkETagEmpty
	checkETagUnquoted
	checkETagOverquoted
	checkETagMalformed
	checkETagNoneLiteral
	checkETagWeak

	checkRTText
	checkRTMulti
	checkRTMissing
	checkIsCollection
	checkHrefpropText
	checkLockTimeout
	checkPrivilegeUnderscore
	checkCompsetMissing
	checkDisplaynameEncoded

	numChecks
)

// check says what a finding is called, how much it matters, which section speaks of it, and what is seen and who minds.
// Its name is that of the catalogue of quirks, where that has one.
type check struct {
	name     string
	severity severity
	section  string
	what     string
}

var checkTable = [numChecks]check{
	checkResponseDupHref: {"response-dup-href", sevWarning, "RFC 4918, section 14.24",
		"an href stands twice in one body, of which Jackrabbit keeps the last and vdirsyncer the first"},
	checkSelfMissing: {"self-missing-or-other", sevWarning, "RFC 4918, section 9.1",
		"no response is about the resource that was asked, which clients look for to tell it from its members"},
	checkHrefOutsideScope: {"href-outside-scope", sevWarning, "RFC 4918, section 8.3",
		"an href does not begin with the path that was asked: rclone skips it, dav4jvm counts it as no member"},
	checkHrefWrongAuthority: {"href-wrong-authority", sevWarning, "RFC 4918, section 8.3",
		"an href has another scheme, host or port than was asked, as behind a proxy: sardine and dav4jvm count it as no member"},
	checkHrefNoTrailingSlash: {"href-no-trailing-slash", sevWarning, "RFC 4918, section 5.2",
		"the href of a collection does not end in a slash, for which the clients of ownCloud and Nextcloud refuse a listing"},
	checkLocationPresent: {"location-present", sevWarning, "RFC 4918, section 14.9",
		"a location stands beside a status that is no redirection: Finder shows the resource twice"},
	checkStatusNoReason: {"status-no-reason", sevWarning, "RFC 9112, section 4",
		"a status has no reason: tsdav does not read the code then, and neon refuses the body if the space before it is missing too, which lint cannot see"},
	checkMultistatusEmpty: {"multistatus-empty", sevNote, "RFC 4918, section 14.16",
		"there is no response, which gvfs takes for an error"},
	checkNsDefaultDAV: {"ns-default-dav", sevNote, "Namespaces in XML 1.0, section 6.2",
		"DAV: is the default namespace, which Windows' Mini-Redirector does not understand"},
	checkNsChildUnprefixed: {"ns-child-unprefixed", sevWarning, "RFC 4918, section 14",
		"a value in DAV: holds an element in no namespace (Bitrix24): DAVx5, cadaver and most others see nothing"},
	checkLimitBody: {"limit-body", sevWarning, "",
		"the body has more than 1000000 bytes, which Windows' WebClient refuses unless FileAttributesLimitInBytes is raised"},

	checkMtimeEmpty: {"mtime-empty", sevWarning, "RFC 4918, section 15.7",
		"getlastmodified is empty"},
	checkMtimeISO: {"mtime-iso", sevWarning, "RFC 4918, section 15.7",
		"getlastmodified has a form of ISO 8601 (chezdav, Vodafone's cloud), which dav4jvm does not read"},
	checkMtimePlus0000: {"mtime-plus0000", sevWarning, "RFC 9110, section 5.6.7",
		"getlastmodified has a numeric zone in the place of GMT (dufs before 0.40, LernSax)"},
	checkMtimeOneDigitDay: {"mtime-one-digit-day", sevWarning, "RFC 9110, section 5.6.7",
		"getlastmodified has a day of one digit"},
	checkMtimeUTCZone: {"mtime-utc-zone", sevWarning, "RFC 9110, section 5.6.7",
		"getlastmodified has another zone than GMT (CERNBox), for which ownCloud's Android client shows 1970"},
	checkMtimeGMTOffset: {"mtime-gmt-offset", sevWarning, "RFC 9110, section 5.6.7",
		"getlastmodified has an offset behind GMT (Salesforce), which rclone does not read"},
	checkMtimeNoZone: {"mtime-no-zone", sevWarning, "RFC 9110, section 5.6.7",
		"getlastmodified has no zone: Kodi takes it for local time"},
	checkMtimeRFC850: {"mtime-rfc850", sevWarning, "RFC 9110, section 5.6.7",
		"getlastmodified has the obsolete form of RFC 850, of which dav4jvm does not read the year"},
	checkMtimeAsctime: {"mtime-asctime-unixdate", sevWarning, "RFC 9110, section 5.6.7",
		"getlastmodified has the obsolete form of asctime, or that of the command date: neither may be sent"},
	checkMtimeEpoch: {"mtime-epoch", sevWarning, "RFC 4918, section 15.7",
		"a date is a number, as of seconds since 1970 (ownCloud)"},
	checkMtimeAbsurdYear: {"mtime-absurd-year", sevWarning, "RFC 9110, section 5.6.7",
		"a date lies outside of the years from 1970 to 9999, or is the first second of them (Nextcloud, .NET): macOS gave up a listing over it"},
	checkMtimeGarbage: {"mtime-garbage", sevWarning, "RFC 9110, section 5.6.7",
		"getlastmodified is no date in a form that is known (internxt)"},
	checkMtimeWeekday: {"mtime-weekday", sevWarning, "RFC 5322, section 3.3",
		"getlastmodified names a weekday that is not that of its date, which Java's java.time refuses"},

	checkCtimeEmpty: {"ctime-empty", sevWarning, "RFC 4918, section 15.1",
		"creationdate is empty"},
	checkCtimeRFC1123: {"ctime-rfc1123", sevWarning, "RFC 4918, section 15.1",
		"creationdate has the form of an HTTP date (ownCloud, chezdav), at which webdav_client for Dart fails"},
	checkCtimeFraction: {"ctime-fraction-offset", sevWarning, "RFC 3339, section 5.6",
		"creationdate has a fraction of a second (Subversion), which Windows' Mini-Redirector does not read"},
	checkCtimeOffset: {"ctime-offset", sevNote, "RFC 4918, section 15.1",
		"creationdate is not in UTC with a capital T and Z (FileRun): RFC 3339 allows it, simple parsers do not"},
	checkCtimeZone: {"ctime-zone", sevWarning, "RFC 3339, section 5.6",
		"creationdate has no zone, or one without colon, or no T"},
	checkCtimeGarbage: {"ctime-garbage", sevWarning, "RFC 4918, section 15.1",
		"creationdate is no date in the form of RFC 3339, nor in one that is known"},

	checkLenEmpty: {"len-empty", sevWarning, "RFC 4918, section 15.4",
		"getcontentlength is empty (Cyrus, Zope): no number, and not the same as 0"},
	checkLenSpace: {"len-space", sevWarning, "RFC 4918, section 15.4",
		"getcontentlength has white space around it (SAP), for which dav4jvm does not read it"},
	checkLenNegative: {"len-negative", sevWarning, "RFC 4918, section 15.4",
		"getcontentlength is negative (ownCloud), which clients take for 0 or for a huge number"},
	checkLenNonnumeric: {"len-nonnumeric", sevWarning, "RFC 4918, section 15.4",
		"getcontentlength is no number of 63 bits, at which OpenDAL failed"},
	checkLenOnCollection: {"len-on-collection", sevNote, "RFC 4918, section 15.4",
		"a collection has a getcontentlength (nginx, lighttpd): clients that add sizes up count it"},
	checkQuotaNegative: {"quota-negative", sevWarning, "RFC 4331, section 3",
		"a quota is negative (ownCloud, Nextcloud), which stands for no number of bytes"},

	checkQuotaNonnumeric: {"quota-nonnumeric", sevWarning, "RFC 4331, section 3",
		"a quota is no number of 63 bits"},
	checkValueMixed: {"value-mixed", sevWarning, "RFC 4918, section 17",
		"a property whose value is a text holds elements: most clients read no text then, or what precedes them"},

	checkETagEmpty: {"etag-empty", sevWarning, "RFC 4918, section 15.6",
		"getetag is empty (jianguoyun, IIS), over which webdav-client crashed"},
	checkETagUnquoted: {"etag-unquoted", sevWarning, "RFC 4918, section 15.6",
		"getetag is not quoted (SeaFile, WsgiDAV), at which go-webdav fails"},
	checkETagOverquoted: {"etag-overquoted", sevWarning, "RFC 9110, section 8.8.3",
		"getetag is quoted more than once, or has quotes inside, or is weak without quotes (reva)"},
	checkETagMalformed: {"etag-malformed", sevWarning, "RFC 9110, section 8.8.3",
		"getetag is no entity-tag: a quote is missing, or it holds white space or controls"},
	checkETagNoneLiteral: {"etag-none-literal", sevNote, "RFC 4918, section 15.6",
		"getetag is the word None (SOGo), which never changes"},
	checkETagWeak: {"etag-weak", sevNote, "RFC 9110, section 13.1.1",
		"getetag is weak (Subversion): If-Match with it never holds, so no client can guard a change by it"},

	checkRTText: {"rt-text", sevWarning, "RFC 4918, section 15.9",
		"resourcetype holds text: whatever it says, most clients take the resource for a file"},
	checkRTMulti: {"rt-multi", sevWarning, "RFC 4918, section 15.9",
		"collection is not the first in resourcetype, and gvfs and Kodi look at no other"},
	checkRTMissing: {"rt-missing-iscollection", sevNote, "RFC 4918, section 15.9",
		"there is an iscollection but no resourcetype (SharePoint, jianguoyun), by which most clients tell a collection"},
	checkIsCollection: {"iscollection-value", sevNote, "RFC 4918, section 15.9",
		"iscollection is none of 0, 1, true and false, which rclone knows"},
	checkHrefpropText: {"hrefprop-text", sevWarning, "RFC 3744, section 5.1",
		"a property whose value is an href holds text instead (jianguoyun), in which dav4jvm sees nothing"},
	checkLockTimeout: {"lock-timeout", sevWarning, "RFC 4918, section 10.7",
		"the timeout of a lock is neither Infinite nor Second- with a number of 32 bits (Nephele)"},
	checkPrivilegeUnderscore: {"privilege-underscore", sevWarning, "RFC 3744, section 3",
		"a privilege in DAV: is written with an underscore (jianguoyun): clients do not know it"},
	checkCompsetMissing: {"compset-missing", sevWarning, "RFC 4791, section 5.2.3",
		"supported-calendar-component-set names no component, for which tsdav dropped the calendar"},
	checkDisplaynameEncoded: {"displayname-encoded", sevNote, "RFC 4918, section 15.2",
		"displayname is percent-encoded like the href (nginx-dav-ext), and people are shown it as it is"},
}

// toldOnce are the checks of which the first finding in a body tells what there is to know: how the server does it always.
var toldOnce = [numChecks]bool{
	checkStatusNoReason: true, checkNsDefaultDAV: true, checkCtimeOffset: true, checkLenOnCollection: true,
	checkETagNoneLiteral: true, checkETagWeak: true, checkRTMissing: true, checkIsCollection: true, checkDisplaynameEncoded: true,
}

// responseChecks look at one response each.
var responseChecks = [...]func(*linter, *multistatus.Response){
	(*linter).checkHrefs, (*linter).checkSlash, (*linter).checkLocation, (*linter).checkReasons,
	(*linter).checkCollection, (*linter).checkDisplayname, (*linter).checkProps,
}

// checkHrefs compares every href with those before it, and with what was asked.
func (l *linter) checkHrefs(r *multistatus.Response) {
	for h := range r.Hrefs() {
		if h == "" {
			continue // a quirk of its own
		}
		key := keyOf(h, l.self.base())
		if first, ok := l.hrefs[key]; ok {
			l.tell(checkResponseDupHref, "first at "+first.text(), h)
		} else {
			l.hrefs[key] = l.here
		}
		if l.self != nil {
			l.tell(l.self.check(key), "", h)
		}
	}
}

// isCollection reports whether r says that its resource is one, so that clients which forgive nothing see it.
func isCollection(r *multistatus.Response) bool {
	p, s := r.Prop(propType)
	return p != nil && s.OK() && p.Value.Has(davprop.Collection)
}

// checkSlash looks at the href of a collection.
func (l *linter) checkSlash(r *multistatus.Response) {
	path, _, _ := strings.Cut(string(r.Href), "?")
	if isCollection(r) && path != "" && !strings.HasSuffix(path, "/") {
		l.tell(checkHrefNoTrailingSlash, "", r.Href)
	}
}

func (l *linter) checkLocation(r *multistatus.Response) {
	if r.Location != "" && r.Status.Code/100 != 3 {
		l.tell(checkLocationPresent, string(r.Location), r.Href)
	}
}

// checkReasons tells once a response that reasons are missing.
func (l *linter) checkReasons(r *multistatus.Response) {
	bare := hasNoReason(r.Status)
	for i := range r.Propstats {
		bare = bare || hasNoReason(r.Propstats[i].Status)
	}
	if bare {
		l.tell(checkStatusNoReason, "", r.Href)
	}
}

func hasNoReason(s multistatus.Status) bool { return s.Code != 0 && s.Reason == "" }

var propIsCollection = microsoft.IsCollection.Name()

// checkCollection compares what a response says of the kind of its resource.
func (l *linter) checkCollection(r *multistatus.Response) {
	if isCollection(r) && found(r, propLength) != "" {
		l.tell(checkLenOnCollection, found(r, propLength), r.Href)
	}
	if p, s := r.Prop(propType); (p == nil || !s.OK()) && found(r, propIsCollection) != "" {
		l.tell(checkRTMissing, "", r.Href)
	}
}

// checkDisplayname finds escapes that stand for UTF-8, or the last segment of the href, escapes and all.
func (l *linter) checkDisplayname(r *multistatus.Response) {
	name := found(r, multistatus.DAV("displayname"))
	path := strings.TrimSuffix(string(r.Href), "/")
	plain, err := url.PathUnescape(name)
	if err != nil || plain == name || !utf8.ValidString(plain) {
		return
	}
	if isASCII(name) && !isASCII(plain) || name == path[strings.LastIndexByte(path, '/')+1:] {
		l.tell(checkDisplaynameEncoded, name, r.Href)
	}
}

func isASCII(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r >= utf8.RuneSelf }) < 0
}

// checkProps looks at the values that were found.
func (l *linter) checkProps(r *multistatus.Response) {
	bare := isBare(r)
	for p, s := range r.Props() {
		if !s.OK() || bare {
			continue
		}
		l.tellProp(p, r.Href)
	}
}

// sections are the sections that speak of a property in particular, where a check's own speaks of another.
var sections = map[checkID]map[multistatus.Name]string{
	checkMtimeEpoch:      {propCreated: "RFC 4918, section 15.1"},
	checkMtimeAbsurdYear: {propCreated: "RFC 3339, section 5.6"},
	checkQuotaNegative:   {propQuotaUsed: "RFC 4331, section 4"},
	checkQuotaNonnumeric: {propQuotaUsed: "RFC 4331, section 4"},
	checkHrefpropText: {
		multistatus.DAV("group"):                    "RFC 3744, section 5.2",
		multistatus.DAV("principal-URL"):            "RFC 3744, section 4.2",
		multistatus.DAV("group-member-set"):         "RFC 3744, section 4.3",
		multistatus.DAV("group-membership"):         "RFC 3744, section 4.4",
		multistatus.DAV("principal-collection-set"): "RFC 3744, section 5.8",
		multistatus.DAV("current-user-principal"):   "RFC 5397, section 3",
		caldav.CalendarHomeSet.Name():               "RFC 4791, section 6.2.1",
		caldav.CalendarUserAddressSet.Name():        "RFC 6638, section 2.4.1",
		carddav.AddressbookHomeSet.Name():           "RFC 6352, section 7.1.1",
	},
}

// tellProp tells what is wrong with a value.
func (l *linter) tellProp(p *multistatus.Property, h multistatus.Href) {
	id, detail := checkProp(p)
	n := len(l.batch)
	l.tell(id, detail, h)
	if s := sections[id][p.Name]; s != "" && len(l.batch) > n {
		l.batch[n].Section = s
	}
}

// protectedProps are those of which an empty one is a value even where it is alone, as they cannot be set.
var protectedProps = map[multistatus.Name]bool{
	propLength: true, propETag: true, propModified: true, propCreated: true, propComponents: true,
}

// isBare reports whether empty values are but names, as in answers to propname and PROPPATCH: none holds anything,
// and it is not a protected one alone. A resourcetype beside it does not count: an empty one is that of a file.
func isBare(r *multistatus.Response) bool {
	n, protected := 0, false
	for p, s := range r.Props() {
		if !s.OK() {
			continue
		}
		if !p.Value.IsZero() {
			return false
		}
		if p.Name != propType {
			n++
			protected = protectedProps[p.Name]
		}
	}
	return n != 1 || !protected
}

// text is p as a finding speaks of it.
func (p place) text() string {
	if p.line == 0 {
		return "offset " + strconv.FormatInt(p.off, 10)
	}
	return strconv.Itoa(p.line) + ":" + strconv.Itoa(p.column)
}

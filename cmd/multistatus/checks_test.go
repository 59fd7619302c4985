package main

import (
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/go-multistatus/multistatus"
)

// lintCases have for each check a body that it is for, with all that lint prints then, and one that is near to it
// but of which the check says nothing. A body is either whole, or "R:" and the responses of one whose root ends with
// line 1, or the properties of such a response under 200 for /a.
var lintCases = []struct {
	id                  checkID
	hit, want           string
	miss                string
	selfHit, selfMissed string // flag -self, if not empty
}{
	{checkResponseDupHref, "R:<D:response><D:href>/a%41/</D:href><D:status>HTTP/1.1 200 OK</D:status></D:response>\n<D:response><D:href>/aA</D:href><D:status>HTTP/1.1 200 OK</D:status></D:response>",
		"<stdin>:3:1: warning: response-dup-href: an href stands twice in one body, of which Jackrabbit keeps the last and vdirsyncer the first: first at 2:1, of /aA (RFC 4918, section 14.24)\n",
		`R:<D:response><D:href>/a%2Fb</D:href><D:status>HTTP/1.1 200 OK</D:status></D:response><D:response><D:href>/a/b</D:href><D:status>HTTP/1.1 200 OK</D:status></D:response>`, "", ""},
	{checkSelfMissing, `<D:getetag>"1"</D:getetag>`,
		"<stdin>:1:1: warning: self-missing-or-other: no response is about the resource that was asked, which clients look for to tell it from its members: / (RFC 4918, section 9.1)\n",
		`<D:getetag>"1"</D:getetag>`, "/", "/%61/"},
	{checkHrefOutsideScope, `<D:getetag>"1"</D:getetag>`,
		"<stdin>:2:1: warning: href-outside-scope: an href does not begin with the path that was asked: rclone skips it, dav4jvm counts it as no member, of /a (RFC 4918, section 8.3)\n<stdin>:1:1: warning: self-missing-or-other: no response is about the resource that was asked, which clients look for to tell it from its members: /b/ (RFC 4918, section 9.1)\n",
		`R:<D:response><D:href>/b/</D:href><D:status>HTTP/1.1 200 OK</D:status></D:response><D:response><D:href>/b/c</D:href><D:status>HTTP/1.1 200 OK</D:status></D:response>`, "/b/", "/b"},
	{checkHrefWrongAuthority, `R:<D:response><D:href>/b/</D:href><D:status>HTTP/1.1 200 OK</D:status></D:response><D:response><D:href>http://h/b/c</D:href><D:status>HTTP/1.1 200 OK</D:status></D:response>`,
		"<stdin>:2:82: warning: href-wrong-authority: an href has another scheme, host or port than was asked, as behind a proxy: sardine and dav4jvm count it as no member, of http://h/b/c (RFC 4918, section 8.3)\n",
		`R:<D:response><D:href>/b/</D:href><D:status>HTTP/1.1 200 OK</D:status></D:response><D:response><D:href>https://H:443/b/c</D:href><D:status>HTTP/1.1 200 OK</D:status></D:response>`, "https://h/b/", "https://h/b/"},
	{checkHrefNoTrailingSlash, `<D:resourcetype><D:collection/></D:resourcetype>`,
		"<stdin>:2:1: warning: href-no-trailing-slash: the href of a collection does not end in a slash, for which the clients of ownCloud and Nextcloud refuse a listing, of /a (RFC 4918, section 5.2)\n",
		`R:<D:response><D:href>/a/?x</D:href><D:propstat><D:prop><D:resourcetype><D:collection/></D:resourcetype></D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response>`, "", ""},
	{checkLocationPresent, `R:<D:response><D:href>/a</D:href><D:status>HTTP/1.1 200 OK</D:status><D:location><D:href>/b</D:href></D:location></D:response>`,
		"<stdin>:2:1: warning: location-present: a location stands beside a status that is no redirection: Finder shows the resource twice: /b, of /a (RFC 4918, section 14.9)\n",
		`R:<D:response><D:href>/a</D:href><D:status>HTTP/1.1 302 Found</D:status><D:location><D:href>/b</D:href></D:location></D:response><D:response><D:href>/c</D:href><D:status>HTTP/1.1 300 Multiple Choices</D:status><D:location><D:href>/b</D:href></D:location></D:response><D:response><D:href>/d</D:href><D:status>HTTP/1.1 301 Moved Permanently</D:status><D:location><D:href>/b</D:href></D:location></D:response>`, "", ""},
	{checkStatusNoReason, `R:<D:response><D:href>/a</D:href><D:status>HTTP/1.1 423 </D:status></D:response>`,
		"<stdin>:2:1: warning: status-no-reason: a status has no reason: tsdav does not read the code then, and neon refuses the body if the space before it is missing too, which lint cannot see, of /a (RFC 9112, section 4)\n",
		`R:<D:response><D:href>/a</D:href><D:status>HTTP/1.1 423 L</D:status></D:response>`, "", ""},
	{checkMultistatusEmpty, `R:`,
		"<stdin>:1:1: note: multistatus-empty: there is no response, which gvfs takes for an error (RFC 4918, section 14.16)\n",
		`R:<D:response><D:href>/a</D:href><D:status>HTTP/1.1 200 OK</D:status></D:response>`, "", ""},
	{checkNsDefaultDAV, "<?xml version=\"1.0\"?>\n<multistatus xmlns='DAV:'><response><href>/a</href><status>HTTP/1.1 200 OK</status></response></multistatus>",
		"<stdin>:2:1: note: ns-default-dav: DAV: is the default namespace, which Windows' Mini-Redirector does not understand (Namespaces in XML 1.0, section 6.2)\n",
		`<multistatus xmlns="DAV"><response><href>/a</href><status>HTTP/1.1 200 OK</status></response></multistatus>`, "", ""},
	{checkNsChildUnprefixed, `<D:current-user-principal><href>/p/</href></D:current-user-principal>`,
		"<stdin>:2:1: warning: ns-child-unprefixed: a value in DAV: holds an element in no namespace (Bitrix24): DAVx5, cadaver and most others see nothing: current-user-principal/href, of /a (RFC 4918, section 14)\n",
		`<D:current-user-principal><D:href>/p/</D:href></D:current-user-principal><D:displayname><b/></D:displayname>`, "", ""},
	{checkMtimeEmpty, `<D:getlastmodified/><D:resourcetype/>`,
		"<stdin>:2:1: warning: mtime-empty: getlastmodified is empty, of /a (RFC 4918, section 15.7)\n",
		`<D:getlastmodified/><D:getetag/>`, "", ""},
	{checkMtimeISO, `<D:getlastmodified>2018-02-28T20:24:24Z</D:getlastmodified>`,
		"<stdin>:2:1: warning: mtime-iso: getlastmodified has a form of ISO 8601 (chezdav, Vodafone's cloud), which dav4jvm does not read: 2018-02-28T20:24:24Z, of /a (RFC 4918, section 15.7)\n",
		`<D:creationdate>2018-02-28T20:24:24Z</D:creationdate>`, "", ""},
	{checkMtimePlus0000, `<D:getlastmodified>Sat, 30 Dec 2017 06:03:46 +0000</D:getlastmodified>`,
		"<stdin>:2:1: warning: mtime-plus0000: getlastmodified has a numeric zone in the place of GMT (dufs before 0.40, LernSax): Sat, 30 Dec 2017 06:03:46 +0000, of /a (RFC 9110, section 5.6.7)\n",
		`<D:getlastmodified> Sat, 30 Dec 2017 06:03:46 GMT </D:getlastmodified>`, "", ""},
	{checkMtimeOneDigitDay, `<D:getlastmodified>Fri, 7 Sep 2018 08:49:58 GMT</D:getlastmodified>`,
		"<stdin>:2:1: warning: mtime-one-digit-day: getlastmodified has a day of one digit: Fri, 7 Sep 2018 08:49:58 GMT, of /a (RFC 9110, section 5.6.7)\n",
		`<D:getlastmodified>Fri, 07 Sep 2018 08:49:58 GMT</D:getlastmodified>`, "", ""},
	{checkMtimeUTCZone, `<D:getlastmodified>Fri, 16 Oct 2020 11:08:07 UTC</D:getlastmodified>`,
		"<stdin>:2:1: warning: mtime-utc-zone: getlastmodified has another zone than GMT (CERNBox), for which ownCloud's Android client shows 1970: Fri, 16 Oct 2020 11:08:07 UTC, of /a (RFC 9110, section 5.6.7)\n",
		`<D:getlastmodified>Fri, 16 Oct 2020 11:08:07 GMT</D:getlastmodified>`, "", ""},
	{checkMtimeGMTOffset, `<D:getlastmodified>Wed, 13 Mar 2019 15:19:49 GMT-00:00</D:getlastmodified>`,
		"<stdin>:2:1: warning: mtime-gmt-offset: getlastmodified has an offset behind GMT (Salesforce), which rclone does not read: Wed, 13 Mar 2019 15:19:49 GMT-00:00, of /a (RFC 9110, section 5.6.7)\n",
		`<D:getlastmodified>Wed, 13 Mar 2019 15:19:49 GMT</D:getlastmodified>`, "", ""},
	{checkMtimeNoZone, `<D:getlastmodified>Fri, 06 Feb 2015 13:49:55</D:getlastmodified>`,
		"<stdin>:2:1: warning: mtime-no-zone: getlastmodified has no zone: Kodi takes it for local time: Fri, 06 Feb 2015 13:49:55, of /a (RFC 9110, section 5.6.7)\n",
		`<D:getlastmodified>Fri, 06 Feb 2015 13:49:55 GMT</D:getlastmodified>`, "", ""},
	{checkMtimeRFC850, `<D:getlastmodified>Sunday, 06-Nov-94 08:49:37 GMT</D:getlastmodified>`,
		"<stdin>:2:1: warning: mtime-rfc850: getlastmodified has the obsolete form of RFC 850, of which dav4jvm does not read the year: Sunday, 06-Nov-94 08:49:37 GMT, of /a (RFC 9110, section 5.6.7)\n",
		`<D:getlastmodified>Sun, 06 Nov 1994 08:49:37 GMT</D:getlastmodified>`, "", ""},
	{checkMtimeAsctime, `<D:getlastmodified>Sun Nov  6 08:49:37 1994</D:getlastmodified>`,
		"<stdin>:2:1: warning: mtime-asctime-unixdate: getlastmodified has the obsolete form of asctime, or that of the command date: neither may be sent: Sun Nov  6 08:49:37 1994, of /a (RFC 9110, section 5.6.7)\n",
		`<D:getlastmodified>Sun, 06 Nov 1994 08:49:37 GMT</D:getlastmodified>`, "", ""},
	{checkMtimeEpoch, `<D:creationdate>1664762788</D:creationdate>`,
		"<stdin>:2:1: warning: mtime-epoch: a date is a number, as of seconds since 1970 (ownCloud): 1664762788, of /a (RFC 4918, section 15.1)\n",
		`<D:creationdate>16647627</D:creationdate>`, "", ""},
	{checkMtimeAbsurdYear, `<D:getlastmodified>Mon, 06 Jan 50470 09:13:20 GMT</D:getlastmodified>`,
		"<stdin>:2:1: warning: mtime-absurd-year: a date lies outside of the years from 1970 to 9999, or is the first second of them (Nextcloud, .NET): macOS gave up a listing over it: Mon, 06 Jan 50470 09:13:20 GMT, of /a (RFC 9110, section 5.6.7)\n",
		`<D:getlastmodified>Thu, 01 Jan 1970 00:00:01 GMT</D:getlastmodified>`, "", ""},
	{checkMtimeGarbage, `<D:getlastmodified>Invalid Date</D:getlastmodified>`,
		"<stdin>:2:1: warning: mtime-garbage: getlastmodified is no date in a form that is known (internxt): Invalid Date, of /a (RFC 9110, section 5.6.7)\n",
		`R:<D:response><D:href>/a</D:href><D:propstat><D:prop><D:getlastmodified>Invalid Date</D:getlastmodified></D:prop><D:status>HTTP/1.1 409 Conflict</D:status></D:propstat></D:response>`, "", ""},
	{checkMtimeWeekday, `<D:getlastmodified>Mon, 06 Nov 1994 08:49:37 GMT</D:getlastmodified>`,
		"<stdin>:2:1: warning: mtime-weekday: getlastmodified names a weekday that is not that of its date, which Java's java.time refuses: Mon, 06 Nov 1994 08:49:37 GMT, of /a (RFC 5322, section 3.3)\n",
		`<D:getlastmodified>Sun, 06 Nov 1994 08:49:37 GMT</D:getlastmodified>`, "", ""},
	{checkCtimeEmpty, `<D:creationdate/>`,
		"<stdin>:2:1: warning: ctime-empty: creationdate is empty, of /a (RFC 4918, section 15.1)\n",
		`<D:getlastmodified/><D:getetag>"1"</D:getetag>`, "", ""},
	{checkCtimeRFC1123, `<D:creationdate>Wed, 30 Oct 2019 18:58:08 GMT</D:creationdate>`,
		"<stdin>:2:1: warning: ctime-rfc1123: creationdate has the form of an HTTP date (ownCloud, chezdav), at which webdav_client for Dart fails: Wed, 30 Oct 2019 18:58:08 GMT, of /a (RFC 4918, section 15.1)\n",
		`<D:getlastmodified>Wed, 30 Oct 2019 18:58:08 GMT</D:getlastmodified>`, "", ""},
	{checkCtimeFraction, `<D:creationdate>2011-05-24T09:06:50.353563Z</D:creationdate>`,
		"<stdin>:2:1: warning: ctime-fraction-offset: creationdate has a fraction of a second (Subversion), which Windows' Mini-Redirector does not read: 2011-05-24T09:06:50.353563Z, of /a (RFC 3339, section 5.6)\n",
		`<D:creationdate>2011-05-24T09:06:50Z</D:creationdate>`, "", ""},
	{checkCtimeOffset, `<D:creationdate>2011-05-24T09:06:50+02:00</D:creationdate>`,
		"<stdin>:2:1: note: ctime-offset: creationdate is not in UTC with a capital T and Z (FileRun): RFC 3339 allows it, simple parsers do not: 2011-05-24T09:06:50+02:00, of /a (RFC 4918, section 15.1)\n",
		`<D:creationdate>2011-05-24T09:06:50Z</D:creationdate>`, "", ""},
	{checkCtimeZone, `<D:creationdate>2011-05-24T09:06:50+0000</D:creationdate>`,
		"<stdin>:2:1: warning: ctime-zone: creationdate has no zone, or one without colon, or no T: 2011-05-24T09:06:50+0000, of /a (RFC 3339, section 5.6)\n",
		`<D:creationdate>2011-05-24T09:06:50+00:00</D:creationdate>`, "", ""},
	{checkCtimeGarbage, `<D:creationdate>24.5.2011</D:creationdate>`,
		"<stdin>:2:1: warning: ctime-garbage: creationdate is no date in the form of RFC 3339, nor in one that is known: 24.5.2011, of /a (RFC 4918, section 15.1)\n",
		`<D:creationdate>2011-05-24t09:06:50z</D:creationdate>`, "", ""},
	{checkLenEmpty, `<D:getcontentlength/>`,
		"<stdin>:2:1: warning: len-empty: getcontentlength is empty (Cyrus, Zope): no number, and not the same as 0, of /a (RFC 4918, section 15.4)\n",
		`<D:getcontentlength/><D:getetag/><D:resourcetype/>`, "", ""},
	{checkLenSpace, `<D:getcontentlength>0 </D:getcontentlength>`,
		"<stdin>:2:1: warning: len-space: getcontentlength has white space around it (SAP), for which dav4jvm does not read it: 0, of /a (RFC 4918, section 15.4)\n",
		`<D:getcontentlength>0</D:getcontentlength>`, "", ""},
	{checkLenNegative, `<D:getcontentlength>-1</D:getcontentlength>`,
		"<stdin>:2:1: warning: len-negative: getcontentlength is negative (ownCloud), which clients take for 0 or for a huge number: -1, of /a (RFC 4918, section 15.4)\n",
		`<D:getcontentlength>1</D:getcontentlength>`, "", ""},
	{checkLenNonnumeric, `<D:getcontentlength>9223372036854775808</D:getcontentlength>`,
		"<stdin>:2:1: warning: len-nonnumeric: getcontentlength is no number of 63 bits, at which OpenDAL failed: 9223372036854775808, of /a (RFC 4918, section 15.4)\n",
		`<D:getcontentlength>9223372036854775807</D:getcontentlength>`, "", ""},
	{checkLenOnCollection, `R:<D:response><D:href>/a/</D:href><D:propstat><D:prop><D:resourcetype><D:collection/></D:resourcetype><D:getcontentlength>4096</D:getcontentlength></D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response>`,
		"<stdin>:2:1: note: len-on-collection: a collection has a getcontentlength (nginx, lighttpd): clients that add sizes up count it: 4096, of /a/ (RFC 4918, section 15.4)\n",
		`<D:resourcetype/><D:getcontentlength>4096</D:getcontentlength>`, "", ""},
	{checkQuotaNegative, `<D:quota-available-bytes>-3</D:quota-available-bytes>`,
		"<stdin>:2:1: warning: quota-negative: a quota is negative (ownCloud, Nextcloud), which stands for no number of bytes: -3, of /a (RFC 4331, section 3)\n",
		`<D:quota-available-bytes>0</D:quota-available-bytes>`, "", ""},
	{checkQuotaNonnumeric, `<D:quota-used-bytes>lots</D:quota-used-bytes>`,
		"<stdin>:2:1: warning: quota-nonnumeric: a quota is no number of 63 bits: lots, of /a (RFC 4331, section 4)\n",
		`<D:quota-used-bytes>0</D:quota-used-bytes>`, "", ""},
	{checkValueMixed, `<D:getetag>"<D:b/>"</D:getetag>`,
		"<stdin>:2:1: warning: value-mixed: a property whose value is a text holds elements: most clients read no text then, or what precedes them: getetag, of /a (RFC 4918, section 17)\n",
		`<D:owner><D:href>/p/</D:href></D:owner><x xmlns="u"><b/></x>`, "", ""},
	{checkETagEmpty, `<D:getetag/>`,
		"<stdin>:2:1: warning: etag-empty: getetag is empty (jianguoyun, IIS), over which webdav-client crashed, of /a (RFC 4918, section 15.6)\n",
		`R:<D:response><D:href>/a</D:href><D:propstat><D:prop><D:getetag/></D:prop><D:status>HTTP/1.1 404 Not Found</D:status></D:propstat></D:response>`, "", ""},
	{checkETagUnquoted, `<D:getetag>0aa1cc51</D:getetag>`,
		"<stdin>:2:1: warning: etag-unquoted: getetag is not quoted (SeaFile, WsgiDAV), at which go-webdav fails: 0aa1cc51, of /a (RFC 4918, section 15.6)\n",
		`<D:getetag>"0aa1cc51"</D:getetag>`, "", ""},
	{checkETagOverquoted, `<D:getetag>""abc""</D:getetag>`,
		"<stdin>:2:1: warning: etag-overquoted: getetag is quoted more than once, or has quotes inside, or is weak without quotes (reva): \"\"abc\"\", of /a (RFC 9110, section 8.8.3)\n",
		`<D:getetag>""</D:getetag>`, "", ""},
	{checkETagMalformed, `<D:getetag>"a b"</D:getetag>`,
		"<stdin>:2:1: warning: etag-malformed: getetag is no entity-tag: a quote is missing, or it holds white space or controls: \"a b\", of /a (RFC 9110, section 8.8.3)\n",
		`<D:getetag> "a/é" </D:getetag>`, "", ""},
	{checkETagNoneLiteral, `<D:getetag>"None"</D:getetag>`,
		"<stdin>:2:1: note: etag-none-literal: getetag is the word None (SOGo), which never changes: \"None\", of /a (RFC 4918, section 15.6)\n",
		`<D:getetag>"none"</D:getetag>`, "", ""},
	{checkETagWeak, `<D:getetag>W/"226//trunk"</D:getetag>`,
		"<stdin>:2:1: note: etag-weak: getetag is weak (Subversion): If-Match with it never holds, so no client can guard a change by it: W/\"226//trunk\", of /a (RFC 9110, section 13.1.1)\n",
		`<D:getetag>"W/226//trunk"</D:getetag>`, "", ""},
	{checkRTText, `<D:resourcetype>collection</D:resourcetype>`,
		"<stdin>:2:1: warning: rt-text: resourcetype holds text: whatever it says, most clients take the resource for a file: collection, of /a (RFC 4918, section 15.9)\n",
		"<D:resourcetype>\n</D:resourcetype>", "", ""},
	{checkRTMulti, `R:<D:response><D:href>/a/</D:href><D:propstat><D:prop><D:resourcetype><x xmlns='u'/><D:collection/></D:resourcetype></D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response>`,
		"<stdin>:2:1: warning: rt-multi: collection is not the first in resourcetype, and gvfs and Kodi look at no other: {u}x, of /a/ (RFC 4918, section 15.9)\n",
		`R:<D:response><D:href>/a/</D:href><D:propstat><D:prop><D:resourcetype><D:collection/><x xmlns='u'/></D:resourcetype></D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response>`, "", ""},
	{checkRTMissing, `<D:iscollection>1</D:iscollection>`,
		"<stdin>:2:1: note: rt-missing-iscollection: there is an iscollection but no resourcetype (SharePoint, jianguoyun), by which most clients tell a collection, of /a (RFC 4918, section 15.9)\n",
		`<D:resourcetype/><D:iscollection>0</D:iscollection>`, "", ""},
	{checkIsCollection, `<D:resourcetype/><D:iscollection>t</D:iscollection>`,
		"<stdin>:2:1: note: iscollection-value: iscollection is none of 0, 1, true and false, which rclone knows: t, of /a (RFC 4918, section 15.9)\n",
		`<D:resourcetype/><D:iscollection>true</D:iscollection>`, "", ""},
	{checkHrefpropText, `<D:owner>me@x.org</D:owner>`,
		"<stdin>:2:1: warning: hrefprop-text: a property whose value is an href holds text instead (jianguoyun), in which dav4jvm sees nothing: me@x.org, of /a (RFC 3744, section 5.1)\n",
		`<D:owner> <D:href>/p/</D:href> </D:owner>`, "", ""},
	{checkLockTimeout, `<D:lockdiscovery><D:activelock><D:timeout>Second-3599.981</D:timeout></D:activelock></D:lockdiscovery>`,
		"<stdin>:2:1: warning: lock-timeout: the timeout of a lock is neither Infinite nor Second- with a number of 32 bits (Nephele): Second-3599.981, of /a (RFC 4918, section 10.7)\n",
		`<D:lockdiscovery><D:activelock><D:timeout>Second-4294967295</D:timeout></D:activelock><D:activelock><D:timeout>Infinite</D:timeout></D:activelock></D:lockdiscovery>`, "", ""},
	{checkPrivilegeUnderscore, `<D:current-user-privilege-set><D:privilege><D:read_acl/></D:privilege></D:current-user-privilege-set>`,
		"<stdin>:2:1: warning: privilege-underscore: a privilege in DAV: is written with an underscore (jianguoyun): clients do not know it: read_acl, of /a (RFC 3744, section 3)\n",
		`<D:current-user-privilege-set><D:privilege><x_y xmlns='u'/></D:privilege><D:privilege><D:read-acl/></D:privilege></D:current-user-privilege-set>`, "", ""},
	{checkCompsetMissing, `<C:supported-calendar-component-set xmlns:C="urn:ietf:params:xml:ns:caldav"/>`,
		"<stdin>:2:1: warning: compset-missing: supported-calendar-component-set names no component, for which tsdav dropped the calendar, of /a (RFC 4791, section 5.2.3)\n",
		`<C:supported-calendar-component-set xmlns:C="urn:ietf:params:xml:ns:caldav"><C:comp name="VTODO"/></C:supported-calendar-component-set>`, "", ""},
	{checkDisplaynameEncoded, `<D:displayname>%D0%92%201</D:displayname>`,
		"<stdin>:2:1: note: displayname-encoded: displayname is percent-encoded like the href (nginx-dav-ext), and people are shown it as it is: %D0%92%201, of /a (RFC 4918, section 15.2)\n",
		`<D:displayname>100%25</D:displayname>`, "", ""}, {checkLimitBody, ofSize(windowsLimit + 1), "<stdin>:2:999970: warning: limit-body: the body has more than 1000000 bytes, which Windows' WebClient refuses unless FileAttributesLimitInBytes is raised\n",
		ofSize(windowsLimit), "", ""},
}

// ofSize returns a body of n bytes.
func ofSize(n int) string {
	const end = "</D:displayname></D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response></D:multistatus>"
	b := strings.TrimSuffix(lintBody("<D:displayname></D:displayname>"), end)
	return b + strings.Repeat("x", n-len(b)-len(end)) + end
}

// lintBody makes a whole body of what stands in lintCases.
func lintBody(s string) string {
	if strings.Contains(s, "multistatus") {
		return s
	}
	responses, ok := strings.CutPrefix(s, "R:")
	if !ok {
		responses = "<D:response><D:href>/a</D:href><D:propstat><D:prop>" + s +
			"</D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response>"
	}
	return "<D:multistatus xmlns:D=\"DAV:\">\n" + responses + "</D:multistatus>"
}

func lintWithSelf(body, self string) (code int, out string) {
	args := []string{"lint", "-"}
	if self != "" {
		args = append(args, "-self", self)
	}
	code, out, _ = run(body, args...)
	return code, out
}

func TestChecks(t *testing.T) {
	met := map[checkID]bool{}
	for _, c := range lintCases {
		k := checkTable[c.id]
		met[c.id] = true
		t.Run(k.name, func(t *testing.T) {
			code, out := lintWithSelf(lintBody(c.hit), c.selfHit)
			if diff := cmp.Diff(c.want, out); diff != "" || code != k.severity.exitCode() {
				t.Errorf("lint exits %d and prints, but for what is wanted:\n%s", code, diff)
			}
			if !strings.Contains(out, ": "+k.severity.String()+": "+k.name+": ") {
				t.Errorf("lint prints %q, want %s in it", out, k.name)
			}
			code, out = lintWithSelf(lintBody(c.miss), c.selfMissed)
			if code == exitUnusable || strings.Contains(out, ": "+k.name+": ") {
				t.Errorf("lint of what is near to it exits %d and prints %q, want nothing of %s", code, out, k.name)
			}
		})
	}
	for id := checkNone + 1; id < numChecks; id++ {
		if !met[id] {
			t.Errorf("there is no case for %s", checkTable[id].name)
		}
	}
}

// Every check has a name of its own, which is no quirk's, and says all that it should.
func TestCheckTable(t *testing.T) {
	names := map[string]bool{}
	for q := range multistatus.AllQuirks().All() {
		names[q.String()] = true
	}
	for id := checkNone + 1; id < numChecks; id++ {
		k := checkTable[id]
		if k.name == "" || k.severity == 0 || k.section == "" && id != checkLimitBody || k.what == "" || names[k.name] {
			t.Errorf("check %d is %+v: something is missing, or the name is in use", id, k)
		}
		names[k.name] = true
	}
}

// illFormed are the constants of the quirks that agree_test.go of the package names as those of what is no XML.
func illFormed(t *testing.T) map[string]bool {
	source, err := os.ReadFile("../../agree_test.go")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(source), "illFormed = multistatus.NewQuirkSet(")
	list, _, _ := strings.Cut(rest, ")")
	set := map[string]bool{}
	for q := range strings.SplitSeq(list, ",") {
		if q = strings.TrimSpace(q); q != "" {
			set[q] = true
		}
	}
	return set
}

// constantOf is the name of the constant of q.
func constantOf(q multistatus.Quirk) string {
	var b strings.Builder
	for word := range strings.SplitSeq(q.String(), "-") {
		b.WriteString(strings.ToUpper(word[:1]) + word[1:])
	}
	return "multistatus.Quirk" + b.String()
}

// Every quirk is an error if other parsers refuse it, and else a warning, so that lint exits as json does.
// The exception is doc-xml11: what is refused there is only in old parsers, as the fifth edition of XML 1.0 says to read it.
func TestQuirkSeverities(t *testing.T) {
	refused := illFormed(t)
	for q := range multistatus.AllQuirks().All() {
		want := sevWarning
		if refused[constantOf(q)] && q != multistatus.QuirkDocXml11 {
			want = sevError
		}
		if got := quirkSeverity[q]; got != want {
			t.Errorf("severity of %s = %d, want %v", q, got, want)
		}
		delete(refused, constantOf(q))
	}
	if len(refused) > 0 {
		t.Errorf("no quirks are called %v", refused)
	}
	if got, want := len(quirkSeverity), multistatus.AllQuirks().Len(); got != want {
		t.Errorf("there are severities of %d quirks, want %d", got, want)
	}
}

// Dates, etags and the like in forms that have no case of their own in lintCases.
func TestTextChecks(t *testing.T) {
	for _, c := range []struct {
		prop, text string
		want       checkID
	}{
		{"getlastmodified", "Sunday, 06-Nov-94 08:49:37 UTC", checkMtimeRFC850},
		{"getlastmodified", "Sun, 6 Nov 1994 08:49:37 +0000", checkMtimePlus0000},
		{"getlastmodified", "Sun, 06 Nov 1994 08:49:37 +02:00", checkMtimePlus0000},
		{"getlastmodified", "Sun, 06 Nov 1994 08:49:37 GMT+0200", checkMtimeGMTOffset},
		{"getlastmodified", "1994-11-06t08:49:37z", checkMtimeISO},
		{"getlastmodified", "1994-11-06", checkMtimeISO},
		{"getlastmodified", "50470-11-06T08:49:37Z", checkMtimeAbsurdYear},
		{"getlastmodified", "Sun, 06 Nov 1994 23:59:60 GMT", checkNone},
		{"getlastmodified", "Sun, 06 Nov 1994 23:59:61 GMT", checkMtimeGarbage},
		{"getlastmodified", "Sun, 06 Nov 1994 23:60 GMT", checkMtimeGarbage},
		{"getlastmodified", ":60", checkMtimeGarbage},
		{"getlastmodified", "Wed May 17 15:31:58 UTC 2017", checkMtimeAsctime},
		{"getlastmodified", "2018-02-28T20:24:24.123+02:00", checkMtimeISO},
		{"getlastmodified", "2018-02-28 20:24:24", checkMtimeISO},
		{"getlastmodified", "1664762788000", checkMtimeEpoch},
		{"getlastmodified", "Mon, 01 Jan 0001 00:00:00 GMT", checkMtimeAbsurdYear},
		{"getlastmodified", "Thu, 01 Jan 1970 00:00:00 GMT", checkMtimeAbsurdYear},
		{"getlastmodified", "sun, 06 nov 1994 08:49:37 gmt", checkMtimeGarbage},
		{"getlastmodified", "Sun, 06 nov 1994 08:49:37 GMT", checkMtimeGarbage},
		{"getlastmodified", "Sun, 06 Nov 1994 8:49:37 GMT", checkMtimeGarbage},
		{"getlastmodified", "Son, 06 Nov 1994 08:49:37 GMT", checkMtimeGarbage},
		{"getlastmodified", "Tue, 29 Feb 2000 00:00:00 GMT", checkNone},
		{"getlastmodified", "Thu, 29 Feb 2001 00:00:00 GMT", checkMtimeGarbage},
		{"creationdate", "1970-01-01T00:00:00+00:00", checkMtimeAbsurdYear},
		{"creationdate", "2011-05-24 09:06:50", checkCtimeZone},
		{"creationdate", "2011-05-24T09:06:50", checkCtimeZone},
		{"creationdate", "Sunday, 06-Nov-94 08:49:37 GMT", checkCtimeRFC1123},
		{"creationdate", "2011-05-24T09:06:50.5+02:00", checkCtimeFraction},
		{"creationdate", "", checkCtimeEmpty},
		{"creationdate", "1994-11-06T08:49:37,5Z", checkCtimeGarbage},
		{"creationdate", "1994-11-06T8:49:37Z", checkCtimeGarbage},
		{"creationdate", "1994-11-06T08:49:37+24:00", checkCtimeGarbage},
		{"creationdate", "1994-11-06", checkCtimeZone},
		{"creationdate", "1994-11-06t08:49:37z", checkCtimeOffset},
		{"creationdate", "1990-12-31T23:59:60Z", checkNone},
		{"creationdate", "1990-12-31T15:59:60-08:00", checkCtimeOffset},
		{"creationdate", "50470-11-06T08:49:37Z", checkMtimeAbsurdYear},
		{"creationdate", "-0001-11-06T08:49:37Z", checkCtimeGarbage},
		{"creationdate", "50470-11-06T8", checkCtimeGarbage},
		{"getetag", `W/abc`, checkETagOverquoted},
		{"getetag", `"abc`, checkETagMalformed},
		{"getetag", `"`, checkETagMalformed},
		{"getetag", `"a"b"`, checkETagOverquoted},
		{"getetag", `w/"a"`, checkETagMalformed},
		{"getetag", `W/"a"`, checkETagWeak},
		{"getetag", `W/""a""`, checkETagOverquoted},
		{"getetag", `"!#~"`, checkNone},
		{"getcontentlength", "12 KB", checkLenNonnumeric},
		{"getcontentlength", "+1", checkLenNonnumeric},
		{"getcontentlength", "-", checkLenNonnumeric},
		{"getcontentlength", "--1", checkLenNonnumeric},
		{"getcontentlength", "1_0", checkLenNonnumeric},
		{"getcontentlength", "00", checkNone},
		{"quota-used-bytes", "many", checkQuotaNonnumeric},
		{"quota-used-bytes", "", checkQuotaNonnumeric},
		{"quota-available-bytes", "-9223372036854775808", checkQuotaNonnumeric},
		{"quota-available-bytes", "-9223372036854775807", checkQuotaNegative},
		{"quota-used-bytes", " 1 ", checkNone},
		{"iscollection", "True", checkIsCollection},
		{"displayname", "<b>", checkNone},
	} {
		p := multistatus.Property{Name: multistatus.DAV(c.prop), Value: multistatus.Text(c.text)}
		if got, _ := checkProp(&p); got != c.want {
			t.Errorf("checkProp(%s, %q) = %s, want %s", c.prop, c.text, checkTable[got].name, checkTable[c.want].name)
		}
	}
}

// Of several properties that one check is for, each has its own section.
func TestSections(t *testing.T) {
	for _, c := range []struct{ prop, want string }{
		{"<D:owner>x</D:owner>", "RFC 3744, section 5.1"},
		{"<D:group>x</D:group>", "RFC 3744, section 5.2"},
		{"<D:current-user-principal>x</D:current-user-principal>", "RFC 5397, section 3"},
		{"<calendar-home-set xmlns='urn:ietf:params:xml:ns:caldav'>x</calendar-home-set>", "RFC 4791, section 6.2.1"},
		{"<addressbook-home-set xmlns='urn:ietf:params:xml:ns:carddav'>x</addressbook-home-set>", "RFC 6352, section 7.1.1"},
		{"<D:quota-available-bytes>-1</D:quota-available-bytes>", "RFC 4331, section 3"},
		{"<D:quota-used-bytes>-1</D:quota-used-bytes>", "RFC 4331, section 4"},
		{"<D:creationdate>1664762788</D:creationdate>", "RFC 4918, section 15.1"},
		{"<D:getlastmodified>1664762788</D:getlastmodified>", "RFC 4918, section 15.7"},
		{"<D:creationdate>0001-01-01T00:00:00Z</D:creationdate>", "RFC 3339, section 5.6"},
		{"<D:getlastmodified>Mon, 01 Jan 0001 00:00:00 GMT</D:getlastmodified>", "RFC 9110, section 5.6.7"},
	} {
		if _, out, _ := run(lintBody(c.prop), "lint", "-"); strings.Count(out, "\n") != 1 || !strings.HasSuffix(out, " ("+c.want+")\n") {
			t.Errorf("lint of %s prints %q, want one line with %s", c.prop, out, c.want)
		}
	}
}

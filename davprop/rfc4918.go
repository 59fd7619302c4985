package davprop

import "github.com/go-multistatus/multistatus"

// The properties of RFC 4918, sections 15.1 to 15.10.
var (
	// CreationDate is when the resource was made, a [time.Time] in UTC (section 15.1).
	//
	//	<!ELEMENT creationdate (#PCDATA) >   a date-time of RFC 3339: 1994-11-06T08:49:37Z
	//
	// Any zone and fraction are read; so are dates without zone, as UTC, those of HTTP in all forms that [GetLastModified]
	// knows, and seconds or milliseconds since 1970.
	CreationDate = NewDateTime(multistatus.DAV("creationdate"))

	// DisplayName is a name for people, a string, kept as it is (section 15.2). Some servers percent-encode it.
	//
	//	<!ELEMENT displayname (#PCDATA) >
	DisplayName = NewText(multistatus.DAV("displayname"))

	// GetContentLanguage is the value of Content-Language, a string such as "de, en-GB" (section 15.3).
	//
	//	<!ELEMENT getcontentlanguage (#PCDATA) >
	GetContentLanguage = NewToken(multistatus.DAV("getcontentlanguage"))

	// GetContentLength is how many bytes a GET gives, an int64 that is not negative (section 15.4).
	// Some servers send one for collections, where it means nothing.
	//
	//	<!ELEMENT getcontentlength (#PCDATA) >   digits
	//
	// White space around it is passed over. A negative number is unreadable, as it stands for a length that is not known.
	GetContentLength = NewSize(multistatus.DAV("getcontentlength"))

	// GetContentType is the value of Content-Type (section 15.5).
	//
	//	<!ELEMENT getcontenttype (#PCDATA) >   text/html; charset=utf-8
	GetContentType = Key[ContentType]{multistatus.DAV("getcontenttype"), &contentTypes}

	// GetETag is the entity tag, an [ETag] (section 15.6). It is kept as it is, whatever it is; one that is not valid is not written.
	//
	//	<!ELEMENT getetag (#PCDATA) >   "1-7a" or W/"1-7a"
	GetETag = NewETag(multistatus.DAV("getetag"))

	// GetLastModified is when the content was changed last, a [time.Time] in UTC and whole seconds (section 15.7).
	// It is written as the nearest from 1970 to 9999.
	//
	//	<!ELEMENT getlastmodified (#PCDATA) >   a date of HTTP: Sun, 06 Nov 1994 08:49:37 GMT
	//
	// The other forms of RFC 9110, section 5.6.7, are read, too; offsets and the zones of RFC 5322 in the place of GMT;
	// dates without zone, as UTC; those of RFC 3339 and near to it; and seconds or milliseconds since 1970.
	// Other names of zones are not guessed at.
	GetLastModified = NewHTTPTime(multistatus.DAV("getlastmodified"))

	// LockDiscovery is the locks on the resource, a slice of [Lock] (section 15.8). Writing allocates if there are any.
	//
	//	<!ELEMENT lockdiscovery (activelock)* >
	LockDiscovery = Key[[]Lock]{multistatus.DAV("lockdiscovery"), &locks}

	// ResourceType is of what types the resource is, [Names] such as [Collection] (section 15.9).
	// An ordinary file has none. See also [IsCollection].
	//
	//	<!ELEMENT resourcetype ANY >   <D:resourcetype><D:collection/></D:resourcetype>
	ResourceType = Key[Names]{multistatus.DAV("resourcetype"), &resourceTypes}

	// SupportedLock is what locks can be had, a slice of [LockEntry] (section 15.10). Writing allocates if there are any.
	//
	//	<!ELEMENT supportedlock (lockentry)* >
	SupportedLock = Key[[]LockEntry]{multistatus.DAV("supportedlock"), &lockEntries}
)

// The properties of RFC 4331.
var (
	// QuotaAvailableBytes is how many bytes more the user may store, an int64 (section 3).
	// A negative one is kept: see [QuotaUnlimited] and its like.
	//
	//	<!ELEMENT quota-available-bytes (#PCDATA) >   digits
	QuotaAvailableBytes = NewQuota(multistatus.DAV("quota-available-bytes"))

	// QuotaUsedBytes is how many bytes are stored that count, an int64 (section 4).
	//
	//	<!ELEMENT quota-used-bytes (#PCDATA) >   digits
	QuotaUsedBytes = NewQuota(multistatus.DAV("quota-used-bytes"))
)

// isCollection is what servers of Microsoft's kind have in the place of resourcetype.
var isCollection = NewBool(multistatus.DAV("iscollection"), "1", "0")

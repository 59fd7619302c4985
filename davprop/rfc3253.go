package davprop

import "github.com/go-multistatus/multistatus"

// The properties of versioning that servers send, RFC 3253.
var (
	// Comment is a text for people about the resource (section 3.1.1).
	//
	//	<!ELEMENT comment (#PCDATA)>
	Comment = NewText(multistatus.DAV("comment"))

	// CreatorDisplayName is who made the resource, a text for people (section 3.1.2).
	//
	//	<!ELEMENT creator-displayname (#PCDATA)>
	CreatorDisplayName = NewText(multistatus.DAV("creator-displayname"))

	// SupportedMethodSet is the methods of the resource, a slice of strings such as "PROPFIND" (section 3.1.3). Writing allocates.
	//
	//	<!ELEMENT supported-method-set (supported-method*)>   <D:supported-method name="PROPFIND"/>
	SupportedMethodSet = NewAttrs(multistatus.DAV("supported-method-set"), multistatus.DAV("supported-method"), "name")

	// SupportedReportSet is the reports of the resource, a slice of names such as DAV:sync-collection (section 3.1.5).
	// Writing allocates.
	//
	//	<!ELEMENT supported-report-set (supported-report*)>   <D:supported-report><D:report><D:sync-collection/></D:report></D:supported-report>
	SupportedReportSet = Key[[]multistatus.Name]{multistatus.DAV("supported-report-set"), &reportSets}

	// CheckedIn is the version whose content and dead properties the resource has, an href (section 3.2.1).
	//
	//	<!ELEMENT checked-in (href)>
	CheckedIn = NewHref(multistatus.DAV("checked-in"))

	// AutoVersion is how the resource is checked out for a change, [Names] of one such as DAV:checkout-checkin (section 3.2.2).
	//
	//	<!ELEMENT auto-version ANY>
	AutoVersion = NewNames(multistatus.DAV("auto-version"))

	// CheckedOut is the version from which the resource was checked out, an href (section 3.3.1).
	//
	//	<!ELEMENT checked-out (href)>
	CheckedOut = NewHref(multistatus.DAV("checked-out"))

	// PredecessorSet is the versions before this one, a slice of hrefs (sections 3.3.2 and 3.4.1).
	//
	//	<!ELEMENT predecessor-set (href+)>
	PredecessorSet = NewHrefs(multistatus.DAV("predecessor-set"))

	// SuccessorSet is the versions after this one, a slice of hrefs (section 3.4.2).
	//
	//	<!ELEMENT successor-set (href*)>
	SuccessorSet = NewHrefs(multistatus.DAV("successor-set"))

	// CheckoutSet is the resources that were checked out from this version, a slice of hrefs (section 3.4.3).
	//
	//	<!ELEMENT checkout-set (href*)>
	CheckoutSet = NewHrefs(multistatus.DAV("checkout-set"))

	// VersionName is what the version is called in its history, a string (section 3.4.4). Subversion has its revision there.
	//
	//	<!ELEMENT version-name (#PCDATA)>
	VersionName = NewToken(multistatus.DAV("version-name"))

	// VersionSet is the versions of a history, a slice of hrefs (section 5.1.1).
	//
	//	<!ELEMENT version-set (href+)>
	VersionSet = NewHrefs(multistatus.DAV("version-set"))

	// RootVersion is the first version of a history, an href (section 5.1.2).
	//
	//	<!ELEMENT root-version (href)>
	RootVersion = NewHref(multistatus.DAV("root-version"))

	// VersionHistory is the history of the resource, an href (sections 5.2.1 and 5.3.1).
	//
	//	<!ELEMENT version-history (href)>
	VersionHistory = NewHref(multistatus.DAV("version-history"))

	// Workspace is the workspace in which the resource is, an href (section 6.2.1).
	//
	//	<!ELEMENT workspace (href)>
	Workspace = NewHref(multistatus.DAV("workspace"))

	// LabelNameSet is the labels of a version, a slice of strings (section 8.1.1). Writing allocates.
	//
	//	<!ELEMENT label-name-set (label-name*)>
	LabelNameSet = NewTexts(multistatus.DAV("label-name-set"), multistatus.DAV("label-name"))

	// BaselineCollection is the collection with the content of a baseline, an href (section 12.3.1).
	//
	//	<!ELEMENT baseline-collection (href)>
	BaselineCollection = NewHref(multistatus.DAV("baseline-collection"))

	// VersionControlledConfiguration is what the resource is a member of, an href (section 12.4.1).
	//
	//	<!ELEMENT version-controlled-configuration (href)>
	VersionControlledConfiguration = NewHref(multistatus.DAV("version-controlled-configuration"))
)

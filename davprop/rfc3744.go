package davprop

import "github.com/go-multistatus/multistatus"

// The properties of access control, RFC 3744, sections 4 and 5, and RFC 5397.
var (
	// AlternateURISet is where else a principal is described, a slice of hrefs of any scheme (RFC 3744, section 4.1).
	//
	//	<!ELEMENT alternate-URI-set (href*)>
	AlternateURISet = NewHrefs(multistatus.DAV("alternate-URI-set"))

	// PrincipalURL is the principal's own href, by which ACLs name it (RFC 3744, section 4.2).
	//
	//	<!ELEMENT principal-URL (href)>
	PrincipalURL = NewHref(multistatus.DAV("principal-URL"))

	// GroupMemberSet is the direct members of a group, a slice of hrefs (RFC 3744, section 4.3).
	//
	//	<!ELEMENT group-member-set (href*)>
	GroupMemberSet = NewHrefs(multistatus.DAV("group-member-set"))

	// GroupMembership is the groups of which a principal is a direct member, a slice of hrefs (RFC 3744, section 4.4).
	//
	//	<!ELEMENT group-membership (href*)>
	GroupMembership = NewHrefs(multistatus.DAV("group-membership"))

	// Owner is the principal to whom the resource belongs, an href (RFC 3744, section 5.1).
	// Without any content there is none; writing an empty href writes that. A text in the place of the href is read as one.
	//
	//	<!ELEMENT owner (href?)>
	Owner = NewHref(multistatus.DAV("owner"))

	// Group is the group to which the resource belongs, an href (RFC 3744, section 5.2). It is read and written as [Owner].
	//
	//	<!ELEMENT group (href?)>
	Group = NewHref(multistatus.DAV("group"))

	// SupportedPrivilegeSet is what privileges there are, a slice of [SupportedPrivilege] (RFC 3744, section 5.3). Writing allocates.
	//
	//	<!ELEMENT supported-privilege-set (supported-privilege*)>
	SupportedPrivilegeSet = Key[[]SupportedPrivilege]{multistatus.DAV("supported-privilege-set"), &supportedPrivileges}

	// CurrentUserPrivilegeSet is what the user may do, a slice of names such as DAV:read (RFC 3744, section 5.4). Writing allocates.
	//
	//	<!ELEMENT current-user-privilege-set (privilege*)>
	CurrentUserPrivilegeSet = Key[[]multistatus.Name]{multistatus.DAV("current-user-privilege-set"), &privilegeSets}

	// ACL is who may do what, a slice of [ACE] (RFC 3744, section 5.5). Writing allocates if there are any.
	//
	//	<!ELEMENT acl (ace*) >
	ACL = Key[[]ACE]{multistatus.DAV("acl"), &acls}

	// ACLRestrictions is what an ACL must be like here (RFC 3744, section 5.6). Writing allocates.
	//
	//	<!ELEMENT acl-restrictions (grant-only?, no-invert?, deny-before-grant?, required-principal?)>
	ACLRestrictions = Key[Restrictions]{multistatus.DAV("acl-restrictions"), &aclRestrictions}

	// InheritedACLSet is the resources whose ACLs count here, too, a slice of hrefs (RFC 3744, section 5.7).
	//
	//	<!ELEMENT inherited-acl-set (href*)>
	InheritedACLSet = NewHrefs(multistatus.DAV("inherited-acl-set"))

	// PrincipalCollectionSet is the collections in which principals are found, a slice of hrefs (RFC 3744, section 5.8).
	//
	//	<!ELEMENT principal-collection-set (href*)>
	PrincipalCollectionSet = NewHrefs(multistatus.DAV("principal-collection-set"))

	// CurrentUserPrincipal is the principal of the user who asks, an href (RFC 5397, section 3).
	// For one who has not told who it is it is empty, and that is written for an empty one.
	//
	//	<!ELEMENT current-user-principal (unauthenticated | href)>
	CurrentUserPrincipal = Key[multistatus.Href]{multistatus.DAV("current-user-principal"), &principals}
)

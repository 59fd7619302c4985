package davprop

import (
	"slices"

	"github.com/go-multistatus/multistatus"
)

// Parent is a collection of which a resource is a member, and under what name.
//
//	<!ELEMENT parent (href, segment)>   RFC 5842 §3.2
type Parent struct {
	Href    multistatus.Href
	Segment string // of the path, without the collection's, percent-encoded
}

var parentSets = kind[[]Parent]{structure(readParents), writeParents, showParents}

func readParents(v multistatus.Value) (all []Parent) {
	for child := range children(v, "parent") {
		p := Parent{Href: hrefIn(child)}
		for segment := range children(child, "segment") {
			p.Segment = ownText(segment)
		}
		all = append(all, p)
	}
	return all
}

func writeParents(e *multistatus.Encoder, n multistatus.Name, all []Parent) error {
	if len(all) == 0 {
		return e.PropEmpty(n)
	}
	var w builder
	for _, p := range all {
		w.within("parent", func() {
			w.text("href", string(p.Href))
			w.text("segment", p.Segment)
		})
	}
	return w.put(e, n)
}

func showParents(all []Parent) string {
	return join(slices.Values(all), func(p Parent) string { return string(p.Href) + " " + p.Segment })
}

// The properties of bindings, synchronization and adding members.
var (
	// ResourceID is a URI that is the same wherever the resource is bound, an href (RFC 5842, section 3.1).
	//
	//	<!ELEMENT resource-id (href)>   <D:href>urn:uuid:…</D:href>
	ResourceID = NewHref(multistatus.DAV("resource-id"))

	// ParentSet is where the resource is bound, a slice of [Parent] (RFC 5842, section 3.2). Writing allocates.
	//
	//	<!ELEMENT parent-set (parent)*>
	ParentSet = Key[[]Parent]{multistatus.DAV("parent-set"), &parentSets}

	// SyncToken is what to ask the next sync-collection report with, a string that is a URI (RFC 6578, section 4).
	// That of an answer itself is [multistatus.Decoder.SyncToken].
	//
	//	<!ELEMENT sync-token (#PCDATA)>
	SyncToken = NewToken(multistatus.DAV("sync-token"))

	// AddMember is where to POST what is to become a member, an href (RFC 5995, section 3.2).
	//
	//	<!ELEMENT add-member (href)>
	AddMember = NewHref(multistatus.DAV("add-member"))
)

// Keys returns the Keys of this package's properties.
func Keys() []Any {
	return []Any{
		CreationDate, DisplayName, GetContentLanguage, GetContentLength, GetContentType, GetETag, GetLastModified,
		LockDiscovery, ResourceType, SupportedLock,
		QuotaAvailableBytes, QuotaUsedBytes,
		AlternateURISet, PrincipalURL, GroupMemberSet, GroupMembership, Owner, Group, SupportedPrivilegeSet,
		CurrentUserPrivilegeSet, ACL, ACLRestrictions, InheritedACLSet, PrincipalCollectionSet, CurrentUserPrincipal,
		Comment, CreatorDisplayName, SupportedMethodSet, SupportedReportSet, CheckedIn, AutoVersion, CheckedOut,
		PredecessorSet, SuccessorSet, CheckoutSet, VersionName, VersionSet, RootVersion, VersionHistory, Workspace,
		LabelNameSet, BaselineCollection, VersionControlledConfiguration,
		ResourceID, ParentSet, SyncToken, AddMember,
	}
}

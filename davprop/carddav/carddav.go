// Package carddav has the properties of address books, RFC 6352.
package carddav

import (
	"github.com/go-multistatus/multistatus"
	"github.com/go-multistatus/multistatus/davprop"
)

// The properties of RFC 6352.
var (
	// AddressbookDescription is a text for people about the address book (section 6.2.1).
	//
	//	<!ELEMENT addressbook-description (#PCDATA)>
	AddressbookDescription = davprop.NewText(name("addressbook-description"))

	// SupportedAddressData is the forms in which cards can be had, a slice of [davprop.MediaType] (section 6.2.2).
	// Writing allocates.
	//
	//	<!ELEMENT supported-address-data (address-data-type+)>   <C:address-data-type content-type="text/vcard" version="3.0"/>
	SupportedAddressData = davprop.NewMediaTypes(name("supported-address-data"), name("address-data-type"))

	// MaxResourceSize is how many bytes a card may have, an int64 (section 6.2.3).
	//
	//	<!ELEMENT max-resource-size (#PCDATA)>
	MaxResourceSize = davprop.NewSize(name("max-resource-size"))

	// AddressbookHomeSet is the collections with a principal's address books, a slice of hrefs (section 7.1.1).
	//
	//	<!ELEMENT addressbook-home-set (DAV:href*)>
	AddressbookHomeSet = davprop.NewHrefs(name("addressbook-home-set"))

	// PrincipalAddress is a principal's own card, an href (section 7.1.2).
	//
	//	<!ELEMENT principal-address (DAV:href)>
	PrincipalAddress = davprop.NewHref(name("principal-address"))

	// SupportedCollationSet is how texts can be compared in queries, a slice of strings (section 8.3.1). Writing allocates.
	//
	//	<!ELEMENT supported-collation-set (supported-collation*)>   <C:supported-collation>i;octet</C:supported-collation>
	SupportedCollationSet = davprop.NewTexts(name("supported-collation-set"), name("supported-collation"))

	// AddressData is a card in a report, a string with line ends that XML has made LF unless they were escaped (section 10.4).
	// It is no property of the resource.
	//
	//	<!ELEMENT address-data (#PCDATA)>
	AddressData = davprop.NewText(name("address-data"))
)

// Keys returns the Keys of this package's properties.
func Keys() []davprop.Any {
	return []davprop.Any{
		AddressbookDescription, SupportedAddressData, MaxResourceSize, AddressbookHomeSet, PrincipalAddress, SupportedCollationSet, AddressData,
	}
}

func name(local string) multistatus.Name {
	return multistatus.Name{Space: multistatus.NamespaceCardDAV, Local: local}
}

// Addressbook is the element in [davprop.ResourceType] of an address book (section 5.2).
var Addressbook = name("addressbook")

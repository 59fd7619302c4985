// Package microsoft has the properties that Windows, SharePoint, IIS and Exchange put into answers. Those whose names begin with
// Win32 are set by the WebDAV client of Windows, and kept by servers as dead properties ([MS-WDVME]); the others are in DAV:
// (draft-hopmann-collection-props, [MS-WDVSE]).
package microsoft

import (
	"strconv"

	"github.com/go-multistatus/multistatus"
	"github.com/go-multistatus/multistatus/davprop"
)

// What Windows keeps of a file.
var (
	// Win32CreationTime is when the file was made, a [time.Time] in UTC.
	//
	//	<!ELEMENT Win32CreationTime (#PCDATA)>   a date of HTTP
	Win32CreationTime = davprop.NewHTTPTime(name("Win32CreationTime"))

	// Win32LastAccessTime is when the file was read last, a [time.Time] in UTC.
	//
	//	<!ELEMENT Win32LastAccessTime (#PCDATA)>   a date of HTTP
	Win32LastAccessTime = davprop.NewHTTPTime(name("Win32LastAccessTime"))

	// Win32LastModifiedTime is when the content was changed last, a [time.Time] in UTC. Unlike getlastmodified it can be set.
	//
	//	<!ELEMENT Win32LastModifiedTime (#PCDATA)>   a date of HTTP
	Win32LastModifiedTime = davprop.NewHTTPTime(name("Win32LastModifiedTime"))

	// Win32FileAttributes is the file's [FileAttributes].
	//
	//	<!ELEMENT Win32FileAttributes (#PCDATA)>   eight hexadecimal digits: 00000020
	Win32FileAttributes = davprop.New(name("Win32FileAttributes"), parseAttributes, writeAttributes).ShownBy(FileAttributes.String)
)

// What servers say of a resource in DAV:.
var (
	// IsCollection is whether it is a collection, a bool. [davprop.IsCollection] looks at resourcetype, too.
	//
	//	<!ELEMENT iscollection (#PCDATA)>   1 or 0
	IsCollection = davprop.NewBool(multistatus.DAV("iscollection"), "1", "0")

	// IsHidden is whether it is not to be shown, a bool.
	//
	//	<!ELEMENT ishidden (#PCDATA)>   1 or 0
	IsHidden = davprop.NewBool(multistatus.DAV("ishidden"), "1", "0")

	// IsReadOnly is whether it cannot be changed, a bool.
	//
	//	<!ELEMENT isreadonly (#PCDATA)>   1 or 0
	IsReadOnly = davprop.NewBool(multistatus.DAV("isreadonly"), "1", "0")

	// IsRoot is whether it is the root of what the server has, a bool.
	//
	//	<!ELEMENT isroot (#PCDATA)>   1 or 0
	IsRoot = davprop.NewBool(multistatus.DAV("isroot"), "1", "0")

	// IsFolder is whether it is a folder of Exchange, a bool.
	//
	//	<!ELEMENT isfolder (#PCDATA)>   1 or 0
	IsFolder = davprop.NewBool(multistatus.DAV("isfolder"), "1", "0")

	// IsStructuredDocument is whether it is a document with parts, a bool.
	//
	//	<!ELEMENT isstructureddocument (#PCDATA)>   1 or 0
	IsStructuredDocument = davprop.NewBool(multistatus.DAV("isstructureddocument"), "1", "0")

	// ChildCount is how many members it has, an int64.
	//
	//	<!ELEMENT childcount (#PCDATA)>
	ChildCount = davprop.NewInt(multistatus.DAV("childcount"))

	// LastAccessed is when it was read last, a [time.Time] in UTC.
	//
	//	<!ELEMENT lastaccessed (#PCDATA)>   a date-time of RFC 3339
	LastAccessed = davprop.NewDateTime(multistatus.DAV("lastaccessed"))

	// ContentClass is what the resource is, a string such as "urn:content-classes:person".
	//
	//	<!ELEMENT contentclass (#PCDATA)>
	ContentClass = davprop.NewToken(multistatus.DAV("contentclass"))

	// Name is the last part of the URL, a string.
	//
	//	<!ELEMENT name (#PCDATA)>
	Name = davprop.NewText(multistatus.DAV("name"))

	// ParentName is the URL of the collection above, a string.
	//
	//	<!ELEMENT parentname (#PCDATA)>
	ParentName = davprop.NewToken(multistatus.DAV("parentname"))

	// Href is the URL of the resource, a string: a property that is called as the element is.
	//
	//	<!ELEMENT href (#PCDATA)>
	Href = davprop.NewToken(multistatus.DAV("href"))
)

// Keys returns the Keys of this package's properties.
func Keys() []davprop.Any {
	return []davprop.Any{
		Win32CreationTime, Win32LastAccessTime, Win32LastModifiedTime, Win32FileAttributes,
		IsCollection, IsHidden, IsReadOnly, IsRoot, IsFolder, IsStructuredDocument, ChildCount, LastAccessed, ContentClass, Name, ParentName, Href,
	}
}

func name(local string) multistatus.Name {
	return multistatus.Name{Space: multistatus.NamespaceMicrosoft, Local: local}
}

// FileAttributes are a sum of what Windows knows of a file.
type FileAttributes uint32

// The [FileAttributes] that are met.
const (
	ReadOnly          FileAttributes = 0x1
	Hidden            FileAttributes = 0x2
	System            FileAttributes = 0x4
	Directory         FileAttributes = 0x10
	Archive           FileAttributes = 0x20
	Normal            FileAttributes = 0x80 // alone: none of the others
	Temporary         FileAttributes = 0x100
	Compressed        FileAttributes = 0x800
	NotContentIndexed FileAttributes = 0x2000
)

// String returns eight hexadecimal digits.
func (a FileAttributes) String() string {
	b, _ := a.AppendText(nil)
	return string(b)
}

// AppendText appends eight hexadecimal digits.
func (a FileAttributes) AppendText(dst []byte) ([]byte, error) {
	const digits = "0123456789abcdef"
	for shift := 28; shift >= 0; shift -= 4 {
		dst = append(dst, digits[a>>shift&0xF])
	}
	return dst, nil
}

func parseAttributes(v multistatus.Value) (FileAttributes, error) {
	text, _, err := davprop.NewToken(multistatus.Name{}).Parse(v)
	if err != nil {
		return 0, err
	}
	n, err := strconv.ParseUint(text, 16, 32)
	return FileAttributes(n), err
}

func writeAttributes(e *multistatus.Encoder, n multistatus.Name, a FileAttributes) error {
	return multistatus.PropAppend(e, n, a)
}

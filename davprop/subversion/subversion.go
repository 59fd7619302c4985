// Package subversion has the properties of Subversion's mod_dav_svn: those that the server computes, and the versioned properties
// whose names begin with svn:. It also sends many of RFC 3253, which are in package davprop: version-name is the revision
// in which a file was changed last. A property that users have named themselves is in [multistatus.NamespaceSubversionCustom].
package subversion

import (
	"github.com/go-multistatus/multistatus"
	"github.com/go-multistatus/multistatus/davprop"
)

// What the server computes.
var (
	// BaselineRelativePath is the path in the repository, a string that is not encoded and has no slash at its ends.
	//
	//	<!ELEMENT baseline-relative-path (#PCDATA)>
	BaselineRelativePath = davprop.NewText(name("baseline-relative-path"))

	// RepositoryUUID is the identity of the repository, a string.
	//
	//	<!ELEMENT repository-uuid (#PCDATA)>
	RepositoryUUID = davprop.NewToken(name("repository-uuid"))

	// MD5Checksum is the MD5 sum of a file's content, a string of hexadecimal digits.
	//
	//	<!ELEMENT md5-checksum (#PCDATA)>
	MD5Checksum = davprop.NewToken(name("md5-checksum"))

	// SHA1Checksum is the SHA-1 sum of a file's content, a string of hexadecimal digits.
	//
	//	<!ELEMENT sha1-checksum (#PCDATA)>
	SHA1Checksum = davprop.NewToken(name("sha1-checksum"))

	// DeadpropCount is how many versioned properties there are, an int64.
	//
	//	<!ELEMENT deadprop-count (#PCDATA)>
	DeadpropCount = davprop.NewInt(name("deadprop-count"))
)

// Properties of a revision.
var (
	// Author is who made the revision, a string.
	//
	//	<!ELEMENT author (#PCDATA)>
	Author = davprop.NewText(multistatus.Name{Space: multistatus.NamespaceSubversionSvn, Local: "author"})

	// Date is when the revision was made, a [time.Time] in UTC. It is written without its fraction of a second.
	//
	//	<!ELEMENT date (#PCDATA)>   2026-11-23T20:40:50.308824Z
	Date = davprop.NewDateTime(multistatus.Name{Space: multistatus.NamespaceSubversionSvn, Local: "date"})

	// Log is what the revision is about, a text for people.
	//
	//	<!ELEMENT log (#PCDATA)>
	Log = davprop.NewText(multistatus.Name{Space: multistatus.NamespaceSubversionSvn, Local: "log"})
)

// Properties of files and directories.
var (
	// EOLStyle is which line ends the file gets, a string such as "native".
	//
	//	<!ELEMENT eol-style (#PCDATA)>
	EOLStyle = davprop.NewToken(multistatus.Name{Space: multistatus.NamespaceSubversionSvn, Local: "eol-style"})

	// Executable says that the file may be executed, by being there; its text is "*".
	//
	//	<!ELEMENT executable (#PCDATA)>
	Executable = davprop.NewText(multistatus.Name{Space: multistatus.NamespaceSubversionSvn, Local: "executable"})

	// Externals is what else belongs into the directory, a string of lines.
	//
	//	<!ELEMENT externals (#PCDATA)>
	Externals = davprop.NewText(multistatus.Name{Space: multistatus.NamespaceSubversionSvn, Local: "externals"})

	// Ignore is patterns of names that are not to be versioned, a string of lines.
	//
	//	<!ELEMENT ignore (#PCDATA)>
	Ignore = davprop.NewText(multistatus.Name{Space: multistatus.NamespaceSubversionSvn, Local: "ignore"})

	// Keywords is what is replaced in the file's content, a string of words.
	//
	//	<!ELEMENT keywords (#PCDATA)>
	Keywords = davprop.NewText(multistatus.Name{Space: multistatus.NamespaceSubversionSvn, Local: "keywords"})

	// Mergeinfo is what was merged, a string of lines.
	//
	//	<!ELEMENT mergeinfo (#PCDATA)>
	Mergeinfo = davprop.NewText(multistatus.Name{Space: multistatus.NamespaceSubversionSvn, Local: "mergeinfo"})

	// MIMEType is the media type of the file, a string.
	//
	//	<!ELEMENT mime-type (#PCDATA)>
	MIMEType = davprop.NewToken(multistatus.Name{Space: multistatus.NamespaceSubversionSvn, Local: "mime-type"})

	// NeedsLock says that the file should be locked before it is changed, by being there; its text is "*".
	//
	//	<!ELEMENT needs-lock (#PCDATA)>
	NeedsLock = davprop.NewText(multistatus.Name{Space: multistatus.NamespaceSubversionSvn, Local: "needs-lock"})

	// Special says that the file is a symbolic link, by being there; its text is "*".
	//
	//	<!ELEMENT special (#PCDATA)>
	Special = davprop.NewText(multistatus.Name{Space: multistatus.NamespaceSubversionSvn, Local: "special"})
)

// Keys returns the Keys of this package's properties.
func Keys() []davprop.Any {
	return []davprop.Any{
		BaselineRelativePath, RepositoryUUID, MD5Checksum, SHA1Checksum, DeadpropCount,
		Author, Date, Log,
		EOLStyle, Executable, Externals, Ignore, Keywords, Mergeinfo, MIMEType, NeedsLock, Special,
	}
}

func name(local string) multistatus.Name {
	return multistatus.Name{Space: multistatus.NamespaceSubversion, Local: local}
}

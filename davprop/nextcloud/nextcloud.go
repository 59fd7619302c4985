// Package nextcloud has the properties of files that Nextcloud has beside those in package owncloud.
// They are defined by the server's documentation and source.
package nextcloud

import (
	"github.com/go-multistatus/multistatus"
	"github.com/go-multistatus/multistatus/davprop"
)

// Files and folders.
var (
	// HasPreview is whether there is a preview image, a bool.
	//
	//	<!ELEMENT has-preview (#PCDATA)>   true or false
	HasPreview = davprop.NewBool(name("has-preview"), "true", "false")

	// MountType is on what storage it is, a string such as "external", "group" or "shared"; empty for the user's own.
	//
	//	<!ELEMENT mount-type (#PCDATA)>
	MountType = davprop.NewText(name("mount-type"))

	// IsMountRoot is whether it is the root of such storage, a bool.
	//
	//	<!ELEMENT is-mount-root (#PCDATA)>   true or false
	IsMountRoot = davprop.NewBool(name("is-mount-root"), "true", "false")

	// IsEncrypted is whether a folder is encrypted from end to end, a bool.
	//
	//	<!ELEMENT is-encrypted (#PCDATA)>   1 or 0
	IsEncrypted = davprop.NewBool(name("is-encrypted"), "1", "0")

	// CreationTime is when the file was made, a [time.Time]; the start of 1970 if that is not known.
	//
	//	<!ELEMENT creation_time (#PCDATA)>   seconds since 1970
	CreationTime = davprop.NewUnixTime(name("creation_time"))

	// UploadTime is when the file came to the server, a [time.Time]; the start of 1970 if that is not known.
	//
	//	<!ELEMENT upload_time (#PCDATA)>   seconds since 1970
	UploadTime = davprop.NewUnixTime(name("upload_time"))

	// ContainedFolderCount is how many folders are in the folder, an int64.
	//
	//	<!ELEMENT contained-folder-count (#PCDATA)>
	ContainedFolderCount = davprop.NewInt(name("contained-folder-count"))

	// ContainedFileCount is how many files are in the folder, an int64.
	//
	//	<!ELEMENT contained-file-count (#PCDATA)>
	ContainedFileCount = davprop.NewInt(name("contained-file-count"))

	// Note is what was written to whom it was shared with, a string.
	//
	//	<!ELEMENT note (#PCDATA)>
	Note = davprop.NewText(name("note"))

	// RichWorkspace is the text that is shown above the folder, a string in Markdown.
	//
	//	<!ELEMENT rich-workspace (#PCDATA)>
	RichWorkspace = davprop.NewText(name("rich-workspace"))

	// ShareAttributes is what a share allows beside its permissions, a string in JSON.
	//
	//	<!ELEMENT share-attributes (#PCDATA)>
	ShareAttributes = davprop.NewText(name("share-attributes"))

	// Hidden is whether the file is not to be shown, a bool.
	//
	//	<!ELEMENT hidden (#PCDATA)>   true or false
	Hidden = davprop.NewBool(name("hidden"), "true", "false")
)

// Locks of the app files_lock.
var (
	// Lock is whether the file is locked, a bool.
	//
	//	<!ELEMENT lock (#PCDATA)>   1 or 0
	Lock = davprop.NewBool(name("lock"), "1", "0")

	// LockOwnerType is who has locked it, an int64: 0 a user, 1 an app, 2 a token.
	//
	//	<!ELEMENT lock-owner-type (#PCDATA)>
	LockOwnerType = davprop.NewInt(name("lock-owner-type"))

	// LockOwner is the user or app, a string.
	//
	//	<!ELEMENT lock-owner (#PCDATA)>
	LockOwner = davprop.NewToken(name("lock-owner"))

	// LockOwnerDisplayName is that one's name for people.
	//
	//	<!ELEMENT lock-owner-displayname (#PCDATA)>
	LockOwnerDisplayName = davprop.NewText(name("lock-owner-displayname"))

	// LockOwnerEditor is the app, a string.
	//
	//	<!ELEMENT lock-owner-editor (#PCDATA)>
	LockOwnerEditor = davprop.NewText(name("lock-owner-editor"))

	// LockTime is when it was locked, a [time.Time].
	//
	//	<!ELEMENT lock-time (#PCDATA)>   seconds since 1970
	LockTime = davprop.NewUnixTime(name("lock-time"))

	// LockTimeout is for how many seconds, an int64; 0 for ever.
	//
	//	<!ELEMENT lock-timeout (#PCDATA)>
	LockTimeout = davprop.NewInt(name("lock-timeout"))

	// LockToken is the token of the lock, a string.
	//
	//	<!ELEMENT lock-token (#PCDATA)>
	LockToken = davprop.NewToken(name("lock-token"))
)

// The trash and versions.
var (
	// TrashbinFilename is the name of the file before it was deleted, a string.
	//
	//	<!ELEMENT trashbin-filename (#PCDATA)>
	TrashbinFilename = davprop.NewText(name("trashbin-filename"))

	// TrashbinOriginalLocation is the path of the file before it was deleted, a string that is not encoded.
	//
	//	<!ELEMENT trashbin-original-location (#PCDATA)>
	TrashbinOriginalLocation = davprop.NewText(name("trashbin-original-location"))

	// TrashbinDeletionTime is when it was deleted, a [time.Time].
	//
	//	<!ELEMENT trashbin-deletion-time (#PCDATA)>   seconds since 1970
	TrashbinDeletionTime = davprop.NewUnixTime(name("trashbin-deletion-time"))

	// VersionLabel is what the user called the version, a string.
	//
	//	<!ELEMENT version-label (#PCDATA)>
	VersionLabel = davprop.NewText(name("version-label"))

	// VersionAuthor is the user who made the version, a string.
	//
	//	<!ELEMENT version-author (#PCDATA)>
	VersionAuthor = davprop.NewToken(name("version-author"))
)

// Keys returns the Keys of this package's properties.
func Keys() []davprop.Any {
	return []davprop.Any{
		HasPreview, MountType, IsMountRoot, IsEncrypted, CreationTime, UploadTime, ContainedFolderCount, ContainedFileCount, Note, RichWorkspace, ShareAttributes, Hidden,
		Lock, LockOwnerType, LockOwner, LockOwnerDisplayName, LockOwnerEditor, LockTime, LockTimeout, LockToken,
		TrashbinFilename, TrashbinOriginalLocation, TrashbinDeletionTime, VersionLabel, VersionAuthor,
	}
}

func name(local string) multistatus.Name {
	return multistatus.Name{Space: multistatus.NamespaceNextcloud, Local: local}
}

// Package owncloud has the properties of files in ownCloud, which Nextcloud and OpenCloud have kept, and the one of
// Open Collaboration Services. They are defined by the servers' documentation and source.
package owncloud

import (
	"strconv"
	"strings"

	"github.com/go-multistatus/multistatus"
	"github.com/go-multistatus/multistatus/davprop"
)

// Files and folders.
var (
	// ID is the file's id with that of the installation behind it, a string such as "00000042oc1a2b3c4d5e".
	//
	//	<!ELEMENT id (#PCDATA)>
	ID = davprop.NewToken(name("id"))

	// FileID is the file's id in its installation, a string: decimal digits, in newer products anything.
	//
	//	<!ELEMENT fileid (#PCDATA)>
	FileID = davprop.NewToken(name("fileid"))

	// FilePermissions is what the user may do, [Permissions].
	//
	//	<!ELEMENT permissions (#PCDATA)>   RGDNVW
	FilePermissions = davprop.New(name("permissions"), parsePermissions, writePermissions).ShownBy(Permissions.String)

	// Size is the number of bytes of a file, or of all in a folder, an int64.
	// A negative one, for storage that was not scanned, is unreadable.
	//
	//	<!ELEMENT size (#PCDATA)>
	Size = davprop.NewSize(name("size"))

	// Favorite is whether the user likes the file, a bool.
	//
	//	<!ELEMENT favorite (#PCDATA)>   1 or 0
	Favorite = davprop.NewBool(name("favorite"), "1", "0")

	// Checksums is the sums of the content that are known, a slice of [Checksum]. Writing allocates.
	//
	//	<!ELEMENT checksums (checksum*)>   <oc:checksum>SHA1:2fd4… MD5:9e10…</oc:checksum>
	Checksums = checksums(name("checksums"), name("checksum"))

	// OwnerID is the user to whom the file belongs, a string.
	//
	//	<!ELEMENT owner-id (#PCDATA)>
	OwnerID = davprop.NewToken(name("owner-id"))

	// OwnerDisplayName is that user's name for people.
	//
	//	<!ELEMENT owner-display-name (#PCDATA)>
	OwnerDisplayName = davprop.NewText(name("owner-display-name"))

	// ShareTypes is how the file is shared, a slice of [ShareType]. Writing allocates.
	//
	//	<!ELEMENT share-types (share-type*)>   <oc:share-type>3</oc:share-type>
	ShareTypes = shareTypes(name("share-types"), name("share-type"))

	// Tags is the user's tags, a slice of strings. Writing allocates.
	//
	//	<!ELEMENT tags (tag*)>
	Tags = davprop.NewTexts(name("tags"), name("tag"))

	// CommentsHref is where the file's comments are, a string that is a path.
	//
	//	<!ELEMENT comments-href (#PCDATA)>
	CommentsHref = davprop.NewToken(name("comments-href"))

	// CommentsCount is how many comments there are, an int64.
	//
	//	<!ELEMENT comments-count (#PCDATA)>
	CommentsCount = davprop.NewInt(name("comments-count"))

	// CommentsUnread is how many comments the user has not read, an int64.
	//
	//	<!ELEMENT comments-unread (#PCDATA)>
	CommentsUnread = davprop.NewInt(name("comments-unread"))

	// DownloadURL is where the content is, a string.
	//
	//	<!ELEMENT downloadURL (#PCDATA)>
	DownloadURL = davprop.NewToken(name("downloadURL"))

	// PrivateLink is a URL that stays with the file, a string.
	//
	//	<!ELEMENT privatelink (#PCDATA)>
	PrivateLink = davprop.NewToken(name("privatelink"))

	// DataFingerprint is a string that changes when the server was restored from a backup; most often empty.
	//
	//	<!ELEMENT data-fingerprint (#PCDATA)>
	DataFingerprint = davprop.NewText(name("data-fingerprint"))
)

// Sharing.
var (
	// SharePermissions is what a share may allow, an int64 that is a sum: 1 read, 2 update, 4 create, 8 delete, 16 share.
	// It is in the namespace of Open Collaboration Services.
	//
	//	<!ELEMENT share-permissions (#PCDATA)>
	SharePermissions = davprop.NewInt(multistatus.Name{Space: multistatus.NamespaceOCS, Local: "share-permissions"})

	// Invite is with whom a calendar is shared, a [multistatus.Value] of user elements.
	//
	//	<!ELEMENT invite (user*)>
	Invite = davprop.NewValue(name("invite"))

	// OwnerPrincipal is the principal whose calendar it is, a string that is a path below the principals.
	//
	//	<!ELEMENT owner-principal (#PCDATA)>
	OwnerPrincipal = davprop.NewToken(name("owner-principal"))
)

// Keys returns the Keys of this package's properties.
func Keys() []davprop.Any {
	return []davprop.Any{
		ID, FileID, FilePermissions, Size, Favorite, Checksums, OwnerID, OwnerDisplayName, ShareTypes, Tags, CommentsHref, CommentsCount, CommentsUnread, DownloadURL, PrivateLink, DataFingerprint,
		SharePermissions, Invite, OwnerPrincipal,
	}
}

func name(local string) multistatus.Name {
	return multistatus.Name{Space: multistatus.NamespaceOwnCloud, Local: local}
}

// Permissions are letters, each for something that may be done.
type Permissions string

// The letters of [Permissions].
const (
	Shared       = 'S' // it was shared with the user
	Mounted      = 'M' // it is on storage that is mounted
	MountedSub   = 'm' // it is below such storage
	Readable     = 'G' // it may be read
	Deletable    = 'D' // it may be deleted
	Renameable   = 'N' // it may be renamed
	Moveable     = 'V' // it may be moved
	Writable     = 'W' // the content of the file may be changed
	CanAddFile   = 'C' // files may be made in the folder
	CanAddFolder = 'K' // folders may be made in the folder
	Shareable    = 'R' // it may be shared
)

// Has reports whether a letter is among p.
func (p Permissions) Has(letter rune) bool { return strings.ContainsRune(string(p), letter) }

// String returns the letters.
func (p Permissions) String() string { return string(p) }

// parsePermissions reads letters, which may be none.
func parsePermissions(v multistatus.Value) (Permissions, error) {
	text, _, err := davprop.NewText(multistatus.Name{}).Parse(v)
	return Permissions(strings.TrimSpace(text)), err
}

func writePermissions(e *multistatus.Encoder, n multistatus.Name, p Permissions) error {
	return e.PropText(n, string(p))
}

// Checksum is a sum of a file's content.
type Checksum struct {
	Algorithm string // such as "SHA1"; in capitals, as most servers have it
	Sum       string // most often in hexadecimal digits
}

// String returns c as servers write it, as in "SHA1:2fd4e1c6".
func (c Checksum) String() string { return c.Algorithm + ":" + c.Sum }

// checksums returns the Key of sums, of which several may stand in one element, separated by spaces.
func checksums(n, child multistatus.Name) davprop.Key[[]Checksum] {
	texts := davprop.NewTexts(n, child)
	return davprop.NewReporting(n, func(v multistatus.Value) (all []Checksum, r davprop.Report, err error) {
		elements, r, err := texts.Parse(v)
		for _, text := range elements {
			for word := range strings.FieldsSeq(text) {
				algorithm, sum, _ := strings.Cut(word, ":")
				all = append(all, Checksum{algorithm, sum})
			}
		}
		return all, r, err
	}, func(e *multistatus.Encoder, _ multistatus.Name, all []Checksum) error {
		words := strings.Fields(show(all))
		return texts.Write(e, words)
	}).ShownBy(show)
}

func show(all []Checksum) string {
	var words []string
	for _, c := range all {
		words = append(words, c.String())
	}
	return strings.Join(words, " ")
}

// ShareType says with whom something is shared.
type ShareType int

// The types of shares.
const (
	ShareUser      ShareType = 0
	ShareGroup     ShareType = 1
	ShareLink      ShareType = 3 // whoever has the link
	ShareEmail     ShareType = 4
	ShareRemote    ShareType = 6 // a user of another server
	ShareCircle    ShareType = 7
	ShareGuest     ShareType = 8
	ShareRemoteAll ShareType = 9 // a group of another server
	ShareRoom      ShareType = 10
	ShareDeck      ShareType = 12
)

// shareTypes returns the Key of numbers. One that cannot be read is -1.
func shareTypes(n, child multistatus.Name) davprop.Key[[]ShareType] {
	return davprop.NewList(n, child, func(v multistatus.Value) ShareType {
		text, _ := v.Text()
		n, err := strconv.Atoi(strings.TrimSpace(text))
		if err != nil {
			return -1
		}
		return ShareType(n)
	}, func(t ShareType) multistatus.Value {
		return multistatus.Text(t.String())
	}, ShareType.String)
}

// String returns the number.
func (t ShareType) String() string { return strconv.Itoa(int(t)) }

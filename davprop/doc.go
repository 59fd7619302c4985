// Package davprop reads and writes the properties of WebDAV resources as typed values: those of the RFCs in which
// servers answer, and here and in its sub-packages those of the products that are met most.
//
// Each property is a [Key]. A client asks it for the value in a response,
//
//	size, err := davprop.GetContentLength.Get(r)
//
// and a server writes the value with an Encoder, within a propstat:
//
//	davprop.GetContentLength.Write(e, size)
//
// Where a value stands elsewhere than in a 207 body, [Key.Parse] reads it, and [Key.Property] makes it.
// [New] makes a Key for any other property, and [NewText], [NewInt] and their like for those of a common type.
//
// # Properties
//
// Here are those in DAV:, as variables that are named after them, in groups by RFC: GetETag, GetLastModified, ResourceType,
// LockDiscovery and the others of RFC 4918; quotas (RFC 4331); access control, as Owner, ACL, CurrentUserPrivilegeSet (RFC 3744,
// RFC 5397); versions and reports, as SupportedReportSet (RFC 3253); SyncToken (RFC 6578); and bindings (RFC 5842).
// The sub-packages have those of other namespaces: caldav, carddav, calendarserver, apple, owncloud, nextcloud, microsoft, apache,
// subversion and webdavpush. Package known finds any of them by its name.
//
// # Errors
//
// A property may be missing, have failed or be unreadable, each of which is another error: see [Key.Get].
// None of them is an error of the body: the other properties of a response are as good as before.
//
// # Leniency
//
// Values that depart from their definition are read where they can be read without guessing. What was forgiven
// then is a [Quirk], which [Key.GetReport] tells; its String is the id in the project's catalogue of what servers send.
// The decoder of package multistatus knows nothing of values, and so none of these quirks.
//
// Names of elements in no namespace are read as DAV: names where such are expected.
//
// # Memory
//
// Reading a number, a date, a text, an ETag, a single href or [Names] allocates nothing, but for a text in which references
// have to be resolved. What is a slice, or holds one, is made for the caller. Strings are parts of the body, as
// all that package multistatus gives. Errors are allocated, but for [ErrNoProperty]; [Key.Find] makes none
// for what is missing or failed. Dates in other forms than those of HTTP and RFC 3339 may cost some allocations, too.
// Writing allocates nothing but where the documentation of a property says so; [Key.Property] does.
//
// # Security
//
// Values are what a server says. No text makes this package panic, and its work grows with the length of a value.
package davprop

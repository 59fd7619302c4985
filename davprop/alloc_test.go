package davprop_test

import (
	"testing"
	"time"

	"github.com/go-multistatus/multistatus"
	"github.com/go-multistatus/multistatus/davprop"
	"github.com/go-multistatus/multistatus/davprop/apache"
	"github.com/go-multistatus/multistatus/davprop/apple"
	"github.com/go-multistatus/multistatus/davprop/caldav"
	"github.com/go-multistatus/multistatus/davprop/microsoft"
	"github.com/go-multistatus/multistatus/davprop/nextcloud"
	"github.com/go-multistatus/multistatus/davprop/owncloud"
)

// file is what a server says of a file.
const file = `<D:resourcetype/><D:getetag>"1-7a"</D:getetag><D:getcontentlength>1048576</D:getcontentlength>` +
	`<D:getlastmodified>Sun, 06 Nov 1994 08:49:37 GMT</D:getlastmodified><D:getcontenttype>text/html; charset=utf-8</D:getcontenttype>` +
	`<D:creationdate>1994-11-06T08:49:37.5+01:00</D:creationdate><D:displayname>a b</D:displayname>` +
	`<D:quota-available-bytes>-3</D:quota-available-bytes><D:owner><D:href>/p/</D:href></D:owner>` +
	`<D:current-user-principal><D:unauthenticated/></D:current-user-principal><D:sync-token>urn:1</D:sync-token><D:iscollection>0</D:iscollection>` +
	`<C:schedule-calendar-transp><C:opaque/></C:schedule-calendar-transp><C:min-date-time>19000101T000000Z</C:min-date-time>`

// folder is what a server says of a collection, with much that is to be forgiven.
const folder = `<D:resourcetype><C:calendar/><D:collection/></D:resourcetype><D:getetag>17</D:getetag><D:getcontentlength> 4096 </D:getcontentlength>` +
	`<D:getlastmodified>Mon, 06 Nov 1994 08:49:37 GMT</D:getlastmodified><D:getcontenttype> httpd/unix-directory </D:getcontenttype>` +
	`<D:creationdate>1994-11-06t08:49:37z</D:creationdate><D:displayname/><D:quota-available-bytes>1</D:quota-available-bytes><D:owner>me</D:owner>`

// get adds up something of all values, so that none is left out.
func get(t testing.TB, r *multistatus.Response) (n int) {
	length, err1 := davprop.GetContentLength.Get(r)
	modified, err2 := davprop.GetLastModified.Get(r)
	created, err3 := davprop.CreationDate.Get(r)
	tag, err4 := davprop.GetETag.Get(r)
	media, err5 := davprop.GetContentType.Get(r)
	name, err6 := davprop.DisplayName.Get(r)
	kinds, err7 := davprop.ResourceType.Get(r)
	quota, err8 := davprop.QuotaAvailableBytes.Get(r)
	owner, err9 := davprop.Owner.Get(r)
	for _, err := range [...]error{err1, err2, err3, err4, err5, err6, err7, err8, err9} {
		if err != nil {
			t.Fatal(err)
		}
	}
	for kind := range kinds.All() {
		n += len(kind.Local)
	}
	if kinds.Has(davprop.Collection) != davprop.IsCollection(r) || tag.WeakMatch("x") || tag.Weak() {
		t.Fatal("not what was decoded")
	}
	return n + int(length) + modified.Second() + created.Second() + len(tag.Opaque()) + len(media.Param("x")) + len(name) + int(quota) + len(owner)
}

// Reading what is a number, a date, a text or a few names allocates nothing, where it is right and where it is forgiven.
func TestGetAllocs(t *testing.T) {
	for _, props := range []string{file, folder} {
		r := found(t, props)
		if got := testing.AllocsPerRun(10, func() { get(t, r) }); got != 0 {
			t.Errorf("reading %s allocates %v times, want 0", props, got)
		}
	}
	r := found(t, file)
	if got := testing.AllocsPerRun(10, func() {
		_, ok1 := davprop.CurrentUserPrincipal.Find(r)
		_, ok2 := davprop.SyncToken.Find(r)
		_, ok3 := microsoft.IsCollection.Find(r)
		_, ok4 := caldav.ScheduleCalendarTransp.Find(r)
		_, ok5 := caldav.MinDateTime.Find(r)
		if !ok1 || !ok2 || !ok3 || !ok4 || !ok5 {
			t.Fatal("not what was decoded")
		}
	}); got != 0 {
		t.Errorf("reading other properties allocates %v times, want 0", got)
	}
}

// Nothing is allocated for what is not there, and by Find and for ErrNoProperty not for what failed or is unreadable by its type.
func TestAbsentAllocs(t *testing.T) {
	r := responseOf(t, propstat("200 OK", "<D:getcontentlength/><D:getlastmodified/>")+propstat("404 Not Found", "<D:getetag/>"))
	if got := testing.AllocsPerRun(10, func() {
		_, err1 := davprop.GetContentLength.Get(r)
		_, err2 := davprop.GetLastModified.Get(r)
		_, err3 := davprop.DisplayName.Get(r)
		_, ok := davprop.GetETag.Find(r)
		if err1 != davprop.ErrNoProperty || err2 != err1 || err3 != err1 || ok {
			t.Fatal("there is something")
		}
	}); got != 0 {
		t.Errorf("finding nothing allocates %v times, want 0", got)
	}
}

var (
	calendarType = davprop.NamesOf(davprop.Collection, caldav.Calendar)
	writeTime    = time.Date(1994, 11, 6, 8, 49, 37, 0, time.UTC)
	members      = []multistatus.Href{"/p/a/", "/p/b/"}
)

// write writes one property of each type of which writing is not said to allocate.
func write(e *multistatus.Encoder) {
	e.StartPath("/a")
	e.Propstat(200)
	davprop.ResourceType.Write(e, calendarType)
	davprop.GetContentLength.Write(e, 1048576)
	davprop.GetLastModified.Write(e, writeTime)
	davprop.CreationDate.Write(e, writeTime)
	davprop.GetETag.Write(e, `"1-7a"`)
	davprop.GetContentType.Write(e, "text/html")
	davprop.DisplayName.Write(e, "a & b")
	davprop.QuotaUsedBytes.Write(e, 17)
	davprop.SyncToken.Write(e, "urn:1")
	davprop.Owner.Write(e, "/p/")
	davprop.CurrentUserPrincipal.Write(e, "")
	davprop.GroupMemberSet.Write(e, members)
	davprop.LockDiscovery.Write(e, nil)
	davprop.ACL.Write(e, nil)
	caldav.ScheduleTag.Write(e, `"1"`)
	caldav.MinDateTime.Write(e, writeTime)
	apple.CalendarOrder.Write(e, 3)
	apache.Executable.Write(e, true)
	microsoft.Win32FileAttributes.Write(e, microsoft.Archive)
	nextcloud.UploadTime.Write(e, writeTime)
	owncloud.FilePermissions.Write(e, "RGDNVW")
	owncloud.Favorite.Write(e, false)
}

// sink forgets what is written.
type sink struct{ n int }

func (s *sink) Write(p []byte) (int, error) { s.n += len(p); return len(p), nil }

func TestWriteAllocs(t *testing.T) {
	s := new(sink)
	e := multistatus.NewEncoder(s, nil)
	for range 1000 { // until the buffer is as large as it gets
		write(e)
	}
	if got := testing.AllocsPerRun(1000, func() { write(e) }); got != 0 {
		t.Errorf("writing a response allocates %v times, want 0", got)
	}
	if err := e.Close(); err != nil || s.n == 0 {
		t.Errorf("Close gives the error %v", err)
	}
}

package known_test

import (
	"errors"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/go-multistatus/multistatus"
	"github.com/go-multistatus/multistatus/davprop"
	"github.com/go-multistatus/multistatus/davprop/apache"
	"github.com/go-multistatus/multistatus/davprop/apple"
	"github.com/go-multistatus/multistatus/davprop/caldav"
	"github.com/go-multistatus/multistatus/davprop/calendarserver"
	"github.com/go-multistatus/multistatus/davprop/carddav"
	"github.com/go-multistatus/multistatus/davprop/microsoft"
	"github.com/go-multistatus/multistatus/davprop/nextcloud"
	"github.com/go-multistatus/multistatus/davprop/owncloud"
	"github.com/go-multistatus/multistatus/davprop/subversion"
)

// check reads a value of key, holds it against want, writes that, and reads it again.
func check[T any](t *testing.T, key davprop.Key[T], inside string, want T, quirk davprop.Quirk) {
	t.Helper()
	v, err := multistatus.XML(inside, multistatus.Namespace{Prefix: "p", URI: key.Name().Space}, multistatus.Namespace{Prefix: "D", URI: "DAV:"})
	if err != nil {
		t.Fatal(err)
	}
	got, r, err := key.Parse(v)
	if diff := cmp.Diff(want, got); diff != "" || r.Quirk != quirk || err != nil {
		t.Errorf("%s of %s is read with %q, %v: %s", key.Name().Local, inside, r.Quirk, err, diff)
	}
	got, err = key.Get(written(t, func(e *multistatus.Encoder) error { return key.Write(e, want) }))
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("%s of %s is read back with %v: %s", key.Name().Local, inside, err, diff)
	}
}

// written encodes a response with what write writes, and decodes it.
func written(t *testing.T, write func(*multistatus.Encoder) error) *multistatus.Response {
	t.Helper()
	var body strings.Builder
	e := multistatus.NewEncoder(&body, nil)
	e.StartPath("/a")
	e.Propstat(200)
	if err := errors.Join(write(e), e.Close()); err != nil {
		t.Fatal(err)
	}
	m, err := multistatus.Parse([]byte(body.String()), &multistatus.DecodeOptions{Reject: multistatus.AllQuirks()})
	if err != nil {
		t.Fatalf("%s cannot be read: %v", body.String(), err)
	}
	return &m.Responses[0]
}

// unreadable holds that a value is none.
func unreadable[T any](t *testing.T, key davprop.Key[T], text string, quirk davprop.Quirk) {
	t.Helper()
	v, r, err := key.Parse(multistatus.Text(text))
	var bad *davprop.ValueError
	if !errors.As(err, &bad) || bad.Quirk != quirk || r.Quirk != quirk {
		t.Errorf("%s of %q is read as %v with %q, %v, want a ValueError with %q", key.Name().Local, text, v, r.Quirk, err, quirk)
	}
}

func TestCalDAV(t *testing.T) {
	check(t, caldav.SupportedCalendarComponentSet, `<p:comp name="VEVENT"/> <p:comp name="VTODO"/>`, []string{"VEVENT", "VTODO"}, 0)
	check(t, caldav.SupportedCalendarComponentSet, ``, []string{}, davprop.QuirkCompsetMissing)
	check(t, caldav.SupportedCalendarComponentSet, `all`, []string{}, davprop.QuirkCompsetMissing)
	check(t, caldav.SupportedCalendarData, `<p:calendar-data content-type="text/calendar" version="2.0"/><p:calendar-data content-type="application/calendar+json"/>`,
		[]davprop.MediaType{{Type: "text/calendar", Version: "2.0"}, {Type: "application/calendar+json"}}, 0)
	check(t, caldav.MinDateTime, " 19000101T000000Z ", time.Date(1900, 1, 1, 0, 0, 0, 0, time.UTC), 0)
	check(t, caldav.SupportedCollationSet, "<p:supported-collation>i;octet</p:supported-collation>", []string{"i;octet"}, 0)
	check(t, caldav.ScheduleCalendarTransp, "<p:opaque/>", davprop.NamesOf(multistatus.Name{Space: multistatus.NamespaceCalDAV, Local: "opaque"}), 0)
	check(t, caldav.ScheduleTag, `"1"`, `"1"`, 0)
	check(t, caldav.CalendarData, "BEGIN:VCALENDAR\nX:&lt;&#13;\n", "BEGIN:VCALENDAR\nX:<\r\n", 0)
	check(t, caldav.CalendarHomeSet, "<D:href>/a/</D:href><D:href>/b/</D:href>", []multistatus.Href{"/a/", "/b/"}, 0)
	unreadable(t, caldav.MaxDateTime, "+2621421231T235959Z", davprop.QuirkMtimeAbsurdYear)
	unreadable(t, caldav.MaxDateTime, "20491231T235959", davprop.QuirkMtimeGarbage)
	if _, _, err := caldav.MaxDateTime.Parse(multistatus.Value{}); err != davprop.ErrNoProperty {
		t.Errorf("an empty time gives the error %v", err)
	}
}

func TestCardDAV(t *testing.T) {
	check(t, carddav.SupportedAddressData, `<p:address-data-type content-type="text/vcard" version="3.0"/>`,
		[]davprop.MediaType{{Type: "text/vcard", Version: "3.0"}}, 0)
	check(t, carddav.PrincipalAddress, "<D:href>/me.vcf</D:href>", "/me.vcf", 0)
	check(t, carddav.MaxResourceSize, "102400", 102400, 0)
}

func TestCalendarServer(t *testing.T) {
	check(t, calendarserver.GetCTag, " 17 ", "17", 0)
	check(t, calendarserver.Source, "<D:href>webcal://example.com/a.ics</D:href>", []multistatus.Href{"webcal://example.com/a.ics"}, 0)
	check(t, calendarserver.SubscribedStripTodos, "", true, 0)
	r := written(t, func(e *multistatus.Encoder) error { return calendarserver.SubscribedStripTodos.Write(e, false) })
	if there, err := calendarserver.SubscribedStripTodos.Get(r); there || err != davprop.ErrNoProperty {
		t.Errorf("a flag that is false is read as %v, %v", there, err)
	}
	check(t, apple.CalendarColor, "#0082C9FF", "#0082C9FF", 0)
	check(t, apple.CalendarOrder, "-1", -1, 0)
}

func TestOwnCloud(t *testing.T) {
	check(t, owncloud.FilePermissions, "RGDNVW", "RGDNVW", 0)
	check(t, owncloud.FilePermissions, "", "", 0)
	if p := owncloud.Permissions("RGDNVW"); !p.Has(owncloud.Writable) || p.Has(owncloud.CanAddFile) {
		t.Errorf("%s has other letters", p)
	}
	check(t, owncloud.Favorite, "1", true, 0)
	check(t, owncloud.Checksums, "<p:checksum>SHA1:1f MD5:2a</p:checksum><p:checksum>ADLER32:3b</p:checksum>",
		[]owncloud.Checksum{{Algorithm: "SHA1", Sum: "1f"}, {Algorithm: "MD5", Sum: "2a"}, {Algorithm: "ADLER32", Sum: "3b"}}, 0)
	check(t, owncloud.ShareTypes, "<p:share-type>3</p:share-type><p:share-type> 0 </p:share-type>",
		[]owncloud.ShareType{owncloud.ShareLink, owncloud.ShareUser}, 0)
	check(t, owncloud.Tags, "<p:tag>a b</p:tag>", []string{"a b"}, 0)
	check(t, owncloud.SharePermissions, "31", 31, 0)
	unreadable(t, owncloud.Size, "-1", davprop.QuirkLenNegative)
}

func TestNextcloud(t *testing.T) {
	check(t, nextcloud.HasPreview, "true", true, 0)
	check(t, nextcloud.IsEncrypted, "0", false, 0)
	check(t, nextcloud.UploadTime, "1664762788", time.Date(2022, 10, 3, 2, 6, 28, 0, time.UTC), 0)
	check(t, nextcloud.CreationTime, "0", time.Unix(0, 0).UTC(), 0)
}

func TestMicrosoft(t *testing.T) {
	check(t, microsoft.Win32FileAttributes, "00002022", microsoft.Hidden|microsoft.Archive|microsoft.NotContentIndexed, 0)
	check(t, microsoft.Win32FileAttributes, "ffffffff", math.MaxUint32, 0)
	check(t, microsoft.Win32LastModifiedTime, "Sun, 06 Nov 1994 08:49:37 GMT", time.Date(1994, 11, 6, 8, 49, 37, 0, time.UTC), 0)
	check(t, microsoft.IsHidden, "0", false, 0)
	unreadable(t, microsoft.Win32FileAttributes, "hidden", 0)
}

func TestApacheAndSubversion(t *testing.T) {
	check(t, apache.Executable, "T", true, 0)
	check(t, apache.Executable, "F", false, 0)
	check(t, subversion.DeadpropCount, "2", 2, 0)
	check(t, subversion.BaselineRelativePath, "trunk/a b", "trunk/a b", 0)
	check(t, subversion.Date, "2026-11-23T20:40:50Z", time.Date(2026, 11, 23, 20, 40, 50, 0, time.UTC), 0)
}

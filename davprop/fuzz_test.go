package davprop_test

import (
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/go-multistatus/multistatus"
	"github.com/go-multistatus/multistatus/davprop"
	"github.com/go-multistatus/multistatus/davprop/caldav"
	"github.com/go-multistatus/multistatus/davprop/known"
	"github.com/go-multistatus/multistatus/davprop/microsoft"
	"github.com/go-multistatus/multistatus/davprop/nextcloud"
)

// fuzzScope is what prefixes in the values of fuzz tests are bound to.
var fuzzScope = []multistatus.Namespace{{Prefix: "D", URI: multistatus.NamespaceDAV}, {Prefix: "C", URI: multistatus.NamespaceCalDAV}}

// Law: every known property reads, checks and shows every value without a panic, and agrees with itself: what it cannot
// read it does not show, a *ValueError names the property and the quirk that was reported, and no other error is known but ErrNoProperty.
func FuzzCheck(f *testing.F) {
	for _, c := range meaningBodies(f) {
		f.Add(c)
	}
	f.Fuzz(func(t *testing.T, content string) {
		v, err := multistatus.XML(content, fuzzScope...)
		if err != nil {
			v = multistatus.Text(content)
		}
		for key := range known.All() {
			report, err := key.Check(v)
			_, errShow := key.Show(v)
			if (err == nil) != (errShow == nil) {
				t.Fatalf("%s of %q is checked with %v and shown with %v", key.Name(), content, err, errShow)
			}
			var bad *davprop.ValueError
			switch {
			case err == nil, err == davprop.ErrNoProperty:
			case !errors.As(err, &bad) || bad.Name != key.Name() || bad.Quirk != report.Quirk:
				t.Fatalf("%s of %q gives the error %#v with the report %v", key.Name(), content, err, report)
			}
		}
	})
}

// meaningBodies are the contents of properties in the catalogue.
func meaningBodies(f *testing.F) (all []string) {
	all = append(all, "", "0", "1", "T", " 1 ", "-9223372036854775808", "1664762788000", "\u0660", "W/\"\"", `"`, ":60",
		"<D:href>/p/</D:href>", "<D:response><D:href>/p/</D:href></D:response>", "<D:unauthenticated/>", `<C:comp name="VEVENT"/>`,
		"<D:activelock><D:lockscope><D:shared/></D:lockscope><D:timeout>Second-1</D:timeout></D:activelock>",
		"<D:ace><D:principal><D:self/></D:principal><D:grant><D:privilege><D:read/></D:privilege></D:grant></D:ace>",
		"<D:supported-privilege><D:supported-privilege/></D:supported-privilege>",
		"<D:supported-report><D:report><D:x/></D:report></D:supported-report>", "<D:grant-only/>", "<![CDATA[<]]>")
	for id := range meanings {
		r := &parse(f, quirkDir+"/"+id+".xml", "").Responses[0]
		for p := range r.Props() {
			all = append(all, p.Value.Raw())
		}
	}
	return all
}

// Law: what a Key writes it reads back equal, and forgives nothing in it.
func FuzzWrite(f *testing.F) {
	f.Add("a b", int64(17), true)
	f.Add("", int64(-1), false)
	f.Add("]]>&<\r\n\x00\xff", int64(253402300800), true)
	f.Add(`W/"é"`, int64(-62167219201), false)
	f.Fuzz(func(t *testing.T, s string, n int64, b bool) {
		checkText(t, s)
		rewrites(t, davprop.QuotaUsedBytes, n&(1<<63-1))
		rewrites(t, davprop.GetContentLength, n&(1<<63-1))
		rewrites(t, davprop.NewBool(multistatus.DAV("x"), "T", "F"), b)
		rewrites(t, microsoft.Win32FileAttributes, microsoft.FileAttributes(n))
		if n != -1<<63 {
			rewrites(t, davprop.NewInt(multistatus.DAV("x")), n)
		}
		if at := time.Unix(n, 0).UTC(); 0 < n && at.Year() <= 9999 {
			rewrites(t, davprop.GetLastModified, at)
			rewrites(t, davprop.CreationDate, at)
			rewrites(t, caldav.MaxDateTime, at)
			if n < 100_000_000_000 {
				rewrites(t, nextcloud.UploadTime, at)
			}
		}
		rewrites(t, davprop.CurrentUserPrincipal, multistatus.Href(token(s)))
		if tag := davprop.ETag(carried(s)); tag.Valid() && !tag.Weak() && tag != `"None"` {
			rewrites(t, davprop.GetETag, tag)
		}
	})
}

// checkText writes s where any text may stand.
func checkText(t *testing.T, s string) {
	rewrites(t, davprop.DisplayName, carried(s))
	tidy := token(s)
	if tidy == "" {
		return
	}
	rewrites(t, davprop.SyncToken, tidy)
	rewrites(t, davprop.GetContentType, davprop.ContentType(tidy))
	rewrites(t, davprop.LabelNameSet, []string{tidy})
	rewrites(t, caldav.SupportedCalendarComponentSet, []string{carried(s)})
	rewrites(t, davprop.ParentSet, []davprop.Parent{{Href: multistatus.Href(tidy), Segment: tidy}})
	rewrites(t, davprop.ACL, []davprop.ACE{{
		Principal: davprop.Principal{Kind: multistatus.DAV("href"), Href: multistatus.Href(tidy)}, Inherited: multistatus.Href(tidy),
	}})
	rewrites(t, davprop.SupportedPrivilegeSet, []davprop.SupportedPrivilege{{Privilege: multistatus.DAV("read"), Description: tidy}})
	lock := davprop.Lock{Scope: davprop.LockShared, Type: davprop.LockWrite, Depth: tidy, Owner: multistatus.Text(s), Token: multistatus.Href(tidy)}
	r := davprop.Rewritten(t, func(e *multistatus.Encoder) error { return davprop.LockDiscovery.Write(e, []davprop.Lock{lock}) })
	got, report, err := davprop.LockDiscovery.GetReport(r)
	if err != nil || report.Quirk != 0 || len(got) != 1 || got[0].Depth != tidy || got[0].Token != lock.Token || !got[0].Owner.Equal(lock.Owner) {
		t.Fatalf("%+v is read back as %+v with %v, %v", lock, got, report, err)
	}
}

// carried is s as XML carries it.
func carried(s string) string {
	text, _ := multistatus.Text(s).Text()
	return text
}

// token is s as XML carries it, without white space around it, and of what an Href cannot carry.
func token(s string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7F || r == '\uFFFD' {
			return -1
		}
		return r
	}, carried(s)))
}

func rewrites[T any](t *testing.T, key davprop.Key[T], v T) {
	t.Helper()
	r := davprop.Rewritten(t, func(e *multistatus.Encoder) error { return key.Write(e, v) })
	got, report, err := key.GetReport(r)
	if err != nil || report.Quirk != 0 || !reflect.DeepEqual(got, v) {
		t.Fatalf("%s: %#v is read back as %#v with %q, %v", key.Name(), v, got, report.Quirk, err)
	}
}

package davprop_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/go-multistatus/multistatus"
	"github.com/go-multistatus/multistatus/davprop"
)

var dav = multistatus.DAV

func names(locals ...string) (all []multistatus.Name) {
	for _, l := range locals {
		all = append(all, dav(l))
	}
	return all
}

// checkBoth reads a property and holds it against want, writes that, and reads it again.
func checkBoth[T any](t *testing.T, key davprop.Key[T], inside string, want T, quirk davprop.Quirk) {
	t.Helper()
	local := key.Name().Local
	got, r, err := key.GetReport(found(t, "<D:"+local+">"+inside+"</D:"+local+">"))
	if diff := cmp.Diff(want, got); diff != "" || r.Quirk != quirk || err != nil {
		t.Errorf("%s of %s is read with %q, %v: %s", local, inside, r.Quirk, err, diff)
	}
	got, r, err = key.GetReport(davprop.Rewritten(t, func(e *multistatus.Encoder) error { return key.Write(e, want) }))
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("%s of %s is read back with %q, %v: %s", local, inside, r.Quirk, err, diff)
	}
	p, err := key.Property(want)
	if err != nil || p.Name != key.Name() {
		t.Fatalf("%s as a Property is %+v, %v", inside, p, err)
	}
	if p, err = multistatus.ParseElement(p.AppendXML(nil), nil); err != nil {
		t.Fatal(err)
	}
	got, r, err = key.Parse(p.Value)
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("%s of %s is read from the Property with %q, %v: %s", local, inside, r.Quirk, err, diff)
	}
}

func TestLockDiscovery(t *testing.T) {
	owner, err := multistatus.XML("<D:href>http://example.org/~me</D:href>", multistatus.Namespace{Prefix: "D", URI: multistatus.NamespaceDAV})
	if err != nil {
		t.Fatal(err)
	}
	want := davprop.Lock{
		Scope: davprop.LockExclusive, Type: davprop.LockWrite, Depth: "infinity", Owner: owner,
		Timeout: 604800 * time.Second, Token: "urn:uuid:e71d4fae-5dec-22d6-fea5-00a0c91e6be4", Root: "/a/?x=1&y=2",
	}
	const whole = `<D:activelock> <D:locktype><D:write/></D:locktype>
		<D:lockscope><D:exclusive/></D:lockscope>
		<D:depth>infinity</D:depth>
		<D:owner><D:href>http://example.org/~me</D:href></D:owner>
		<D:timeout>Second-604800</D:timeout>
		<D:locktoken> <D:href>urn:uuid:e71d4fae-5dec-22d6-fea5-00a0c91e6be4</D:href> </D:locktoken>
		<D:lockroot><D:href>/a/?x=1&amp;y=2</D:href></D:lockroot> <D:unknown/> </D:activelock><x xmlns="urn:x"/>`
	checkBoth(t, davprop.LockDiscovery, whole, []davprop.Lock{want}, 0)
	checkBoth(t, davprop.LockDiscovery, "", []davprop.Lock(nil), 0)

	text := davprop.Lock{Owner: multistatus.Text("a <b>"), Timeout: davprop.LockForever}
	checkBoth(t, davprop.LockDiscovery, "<D:activelock><D:owner>a &lt;b></D:owner><D:timeout>Infinite</D:timeout></D:activelock>"+whole,
		[]davprop.Lock{text, want}, 0)
	checkBoth(t, davprop.LockDiscovery, "<D:activelock><D:depth>0</D:depth><D:timeout>Second--1</D:timeout></D:activelock>",
		[]davprop.Lock{{Depth: "0"}}, davprop.QuirkLockTimeout)
	checkBoth(t, davprop.LockDiscovery, "<D:activelock><D:timeout>Second-4294967295</D:timeout></D:activelock>",
		[]davprop.Lock{{Timeout: (1<<32 - 1) * time.Second}}, 0)
}

// Letters in a TimeType have no case, as in all of the grammar of RFC 2616, in which it is written.
func TestLockTimeout(t *testing.T) {
	for text, want := range map[string]time.Duration{
		"infinite": davprop.LockForever, "INFINITE": davprop.LockForever, "second-180": 180 * time.Second, "SECOND-0": 0,
	} {
		checkBoth(t, davprop.LockDiscovery, "<D:activelock><D:timeout>"+text+"</D:timeout></D:activelock>", []davprop.Lock{{Timeout: want}}, 0)
	}
	for _, text := range []string{"", "180", "Second", "Second-", "Second-+1", "Second-4294967296", "Second 180", "Infinity", "S\u00e9cond-1"} {
		checkBoth(t, davprop.LockDiscovery, "<D:activelock><D:timeout>"+text+"</D:timeout></D:activelock>", []davprop.Lock{{}}, davprop.QuirkLockTimeout)
	}
}

func TestSupportedLock(t *testing.T) {
	odd := multistatus.Name{Space: "urn:x", Local: "mode"}
	checkBoth(t, davprop.SupportedLock,
		`<D:lockentry><D:lockscope><D:shared/></D:lockscope><D:locktype><mode xmlns="urn:x"/></D:locktype></D:lockentry>`,
		[]davprop.LockEntry{{Scope: davprop.LockShared, Type: odd}}, 0)
}

// The example of RFC 3744, section 5.5.5, and the rest of what may stand in an ACE.
func TestACL(t *testing.T) {
	checkBoth(t, davprop.ACL, `
		<D:ace><D:principal><D:href>/acl/groups/maintainers</D:href></D:principal>
			<D:grant> <D:privilege><D:write/></D:privilege> </D:grant></D:ace>
		<D:ace><D:principal><D:all/></D:principal>
			<D:grant><D:privilege><D:read/></D:privilege><D:privilege><C:read-free-busy/></D:privilege></D:grant><D:protected/></D:ace>
		<D:ace><D:invert><D:principal><D:property><D:owner/></D:property></D:principal></D:invert>
			<D:deny><D:privilege><D:read-acl/></D:privilege></D:deny><D:inherited><D:href>/a/</D:href></D:inherited></D:ace>`,
		[]davprop.ACE{
			{Principal: davprop.Principal{Kind: dav("href"), Href: "/acl/groups/maintainers"}, Privileges: names("write")},
			{Principal: davprop.Principal{Kind: dav("all")}, Protected: true,
				Privileges: append(names("read"), multistatus.Name{Space: multistatus.NamespaceCalDAV, Local: "read-free-busy"})},
			{Principal: davprop.Principal{Kind: dav("property"), Property: dav("owner")}, Invert: true, Deny: true,
				Privileges: names("read-acl"), Inherited: "/a/"},
		}, 0)
	checkBoth(t, davprop.ACLRestrictions,
		"<D:grant-only/><D:deny-before-grant/><D:no-invert/><D:required-principal><D:all/><D:href>/p/</D:href></D:required-principal>",
		davprop.Restrictions{GrantOnly: true, DenyBeforeGrant: true, NoInvert: true,
			Required: []davprop.Principal{{Kind: dav("all")}, {Kind: dav("href"), Href: "/p/"}}}, 0)
	checkBoth(t, davprop.ACLRestrictions, "", davprop.Restrictions{}, 0)
}

func TestPrivileges(t *testing.T) {
	checkBoth(t, davprop.CurrentUserPrivilegeSet, "<D:privilege><D:read/></D:privilege><D:privilege><D:read-acl/></D:privilege>",
		names("read", "read-acl"), 0)
	checkBoth(t, davprop.CurrentUserPrivilegeSet, "<D:privilege><D:read_acl/></D:privilege>", names("read_acl"), davprop.QuirkPrivilegeUnderscore)
	checkBoth(t, davprop.SupportedPrivilegeSet, `<D:supported-privilege><D:privilege><D:all/></D:privilege><D:abstract/>
		<D:description xml:lang="en">Any &amp; all</D:description>
		<D:supported-privilege><D:privilege><D:read/></D:privilege><D:description>Read</D:description></D:supported-privilege>
		</D:supported-privilege>`,
		[]davprop.SupportedPrivilege{{Privilege: dav("all"), Abstract: true, Description: "Any & all",
			Contains: []davprop.SupportedPrivilege{{Privilege: dav("read"), Description: "Read"}}}}, 0)
}

// Privileges that contain each other too deep are refused, in reading and in writing.
func TestPrivilegeDepth(t *testing.T) {
	var all []davprop.SupportedPrivilege
	inside := ""
	for range 100 {
		all = []davprop.SupportedPrivilege{{Privilege: dav("all"), Contains: all}}
		inside = "<D:supported-privilege>" + inside + "</D:supported-privilege>"
	}
	if _, err := davprop.SupportedPrivilegeSet.Get(found(t, "<D:supported-privilege-set>"+inside+"</D:supported-privilege-set>")); err == nil {
		t.Error("privileges 100 deep are read")
	}
	e := multistatus.NewEncoder(new(discard), nil)
	e.StartPath("/a")
	e.Propstat(200)
	if err := davprop.SupportedPrivilegeSet.Write(e, all); err == nil || e.Close() == nil {
		t.Errorf("privileges 100 deep are written, error %v", err)
	}
}

type discard struct{}

func (*discard) Write(p []byte) (int, error) { return len(p), nil }

func TestHrefs(t *testing.T) {
	const href, response = "<D:href> /p/ </D:href>", "<D:response><D:href>/p/</D:href><D:status>HTTP/1.1 200 OK</D:status></D:response>"
	checkBoth(t, davprop.Owner, href, "/p/", 0)
	checkBoth(t, davprop.Owner, "me "+href+"<D:href>/q/</D:href>", "/p/", 0)
	checkBoth(t, davprop.Owner, "me@x.org", "me@x.org", davprop.QuirkHrefpropText)
	checkBoth(t, davprop.Owner, response, "/p/", 0)
	checkBoth(t, davprop.CurrentUserPrincipal, href, "/p/", 0)
	checkBoth(t, davprop.CurrentUserPrincipal, "<D:unauthenticated/>", "", 0)
	checkBoth(t, davprop.GroupMemberSet, href+response+"<D:x/>", []multistatus.Href{"/p/", "/p/"}, 0)
	checkBoth(t, davprop.GroupMemberSet, "", []multistatus.Href(nil), 0)
	checkBoth(t, davprop.GroupMemberSet, " /p/ ", []multistatus.Href{"/p/"}, davprop.QuirkHrefpropText)

	r := davprop.Rewritten(t, func(e *multistatus.Encoder) error { return davprop.Owner.Write(e, "") })
	if _, err := davprop.Owner.Get(r); err != davprop.ErrNoProperty {
		t.Errorf("an owner that is none gives the error %v", err)
	}
}

// An element in no namespace is read as one in DAV: in every structure, and told.
func TestUnprefixed(t *testing.T) {
	const quirk = davprop.QuirkNsChildUnprefixed
	checkBoth(t, davprop.Owner, "<href>/p/</href>", "/p/", quirk)
	checkBoth(t, davprop.GroupMemberSet, "<D:href>/p/</D:href><href>/q/</href>", []multistatus.Href{"/p/", "/q/"}, quirk)
	checkBoth(t, davprop.CurrentUserPrincipal, "<unauthenticated/>", "", quirk)
	checkBoth(t, davprop.ResourceType, "<collection/>", davprop.NamesOf(davprop.Collection), quirk)
	checkBoth(t, davprop.CurrentUserPrivilegeSet, "<privilege><read/></privilege>", names("read"), quirk)
	checkBoth(t, davprop.SupportedMethodSet, `<supported-method name="GET"/>`, []string{"GET"}, quirk)
	checkBoth(t, davprop.LockDiscovery, "<activelock><depth>0</depth></activelock>", []davprop.Lock{{Depth: "0"}}, quirk)
	checkBoth(t, davprop.ACL, "<ace><principal><all/></principal></ace>", []davprop.ACE{{Principal: davprop.Principal{Kind: dav("all")}}}, quirk)
}

func TestVersioning(t *testing.T) {
	checkBoth(t, davprop.SupportedReportSet, `<D:supported-report><D:report><D:version-tree/></D:report></D:supported-report>
		<D:supported-report><D:report><C:calendar-query/></D:report></D:supported-report>`,
		append(names("version-tree"), multistatus.Name{Space: multistatus.NamespaceCalDAV, Local: "calendar-query"}), 0)
	checkBoth(t, davprop.SupportedReportSet, `<D:supported-report><D:version-tree/></D:supported-report>`,
		names("version-tree"), davprop.QuirkReportUnwrapped)
	checkBoth(t, davprop.SupportedMethodSet, `<D:supported-method name="GET"/><D:x name="y"/><D:supported-method name="MKCOL"/>`,
		[]string{"GET", "MKCOL"}, 0)
	checkBoth(t, davprop.LabelNameSet, `<D:label-name> a &amp; b </D:label-name>`, []string{"a & b"}, 0)
	checkBoth(t, davprop.ParentSet, `<D:parent><D:href>/a/</D:href><D:segment>b%20c</D:segment></D:parent>`,
		[]davprop.Parent{{Href: "/a/", Segment: "b%20c"}}, 0)
	checkBoth(t, davprop.AutoVersion, "<D:checkout-checkin/>", davprop.NamesOf(dav("checkout-checkin")), 0)
}

// Names come with collection first for people, and as they stand otherwise.
func TestNames(t *testing.T) {
	calendar := multistatus.Name{Space: multistatus.NamespaceCalDAV, Local: "calendar"}
	got, err := davprop.ResourceType.Get(found(t, "<D:resourcetype><C:calendar/><D:collection/><x xmlns=''/></D:resourcetype>"))
	if err != nil || got.String() != "collection calendar x" {
		t.Errorf("resourcetype is %q, %v", got, err)
	}
	if !got.Equal(davprop.NamesOf(calendar, davprop.Collection, dav("x"))) || got.Equal(davprop.NamesOf(davprop.Collection, calendar, dav("x"))) {
		t.Errorf("%q is not equal to what it is", got)
	}
	for n, want := range map[multistatus.Name]bool{calendar: true, davprop.Collection: true, dav("x"): true, dav("calendar"): false} {
		if got.Has(n) != want || davprop.NamesOf(calendar, davprop.Collection, dav("x")).Has(n) != want {
			t.Errorf("%q has %s: %v", got, n, got.Has(n))
		}
	}
	for range got.All() {
		break // yields no more
	}
	again, err := davprop.ResourceType.Get(davprop.Rewritten(t, func(e *multistatus.Encoder) error { return davprop.ResourceType.Write(e, got) }))
	if err != nil || !again.Equal(got) {
		t.Errorf("%q is read back as %q, %v", got, again, err)
	}
	if none := (davprop.Names{}); none.String() != "" || none.Has(davprop.Collection) || !none.Equal(davprop.NamesOf()) {
		t.Error("the zero Names are not empty")
	}
}

// What is written declares a namespace once: Windows refuses long bodies.
func TestStructuresAreCompact(t *testing.T) {
	odd := multistatus.Name{Space: "urn:x?a&b", Local: "odd"}
	one, two := multistatus.Name{Space: "urn:one", Local: "a"}, multistatus.Name{Space: "urn:two", Local: "b"}
	for _, c := range []struct {
		write func(e *multistatus.Encoder) error
		want  string
	}{
		{func(e *multistatus.Encoder) error {
			return davprop.SupportedLock.Write(e, []davprop.LockEntry{{Scope: davprop.LockShared, Type: davprop.LockWrite}})
		}, `<D:supportedlock><D:lockentry><D:lockscope><D:shared/></D:lockscope><D:locktype><D:write/></D:locktype></D:lockentry></D:supportedlock>`},
		{func(e *multistatus.Encoder) error {
			return davprop.LockDiscovery.Write(e, []davprop.Lock{{Owner: multistatus.Text("D:a")}})
		}, `<D:lockdiscovery><D:activelock><D:lockscope></D:lockscope><D:locktype></D:locktype><D:owner>D:a</D:owner></D:activelock></D:lockdiscovery>`},
		{func(e *multistatus.Encoder) error {
			return davprop.NewTexts(multistatus.DAV("s"), multistatus.Name{Local: "a"}).Write(e, []string{` xmlns:a="`, "="})
		}, `<D:s><a> xmlns:a="</a><a>=</a></D:s>`},
		{func(e *multistatus.Encoder) error {
			return davprop.CurrentUserPrivilegeSet.Write(e, []multistatus.Name{one, two, one, odd})
		}, `<D:current-user-privilege-set xmlns:ns1="urn:one"><D:privilege><ns1:a/></D:privilege><D:privilege><ns1:b xmlns:ns1="urn:two"/></D:privilege>` +
			`<D:privilege><ns1:a/></D:privilege><D:privilege><ns1:odd xmlns:ns1="urn:x?a&amp;b"/></D:privilege></D:current-user-privilege-set>`},
		{func(e *multistatus.Encoder) error {
			return davprop.NewAttrs(multistatus.DAV("s"), one, "name").Write(e, []string{"=", " xmlns:D=", ""})
		}, `<D:s xmlns:ns1="urn:one"><ns1:a name="="/><ns1:a name=" xmlns:D="/><ns1:a name=""/></D:s>`},
	} {
		var b strings.Builder
		e := multistatus.NewEncoder(&b, nil)
		e.StartResponse("/")
		e.Propstat(200)
		if err := c.write(e); err != nil || e.Close() != nil || !strings.Contains(b.String(), "<D:prop>"+c.want+"</D:prop>") {
			t.Errorf("got %s, %v, want %s", b.String(), err, c.want)
		}
		if _, err := multistatus.Parse([]byte(b.String()), &multistatus.DecodeOptions{Reject: multistatus.AllQuirks()}); err != nil {
			t.Errorf("%s is read with %v", b.String(), err)
		}
	}
}

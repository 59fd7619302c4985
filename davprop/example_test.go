package davprop_test

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"time"

	"github.com/go-multistatus/multistatus"
	"github.com/go-multistatus/multistatus/davprop"
	"github.com/go-multistatus/multistatus/davprop/owncloud"
)

const listing = `<?xml version="1.0" encoding="utf-8"?>
<d:multistatus xmlns:d="DAV:" xmlns:oc="http://owncloud.org/ns">
 <d:response>
  <d:href>/files/</d:href>
  <d:propstat>
   <d:prop><d:resourcetype><d:collection/></d:resourcetype><d:quota-available-bytes>-3</d:quota-available-bytes></d:prop>
   <d:status>HTTP/1.1 200 OK</d:status>
  </d:propstat>
  <d:propstat>
   <d:prop><d:getcontentlength/><d:getetag/></d:prop>
   <d:status>HTTP/1.1 404 Not Found</d:status>
  </d:propstat>
 </d:response>
 <d:response>
  <d:href>/files/a.txt</d:href>
  <d:propstat>
   <d:prop>
    <d:resourcetype/>
    <d:getcontentlength>1024</d:getcontentlength>
    <d:getlastmodified>Fri, 7 Sep 2018 08:49:58 +0200</d:getlastmodified>
    <d:getetag>"17"</d:getetag>
    <oc:permissions>RGDNVW</oc:permissions>
   </d:prop>
   <d:status>HTTP/1.1 200 OK</d:status>
  </d:propstat>
 </d:response>
</d:multistatus>`

// A listing, as a client reads it.
func Example() {
	d := multistatus.NewDecoder(strings.NewReader(listing), nil)
	for r, err := range d.All() {
		if err != nil {
			fmt.Println(err)
			return
		}
		if davprop.IsCollection(r) {
			fmt.Println(r.Href, "is a collection")
			continue
		}
		size, err := davprop.GetContentLength.Get(r)
		if err != nil {
			fmt.Println(err)
			continue
		}
		modified, _ := davprop.GetLastModified.Find(r) // the zero time if there is none, or it cannot be read
		tag, _ := davprop.GetETag.Find(r)
		may, _ := owncloud.FilePermissions.Find(r)
		fmt.Println(r.Href, size, modified.Format(time.RFC3339), tag.Opaque(), may.Has(owncloud.Writable))
	}
	// Output:
	// /files/ is a collection
	// /files/a.txt 1024 2018-09-07T06:49:58Z 17 true
}

func ExampleKey_Get() {
	m, _ := multistatus.Parse([]byte(listing), nil)
	_, err := davprop.GetETag.Get(&m.Responses[0])
	fmt.Println(errors.Is(err, fs.ErrNotExist), err)
	_, err = davprop.Owner.Get(&m.Responses[0])
	fmt.Println(err == davprop.ErrNoProperty, err)
	quota, err := davprop.QuotaAvailableBytes.Get(&m.Responses[0])
	fmt.Println(quota == davprop.QuotaUnlimited, err)
	// Output:
	// true multistatus: /files/: {DAV:}getetag: 404 Not Found
	// true davprop: no such property
	// true <nil>
}

func ExampleKey_GetReport() {
	m, _ := multistatus.Parse([]byte(listing), nil)
	modified, forgiven, err := davprop.GetLastModified.GetReport(&m.Responses[1])
	fmt.Println(modified, err)
	fmt.Println(forgiven.Quirk, forgiven.Quirk.Section())
	fmt.Println(forgiven.Quirk.Doc())
	// Output:
	// 2018-09-07 06:49:58 +0000 UTC <nil>
	// mtime-plus0000 RFC 9110, section 5.6.7
	// The date has a numeric zone in the place of GMT.
}

// What a server says about a file.
func ExampleKey_Write() {
	var body strings.Builder
	e := multistatus.NewEncoder(&body, nil)
	defer e.Abort()
	e.StartPath("/a.txt")
	e.Propstat(200)
	davprop.ResourceType.Write(e, davprop.NamesOf())
	davprop.GetContentLength.Write(e, 1024)
	davprop.GetETag.Write(e, davprop.MakeETag("17", false))
	davprop.GetLastModified.Write(e, time.Date(1994, 11, 6, 8, 49, 37, 0, time.UTC))
	if err := e.Close(); err != nil { // every error of the calls before, too
		fmt.Println(err)
	}
	_, props, _ := strings.Cut(body.String(), "<D:prop>")
	props, _, _ = strings.Cut(props, "</D:prop>")
	fmt.Println(strings.ReplaceAll(props, "><", ">\n<"))
	// Output:
	// <D:resourcetype/>
	// <D:getcontentlength>1024</D:getcontentlength>
	// <D:getetag>"17"</D:getetag>
	// <D:getlastmodified>Sun, 06 Nov 1994 08:49:37 GMT</D:getlastmodified>
}

// rating is a property of one's own: from one to five stars.
var rating = davprop.New(multistatus.Name{Space: "https://example.com/ns", Local: "rating"},
	func(v multistatus.Value) (int, error) {
		text, _ := v.Text()
		if n := len(text); n >= 1 && n <= 5 && strings.Trim(text, "*") == "" {
			return n, nil
		}
		return 0, errors.New("not one to five stars")
	},
	func(e *multistatus.Encoder, name multistatus.Name, stars int) error {
		return e.PropText(name, strings.Repeat("*", stars))
	})

func ExampleNew() {
	var body strings.Builder
	e := multistatus.NewEncoder(&body, nil)
	e.StartPath("/a.txt")
	e.Propstat(200)
	rating.Write(e, 3)
	e.StartPath("/b.txt")
	e.Propstat(200)
	e.PropText(rating.Name(), "bad")
	if err := e.Close(); err != nil {
		fmt.Println(err)
	}
	m, _ := multistatus.Parse([]byte(body.String()), nil)
	for i := range m.Responses {
		fmt.Println(rating.Get(&m.Responses[i]))
	}
	// Output:
	// 3 <nil>
	// 0 davprop: rating "bad": not one to five stars
}

// The answer to a LOCK is a DAV:prop with one property.
func ExampleKey_Parse() {
	answer := `<D:prop xmlns:D="DAV:"><D:lockdiscovery><D:activelock>
	 <D:locktype><D:write/></D:locktype><D:lockscope><D:exclusive/></D:lockscope><D:depth>infinity</D:depth>
	 <D:owner>Jane</D:owner><D:timeout>Second-3600</D:timeout>
	 <D:locktoken><D:href>urn:uuid:e71d4fae-5dec-22d6-fea5-00a0c91e6be4</D:href></D:locktoken>
	 <D:lockroot><D:href>/a/</D:href></D:lockroot>
	</D:activelock></D:lockdiscovery></D:prop>`
	prop, err := multistatus.ParseElement([]byte(answer), nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	for name, v := range prop.Value.Elements() {
		if name != davprop.LockDiscovery.Name() {
			continue
		}
		locks, _, err := davprop.LockDiscovery.Parse(v)
		if err != nil {
			fmt.Println(err)
			return
		}
		for _, lock := range locks {
			owner, _ := lock.Owner.Text()
			fmt.Println(lock.Token)
			fmt.Println(lock.Scope == davprop.LockExclusive, lock.Depth, owner, lock.Timeout, lock.Root)
		}
	}
	// Output:
	// urn:uuid:e71d4fae-5dec-22d6-fea5-00a0c91e6be4
	// true infinity Jane 1h0m0s /a/
}

// The answer to a LOCK is a DAV:prop with one property, and no 207.
func ExampleKey_Property() {
	locks, err := davprop.LockDiscovery.Property([]davprop.Lock{{
		Scope: davprop.LockExclusive, Type: davprop.LockWrite, Depth: "0", Timeout: time.Hour,
		Token: "urn:uuid:e71d4fae-5dec-22d6-fea5-00a0c91e6be4", Root: "/a.txt",
	}})
	if err != nil {
		fmt.Println(err)
		return
	}
	content, err := multistatus.XML(string(locks.AppendXML(nil)))
	if err != nil {
		fmt.Println(err)
		return
	}
	answer := multistatus.Property{Name: multistatus.DAV("prop"), Value: content}
	fmt.Println(strings.ReplaceAll(string(answer.AppendXML(nil)), "><", ">\n<"))
	// Output:
	// <D:prop xmlns:D="DAV:">
	// <D:lockdiscovery xmlns:D="DAV:">
	// <D:activelock>
	// <D:lockscope>
	// <D:exclusive/>
	// </D:lockscope>
	// <D:locktype>
	// <D:write/>
	// </D:locktype>
	// <D:depth>0</D:depth>
	// <D:timeout>Second-3600</D:timeout>
	// <D:locktoken>
	// <D:href>urn:uuid:e71d4fae-5dec-22d6-fea5-00a0c91e6be4</D:href>
	// </D:locktoken>
	// <D:lockroot>
	// <D:href>/a.txt</D:href>
	// </D:lockroot>
	// </D:activelock>
	// </D:lockdiscovery>
	// </D:prop>
}

// syncAnswers are what a server answers to two sync-collection reports.
var syncAnswers = map[string]string{
	"": `<D:multistatus xmlns:D="DAV:">
	 <D:response><D:href>/cal/1.ics</D:href>
	  <D:propstat><D:prop><D:getetag>"a"</D:getetag></D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response>
	 <D:response><D:href>/cal/2.ics</D:href>
	  <D:propstat><D:prop><D:getetag>"b"</D:getetag></D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response>
	 <D:response><D:href>/cal/</D:href><D:status>HTTP/1.1 507 Insufficient Storage</D:status></D:response>
	 <D:sync-token>urn:sync:1</D:sync-token></D:multistatus>`,
	"urn:sync:1": `<D:multistatus xmlns:D="DAV:">
	 <D:response><D:href>/cal/1.ics</D:href><D:status>HTTP/1.1 404 Not Found</D:status></D:response>
	 <D:response><D:href>/cal/2.ics</D:href>
	  <D:propstat><D:prop><D:getetag>"c"</D:getetag></D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response>
	 <D:sync-token>urn:sync:2</D:sync-token></D:multistatus>`,
}

// A client that follows a collection by sync-collection reports (RFC 6578).
func Example_syncCollection() {
	have := map[multistatus.Href]davprop.ETag{}
	token := ""
	for more := true; more; {
		more = false
		d := multistatus.NewDecoder(strings.NewReader(syncAnswers[token]), nil) // the body of the answer to a report with token
		for r, err := range d.All() {
			if err != nil {
				fmt.Println(err) // token stays as it was: the same is asked again
				return
			}
			if r.Truncated() {
				more = true
				continue
			}
			old, known := have[r.Href]
			tag, err := davprop.GetETag.Get(r)
			switch {
			case r.Removed():
				delete(have, r.Href)
				fmt.Println("removed", r.Href)
			case err != nil:
				fmt.Println("skipped", err)
			case !known:
				have[r.Href] = tag
				fmt.Println("new", r.Href)
			case !old.WeakMatch(tag):
				have[r.Href] = tag
				fmt.Println("changed", r.Href)
			}
		}
		token = d.SyncToken()
		fmt.Println("token", token)
	}
	// Output:
	// new /cal/1.ics
	// new /cal/2.ics
	// token urn:sync:1
	// removed /cal/1.ics
	// changed /cal/2.ics
	// token urn:sync:2
}

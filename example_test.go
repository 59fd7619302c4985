package multistatus_test

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"strings"
	"time"

	"github.com/go-multistatus/multistatus"
)

const listing = `<?xml version="1.0" encoding="utf-8"?>
<d:multistatus xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav">
 <d:response>
  <d:href>/cal/</d:href>
  <d:propstat>
   <d:prop><d:resourcetype><d:collection/><c:calendar/></d:resourcetype></d:prop>
   <d:status>HTTP/1.1 200 OK</d:status>
  </d:propstat>
  <d:propstat>
   <d:prop><d:getetag/></d:prop>
   <d:status>HTTP/1.1 404 Not Found</d:status>
  </d:propstat>
 </d:response>
 <d:response>
  <d:href>/cal/caf%C3%A9.ics</d:href>
  <d:propstat>
   <d:prop><d:getetag>"17"</d:getetag><d:resourcetype/></d:prop>
   <d:status>HTTP/1.1 200 OK</d:status>
  </d:propstat>
 </d:response>
 <d:response>
  <d:href>/cal/gone.ics</d:href>
  <d:status>HTTP/1.1 404 Not Found</d:status>
 </d:response>
</d:multistatus>`

func ExampleDecoder_All() {
	d := multistatus.NewDecoder(strings.NewReader(listing), nil)
	for r, err := range d.All() {
		if err != nil {
			fmt.Println(err) // what came before it was complete, but the list is not
			return
		}
		path, err := r.Href.Path()
		if err != nil {
			fmt.Println(err)
			continue
		}
		if err := r.Err(); err != nil {
			fmt.Println(path, "does not exist:", errors.Is(err, fs.ErrNotExist))
			continue
		}
		if etag, stat := r.Prop(multistatus.DAV("getetag")); etag != nil && stat.OK() {
			text, _ := etag.Value.Text()
			fmt.Println(path, text)
		}
	}
	// Output:
	// /cal/café.ics "17"
	// /cal/gone.ics does not exist: true
}

func ExampleDecoder_Next() {
	var d multistatus.Decoder
	var r multistatus.Response // reused, and with it its slices
	d.ResetString(listing, &multistatus.DecodeOptions{Select: []multistatus.Name{multistatus.DAV("resourcetype")}})
	for {
		err := d.Next(&r)
		if err == io.EOF {
			break
		} else if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(r.Href, len(r.Propstats))
	}
	// Output:
	// /cal/ 2
	// /cal/caf%C3%A9.ics 1
	// /cal/gone.ics 0
}

func ExampleParse() {
	m, err := multistatus.Parse([]byte(listing), nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(len(m.Responses), "responses")
	fmt.Println(m.Err())
	// Output:
	// 3 responses
	// multistatus: /cal/gone.ics: 404 Not Found
}

func ExampleParse_truncated() {
	m, err := multistatus.Parse([]byte(listing[:len(listing)-60]), nil)
	fmt.Println(len(m.Responses), "complete responses")
	fmt.Println(errors.Is(err, io.ErrUnexpectedEOF))
	fmt.Println(err)
	// Output:
	// 2 complete responses
	// true
	// multistatus: unexpected EOF in multistatus/response[3]/status, line 23:3 (offset 680)
}

func ExampleParseElement() {
	body := `<D:error xmlns:D="DAV:"><D:lock-token-submitted><D:href>/locked/</D:href></D:lock-token-submitted></D:error>`
	p, err := multistatus.ParseElement([]byte(body), nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	for name, v := range p.Value.Elements() {
		fmt.Println(name, v.Raw())
	}
	// Output:
	// {DAV:}lock-token-submitted <D:href>/locked/</D:href>
}

func ExampleDecodeOptions() {
	body := `<d:multistatus xmlns:d="DAV:"><d:response><d:href>/this & that</d:href><d:status>200 OK</d:status></d:response></d:multistatus>`
	opts := &multistatus.DecodeOptions{
		OnQuirk: func(q multistatus.QuirkReport) {
			fmt.Printf("line %d:%d: %v\n", q.Line, q.Column, q.Quirk)
		},
	}
	m, err := multistatus.Parse([]byte(body), opts)
	fmt.Println(m.Responses[0].Href, err)

	opts = &multistatus.DecodeOptions{Reject: multistatus.NewQuirkSet(multistatus.QuirkAmpRaw)}
	_, err = multistatus.Parse([]byte(body), opts)
	fmt.Println(err)
	// Output:
	// line 1:57: amp-raw: a & begins no reference
	// line 1:43: href-unescaped-space: an href has a raw space
	// line 1:72: status-bare: a status has no HTTP version
	// /this & that <nil>
	// multistatus: amp-raw: a & begins no reference in multistatus/response/href, line 1:57 (offset 56)
}

func ExampleEncoder() {
	files := []struct {
		path     string
		size     int64
		modified time.Time
	}{
		{"/Größe 100%.txt", 17, time.Date(1994, 11, 6, 8, 49, 37, 0, time.UTC)},
	}
	var body strings.Builder
	e := multistatus.NewEncoder(&body, nil)
	defer e.Abort() // does nothing after Close; before, it leaves the document visibly unfinished
	for _, f := range files {
		e.StartPath(f.path)
		e.Propstat(200)
		e.PropHTTPTime(multistatus.DAV("getlastmodified"), f.modified)
		e.Propstat(404)
		e.PropEmpty(multistatus.DAV("quota-used-bytes"))
		e.Propstat(200) // joins what was under this status before
		e.PropInt(multistatus.DAV("getcontentlength"), f.size)
	}
	if err := e.Close(); err != nil { // every error of the calls before, too
		fmt.Println(err)
	}
	fmt.Println(strings.ReplaceAll(body.String(), "><", ">\n<"))
	// Output:
	// <?xml version="1.0" encoding="utf-8"?>
	// <D:multistatus xmlns:D="DAV:">
	// <D:response>
	// <D:href>/Gr%C3%B6%C3%9Fe%20100%25.txt</D:href>
	// <D:propstat>
	// <D:prop>
	// <D:getlastmodified>Sun, 06 Nov 1994 08:49:37 GMT</D:getlastmodified>
	// <D:getcontentlength>17</D:getcontentlength>
	// </D:prop>
	// <D:status>HTTP/1.1 200 OK</D:status>
	// </D:propstat>
	// <D:propstat>
	// <D:prop>
	// <D:quota-used-bytes/>
	// </D:prop>
	// <D:status>HTTP/1.1 404 Not Found</D:status>
	// </D:propstat>
	// </D:response>
	// </D:multistatus>
}

func ExampleEncoder_Encode() {
	m, _ := multistatus.Parse([]byte(listing), nil)
	var body strings.Builder
	e := multistatus.NewEncoder(&body, &multistatus.EncodeOptions{Indent: " "})
	e.Encode(&m.Responses[2])
	if err := e.Close(); err != nil {
		fmt.Println(err)
	}
	fmt.Println(body.String())
	// Output:
	// <?xml version="1.0" encoding="utf-8"?>
	// <D:multistatus xmlns:D="DAV:">
	//  <D:response>
	//   <D:href>/cal/gone.ics</D:href>
	//   <D:status>HTTP/1.1 404 Not Found</D:status>
	//  </D:response>
	// </D:multistatus>
}

// The body of a 409 or 423 that is no 207: a DAV:error alone.
func ExampleProperty_AppendXML() {
	locked := multistatus.PathHref("/a & b/") // has no character that is special to XML
	conditions, err := multistatus.XML(
		"<D:lock-token-submitted><D:href>"+string(locked)+"</D:href></D:lock-token-submitted>",
		multistatus.Namespace{Prefix: "D", URI: multistatus.NamespaceDAV})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, v := range []multistatus.Value{conditions, multistatus.Elements(multistatus.DAV("resource-must-be-null"))} {
		p := multistatus.Property{Name: multistatus.DAV("error"), Value: v}
		fmt.Println(string(p.AppendXML(nil)))
	}
	// Output:
	// <D:error xmlns:D="DAV:"><D:lock-token-submitted><D:href>/a%20%26%20b/</D:href></D:lock-token-submitted></D:error>
	// <D:error xmlns:D="DAV:"><D:resource-must-be-null/></D:error>
}

func ExampleValue_Has() {
	m, _ := multistatus.Parse([]byte(listing), nil)
	kind, _ := m.Responses[0].Prop(multistatus.DAV("resourcetype"))
	fmt.Println(kind.Value.Has(multistatus.DAV("collection")))
	fmt.Println(kind.Value.Has(multistatus.Name{Space: multistatus.NamespaceCalDAV, Local: "calendar"}))
	fmt.Println(string(kind.AppendXML(nil)))
	// Output:
	// true
	// true
	// <d:resourcetype xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"><d:collection/><c:calendar/></d:resourcetype>
}

func ExampleHref_Resolve() {
	asked, _ := url.Parse("https://example.com/dav/")
	for _, h := range []multistatus.Href{"/dav/a b.txt", "b:c.vcf", "//evil.example/x"} {
		u, err := h.Resolve(asked)
		fmt.Println(u, err)
	}
	// Output:
	// https://example.com/dav/a%20b.txt <nil>
	// https://example.com/dav/b:c.vcf <nil>
	// https://example.com//evil.example/x <nil>
}

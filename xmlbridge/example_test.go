package xmlbridge_test

import (
	"encoding/xml"
	"fmt"
	"os"
	"strings"

	"github.com/go-multistatus/multistatus"
	"github.com/go-multistatus/multistatus/xmlbridge"
)

const multiget = `<?xml version="1.0" encoding="utf-8"?>
<d:multistatus xmlns:d="DAV:" xmlns:cal="urn:ietf:params:xml:ns:caldav">
 <d:response>
  <d:href>/cal/1.ics</d:href>
  <d:propstat>
   <d:prop>
    <d:getetag>"17-1"</d:getetag>
    <cal:calendar-data content-type="text/calendar" version="2.0">BEGIN:VCALENDAR&#13;
END:VCALENDAR&#13;
</cal:calendar-data>
   </d:prop>
   <d:status>HTTP/1.1 200 OK</d:status>
  </d:propstat>
 </d:response>
 <d:response>
  <d:href>/cal/gone.ics</d:href>
  <d:status>HTTP/1.1 404 Not Found</d:status>
 </d:response>
</d:multistatus>`

// The answer to a calendar-multiget report (RFC 4791, section 7.9), property by property into a struct.
func Example() {
	type calendarData struct {
		ContentType string `xml:"content-type,attr"`
		Version     string `xml:"version,attr"`
		Text        string `xml:",chardata"`
	}
	type event struct {
		ETag string
		Data calendarData
	}
	var e event
	into := map[multistatus.Name]any{
		multistatus.DAV("getetag"):                                   &e.ETag,
		{Space: multistatus.NamespaceCalDAV, Local: "calendar-data"}: &e.Data,
	}
	for r, err := range multistatus.NewDecoder(strings.NewReader(multiget), nil).All() {
		if err != nil {
			fmt.Println(err)
			return
		}
		if err := r.Err(); err != nil {
			fmt.Println(err)
			continue
		}
		e = event{}
		for p, stat := range r.Props() {
			if v := into[p.Name]; v != nil && stat.OK() {
				if err := xmlbridge.Unmarshal(p, v); err != nil {
					fmt.Println(err)
				}
			}
		}
		fmt.Printf("%s %s %s %q\n", r.Href, e.ETag, e.Data.ContentType, e.Data.Text)
	}
	// Output:
	// /cal/1.ics "17-1" text/calendar "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"
	// multistatus: /cal/gone.ics: 404 Not Found
}

// An application's own property, both ways.
func ExampleMarshal() {
	type author struct {
		Lang string `xml:"http://www.w3.org/XML/1998/namespace lang,attr,omitempty"`
		Name string `xml:"urn:example:app name"`
		Mail string `xml:"urn:example:app mail"`
	}
	name := multistatus.Name{Space: "urn:example:app", Local: "author"}
	p, err := xmlbridge.Marshal(name, author{"de", "Jürgen & Söhne", "j@example.com"})
	if err != nil {
		fmt.Println(err)
		return
	}
	e := multistatus.NewEncoder(os.Stdout, &multistatus.EncodeOptions{Indent: " "})
	e.StartPath("/a.txt")
	e.Propstat(200)
	e.Prop(&p)
	if err := e.Close(); err != nil {
		fmt.Println(err)
	}
	fmt.Println()
	var back author
	fmt.Println(xmlbridge.Unmarshal(&p, &back), back)
	// Output:
	// <?xml version="1.0" encoding="utf-8"?>
	// <D:multistatus xmlns:D="DAV:">
	//  <D:response>
	//   <D:href>/a.txt</D:href>
	//   <D:propstat>
	//    <D:prop>
	//     <ns1:author xmlns:ns1="urn:example:app" xml:lang="de"><ns1:name>Jürgen &amp; Söhne</ns1:name><ns1:mail>j@example.com</ns1:mail></ns1:author>
	//    </D:prop>
	//    <D:status>HTTP/1.1 200 OK</D:status>
	//   </D:propstat>
	//  </D:response>
	// </D:multistatus>
	// <nil> {de Jürgen & Söhne j@example.com}
}

// Who holds locks on a resource (RFC 4918, section 15.8).
func ExampleUnmarshal() {
	body := `<D:prop xmlns:D="DAV:"><D:lockdiscovery><D:activelock>
		<D:locktype><D:write/></D:locktype><D:lockscope><D:exclusive/></D:lockscope><D:depth>infinity</D:depth>
		<D:owner><D:href>http://example.org/~ejw/contact.html</D:href></D:owner><D:timeout>Second-604800</D:timeout>
		<D:locktoken><D:href>urn:uuid:e71d4fae-5dec-22d6-fea5-00a0c91e6be4</D:href></D:locktoken>
		<D:lockroot><D:href>http://example.com/workspace/webdav/proposal.doc</D:href></D:lockroot>
	</D:activelock></D:lockdiscovery></D:prop>`
	var prop struct {
		Locks []struct {
			Exclusive *struct{} `xml:"DAV: lockscope>exclusive"`
			Depth     string    `xml:"DAV: depth"`
			Owner     struct {
				Content string `xml:",innerxml"`
			} `xml:"DAV: owner"`
			Timeout string           `xml:"DAV: timeout"`
			Token   string           `xml:"DAV: locktoken>href"`
			Root    multistatus.Href `xml:"DAV: lockroot>href"`
		} `xml:"DAV: lockdiscovery>activelock"`
	}
	p, err := multistatus.ParseElement([]byte(body), nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	if err := xmlbridge.Unmarshal(&p, &prop); err != nil {
		fmt.Println(err)
		return
	}
	for _, l := range prop.Locks {
		path, _ := l.Root.Path()
		fmt.Println(path, l.Token, l.Exclusive != nil, l.Depth, l.Timeout)
		fmt.Println(l.Owner.Content)
	}
	// Output:
	// /workspace/webdav/proposal.doc urn:uuid:e71d4fae-5dec-22d6-fea5-00a0c91e6be4 true infinity Second-604800
	// <D:href>http://example.org/~ejw/contact.html</D:href>
}

// The conditions that failed (RFC 4918, section 16). The Error of a Response or Propstat, and the Conditions of a StatusError,
// are what DAV:error holds: as the value of a property with that name they are the element.
func ExampleUnmarshal_conditions() {
	body := `<D:multistatus xmlns:D="DAV:"><D:response><D:href>/locked/</D:href><D:status>HTTP/1.1 423 Locked</D:status>
		<D:error><D:lock-token-submitted><D:href>/locked/</D:href></D:lock-token-submitted></D:error></D:response></D:multistatus>`
	m, err := multistatus.Parse([]byte(body), nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	for i := range m.Responses {
		var conditions struct {
			XMLName xml.Name           `xml:"DAV: error"`
			Missing []multistatus.Href `xml:"DAV: lock-token-submitted>href"`
		}
		element := multistatus.Property{Name: multistatus.DAV("error"), Value: m.Responses[i].Error}
		if err := xmlbridge.Unmarshal(&element, &conditions); err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println("locked:", conditions.Missing)
	}
	// Output:
	// locked: [/locked/]
}

// Tokens, without text that is made of them and parsed again.
func ExampleNewTokenReader() {
	p := multistatus.Property{Name: multistatus.DAV("resourcetype"), Value: multistatus.Elements(
		multistatus.DAV("collection"), multistatus.Name{Space: multistatus.NamespaceCalDAV, Local: "calendar"})}
	tokens := xmlbridge.NewTokenReader(&p)
	for token, err := tokens.Token(); err == nil; token, err = tokens.Token() {
		if start, ok := token.(xml.StartElement); ok {
			fmt.Println(start.Name.Space, start.Name.Local)
		}
	}

	var kinds struct {
		Collection *struct{} `xml:"DAV: collection"`
		Calendar   *struct{} `xml:"urn:ietf:params:xml:ns:caldav calendar"`
	}
	err := xml.NewTokenDecoder(xmlbridge.NewTokenReader(&p)).Decode(&kinds)
	fmt.Println(kinds.Collection != nil, kinds.Calendar != nil, err)
	// Output:
	// DAV: resourcetype
	// DAV: collection
	// urn:ietf:params:xml:ns:caldav calendar
	// true true <nil>
}

// A body by way of code that calls encoding/xml itself.
func ExampleMultistatus() {
	var m xmlbridge.Multistatus
	if err := xml.Unmarshal([]byte(multiget), &m); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(len(m.Responses), "responses;", m.Err())

	m.Responses = m.Responses[1:]
	if err := xml.NewEncoder(os.Stdout).Encode(m); err != nil {
		fmt.Println(err)
	}
	// Output:
	// 2 responses; multistatus: /cal/gone.ics: 404 Not Found
	// <D:multistatus xmlns:D="DAV:"><D:response><D:href>/cal/gone.ics</D:href><D:status>HTTP/1.1 404 Not Found</D:status></D:response></D:multistatus>
}

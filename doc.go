// Package multistatus is a codec for the bodies of HTTP 207 Multi-Status responses, in which WebDAV servers answer about
// many resources at once: RFC 4918, and what grew on it in RFC 3253, 3744, 4331, 4791, 5323, 5842, 5995, 6352, 6578 and 8144.
//
// # The document
//
// This body says of one resource that two of its properties were found and that a third was not:
//
//	<D:multistatus xmlns:D="DAV:">
//	  <D:response>
//	    <D:href>/docs/a.txt</D:href>
//	    <D:propstat>
//	      <D:prop>
//	        <D:getetag>"9-17"</D:getetag>
//	        <D:resourcetype/>
//	      </D:prop>
//	      <D:status>HTTP/1.1 200 OK</D:status>
//	    </D:propstat>
//	    <D:propstat>
//	      <D:prop><D:displayname/></D:prop>
//	      <D:status>HTTP/1.1 404 Not Found</D:status>
//	    </D:propstat>
//	  </D:response>
//	</D:multistatus>
//
// [Decoder.Next] reads it as
//
//	Response{
//		Href: "/docs/a.txt",
//		Propstats: []Propstat{
//			{Props: []Property{{Name: DAV("getetag"), Value: Text(`"9-17"`)}, {Name: DAV("resourcetype")}}, Status: Status{200, "OK"}},
//			{Props: []Property{{Name: DAV("displayname")}}, Status: Status{404, "Not Found"}},
//		},
//	}
//
// The unit is one response, for a status follows the properties that it governs. [Decoder.All] yields them one by one,
// [Parse] reads a whole body, and [ParseElement] reads another XML body of the protocol: a DAV:error, the answer to a LOCK.
//
// An [Encoder] writes it by calls, or from Responses: see there. [Multistatus.AppendXML] writes a whole body.
//
// # Deviations
//
// Many bodies depart from the standards. What can be read without guessing is read: each departure is a [Quirk],
// which [Decoder.Quirks] has and [DecodeOptions.OnQuirk] is told of with its place, and which [DecodeOptions.Reject]
// makes an error. What cannot be read is an error with its place. It comes after every response that was complete,
// and a body that was cut off is never a shorter list: see [DecodeError].
//
// # Memory
//
// Decoding allocates nothing for a response, in the steady state: strings and Values are parts of the text that was read.
// They are immutable, may be kept for ever and read concurrently, and stay as they are after Next and Reset.
// What they are part of is kept with them: up to 64 KiB of what a reader delivered, or all of the string in ResetString.
// Clone makes a copy that lets go. Encoding allocates nothing either: there is one buffer, of about two responses and 32 KiB.
// The slices in a Response that is passed to Next again are reused; those that All and Parse give are the caller's.
//
// # Security
//
// Bodies come from peers that may be hostile. No input makes this package panic, recurse, or allocate by a number in it.
// Limits are on by default: see [DecodeOptions]. Nothing outside of the body is ever read, and there are no entities to
// expand, for a document type declaration that could declare some is refused.
// A body says what a server wants it to say: hrefs may lead to other hosts or out of the collection that was asked for,
// and texts may hold anything that is a character. [Href.Resolve] takes no host from a path that begins with two slashes.
package multistatus

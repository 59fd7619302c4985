// Package xmlbridge takes properties of a 207 Multi-Status body to and from encoding/xml: for programs whose types have xml
// tags, and for frameworks that speak nothing else.
//
// Package multistatus reads and writes bodies, and leaves the values of properties as they are. Many are a text, for which
// [multistatus.Value.Text] is enough. For one that has structure, a type with tags may be the shortest way:
//
//	var locks struct {
//		Active []struct {
//			Token   string `xml:"DAV: locktoken>href"`
//			Timeout string `xml:"DAV: timeout"`
//		} `xml:"DAV: activelock"`
//	}
//	if p, stat := r.Prop(multistatus.DAV("lockdiscovery")); p != nil && stat.OK() {
//		if err := xmlbridge.Unmarshal(p, &locks); err != nil {
//			return err
//		}
//	}
//
// [Unmarshal] reads such a value from a property, [Marshal] makes a property of one, [NewTokenReader] gives its tokens,
// and [Multistatus] is a whole body for code that encodes and decodes by itself.
//
// # What is kept
//
// Names, attributes, xml:lang and text mean to encoding/xml what they mean in the body, also where prefixes are declared on
// its root, and where a property stands in a DAV:prop whose xml:lang it inherits (RFC 4918, section 4.3).
// Prefixes that text or the value of an attribute mentions, as in a QName, are declared on the element of the property
// if the body declares them anywhere around it, so that an UnmarshalXML can look them up.
//
// # What is not
//
// Go's tags say nothing of prefixes, and a tag without a namespace matches any: give namespaces in tags, for a DAV:href
// and one of somebody else's are different things. A path as in "DAV: a>b" asks for its namespace in all of its names when
// it is read; when it is written all but the last are in that of the element around them. encoding/xml does not report elements that no field is for, nor one that a field
// had already: the last of several wins, but in a slice. An absent element leaves its field as it was.
// How Go reads numbers, booleans and dates is not always how RFCs write them: a getlastmodified is no RFC 3339, as a
// [time.Time] wants it, but a text.
//
// # Cost
//
// Unmarshal writes the element as a text and has encoding/xml parse it, for that alone does all that its tags can ask for.
// A token decoder on NewTokenReader does it without, and misses only innerxml. Both allocate for every token.
//
// # Security
//
// What a server says may be hostile. A Value that a Decoder or [multistatus.XML] made is as deep and long as their limits
// allow. encoding/xml gives up, with an error, at 10 000 elements in each other, which matters where these were lifted.
//
// Sources: the documentation of encoding/xml; Namespaces in XML 1.0; RFC 4918, sections 4.3, 14 and 17.
package xmlbridge

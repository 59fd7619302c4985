package xmlbridge

import (
	"bytes"
	"encoding/xml"
	"fmt"

	"github.com/go-multistatus/multistatus"
)

// Unmarshal stores what the element of p holds in v, which is a pointer, as [xml.Unmarshal] does it for a document that is
// that element: by the tags of v's fields, or its UnmarshalXML or UnmarshalText.
//
// Prefixes in p that are bound outside of it, as on the root of the body, stand for what they stand for there, and
// declarations of those that p uses are attributes of its start tag, as [multistatus.Property.AppendXML] writes them:
// an UnmarshalXML finds in them what a prefix in text means. A field tagged ",innerxml" gets the content as it stood in
// the body, apart from references and the like that the Decoder had to mend, and from the default namespace, which is
// declared in it where p is in none. The declarations on the start tag are not in it.
// [multistatus.Property.Lang] is the attribute xml:lang of the start tag, also where it was inherited, and a field tagged
// "http://www.w3.org/XML/1998/namespace lang,attr" gets it. A prefix that is not declared stands for what the Decoder takes
// it for: DAV for "DAV:", and any other, p, for the namespace "?p".
// An XMLName has to match p.Name, if its tag gives one.
//
// What is in a DAV:error is a Value without an element: see the example of conditions.
//
// Every error wraps that of encoding/xml. Names that XML 1.0 allows since its fifth edition are an error of
// encoding/xml's; [NewTokenReader] gives them.
// v is left as encoding/xml left it, with what came before the error.
func Unmarshal(p *multistatus.Property, v any) error {
	if err := unmarshal(p, v); err != nil {
		return fmt.Errorf("xmlbridge: cannot unmarshal %v: %w", p.Name, err)
	}
	return nil
}

// unmarshal goes through text, for it alone fills innerxml.
func unmarshal(p *multistatus.Property, v any) error {
	d := xml.NewDecoder(bytes.NewReader(p.AppendXML(room(p))))
	token, err := d.Token()
	if err != nil {
		return err
	}
	start := token.(xml.StartElement) // with which AppendXML begins
	start.Name = xml.Name(p.Name)     // which may not be what can be written
	return d.DecodeElement(v, &start)
}

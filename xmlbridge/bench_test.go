package xmlbridge_test

import (
	"encoding/xml"
	"strings"
	"testing"

	"github.com/go-multistatus/multistatus"
	"github.com/go-multistatus/multistatus/xmlbridge"
)

type lockDiscovery struct {
	Active []struct {
		Exclusive *struct{} `xml:"DAV: lockscope>exclusive"`
		Depth     string    `xml:"DAV: depth"`
		Timeout   string    `xml:"DAV: timeout"`
		Token     string    `xml:"DAV: locktoken>href"`
		Root      string    `xml:"DAV: lockroot>href"`
	} `xml:"DAV: activelock"`
}

const locks = `<D:lockdiscovery><D:activelock><D:locktype><D:write/></D:locktype><D:lockscope><D:exclusive/></D:lockscope>` +
	`<D:depth>infinity</D:depth><D:owner><D:href>http://example.org/~ejw/</D:href></D:owner><D:timeout>Second-604800</D:timeout>` +
	`<D:locktoken><D:href>urn:uuid:e71d4fae-5dec-22d6-fea5-00a0c91e6be4</D:href></D:locktoken>` +
	`<D:lockroot><D:href>/workspace/proposal.doc</D:href></D:lockroot></D:activelock></D:lockdiscovery>`

type calendarData struct {
	Version string `xml:"version,attr"`
	Text    string `xml:",chardata"`
}

var calendar = `<C:calendar-data version="2.0">BEGIN:VCALENDAR&#13;` + "\n" +
	strings.Repeat("ATTENDEE;CN=\"A. B.\";PARTSTAT=ACCEPTED:mailto:a.b@example.com&#13;\n", 20) + `END:VCALENDAR&#13;` + "\n</C:calendar-data>"

// BenchmarkUnmarshal reads a lockdiscovery and a calendar-data into structs: by Unmarshal, by tokens, and
// with xml.Unmarshal of what AppendXML writes, as one would do it without this package.
func BenchmarkUnmarshal(b *testing.B) {
	b.Run("lockdiscovery", func(b *testing.B) {
		benchUnmarshal(b, property(b, "", locks), func() any { return new(lockDiscovery) })
	})
	b.Run("calendar-data", func(b *testing.B) {
		benchUnmarshal(b, property(b, `xmlns:C="urn:ietf:params:xml:ns:caldav"`, calendar), func() any { return new(calendarData) })
	})
}

func benchUnmarshal(b *testing.B, p *multistatus.Property, v func() any) {
	for _, by := range []struct {
		name      string
		unmarshal func(*multistatus.Property, any) error
	}{
		{"Unmarshal", xmlbridge.Unmarshal},
		{"tokens", byTokens},
		{"encodingxml", func(p *multistatus.Property, v any) error { return xml.Unmarshal(p.AppendXML(nil), v) }},
	} {
		b.Run(by.name, func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(p.Value.Raw())))
			for b.Loop() {
				if err := by.unmarshal(p, v()); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkMarshal makes a property of a struct, and writes the struct with encoding/xml for comparison.
func BenchmarkMarshal(b *testing.B) {
	var v lockDiscovery
	if err := xmlbridge.Unmarshal(property(b, "", locks), &v); err != nil {
		b.Fatal(err)
	}
	b.Run("Marshal", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := xmlbridge.Marshal(multistatus.DAV("lockdiscovery"), &v); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("encodingxml", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := xml.Marshal(&v); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// BenchmarkMultistatus reads a body of 32 responses by way of encoding/xml, and with Parse for comparison.
func BenchmarkMultistatus(b *testing.B) {
	one := `<D:response><D:href>/a</D:href><D:propstat><D:prop>` + locks + `</D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response>`
	body := []byte(`<D:multistatus xmlns:D="DAV:">` + strings.Repeat(one, 32) + `</D:multistatus>`)
	b.Run("Multistatus", func(b *testing.B) {
		b.ReportAllocs()
		b.SetBytes(int64(len(body)))
		for b.Loop() {
			var m xmlbridge.Multistatus
			if err := xml.Unmarshal(body, &m); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("Parse", func(b *testing.B) {
		b.ReportAllocs()
		b.SetBytes(int64(len(body)))
		for b.Loop() {
			if _, err := multistatus.Parse(body, nil); err != nil {
				b.Fatal(err)
			}
		}
	})
}

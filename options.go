package multistatus

import (
	"math"

	"github.com/go-multistatus/multistatus/internal/xmlscan"
)

// DecodeOptions says how to decode. The zero value, as nil, is right for a client on the open net.
type DecodeOptions struct {
	// ContentType is that of the HTTP response. Only its charset is used, and it outranks the XML declaration (RFC 7303).
	ContentType string

	// Reject holds the quirks that are errors. AllQuirks() makes the decoder strict.
	Reject QuirkSet

	// OnQuirk is told of every occurrence of a quirk, in the order in which they are found, before a quirk in Reject fails.
	// It is called by the goroutine that decodes, and must not use the Decoder: Next returns an error then, and Reset panics.
	OnQuirk func(QuirkReport)

	// Select names the properties to keep. Empty: all of them.
	// Those left out are checked and limited like the others. Where a propstat that is not OK has none that is selected,
	// the last of the others is kept, without its value: it is not to look like one that names nothing.
	Select []Name

	// MaxBytes limits the bytes of the body, before transcoding.
	// Default is none, but 256 MiB in Parse, ParseElement and in Decode if nothing was read before; less than 0 is none.
	// What is decoded may take twenty times as much memory as the body, if that is many small elements.
	MaxBytes int64

	// Limits in bytes of UTF-8, as it stands in the document. 0 is the default, less than 0 is none.
	MaxResponseBytes int // one response, and any one tag; default is 64 MiB
	MaxValueBytes    int // the content of one property or error, which mending may make five times as long; default is 16 MiB
	MaxTextBytes     int // an href, a status, a description, a location or a sync-token; default is 64 KiB
	MaxNameBytes     int // the name of an element or attribute, or a language; the URI of a namespace may be four times as long; default is 1 KiB

	// Limits in numbers. 0 is the default, less than 0 is none.
	MaxDepth      int // elements that are open; default is 256
	MaxAttrs      int // attributes of an element, namespace declarations apart; default is 256
	MaxNamespaces int // namespace declarations in scope; default is 1024
	MaxProps      int // properties of a response, and likewise propstats; default is 10 000
	MaxHrefs      int // hrefs of a response; default is 10 000
}

const (
	defaultBytes         = 256 << 20
	defaultResponseBytes = 64 << 20
	defaultValueBytes    = 16 << 20
	defaultTextBytes     = 64 << 10
	defaultNameBytes     = 1 << 10
	defaultDepth         = 256
	defaultAttrs         = 256
	defaultNamespaces    = 1024
	defaultProps         = 10_000
	defaultHrefs         = 10_000

	maxProlog   = 64 << 10 // what may precede the root, and its start tag
	uriPerName  = 4        // how much longer than a name the URI of a namespace may be
	limitProlog = "prolog"
)

// unlimited is a number that no limit reaches; sums of a few of them do not overflow.
const unlimited = math.MaxInt32

// orDefault is what a limit in DecodeOptions means.
func orDefault(n, def int) int {
	switch {
	case n == 0:
		return def
	case n < 0:
		return unlimited
	}
	return min(n, unlimited)
}

// limits are those of DecodeOptions but MaxBytes, which ends a body and changes nothing before that.
// It is comparable: what was learned of responses under some limits does not hold under others.
type limits struct {
	response, value, text          int64 // the grammar holds these,
	props, hrefs                   int
	name, depth, attrs, namespaces int // and the scanner these
}

func (o *DecodeOptions) limits() limits {
	return limits{
		response:   int64(orDefault(o.MaxResponseBytes, defaultResponseBytes)),
		value:      int64(orDefault(o.MaxValueBytes, defaultValueBytes)),
		text:       int64(orDefault(o.MaxTextBytes, defaultTextBytes)),
		props:      orDefault(o.MaxProps, defaultProps),
		hrefs:      orDefault(o.MaxHrefs, defaultHrefs),
		name:       orDefault(o.MaxNameBytes, defaultNameBytes),
		depth:      orDefault(o.MaxDepth, defaultDepth),
		attrs:      orDefault(o.MaxAttrs, defaultAttrs),
		namespaces: orDefault(o.MaxNamespaces, defaultNamespaces),
	}
}

// config returns the limits that the scanner holds.
func (l limits) config() xmlscan.Config {
	return xmlscan.Config{
		MaxName:       l.name,
		MaxURI:        min(l.name, unlimited/uriPerName) * uriPerName,
		MaxDepth:      l.depth,
		MaxAttrs:      l.attrs,
		MaxNamespaces: l.namespaces,
		MaxTag:        l.response,
		TagLimit:      "MaxResponseBytes",
	}
}

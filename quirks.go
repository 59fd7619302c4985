package multistatus

import (
	"iter"
	"math/bits"
	"strconv"
	"strings"
)

//go:generate go run ./internal/genquirks
//go:generate go run ./internal/genreadme

// A Quirk is one way in which servers depart from the standards and which the decoder forgives.
// It names the departure, not a single occurrence: a [QuirkReport] has the place.
//
// Under [DecodeOptions.Reject] a Quirk is the error itself, found with errors.Is or errors.As.
// The zero Quirk is none.
type Quirk uint8

// The quirks, each named after its id: String of QuirkAmpRaw is "amp-raw".
// Their numbers may change from one release to the next; their ids do not.
const (
	_ Quirk = iota

	// Namespaces and names.

	QuirkNsAbsent               // the root is in no namespace
	QuirkNsUriNoColon           // the root is in "DAV", "dav:" or another near miss of "DAV:"
	QuirkNsUndeclaredInProp     // an undeclared prefix inside prop or error
	QuirkNsUndeclaredStructural // an undeclared prefix of a protocol element
	QuirkNsEmptyPrefixBinding   // xmlns:p=""
	QuirkNsDoublePrefix         // a name with a second colon
	QuirkNsXmlRebound           // another prefix bound to the namespace of xml

	// Structure.

	QuirkPropstatNoStatus          // a propstat without status, or with an empty one
	QuirkPropstatNoProp            // a propstat without prop
	QuirkPropstatMultiProp         // a propstat with several prop
	QuirkPropDuplicated            // a property twice in one propstat
	QuirkResponseHrefOnly          // a response with neither status nor propstat
	QuirkResponseBoth              // a response with status and propstat
	QuirkResponseMultiHrefPropstat // a response with several href and a propstat
	QuirkResponseNoHref            // a response without href, or with an empty one
	QuirkPropstatUnwrapped         // an element of the protocol in a place where it means nothing
	QuirkSyncResponseLegacy        // sync-response, from the drafts of RFC 6578
	QuirkChildDuplicated           // a second status, error, responsedescription or location
	QuirkStrayText                 // text where only elements may stand

	// Status lines.

	QuirkStatusDoubleSpace // more than one space between the parts
	QuirkStatusBare        // no HTTP version
	QuirkStatusLowercase   // "http/1.1"
	QuirkStatusNoCode      // no readable code
	QuirkStatusCodeRange   // a code that has not three digits

	// Hrefs.

	QuirkHrefRelative          // a relative path
	QuirkHrefRelativeColon     // a relative path that looks like a URL for its colon
	QuirkHrefDoubleSlash       // two slashes at the beginning
	QuirkHrefUnescapedSpace    // a raw space
	QuirkHrefUnescapedNonascii // raw characters beyond ASCII
	QuirkHrefUnescapedReserved // a % without two hexadecimal digits
	QuirkHrefDotSegments       // a segment "." or ".."

	// The document: encoding and well-formedness.

	QuirkDocLeadingSpace      // white space before the XML declaration
	QuirkDocXml11             // version="1.1"
	QuirkEncCp1252Mislabelled // Windows-1252 labelled as ISO-8859-1
	QuirkEncDeclLies          // labels of the encoding that contradict each other or the bytes
	QuirkEncInvalidUtf8       // bytes that are no UTF-8
	QuirkChrControlLiteral    // a literal control character
	QuirkChrControlRef        // a reference to a character that XML cannot carry
	QuirkChrNonchar           // U+FFFE or U+FFFF
	QuirkAmpRaw               // a & that begins no reference
	QuirkEntHtml              // a reference to an entity that is not declared
	QuirkDoctypePlain         // a document type declaration without internal subset
	QuirkTrailingSpace        // NUL bytes after the document

	// Synchronization, RFC 6578.

	QuirkSyncTokenMissing // an empty sync-token
	QuirkSyncTokenMulti   // several sync-token

	numQuirks
)

// quirkInfo describes a quirk: the section that it departs from, what is seen, from which servers, and how it was read.
// seen and read are clauses in lower case without a final stop.
type quirkInfo struct{ id, section, seen, by, read string }

var quirkTable = [numQuirks]quirkInfo{
	QuirkNsAbsent: {"ns-absent", "RFC 4918, section 14",
		"the root is in no namespace", "",
		"names in none were read as DAV: names in the whole document"},
	QuirkNsUriNoColon: {"ns-uri-no-colon", "RFC 4918, section 14",
		"the root's namespace is a near miss of DAV:", "SOGo",
		"it was read as DAV: in the whole document"},
	QuirkNsUndeclaredInProp: {"ns-undeclared-in-prop", "Namespaces in XML 1.0, section 5",
		"a prefix inside prop or error is not declared", "npm-WebDAV-Server, AsterDrive, lighttpd",
		"the prefix DAV was read as DAV:, any other as the namespace ? with the prefix behind it"},
	QuirkNsUndeclaredStructural: {"ns-undeclared-structural", "Namespaces in XML 1.0, section 5",
		"the prefix of a protocol element is not declared", "",
		"it was read as DAV:"},
	QuirkNsEmptyPrefixBinding: {"ns-empty-prefix-binding", "Namespaces in XML 1.0, section 5",
		"a prefix is bound to the empty string", "pywebdav",
		"it was read like one that is not declared"},
	QuirkNsDoublePrefix: {"ns-double-prefix", "Namespaces in XML 1.0, section 4",
		"a name has a second colon", "Alfresco, Apache mod_dav_svn",
		"the first prefix gave the namespace and the local name kept the rest"},
	QuirkNsXmlRebound: {"ns-xml-rebound", "Namespaces in XML 1.0, section 3",
		"a prefix other than xml is bound to its namespace", "sabre/dav 4",
		"it was read as another name for xml"},

	QuirkPropstatNoStatus: {"propstat-no-status", "RFC 4918, section 14.22",
		"a propstat has no status", "T-Online Mediencenter, old Radicale, z3c.dav",
		"its Status stayed zero, which counts as OK"},
	QuirkPropstatNoProp: {"propstat-no-prop", "RFC 4918, section 14.22",
		"a propstat has no prop", "Google, DavMail, npm-WebDAV-Server, z3c.dav",
		"its status was kept"},
	QuirkPropstatMultiProp: {"propstat-multi-prop", "RFC 4918, section 14.22",
		"a propstat has several prop", "",
		"their properties were joined in order"},
	QuirkPropDuplicated: {"prop-duplicated", "RFC 4918, section 9.1",
		"a property stands twice in one propstat", "xrootd, Apache mod_dav_svn, and many that are asked for it twice",
		"both were kept"},
	QuirkResponseHrefOnly: {"response-href-only", "RFC 4918, section 14.24",
		"a response has neither status nor propstat", "Radicale, Cyrus, WsgiDAV, emersion/go-webdav",
		"its Status stayed zero"},
	QuirkResponseBoth: {"response-both", "RFC 4918, section 14.24",
		"a response has both status and propstat", "sabre/dav before 4.7, iCloud, Xandikos, emersion/go-webdav",
		"both were kept"},
	QuirkResponseMultiHrefPropstat: {"response-multi-href-propstat", "RFC 4918, section 14.24",
		"a response has several href and a propstat", "",
		"every href was kept, and the properties are those of the first"},
	QuirkResponseNoHref: {"response-no-href", "RFC 4918, section 14.24",
		"a response has no href", "",
		"it was handed out with an empty one"},
	QuirkPropstatUnwrapped: {"propstat-unwrapped", "RFC 4918, section 14.16",
		"an element of the protocol stands where it means nothing", "Alaya, Cyrus, sabre/dav 4",
		"it was ignored"},
	QuirkSyncResponseLegacy: {"sync-response-legacy", "RFC 6578, section 6.4",
		"a sync-response stands in multistatus, as in drafts of RFC 6578", "",
		"it was ignored"},
	QuirkChildDuplicated: {"child-duplicated", "RFC 4918, section 14.24",
		"an element stands twice that may stand once", "",
		"the first counted"},
	QuirkStrayText: {"stray-text", "RFC 4918, section 17",
		"text stands where only elements may", "z3c.dav",
		"it was ignored"},

	QuirkStatusDoubleSpace: {"status-double-space", "RFC 9112, section 4",
		"the parts of a status line are not one space apart", "Google",
		"any white space was read as one space"},
	QuirkStatusBare: {"status-bare", "RFC 4918, section 14.28",
		"a status has no HTTP version", "",
		"its code and reason were read without"},
	QuirkStatusLowercase: {"status-lowercase", "RFC 9112, section 2.3",
		"the HTTP of a status line is not in upper case", "",
		"it was read as HTTP"},
	QuirkStatusNoCode: {"status-no-code", "RFC 4918, section 14.28",
		"a status has no readable code", "",
		"its Code stayed zero and its Reason kept the whole text"},
	QuirkStatusCodeRange: {"status-code-range", "RFC 9112, section 4",
		"a status code is no number of three digits from 100", "",
		"its Code stayed zero and its Reason kept the whole text"},

	QuirkHrefRelative: {"href-relative", "RFC 4918, section 8.3",
		"an href is a relative path", "Xandikos, Google",
		"it was kept as sent"},
	QuirkHrefRelativeColon: {"href-relative-colon", "RFC 4918, section 8.3",
		"an href is a relative path with a colon in its first segment", "",
		"it was kept as sent, and resolves as a path"},
	QuirkHrefDoubleSlash: {"href-double-slash", "RFC 4918, section 8.3",
		"an href begins with two slashes", "Radicale 0.8, davrods, Nextcloud with external storage",
		"it was kept as sent, and resolves as a path unless it names the base's own host"},
	QuirkHrefUnescapedSpace: {"href-unescaped-space", "RFC 4918, section 8.3.1",
		"an href has a raw space", "SharePoint, nginx-dav-ext before 1.0, MEGAcmd, Puter",
		"it was kept as sent"},
	QuirkHrefUnescapedNonascii: {"href-unescaped-nonascii", "RFC 4918, section 8.3.1",
		"an href has raw characters beyond ASCII", "SharePoint, LernSax",
		"it was kept as sent"},
	QuirkHrefUnescapedReserved: {"href-unescaped-reserved", "RFC 3986, section 2.4",
		"an href has a % without two hexadecimal digits", "nginx-dav-ext",
		"it was kept as sent"},
	QuirkHrefDotSegments: {"href-dot-segments", "RFC 4918, section 8.3",
		"an href has a dot segment", "emersion/go-webdav",
		"it was kept as sent"},

	QuirkDocLeadingSpace: {"doc-leading-space", "XML 1.0, section 2.8",
		"white space precedes the XML declaration", "",
		"it was skipped"},
	QuirkDocXml11: {"doc-xml11", "XML 1.0, section 2.8",
		"the document calls itself XML 1.1", "",
		"it was read as XML 1.0"},
	QuirkEncCp1252Mislabelled: {"enc-cp1252-mislabelled", "XML 1.0, section 4.3.3",
		"bytes from 80 to 9F stand in a body labelled as ISO-8859-1", "",
		"they were read as Windows-1252"},
	QuirkEncDeclLies: {"enc-decl-lies", "XML 1.0, section 4.3.3",
		"the labels of the encoding contradict each other or the bytes", "",
		"a byte order mark counted first, then the charset parameter, then the declaration, but for a label that the bytes disprove"},
	QuirkEncInvalidUtf8: {"enc-invalid-utf8", "XML 1.0, section 4.3.3",
		"bytes are no UTF-8, or not of the charset", "ownCloud 8, nginx-dav-ext",
		"they became U+FFFD, or were percent-encoded in an href, those of another charset as U+FFFD"},
	QuirkChrControlLiteral: {"chr-control-literal", "XML 1.0, section 2.2",
		"a control character stands in the body", "DavMail, Synology, nginx-dav-ext, npm-WebDAV-Server",
		"it became U+FFFD, or was percent-encoded in an href"},
	QuirkChrControlRef: {"chr-control-ref", "XML 1.0, section 4.1",
		"a reference names a character that XML cannot carry", "",
		"it became U+FFFD, or was percent-encoded in an href"},
	QuirkChrNonchar: {"chr-nonchar", "XML 1.0, section 2.2",
		"the noncharacter U+FFFE or U+FFFF stands in the body", "nginx-dav-ext, npm-WebDAV-Server",
		"it became U+FFFD, or was percent-encoded in an href"},
	QuirkAmpRaw: {"amp-raw", "XML 1.0, section 2.4",
		"a & begins no reference", "dufs, xrootd",
		"it was read as itself"},
	QuirkEntHtml: {"ent-html", "XML 1.0, section 4.1",
		"a reference names an entity that is not declared", "MEGAcmd",
		"its characters were kept as they are"},
	QuirkDoctypePlain: {"doctype-plain", "RFC 4918, section 20.6",
		"the document has a document type declaration", "",
		"it was skipped and nothing was fetched"},
	QuirkTrailingSpace: {"trailing-space", "XML 1.0, section 2.1",
		"NUL bytes follow the document", "",
		"they were skipped"},

	QuirkSyncTokenMissing: {"sync-token-missing", "RFC 6578, section 6.2",
		"a sync-token is empty", "Nextcloud, RustiCal",
		"it was read as none"},
	QuirkSyncTokenMulti: {"sync-token-multi", "RFC 6578, section 6.4",
		"a multistatus has several sync-token", "",
		"the last counted"},
}

// info returns the zero quirkInfo for what is no quirk.
func (q Quirk) info() quirkInfo {
	if q < numQuirks {
		return quirkTable[q]
	}
	return quirkInfo{}
}

// String returns the id, such as "amp-raw", or "quirk(200)" for what is no quirk.
func (q Quirk) String() string {
	if id := q.info().id; id != "" {
		return id
	}
	return "quirk(" + strconv.Itoa(int(q)) + ")"
}

// Error returns the id and what was seen, as in "amp-raw: a & begins no reference".
func (q Quirk) Error() string {
	if seen := q.info().seen; seen != "" {
		return q.String() + ": " + seen
	}
	return q.String()
}

// Section returns the section of the standard that is departed from, as in "RFC 4918, section 14.24".
// That of [QuirkDoctypePlain], which is well-formed, is the section that warns of it.
// It is "" for what is no quirk.
func (q Quirk) Section() string { return q.info().section }

// Doc returns one sentence: what is seen, servers that are known for it, and how it was read.
// It is "" for what is no quirk.
func (q Quirk) Doc() string {
	i := q.info()
	if i.seen == "" {
		return ""
	}
	if i.by != "" {
		i.by = " (" + i.by + ")"
	}
	return strings.ToUpper(i.seen[:1]) + i.seen[1:] + i.by + "; " + i.read + "."
}

// QuirkReport is one occurrence of a quirk, as [DecodeOptions.OnQuirk] is told of it.
type QuirkReport struct {
	Quirk Quirk

	// Offset, Line and Column are those of the first byte of what is wrong,
	// or of the start tag of the element that lacks something.
	// They count the text in UTF-8 without a byte order mark: Offset from 0,
	// Line from 1, and Column from 1 in bytes.
	Offset       int64
	Line, Column int

	// Path leads to the element, as in "multistatus/response[3]/propstat/prop":
	// local names, with an index where there are several, from 2 on. Long names are shortened, and of a deep path the
	// middle is left out.
	Path string

	// Detail is what was found, such as the prefix that is not declared.
	// It may be empty, and is not cleaned: it is what a server sent.
	Detail string
}

// QuirkSet is a set of quirks. The zero QuirkSet is empty.
// It is comparable: sets are == if they hold the same quirks.
//
// Invariant: q ∈ s ⇔ bit q%64 of bits[q/64] is 1; bit 0 of bits[0] is 0.
type QuirkSet struct{ bits [4]uint64 }

// NewQuirkSet returns the set of qs.
func NewQuirkSet(qs ...Quirk) QuirkSet { return QuirkSet{}.With(qs...) }

// AllQuirks returns the set of every quirk that this package knows.
// As [DecodeOptions.Reject] it makes the decoder strict.
func AllQuirks() QuirkSet {
	var s QuirkSet
	for q := Quirk(1); q < numQuirks; q++ {
		s.add(q)
	}
	return s
}

// Has reports whether q is in s. The zero Quirk never is.
func (s QuirkSet) Has(q Quirk) bool { return s.bits[q>>6]>>(q&63)&1 != 0 }

// With returns s with qs added, but for the zero Quirk. s itself stays as it is.
func (s QuirkSet) With(qs ...Quirk) QuirkSet {
	for _, q := range qs {
		s.add(q)
	}
	s.bits[0] &^= 1
	return s
}

// Equal reports whether s == o. It is there for go-cmp, which does not look into what a package keeps to itself.
func (s QuirkSet) Equal(o QuirkSet) bool { return s == o }

// String returns the ids, separated by spaces.
func (s QuirkSet) String() string {
	var ids []string
	for q := range s.All() {
		ids = append(ids, q.String())
	}
	return strings.Join(ids, " ")
}

// Len returns how many quirks are in s.
func (s QuirkSet) Len() int {
	n := 0
	for _, w := range s.bits {
		n += bits.OnesCount64(w)
	}
	return n
}

// All returns the quirks of s in the order of their constants. It does not allocate in a range clause.
func (s QuirkSet) All() iter.Seq[Quirk] {
	return func(yield func(Quirk) bool) { s.each(yield) }
}

func (s QuirkSet) each(yield func(Quirk) bool) {
	for i, w := range s.bits {
		for ; w != 0; w &= w - 1 {
			if !yield(Quirk(i<<6 | bits.TrailingZeros64(w))) {
				return
			}
		}
	}
}

// add puts q, which is not zero, into s.
func (s *QuirkSet) add(q Quirk) { s.bits[q>>6] |= 1 << (q & 63) }

package main

import (
	"fmt"
	"strings"

	"github.com/go-multistatus/multistatus"
)

// severity says how much a finding matters. Greater is worse.
type severity uint8

const (
	sevNote    severity = iota + 1 // allowed, but good to know
	sevWarning                     // departs from an RFC, or is known to break the clients that are named
	sevError                       // the body cannot be read, or XML parsers that keep to the standard refuse it
)

var severityNames = [...]string{sevNote: "note", sevWarning: "warning", sevError: "error"}

func (s severity) String() string { return severityNames[s] }

// parseSeverity is the inverse of String.
func parseSeverity(name string) (severity, error) {
	for s := sevNote; s <= sevError; s++ {
		if s.String() == name {
			return s, nil
		}
	}
	return 0, fmt.Errorf("none of %s: %q", strings.Join(severityNames[sevNote:], ", "), name)
}

// exitCode is that of a body that was read to its end.
func (s severity) exitCode() int {
	if s >= sevWarning {
		return exitQuirks
	}
	return exitFine
}

// quirkSeverity has every quirk. An error is what makes the body no XML document, or no namespace-well-formed one.
var quirkSeverity = map[multistatus.Quirk]severity{
	multistatus.QuirkNsAbsent:               sevWarning,
	multistatus.QuirkNsUriNoColon:           sevWarning,
	multistatus.QuirkNsUndeclaredInProp:     sevError,
	multistatus.QuirkNsUndeclaredStructural: sevError,
	multistatus.QuirkNsEmptyPrefixBinding:   sevError,
	multistatus.QuirkNsDoublePrefix:         sevError,
	multistatus.QuirkNsXmlRebound:           sevError,

	multistatus.QuirkPropstatNoStatus:          sevWarning,
	multistatus.QuirkPropstatNoProp:            sevWarning,
	multistatus.QuirkPropstatMultiProp:         sevWarning,
	multistatus.QuirkPropDuplicated:            sevWarning,
	multistatus.QuirkResponseHrefOnly:          sevWarning,
	multistatus.QuirkResponseBoth:              sevWarning,
	multistatus.QuirkResponseMultiHrefPropstat: sevWarning,
	multistatus.QuirkResponseNoHref:            sevWarning,
	multistatus.QuirkPropstatUnwrapped:         sevWarning,
	multistatus.QuirkSyncResponseLegacy:        sevWarning,
	multistatus.QuirkChildDuplicated:           sevWarning,
	multistatus.QuirkStrayText:                 sevWarning,

	multistatus.QuirkStatusDoubleSpace: sevWarning,
	multistatus.QuirkStatusBare:        sevWarning,
	multistatus.QuirkStatusLowercase:   sevWarning,
	multistatus.QuirkStatusNoCode:      sevWarning,
	multistatus.QuirkStatusCodeRange:   sevWarning,

	multistatus.QuirkHrefRelative:          sevWarning,
	multistatus.QuirkHrefRelativeColon:     sevWarning,
	multistatus.QuirkHrefDoubleSlash:       sevWarning,
	multistatus.QuirkHrefUnescapedSpace:    sevWarning,
	multistatus.QuirkHrefUnescapedNonascii: sevWarning,
	multistatus.QuirkHrefUnescapedReserved: sevWarning,
	multistatus.QuirkHrefDotSegments:       sevWarning,

	multistatus.QuirkDocLeadingSpace:      sevError,
	multistatus.QuirkDocXml11:             sevWarning, // from the fifth edition of XML 1.0 on it is read
	multistatus.QuirkEncCp1252Mislabelled: sevWarning, // the bytes are control characters, which XML allows
	multistatus.QuirkEncDeclLies:          sevWarning, // a charset parameter may differ (RFC 7303, section 3)
	multistatus.QuirkEncInvalidUtf8:       sevError,
	multistatus.QuirkChrControlLiteral:    sevError,
	multistatus.QuirkChrControlRef:        sevError,
	multistatus.QuirkChrNonchar:           sevError,
	multistatus.QuirkAmpRaw:               sevError,
	multistatus.QuirkEntHtml:              sevError,
	multistatus.QuirkDoctypePlain:         sevWarning,
	multistatus.QuirkTrailingSpace:        sevError,

	multistatus.QuirkSyncTokenMissing: sevWarning,
	multistatus.QuirkSyncTokenMulti:   sevWarning,
}

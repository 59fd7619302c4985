package multistatus

import "github.com/go-multistatus/multistatus/internal/xmlscan"

// class tells the elements of the protocol apart.
type class = uint8

const (
	classOther class = iota
	classMultistatus
	classResponse
	classHref
	classPropstat
	classProp
	classStatus
	classError
	classDescription
	classLocation
	classSyncToken
	classSyncResponse
	numClasses
)

const rootLocal = "multistatus"

// classify is called once for every name in a document.
func classify(n xmlscan.Name) class {
	if n.Space != NamespaceDAV {
		return classOther
	}
	switch n.Local {
	case rootLocal:
		return classMultistatus
	case "response":
		return classResponse
	case "href":
		return classHref
	case "propstat":
		return classPropstat
	case "prop":
		return classProp
	case "status":
		return classStatus
	case "error":
		return classError
	case "responsedescription":
		return classDescription
	case "location":
		return classLocation
	case "sync-token":
		return classSyncToken
	case "sync-response":
		return classSyncResponse
	}
	return classOther
}

// isAlias reports whether servers write uri where they mean DAV:.
func isAlias(uri string) bool {
	switch uri {
	case "", "DAV", "dav:", "DAV:/", "DAV: ", "urn:DAV":
		return true
	}
	return false
}

func aliasQuirk(uri string) Quirk {
	if uri == "" {
		return QuirkNsAbsent
	}
	return QuirkNsUriNoColon
}

// isUsual reports whether prefix is one that servers use for DAV: and forget to declare.
func isUsual(prefix string) bool {
	switch prefix {
	case "D", "d", "a", "DAV":
		return true
	}
	return false
}

// context is an element whose children have a meaning.
type context uint8

const (
	inMultistatus context = iota
	inResponse
	inPropstat
	inLocation
	numContexts
)

// action is what a child means to its parent.
type action uint8

const (
	ignore    action = iota // an extension (RFC 4918, section 17)
	misplaced               // it belongs elsewhere
	legacy                  // sync-response
	readResponse
	readHref
	readPropstat
	readProp
	readStatus
	readError
	readDescription
	readLocation
	readSyncToken

	childEnd    // the parent has ended
	documentEnd // the document has ended
	broken      // the scanner's Err, or the decoder's, tells why
)

// grammar is what a name means, by its parent: names have a meaning only there.
var grammar = [numContexts][numClasses]action{
	inMultistatus: { // (response*, responsedescription?, sync-token?)
		classResponse:     readResponse,
		classDescription:  readDescription,
		classSyncToken:    readSyncToken,
		classSyncResponse: legacy,
		classMultistatus:  misplaced, classHref: misplaced, classPropstat: misplaced, classProp: misplaced,
		classStatus: misplaced, classError: misplaced, classLocation: misplaced,
	},
	inResponse: { // (href, ((href*, status)|(propstat+)), error?, responsedescription?, location?)
		classHref:        readHref,
		classPropstat:    readPropstat,
		classStatus:      readStatus,
		classError:       readError,
		classDescription: readDescription,
		classLocation:    readLocation,
		classMultistatus: misplaced, classResponse: misplaced, classProp: misplaced,
		classSyncToken: misplaced, classSyncResponse: misplaced,
	},
	inPropstat: { // (prop, status, error?, responsedescription?)
		classProp:        readProp,
		classStatus:      readStatus,
		classError:       readError,
		classDescription: readDescription,
		classMultistatus: misplaced, classResponse: misplaced, classHref: misplaced, classPropstat: misplaced,
		classLocation: misplaced, classSyncToken: misplaced, classSyncResponse: misplaced,
	},
	inLocation: { // (href)
		classHref:        readHref,
		classMultistatus: misplaced, classResponse: misplaced, classPropstat: misplaced, classProp: misplaced,
		classStatus: misplaced, classError: misplaced, classDescription: misplaced, classLocation: misplaced,
		classSyncToken: misplaced, classSyncResponse: misplaced,
	},
}

// child reads up to the next child of parent that means something, passing over the others.
func (d *Decoder) child(parent context) action {
	for {
		switch d.scan.Next() {
		case xmlscan.Start:
			a := grammar[parent][d.scan.Top().Class]
			if a > legacy {
				return a
			}
			if !d.pass(a) {
				return broken
			}
		case xmlscan.End:
			return childEnd
		case xmlscan.Finish:
			return documentEnd
		default:
			return broken
		}
	}
}

// pass passes over the element that was just opened.
func (d *Decoder) pass(a action) bool {
	switch a {
	case misplaced:
		d.err = d.quirkAtTop(QuirkPropstatUnwrapped, d.scan.Top().Name.Local)
	case legacy:
		d.err = d.quirkAtTop(QuirkSyncResponseLegacy, "")
	}
	return d.err == nil && d.skip()
}

// skip reads the element that was just opened, and forgets it.
func (d *Decoder) skip() bool {
	d.free = true
	ok := d.scan.Skip()
	d.free = false
	d.unbound.forget()
	return ok || d.failed()
}

package main

import (
	"strconv"
	"strings"

	"github.com/go-multistatus/multistatus"
)

// textChecks look at the text of a property, checkNone being a good one.
var textChecks = map[multistatus.Name]func(text string) checkID{
	propModified:                             checkModified,
	propCreated:                              checkCreated,
	propETag:                                 checkETag,
	propLength:                               checkLength,
	multistatus.DAV("quota-available-bytes"): checkQuota,
	propQuotaUsed:                            checkQuota,
	propIsCollection:                         checkIsCollectionText,
	multistatus.DAV("displayname"):           checkAnyText,
	multistatus.DAV("getcontentlanguage"):    checkAnyText,
	propMIME:                                 checkAnyText,
}

// valueChecks look at properties that hold elements, and return the part that is wrong.
var valueChecks = map[multistatus.Name]func(multistatus.Value) (checkID, string){
	propType:                                      checkResourceType,
	multistatus.DAV("lockdiscovery"):              checkLocks,
	multistatus.DAV("supportedlock"):              checkNothing,
	multistatus.DAV("current-user-privilege-set"): checkPrivileges,
	multistatus.DAV("acl"):                        checkNothing,
	multistatus.DAV("supported-report-set"):       checkNothing,
	multistatus.DAV("current-user-principal"):     checkHrefValue,
	multistatus.DAV("owner"):                      checkHrefValue,
	multistatus.DAV("group"):                      checkHrefValue,
	multistatus.DAV("principal-URL"):              checkHrefValue,
	multistatus.DAV("principal-collection-set"):   checkHrefValue,
	multistatus.DAV("group-member-set"):           checkHrefValue,
	multistatus.DAV("group-membership"):           checkHrefValue,

	propComponents:                      checkComponents,
	calDAV("calendar-home-set"):         checkHrefValue,
	calDAV("calendar-user-address-set"): checkHrefValue,
	cardDAV("addressbook-home-set"):     checkHrefValue,
}

var (
	propCreated    = multistatus.DAV("creationdate")
	propQuotaUsed  = multistatus.DAV("quota-used-bytes")
	propComponents = calDAV("supported-calendar-component-set")
)

func calDAV(local string) multistatus.Name {
	return multistatus.Name{Space: multistatus.NamespaceCalDAV, Local: local}
}

func cardDAV(local string) multistatus.Name {
	return multistatus.Name{Space: multistatus.NamespaceCardDAV, Local: local}
}

// checkAnyText is for properties that may hold any text.
func checkAnyText(string) checkID { return checkNone }

// checkNothing is for properties of which only the names of the elements are looked at.
func checkNothing(multistatus.Value) (checkID, string) { return checkNone, "" }

// checkETag looks at getetag.
func checkETag(text string) checkID {
	text = strings.TrimSpace(text)
	opaque, weak := strings.CutPrefix(text, "W/")
	inner, quoted := unquote(opaque)
	switch {
	case text == "":
		return checkETagEmpty
	case !strings.Contains(opaque, `"`) && !weak:
		return checkETagUnquoted
	case quoted && strings.Contains(inner, `"`), !strings.Contains(opaque, `"`):
		return checkETagOverquoted
	case !quoted || strings.IndexFunc(inner, notInETag) >= 0:
		return checkETagMalformed
	case inner == "None":
		return checkETagNoneLiteral
	case weak:
		return checkETagWeak
	}
	return checkNone
}

// unquote returns what stands between the quotes at both ends of s.
func unquote(s string) (inner string, ok bool) {
	if len(s) < 2 || s[0] != '"' || s[len(s)-1] != '"' {
		return "", false
	}
	return s[1 : len(s)-1], true
}

// notInETag reports whether r cannot stand in an entity-tag. What is beyond ASCII can (obs-text of RFC 9110).
func notInETag(r rune) bool { return r <= ' ' || r == 0x7F }

// checkLength looks at getcontentlength.
func checkLength(text string) checkID {
	trimmed := strings.TrimSpace(text)
	_, err := strconv.ParseUint(trimmed, 10, 63)
	_, errNegative := strconv.ParseUint(strings.TrimPrefix(trimmed, "-"), 10, 63)
	switch {
	case trimmed == "":
		return checkLenEmpty
	case err != nil && errNegative == nil:
		return checkLenNegative
	case err != nil:
		return checkLenNonnumeric
	case trimmed != text:
		return checkLenSpace
	}
	return checkNone
}

// checkQuota looks at the properties of RFC 4331.
func checkQuota(text string) checkID {
	text = strings.TrimSpace(text)
	digits, negative := strings.CutPrefix(text, "-")
	_, err := strconv.ParseUint(digits, 10, 63)
	switch {
	case err != nil:
		return checkQuotaNonnumeric
	case negative:
		return checkQuotaNegative
	}
	return checkNone
}

func checkIsCollectionText(text string) checkID {
	switch strings.TrimSpace(text) {
	case "0", "1", "true", "false":
		return checkNone
	}
	return checkIsCollection
}

// checkResourceType looks for text, and for a collection that is not the first.
func checkResourceType(v multistatus.Value) (checkID, string) {
	if text := ownText(v); text != "" {
		return checkRTText, text
	}
	if !v.Has(collection) {
		return checkNone, ""
	}
	for n := range v.Elements() {
		if n != collection {
			return checkRTMulti, shortName(n)
		}
		break
	}
	return checkNone, ""
}

// ownText returns the text of a value that has no elements.
func ownText(v multistatus.Value) string {
	text, _ := v.Text()
	return strings.TrimSpace(text)
}

// checkHrefValue looks at a property that holds hrefs. What else it may hold are elements too.
func checkHrefValue(v multistatus.Value) (checkID, string) {
	if text := ownText(v); text != "" {
		return checkHrefpropText, text
	}
	return checkNone, ""
}

// checkLocks looks at the timeouts in lockdiscovery.
func checkLocks(v multistatus.Value) (checkID, string) {
	for _, lock := range v.Elements() {
		for n, part := range lock.Elements() {
			if text := ownText(part); n == multistatus.DAV("timeout") && !isTimeout(text) {
				return checkLockTimeout, text
			}
		}
	}
	return checkNone, ""
}

func isTimeout(text string) bool {
	seconds, ok := strings.CutPrefix(text, "Second-")
	_, err := strconv.ParseUint(seconds, 10, 32)
	return text == "Infinite" || ok && err == nil
}

// checkPrivileges looks at the names in current-user-privilege-set.
func checkPrivileges(v multistatus.Value) (checkID, string) {
	for _, privilege := range v.Elements() {
		for n := range privilege.Elements() {
			if n.Space == multistatus.NamespaceDAV && strings.Contains(n.Local, "_") {
				return checkPrivilegeUnderscore, n.Local
			}
		}
	}
	return checkNone, ""
}

// checkComponents looks at supported-calendar-component-set.
func checkComponents(v multistatus.Value) (checkID, string) {
	if v.Has(calDAV("comp")) {
		return checkNone, ""
	}
	return checkCompsetMissing, ""
}

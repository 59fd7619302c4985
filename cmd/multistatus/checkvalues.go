package main

import (
	"github.com/go-multistatus/multistatus"
	"github.com/go-multistatus/multistatus/davprop"
	"github.com/go-multistatus/multistatus/davprop/caldav"
	"github.com/go-multistatus/multistatus/davprop/carddav"
	"github.com/go-multistatus/multistatus/davprop/microsoft"
)

var (
	propCreated    = davprop.CreationDate.Name()
	propQuotaUsed  = davprop.QuotaUsedBytes.Name()
	propComponents = caldav.SupportedCalendarComponentSet.Name()
)

// checkedProps are the properties whose values are looked at. What the checks say is about these alone.
var checkedProps = byName(
	davprop.GetLastModified, davprop.CreationDate, davprop.GetETag, davprop.GetContentLength,
	davprop.QuotaAvailableBytes, davprop.QuotaUsedBytes, microsoft.IsCollection,
	davprop.DisplayName, davprop.GetContentLanguage, davprop.GetContentType,

	davprop.ResourceType, davprop.LockDiscovery, davprop.SupportedLock,
	davprop.CurrentUserPrivilegeSet, davprop.ACL, davprop.SupportedReportSet,
	davprop.CurrentUserPrincipal, davprop.Owner, davprop.Group, davprop.PrincipalURL, davprop.PrincipalCollectionSet,
	davprop.GroupMemberSet, davprop.GroupMembership,
	caldav.SupportedCalendarComponentSet, caldav.CalendarHomeSet, caldav.CalendarUserAddressSet, carddav.AddressbookHomeSet,
)

func byName(keys ...davprop.Any) map[multistatus.Name]davprop.Any {
	m := map[multistatus.Name]davprop.Any{}
	for _, k := range keys {
		m[k.Name()] = k
	}
	return m
}

// checkProp returns what is wrong with a value, and the part of it that is.
func checkProp(p *multistatus.Property) (id checkID, detail string) {
	key, ok := checkedProps[p.Name]
	if !ok {
		return checkNone, ""
	}
	report, _ := key.Check(p.Value)
	switch id, detail = checkOf(report.Quirk), report.Detail; id {
	case checkNsChildUnprefixed:
		detail = p.Name.Local + "/" + detail
	case checkValueMixed:
		detail = p.Name.Local
	case checkRTMulti:
		detail = firstElement(p.Value)
	}
	return id, detail
}

// checkOf returns the check that has the name of a quirk.
func checkOf(q davprop.Quirk) checkID {
	if q == 0 {
		return checkNone
	}
	for id := checkNone + 1; id < numChecks; id++ {
		if checkTable[id].name == q.String() {
			return id
		}
	}
	return checkNone
}

// firstElement is the name of the first element in v.
func firstElement(v multistatus.Value) string {
	for n := range v.Elements() {
		return shortName(n)
	}
	return ""
}

package davprop

import (
	"errors"
	"slices"
	"strings"

	"github.com/go-multistatus/multistatus"
)

// Principal is whom an ACE is for.
//
//	<!ELEMENT principal (href | all | authenticated | unauthenticated | property | self)>   RFC 3744 §5.5.1
type Principal struct {
	Kind     multistatus.Name // that of the element: DAV:href, DAV:all, DAV:self and so on; zero if there is none
	Href     multistatus.Href // of the principal, if Kind is DAV:href
	Property multistatus.Name // that names the principals, if Kind is DAV:property: DAV:owner and its like
}

// ACE is an access control entry.
//
//	<!ELEMENT ace ((principal | invert), (grant|deny), protected?, inherited?)>   RFC 3744 §5.5
type ACE struct {
	Principal  Principal
	Invert     bool               // it is for all but Principal
	Deny       bool               // it denies; otherwise it grants
	Privileges []multistatus.Name // such as DAV:read
	Protected  bool               // it cannot be changed
	Inherited  multistatus.Href   // of the resource that it comes from, or ""
}

// SupportedPrivilege is a privilege that a server knows of a resource, with those that it is made of.
//
//	<!ELEMENT supported-privilege (privilege, abstract?, description, supported-privilege*)>   RFC 3744 §5.3
type SupportedPrivilege struct {
	Privilege   multistatus.Name
	Abstract    bool   // it cannot be granted for itself
	Description string // for people
	Contains    []SupportedPrivilege
}

// Restrictions say what an ACL must be like.
//
//	<!ELEMENT acl-restrictions (grant-only?, no-invert?, deny-before-grant?, required-principal?)>   RFC 3744 §5.6
type Restrictions struct {
	GrantOnly       bool
	NoInvert        bool
	DenyBeforeGrant bool
	Required        []Principal // each of which needs an ACE
}

// maxPrivilegeDepth is how deep privileges may contain others. That of RFC 3744 are three deep.
const maxPrivilegeDepth = 16

var errDepth = errors.New("privileges within privileges too deep")

var (
	acls                = kind[[]ACE]{structure(readACL), writeACL, showACL}
	privilegeSets       = kind[[]multistatus.Name]{parsePrivileges, writePrivileges, showNames}
	supportedPrivileges = kind[[]SupportedPrivilege]{parseSupportedPrivileges, writeSupportedPrivileges, showSupportedPrivileges}
	aclRestrictions     = kind[Restrictions]{structure(readRestrictions), writeRestrictions, Restrictions.show}
)

// readNames appends the names of all elements in the elements of that name.
func readNames(all []multistatus.Name, v multistatus.Value, local string) []multistatus.Name {
	for child := range children(v, local) {
		for n := range child.Elements() {
			all = append(all, qualified(n))
		}
	}
	return all
}

func parsePrivileges(v multistatus.Value) ([]multistatus.Name, Report, error) {
	all := readNames(nil, v, "privilege")
	r := unprefixed(v)
	for _, n := range all {
		if r.Quirk == 0 && n.Space == multistatus.NamespaceDAV && strings.Contains(n.Local, "_") {
			r = Report{QuirkPrivilegeUnderscore, n.Local}
		}
	}
	return all, r, nil
}

func writePrivileges(e *multistatus.Encoder, n multistatus.Name, all []multistatus.Name) error {
	if len(all) == 0 {
		return e.PropEmpty(n)
	}
	var w builder
	w.names("privilege", all...)
	return w.put(e, n)
}

// showName is the local name of what is in DAV:, else Clark notation.
func showName(n multistatus.Name) string {
	if n.Space == multistatus.NamespaceDAV {
		return n.Local
	}
	return n.String()
}

func showNames(all []multistatus.Name) string { return join(slices.Values(all), showName) }

func readPrincipals(v multistatus.Value) (all []Principal) {
	for n, child := range v.Elements() {
		p := Principal{Kind: qualified(n)}
		switch {
		case isDAV(n, "href"):
			p.Href = multistatus.Href(ownText(child))
		case isDAV(n, "property"):
			p.Property = firstName(child)
		}
		all = append(all, p)
	}
	return all
}

func readACL(v multistatus.Value) (all []ACE) {
	for child := range children(v, "ace") {
		all = append(all, readACE(child))
	}
	return all
}

func readACE(v multistatus.Value) (a ACE) {
	a.setPrincipal(v)
	for n, part := range v.Elements() {
		switch {
		case isDAV(n, "invert"):
			a.Invert = true
			a.setPrincipal(part)
		case isDAV(n, "grant"), isDAV(n, "deny"):
			a.Deny = n.Local == "deny"
			a.Privileges = readNames(a.Privileges, part, "privilege")
		case isDAV(n, "protected"):
			a.Protected = true
		case isDAV(n, "inherited"):
			a.Inherited = hrefIn(part)
		}
	}
	return a
}

// setPrincipal reads the principal that is an element of v.
func (a *ACE) setPrincipal(v multistatus.Value) {
	for child := range children(v, "principal") {
		for _, p := range readPrincipals(child) {
			a.Principal = p
			return
		}
	}
}

func writeACL(e *multistatus.Encoder, n multistatus.Name, all []ACE) error {
	if len(all) == 0 {
		return e.PropEmpty(n)
	}
	var w builder
	for i := range all {
		w.within("ace", func() { w.ace(&all[i]) })
	}
	return w.put(e, n)
}

func (w *builder) ace(a *ACE) {
	principal := func() { w.within("principal", func() { w.principal(a.Principal) }) }
	if a.Invert {
		w.within("invert", principal)
	} else {
		principal()
	}
	kind := "grant"
	if a.Deny {
		kind = "deny"
	}
	w.within(kind, func() { w.names("privilege", a.Privileges...) })
	w.flag("protected", a.Protected)
	w.href("inherited", a.Inherited)
}

func (w *builder) principal(p Principal) {
	switch {
	case p.Kind == nameHref:
		w.text("href", string(p.Href))
	case p.Property != multistatus.Name{}:
		w.names("property", p.Property)
	default:
		w.empty(p.Kind)
	}
}

func showACL(all []ACE) string { return join(slices.Values(all), showACE) }

func showACE(a ACE) string {
	s := "grant "
	if a.Deny {
		s = "deny "
	}
	if a.Invert {
		s += "all but "
	}
	return s + showPrincipal(a.Principal) + " " + join(slices.Values(a.Privileges), showName)
}

func showPrincipal(p Principal) string {
	switch {
	case p.Href != "":
		return string(p.Href)
	case p.Property != multistatus.Name{}:
		return "the " + showName(p.Property)
	}
	return showName(p.Kind)
}

func parseSupportedPrivileges(v multistatus.Value) ([]SupportedPrivilege, Report, error) {
	all, ok := readSupported(v, maxPrivilegeDepth)
	if !ok {
		return nil, Report{}, errDepth
	}
	return all, unprefixed(v), nil
}

// readSupported reads the supported-privileges in v, so many levels of them.
func readSupported(v multistatus.Value, levels int) (all []SupportedPrivilege, ok bool) {
	for child := range children(v, "supported-privilege") {
		if levels == 0 {
			return nil, false
		}
		p := SupportedPrivilege{}
		if p.Contains, ok = readSupported(child, levels-1); !ok {
			return nil, false
		}
		for n, part := range child.Elements() {
			switch {
			case isDAV(n, "privilege"):
				p.Privilege = firstName(part)
			case isDAV(n, "abstract"):
				p.Abstract = true
			case isDAV(n, "description"):
				p.Description = ownText(part)
			}
		}
		all = append(all, p)
	}
	return all, true
}

func writeSupportedPrivileges(e *multistatus.Encoder, n multistatus.Name, all []SupportedPrivilege) error {
	if len(all) == 0 {
		return e.PropEmpty(n)
	}
	var w builder
	if !w.supported(all, maxPrivilegeDepth) {
		return refuse(e, n, errDepth)
	}
	return w.put(e, n)
}

func (w *builder) supported(all []SupportedPrivilege, levels int) bool {
	ok := levels > 0 || len(all) == 0
	for i := 0; ok && i < len(all); i++ {
		p := &all[i]
		w.within("supported-privilege", func() {
			w.names("privilege", p.Privilege)
			w.flag("abstract", p.Abstract)
			w.within("description", func() { w.b = append(w.b, multistatus.Text(p.Description).Raw()...) })
			ok = w.supported(p.Contains, levels-1)
		})
	}
	return ok
}

func showSupportedPrivileges(all []SupportedPrivilege) string {
	return join(slices.Values(all), func(p SupportedPrivilege) string {
		s := showName(p.Privilege)
		if len(p.Contains) > 0 {
			s += " (" + showSupportedPrivileges(p.Contains) + ")"
		}
		return s
	})
}

func readRestrictions(v multistatus.Value) (r Restrictions) {
	for n, part := range v.Elements() {
		switch {
		case isDAV(n, "grant-only"):
			r.GrantOnly = true
		case isDAV(n, "no-invert"):
			r.NoInvert = true
		case isDAV(n, "deny-before-grant"):
			r.DenyBeforeGrant = true
		case isDAV(n, "required-principal"):
			r.Required = append(r.Required, readPrincipals(part)...)
		}
	}
	return r
}

func writeRestrictions(e *multistatus.Encoder, n multistatus.Name, r Restrictions) error {
	var w builder
	w.flag("grant-only", r.GrantOnly)
	w.flag("no-invert", r.NoInvert)
	w.flag("deny-before-grant", r.DenyBeforeGrant)
	if len(r.Required) > 0 {
		w.within("required-principal", func() {
			for _, p := range r.Required {
				w.principal(p)
			}
		})
	}
	return w.put(e, n)
}

func (r Restrictions) show() string {
	var words []string
	for _, f := range [...]struct {
		is   bool
		word string
	}{{r.GrantOnly, "grant only"}, {r.NoInvert, "no invert"}, {r.DenyBeforeGrant, "deny before grant"}} {
		if f.is {
			words = append(words, f.word)
		}
	}
	if len(r.Required) > 0 {
		words = append(words, "required: "+join(slices.Values(r.Required), showPrincipal))
	}
	return strings.Join(words, ", ")
}

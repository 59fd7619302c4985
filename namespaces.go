package multistatus

import (
	"errors"
	"strings"
)

// ContentType is the Content-Type to send with what an [Encoder] writes.
// Some clients look for exactly these characters.
const ContentType = "application/xml; charset=utf-8"

// The namespace of WebDAV, and those of the extensions and products that are met most in answers.
const (
	NamespaceDAV     = "DAV:"                           // RFC 4918, section 14, and the RFCs that extend it
	NamespaceCalDAV  = "urn:ietf:params:xml:ns:caldav"  // RFC 4791
	NamespaceCardDAV = "urn:ietf:params:xml:ns:carddav" // RFC 6352

	NamespaceCalendarServer = "http://calendarserver.org/ns/"  // Apple's Calendar and Contacts Server: getctag, sharing
	NamespaceApple          = "http://apple.com/ns/ical/"      // Apple's iCal: calendar-color, calendar-order
	NamespaceCyrus          = "http://cyrusimap.org/ns/"       // Cyrus IMAP: its privileges
	NamespaceWebDAVPush     = "https://bitfire.at/webdav-push" // the WebDAV-Push draft of DAVx5's authors

	NamespaceOwnCloud  = "http://owncloud.org/ns"                    // ownCloud, kept by Nextcloud and OpenCloud
	NamespaceNextcloud = "http://nextcloud.org/ns"                   // Nextcloud
	NamespaceOCS       = "http://open-collaboration-services.org/ns" // Open Collaboration Services: share-permissions
	NamespaceSabreDAV  = "http://sabredav.org/ns"                    // sabre/dav: exceptions inside DAV:error

	NamespaceApache           = "http://apache.org/dav/props/"               // Apache's mod_dav_fs: executable
	NamespaceSubversion       = "http://subversion.tigris.org/xmlns/dav/"    // Subversion's live properties
	NamespaceSubversionSvn    = "http://subversion.tigris.org/xmlns/svn/"    // Subversion's svn:… properties
	NamespaceSubversionCustom = "http://subversion.tigris.org/xmlns/custom/" // Subversion's other versioned properties

	NamespaceMicrosoft      = "urn:schemas-microsoft-com:"                     // Windows: Win32CreationTime and its like
	NamespaceMicrosoftTypes = "urn:uuid:c2f41010-65b3-11d1-a29f-00aa00c14882/" // IIS and lighttpd: the attribute dt
)

// Name is an expanded name: a namespace and the local name in it (Namespaces in XML 1.0, section 2.1).
// An empty Space is no namespace. Name converts to and from [encoding/xml.Name].
type Name struct{ Space, Local string }

// ErrName is the reason of errors about names that are not written as [ParseName] reads them.
var ErrName = errors.New("malformed name")

// DAV returns the name of local in [NamespaceDAV].
func DAV(local string) Name { return Name{NamespaceDAV, local} }

// ParseName parses a name in Clark notation: "{space}local", or "local" and "{}local" for no namespace.
// The last } ends the space, so that the space may have some of its own; local is not empty and has no brace.
// Whether local can be the name of an XML element is not looked at. Every error is an [ErrName].
func ParseName(s string) (Name, error) {
	n := Name{Local: s}
	if strings.HasPrefix(s, "{") {
		i := strings.LastIndexByte(s, '}')
		if i < 0 {
			return Name{}, &scalarError{ErrName, s, "no closing brace"}
		}
		n = Name{s[1:i], s[i+1:]}
	}
	if why := n.fault(); why != "" {
		return Name{}, &scalarError{ErrName, s, why}
	}
	return n, nil
}

// fault says why n has no Clark notation, or "".
func (n Name) fault() string {
	switch {
	case n.Local == "":
		return "no local name"
	case strings.ContainsAny(n.Local, "{}"):
		return "brace in the local name"
	}
	return ""
}

// String returns n in Clark notation: "{DAV:}href", or "href" if n is in no namespace.
// ParseName reads back n, unless Local is empty or has a brace, as no XML name has.
func (n Name) String() string {
	if n.Space == "" {
		return n.Local
	}
	return "{" + n.Space + "}" + n.Local
}

// AppendText appends n in Clark notation, and nothing for the zero Name.
// It is an [ErrName], and dst is returned as it was, if n could not be read back.
func (n Name) AppendText(dst []byte) ([]byte, error) {
	if n == (Name{}) {
		return dst, nil
	}
	if why := n.fault(); why != "" {
		return dst, &scalarError{ErrName, n.String(), why}
	}
	if n.Space != "" {
		dst = append(dst, '{')
		dst = append(dst, n.Space...)
		dst = append(dst, '}')
	}
	return append(dst, n.Local...), nil
}

// MarshalText returns what [Name.AppendText] appends.
func (n Name) MarshalText() ([]byte, error) { return n.AppendText(nil) }

// UnmarshalText sets n to the name in text, as [ParseName] reads it, or to the zero Name if text is empty.
// After an error n is as it was.
func (n *Name) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*n = Name{}
		return nil
	}
	p, err := ParseName(string(text))
	if err == nil {
		*n = p
	}
	return err
}

// Namespace is a prefix and the namespace that it is bound to.
// The empty Prefix is the default namespace, and the empty URI is no namespace.
type Namespace struct{ Prefix, URI string }

// Attr is an attribute of an element. One without a prefix is in no namespace.
type Attr struct {
	Name  Name
	Value string
}

// wellKnownPrefix returns the prefix that writers give to uri, or "" for one of their own choice.
// Where a product's own servers and clients agree on a prefix it is that one.
// No two are alike but for case, none begins with xml, and none is ns and digits, which writers make up.
func wellKnownPrefix(uri string) string {
	switch uri {
	case NamespaceDAV:
		return "D" // the RFC's own; some clients look for it
	case NamespaceCalDAV:
		return "C"
	case NamespaceCardDAV:
		return "CR"
	case NamespaceCalendarServer:
		return "CS"
	case NamespaceApple:
		return "A"
	case NamespaceCyrus:
		return "CY"
	case NamespaceWebDAVPush:
		return "P"
	case NamespaceOwnCloud:
		return "oc"
	case NamespaceNextcloud:
		return "nc"
	case NamespaceOCS:
		return "ocs"
	case NamespaceSabreDAV:
		return "s"
	case NamespaceApache:
		return "AP"
	case NamespaceSubversion:
		return "V"
	case NamespaceSubversionSvn:
		return "SVN"
	case NamespaceSubversionCustom:
		return "SVNC"
	case NamespaceMicrosoft:
		return "Z" // as Windows itself sends it
	case NamespaceMicrosoftTypes:
		return "dt"
	}
	return ""
}

package davprop

import (
	"strings"

	"github.com/go-multistatus/multistatus"
)

// ContentType is the value of a header field Content-Type, as it was sent: text/html; charset="utf-8" (RFC 9110, section 8.3).
// Anything may be in it; what it says of a resource is often wrong.
type ContentType string

var contentTypes = kind[ContentType]{
	scalar(parseContentType), writeString[ContentType], func(t ContentType) string { return string(t) },
}

func parseContentType(text string) (ContentType, Quirk, error) {
	t, q, err := parseToken(text)
	return ContentType(t), q, err
}

func writeString[T ~string](e *multistatus.Encoder, n multistatus.Name, v T) error {
	return e.PropText(n, string(v))
}

// MediaType returns type and subtype in small letters, as "text/html". It allocates if there are others.
func (t ContentType) MediaType() string {
	s, _, _ := strings.Cut(string(t), ";")
	return strings.ToLower(strings.TrimSpace(s))
}

// Param returns the value of a parameter, of whatever case in its name, as "utf-8" of charset; or "" if there is none.
// Quotes around it are taken off; what is escaped within them stays so.
func (t ContentType) Param(name string) string {
	_, rest, _ := strings.Cut(string(t), ";")
	for rest != "" {
		var p string
		p, rest = cutParam(rest)
		if key, value, _ := strings.Cut(p, "="); strings.EqualFold(strings.TrimSpace(key), name) {
			value = strings.TrimSpace(value)
			if inner, ok := unquote(value); ok {
				return inner
			}
			return value
		}
	}
	return ""
}

// cutParam cuts s at its first semicolon that is not within quotes.
func cutParam(s string) (p, rest string) {
	quoted := false
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '"':
			quoted = !quoted
		case s[i] == '\\' && quoted:
			i++
		case s[i] == ';' && !quoted:
			return s[:i], s[i+1:]
		}
	}
	return s, ""
}

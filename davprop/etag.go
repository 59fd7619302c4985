package davprop

import (
	"errors"
	"strings"

	"github.com/go-multistatus/multistatus"
)

// ETag is an entity tag as it was sent: W/"17" of RFC 9110, section 8.8.3, or what stands in its place.
// Anything may be in it; its methods read it as far as it can be read.
//
//	entity-tag = [ "W/" ] DQUOTE *etagc DQUOTE    etagc = %x21 / %x23-7E / %x80-FF   RFC 9110 §8.8.3
type ETag string

// ErrETag is the reason why an ETag is not written.
var ErrETag = errors.New("malformed entity tag")

// NewETag returns the Key of a property that is an entity tag. It is read and written as [GetETag] is.
func NewETag(name multistatus.Name) Key[ETag] { return Key[ETag]{name, &etags} }

// MakeETag returns the entity tag with what is to stand between the quotes.
func MakeETag(opaque string, weak bool) ETag {
	if weak {
		return ETag(`W/"` + opaque + `"`)
	}
	return ETag(`"` + opaque + `"`)
}

var etags = kind[ETag]{scalar(parseETag), multistatus.PropAppend[ETag], func(t ETag) string { return string(t) }}

func parseETag(text string) (ETag, Quirk, error) {
	t := ETag(trim(text))
	if t == "" {
		return "", QuirkEtagEmpty, ErrNoProperty
	}
	return t, t.quirk(), nil
}

// quirk is what there is to say of a tag that is not empty.
func (t ETag) quirk() Quirk {
	opaque, weak := strings.CutPrefix(string(t), "W/")
	inner, quoted := unquote(opaque)
	bare := !strings.Contains(opaque, `"`)
	switch {
	case bare && !weak:
		return QuirkEtagUnquoted
	case quoted && strings.Contains(inner, `"`), bare:
		return QuirkEtagOverquoted
	case !quoted || strings.IndexFunc(inner, notInETag) >= 0:
		return QuirkEtagMalformed
	case inner == "None":
		return QuirkEtagNoneLiteral
	case weak:
		return QuirkEtagWeak
	}
	return 0
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

// Valid reports whether t is an entity tag as RFC 9110 has it.
func (t ETag) Valid() bool {
	switch t.quirk() {
	case 0, QuirkEtagWeak, QuirkEtagNoneLiteral:
		return true
	}
	return false
}

// Weak reports whether t begins with W/: the tag stays the same for changes that do not matter.
func (t ETag) Weak() bool { return strings.HasPrefix(string(t), "W/") }

// Opaque returns t without W/ and without the quotes around it, however many there are.
func (t ETag) Opaque() string {
	s := strings.TrimPrefix(string(t), "W/")
	for {
		inner, ok := unquote(s)
		if !ok {
			return strings.Trim(s, `"`)
		}
		s = inner
	}
}

// Header returns t as it stands in a header field such as If-Match: with one quote at each end, added if there is none.
// What else is malformed in it stays. It allocates only for what is not so.
// NOTE: what a server knows its tag by may be the text that it sent, string(t), if that is malformed.
func (t ETag) Header() string {
	if t.Valid() {
		return string(t)
	}
	return string(MakeETag(t.Opaque(), t.Weak()))
}

// Match reports whether t and o are the same by strong comparison (RFC 9110, section 8.8.3.2): neither is weak.
// An empty tag is the same as none.
func (t ETag) Match(o ETag) bool { return !t.Weak() && !o.Weak() && t.WeakMatch(o) }

// WeakMatch reports whether t and o are the same by weak comparison (RFC 9110, section 8.8.3.2).
// An empty tag is the same as none.
func (t ETag) WeakMatch(o ETag) bool { return t != "" && o != "" && t.Opaque() == o.Opaque() }

// AppendText appends t as it is. It is an [ErrETag], and dst is returned as it was, if t is not valid.
func (t ETag) AppendText(dst []byte) ([]byte, error) {
	if !t.Valid() {
		return dst, &ValueError{Text: string(t), Quirk: t.quirk(), Err: ErrETag}
	}
	return append(dst, t...), nil
}

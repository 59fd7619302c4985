package davprop

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/go-multistatus/multistatus"
)

// What stands in a lock (RFC 4918, section 14).
var (
	LockExclusive = multistatus.DAV("exclusive") // a lock scope: no other lock beside it
	LockShared    = multistatus.DAV("shared")    // a lock scope
	LockWrite     = multistatus.DAV("write")     // the lock type
)

// LockForever is the Timeout of a lock that does not time out.
const LockForever time.Duration = -1

// LockEntry is a kind of lock that can be had of a resource.
//
//	<!ELEMENT lockentry (lockscope, locktype) >   RFC 4918 §14.10
type LockEntry struct {
	Scope multistatus.Name // such as LockExclusive
	Type  multistatus.Name // such as LockWrite
}

// Lock is a lock on a resource. What is absent is zero.
//
//	<!ELEMENT activelock (lockscope, locktype, depth, owner?, timeout?, locktoken?, lockroot)>   RFC 4918 §14.1
type Lock struct {
	Scope   multistatus.Name  // such as LockExclusive
	Type    multistatus.Name  // such as LockWrite
	Depth   string            // "0" or "infinity"
	Owner   multistatus.Value // what the client said of who locks: a text, an href or anything else
	Timeout time.Duration     // in whole seconds, how long the server will keep it from now on; or LockForever
	Token   multistatus.Href  // a URI for header fields If and Lock-Token, such as "urn:uuid:…"
	Root    multistatus.Href  // of the resource that was locked, of which this may be a member
}

var (
	locks       = kind[[]Lock]{parseLocks, writeLocks, showLocks}
	lockEntries = kind[[]LockEntry]{structure(readLockEntries), writeLockEntries, showLockEntries}
)

func parseLocks(v multistatus.Value) ([]Lock, Report, error) {
	var all []Lock
	r := unprefixed(v)
	for n, child := range v.Elements() {
		bad := badTimeout(child)
		if bad.Quirk != 0 && r.Quirk == 0 {
			r = bad
		}
		if isDAV(n, "activelock") {
			all = append(all, readLock(child))
		}
	}
	return all, r, nil
}

// badTimeout reports a timeout that cannot be read.
func badTimeout(lock multistatus.Value) Report {
	for part := range children(lock, "timeout") {
		text := ownText(part)
		if _, ok := parseTimeout(text); !ok {
			return Report{QuirkLockTimeout, text}
		}
	}
	return Report{}
}

func readLock(v multistatus.Value) (l Lock) {
	for n, part := range v.Elements() {
		if n = qualified(n); n.Space != multistatus.NamespaceDAV {
			continue
		}
		switch n.Local {
		case "lockscope":
			l.Scope = firstName(part)
		case "locktype":
			l.Type = firstName(part)
		case "depth":
			l.Depth = ownText(part)
		case "owner":
			l.Owner = part
		case "timeout":
			l.Timeout, _ = parseTimeout(ownText(part))
		case "locktoken":
			l.Token = hrefIn(part)
		case "lockroot":
			l.Root = hrefIn(part)
		}
	}
	return l
}

const (
	forever  = "Infinite"
	inSecond = "Second-"
)

// parseTimeout reads a TimeType (RFC 4918, section 10.7). Its grammar is that of RFC 2616, section 2.1, where letters have no case.
func parseTimeout(text string) (time.Duration, bool) {
	if strings.EqualFold(text, forever) {
		return LockForever, true
	}
	n := min(len(inSecond), len(text))
	seconds, err := strconv.ParseUint(text[n:], 10, 32)
	if !strings.EqualFold(text[:n], inSecond) || err != nil {
		return 0, false
	}
	return time.Duration(seconds) * time.Second, true
}

// formatTimeout is the inverse, or "" for no time at all.
func formatTimeout(d time.Duration) string {
	const most = 1<<32 - 1
	switch {
	case d < 0:
		return forever
	case d == 0:
		return ""
	}
	return inSecond + strconv.FormatInt(min(int64(d/time.Second), most), 10)
}

func writeLocks(e *multistatus.Encoder, n multistatus.Name, all []Lock) error {
	if len(all) == 0 {
		return e.PropEmpty(n)
	}
	var w builder
	for i := range all {
		w.within("activelock", func() { w.lock(&all[i]) })
	}
	return w.put(e, n)
}

func (w *builder) lock(l *Lock) {
	w.names("lockscope", l.Scope)
	w.names("locktype", l.Type)
	w.text("depth", l.Depth)
	if !l.Owner.IsZero() {
		w.value(multistatus.DAV("owner"), l.Owner)
	}
	w.text("timeout", formatTimeout(l.Timeout))
	w.href("locktoken", l.Token)
	w.href("lockroot", l.Root)
}

func readLockEntries(v multistatus.Value) (all []LockEntry) {
	for child := range children(v, "lockentry") {
		l := readLock(child)
		all = append(all, LockEntry{l.Scope, l.Type})
	}
	return all
}

func writeLockEntries(e *multistatus.Encoder, n multistatus.Name, all []LockEntry) error {
	if len(all) == 0 {
		return e.PropEmpty(n)
	}
	var w builder
	for _, l := range all {
		w.within("lockentry", func() {
			w.names("lockscope", l.Scope)
			w.names("locktype", l.Type)
		})
	}
	return w.put(e, n)
}

func showLocks(all []Lock) string { return join(slices.Values(all), showLock) }

func showLock(l Lock) string {
	s := l.Scope.Local + " " + l.Type.Local + " lock"
	if l.Depth != "" {
		s += ", depth " + l.Depth
	}
	if owner := showContent(l.Owner); owner != "" {
		s += ", of " + owner
	}
	switch {
	case l.Timeout < 0:
		s += ", forever"
	case l.Timeout > 0:
		s += ", for " + l.Timeout.String()
	}
	if l.Token != "" {
		s += ", " + string(l.Token)
	}
	return s
}

// showContent returns the text of v, or of the first element in it that has one.
func showContent(v multistatus.Value) string {
	if text := ownText(v); text != "" {
		return text
	}
	for _, child := range v.Elements() {
		if text := ownText(child); text != "" {
			return text
		}
	}
	return ""
}

func showLockEntries(all []LockEntry) string {
	return join(slices.Values(all), func(l LockEntry) string { return l.Scope.Local + " " + l.Type.Local })
}

package main

import (
	"crypto/rand"
	"fmt"
	"net/http"
	"path"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/go-multistatus/multistatus"
)

// lock is a write lock (RFC 4918, section 7). It does not change but in until, which the table guards.
type lock struct {
	token  string
	root   string // the name that was locked
	dir    bool   // which is a collection
	deep   bool   // Depth: infinity
	shared bool
	owner  string // the DAV:owner element, complete, or ""
	until  time.Time
}

// Locks end after at most maxTimeout, for clients vanish; there are at most maxLocks.
const (
	maxTimeout = time.Hour
	maxLocks   = 10_000
)

// lockTable has the locks of a server. The zero lockTable has none.
//
// Invariant: l ∈ byRoot[n] ⇒ l.root = n
type lockTable struct {
	mu     sync.Mutex
	byRoot map[string][]*lock
	n      int
}

// scope is what a change touches: one resource or the members of one collection, or all below a collection.
type scope struct {
	name  string
	below bool
}

// The scopes of a change. Who changes the members of a collection needs its lock whatever depth that has (RFC 4918, section 7.4).
func contentOf(name string) scope { return scope{name: name} }
func membersOf(dir string) scope  { return scope{name: dir} }
func below(dir string) scope      { return scope{name: dir, below: true} }

// permit refuses with 423 if something in the scopes is locked and none of its tokens was submitted.
func (t *lockTable) permit(tokens []string, scopes ...scope) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	var refused []multistatus.Href
	for _, s := range scopes {
		for _, name := range t.lockedNames(s) {
			held := t.covering(name)
			if len(held) > 0 && !slices.ContainsFunc(held, func(l *lock) bool { return slices.Contains(tokens, l.token) }) {
				refused = append(refused, held[0].href())
			}
		}
	}
	if len(refused) == 0 {
		return nil
	}
	slices.Sort(refused)
	return refusal(http.StatusLocked, "lock-token-submitted", slices.Compact(refused)...)
}

// lockedNames returns the names to look at for a scope.
func (t *lockTable) lockedNames(s scope) []string {
	if !s.below {
		return []string{s.name}
	}
	var names []string
	for root := range t.byRoot {
		if inside(root, s.name) {
			names = append(names, root)
		}
	}
	return names
}

// covering returns the locks that hold for a resource: its own, and deep ones of the collections around it.
func (t *lockTable) covering(name string) (held []*lock) {
	if t.n == 0 {
		return nil
	}
	held = t.live(name)
	for at := name; at != "."; {
		at = path.Dir(at)
		for _, l := range t.live(at) {
			if l.deep {
				held = append(held[:len(held):len(held)], l)
			}
		}
	}
	return held
}

// live returns the locks at a name, and drops those whose time has come.
func (t *lockTable) live(name string) []*lock {
	now := time.Now()
	if slices.ContainsFunc(t.byRoot[name], func(l *lock) bool { return l.until.Before(now) }) {
		t.set(name, slices.DeleteFunc(slices.Clone(t.byRoot[name]), func(l *lock) bool { return l.until.Before(now) }))
	}
	return t.byRoot[name]
}

// set stores the locks at a name.
func (t *lockTable) set(name string, locks []*lock) {
	if t.byRoot == nil {
		t.byRoot = map[string][]*lock{}
	}
	t.n += len(locks) - len(t.byRoot[name])
	if t.byRoot[name] = locks; len(locks) == 0 {
		delete(t.byRoot, name)
	}
}

// of returns the locks that hold for a resource.
func (t *lockTable) of(name string) []*lock {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.covering(name)
}

// at returns the locks whose root is name.
func (t *lockTable) at(name string) []*lock {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.live(name)
}

// restore adds locks again that were forgotten.
func (t *lockTable) restore(locks []*lock) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, l := range locks {
		t.set(l.root, append(slices.Clone(t.byRoot[l.root]), l))
	}
}

// add adds a lock with a new token, or returns those that it conflicts with: exclusive ones, and all others too if it is
// exclusive itself (RFC 4918, section 6.2).
func (t *lockTable) add(l *lock) (conflicts []*lock, err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	held := slices.Clone(t.covering(l.root))
	if l.deep {
		for _, name := range t.lockedNames(below(l.root)) {
			held = append(held, t.live(name)...)
		}
	}
	for _, other := range held {
		if !other.shared || !l.shared {
			conflicts = append(conflicts, other)
		}
	}
	switch {
	case len(conflicts) > 0:
		return conflicts, nil
	case t.n >= maxLocks:
		return nil, &failure{code: http.StatusServiceUnavailable}
	}
	l.token = newToken()
	t.set(l.root, append(slices.Clone(t.byRoot[l.root]), l))
	return nil, nil
}

// newToken returns a UUID that never was before (RFC 4918, section 6.5; RFC 9562, section 5.4).
func newToken() string {
	var b [16]byte
	rand.Read(b[:])
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	return fmt.Sprintf("urn:uuid:%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}

// find returns the lock of a token if it holds for a resource, or nil.
func (t *lockTable) find(name, token string) *lock {
	for _, l := range t.of(name) {
		if l.token == token {
			return l
		}
	}
	return nil
}

// refresh lets a lock begin anew (RFC 4918, section 9.10.2).
func (t *lockTable) refresh(l *lock, timeout time.Duration) {
	t.mu.Lock()
	defer t.mu.Unlock()
	l.until = time.Now().Add(timeout)
}

// remove ends a lock.
func (t *lockTable) remove(l *lock) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.set(l.root, slices.DeleteFunc(slices.Clone(t.byRoot[l.root]), func(o *lock) bool { return o == l }))
}

// forget ends the locks at a name, where nothing is any more.
func (t *lockTable) forget(name string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.set(name, nil)
}

// forgetTree ends the locks at a name and below it.
func (t *lockTable) forgetTree(name string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, below := range t.lockedNames(below(name)) {
		t.set(below, nil)
	}
	t.set(name, nil)
}

func (l *lock) href() multistatus.Href { return multistatus.PathHref(urlPath(l.root, l.dir)) }

// xml returns the DAV:activelock element (RFC 4918, section 14.1). D is DAV: where it is to stand.
func (l *lock) xml(now time.Time) string {
	kind, depth := "exclusive", "0"
	if l.shared {
		kind = "shared"
	}
	if l.deep {
		depth = "infinity"
	}
	var b strings.Builder
	fmt.Fprintf(&b, "<D:activelock><D:locktype><D:write/></D:locktype><D:lockscope><D:%s/></D:lockscope><D:depth>%s</D:depth>%s",
		kind, depth, l.owner)
	fmt.Fprintf(&b, "<D:timeout>Second-%d</D:timeout>", max(0, int(l.until.Sub(now).Round(time.Second)/time.Second)))
	fmt.Fprintf(&b, "<D:locktoken><D:href>%s</D:href></D:locktoken>", l.token)
	fmt.Fprintf(&b, "<D:lockroot><D:href>%s</D:href></D:lockroot></D:activelock>", l.href())
	return b.String()
}

// discovery returns what DAV:lockdiscovery holds for a resource (RFC 4918, section 15.8).
func (t *lockTable) discovery(name string) (multistatus.Value, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	held := t.covering(name)
	if len(held) == 0 {
		return multistatus.Value{}, nil
	}
	var b strings.Builder
	for _, l := range held {
		b.WriteString(l.xml(time.Now()))
	}
	return multistatus.XML(b.String(), davPrefix)
}

var davPrefix = multistatus.Namespace{Prefix: "D", URI: multistatus.NamespaceDAV}

// supportedLock returns what DAV:supportedlock holds: exclusive and shared write locks (RFC 4918, section 15.10).
func supportedLock() multistatus.Value {
	const entry = "<D:lockentry><D:lockscope><D:%s/></D:lockscope><D:locktype><D:write/></D:locktype></D:lockentry>"
	v, err := multistatus.XML(fmt.Sprintf(entry+entry, "exclusive", "shared"), davPrefix)
	if err != nil {
		panic(err) // it is a constant
	}
	return v
}

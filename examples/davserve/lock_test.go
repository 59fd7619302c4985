package main

import (
	"strings"
	"testing"
	"time"

	"github.com/go-multistatus/multistatus"
)

func lockinfo(scope string) string {
	return `<D:lockinfo xmlns:D="DAV:"><D:lockscope><D:` + scope + `/></D:lockscope><D:locktype><D:write/></D:locktype>` +
		`<D:owner><D:href>mailto:a@b</D:href></D:owner></D:lockinfo>`
}

var (
	exclusive = lockinfo("exclusive")
	shared    = lockinfo("shared")
	setX      = update("<D:set><D:prop><x:a>1</x:a></D:prop></D:set>")
)

const submitted = "<D:lock-token-submitted><D:href>"

// What is locked is changed only by who names the lock.
func TestLockedFile(t *testing.T) {
	g := newRig(t, "f", "g")
	g.run(
		step{method: "LOCK", path: "/f", header: "Timeout: Second-60", body: exclusive, code: 200, want: []string{
			"Lock-Token: <urn:uuid:", "<D:lockdiscovery>", "<D:exclusive/>", "<D:depth>0</D:depth>", "mailto:a@b",
			"<D:timeout>Second-60</D:timeout>", "<D:lockroot><D:href>/f</D:href></D:lockroot>"}},
		step{what: "again", method: "LOCK", path: "/f", body: exclusive, code: 423, want: []string{"<D:no-conflicting-lock><D:href>/f</D:href>"}},
		step{what: "shared beside exclusive", method: "LOCK", path: "/f", body: shared, code: 423},
		step{method: "GET", path: "/f", code: 200},
		step{method: "PUT", path: "/f", body: "x", code: 423, want: []string{submitted + "/f</D:href>"}},
		step{method: "PROPPATCH", path: "/f", body: setX, code: 423},
		step{method: "DELETE", path: "/f", code: 423},
		step{method: "MOVE", path: "/f", header: "Destination: /h", code: 423},
		step{what: "onto it", method: "MOVE", path: "/g", header: "Destination: /f", code: 423},
		step{what: "onto it", method: "COPY", path: "/g", header: "Destination: /f", code: 423},
		step{method: "COPY", path: "/f", header: "Destination: /h", code: 201},
		step{what: "a copy is not locked", method: "PUT", path: "/h", body: "x", code: 204},
		step{what: "wrong token", method: "PUT", path: "/f", header: "If: (<urn:uuid:1>)", body: "x", code: 412},
		step{what: "wrong token in a list that holds", method: "PUT", path: "/f", header: "If: (Not <urn:uuid:1>)", body: "x", code: 423},
		step{method: "PUT", path: "/f", header: "If: (<@0>)", body: "x", code: 204},
		step{method: "PROPPATCH", path: "/f", header: "If: </f> (<@0>)", body: setX, code: 207},
		step{what: "tagged with a URL", method: "PUT", path: "/f", header: "If: <http://example.com/f> (<@0>)", body: "x", code: 204},
		step{what: "tagged with another server", method: "PUT", path: "/f", header: "If: <http://example.org/f> (<@0>)", body: "x", code: 412},
		step{what: "tagged with another file", method: "PUT", path: "/f", header: "If: </g> (<@0>)", body: "x", code: 412},
		step{what: "overwritten, still locked", method: "COPY", path: "/g", header: "Destination: /f\nIf: </f> (<@0>)", code: 204},
		step{method: "PUT", path: "/f", body: "x", code: 423},
		step{what: "unlock of another", method: "UNLOCK", path: "/g", header: "Lock-Token: <@0>", code: 409, want: []string{"lock-token-matches-request-uri"}},
		step{what: "bad unlock", method: "UNLOCK", path: "/f", header: "Lock-Token: @0", code: 400},
		step{method: "UNLOCK", path: "/f", header: "Lock-Token: <@0>", code: 204},
		step{what: "unlock again", method: "UNLOCK", path: "/f", header: "Lock-Token: <@0>", code: 409},
		step{method: "PUT", path: "/f", body: "x", code: 204},
	)
}

// Of several shared locks one token is enough, and all have to go before an exclusive one.
func TestSharedLocks(t *testing.T) {
	g := newRig(t, "f")
	g.run(
		step{method: "LOCK", path: "/f", body: shared, code: 200},
		step{method: "LOCK", path: "/f", body: shared, code: 200, want: []string{"</D:activelock><D:activelock>"}},
		step{method: "LOCK", path: "/f", body: exclusive, code: 423},
		step{method: "PUT", path: "/f", body: "x", code: 423},
		step{method: "PUT", path: "/f", header: "If: (<@1>)", body: "x", code: 204},
		step{method: "UNLOCK", path: "/f", header: "Lock-Token: <@0>", code: 204},
		step{method: "LOCK", path: "/f", body: exclusive, code: 423},
		step{method: "UNLOCK", path: "/f", header: "Lock-Token: <@1>", code: 204},
		step{method: "LOCK", path: "/f", body: exclusive, code: 200},
	)
}

func TestLockedCollection(t *testing.T) {
	g := newRig(t, "d/e/f", "d/g", "h")
	g.run(
		step{method: "LOCK", path: "/d/", body: exclusive, code: 200, want: []string{"<D:depth>infinity</D:depth>"}},
		step{method: "PUT", path: "/d/e/f", body: "x", code: 423, want: []string{submitted + "/d/</D:href>"}},
		step{method: "PUT", path: "/d/e/new", body: "x", code: 423},
		step{method: "MKCOL", path: "/d/e/new/", code: 423},
		step{method: "LOCK", path: "/d/e/new", body: exclusive, code: 423},
		step{method: "LOCK", path: "/d/e/f", body: shared, code: 423},
		step{method: "DELETE", path: "/d/g", code: 423},
		step{method: "MOVE", path: "/h", header: "Destination: /d/h", code: 423},
		step{method: "PUT", path: "/d/e/new", header: "If: (<@0>)", body: "x", code: 201},
		step{what: "refresh by a member", method: "LOCK", path: "/d/e/f", header: "If: (<@0>)\nTimeout: Infinite", code: 200, want: []string{"Second-3600"}},
		step{what: "refresh elsewhere", method: "LOCK", path: "/h", header: "If: (<@0>)", code: 412},
		step{what: "refresh without token", method: "LOCK", path: "/h", code: 400},
		step{method: "DELETE", path: "/d/", header: "If: (<@0>)", code: 204},
		step{what: "the lock went with it", method: "MKCOL", path: "/d/", code: 201},
		step{method: "PUT", path: "/d/x", body: "x", code: 201},
	)
}

// A lock of Depth 0 guards the members of a collection, not what they hold (RFC 4918, section 7.4).
func TestLockedMembers(t *testing.T) {
	g := newRig(t, "d/e/f", "h")
	g.run(
		step{method: "LOCK", path: "/d/", header: "Depth: 0", body: exclusive, code: 200, want: []string{"<D:depth>0</D:depth>"}},
		step{method: "PUT", path: "/d/new", body: "x", code: 423},
		step{method: "DELETE", path: "/d/e/", code: 423},
		step{method: "PUT", path: "/d/e/f", body: "x", code: 204},
		step{method: "PUT", path: "/d/e/new", body: "x", code: 201},
		step{method: "MOVE", path: "/h", header: "Destination: /d/h", code: 423},
		step{method: "MOVE", path: "/h", header: "Destination: /d/h\nIf: </d> (<@0>)", code: 201},
		step{method: "MOVE", path: "/d/", header: "Destination: /k/", code: 423},
		step{method: "MOVE", path: "/d/", header: "Destination: /k/\nIf: (<@0>)", code: 201},
		step{what: "the lock did not move", method: "PUT", path: "/k/new", body: "x", code: 201},
	)
}

// A lock on what is not there makes an empty file (RFC 4918, section 7.3).
func TestLockUnmapped(t *testing.T) {
	g := newRig(t)
	g.run(
		step{method: "LOCK", path: "/new", body: exclusive, code: 201},
		step{method: "PUT", path: "/new", body: "x", code: 423},
		step{method: "PUT", path: "/new", header: "If: (<@0>)", body: "x", code: 204},
		step{method: "LOCK", path: "/none/new", body: exclusive, code: 409},
		step{method: "LOCK", path: "/col/", body: exclusive, code: 409},
	)
	g.wantFiles("new")
}

// Locks in a collection are in the way of a deep one around them, and a 207 says which (RFC 4918, section 9.10.3).
func TestLockConflictInside(t *testing.T) {
	g := newRig(t, "d/e/f", "d/g")
	g.run(
		step{method: "LOCK", path: "/d/e/f", body: shared, code: 200},
		step{method: "LOCK", path: "/d/e/f", body: shared, code: 200},
		step{what: "shared around shared", method: "LOCK", path: "/d/", body: shared, code: 200},
		step{method: "UNLOCK", path: "/d/", header: "Lock-Token: <@2>", code: 204},
		step{what: "not as deep", method: "LOCK", path: "/d/", header: "Depth: 0", body: exclusive, code: 200},
		step{method: "UNLOCK", path: "/d/", header: "Lock-Token: <@3>", code: 204},
	)
	want := "/d/ 424\n/d/e/f 423 !no-conflicting-lock"
	if got := outline(g.parse(g.do("LOCK", "/d/", "", exclusive))); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestLockRefused(t *testing.T) {
	g := newRig(t, "f", "d/")
	g.run(
		step{what: "depth 1", method: "LOCK", path: "/d/", header: "Depth: 1", body: exclusive, code: 400},
		step{what: "two scopes", method: "LOCK", path: "/f", body: strings.Replace(exclusive, "<D:exclusive/>", "<D:exclusive/><D:shared/>", 1), code: 400},
		step{what: "no scope", method: "LOCK", path: "/f", body: strings.Replace(exclusive, "exclusive", "x", 1), code: 400},
		step{what: "no write", method: "LOCK", path: "/f", body: strings.Replace(exclusive, "write", "read", 1), code: 400},
		step{what: "another element", method: "LOCK", path: "/f", body: update(""), code: 400},
		step{what: "long", method: "LOCK", path: "/f", body: exclusive + strings.Repeat(" ", maxLockBody), code: 413},
	)
}

// A lock ends by itself, and its file can be changed then.
func TestLockTimeout(t *testing.T) {
	g := newRig(t, "f")
	g.run(step{method: "LOCK", path: "/f", header: "Timeout: Second-1", body: exclusive, code: 200})
	g.s.locks.byRoot["f"][0].until = time.Now().Add(-time.Millisecond)
	g.run(step{method: "PUT", path: "/f", body: "x", code: 204})
	if g.s.locks.n != 0 || len(g.s.locks.byRoot) != 0 {
		t.Errorf("%d locks are left", g.s.locks.n)
	}
}

func TestTimeoutHeader(t *testing.T) {
	for header, want := range map[string]time.Duration{
		"": maxTimeout, "Infinite": maxTimeout, "Second-10": 10 * time.Second, "Second-0": time.Second, "Second-4100000000": maxTimeout,
		"Second-99999999999999999999": maxTimeout, " Second-5 , Infinite": 5 * time.Second, "Infinite, Second-5": maxTimeout, "Second-x": maxTimeout,
	} {
		if got := timeoutOf(header); got != want {
			t.Errorf("timeoutOf(%q) = %v, want %v", header, got, want)
		}
	}
}

// What lockdiscovery tells can be read as it was meant, owner included.
func TestLockDiscovery(t *testing.T) {
	g := newRig(t, "d/a&b")
	g.run(step{method: "LOCK", path: "/d/", body: exclusive, code: 200}, step{method: "LOCK", path: "/d/a&b", body: shared, code: 423})
	ask := `<propfind xmlns="DAV:"><prop><lockdiscovery/><supportedlock/></prop></propfind>`
	r := g.parse(g.do("PROPFIND", "/d/a&b", "Depth: 0", ask)).Responses[0]
	p, _ := r.Prop(multistatus.DAV("lockdiscovery"))
	got := ""
	for _, active := range p.Value.Elements() {
		for n, v := range active.Elements() {
			got += " " + n.Local
			for n, v := range v.Elements() {
				text, _ := v.Text()
				got += ":" + n.Local + strings.TrimPrefix(text, g.s.locks.byRoot["d"][0].token)
			}
			if text, _ := v.Text(); text != "" && n.Local != "timeout" {
				got += "=" + text
			}
		}
	}
	want := " locktype:write lockscope:exclusive depth=infinity owner:hrefmailto:a@b timeout locktoken:href lockroot:href/d/"
	if got != want {
		t.Errorf("lockdiscovery:%s, want%s", got, want)
	}
	if p, _ := r.Prop(multistatus.DAV("supportedlock")); strings.Count(p.Value.Raw(), "<D:lockentry>") != 2 {
		t.Errorf("supportedlock is %s", p.Value.Raw())
	}
}

// The owner is told in the language in which it was given (RFC 4918, sections 4.3 and 14.17).
func TestLanguageOfOwner(t *testing.T) {
	g := newRig(t, "f", "g")
	for path, own := range map[string]string{"/f": ` xml:lang="fr"`, "/g": ""} {
		body := strings.Replace(strings.Replace(exclusive, "<D:lockinfo", `<D:lockinfo xml:lang="de"`, 1), "<D:owner", "<D:owner"+own, 1)
		want := "de"
		if own != "" {
			want = "fr"
		}
		g.run(step{method: "LOCK", path: path, body: body, code: 200, want: []string{`<D:owner xmlns:D="DAV:" xml:lang="` + want + `">`}})
	}
}

func TestParseIf(t *testing.T) {
	for _, c := range []struct {
		text string
		want int // lists; -1 for an error
	}{
		{"", 0}, {"(<a:b>)", 1}, {"(<a:b>[\"x\"])(Not <a:b>)", 2}, {" </f> ( <a:b>\t[W/\"x\"] ) (Not[\"y\"]) <http://h/g> (<c:d>) ", 3},
		{"(", -1}, {"()", -1}, {"(<a)", -1}, {"(<>)", -1}, {"([])", -1}, {"</f>", -1}, {"<> (<a:b>)", -1}, {"(Not)", -1}, {"(Not Not <a>)", -1},
		{"(<a>) x", -1}, {"x", -1}, {"(x)", -1},
	} {
		h, err := parseIf([]string{c.text})
		if got := len(h); err != nil && c.want >= 0 || err == nil && got != c.want {
			t.Errorf("parseIf(%q) = %v, %v, want %d lists", c.text, h, err, c.want)
		}
	}
}

package main

import (
	"io"
	"strconv"
	"strings"
)

// A body is what a hostile peer may send. Between head and tail comes a piece, again and again.
type body struct {
	name  string
	head  string
	piece func(i int) string
	times int // 0: without end
	tail  string
}

const (
	rootStart = `<D:multistatus xmlns:D="DAV:">`
	response  = rootStart + `<D:response><D:href>/</D:href>`
	props     = response + `<D:propstat><D:prop>`
	propsEnd  = `</D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response></D:multistatus>`
	complete  = props + propsEnd
)

func always(s string) func(int) string { return func(int) string { return s } }

func numbered(before, after string) func(int) string {
	return func(i int) string { return before + strconv.Itoa(i) + after }
}

// bodies are the rows of the table.
var bodies = []body{
	{"entities in entities (“billion laughs”)", `<!DOCTYPE x [<!ENTITY e0 "lol">`,
		func(i int) string {
			return `<!ENTITY e` + strconv.Itoa(i+1) + ` "` + strings.Repeat(`&e`+strconv.Itoa(i)+`;`, 10) + `">`
		}, 9, `]>` + props + `<D:x>&e9;</D:x>` + propsEnd},
	{"a long entity, used often", `<!DOCTYPE x [<!ENTITY e "` + strings.Repeat("x", 50_000) + `">]>` + props + `<D:x>`,
		always("&e;"), 50_000, `</D:x>` + propsEnd},
	{"an entity that is a file", `<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>` + props + `<D:x>`, always("&e;"), 1, `</D:x>` + propsEnd},
	{"a declaration without end", `<!DOCTYPE x [`, numbered(`<!ENTITY e`, ` "x">`), 0, ""},
	{"text before the root", "", always("all work and no play "), 0, ""},
	{"a comment before the root", "<!--", always("all work and no play "), 0, ""},
	{"an instruction before the root", "<?x ", always("all work and no play "), 0, ""},
	{"elements in elements", props, always("<D:x>"), 0, ""},
	{"100 000 attributes", props + `<D:x`, numbered(` a`, `=""`), 100_000, `/>` + propsEnd},
	{"100 000 namespaces", props + `<D:x`, numbered(` xmlns:p`, `="u"`), 100_000, `/>` + propsEnd},
	{"a name without end", props + `<D:x`, always(strings.Repeat("x", 4<<10)), 0, ""},
	{"attributes without end", props + `<D:x`, numbered(` a`, `=""`), 0, ""},
	{"an href without end", rootStart + `<D:response><D:href>/`, always("xxxxxxx/"), 0, ""},
	{"hrefs without end", response, numbered(`<D:href>/`, `</D:href>`), 0, ""},
	{"properties without end", props, numbered(`<D:x>`, `</D:x>`), 0, ""},
	{"a value without end", props + `<D:x>`, always(strings.Repeat("all work and no play ", 100)), 0, ""},
	{"the same in UTF-16", wide("\ufeff" + props + `<D:x>`), always(wide(strings.Repeat("只工作不玩耍", 100))), 0, ""},
	{"cut off within a response", complete[:len(complete)-len(`</D:multistatus>`)] + `<D:response><D:href>/a`, nil, 0, ""},
	{"something after the root", complete, always(`<D:response/>`), 1, ""},
}

// wide returns s, which is of the Basic Multilingual Plane, in UTF-16, low byte first.
func wide(s string) string {
	var b strings.Builder
	for _, r := range s {
		b.WriteByte(byte(r))
		b.WriteByte(byte(r >> 8))
	}
	return b.String()
}

// open returns a reader that makes b while it is read.
func (b *body) open() io.Reader { return &maker{body: b, rest: b.head} }

// size returns the length of b, or -1 if it has none.
func (b *body) size() int64 {
	if b.endless() {
		return -1
	}
	n, _ := io.Copy(io.Discard, b.open())
	return n
}

func (b *body) endless() bool { return b.piece != nil && b.times == 0 }

type maker struct {
	*body
	rest string
	made int // pieces
	done bool
}

func (m *maker) Read(p []byte) (n int, err error) {
	for n < len(p) {
		if m.rest == "" && !m.more() {
			break
		}
		k := copy(p[n:], m.rest)
		m.rest = m.rest[k:]
		n += k
	}
	if n == 0 && len(p) > 0 {
		return 0, io.EOF
	}
	return n, nil
}

// more makes rest what comes next, and reports whether there is anything.
func (m *maker) more() bool {
	switch {
	case m.endless() || m.made < m.times:
		m.rest = m.piece(m.made)
		m.made++
		return true
	case m.done:
		return false
	}
	m.done = true
	m.rest = m.tail
	return m.rest != ""
}

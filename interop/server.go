package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// serverKind is a server that examples/davls and the command read.
type serverKind struct {
	row
	needs  string   // its program
	unable []string // odd names that it cannot have, and
	leave  string   // why
	lint   lintNames
	user   string // sent by Basic authentication, with itself as password
	path   string // of the collection that files are in
	items  bool   // it keeps calendar items only: they are stored by PUT
	hidden func(name string) bool
	stale  time.Duration // how long it goes by what it has seen of the disk
	ask    string        // what it is asked for json and lint; empty: allprop
	// prepare writes its configuration below a directory and returns the directory of the files, and the command.
	prepare func(s *site) error
}

// lintNames are what lint finds in the server's answers about a tree of plain names, and about one of odd names.
type lintNames struct{ tree, odd []string }

// site is a server on this machine.
type site struct {
	remote
	base, files, port string
	command           []string
	env               []string
}

// write writes a configuration file, with what stands for the site's own in braces.
func (s *site) write(name, text string) error {
	file := filepath.Join(s.base, name)
	text = strings.NewReplacer("{base}", s.base, "{files}", s.files, "{port}", s.port).Replace(text)
	return errors.Join(os.MkdirAll(filepath.Dir(file), 0o755), os.WriteFile(file, []byte(text), 0o644))
}

// visit is one server while it is read.
type visit struct {
	*serverKind
	site
	bin string
}

// Checks of servers, in the order of the columns.
var serverChecks = []struct {
	name string
	run  func(*visit, context.Context) error
}{
	{"tree", (*visit).checkTree},
	{"odd names", (*visit).checkNames},
	{"empty", (*visit).checkEmpty},
	{"5000 entries", (*visit).checkMany},
	{"40 levels", (*visit).checkDeep},
	{"allprop", (*visit).checkAllprop},
	{"json", (*visit).checkJSON},
	{"lint", (*visit).checkLint},
	{"dead property", (*visit).checkProperty},
	{"lock", (*visit).checkLock},
}

func serverMatrix() *matrix {
	m := &matrix{corner: "server"}
	for _, c := range serverChecks {
		m.checks = append(m.checks, c.name)
	}
	for _, k := range serverKinds {
		m.rows = append(m.rows, k.row)
	}
	return m
}

// fill puts files into a fresh directory, so that the server's own are not among them.
func (v *visit) fill(ctx context.Context, name string, fill func(dir string) error) (dir string, err error) {
	dir = filepath.Join(v.files, name)
	if !v.items {
		if err = os.Mkdir(dir, 0o755); err == nil {
			err = errors.Join(fill(dir), settle(dir))
		}
		time.Sleep(v.stale)
		return dir, err
	}
	_, err = v.want(ctx, "MKCALENDAR", v.path+name+"/", "", "", http.StatusCreated)
	return dir, err
}

// settle makes what is in a directory old, for some servers take what is new for what may still change, and gives it to the user
// whom servers are run as.
func settle(dir string) error {
	err := filepath.WalkDir(dir, func(path string, _ os.DirEntry, err error) error {
		return errors.Join(err, os.Chtimes(path, oldTime, oldTime))
	})
	return errors.Join(err, own(dir))
}

var oldTime = time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)

// own gives what is in a directory to the user whom servers are run as, if this is root.
func own(dir string) error {
	if os.Getuid() != 0 {
		return nil
	}
	return filepath.WalkDir(dir, func(path string, _ os.DirEntry, err error) error {
		return errors.Join(err, os.Lchown(path, serverUser, serverUser))
	})
}

// serverUser is www-data of Debian, which servers that root starts become.
const serverUser = 33

// tree fills a collection and compares what davls lists of it with the disk.
func (v *visit) tree(ctx context.Context, name string, fill func(dir string) error) error {
	dir, err := v.fill(ctx, name, fill)
	if err != nil {
		return err
	}
	return v.compare(ctx, name, dir)
}

func (v *visit) compare(ctx context.Context, name, dir string) error {
	want, err := onDisk(dir, v.hidden)
	if err != nil {
		return err
	}
	valid := listing{}
	for name, size := range want {
		valid[strings.ToValidUTF8(name, "\ufffd")] = size // JSON has no other
	}
	got, err := v.davls(ctx, v.path+name+"/")
	return errors.Join(err, valid.diff(got))
}

// items stores calendar items by PUT, and returns the tree that there has to be: sizes are those that GET gives.
func (v *visit) store(ctx context.Context, name string, items []string) error {
	if _, err := v.fill(ctx, name, nil); err != nil {
		return err
	}
	want := listing{}
	for i, item := range items {
		at := v.path + name + "/" + item
		if _, err := v.want(ctx, "PUT", at, "Content-Type: text/calendar; charset=utf-8", event(i, item), http.StatusCreated, http.StatusNoContent); err != nil {
			return fmt.Errorf("%q: %w", item, err)
		}
		a, err := v.want(ctx, "GET", at, "", "", http.StatusOK)
		if err != nil {
			return fmt.Errorf("%q: %w", item, err)
		}
		want[item] = int64(len(a.body))
	}
	got, err := v.davls(ctx, v.path+name+"/")
	return errors.Join(err, want.diff(got))
}

// event is a calendar item (RFC 5545).
func event(i int, title string) string {
	title = strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`).Replace(title)
	return strings.Join([]string{
		"BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//interop//EN", "BEGIN:VEVENT", "UID:" + strconv.Itoa(i) + "@example.com",
		"DTSTAMP:20260101T000000Z", "DTSTART:20260101T000000Z", "SUMMARY:" + title, "END:VEVENT", "END:VCALENDAR", "",
	}, "\r\n")
}

func (v *visit) checkTree(ctx context.Context) error {
	if v.items {
		return v.store(ctx, "tree", []string{"a.ics", "b.ics"})
	}
	return v.tree(ctx, "tree", func(dir string) error { return makeTree(dir, []string{"a.txt", "b"}) })
}

func (v *visit) checkNames(ctx context.Context) error {
	names := without(oddNames, v.unable)
	if !v.items {
		return v.tree(ctx, "names", func(dir string) error { return makeTree(dir, names) })
	}
	for i, name := range names {
		names[i] = name + ".ics"
	}
	return v.store(ctx, "names", names)
}

func (v *visit) checkEmpty(ctx context.Context) error {
	if v.items {
		return v.store(ctx, "nothing", nil)
	}
	return v.tree(ctx, "nothing", func(string) error { return nil })
}

func (v *visit) checkMany(ctx context.Context) error { return v.tree(ctx, "many", makeMany) }

func (v *visit) checkDeep(ctx context.Context) error { return v.tree(ctx, "deep", makeDeep) }

const (
	allprop   = `<?xml version="1.0"?><D:propfind xmlns:D="DAV:"><D:allprop/></D:propfind>`
	someProps = `<?xml version="1.0"?><D:propfind xmlns:D="DAV:"><D:prop><D:resourcetype/><D:getcontentlength/><D:getlastmodified/>` +
		`<D:creationdate/><D:getetag/></D:prop></D:propfind>`
)

// raw is the server's answer about one of the trees, in a file.
func (v *visit) raw(ctx context.Context, tree string) (string, error) {
	a, err := v.want(ctx, "PROPFIND", v.path+tree+"/", "Depth: 1", cmp.Or(v.ask, allprop), http.StatusMultiStatus)
	file := filepath.Join(v.base, "raw.xml")
	return file, errors.Join(err, os.WriteFile(file, []byte(a.body), 0o644))
}

func tryServer(ctx context.Context, k *serverKind, bin, tmp string, tell func(check string, err error)) {
	v := &visit{serverKind: k, bin: bin}
	stop, err := v.start(ctx, tmp)
	if err == nil {
		defer stop()
	}
	for _, check := range serverChecks {
		switch {
		case !k.row.claimed(check.name):
		case err != nil:
			tell(check.name, err)
		default:
			tell(check.name, check.run(v, ctx))
		}
	}
}

// start starts the server on any port, and waits until it answers a PROPFIND.
func (v *visit) start(ctx context.Context, tmp string) (stop func(), err error) {
	v.base, v.files = tmp, filepath.Join(tmp, "files")
	if v.port, err = freePort(); err != nil {
		return nil, err
	}
	v.remote = remote{url: "http://127.0.0.1:" + v.port, user: v.user, password: v.user}
	if err = errors.Join(installed(v.needs), os.MkdirAll(v.files, 0o755)); err != nil {
		return nil, err
	}
	if err = errors.Join(v.prepare(&v.site), own(v.base)); err != nil {
		return nil, err
	}
	cmd := command(ctx, v.site.command[0], v.site.command[1:]...)
	cmd.Env, cmd.Dir = append(cmd.Env, v.env...), v.base
	p, err := start(cmd, filepath.Join(v.base, "output.log"))
	if err != nil {
		return nil, err
	}
	err = p.until(ctx, func() bool {
		a, err := v.remote.ask(ctx, "PROPFIND", v.path, "Depth: 0", someProps)
		return err == nil && a.code == http.StatusMultiStatus
	})
	if err != nil {
		p.stop()
	}
	return p.stop, err
}

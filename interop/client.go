package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// A client is a program or a library that talks to davserve. Paths begin with a slash and have none at the end, but for "/".
// An operation that is nil is not claimed.
type client struct {
	list       func(ctx context.Context, dir string) (listing, error) // of one collection, names without path
	listAll    func(ctx context.Context, dir string) (listing, error) // of a tree; nil: made of list
	stat       func(ctx context.Context, path string) (int64, error)  // -1 for a collection
	upload     func(ctx context.Context, local, path string) error
	download   func(ctx context.Context, path, local string) error
	mkdir      func(ctx context.Context, path string) error
	copy       func(ctx context.Context, from, to string) error
	move       func(ctx context.Context, from, to string) error
	remove     func(ctx context.Context, path string) error
	setText    func(ctx context.Context, path, text string) error     // a dead property "note" without namespace
	getText    func(ctx context.Context, path string) (string, error) // the same
	lock       func(ctx context.Context, path string) (unlock func() error, err error)
	sync       func(ctx context.Context, from, to string) error // a path with the prefix "dav:" is the server's
	flush      func() error                                     // waits until what was written has been sent; nil: at once
	stale      time.Duration                                    // how long it goes by what it has seen
	close      func()
	leaves     []string                                     // odd names that it cannot carry
	syncLeaves []string                                     // those that sync cannot, besides
	properties func(ctx context.Context, path string) error // sets and reads oddProperty
}

// place is where a client is tried: a server with its directory, and a directory for what the client downloads.
type place struct {
	remote
	dir, tmp string
}

// clientKind is a client that can be made for a place, or the reason why not.
type clientKind struct {
	row
	leave string // why it leaves names out
	needs string // a program, or empty
	open  func(ctx context.Context, p place) (*client, error)
}

// trial is one client while it is put to the checks.
type trial struct {
	*client
	place
}

// Checks of clients, in the order of the columns.
var clientChecks = []struct {
	name string
	run  func(*trial, context.Context) error
}{
	{"list", (*trial).checkList},
	{"odd names", (*trial).checkNames},
	{"5000 entries", (*trial).checkMany},
	{"40 levels", (*trial).checkDeep},
	{"stat", (*trial).checkStat},
	{"upload", (*trial).checkUpload},
	{"download", (*trial).checkDownload},
	{"mkdir", (*trial).checkMkdir},
	{"copy", (*trial).checkCopy},
	{"move", (*trial).checkMove},
	{"delete", (*trial).checkRemove},
	{"properties", (*trial).checkProperties},
	{"locks", (*trial).checkLock},
	{"sync", (*trial).checkSync},
}

func clientMatrix() *matrix {
	m := &matrix{corner: "client"}
	for _, c := range clientChecks {
		m.checks = append(m.checks, c.name)
	}
	for _, k := range clientKinds {
		m.rows = append(m.rows, k.row)
	}
	return m
}

// names are the odd names that the client carries.
func (t *trial) names() []string { return without(oddNames, t.leaves) }

// fresh makes a collection for one check, and returns its path on the server and on the disk.
func (t *trial) fresh(name string) (dav, disk string, err error) {
	disk = filepath.Join(t.dir, name)
	return "/" + name, disk, os.Mkdir(disk, 0o755)
}

// wait waits until the client sees what others have changed.
func (t *trial) wait() {
	time.Sleep(t.stale)
}

// compare compares what the client lists with the disk.
func (t *trial) compare(ctx context.Context, dav, disk string) error {
	t.wait()
	want, err := onDisk(disk, nil)
	if err != nil {
		return err
	}
	got, err := t.tree(ctx, dav)
	return errors.Join(err, want.diff(got))
}

// tree lists a whole tree.
func (t *trial) tree(ctx context.Context, dir string) (listing, error) {
	if t.listAll != nil {
		return t.listAll(ctx, dir)
	}
	all, ways := listing{}, []string{""}
	for len(ways) > 0 {
		way := ways[0]
		ways = ways[1:]
		here, err := t.list(ctx, path.Join(dir, way))
		if err != nil {
			return all, fmt.Errorf("%q: %w", way, err)
		}
		for name, size := range here {
			all[way+name] = size
			if size < 0 {
				ways = append(ways, way+name)
			}
		}
	}
	return all, nil
}

func (t *trial) checkList(ctx context.Context) error {
	dav, disk, err := t.fresh("list")
	if err == nil {
		err = errors.Join(makeTree(disk, []string{"a.txt", "b"}), os.Mkdir(filepath.Join(disk, "empty"), 0o755))
	}
	return errors.Join(err, t.compare(ctx, dav, disk), t.compare(ctx, dav+"/empty", filepath.Join(disk, "empty")))
}

func (t *trial) checkNames(ctx context.Context) error {
	dav, disk, err := t.fresh("names")
	return errors.Join(err, makeTree(disk, t.names()), t.compare(ctx, dav, disk))
}

func (t *trial) checkMany(ctx context.Context) error {
	dav, disk, err := t.fresh("many")
	return errors.Join(err, makeMany(disk), t.compare(ctx, dav, disk))
}

func (t *trial) checkDeep(ctx context.Context) error {
	dav, disk, err := t.fresh("deep")
	return errors.Join(err, makeDeep(disk), t.compare(ctx, dav, disk))
}

// each runs do for each name, with a file of it in a fresh collection, and then compares the tree there with what is wanted.
func (t *trial) each(ctx context.Context, in string, prepare func(disk, name string) error, do func(dav, name string) error, want func(name string) []string) error {
	dav, disk, err := t.fresh(in)
	if err != nil {
		return err
	}
	wanted := listing{}
	var errs []error
	for _, name := range t.names() {
		if err := prepare(disk, name); err != nil {
			return err
		}
	}
	t.wait()
	for _, name := range t.names() {
		if err := do(dav, name); err != nil {
			errs = append(errs, fmt.Errorf("%q: %w", name, err))
		}
		for _, w := range want(name) {
			wanted[w] = int64(len(content(name)))
			if strings.HasSuffix(w, "/") {
				wanted[w] = -1
			}
		}
	}
	if t.flush != nil {
		errs = append(errs, t.flush())
	}
	got, err := onDisk(disk, nil)
	return errors.Join(append(errs, err, wanted.diff(got))...)
}

func nothing(string, string) error { return nil }

func withFile(disk, name string) error { return makeFile(filepath.Join(disk, name)) }

func (t *trial) checkStat(ctx context.Context) error {
	_, disk, err := t.fresh("other")
	if err != nil {
		return err
	}
	return errors.Join(t.each(ctx, "stat", withFile, func(dav, name string) error {
		return t.hasSize(ctx, dav+"/"+name, int64(len(content(name))))
	}, func(name string) []string { return []string{name} }), t.hasSize(ctx, "/"+filepath.Base(disk), -1))
}

func (t *trial) hasSize(ctx context.Context, path string, want int64) error {
	got, err := t.stat(ctx, path)
	if err == nil && got != want {
		err = fmt.Errorf("size %d, want %d", got, want)
	}
	return err
}

func (t *trial) checkUpload(ctx context.Context) error {
	err := t.each(ctx, "upload", nothing, func(dav, name string) error {
		local := filepath.Join(t.tmp, "local")
		return errors.Join(os.WriteFile(local, []byte(content(name)), 0o644), t.upload(ctx, local, dav+"/"+name))
	}, func(name string) []string { return []string{name} })
	for _, name := range t.names() {
		err = errors.Join(err, hasContent(filepath.Join(t.dir, "upload", name), name))
	}
	return err
}

// hasContent returns nil if a file has the content that is made for a name.
func hasContent(file, name string) error {
	got, err := os.ReadFile(file)
	if err == nil && string(got) != content(name) {
		err = fmt.Errorf("content of %q is %q", name, clip(string(got)))
	}
	return err
}

func (t *trial) checkDownload(ctx context.Context) error {
	return t.each(ctx, "download", withFile, func(dav, name string) error {
		local := filepath.Join(t.tmp, "local")
		os.Remove(local)
		err := t.download(ctx, dav+"/"+name, local)
		return errors.Join(err, hasContent(local, name))
	}, func(name string) []string { return []string{name} })
}

func (t *trial) checkMkdir(ctx context.Context) error {
	return t.each(ctx, "mkdir", nothing, func(dav, name string) error { return t.mkdir(ctx, dav+"/"+name) },
		func(name string) []string { return []string{name + "/"} })
}

func (t *trial) checkCopy(ctx context.Context) error {
	return t.each(ctx, "copy", withFile, func(dav, name string) error { return t.copy(ctx, dav+"/"+name, dav+"/"+name+"~") },
		func(name string) []string { return []string{name, name + "~"} })
}

func (t *trial) checkMove(ctx context.Context) error {
	return t.each(ctx, "move", withFile, func(dav, name string) error { return t.move(ctx, dav+"/"+name, dav+"/"+name+"~") },
		func(name string) []string { return []string{name + "~"} })
}

func (t *trial) checkRemove(ctx context.Context) error {
	return t.each(ctx, "delete", withFile, func(dav, name string) error { return t.remove(ctx, dav+"/"+name) },
		func(string) []string { return nil })
}

// checkProperties sets a dead property and reads it; clients that have but texts, a text.
func (t *trial) checkProperties(ctx context.Context) error {
	dav, disk, err := t.fresh("properties")
	if err == nil {
		err = withFile(disk, "file")
	}
	if err != nil {
		return err
	}
	if t.properties != nil {
		return errors.Join(t.properties(ctx, dav+"/file"), t.hasProperty(ctx, dav+"/file"))
	}
	const text = `Größe <&> "漢字"`
	if err := t.setText(ctx, dav+"/file", text); err != nil {
		return err
	}
	got, err := t.getText(ctx, dav+"/file")
	if err == nil && got != text {
		err = fmt.Errorf("%q came back as %q", text, got)
	}
	return err
}

// checkLock locks a file: it tells so, nobody else can write it, and anybody can when it has been unlocked.
func (t *trial) checkLock(ctx context.Context) error {
	dav, disk, err := t.fresh("lock")
	if err == nil {
		err = withFile(disk, "file")
	}
	if err != nil {
		return err
	}
	unlock, err := t.lock(ctx, dav+"/file")
	if err != nil {
		return err
	}
	locks, err := t.locks(ctx, dav+"/file")
	if err == nil && len(locks) != 1 {
		err = fmt.Errorf("there are %d locks", len(locks))
	}
	_, stranger := t.want(ctx, "PUT", dav+"/file", "", "x", http.StatusLocked)
	err = errors.Join(err, stranger, unlock())
	_, after := t.want(ctx, "PUT", dav+"/file", "", "x", http.StatusNoContent)
	return errors.Join(err, after)
}

// checkSync sends a tree, changes it on the server, and fetches it.
func (t *trial) checkSync(ctx context.Context) error {
	dav, disk, err := t.fresh("sync")
	here, back := filepath.Join(t.tmp, "sync"), filepath.Join(t.tmp, "back")
	if err == nil {
		err = errors.Join(os.Mkdir(here, 0o755), os.Mkdir(back, 0o755), makeTree(here, without(t.names(), t.syncLeaves)))
	}
	if err == nil {
		err = t.sync(ctx, here, "dav:"+dav)
	}
	if err == nil {
		err = sameTrees(here, disk)
	}
	if err == nil {
		err = errors.Join(os.RemoveAll(filepath.Join(disk, t.names()[0])), makeFile(filepath.Join(disk, "new")), t.sync(ctx, "dav:"+dav, back))
	}
	if err == nil {
		err = sameTrees(disk, back)
	}
	return err
}

func sameTrees(a, b string) error {
	want, err := onDisk(a, nil)
	got, err2 := onDisk(b, nil)
	return errors.Join(err, err2, want.diff(got))
}

// tryClient puts one client to the checks that it claims, and tells each result.
func tryClient(ctx context.Context, k *clientKind, davserve, tmp string, tell func(check string, err error)) {
	p, server, err := newPlace(ctx, davserve, tmp)
	if err == nil {
		defer server.stop()
		if k.needs != "" {
			err = installed(k.needs)
		}
	}
	var c *client
	if err == nil {
		c, err = k.open(ctx, p)
	}
	if c != nil && c.close != nil {
		defer c.close()
	}
	for _, check := range clientChecks {
		switch {
		case !slices.Contains(k.claims, check.name):
		case err != nil:
			tell(check.name, err)
		default:
			tell(check.name, check.run(&trial{c, p}, ctx))
		}
	}
}

// newPlace starts davserve on an empty directory and any port.
func newPlace(ctx context.Context, davserve, tmp string) (place, *process, error) {
	p := place{dir: filepath.Join(tmp, "served"), tmp: filepath.Join(tmp, "local")}
	if err := errors.Join(os.MkdirAll(p.dir, 0o755), os.MkdirAll(p.tmp, 0o755)); err != nil {
		return p, nil, err
	}
	server, err := start(command(ctx, davserve, "-addr", "127.0.0.1:0", p.dir), filepath.Join(tmp, "davserve.log"))
	if err != nil {
		return p, nil, err
	}
	err = server.until(ctx, func() bool {
		line, _, complete := strings.Cut(server.logged(), "\n")
		_, url, ok := strings.Cut(line, " on ")
		p.url = strings.TrimSuffix(url, "/")
		return ok && complete
	})
	if err != nil {
		server.stop()
	}
	return p, server, err
}

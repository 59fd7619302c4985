package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os/exec"
	"regexp"
	"slices"
	"strings"

	"github.com/go-multistatus/multistatus"
	"github.com/go-multistatus/multistatus/davprop"
)

// davls runs examples/davls on a collection.
func (v *visit) davls(ctx context.Context, path string) (listing, error) {
	cmd := command(ctx, v.bin+"/davls", "-r", "-json", v.at(path))
	cmd.Env = append(cmd.Env, "DAVLS_USER="+v.user, "DAVLS_PASSWORD="+v.password)
	var out, errs strings.Builder
	cmd.Stdout, cmd.Stderr = &out, &errs
	err := cmd.Run()
	if err != nil {
		err = fmt.Errorf("davls: %w\n%s", err, strings.TrimSpace(errs.String()))
	}
	all := listing{}
	for line := range strings.Lines(out.String()) {
		e := struct {
			Path       string
			Collection bool
			Size       int64
		}{Size: -2}
		if err := json.Unmarshal([]byte(line), &e); err != nil {
			return all, fmt.Errorf("%w: %s", err, clip(line))
		}
		all.add(strings.TrimSuffix(e.Path, "/"), e.Collection, e.Size)
	}
	return all, err
}

// checkJSON reads an answer with the command, which has to find in it what davls lists.
func (v *visit) checkJSON(ctx context.Context) error {
	file, err := v.raw(ctx, "tree")
	if err != nil {
		return err
	}
	out, err := v.multistatus(ctx, "json", file)
	if err != nil {
		return err
	}
	var m struct {
		Responses []struct{ Href multistatus.Href }
		Failure   string
	}
	if err := json.Unmarshal([]byte(out), &m); err != nil || m.Failure != "" {
		return fmt.Errorf("%v %s", err, m.Failure)
	}
	dir, err := v.davls(ctx, v.path+"tree/")
	if err != nil {
		return err
	}
	want := 1 // the collection itself
	for name := range dir {
		if !strings.Contains(strings.TrimSuffix(name, "/"), "/") {
			want++
		}
	}
	if len(m.Responses) != want {
		return fmt.Errorf("%d responses, want %d", len(m.Responses), want)
	}
	return nil
}

// multistatus runs the command, for which 1 says that it has found something.
func (v *visit) multistatus(ctx context.Context, args ...string) (string, error) {
	out, err := program(ctx, "", v.bin+"/multistatus", args...)
	var exit *exec.ExitError
	if errors.As(err, &exit) && exit.ExitCode() == 1 {
		err = nil
	}
	return out, err
}

var lintName = regexp.MustCompile(`(?m)^[^\n]*?:\d+:\d+: [a-z]+: ([a-z0-9-]+):`)

// checkLint fails if what lint finds in the answers is not what is known of the server, be it more or less.
func (v *visit) checkLint(ctx context.Context) error {
	return errors.Join(v.lintIs(ctx, "tree", v.lint.tree), v.lintIs(ctx, "names", v.lint.odd))
}

func (v *visit) lintIs(ctx context.Context, tree string, want []string) error {
	file, err := v.raw(ctx, tree)
	if err != nil {
		return err
	}
	out, err := v.multistatus(ctx, "lint", file)
	if err != nil {
		return err
	}
	var got []string
	for _, m := range lintName.FindAllStringSubmatch(out, -1) {
		got = append(got, m[1])
	}
	slices.Sort(got)
	if got = slices.Compact(got); !slices.Equal(got, want) {
		return fmt.Errorf("lint finds %q in %s, want %q", got, tree, want)
	}
	return nil
}

// checkAllprop asks for all properties, and reads them.
func (v *visit) checkAllprop(ctx context.Context) error {
	a, err := v.want(ctx, "PROPFIND", v.path+"tree/", "Depth: 1", allprop, http.StatusMultiStatus)
	if err != nil {
		return err
	}
	m, err := multistatus.Parse([]byte(a.body), &multistatus.DecodeOptions{ContentType: a.header.Get("Content-Type")})
	if err == nil && len(m.Responses) < 3 {
		err = fmt.Errorf("%d responses", len(m.Responses))
	}
	return err
}

// target returns the path of a resource for properties and locks.
func (v *visit) target() string { return v.path + "tree/a.txt" }

func (v *visit) checkProperty(ctx context.Context) error {
	a, err := v.want(ctx, "PROPPATCH", v.target(), "", update, http.StatusMultiStatus, http.StatusOK, http.StatusNoContent)
	if err != nil {
		return err
	}
	if a.code != http.StatusMultiStatus { // lighttpd: all is well
		return v.hasProperty(ctx, v.target())
	}
	m, err := multistatus.Parse([]byte(a.body), nil)
	if err == nil {
		err = m.Err()
	}
	return errors.Join(err, v.hasProperty(ctx, v.target()))
}

// checkLock locks a file and reads the lock with davprop, from the answer and from lockdiscovery.
func (v *visit) checkLock(ctx context.Context) error {
	a, err := v.want(ctx, "LOCK", v.target(), "Depth: 0\nTimeout: Second-600", exclusive, http.StatusOK, http.StatusCreated)
	if err != nil {
		return err
	}
	token := strings.Trim(a.header.Get("Lock-Token"), "<>")
	locks, err := v.locks(ctx, v.target())
	if err == nil {
		err = isLock(locks, token)
	}
	_, stranger := v.want(ctx, "PUT", v.target(), "", "x", http.StatusLocked)
	_, unlock := v.want(ctx, "UNLOCK", v.target(), "Lock-Token: <"+token+">", "", http.StatusNoContent)
	return errors.Join(err, stranger, unlock)
}

// isLock returns nil if there is one lock, as it was asked for.
func isLock(locks []davprop.Lock, token string) error {
	if len(locks) != 1 {
		return fmt.Errorf("there are %d locks", len(locks))
	}
	l := &locks[0]
	owner := ""
	for n, v := range l.Owner.Elements() {
		if n == multistatus.DAV("href") {
			owner, _ = v.Text()
		}
	}
	switch {
	case l.Scope != davprop.LockExclusive || l.Type != davprop.LockWrite || l.Depth != "0":
		return fmt.Errorf("the lock is %v", l)
	case string(l.Token) != token || token == "":
		return fmt.Errorf("the token is %q, and was %q", l.Token, token)
	case owner != lockOwner:
		return fmt.Errorf("the owner is %q", l.Owner.Raw())
	case l.Timeout <= 0:
		return fmt.Errorf("the timeout is %v", l.Timeout)
	}
	return nil
}

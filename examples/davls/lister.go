package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/go-multistatus/multistatus"
	"github.com/go-multistatus/multistatus/internal/term"
)

// lister lists one collection, or the tree below it.
type lister struct {
	client   *client
	out      printer
	limits   limits
	problems problems
	progress *progress

	base    *url.URL // the collection; it ends in a slash
	entries int
	decoder multistatus.Decoder // reused, for what it has learned of the server's answers
}

func newLister(c *client, out printer, l limits) *lister {
	return &lister{client: c, out: out, limits: l}
}

// Values of Depth (RFC 4918, section 10.2).
const (
	members    = "1"
	everything = "infinity"
)

// list lists what is in u.
func (l *lister) list(ctx context.Context, u *url.URL, recursive bool) error {
	if !recursive {
		_, err := l.members(ctx, u)
		return err
	}
	todo, err := l.everything(ctx, u)
	if refused(err) && l.entries == 0 {
		l.base = nil // the server may redirect again
		todo, err = l.members(ctx, u)
	}
	if err != nil {
		return err
	}
	return l.steps(ctx, todo)
}

// refused reports whether the server would not list a tree at once. It should say propfind-finite-depth, but may say anything,
// and say it in a 207.
func refused(err error) bool {
	code, _, ok := failure(err)
	return ok && code != http.StatusUnauthorized && code != http.StatusNotFound && (code == 0 || code >= 400)
}

// failure returns the status by which the collection itself failed, and what is to be told of it: that of an answer or, as some
// servers do, that in a 207. ok is false for all other errors. A status that nobody can read is 0.
func failure(err error) (code int, what string, ok bool) {
	var answer *statusError
	var inside *multistatus.StatusError
	switch {
	case errors.As(err, &answer):
		return answer.code, answer.Error(), true
	case errors.As(err, &inside):
		return inside.Status.Code, inside.Status.String(), true
	}
	return 0, "", false
}

// everything lists all below u by one request. It returns the collections on the deepest level that it was told of, for the
// server may have stopped at any: one that takes infinity for 1 stops at the first.
func (l *lister) everything(ctx context.Context, u *url.URL) (deepest []*url.URL, err error) {
	level := 1
	err = l.ask(ctx, u, everything, func(at *url.URL, e entry) error {
		if len(e.path) > level {
			level, deepest = len(e.path), nil
		}
		if len(e.path) == level && e.dir {
			deepest = append(deepest, at)
		}
		return l.show(e)
	})
	return deepest, err
}

// members lists what is directly in u, and returns the collections among it.
func (l *lister) members(ctx context.Context, u *url.URL) (dirs []*url.URL, err error) {
	err = l.ask(ctx, u, members, func(at *url.URL, e entry) error {
		if path, _ := under(at, u); len(path) > 1 {
			l.problems.add("deeper than was asked for", e.href)
			return nil
		}
		if e.dir {
			dirs = append(dirs, at)
		}
		return l.show(e)
	})
	return dirs, err
}

// steps lists collection by collection, each before the next beside it, and none twice.
func (l *lister) steps(ctx context.Context, todo []*url.URL) error {
	slices.Reverse(todo)
	seen := map[string]bool{}
	for len(todo) > 0 {
		u := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		path, _ := under(u, l.base)
		if key := strings.Join(path, "\x00"); seen[key] {
			l.problems.add("a collection a second time", multistatus.Href(u.EscapedPath()))
			continue
		} else {
			seen[key] = true
		}
		dirs, err := l.members(ctx, u)
		if what, ok := ofOne(err); ok {
			l.problems.lost(what, multistatus.Href(u.EscapedPath()))
			continue
		} else if err != nil {
			return err
		}
		slices.Reverse(dirs)
		todo = append(todo, dirs...)
	}
	return nil
}

// ofOne returns what is to be told of an error about the one collection that was asked for, which says nothing of those beside it.
func ofOne(err error) (what string, ok bool) {
	if _, what, ok := failure(err); ok {
		return what, true
	}
	var elsewhere *redirectError
	if errors.As(err, &elsewhere) {
		return elsewhere.Error(), true
	}
	return "", false
}

// show prints an entry.
func (l *lister) show(e entry) error {
	if l.entries++; l.entries > l.limits.entries {
		return fmt.Errorf("more than %d entries", l.limits.entries)
	}
	l.progress.tell(l.entries)
	return l.out.print(e)
}

// ask sends one request, and calls found with each member that the answer has. Only an answer that is complete is no error.
func (l *lister) ask(ctx context.Context, u *url.URL, depth string, found func(*url.URL, entry) error) error {
	a, err := l.client.propfind(ctx, u, depth)
	if err != nil {
		return err
	}
	defer a.Close()
	if err := l.follow(u, a.url); err != nil {
		return err
	}
	l.decoder.Reset(a, &multistatus.DecodeOptions{
		ContentType: a.contentType, MaxBytes: l.limits.bytes,
		Select: wanted,
	})
	one := response{l: l, asked: a.url, found: found}
	for r, err := range l.decoder.All() {
		if err == nil {
			err = one.take(r)
		}
		if err != nil {
			return fmt.Errorf("%s: %w%s", a.url, err, beginning(err))
		}
	}
	if one.self+one.others == 0 {
		l.problems.lost("the answer is empty", multistatus.Href(a.url.EscapedPath()))
	}
	return nil
}

// beginning shows how a body begins that is no 207 at all, but perhaps the page of a login or of a proxy.
func beginning(err error) string {
	var root *multistatus.RootError
	if !errors.As(err, &root) {
		return ""
	}
	return "; it begins: " + term.Clip(strings.Join(strings.Fields(root.Head), " "), 80)
}

// follow takes note of where the first answer came from, to which the server may have redirected. Later ones come from the
// collection that was asked for, and not from above or beside it, where members would be listed again.
func (l *lister) follow(asked, u *url.URL) error {
	if l.base == nil {
		base := *u
		if !strings.HasSuffix(base.Path, "/") {
			base.Path += "/"
			if base.RawPath != "" {
				base.RawPath += "/"
			}
		}
		l.base, asked = &base, &base
	}
	if path, ok := under(u, asked); !ok || len(path) > 0 || !sameOrigin(u, asked) {
		return &redirectError{asked, "elsewhere, to " + u.Redacted()}
	}
	return nil
}

// response takes the responses of one answer.
type response struct {
	l      *lister
	asked  *url.URL
	found  func(*url.URL, entry) error
	self   int // how many are about the collection itself
	others int
}

// take does with one response what it is worth.
func (o *response) take(r *multistatus.Response) error {
	for h := range r.Hrefs() {
		if err := o.takeOne(h, r); err != nil {
			return err
		}
	}
	return nil
}

func (o *response) takeOne(h multistatus.Href, r *multistatus.Response) error {
	u, err := h.Resolve(o.asked)
	switch {
	case h.Same(multistatus.Href(o.asked.EscapedPath()), o.asked):
		return o.itself(r)
	case err != nil:
		o.l.problems.add(err.Error(), h)
		return nil
	}
	if path, ok := under(u, o.asked); ok && len(path) == 0 && sameOrigin(u, o.asked) {
		return o.itself(r) // with other slashes
	}
	return o.member(h, u, r)
}

// itself looks at what is said of the collection that was asked for. If it is none, it is all there is to list.
func (o *response) itself(r *multistatus.Response) error {
	o.self++
	switch path, _ := under(o.asked, o.l.base); {
	case r.Truncated():
		o.l.problems.lost("the server left members out", r.Href)
	case r.Err() != nil:
		return r.Err()
	case len(path) == 0 && !isCollection(r) && o.self == 1:
		all, err := segments(o.asked)
		if err != nil || len(all) == 0 {
			return err
		}
		return o.found(o.asked, newEntry(all[len(all)-1:], r))
	}
	return nil
}

// member looks at what is said of one member: where it is, and how it is.
func (o *response) member(h multistatus.Href, u *url.URL, r *multistatus.Response) error {
	o.others++
	path, ok := under(u, o.l.base)
	switch _, here := under(u, o.asked); {
	case !sameOrigin(u, o.asked):
		o.l.problems.add("on another server", h)
	case !ok || !here:
		o.l.problems.add("outside of the collection", h)
	case len(path) > o.l.limits.depth:
		o.l.problems.lost(fmt.Sprintf("collections nested more than %d deep", o.l.limits.depth), h)
	case r.Truncated():
		o.l.problems.lost("the server left members out", h)
	case r.Err() != nil:
		var status *multistatus.StatusError
		errors.As(r.Err(), &status)
		o.l.problems.add(status.Status.String(), h)
	default:
		e := newEntry(path, r)
		e.href = h
		return o.found(u, e)
	}
	return nil
}

package main

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/go-multistatus/multistatus"
	"github.com/go-multistatus/multistatus/davprop"
)

// curl is curl at one server: each method as it stands in the RFC, and bodies that this package reads.
type curl struct{ place }

func openCurl(_ context.Context, p place) (*client, error) {
	c := curl{p}
	to := func(to string) string { return "Destination: " + p.at(to) }
	return &client{
		list: c.list,
		stat: func(ctx context.Context, path string) (int64, error) {
			_, err := c.run(ctx, path, "-I", "-o", os.DevNull)
			if err != nil {
				return 0, err
			}
			m, err := c.propfind(ctx, path, "0")
			if err != nil {
				return 0, err
			}
			return size(&m.Responses[0]), nil
		},
		upload:   func(ctx context.Context, local, path string) error { return c.do(ctx, path, "-T", local) },
		download: func(ctx context.Context, path, local string) error { return c.do(ctx, path, "-o", local) },
		mkdir:    func(ctx context.Context, path string) error { return c.do(ctx, path, "-X", "MKCOL") },
		copy: func(ctx context.Context, from, dest string) error {
			return c.do(ctx, from, "-X", "COPY", "-H", to(dest), "-H", "Overwrite: F")
		},
		move: func(ctx context.Context, from, dest string) error {
			return c.do(ctx, from, "-X", "MOVE", "-H", to(dest), "-H", "Overwrite: F")
		},
		remove: func(ctx context.Context, path string) error { return c.do(ctx, path, "-X", "DELETE") },
		properties: func(ctx context.Context, path string) error {
			out, err := c.run(ctx, path, "-X", "PROPPATCH", "-d", update)
			if err != nil {
				return err
			}
			m, err := multistatus.Parse([]byte(out), nil)
			if err != nil {
				return err
			}
			return m.Err()
		},
		lock: c.lock,
	}, nil
}

// run makes one request; a status of 400 or more is an error.
func (c curl) run(ctx context.Context, path string, args ...string) (string, error) {
	return program(ctx, "", "curl", append([]string{"-q", "-sS", "--fail-with-body", "--path-as-is", "-m", "20", c.at(path)}, args...)...)
}

func (c curl) do(ctx context.Context, path string, args ...string) error {
	_, err := c.run(ctx, path, args...)
	return err
}

func (c curl) propfind(ctx context.Context, path, depth string) (*multistatus.Multistatus, error) {
	out, err := c.run(ctx, path, "-X", "PROPFIND", "-H", "Depth: "+depth)
	if err != nil {
		return nil, err
	}
	m, err := multistatus.Parse([]byte(out), &multistatus.DecodeOptions{Reject: multistatus.AllQuirks()})
	if err == nil {
		err = m.Err()
	}
	if err == nil && len(m.Responses) == 0 {
		err = errors.New("no response")
	}
	return m, err
}

// list tells members from the collection by their hrefs.
func (c curl) list(ctx context.Context, dir string) (listing, error) {
	m, err := c.propfind(ctx, dir, "1")
	if err != nil {
		return nil, err
	}
	base, err := url.Parse(c.at(dir))
	if err != nil {
		return nil, err
	}
	all := listing{}
	for i := range m.Responses {
		r := &m.Responses[i]
		if r.Href.Same(multistatus.PathHref(dir), base) {
			continue
		}
		p, err := r.Href.Path()
		if err != nil {
			return nil, err
		}
		n := size(r)
		all.add(path.Base(p), n < 0, n)
	}
	return all, nil
}

// size returns the size that a response tells, -1 of a collection.
func size(r *multistatus.Response) int64 {
	if types, err := davprop.ResourceType.Get(r); err == nil && types.Has(davprop.Collection) {
		return -1
	}
	n, err := davprop.GetContentLength.Get(r)
	if err != nil {
		return -2
	}
	return n
}

func (c curl) lock(ctx context.Context, path string) (unlock func() error, err error) {
	head := filepath.Join(c.tmp, "head")
	out, err := c.run(ctx, path, "-X", "LOCK", "-d", exclusive, "-D", head)
	if err != nil {
		return nil, err
	}
	prop, err := multistatus.ParseElement([]byte(out), nil)
	if err != nil {
		return nil, err
	}
	if !prop.Value.Has(multistatus.DAV("lockdiscovery")) {
		return nil, fmt.Errorf("LOCK: %s", clip(out))
	}
	text, err := os.ReadFile(head)
	if err != nil {
		return nil, err
	}
	for line := range strings.Lines(string(text)) {
		if name, token, _ := strings.Cut(strings.TrimSpace(line), ": "); strings.EqualFold(name, "Lock-Token") {
			return func() error { return c.do(ctx, path, "-X", "UNLOCK", "-H", "Lock-Token: "+token) }, nil
		}
	}
	return nil, errors.New("LOCK without token")
}

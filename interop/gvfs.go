package main

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// gvfs is the file system of GNOME, at one server, in a session of its own. It is told by the command gio what to do.
type gvfs struct {
	place
	env  []string
	left int // operations until it is mounted again
}

// gvfsOperations is how often gvfs is asked before it is mounted again. Each MOVE keeps a connection, whatever the server is, and
// the 33rd waits for one for ever.
const gvfsOperations = 20

func openGvfs(ctx context.Context, p place) (*client, error) {
	g := gvfs{place: p}
	stop, err := g.session(ctx)
	if err != nil {
		return nil, err
	}
	do := func(ctx context.Context, args ...string) error {
		_, err := g.gio(ctx, args...)
		return err
	}
	return &client{
		list: g.list,
		stat: g.stat,
		upload: func(ctx context.Context, local, path string) error {
			return do(ctx, "copy", "--no-target-directory", local, g.uri(path))
		},
		download: func(ctx context.Context, path, local string) error {
			return do(ctx, "copy", "--no-target-directory", g.uri(path), local)
		},
		mkdir: func(ctx context.Context, path string) error { return do(ctx, "mkdir", g.uri(path)) },
		copy: func(ctx context.Context, from, to string) error {
			return do(ctx, "copy", "--no-target-directory", g.uri(from), g.uri(to))
		},
		move: func(ctx context.Context, from, to string) error {
			return do(ctx, "move", "--no-target-directory", g.uri(from), g.uri(to))
		},
		remove: func(ctx context.Context, path string) error { return do(ctx, "remove", g.uri(path)) },
		close:  stop,
	}, nil
}

// session starts a bus, on which gvfs starts its services, which end with it.
func (g *gvfs) session(ctx context.Context) (stop func(), err error) {
	home, run := filepath.Join(g.tmp, "home"), filepath.Join(g.tmp, "run")
	if err := errors.Join(os.Mkdir(home, 0o700), os.Mkdir(run, 0o700)); err != nil {
		return nil, err
	}
	g.env = []string{
		"HOME=" + home, "XDG_RUNTIME_DIR=" + run, "XDG_CONFIG_HOME=", "XDG_DATA_HOME=", "XDG_CACHE_HOME=",
		"GIO_USE_VFS=gvfs", "GVFS_DISABLE_FUSE=1", "GVFS_REMOTE_VOLUME_MONITOR_IGNORE=1",
	}
	cmd := command(ctx, "dbus-daemon", "--session", "--nofork", "--nopidfile", "--print-address=1")
	cmd.Env = append(cmd.Env, g.env...)
	bus, err := start(cmd, filepath.Join(g.tmp, "bus.log"))
	if err != nil {
		return nil, err
	}
	err = bus.until(ctx, func() bool {
		for line := range strings.Lines(bus.logged()) {
			if strings.HasPrefix(line, "unix:") && strings.HasSuffix(line, "\n") {
				g.env = append(g.env, "DBUS_SESSION_BUS_ADDRESS="+strings.TrimSpace(line))
				return true
			}
		}
		return false
	})
	if err != nil {
		bus.stop()
	}
	return bus.stop, err
}

func (g *gvfs) uri(path string) string { return "dav" + strings.TrimPrefix(g.at(path), "http") }

// gio gives one command to the mounted server.
func (g *gvfs) gio(ctx context.Context, args ...string) (string, error) {
	if err := g.mount(ctx); err != nil {
		return "", err
	}
	return g.run(ctx, args...)
}

// mount mounts the server if it is time to.
func (g *gvfs) mount(ctx context.Context) (err error) {
	switch g.left {
	case 0:
		_, err = g.run(ctx, "mount", g.uri("/"))
		g.left = gvfsOperations
	case 1:
		_, err = g.run(ctx, "mount", "--unmount", g.uri("/"))
		g.left = 0
		if err == nil {
			err = g.mount(ctx)
		}
	default:
		g.left--
	}
	return err
}

func (g *gvfs) run(ctx context.Context, args ...string) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, programTime)
	defer cancel()
	cmd := command(ctx, "gio", args...)
	cmd.Env = append(cmd.Env, g.env...)
	return output(cmd, "")
}

// list reads lines of URI, size and type, with tabs between.
func (g *gvfs) list(ctx context.Context, dir string) (listing, error) {
	out, err := g.gio(ctx, "list", "--hidden", "--print-uris", "--attributes=standard::size", g.uri(dir))
	all := listing{}
	for line := range strings.Lines(out) {
		fields := strings.Split(strings.TrimSpace(line), "\t")
		if len(fields) != 3 {
			return all, fmt.Errorf("gio list: %q", line)
		}
		name, err := url.PathUnescape(fields[0][strings.LastIndexByte(fields[0], '/')+1:])
		if err != nil {
			return all, err
		}
		size, err := strconv.ParseInt(fields[1], 10, 64)
		if err != nil {
			return all, err
		}
		all.add(name, fields[2] == "(directory)", size)
	}
	return all, err
}

func (g *gvfs) stat(ctx context.Context, path string) (int64, error) {
	out, err := g.gio(ctx, "info", "--attributes=standard::type,standard::size", g.uri(path))
	if err != nil || strings.HasPrefix(out, "type: directory\n") {
		return -1, err
	}
	_, rest, _ := strings.Cut(out, "standard::size: ")
	number, _, _ := strings.Cut(rest, "\n")
	return strconv.ParseInt(number, 10, 64)
}

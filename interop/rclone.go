package main

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
)

// openRclone runs rclone. Its server is the remote "dav", which it is told by its environment.
func openRclone(_ context.Context, p place) (*client, error) {
	run := func(ctx context.Context, args ...string) (string, error) {
		ctx, cancel := context.WithTimeout(ctx, programTime)
		defer cancel()
		cmd := command(ctx, "rclone", append(args, "--retries=1", "--low-level-retries=1")...)
		cmd.Env = append(cmd.Env, "RCLONE_CONFIG=/dev/null", "RCLONE_CONFIG_DAV_TYPE=webdav", "RCLONE_CONFIG_DAV_VENDOR=other", "RCLONE_CONFIG_DAV_URL="+p.url)
		return output(cmd, "")
	}
	do := func(ctx context.Context, args ...string) error {
		_, err := run(ctx, args...)
		return err
	}
	return &client{
		listAll: func(ctx context.Context, dir string) (listing, error) {
			out, err := run(ctx, "lsjson", "-R", "dav:"+dir)
			if err != nil {
				return nil, err
			}
			return rcloneListing(out)
		},
		stat: func(ctx context.Context, path string) (int64, error) {
			out, err := run(ctx, "lsjson", "--stat", "dav:"+path)
			if err != nil {
				return 0, err
			}
			var e rcloneEntry
			err = json.Unmarshal([]byte(out), &e)
			return e.Size, err
		},
		upload:   func(ctx context.Context, local, path string) error { return do(ctx, "copyto", local, "dav:"+path) },
		download: func(ctx context.Context, path, local string) error { return do(ctx, "copyto", "dav:"+path, local) },
		mkdir:    func(ctx context.Context, path string) error { return do(ctx, "mkdir", "dav:"+path) },
		copy:     func(ctx context.Context, from, to string) error { return do(ctx, "copyto", "dav:"+from, "dav:"+to) },
		move:     func(ctx context.Context, from, to string) error { return do(ctx, "moveto", "dav:"+from, "dav:"+to) },
		remove:   func(ctx context.Context, path string) error { return do(ctx, "deletefile", "dav:"+path) },
		sync: func(ctx context.Context, from, to string) error {
			if err := do(ctx, "sync", "--no-unicode-normalization", "--create-empty-src-dirs", from, to); err != nil {
				return err
			}
			return do(ctx, "check", "--no-unicode-normalization", "--download", from, to)
		},
		leaves:     []string{"latin1\xe4"},
		syncLeaves: []string{"tab\there", "new\nline", "esc\x1b[31m", "\x01"},
	}, nil
}

type rcloneEntry struct {
	Path  string
	Size  int64 // -1 of a directory
	IsDir bool
}

func rcloneListing(out string) (listing, error) {
	var entries []rcloneEntry
	if err := json.Unmarshal([]byte(out), &entries); err != nil {
		return nil, fmt.Errorf("%w: %s", err, clip(out))
	}
	all := listing{}
	for _, e := range entries {
		all.add(strings.TrimSuffix(e.Path, "/"), e.IsDir, e.Size)
	}
	return all, nil
}

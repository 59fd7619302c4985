package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// openDavfs mounts the server by davfs2, so that the operations are those of a file system.
func openDavfs(ctx context.Context, p place) (*client, error) {
	mount, cache, config := filepath.Join(p.tmp, "mount"), filepath.Join(p.tmp, "cache"), filepath.Join(p.tmp, "davfs.conf")
	text := "ask_auth 0\ndelay_upload 0\ndir_refresh 0\nfile_refresh 0\ncache_dir " + cache + davfsBuffer
	err := errors.Join(os.Mkdir(mount, 0o755), os.Mkdir(cache, 0o755), os.WriteFile(config, []byte(text), 0o644))
	err = errors.Join(err, os.Chmod(cache, 0o777)) // it runs as a user of its own
	if err != nil {
		return nil, err
	}
	if err := mountable(ctx, mount); err != nil {
		return nil, fmt.Errorf("%w: file systems in user space cannot be mounted here: %w", errAbsent, err)
	}
	run := asRoot
	options := fmt.Sprintf("conf=%s,uid=%d,gid=%d", config, os.Getuid(), os.Getgid())
	if err := run(ctx, "mount.davfs", "-o", options, p.url+"/", mount); err != nil {
		return nil, err
	}
	if _, err := os.ReadDir(mount); err != nil {
		run(context.WithoutCancel(ctx), "umount", mount)
		return nil, err
	}
	at := func(path string) string { return filepath.Join(mount, path) }
	return &client{
		list: func(_ context.Context, dir string) (listing, error) {
			entries, err := os.ReadDir(at(dir))
			all := listing{}
			for _, e := range entries {
				info, err := e.Info()
				if err != nil {
					return all, err
				}
				if e.Name() != "lost+found" {
					all.add(e.Name(), e.IsDir(), info.Size())
				}
			}
			return all, err
		},
		stat: func(_ context.Context, path string) (int64, error) {
			info, err := os.Stat(at(path))
			if err != nil || info.IsDir() {
				return -1, err
			}
			return info.Size(), nil
		},
		upload:   func(_ context.Context, local, path string) error { return copyFile(local, at(path)) },
		download: func(_ context.Context, path, local string) error { return copyFile(at(path), local) },
		mkdir:    func(_ context.Context, path string) error { return os.Mkdir(at(path), 0o755) },
		move:     func(_ context.Context, from, to string) error { return os.Rename(at(from), at(to)) },
		remove:   func(_ context.Context, path string) error { return os.Remove(at(path)) },
		stale:    2 * time.Second, // it asks again in the next second
		// The kernel sends what was written when it writes back, umount at the latest.
		flush: func() error { return run(ctx, "sync", "-f", mount) },
		close: func() {
			// ctx may be done, and the mount has to go all the same.
			run(context.WithoutCancel(ctx), "umount", mount)
		},
	}, nil
}

// davfsBuffer is the line about the buffer that davfs2 shares with the kernel, in KiB. With the 16 that it has by itself, Linux 6.18
// refuses to read a directory for whoever asks for 32 KiB of it, as ls does (EINVAL); Go asks for 8.
const davfsBuffer = "\nbuf_size 64\n"

// openFuse opens the device. A shell makes a file of that name where there is none.
const openFuse = `test -c /dev/fuse || { echo "/dev/fuse is not there" >&2; exit 1; }; exec 3<>/dev/fuse`

// mountable returns nil if this machine lets file systems in user space be mounted. It asks the machine and not davfs2, so that a
// davfs2 that fails is not taken for a machine that cannot.
func mountable(ctx context.Context, dir string) error {
	if err := asRoot(ctx, "sh", "-c", openFuse); err != nil {
		return err
	}
	if err := asRoot(ctx, "mount", "-t", "tmpfs", "interop", dir); err != nil {
		return err
	}
	return asRoot(context.WithoutCancel(ctx), "umount", dir)
}

// asRoot runs a program with the rights to mount.
func asRoot(ctx context.Context, args ...string) error {
	if os.Getuid() != 0 {
		args = append([]string{"sudo", "-n"}, args...)
	}
	_, err := program(ctx, "", args[0], args[1:]...)
	return err
}

func copyFile(from, to string) error {
	data, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	return os.WriteFile(to, data, 0o644)
}

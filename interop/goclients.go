package main

import (
	"context"
	"io"
	"net/http"
	"os"
	"path"

	webdav "github.com/emersion/go-webdav"
	"github.com/studio-b12/gowebdav"
)

// openGowebdav makes a client of github.com/studio-b12/gowebdav.
func openGowebdav(_ context.Context, p place) (*client, error) {
	c := gowebdav.NewClient(p.url, "", "")
	return &client{
		list: func(_ context.Context, dir string) (listing, error) {
			infos, err := c.ReadDir(dir)
			all := listing{}
			for _, i := range infos {
				all.add(i.Name(), i.IsDir(), i.Size())
			}
			return all, err
		},
		stat: func(_ context.Context, path string) (int64, error) {
			i, err := c.Stat(path)
			if err != nil || i.IsDir() {
				return -1, err
			}
			return i.Size(), nil
		},
		upload: func(_ context.Context, local, path string) error {
			data, err := os.ReadFile(local)
			if err != nil {
				return err
			}
			return c.Write(path, data, 0o644)
		},
		download: func(_ context.Context, path, local string) error {
			data, err := c.Read(path)
			if err != nil {
				return err
			}
			return os.WriteFile(local, data, 0o644)
		},
		mkdir:  func(_ context.Context, path string) error { return c.Mkdir(path, 0o755) },
		copy:   func(_ context.Context, from, to string) error { return c.Copy(from, to, false) },
		move:   func(_ context.Context, from, to string) error { return c.Rename(from, to, false) },
		remove: func(_ context.Context, path string) error { return c.Remove(path) },
	}, nil
}

// add adds a member to a listing of one collection.
func (l listing) add(name string, dir bool, size int64) {
	if dir {
		name, size = name+"/", -1
	}
	l[name] = size
}

// openGoWebDAV makes a client of github.com/emersion/go-webdav.
func openGoWebDAV(_ context.Context, p place) (*client, error) {
	c, err := webdav.NewClient(http.DefaultClient, p.url)
	if err != nil {
		return nil, err
	}
	return &client{
		list: func(ctx context.Context, dir string) (listing, error) {
			infos, err := c.ReadDir(ctx, dir, false)
			all := listing{}
			for _, i := range infos {
				if path.Clean(i.Path) != dir { // it lists the collection, too
					all.add(path.Base(i.Path), i.IsDir, i.Size)
				}
			}
			return all, err
		},
		stat: func(ctx context.Context, path string) (int64, error) {
			i, err := c.Stat(ctx, path)
			if err != nil || i.IsDir {
				return -1, err
			}
			return i.Size, nil
		},
		upload: func(ctx context.Context, local, path string) error {
			w, err := c.Create(ctx, path)
			if err != nil {
				return err
			}
			data, err := os.ReadFile(local)
			if err == nil {
				_, err = w.Write(data)
			}
			if err2 := w.Close(); err == nil {
				err = err2
			}
			return err
		},
		download: func(ctx context.Context, path, local string) error {
			r, err := c.Open(ctx, path)
			if err != nil {
				return err
			}
			defer r.Close()
			data, err := io.ReadAll(r)
			if err != nil {
				return err
			}
			return os.WriteFile(local, data, 0o644)
		},
		mkdir: func(ctx context.Context, path string) error { return c.Mkdir(ctx, path) },
		copy:  func(ctx context.Context, from, to string) error { return c.Copy(ctx, from, to, nil) },
		move:  func(ctx context.Context, from, to string) error { return c.Move(ctx, from, to, nil) },
		remove: func(ctx context.Context, path string) error {
			return c.RemoveAll(ctx, path)
		},
	}, nil
}

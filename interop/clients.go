package main

// clientKinds are the clients that are put to davserve.
var clientKinds = []clientKind{
	{
		row:   row{"cadaver", []string{"list", "odd names", "5000 entries", "40 levels", "upload", "download", "mkdir", "copy", "move", "delete", "properties", "locks"}},
		leave: "a?b, for it is a pattern, which a:b fits; a space at the end, for it pads names with spaces, control characters, for its line editor obeys them, and bytes that are no UTF-8, for it waits for more",
		needs: "cadaver", open: openCadaver,
	},
	{
		row:   row{"curl", []string{"list", "odd names", "5000 entries", "40 levels", "stat", "upload", "download", "mkdir", "copy", "move", "delete", "properties", "locks"}},
		needs: "curl", open: openCurl,
	},
	{
		row:   row{"rclone", []string{"list", "odd names", "5000 entries", "40 levels", "stat", "upload", "download", "mkdir", "copy", "move", "delete", "sync"}},
		leave: "bytes that are no UTF-8, for JSON has none; in sync, control characters, which it writes as pictures of them",
		needs: "rclone", open: openRclone,
	},
	{
		row:   row{"davfs2", []string{"list", "odd names", "5000 entries", "40 levels", "stat", "upload", "download", "mkdir", "move", "delete"}},
		leave: "nothing, but its buf_size is 64 here: with the 16 that it has by itself, Linux 6.18 gives EINVAL to ls, which reads 32 KiB of a directory at once",
		needs: "mount.davfs", open: openDavfs,
	},
	{
		row:   row{"gvfs", []string{"list", "odd names", "5000 entries", "40 levels", "stat", "upload", "download", "mkdir", "copy", "move", "delete"}},
		leave: "nothing, but it is mounted again after every 20 commands, for each MOVE keeps a connection, with other servers too, and the 33rd waits for ever",
		needs: "gio", open: openGvfs,
	},
	{
		row:  row{"gowebdav", []string{"list", "odd names", "5000 entries", "40 levels", "stat", "upload", "download", "mkdir", "copy", "move", "delete"}},
		open: openGowebdav,
	},
	{
		row:  row{"go-webdav", []string{"list", "odd names", "5000 entries", "40 levels", "stat", "upload", "download", "mkdir", "copy", "move", "delete"}},
		open: openGoWebDAV,
	},
}

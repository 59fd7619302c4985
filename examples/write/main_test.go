package main

import (
	"errors"
	"log"
	"os"
	"path/filepath"
	"time"
)

func Example() {
	dir, err := os.MkdirTemp("", "")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)
	file := filepath.Join(dir, "Größe 100%.txt")
	modified := time.Date(1994, 11, 6, 8, 49, 37, 0, time.UTC)
	if err := errors.Join(os.WriteFile(file, []byte("seventeen letters"), 0o666), os.Chtimes(file, modified, modified)); err != nil {
		log.Fatal(err)
	}
	home, err := os.Getwd()
	if err := errors.Join(err, os.Chdir(dir)); err != nil {
		log.Fatal(err)
	}
	defer os.Chdir(home)
	main()
	// Output:
	// <?xml version="1.0" encoding="utf-8"?>
	// <D:multistatus xmlns:D="DAV:"><D:response><D:href>/Gr%C3%B6%C3%9Fe%20100%25.txt</D:href><D:propstat><D:prop><D:getcontentlength>17</D:getcontentlength><D:getlastmodified>Sun, 06 Nov 1994 08:49:37 GMT</D:getlastmodified></D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response></D:multistatus>
}

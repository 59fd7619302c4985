// Write writes to standard output how a server would list the directory in which it runs.
package main

import (
	"log"
	"os"

	"github.com/go-multistatus/multistatus"
)

func main() {
	files, err := os.ReadDir(".")
	if err != nil {
		log.Fatal(err)
	}
	e := multistatus.NewEncoder(os.Stdout, nil) // or the ResponseWriter of a handler
	for _, f := range files {
		info, err := f.Info()
		if err != nil {
			log.Fatal(err) // without Close the document is visibly unfinished
		}
		e.StartPath("/" + f.Name()) // it is escaped
		e.Propstat(200)
		e.PropInt(multistatus.DAV("getcontentlength"), info.Size())
		e.PropHTTPTime(multistatus.DAV("getlastmodified"), info.ModTime())
	}
	if err := e.Close(); err != nil { // every error of the calls before, too
		log.Fatal(err)
	}
}

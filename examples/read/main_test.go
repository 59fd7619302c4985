package main

import (
	"log"
	"os"
	"strings"
)

const listing = `<d:multistatus xmlns:d="DAV:">
<d:response><d:href>/caf%C3%A9</d:href><d:propstat><d:prop><d:getcontentlength>17</d:getcontentlength></d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response>
<d:response><d:href>/dir/</d:href><d:propstat><d:prop><d:getcontentlength/></d:prop><d:status>HTTP/1.1 404 Not Found</d:status></d:propstat></d:response>
<d:response><d:href>/gone</d:href><d:status>HTTP/1.1 404 Not Found</d:status></d:response>
</d:multistatus>`

func Example() {
	r, w, err := os.Pipe()
	if err != nil {
		log.Fatal(err)
	}
	defer func(old *os.File) { os.Stdin = old }(os.Stdin)
	os.Stdin = r
	go func() {
		strings.NewReader(listing).WriteTo(w)
		w.Close()
	}()
	main()
	// Output:
	// /caf%C3%A9 17
	// multistatus: /gone: 404 Not Found
}

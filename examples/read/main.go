// Read prints the href and the size of each resource in a 207 body, which it reads from standard input.
package main

import (
	"fmt"
	"log"
	"os"

	"github.com/go-multistatus/multistatus"
)

func main() {
	for r, err := range multistatus.NewDecoder(os.Stdin, nil).All() {
		if err != nil {
			log.Fatal(err) // what came before it was complete, but the list is not
		}
		if err := r.Err(); err != nil {
			fmt.Println(err) // of this resource alone; errors.Is(err, fs.ErrNotExist) if it is a 404
			continue
		}
		if size, stat := r.Prop(multistatus.DAV("getcontentlength")); size != nil && stat.OK() {
			text, _ := size.Value.Text()
			fmt.Println(r.Href, text)
		}
	}
}

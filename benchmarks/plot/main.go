// Plot draws how fast the peers decode, from the figures that the program beside it has kept:
//
//	go -C benchmarks run ./plot [-from results/latest.json] [-o ../docs/performance.svg]
package main

import (
	"bytes"
	"flag"
	"log"
	"os"

	"github.com/go-multistatus/multistatus/benchmarks/internal/result"
)

var (
	from = flag.String("from", "results/latest.json", "the figures")
	out  = flag.String("o", "../docs/performance.svg", "the picture")
)

func main() {
	log.SetFlags(0)
	flag.Parse()
	r, err := result.Load(*from)
	if err != nil {
		log.Fatal(err)
	}
	var b bytes.Buffer
	if err := newChart(r, "decode", 100).write(&b); err != nil {
		log.Fatal(err)
	}
	if err := os.WriteFile(*out, b.Bytes(), 0o666); err != nil {
		log.Fatal(err)
	}
}

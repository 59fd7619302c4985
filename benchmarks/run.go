package main

import (
	"fmt"
	"log"
	"os"
	"path/filepath"
	"time"

	"github.com/go-multistatus/multistatus/benchmarks/internal/result"
	"github.com/go-multistatus/multistatus/internal/bodies"
)

// A plan says what is measured, and how often.
type plan struct {
	responses []int
	rounds    int
	time      time.Duration // of a sample
	budget    time.Duration // no round is begun that would not end within it
}

// modules are those that the peers in Go are from.
var modules = []string{
	"github.com/antchfx/xmlquery", "github.com/beevik/etree", "github.com/emersion/go-webdav", "github.com/studio-b12/gowebdav", "golang.org/x/net",
}

// files is the name of the body of those who serve: there is none, but a number of files.
const files = "files"

// A contest is a body and those that are measured with it.
type contest struct {
	body
	task  task
	peers []*peer
}

// measure carries the plan out, with files in dir.
func (p *plan) measure(dir string) (*result.Run, error) {
	run := result.Here(modules...)
	run.Versions = append(run.Versions, nativeVersions()...)
	run.SampleMS = p.time.Milliseconds()
	deadline := time.Now().Add(p.budget)
	for _, n := range p.responses {
		all, err := contests(dir, n)
		if err != nil {
			return nil, err
		}
		at := len(run.Rows)
		for i := range all {
			run.Rows = append(run.Rows, all[i].rows()...)
		}
		if err := p.rounded(all, run.Rows[at:], deadline); err != nil {
			return nil, err
		}
	}
	return run, nil
}

// rounded measures round by round, and each time begins with another peer.
func (p *plan) rounded(all []contest, rows []result.Row, deadline time.Time) error {
	var last time.Duration
	for round := range p.rounds {
		begin := time.Now()
		if round > 0 && begin.Add(last).After(deadline) {
			log.Printf("%d responses: the time is up after %d rounds", all[0].n, round)
			break
		}
		rest := rows
		for i := range all {
			n := len(all[i].peers)
			if err := all[i].round(round, p.time, rest[:n]); err != nil {
				return err
			}
			rest = rest[n:]
		}
		last = time.Since(begin)
		log.Printf("%d responses: round %d of %d took %v", all[0].n, round+1, p.rounds, last.Round(time.Second/10))
	}
	return nil
}

// round measures each peer once.
func (c *contest) round(round int, atLeast time.Duration, rows []result.Row) error {
	for i := range c.peers {
		i = (i + round) % len(c.peers)
		s, err := c.peers[i].sample(&c.body, atLeast)
		if err != nil {
			return err
		}
		rows[i].CPU = append(rows[i].CPU, float64(s.CPU)/float64(s.Passes))
		if rows[i].Allocs = -1; s.Allocs >= 0 {
			rows[i].Allocs = float64(s.Allocs) / float64(s.Passes)
		}
	}
	return nil
}

func (c *contest) rows() (rows []result.Row) {
	for _, p := range c.peers {
		rows = append(rows, result.Row{Task: string(c.task), Peer: p.name, Note: p.note, Base: bases[c.task], Body: c.kind, Responses: c.n, Bytes: c.size})
	}
	return rows
}

// bases are the peers that the others are compared with.
var bases = map[task]string{decode: token, encode: encodeToken, serve: xnet}

// contests are those with bodies of n responses, which it writes into dir.
func contests(dir string, n int) (all []contest, err error) {
	for i := range bodies.Kinds {
		k := &bodies.Kinds[i]
		b, err := newBody(dir, k.Name, k.Make(n), n)
		if err != nil {
			return nil, err
		}
		for _, t := range []task{decode, encode} {
			all = add(all, contest{*b, t, contestants(t, k.Name, n)})
		}
	}
	b := all[0].body
	b.kind, b.size = files, 0
	return add(all, contest{b, serve, contestants(serve, files, n)}), nil
}

// add leaves out a contest without peers.
func add(all []contest, c contest) []contest {
	if len(c.peers) == 0 {
		return all
	}
	return append(all, c)
}

func newBody(dir, kind, text string, n int) (b *body, err error) {
	b = &body{kind: kind, n: n, file: filepath.Join(dir, fmt.Sprintf("%s-%d.xml", kind, n)), size: len(text)}
	if b.all, err = reference(text, nil); err != nil {
		return nil, err
	}
	if b.two, err = reference(text, isOfTwo); err != nil {
		return nil, err
	}
	return b, os.WriteFile(b.file, []byte(text), 0o666)
}

// contestants are the peers that do t with that kind of body of n responses, as far as they are built.
func contestants(t task, kind string, n int) (all []*peer) {
	for i := range peers {
		p := &peers[i]
		if p.task != t || !p.takes(kind) || !p.measures(n) {
			continue
		}
		if _, built := p.executable(); built || p.native == "" {
			all = append(all, p)
		}
	}
	return all
}

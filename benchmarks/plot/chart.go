package main

import (
	"cmp"
	"math"
	"slices"

	"gonum.org/v1/plot/plotter"

	"github.com/go-multistatus/multistatus/benchmarks/internal/result"
)

// A chart is what the picture shows: a row for each peer, and in it a point for each body.
type chart struct {
	base      string
	responses int
	rounds    int
	date      string
	bodies    []string
	rows      []row // the slowest first
}

// A row is of one peer.
type row struct {
	peer   string
	speeds map[string]float64 // how many times as fast as the base, by body
}

// newChart takes from r what was measured of a task with bodies of so many responses.
func newChart(r *result.Run, task string, responses int) *chart {
	c := &chart{responses: responses, date: r.Date}
	for i := range r.Rows {
		w := &r.Rows[i]
		if w.Task != task || w.Responses != responses {
			continue
		}
		c.base, c.rounds = w.Base, len(w.CPU)
		if !slices.Contains(c.bodies, w.Body) {
			c.bodies = append(c.bodies, w.Body)
		}
		if s, ok := r.Speed(task, w.Peer, w.Base, w.Body, responses); ok {
			c.add(w.Peer, w.Body, s.Median)
		}
	}
	slices.SortStableFunc(c.rows, func(a, b row) int { return cmp.Compare(a.mean(), b.mean()) })
	return c
}

func (c *chart) add(peer, body string, speed float64) {
	i := slices.IndexFunc(c.rows, func(r row) bool { return r.peer == peer })
	if i < 0 {
		i = len(c.rows)
		c.rows = append(c.rows, row{peer, map[string]float64{}})
	}
	c.rows[i].speeds[body] = speed
}

// mean is the geometric mean of the bodies that the peer takes.
func (r row) mean() float64 {
	sum := 0.0
	for _, s := range r.speeds {
		sum += math.Log(s)
	}
	return math.Exp(sum / float64(len(r.speeds)))
}

func (c *chart) peers() (names []string) {
	for _, r := range c.rows {
		names = append(names, r.peer)
	}
	return names
}

// limits are the ends of the axis: all speeds and the base lie between.
func (c *chart) limits() (least, most float64) {
	least, most = 1, 1
	for _, r := range c.rows {
		l, m := r.limits()
		least, most = min(least, l), max(most, m)
	}
	return least / 1.15, most * 1.15
}

// points are those of a body: the speed of each peer that takes it, and the number of its row.
func (c *chart) points(body string) (all plotter.XYs) {
	for i, r := range c.rows {
		if s, ok := r.speeds[body]; ok {
			all = append(all, plotter.XY{X: s, Y: float64(i)})
		}
	}
	return all
}

// limits are the least and the greatest speed.
func (r row) limits() (least, most float64) {
	least = math.Inf(1)
	for _, s := range r.speeds {
		least, most = min(least, s), max(most, s)
	}
	return least, most
}

package main

import "math"

// most is the exponent that nothing may pass. What is linear, and has tables that double now and then, stays below it.
const most = 1.2

// little is how much may be allocated without regard to size.
const little = 256 << 10

// point is what one size of a shape costs.
type point struct {
	size  float64 // bytes of input or output
	work  float64 // instructions
	bytes float64 // allocated
}

func work(p point) float64   { return p.work }
func memory(p point) float64 { return p.bytes + little }

// measured is a shape with a point for each size.
type measured struct {
	name   string
	points []point
}

func (m *measured) isBad() bool { return m.exponent(work) > most || m.exponent(memory) > most }

// exponent returns the e for which size^e fits a cost best: the slope of the least squares' line through the logarithms.
func (m *measured) exponent(cost func(point) float64) float64 {
	var x, y, xx, xy float64
	for _, p := range m.points {
		a, b := math.Log(p.size), math.Log(cost(p))
		x, y, xx, xy = x+a, y+b, xx+a*a, xy+a*b
	}
	n := float64(len(m.points))
	return (n*xy - x*y) / (n*xx - x*x)
}

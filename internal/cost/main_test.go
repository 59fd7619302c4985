package main

import (
	"math"
	"testing"
)

func TestExponent(t *testing.T) {
	for _, want := range []float64{0, 1, 1.5, 2} {
		var m measured
		for size := 100.0; size <= 800; size *= 2 {
			m.points = append(m.points, point{size: size, work: 3 * math.Pow(size, want)})
		}
		if got := m.exponent(work); math.Abs(got-want) > 1e-9 {
			t.Errorf("exponent of size^%v = %v", want, got)
		}
		if got, want := m.isBad(), want > most; got != want {
			t.Errorf("isBad of size^%v = %v, want %v", m.exponent(work), got, want)
		}
	}
}

func TestJoin(t *testing.T) {
	all, err := join([]byte("a b\t1\t2\na b\t2\t4\na b\t4\t8\na b\t8\t16\n"), []float64{10, 20, 40, 80})
	if err != nil || len(all) != 1 || all[0].name != "a b" || all[0].points[3] != (point{8, 80, 16}) {
		t.Errorf("join = %v, %v", all, err)
	}
	if _, err := join([]byte("a\t1\t2\n"), []float64{1}); err == nil {
		t.Error("join of too few sizes is no error")
	}
}

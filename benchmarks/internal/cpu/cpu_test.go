package cpu

import (
	"runtime"
	"testing"
	"time"
)

func TestTime(t *testing.T) {
	first, err := Time()
	if err != nil || first <= 0 {
		t.Fatalf("it is %v, %v", first, err)
	}
	for end := time.Now().Add(10 * time.Second); ; {
		if now, err := Time(); err != nil || now < first {
			t.Fatalf("it is %v after %v, %v", now, first, err)
		} else if now > first {
			return
		}
		if time.Now().After(end) {
			t.Fatal("it stands still")
		}
	}
}

func TestMemory(t *testing.T) {
	const size = 8 << 20
	before := Living()
	held := make([]byte, size)
	for i := range held {
		held[i] = 1
	}
	if got := Living() - before; got < size*3/4 || got > size*5/4 {
		t.Errorf("%d bytes more live, want about %d", got, size)
	}
	runtime.KeepAlive(held)
	if rss, err := MaxRSS(); err != nil || rss < size || rss > 16<<30 {
		t.Errorf("MaxRSS = %d, %v", rss, err)
	}
}

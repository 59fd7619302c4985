package main

import (
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"
)

// slowWriter is of a client that reads nothing until it is let.
type slowWriter struct {
	*httptest.ResponseRecorder
	began chan<- struct{}
	let   <-chan struct{}
}

func (w slowWriter) Write(p []byte) (int, error) {
	select {
	case w.began <- struct{}{}:
	default:
	}
	<-w.let
	return w.ResponseRecorder.Write(p)
}

// Who does not read what became of his change holds up nobody else's, and gets all of it when he does.
func TestSlowReader(t *testing.T) {
	const files = 20
	g := newRig(t, "d/")
	for i := range files {
		name := "/d/" + strconv.Itoa(i)
		g.run(step{method: "PUT", path: name, code: 201}, step{method: "LOCK", path: name, body: exclusive, code: 200})
	}
	began, let, done := make(chan struct{}, 1), make(chan struct{}), make(chan struct{})
	slow := slowWriter{httptest.NewRecorder(), began, let}
	go func() {
		defer close(done)
		g.s.ServeHTTP(slow, httptest.NewRequest("DELETE", "/d/", nil))
	}()
	<-began
	other := make(chan int)
	go func() {
		w := httptest.NewRecorder()
		g.s.ServeHTTP(w, httptest.NewRequest("PUT", "/other", strings.NewReader("x")))
		other <- w.Code
	}()
	select {
	case code := <-other:
		if code != http.StatusCreated {
			t.Errorf("PUT beside a slow reader has status %d", code)
		}
	case <-time.After(10 * time.Second):
		t.Error("PUT waits for a slow reader")
	}
	close(let)
	<-done
	if got := strings.Count(outline(g.parse(slow.ResponseRecorder)), " 423"); got != files {
		t.Errorf("the slow reader was told of %d files, want %d", got, files)
	}
}

// More than is held back is sent all the same, in its order.
func TestHold(t *testing.T) {
	w := httptest.NewRecorder()
	x := newExchange(w, httptest.NewRequest("GET", "/", nil))
	x.hold()
	piece := strings.Repeat("x", maxHeld/2)
	for _, text := range []string{"a", piece, "b"} {
		if n, err := x.Write([]byte(text)); n != len(text) || err != nil || w.Body.Len() > 0 {
			t.Fatalf("Write = %d, %v, and %d bytes are sent", n, err, w.Body.Len())
		}
	}
	x.Write([]byte(piece))
	x.Write([]byte("c"))
	if err := x.release(); err != nil || w.Body.String() != "a"+piece+"b"+piece+"c" || x.written != int64(w.Body.Len()) {
		t.Errorf("release = %v, %d bytes were sent", err, w.Body.Len())
	}
}

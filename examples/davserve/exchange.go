package main

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/go-multistatus/multistatus"
)

// exchange is a request and the way to answer it.
//
// It is the http.ResponseWriter of the answer and the reader of the request's body, and gives each step of both a deadline:
// a transfer may take as long as it likes, but not stand still.
type exchange struct {
	http.ResponseWriter
	r     *http.Request
	name  string // of the resource that was asked for, as a path in the server's root
	slash bool   // it was written with a slash at its end
	cond  ifHeader

	control *http.ResponseController
	until   [2]time.Time // deadlines of reading and writing
	status  int          // that was sent; 0 before
	written int64
	broken  bool // what was sent is not whole
	holding bool
	held    []byte // is sent when release is called
}

// newExchange begins an exchange. A body has a deadline from the start: net/http waits for one that nobody reads, too.
func newExchange(w http.ResponseWriter, r *http.Request) *exchange {
	x := &exchange{ResponseWriter: w, r: r, control: http.NewResponseController(w)}
	if r.ContentLength != 0 {
		x.extend(0, x.control.SetReadDeadline)
	}
	return x
}

// Transfers get stall for each step, told to the connection once in a tenth of that.
const stall = time.Minute

// extend puts a deadline off. A writer that has none is none of a connection.
func (x *exchange) extend(which int, set func(time.Time) error) {
	if now := time.Now(); x.until[which].Sub(now) < stall*9/10 {
		x.until[which] = now.Add(stall)
		_ = set(x.until[which])
	}
}

func (x *exchange) Read(p []byte) (int, error) {
	x.extend(0, x.control.SetReadDeadline)
	return x.r.Body.Read(p)
}

func (x *exchange) WriteHeader(code int) {
	x.extend(1, x.control.SetWriteDeadline)
	if x.status == 0 {
		x.status = code
	}
	x.ResponseWriter.WriteHeader(code)
}

func (x *exchange) Write(p []byte) (int, error) {
	if x.status == 0 {
		x.status = http.StatusOK
	}
	if x.holding {
		if len(x.held)+len(p) <= maxHeld {
			x.held = append(x.held, p...)
			return len(p), nil
		}
		if err := x.release(); err != nil {
			return 0, err
		}
	}
	return x.send(p)
}

func (x *exchange) send(p []byte) (int, error) {
	x.extend(1, x.control.SetWriteDeadline)
	n, err := x.ResponseWriter.Write(p)
	x.written += int64(n)
	return n, err
}

// maxHeld is how much of an answer is held back at most.
const maxHeld = 1 << 20

// hold keeps back what is written until release, or until it is more than maxHeld: who waits for something that others wait for too
// must not wait for a client that reads slowly.
func (x *exchange) hold() { x.holding = true }

// release sends what was held back.
func (x *exchange) release() error {
	x.holding = false
	if len(x.held) == 0 {
		return nil
	}
	_, err := x.send(x.held)
	x.held = nil
	return err
}

// multistatus returns an Encoder that answers with 207 as soon as it has something to say.
func (x *exchange) multistatus() *multistatus.Encoder {
	return multistatus.NewEncoder(x, &multistatus.EncodeOptions{OnStart: func() {
		x.Header().Set("Content-Type", multistatus.ContentType)
		x.WriteHeader(http.StatusMultiStatus)
	}})
}

// cut says that the answer that was begun is not whole.
func (x *exchange) cut(err error) error {
	x.broken = x.status != 0
	return err
}

// fail answers with what went wrong: with a DAV:error if a condition of RFC 4918, section 16, says it, else in words.
func (x *exchange) fail(err error) {
	f := failureOf(err)
	h := x.Header()
	h.Del("ETag")
	if f.condition != (multistatus.Name{}) {
		h.Set("Content-Type", multistatus.ContentType)
		x.WriteHeader(f.code)
		io.WriteString(x, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"+f.xml())
		return
	}
	h.Set("Content-Type", "text/plain; charset=utf-8")
	h.Set("X-Content-Type-Options", "nosniff")
	x.WriteHeader(f.code)
	fmt.Fprintf(x, "%d %s\n", f.code, multistatus.StatusText(f.code))
}

// element reads the request's body, which is one XML element of that name in DAV: and at most so many bytes long.
// ok is false if there is no body. What is not well-formed is refused: nothing is forgiven to those who want to change files
// (RFC 4918, section 8.2).
func (x *exchange) element(name string, most int64) (p multistatus.Property, ok bool, err error) {
	body, err := io.ReadAll(x.limited(most))
	if err != nil || len(body) == 0 {
		return p, false, bodyFailure(err)
	}
	p, err = multistatus.ParseElement(body, &multistatus.DecodeOptions{
		ContentType: x.r.Header.Get("Content-Type"), Reject: multistatus.AllQuirks(), MaxDepth: 64,
	})
	if err == nil && p.Name != multistatus.DAV(name) {
		err = fmt.Errorf("the body is a %v", p.Name)
	}
	if err != nil {
		return p, false, &failure{code: http.StatusBadRequest, err: err}
	}
	return p, true, nil
}

// limited returns the request's body, of which more than most bytes are an error. 0 is no limit.
func (x *exchange) limited(most int64) io.Reader {
	if most == 0 {
		return x
	}
	return http.MaxBytesReader(x.ResponseWriter, struct {
		io.Reader
		io.Closer
	}{x, x.r.Body}, most)
}

// bodyFailure says why a request's body was not read.
func bodyFailure(err error) error {
	var long *http.MaxBytesError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &long):
		return &failure{code: http.StatusRequestEntityTooLarge}
	}
	return &failure{code: http.StatusBadRequest, err: err}
}

// depth returns the Depth header of the request, or what it is without one (RFC 4918, section 10.2).
func (x *exchange) depth(otherwise int) (int, error) {
	switch v := x.r.Header.Get("Depth"); {
	case v == "":
		return otherwise, nil
	case v == "0":
		return 0, nil
	case v == "1":
		return 1, nil
	case strings.EqualFold(v, "infinity"):
		return infinity, nil
	}
	return 0, &failure{code: http.StatusBadRequest, err: errors.New("bad Depth")}
}

// wholeOnly refuses a Depth other than infinity, as methods do that act on trees (RFC 4918, sections 9.6.1 and 9.9.2).
func (x *exchange) wholeOnly() error {
	depth, err := x.depth(infinity)
	if err == nil && depth != infinity {
		err = &failure{code: http.StatusBadRequest, err: errors.New("the Depth is not infinity")}
	}
	return err
}

// zeroOrWhole refuses a Depth of 1, as COPY and LOCK do (RFC 4918, sections 9.8.3 and 9.10.3).
func (x *exchange) zeroOrWhole() (int, error) {
	depth, err := x.depth(infinity)
	if err == nil && depth == 1 {
		err = &failure{code: http.StatusBadRequest, err: errors.New("the Depth is 1")}
	}
	return depth, err
}

// overwrites returns what the Overwrite header says (RFC 4918, section 10.6).
func (x *exchange) overwrites() (bool, error) {
	switch x.r.Header.Get("Overwrite") {
	case "", "T", "t":
		return true, nil
	case "F", "f":
		return false, nil
	}
	return false, &failure{code: http.StatusBadRequest, err: errors.New("bad Overwrite")}
}

// destination returns the name in the Destination header: an absolute URI or path (RFC 4918, section 10.3). One on another server
// is a Bad Gateway (9.8.5). That http may stand for https is for TLS in front of this server.
func (x *exchange) destination() (name string, err error) {
	u, err := multistatus.Href(x.r.Header.Get("Destination")).URL()
	switch {
	case err != nil:
		return "", &failure{code: http.StatusBadRequest, err: err}
	case u.Scheme != "" && u.Scheme != "http" && u.Scheme != "https", u.Host != "" && !strings.EqualFold(u.Host, x.r.Host):
		return "", &failure{code: http.StatusBadGateway}
	case u.Host == "" && !strings.HasPrefix(u.Path, "/"):
		return "", &failure{code: http.StatusBadRequest, err: errors.New("a Destination begins with http or a slash")}
	}
	name, _, err = nameOf(u)
	return name, err
}

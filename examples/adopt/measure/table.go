package main

import (
	"fmt"
	"io"
	"math"
	"net/http"
	"net/http/httptest"
	"runtime"
	"runtime/debug"
	"strings"
	"time"

	"golang.org/x/net/webdav"

	"github.com/go-multistatus/multistatus/examples/adopt/internal/trial"
	"github.com/go-multistatus/multistatus/examples/adopt/mend"
	"github.com/go-multistatus/multistatus/examples/adopt/xnet"
)

// responses is how many each body has.
const responses = 1000

// A trade is the same work by several sides, of which the first is that of others.
type trade struct {
	name  string
	names []string
	sides []func() error
}

// table measures all, and returns it as Markdown.
func table(rounds int) (string, error) {
	trades, err := servers()
	if err != nil {
		return "", err
	}
	for _, c := range trial.Clients {
		for _, kind := range []string{"apache", "nextcloud", "compact"} {
			trades = append(trades, listing(c, trial.Generated(kind, responses)))
		}
	}
	var b strings.Builder
	fmt.Fprintf(&b, "Measured on %s: %d CPUs, %s/%s, %s%s. %d responses in a body, medians of %d rounds; × in the same round [lowest to highest].\n\n",
		time.Now().Format(time.DateOnly), runtime.NumCPU(), runtime.GOOS, runtime.GOARCH, goVersion(), versions(), responses, rounds)
	b.WriteString("| task | code | CPU time a response | as fast | allocations a response | bytes allocated a response |\n|---|---|--:|--:|--:|--:|\n")
	for _, t := range trades {
		medians, times, err := compare(rounds, t.sides)
		if err != nil {
			return "", fmt.Errorf("%s: %w", t.name, err)
		}
		for i, m := range medians {
			fmt.Fprintf(&b, "| %s | %s | %s ns | ×%s [%s to %s] | %s | %s |\n", t.name, t.names[i], digits(m.ns/responses),
				digits(times[i][0]), digits(times[i][1]), digits(times[i][2]), digits(m.allocs/responses), digits(m.bytes/responses))
		}
	}
	return b.String(), nil
}

// servers are the handlers over the same files. PROPPATCH is of one resource, so a thousand of them are one pass.
func servers() ([]trade, error) {
	files, err := trial.Files(responses - 1)
	if err != nil {
		return nil, err
	}
	theirs := &webdav.Handler{FileSystem: files, LockSystem: webdav.NewMemLS()}
	sides := []string{"golang.org/x/net/webdav", "xnet.Handler over it"}
	const prop = `<propfind xmlns="DAV:"><prop><resourcetype/><getcontentlength/><getlastmodified/><getetag/><displayname/><quota-used-bytes/></prop></propfind>`
	const update = `<propertyupdate xmlns="DAV:"><set><prop><color xmlns="urn:x">red</color></prop></set></propertyupdate>`
	return []trade{
		{"PROPFIND, allprop", sides, []func() error{request(theirs, "PROPFIND", "/", "", 1), request(xnet.New(theirs), "PROPFIND", "/", "", 1)}},
		{"PROPFIND, prop", sides, []func() error{request(theirs, "PROPFIND", "/", prop, 1), request(xnet.New(theirs), "PROPFIND", "/", prop, 1)}},
		{"PROPPATCH of one resource", sides, []func() error{request(theirs, "PROPPATCH", "/file-1.txt", update, responses), request(xnet.New(theirs), "PROPPATCH", "/file-1.txt", update, responses)}},
	}, nil
}

// discarder is a response writer that keeps the code alone.
type discarder struct {
	io.Writer
	header http.Header
	code   int
}

func (d *discarder) Header() http.Header  { return d.header }
func (d *discarder) WriteHeader(code int) { d.code = code }

func request(h http.Handler, method, target, body string, times int) func() error {
	return func() error {
		for range times {
			r := httptest.NewRequest(method, target, strings.NewReader(body))
			r.Header.Set("Depth", "1")
			w := &discarder{io.Discard, http.Header{}, 0}
			if h.ServeHTTP(w, r); w.code != http.StatusMultiStatus {
				return fmt.Errorf("it is %d", w.code)
			}
		}
		return nil
	}
}

// listing is a client's listing of a body, by its own code, by the same behind mend.Transport, and by the example.
func listing(c trial.Client, b *trial.Body) trade {
	side := func(list func(http.RoundTripper) trial.List, t http.RoundTripper) func() error {
		return func() error {
			if l := list(t); l.Err != nil || len(l.Entries) < responses {
				return fmt.Errorf("%d members, %v", len(l.Entries), l.Err)
			}
			return nil
		}
	}
	t := trial.Answer(b)
	return trade{c.Name + ", " + b.ID, []string{"its own", "its own behind mend.Transport", "the example"},
		[]func() error{side(c.Theirs, t), side(c.Theirs, &mend.Transport{Base: t}), side(c.Ours, t)}}
}

// digits returns two significant digits, or all before the point.
func digits(f float64) string {
	if f >= 10 || f < 0.05 {
		return fmt.Sprintf("%.0f", math.Abs(f))
	}
	return fmt.Sprintf("%.1f", f)
}

func goVersion() string { return strings.Replace(runtime.Version(), "go", "Go ", 1) }

// versions are those of the modules that are measured.
func versions() (s string) {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	for _, d := range info.Deps {
		if d.Replace == nil && !strings.HasPrefix(d.Path, "golang.org/x/text") {
			s += ", " + d.Path + " " + strings.TrimPrefix(d.Version, "v")
		}
	}
	return s
}

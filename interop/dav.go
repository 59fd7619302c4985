package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/go-multistatus/multistatus"
	"github.com/go-multistatus/multistatus/davprop"
)

// remote is a collection of a server; its URL has no slash at the end.
type remote struct {
	url            string
	user, password string
}

// escape returns a path as it stands in a URL.
func escape(path string) string {
	parts := strings.Split(path, "/")
	for i, p := range parts {
		parts[i] = url.PathEscape(p)
	}
	return strings.Join(parts, "/")
}

// at returns the URL of a path in r, which begins with a slash.
func (r remote) at(path string) string { return r.url + escape(path) }

// answer is what a server said.
type answer struct {
	code   int
	header http.Header
	body   string
}

// direct follows no redirection, for net/http makes GET of other methods then.
var direct = &http.Client{
	Timeout:       20 * time.Second,
	Transport:     &http.Transport{Proxy: nil},
	CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
}

// ask makes one request. The header is lines as HTTP has them.
func (r remote) ask(ctx context.Context, method, path, header, body string) (answer, error) {
	q, err := http.NewRequestWithContext(ctx, method, r.at(path), strings.NewReader(body))
	if err != nil {
		return answer{}, err
	}
	if body != "" {
		q.Header.Set("Content-Type", multistatus.ContentType)
	}
	for line := range strings.Lines(header) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
		q.Header.Set(name, value)
	}
	if r.user != "" {
		q.SetBasicAuth(r.user, r.password)
	}
	resp, err := direct.Do(q)
	if err != nil {
		return answer{}, err
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	return answer{resp.StatusCode, resp.Header, string(text)}, err
}

// want makes a request whose answer has to have one of the codes.
func (r remote) want(ctx context.Context, method, path, header, body string, codes ...int) (answer, error) {
	a, err := r.ask(ctx, method, path, header, body)
	if err == nil && !slices.Contains(codes, a.code) {
		err = fmt.Errorf("%s %q: status %d: %s", method, path, a.code, clip(a.body))
	}
	return a, err
}

const (
	oddSpace = "urn:example:interop"
	// oddProperty is a dead property of markup, of a language, of a prefix in text, and of characters that XML writes as references.
	oddProperty = `<x:note xmlns:x="` + oddSpace + `" xml:lang="de" kind="a&lt;b">Größe &amp; <b xmlns="urn:example:other">漢字 <x:i>🙂</x:i></b> x:ref</x:note>`
	update      = `<?xml version="1.0" encoding="utf-8"?>` +
		`<D:propertyupdate xmlns:D="DAV:"><D:set><D:prop>` + oddProperty + `</D:prop></D:set></D:propertyupdate>`
	exclusive = `<?xml version="1.0" encoding="utf-8"?>` +
		`<D:lockinfo xmlns:D="DAV:"><D:lockscope><D:exclusive/></D:lockscope><D:locktype><D:write/></D:locktype>` +
		`<D:owner><D:href>mailto:a&amp;b@example.com</D:href></D:owner></D:lockinfo>`
	lockOwner = "mailto:a&b@example.com"
)

// propfind asks for one property of a resource.
func (r remote) propfind(ctx context.Context, path string, n multistatus.Name) (*multistatus.Response, error) {
	body := `<?xml version="1.0" encoding="utf-8"?><D:propfind xmlns:D="DAV:"><D:prop><p:` + n.Local + ` xmlns:p="` + n.Space + `"/></D:prop></D:propfind>`
	a, err := r.want(ctx, "PROPFIND", path, "Depth: 0", body, http.StatusMultiStatus)
	if err != nil {
		return nil, err
	}
	m, err := multistatus.Parse([]byte(a.body), &multistatus.DecodeOptions{ContentType: a.header.Get("Content-Type")})
	if err == nil && len(m.Responses) != 1 {
		err = fmt.Errorf("%d responses: %s", len(m.Responses), clip(a.body))
	}
	if err != nil {
		return nil, err
	}
	return &m.Responses[0], nil
}

// hasProperty returns nil if the resource has the property as it was set: elements, attributes, text and language.
func (r remote) hasProperty(ctx context.Context, path string) error {
	want, err := multistatus.ParseElement([]byte(oddProperty), nil)
	if err != nil {
		return err
	}
	resp, err := r.propfind(ctx, path, want.Name)
	if err != nil {
		return err
	}
	got, s := resp.Prop(want.Name)
	switch {
	case got == nil || !s.OK():
		return fmt.Errorf("the property is not there: %v", resp)
	case !got.Value.Equal(want.Value):
		return fmt.Errorf("the property is %s", got.AppendXML(nil))
	case got.Lang != want.Lang:
		return fmt.Errorf("its language is %q: %s", got.Lang, got.AppendXML(nil))
	}
	return nil
}

// locks returns the locks that a resource tells of.
func (r remote) locks(ctx context.Context, path string) ([]davprop.Lock, error) {
	resp, err := r.propfind(ctx, path, davprop.LockDiscovery.Name())
	if err != nil {
		return nil, err
	}
	return davprop.LockDiscovery.Get(resp)
}

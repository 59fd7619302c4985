package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/go-multistatus/multistatus"
)

// ls runs the command.
func ls(t *testing.T, args ...string) (code int, out, errs string) {
	t.Helper()
	var o, e bytes.Buffer
	c := command{out: bufio.NewWriter(&o), errs: &e}
	code = c.run(t.Context(), args)
	c.out.Flush()
	return code, o.String(), e.String()
}

// multi makes a 207 of responses.
func multi(responses ...string) string {
	return `<?xml version="1.0"?><d:multistatus xmlns:d="DAV:">` + strings.Join(responses, "") + `</d:multistatus>`
}

func dir(href string) string {
	return `<d:response><d:href>` + href + `</d:href><d:propstat><d:prop><d:resourcetype><d:collection/></d:resourcetype></d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response>`
}

func file(href string) string {
	return `<d:response><d:href>` + href + `</d:href><d:propstat><d:prop><d:resourcetype/><d:getcontentlength>7</d:getcontentlength>` +
		`<d:getlastmodified>Sun, 06 Nov 1994 08:49:37 GMT</d:getlastmodified></d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response>`
}

func failed(href string, code int) string {
	return fmt.Sprintf(`<d:response><d:href>%s</d:href><d:status>HTTP/1.1 %d x</d:status></d:response>`, href, code)
}

// serve answers PROPFIND by path and depth: with 207 and what answer returns, or, if that is nothing, with what it wrote itself.
func serve(t *testing.T, answer func(w http.ResponseWriter, path, depth string) string) string {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != "PROPFIND" {
			t.Errorf("method %s", r.Method)
		}
		if body := answer(w, r.URL.Path, r.Header.Get("Depth")); body != "" {
			w.WriteHeader(http.StatusMultiStatus)
			io.WriteString(w, body)
		}
	}))
	t.Cleanup(s.Close)
	return s.URL
}

func TestBodies(t *testing.T) {
	whole := multi(dir("/c/"), file("/c/a"), dir("/c/b/"))
	for _, c := range []struct {
		what, body, out string
		code            int
		errs            []string
	}{
		{"fine", whole, "a\nb/\n", exitFine, nil},
		{"itself last, with a host and escaped otherwise", multi(file("/c/a"), dir("http://HOST/%63")), "a\n", exitFine, nil},
		{"itself not at all", multi(file("/c/a")), "a\n", exitFine, nil},
		{"itself with two slashes", multi(dir("//c//"), file("/c/a")), "a\n", exitFine, nil},
		{"relative", multi(dir("/c/"), file("a b"), file("./x:y")), "a b\nx:y\n", exitFine, nil},
		{"nothing in it", multi(dir("/c/")), "", exitFine, nil},
		{"nothing at all", multi(), "", exitIncomplete, []string{"the answer is empty", "not complete"}},
		{"a file", multi(file("/c/")), "c\n", exitFine, nil},
		{"odd names", multi(dir("/c/"), file("/c/%1b%5b31m"), file("/c/%9b2J"), file("/c/a%2Fb"), file("/c/%E2%80%AEx"), file("/c/%0d%0a")),
			"\\x1b[31m\n\\x9b2J\na%2Fb\n\\u202ex\n\\r\\n\n", exitFine, nil},
		{"cut off", whole[:len(whole)-30], "a\n", exitIncomplete, []string{"unexpected EOF", "not complete"}},
		{"HTML", "<!DOCTYPE html><html><body>Please log in\x1b[2J</body></html>", "", exitIncomplete, []string{"not a DAV:multistatus", "html", "Please log in"}},
		{"empty", " ", "", exitIncomplete, []string{"empty"}},
		{"gone itself", multi(failed("/c/", 404)), "", exitIncomplete, []string{"404"}},
		{"a member fails", multi(dir("/c/"), failed("/c/x", 403), failed("/c/y", 403), file("/c/a")), "a\n", exitProblems,
			[]string{"403 x ×2, first: /c/x"}},
		{"one status for several", multi(dir("/c/"), `<d:response><d:href>/c/x</d:href><d:href>/c/y</d:href><d:status>HTTP/1.1 423 x</d:status></d:response>`),
			"", exitProblems, []string{"423 x ×2, first: /c/x"}},
		{"members left out", multi(dir("/c/"), file("/c/a"), failed("/c/", 507)), "a\n", exitIncomplete, []string{"left members out"}},
		{"out of the collection", multi(dir("/c/"), file("/etc/passwd"), file("/c/../x"), file("/c/%2e%2e/x"), file("/"), file("/cc/x"), file("/c/a")), "a\n",
			exitProblems, []string{"outside of the collection ×5, first: /etc/passwd"}},
		{"on another server", multi(dir("/c/"), file("http://evil.example/c/x"), file("https://HOST/c/y"), file("//evil.example/c/x"), file("/c/a")), "a\n",
			exitProblems, []string{"on another server ×2, first: http://evil.example/c/x", "outside of the collection: //evil.example/c/x"}},
		{"deeper than asked", multi(dir("/c/"), dir("/c/b/"), file("/c/b/x")), "b/\n", exitProblems, []string{"deeper than was asked for: /c/b/x"}},
		{"commands in hrefs", multi(dir("/c/"), file("/\u009b2J")), "", exitProblems, []string{`outside of the collection: /\u009b2J`}},
		{"no properties", multi(dir("/c/"), `<d:response><d:href>/c/x/</d:href><d:propstat><d:prop><d:resourcetype/></d:prop><d:status>HTTP/1.1 404 x</d:status></d:propstat></d:response>`),
			"x/\n", exitFine, nil},
		{"namespaces of others", strings.ReplaceAll(whole, `"DAV:"`, `"x"`), "", exitIncomplete, []string{"not a DAV:multistatus"}},
	} {
		var host string
		url := serve(t, func(http.ResponseWriter, string, string) string { return strings.ReplaceAll(c.body, "HOST", host) })
		host = strings.TrimPrefix(url, "http://")
		code, out, errs := ls(t, url+"/c/")
		if code != c.code || out != c.out {
			t.Errorf("%s: exit code %d, %q, want %d, %q; %s", c.what, code, out, c.code, c.out, errs)
		}
		for _, want := range c.errs {
			if !strings.Contains(errs, want) {
				t.Errorf("%s: told %q, want %q", c.what, errs, want)
			}
		}
		if strings.ContainsAny(out+errs, "\x1b\u009b") || c.errs == nil && errs != "" {
			t.Errorf("%s: told %q", c.what, errs)
		}
	}
}

// A page of HTML, or nothing, with another status.
func TestStatus(t *testing.T) {
	for _, c := range []struct {
		code       int
		kind, body string
		want       string
	}{
		{200, "text/html", "<html>", "200 OK; only 207"},
		{401, "text/plain", "no\x1b[2J", `401 Unauthorized: no\x1b[2J; user and password come from DAVLS_USER`},
		{403, "application/xml", `<error xmlns="DAV:"><need-privileges/><s:message xmlns:s="http://sabredav.org/ns">sorry</s:message></error>`,
			"403 Forbidden: need-privileges, message “sorry”"},
		{403, "application/xml", "<error xmlns='DAV:'><x>sorry\ndavls: fine\n&#x85;</x></error>", "403 Forbidden: x “sorry davls: fine”\n"},
		{404, "text/plain", "404 Not Found\n", "404 Not Found\n"},
		{500, "text/plain; charset=utf-8", "broken\nhere", "500 Internal Server Error: broken\n"},
	} {
		s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", c.kind)
			w.WriteHeader(c.code)
			io.WriteString(w, c.body)
		}))
		code, out, errs := ls(t, s.URL)
		if s.Close(); code != exitIncomplete || out != "" || !strings.Contains(errs, c.want) {
			t.Errorf("%d: exit code %d, %q, %q, want %q", c.code, code, out, errs, c.want)
		}
	}
}

// A server does not fill the terminal with what it says.
func TestLongWords(t *testing.T) {
	url := serve(t, func(_ http.ResponseWriter, path, _ string) string {
		all := []string{dir(path)}
		for i := range 60 {
			all = append(all, strings.Replace(failed(fmt.Sprint(path, i), 400+i), " x<", " "+strings.Repeat("x", 10_000)+"<", 1))
		}
		return multi(all...)
	})
	code, _, errs := ls(t, url+"/c/")
	if code != exitProblems || len(errs) > 60*(maxWhat+maxShown) || strings.Count(errs, "\n") != maxKinds+1 {
		t.Errorf("exit code %d, %d bytes, %d lines", code, len(errs), strings.Count(errs, "\n"))
	}
}

// What is compressed otherwise than was asked for is told as that, and not as bad XML.
func TestContentEncoding(t *testing.T) {
	for coding, want := range map[string]int{"": exitFine, "identity": exitFine, "br": exitIncomplete} {
		url := serve(t, func(w http.ResponseWriter, path, _ string) string {
			w.Header().Set("Content-Encoding", coding)
			return multi(dir(path))
		})
		code, _, errs := ls(t, url+"/c/")
		if code != want || strings.Contains(errs, `Content-Encoding "br"`) != (coding == "br") {
			t.Errorf("%q: exit code %d, %s", coding, code, errs)
		}
	}
}

// site is a tree by path, served in depths that a server may have.
func site(infinity string) func(http.ResponseWriter, string, string) string {
	tree := map[string][]string{
		"/c/":     {dir("/c/a/"), dir("/c/b/"), file("/c/f")},
		"/c/a/":   {dir("/c/a/x/"), file("/c/a/g")},
		"/c/a/x/": {file("/c/a/x/h")},
		"/c/b/":   {dir("/c/b/y/")},
		"/c/b/y/": {dir("/c/b/y/z/")},
	}
	return func(w http.ResponseWriter, path, depth string) string {
		all := append([]string{dir(path)}, tree[path]...)
		switch {
		case depth != "infinity" || infinity == "ignored":
		case infinity == "refused":
			w.WriteHeader(http.StatusForbidden)
			return ""
		case infinity == "refused in a 207":
			return multi(failed(path, 403))
		case infinity == "two levels":
			all = append(all, append(tree["/c/a/"], tree["/c/b/"]...)...)
		case infinity == "whole":
			all = append(all, append(tree["/c/a/"], tree["/c/b/"]...)...)
			all = append(append(all, tree["/c/a/x/"]...), tree["/c/b/y/"]...)
		}
		return multi(all...)
	}
}

// However the server takes Depth: infinity, all is listed, and once.
func TestRecursive(t *testing.T) {
	const tree = "├── a/\n│   ├── g\n│   └── x/\n│       └── h\n├── b/\n│   └── y/\n│       └── z/\n└── f\n"
	for infinity, want := range map[string]int{"whole": 2, "two levels": 4, "ignored": 6, "refused": 7, "refused in a 207": 7} {
		n := 0
		answer := site(infinity)
		url := serve(t, func(w http.ResponseWriter, path, depth string) string { n++; return answer(w, path, depth) })
		if code, out, errs := ls(t, "-tree", url+"/c/"); code != exitFine || out != tree || errs != "" {
			t.Errorf("%s: exit code %d\n%s%s", infinity, code, out, errs)
		}
		if n != want {
			t.Errorf("%s: %d requests, want %d", infinity, n, want)
		}
		_, out, _ := ls(t, "-r", url+"/c/")
		if got := len(strings.Fields(out)); got != 8 {
			t.Errorf("%s: %d entries, want 8 in %s", infinity, got, out)
		}
	}
}

// A collection that cannot be listed, whichever way that is said, is told, and the others are listed.
func TestShut(t *testing.T) {
	for what, c := range map[string]struct {
		shut func(w http.ResponseWriter) string
		told string
	}{
		"by the status": {func(w http.ResponseWriter) string { w.WriteHeader(http.StatusForbidden); return "" }, "403 Forbidden: /c/a/"},
		"in a 207":      {func(http.ResponseWriter) string { return multi(failed("/c/a/", 403)) }, "403 x: /c/a/"},
		"by a status of words": {func(http.ResponseWriter) string {
			return strings.Replace(multi(failed("/c/a/", 403)), "HTTP/1.1 403", "no", 1)
		}, "no x: /c/a/"},
	} {
		answer := site("ignored")
		url := serve(t, func(w http.ResponseWriter, path, depth string) string {
			if path == "/c/a/" {
				return c.shut(w)
			}
			return answer(w, path, depth)
		})
		code, out, errs := ls(t, "-r", url+"/c/")
		if want := "a/ b/ f b/y/ b/y/z/"; code != exitIncomplete || strings.Join(strings.Fields(out), " ") != want ||
			!strings.Contains(errs, c.told) || !strings.Contains(errs, "not complete") {
			t.Errorf("%s: exit code %d, %q, %s, want %q, %s", what, code, out, errs, want, c.told)
		}
	}
}

// Trees that never end, in which way ever.
func TestEndless(t *testing.T) {
	for _, c := range []struct {
		what   string
		args   []string
		answer func(w http.ResponseWriter, path, depth string) string
		errs   string
	}{
		{"collections in collections", []string{"-r", "-max-depth", "20"}, func(_ http.ResponseWriter, path, _ string) string {
			return multi(dir(path), dir(path+"a/"))
		}, "nested more than 20 deep"},
		{"entries", []string{"-max-entries", "1000"}, func(w http.ResponseWriter, path, _ string) string {
			w.WriteHeader(http.StatusMultiStatus)
			io.WriteString(w, strings.TrimSuffix(multi(dir(path)), "</d:multistatus>"))
			for i := 0; i < 10_000_000; i++ {
				if _, err := io.WriteString(w, file(fmt.Sprint(path, i))); err != nil {
					break
				}
			}
			return ""
		}, "more than 1000 entries"},
		{"white space", []string{"-max-bytes", "100000"}, func(w http.ResponseWriter, path, _ string) string {
			return strings.TrimSuffix(multi(dir(path)), "</d:multistatus>") + strings.Repeat(" ", 200_000)
		}, "limit MaxBytes of 100000"},
		{"silence", []string{"-wait", "50ms"}, func(w http.ResponseWriter, path, _ string) string {
			w.WriteHeader(http.StatusMultiStatus)
			io.WriteString(w, strings.TrimSuffix(multi(dir(path)), "</d:multistatus>"))
			w.(http.Flusher).Flush()
			time.Sleep(300 * time.Millisecond)
			return ""
		}, "the server is silent"},
		{"redirections", nil, func(w http.ResponseWriter, path, _ string) string {
			w.Header().Set("Location", path+"x/")
			w.WriteHeader(http.StatusMovedPermanently)
			return ""
		}, "again and again"},
	} {
		url := serve(t, c.answer)
		code, _, errs := ls(t, append(c.args, url+"/c/")...)
		if code != exitIncomplete || !strings.Contains(errs, c.errs) || !strings.Contains(errs, "not complete") {
			t.Errorf("%s: exit code %d, told %s, want %s", c.what, code, errs, c.errs)
		}
	}
}

// A collection that is listed twice, and in itself, is asked for once.
func TestLoop(t *testing.T) {
	n := 0
	url := serve(t, func(_ http.ResponseWriter, path, depth string) string {
		if n++; n > 10 {
			t.Fatal("it goes on and on")
		}
		return multi(dir(path), dir("/c/a/"), dir("/c/a/"), dir("/c/a/../../c/"))
	})
	code, _, errs := ls(t, "-r", url+"/c/")
	if code != exitProblems || !strings.Contains(errs, "a second time") || !strings.Contains(errs, "outside of the collection") {
		t.Errorf("exit code %d, told %s", code, errs)
	}
}

// User and password go to the server that was named, also after a redirection to itself, and to no other.
func TestCredentials(t *testing.T) {
	var seen []string
	note := func(r *http.Request) {
		user, password, _ := r.BasicAuth()
		seen = append(seen, r.URL.Path+" "+user+":"+password)
	}
	other := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		note(r)
		w.WriteHeader(http.StatusMultiStatus)
		io.WriteString(w, multi(dir(r.URL.Path), file(r.URL.Path+"x")))
	}))
	defer other.Close()
	one := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		note(r)
		if r.URL.Path == "/c" {
			http.Redirect(w, r, "/c/", http.StatusMovedPermanently)
		} else {
			http.Redirect(w, r, other.URL+"/d/", http.StatusTemporaryRedirect)
		}
	}))
	defer one.Close()
	code, out, errs := ls(t, strings.Replace(one.URL, "http://", "http://u:p@", 1)+"/c")
	if got, want := strings.Join(seen, ", "), "/c u:p, /c/ u:p, /d/ :"; code != exitFine || out != "x\n" || got != want {
		t.Errorf("exit code %d, %q, %s; seen %s, want %s", code, out, errs, got, want)
	}
}

// What goes wrong in one collection leaves those beside it: a redirection, which leads nowhere else, or a refusal, in whatever form.
func TestOneOfMany(t *testing.T) {
	for _, c := range []struct {
		what   string
		answer func(w http.ResponseWriter) string // of /c/a/
		errs   string
	}{
		{"redirected out", moved("/e/"), "/c/a/ redirects elsewhere, to http://"},
		{"redirected to what it is in", moved("/c/"), "/c/a/ redirects elsewhere, to http://"},
		{"redirected to what is beside it", moved("/c/b/"), "/c/a/ redirects elsewhere, to http://"},
		{"redirected to what is in it", moved("/c/a/x/"), "/c/a/ redirects elsewhere, to http://"},
		{"redirected to itself", moved("/c/a/"), "/c/a/ redirects again and again"},
		{"redirected to no web server", moved("ftp://x/c/a/"), "/c/a/ redirects to ftp://x/c/a/"},
		{"redirected nowhere", moved(""), "/c/a/ redirects nowhere"},
		{"refused", func(w http.ResponseWriter) string { w.WriteHeader(http.StatusForbidden); return "" }, "403 Forbidden: /c/a/"},
		{"refused in a 207", func(http.ResponseWriter) string { return multi(failed("/c/a/", 403)) }, "403 x: /c/a/"},
	} {
		url := serve(t, func(w http.ResponseWriter, path, depth string) string {
			switch {
			case depth == everything:
				return multi(failed(path, 403))
			case path == "/c/a/":
				return c.answer(w)
			case path == "/c/":
				return multi(dir("/c/"), dir("/c/a/"), dir("/c/b/"))
			}
			return multi(dir(path), file(path+"f"))
		})
		code, out, errs := ls(t, "-r", url+"/c/")
		if code != exitIncomplete || out != "a/\nb/\nb/f\n" || !strings.Contains(errs, c.errs) {
			t.Errorf("%s: exit code %d, %q, %s, want %s", c.what, code, out, errs, c.errs)
		}
	}
}

// moved answers with a redirection.
func moved(to string) func(http.ResponseWriter) string {
	return func(w http.ResponseWriter) string {
		if to != "" {
			w.Header().Set("Location", to)
		}
		w.WriteHeader(http.StatusFound)
		return ""
	}
}

func TestForms(t *testing.T) {
	url := serve(t, func(_ http.ResponseWriter, path, _ string) string {
		if path != "/c/" {
			return multi(dir(path))
		}
		return multi(dir("/c/"), file("/c/a%0A%7f%C2%9B%F3%A0%80%81"), dir("/c/b/"))
	})
	for _, c := range []struct{ flag, want string }{
		{"-l", "           7  1994-11-06 08:49:37  a\\n\\x7f\\u009b\\U000e0001\n           -  -                    b/\n"},
		{"-json", `{"path":"a\n\u007f\u009b\udb40\udc01","href":"/c/a%0A%7f%C2%9B%F3%A0%80%81","collection":false,"size":7,"modified":"1994-11-06T08:49:37Z"}` + "\n" +
			`{"path":"b/","href":"/c/b/","collection":true}` + "\n"},
		{"-tree", "├── a\\n\\x7f\\u009b\\U000e0001\n└── b/\n"},
	} {
		if code, out, errs := ls(t, c.flag, url+"/c/"); code != exitFine || out != c.want {
			t.Errorf("%s: exit code %d\n%s%swant\n%s", c.flag, code, out, errs, c.want)
		}
	}
}

// What is asked for is what is read.
func TestQuestion(t *testing.T) {
	p, err := multistatus.ParseElement([]byte(question), &multistatus.DecodeOptions{Reject: multistatus.AllQuirks()})
	if err != nil || p.Name != multistatus.DAV("propfind") {
		t.Fatalf("the question is %v, %v", p.Name, err)
	}
	var asked []multistatus.Name
	for n, v := range p.Value.Elements() {
		if n != multistatus.DAV("prop") {
			t.Errorf("the question has %v", n)
		}
		for n := range v.Elements() {
			asked = append(asked, n)
		}
	}
	if !slices.Equal(asked, wanted) {
		t.Errorf("it asks for %v, and reads %v", asked, wanted)
	}
}

// Properties are read as servers write them, and left out where they say nothing.
func TestProperties(t *testing.T) {
	for _, c := range []struct{ what, props, want string }{
		{"as it should be", `<d:getcontentlength>7</d:getcontentlength><d:getlastmodified>Sun, 06 Nov 1994 08:49:37 GMT</d:getlastmodified><d:getetag>W/"1"</d:getetag><d:getcontenttype>text/plain</d:getcontenttype>`,
			`"collection":false,"size":7,"modified":"1994-11-06T08:49:37Z","etag":"W/\"1\"","type":"text/plain"`},
		{"dates of ISO 8601", `<d:getlastmodified>1994-11-06T08:49:37Z</d:getlastmodified>`, `"collection":false,"modified":"1994-11-06T08:49:37Z"`},
		{"dates with +0000", `<d:getlastmodified>Sun, 06 Nov 1994 08:49:37 +0000</d:getlastmodified>`, `"collection":false,"modified":"1994-11-06T08:49:37Z"`},
		{"a tag without quotes", `<d:getetag>1</d:getetag>`, `"collection":false,"etag":"1"`},
		{"white space", "<d:getcontentlength> 7\n</d:getcontentlength>", `"collection":false,"size":7`},
		{"a collection in no namespace", `<d:resourcetype><collection/></d:resourcetype>`, `"collection":true`},
		{"the length of a collection", `<d:resourcetype><d:collection/></d:resourcetype><d:getcontentlength>7</d:getcontentlength>`, `"collection":true`},
		{"nonsense", `<d:getcontentlength>-1</d:getcontentlength><d:getlastmodified>x</d:getlastmodified><d:getetag/>`, `"collection":false`},
	} {
		url := serve(t, func(http.ResponseWriter, string, string) string {
			return multi(dir("/c/"), `<d:response><d:href>/c/a</d:href><d:propstat><d:prop>`+c.props+`</d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response>`)
		})
		code, out, errs := ls(t, "-json", url+"/c/")
		if want := `"href":"/c/a",` + c.want + "}\n"; code != exitFine || !strings.HasSuffix(out, want) {
			t.Errorf("%s: exit code %d, %s%s, want %s", c.what, code, out, errs, want)
		}
	}
}

func TestUsage(t *testing.T) {
	for _, c := range []struct {
		args string
		code int
		want string
	}{
		{"", exitIncomplete, "name one URL"},
		{"http://a http://b", exitIncomplete, "name one URL"},
		{"a/b", exitIncomplete, "begins with http://"},
		{"ftp://a", exitIncomplete, "begins with http://"},
		{"http://u:secret@%zz/", exitIncomplete, "no URL"},
		{"-x http://a", exitIncomplete, "-x"},
		{"-json -tree http://a", exitIncomplete, "-json"},
		{"-json -l http://a", exitIncomplete, "-json"},
		{"-h", exitFine, "-max-depth"},
	} {
		code, _, errs := ls(t, strings.Fields(c.args)...)
		if code != c.code || !strings.Contains(errs, c.want) || strings.Contains(errs, "secret") {
			t.Errorf("%q: exit code %d, %s, want %d, %s", c.args, code, errs, c.code, c.want)
		}
	}
}

// scale is a printer that prints nothing, and looks at the heap now and then.
type scale struct {
	n    int
	peak uint64
}

func (s *scale) print(entry) error {
	if s.n++; s.n%2000 == 1 {
		s.peak = max(s.peak, heap())
	}
	return nil
}

func (s *scale) end() {}

func heap() uint64 {
	var s runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&s)
	return s.HeapAlloc
}

// A listing that is printed while it arrives takes the same memory however long it is.
func TestMemory(t *testing.T) {
	const some, many, slack = 4000, 100_000, 256 << 10
	var hundred strings.Builder
	for i := range 100 {
		hundred.WriteString(file(fmt.Sprintf("/c/%06d", i)))
	}
	body := []byte(hundred.String()) // written as it is, so that the server leaves no garbage in the heap that is looked at
	peak := func(n int) int64 {
		host := serve(t, func(w http.ResponseWriter, path, _ string) string {
			w.WriteHeader(http.StatusMultiStatus)
			io.WriteString(w, strings.TrimSuffix(multi(dir(path)), "</d:multistatus>"))
			for range n / 100 {
				w.Write(body)
			}
			io.WriteString(w, "</d:multistatus>")
			return ""
		})
		u, err := url.Parse(host + "/c/")
		if err != nil {
			t.Fatal(err)
		}
		out := &scale{}
		before := heap()
		l := newLister(newClient(u, "", "", time.Minute), out, limits{entries: n, depth: 1})
		if err := l.list(t.Context(), u, false); err != nil || out.n != n {
			t.Fatalf("%d entries, %v, want %d", out.n, err, n)
		}
		return int64(out.peak) - int64(before)
	}
	peak(100) // what is made once
	a, b := peak(some), peak(many)
	t.Logf("heap while listing, over that before: %d entries %d bytes, %d entries %d bytes", some, a, many, b)
	if b > a+slack {
		t.Errorf("%d entries took %d bytes, %d took %d", some, a, many, b)
	}
}

func TestProgress(t *testing.T) {
	var b bytes.Buffer
	p := &progress{out: &b, next: time.Now().Add(-time.Second)}
	p.tell(63)
	p.tell(64)
	p.tell(128)
	p.wipe()
	if got, want := b.String(), "\r\x1b[K64 entries\r\x1b[K"; got != want {
		t.Errorf("told %q, want %q", got, want)
	}
}

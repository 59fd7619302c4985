// Package trial gives the bodies of testdata to clients, in the code of others and in that of the examples beside it, and tells
// what each makes of them.
package trial

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/net/webdav"

	"github.com/go-multistatus/multistatus/internal/bodies"
	"github.com/go-multistatus/multistatus/internal/catalogue"
)

// Root is the folder of the repository, as seen from the folder of this module.
const Root = "../.."

// A Body is what a server answers to a PROPFIND of "/" with a Depth of 1.
type Body struct {
	ID, Text, ContentType string
	original              string // as it is in testdata
}

// Quirks returns the bodies of testdata/quirks, each put into a listing: see listing.
func Quirks(root string) ([]Body, error) {
	dir := filepath.Join(root, "testdata", "quirks")
	entries, err := catalogue.Load(dir)
	if err != nil {
		return nil, err
	}
	var found []Body
	for _, e := range entries {
		text, err := os.ReadFile(filepath.Join(dir, e.ID+".xml"))
		if err != nil {
			return nil, err
		}
		found = append(found, Body{e.ID, listing(string(text)), e.ContentType, string(text)})
	}
	return found, nil
}

// Corpus returns the bodies of testdata/corpus that answer a PROPFIND for values, as they are but for a response about
// "/" in front, if there is none.
func Corpus(root string) ([]Body, error) {
	files, err := filepath.Glob(filepath.Join(root, "testdata", "corpus", "*", "*.request.json"))
	if err != nil {
		return nil, err
	}
	var found []Body
	for _, file := range files {
		var asked struct {
			Method, Body string
			ContentType  string
		}
		text, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		if err := json.Unmarshal(text, &asked); err != nil {
			return nil, err
		}
		if asked.Method != "PROPFIND" || asked.Body != "" && !strings.Contains(asked.Body, "allprop") && !strings.Contains(asked.Body, "getcontentlength") {
			continue
		}
		name := strings.TrimSuffix(file, ".request.json")
		if text, err = os.ReadFile(name + ".xml"); err != nil {
			return nil, err
		}
		id := filepath.Base(filepath.Dir(name)) + "/" + filepath.Base(name)
		found = append(found, Body{id, withSelf(string(text)), asked.ContentType, string(text)})
	}
	return found, nil
}

// Generated returns a body of internal/bodies with so many responses, and one about "/" in front.
func Generated(kind string, responses int) *Body {
	for i := range bodies.Kinds {
		if k := &bodies.Kinds[i]; k.Name == kind {
			return &Body{ID: kind, Text: withSelf(k.Make(responses))}
		}
	}
	return nil
}

// Files returns a file system in memory with so many files in its root.
func Files(n int) (webdav.FileSystem, error) {
	m := webdav.NewMemFS()
	for i := range n {
		f, err := m.OpenFile(context.Background(), "/file-"+strconv.Itoa(i)+".txt", os.O_CREATE|os.O_WRONLY, 0o666)
		if err != nil {
			return nil, err
		}
		_, err = io.WriteString(f, "text")
		if err := errors.Join(err, f.Close()); err != nil {
			return nil, err
		}
	}
	return m, nil
}

var (
	rootTag = regexp.MustCompile(`<([A-Za-z0-9]+:)?multistatus(?:[^>]*[^/])?>`)

	// statusOnly is the end of an href and a status of success; okProp is a prop in a propstat of success.
	statusOnly = regexp.MustCompile(`(</(?:[A-Za-z0-9]+:)?(?:href|responsedescription)>\s*)(<(?:[A-Za-z0-9]+:)?status>[^<]*200[^<]*</(?:[A-Za-z0-9]+:)?status>)`)
	okProp     = regexp.MustCompile(`(?s)(<(?:[A-Za-z0-9]+:)?prop>)((?:[^<]|<[^/]|</[A-Za-z0-9]*:?[^p])*</(?:[A-Za-z0-9]+:)?prop>\s*<(?:[A-Za-z0-9]+:)?status>[^<]*200)`)
)

// withSelf puts a response about "/" first, in the prefix of the root: gowebdav takes the first for the collection itself.
func withSelf(text string) string {
	at := rootTag.FindStringSubmatchIndex(text)
	if at == nil || strings.Contains(text, "href>/</") {
		return text
	}
	return text[:at[1]] + response(prefix(text, at), "/", "<D:collection/>", "") + text[at[1]:]
}

// listing makes a listing of a body that shows a quirk: with a response about "/" in front, and one about a file behind, both
// without fault; and with the properties that a client asks for where the body has propstats, or a status alone, but not those.
func listing(text string) string {
	at := rootTag.FindStringSubmatchIndex(text)
	if at == nil {
		return text
	}
	p := prefix(text, at)
	text = complete(text, p)
	if end := strings.LastIndex(text, "</"+p+"multistatus>"); end > 0 {
		text = text[:end] + response(p, "/sound.txt", "", "17") + text[end:]
	}
	return withSelf(text)
}

func prefix(text string, at []int) string {
	if at[2] < 0 {
		return ""
	}
	return text[at[2]:at[3]]
}

// complete adds a resourcetype and a getcontentlength to what is found of a resource, unless the body has its own.
func complete(text, p string) string {
	var missing string
	if !strings.Contains(text, "resourcetype") && !strings.Contains(text, "iscollection") {
		missing += "<" + p + "resourcetype/>"
	}
	if !strings.Contains(text, "getcontentlength") {
		missing += "<" + p + "getcontentlength>4</" + p + "getcontentlength>"
	}
	text = statusOnly.ReplaceAllString(text, "$1<"+p+"propstat><"+p+"prop>"+missing+"</"+p+"prop>$2</"+p+"propstat>")
	if !strings.Contains(text, missing) {
		text = okProp.ReplaceAllString(text, "$1"+missing+"$2")
	}
	return text
}

// response writes one about a member of that path, whose resourcetype and length are given.
func response(p, path, kind, length string) string {
	text := "<D:response><D:href>" + path + "</D:href><D:propstat><D:prop><D:resourcetype>" + kind + "</D:resourcetype>" +
		"<D:getcontentlength>" + length + "</D:getcontentlength><D:getlastmodified>Sun, 06 Nov 1994 08:49:37 GMT</D:getlastmodified>" +
		"</D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response>"
	return strings.NewReplacer("<D:", "<"+p, "</D:", "</"+p).Replace(text)
}

// hasSound reports whether the sound file was put behind what the body is about.
func (b *Body) hasSound() bool { return strings.Contains(b.Text, "/sound.txt<") }

// added returns how many responses were put into a body of the corpus.
func (b *Body) added() int {
	return strings.Count(b.Text, "href>/</") - strings.Count(b.original, "href>/</")
}

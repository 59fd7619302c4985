package rclone_test

import (
	"errors"
	"io"
	"io/fs"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/go-multistatus/multistatus/examples/adopt/internal/trial"
	"github.com/go-multistatus/multistatus/examples/adopt/rclone"
)

var base = &url.URL{Scheme: "http", Host: "dav.example.org", Path: "/dav/"}

const (
	head = `<D:multistatus xmlns:D="DAV:"><D:response><D:href>/dav/</D:href><D:propstat><D:prop><D:resourcetype><D:collection/></D:resourcetype></D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response>`
	file = `<D:response><D:href>/dav/a%20b.txt</D:href><D:propstat><D:prop><D:resourcetype/><D:getcontentlength>5</D:getcontentlength></D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat>`
	tail = `</D:multistatus>`
)

// both lists a body by the model and by List, whose errors are joined.
func both(body string) (model, list []rclone.Item, modelErr, err error) {
	model, modelErr = rclone.Model(strings.NewReader(body), base)
	var errs []error
	for item, err := range rclone.List(strings.NewReader(body), "", base) {
		if err != nil {
			errs = append(errs, err)
			continue
		}
		list = append(list, item)
	}
	return model, list, modelErr, errors.Join(errs...)
}

func TestSame(t *testing.T) {
	model, list, modelErr, err := both(head + file + `</D:response>` + tail)
	if len(list) != 1 || list[0].Name != "a b.txt" || list[0].Size != 5 || err != nil {
		t.Errorf("List lists %v, %v", list, err)
	}
	if len(model) != 1 || model[0].Name != list[0].Name || model[0].Size != list[0].Size || model[0].Dir != list[0].Dir || modelErr != nil {
		t.Errorf("the model lists %v, %v", model, modelErr)
	}
}

// A length that is not found does not take the place of one that is.
func TestLaterPropstat(t *testing.T) {
	model, list, _, err := both(head + file + `<D:propstat><D:prop><D:getcontentlength/></D:prop><D:status>HTTP/1.1 404 Not Found</D:status></D:propstat></D:response>` + tail)
	if model[0].Size != 0 {
		t.Errorf("the model says %v", model)
	}
	if list[0].Size != 5 || err != nil {
		t.Errorf("List says %v, %v", list, err)
	}
}

// A member with a status of its own is no file of no length.
func TestFailedMember(t *testing.T) {
	model, list, _, err := both(head + `<D:response><D:href>/dav/gone</D:href><D:status>HTTP/1.1 404 Not Found</D:status></D:response>` + tail)
	if !slices.ContainsFunc(model, func(i rclone.Item) bool { return i.Name == "gone" }) {
		t.Errorf("the model lists %v", model)
	}
	if len(list) != 0 || !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("List lists %v, %v", list, err)
	}
}

// List hands a member out as soon as it is there. The model reads all before.
func TestStreams(t *testing.T) {
	const more = 5000
	endless := func() *counter {
		text := strings.NewReader(strings.Repeat(file+`</D:response>`, more))
		return &counter{r: io.MultiReader(strings.NewReader(head), text, strings.NewReader(tail))}
	}
	c := endless()
	for item, err := range rclone.List(c, "", base) {
		if item.Name != "a b.txt" || err != nil {
			t.Errorf("it is %v, %v", item, err)
		}
		break
	}
	if c.n > 64<<10 {
		t.Errorf("%d bytes are read for the first member", c.n)
	}
	c = endless()
	if items, err := rclone.Model(c, base); len(items) != more || err != nil || c.n < int64(more*len(file)) {
		t.Errorf("the model lists %d members after %d bytes, %v", len(items), c.n, err)
	}
}

// counter counts what is read.
type counter struct {
	r io.Reader
	n int64
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	return n, err
}

// Where resourcetype and iscollection contradict each other, the backend believes the one that says that it is a collection.
func TestContradiction(t *testing.T) {
	body := head + strings.Replace(file, "<D:resourcetype/>", "<D:resourcetype/><D:iscollection>1</D:iscollection>", 1) + `</D:response>` + tail
	model, list, _, err := both(body)
	if !model[0].Dir || list[0].Dir || err != nil {
		t.Errorf("the model says %v, and List %v, %v", model, list, err)
	}
}

// What was complete before an error is listed, and the error has its place.
func TestTruncated(t *testing.T) {
	model, list, modelErr, err := both(head + file + `</D:response><D:response><D:href>/dav/b`)
	if len(model) != 0 || modelErr == nil {
		t.Errorf("the model lists %v, %v", model, modelErr)
	}
	if len(list) != 1 || !errors.Is(err, io.ErrUnexpectedEOF) || !strings.Contains(err.Error(), "multistatus/response[3]/href") {
		t.Errorf("List lists %v, %v", list, err)
	}
}

func BenchmarkList(b *testing.B) { trial.Bench(b, &trial.Clients[2], "model") }

package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"

	"github.com/emersion/go-webdav"
	"github.com/studio-b12/gowebdav"
)

var clients = []peer{
	{name: "emersion/go-webdav, Client.ReadDir", note: "file properties alone, with the HTTP client around it; over encoding/xml", task: decode,
		prepare: goWebDAV, bodies: listings, blank: onlyResponses, slow: true},
	{name: "studio-b12/gowebdav, Client.ReadDir", note: "file properties alone, with the HTTP client around it; over encoding/xml", task: decode,
		prepare: gowebdavClient, bodies: append([]string{"shuffled"}, listings...), blank: onlyResponses, slow: true},
}

// answer is an HTTP transport that answers every request with a body.
type answer string

func (a answer) RoundTrip(r *http.Request) (*http.Response, error) {
	return &http.Response{
		StatusCode: http.StatusMultiStatus, Status: "207 Multi-Status", Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Request: r,
		Header: http.Header{"Content-Type": {"application/xml; charset=utf-8"}}, Body: io.NopCloser(strings.NewReader(string(a))),
	}, nil
}

func goWebDAV(body string, _ io.Writer) (pass, error) {
	c, err := webdav.NewClient(&http.Client{Transport: answer(body)}, "http://example.org/")
	return func() (vector, error) {
		files, err := c.ReadDir(context.Background(), "/", false)
		return vector{Responses: len(files)}, err
	}, err
}

// self is the collection that was asked for, which gowebdav wants to be the first.
const self = `<response xmlns="DAV:"><href>/</href><propstat><prop><resourcetype><collection/></resourcetype></prop><status>HTTP/1.1 200 OK</status></propstat></response>`

func gowebdavClient(body string, _ io.Writer) (pass, error) {
	root := strings.Index(body, "multistatus")
	if root < 0 {
		return nil, fmt.Errorf("no multistatus")
	}
	at := root + strings.IndexByte(body[root:], '>') + 1
	c := gowebdav.NewClient("http://example.org/", "", "")
	c.SetTransport(answer(body[:at] + self + body[at:]))
	return func() (vector, error) {
		files, err := c.ReadDir("/")
		return vector{Responses: len(files)}, err
	}, nil
}

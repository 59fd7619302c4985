package main

import (
	"io"

	"github.com/go-multistatus/multistatus"
	"github.com/go-multistatus/multistatus/internal/records"
)

const (
	oursCalls  = "this package, by calls"
	oursValues = "this package, Encode of decoded Responses"
)

var ourEncoders = []peer{
	{name: oursCalls, note: "texts are escaped and checked", task: encode, prepare: calls},
	{name: oursValues, note: "values are valid by construction", task: encode, prepare: values},
}

func values(body string, w io.Writer) (pass, error) {
	m, err := multistatus.Parse([]byte(body), nil)
	if err != nil {
		return nil, err
	}
	opts := records.Options(m)
	var e multistatus.Encoder
	return func() (vector, error) {
		e.Reset(w, &opts)
		for i := range m.Responses {
			e.Encode(&m.Responses[i])
		}
		e.Trailer(m.Description, m.SyncToken)
		return vector{}, e.Close()
	}, nil
}

func calls(body string, w io.Writer) (pass, error) {
	m, err := multistatus.Parse([]byte(body), nil)
	if err != nil {
		return nil, err
	}
	b := records.New(m)
	var e multistatus.Encoder
	return func() (vector, error) {
		e.Reset(w, &b.Options)
		for i := range b.Records {
			b.Records[i].Write(&e)
		}
		e.Trailer(m.Description, m.SyncToken)
		return vector{}, e.Close()
	}, nil
}

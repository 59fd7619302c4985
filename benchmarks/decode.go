package main

import (
	"io"
	"strings"

	"github.com/go-multistatus/multistatus"
)

// The properties that are selected where two are.
var two = []multistatus.Name{multistatus.DAV("getetag"), multistatus.DAV("resourcetype")}

func isOfTwo(n name) bool { return n == two[0] || n == two[1] }

const (
	ours         = "this package"
	oursRaw      = "this package, values as they stand"
	oursReader   = "this package, from a reader"
	oursCold     = "this package, a new Decoder for each body"
	oursColdRead = "this package, a new Decoder, from a reader"
	oursTwo      = "this package, Select of two properties"
)

var ourDecoders = []peer{
	{name: ours, note: "ResetString; texts by AppendText", task: decode, prepare: decoder(warm), small: true},
	{name: oursRaw, note: "ResetString; no value is looked at", task: decode, prepare: decoder(raw), blank: noValues},
	{name: oursReader, note: "Reset; texts by AppendText", task: decode, prepare: decoder(reader), small: true},
	{name: oursCold, note: "nothing learned before; texts by AppendText", task: decode, prepare: decoder(cold), small: true},
	{name: oursColdRead, note: "nothing learned before; texts by AppendText", task: decode, prepare: decoder(coldReader), small: true},
	{name: oursTwo, note: "the other properties are checked and left out", task: decode, prepare: decoder(selected), only: isOfTwo},
}

// drain decodes all that d has.
func drain(d *multistatus.Decoder, r *multistatus.Response, room []byte) (v vector, _ []byte, _ error) {
	for {
		switch err := d.Next(r); err {
		case nil:
			room = v.add(r, room)
		case io.EOF:
			return v, room, nil
		default:
			return v, room, err
		}
	}
}

func warm(body string) pass {
	var d multistatus.Decoder
	return again(&d, func() { d.ResetString(body, nil) })
}

func reader(body string) pass {
	var d multistatus.Decoder
	return again(&d, func() { d.Reset(strings.NewReader(body), nil) })
}

// raw does not ask for texts: values are checked, and stay as they are in the body.
func raw(body string) pass {
	var d multistatus.Decoder
	var r multistatus.Response
	return func() (v vector, _ error) {
		d.ResetString(body, nil)
		for {
			if err := d.Next(&r); err == io.EOF {
				return v, nil
			} else if err != nil {
				return v, err
			}
			v.addRaw(&r)
		}
	}
}

// again decodes with d what reset gives it.
func again(d *multistatus.Decoder, reset func()) pass {
	var r multistatus.Response
	var room []byte
	return func() (v vector, err error) {
		reset()
		v, room, err = drain(d, &r, room)
		return v, err
	}
}

func cold(body string) pass {
	return func() (vector, error) {
		var d multistatus.Decoder
		d.ResetString(body, nil)
		return once(&d)
	}
}

func coldReader(body string) pass {
	return func() (vector, error) { return once(multistatus.NewDecoder(strings.NewReader(body), nil)) }
}

func once(d *multistatus.Decoder) (vector, error) {
	var r multistatus.Response
	v, _, err := drain(d, &r, nil)
	return v, err
}

func selected(body string) pass {
	var d multistatus.Decoder
	var r multistatus.Response
	var room []byte
	opts := &multistatus.DecodeOptions{Select: two}
	return func() (v vector, err error) {
		d.ResetString(body, opts)
		for {
			if err := d.Next(&r); err == io.EOF {
				return v, nil
			} else if err != nil {
				return v, err
			}
			for i := range r.Propstats {
				r.Propstats[i].Props = ofTwo(r.Propstats[i].Props)
			}
			room = v.add(&r, room)
		}
	}
}

// ofTwo leaves out the one that stands for others in a propstat that is not OK.
func ofTwo(props []multistatus.Property) []multistatus.Property {
	if len(props) == 1 && !isOfTwo(props[0].Name) {
		return props[:0]
	}
	return props
}

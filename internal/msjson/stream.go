package msjson

import (
	"io"

	"github.com/go-multistatus/multistatus"
)

// Stream decodes what is left in d and writes what Body.Write would write of it, on one line.
// It holds one response at a time. failure is what ended the decoding, or nil; err is w's.
func Stream(w io.Writer, d *multistatus.Decoder) (failure, err error) {
	_, err = io.WriteString(w, `{"responses":[`)
	between := ""
	var r multistatus.Response
	for err == nil {
		if failure = d.Next(&r); failure != nil {
			break
		}
		err = writePart(w, between, response(&r), "")
		between = ","
	}
	if failure == io.EOF {
		failure = nil
	}
	if err == nil {
		err = writePart(w, "],", endingOf(d.Description(), d.SyncToken(), d.Quirks(), failure), "\n")
	}
	return failure, err
}

// writePart writes the JSON of v between before and after. Of what is the rest of an object it leaves the first brace out.
func writePart(w io.Writer, before string, v any, after string) error {
	text, err := marshal(v, "")
	if err != nil {
		return err
	}
	text = text[:len(text)-1]
	if _, rest := v.(ending); rest {
		text = text[1:]
	}
	if _, err = io.WriteString(w, before); err == nil {
		_, err = w.Write(append(text, after...))
	}
	return err
}

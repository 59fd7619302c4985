package main

import (
	"encoding/xml"
	"io"
	"strings"
)

const encodeToken = "encoding/xml, EncodeToken"

var stdEncoders = []peer{
	{name: encodeToken, note: "prefixes are given; nothing is abbreviated", task: encode, prepare: encodeTokens},
	{name: "encoding/xml, Marshal", note: "of structs; declares the namespace again at each property", task: encode, prepare: marshal},
}

func encodeTokens(body string, w io.Writer) (pass, error) {
	tokens, err := rawTokens(body)
	return func() (vector, error) {
		e := xml.NewEncoder(w)
		for _, t := range tokens {
			if err := e.EncodeToken(t); err != nil {
				return vector{}, err
			}
		}
		return vector{}, e.Close()
	}, err
}

// rawTokens returns the tokens of the body, their prefixes in the local names, so that encoding/xml need not make any.
func rawTokens(body string) (tokens []xml.Token, _ error) {
	d := xml.NewDecoder(strings.NewReader(body))
	for {
		t, err := d.RawToken()
		if err == io.EOF {
			return tokens, nil
		} else if err != nil {
			return nil, err
		}
		tokens = append(tokens, flat(xml.CopyToken(t)))
	}
}

func flat(t xml.Token) xml.Token {
	switch t := t.(type) {
	case xml.StartElement:
		t.Name = flatName(t.Name)
		for i := range t.Attr {
			t.Attr[i].Name = flatName(t.Attr[i].Name)
		}
		return t
	case xml.EndElement:
		t.Name = flatName(t.Name)
		return t
	}
	return t
}

func flatName(n xml.Name) xml.Name {
	if n.Space == "" {
		return n
	}
	return xml.Name{Local: n.Space + ":" + n.Local}
}

func marshal(body string, w io.Writer) (pass, error) {
	var m xmlBody
	err := xml.Unmarshal([]byte(body), &m)
	return func() (vector, error) { return vector{}, xml.NewEncoder(w).Encode(&m) }, err
}

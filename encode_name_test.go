package multistatus

import (
	"bytes"
	"errors"
	"strings"
	"testing"
)

// A name that was decoded with a second colon is written without, however it is written: as AppendXML does it.
// Who names a property himself, or gives a name that is bad in another way, is told so, also where the other was written before.
func TestEncodeSecondColon(t *testing.T) {
	p := Property{Name: Name{"urn:c", "user:b:in"}, Lang: "de", Value: Text("x")}
	alone := string(p.AppendXML(nil))
	if want := `<ns1:user_b_in xmlns:ns1="urn:c" xml:lang="de">x</ns1:user_b_in>`; alone != want {
		t.Fatalf("AppendXML = %q, want %q", alone, want)
	}
	r := &Response{Href: "/a", Propstats: []Propstat{{Props: []Property{p, p}, Status: Status{Code: 200}}}}
	if err := r.Validate(); !errors.Is(err, ErrName) {
		t.Errorf("Validate = %v, want ErrName", err)
	}
	want := docHead + `<D:response><D:href>/a</D:href><D:propstat><D:prop>` + alone + alone +
		`</D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response>` + docTail
	for name, write := range map[string]func(e *Encoder) error{
		"Encode": func(e *Encoder) error { return e.Encode(r) },
		"Prop":   func(e *Encoder) error { e.StartResponse("/a"); e.Propstat(200); e.Prop(&p); return e.Prop(&p) },
	} {
		var b bytes.Buffer
		e := NewEncoder(&b, nil)
		if err := write(e); err != nil {
			t.Errorf("%s = %v", name, err)
		}
		if name == "Prop" {
			e.EndResponse()
		}
		e.StartResponse("/b")
		e.Propstat(200)
		if err := e.PropEmpty(p.Name); !errors.Is(err, ErrName) {
			t.Errorf("%s, then PropEmpty = %v, want ErrName", name, err)
		}
		e.DropResponse()
		if err := e.Close(); err != nil || b.String() != want {
			t.Errorf("%s, Close = %v writes %q, want %q", name, err, b.String(), want)
		}
	}
	m := Multistatus{Responses: []Response{*r}}
	declared := strings.Replace(docHead, `"DAV:"`, `"DAV:" xmlns:ns1="urn:c"`, 1)
	want = strings.ReplaceAll(strings.Replace(want, docHead, declared, 1), `_in xmlns:ns1="urn:c"`, `_in`)
	if got, err := m.AppendXML(nil, nil); string(got) != want || err != nil {
		t.Errorf("AppendXML = %q, %v, want %q", got, err, want)
	}
}

// A colon at the end, or before what begins no name, is one like another; what is bad without colons stays so.
func TestEncodeColonsAnywhere(t *testing.T) {
	for local, want := range map[string]string{
		":a": "_a", "a:": "a_", ":": "_", "a::1": "a__1", "ü:ö": "ü_ö", "a:b c": "", "1:a": "", "a:\x00": "",
	} {
		var b bytes.Buffer
		e := NewEncoder(&b, nil)
		e.StartResponse("/a")
		e.Propstat(200)
		p := Property{Name: DAV(local)}
		err := e.Prop(&p)
		if want == "" {
			if !errors.Is(err, ErrName) {
				t.Errorf("Prop(%q) = %v, want ErrName", local, err)
			}
			continue
		}
		alone := string(p.AppendXML(nil))
		err = errors.Join(err, e.Close())
		if err != nil || !strings.Contains(b.String(), "<D:"+want+"/>") || alone != "<D:"+want+` xmlns:D="DAV:"/>` {
			t.Errorf("Prop(%q) = %v writes %q and AppendXML %q, want %s", local, err, b.String(), alone, want)
		}
	}
}

package main

import (
	"reflect"
	"testing"
)

var argTests = []struct {
	name string
	args []any
}{
	{"body", []any{[]byte("<a/>")}},
	{"empty body", []any{[]byte{}}},
	{"binary body", []any{[]byte("\x00\xFF\"\n`")}},
	{"empty string", []any{""}},
	{"strings", []any{"a", "", "ü\xFF"}},
	{"numbers", []any{uint64(1<<64 - 1), -5, uint8(255), true, false}},
	{"numbers before a body", []any{uint64(7), "application/xml", []byte("<a/>")}},
	{"empty ones before a body", []any{[]byte{}, "", []byte("<a/>")}},
	{"empty ones behind", []any{[]byte("<a/>"), []byte{}, ""}},
	{"a body of 30 bytes", []any{[]byte("123456789012345678901234567890"), []byte("1")}},
}

// What is packed is read back by a target, and what is formatted by go test.
func TestArgs(t *testing.T) {
	for _, c := range argTests {
		t.Run(c.name, func(t *testing.T) {
			packed, err := pack(c.args)
			if err != nil {
				t.Fatal(err)
			}
			if got, err := unpack(typesOf(c.args), packed); err != nil || !reflect.DeepEqual(got, c.args) {
				t.Errorf("unpack(%q) = %#v, %v, want %#v", packed, got, err, c.args)
			}
			if got, err := parse(format(c.args)); err != nil || !reflect.DeepEqual(got, c.args) {
				t.Errorf("parse(%q) = %#v, %v, want %#v", format(c.args), got, err, c.args)
			}
		})
	}
}

func TestParseErrors(t *testing.T) {
	for _, text := range []string{"", "[]byte(\"a\")", header + "rune('a')", header + "[]byte(x.y)", header + "byte(256)", header + "[]byte(5)", header + "int(true)", header + "int(nil)", header + "a", header + "string("} {
		if args, err := parse(text); err == nil {
			t.Errorf("parse(%q) = %v, want an error", text, args)
		}
	}
}

// An input that is too short for its target is not taken for one.
func TestUnpackErrors(t *testing.T) {
	for _, c := range []struct {
		types  []string
		packed string
	}{{[]string{"[]byte"}, ""}, {[]string{"uint64"}, "1234"}, {[]string{"string"}, "\x00\x00\x00\x09a"}, {[]string{"rune"}, "1234"}} {
		if args, err := unpack(c.types, []byte(c.packed)); err == nil {
			t.Errorf("unpack(%v, %q) = %v, want an error", c.types, c.packed, args)
		}
	}
}

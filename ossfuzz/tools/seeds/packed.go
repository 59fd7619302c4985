package main

import (
	"encoding/binary"
	"errors"
	"fmt"
	"reflect"

	libfuzzer "github.com/AdamKorcz/go-118-fuzz-build/testing"
)

// What a target reads is its arguments in order:
//
//	[]byte, string   4 bytes of length, most significant first, and then so many
//	uint8, bool      1 byte; true is even
//	int, uint64      8 bytes, and 1 that is odd if the most significant was first
//
// The length of a []byte is taken modulo the number of bytes that are left, unless it is that number, and for 0 stands 30.
// A string must not begin at the end of the input.

// pack returns what a target reads as args.
func pack(args []any) (packed []byte, err error) {
	for i := len(args) - 1; i >= 0; i-- { // how an empty one is written depends on what follows
		switch arg := args[i].(type) {
		case []byte:
			packed = packBytes(arg, packed)
		case string:
			if arg == "" && len(packed) == 0 {
				packed = []byte{0}
			}
			packed = prepend(binary.BigEndian.AppendUint32(nil, uint32(len(arg))), []byte(arg), packed)
		case uint8:
			packed = prepend([]byte{arg}, packed)
		case bool:
			packed = prepend([]byte{map[bool]byte{true: 0, false: 1}[arg]}, packed)
		case int:
			packed = packUint(uint64(arg), packed)
		case uint64:
			packed = packUint(arg, packed)
		default:
			return nil, fmt.Errorf("%T is not supported", arg)
		}
	}
	return packed, nil
}

func packBytes(arg, rest []byte) []byte {
	n := len(arg)
	if n == 0 {
		if len(rest) == 0 {
			rest = []byte{0}
		}
		n = 2 * len(rest) // which is 0 modulo what is left
	}
	return prepend(binary.BigEndian.AppendUint32(nil, uint32(n)), arg, rest)
}

func packUint(n uint64, rest []byte) []byte {
	return prepend(binary.BigEndian.AppendUint64(nil, n), []byte{1}, rest)
}

func prepend(parts ...[]byte) (all []byte) {
	for _, p := range parts {
		all = append(all, p...)
	}
	return all
}

var types = map[string]reflect.Type{
	"[]byte": reflect.TypeFor[[]byte](), "string": reflect.TypeFor[string](), "bool": reflect.TypeFor[bool](),
	"int": reflect.TypeFor[int](), "uint8": reflect.TypeFor[uint8](), "byte": reflect.TypeFor[uint8](), "uint64": reflect.TypeFor[uint64](),
}

func typesOf(args []any) (names []string) {
	for _, arg := range args {
		name := fmt.Sprintf("%T", arg)
		if _, ok := arg.([]byte); ok {
			name = "[]byte"
		}
		names = append(names, name)
	}
	return names
}

// unpack returns the arguments that a target with these types reads, by the very code that is built into it.
func unpack(names []string, packed []byte) (args []any, err error) {
	in := []reflect.Type{reflect.TypeFor[*libfuzzer.T]()}
	for _, name := range names {
		t := types[name]
		if t == nil {
			return nil, fmt.Errorf("type %s is not supported", name)
		}
		in = append(in, t)
	}
	called := false
	target := reflect.MakeFunc(reflect.FuncOf(in, nil, false), func(values []reflect.Value) []reflect.Value {
		called = true
		for _, v := range values[1:] {
			args = append(args, v.Interface())
		}
		return nil
	})
	f := &libfuzzer.F{Data: packed, T: libfuzzer.NewT()}
	f.Fuzz(target.Interface())
	if !called {
		return nil, errors.New("the target would not run with it")
	}
	return args, nil
}

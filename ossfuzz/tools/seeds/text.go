package main

import (
	"errors"
	"fmt"
	"go/ast"
	"go/constant"
	"go/parser"
	"strconv"
	"strings"
)

// header is the first line of a file in testdata/fuzz.
const header = "go test fuzz v1\n"

// parse returns the arguments in a file of testdata/fuzz, one a line, each a []byte, string, int, uint8, uint64 or bool.
func parse(text string) (args []any, err error) {
	lines, ok := strings.CutPrefix(text, header)
	if !ok {
		return nil, errors.New("not a file of go test")
	}
	for line := range strings.Lines(lines) {
		arg, err := parseArg(strings.TrimSpace(line))
		if err != nil {
			return nil, fmt.Errorf("%.60s: %w", line, err)
		}
		args = append(args, arg)
	}
	return args, nil
}

func parseArg(line string) (any, error) {
	e, err := parser.ParseExpr(line)
	if err != nil {
		return nil, err
	}
	call, ok := e.(*ast.CallExpr)
	if !ok || len(call.Args) != 1 {
		return nil, errors.New("not a conversion")
	}
	v, err := literal(call.Args[0])
	if err != nil {
		return nil, err
	}
	return convert(line[:call.Lparen-1], v)
}

// kinds are those of the literals that a type is converted from.
var kinds = map[string]constant.Kind{
	"[]byte": constant.String, "string": constant.String, "bool": constant.Bool,
	"int": constant.Int, "byte": constant.Int, "uint8": constant.Int, "uint64": constant.Int,
}

func convert(typ string, v constant.Value) (any, error) {
	if kinds[typ] != v.Kind() {
		return nil, fmt.Errorf("%s(%v) is not supported", typ, v)
	}
	switch typ {
	case "[]byte":
		return []byte(constant.StringVal(v)), nil
	case "string":
		return constant.StringVal(v), nil
	case "bool":
		return constant.BoolVal(v), nil
	case "int":
		i, ok := constant.Int64Val(v)
		return int(i), orRange(ok)
	case "uint64":
		i, ok := constant.Uint64Val(v)
		return i, orRange(ok)
	default:
		i, ok := constant.Uint64Val(v)
		return uint8(i), orRange(ok && i <= 0xFF)
	}
}

func orRange(ok bool) error {
	if !ok {
		return errors.New("out of range")
	}
	return nil
}

// literal is the value of a literal, which may have a sign.
func literal(e ast.Expr) (constant.Value, error) {
	switch e := e.(type) {
	case *ast.BasicLit:
		return constant.MakeFromLiteral(e.Value, e.Kind, 0), nil
	case *ast.UnaryExpr:
		v, err := literal(e.X)
		if err != nil {
			return nil, err
		}
		return constant.UnaryOp(e.Op, v, 0), nil
	case *ast.Ident:
		if e.Name == "true" || e.Name == "false" {
			return constant.MakeBool(e.Name == "true"), nil
		}
	}
	return nil, errors.New("not a literal")
}

// format is args as a file of testdata/fuzz.
func format(args []any) string {
	b := []byte(header)
	for _, arg := range args {
		switch arg := arg.(type) {
		case []byte:
			b = append(strconv.AppendQuote(append(b, "[]byte("...), string(arg)), ")\n"...)
		case string:
			b = append(strconv.AppendQuote(append(b, "string("...), arg), ")\n"...)
		default:
			b = fmt.Appendf(b, "%T(%[1]v)\n", arg)
		}
	}
	return string(b)
}

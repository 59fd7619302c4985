package main

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strconv"
)

// litmusSuites are the suites of litmus, and how many tests each has.
var litmusSuites = []litmusSuite{{"basic", 16}, {"copymove", 13}, {"props", 30}, {"locks", 41}, {"http", 4}}

type litmusSuite struct {
	name  string
	tests int
}

func litmusMatrix() *matrix {
	m := &matrix{corner: "test suite", rows: []row{{name: "litmus"}}}
	for _, s := range litmusSuites {
		m.checks = append(m.checks, s.title())
	}
	m.rows[0].claims = m.checks
	return m
}

func (s litmusSuite) title() string { return s.name + ", " + strconv.Itoa(s.tests) + " tests" }

var litmusSummary = regexp.MustCompile("<- summary for `(\\w+)': of (\\d+) tests run: (\\d+) passed, (\\d+) failed")

// tryLitmus runs litmus, whose every test has to pass.
func tryLitmus(ctx context.Context, davserve, tmp string, tell func(check string, err error)) {
	p, server, err := newPlace(ctx, davserve, tmp)
	var out string
	if err == nil {
		defer server.stop()
		cmd := command(ctx, "litmus", "-k", p.url+"/")
		cmd.Dir = p.tmp
		out, err = output(cmd, "")
	}
	ran := map[string][]string{}
	for _, m := range litmusSummary.FindAllStringSubmatch(out, -1) {
		ran[m[1]] = m[2:]
	}
	for _, s := range litmusSuites {
		n, m := strconv.Itoa(s.tests), ran[s.name]
		switch {
		case m == nil:
			tell(s.title(), errors.Join(fmt.Errorf("it did not run: %s", clip(out)), err))
		case m[0] != n || m[1] != n || m[2] != "0":
			tell(s.title(), fmt.Errorf("of %s tests %s passed and %s failed: %w", m[0], m[1], m[2], err))
		default:
			tell(s.title(), nil)
		}
	}
}

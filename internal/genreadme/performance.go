package main

import (
	"fmt"
	"regexp"
	"strings"
)

const figures = "docs/performance.md"

// A series is a table of docs/performance.md: how many times as fast as encoding/xml each peer was.
type series struct {
	base           string // the peer with which the others are compared
	peers          []string
	mean, shuffled map[string]string
}

// heading finds the tables; the number is that of the responses.
var heading = regexp.MustCompile(`(?m)^### (Decoding|Encoding): .*, (\d+) responses?\n`)

// compared finds the peer with which the others are compared.
var compared = regexp.MustCompile(`×: as fast as (.+) in the same round`)

// times finds the ratio in a cell, or the mean.
var times = regexp.MustCompile(`×([0-9.]+)`)

// performance returns the means of docs/performance.md, side by side for bodies of one, a hundred and ten thousand responses.
// Peers that were not measured with each are left out, and the one with which the others are compared.
func performance(root string) (string, error) {
	text, err := file(root, figures)
	if err != nil {
		return "", err
	}
	_, measured, ok := strings.Cut(text, "Measured on ")
	if !ok {
		return "", fmt.Errorf("%s does not say when it was measured", figures)
	}
	measured, _, _ = strings.Cut(measured, ",")
	tables := map[string]series{}
	for _, at := range heading.FindAllStringSubmatchIndex(text, -1) {
		tables[text[at[2]:at[3]]+" "+text[at[4]:at[5]]] = parseSeries(text[at[1]:])
	}
	var b strings.Builder
	fmt.Fprintf(&b, "| measured on %s | 1 response | 100 | 10 000 | 100, all different |\n|---|--:|--:|--:|--:|\n", strings.TrimSpace(measured))
	for _, task := range []string{"Decoding", "Encoding"} {
		all, ok := tables[task+" 100"]
		if !ok {
			return "", fmt.Errorf("%s has no table of %s 100 responses", figures, task)
		}
		for _, peer := range all.peers {
			one, many := tables[task+" 1"].mean[peer], tables[task+" 10000"].mean[peer]
			if many == "" || one == "" && task == "Decoding" || peer == all.base {
				continue
			}
			fmt.Fprintf(&b, "| %s: %s | %s | %s | %s | %s |\n", strings.ToLower(task), peer, or(one), all.mean[peer], or(many), or(all.shuffled[peer]))
		}
	}
	return b.String(), nil
}

// parseSeries reads the table that text begins with, as far as the next heading. Peers without a mean are left out.
func parseSeries(text string) series {
	s := series{mean: map[string]string{}, shuffled: map[string]string{}}
	text, _, _ = strings.Cut(text, "\n#")
	if m := compared.FindStringSubmatch(text); m != nil {
		s.base = m[1]
	}
	for line := range strings.Lines(text) {
		cells := strings.Split(line, "|")
		if len(cells) < 9 {
			continue
		}
		peer, mean := strings.TrimSpace(cells[1]), times.FindString(cells[8])
		if mean == "" {
			continue
		}
		s.peers = append(s.peers, peer)
		s.mean[peer], s.shuffled[peer] = mean, times.FindString(cells[7])
	}
	return s
}

func or(figure string) string {
	if figure == "" {
		return "–"
	}
	return figure
}

package main

import (
	"fmt"
	"path/filepath"
	"strings"

	"github.com/go-multistatus/multistatus/internal/catalogue"
)

// shown are the entries of each section of the catalogue that the table names, for what they say of the whole section.
var shown = map[string][]string{
	"A": {"ns-alien-prefix", "ns-uri-no-colon", "ns-undeclared-in-prop", "ns-double-prefix"},
	"B": {"order-404-propstat-first", "propstat-no-status", "response-both", "root-html"},
	"C": {"status-http2", "status-bare", "status-no-code"},
	"D": {"href-absolute-url", "href-double-slash", "href-unescaped-space"},
	"E": {"enc-utf16", "amp-raw", "enc-invalid-utf8", "trunc-mid", "doctype-entities"},
	"F": {"mtime-iso", "etag-unquoted", "len-negative"},
	"G": {"sync-removed-404", "sync-507", "sync-token-missing"},
}

// readings are the ways in which a body is read, as columns of the table.
var readings = []struct{ word, title string }{{"accept", "accepted"}, {"report", "forgiven and told"}, {"reject", "refused"}}

// tolerance returns a table of how many entries of the catalogue are read in which way, and what of them was sent by servers.
func tolerance(root string) (string, error) {
	entries, err := catalogue.Load(filepath.Join(root, "testdata", "quirks"))
	if err != nil {
		return "", err
	}
	count := map[string]int{}
	byID := map[string]catalogue.Entry{}
	for _, e := range entries {
		count[e.Section+e.Reading]++
		count[e.Reading]++
		count[e.Evidence]++
		byID[e.ID] = e
	}
	var b strings.Builder
	b.WriteString("| what is odd |")
	for _, r := range readings {
		fmt.Fprintf(&b, " %s |", r.title)
	}
	b.WriteString(" such as |\n|---|--:|--:|--:|---|\n")
	for _, s := range catalogue.Sections {
		examples, err := links(s.Letter, byID)
		if err != nil {
			return "", err
		}
		fmt.Fprintf(&b, "| [%s](docs/quirks.md#%s) |%s %s |\n", s.Title, anchor(s.Letter+". "+s.Title), cells(count, s.Letter), examples)
	}
	fmt.Fprintf(&b, "| all %d, of which %d were seen in servers or reports about them |%s |\n", len(entries), count["seen"], cells(count, ""))
	return b.String(), nil
}

// cells returns the counts of a section as cells of a row.
func cells(count map[string]int, section string) string {
	var b strings.Builder
	for _, r := range readings {
		fmt.Fprintf(&b, " %d |", count[section+r.word])
	}
	return b.String()
}

// links returns the entries of a section that are shown, by how they are read.
func links(section string, byID map[string]catalogue.Entry) (string, error) {
	var groups []string
	for _, r := range readings {
		var list []string
		for _, id := range shown[section] {
			switch e := byID[id]; {
			case e.Section != section:
				return "", fmt.Errorf("section %s of the catalogue has no %s", section, id)
			case e.Reading == r.word:
				list = append(list, fmt.Sprintf("[`%s`](docs/quirks.md#%s)", id, id))
			}
		}
		if len(list) > 0 {
			groups = append(groups, r.title+": "+strings.Join(list, ", "))
		}
	}
	return strings.Join(groups, "; "), nil
}

// anchor returns what a heading is called in links to it.
func anchor(heading string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(heading) {
		switch {
		case r == ' ':
			b.WriteByte('-')
		case r == '-' || r == '_' || r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			b.WriteRune(r)
		}
	}
	return b.String()
}

func unixLines(s string) string { return strings.ReplaceAll(s, "\r\n", "\n") }

package trial

import (
	"cmp"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
)

// Table returns, as Markdown, what the clients' own code makes of the bodies of testdata.
func Table(root string) (string, error) {
	quirks, err := Quirks(root)
	if err != nil {
		return "", err
	}
	corpus, err := Corpus(root)
	if err != nil {
		return "", err
	}
	var counts, lists strings.Builder
	counts.WriteString("| what its own code makes of them |")
	results := make([][2]map[row][]string, len(Clients))
	for i := range Clients {
		c := &Clients[i]
		counts.WriteString(" " + c.Name + " |")
		results[i] = [2]map[row][]string{c.rows(quirks, quirkLink), c.rows(corpus, caseName)}
		fmt.Fprintf(&lists, "\n### %s\n\n| what its own code makes of a body | %d quirks | %d bodies of servers |\n|---|---|---|\n", c.Name, len(quirks), len(corpus))
		for _, r := range union(results[i]) {
			fmt.Fprintf(&lists, "| %s | %s | %s |\n", r, r.cell(results[i][0]), r.cell(results[i][1]))
		}
	}
	counts.WriteString("\n|---|" + strings.Repeat("--:|", len(Clients)) + "\n")
	for v := range Verdicts {
		r := row{verdict: Verdict(v)}
		fmt.Fprintf(&counts, "| %s |", r)
		for _, both := range results {
			fmt.Fprintf(&counts, " %d + %d |", len(both[0][r]), len(both[1][r]))
		}
		counts.WriteString("\n")
	}
	return counts.String() + lists.String(), nil
}

// row is what is told of bodies together: a Verdict, or what the errors say of one that is an error.
type row struct {
	verdict Verdict
	err     string
}

func (r row) String() string {
	if r.err == "" {
		return Verdicts[r.verdict]
	}
	return "– " + r.err
}

// cell returns a number of bodies, and which, but where all is well or rows below tell it.
func (r row) cell(rows map[row][]string) string {
	names := rows[r]
	if len(names) == 0 || r.verdict == Same || r == (row{verdict: Refuses}) {
		return fmt.Sprint(len(names))
	}
	return fmt.Sprintf("%d: %s", len(names), strings.Join(names, ", "))
}

// rows tells of the bodies that have each row; of those that mend.Transport helps with a + behind.
func (c *Client) rows(bodies []Body, name func(*Body) string) map[row][]string {
	rows := map[row][]string{}
	for i := range bodies {
		o := c.Judge(&bodies[i])
		n := name(&bodies[i])
		if o.Mended {
			n += "&nbsp;+"
		}
		r := row{verdict: o.Verdict}
		rows[r] = append(rows[r], n)
		if o.Verdict == Refuses {
			r.err = reason(o.Err)
			rows[r] = append(rows[r], n)
		}
	}
	return rows
}

func union(both [2]map[row][]string) []row {
	all := maps.Clone(both[0])
	maps.Copy(all, both[1])
	return slices.SortedFunc(maps.Keys(all), func(a, b row) int { return cmp.Or(cmp.Compare(a.verdict, b.verdict), cmp.Compare(a.err, b.err)) })
}

func quirkLink(b *Body) string { return "[" + b.ID + "](quirks.md#" + b.ID + ")" }
func caseName(b *Body) string  { return b.ID }

// particular is what errors tell of one body alone.
var particular = []struct {
	what *regexp.Regexp
	as   string
}{
	{regexp.MustCompile(`^\d{3} .*`), "(the status of one member)"},
	{regexp.MustCompile(`^XML syntax error.*`), "XML syntax error"},
	{regexp.MustCompile(`(expected element|invalid HTTP status|parsing time|parse) .*`), "$1 …"},
	{regexp.MustCompile(`"[^"]*"`), "…"},
}

// reason returns an error without what is particular to one body.
func reason(err error) string {
	s := err.Error()
	for _, p := range particular {
		s = p.what.ReplaceAllString(s, p.as)
	}
	if strings.HasPrefix(s, "(") {
		return s
	}
	return "`" + strings.NewReplacer("|", `\|`, "\n", " ", "`", "'").Replace(s) + "`"
}

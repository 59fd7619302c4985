package trial

import (
	"slices"
	"strings"

	"github.com/go-multistatus/multistatus/examples/adopt/mend"
)

// A Verdict is how the code of others takes a body, seen from what the example makes of it.
type Verdict int

const (
	Same Verdict = iota
	Refuses
	Unanswered
	Loses
	Invents
	Differs
	Silent
	ReadsOn
	Both
	Panics
)

// Verdicts are what is said of each in a table.
var Verdicts = []string{
	Same:       "the same as the example",
	Refuses:    "an error, and nothing or a part is listed, where the example lists all",
	Unanswered: "an error, for it needs a property that a member does not have",
	Loses:      "**no error, and members are missing**",
	Invents:    "**no error, and there is a member that is not there, or has failed**",
	Differs:    "no error, and another kind, length or date of a member",
	Silent:     "no error, and nothing is said of members that failed",
	ReadsOn:    "**no error**, where the example says that the body is cut off, is no listing or cannot be read",
	Both:       "an error, as the example says, too",
	Panics:     "a panic",
}

// An Opinion is a Verdict on a body, with the error of those who have one. Mended says that the same code agrees with the
// example behind mend.Transport.
type Opinion struct {
	Verdict Verdict
	Err     error
	Mended  bool
}

// Judge compares what the client's own code makes of a body with what the example makes of it.
func (c *Client) Judge(b *Body) Opinion {
	ours, _ := Run(c.Ours, Answer(b))
	theirs, panicked := Run(c.Theirs, Answer(b))
	behind, _ := Run(c.Theirs, &mend.Transport{Base: Answer(b)})
	return Opinion{compare(theirs, ours, panicked), theirs.Err, compare(behind, ours, false) == Same}
}

func compare(theirs, ours List, panicked bool) Verdict {
	switch {
	case panicked:
		return Panics
	case ours.Err != nil && theirs.Err != nil:
		return Both
	case ours.Err != nil:
		return ReadsOn
	case theirs.Err != nil && strings.HasSuffix(theirs.Err.Error(), "missing property"):
		return Unanswered
	case theirs.Err != nil:
		return Refuses
	case lacks(theirs, ours):
		return Loses
	case lacks(ours, theirs):
		return Invents
	case !slices.Equal(theirs.Entries, ours.Entries):
		return Differs
	case theirs.Failed != ours.Failed:
		return Silent
	}
	return Same
}

// lacks reports whether a has not every path of b as often as b.
func lacks(a, b List) bool {
	count := map[string]int{}
	for _, e := range a.Entries {
		count[e.Path]++
	}
	for _, e := range b.Entries {
		if count[e.Path]--; count[e.Path] < 0 {
			return true
		}
	}
	return false
}

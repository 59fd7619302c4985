// Package catalogue reads testdata/quirks/catalogue.json: what servers send that is odd, and what becomes of it.
// testdata/README.md describes the file for readers in other languages.
package catalogue

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
)

// File is the name of the catalogue within its directory.
const File = "catalogue.json"

// An Entry is one way in which a body may look odd. ID.xml beside the catalogue shows it, and ID.json is what that means.
// Its texts are clauses without a final stop; any but What and Handling may be empty.
type Entry struct {
	ID       string `json:"id"`
	Section  string `json:"section"`  // a letter: a key of Sections
	Evidence string `json:"evidence"` // "seen" in a server, "guarded" against in a client, or "conceivable"
	Reading  string `json:"reading"`  // "accept", "report" or "reject"
	What     string `json:"what"`
	Standard string `json:"standard"` // what is departed from, or what allows it
	Servers  string `json:"servers"`  // where it was seen
	Clients  string `json:"clients"`  // what others make of it
	Handling string `json:"handling"` // what this package makes of it

	// Sources are issues as owner/name#number, a project's name with the kind of its file in parentheses, or sections of a standard.
	Sources []string `json:"sources"`

	Corpus      []string `json:"corpus,omitempty"`      // bodies, as SERVER/CASE, that show what is accepted; there are others
	ContentType string   `json:"contentType,omitempty"` // that the body came with, where it matters
	Reports     []Report `json:"reports,omitempty"`     // the quirks, in the order in which they are told
	Failure     *Failure `json:"failure,omitempty"`     // why the body cannot be read to its end
}

// A Report is one quirk of a body, at an offset into its text without a byte order mark.
type Report struct {
	Quirk  string `json:"quirk"`
	Offset int64  `json:"offset"`
}

// A Failure is an error by its kind, and where it was found.
type Failure struct {
	Kind   string `json:"kind"`
	Offset int64  `json:"offset"`
}

// A Section is a part of the catalogue.
type Section struct{ Letter, Title string }

// Sections are the parts of the catalogue, in order.
var Sections = []Section{
	{"A", "Namespaces and names"},
	{"B", "Responses and propstats"},
	{"C", "Status lines"},
	{"D", "Hrefs"},
	{"E", "The document: encoding, well-formedness, size"},
	{"F", "Values of properties"},
	{"G", "Synchronization, reports and bindings"},
}

// Load reads the catalogue in dir. A key that is not known is an error.
func Load(dir string) ([]Entry, error) {
	b, err := os.ReadFile(filepath.Join(dir, File))
	if err != nil {
		return nil, err
	}
	var entries []Entry
	d := json.NewDecoder(bytes.NewReader(b))
	d.DisallowUnknownFields()
	return entries, d.Decode(&entries)
}

// Marshal returns the text of the catalogue's file.
func Marshal(entries []Entry) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "\t")
	err := e.Encode(entries)
	return b.Bytes(), err
}

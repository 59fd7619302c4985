package multistatus_test

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html/charset"
)

// What a body means by RFC 4918's grammar, from the tokens of encoding/xml and in the plainest code that does it.
// It shares nothing with the Decoder, and is there to be compared with it.

// tree is an element, or a text, which has no name.
type tree struct {
	Name  xml.Name
	Attrs []xml.Attr // sorted by name, without declarations
	Lang  string     // xml:lang in effect
	Kids  []*tree
	Text  string
}

var langName = xml.Name{Space: xmlSpace, Local: "lang"}

const xmlSpace = "http://www.w3.org/XML/1998/namespace"

// Reasons why tokens of encoding/xml are no document. encoding/xml itself does not mind.
var (
	errNoElement     = errors.New("no element")
	errSecondRoot    = errors.New("a second root")
	errTextOutside   = errors.New("text outside of the root")
	errTwice         = errors.New("an attribute stands twice")
	errReservedBound = errors.New("a reserved name is bound")
)

// readTree returns the root of the document that r reads.
func readTree(r io.Reader) (*tree, error) {
	d := xml.NewDecoder(r)
	d.CharsetReader = charset.NewReaderLabel
	above := []*tree{{}}
	for {
		token, err := d.Token()
		top := above[len(above)-1]
		switch token := token.(type) {
		case nil:
			return rootOf(above[0], err)
		case xml.StartElement:
			kid, err := start(token, top.Lang)
			if err != nil {
				return nil, err
			}
			top.Kids = append(top.Kids, kid)
			above = append(above, kid)
		case xml.EndElement:
			above = above[:len(above)-1]
		case xml.CharData:
			top.addText(string(token))
		}
	}
}

func rootOf(document *tree, err error) (root *tree, _ error) {
	if err != io.EOF {
		return nil, err
	}
	for _, kid := range document.Kids {
		switch {
		case kid.Name.Local == "" && strings.Trim(kid.Text, "\uFEFF \t\r\n") != "":
			return nil, errTextOutside
		case kid.Name.Local == "":
		case root != nil:
			return nil, errSecondRoot
		default:
			root = kid
		}
	}
	if root == nil {
		return nil, errNoElement
	}
	return root, nil
}

// start returns the element that token opens, within lang.
func start(token xml.StartElement, lang string) (*tree, error) {
	t := &tree{Name: token.Name, Lang: lang}
	for _, a := range token.Attr {
		switch {
		case a.Name.Space == "" && a.Name.Local == "xmlns":
		case a.Name.Space == "xmlns":
			if a.Name.Local == "xmlns" || (a.Name.Local == "xml") != (a.Value == xmlSpace) {
				return nil, errReservedBound
			}
		default:
			if a.Name == langName {
				t.Lang = a.Value
			}
			t.Attrs = append(t.Attrs, a)
		}
	}
	slices.SortFunc(t.Attrs, func(a, b xml.Attr) int { return strings.Compare(clark(a.Name), clark(b.Name)) })
	for i := 1; i < len(t.Attrs); i++ {
		if t.Attrs[i].Name == t.Attrs[i-1].Name {
			return nil, errTwice
		}
	}
	return t, nil
}

func clark(n xml.Name) string { return "{" + n.Space + "}" + n.Local }

// addText makes one text of those that comments, processing instructions and CDATA sections separate.
func (t *tree) addText(s string) {
	if n := len(t.Kids); n > 0 && t.Kids[n-1].Name.Local == "" {
		t.Kids[n-1].Text += s
	} else {
		t.Kids = append(t.Kids, &tree{Text: s})
	}
}

// all returns the children of t that are called local in DAV:.
func (t *tree) all(local string) (kids []*tree) {
	for _, kid := range t.Kids {
		if kid.Name == (xml.Name{Space: "DAV:", Local: local}) {
			kids = append(kids, kid)
		}
	}
	return kids
}

// one returns the first of all, or an element without content.
func (t *tree) one(local string) *tree {
	if kids := t.all(local); len(kids) > 0 {
		return kids[0]
	}
	return &tree{}
}

// own is the text of t without that of its children, and without white space around it.
func (t *tree) own() string {
	text := ""
	for _, kid := range t.Kids {
		text += kid.Text
	}
	return strings.Trim(text, " \t\r\n")
}

// plain is what a body means, in types that the package has no part in.
type plain struct {
	Responses              []plainResponse
	Description, SyncToken string
}

type plainResponse struct {
	Hrefs                 []string
	Status                string
	Propstats             []plainPropstat
	Error                 string
	Description, Location string
}

type plainPropstat struct {
	Status      string
	Props       []plainProp
	Error       string
	Description string
}

type plainProp struct {
	Lang    string // in effect
	Element string // its markup, without xml:lang of its own, which is Lang
}

var errNoMultistatus = errors.New("the root is not DAV:multistatus")

// plainOf reads a multistatus by the grammar of RFC 4918, section 14, and RFC 6578, section 6.4, but in any order.
func plainOf(root *tree) (plain, error) {
	if root.Name != (xml.Name{Space: "DAV:", Local: "multistatus"}) {
		return plain{}, errNoMultistatus
	}
	m := plain{Description: root.one("responsedescription").own()}
	for _, r := range root.all("response") {
		m.Responses = append(m.Responses, plainResponseOf(r))
	}
	for _, token := range root.all("sync-token") {
		m.SyncToken = token.own()
	}
	return m, nil
}

func plainResponseOf(t *tree) plainResponse {
	r := plainResponse{
		Status:      plainStatus(t.one("status").own()),
		Error:       errorOf(t),
		Description: t.one("responsedescription").own(),
		Location:    t.one("location").one("href").own(),
	}
	for _, h := range t.all("href") {
		r.Hrefs = append(r.Hrefs, h.own())
	}
	for _, p := range t.all("propstat") {
		r.Propstats = append(r.Propstats, plainPropstatOf(p))
	}
	return r
}

func plainPropstatOf(t *tree) plainPropstat {
	p := plainPropstat{
		Status:      plainStatus(t.one("status").own()),
		Error:       errorOf(t),
		Description: t.one("responsedescription").own(),
	}
	for _, prop := range t.all("prop") {
		for _, kid := range prop.Kids {
			if kid.Name.Local != "" {
				p.Props = append(p.Props, plainPropOf(kid))
			}
		}
	}
	return p
}

func plainPropOf(t *tree) plainProp { return plainProp{t.Lang, t.markup(true)} }

// errorOf returns the error in t, or "". Its xml:lang has no meaning.
func errorOf(t *tree) string {
	if all := t.all("error"); len(all) > 0 {
		return all[0].markup(true)
	}
	return ""
}

// oneLine makes every white space a space, as XML 1.0 wants it of attributes (section 3.3.3). encoding/xml does not, and does
// not tell a line end from a reference to one either.
var oneLine = strings.NewReplacer("\n", " ", "\t", " ", "\r", " ")

// markup writes t so that what differs in meaning differs in writing, and nothing else does.
// The top is without xml:lang of its own.
func (t *tree) markup(top bool) string {
	if t.Name.Local == "" {
		return fmt.Sprintf("%q", t.Text)
	}
	var b strings.Builder
	b.WriteString("<" + clark(t.Name))
	for _, a := range t.Attrs {
		if !top || a.Name != langName {
			fmt.Fprintf(&b, " %s=%q", clark(a.Name), oneLine.Replace(a.Value))
		}
	}
	b.WriteString(">")
	for _, kid := range t.Kids {
		b.WriteString(kid.markup(false))
	}
	return b.String() + "</>"
}

var statusLine = regexp.MustCompile(`^HTTP/[0-9](?:\.[0-9])? ([0-9]{3})(?: (.*))?$`)

// plainStatus is the code and the reason of a status line.
func plainStatus(line string) string {
	switch m := statusLine.FindStringSubmatch(line); {
	case line == "":
		return ""
	case m == nil:
		return "unreadable"
	default:
		return fmt.Sprintf("%s %q", m[1], m[2])
	}
}

package xmlbridge_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html/charset"

	"github.com/go-multistatus/multistatus"
	"github.com/go-multistatus/multistatus/xmlbridge"
)

// bodies returns the bodies of the corpus, and those in the directories that MULTISTATUS_CORPUS lists.
func bodies(t testing.TB) (files []string) {
	t.Helper()
	dirs := append(filepath.SplitList(os.Getenv("MULTISTATUS_CORPUS")), "../testdata/corpus", "../testdata/quirks")
	for _, dir := range dirs {
		err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
			if err == nil && strings.HasSuffix(path, ".xml") {
				files = append(files, path)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return files
}

func load(t testing.TB, file string) []byte {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// unseen are the quirks of which encoding/xml tells nothing, for it forgives or refuses what they are about.
var unseen = multistatus.NewQuirkSet(
	multistatus.QuirkNsEmptyPrefixBinding, multistatus.QuirkNsDoublePrefix,
	multistatus.QuirkDocLeadingSpace, multistatus.QuirkDocXml11, multistatus.QuirkTrailingSpace, multistatus.QuirkDoctypePlain,
	multistatus.QuirkEncInvalidUtf8, multistatus.QuirkEncDeclLies, multistatus.QuirkEncCp1252Mislabelled,
	multistatus.QuirkChrControlLiteral, multistatus.QuirkChrControlRef, multistatus.QuirkChrNonchar,
	multistatus.QuirkAmpRaw, multistatus.QuirkEntHtml,
)

func without(s, of multistatus.QuirkSet) (rest multistatus.QuirkSet) {
	for q := range s.All() {
		if !of.Has(q) {
			rest = rest.With(q)
		}
	}
	return rest
}

// contentType is what came with a body, as far as a file beside it tells.
func contentType(t testing.TB, file string) string {
	t.Helper()
	b, err := os.ReadFile(strings.TrimSuffix(file, ".xml") + ".request.json")
	if err != nil {
		return ""
	}
	var r struct{ ContentType *string }
	if err := json.Unmarshal(b, &r); err != nil {
		t.Fatal(err)
	}
	if r.ContentType == nil {
		return ""
	}
	return *r.ContentType
}

// decodeXML decodes a body as a framework would that does its best.
func decodeXML(body []byte) (m xmlbridge.Multistatus, err error) {
	d := xml.NewDecoder(bytes.NewReader(body))
	d.CharsetReader = charset.NewReaderLabel
	err = d.Decode(&m)
	return m, err
}

// What encoding/xml reads through a Multistatus is what Parse reads: responses, texts and quirks, those of its own apart.
// What Parse takes without any quirk that is unseen, encoding/xml takes too.
func TestMultistatusReadsLikeParse(t *testing.T) {
	same, refused := 0, 0
	for _, file := range bodies(t) {
		body := withoutSpaceRefs(load(t, file))
		want, wantErr := multistatus.Parse(body, &multistatus.DecodeOptions{ContentType: contentType(t, file)})
		got, err := decodeXML(body)
		wellFormed := wantErr == nil && without(want.Quirks, unseen) == want.Quirks
		switch {
		case !wellFormed && (err != nil || wantErr != nil || filepath.Dir(file) == "../testdata/quirks"):
			refused++
		case err != nil && isUTF16(body):
			refused++
		case err != nil:
			t.Errorf("%s: Parse accepts it with %v, and encoding/xml says %v", file, want.Quirks, err)
		default:
			same++
			want.Quirks = without(want.Quirks, unseen)
			if diff := cmp.Diff(*want, got.Multistatus); diff != "" {
				t.Errorf("%s is read in another way: %s", file, diff)
			}
		}
	}
	t.Logf("%d bodies are read alike, %d are refused or are no well-formed XML", same, refused)
	if same < 300 {
		t.Errorf("only %d bodies were compared", same)
	}
}

// In the value of an attribute a line end or tab is a space, and a reference to one is itself (XML 1.0, section 3.3.3).
// In tokens both are themselves, so references are taken out of bodies before they are read.
var (
	attrWithRef = regexp.MustCompile(`="[^"<>]*&#(?:9|10|13|x0*[9aAdD]);[^"<>]*"`)
	spaceRef    = regexp.MustCompile(`&#(?:9|10|13|x0*[9aAdD]);`)
)

func withoutSpaceRefs(body []byte) []byte {
	return attrWithRef.ReplaceAllFunc(body, func(attr []byte) []byte { return spaceRef.ReplaceAll(attr, []byte(" ")) })
}

func isUTF16(body []byte) bool { return bytes.IndexByte(body, 0) >= 0 }

// What encoding/xml writes for a Multistatus means what it holds, and is AppendXML's element.
func TestMultistatusWrites(t *testing.T) {
	for _, file := range bodies(t) {
		m, err := multistatus.Parse(load(t, file), &multistatus.DecodeOptions{ContentType: contentType(t, file)})
		if err != nil {
			continue
		}
		want, wantErr := m.AppendXML(nil, nil)
		got, err := xml.Marshal(xmlbridge.Multistatus{Multistatus: *m})
		if wantErr != nil || err != nil {
			if (wantErr == nil) != (err == nil) || !errors.As(err, new(*multistatus.EncodeError)) {
				t.Errorf("%s: Marshal says %v, AppendXML %v", file, err, wantErr)
			}
			continue
		}
		_, root, _ := strings.Cut(string(want), "?>")
		root = strings.TrimSpace(root)
		if strings.HasSuffix(root, "/>") && !strings.Contains(root[1:], "<") { // encoding/xml writes no empty-element tags
			root = strings.TrimSuffix(root, "/>") + "></D:multistatus>"
		}
		if string(got) != root {
			t.Errorf("%s is written as %s, want %s", file, got, root)
		}
	}
}

// However a framework encodes it, the body means the same.
func TestMultistatusEncoded(t *testing.T) {
	m, err := multistatus.Parse([]byte(propBody("<q:p> <q:x/>\n</q:p>")), nil)
	if err != nil {
		t.Fatal(err)
	}
	b := xmlbridge.Multistatus{Multistatus: *m}
	for name, encode := range map[string]func(*xml.Encoder) error{
		"a value":   func(e *xml.Encoder) error { return e.Encode(b) },
		"a pointer": func(e *xml.Encoder) error { return e.Encode(&b) },
		"indented":  func(e *xml.Encoder) error { e.Indent(">", "  "); return e.Encode(b) },
		"as something else": func(e *xml.Encoder) error {
			return e.EncodeElement(b, xml.StartElement{Name: xml.Name{Space: "urn:x", Local: "y"}, Attr: []xml.Attr{{Name: xml.Name{Local: "z"}}}})
		},
	} {
		var text bytes.Buffer
		if err := encode(xml.NewEncoder(&text)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		got, err := multistatus.Parse(bytes.TrimLeft(text.Bytes(), ">"), &multistatus.DecodeOptions{Reject: multistatus.AllQuirks()})
		if diff := cmp.Diff(m, got); diff != "" || err != nil {
			t.Errorf("%s is %s: %v, %s", name, &text, err, diff)
		}
	}
	b.Responses[0].Href = ""
	if text, err := xml.Marshal(b); !errors.Is(err, multistatus.ErrOrder) && !errors.Is(err, multistatus.ErrHref) || len(text) > 0 {
		t.Errorf("a response without href is %s, %v", text, err)
	}
}

const nested = `<box xmlns:d="DAV:" xmlns="urn:box"><d:multistatus>` +
	`<d:response><d:href>/a</d:href><d:propstat><d:prop><x y="1"/><d:z/></d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response>` +
	`</d:multistatus><after>1</after></box>`

// A Multistatus may be a field: prefixes that are declared outside of it are resolved, and what follows it is read.
func TestMultistatusNested(t *testing.T) {
	var box struct {
		XMLName xml.Name              `xml:"urn:box box"`
		Body    xmlbridge.Multistatus `xml:"DAV: multistatus"`
		After   int                   `xml:"after"`
	}
	if err := xml.Unmarshal([]byte(nested), &box); err != nil || box.After != 1 || len(box.Body.Responses) != 1 {
		t.Fatalf("Unmarshal gives %+v, %v", box, err)
	}
	r := &box.Body.Responses[0]
	p, _ := r.Prop(multistatus.Name{Space: "urn:box", Local: "x"})
	if p == nil || r.Propstats[0].Props[1].Name != multistatus.DAV("z") {
		t.Fatalf("the properties are %+v", r.Propstats)
	}
	if y, ok := p.Value.Attr(multistatus.Name{Local: "y"}); y != "1" || !ok {
		t.Errorf("y = %q, %t", y, ok)
	}
}

func propBody(prop string) string {
	return `<d:multistatus xmlns:d="DAV:" xmlns:q="urn:q"><d:response><d:href>/a</d:href><d:propstat><d:prop>` + prop +
		`</d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response></d:multistatus>`
}

// Namespaces that encoding/xml's tokens make hard to tell are told as Parse tells them.
func TestMultistatusNamespaces(t *testing.T) {
	for _, c := range []struct{ name, prop string }{
		{"default within", `<p xmlns="urn:p"><x/><y xmlns=""/><d:z/></p>`},
		{"no namespace", `<p><d:x><y/></d:x></p>`},
		{"a prefix bound again", `<q:p><q:x xmlns:q="urn:r"><q:y/></q:x><q:z/></q:p>`},
		{"two prefixes for one namespace, one bound again", `<q:p xmlns:r="urn:q"><x xmlns:r="urn:s" q:a="1" r:a="2"/><r:y/></q:p>`},
		{"attributes", `<q:p a="&lt;&amp;&quot;'" q:a="1" xml:lang="de" d:a="2"/>`},
		{"a namespace that is an attribute's only", `<p><x xmlns="urn:x" xmlns:y="urn:x" y:a=""/></p>`},
		{"a namespace named like a prefix", `<p><x:e xmlns:x="d"/><d:e/></p>`},
		{"prefixes in text", `<q:p>q:x <x a="q:y" xmlns:q="urn:r">q:z</x></q:p>`},
		{"a prefix that is not declared", `<DAV:x/><q:p><u:x u:a=""/><D:y/></q:p>`},
		{"references and line ends", "<p>&#13;\r\n&#x10FFFF;]]&gt;</p>"},
		{"comments", `<p>a<!-- b -->c<?d e?><![CDATA[<f>]]></p>`},
	} {
		want, err := multistatus.Parse([]byte(propBody(c.prop)), nil)
		if err != nil {
			t.Fatal(err)
		}
		got, err := decodeXML([]byte(propBody(c.prop)))
		if diff := cmp.Diff(*want, got.Multistatus); diff != "" || err != nil {
			t.Errorf("%s: %v, %s", c.name, err, diff)
		}
	}
	m, err := decodeXML([]byte(propBody(`<q:p>q:x</q:p>`)))
	if err != nil {
		t.Fatal(err)
	}
	if got, want := string(m.Responses[0].Propstats[0].Props[0].AppendXML(nil)), `<q:p xmlns:q="urn:q">q:x</q:p>`; got != want {
		t.Errorf("the prefix in the text is %s, want %s", got, want)
	}
}

func TestMultistatusErrors(t *testing.T) {
	complete := strings.TrimSuffix(propBody("<d:a/>"), "</d:multistatus>")
	for _, c := range []struct {
		name, body string
		want       func(error) bool
	}{
		{"cut off", complete + "<d:response>", isType[*xml.SyntaxError]},
		{"two attributes", complete + `<a b="1" b="2"/></d:multistatus>`, func(err error) bool { return errors.Is(err, multistatus.ErrAttribute) }},
		{"a directive", complete + `<!x></d:multistatus>`, func(err error) bool { return strings.Contains(err.Error(), "directive") }},
		{"deep", complete + strings.Repeat("<x>", 300) + strings.Repeat("</x>", 300) + "</d:multistatus>", isType[*multistatus.LimitError]},
		{"attributes", complete + "<x" + many(300, ` a%=""`) + "/></d:multistatus>", isType[*multistatus.LimitError]},
		{"many attributes", complete + "<x" + many(3000, ` a%=""`) + "/></d:multistatus>", isType[*multistatus.LimitError]},
		{"many declarations", complete + "<x" + many(1200, ` xmlns:a%="urn:%"`) + "/></d:multistatus>", isType[*multistatus.LimitError]},
	} {
		m, err := decodeXML([]byte(c.body))
		if !c.want(err) || len(m.Responses) != 1 {
			t.Errorf("%s: %d responses, %v", c.name, len(m.Responses), err)
		}
	}
	_, err := decodeXML([]byte("<html>\n<body/></html>"))
	if !isType[*multistatus.RootError](err) {
		t.Errorf("another root: %v", err)
	}
}

// The place of an error is in the body, and not in what is made of its tokens.
func TestMultistatusErrorPlace(t *testing.T) {
	_, err := decodeXML([]byte("<d:multistatus xmlns:d='DAV:'><!-- a long comment -->\n\n<d:response><a b='1' b='2'/></d:response></d:multistatus>"))
	var e *multistatus.DecodeError
	if !errors.As(err, &e) || e.Line != 3 || e.Path != "multistatus/response" {
		t.Errorf("error = %v, want one in line 3", err)
	}
}

func isType[T error](err error) bool { var e T; return errors.As(err, &e) }

// many repeats s with numbers for %.
func many(n int, s string) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.ReplaceAll(s, "%", strconv.Itoa(i)))
	}
	return b.String()
}

// tokenList is a TokenReader that does not come from text.
type tokenList []xml.Token

func (l *tokenList) Token() (xml.Token, error) {
	if len(*l) == 0 {
		return nil, io.EOF
	}
	token := (*l)[0]
	*l = (*l)[1:]
	return token, nil
}

// Tokens that no text has cannot become other markup.
func TestMultistatusOddTokens(t *testing.T) {
	root := xml.StartElement{Name: xml.Name{Space: "DAV:", Local: "multistatus"}}
	for _, c := range []struct {
		name   string
		tokens []xml.Token
	}{
		{"a name with markup", []xml.Token{root, xml.StartElement{Name: xml.Name{Local: "a><b"}}}},
		{"an attribute with markup", []xml.Token{root, xml.StartElement{Name: xml.Name{Local: "a"}, Attr: []xml.Attr{{Name: xml.Name{Local: `b="`}}}}}},
		{"no name", []xml.Token{root, xml.StartElement{}}},
		{"no end", []xml.Token{root}},
		{"nothing", []xml.Token{root, nil}},
	} {
		var m xmlbridge.Multistatus
		list := tokenList(c.tokens)
		if err := xml.NewTokenDecoder(&list).Decode(&m); err == nil {
			t.Errorf("%s: no error", c.name)
		}
	}
}

// Names that no declaration of the tokens explains are declared where they stand.
func TestMultistatusBareTokens(t *testing.T) {
	dav := func(local string) xml.StartElement {
		return xml.StartElement{Name: xml.Name{Space: "DAV:", Local: local}}
	}
	prop := xml.StartElement{Name: xml.Name{Space: "urn:p", Local: "p"}}
	bare := xml.StartElement{Name: xml.Name{Local: "bare"}, Attr: []xml.Attr{{Name: xml.Name{Space: "urn:a", Local: "a"}, Value: "1"}}}
	odd := xml.StartElement{Name: xml.Name{Space: xmlNamespace, Local: "odd"}}
	list := tokenList{dav("multistatus"), dav("response"), dav("href"), xml.CharData("/"), dav("href").End(), dav("propstat"), dav("prop"),
		prop, bare, bare.End(), odd, odd.End(), prop.End(), dav("prop").End(), dav("propstat").End(), dav("response").End(), dav("multistatus").End()}
	var m xmlbridge.Multistatus
	if err := xml.NewTokenDecoder(&list).Decode(&m); err != nil || len(m.Responses) != 1 {
		t.Fatalf("Decode gives %+v, %v", m, err)
	}
	p, _ := m.Responses[0].Prop(multistatus.Name{Space: "urn:p", Local: "p"})
	want, err := multistatus.XML(`<bare n:a="1"/><xml:odd/>`, multistatus.Namespace{Prefix: "n", URI: "urn:a"})
	if p == nil || err != nil || !p.Value.Equal(want) {
		t.Errorf("the property is %+v, %v", p, err)
	}
}

// An element that encoding/xml finds in no namespace does not fall into a default one.
func TestMultistatusNoNamespace(t *testing.T) {
	m, err := decodeXML([]byte(propBody(`<p xmlns="urn:p"><x:bare xmlns:x=""/></p>`)))
	if err != nil {
		t.Fatal(err)
	}
	if p := &m.Responses[0].Propstats[0].Props[0]; !p.Value.Has(multistatus.Name{Local: "bare"}) {
		t.Errorf("the property is %s", p.AppendXML(nil))
	}
}

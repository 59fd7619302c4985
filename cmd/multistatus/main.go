// Command multistatus shows what a 207 Multi-Status body means, and what is wrong with it.
//
//	multistatus [show|json|lint|fmt] [flags] [FILE…|-]
//	multistatus diff [flags] FILE|- FILE|-
//
// show, the default, prints a table; json one line of JSON a body; lint one line for whatever standards or clients mind;
// fmt the body as it should be written; diff in what two bodies differ in meaning.
// Without a file it reads standard input, or takes a sample body if that is a terminal, or empty and show reads it.
// It exits with 0 if all is fine, 1 if there were deviations or differences, and 2 if a body could not be read to its end,
// or not be written.
//
// lint tells errors, for which XML parsers refuse a body; warnings, of what departs from an RFC or is known to break clients;
// and notes of what is allowed but good to know. What a server does in every response is told once a body.
// It exits with 0 if there are but notes, whatever -level hides. It looks for deviations as the others do, and in the values
// of properties, at hrefs that are given twice, and with -self at how they relate to what a PROPFIND asked for.
// What it finds in a response has the place of that response.
//
// fmt tells what it put right on standard error, as lint does, and each response that it changed beyond that:
// a success beside propstats is left out, a bare href gets an empty propstat, a second colon in a name becomes _.
// The namespaces that the first response uses are declared on the root, others where they are used. A response that has
// no valid form ends it with 2, and the output is as unfinished then as it is for a body that is cut off.
//
// diff does not look at the order of responses and of properties, at prefixes and comments, at empty propstats beside
// others, at reasons beside status codes, and at what fmt changes but names. Hrefs are compared as they are written.
// Differences of long values are shown from a little before the first one on.
package main

import (
	"bufio"
	_ "embed"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/go-multistatus/multistatus"
	"github.com/go-multistatus/multistatus/internal/term"
)

// Exit codes; the worst of all bodies counts.
const (
	exitFine     = 0
	exitQuirks   = 1
	exitUnusable = 2

	exitDifferent = 1 // diff only
)

const usage = `usage: multistatus [show|json|lint|fmt] [flags] [FILE…|-]
       multistatus diff [flags] FILE|- FILE|-

show   a table: href, type, size, modified, etag, status; then problems
json   one line of JSON a body
lint   one line a finding: FILE:LINE:COLUMN: severity: name: what (section); the severity is error, warning or note;
       whether hrefs fit the request, or none is about it, only with -self
fmt    the body as it should be written; deviations go to standard error
diff   in what two bodies differ in meaning: - only in the first, + only in the second, ~ in both

Without a file the body comes from standard input. If that is a terminal, a sample is taken;
show takes it too if there is nothing on standard input, unless that is asked for as -.

`

// sample is the same as testdata/seed.xml.
//
//go:embed sample.xml
var sample string

func main() {
	out := bufio.NewWriterSize(os.Stdout, 64<<10)
	c := command{
		stdin: os.Stdin, out: out, errs: os.Stderr,
		inTerminal: term.IsTerminal(os.Stdin) && !term.IsNull(os.Stdin), colour: term.WantsColour(os.Stdout), progress: term.IsTerminal(os.Stderr),
	}
	code := c.run(os.Args[1:])
	if err := out.Flush(); err != nil {
		fmt.Fprintln(os.Stderr, "multistatus:", err)
		code = exitUnusable
	}
	os.Exit(code)
}

// command is one run, with what it has of the world.
type command struct {
	stdin      io.Reader
	out        io.Writer
	errs       io.Writer
	inTerminal bool // stdin is a terminal
	colour     bool
	progress   bool // errs is a terminal

	opts   multistatus.DecodeOptions
	props  bool          // show every property
	level  severity      // the lowest that lint shows
	asJSON bool          // lint
	self   *selfResource // of lint; nil if it is not known
	indent string        // of fmt
	verb   verb
	files  []string

	gap         string // between two bodies
	noFile      bool   // none was named
	takesSample bool   // where there is no input
}

// input is one body and what to call it.
type input struct {
	name string
	io.Reader
	file io.Closer // nil if there is nothing to close
}

func (in input) close() {
	if in.file != nil {
		in.file.Close()
	}
}

// verb is what is done with each body, or with two.
type verb struct {
	each func(*command, input) int
	two  func(c *command, a, b input) int
}

var verbs = map[string]verb{
	"show": {each: (*command).show},
	"json": {each: (*command).json},
	"lint": {each: (*command).lint},
	"fmt":  {each: (*command).format},
	"diff": {two: (*command).diff},
}

// run does what the arguments say and returns the exit code.
func (c *command) run(args []string) int {
	if err := c.parse(args); errors.Is(err, flag.ErrHelp) {
		return exitFine
	} else if err != nil {
		return exitUnusable
	}
	if c.verb.two != nil {
		return c.pair(c.files[0], c.files[1])
	}
	code := exitFine
	for _, name := range c.files {
		code = max(code, c.file(name))
	}
	return code
}

// parse reads the arguments. It has told what is wrong with them if it returns an error.
func (c *command) parse(args []string) error {
	c.verb, c.takesSample = verbs["show"], true
	if len(args) > 0 && isVerb(args[0]) {
		c.takesSample = args[0] == "show"
		c.verb, args = verbs[args[0]], args[1:]
	}
	f := flag.NewFlagSet("multistatus", flag.ContinueOnError)
	f.SetOutput(io.Discard)
	c.flags(f)
	err := c.parseAll(f, args)
	if err == nil && c.verb.two != nil {
		err = c.checkPair()
	}
	switch {
	case errors.Is(err, flag.ErrHelp):
		f.SetOutput(c.errs)
		fmt.Fprint(c.errs, usage)
		f.PrintDefaults()
	case err != nil:
		fmt.Fprintf(c.errs, "multistatus: %s; -h tells what there is\n", term.Printable(err.Error()))
	}
	if c.noFile = len(c.files) == 0; c.noFile {
		c.files = []string{stdinName}
	}
	return err
}

func isVerb(name string) bool {
	_, ok := verbs[name]
	return ok
}

// checkPair makes sure that there are two bodies, of which standard input can be but one.
func (c *command) checkPair() error {
	if len(c.files) != 2 || c.files[0] == stdinName && c.files[1] == stdinName {
		return errTwo
	}
	return nil
}

// parseAll reads flags that stand before, between and behind files.
func (c *command) parseAll(f *flag.FlagSet, args []string) error {
	for {
		if err := f.Parse(args); err != nil {
			return err
		}
		if args = f.Args(); len(args) == 0 {
			return nil
		}
		c.files, args = append(c.files, args[0]), args[1:]
	}
}

const (
	indentHelp = "what fmt indents each level by: spaces, tabs, \\t for a tab, or nothing for all in one line (default two spaces)"
	levelHelp  = "the lowest severity that lint shows: note, warning or error (default note);\n" +
		"the exit code counts what is hidden too"
	selfHelp = "the URL, or its path, of the request; lint looks for a response about it, and for hrefs that lead out of it;\n" +
		"it makes sense for answers to PROPFIND"
)

func (c *command) flags(f *flag.FlagSet) {
	c.level, c.indent = sevNote, "  "
	f.BoolVar(&c.props, "props", false, "show every property, however many responses there are")
	f.BoolVar(&c.asJSON, "json", false, "let lint print findings as JSON, one object a line")
	f.Func("indent", indentHelp, func(s string) (err error) {
		c.indent, err = indentation(s)
		return err
	})
	f.Func("level", levelHelp, func(s string) (err error) {
		c.level, err = parseSeverity(s)
		return err
	})
	f.Func("self", selfHelp, func(s string) (err error) {
		c.self, err = parseSelf(s)
		return err
	})
	decodeFlags(f, &c.opts)
	limitFlags(f, &c.opts)
}

// decodeFlags are those of DecodeOptions.
func decodeFlags(f *flag.FlagSet, o *multistatus.DecodeOptions) {
	f.StringVar(&o.ContentType, "content-type", "", "the response's Content-Type; its charset outranks the document's own")
	f.BoolFunc("strict", "take every deviation for an error", func(string) error {
		o.Reject = multistatus.AllQuirks()
		return nil
	})
	f.Func("select", "a property to keep, as {namespace}name, or as name if that is DAV:; may be given again", func(s string) error {
		n, err := selected(s)
		o.Select = append(o.Select, n)
		return err
	})
}

func limitFlags(f *flag.FlagSet, o *multistatus.DecodeOptions) {
	f.Int64Var(&o.MaxBytes, "max-bytes", 0, "limit of the body; 0 is the default, less is none; likewise the others")
	for _, l := range []struct {
		limit *int
		name  string
		what  string
	}{
		{&o.MaxResponseBytes, "max-response-bytes", "one response"},
		{&o.MaxValueBytes, "max-value-bytes", "the content of one property"},
		{&o.MaxTextBytes, "max-text-bytes", "an href, a status or another text"},
		{&o.MaxNameBytes, "max-name-bytes", "a name"},
		{&o.MaxDepth, "max-depth", "open elements"},
		{&o.MaxAttrs, "max-attrs", "attributes of an element"},
		{&o.MaxNamespaces, "max-namespaces", "namespace declarations in scope"},
		{&o.MaxProps, "max-props", "properties of a response"},
		{&o.MaxHrefs, "max-hrefs", "hrefs of a response"},
	} {
		f.IntVar(l.limit, l.name, 0, "limit of "+l.what)
	}
}

// selected is ParseName, but that a name without braces is in DAV:.
func selected(s string) (multistatus.Name, error) {
	if !strings.HasPrefix(s, "{") {
		s = "{" + multistatus.NamespaceDAV + "}" + s
	}
	return multistatus.ParseName(s)
}

const stdinName = "-"

// file does with one file, or standard input, or the sample, what the verb says.
func (c *command) file(name string) int {
	in, err := c.open(name)
	if err != nil {
		return c.fail(name, err)
	}
	defer in.close()
	return c.verb.each(c, in)
}

// pair is file for two. It tells of each why it cannot be read.
func (c *command) pair(nameA, nameB string) int {
	a, errA := c.open(nameA)
	if errA != nil {
		c.fail(nameA, errA)
	} else {
		defer a.close()
	}
	b, errB := c.open(nameB)
	if errB != nil {
		return c.fail(nameB, errB)
	}
	defer b.close()
	if errA != nil {
		return exitUnusable
	}
	return c.verb.two(c, a, b)
}

// open opens a file, or standard input, or the sample.
func (c *command) open(name string) (input, error) {
	if name == stdinName {
		return c.standardInput(), nil
	}
	f, err := os.Open(name)
	if err != nil {
		if !isVerb(name) && errors.Is(err, os.ErrNotExist) {
			err = fmt.Errorf("%w (what can be done with a file is show, json, lint, fmt and diff)", err)
		}
		return input{}, err
	}
	return c.watch(input{name, f, f}), nil
}

// standardInput returns what is on standard input, or the sample in its place.
func (c *command) standardInput() input {
	in := bufio.NewReader(c.stdin)
	if c.noFile && !c.inTerminal && c.takesSample {
		_, err := in.Peek(1)
		c.inTerminal = err == io.EOF
	}
	if c.noFile && c.inTerminal {
		fmt.Fprintln(c.errs, "multistatus: no input; this is a sample")
		return input{name: "sample.xml", Reader: strings.NewReader(sample)}
	}
	return c.watch(input{name: "<stdin>", Reader: in})
}

// fail tells why a body could not be read.
func (c *command) fail(name string, err error) int {
	fmt.Fprintf(c.errs, "%s: %s\n", term.Printable(name), term.Printable(err.Error()))
	return exitUnusable
}

package multistatus

import (
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/go-multistatus/multistatus/internal/xmlscan"
)

// EncodeOptions says how to encode. The zero value, as nil, is right for a server.
type EncodeOptions struct {
	// Namespaces are declared on the root, in this order, after D for DAV:. Names in them need no declaration of their own then.
	// A prefix may be given once, and is not empty, D, xml or xmlns.
	Namespaces []Namespace

	// Indent is what each level of elements is indented by, each on a line of its own, down to the properties:
	// spaces and tabs. Default is none, and all on one line.
	Indent string

	// RejectInvalid makes it an error to pass text that XML cannot carry. Default is to write U+FFFD in its place.
	// Hrefs are percent-encoded all the same, and a Value has been mended when it was made.
	RejectInvalid bool

	// OnStart is called once, just before the first byte is written:
	// the place for the header fields and for WriteHeader(207).
	OnStart func()
}

// chunkSize is about how much is written at once.
const chunkSize = 32 << 10

// Encoder writes the body of a 207 Multi-Status response, response by response.
//
//	e := multistatus.NewEncoder(w, nil)
//	defer e.Abort()
//	for _, f := range files {
//		e.StartPath(f.Path)
//		e.Propstat(200)
//		e.PropText(etag, f.ETag)
//		e.Propstat(404)
//		e.PropEmpty(missing...)
//	}
//	return e.Close()
//
// The order of calls is, with Propstat and what belongs to it repeated in any order:
//
//	Body      = { Response } [ Trailer ] ( Close | Abort )
//	Response  = Encode | Start ( { AddHref } Status { About } | Propstats { EndPropstat { About } [ Propstats ] } )
//	            [ EndResponse | DropResponse ]
//	Start     = StartResponse | StartPath
//	Propstats = Propstat { Prop… | Condition | Description | Location | Propstat }
//	About     = Condition | Description | Location
//
// DropResponse may come anywhere in a response, and Flush anywhere.
//
// What it writes is well-formed and follows the grammar of RFC 4918, section 14, whatever it is told:
// a call that would break that is refused with an error before a byte of it. The error of a call is returned by every call
// after it, Close included, so that only the last has to be looked at: the writer's error for ever, and so the caller's
// where no response is unfinished; else the caller's until DropResponse takes the response back in which it was made.
//
// Names are those of XML 1.0, fifth edition; parsers of the fourth refuse some that are beyond ASCII. Any other is an [ErrName],
// but where it may have been decoded from a name with a second colon: see [Encoder.Prop].
//
// The zero Encoder is ready for Reset. Clients of Windows refuse bodies of more than 1 000 000 bytes.
//
// Nothing is written before the first response is complete or Close is called, and only whole responses are written.
// Same calls, same bytes. An Encoder is not safe for concurrent use, and must not be copied after its first use.
type Encoder struct {
	w     io.Writer
	opts  EncodeOptions
	root  *xmlscan.Scope // what the root declares
	buf   []byte         // what was not written yet
	whole int            // Invariant: buf[:whole] is whole responses and what is around them
	err   error          // of the writer, or ErrAborted, or errClosed; sticks
	bad   error          // of the caller, in the unfinished response
	stage stage
	begun bool // the root's start tag is in buf or written
	told  bool // OnStart was called
	sent  bool // w got something
	all   bool // keep everything in buf

	reply
	tags  tags
	known scopeSet // scopes of values which the root agrees with
	spare []byte
}

// stage is how far the document is.
type stage uint8

const (
	betweenResponses stage = iota
	inHrefs                // of the unfinished response
	inStatusForm           // after its status
	inGroups               // within a propstat
	inRest                 // after its propstats
	afterTrailer
)

// NewEncoder returns an Encoder that writes to w.
func NewEncoder(w io.Writer, opts *EncodeOptions) *Encoder {
	e := new(Encoder)
	e.Reset(w, opts)
	return e
}

// Reset makes e as new, writing to w, but for the memory that it has, of which it lets go what a very long response took:
// buffers of more than 1 MiB. Options with bad Namespaces or a bad Indent make every later call return an error.
func (e *Encoder) Reset(w io.Writer, opts *EncodeOptions) {
	var o EncodeOptions
	if opts != nil {
		o = *opts
	}
	if !slices.Equal(o.Namespaces, e.opts.Namespaces) || e.root == nil {
		e.tags.forget()
		e.known.forget()
		o.Namespaces = slices.Clone(o.Namespaces)
		e.root = nil
	} else {
		o.Namespaces = e.opts.Namespaces
	}
	root := e.root
	e.reply.reset()
	e.reply.letGo()
	*e = Encoder{w: w, opts: o, root: root, buf: kept(e.buf), reply: e.reply, tags: e.tags, known: e.known, spare: kept(e.spare)}
	if root == nil {
		e.setRoot()
	}
	if e.err == nil && strings.Trim(o.Indent, " \t") != "" {
		e.err = &EncodeError{Err: &reason{ErrCharacter, "(indent " + strconv.Quote(clipText(o.Indent)) + ")"}}
	}
}

// mostKept is how much of a buffer's memory outlives Reset.
const mostKept = 1 << 20

// kept returns b without content, or nil if it is too large to keep.
func kept(b []byte) []byte {
	if cap(b) > mostKept {
		return nil
	}
	return b[:0]
}

// setRoot makes what the root declares, or the error of every later call.
func (e *Encoder) setRoot() {
	root, err := e.opts.scope()
	if err != nil {
		e.err = err
		return
	}
	e.root = root
}

// scope returns what the root declares.
func (o *EncodeOptions) scope() (*xmlscan.Scope, error) {
	var c *xmlscan.Scope
	c = c.Bind("D", NamespaceDAV)
	for _, n := range o.Namespaces {
		err := n.check()
		switch {
		case err != nil:
		case n.Prefix == "" || n.Prefix == "xml":
			err = &reason{ErrReserved, "(prefix " + strconv.Quote(n.Prefix) + ")"}
		case c.Lookup(n.Prefix) != nil:
			err = &reason{ErrReserved, "(prefix " + strconv.Quote(clipText(n.Prefix)) + " declared twice)"}
		}
		if err != nil {
			return nil, &EncodeError{Err: err}
		}
		c = c.Bind(n.Prefix, n.URI)
	}
	return c, nil
}

// begin puts the beginning of the document into buf.
func (e *Encoder) begin() {
	if e.begun {
		return
	}
	e.begun = true
	e.buf = append(e.buf, `<?xml version="1.0" encoding="utf-8"?>`+"\n"+`<D:multistatus xmlns:D="DAV:"`...)
	for _, n := range e.opts.Namespaces {
		e.buf = appendDeclaration(e.buf, n.Prefix, n.URI)
	}
	e.buf = append(e.buf, '>')
}

// line begins a new line for an element at that depth, if there is to be one.
func (e *Encoder) line(b []byte, depth int) []byte {
	if e.opts.Indent == "" {
		return b
	}
	b = append(b, '\n')
	for range depth {
		b = append(b, e.opts.Indent...)
	}
	return b
}

// fault returns the error that sticks.
func (e *Encoder) fault() error {
	if e.err != nil {
		return e.err
	}
	return e.bad
}

// refuse makes the caller's mistake stick: to the unfinished response, or where there is none to the document.
func (e *Encoder) refuse(err error) error {
	if e.stage == betweenResponses || e.stage == afterTrailer {
		e.err = err
	} else {
		e.bad = err
	}
	return err
}

// Trailer ends the unfinished response, and gives the multistatus its own description and sync-token (RFC 6578),
// of which either may be empty. Only Close may follow.
func (e *Encoder) Trailer(description, syncToken string) error {
	if err := e.endAny(); err != nil {
		return err
	}
	if e.stage == afterTrailer {
		return e.refuse(errOrder("Trailer"))
	}
	syncToken = xmlscan.Trim(syncToken)
	if err := e.checkText(description, syncToken); err != nil {
		return e.refuse(err)
	}
	e.begin()
	b := e.buf
	if description != "" {
		b = appendTextElement(e.line(b, 1), "D:responsedescription", description)
	}
	if syncToken != "" {
		b = appendTextElement(e.line(b, 1), "D:sync-token", syncToken)
	}
	e.buf, e.whole = b, len(b)
	e.stage = afterTrailer
	return nil
}

// endAny ends the response that is unfinished, if one is, and returns the error that sticks.
func (e *Encoder) endAny() error {
	if e.stage == betweenResponses || e.stage == afterTrailer {
		return e.err
	}
	return e.EndResponse()
}

// Close ends the unfinished response and the document, and writes all that is left. A body without responses is valid.
// Nothing may follow but Close, which returns the same again, and Abort, which does nothing then.
func (e *Encoder) Close() error {
	if e.err == errClosed {
		return nil
	}
	if err := e.endAny(); err != nil {
		return err
	}
	e.begin()
	e.buf = append(e.line(e.buf, 0), "</D:multistatus>"...)
	e.whole = len(e.buf)
	if err := e.write(); err != nil {
		return err
	}
	e.err = errClosed
	return nil
}

// Abort leaves the document unfinished, so that whoever reads it sees that it is: nothing more is written,
// and every later call returns [ErrAborted]. After Close, or after Abort, it does nothing.
func (e *Encoder) Abort() {
	if e.err == nil || e.err == errUnfinished {
		e.err = ErrAborted
	}
}

// Started reports whether a byte has gone to the writer. If not, another reply is still possible.
func (e *Encoder) Started() bool { return e.sent }

// Flush writes the responses that are complete, and then flushes the writer if it has a method Flush() or FlushError() error,
// as an http.ResponseWriter may have it. Before a response is complete it does nothing, and it does not end one.
func (e *Encoder) Flush() error {
	if e.err != nil {
		return e.err
	}
	if err := e.write(); err != nil {
		return err
	}
	if !e.sent {
		return e.bad // flushing would send the header of another status
	}
	switch f := e.w.(type) {
	case interface{ FlushError() error }:
		if err := f.FlushError(); err != nil {
			e.err = err
		}
	case interface{ Flush() error }:
		if err := f.Flush(); err != nil {
			e.err = err
		}
	case interface{ Flush() }:
		f.Flush()
	}
	return e.fault()
}

// errUnfinished is the error within OnStart, the writer and a TextAppender, and after a panic in them or a Reset by OnStart.
var errUnfinished = errors.New("multistatus: Encoder called from its own callback, or after that has panicked")

// write writes what is whole.
func (e *Encoder) write() error {
	if e.whole == 0 || e.all {
		return nil
	}
	e.err = errUnfinished
	if !e.told {
		e.told = true
		if e.opts.OnStart != nil {
			e.opts.OnStart()
		}
		if e.err == nil {
			e.err = errUnfinished // OnStart has called Reset
			return e.err
		}
		if e.err != errUnfinished {
			return e.err
		}
	}
	n, err := e.w.Write(e.buf[:e.whole])
	e.sent = e.sent || n > 0
	if e.err == errUnfinished {
		e.err = nil
	}
	if err == nil && n != e.whole {
		err = io.ErrShortWrite
	}
	if err != nil {
		e.err = err
		return err
	}
	e.buf = append(e.buf[:0], e.buf[e.whole:]...)
	e.start -= e.whole
	e.home -= e.whole
	e.whole = 0
	return nil
}

// appendTextElement appends an element that is named in DAV: and holds text.
func appendTextElement(b []byte, name, text string) []byte {
	b = append(append(append(b, '<'), name...), '>')
	b = appendText(b, text)
	return append(append(append(b, "</"...), name...), '>')
}

package multistatus

import (
	"errors"
	"io"
	"iter"
	"slices"

	"github.com/go-multistatus/multistatus/internal/xmlscan"
)

// Decoder reads the body of a 207 Multi-Status response, response by response.
//
//	d := multistatus.NewDecoder(resp.Body, &multistatus.DecodeOptions{ContentType: resp.Header.Get("Content-Type")})
//	for r, err := range d.All() {
//		if err != nil {
//			return err
//		}
//		use(r)
//	}
//
// It never holds more of the body than one response, whatever MaxBytes says, and hands a response out as soon as its
// last byte was read. The strings that it hands out are parts of the text that was read, and immutable: they may be kept,
// but keep up to 64 KiB around them in memory too; Clone makes them let go.
//
// It learns what the responses of a body look like, up to 16 kinds of 16 KiB, and reads those that are alike several times as
// fast. What it has learned stays after Reset, so a Decoder is worth keeping for the next body of the same server.
//
// A Decoder is not safe for concurrent use; what it hands out is. It must not be copied after its first use.
type Decoder struct {
	scan    scanner
	src     source
	known   properties
	unbound prefixes // those not declared in the root's tag or the value under way
	shapes  shapes
	progress
}

// progress is what a Decoder knows of the document under way, and nothing of it is left for the next one.
type progress struct {
	opts DecodeOptions
	limits

	started bool
	busy    bool // within Next
	telling bool // within OnQuirk
	rooted  bool // the root is known to be what it should be
	free    bool // where the scanner is, names are not those of the protocol
	err     error

	quirks      QuirkSet
	told        int           // quirks
	queue       []QuirkReport // found before the root was known
	queued      QuirkSet      // what is in queue
	sizes       sizes
	passed      Name // a property in the propstat under way that is not selected
	responses   int
	description string
	syncToken   string
	seen        seenChildren // of multistatus
}

// scanner shortens the name of what does the lexical work.
type scanner = xmlscan.Scanner

// NewDecoder returns a Decoder that reads from r. Nothing is read before the first Next.
func NewDecoder(r io.Reader, opts *DecodeOptions) *Decoder {
	d := new(struct { // at once
		Decoder
		reading
	})
	d.src.in = &d.reading
	d.Reset(r, opts)
	return &d.Decoder
}

// Reset makes d as new, reading from r, but for the memory that it has. What d has handed out stays valid.
func (d *Decoder) Reset(r io.Reader, opts *DecodeOptions) {
	d.reset(opts)
	d.src.reset(r, "")
}

// ResetString is Reset with the body itself. What d hands out are parts of s, which is transcoded once if it is not UTF-8.
func (d *Decoder) ResetString(s string, opts *DecodeOptions) {
	d.reset(opts)
	d.src.reset(nil, s)
}

func (d *Decoder) reset(opts *DecodeOptions) {
	if d.telling {
		panic(errBusy) // what is under way would go on in another document
	}
	var o DecodeOptions
	if opts != nil {
		o = *opts
	}
	limits := o.limits()
	selected := d.opts.Select // a copy that nobody else has
	if selects := !slices.Equal(selected, o.Select); selects || limits != d.limits {
		if selects {
			d.known.forget(&d.scan)
			selected = slices.Clone(o.Select)
		}
		d.shapes.forget()
	}
	d.known.trim(&d.scan)
	d.unbound.forget()
	d.scan.Release()
	d.progress = progress{opts: o, limits: limits}
	d.opts.Select = selected
}

// start makes the scanner ready, which takes the bytes that tell the charset.
func (d *Decoder) start() {
	d.started = true
	cfg := d.limits.config()
	cfg.Host = (*host)(d)
	cfg.Track = d.opts.OnQuirk != nil
	conflict := d.src.start(&d.scan, cfg, d.opts.ContentType, d.opts.MaxBytes)
	d.scan.Bound = xmlscan.Bound{Limit: limitProlog, Max: maxProlog, End: maxProlog}
	if conflict != "" {
		d.err = d.quirk(QuirkEncDeclLies, 0, conflict)
	}
}

// Next reads one response into r: it writes every field, reusing the slices, which must not share memory with one another.
// It returns io.EOF after </multistatus> if the document ends there as it should, and nothing is in r then.
// After any other error r is empty, and every later call returns the same error: a *[DecodeError], or what the reader returned.
// All responses that were complete before the error have been handed out by then.
func (d *Decoder) Next(r *Response) error {
	if !d.busy && d.err == nil && d.rooted && d.replay(r) {
		return nil
	}
	r.wipe()
	switch {
	case d.busy:
		return errBusy
	case d.err != nil:
		return d.err
	}
	d.busy = true
	if !d.next(r) {
		r.wipe()
	}
	d.busy = false
	return d.err
}

// errBusy is the error of a call within OnQuirk, and of every one after a panic in that or in the reader.
// Reset within OnQuirk panics with it.
var errBusy = errors.New("multistatus: Decoder called from its own callback, or after that has panicked")

// next reports whether there is a response.
func (d *Decoder) next(r *Response) bool {
	if !d.rooted {
		if !d.root() {
			return false
		}
		if d.replay(r) {
			return true
		}
		r.wipe()
	}
	d.scan.Bound = xmlscan.NoBound
	for {
		d.watch()
		switch d.child(inMultistatus) {
		case readResponse:
			if !d.response(r) {
				return false
			}
			d.learn(r)
			return true
		case readDescription:
			if !d.text(&d.description, d.seen.first(seenDescription)) {
				return false
			}
		case readSyncToken:
			if !d.token() {
				return false
			}
		case childEnd:
		case documentEnd:
			d.err = io.EOF
			return false
		default:
			return d.failed()
		}
	}
}

// root reads up to the start tag of the root, and finds out whether it is a multistatus.
func (d *Decoder) root() bool {
	if !d.started {
		d.start()
	}
	if d.err != nil {
		return false
	}
	if d.scan.Next() != xmlscan.Start {
		return d.failed()
	}
	root := d.scan.Top()
	if alias := root.Name.Space; root.Class == classOther && root.Name.Local == rootLocal && isAlias(alias) {
		d.scan.Alias(alias, NamespaceDAV)
		if d.err = d.quirkAtTop(aliasQuirk(alias), alias); d.err != nil {
			return false
		}
	}
	if d.scan.Top().Class != classMultistatus {
		d.err = d.errorAt(root.Off, "", &RootError{Root: Name(root.Name), Head: d.src.head()})
		return false
	}
	for _, prefix := range d.unbound.list {
		d.scan.Declare(prefix, NamespaceDAV)
	}
	d.unbound.forget()
	d.rooted = true
	d.shapes.begin(d.scan.Context())
	return d.flush()
}

// All yields every response that is left, each a new one, and then the error, if there is one, with a nil Response.
func (d *Decoder) All() iter.Seq2[*Response, error] {
	return func(yield func(*Response, error) bool) { d.each(yield) }
}

func (d *Decoder) each(yield func(*Response, error) bool) {
	for {
		r := new(Response)
		switch err := d.Next(r); {
		case err == io.EOF:
			return
		case err != nil:
			yield(nil, err)
			return
		case !yield(r, nil):
			return
		}
	}
}

// Decode reads the rest of the document into m: it writes every field, reusing the slices.
// After an error, which is that of Next but never io.EOF, m holds what was complete before it.
func (d *Decoder) Decode(m *Multistatus) error {
	d.limitBytes()
	rs := m.Responses
	rs = rs[:cap(rs)]
	n := 0
	var err error
	for {
		if n == len(rs) {
			rs = append(rs, Response{})
			rs = rs[:cap(rs)]
		}
		if err = d.Next(&rs[n]); err != nil {
			break
		}
		n++
	}
	clear(rs[n:])
	*m = Multistatus{Responses: rs[:n], Description: d.description, SyncToken: d.syncToken, Quirks: d.quirks}
	if err == io.EOF {
		return nil
	}
	return err
}

// limitBytes gives a document that is to be kept whole the default limit.
func (d *Decoder) limitBytes() {
	if !d.started && d.opts.MaxBytes == 0 {
		d.opts.MaxBytes = defaultBytes
	}
}

// Description returns DAV:responsedescription of the multistatus itself. It is complete after io.EOF.
func (d *Decoder) Description() string { return d.description }

// SyncToken returns DAV:sync-token (RFC 6578, section 6.2). It is complete after io.EOF.
func (d *Decoder) SyncToken() string { return d.syncToken }

// Quirks returns what was forgiven so far.
func (d *Decoder) Quirks() QuirkSet { return d.quirks }

// InputOffset returns the offset behind what was decoded last, in the text in UTF-8 without a byte order mark.
func (d *Decoder) InputOffset() int64 { return d.scan.Offset() }

// Parse decodes a whole body. After an error, which is that of Next, the Multistatus holds what was complete before it.
func Parse(body []byte, opts *DecodeOptions) (*Multistatus, error) {
	var d Decoder
	d.ResetString(string(body), opts)
	m := new(Multistatus)
	err := d.Decode(m)
	return m, err
}

// ParseElement decodes any one element that is a document of its own: a DAV:error body, the DAV:prop of a LOCK.
// It is read as a property is, and so are the limits; quirks are told to OnQuirk. Every error is a *[DecodeError].
func ParseElement(body []byte, opts *DecodeOptions) (Property, error) {
	var d Decoder
	d.ResetString(string(body), opts)
	return d.element()
}

// element reads the root as a property.
func (d *Decoder) element() (Property, error) {
	d.rooted, d.free = true, true
	d.limitBytes()
	d.start()
	if d.err != nil {
		return Property{}, d.err
	}
	if d.scan.Next() != xmlscan.Start {
		d.failed()
		return Property{}, d.err
	}
	d.scan.Bound = xmlscan.NoBound
	o := d.scan.Top()
	p := Property{Name: Name(o.Name), Lang: d.scan.Lang}
	if !d.value(fieldNone, &p.Value) {
		return Property{}, d.err
	}
	if d.scan.Next() != xmlscan.Finish {
		d.failed()
		return Property{}, d.err
	}
	return p, nil
}

// failed takes the scanner's error over, unless there is one already. It returns false.
func (d *Decoder) failed() bool {
	if d.err == nil {
		d.err = d.convert(d.scan.Err)
	}
	return false
}

// convert makes the scanner's error one of this package. What the reader, OnFault or OnPrefix returned stays as it is.
func (d *Decoder) convert(err error) error {
	e, ok := err.(*xmlscan.Error)
	switch {
	case err == errBodyLimit:
		return d.errorAt(d.scan.TextEnd(), d.scan.Path(), &LimitError{"MaxBytes", d.opts.MaxBytes})
	case isCharset(err):
		return d.errorAt(d.scan.TextEnd(), "", err)
	case !ok:
		return err
	case e.Err == nil:
		return d.errorAt(e.Off, d.scan.Path(), &LimitError{e.Limit, e.Max})
	}
	why := e.Err
	if e.Detail != "" {
		why = &reason{e.Err, e.Detail}
	}
	if !d.rooted && isSyntax(e.Err) {
		why = &RootError{Root: d.guessRoot(), Head: d.src.head(), cause: why}
	}
	return d.errorAt(e.Off, d.scan.Path(), why)
}

func (d *Decoder) errorAt(off int64, path string, err error) error {
	line, column := d.scan.Position(off)
	return &DecodeError{Offset: off, Line: line, Column: column, Path: path, Err: err}
}

// isSyntax reports whether err, before the root's start tag has ended, means that the body is no multistatus.
func isSyntax(err error) bool {
	switch err {
	case io.ErrUnexpectedEOF, ErrEmpty, ErrDoctype:
		return false
	}
	return true
}

// guessRoot returns the name of the root's start tag that was not read to its end, if one was begun.
func (d *Decoder) guessRoot() Name {
	n, prefix := d.scan.TagName()
	if n.Space == "" && prefix != "" {
		n.Space = unboundSpace(prefix)
	}
	return Name(n)
}

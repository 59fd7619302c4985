package multistatus

import (
	"slices"
	"strconv"
	"strings"

	"github.com/go-multistatus/multistatus/internal/xmlscan"
)

// faultQuirk is what this package calls the scanner's faults.
var faultQuirk = [...]Quirk{
	xmlscan.BareAmp:            QuirkAmpRaw,
	xmlscan.UndeclaredEntity:   QuirkEntHtml,
	xmlscan.IllegalCharRef:     QuirkChrControlRef,
	xmlscan.Control:            QuirkChrControlLiteral,
	xmlscan.NonChar:            QuirkChrNonchar,
	xmlscan.InvalidUTF8:        QuirkEncInvalidUtf8,
	xmlscan.C1:                 QuirkEncCp1252Mislabelled,
	xmlscan.NonASCII:           QuirkEncDeclLies,
	xmlscan.SecondColon:        QuirkNsDoublePrefix,
	xmlscan.EmptyPrefixBinding: QuirkNsEmptyPrefixBinding,
	xmlscan.XMLRebound:         QuirkNsXmlRebound,
	xmlscan.LeadingSpace:       QuirkDocLeadingSpace,
	xmlscan.Version11:          QuirkDocXml11,
	xmlscan.Doctype:            QuirkDoctypePlain,
	xmlscan.TrailingNUL:        QuirkTrailingSpace,
	xmlscan.StrayText:          QuirkStrayText,
}

// host is a Decoder as its scanner sees it.
type host Decoder

// Classify implements [xmlscan.Host].
func (h *host) Classify(n xmlscan.Name) uint8 { return classify(n) }

// OnFault implements [xmlscan.Host].
func (h *host) OnFault(f xmlscan.Fault, off int64, detail string) error {
	d := (*Decoder)(h)
	if f == xmlscan.SecondColon && !d.free {
		return &xmlscan.Error{Err: ErrSyntax, Off: off, Detail: "(name " + strconv.Quote(clipText(detail)) + ")"}
	}
	return d.quirk(faultQuirk[f], off, detail)
}

// OnPrefix implements [xmlscan.Host].
// On an element of the protocol an undeclared prefix is DAV: or fatal. Elsewhere it makes a namespace of its own.
func (h *host) OnPrefix(prefix string, off int64, attr bool) (uri string, err error) {
	d := (*Decoder)(h)
	switch {
	case d.free:
		return d.freePrefix(prefix, off)
	case attr:
		return unboundSpace(prefix), d.quirk(QuirkNsUndeclaredStructural, off, prefix)
	case !isUsual(prefix):
		return "", &xmlscan.Error{Err: ErrPrefix, Off: off, Detail: strconv.Quote(clipText(prefix))}
	case !d.rooted:
		d.unbound.add(prefix)
	}
	return NamespaceDAV, d.quirk(QuirkNsUndeclaredStructural, off, prefix)
}

// freePrefix is OnPrefix in a value. The value's scope has to bind the prefix, so they are collected.
func (d *Decoder) freePrefix(prefix string, off int64) (uri string, err error) {
	d.unbound.add(prefix)
	if max := d.limits.namespaces; len(d.unbound.list) > max {
		return "", &xmlscan.Error{Limit: "MaxNamespaces", Max: int64(max), Off: off}
	}
	return unboundSpace(prefix), d.quirk(QuirkNsUndeclaredInProp, off, prefix)
}

// Unbound implements [xmlscan.Host]: a prefix that is bound to nothing is as good as one that is not declared.
func (h *host) Unbound(prefix string) string {
	if !h.free && isUsual(prefix) {
		return NamespaceDAV
	}
	return unboundSpace(prefix)
}

// unboundSpace is the namespace that stands for an undeclared prefix in a value.
func unboundSpace(prefix string) string {
	if prefix == "DAV" {
		return NamespaceDAV
	}
	return "?" + prefix
}

// prefixes is a list of prefixes, each once.
type prefixes struct {
	list []string
	set  map[string]bool // of all in list, if they are many
}

// fewPrefixes is up to how many are looked through one by one.
const fewPrefixes = 8

// add adds a copy of prefix, if it is not there yet.
func (p *prefixes) add(prefix string) {
	if p.set[prefix] || len(p.list) <= fewPrefixes && slices.Contains(p.list, prefix) {
		return
	}
	prefix = strings.Clone(prefix)
	p.list = append(p.list, prefix)
	switch {
	case len(p.list) == fewPrefixes+1:
		p.set = map[string]bool{}
		for _, q := range p.list {
			p.set[q] = true
		}
	case p.set != nil:
		p.set[prefix] = true
	}
}

func (p *prefixes) forget() {
	if len(p.list) > 0 {
		clear(p.list)
		p.list, p.set = p.list[:0], nil
	}
}

// quirk records that q stands at off, in the element that is open.
func (d *Decoder) quirk(q Quirk, off int64, detail string) error {
	return d.report(q, off, d.scan.Path, detail)
}

// quirkAtTop is quirk for the element that was just opened.
func (d *Decoder) quirkAtTop(q Quirk, detail string) error {
	return d.report(q, d.scan.Top().Off, d.scan.Path, detail)
}

// quirkAtClosed is quirk for the element that has just ended.
func (d *Decoder) quirkAtClosed(q Quirk, detail string) error {
	return d.report(q, d.scan.Closed().Off, d.scan.ClosedPath, detail)
}

// report records a quirk, tells it, and returns the error that it is under Reject.
// Before it is known that the body is a multistatus at all, it is only queued.
func (d *Decoder) report(q Quirk, off int64, path func() string, detail string) error {
	d.told++
	if d.rooted && d.opts.OnQuirk == nil && !d.opts.Reject.Has(q) {
		d.quirks.add(q)
		return nil
	}
	if !d.rooted && d.opts.OnQuirk == nil && d.queued.Has(q) {
		return nil
	}
	r := QuirkReport{Quirk: q, Offset: off, Path: path(), Detail: detail}
	r.Line, r.Column = d.scan.Position(off)
	if !d.rooted {
		d.queued.add(q)
		d.queue = append(d.queue, r)
		return nil
	}
	return d.tell(r)
}

func (d *Decoder) tell(r QuirkReport) error {
	d.quirks.add(r.Quirk)
	if d.opts.OnQuirk != nil {
		d.callOnQuirk(r)
	}
	if d.opts.Reject.Has(r.Quirk) {
		return &DecodeError{Offset: r.Offset, Line: r.Line, Column: r.Column, Path: r.Path, Err: r.Quirk}
	}
	return nil
}

func (d *Decoder) callOnQuirk(r QuirkReport) {
	d.telling = true
	defer func() { d.telling = false }()
	d.opts.OnQuirk(r)
}

// flush tells the quirks that were queued.
func (d *Decoder) flush() bool {
	for _, r := range d.queue {
		if d.err = d.tell(r); d.err != nil {
			return false
		}
	}
	d.queue = nil
	return true
}

// statusQuirk is what this package calls the forms of a status, hrefQuirk those of an href.
var (
	statusQuirk = [...]struct {
		form  statusForm
		quirk Quirk
	}{
		{statusSpaces, QuirkStatusDoubleSpace},
		{statusBare, QuirkStatusBare},
		{statusLower, QuirkStatusLowercase},
		{statusNoCode, QuirkStatusNoCode},
		{statusRange, QuirkStatusCodeRange},
	}
	hrefQuirk = [...]struct {
		form  hrefForm
		quirk Quirk
	}{
		{hrefRelative, QuirkHrefRelative},
		{hrefRelativeColon, QuirkHrefRelativeColon},
		{hrefDoubleSlash, QuirkHrefDoubleSlash},
		{hrefSpace, QuirkHrefUnescapedSpace},
		{hrefNonASCII, QuirkHrefUnescapedNonascii},
		{hrefReserved, QuirkHrefUnescapedReserved},
		{hrefDotSegments, QuirkHrefDotSegments},
	}
)

// tellStatus tells the quirks of the status that has just ended.
// That an empty one is none, its parent tells.
func (d *Decoder) tellStatus(form statusForm, text string) bool {
	if text == "" {
		return true
	}
	for _, f := range statusQuirk {
		if form&f.form != 0 && d.err == nil {
			d.err = d.quirkAtClosed(f.quirk, text)
		}
	}
	return d.err == nil
}

// tellHref tells the quirks of the href that has just ended.
func (d *Decoder) tellHref(form hrefForm, text string) bool {
	for _, f := range hrefQuirk {
		if form&f.form != 0 && d.err == nil {
			d.err = d.quirkAtClosed(f.quirk, text)
		}
	}
	return d.err == nil
}

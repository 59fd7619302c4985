package multistatus

import (
	"errors"
	"io"
	"math"
	"strings"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/transform"

	"github.com/go-multistatus/multistatus/internal/xmlscan"
)

// A textMode says what the scanner should know of the text that a transcoder delivers.
type textMode uint8

const (
	textUTF8   textMode = iota // nothing special
	textLatin1                 // U+0080 to U+009F may be windows-1252 in disguise; they are delivered as they stand
	textOther                  // transcoded from something else: what is no UTF-8 stands for bytes that could not be decoded
	textASCII                  // labelled us-ascii but read as UTF-8, so a byte from 0x80 on breaks the label's promise
)

const (
	rawSize = 4096 // holds sniffSize, and whole characters of every charset many times
	outSize = 64   // holds what any one character becomes, many times
)

// errBodyLimit reports that there are more raw bytes than the caller wants to read.
var errBodyLimit = errors.New("body is larger than its limit")

// A transcoder reads an XML document in any charset as UTF-8 without its BOM (RFC 7303 §3, XML §4.3.3).
// What cannot be decoded comes out as invalid UTF-8, never as U+FFFD, so that the scanner finds it at its place.
// Nothing depends on how the reader cuts the bytes.
// The zero value is ready for Reset, and Reset makes a used one as new but keeps its decoder.
type transcoder struct {
	transcoding
	dec     transform.Transformer // of the charset decName
	decName string
	raw     []byte        // raw[pos:end] is read and not yet delivered; it is own, or lent
	own     []byte        // of rawSize or more, if it was needed
	out     [outSize]byte // out[outPos:outEnd] is decoded and not yet delivered
}

// A transcoding is the state that belongs to one body.
//
// Invariant: 0 ≤ pos ≤ end ≤ len(raw), 0 ≤ outPos ≤ outEnd ≤ outSize.
type transcoding struct {
	r              io.Reader
	left           int64     // raw bytes that may still be read
	err            error     // what comes after raw[pos:end]; sticks
	header         charsetID // of the Content-Type
	verdict        charsetVerdict
	sniffed        bool // verdict is valid
	pos, end       int
	outPos, outEnd int
}

// Reset makes t read r, the body of a response with that Content-Type, up to maxBytes raw bytes.
// There is no limit if maxBytes is not positive.
func (t *transcoder) Reset(r io.Reader, contentType string, maxBytes int64) {
	if maxBytes <= 0 {
		maxBytes = math.MaxInt64
	}
	t.transcoding = transcoding{r: r, left: maxBytes, header: headerCharset(contentType)}
	t.raw = t.own
}

// lend makes t read the beginning of the body into buf, which has rawSize at least and is what Read fills from then on.
// So it need not be copied if it is UTF-8, and is delivered at once.
func (t *transcoder) lend(buf []byte) { t.raw = buf }

// mode returns how the text is to be taken; it is valid once Read has delivered some.
func (t *transcoder) mode() textMode { return t.verdict.charset.mode() }

// conflict returns which labels contradict the charset that the text is read in, or "".
// It is valid once Read has delivered some text.
func (t *transcoder) conflict() string { return t.verdict.conflict }

// Read delivers text as soon as there is any, and an error only after the text before it.
// An error of the reader passes through unchanged.
// It returns errBodyLimit if the body goes on after the bytes that the limit allows,
// which takes reading one byte more.
func (t *transcoder) Read(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	t.sniff()
	if t.verdict.charset.form < formLatin1 {
		return t.pass(p)
	}
	return t.decode(p)
}

// sniff reads until the charset is certain, and not beyond what that takes.
// After an error that comes first it is unknown what the bytes before it mean, so they are left out.
func (t *transcoder) sniff() {
	if t.sniffed {
		return
	}
	for !t.sniffed {
		if t.raw == nil {
			t.useOwn()
		}
		n, err := t.fill(t.raw[t.end:])
		t.end += n
		if err != nil && err != io.EOF {
			t.verdict, t.sniffed = charsetVerdict{err: err}, true
			break
		}
		t.verdict, t.sniffed = sniffCharset(t.raw[:t.end], t.header, err == io.EOF)
	}
	t.obey()
}

// obey prepares t for the verdict: to go on after the BOM, with a decoder or without, or to fail.
func (t *transcoder) obey() {
	t.pos = t.verdict.skip
	if t.verdict.err != nil {
		t.pos, t.err = t.end, t.verdict.err
	}
	if t.verdict.charset.form >= formLatin1 {
		t.useOwn()
	}
	if t.verdict.charset.form == formLegacy {
		t.useDecoder(t.verdict.charset.name)
	}
}

// useOwn puts what was read into a buffer that is not lent.
func (t *transcoder) useOwn() {
	if n := max(t.end, rawSize); len(t.own) < n {
		t.own = make([]byte, n)
	}
	t.end = copy(t.own, t.raw[:t.end])
	t.raw = t.own
}

// useDecoder makes dec the decoder for the charset of that canonical name. It has no state that is left from before.
func (t *transcoder) useDecoder(name string) {
	if t.decName != name {
		e, _ := charset.Lookup(name)
		t.dec, t.decName = e.NewDecoder(), name
	}
}

// pass is Read for text that is UTF-8 already. What was lent may be what p is a part of: it is delivered to where it stands,
// or before.
func (t *transcoder) pass(p []byte) (int, error) {
	if t.pos == t.end {
		return t.fill(p)
	}
	n := copy(p, t.raw[t.pos:t.end])
	t.pos += n
	return n, nil
}

// decode is Read for every other charset.
// It decodes into p, unless p is too short to be sure of holding a character.
func (t *transcoder) decode(p []byte) (int, error) {
	if t.outPos == t.outEnd {
		if len(p) >= outSize {
			return t.decodeSome(p)
		}
		n, err := t.decodeSome(t.out[:])
		if err != nil {
			return 0, err
		}
		t.outPos, t.outEnd = 0, n
	}
	n := copy(p, t.out[t.outPos:t.outEnd])
	t.outPos += n
	return n, nil
}

// decodeSome decodes what was read, and reads only if that gives no character.
// What a sequence cut by the end of the body comes to is decided at io.EOF;
// after any other error it is unknown how the sequence goes on, so it is left out.
func (t *transcoder) decodeSome(dst []byte) (int, error) {
	for {
		nDst, nSrc := t.step(dst, t.raw[t.pos:t.end], t.err == io.EOF)
		t.pos += nSrc
		switch {
		case nDst > 0:
			return nDst, nil
		case t.err != nil:
			return 0, t.err
		}
		t.refill()
	}
}

// step decodes as much of src into dst as is whole and fits. At the end of the body a part counts as whole.
func (t *transcoder) step(dst, src []byte, atEOF bool) (nDst, nSrc int) {
	switch t.verdict.charset.form {
	case formLatin1:
		return decodeLatin1(dst, src)
	case formUTF16LE:
		return decodeUTF16(dst, src, false, atEOF)
	case formUTF16BE:
		return decodeUTF16(dst, src, true, atEOF)
	default:
		return decodeLegacy(t.dec, dst, src, atEOF)
	}
}

// refill moves what is left to the front of raw, and appends what the reader gives.
func (t *transcoder) refill() {
	t.end = copy(t.raw, t.raw[t.pos:t.end])
	t.pos = 0
	n, _ := t.fill(t.raw[t.end:])
	t.end += n
}

// fill reads raw bytes into p, as many as the reader gives and the limit allows.
// It returns either a positive count, or the error that ends the body.
func (t *transcoder) fill(p []byte) (int, error) {
	if t.err != nil {
		return 0, t.err
	}
	if t.left == 0 {
		t.err = t.probe()
		return 0, t.err
	}
	n, err := xmlscan.ReadSome(t.r, p[:min(int64(len(p)), t.left)])
	t.left -= int64(n)
	t.err = err
	if n > 0 {
		return n, nil
	}
	return 0, err
}

// probe tells whether the body ends where the limit does. It uses out, which is empty whenever t reads.
func (t *transcoder) probe() error {
	n, err := xmlscan.ReadSome(t.r, t.out[:1])
	if n > 0 {
		return errBodyLimit
	}
	return err
}

// transcodeString is what a transcoder reads from s: the text, how it is to be taken, which labels contradict it,
// and the error that ends it. The text is a part of s, and nothing is allocated, if s is UTF-8.
func transcodeString(s, contentType string, maxBytes int64) (text string, m textMode, conflict string, err error) {
	text = s
	if maxBytes > 0 && int64(len(s)) > maxBytes {
		s, text, err = s[:maxBytes+1], s[:maxBytes], errBodyLimit
	}
	var head [sniffSize]byte
	n := copy(head[:], text)
	v, done := sniffCharset(head[:n], headerCharset(contentType), n == len(text) && err == nil)
	if !done || v.err != nil || v.charset.form >= formLatin1 {
		return transcodeAll(s, contentType, maxBytes)
	}
	return text[v.skip:], v.charset.mode(), v.conflict, err
}

// transcodeAll is transcodeString by means of a transcoder.
func transcodeAll(s, contentType string, maxBytes int64) (text string, m textMode, conflict string, err error) {
	var t transcoder
	var b strings.Builder
	t.Reset(strings.NewReader(s), contentType, maxBytes)
	b.Grow(len(s))
	_, err = io.CopyBuffer(&b, &t, make([]byte, rawSize))
	return b.String(), t.mode(), t.conflict(), err
}

package multistatus

import (
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/go-multistatus/multistatus/internal/xmlscan"
)

// maxHead is how much of a body a RootError shows.
const maxHead = 1 << 10

// source is where a document comes from: a reader or a string. It remembers how the text begins.
//
// Invariant: in is set if there ever was a reader, and reads r if that is set.
type source struct {
	r    io.Reader
	in   *reading
	text string
}

// reading is what only a reader needs.
type reading struct {
	transcoder
	begin [maxHead]byte
	n     int // bytes in begin
}

func (s *source) reset(r io.Reader, text string) {
	s.r, s.text = r, text
	if s.in == nil && r != nil {
		s.in = new(reading)
	}
	if s.in != nil {
		s.in.transcoder.Reset(nil, "", 0)
		s.in.n = 0
	}
}

// start makes scan read s, and returns what contradicts the charset.
func (s *source) start(scan *xmlscan.Scanner, cfg xmlscan.Config, contentType string, maxBytes int64) (conflict string) {
	if s.r != nil {
		s.in.transcoder.Reset(s.r, contentType, maxBytes)
		s.in.lend(scan.Buffer())
		s.in.sniff()
		scan.Reset(s.in, s.in.mode().configure(cfg))
		return s.in.conflict()
	}
	text, m, conflict, err := transcodeString(s.text, contentType, maxBytes)
	s.text = text
	scan.ResetString(text, m.configure(cfg))
	if err != nil {
		scan.EndWith(err)
	}
	return conflict
}

// configure tells the scanner what it should know of the text.
func (m textMode) configure(cfg xmlscan.Config) xmlscan.Config {
	cfg.Latin1, cfg.ASCII, cfg.Transcoded = m == textLatin1, m == textASCII, m == textOther
	return cfg
}

// Read is the transcoder's, with a copy of how the text begins.
func (r *reading) Read(p []byte) (int, error) {
	n, err := r.transcoder.Read(p)
	if r.n < maxHead {
		r.n += copy(r.begin[r.n:], p[:n])
	}
	return n, err
}

// head returns how the text begins, as far as it was read. It does not wait for more.
func (s *source) head() string {
	head := s.text[:min(len(s.text), maxHead)]
	if s.r != nil {
		head = string(s.in.begin[:s.in.n])
	}
	head = strings.ToValidUTF8(head, replacement)
	for n := maxHead; n < len(head); n-- {
		if utf8.RuneStart(head[n]) {
			return head[:n]
		}
	}
	return head
}

func isCharset(err error) bool { return errors.Is(err, ErrCharset) }

package multistatus

import (
	"errors"
	"io"

	"github.com/go-multistatus/multistatus/internal/xmlscan"
)

// maxHead is how much of a body a RootError shows.
const maxHead = 1 << 10

// source is where a document comes from: a reader or a string. It remembers how the text begins.
type source struct {
	transcoder
	r     io.Reader
	text  string
	begin [maxHead]byte
	n     int // bytes in begin
}

func (s *source) reset(r io.Reader, text string) {
	s.r, s.text, s.n = r, text, 0
	s.transcoder.Reset(nil, "", 0)
}

// start makes scan read s, and returns what contradicts the charset.
func (s *source) start(scan *xmlscan.Scanner, cfg xmlscan.Config, contentType string, maxBytes int64) (conflict string) {
	var m textMode
	var err error
	if s.r == nil {
		s.text, m, conflict, err = transcodeString(s.text, contentType, maxBytes)
	} else {
		s.transcoder.Reset(s.r, contentType, maxBytes)
		s.transcoder.sniff()
		m, conflict = s.mode(), s.conflict()
	}
	cfg.Latin1, cfg.ASCII = m == textLatin1, m == textASCII
	if s.r != nil {
		scan.Reset(s, cfg)
		return conflict
	}
	scan.ResetString(s.text, cfg)
	if err != nil {
		scan.EndWith(err)
	}
	return conflict
}

// Read is the transcoder's, with a copy of how the text begins.
func (s *source) Read(p []byte) (int, error) {
	n, err := s.transcoder.Read(p)
	if s.n < maxHead {
		s.n += copy(s.begin[s.n:], p[:n])
	}
	return n, err
}

// head returns how the text begins. It reads on as far as that goes, so that it is the same however the bytes are cut.
func (s *source) head() string {
	if s.r == nil {
		return s.text[:min(len(s.text), maxHead)]
	}
	var rest [maxHead]byte
	for s.n < maxHead {
		if _, err := s.Read(rest[s.n:]); err != nil {
			break
		}
	}
	return string(s.begin[:s.n])
}

func isCharset(err error) bool { return errors.Is(err, ErrCharset) }

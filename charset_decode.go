package multistatus

import (
	"bytes"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/transform"
)

// badByte stands for a sequence that cannot be decoded. UTF-8 never uses it, so the scanner takes it for an invalid byte.
const badByte = 0xFF

// decodeLatin1 decodes ISO-8859-1: each byte is the code point of its own value (ISO/IEC 8859-1).
// The Encoding Standard's decoder of that name is one for windows-1252.
func decodeLatin1(dst, src []byte) (nDst, nSrc int) {
	for nSrc < len(src) && len(dst)-nDst >= 2 {
		if c := src[nSrc]; c < utf8.RuneSelf {
			dst[nDst] = c
			nDst++
		} else {
			nDst += utf8.EncodeRune(dst[nDst:], rune(c))
		}
		nSrc++
	}
	return nDst, nSrc
}

// decodeUTF16 decodes UTF-16 (RFC 2781 §2.2). A surrogate without its pair becomes the three bytes that UTF-8 forbids
// for it, and at the end of the body half a unit becomes badByte.
func decodeUTF16(dst, src []byte, bigEndian, atEOF bool) (nDst, nSrc int) {
	for nSrc < len(src) && len(dst)-nDst >= utf8.UTFMax {
		r, size := runeUTF16(src[nSrc:], bigEndian, atEOF)
		switch {
		case size == 0:
			return nDst, nSrc
		case r < 0:
			dst[nDst] = badByte
			nDst++
		case utf16.IsSurrogate(r):
			nDst += copy(dst[nDst:], []byte{0xED, 0x80 | byte(r>>6)&0x3F, 0x80 | byte(r)&0x3F})
		default:
			nDst += utf8.EncodeRune(dst[nDst:], r)
		}
		nSrc += size
	}
	return nDst, nSrc
}

// runeUTF16 returns the first character of src, a surrogate if it stands alone, and -1 for half a unit.
// The size is 0 if more of src is needed to tell.
func runeUTF16(src []byte, bigEndian, atEOF bool) (r rune, size int) {
	if len(src) < 2 {
		if atEOF {
			return -1, len(src)
		}
		return 0, 0
	}
	r = unitUTF16(src, bigEndian)
	if high := r&^0x3FF == 0xD800; !high || len(src) < 4 && atEOF {
		return r, 2
	}
	if len(src) < 4 {
		return 0, 0
	}
	if pair := utf16.DecodeRune(r, unitUTF16(src[2:], bigEndian)); pair != utf8.RuneError {
		return pair, 4
	}
	return r, 2
}

// unitUTF16 returns the first 16 bits of b.
func unitUTF16(b []byte, bigEndian bool) rune {
	if bigEndian {
		return rune(b[0])<<8 | rune(b[1])
	}
	return rune(b[1])<<8 | rune(b[0])
}

// decodeLegacy decodes with dec, which has no state and writes U+FFFD for whatever it does not know.
// Text without U+FFFD is taken as it comes; other text is decoded once more, in small steps.
func decodeLegacy(dec transform.Transformer, dst, src []byte, atEOF bool) (nDst, nSrc int) {
	if len(src) > len(dst) {
		src, atEOF = src[:len(dst)], false
	}
	if i := falseTrail(src); i > 0 {
		src, atEOF = src[:i], true
	}
	nDst, nSrc, _ = dec.Transform(dst, src, atEOF)
	if bytes.Contains(dst[:nDst], []byte("\uFFFD")) {
		return decodeDoubtful(dec, dst, src, atEOF)
	}
	return nDst, nSrc
}

// falseTrail returns the index of the first byte from ':' to '?' between two bytes beyond ASCII, or -1.
// No sequence of a legacy charset contains it, so one that stands before it ends there.
// NOTE: x/text's decoder of GB 18030 takes it for the digit of a sequence of four, and so "<" would vanish in a letter.
func falseTrail(src []byte) int {
	for i := 1; i < len(src)-1; i++ {
		if c := src[i]; ':' <= c && c <= '?' && src[i-1] >= utf8.RuneSelf && src[i+1] >= utf8.RuneSelf {
			return i
		}
	}
	return -1
}

// decodeDoubtful decodes with dec, and tells a U+FFFD that is meant from one that dec puts for an unknown sequence.
//
// Where there is room for three bytes, a U+FFFD fills it, and so what dec has read is that one sequence.
// There is room for a fourth byte only when three are not enough; so that is no U+FFFD.
func decodeDoubtful(dec transform.Transformer, dst, src []byte, atEOF bool) (nDst, nSrc int) {
	for len(dst)-nDst >= utf8.UTFMax {
		d, s := dst[nDst:], src[nSrc:]
		n, size, err := dec.Transform(d[:3], s, atEOF)
		if size == 0 && err == transform.ErrShortDst {
			n, size, _ = dec.Transform(d[:utf8.UTFMax], s, atEOF)
		}
		if size == 0 {
			break
		}
		if string(d[:n]) == "\uFFFD" {
			n, size = judgeReplacement(d, s[:size])
		}
		nDst += n
		nSrc += size
	}
	return nDst, nSrc
}

// judgeReplacement is called when a decoder wrote a U+FFFD into dst for seq.
// Only GB 18030 can write that character, in one way; for any other sequence badByte takes its place.
// An ASCII byte that ends a bad sequence is none of it and must not vanish: it may be markup (Encoding §10.1.1, §11.1.1).
func judgeReplacement(dst, seq []byte) (nDst, nSrc int) {
	if string(seq) == "\x84\x31\xA4\x37" {
		return len("\uFFFD"), len(seq)
	}
	dst[0] = badByte
	if len(seq) == 2 && seq[1] < utf8.RuneSelf {
		return 1, 1
	}
	return 1, len(seq)
}

package davprop

import (
	"errors"
	"strconv"
	"strings"

	"github.com/go-multistatus/multistatus"
)

// NewText returns the Key of a property that is a text for people, which is kept as it is.
// A property without content is the empty text.
func NewText(name multistatus.Name) Key[string] { return Key[string]{name, &texts} }

// NewToken returns the Key of a property that is a text for programs, without white space around it.
// A property without content has no value.
func NewToken(name multistatus.Name) Key[string] { return Key[string]{name, &tokens} }

// NewInt returns the Key of a property that is an integer, of whatever sign.
func NewInt(name multistatus.Name) Key[int64] { return Key[int64]{name, &ints} }

// NewSize returns the Key of a property that is a number of bytes. It is read as [GetContentLength] is.
// A negative one is not written, but a [ValueError].
func NewSize(name multistatus.Name) Key[int64] { return Key[int64]{name, &sizes} }

// NewBool returns the Key of a property that is either of two words, as "1" and "0", in which it is written.
// All know "1", "0", "true" and "false"; t, f, yes and no, and all of them in any case, are forgiven as [QuirkIscollectionValue].
func NewBool(name multistatus.Name, yes, no string) Key[bool] {
	return Key[bool]{name, &kind[bool]{
		parse: scalar(func(text string) (bool, Quirk, error) {
			switch trim(text) {
			case yes:
				return true, 0, nil
			case no:
				return false, 0, nil
			}
			return parseBool(text)
		}),
		write: func(e *multistatus.Encoder, n multistatus.Name, v bool) error {
			if v {
				return e.PropText(n, yes)
			}
			return e.PropText(n, no)
		},
		show: strconv.FormatBool,
	}}
}

// NewValue returns the Key of a property that is kept as it is, for what has no type.
func NewValue(name multistatus.Name) Key[multistatus.Value] {
	return Key[multistatus.Value]{name, &values}
}

var (
	texts  = kind[string]{parse: scalar(parseText), write: (*multistatus.Encoder).PropText}
	tokens = kind[string]{scalar(parseToken), (*multistatus.Encoder).PropText, plainly}
	ints   = kind[int64]{scalar(parseInt), (*multistatus.Encoder).PropInt, showInt}
	sizes  = kind[int64]{scalar(parseSize), writeSize, ShowSize}
	quotas = kind[int64]{scalar(parseQuota), (*multistatus.Encoder).PropInt, showQuota}
	values = kind[multistatus.Value]{parse: parseValue, write: (*multistatus.Encoder).PropValue}
)

var (
	errElements = errors.New("elements in the place of text")
	errNumber   = errors.New("no number of 63 bits")
	errNegative = errors.New("a negative number")
	errBool     = errors.New("neither true nor false")
)

// scalar makes a parser of values from one of texts.
func scalar[T any](parse func(string) (T, Quirk, error)) func(multistatus.Value) (T, Report, error) {
	return func(v multistatus.Value) (t T, r Report, err error) {
		text, ok := v.Text()
		if !ok {
			return t, Report{Quirk: QuirkValueMixed}, errElements
		}
		t, q, err := parse(text)
		if q != 0 {
			r = Report{q, text}
		}
		return t, r, err
	}
}

// trim returns text without the white space of XML around it (XML 1.0, section 2.3). Other spaces are part of a value.
func trim(text string) string { return strings.Trim(text, " \t\r\n") }

func plainly(s string) string { return s }

func showInt(n int64) string { return strconv.FormatInt(n, 10) }

func parseText(text string) (string, Quirk, error) { return text, 0, nil }

func parseToken(text string) (string, Quirk, error) {
	if text = trim(text); text == "" {
		return "", 0, ErrNoProperty
	}
	return text, 0, nil
}

func parseValue(v multistatus.Value) (multistatus.Value, Report, error) { return v, Report{}, nil }

// parseInt reads an integer of 63 bits and a sign, with white space around it.
func parseInt(text string) (int64, Quirk, error) {
	trimmed := trim(text)
	if trimmed == "" {
		return 0, QuirkLenEmpty, ErrNoProperty
	}
	digits, negative := strings.CutPrefix(trimmed, "-")
	n, ok := number(digits)
	switch {
	case !ok:
		return 0, QuirkLenNonnumeric, errNumber
	case negative:
		n = -n
	}
	if trimmed != text {
		return n, QuirkLenSpace, nil
	}
	return n, 0, nil
}

// number reads digits.
func number(s string) (int64, bool) {
	if s == "" || s[0] == '+' {
		return 0, false
	}
	n, err := strconv.ParseUint(s, 10, 63)
	return int64(n), err == nil
}

// parseSize reads a number that is not negative.
func parseSize(text string) (int64, Quirk, error) {
	n, q, err := parseInt(text)
	if err == nil && strings.HasPrefix(trim(text), "-") {
		return 0, QuirkLenNegative, errNegative
	}
	return n, q, err
}

// writeSize writes a number that is not negative.
func writeSize(e *multistatus.Encoder, n multistatus.Name, size int64) error {
	if size < 0 {
		return refuse(e, n, &ValueError{Name: n, Text: showInt(size), Quirk: QuirkLenNegative, Err: errNegative})
	}
	return e.PropInt(n, size)
}

// parseQuota reads a number that may be one of the constants that stand for none.
func parseQuota(text string) (int64, Quirk, error) {
	n, _, err := parseInt(text)
	switch {
	case err != nil:
		return 0, QuirkQuotaNonnumeric, err
	case strings.HasPrefix(trim(text), "-"):
		return n, QuirkQuotaNegative, nil
	}
	return n, 0, nil
}

func parseBool(text string) (bool, Quirk, error) {
	text = trim(text)
	switch text {
	case "1", "true":
		return true, 0, nil
	case "0", "false":
		return false, 0, nil
	case "":
		return false, QuirkIscollectionValue, ErrNoProperty
	}
	for _, yes := range [...]string{"true", "t", "yes", "y"} {
		if strings.EqualFold(text, yes) {
			return true, QuirkIscollectionValue, nil
		}
	}
	for _, no := range [...]string{"false", "f", "no", "n"} {
		if strings.EqualFold(text, no) {
			return false, QuirkIscollectionValue, nil
		}
	}
	return false, QuirkIscollectionValue, errBool
}

// ShowSize returns a number of bytes with two or three digits and a binary unit, as in "9.9 KiB".
func ShowSize(n int64) string {
	const units = "KMGTPE"
	if n < 1024 {
		return strconv.FormatInt(n, 10) + " B"
	}
	f, i := float64(n)/1024, 0
	for ; f >= 1023.5 && i < len(units)-1; i++ {
		f /= 1024
	}
	decimals := 0
	if f < 9.95 {
		decimals = 1
	}
	return strconv.FormatFloat(f, 'f', decimals, 64) + " " + units[i:i+1] + "iB"
}

package davprop

import (
	"errors"
	"math"
	"strings"
	"testing"

	"github.com/go-multistatus/multistatus"
)

func TestParseNumbers(t *testing.T) {
	for _, c := range []struct {
		parse func(string) (int64, Quirk, error)
		text  string
		want  int64
		quirk Quirk
		err   error
	}{
		{parseSize, "0", 0, 0, nil},
		{parseSize, "00", 0, 0, nil},
		{parseSize, "9223372036854775807", math.MaxInt64, 0, nil},
		{parseSize, "9223372036854775808", 0, QuirkLenNonnumeric, errNumber},
		{parseSize, "0 ", 0, QuirkLenSpace, nil},
		{parseSize, "\n17\n", 17, QuirkLenSpace, nil},
		{parseSize, "\u00a017", 0, QuirkLenNonnumeric, errNumber},
		{parseSize, "-1", 0, QuirkLenNegative, errNegative},
		{parseSize, "-0", 0, QuirkLenNegative, errNegative},
		{parseSize, " -1 ", 0, QuirkLenNegative, errNegative},
		{parseSize, "12 KB", 0, QuirkLenNonnumeric, errNumber},
		{parseSize, "+1", 0, QuirkLenNonnumeric, errNumber},
		{parseSize, "1_0", 0, QuirkLenNonnumeric, errNumber},
		{parseSize, "-", 0, QuirkLenNonnumeric, errNumber},
		{parseSize, "--1", 0, QuirkLenNonnumeric, errNumber},
		{parseSize, "", 0, QuirkLenEmpty, ErrNoProperty},
		{parseSize, " ", 0, QuirkLenEmpty, ErrNoProperty},
		{parseInt, "-17", -17, 0, nil},
		{parseInt, "many", 0, QuirkLenNonnumeric, errNumber},
		{parseQuota, "1024", 1024, 0, nil},
		{parseQuota, " 1 ", 1, 0, nil},
		{parseQuota, "-3", QuotaUnlimited, QuirkQuotaNegative, nil},
		{parseQuota, " -2 ", QuotaUnknown, QuirkQuotaNegative, nil},
		{parseQuota, "-9223372036854775807", math.MinInt64 + 1, QuirkQuotaNegative, nil},
		{parseQuota, "-9223372036854775808", 0, QuirkQuotaNonnumeric, errNumber},
		{parseQuota, "many", 0, QuirkQuotaNonnumeric, errNumber},
		{parseQuota, "", 0, QuirkQuotaNonnumeric, ErrNoProperty},
	} {
		if got, q, err := c.parse(c.text); got != c.want || q != c.quirk || err != c.err {
			t.Errorf("%q is read as %d, %s, %v, want %d, %s, %v", c.text, got, q, err, c.want, c.quirk, c.err)
		}
	}
}

func TestParseBool(t *testing.T) {
	key := NewBool(multistatus.DAV("x"), "T", "F")
	const odd = QuirkIscollectionValue
	for _, c := range []struct {
		text  string
		want  bool
		quirk Quirk
		err   error
	}{
		{"T", true, 0, nil}, {"F", false, 0, nil}, {" T ", true, 0, nil},
		{"1", true, 0, nil}, {"0", false, 0, nil}, {"true", true, 0, nil}, {"false", false, 0, nil},
		{"True", true, odd, nil}, {"t", true, odd, nil}, {"YES", true, odd, nil}, {"no", false, odd, nil}, {"f", false, odd, nil},
		{"", false, odd, ErrNoProperty}, {"2", false, odd, errBool},
	} {
		got, r, err := key.Parse(multistatus.Text(c.text))
		if got != c.want || r.Quirk != c.quirk || !errors.Is(err, c.err) {
			t.Errorf("%q is read as %v, %s, %v, want %v, %s, %v", c.text, got, r.Quirk, err, c.want, c.quirk, c.err)
		}
	}
}

func TestShowSize(t *testing.T) {
	for _, c := range []struct {
		n    int64
		want string
	}{
		{0, "0 B"}, {1023, "1023 B"}, {1024, "1.0 KiB"}, {1536, "1.5 KiB"}, {10137, "9.9 KiB"}, {10239, "10 KiB"},
		{1047552, "1023 KiB"}, {1048064, "1.0 MiB"}, {1 << 20, "1.0 MiB"},
		{123 << 20, "123 MiB"}, {1 << 62, "4.0 EiB"}, {math.MaxInt64, "8.0 EiB"}, {-1, "-1 B"},
	} {
		if got := ShowSize(c.n); got != c.want {
			t.Errorf("ShowSize(%d) = %q, want %q", c.n, got, c.want)
		}
	}
}

// A length that a client could not read is not written, and the error sticks to the response.
func TestWriteNegativeSize(t *testing.T) {
	var b strings.Builder
	e := multistatus.NewEncoder(&b, nil)
	e.StartResponse("/")
	e.Propstat(200)
	var bad *ValueError
	if err := GetContentLength.Write(e, -1); !errors.As(err, &bad) || bad.Name != GetContentLength.Name() || bad.Text != "-1" || bad.Quirk != QuirkLenNegative {
		t.Errorf("writing -1 = %v", err)
	}
	if err := e.Close(); !errors.As(err, &bad) || strings.Contains(b.String(), "-1") {
		t.Errorf("Close = %v, after %s", err, b.String())
	}
}

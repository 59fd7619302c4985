package davprop

import (
	"testing"
	"time"

	"github.com/go-multistatus/multistatus"
)

// noTime is what an unreadable date is read as.
const noTime = "0001-01-01T00:00:00Z"

var dateCases = []struct {
	text, want string
	quirk      Quirk
	err        error
}{
	{"Sun, 06 Nov 1994 08:49:37 GMT", "1994-11-06T08:49:37Z", 0, nil},
	{" \tSun, 06 Nov 1994 08:49:37 GMT\n", "1994-11-06T08:49:37Z", 0, nil},
	{"Tue, 29 Feb 2000 00:00:00 GMT", "2000-02-29T00:00:00Z", 0, nil},
	{"Fri, 31 Dec 9999 23:59:59 GMT", "9999-12-31T23:59:59Z", 0, nil},
	{"Sun, 06 Nov 1994 23:59:60 GMT", "1994-11-06T23:59:59Z", 0, nil},
	{"Mon, 06 Nov 1994 08:49:37 GMT", "1994-11-06T08:49:37Z", QuirkMtimeWeekday, nil},
	{"Sunday, 06-Nov-94 08:49:37 GMT", "1994-11-06T08:49:37Z", QuirkMtimeRfc850, nil},
	{"Sunday, 06-Nov-94 08:49:37 UTC", "1994-11-06T08:49:37Z", QuirkMtimeRfc850, nil},
	{"Sun Nov  6 08:49:37 1994", "1994-11-06T08:49:37Z", QuirkMtimeAsctimeUnixdate, nil},
	{"Wed May 17 15:31:58 UTC 2017", "2017-05-17T15:31:58Z", QuirkMtimeAsctimeUnixdate, nil},
	{"Wed May 17 15:31:58 PDT 2017", "2017-05-17T22:31:58Z", QuirkMtimeAsctimeUnixdate, nil},
	{"Wed May 17 15:31:58 +0200 2017", "2017-05-17T13:31:58Z", QuirkMtimeAsctimeUnixdate, nil},
	{"Sat, 30 Dec 2017 06:03:46 +0000", "2017-12-30T06:03:46Z", QuirkMtimePlus0000, nil},
	{"Sat, 30 Dec 2017 06:03:46 +0200", "2017-12-30T04:03:46Z", QuirkMtimePlus0000, nil},
	{"Sat, 30 Dec 2017 06:03:46 -02:30", "2017-12-30T08:33:46Z", QuirkMtimePlus0000, nil},
	{"Sun, 6 Nov 1994 08:49:37 +0000", "1994-11-06T08:49:37Z", QuirkMtimePlus0000, nil},
	{"Fri, 7 Sep 2018 08:49:58 GMT", "2018-09-07T08:49:58Z", QuirkMtimeOneDigitDay, nil},
	{"Fri,  7 Sep 2018 08:49:58 GMT", "2018-09-07T08:49:58Z", QuirkMtimeOneDigitDay, nil},
	{"Fri, 16 Oct 2020 11:08:07 UTC", "2020-10-16T11:08:07Z", QuirkMtimeUtcZone, nil},
	{"Fri, 16 Oct 2020 11:08:07 EST", "2020-10-16T16:08:07Z", QuirkMtimeUtcZone, nil},
	{"Fri, 16 Oct 2020 11:08:07 CEST", noTime, QuirkMtimeUtcZone, errZone},
	{"Wed, 13 Mar 2019 15:19:49 GMT-00:00", "2019-03-13T15:19:49Z", QuirkMtimeGmtOffset, nil},
	{"Wed, 13 Mar 2019 15:19:49 GMT+0200", "2019-03-13T13:19:49Z", QuirkMtimeGmtOffset, nil},
	{"Fri, 06 Feb 2015 13:49:55", "2015-02-06T13:49:55Z", QuirkMtimeNoZone, nil},
	{"2018-02-28T20:24:24Z", "2018-02-28T20:24:24Z", QuirkMtimeIso, nil},
	{"1994-11-06t08:49:37z", "1994-11-06T08:49:37Z", QuirkMtimeIso, nil},
	{"2018-02-28T20:24:24.123+02:00", "2018-02-28T18:24:24.123Z", QuirkMtimeIso, nil},
	{"2018-02-28 20:24:24", "2018-02-28T20:24:24Z", QuirkMtimeIso, nil},
	{"1994-11-06", "1994-11-06T00:00:00Z", QuirkMtimeIso, nil},
	{"166476278", "1975-04-11T19:24:38Z", QuirkMtimeEpoch, nil},
	{"1664762788", "2022-10-03T02:06:28Z", QuirkMtimeEpoch, nil},
	{"1664762788000", "2022-10-03T02:06:28Z", QuirkMtimeEpoch, nil},
	{"16647627", noTime, QuirkMtimeGarbage, errDate},
	{"166476278800000", noTime, QuirkMtimeGarbage, errDate},
	{"Thu, 01 Jan 1970 00:00:00 GMT", "1970-01-01T00:00:00Z", QuirkMtimeAbsurdYear, nil},
	{"Thu, 01 Jan 1970 00:00:01 GMT", "1970-01-01T00:00:01Z", 0, nil},
	{"Mon, 01 Jan 0001 00:00:00 GMT", noTime, QuirkMtimeAbsurdYear, nil},
	{"Mon, 06 Jan 50470 09:13:20 GMT", noTime, QuirkMtimeAbsurdYear, errYear},
	{"50470-11-06T08:49:37Z", noTime, QuirkMtimeAbsurdYear, errYear},
	{"sun, 06 nov 1994 08:49:37 GMT", "1994-11-06T08:49:37Z", QuirkMtimeGarbage, nil},
	{"Sun, 06 Nov 1994 8:49:37 GMT", "1994-11-06T08:49:37Z", QuirkMtimeGarbage, nil},
	{"Sun, 06 Nov 1994 23:59:61 GMT", noTime, QuirkMtimeGarbage, errDate},
	{"Thu, 29 Feb 2001 00:00:00 GMT", noTime, QuirkMtimeGarbage, errDate},
	{"Son, 06 Nov 1994 08:49:37 GMT", noTime, QuirkMtimeGarbage, errDate},
	{"Sun, 06 Nov 1994 24:00:00 GMT", noTime, QuirkMtimeGarbage, errDate},
	{"Sun, 06 Nov 1994 08:49:37 gmt", noTime, QuirkMtimeGarbage, errDate},
	{"Invalid Date", noTime, QuirkMtimeGarbage, errDate},
	{"9999-12-31T23:59:59-00:01", noTime, QuirkMtimeAbsurdYear, errYear},
	{"0000-01-01T00:00:00+0001", noTime, QuirkMtimeAbsurdYear, errYear},
	{"Fri, 31 Dec 9999 23:59:59 -0001", noTime, QuirkMtimeAbsurdYear, errYear},
	{":60", noTime, QuirkMtimeGarbage, errDate},
	{"", noTime, QuirkMtimeEmpty, ErrNoProperty},
	{" \n", noTime, QuirkMtimeEmpty, ErrNoProperty},
}

var creationCases = []struct {
	text, want string
	quirk      Quirk
	err        error
}{
	{"1994-11-06T08:49:37Z", "1994-11-06T08:49:37Z", 0, nil},
	{" 1994-11-06T08:49:37Z ", "1994-11-06T08:49:37Z", 0, nil},
	{"1990-12-31T23:59:60Z", "1990-12-31T23:59:59Z", 0, nil},
	{"1990-12-31T15:59:60-08:00", "1990-12-31T23:59:59Z", QuirkCtimeOffset, nil},
	{"1994-11-06t08:49:37z", "1994-11-06T08:49:37Z", QuirkCtimeOffset, nil},
	{"2011-05-24T09:06:50+02:00", "2011-05-24T07:06:50Z", QuirkCtimeOffset, nil},
	{"2011-05-24T09:06:50+00:00", "2011-05-24T09:06:50Z", QuirkCtimeOffset, nil},
	{"2011-05-24T09:06:50.353563Z", "2011-05-24T09:06:50.353563Z", QuirkCtimeFractionOffset, nil},
	{"2011-05-24T09:06:50.5-02:30", "2011-05-24T11:36:50.5Z", QuirkCtimeFractionOffset, nil},
	{"2011-05-24T09:06:50.1234567891234Z", "2011-05-24T09:06:50.123456789Z", QuirkCtimeFractionOffset, nil},
	{"2011-05-24 09:06:50", "2011-05-24T09:06:50Z", QuirkCtimeZone, nil},
	{"2011-05-24T09:06:50+0200", "2011-05-24T07:06:50Z", QuirkCtimeZone, nil},
	{"1994-11-06", "1994-11-06T00:00:00Z", QuirkCtimeZone, nil},
	{"Wed, 30 Oct 2019 18:58:08 GMT", "2019-10-30T18:58:08Z", QuirkCtimeRfc1123, nil},
	{"Sunday, 06-Nov-94 08:49:37 GMT", "1994-11-06T08:49:37Z", QuirkCtimeRfc1123, nil},
	{"Wed, 30 Oct 2019 18:58:08 CEST", noTime, QuirkCtimeRfc1123, errZone},
	{"1664762788", "2022-10-03T02:06:28Z", QuirkMtimeEpoch, nil},
	{"1970-01-01T00:00:00+00:00", "1970-01-01T00:00:00Z", QuirkMtimeAbsurdYear, nil},
	{"0001-01-01T00:00:00Z", noTime, QuirkMtimeAbsurdYear, nil},
	{"50470-11-06T08:49:37Z", noTime, QuirkMtimeAbsurdYear, errYear},
	{"1994-11-06T08:49:37,5Z", "1994-11-06T08:49:37.5Z", QuirkCtimeGarbage, nil},
	{"1994-11-06T8:49:37Z", "1994-11-06T08:49:37Z", QuirkCtimeGarbage, nil},
	{"1994-02-29T08:49:37Z", noTime, QuirkCtimeGarbage, errDate},
	{"1994-13-06T08:49:37Z", noTime, QuirkCtimeGarbage, errDate},
	{"1994-11-06T08:49:37+08:60", "1994-11-05T23:49:37Z", QuirkCtimeGarbage, nil},
	{"-0001-11-06T08:49:37Z", noTime, QuirkCtimeGarbage, errDate},
	{"9999-12-31T23:59:59-00:00", "9999-12-31T23:59:59Z", QuirkCtimeOffset, nil},
	{"9999-12-31T23:59:59-00:01", noTime, QuirkMtimeAbsurdYear, errYear},
	{"9999-12-31T23:59:59,5-00:01", noTime, QuirkMtimeAbsurdYear, errYear},
	{"9999-12-31T23:59:59-0001", noTime, QuirkMtimeAbsurdYear, errYear},
	{"Fri, 31 Dec 9999 23:59:59 -0001", noTime, QuirkMtimeAbsurdYear, errYear},
	{"0000-01-01T00:00:00+00:01", noTime, QuirkMtimeAbsurdYear, errYear},
	{"\u00a01994-11-06T08:49:37Z", noTime, QuirkCtimeGarbage, errDate},
	{"yesterday", noTime, QuirkCtimeGarbage, errDate},
	{"", noTime, QuirkCtimeEmpty, ErrNoProperty},
}

func TestParseHTTPTime(t *testing.T) {
	for _, c := range dateCases {
		checkDate(t, "parseHTTPTime", parseHTTPTime, c.text, c.want, c.quirk, c.err)
	}
}

func TestParseDateTime(t *testing.T) {
	for _, c := range creationCases {
		checkDate(t, "parseDateTime", parseDateTime, c.text, c.want, c.quirk, c.err)
	}
}

func checkDate(t *testing.T, name string, parse func(string) (time.Time, Quirk, error), text, want string, quirk Quirk, err error) {
	t.Helper()
	at, q, e := parse(text)
	if got := at.Format(time.RFC3339Nano); got != want || q != quirk || e != err || at.Location() != time.UTC {
		t.Errorf("%s(%q) = %s, %s, %v, want %s, %s, %v", name, text, got, q, e, want, quirk, err)
	}
}

func TestParseUnixTime(t *testing.T) {
	for _, c := range []struct {
		text, want string
		quirk      Quirk
		err        error
	}{
		{"0", "1970-01-01T00:00:00Z", 0, nil},
		{"1664762788", "2022-10-03T02:06:28Z", 0, nil},
		{"1664762788123", "2022-10-03T02:06:28.123Z", 0, nil},
		{" 1664762788 ", "2022-10-03T02:06:28Z", QuirkLenSpace, nil},
		{"9223372036854775807", noTime, QuirkMtimeAbsurdYear, errYear},
		{"-9223372036854775807", noTime, QuirkMtimeAbsurdYear, errYear},
		{"soon", noTime, QuirkLenNonnumeric, errNumber},
		{"", noTime, QuirkLenEmpty, ErrNoProperty},
	} {
		checkDate(t, "parseUnixTime", parseUnixTime, c.text, c.want, c.quirk, c.err)
	}
}

// The forms that are read by hand are those that package time writes, and it reads the same in them.
func FuzzDateScan(f *testing.F) {
	for _, c := range dateCases {
		f.Add(c.text)
	}
	for _, c := range creationCases {
		f.Add(c.text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		at, weekday, ok := scanIMF(text)
		text = noLeap(text)
		want, err := time.Parse(imfDate, text)
		right := err == nil && len(text) == len(imfDate) && want.Format(imfDate)[3:] == text[3:] && isWeekday(text[:3])
		if ok != right || ok && (!at.Equal(want) || weekday.String()[:3] != text[:3]) {
			t.Errorf("scanIMF(%q) = %v, %v, %v, and package time %v, %v", text, at, weekday, ok, want, err)
		}
		at, _, ok = scanRFC3339(text)
		if want, err := time.Parse(time.RFC3339, text); ok && text[10] == 'T' && text[len(text)-1] != 'z' && (err != nil || !at.Equal(want)) {
			t.Errorf("scanRFC3339(%q) = %v, and package time %v, %v", text, at, want, err)
		}
	})
}

func isWeekday(s string) bool {
	for d := range time.Weekday(7) {
		if d.String()[:3] == s {
			return true
		}
	}
	return false
}

// What is written of a date is read as the nearest that can be written.
func TestWriteTimes(t *testing.T) {
	before, after := time.Unix(-1, 0), time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		key      Key[time.Time]
		at, want time.Time
	}{
		{GetLastModified, time.Unix(1, 5), time.Unix(1, 0)},
		{GetLastModified, before, time.Unix(0, 0)},
		{GetLastModified, after, time.Date(9999, 12, 31, 23, 59, 59, 0, time.UTC)},
		{CreationDate, before, before},
		{CreationDate, after, time.Date(9999, 12, 31, 23, 59, 59, 0, time.UTC)},
		{NewUnixTime(multistatus.DAV("x")), time.Unix(1664762788, 0), time.Unix(1664762788, 0)},
	} {
		r := Rewritten(t, func(e *multistatus.Encoder) error { return c.key.Write(e, c.at) })
		if got, err := c.key.Get(r); !got.Equal(c.want) || err != nil {
			t.Errorf("%s: %v is read as %v, %v, want %v", c.key.Name().Local, c.at, got, err, c.want)
		}
	}
}

package davprop

import (
	"errors"
	"strings"
	"time"

	"github.com/go-multistatus/multistatus"
)

// NewHTTPTime returns the Key of a property that is a date in the form of HTTP, as in
// "Sun, 06 Nov 1994 08:49:37 GMT" (IMF-fixdate of RFC 9110, section 5.6.7). It is read as [GetLastModified] is.
func NewHTTPTime(name multistatus.Name) Key[time.Time] { return Key[time.Time]{name, &httpTimes} }

// NewDateTime returns the Key of a property that is a date in the form of RFC 3339, as in "1994-11-06T08:49:37Z".
// It is read as [CreationDate] is.
func NewDateTime(name multistatus.Name) Key[time.Time] { return Key[time.Time]{name, &dateTimes} }

// NewUnixTime returns the Key of a property that is a number of seconds since 1970, as in "1664762788".
// Of 12 digits or more it is one of milliseconds.
func NewUnixTime(name multistatus.Name) Key[time.Time] { return Key[time.Time]{name, &unixTimes} }

var (
	httpTimes = kind[time.Time]{scalar(parseHTTPTime), (*multistatus.Encoder).PropHTTPTime, showTime}
	dateTimes = kind[time.Time]{scalar(parseDateTime), (*multistatus.Encoder).PropDateTime, showTime}
	unixTimes = kind[time.Time]{scalar(parseUnixTime), writeUnixTime, showTime}
)

func showTime(t time.Time) string { return t.Format(time.DateTime) }

func writeUnixTime(e *multistatus.Encoder, n multistatus.Name, t time.Time) error {
	return e.PropInt(n, t.Unix())
}

var (
	errDate = errors.New("no date in a form that is known")
	errYear = errors.New("its year has not four digits")
	errZone = errors.New("a zone that is not known")
)

// dateForm is a layout of package time, and what a date in it is.
type dateForm struct {
	layout string
	quirk  Quirk
}

const imfDate = "Mon, 02 Jan 2006 15:04:05 GMT"

// nearForms are near to RFC 3339, but not in it.
var nearForms = [...]dateForm{
	{"2006-01-02T15:04:05-0700", QuirkMtimeIso},
	{"2006-01-02T15:04:05", QuirkMtimeIso},
	{"2006-01-02 15:04:05", QuirkMtimeIso},
	{"2006-01-02 15:04:05Z07:00", QuirkMtimeIso},
	{"2006-01-02", QuirkMtimeIso},
}

// httpForms are what stands in the place of an HTTP date, the first that fits.
var httpForms = [...]dateForm{
	{"Mon, _2 Jan 2006 15:04:05 -0700", QuirkMtimePlus0000},
	{"Mon, _2 Jan 2006 15:04:05 -07:00", QuirkMtimePlus0000},
	{"Mon, _2 Jan 2006 15:04:05 GMT", QuirkMtimeOneDigitDay},
	{"Mon, _2 Jan 2006 15:04:05 GMT-07:00", QuirkMtimeGmtOffset},
	{"Mon, _2 Jan 2006 15:04:05 GMT-0700", QuirkMtimeGmtOffset},
	{"Mon, _2 Jan 2006 15:04:05 MST", QuirkMtimeUtcZone},
	{"Mon, _2 Jan 2006 15:04:05", QuirkMtimeNoZone},
	{time.RFC850, QuirkMtimeRfc850},
	{time.ANSIC, QuirkMtimeAsctimeUnixdate},
	{time.UnixDate, QuirkMtimeAsctimeUnixdate},
	{time.RubyDate, QuirkMtimeAsctimeUnixdate},
}

// zoneHours are the zones with a name of RFC 5322, section 4.3.
var zoneHours = map[string]int{
	"EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7,
}

// parseHTTPTime reads a date in the form of HTTP, or in one that is met in its place.
func parseHTTPTime(text string) (time.Time, Quirk, error) {
	text = trim(text)
	if text == "" {
		return time.Time{}, QuirkMtimeEmpty, ErrNoProperty
	}
	if t, weekday, ok := scanIMF(text); ok {
		return t, imfQuirk(t, weekday), nil
	}
	text = noLeap(text)
	if t, err := time.Parse(imfDate, text); err == nil {
		return t.UTC(), QuirkMtimeGarbage, nil
	}
	upper := strings.ToUpper(text)
	if t, err := time.Parse(time.RFC3339, upper); err == nil {
		return inYears(t.UTC(), QuirkMtimeIso)
	}
	if t, q, err := parseForms(upper, nearForms[:]); q != 0 {
		return t, q, err
	}
	if t, q, err := parseForms(text, httpForms[:]); q != 0 {
		return t, q, err
	}
	return parseOddDate(text, QuirkMtimeGarbage)
}

// imfQuirk is what there is to say of a date in the right form.
func imfQuirk(t time.Time, weekday time.Weekday) Quirk {
	switch {
	case t.Unix() <= 0:
		return QuirkMtimeAbsurdYear
	case t.Weekday() != weekday:
		return QuirkMtimeWeekday
	}
	return 0
}

// parseDateTime reads a date in the form of RFC 3339, or in one that is met in its place.
func parseDateTime(text string) (time.Time, Quirk, error) {
	text = trim(text)
	if text == "" {
		return time.Time{}, QuirkCtimeEmpty, ErrNoProperty
	}
	if t, q, ok := scanRFC3339(text); ok {
		return inYears(t, q)
	}
	text = noLeap(text)
	upper := strings.ToUpper(text)
	if t, q, err := parseForms(upper, nearForms[:]); q != 0 {
		return t, ctimeQuirk(q, QuirkCtimeZone), err
	}
	if t, err := time.Parse(imfDate, text); err == nil {
		return t.UTC(), QuirkCtimeRfc1123, nil
	}
	if t, q, err := parseForms(text, httpForms[:]); q != 0 {
		return t, ctimeQuirk(q, QuirkCtimeRfc1123), err
	}
	if t, err := time.Parse(time.RFC3339, upper); err == nil {
		return inYears(t.UTC(), QuirkCtimeGarbage) // with a comma, hours of one digit, offsets of days
	}
	return parseOddDate(text, QuirkCtimeGarbage)
}

// ctimeQuirk is quirk in the place of what q is where a date should have the form of HTTP.
func ctimeQuirk(q, quirk Quirk) Quirk {
	if q == QuirkMtimeAbsurdYear {
		return q
	}
	return quirk
}

// parseUnixTime reads a number of seconds or milliseconds.
func parseUnixTime(text string) (time.Time, Quirk, error) {
	n, q, err := parseInt(text)
	if err != nil {
		return time.Time{}, q, err
	}
	return inYears(unixTime(n), q)
}

// inYears refuses times whose year in UTC has not four digits, which other packages, as encoding/json, do not write.
func inYears(t time.Time, q Quirk) (time.Time, Quirk, error) {
	if year := t.Year(); year < 0 || year > 9999 {
		return time.Time{}, QuirkMtimeAbsurdYear, errYear
	}
	return t, q, nil
}

// unixTime takes n for milliseconds if it has 12 digits or more: in seconds that were after the year 5000.
func unixTime(n int64) time.Time {
	const millis = 100_000_000_000
	if n >= millis || n <= -millis {
		return time.UnixMilli(n).UTC()
	}
	return time.Unix(n, 0).UTC()
}

// noLeap returns text with second 59 in the place of a leap second, which standards allow and package time does not.
func noLeap(text string) string {
	const before, leap = len(":59"), ":60"
	if i := strings.LastIndex(text, leap); i >= before && text[i-before] == ':' {
		return text[:i] + ":59" + text[i+len(leap):]
	}
	return text
}

// parseForms reads a date in the first of forms that fits. The Quirk is 0 if none does.
func parseForms(text string, forms []dateForm) (time.Time, Quirk, error) {
	for _, f := range forms {
		t, err := time.ParseInLocation(f.layout, text, time.UTC)
		if err != nil {
			continue
		}
		t, ok := inZone(t)
		if !ok {
			return time.Time{}, f.quirk, errZone
		}
		return inYears(t, f.quirk)
	}
	return time.Time{}, 0, nil
}

// inZone returns t, for which package time takes any name of a zone that it does not know for UTC, in UTC.
func inZone(t time.Time) (time.Time, bool) {
	name, offset := t.Zone()
	switch {
	case offset != 0, name == "", name == "UTC", name == "GMT", name == "GMT+0", name == "GMT-0":
		return t.UTC(), true
	}
	hours, ok := zoneHours[name]
	return t.UTC().Add(time.Duration(-hours) * time.Hour), ok
}

// parseOddDate reads a text that is in no form of a date.
func parseOddDate(text string, otherwise Quirk) (time.Time, Quirk, error) {
	if n := len(text); isDigits(text) && 9 <= n && n <= 14 {
		seconds, _, err := parseInt(text)
		return unixTime(seconds), QuirkMtimeEpoch, err
	}
	if f := strings.Fields(text); len(f) == 6 && isOddYear(f[3]) {
		return time.Time{}, QuirkMtimeAbsurdYear, errYear
	}
	year, rest, _ := strings.Cut(strings.TrimLeft(text, "+-"), "-")
	if isOddYear(year) && isISO("2000-"+strings.ToUpper(rest)) {
		return time.Time{}, QuirkMtimeAbsurdYear, errYear
	}
	return time.Time{}, otherwise, errDate
}

// isISO reports whether text is in one of the forms of ISO 8601 that are known.
func isISO(text string) bool {
	if _, err := time.Parse(time.RFC3339, text); err == nil {
		return true
	}
	_, q, _ := parseForms(text, nearForms[:])
	return q != 0
}

// isOddYear reports whether s is a year that has not four digits.
func isOddYear(s string) bool { return len(s) != len("2006") && isDigits(s) }

func isDigits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

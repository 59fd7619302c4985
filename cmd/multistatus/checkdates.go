package main

import (
	"strings"
	"time"
)

// dateForm is a layout of package time, and what a date in it is.
type dateForm struct {
	layout string
	is     checkID
}

const plainDate = "2006-01-02T15:04:05Z"

// nearForms are near to RFC 3339, but not in it.
var nearForms = []dateForm{
	{"2006-01-02T15:04:05-0700", checkMtimeISO},
	{"2006-01-02T15:04:05", checkMtimeISO},
	{"2006-01-02 15:04:05", checkMtimeISO},
	{"2006-01-02 15:04:05Z07:00", checkMtimeISO},
	{"2006-01-02", checkMtimeISO},
}

// isoForms are those of ISO 8601 that were seen.
var isoForms = append([]dateForm{{time.RFC3339, checkMtimeISO}}, nearForms...)

// httpForms are what stands in the place of an HTTP date, the first that fits.
var httpForms = []dateForm{
	{"Mon, _2 Jan 2006 15:04:05 -0700", checkMtimePlus0000},
	{"Mon, _2 Jan 2006 15:04:05 -07:00", checkMtimePlus0000},
	{"Mon, _2 Jan 2006 15:04:05 GMT", checkMtimeOneDigitDay},
	{"Mon, _2 Jan 2006 15:04:05 GMT-07:00", checkMtimeGMTOffset},
	{"Mon, _2 Jan 2006 15:04:05 GMT-0700", checkMtimeGMTOffset},
	{"Mon, _2 Jan 2006 15:04:05 MST", checkMtimeUTCZone},
	{"Mon, _2 Jan 2006 15:04:05", checkMtimeNoZone},
	{time.RFC850, checkMtimeRFC850},
	{time.ANSIC, checkMtimeAsctime},
	{time.UnixDate, checkMtimeAsctime},
	{time.RubyDate, checkMtimeAsctime},
}

// imfDate is the form that HTTP asks for (IMF-fixdate of RFC 9110, section 5.6.7).
const imfDate = "Mon, 02 Jan 2006 15:04:05 GMT"

// checkModified looks at getlastmodified.
func checkModified(text string) checkID {
	if text = noLeap(strings.TrimSpace(text)); text == "" {
		return checkMtimeEmpty
	}
	if t, err := time.Parse(imfDate, text); err == nil {
		return checkIMF(t, text)
	}
	if id := formOf(strings.ToUpper(text), isoForms); id != checkNone {
		return id
	}
	if id := formOf(text, httpForms); id != checkNone {
		return id
	}
	return checkOddDate(text, checkMtimeGarbage)
}

// noLeap returns text with second 59 in the place of a leap second, which standards allow and package time does not.
func noLeap(text string) string {
	const before, leap = len(":59"), ":60"
	if i := strings.LastIndex(text, leap); i >= before && text[i-before] == ':' {
		return text[:i] + ":59" + text[i+len(leap):]
	}
	return text
}

// checkIMF looks at text, which time.Parse took for the right form. It is more liberal than that form.
func checkIMF(t time.Time, text string) checkID {
	right := t.Format(imfDate)
	const weekday = len("Mon")
	switch {
	case right[weekday:] != text[weekday:] || !strings.Contains("Mon Tue Wed Thu Fri Sat Sun", text[:weekday]):
		return checkMtimeGarbage
	case t.Unix() <= 0:
		return checkMtimeAbsurdYear
	case right != text:
		return checkMtimeWeekday
	}
	return checkNone
}

// formOf returns what the first of forms says that fits, or checkNone.
func formOf(text string, forms []dateForm) checkID {
	for _, f := range forms {
		if _, err := time.Parse(f.layout, text); err == nil {
			return f.is
		}
	}
	return checkNone
}

// checkOddDate returns what a text is that is in no form of a date.
func checkOddDate(text string, otherwise checkID) checkID {
	if n := len(text); isDigits(text) && 9 <= n && n <= 14 {
		return checkMtimeEpoch
	}
	if f := strings.Fields(text); len(f) == 6 && isOddYear(f[3]) {
		return checkMtimeAbsurdYear
	}
	year, rest, _ := strings.Cut(strings.TrimLeft(text, "+-"), "-")
	if isOddYear(year) && formOf("2000-"+strings.ToUpper(rest), isoForms) != checkNone {
		return checkMtimeAbsurdYear
	}
	return otherwise
}

// isOddYear reports whether s is a year that has not four digits.
func isOddYear(s string) bool { return len(s) != len("2006") && isDigits(s) }

func isDigits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

// checkCreated looks at creationdate. In RFC 3339 the letters may be of either case.
func checkCreated(text string) checkID {
	if text = noLeap(strings.TrimSpace(text)); text == "" {
		return checkCtimeEmpty
	}
	upper := strings.ToUpper(text)
	if t, err := time.Parse(time.RFC3339, upper); err == nil && isStrict(upper) {
		return checkRFC3339(t, text)
	}
	if formOf(upper, nearForms) != checkNone {
		return checkCtimeZone
	}
	if _, err := time.Parse(imfDate, text); err == nil || formOf(text, httpForms) != checkNone {
		return checkCtimeRFC1123
	}
	return checkOddDate(text, checkCtimeGarbage)
}

// isStrict reports whether text, which time.Parse took for RFC 3339, has none of what that takes beyond it:
// hours of one digit, a comma before the fraction, offsets of a day and more.
func isStrict(text string) bool {
	const hour, second = len("2006-01-02T15"), len("2006-01-02T15:04:05")
	if text[hour] != ':' || text[second] == ',' {
		return false
	}
	zone := text[max(strings.LastIndexByte(text, '+'), strings.LastIndexByte(text, '-')):]
	return strings.HasSuffix(text, "Z") || zone[1:] < "24:00" && zone[len("+15:"):] < "60"
}

func checkRFC3339(t time.Time, text string) checkID {
	switch {
	case t.Unix() <= 0:
		return checkMtimeAbsurdYear
	case strings.Contains(text, "."):
		return checkCtimeFraction
	case t.Format(plainDate) != text:
		return checkCtimeOffset
	}
	return checkNone
}

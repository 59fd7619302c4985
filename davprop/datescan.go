package davprop

import (
	"strings"
	"time"
)

// scanIMF reads a date in exactly the form of imfDate, whatever the weekday that it names.
func scanIMF(s string) (t time.Time, weekday time.Weekday, ok bool) {
	const weekdays, months = "SunMonTueWedThuFriSat", "JanFebMarAprMayJunJulAugSepOctNovDec"
	if len(s) != len(imfDate) || s[3:5] != ", " || s[7] != ' ' || s[11] != ' ' || s[16] != ' ' || s[25:] != " GMT" {
		return t, 0, false
	}
	wd, month := strings.Index(weekdays, s[:3]), strings.Index(months, s[8:11])
	if wd%3 != 0 || month%3 != 0 { // -1, too
		return t, 0, false
	}
	year, okYear := digits(s[12:16])
	t, ok = date(year, month/3+1, s[5:7], s[17:25])
	return t, time.Weekday(wd / 3), ok && okYear
}

// scanRFC3339 reads a date in exactly the form of RFC 3339, section 5.6. The Quirk is what there is to say of it.
func scanRFC3339(s string) (t time.Time, q Quirk, ok bool) {
	const clock, rest = len("2006-01-02T"), len("2006-01-02T15:04:05")
	if len(s) <= rest || s[4] != '-' || s[7] != '-' || s[10]|0x20 != 't' {
		return t, 0, false
	}
	year, okYear := digits(s[:4])
	month, okMonth := digits(s[5:7])
	t, ok = date(year, month, s[8:10], s[clock:rest])
	if !ok || !okYear || !okMonth {
		return t, 0, false
	}
	nanos, zone, ok := scanFraction(s[rest:])
	offset, okZone := scanZone(zone)
	t = t.Add(nanos - offset)
	switch {
	case !ok || !okZone:
		return t, 0, false
	case t.Unix() <= 0:
		q = QuirkMtimeAbsurdYear
	case s[rest] == '.':
		q = QuirkCtimeFractionOffset
	case s[10] != 'T' || zone != "Z":
		q = QuirkCtimeOffset
	}
	return t, q, true
}

// date makes a time of a year, a month, a day of two digits and a clock as in "15:04:05". ok is false if there is none such.
// A leap second is the second before it.
func date(year, month int, day, clock string) (t time.Time, ok bool) {
	d, ok1 := digits(day)
	hour, ok2 := digits(clock[:2])
	minute, ok3 := digits(clock[3:5])
	second, ok4 := digits(clock[6:8])
	if !ok1 || !ok2 || !ok3 || !ok4 || clock[2] != ':' || clock[5] != ':' || hour > 23 || minute > 59 || second > 60 {
		return t, false
	}
	t = time.Date(year, time.Month(month), d, hour, minute, min(second, 59), 0, time.UTC)
	return t, int(t.Month()) == month && t.Day() == d
}

// digits reads a number that consists of digits.
func digits(s string) (n int, ok bool) {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
		n = 10*n + int(s[i]-'0')
	}
	return n, true
}

// scanFraction reads a fraction of a second, if there is one, down to the nanosecond.
func scanFraction(s string) (nanos time.Duration, rest string, ok bool) {
	if s[0] != '.' {
		return 0, s, true
	}
	i, unit := 1, time.Second
	for ; i < len(s) && '0' <= s[i] && s[i] <= '9'; i++ {
		unit /= 10
		nanos += time.Duration(s[i]-'0') * unit
	}
	return nanos, s[i:], i > 1
}

// scanZone reads Z or an offset as in "+02:00", in either case.
func scanZone(s string) (offset time.Duration, ok bool) {
	if s == "Z" || s == "z" {
		return 0, true
	}
	if len(s) != len("+02:00") || s[0] != '+' && s[0] != '-' || s[3] != ':' {
		return 0, false
	}
	hours, ok1 := digits(s[1:3])
	minutes, ok2 := digits(s[4:])
	offset = time.Duration(hours)*time.Hour + time.Duration(minutes)*time.Minute
	if s[0] == '-' {
		offset = -offset
	}
	return offset, ok1 && ok2 && hours < 24 && minutes < 60
}

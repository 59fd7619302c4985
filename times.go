package multistatus

import "time"

// The seconds that a date with four digits for the year can name, from 1970 or from the year 0 on.
const (
	firstHTTPTime = 0
	firstDateTime = -62167219200
	lastTime      = 253402300799
)

const (
	weekdays = "SunMonTueWedThuFriSat"
	months   = "JanFebMarAprMayJunJulAugSepOctNovDec"
)

// appendHTTPTime appends a date as in "Sun, 06 Nov 1994 08:49:37 GMT" (IMF-fixdate of RFC 9110, section 5.6.7).
func appendHTTPTime(b []byte, at time.Time) []byte {
	at = clampTime(at, firstHTTPTime)
	year, month, day := at.Date()
	wd := 3 * int(at.Weekday())
	m := 3 * int(month-1)
	b = append(append(b, weekdays[wd:wd+3]...), ", "...)
	b = append(append(append2(b, day), ' '), months[m:m+3]...)
	b = append2(append2(append(b, ' '), year/100), year%100)
	return append(appendClock(append(b, ' '), at), " GMT"...)
}

// appendDateTime appends a date as in "1994-11-06T08:49:37Z" (RFC 3339, section 5.6).
func appendDateTime(b []byte, at time.Time) []byte {
	at = clampTime(at, firstDateTime)
	year, month, day := at.Date()
	b = append2(append2(b, year/100), year%100)
	b = append2(append(b, '-'), int(month))
	b = append2(append(b, '-'), day)
	return append(appendClock(append(b, 'T'), at), 'Z')
}

func appendClock(b []byte, at time.Time) []byte {
	hour, minute, second := at.Clock()
	b = append(append2(b, hour), ':')
	b = append(append2(b, minute), ':')
	return append2(b, second)
}

// append2 appends two digits.
func append2(b []byte, n int) []byte { return append(b, '0'+byte(n/10), '0'+byte(n%10)) }

func clampTime(at time.Time, first int64) time.Time {
	if s := at.Unix(); s < first || s > lastTime {
		at = time.Unix(min(max(s, first), lastTime), 0)
	}
	return at.UTC()
}

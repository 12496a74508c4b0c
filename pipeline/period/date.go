package period

import (
	"cmp"
	"fmt"
	"time"
)

// Date is a civil date, a square on a wall calendar: it has no zone and no hour.
// The zero value means "none"; where a range of dates is asked for it is an open
// end. How people read a date is left to package vietnamese.
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// ParseDate reads a date written as "2025-06-15". A day that does not exist, such
// as 2025-02-29, is an error.
func ParseDate(s string) (Date, error) {
	year, month, ok := monthDigits(s)
	if !ok || len(s) != len("2025-06-15") || s[7] != '-' {
		return Date{}, fmt.Errorf("date %q: want year, month and day such as 2025-06-15", s)
	}
	day, ok := digits(s[8:])
	if !ok {
		return Date{}, fmt.Errorf("date %q: want year, month and day such as 2025-06-15", s)
	}
	d := Date{Year: year, Month: time.Month(month), Day: day}
	if !d.Valid() {
		return Date{}, fmt.Errorf("date %q: there is no such day in the calendar", s)
	}
	return d, nil
}

// DateIn gives the date that a clock in zone shows at the instant t.
func DateIn(t time.Time, zone *time.Location) Date {
	return dateOf(t.In(zone))
}

func dateOf(t time.Time) Date {
	year, month, day := t.Date()
	return Date{Year: year, Month: month, Day: day}
}

// midnight carries a date through the arithmetic of package time; UTC because a
// civil date has no zone and UTC has no days of 23 hours.
func (d Date) midnight() time.Time {
	return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC)
}

// At gives the instant at which a clock in zone shows this date and time of day.
// A time that the clock shows twice, when summer ends, is the first of the two;
// one that it skips, when summer begins, is the moment at which it skips it.
// (time.Date promises neither.)
func (d Date) At(hour, minute int, zone *time.Location) time.Time {
	shown := time.Date(d.Year, d.Month, d.Day, hour, minute, 0, 0, time.UTC)
	offset := func(t time.Time) time.Duration {
		_, seconds := t.In(zone).Zone()
		return time.Duration(seconds) * time.Second
	}
	// A day either side stands before and after any change of the zone.
	before, after := shown.Add(-offset(shown.AddDate(0, 0, -1))), shown.Add(-offset(shown.AddDate(0, 0, 1)))
	for _, t := range []time.Time{before, after} {
		if t.Add(offset(t)).Equal(shown) {
			return t.In(zone)
		}
	}
	change, _ := before.In(zone).ZoneBounds()
	return change
}

// Valid reports whether the date exists in the calendar; the zero date does not.
func (d Date) Valid() bool {
	return d.Year >= 1 && d.Year <= 9999 && dateOf(d.midnight()) == d
}

// String gives "2025-06-15", or "" for the zero date. ParseDate reads it back.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, int(d.Month), d.Day)
}

// IsZero reports whether d is no date.
func (d Date) IsZero() bool { return d == Date{} }

// AddDays gives the date n days later, or earlier where n is negative. The zero
// date stays zero.
func (d Date) AddDays(n int) Date {
	if d.IsZero() {
		return d
	}
	return dateOf(d.midnight().AddDate(0, 0, n))
}

// Sub gives the number of days from o to d.
func (d Date) Sub(o Date) int {
	const secondsOfDay = 24 * 60 * 60
	return int((d.midnight().Unix() - o.midnight().Unix()) / secondsOfDay)
}

// Weekday gives the day of the week.
func (d Date) Weekday() time.Weekday { return d.midnight().Weekday() }

// CalendarMonth gives the month printed above the date on a wall calendar. The
// reporting month of a date is Scheme.MonthOf.
func (d Date) CalendarMonth() Month { return Month{Year: d.Year, Number: d.Month} }

// Compare orders dates by time; the zero date comes first.
func (d Date) Compare(o Date) int {
	return cmp.Or(cmp.Compare(d.Year, o.Year), cmp.Compare(d.Month, o.Month), cmp.Compare(d.Day, o.Day))
}

// Before reports whether d is an earlier day than o.
func (d Date) Before(o Date) bool { return d.Compare(o) < 0 }

// After reports whether d is a later day than o.
func (d Date) After(o Date) bool { return d.Compare(o) > 0 }

// MarshalText writes a date as String does, so that JSON and tables carry "2025-06-15".
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what MarshalText wrote; empty text is the zero date.
func (d *Date) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*d = Date{}
		return nil
	}
	parsed, err := ParseDate(string(text))
	if err == nil {
		*d = parsed
	}
	return err
}

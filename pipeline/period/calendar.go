package period

import (
	"fmt"
	"maps"
	"time"
)

// DayKind says what a row of the working calendar makes of a day. The zero value
// is an ordinary day.
type DayKind int

const (
	// Off is a public holiday or a day off ("nghỉ").
	Off DayKind = iota + 1
	// Makeup is a day worked in exchange for another, usually a Saturday ("làm bù").
	Makeup
	// Tet is a day off for the lunar new year ("tết"); reports before and after it
	// are explained by it.
	Tet
)

// ParseDayKind reads "off", "makeup" or "tet".
func ParseDayKind(s string) (DayKind, error) {
	for _, kind := range []DayKind{Off, Makeup, Tet} {
		if s == kind.String() {
			return kind, nil
		}
	}
	return 0, fmt.Errorf("kind of day %q: want off, makeup or tet", s)
}

// String gives what ParseDayKind reads, "" for an ordinary day.
func (k DayKind) String() string {
	switch k {
	case Off:
		return "off"
	case Makeup:
		return "makeup"
	case Tet:
		return "tet"
	default:
		return ""
	}
}

// Calendar knows working days: Monday to Friday, corrected by the rows it was
// given. The zero value knows weekends only.
type Calendar struct {
	days  map[Date]DayKind
	years map[int]bool
}

// NewCalendar copies the rows.
func NewCalendar(days map[Date]DayKind) Calendar {
	calendar := Calendar{days: maps.Clone(days), years: make(map[int]bool)}
	for date := range days {
		calendar.years[date.Year] = true
	}
	return calendar
}

// Covers reports whether the calendar has rows for a year. Without them only
// weekends are known, and whoever prints a deadline of that year should say so.
func (c Calendar) Covers(year int) bool { return c.years[year] }

// Kind gives the row of a day, or the zero value for a day without one.
func (c Calendar) Kind(d Date) DayKind { return c.days[d] }

// Working reports whether d is a working day.
func (c Calendar) Working(d Date) bool {
	switch c.days[d] {
	case Makeup:
		return true
	case Off, Tet:
		return false
	}
	weekday := d.Weekday()
	return weekday != time.Saturday && weekday != time.Sunday
}

// NextWorking gives d itself if it is a working day, else the first one after it.
func (c Calendar) NextWorking(d Date) Date { return c.seek(d, 1) }

// PreviousWorking gives d itself if it is a working day, else the last one before it.
func (c Calendar) PreviousWorking(d Date) Date { return c.seek(d, -1) }

// seek ends because the rows are finite and every week without rows has five
// working days.
func (c Calendar) seek(d Date, step int) Date {
	for !d.IsZero() && !c.Working(d) {
		d = d.AddDays(step)
	}
	return d
}

// AddWorkingDays gives the n-th working day after d, or before it where n is
// negative. With n = 0 it gives d, working or not.
func (c Calendar) AddWorkingDays(d Date, n int) Date {
	step := 1
	if n < 0 {
		step, n = -1, -n
	}
	for range n {
		d = c.seek(d.AddDays(step), step)
	}
	return d
}

package period

import (
	"fmt"
	"time"
)

// Scheme says which days a reporting month covers. The zero value is Scheme15to14.
type Scheme int

const (
	// Scheme15to14 is the reporting month of the State (Decree 09/2019/NĐ-CP,
	// article 12): 2025-06 is 15/5/2025 to 14/6/2025, and the year 2025 is
	// 15/12/2024 to 14/12/2025.
	Scheme15to14 Scheme = iota
	// SchemeCalendar lets a month cover the days of the calendar month.
	SchemeCalendar
)

// Under Scheme15to14 a month opens on the 15th of the month before it and closes
// on the 14th of its own.
const (
	openingDay = 15
	closingDay = 14
)

// ParseScheme reads "15-14" or "calendar".
func ParseScheme(s string) (Scheme, error) {
	for _, scheme := range []Scheme{Scheme15to14, SchemeCalendar} {
		if s == scheme.String() {
			return scheme, nil
		}
	}
	return 0, fmt.Errorf("window %q: want 15-14 (from the 15th of the month before to the 14th) or calendar", s)
}

// String gives what ParseScheme reads.
func (s Scheme) String() string {
	if s == SchemeCalendar {
		return "calendar"
	}
	return "15-14"
}

// Window gives the days that m covers. The windows of successive months tile the
// calendar: no day is left out and none belongs to two months. The zero month
// gives the zero window.
func (s Scheme) Window(m Month) Window {
	if m.IsZero() {
		return Window{}
	}
	if s == SchemeCalendar {
		return Window{
			From: Date{Year: m.Year, Month: m.Number, Day: 1},
			To:   Date{Year: m.Year, Month: m.Number, Day: m.Days()},
		}
	}
	before := m.Add(-1)
	return Window{
		From: Date{Year: before.Year, Month: before.Number, Day: openingDay},
		To:   Date{Year: m.Year, Month: m.Number, Day: closingDay},
	}
}

// SpanWindow gives the days from the first day of the first month of a span to
// the last day of its last month.
func (s Scheme) SpanWindow(span Span) Window {
	return Window{From: s.Window(span.From).From, To: s.Window(span.To).To}
}

// MonthOf gives the month whose window holds d.
func (s Scheme) MonthOf(d Date) Month {
	if d.IsZero() {
		return Month{}
	}
	if s == Scheme15to14 && d.Day >= openingDay {
		return d.CalendarMonth().Add(1)
	}
	return d.CalendarMonth()
}

// NewestClosed gives the newest month whose window is over on the day d: its last
// day is before d.
func (s Scheme) NewestClosed(d Date) Month { return s.MonthOf(d).Add(-1) }

// Window is a run of days, both ends included.
type Window struct{ From, To Date }

// Contains reports whether d is one of the days.
func (w Window) Contains(d Date) bool { return !d.Before(w.From) && !d.After(w.To) }

// Overlaps reports whether any day of the window lies in from..to, both included;
// a zero date is an open end, so that a unit without an end overlaps every later
// window.
func (w Window) Overlaps(from, to Date) bool {
	return (from.IsZero() || !from.After(w.To)) && (to.IsZero() || !to.Before(w.From))
}

// Days gives the number of days in the window.
func (w Window) Days() int { return w.To.Sub(w.From) + 1 }

// Begun reports whether the window's first day has begun at the instant at, by
// the clocks of zone.
func (w Window) Begun(at time.Time, zone *time.Location) bool {
	return !DateIn(at, zone).Before(w.From)
}

// Closed reports whether the window's last day is over at the instant at, by the
// clocks of zone.
func (w Window) Closed(at time.Time, zone *time.Location) bool {
	return DateIn(at, zone).After(w.To)
}

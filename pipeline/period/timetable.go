package period

import "time"

// Timetable is how an office keeps time: which days a month covers, when its
// report is due, which days are working days, and in which zone its clocks
// stand.
type Timetable struct {
	Scheme   Scheme
	Deadline DeadlineRule
	Calendar Calendar
	Zone     *time.Location
}

// Window gives the days that m covers.
func (t Timetable) Window(m Month) Window { return t.Scheme.Window(m) }

// Due gives the instant at which the report of m is due.
func (t Timetable) Due(m Month) time.Time {
	return t.Deadline.For(m, t.Scheme, t.Calendar, t.Zone)
}

// Closed reports whether the window of m is over at an instant.
func (t Timetable) Closed(m Month, at time.Time) bool {
	return DateIn(at, t.Zone).After(t.Window(m).To)
}

// Begun reports whether the window of m has begun at an instant.
func (t Timetable) Begun(m Month, at time.Time) bool {
	return !DateIn(at, t.Zone).Before(t.Window(m).From)
}

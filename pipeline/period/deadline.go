package period

import (
	"fmt"
	"strings"
	"time"
)

// What a deadline does when its day is not a working day.
const (
	MoveNext     = "next"     // to the next working day
	MovePrevious = "previous" // to the working day before
	MoveNone     = "none"     // it stays
)

// DeadlineRule says when a month's report is due: at Hour:Minute on Day of the
// month in which the month's window closes or, where the window closes with the
// calendar month, of the month after.
type DeadlineRule struct {
	Day          int    // 1 to 31; in a shorter month its last day
	Hour, Minute int    // by the clocks of the zone passed to For
	IfNotWorking string // MoveNext, MovePrevious or MoveNone; "" is MoveNext
}

// ParseClock reads a time of day such as "17:00" or "8:30".
func ParseClock(s string) (hour, minute int, err error) {
	hours, minutes, _ := strings.Cut(s, ":")
	hour, okHour := digits(hours)
	minute, okMinute := digits(minutes)
	if !okHour || !okMinute || len(hours) > 2 || len(minutes) != 2 || hour > 23 || minute > 59 {
		return 0, 0, fmt.Errorf("time of day %q: want hour and minute from 00:00 to 23:59, such as 17:00", s)
	}
	return hour, minute, nil
}

// Validate says what is wrong with a rule under a scheme. A deadline that falls
// before the window has closed is refused: nobody could meet it.
func (r DeadlineRule) Validate(scheme Scheme) error {
	first := scheme.FirstDeadline()
	if r.Day < first || r.Day > 31 {
		return fmt.Errorf("deadline day %d: want %d to 31, after the window %s has closed", r.Day, first, scheme)
	}
	if r.Hour < 0 || r.Hour > 23 || r.Minute < 0 || r.Minute > 59 {
		return fmt.Errorf("deadline time %d:%02d: want 00:00 to 23:59", r.Hour, r.Minute)
	}
	switch r.IfNotWorking {
	case "", MoveNext, MovePrevious, MoveNone:
		return nil
	default:
		return fmt.Errorf("deadline if_not_working %q: want next, previous or none", r.IfNotWorking)
	}
}

// FirstDeadline is the first day of a month on which a deadline can be: that after
// the day on which the window closes.
func (s Scheme) FirstDeadline() int {
	if s == Scheme15to14 {
		return openingDay
	}
	return 1
}

// For gives the instant at which the report of m is due. What arrives at that
// instant is on time.
func (r DeadlineRule) For(m Month, scheme Scheme, cal Calendar, zone *time.Location) time.Time {
	return r.Date(m, scheme, cal).At(r.Hour, r.Minute, zone)
}

// Date gives the day on which the report of m is due. MovePrevious gives way to
// MoveNext where the working day before is still inside the window, as happens
// around Tết.
func (r DeadlineRule) Date(m Month, scheme Scheme, cal Calendar) Date {
	closing := scheme.Window(m).To
	due := m
	if scheme == SchemeCalendar {
		due = m.Add(1)
	}
	day := Date{Year: due.Year, Month: due.Number, Day: min(r.Day, due.Days())}
	switch r.IfNotWorking {
	case MoveNone:
		return day
	case MovePrevious:
		if earlier := cal.PreviousWorking(day); earlier.After(closing) {
			return earlier
		}
	}
	return cal.NextWorking(day)
}

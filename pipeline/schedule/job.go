package schedule

import (
	"fmt"
	"time"

	"tonghop/pipeline/period"
)

// Kinds are the kinds of period that a job can be for.
var Kinds = []period.SpanKind{period.Monthly, period.Quarterly, period.HalfYear, period.NineMonths, period.FullYear}

// Job says when each period of a kind is consolidated.
type Job struct {
	Each period.SpanKind
	when rule
}

// rule names the instant at which a period is due. It is after the period's
// window, and later for a later period.
type rule interface {
	at(period.Span, period.Timetable) time.Time
}

// MostWorkingDays is about a month of them: a job that comes later means another.
const MostWorkingDays = 20

// AfterDeadline is a job so many working days after the deadline of a period's
// last month, at a time of day; with 0 on the day of the deadline itself.
func AfterDeadline(each period.SpanKind, workingDays, hour, minute int) (Job, error) {
	if err := known(each); err != nil {
		return Job{}, err
	}
	if workingDays < 0 || workingDays > MostWorkingDays {
		return Job{}, fmt.Errorf("%d working days after the deadline: want 0 to %d", workingDays, MostWorkingDays)
	}
	return Job{each, afterDeadline{workingDays, hour, minute}}, nil
}

type afterDeadline struct{ workingDays, hour, minute int }

func (r afterDeadline) at(span period.Span, t period.Timetable) time.Time {
	day := t.Deadline.Date(span.To, t.Scheme, t.Calendar)
	return t.Calendar.AddWorkingDays(day, r.workingDays).At(r.hour, r.minute, t.Zone)
}

// ParseEach reads the name of a kind of period that a job can be for.
func ParseEach(name string) (period.SpanKind, error) {
	for _, kind := range Kinds {
		if kind.String() == name {
			return kind, nil
		}
	}
	return 0, fmt.Errorf("each %q: want month, quarter, half, nine_months or year", name)
}

func known(each period.SpanKind) error {
	_, err := ParseEach(each.String())
	return err
}

// newestEnded is the newest period of a kind whose last month is not after closed.
func newestEnded(each period.SpanKind, closed period.Month) period.Span {
	span := period.SpanOf(each, closed, period.Month{})
	if span.To.After(closed) {
		return preceding(span)
	}
	return span
}

func following(s period.Span) period.Span { return s.Add(step(s.Kind)) }
func preceding(s period.Span) period.Span { return s.Add(-step(s.Kind)) }

// step is the number of months from one period of a kind to the next.
func step(each period.SpanKind) int {
	if each == period.NineMonths { // the first nine months of each year
		return 12
	}
	return period.SpanOf(each, period.Month{Year: 2025, Number: time.January}, period.Month{}).NumMonths()
}

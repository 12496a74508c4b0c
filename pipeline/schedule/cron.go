package schedule

import (
	"fmt"
	"strings"
	"time"

	"github.com/robfig/cron/v3"

	"tonghop/pipeline/period"
)

// Cron is a job at the times of a cron line: minute, hour, day of the month,
// month, day of the week, or one of @monthly, @weekly, @daily, @hourly, @yearly.
// Each time names the newest period of the kind whose window is over; the first
// to name a period is its due, the others are none, so that a weekly line makes
// each month once.
//
// A line that leaves a period without any time is refused: that period would
// never be made. A line that is refused is a CronError.
func Cron(each period.SpanKind, line string, scheme period.Scheme) (Job, error) {
	if err := known(each); err != nil {
		return Job{}, err
	}
	times, err := parse(line)
	if err == nil {
		err = times.skips(each, scheme)
	}
	if err != nil {
		err.Line = line
		return Job{}, err
	}
	return Job{each, times}, nil
}

// cronLine gives times by a wall clock, which UTC stands for here: the library
// itself leaves out what a zone's clock skips and repeats what it shows twice.
type cronLine struct{ *cron.SpecSchedule }

func parse(line string) (times cronLine, err *CronError) {
	defer func() {
		if r := recover(); r != nil { // the library does, at "TZ=0"
			err = &CronError{Fault: FaultUnread, Err: fmt.Errorf("%v", r)}
		}
	}()
	line = strings.TrimSpace(line)
	fields := strings.Fields(line)
	switch {
	case line == "":
		return times, &CronError{Fault: FaultEmpty}
	case strings.HasPrefix(line, "TZ=") || strings.HasPrefix(line, "CRON_TZ="):
		return times, &CronError{Fault: FaultZone}
	case strings.HasPrefix(line, "@every"):
		return times, &CronError{Fault: FaultEvery}
	case line[0] != '@' && len(fields) != 5:
		return times, &CronError{Fault: FaultFields, Fields: len(fields)}
	}
	parser := cron.NewParser(cron.Minute | cron.Hour | cron.Dom | cron.Month | cron.Dow | cron.Descriptor)
	schedule, wrong := parser.Parse(line)
	if wrong != nil {
		return times, &CronError{Fault: FaultUnread, Err: wrong}
	}
	spec, ok := schedule.(*cron.SpecSchedule)
	if !ok {
		return times, &CronError{Fault: FaultTimeless}
	}
	spec.Location = time.UTC
	return cronLine{spec}, nil
}

// first is the first time, by the wall clock, on or after a day; zero where none
// comes in five years.
func (c cronLine) first(day period.Date) time.Time {
	return c.Next(day.At(0, 0, time.UTC).Add(-time.Second))
}

func (c cronLine) at(span period.Span, t period.Timetable) time.Time {
	shown := c.first(t.Window(span.To).To.AddDays(1))
	return period.DateIn(shown, time.UTC).At(shown.Hour(), shown.Minute(), t.Zone)
}

// Weekdays, month lengths and leap years come in the same order again after 28
// years, until 2100.
const firstYear, cycle = 2025, 28

// skips looks for a period that no time names: none comes from the end of its
// window to the end of the next one's.
func (c cronLine) skips(each period.SpanKind, scheme period.Scheme) *CronError {
	for span := period.SpanOf(each, period.Month{Year: firstYear, Number: time.January}, period.Month{}); span.To.Year < firstYear+cycle; span = following(span) {
		from, to := scheme.Window(span.To).To.AddDays(1), scheme.Window(following(span).To).To
		shown := c.first(from)
		if shown.IsZero() {
			return &CronError{Fault: FaultNever}
		}
		if period.DateIn(shown, time.UTC).After(to) {
			return &CronError{Fault: FaultSkips, Skipped: span, From: from, To: to}
		}
	}
	return nil
}

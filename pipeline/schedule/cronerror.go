package schedule

import (
	"fmt"

	"tonghop/pipeline/period"
)

// Fault is a way in which a cron line cannot be a job's.
type Fault string

// The faults of cron lines.
const (
	FaultEmpty    Fault = "empty"
	FaultZone     Fault = "zone"     // it names a zone, which is a setting of its own
	FaultEvery    Fault = "every"    // @every has no time of day
	FaultFields   Fault = "fields"   // it has not five: Fields
	FaultUnread   Fault = "unread"   // the cron library cannot read it: Err
	FaultTimeless Fault = "timeless" // it gives no times of day
	FaultNever    Fault = "never"    // no such time ever comes
	FaultSkips    Fault = "skips"    // a period without a time: Skipped, From, To
)

// CronError is a cron line that cannot be a job's.
type CronError struct {
	Line    string
	Fault   Fault
	Fields  int
	Skipped period.Span
	From    period.Date // no time comes from this day
	To      period.Date // to this one
	Err     error
}

func (e *CronError) Error() string {
	switch e.Fault {
	case FaultFields:
		return fmt.Sprintf("cron line %q: %s: %d", e.Line, e.Fault, e.Fields)
	case FaultSkips:
		return fmt.Sprintf("cron line %q: %s %s: no such time comes from %s to %s", e.Line, e.Fault, e.Skipped, e.From, e.To)
	case FaultUnread:
		return fmt.Sprintf("cron line %q: %s: %v", e.Line, e.Fault, e.Err)
	}
	return fmt.Sprintf("cron line %q: %s", e.Line, e.Fault)
}

func (e *CronError) Unwrap() error { return e.Err }

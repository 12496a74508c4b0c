// Package schedule owns when a period is consolidated: the instant at which each
// period is due, which dues are owed, and what is wrong with a cron line.
//
// A period is due at exactly one instant, named by a job for periods of its kind,
// so that "which are owed" is a question about periods that are not done and
// never about how often somebody looked. The package is pure: instants come in as
// values, and what was done comes in as records.
package schedule

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"tonghop/pipeline/period"
)

// Due is one run: its period, and the instant that names it.
type Due struct {
	Period period.Span
	At     time.Time
}

// Record is what is known of the run of a period: the instant at which it was
// owed, and whether it is settled. One that is not stays owed.
type Record struct {
	Due
	Settled bool
}

// Plan is an office's jobs, at most one for each kind of period.
type Plan struct {
	jobs      []Job
	timetable period.Timetable
}

// New makes a plan. Two jobs for periods of one kind are an error: each period
// would be made twice.
func New(t period.Timetable, jobs ...Job) (*Plan, error) {
	p := &Plan{timetable: t}
	for _, j := range jobs {
		if slices.ContainsFunc(p.jobs, func(o Job) bool { return o.Each == j.Each }) {
			return nil, &TwiceError{j.Each}
		}
		p.jobs = append(p.jobs, j)
	}
	return p, nil
}

// TwiceError is two jobs for periods of one kind.
type TwiceError struct{ Each period.SpanKind }

func (e *TwiceError) Error() string { return fmt.Sprintf("two jobs for each %s", e.Each) }

// Jobs are the plan's jobs, as they were given.
func (p *Plan) Jobs() []Job { return slices.Clone(p.jobs) }

// Next is the next due over all jobs after an instant; false where there is no
// job. Of several at one instant it is that of the shortest period.
func (p *Plan) Next(after time.Time) (Due, bool) {
	next := p.Upcoming(after, 1)
	if len(next) == 0 {
		return Due{}, false
	}
	return next[0], true
}

// Upcoming are the n next dues over all jobs after an instant, in order.
func (p *Plan) Upcoming(after time.Time, n int) []Due {
	var all []Due
	for _, j := range p.jobs {
		span := following(p.newest(j, after).Period)
		for range n {
			all = append(all, p.due(j, span))
			span = following(span)
		}
	}
	inOrder(all)
	return all[:min(n, len(all))]
}

// Owed are the dues that are owed at an instant, oldest first, each period once.
//
// From the first period of a kind that is recorded on, all are owed that are due
// and not settled, however long nobody looked; before it none is. Where no period
// of a kind is recorded the newest due is the only one: what came before the
// schedule began is not made by it. So it is where all that is recorded was due
// later than now and nothing of it was settled, for then the clock was ahead when
// it began; but where something was, or it was ahead by more than a year, it is
// rather now's clock that is wrong, and nothing is owed. A record's own instant
// goes before what the plan says now.
func (p *Plan) Owed(known []Record, now time.Time) []Due {
	var owed []Due
	for _, j := range p.jobs {
		recorded := map[period.Span]bool{}
		var first period.Span
		var ahead time.Time // the first record that is not due yet
		made := false       // one of those is settled
		for _, r := range known {
			if r.Period.Kind != j.Each {
				continue
			}
			recorded[r.Period] = true
			if r.At.After(now) {
				if ahead.IsZero() || r.At.Before(ahead) {
					ahead = r.At
				}
				made = made || r.Settled
				continue
			}
			if first.IsZero() || r.Period.To.Before(first.To) {
				first = r.Period
			}
			if !r.Settled {
				owed = append(owed, r.Due)
			}
		}
		newest := p.newest(j, now)
		if first.IsZero() {
			if ahead.IsZero() || !made && !recorded[newest.Period] && ahead.Before(newest.At.AddDate(1, 0, 0)) {
				owed = append(owed, newest)
			}
			continue
		}
		for span := first; !span.To.After(newest.Period.To); span = following(span) {
			if !recorded[span] {
				owed = append(owed, p.due(j, span))
			}
		}
	}
	inOrder(owed)
	return owed
}

// Deadline is the instant by which the reports of a period are due: those of its
// last month.
func (p *Plan) Deadline(span period.Span) time.Time { return p.timetable.Due(span.To) }

// Early is a due that comes before the deadline of its period: reports that are
// on time would be missing from what it makes.
type Early struct {
	Due
	Deadline time.Time
}

// EarlyDues are, of each job, the first due that comes before its deadline within
// the two years after an instant. They may be meant, and are never refused.
func (p *Plan) EarlyDues(after time.Time) []Early {
	var all []Early
	end := after.AddDate(2, 0, 0)
	for _, j := range p.jobs {
		for due := p.newest(j, after); due.At.Before(end); due = p.due(j, following(due.Period)) {
			if deadline := p.Deadline(due.Period); due.At.After(after) && due.At.Before(deadline) {
				all = append(all, Early{due, deadline})
				break
			}
		}
	}
	return all
}

// newest is the newest due of a job that is not after an instant.
func (p *Plan) newest(j Job, at time.Time) Due {
	closed := p.timetable.Scheme.NewestClosed(period.DateIn(at, p.timetable.Zone))
	due := p.due(j, newestEnded(j.Each, closed))
	for due.At.After(at) {
		due = p.due(j, preceding(due.Period))
	}
	return due
}

func (p *Plan) due(j Job, span period.Span) Due { return Due{span, j.when.at(span, p.timetable)} }

// inOrder sorts by time, a month before the quarter that ends with it.
func inOrder(dues []Due) {
	slices.SortStableFunc(dues, func(a, b Due) int {
		return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Period.NumMonths(), b.Period.NumMonths()))
	})
}

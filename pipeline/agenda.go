package pipeline

import (
	"context"
	"slices"
	"time"

	"tonghop/pipeline/ledger"
	"tonghop/pipeline/period"
	"tonghop/pipeline/schedule"
)

// Appointment is a run of the schedule as `schedule next` tells it.
type Appointment struct {
	schedule.Due
	Deadline time.Time
	Owed     bool        // due, and still to be made
	Record   *ledger.Due // nil where it was never due
}

// Agenda is, in order of time, the newest run of each job that needs no making any
// more, those that the schedule owes at an instant, and the n next ones. It writes
// nothing and takes no lock.
func (p *Pipeline) Agenda(ctx context.Context, plan *schedule.Plan, now time.Time, n int) ([]Appointment, error) {
	book, err := p.reading(ctx)
	if err != nil {
		return nil, err
	}
	var known []schedule.Record
	rows := map[period.Span]ledger.Due{}
	if book != nil {
		defer book.Close()
		if known, rows, err = recorded(ctx, book, now); err != nil {
			return nil, err
		}
	}
	owed, err := p.OwedDues(ctx, plan, now)
	if err != nil {
		return nil, err
	}
	var all []Appointment
	add := func(dues []schedule.Due, owed bool) {
		for _, d := range dues {
			one := Appointment{Due: d, Deadline: plan.Deadline(d.Period), Owed: owed}
			if row, there := rows[d.Period]; there {
				one.Record = &row
			}
			all = append(all, one)
		}
	}
	add(newestSettled(plan, known, now), false)
	add(owed, true)
	add(plan.Upcoming(now, n), false)
	slices.SortStableFunc(all, func(a, b Appointment) int { return a.At.Compare(b.At) })
	return all, nil
}

// newestSettled is the newest run of each job, up to an instant, that was made or
// needed no making.
func newestSettled(plan *schedule.Plan, known []schedule.Record, now time.Time) []schedule.Due {
	var dues []schedule.Due
	for _, j := range plan.Jobs() {
		var newest schedule.Due
		for _, r := range known {
			if r.Period.Kind == j.Each && r.Settled && !r.At.After(now) && r.At.After(newest.At) {
				newest = r.Due
			}
		}
		if !newest.At.IsZero() {
			dues = append(dues, newest)
		}
	}
	return dues
}

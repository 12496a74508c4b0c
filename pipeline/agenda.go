package pipeline

import (
	"context"
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

// Agenda is what the schedule owes at an instant, then its n next runs. It writes
// nothing and takes no lock.
func (p *Pipeline) Agenda(ctx context.Context, plan *schedule.Plan, now time.Time, n int) ([]Appointment, error) {
	book, err := p.reading(ctx)
	if err != nil {
		return nil, err
	}
	rows := map[period.Span]ledger.Due{}
	if book != nil {
		defer book.Close()
		if _, rows, err = recorded(ctx, book, now); err != nil {
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
	add(owed, true)
	add(plan.Upcoming(now, n), false)
	return all, nil
}

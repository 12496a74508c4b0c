package pipeline

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"slices"
	"time"

	"tonghop/pipeline/ledger"
	"tonghop/pipeline/period"
	"tonghop/pipeline/schedule"
)

// DueOutcome is what became of a run that was due.
type DueOutcome struct {
	schedule.Due
	Result ledger.DueOutcome
	// Outcome is what Run gave; its files and findings are there, too, where nothing
	// could be published.
	Outcome Outcome
	// Err is why it failed, *NothingError where no report counts, or beside a report
	// that stands *UnansweredError: then the run stays owed.
	Err error
}

// Unanswered reports whether the report stands and some units have no answer.
func (d DueOutcome) Unanswered() bool {
	var failed *UnansweredError
	return errors.As(d.Err, &failed)
}

// PanicError is a fault of the program that was caught, so that what else is due
// is still done.
type PanicError struct {
	Value any
	Stack []byte
}

func (e *PanicError) Error() string { return fmt.Sprintf("panic: %v", e.Value) }

// RunDue makes each run that the plan owes at an instant, oldest first and each
// once, as Run would make its period as of now, and records what became of it. A
// period that was recorded as made is never made again; one that failed, by an
// error or by a panic, stays owed, and the others are made all the same.
//
// The error is what kept runs from being made or recorded at all, such as
// *ledger.HeldError or a stop: what was not recorded stays owed.
func (p *Pipeline) RunDue(ctx context.Context, plan *schedule.Plan, now time.Time) ([]DueOutcome, error) {
	if err := p.renewLedger(ctx); err != nil {
		return nil, fmt.Errorf("renew ledger: %w", err)
	}
	owed, fresh, err := p.owed(ctx, plan, now)
	if err != nil {
		return nil, err
	}
	// First of all that they are due: a program stopped from here on is owed them.
	if err := p.recordDue(ctx, fresh...); err != nil {
		return nil, err
	}
	var done []DueOutcome
	for _, d := range owed {
		one, err := p.runDue(ctx, d.Due, now)
		if err != nil {
			return done, err
		}
		d.record.Attempts++
		d.record.Tried, d.record.Outcome, d.record.Detail = now, one.Result, detail(one)
		if one.Unanswered() {
			d.record.Outcome = ledger.DueFailed
		}
		done = append(done, one)
		// What was made is recorded even where a stop is asked for meanwhile.
		if err := p.recordDue(context.WithoutCancel(ctx), d.record); err != nil {
			return done, fmt.Errorf("run of %s: %w", d.Period, err)
		}
	}
	return done, nil
}

// OwedDues are the runs that the plan owes at an instant, oldest first. It writes
// nothing and takes no lock.
func (p *Pipeline) OwedDues(ctx context.Context, plan *schedule.Plan, now time.Time) ([]schedule.Due, error) {
	owed, _, err := p.owed(ctx, plan, now)
	dues := make([]schedule.Due, len(owed))
	for i, o := range owed {
		dues[i] = o.Due
	}
	return dues, err
}

// owing is a due that is owed, and its row in the ledger.
type owing struct {
	schedule.Due
	record ledger.Due
}

// owed finds what is owed, and which rows the ledger does not have yet: those,
// and those of periods that were published before the schedule began.
func (p *Pipeline) owed(ctx context.Context, plan *schedule.Plan, now time.Time) (owed []owing, fresh []ledger.Due, err error) {
	book, err := p.reading(ctx)
	if err != nil {
		return nil, nil, err
	}
	rows := map[period.Span]ledger.Due{}
	var known []schedule.Record
	published := map[string][]int{}
	if book != nil {
		defer book.Close()
		if known, rows, err = recorded(ctx, book, now); err != nil {
			return nil, nil, err
		}
		if published, err = book.Numbers(ctx); err != nil {
			return nil, nil, err
		}
	}
	for _, d := range plan.Owed(known, now) {
		row, there := rows[d.Period]
		if !there {
			row = ledger.Due{Period: d.Period.String(), At: d.At}
			begun := slices.ContainsFunc(known, func(r schedule.Record) bool { return r.Period.Kind == d.Period.Kind })
			if !begun && len(published[row.Period]) > 0 {
				row.Outcome = ledger.DueEarlier
			}
			fresh = append(fresh, row)
		}
		if row.Outcome != ledger.DueEarlier {
			owed = append(owed, owing{d, row})
		}
	}
	return owed, fresh, nil
}

// recorded are the ledger's rows of the schedule, as the plan asks for them.
func recorded(ctx context.Context, book *ledger.Ledger, now time.Time) ([]schedule.Record, map[period.Span]ledger.Due, error) {
	all, err := book.Dues(ctx)
	if err != nil {
		return nil, nil, err
	}
	var known []schedule.Record
	rows := map[period.Span]ledger.Due{}
	for _, row := range all {
		sel, err := period.ParseSelector(row.Period)
		if err != nil {
			return nil, nil, fmt.Errorf("read schedule's record: %w", err)
		}
		rows[sel.Span] = row
		known = append(known, schedule.Record{Due: schedule.Due{Period: sel.Span, At: row.At}, Settled: settled(row, now)})
	}
	return known, rows, nil
}

// settled reports whether a run needs no making. That nothing was there says
// nothing where a clock that ran ahead said it: the period's own time is still to
// come.
func settled(row ledger.Due, now time.Time) bool {
	switch row.Outcome {
	case ledger.DuePublished, ledger.DueUnchanged, ledger.DueSigned, ledger.DueEarlier:
		return true
	case ledger.DueNothing:
		return !row.Tried.After(now)
	}
	return false
}

// runDue makes one run. The error is one that must not count as an attempt.
func (p *Pipeline) runDue(ctx context.Context, due schedule.Due, now time.Time) (DueOutcome, error) {
	one := DueOutcome{Due: due}
	one.Outcome, one.Err = p.runSafely(ctx, period.Selector{Kind: period.Fixed, Span: due.Period}, now)
	var held *ledger.HeldError
	if one.Err != nil && (ctx.Err() != nil || errors.As(one.Err, &held)) {
		return one, one.Err
	}
	var nothing *NothingError
	switch {
	case errors.As(one.Err, &nothing):
		one.Result = ledger.DueNothing
	case one.Err != nil && !one.Unanswered():
		one.Result = ledger.DueFailed
	case one.Outcome.Seal != nil:
		one.Result = ledger.DueSigned
	case one.Outcome.Unchanged:
		one.Result = ledger.DueUnchanged
	default:
		one.Result = ledger.DuePublished
	}
	return one, nil
}

// runSafely is Run, with a panic as an error.
func (p *Pipeline) runSafely(ctx context.Context, sel period.Selector, now time.Time) (out Outcome, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = &PanicError{Value: r, Stack: debug.Stack()}
		}
	}()
	return p.run(ctx, sel, func() (view, error) { return p.present(ctx, func() time.Time { return now }) })
}

func detail(one DueOutcome) string {
	var caught *PanicError
	switch {
	case one.Result != ledger.DueFailed && !one.Unanswered():
		return ""
	case errors.As(one.Err, &caught):
		return caught.Error() + "\n" + string(caught.Stack)
	}
	return one.Err.Error()
}

func (p *Pipeline) recordDue(ctx context.Context, rows ...ledger.Due) error {
	if len(rows) == 0 {
		return nil
	}
	return p.writing(ctx, func(w *writer) error { return w.book.RecordDue(ctx, rows...) })
}

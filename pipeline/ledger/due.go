package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// DueOutcome says what became of a run that was due.
type DueOutcome string

// The outcomes. A run that is owed or has failed is still to be made.
const (
	DueOwed      DueOutcome = ""          // not tried yet, or stopped in the middle
	DuePublished DueOutcome = "published" // a new revision
	DueUnchanged DueOutcome = "unchanged" // the newest revision says the same
	DueSigned    DueOutcome = "signed"    // the period's report is signed and stays
	DueNothing   DueOutcome = "nothing"   // no report counts for the period
	DueFailed    DueOutcome = "failed"
	// DueEarlier says that the period had a publication when the schedule began, so
	// that there was nothing to make up for.
	DueEarlier DueOutcome = "earlier"
)

// Due is the schedule's run of a period: when it was due, and what its newest
// attempt came to.
type Due struct {
	Period   string     `json:"period"` // 2025-06, 2025-Q2, …
	At       time.Time  `json:"due_at"`
	Attempts int        `json:"attempts,omitempty"`
	Tried    time.Time  `json:"tried_at,omitzero"` // when the newest attempt began
	Outcome  DueOutcome `json:"outcome,omitempty"`
	Detail   string     `json:"detail,omitempty"` // the error of one that failed, in English
}

func (d Due) validate() error {
	switch d.Outcome {
	case DueOwed, DuePublished, DueUnchanged, DueSigned, DueNothing, DueFailed, DueEarlier:
	default:
		return fmt.Errorf("%q is no outcome", d.Outcome)
	}
	if d.Period == "" || d.At.IsZero() {
		return errors.New("a due without period or instant")
	}
	return nil
}

// RecordDue records runs that are due, or what became of them, all or none. The
// instant at which a period was first recorded as due stays.
func (l *Ledger) RecordDue(ctx context.Context, all ...Due) error {
	for _, d := range all {
		if err := d.validate(); err != nil {
			return fmt.Errorf("record due: %w", err)
		}
	}
	return l.write(ctx, "record due", func(tx *sql.Tx) ([]entry, error) {
		known, err := duesIn(ctx, tx)
		if err != nil {
			return nil, err
		}
		at := map[string]time.Time{}
		for _, k := range known {
			at[k.Period] = k.At
		}
		var changed []entry
		for _, d := range all {
			d.At, d.Tried = d.At.UTC(), d.Tried.UTC()
			if first, there := at[d.Period]; there {
				d.At = first
			}
			if err := putDue(ctx, tx, d); err != nil {
				return nil, fmt.Errorf("%s: %w", d.Period, err)
			}
			changed = append(changed, entry{Kind: kindDue, Due: &d})
		}
		return changed, nil
	})
}

// putDue makes a period's row what d says.
func putDue(ctx context.Context, tx *sql.Tx, d Due) error {
	var tried any
	if !d.Tried.IsZero() {
		tried = stamp(d.Tried)
	}
	_, err := tx.ExecContext(ctx, `
		INSERT INTO due (period, due_at, attempts, tried_at, outcome, detail) VALUES (?, ?, ?, ?, ?, ?)
		ON CONFLICT (period) DO UPDATE SET
			due_at = excluded.due_at, attempts = excluded.attempts, tried_at = excluded.tried_at,
			outcome = excluded.outcome, detail = excluded.detail`,
		d.Period, stamp(d.At), d.Attempts, tried, string(d.Outcome), d.Detail)
	return err
}

// Dues returns every run that was ever due, in the order in which they became
// so. Times are in UTC.
func (l *Ledger) Dues(ctx context.Context) ([]Due, error) {
	all, err := duesIn(ctx, l.db)
	if err != nil {
		return nil, l.failed("list dues", err)
	}
	return all, nil
}

func duesIn(ctx context.Context, q querier) ([]Due, error) {
	var all []Due
	err := each(ctx, q, func(scan scan) error {
		var d Due
		var at, tried instant
		err := scan(&d.Period, &at, &d.Attempts, &tried, &d.Outcome, &d.Detail)
		d.At, d.Tried = at.Time, tried.Time
		all = append(all, d)
		return err
	}, `SELECT period, due_at, attempts, tried_at, outcome, detail FROM due ORDER BY seq`)
	return all, err
}

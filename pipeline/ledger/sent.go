package ledger

import (
	"context"
	"database/sql"
	"errors"

	"tonghop/pipeline/dispatch"
)

// Note records how far a dispatch came; an earlier record of its key is replaced.
func (l *Ledger) Note(ctx context.Context, d dispatch.Dispatch) error {
	if d.Kind == "" || d.State == "" || d.At.IsZero() {
		return errors.New("note dispatch: kind, state or time is missing")
	}
	if d.FirstAt.IsZero() {
		d.FirstAt = d.At
	}
	d.At, d.FirstAt = d.At.UTC(), d.FirstAt.UTC()
	return l.write(ctx, "note dispatch", func(tx *sql.Tx) ([]entry, error) {
		return []entry{{Kind: kindSent, Sent: &d}}, putDispatch(ctx, tx, d)
	})
}

func putDispatch(ctx context.Context, tx *sql.Tx, d dispatch.Dispatch) error {
	_, err := tx.ExecContext(ctx, `
		INSERT INTO sent (kind, period, unit, recipient, thing, state, attempts, first_at, at, message_id, answer)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (kind, period, unit, recipient, thing) DO UPDATE SET
			state = excluded.state, attempts = excluded.attempts, first_at = excluded.first_at, at = excluded.at,
			message_id = excluded.message_id, answer = excluded.answer`,
		string(d.Kind), d.Period, d.Unit, d.Recipient, d.Thing, string(d.State), d.Attempts, stamp(d.FirstAt), stamp(d.At), d.MessageID, d.Answer)
	return err
}

// Dispatches returns all that was noted, by key. Times are in UTC.
func (l *Ledger) Dispatches(ctx context.Context) ([]dispatch.Dispatch, error) {
	all, err := dispatchesIn(ctx, l.db)
	if err != nil {
		return nil, l.failed("list dispatches", err)
	}
	return all, nil
}

func dispatchesIn(ctx context.Context, q querier) ([]dispatch.Dispatch, error) {
	var all []dispatch.Dispatch
	err := each(ctx, q, func(scan scan) error {
		var d dispatch.Dispatch
		var first, at instant
		err := scan(&d.Kind, &d.Period, &d.Unit, &d.Recipient, &d.Thing, &d.State, &d.Attempts, &first, &at, &d.MessageID, &d.Answer)
		d.FirstAt, d.At = first.Time, at.Time
		all = append(all, d)
		return err
	}, `SELECT kind, period, unit, recipient, thing, state, attempts, first_at, at, message_id, answer FROM sent
		ORDER BY kind, period, unit, recipient, thing`)
	return all, err
}

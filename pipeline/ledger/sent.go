package ledger

import (
	"context"
	"database/sql"
	"errors"
	"time"
)

// SentState is how far the sending of a thing came.
type SentState string

// The states.
const (
	// Sending is noted before anything leaves. A row that stays so was interrupted:
	// whether the thing left nobody knows.
	Sending  SentState = "sending"
	Sent     SentState = "sent"
	Deferred SentState = "deferred" // it failed and is tried again
	Failed   SentState = "failed"   // it failed and is not tried again
	// Unsure: it may have left and is not tried again.
	Unsure SentState = "unsure"
	// Since begins the sending of a kind to a receiver: what was there before is
	// not sent.
	Since SentState = "since"
)

// Dispatch is a thing that was, or is to be, sent to a receiver: a message, a
// copy, a command run. What the kinds and things are the caller knows.
type Dispatch struct {
	Kind      string `json:"kind"`
	Period    string `json:"period,omitempty"`
	Unit      string `json:"unit,omitempty"`
	Recipient string `json:"recipient,omitempty"`
	// Thing tells apart what is sent of one kind, period and unit: a deadline, the
	// sha256 of a file, a revision.
	Thing string `json:"thing,omitempty"`

	State    SentState `json:"state"`
	Attempts int       `json:"attempts"`
	FirstAt  time.Time `json:"first_at"` // when it was first noted
	At       time.Time `json:"at"`       // when it was last noted
	// MessageID is that of the message; Answer what the receiver's side said.
	MessageID string `json:"message_id,omitempty"`
	Answer    string `json:"answer,omitempty"`
}

// DispatchKey tells dispatches apart; it is all of a Dispatch that identifies it.
type DispatchKey struct{ Kind, Period, Unit, Recipient, Thing string }

// Key of the dispatch.
func (d Dispatch) Key() DispatchKey {
	return DispatchKey{d.Kind, d.Period, d.Unit, d.Recipient, d.Thing}
}

// Note records how far a dispatch came; an earlier record of its key is replaced.
func (l *Ledger) Note(ctx context.Context, d Dispatch) error {
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

func putDispatch(ctx context.Context, tx *sql.Tx, d Dispatch) error {
	_, err := tx.ExecContext(ctx, `
		INSERT INTO sent (kind, period, unit, recipient, thing, state, attempts, first_at, at, message_id, answer)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (kind, period, unit, recipient, thing) DO UPDATE SET
			state = excluded.state, attempts = excluded.attempts, first_at = excluded.first_at, at = excluded.at,
			message_id = excluded.message_id, answer = excluded.answer`,
		d.Kind, d.Period, d.Unit, d.Recipient, d.Thing, string(d.State), d.Attempts, stamp(d.FirstAt), stamp(d.At), d.MessageID, d.Answer)
	return err
}

// Dispatches returns all that was noted, by key. Times are in UTC.
func (l *Ledger) Dispatches(ctx context.Context) ([]Dispatch, error) {
	all, err := dispatchesIn(ctx, l.db)
	if err != nil {
		return nil, l.failed("list dispatches", err)
	}
	return all, nil
}

func dispatchesIn(ctx context.Context, q querier) ([]Dispatch, error) {
	var all []Dispatch
	err := each(ctx, q, func(scan scan) error {
		var d Dispatch
		var first, at instant
		err := scan(&d.Kind, &d.Period, &d.Unit, &d.Recipient, &d.Thing, &d.State, &d.Attempts, &first, &at, &d.MessageID, &d.Answer)
		d.FirstAt, d.At = first.Time, at.Time
		all = append(all, d)
		return err
	}, `SELECT kind, period, unit, recipient, thing, state, attempts, first_at, at, message_id, answer FROM sent
		ORDER BY kind, period, unit, recipient, thing`)
	return all, err
}

package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"tonghop/pipeline/atomicfile"
)

// write runs one transaction. What work changed and no original tells it returns
// as lines for the journal, which are on the disk before the transaction commits.
func (l *Ledger) write(ctx context.Context, doing string, work func(*sql.Tx) ([]entry, error)) error {
	l.writing.Lock()
	defer l.writing.Unlock()
	if l.ahead {
		return fmt.Errorf("%s: %s: an earlier change is journalled and not entered; it will be when the ledger is opened again", doing, l.path)
	}
	if err := ctx.Err(); err != nil {
		return l.failed(doing, err)
	}
	// Cancelling must not fall between journal and commit.
	through := context.WithoutCancel(ctx)
	tx, err := l.db.BeginTx(through, nil)
	if err != nil {
		return l.failed(doing, err)
	}
	entries, err := work(tx)
	if err == nil {
		err = ctx.Err()
	}
	if err == nil && len(entries) > 0 {
		err = l.journalise(through, tx, entries)
	}
	if err != nil {
		return l.failed(doing, errors.Join(err, ignoreDone(tx.Rollback())))
	}
	if err := tx.Commit(); err != nil {
		return l.failed(doing, err)
	}
	l.ahead = false
	return nil
}

// journalise adds lines to the journal and marks them as entered by tx. From here
// until the commit the journal is ahead of the ledger.
func (l *Ledger) journalise(ctx context.Context, tx *sql.Tx, entries []entry) error {
	m, err := readMark(ctx, tx)
	if err != nil {
		return err
	}
	text, last, err := chain(entries, m.sha256)
	if err != nil {
		return err
	}
	if err := (mark{m.lines + len(entries), last}).set(ctx, tx); err != nil {
		return err
	}
	l.ahead = true // unless the commit tells otherwise
	return atomicfile.Append(l.journal, text)
}

// A cancelled context rolls a transaction back by itself.
func ignoreDone(err error) error {
	if errors.Is(err, sql.ErrTxDone) {
		return nil
	}
	return err
}

// layout has a fixed width, so that instants sort as text.
const layout = "2006-01-02T15:04:05.000000000Z"

func stamp(t time.Time) string { return t.UTC().Format(layout) }

// instant scans a stamp; NULL is the zero time.
type instant struct{ time.Time }

func (i *instant) Scan(value any) error {
	if value == nil {
		i.Time = time.Time{}
		return nil
	}
	text, ok := value.(string)
	if !ok {
		return fmt.Errorf("an instant is text, not %T", value)
	}
	t, err := time.Parse(layout, text)
	if err != nil {
		return fmt.Errorf("read instant: %w", err)
	}
	i.Time = t
	return nil
}

// scan copies the columns of the current row.
type scan = func(...any) error

// querier is a database or one transaction on it.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// each calls take for every row of a query.
func each(ctx context.Context, q querier, take func(scan) error, query string, args ...any) error {
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := take(rows.Scan); err != nil {
			return err
		}
	}
	return rows.Err()
}

package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// write runs one transaction.
func (l *Ledger) write(ctx context.Context, doing string, work func(*sql.Tx) error) error {
	tx, err := l.db.BeginTx(ctx, nil)
	if err != nil {
		return l.failed(doing, err)
	}
	if err := work(tx); err != nil {
		return l.failed(doing, errors.Join(err, ignoreDone(tx.Rollback())))
	}
	if err := tx.Commit(); err != nil {
		return l.failed(doing, err)
	}
	return nil
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

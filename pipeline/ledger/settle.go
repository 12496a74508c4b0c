package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"tonghop/pipeline/atomicfile"
)

// mark says how far the journal is entered in the ledger.
type mark struct {
	lines  int
	sha256 string // of the last line entered
}

type rower interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

func readMark(ctx context.Context, q rower) (mark, error) {
	var m mark
	err := q.QueryRowContext(ctx, `SELECT lines, sha256 FROM journal_mark`).Scan(&m.lines, &m.sha256)
	if errors.Is(err, sql.ErrNoRows) {
		return mark{}, nil
	}
	return m, err
}

func (m mark) set(ctx context.Context, tx *sql.Tx) error {
	_, err := tx.ExecContext(ctx, `
		INSERT INTO journal_mark (one, lines, sha256) VALUES (1, ?, ?)
		ON CONFLICT (one) DO UPDATE SET lines = excluded.lines, sha256 = excluded.sha256`, m.lines, m.sha256)
	return err
}

// isIn reports whether the journal begins with what was entered.
func (m mark) isIn(w writtenLines) bool {
	return m.lines <= len(w.lines) && (m.lines == 0 || sum(w.lines[m.lines-1]) == m.sha256)
}

// settle brings journal and ledger to the same state before anything is written:
// what a stopped program had journalled and not entered is entered, a line it had
// not finished is cut off, and a ledger without a journal gets one.
func (l *Ledger) settle(ctx context.Context) error {
	w, err := readJournal(l.journal)
	if err != nil {
		return err
	}
	if !w.there {
		return l.beginJournal(ctx)
	}
	m, err := readMark(ctx, l.db)
	if err != nil {
		return l.failed("read journal mark", err)
	}
	if !m.isIn(w) {
		return &BehindError{Path: l.journal, Lines: len(w.lines), Entered: m.lines}
	}
	if w.torn > 0 {
		if err := atomicfile.CutBack(l.journal, w.size()); err != nil {
			return err
		}
	}
	if len(w.lines) > m.lines {
		rest, err := w.entries(m.lines)
		if err != nil {
			return err
		}
		if err := l.enter(ctx, rest, mark{len(w.lines), sum(w.lines[len(w.lines)-1])}); err != nil {
			return err
		}
	}
	if w.torn == 0 {
		return nil
	}
	return l.write(ctx, "note in journal", func(*sql.Tx) ([]entry, error) {
		return []entry{{Kind: kindCut, CutLength: w.torn}}, nil
	})
}

// beginJournal writes the journal of a ledger that has none.
func (l *Ledger) beginJournal(ctx context.Context) error {
	all, err := l.entries(ctx)
	if err != nil {
		return err
	}
	text, last, err := chain(all, "")
	if err != nil {
		return err
	}
	// Back to the beginning first: a program stopped between the two steps finds a
	// journal of which nothing is entered, and entering a line again changes nothing.
	if err := l.enter(ctx, nil, mark{}); err != nil {
		return err
	}
	if err := atomicfile.WriteNew(l.journal, text, 0o600); err != nil {
		return fmt.Errorf("begin journal: %w", err)
	}
	return l.enter(ctx, nil, mark{len(all), last})
}

// entries are the lines that make this ledger, in an order in which they can be
// entered.
func (l *Ledger) entries(ctx context.Context) ([]entry, error) {
	files, err := l.Files(ctx)
	if err != nil {
		return nil, err
	}
	decisions, err := l.Decisions(ctx)
	if err != nil {
		return nil, err
	}
	var all []entry
	for i := range files {
		e := entry{Kind: kindReceived, File: &files[i]}
		if !files[i].Withdrawn.IsZero() {
			e.Kind = kindWithdrawn
		}
		all = append(all, e)
	}
	for i := range decisions {
		all = append(all, entry{Kind: kindDecided, Decision: &decisions[i]})
	}
	imports, err := l.Imports(ctx)
	if err != nil {
		return nil, err
	}
	for i := range imports {
		e := entry{Kind: kindImported, Import: &imports[i]}
		if !imports[i].Withdrawn.IsZero() {
			e.Kind = kindImportWithdrawn
		}
		all = append(all, e)
	}
	dues, err := l.Dues(ctx)
	if err != nil {
		return nil, err
	}
	for i := range dues {
		all = append(all, entry{Kind: kindDue, Due: &dues[i]})
	}
	periods, err := l.Periods(ctx)
	if err != nil {
		return nil, err
	}
	for _, period := range periods {
		revisions, err := l.Revisions(ctx, period)
		if err != nil {
			return nil, err
		}
		for i := range revisions {
			all = append(all, entry{Kind: kindPublished, Revision: &revisions[i]})
		}
	}
	dispatches, err := l.Dispatches(ctx)
	if err != nil {
		return nil, err
	}
	for i := range dispatches {
		all = append(all, entry{Kind: kindSent, Sent: &dispatches[i]})
	}
	return all, nil
}

// enter puts lines of the journal into the ledger and sets the mark behind them.
// A line that is entered already changes nothing.
func (l *Ledger) enter(ctx context.Context, entries []entry, to mark) error {
	const doing = "enter journal"
	tx, err := l.db.BeginTx(ctx, nil)
	if err != nil {
		return l.failed(doing, err)
	}
	for i, e := range entries {
		if err = enterOne(ctx, tx, e); err != nil {
			err = fmt.Errorf("line %d: %w", to.lines-len(entries)+i+1, err)
			break
		}
	}
	if err == nil {
		err = to.set(ctx, tx)
	}
	if err != nil {
		return l.failed(doing, errors.Join(err, ignoreDone(tx.Rollback())))
	}
	if err := tx.Commit(); err != nil {
		return l.failed(doing, err)
	}
	return nil
}

func enterOne(ctx context.Context, tx *sql.Tx, e entry) error {
	switch e.Kind {
	case kindReceived, kindWithdrawn:
		return putFile(ctx, tx, *e.File)
	case kindDecided:
		_, err := putDecision(ctx, tx, *e.Decision)
		return err
	case kindImported, kindImportWithdrawn:
		return putImport(ctx, tx, *e.Import)
	case kindDue:
		return putDue(ctx, tx, *e.Due)
	case kindSent:
		return putDispatch(ctx, tx, *e.Sent)
	case kindPublished:
		var there bool
		const query = `SELECT EXISTS (SELECT 1 FROM publication WHERE period = ? AND number = ?)`
		if err := tx.QueryRowContext(ctx, query, e.Revision.Period, e.Revision.Number).Scan(&there); err != nil || there {
			return err
		}
		return putRevision(ctx, tx, *e.Revision)
	}
	return nil // a note says nothing of the ledger
}

package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Decided is a decision of the office as it was taken in.
type Decided struct {
	ID string `json:"id"`
	// Content is the row in its canonical form, encoded by the caller.
	Content string `json:"content"`
	// FirstSeen is when it was taken in, ReceivedAt when it had reached the
	// office's folder, or the command was given.
	FirstSeen  time.Time `json:"first_seen"`
	ReceivedAt time.Time `json:"received_at"`
	// Path is the file it stood in, relative to inputs, and SHA256 that of the
	// file's kept original; both empty for a command.
	Path   string `json:"path,omitempty"`
	SHA256 string `json:"sha256,omitempty"`
}

func (d Decided) validate() error {
	switch {
	case d.ID == "" || d.Content == "":
		return errors.New("a decision without id or content")
	case d.SHA256 != "" && !validSHA256(d.SHA256):
		return fmt.Errorf("%s: %q is not a sha256", d.ID, d.SHA256)
	case d.FirstSeen.IsZero() || d.ReceivedAt.IsZero():
		return fmt.Errorf("%s: no time of first sight or of receipt", d.ID)
	}
	return nil
}

// Decide records decisions, all or none. One whose id is already there is left
// as it was taken in, whatever is said now: a decision is taken back by
// another, never changed.
func (l *Ledger) Decide(ctx context.Context, all []Decided) error {
	for _, d := range all {
		if err := d.validate(); err != nil {
			return fmt.Errorf("record decision: %w", err)
		}
	}
	if len(all) == 0 {
		return nil
	}
	return l.write(ctx, "record decisions", func(tx *sql.Tx) ([]entry, error) {
		var taken []entry
		for _, d := range all {
			isNew, err := putDecision(ctx, tx, d)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", d.ID, err)
			}
			if isNew {
				d.FirstSeen, d.ReceivedAt = d.FirstSeen.UTC(), d.ReceivedAt.UTC()
				taken = append(taken, entry{Kind: kindDecided, Decision: &d})
			}
		}
		return taken, nil
	})
}

// putDecision takes a decision in, unless its id is there already.
func putDecision(ctx context.Context, tx *sql.Tx, d Decided) (isNew bool, err error) {
	done, err := tx.ExecContext(ctx, `
		INSERT INTO decided (id, content, first_seen, received_at, path, sha256) VALUES (?, ?, ?, ?, ?, ?)
		ON CONFLICT (id) DO NOTHING`,
		d.ID, d.Content, stamp(d.FirstSeen), stamp(d.ReceivedAt), d.Path, d.SHA256)
	if err != nil {
		return false, err
	}
	rows, err := done.RowsAffected()
	return rows > 0, err
}

// Decisions returns every decision ever taken in, in the order of their taking
// in. Times are in UTC.
func (l *Ledger) Decisions(ctx context.Context) ([]Decided, error) {
	all, err := decisionsIn(ctx, l.db)
	if err != nil {
		return nil, l.failed("list decisions", err)
	}
	return all, nil
}

func decisionsIn(ctx context.Context, q querier) ([]Decided, error) {
	var all []Decided
	err := each(ctx, q, func(scan scan) error {
		var d Decided
		var first, at instant
		err := scan(&d.ID, &d.Content, &first, &at, &d.Path, &d.SHA256)
		d.FirstSeen, d.ReceivedAt = first.Time, at.Time
		all = append(all, d)
		return err
	}, `SELECT id, content, first_seen, received_at, path, sha256 FROM decided ORDER BY seq`)
	return all, err
}

// CommandPrefix begins the ids of decisions given by command.
const CommandPrefix = "L-"

// NextDecision is the id that the next decision given by command takes. The
// caller holds the Lock.
func (l *Ledger) NextDecision(ctx context.Context) (string, error) {
	all, err := l.Decisions(ctx)
	if err != nil {
		return "", err
	}
	highest := 0
	for _, d := range all {
		rest, ok := strings.CutPrefix(d.ID, CommandPrefix)
		if n, err := strconv.Atoi(rest); ok && err == nil {
			highest = max(highest, n)
		}
	}
	return CommandPrefix + strconv.Itoa(highest+1), nil
}

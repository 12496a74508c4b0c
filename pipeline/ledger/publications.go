package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"
)

// Revision is one publication of a period. Once recorded it never changes.
type Revision struct {
	Period         string          `json:"period"` // 2025-06, 2025-Q2, …
	Number         int             `json:"number"` // from 1
	Fingerprint    string          `json:"fingerprint"`
	AsOf           time.Time       `json:"as_of"`
	PublishedAt    time.Time       `json:"published_at"`
	ManifestSHA256 string          `json:"manifest_sha256"` // hex
	Program        string          `json:"program"`         // version
	Files          []PublishedFile `json:"files"`
	// Submissions are the sha256 of the files whose figures it rests on.
	Submissions []string `json:"submissions"`
	// SignedBy is the id of the decision by which it was signed; empty for a
	// draft.
	SignedBy string `json:"signed_by,omitempty"`
}

// PublishedFile is one file of a revision.
type PublishedFile struct {
	Name   string `json:"name"`
	SHA256 string `json:"sha256"` // hex
	Size   int64  `json:"size"`   // bytes
}

// ErrOutOfOrder says that a revision was not after the newest of its period.
var ErrOutOfOrder = errors.New("not after the newest revision of the period")

// Publish records a revision, wholly or not at all. Its number must be above
// that of every revision of the period, else the error is ErrOutOfOrder.
func (l *Ledger) Publish(ctx context.Context, r Revision) error {
	if r.Period == "" || r.Number < 1 {
		return fmt.Errorf("record revision: no revision r%d of period %q", r.Number, r.Period)
	}
	doing := fmt.Sprintf("record revision r%d of %s", r.Number, r.Period)
	return l.write(ctx, doing, func(tx *sql.Tx) ([]entry, error) {
		var last int
		const newest = `SELECT COALESCE(MAX(number), 0) FROM publication WHERE period = ?`
		if err := tx.QueryRowContext(ctx, newest, r.Period).Scan(&last); err != nil {
			return nil, err
		}
		if r.Number <= last {
			return nil, fmt.Errorf("%w, r%d", ErrOutOfOrder, last)
		}
		r.AsOf, r.PublishedAt = r.AsOf.UTC(), r.PublishedAt.UTC()
		return []entry{{Kind: kindPublished, Revision: &r}}, putRevision(ctx, tx, r)
	})
}

func putRevision(ctx context.Context, tx *sql.Tx, r Revision) error {
	_, err := tx.ExecContext(ctx, `
			INSERT INTO publication (period, number, fingerprint, as_of, published_at, manifest_sha256, program, signed_by)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
		r.Period, r.Number, r.Fingerprint, stamp(r.AsOf), stamp(r.PublishedAt), r.ManifestSHA256, r.Program, r.SignedBy)
	if err != nil {
		return err
	}
	for _, f := range r.Files {
		_, err := tx.ExecContext(ctx, `
				INSERT INTO publication_file (period, number, name, sha256, size) VALUES (?, ?, ?, ?, ?)`,
			r.Period, r.Number, f.Name, f.SHA256, f.Size)
		if err != nil {
			return fmt.Errorf("%s: %w", f.Name, err)
		}
	}
	for _, hash := range slices.Compact(slices.Sorted(slices.Values(r.Submissions))) {
		_, err := tx.ExecContext(ctx, `
				INSERT INTO publication_submission (period, number, sha256) VALUES (?, ?, ?)`,
			r.Period, r.Number, hash)
		if err != nil {
			return fmt.Errorf("submission %s: %w", hash, err)
		}
	}
	return nil
}

// Latest returns the newest revision of a period; false where it has none.
func (l *Ledger) Latest(ctx context.Context, period string) (Revision, bool, error) {
	revisions, err := l.Revisions(ctx, period)
	if err != nil || len(revisions) == 0 {
		return Revision{}, false, err
	}
	return revisions[len(revisions)-1], true, nil
}

// Revisions returns the revisions of a period by number, their files by name,
// their submissions by sha256. Times are in UTC.
func (l *Ledger) Revisions(ctx context.Context, period string) ([]Revision, error) {
	revisions, err := l.revisions(ctx, period)
	if err != nil {
		return nil, l.failed("list revisions of "+period, err)
	}
	return revisions, nil
}

func (l *Ledger) revisions(ctx context.Context, period string) ([]Revision, error) {
	// One transaction, so that a revision published meanwhile is there with all
	// its files or not at all.
	tx, err := l.db.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return nil, err
	}
	defer func() { _ = tx.Rollback() }() // it only read
	return revisionsIn(ctx, tx, period)
}

func revisionsIn(ctx context.Context, tx querier, period string) ([]Revision, error) {
	var revisions []Revision
	err := each(ctx, tx, func(scan scan) error {
		r := Revision{Period: period}
		var asOf, at instant
		if err := scan(&r.Number, &r.Fingerprint, &asOf, &at, &r.ManifestSHA256, &r.Program, &r.SignedBy); err != nil {
			return err
		}
		r.AsOf, r.PublishedAt = asOf.Time, at.Time
		revisions = append(revisions, r)
		return nil
	}, `SELECT number, fingerprint, as_of, published_at, manifest_sha256, program, signed_by
		FROM publication WHERE period = ? ORDER BY number`, period)
	if err != nil {
		return nil, err
	}
	byNumber := map[int]*Revision{}
	for i := range revisions {
		byNumber[revisions[i].Number] = &revisions[i]
	}
	err = each(ctx, tx, func(scan scan) error {
		var number int
		var f PublishedFile
		if err := scan(&number, &f.Name, &f.SHA256, &f.Size); err != nil {
			return err
		}
		byNumber[number].Files = append(byNumber[number].Files, f)
		return nil
	}, `SELECT number, name, sha256, size FROM publication_file WHERE period = ? ORDER BY number, name`, period)
	if err != nil {
		return nil, err
	}
	err = each(ctx, tx, func(scan scan) error {
		var number int
		var hash string
		if err := scan(&number, &hash); err != nil {
			return err
		}
		byNumber[number].Submissions = append(byNumber[number].Submissions, hash)
		return nil
	}, `SELECT number, sha256 FROM publication_submission WHERE period = ? ORDER BY number, sha256`, period)
	return revisions, err
}

// Numbers returns the revision numbers recorded for each published period, in
// order.
func (l *Ledger) Numbers(ctx context.Context) (map[string][]int, error) {
	numbers, err := numbersIn(ctx, l.db)
	if err != nil {
		return nil, l.failed("list publications", err)
	}
	return numbers, nil
}

func numbersIn(ctx context.Context, q querier) (map[string][]int, error) {
	numbers := map[string][]int{}
	err := each(ctx, q, func(scan scan) error {
		var period string
		var number int
		if err := scan(&period, &number); err != nil {
			return err
		}
		numbers[period] = append(numbers[period], number)
		return nil
	}, `SELECT period, number FROM publication ORDER BY period, number`)
	return numbers, err
}

// Periods returns the periods that were published, sorted by name.
func (l *Ledger) Periods(ctx context.Context) ([]string, error) {
	numbers, err := l.Numbers(ctx)
	if err != nil {
		return nil, err
	}
	return slices.Sorted(maps.Keys(numbers)), nil
}

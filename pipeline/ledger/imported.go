package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// Imported is a table of past figures that the office imported. Its bytes are
// among the kept originals. The same bytes can be imported again once they were
// taken back: that is another Imported.
type Imported struct {
	SHA256 string    `json:"sha256"` // hex
	Name   string    `json:"name"`   // of the file, without its folder, NFC
	Size   int64     `json:"size"`   // bytes
	At     time.Time `json:"at"`
	By     string    `json:"by,omitempty"` // who gave the command, where said

	// Withdrawn is when it was taken back; zero while it stands.
	Withdrawn   time.Time `json:"withdrawn,omitzero"`
	WithdrawnBy string    `json:"withdrawn_by,omitempty"`
}

// StandsAt reports whether the import was there, and not yet taken back, at an
// instant.
func (i Imported) StandsAt(at time.Time) bool {
	return !i.At.After(at) && (i.Withdrawn.IsZero() || i.Withdrawn.After(at))
}

func (i Imported) validate() error {
	switch {
	case !validSHA256(i.SHA256):
		return fmt.Errorf("%q is not a sha256", i.SHA256)
	case i.Name == "" || i.At.IsZero():
		return errors.New("an import without name or time")
	}
	return nil
}

// ErrNotStanding says that no import of these bytes stands.
var ErrNotStanding = errors.New("no such import stands")

// Import records that a table was imported. Its bytes are kept before. Where an
// import of the same bytes stands nothing is recorded, and isNew is false.
func (l *Ledger) Import(ctx context.Context, i Imported) (isNew bool, err error) {
	i.At, i.Withdrawn, i.WithdrawnBy = i.At.UTC(), time.Time{}, ""
	if err := i.validate(); err != nil {
		return false, fmt.Errorf("record import: %w", err)
	}
	err = l.write(ctx, "record import", func(tx *sql.Tx) ([]entry, error) {
		if _, stands, err := standing(ctx, tx, i.SHA256); err != nil || stands {
			return nil, err
		}
		isNew = true
		return []entry{{Kind: kindImported, Import: &i}}, putImport(ctx, tx, i)
	})
	return isNew && err == nil, err
}

// TakeBack records that the standing import of these bytes is taken back. The
// error is ErrNotStanding where there is none.
func (l *Ledger) TakeBack(ctx context.Context, sha256 string, at time.Time, by string) error {
	return l.write(ctx, "take back import", func(tx *sql.Tx) ([]entry, error) {
		i, stands, err := standing(ctx, tx, sha256)
		if err != nil {
			return nil, err
		}
		if !stands {
			return nil, ErrNotStanding
		}
		i.Withdrawn, i.WithdrawnBy = at.UTC(), by
		return []entry{{Kind: kindImportWithdrawn, Import: &i}}, putImport(ctx, tx, i)
	})
}

func standing(ctx context.Context, q querier, sha256 string) (Imported, bool, error) {
	all, err := importsIn(ctx, q)
	if err != nil {
		return Imported{}, false, err
	}
	for _, i := range all {
		if i.SHA256 == sha256 && i.Withdrawn.IsZero() {
			return i, true, nil
		}
	}
	return Imported{}, false, nil
}

// putImport makes an import's row what i says.
func putImport(ctx context.Context, tx *sql.Tx, i Imported) error {
	var withdrawn any
	if !i.Withdrawn.IsZero() {
		withdrawn = stamp(i.Withdrawn)
	}
	_, err := tx.ExecContext(ctx, `
		INSERT INTO imported (sha256, name, size, imported_at, imported_by, withdrawn_at, withdrawn_by)
		VALUES (?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (sha256, imported_at) DO UPDATE SET
			withdrawn_at = excluded.withdrawn_at, withdrawn_by = excluded.withdrawn_by`,
		i.SHA256, i.Name, i.Size, stamp(i.At), i.By, withdrawn, i.WithdrawnBy)
	return err
}

// Imports returns every import, those taken back too, in the order in which
// they were made. Times are in UTC.
func (l *Ledger) Imports(ctx context.Context) ([]Imported, error) {
	all, err := importsIn(ctx, l.db)
	if err != nil {
		return nil, l.failed("list imports", err)
	}
	return all, nil
}

func importsIn(ctx context.Context, q querier) ([]Imported, error) {
	var all []Imported
	err := each(ctx, q, func(scan scan) error {
		var i Imported
		var at, withdrawn instant
		err := scan(&i.SHA256, &i.Name, &i.Size, &at, &i.By, &withdrawn, &i.WithdrawnBy)
		i.At, i.Withdrawn = at.Time, withdrawn.Time
		all = append(all, i)
		return err
	}, `SELECT sha256, name, size, imported_at, imported_by, withdrawn_at, withdrawn_by FROM imported ORDER BY seq`)
	return all, err
}

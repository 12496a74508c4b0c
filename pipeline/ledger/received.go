package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"tonghop/pipeline/submission"
)

// Key identifies a received file: the same bytes under two names are two
// files, and so are new bytes under an old name.
type Key struct {
	SHA256 string // hex
	Path   string // relative to inputs, slash-separated, NFC
}

// Received is a file that was seen in the inputs.
type Received struct {
	// Seq orders files by when the ledger first met them; the ledger gives it.
	Seq int64

	SHA256 string // hex
	Path   string // relative to inputs, slash-separated, NFC
	Size   int64  // bytes

	// FirstSeen is when a run or the service first saw the file.
	FirstSeen time.Time
	// ReceivedAt is when the unit handed it in, and ReceivedFrom how that is
	// known, as in submission.ReceivedFrom.
	ReceivedAt   time.Time
	ReceivedFrom string
	Channel      string // thư mục, email, Zalo, giấy; empty where not said

	// Unit is the id and Period the name of the month, as read from the
	// workbook; both empty where they could not be read.
	Unit   string
	Period string

	// Withdrawn is when the file was found gone; zero while it is there.
	Withdrawn time.Time
}

// Key returns what identifies the file.
func (r Received) Key() Key { return Key{SHA256: r.SHA256, Path: r.Path} }

func (r Received) validate() error {
	switch {
	case !validSHA256(r.SHA256):
		return fmt.Errorf("%q is not a sha256", r.SHA256)
	case r.Path == "":
		return errors.New("a received file has no path")
	case r.FirstSeen.IsZero() || r.ReceivedAt.IsZero():
		return fmt.Errorf("%s: no time of first sight or of receipt", r.Path)
	}
	return nil
}

// Receive records that the files are in the inputs, all or none.
//
// For a file already known, first sight, time and way of receipt stay as they
// were whatever the file's own time says now; only the office's register
// (submission.FromRegister) corrects time, way and channel, and what it said
// once is kept. Unit and period are replaced where given. A file that had been
// withdrawn is there again.
func (l *Ledger) Receive(ctx context.Context, files []Received) error {
	for _, f := range files {
		if err := f.validate(); err != nil {
			return fmt.Errorf("record received file: %w", err)
		}
	}
	if len(files) == 0 {
		return nil
	}
	return l.write(ctx, "record received files", func(tx *sql.Tx) error {
		statement, err := tx.PrepareContext(ctx, `
			INSERT INTO received (sha256, path, size, first_seen, received_at, received_from, channel, unit, period)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
			ON CONFLICT (sha256, path) DO UPDATE SET
				received_at   = CASE WHEN excluded.received_from = ? THEN excluded.received_at   ELSE received.received_at   END,
				channel       = CASE WHEN excluded.received_from = ? THEN excluded.channel       ELSE received.channel       END,
				received_from = CASE WHEN excluded.received_from = ? THEN excluded.received_from ELSE received.received_from END,
				unit          = CASE WHEN excluded.unit   <> '' THEN excluded.unit   ELSE received.unit   END,
				period        = CASE WHEN excluded.period <> '' THEN excluded.period ELSE received.period END,
				withdrawn     = NULL`)
		if err != nil {
			return err
		}
		defer statement.Close()
		const register = string(submission.FromRegister)
		for _, f := range files {
			_, err := statement.ExecContext(ctx, f.SHA256, f.Path, f.Size, stamp(f.FirstSeen), stamp(f.ReceivedAt),
				f.ReceivedFrom, f.Channel, f.Unit, f.Period, register, register, register)
			if err != nil {
				return fmt.Errorf("%s: %w", f.Path, err)
			}
		}
		return nil
	})
}

// Gone records that files disappeared from the inputs: they are withdrawn from
// the instant at. A file that is unknown or already withdrawn is left as it is.
// Whether a file that is gone still counts (it does once its period was
// published) is for the caller to decide before this is called.
func (l *Ledger) Gone(ctx context.Context, at time.Time, files ...Key) error {
	if len(files) == 0 {
		return nil
	}
	return l.write(ctx, "record withdrawn files", func(tx *sql.Tx) error {
		for _, f := range files {
			_, err := tx.ExecContext(ctx,
				`UPDATE received SET withdrawn = ? WHERE sha256 = ? AND path = ? AND withdrawn IS NULL`,
				stamp(at), f.SHA256, f.Path)
			if err != nil {
				return fmt.Errorf("%s: %w", f.Path, err)
			}
		}
		return nil
	})
}

// Files returns every file ever received, withdrawn ones too, by Seq. Times
// are in UTC.
func (l *Ledger) Files(ctx context.Context) ([]Received, error) {
	var files []Received
	err := each(ctx, l.db, func(scan scan) error {
		var f Received
		var first, at, withdrawn instant
		err := scan(&f.Seq, &f.SHA256, &f.Path, &f.Size, &first, &at, &f.ReceivedFrom, &f.Channel,
			&f.Unit, &f.Period, &withdrawn)
		f.FirstSeen, f.ReceivedAt, f.Withdrawn = first.Time, at.Time, withdrawn.Time
		files = append(files, f)
		return err
	}, `SELECT seq, sha256, path, size, first_seen, received_at, received_from, channel, unit, period, withdrawn
		FROM received ORDER BY seq`)
	if err != nil {
		return nil, l.failed("list received files", err)
	}
	return files, nil
}

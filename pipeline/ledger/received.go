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
	Seq int64 `json:"-"`

	SHA256 string `json:"sha256"` // hex
	Path   string `json:"path"`   // relative to inputs, slash-separated, NFC
	Size   int64  `json:"size"`   // bytes

	// FirstSeen is when a run or the service first saw the file.
	FirstSeen time.Time `json:"first_seen"`
	// ReceivedAt is when the unit handed it in, and ReceivedFrom how that is
	// known, as in submission.ReceivedFrom.
	ReceivedAt   time.Time `json:"received_at"`
	ReceivedFrom string    `json:"received_from"`
	Channel      string    `json:"channel,omitempty"` // thư mục, email, Zalo, giấy; empty where not said

	// Unit is the id and Period the name of the month, as read from the
	// workbook; both empty where they could not be read.
	Unit   string `json:"unit,omitempty"`
	Period string `json:"period,omitempty"`

	// Withdrawn is when the file was found gone; zero while it is there.
	Withdrawn time.Time `json:"withdrawn,omitzero"`
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
	return l.write(ctx, "record received files", func(tx *sql.Tx) ([]entry, error) {
		known, err := filesByKey(ctx, tx)
		if err != nil {
			return nil, err
		}
		var changed []entry
		for _, f := range files {
			f.Seq, f.Withdrawn = 0, time.Time{}
			f.FirstSeen, f.ReceivedAt = f.FirstSeen.UTC(), f.ReceivedAt.UTC()
			before, there := known[f.Key()]
			if there {
				f = before.seenAgain(f)
			}
			if there && f == before {
				continue // what was seen before is no news, and no line of the journal
			}
			if err := putFile(ctx, tx, f); err != nil {
				return nil, fmt.Errorf("%s: %w", f.Path, err)
			}
			known[f.Key()] = f
			changed = append(changed, entry{Kind: kindReceived, File: &f})
		}
		return changed, nil
	})
}

// seenAgain is what is known of a file when it is seen once more.
func (r Received) seenAgain(now Received) Received {
	if now.ReceivedFrom == string(submission.FromRegister) {
		r.ReceivedAt, r.ReceivedFrom, r.Channel = now.ReceivedAt, now.ReceivedFrom, now.Channel
	}
	if now.Unit != "" {
		r.Unit = now.Unit
	}
	if now.Period != "" {
		r.Period = now.Period
	}
	r.Withdrawn = time.Time{}
	return r
}

// putFile makes a file's row what r says.
func putFile(ctx context.Context, tx *sql.Tx, r Received) error {
	var withdrawn any
	if !r.Withdrawn.IsZero() {
		withdrawn = stamp(r.Withdrawn)
	}
	_, err := tx.ExecContext(ctx, `
		INSERT INTO received (sha256, path, size, first_seen, received_at, received_from, channel, unit, period, withdrawn)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (sha256, path) DO UPDATE SET
			size = excluded.size, first_seen = excluded.first_seen, received_at = excluded.received_at,
			received_from = excluded.received_from, channel = excluded.channel, unit = excluded.unit,
			period = excluded.period, withdrawn = excluded.withdrawn`,
		r.SHA256, r.Path, r.Size, stamp(r.FirstSeen), stamp(r.ReceivedAt), r.ReceivedFrom, r.Channel,
		r.Unit, r.Period, withdrawn)
	return err
}

func filesByKey(ctx context.Context, q querier) (map[Key]Received, error) {
	files, err := receivedFiles(ctx, q)
	if err != nil {
		return nil, err
	}
	known := make(map[Key]Received, len(files))
	for _, f := range files {
		f.Seq = 0 // the ledger's own affair
		known[f.Key()] = f
	}
	return known, nil
}

// Gone records that files disappeared from the inputs: they are withdrawn from
// the instant at. A file that is unknown or already withdrawn is left as it is.
// Whether a file that is gone still counts (it does once its period was
// published) is for the caller to decide before this is called.
func (l *Ledger) Gone(ctx context.Context, at time.Time, files ...Key) error {
	if len(files) == 0 {
		return nil
	}
	return l.write(ctx, "record withdrawn files", func(tx *sql.Tx) ([]entry, error) {
		known, err := filesByKey(ctx, tx)
		if err != nil {
			return nil, err
		}
		var changed []entry
		for _, key := range files {
			f, there := known[key]
			if !there || !f.Withdrawn.IsZero() {
				continue
			}
			f.Withdrawn = at.UTC()
			if err := putFile(ctx, tx, f); err != nil {
				return nil, fmt.Errorf("%s: %w", f.Path, err)
			}
			known[key] = f
			changed = append(changed, entry{Kind: kindWithdrawn, File: &f})
		}
		return changed, nil
	})
}

// Files returns every file ever received, withdrawn ones too, by Seq. Times
// are in UTC.
func (l *Ledger) Files(ctx context.Context) ([]Received, error) {
	files, err := receivedFiles(ctx, l.db)
	if err != nil {
		return nil, l.failed("list received files", err)
	}
	return files, nil
}

func receivedFiles(ctx context.Context, q querier) ([]Received, error) {
	var files []Received
	err := each(ctx, q, func(scan scan) error {
		var f Received
		var first, at, withdrawn instant
		err := scan(&f.Seq, &f.SHA256, &f.Path, &f.Size, &first, &at, &f.ReceivedFrom, &f.Channel,
			&f.Unit, &f.Period, &withdrawn)
		f.FirstSeen, f.ReceivedAt, f.Withdrawn = first.Time, at.Time, withdrawn.Time
		files = append(files, f)
		return err
	}, `SELECT seq, sha256, path, size, first_seen, received_at, received_from, channel, unit, period, withdrawn
		FROM received ORDER BY seq`)
	return files, err
}

package ledger

import (
	"context"
	"database/sql"
	"fmt"
)

// Reading is what the reader made of one file's bytes, encoded by the caller.
// It saves reading an unchanged file again.
type Reading struct {
	SHA256 string // hex, of the file
	// ReaderVersion names everything but the file that the reading depends on:
	// program, catalogue, settings.
	ReaderVersion string
	Blob          []byte
}

// SaveReadings keeps readings, all or none. A file has one reading: that of
// another reader version is replaced.
func (l *Ledger) SaveReadings(ctx context.Context, readings []Reading) error {
	for _, r := range readings {
		if !validSHA256(r.SHA256) {
			return fmt.Errorf("save reading: %q is not a sha256", r.SHA256)
		}
	}
	if len(readings) == 0 {
		return nil
	}
	return l.write(ctx, "save readings", func(tx *sql.Tx) ([]entry, error) {
		statement, err := tx.PrepareContext(ctx, `
			INSERT INTO reading (sha256, reader_version, content) VALUES (?, ?, ?)
			ON CONFLICT (sha256) DO UPDATE SET
				reader_version = excluded.reader_version, content = excluded.content`)
		if err != nil {
			return nil, err
		}
		defer statement.Close()
		for _, r := range readings {
			blob := r.Blob
			if blob == nil {
				blob = []byte{} // nil would be stored as NULL
			}
			if _, err := statement.ExecContext(ctx, r.SHA256, r.ReaderVersion, blob); err != nil {
				return nil, fmt.Errorf("%s: %w", r.SHA256, err)
			}
		}
		return nil, nil // a cache: it can be read again
	})
}

// Readings returns the kept readings of one reader version, by the sha256 of
// the file. What another version made is not returned: such a file is read
// again from its original.
func (l *Ledger) Readings(ctx context.Context, readerVersion string) (map[string][]byte, error) {
	readings := map[string][]byte{}
	err := each(ctx, l.db, func(scan scan) error {
		var hash string
		var blob []byte
		if err := scan(&hash, &blob); err != nil {
			return err
		}
		readings[hash] = blob
		return nil
	}, `SELECT sha256, content FROM reading WHERE reader_version = ?`, readerVersion)
	if err != nil {
		return nil, l.failed("load readings", err)
	}
	return readings, nil
}

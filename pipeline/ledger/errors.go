package ledger

import (
	"errors"
	"fmt"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// NewerError says that a newer program wrote the ledger.
type NewerError struct {
	Path           string
	Version, Known int64 // of the schema
}

func (e *NewerError) Error() string {
	return fmt.Sprintf("the ledger %s was written by a newer program (schema %d, this program knows %d)",
		e.Path, e.Version, e.Known)
}

// Hint is the remedy.
func (e *NewerError) Hint() string {
	return "use the newer tonghop; the ledger was left as it is"
}

// OlderError says that a reading command met a ledger that a writing command
// has to bring up to date first.
type OlderError struct {
	Path            string
	Version, Needed int64 // of the schema
}

func (e *OlderError) Error() string {
	return fmt.Sprintf("the ledger %s was written by an older program (schema %d, needed %d)",
		e.Path, e.Version, e.Needed)
}

// Hint is the remedy.
func (e *OlderError) Hint() string { return "run `tonghop run` once to bring it up to date" }

// CorruptError says that the ledger is damaged or not a ledger.
type CorruptError struct {
	Path string
	Err  error
}

func (e *CorruptError) Error() string {
	return fmt.Sprintf("the ledger %s is damaged: %v", e.Path, e.Err)
}

// Unwrap returns what the database said.
func (e *CorruptError) Unwrap() error { return e.Err }

// Hint is the remedy.
func (e *CorruptError) Hint() string {
	return "run `tonghop ledger rebuild` to make it again from its journal; the damaged one is set aside"
}

// DiskError says that the system did not let the ledger's files be read or written.
type DiskError struct {
	Path string
	Err  error
}

func (e *DiskError) Error() string { return fmt.Sprintf("the ledger %s: %v", e.Path, e.Err) }

// Unwrap returns what the database said.
func (e *DiskError) Unwrap() error { return e.Err }

// Hint is the remedy.
func (e *DiskError) Hint() string {
	return "look for space and rights on the disk of the state folder"
}

// failed wraps what the database said with what was being done and the path.
func (l *Ledger) failed(doing string, err error) error {
	var said *sqlite.Error
	if errors.As(err, &said) {
		switch said.Code() & 0xff { // the low byte is the class
		case sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB:
			return &CorruptError{Path: l.path, Err: fmt.Errorf("%s: %w", doing, err)}
		case sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM:
			return &DiskError{Path: l.path, Err: fmt.Errorf("%s: %w", doing, err)}
		}
	}
	return fmt.Errorf("%s: %s: %w", doing, l.path, err)
}

// Package ledger owns what was received, decided and published: a SQLite
// database, its journal and the kept originals beside it, and the lock that lets
// one writing command work at a time. It lives in the state folder, on a local
// disk.
//
// A reader can rely on this: the first sight of a file is never changed, a
// published revision is never changed or deleted, each call that writes is one
// transaction that is on the disk when the call returns, every change but the
// cache of readings is in the journal before it is in the database, so that the
// one can be made again from the other, and nobody outside this package sees SQL.
//
// Commands that write hold the Lock while the ledger is open; commands that
// only read use OpenReading and need no lock.
package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"

	_ "modernc.org/sqlite" // the database driver, pure Go

	"tonghop/pipeline/atomicfile"
)

// Ledger is an open ledger. Its methods may be called from several goroutines.
type Ledger struct {
	path      string
	originals string
	journal   string
	db        *sql.DB

	writing sync.Mutex
	ahead   bool // the journal holds a line that could not be entered
}

// Open opens the ledger at path for writing; it creates it, and its folder,
// where there is none, and brings an older one up to date. The caller holds
// the Lock of the folder.
//
// After an unclean stop the database is checked first, and what was journalled
// and not yet entered is entered. Errors: *NewerError, *CorruptError, *LostError,
// *BehindError, *JournalError, else what the system says, with the path.
func Open(ctx context.Context, path string) (*Ledger, error) {
	if err := makeState(filepath.Dir(path)); err != nil {
		return nil, err
	}
	// A write-ahead log that was not folded in on closing means that a program
	// was stopped in the middle; checking at every start would cost too much.
	wal, err := os.Stat(path + "-wal")
	unclean := err == nil && wal.Size() > 0

	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		if err := refuseLost(path); err != nil {
			return nil, err // before an empty database is made
		}
	}
	l, err := connect(path, "rwc")
	if err != nil {
		return nil, err
	}
	if unclean {
		err = l.check(ctx)
	}
	if err == nil {
		var version int64
		if version, err = l.version(ctx); err == nil && version == 0 {
			err = refuseLost(path)
		}
	}
	if err == nil {
		err = l.migrate(ctx)
	}
	if err == nil {
		err = l.settle(ctx)
	}
	if err != nil {
		return nil, errors.Join(err, l.db.Close())
	}
	return l, nil
}

// OpenReading opens an existing ledger for reading only; no lock is needed and
// nothing is created or brought up to date. The error is fs.ErrNotExist where
// there is no ledger yet, *OlderError where a writing command has to bring it
// up to date first, else as for Open.
func OpenReading(ctx context.Context, path string) (*Ledger, error) {
	if _, err := os.Stat(path); err != nil {
		return nil, fmt.Errorf("open ledger: %w", err)
	}
	l, err := connect(path, "ro")
	if err != nil {
		return nil, err
	}
	version, err := l.version(ctx)
	switch {
	case err != nil:
	case version == 0: // created, and stopped before its first table was made
		err = fmt.Errorf("open ledger %s: %w", path, fs.ErrNotExist)
	case version < newest:
		err = &OlderError{Path: path, Version: version, Needed: newest}
	case version > newest:
		err = &NewerError{Path: path, Version: version, Known: newest}
	}
	if err != nil {
		return nil, errors.Join(err, l.db.Close())
	}
	return l, nil
}

func connect(path, mode string) (*Ledger, error) {
	full, err := filepath.Abs(path)
	if err != nil {
		return nil, fmt.Errorf("open ledger %s: %w", path, err)
	}
	db, err := sql.Open("sqlite", dataSource(full, mode))
	if err != nil {
		return nil, fmt.Errorf("open ledger %s: %w", path, err)
	}
	return &Ledger{
		path: path, originals: filepath.Join(filepath.Dir(path), originalsFolder), journal: journalPath(path), db: db,
	}, nil
}

// dataSource names the file as a URI, because a folder name may hold a space,
// a percent sign or a question mark.
func dataSource(full, mode string) string {
	slashed := filepath.ToSlash(full)
	if !strings.HasPrefix(slashed, "/") {
		slashed = "/" + slashed // C:/state/ledger.db
	}
	options := url.Values{
		"mode": {mode},
		// The write lock is taken when a transaction begins: one that reads
		// first and writes later cannot wait for it and would fail.
		"_txlock": {"immediate"},
		"_pragma": {"busy_timeout(5000)", "foreign_keys(1)"},
	}
	if mode != "ro" {
		// FULL: what a call has written survives a power cut.
		options["_pragma"] = append(options["_pragma"], "journal_mode(WAL)", "synchronous(FULL)")
	}
	return (&url.URL{Scheme: "file", Path: slashed, RawQuery: options.Encode()}).String()
}

// Close closes the ledger.
func (l *Ledger) Close() error {
	if err := l.db.Close(); err != nil {
		return fmt.Errorf("close ledger %s: %w", l.path, err)
	}
	return nil
}

// Path is the ledger's file, as it was opened.
func (l *Ledger) Path() string { return l.path }

// Fresh reports whether nothing was ever received or published here. Outputs
// that hold revisions beside a fresh ledger have lost their state.
func (l *Ledger) Fresh(ctx context.Context) (bool, error) {
	var used bool
	const query = `SELECT EXISTS (SELECT 1 FROM received) OR EXISTS (SELECT 1 FROM publication)`
	if err := l.db.QueryRowContext(ctx, query).Scan(&used); err != nil {
		return false, l.failed("look into ledger", err)
	}
	return !used, nil
}

// refuseLost keeps a ledger that was lost from being begun anew beside the journal
// that it can be made from: only a person can say that this is what is wanted.
func refuseLost(path string) error {
	w, err := readJournal(journalPath(path))
	if err != nil || len(w.lines) == 0 {
		return err
	}
	return &LostError{Path: path}
}

func (l *Ledger) check(ctx context.Context) error {
	var answer string
	if err := l.db.QueryRowContext(ctx, `PRAGMA quick_check(1)`).Scan(&answer); err != nil {
		return l.failed("check ledger", err)
	}
	if answer != "ok" {
		return &CorruptError{Path: l.path, Err: errors.New(answer)}
	}
	return nil
}

// makeState makes the state folder where there is none, for its owner alone:
// kept originals name people and their telephones.
func makeState(folder string) error {
	if _, err := os.Stat(folder); err == nil {
		return nil
	}
	if err := atomicfile.MakeFolder(folder); err != nil {
		return fmt.Errorf("make state folder: %w", err)
	}
	if err := os.Chmod(folder, 0o700); err != nil {
		return fmt.Errorf("make state folder: %w", err)
	}
	return nil
}

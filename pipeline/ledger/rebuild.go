package ledger

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"tonghop/pipeline/atomicfile"
)

// ErrNoJournal says that there is no journal to make a ledger from.
var ErrNoJournal = errors.New("there is no journal")

// Rebuild makes the ledger again from its journal; the caller holds the Lock. A
// ledger that is there is set aside, never deleted, and the name it got is
// returned, else "". The new one is whole under its name or not there.
//
// Nothing is done where the journal is missing (ErrNoJournal) or damaged
// (*JournalError), lacks what a ledger that can still be read has entered
// (*BehindError), or either comes from a newer program (*NewerError).
func Rebuild(ctx context.Context, path string) (aside string, err error) {
	w, err := readJournal(journalPath(path))
	if err != nil {
		return "", err
	}
	if len(w.lines) == 0 {
		return "", fmt.Errorf("rebuild ledger: %w: %s", ErrNoJournal, w.path)
	}
	all, err := w.entries(0)
	if err != nil {
		return "", err
	}
	if err := refuseBehind(ctx, path, w); err != nil {
		return "", err
	}
	temp := path + ".rebuilt"
	if err := removeDatabase(temp); err != nil { // of a rebuild that was stopped
		return "", fmt.Errorf("rebuild ledger: %w", err)
	}
	if err := build(ctx, temp, all, mark{len(w.lines), sum(w.lines[len(w.lines)-1])}); err != nil {
		return "", errors.Join(err, removeDatabase(temp))
	}
	// A stop between the two steps leaves no ledger and a journal: Open says so, and
	// the rebuild can be done again.
	if aside, err = setAside(path); err != nil {
		return "", fmt.Errorf("set ledger aside: %w", err)
	}
	return aside, atomicfile.Rename(temp, path)
}

func refuseBehind(ctx context.Context, path string, w writtenLines) error {
	old, err := OpenReading(ctx, path)
	var newer *NewerError
	if errors.As(err, &newer) {
		return err
	}
	if err != nil {
		return nil // missing or damaged: that is what rebuilding is for
	}
	defer old.Close()
	m, err := readMark(ctx, old.db)
	if err != nil || m.isIn(w) {
		return nil
	}
	return &BehindError{Path: w.path, Lines: len(w.lines), Entered: m.lines}
}

func build(ctx context.Context, path string, all []entry, to mark) error {
	l, err := connect(path, "rwc")
	if err != nil {
		return err
	}
	err = l.migrate(ctx)
	if err == nil {
		err = l.enter(ctx, all, to)
	}
	if err == nil {
		err = l.check(ctx)
	}
	// Closing folds the write-ahead log in: the file is the whole ledger.
	if err = errors.Join(err, l.Close()); err != nil {
		return fmt.Errorf("rebuild ledger: %w", err)
	}
	if err := removeDatabaseParts(path); err != nil {
		return fmt.Errorf("rebuild ledger: %w", err)
	}
	return atomicfile.Sync(path)
}

// beside are the files that SQLite keeps beside a database.
var beside = []string{"-wal", "-shm"}

// setAside renames a ledger and its log; "" where there is none. What holds
// nothing of its own goes: the index of the log, which SQLite makes again, and a
// log that is empty, as one who only read leaves it.
func setAside(path string) (string, error) {
	if log, err := os.Stat(path + "-wal"); err == nil && log.Size() == 0 {
		if err := os.Remove(path + "-wal"); err != nil {
			return "", err
		}
	}
	if err := ignoreMissing(os.Remove(path + "-shm")); err != nil {
		return "", err
	}
	parts := []string{"", "-wal"}
	aside, found := "", false
	for _, part := range parts {
		if _, err := os.Lstat(path + part); err == nil {
			found = true
		}
	}
	if !found {
		return "", nil
	}
	for k := 1; aside == ""; k++ {
		name, taken := fmt.Sprintf("%s.set-aside-%d", path, k), false
		for _, part := range parts {
			if _, err := os.Lstat(name + part); !errors.Is(err, fs.ErrNotExist) {
				taken = true
			}
		}
		if !taken {
			aside = name
		}
	}
	// The log first: a stop in between leaves a database without the log that is
	// its newest part, which the journal holds as well.
	for i := len(parts) - 1; i >= 0; i-- {
		err := atomicfile.Rename(path+parts[i], aside+parts[i])
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return "", err
		}
	}
	return filepath.Clean(aside), nil
}

func removeDatabase(path string) error {
	return errors.Join(removeDatabaseParts(path), ignoreMissing(os.Remove(path)))
}

func removeDatabaseParts(path string) error {
	var failed error
	for _, part := range beside {
		failed = errors.Join(failed, ignoreMissing(os.Remove(path+part)))
	}
	return failed
}

func ignoreMissing(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

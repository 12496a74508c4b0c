package ledger

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"tonghop/pipeline/atomicfile"
)

// Backup copies the ledger, its journal and its kept originals into the new folder
// dir: all of it or nothing. What is there can be used as a state folder. The copy
// was opened and examined, and what the examination found, in the state as in the
// copy, is returned. It needs no lock and may be made while another process
// writes: it is the state of one instant, and what was begun after it is journalled
// at most. Errors: fs.ErrExist, *OlderError, else as for OpenReading.
func Backup(ctx context.Context, path, dir string) (found *Examination, err error) {
	l, err := OpenReading(ctx, path)
	if err != nil {
		return nil, err
	}
	defer l.Close()
	err = atomicfile.NewFolder(dir, func(temp string) error {
		if err := os.Chmod(temp, 0o700); err != nil { // originals name people
			return err
		}
		copied := filepath.Join(temp, filepath.Base(path))
		if _, err := l.db.ExecContext(ctx, `VACUUM INTO ?`, copied); err != nil {
			return l.failed("copy ledger", err)
		}
		if err := errors.Join(os.Chmod(copied, 0o600), atomicfile.Sync(copied)); err != nil {
			return err
		}
		// After the ledger: the copy of the journal may be ahead and is never behind.
		if err := copyJournal(l.journal, journalPath(copied)); err != nil {
			return err
		}
		if err := copyOriginals(ctx, l.originals, filepath.Join(temp, originalsFolder)); err != nil {
			return err
		}
		found, err = Examine(ctx, copied)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("back up ledger: %w", err)
	}
	return found, nil
}

// copyJournal leaves out a line that is just being written.
func copyJournal(from, to string) error {
	w, err := readJournal(from)
	if err != nil || !w.there {
		return err
	}
	text := bytes.Join(append(w.lines, nil), []byte("\n"))
	return atomicfile.WriteNew(to, text, 0o600)
}

// copyOriginals copies bytes as they are, damaged ones too: a backup that stops at
// them would keep the others from being saved.
func copyOriginals(ctx context.Context, from, to string) error {
	return filepath.WalkDir(from, func(path string, d fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return nil
		case err != nil:
			return err
		case d.IsDir() || !validSHA256(d.Name()):
			return ctx.Err()
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		folder := filepath.Join(to, d.Name()[:2])
		if err := atomicfile.MakeFolder(folder); err != nil {
			return err
		}
		return atomicfile.WriteNew(filepath.Join(folder, d.Name()), data, 0o600)
	})
}

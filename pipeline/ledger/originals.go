package ledger

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"tonghop/pipeline/atomicfile"
)

// originalsFolder lies beside the ledger.
const originalsFolder = "originals"

// DamagedOriginalError says that a kept original is no longer the bytes that
// were received.
type DamagedOriginalError struct {
	Path string
}

func (e *DamagedOriginalError) Error() string {
	return fmt.Sprintf("the kept original %s is damaged: its content does not match its name", e.Path)
}

// Hint is the remedy.
func (e *DamagedOriginalError) Hint() string {
	return "put the file back from a backup of the state folder, or put the original into the inputs again"
}

// Keep stores a received file's bytes under their sha256, where they stay
// whatever happens to the inputs. Bytes already kept are not written again; a
// kept copy that is damaged is replaced.
func (l *Ledger) Keep(hash string, data []byte) error {
	if !validSHA256(hash) || sum(data) != hash {
		return fmt.Errorf("keep original: %q is not the sha256 of these %d bytes", hash, len(data))
	}
	_, err := l.Original(hash)
	var damaged *DamagedOriginalError
	switch {
	case err == nil:
		return nil
	case !errors.Is(err, fs.ErrNotExist) && !errors.As(err, &damaged):
		return fmt.Errorf("keep original: %w", err)
	}
	path := l.originalPath(hash)
	if err := atomicfile.MakeFolder(filepath.Dir(path)); err != nil {
		return fmt.Errorf("keep original: %w", err)
	}
	if err := atomicfile.Write(path, data, 0o600); err != nil {
		return fmt.Errorf("keep original: %w", err)
	}
	return nil
}

// Kept reports whether as many bytes are kept under a sha256 as they should be.
// Whether they are still the same Original tells, and Examine of all.
func (l *Ledger) Kept(hash string, size int64) bool {
	if !validSHA256(hash) {
		return false
	}
	info, err := os.Stat(l.originalPath(hash))
	return err == nil && info.Mode().IsRegular() && info.Size() == size
}

// Original returns the bytes kept under a sha256, checked against it. The
// error is fs.ErrNotExist where none were kept, else *DamagedOriginalError or
// what the system says.
func (l *Ledger) Original(hash string) ([]byte, error) {
	if !validSHA256(hash) {
		return nil, fmt.Errorf("read original: %q is not a sha256", hash)
	}
	path := l.originalPath(hash)
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read original: %w", err)
	}
	if sum(data) != hash {
		return nil, &DamagedOriginalError{Path: path}
	}
	return data, nil
}

// Folders of two letters keep each small enough for an explorer window.
func (l *Ledger) originalPath(hash string) string {
	return filepath.Join(l.originals, hash[:2], hash)
}

func sum(data []byte) string {
	digest := sha256.Sum256(data)
	return hex.EncodeToString(digest[:])
}

// validSHA256 also keeps anything that could be a path out of file names.
func validSHA256(hash string) bool {
	if len(hash) != 2*sha256.Size {
		return false
	}
	for _, c := range []byte(hash) {
		if (c < '0' || c > '9') && (c < 'a' || c > 'f') {
			return false
		}
	}
	return true
}

package atomicfile

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path/filepath"
	"slices"
	"sync"
)

// Batch writes many files, waiting for the names in each of their folders once
// instead of once a file, which is half of the waiting for the disk. The zero
// Batch is ready; it may be used from several goroutines.
type Batch struct {
	guard   sync.Mutex
	folders map[string]bool // with names that are not waited for
}

// Write is the function Write but that until Sync has returned a power cut can
// bring the old file back, or none where there was none; never a part of one.
func (b *Batch) Write(path string, data []byte, perm fs.FileMode) error {
	if err := put(path, Bytes(data), perm, replace); err != nil {
		return err
	}
	b.guard.Lock()
	defer b.guard.Unlock()
	if b.folders == nil {
		b.folders = map[string]bool{}
	}
	b.folders[filepath.Dir(path)] = true
	return nil
}

// Sync waits until all that was written is on the disk under its name. Of a
// folder for which that fails nothing is certain.
func (b *Batch) Sync() error {
	b.guard.Lock()
	defer b.guard.Unlock()
	var failed error
	for _, folder := range slices.Sorted(maps.Keys(b.folders)) {
		if err := syncFolder(folder); err != nil {
			failed = errors.Join(failed, fmt.Errorf("sync folder %s: %w", folder, reason(err)))
		}
	}
	b.folders = nil
	return failed
}

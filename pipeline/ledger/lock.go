package ledger

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"

	"tonghop/pipeline/atomicfile"
)

// Lock is the right to write into one state folder. The system takes it back
// when the process ends, however it ends.
type Lock struct {
	file   *flock.Flock
	holder string
}

// Holder tells who holds a lock.
type Holder struct {
	PID   int       `json:"pid"` // 0 where it could not be learned
	Host  string    `json:"host"`
	Since time.Time `json:"since"`
}

func (h Holder) String() string {
	if h.PID == 0 {
		return "an unknown process"
	}
	return fmt.Sprintf("process %d on %s since %s", h.PID, h.Host, h.Since.Format(time.RFC3339))
}

// HeldError says that another process holds the lock.
type HeldError struct {
	Path   string // of the lock file
	Holder Holder
}

func (e *HeldError) Error() string {
	return fmt.Sprintf("%s is held by %s", e.Path, e.Holder)
}

// Hint is the remedy.
func (e *HeldError) Hint() string { return "another run is at work: wait for it and try again" }

// writerLock is held by who writes into the ledger.
const writerLock = "lock"

// HolderName is the file in a state folder that tells, while somebody writes into the
// ledger, who does.
const HolderName = writerLock + holderEnding

const holderEnding = ".holder"

// often is the pause between two looks at a lock that is held.
const often = 50 * time.Millisecond

// Acquire takes the lock of a state folder, which it creates where there is
// none, and waits up to wait for it. The error is *HeldError when another
// process still holds it then.
//
// The folder lies on a local disk: locks on network shares cannot be trusted.
func Acquire(ctx context.Context, state string, wait time.Duration) (*Lock, error) {
	return acquire(ctx, state, writerLock, wait)
}

// AcquireService takes the right to be the one service that watches for a state
// folder, without waiting. It is held as long as the service runs and keeps no
// command from writing. The error is *HeldError when there is a service already.
func AcquireService(ctx context.Context, state string) (*Lock, error) {
	return acquire(ctx, state, "service.lock", 0)
}

func acquire(ctx context.Context, state, name string, wait time.Duration) (*Lock, error) {
	if err := makeState(state); err != nil {
		return nil, err
	}
	path := filepath.Join(state, name)
	l := &Lock{
		file: flock.New(path, flock.SetPermissions(0o600)),
		// Beside the lock, because Windows lets nobody read a locked file.
		holder: path + holderEnding,
	}
	locked, err := l.file.TryLock()
	if err == nil && !locked && wait <= 0 {
		return nil, &HeldError{Path: path, Holder: l.readHolder()}
	}
	if err == nil && !locked {
		waiting, cancel := context.WithTimeout(ctx, wait)
		defer cancel()
		_, err = l.file.TryLockContext(waiting, often)
		if errors.Is(err, context.DeadlineExceeded) && ctx.Err() == nil {
			return nil, &HeldError{Path: path, Holder: l.readHolder()}
		}
	}
	if err != nil {
		return nil, fmt.Errorf("lock %s: %w", path, err)
	}
	if err := l.tidy(state, name == writerLock); err != nil {
		return nil, errors.Join(err, l.file.Unlock())
	}
	if err := l.writeHolder(); err != nil {
		return nil, errors.Join(err, l.file.Unlock())
	}
	return l, nil
}

// tidy rids the state of what a holder left that was stopped in the middle of a
// write. Its name is still there then, so that the kept originals, which are many,
// need no looking through otherwise.
func (l *Lock) tidy(state string, writer bool) error {
	stopped := false
	if _, err := os.Lstat(l.holder); err == nil {
		stopped = true
	}
	_, err := atomicfile.RemoveLeftoversOf(l.holder)
	if err != nil || !writer {
		return err
	}
	if _, err := atomicfile.RemoveLeftoversOf(journalPath(filepath.Join(state, Name))); err != nil {
		return err
	}
	if !stopped {
		return nil
	}
	originals := filepath.Join(state, originalsFolder)
	folders, err := os.ReadDir(originals)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	for _, folder := range folders {
		if err == nil && folder.IsDir() {
			_, err = atomicfile.RemoveLeftovers(filepath.Join(originals, folder.Name()))
		}
	}
	return err
}

// Release gives the lock back. The lock file stays: removing it would let a
// second process lock a new file of the same name.
func (l *Lock) Release() error {
	gone := os.Remove(l.holder)
	if errors.Is(gone, os.ErrNotExist) {
		gone = nil
	}
	if err := errors.Join(gone, l.file.Unlock()); err != nil {
		return fmt.Errorf("unlock %s: %w", l.file.Path(), err)
	}
	return nil
}

// Held reports whether a process holds the lock of a state folder just now, and
// who. Where nobody does, the holder is one that was stopped before it could take
// its name away, or zero: that harms nothing. Held makes no file and keeps nobody
// waiting for longer than a moment.
func Held(state string) (Holder, bool, error) { return held(state, writerLock) }

// ServiceHeld reports in the same way whether a service watches for a state folder.
func ServiceHeld(state string) (Holder, bool, error) { return held(state, "service.lock") }

func held(state, name string) (Holder, bool, error) {
	path := filepath.Join(state, name)
	if _, err := os.Stat(path); err != nil {
		if errors.Is(err, os.ErrNotExist) {
			err = nil
		}
		return Holder{}, false, err
	}
	l := &Lock{file: flock.New(path, flock.SetFlag(os.O_RDONLY)), holder: path + holderEnding}
	free, err := l.file.TryRLock()
	if err != nil {
		return Holder{}, false, fmt.Errorf("look at lock %s: %w", path, err)
	}
	if !free {
		return l.readHolder(), true, l.file.Close()
	}
	return l.readHolder(), false, l.file.Unlock()
}

func (l *Lock) writeHolder() error {
	host, err := os.Hostname()
	if err != nil {
		host = "this machine"
	}
	data, err := json.Marshal(Holder{PID: os.Getpid(), Host: host, Since: time.Now().UTC().Truncate(time.Second)})
	if err != nil {
		return fmt.Errorf("name lock holder: %w", err)
	}
	if err := atomicfile.Write(l.holder, data, 0o600); err != nil {
		return fmt.Errorf("name lock holder: %w", err)
	}
	return nil
}

// readHolder may find nothing, or somebody who was stopped before: between
// taking the lock and writing the name there is a moment. The name only helps
// a person to look for the process.
func (l *Lock) readHolder() Holder {
	data, err := os.ReadFile(l.holder)
	if err != nil {
		return Holder{}
	}
	var h Holder
	if err := json.Unmarshal(data, &h); err != nil {
		return Holder{}
	}
	return h
}

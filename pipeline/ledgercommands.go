package pipeline

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"tonghop/pipeline/atomicfile"
	"tonghop/pipeline/ledger"
	"tonghop/pipeline/publish"
)

// What follows needs the folders, the lock's patience, the clock and the zone of
// the settings, and no definitions: a state can be looked after while the
// catalogue is being mended.

// CheckLedger looks through the ledger, its journal, the kept originals and the
// recorded revisions. It writes nothing and takes no lock.
func (p *Pipeline) CheckLedger(ctx context.Context) (*ledger.Examination, error) {
	found, err := ledger.Examine(ctx, p.ledgerPath())
	if err != nil {
		return nil, p.orLost(err)
	}
	add := func(fault ledger.Fault, r ledger.Revision, detail string) {
		name := filepath.Join(p.Outputs, r.Period, "revisions", fmt.Sprintf("r%d", r.Number))
		found.Problems = append(found.Problems, ledger.Problem{Fault: fault, Name: name, Detail: detail})
	}
	outputs := publish.Outputs{Dir: p.Outputs}
	for _, r := range found.Revisions {
		shown, err := outputs.Verify(r.Period, r.Number)
		var damaged *publish.DamagedError
		switch {
		case errors.Is(err, fs.ErrNotExist) && !errors.As(err, &damaged):
			add(ledger.RevisionMissing, r, "")
		case errors.As(err, &damaged):
			add(ledger.RevisionDamaged, r, cmp.Or(damaged.File, damaged.Err.Error()))
		case err != nil:
			return nil, err
		case shown.ManifestSHA256 != r.ManifestSHA256:
			add(ledger.RevisionReplaced, r, "")
		}
	}
	return found, nil
}

// NoLedgerError says that nothing was ever recorded in a state folder.
type NoLedgerError struct{ State string }

func (e *NoLedgerError) Error() string { return "there is no ledger in " + e.State }

// orLost tells a state without anything from one whose ledger was lost.
func (p *Pipeline) orLost(err error) error {
	if !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if info, there := os.Stat(filepath.Join(p.State, ledger.JournalName)); there == nil && info.Size() > 0 {
		return &ledger.LostError{Path: p.ledgerPath()}
	}
	return &NoLedgerError{State: p.State}
}

// reading opens the ledger for reading; it is nil where nothing was ever
// recorded. A ledger that is lost, its journal or its publications beside it, is
// an error with its remedy: an empty answer would be a wrong one.
func (p *Pipeline) reading(ctx context.Context) (*ledger.Ledger, error) {
	book, err := ledger.OpenReading(ctx, p.ledgerPath())
	var older *ledger.OlderError
	if errors.As(err, &older) || errors.Is(err, fs.ErrNotExist) && p.lost(err) != nil {
		book, err = p.readingOnceMade(ctx)
	}
	if err == nil || !errors.Is(err, fs.ErrNotExist) {
		return book, err
	}
	return nil, p.lost(err)
}

// lost is nil where a ledger that is not there was never begun.
func (p *Pipeline) lost(err error) error {
	var never *NoLedgerError
	if err := p.orLost(err); !errors.As(err, &never) {
		return err
	}
	return publish.Outputs{Dir: p.Outputs}.RefuseAny()
}

// readingOnceMade opens a ledger that looked lost, or older than the program: another
// command may be making it, or bringing it up to date, just now.
func (p *Pipeline) readingOnceMade(ctx context.Context) (*ledger.Ledger, error) {
	if _, held, err := ledger.Held(p.State); err == nil && held {
		lock, err := ledger.Acquire(ctx, p.State, p.LockWait)
		if err != nil {
			return nil, err
		}
		if err := lock.Release(); err != nil {
			return nil, err
		}
	}
	return ledger.OpenReading(ctx, p.ledgerPath())
}

// Rebuilt is a ledger that was made again.
type Rebuilt struct {
	SetAside string // where the earlier ledger is now; empty where there was none
	Adopted  int    // revisions that no journal knew and whose manifests were taken in
	Found    *ledger.Examination
}

// RebuildLedger makes the ledger again from its journal, the kept originals and
// the manifests of the revisions. It holds the lock.
func (p *Pipeline) RebuildLedger(ctx context.Context) (out Rebuilt, err error) {
	if _, err := os.Stat(p.State); err != nil {
		return out, &NoLedgerError{State: p.State} // and no folder is made for it
	}
	lock, err := ledger.Acquire(ctx, p.State, p.LockWait)
	if err != nil {
		return out, err
	}
	defer func() { err = errors.Join(err, lock.Release()) }()
	if out.SetAside, err = ledger.Rebuild(ctx, p.ledgerPath()); err != nil {
		return out, err
	}
	book, err := ledger.Open(ctx, p.ledgerPath())
	if err != nil {
		return out, err
	}
	defer func() { err = errors.Join(err, book.Close()) }()
	before, err := book.Numbers(ctx)
	if err != nil {
		return out, err
	}
	w := &writer{book: book, outputs: publish.Outputs{Dir: p.Outputs}}
	if err := w.recover(ctx); err != nil {
		return out, fmt.Errorf("take in revisions: %w", err)
	}
	after, err := book.Numbers(ctx)
	if err != nil {
		return out, err
	}
	for period, numbers := range after {
		out.Adopted += len(numbers) - len(before[period])
	}
	out.Found, err = p.CheckLedger(ctx)
	return out, err
}

// BackUpLedger copies the state into a new dated folder below dir, which it makes
// where there is none, and returns the folder and what an examination of the copy
// found. It takes no lock.
func (p *Pipeline) BackUpLedger(ctx context.Context, dir string) (string, *ledger.Examination, error) {
	if _, err := os.Stat(p.ledgerPath()); err != nil {
		return "", nil, p.orLost(err)
	}
	if err := atomicfile.MakeFolder(dir); err != nil {
		return "", nil, err
	}
	name := filepath.Join(dir, "tonghop-"+p.Now().In(p.zone()).Format("2006-01-02-150405"))
	for k := 1; ; k++ {
		folder := name
		if k > 1 {
			folder = fmt.Sprintf("%s-%d", name, k)
		}
		found, err := ledger.Backup(ctx, p.ledgerPath(), folder)
		if errors.Is(err, fs.ErrExist) {
			continue // another of the same second
		}
		return folder, found, err
	}
}

func (p *Pipeline) zone() *time.Location {
	if p.Timetable.Zone == nil {
		return time.UTC
	}
	return p.Timetable.Zone
}

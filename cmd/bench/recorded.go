package main

import (
	"cmp"
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"time"

	"tonghop/pipeline/ledger"
	"tonghop/pipeline/parallel"
	"tonghop/pipeline/submission"
)

// recordedFolder holds the ledger of recorded, apart from that of the program.
const recordedFolder = "recorded"

// recorded reads, checks and consolidates with a ledger, and draws nothing: what files
// say is remembered, what came is recorded and its bytes are kept, as by a run.
func recorded(c corpus) error {
	ctx := context.Background()
	cat, err := definitions(c.units)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(c.path(recordedFolder), 0o755); err != nil {
		return err
	}
	book, err := ledger.Open(ctx, c.path(recordedFolder, ledger.Name))
	if err != nil {
		return err
	}
	defer book.Close()
	said := &memory{fresh: map[string][]byte{}}
	if said.known, err = book.Readings(ctx, reader); err != nil {
		return err
	}
	folder := c.intake(cat)
	folder.Remembered, folder.Remember = said.remembered, said.remember
	batch, err := folder.Collect(ctx)
	if err != nil {
		return err
	}
	if err := c.record(ctx, book, batch, said); err != nil {
		return err
	}
	return c.consolidate(cat, batch)
}

// reader names who reads: nobody else reads this ledger.
const reader = "bench"

// memory is what files said before and say now, encoded, by sha256.
type memory struct {
	known map[string][]byte
	guard sync.Mutex
	fresh map[string][]byte
}

func (m *memory) remembered(path, hash string) (submission.Reading, bool) {
	one, err := submission.DecodeReading(m.known[hash])
	return one, err == nil && one.File.Path == path
}

func (m *memory) remember(one submission.Reading) {
	if data, exact := one.Encode(); exact {
		m.guard.Lock()
		defer m.guard.Unlock()
		m.fresh[one.File.SHA256] = data
	}
}

// record keeps what came, and what it says.
func (c corpus) record(ctx context.Context, book *ledger.Ledger, batch submission.Batch, m *memory) error {
	var received []ledger.Received
	var readings []ledger.Reading
	numbers := make([]int, len(batch))
	for i, r := range batch {
		f := r.File
		numbers[i] = i
		received = append(received, ledger.Received{
			SHA256: f.SHA256, Path: f.Path, Size: f.Size, FirstSeen: time.Now(),
			ReceivedAt: f.ReceivedAt, ReceivedFrom: string(f.ReceivedFrom), Unit: f.Unit, Period: f.Period.String(),
		})
		if data, ok := m.fresh[f.SHA256]; ok {
			readings = append(readings, ledger.Reading{SHA256: f.SHA256, ReaderVersion: reader, Blob: data})
		}
	}
	failed := make([]error, len(batch))
	err := parallel.Each(ctx, numbers, keepers, func(i int) {
		f := batch[i].File
		if book.Kept(f.SHA256, f.Size) {
			return
		}
		data, err := os.ReadFile(filepath.Join(c.path("inputs"), filepath.FromSlash(f.Name())))
		if err == nil {
			err = book.Keep(f.SHA256, data)
		}
		failed[i] = err
	})
	return errors.Join(err, cmp.Or(failed...), book.Receive(ctx, received), book.SaveReadings(ctx, readings))
}

// keepers is how many originals are kept at a time, as by a run.
const keepers = 4

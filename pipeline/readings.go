package pipeline

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"sync"

	"tonghop/pipeline/ledger"
	"tonghop/pipeline/submission"
)

// readings are what files said when they were read before, and what a run adds.
// They save time and decide nothing: what is not remembered exactly as it would
// be read now is read anew.
type readings struct {
	version string
	known   map[string][]byte // encoded, by sha256

	guard sync.Mutex
	used  map[string]bool // by sha256
	fresh map[string]remembered
}

type remembered struct {
	path string
	data []byte // encoded
}

func newReadings(version string) *readings {
	return &readings{version: version, used: map[string]bool{}, fresh: map[string]remembered{}}
}

// readerVersion names everything but a file and its path that what it says
// depends on. It is empty where that cannot be told.
func (p *Pipeline) readerVersion() string {
	if p.Catalogue.SHA256 == "" {
		return ""
	}
	about := fmt.Sprintf("%q %q %q %q %d %s %+v", p.Program, p.Build, p.Catalogue.SHA256, p.Catalogue.Bridge, p.Timetable.Scheme, p.Timetable.Zone, p.Limits)
	sum := sha256.Sum256([]byte(about))
	return hex.EncodeToString(sum[:])
}

func (r *readings) load(ctx context.Context, book *ledger.Ledger) (err error) {
	if r.version != "" {
		r.known, err = book.Readings(ctx, r.version)
	}
	return err
}

// remembered gives what the bytes said under the same path: folders and names are
// held against what stands in the workbook. One that is damaged is none.
func (r *readings) remembered(path, hash string) (submission.Reading, bool) {
	r.guard.Lock()
	data, ok := r.known[hash]
	r.guard.Unlock()
	if !ok {
		return submission.Reading{}, false
	}
	one, err := submission.DecodeReading(data)
	if err != nil || one.File.Path != path || one.File.SHA256 != hash {
		return submission.Reading{}, false
	}
	r.guard.Lock()
	defer r.guard.Unlock()
	r.used[hash] = true
	delete(r.known, hash) // nothing else lies under this path
	return one, true
}

// remember notes what a file says. Of one that lies in two places the first is
// remembered.
func (r *readings) remember(one submission.Reading) {
	data, exact := one.Encode()
	if r.version == "" || !exact {
		return
	}
	r.guard.Lock()
	defer r.guard.Unlock()
	if other, twice := r.fresh[one.File.SHA256]; !twice || one.File.Path < other.path {
		r.fresh[one.File.SHA256] = remembered{one.File.Path, data}
	}
}

// save keeps what was read anew, once.
func (r *readings) save(ctx context.Context, book *ledger.Ledger) error {
	if r == nil {
		return nil // a view of what was gathered elsewhere
	}
	var all []ledger.Reading
	for _, hash := range slices.Sorted(maps.Keys(r.fresh)) {
		if !r.used[hash] { // else a copy of what is remembered already
			all = append(all, ledger.Reading{SHA256: hash, ReaderVersion: r.version, Blob: r.fresh[hash].data})
		}
	}
	if err := book.SaveReadings(ctx, all); err != nil {
		return err
	}
	clear(r.fresh)
	return nil
}

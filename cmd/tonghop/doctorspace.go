package main

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"tonghop/cmd/tonghop/machine"
)

// Free space is measured by what the office uses: a warning while there is less
// than for a year of reports as they were so far, a failure while there is less
// than for one. Before anything is published the least of each is all there is to
// go by.
const (
	mebibyte     = 1 << 20
	spareYear    = 200 * mebibyte
	spareReport  = 50 * mebibyte
	reportsAYear = 12
)

func (d *doctor) checkSpace(context.Context) result {
	if !d.known() {
		return skipped
	}
	a := d.settings
	used := sizeBelow(a.Outputs)
	if rel, err := filepath.Rel(a.Outputs, a.State); err != nil || strings.HasPrefix(rel, "..") {
		used += sizeBelow(a.State)
	}
	each := used / max(periods(a.Outputs), 1)
	year, one := max(spareYear, reportsAYear*each), max(spareReport, each)
	worst := found(standsUnchecked, "unsupported")
	least := uint64(0)
	for _, path := range []string{a.Outputs, a.State, a.Backup, os.TempDir()} {
		if path == "" {
			continue
		}
		disk, err := machine.DiskOf(existing(path))
		if errors.Is(err, errors.ErrUnsupported) {
			return worst
		}
		if err != nil {
			return broken(err)
		}
		if worst.standing != standsUnchecked && disk.Free >= least {
			continue
		}
		least = disk.Free
		s, key, needed := standsOK, "space", year
		switch {
		case disk.Free < one:
			s, key, needed = standsFailed, "space_none", one
		case disk.Free < year:
			s, key = standsWarning, "space_little"
		}
		worst = found(s, key, "folder", path, "free", int(disk.Free/mebibyte), "needed", int(needed/mebibyte))
	}
	return worst
}

// sizeBelow is the sum of the files below a folder, as far as they can be seen.
func sizeBelow(root string) uint64 {
	var sum uint64
	_ = filepath.WalkDir(root, func(_ string, e fs.DirEntry, err error) error {
		if err != nil || !e.Type().IsRegular() {
			return nil // what cannot be seen is not counted
		}
		if info, err := e.Info(); err == nil {
			sum += uint64(info.Size())
		}
		return nil
	})
	return sum
}

// periods counts those that have revisions.
func periods(outputs string) uint64 {
	found, err := fs.Glob(os.DirFS(outputs), "*/revisions")
	if err != nil {
		return 0
	}
	return uint64(len(found))
}

// Package watch owns when a folder has something new. It polls, because network
// shares send no events, and looks at names, sizes and times only: what a file
// is and says is intake's to find out.
//
// A file is handed on once it has settled, which is when it looked the same in
// two looks that are far enough apart. Until then it may be half copied. What
// was handed on and has not changed since is never handed on again, so that
// thousands of old files cost no more than their names.
package watch

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"time"
)

// Folder is a watched folder and what is known of it. It is not safe for use by
// several goroutines.
type Folder struct {
	root   string
	settle time.Duration
	skip   func(base string, folder bool) bool

	entries map[string]*entry // by path below root
	begun   bool              // there was a look
	last    time.Time         // the last look that saw the folder
	gone    bool              // a look since then did not
}

// entry is one file.
type entry struct {
	stamp stamp
	since time.Time // the first look at which it looked so
	after time.Time // the look before that
	quiet time.Time // the look from which on it counts as unchanged
	taken stamp     // as it was handed on; zero where it never was
	again bool      // it is handed on once more though it did not change
}

// stamp is how a file looks from outside. The zero stamp is no file.
type stamp struct {
	there    bool
	kind     fs.FileMode
	size     int64
	modified time.Time
}

// NewFolder watches all below root. A file has settled when it looked the same
// for as long as settle. skip names what is not looked at: files by their names,
// and folders with all that is in them. last is the last look of who watched the
// folder before, zero where nobody did.
func NewFolder(root string, settle time.Duration, skip func(base string, folder bool) bool, last time.Time) *Folder {
	return &Folder{root: root, settle: settle, skip: skip, entries: map[string]*entry{}, last: last}
}

// Last is the last look that saw the folder; before the first, that of who watched
// it earlier.
func (f *Folder) Last() time.Time { return f.last }

// Arrived says between which two looks a file came, or changed to what it is; now
// stands for the look at which one not seen yet will be. after is zero where
// nobody looked before.
func (f *Folder) Arrived(path string, now time.Time) (after, by time.Time) {
	if e := f.entries[path]; e != nil && e.stamp.there {
		return e.after, e.since
	}
	return f.last, now
}

// Changes are the paths, relative to the folder and as the system spells them,
// that differ from what was last handed on; in order.
type Changes struct {
	// Settled can be read, or are gone for good.
	Settled []string
	// Moving changed too recently: somebody may still be writing them.
	Moving []string
}

// Look compares the folder with what was handed on last. Settled changes count as
// handed on from now: what could not be taken is given back with Again. On an
// error, which is about the folder, nothing is known to have changed; a share
// that is away must not look like a folder that was emptied.
//
// now only measures how long a file has looked the same. It may be any clock that
// goes forward between two looks. Only at the first look, before which nobody saw
// the folder, a file's own time tells how long it has been so.
func (f *Folder) Look(now time.Time) (Changes, error) {
	seen, err := f.list()
	if err != nil {
		f.gone = true
		return Changes{}, fmt.Errorf("look into %s: %w", f.root, err)
	}
	if f.gone {
		// Times before the gap prove nothing: what is there may be half mounted.
		for _, e := range f.entries {
			e.quiet = now
		}
		f.gone = false
	}
	for path, s := range seen {
		e := f.entries[path]
		if e == nil {
			e = &entry{}
			f.entries[path] = e
		}
		if !e.stamp.equal(s) {
			e.stamp, e.since, e.quiet, e.after = s, now, now, f.last
			if !f.begun && s.modified.Before(now) {
				e.quiet = s.modified
			}
		}
	}
	for path, e := range f.entries {
		if _, there := seen[path]; !there && e.stamp.there {
			e.stamp, e.since, e.quiet, e.after = stamp{}, now, now, f.last
		}
	}
	f.begun, f.last = true, now
	return f.changes(now), nil
}

func (f *Folder) changes(now time.Time) Changes {
	var c Changes
	for _, path := range slices.Sorted(maps.Keys(f.entries)) {
		e := f.entries[path]
		switch {
		case e.stamp.equal(e.taken) && !e.again:
			if !e.stamp.there {
				delete(f.entries, path)
			}
			continue
		case now.Sub(e.quiet) < f.settle:
			c.Moving = append(c.Moving, path)
			continue
		}
		e.taken, e.again = e.stamp, false
		c.Settled = append(c.Settled, path)
	}
	return c
}

// Settled reports whether a file was handed on as it looks now.
func (f *Folder) Settled(path string, now fs.FileInfo) bool {
	e := f.entries[path]
	return e != nil && e.taken.equal(stampOf(now)) && e.stamp.equal(e.taken)
}

// Again lets paths be handed on once more when they have settled anew: whoever
// got them could not take them.
func (f *Folder) Again(now time.Time, paths ...string) {
	for _, path := range paths {
		if e := f.entries[path]; e != nil {
			e.again, e.quiet = true, now
		}
	}
}

func stampOf(info fs.FileInfo) stamp {
	return stamp{there: true, kind: info.Mode().Type(), size: info.Size(), modified: info.ModTime()}
}

func (s stamp) equal(o stamp) bool {
	return s.there == o.there && s.kind == o.kind && s.size == o.size && s.modified.Equal(o.modified)
}

// list looks at every file below the folder. Only trouble with the folder itself
// is an error: a folder within that cannot be opened is an entry like a file, so
// that it is handed on and told of.
func (f *Folder) list() (map[string]stamp, error) {
	root, err := os.OpenRoot(f.root)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	seen := map[string]stamp{}
	if err := f.folder(root, ".", seen); err != nil {
		return nil, err
	}
	return seen, nil
}

func (f *Folder) folder(root *os.Root, name string, seen map[string]stamp) error {
	dir, err := root.Open(name)
	if err != nil {
		return err
	}
	found, err := dir.ReadDir(-1)
	if err = errors.Join(err, dir.Close()); err != nil {
		return err
	}
	for _, d := range found {
		if f.skip(d.Name(), d.IsDir()) {
			continue
		}
		path := filepath.Join(name, d.Name())
		if d.IsDir() {
			if err := f.folder(root, path, seen); err != nil && !errors.Is(err, fs.ErrNotExist) {
				seen[path] = stamp{there: true, kind: fs.ModeDir}
			}
			continue
		}
		if info, err := d.Info(); err == nil { // else gone since it was listed
			seen[path] = stampOf(info)
		}
	}
	return nil
}

// Package intake owns how a folder of files becomes submissions: which entries
// are reports, when a file is complete, when it was received, whose it is, for
// which period, and what each of its cells says.
//
// A reader can rely on this:
//
//   - Every entry below the folder that is not a directory to descend into is
//     in the batch once, with one disposition, whatever it is. What cannot be
//     read is a finding and never stops the rest.
//   - The batch depends on the files, not on the order in which a file system
//     lists them, nor on the machine's zone or locale.
//   - Nothing is followed out of the folder, nothing but a regular file is
//     opened, and no file is read beyond its budget.
//   - Inputs are never changed.
//
// Read is the pure half: bytes of one file to what it says. Where on a sheet the
// figures stand is package layout's to find, whom a text names package
// naming's, what a cell means package reading's; what two of them can mean is
// asked about here.
package intake

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"sync"
	"time"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/finding"
	"tonghop/pipeline/parallel"
	"tonghop/pipeline/period"
	"tonghop/pipeline/submission"
	"tonghop/pipeline/workbook"
)

// Folder is where units drop their files. Sub-folders are the office's own
// affair: by unit, by period or both; where one is named like a unit or a
// period it must agree with what its files say.
type Folder struct {
	Root      string
	Catalogue *catalogue.Catalogue
	Timetable period.Timetable
	Limits    workbook.Limits // zero is workbook.DefaultLimits

	// Settle is the age from which a file counts as complete. A younger one is
	// looked at again once, Recheck later, and must then be unchanged.
	Settle, Recheck time.Duration
	Now             func() time.Time
	// Settled tells whether a file, by its path as the folder spells it, is
	// complete, where somebody watches the folder. It stands in for Settle. Nil
	// watches nothing.
	Settled func(name string, info fs.FileInfo) bool

	// Known tells when these bytes were first received, under whatever path. Nil
	// remembers nothing.
	Known func(sha256 string) (submission.Receipt, bool)
	// SeenUnder lists the paths under which bytes were seen before, oldest first. Nil
	// remembers nothing.
	SeenUnder func(sha256 string) (paths []string)
	// Replaced lists the bytes that were seen under a path before, oldest first.
	// Nil remembers nothing.
	Replaced func(path string) (sha256 []string)
	// Arrived tells when a file came of which nothing is known yet, as whoever
	// watches the folder saw it; name is its path as the folder spells it, and
	// modified its own time. Nil watches
	// nothing, and then a file's own time is all there is.
	Arrived func(name string, modified time.Time) (submission.Receipt, bool)
	// Progress is told how many of the entries have been taken, after each. Nil is
	// silent. Nothing that is read depends on it.
	Progress func(done, total int)

	// Remembered gives what these bytes said under this path when they were read
	// before, by the same program against the same catalogue and settings, and
	// Remember is given what was read anew. Both may be called from several
	// goroutines; Remember must not keep hold of what it is given. Nil reads all
	// anew.
	Remembered func(path, sha256 string) (submission.Reading, bool)
	Remember   func(submission.Reading)
}

// Collect takes in everything below the folder, ordered by path. The error is
// about the folder itself or the context; a file's trouble is a finding.
func (f Folder) Collect(ctx context.Context) (submission.Batch, error) {
	if f.Limits == (workbook.Limits{}) {
		f.Limits = workbook.DefaultLimits()
	}
	root, err := os.OpenRoot(f.Root)
	if err != nil {
		return nil, fmt.Errorf("open inputs: %w", err)
	}
	defer root.Close()
	entries, err := list(root)
	if err != nil {
		return nil, fmt.Errorf("list inputs %s: %w", f.Root, err)
	}
	c := collection{Folder: f, root: root, words: newLexicon(f.Catalogue, f.Timetable), entries: entries, batch: make(submission.Batch, len(entries)), papers: make([]bool, len(entries))}
	c.rooms.New = func() any { return new(bytes.Buffer) }
	if err := c.takeAll(ctx); err != nil {
		return nil, fmt.Errorf("take in %s: %w", f.Root, err)
	}
	c.receive()
	c.markDuplicates()
	c.attach()
	c.noteLocks()
	for i := range c.batch {
		finding.Sort(c.batch[i].Findings)
	}
	return c.batch, nil
}

// workers is how many files are read at a time. Each holds one file in memory,
// and what a file says does not depend on its turn.
const workers = 2

// collection is one pass over the folder. batch[i] is what became of
// entries[i].
type collection struct {
	Folder
	root    *os.Root
	words   *lexicon
	entries []entry
	batch   submission.Batch
	papers  []bool // by index: scans and documents, which may be attachments
	book    register
	rooms   sync.Pool // of *bytes.Buffer, for the bytes of one file
}

// free gives back what a file was read into; what an unusual one needed is not kept.
func (c *collection) free(room *bytes.Buffer) {
	const kept = 1 << 20
	if room.Cap() <= kept {
		room.Reset()
		c.rooms.Put(room)
	}
}

// takeAll reads what is settled, then waits once for what is young.
func (c *collection) takeAll(ctx context.Context) error {
	now := c.Now()
	var settled, young []int
	for i, e := range c.entries {
		if c.Settled != nil {
			if e.readable() && !c.Settled(e.name, e.info) {
				c.batch[i] = notYet(e) // left for the next pass, without waiting
			} else {
				settled = append(settled, i)
			}
			continue
		}
		// A time in the future is no proof of age either.
		if e.readable() && now.Sub(e.info.ModTime()) < c.Settle {
			young = append(young, i)
			continue
		}
		settled = append(settled, i)
	}
	var guard sync.Mutex
	done := 0
	take := func(i int) {
		c.batch[i] = c.take(i)
		if c.Progress != nil {
			guard.Lock()
			defer guard.Unlock()
			done++
			c.Progress(done, len(c.entries))
		}
	}
	if err := parallel.Each(ctx, settled, workers, take); err != nil || len(young) == 0 {
		return err
	}
	wait := time.NewTimer(c.Recheck)
	defer wait.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-wait.C:
	}
	return parallel.Each(ctx, young, workers, take)
}

// notYet is a file that is not complete.
func notYet(e entry) submission.Received {
	file := submission.File{Path: e.path, Size: e.info.Size()}
	if e.name != e.path {
		file.OnDisk = e.name
	}
	return set(file, submission.Deferred, finding.New(finding.StillBeingWritten))
}

// take settles what one entry is. Whatever changed since it was listed is left
// for the next pass.
func (c *collection) take(i int) submission.Received {
	e := c.entries[i]
	file := submission.File{Path: e.path, Disposition: submission.Ignored}
	switch e.kind {
	case ignored:
		return submission.Received{File: file}
	case unreadable:
		return set(file, submission.UnusableFile, finding.New(finding.FileUnreadable).With("detail", reason(e.err)))
	case vanished:
		return set(file, submission.Deferred, finding.New(finding.StillBeingWritten))
	case irregular:
		return set(file, submission.UnusableFile, finding.New(finding.NotARegularFile).With("kind", irregularKind(e.info.Mode())))
	}
	file.Size = e.info.Size()
	if e.name != e.path {
		file.OnDisk = e.name
	}
	limit := c.Limits.File
	if e.kind == registerFile {
		limit = registerLimit
	}
	room := c.rooms.Get().(*bytes.Buffer)
	defer c.free(room)
	trouble := fetch(c.root, e, limit, room)
	data := room.Bytes()
	if trouble == nil && hollow(data, e.info.ModTime(), c.Now()) {
		trouble = stillWritten()
	}
	if e.kind == registerFile {
		r := submission.Received{File: file}
		if trouble != nil {
			f := finding.New(finding.RegisterUnreadable).With("detail", string(trouble.finding.Code))
			return set(file, submission.Ignored, f)
		}
		c.book, r.Findings = readRegister(e.path, data, c.Now(), zone(c.Timetable))
		return r
	}
	if trouble != nil {
		return set(file, trouble.disposition, trouble.finding)
	}
	r := c.read(hashed(file, data), data)
	c.papers[i] = r.Paper
	return r.Received
}

// read reads a file, unless it is remembered what it says.
func (c *collection) read(file submission.File, data []byte) submission.Reading {
	if c.Remembered != nil {
		if r, ok := c.Remembered(file.Path, file.SHA256); ok {
			r.File.OnDisk = file.OnDisk
			return r
		}
	}
	var r submission.Reading
	r.Received, r.Paper = readBytes(file, data, c.words, c.Limits)
	if c.Remember != nil {
		c.Remember(r)
	}
	return r
}

func set(file submission.File, d submission.Disposition, f finding.Finding) submission.Received {
	file.Disposition = d
	f.File = file.Path
	return submission.Received{File: file, Findings: []finding.Finding{f}}
}

func zone(t period.Timetable) *time.Location {
	if t.Zone == nil {
		return time.UTC
	}
	return t.Zone
}

// receive says when each file was received: by the office's register, else as
// remembered, else as it was seen to arrive, else by the file's own time.
func (c *collection) receive() {
	now := c.Now()
	for i, e := range c.entries {
		if e.kind != report {
			continue
		}
		r := &c.batch[i]
		came := submission.Receipt{At: e.info.ModTime(), From: submission.FromFileTimes}
		if came.At.After(now) {
			came.At = now // the share's clock is ahead: nothing comes after it is seen
		}
		if c.Arrived != nil {
			if seen, ok := c.Arrived(e.name, e.info.ModTime()); ok {
				came = seen
			}
		}
		if c.Known != nil && r.File.SHA256 != "" {
			if known, ok := c.Known(r.File.SHA256); ok {
				came = known
			}
		}
		if row, ok := c.book.find(r.File.Path, c.nth(r.File)); ok {
			came = submission.Receipt{At: row.at, From: submission.FromRegister, Channel: row.channel}
		}
		r.Receive(came, zone(c.Timetable))
	}
}

// nth counts the other bytes that were seen under a file's path before its own.
func (c *collection) nth(f submission.File) int {
	if c.Replaced == nil {
		return 0
	}
	before := c.Replaced(f.Path)
	if i := slices.Index(before, f.SHA256); i >= 0 {
		return i
	}
	return len(before)
}

// markDuplicates lets one of several files with the same bytes count: one that can,
// so that a copy in the wrong folder does not take the place of the one in the right
// folder, the one that lay there first, else the first by path.
func (c *collection) markDuplicates() {
	kept := make(map[string]int)
	for i, r := range c.batch {
		if first, seen := kept[r.File.SHA256]; !seen || c.precedes(i, first) {
			kept[r.File.SHA256] = i
		}
	}
	for i := range c.batch {
		r := &c.batch[i]
		k := kept[r.File.SHA256]
		if r.File.SHA256 == "" || k == i {
			continue
		}
		if other := r.File.Receipt(); other.Prevails(c.batch[k].File.Receipt()) {
			c.batch[k].Receive(other, zone(c.Timetable)) // whichever copy came first, the unit had reported
		}
		first := c.batch[k].File
		r.File.Disposition, r.File.Unit, r.File.Period = submission.Duplicate, first.Unit, first.Period
		note := finding.New(finding.AlreadyReceived).With("first_file", first.Path)
		note.File, note.Unit, note.Period = r.File.Path, first.Unit, first.Period
		r.Submission, r.Findings = nil, []finding.Finding{note}
	}
}

// precedes reports whether one of two files with the same bytes, the later by path, is
// to count rather than the other.
func (c *collection) precedes(later, earlier int) bool {
	a, b := c.batch[later].File, c.batch[earlier].File
	counts := func(f submission.File) bool { return f.Disposition == submission.Counted }
	switch {
	case counts(a) != counts(b):
		return counts(a)
	case c.SeenUnder == nil:
		return false
	}
	paths := c.SeenUnder(a.SHA256)
	age := func(path string) int {
		if i := slices.Index(paths, path); i >= 0 {
			return i
		}
		return len(paths)
	}
	return age(a.Path) < age(b.Path)
}

// noteLocks tells, beside a file, that somebody has it open. That does not
// keep it from being read: what is read is what was saved last.
func (c *collection) noteLocks() {
	for _, lock := range c.entries {
		target, ok := lockedFile(lock.path)
		if !ok {
			continue
		}
		i := slices.IndexFunc(c.entries, func(e entry) bool { return e.path == target && e.kind == report })
		if i < 0 {
			continue
		}
		r := &c.batch[i]
		f := finding.New(finding.OpenElsewhere)
		f.File, f.Unit, f.Period = r.File.Path, r.File.Unit, r.File.Period
		r.Findings = append(r.Findings, f)
	}
}

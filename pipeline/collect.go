package pipeline

import (
	"context"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"

	"tonghop/pipeline/finding"
	"tonghop/pipeline/intake"
	"tonghop/pipeline/ledger"
	"tonghop/pipeline/period"
	"tonghop/pipeline/submission"
)

// Collect takes in every file under inputs, and those that disappeared from it
// after their period was published. It writes nothing and takes no lock.
func (p *Pipeline) Collect(ctx context.Context) (submission.Batch, error) {
	batch, _, err := p.collect(ctx)
	return batch, err
}

// collect is Collect, and gives the readings that may be remembered.
func (p *Pipeline) collect(ctx context.Context) (submission.Batch, *readings, error) {
	past, err := p.recall(ctx)
	if err != nil {
		return nil, nil, fmt.Errorf("read ledger: %w", err)
	}
	folder := intake.Folder{
		Root: p.Inputs, Catalogue: p.Catalogue, Timetable: p.Timetable, Limits: p.Limits,
		Settle: p.Settle, Recheck: p.Recheck, Now: p.Now, Known: past.known, Replaced: past.replaced,
		SeenUnder: past.seenUnder, Arrived: p.Arrived, Settled: p.Settled,
		Progress:   p.watched(Reading),
		Remembered: past.readings.remembered, Remember: past.readings.remember,
	}
	batch, err := folder.Collect(ctx)
	if err != nil {
		return nil, nil, &InputsError{Folder: p.Inputs, Err: err}
	}
	past.readings.known = nil // what is left is of no file that is there
	vanished, err := p.vanished(past, batch)
	if err != nil {
		return nil, nil, fmt.Errorf("kept originals: %w", err)
	}
	if emptied(batch, vanished) {
		return nil, nil, &EmptiedError{Folder: p.Inputs, Files: len(vanished)}
	}
	batch = append(batch, vanished...)
	slices.SortStableFunc(batch, func(a, b submission.Received) int { return strings.Compare(a.File.Path, b.File.Path) })
	returned(past, batch)
	for i := range batch {
		batch[i].File.SeenUnder = past.seenUnder(batch[i].File.SHA256)
	}
	return batch, past.readings, nil
}

// InputsError says that the folder of submissions cannot be read.
type InputsError struct {
	Folder string
	Err    error
}

func (e *InputsError) Error() string { return "inputs " + e.Folder + ": " + e.Err.Error() }

// EmptiedError says that nothing of what was received is left in the folder of
// submissions: most likely a share is not connected. To go on would withdraw every
// report of the city, or find that nobody has reported.
type EmptiedError struct {
	Folder string
	Files  int // that were there
}

func (e *EmptiedError) Error() string {
	return fmt.Sprintf("inputs %s: none of %d files is left", e.Folder, e.Files)
}

// fewest is how many reports that are not published yet must vanish at once, with
// none left, to look like a share that is away although something lies there: the
// folder at which it is mounted need not be empty, but it holds no report.
const fewest = 3

// emptied reports whether the folder is more likely away than emptied. The office's
// register in it proves that it is the right one.
func emptied(batch, vanished submission.Batch) bool {
	stays := func(r submission.Received) bool {
		return r.File.Path == intake.RegisterName || r.Submission != nil
	}
	if len(batch) == 0 {
		return len(vanished) > 0
	}
	gone := 0
	for _, r := range vanished {
		if r.File.Disposition == submission.Gone {
			gone++
		}
	}
	return gone >= fewest && !slices.ContainsFunc(batch, stays)
}

// Unwrap returns what the system said.
func (e *InputsError) Unwrap() error { return e.Err }

// memory is what the ledger knew when the run began.
type memory struct {
	files     []ledger.Received
	first     map[string]submission.Receipt // when bytes were first received, by sha256
	under     map[string][]string           // the bytes seen under a path, oldest first
	paths     map[string][]string           // those under which bytes were seen, oldest first
	published []period.Span
	original  func(hash string) ([]byte, error)
	readings  *readings
}

func (p *Pipeline) recall(ctx context.Context) (memory, error) {
	l, err := p.reading(ctx)
	if err != nil {
		return memory{}, err
	}
	read := newReadings(p.readerVersion())
	if l == nil {
		return memory{readings: read}, nil
	}
	defer l.Close()
	if err := read.load(ctx, l); err != nil {
		return memory{}, err
	}
	files, err := l.Files(ctx)
	if err != nil {
		return memory{}, err
	}
	periods, err := l.Periods(ctx)
	if err != nil {
		return memory{}, err
	}
	m := memory{
		files: files, original: l.Original, readings: read,
		first: make(map[string]submission.Receipt, len(files)), under: make(map[string][]string, len(files)), paths: make(map[string][]string, len(files)),
	}
	for _, f := range files { // in the ledger's order of first sight
		came := submission.Receipt{At: f.ReceivedAt, From: submission.ReceivedFrom(f.ReceivedFrom), Channel: f.Channel}
		if first, ok := m.first[f.SHA256]; !ok || came.Prevails(first) {
			m.first[f.SHA256] = came
		}
		m.under[f.Path] = append(m.under[f.Path], f.SHA256)
		m.paths[f.SHA256] = append(m.paths[f.SHA256], f.Path)
	}
	for _, name := range periods {
		if sel, err := period.ParseSelector(name); err == nil {
			m.published = append(m.published, sel.Span)
		}
	}
	return m, nil
}

// renewLedger brings the ledger of an older program up to date before it is
// asked what was received: a run that could not read it would take late files
// for new ones and lose those that have vanished.
func (p *Pipeline) renewLedger(ctx context.Context) (err error) {
	book, err := ledger.OpenReading(ctx, p.ledgerPath())
	if err == nil {
		return book.Close()
	}
	var older *ledger.OlderError
	if !errors.As(err, &older) {
		return nil // whatever else it is, opening it for reading tells
	}
	lock, err := ledger.Acquire(ctx, p.State, p.LockWait)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, lock.Release()) }()
	if book, err = ledger.Open(ctx, p.ledgerPath()); err != nil {
		return err
	}
	return book.Close()
}

// wasPublished reports whether a month lies in any published period.
func (m memory) wasPublished(month period.Month) bool {
	return !month.IsZero() && slices.ContainsFunc(m.published, func(s period.Span) bool { return s.Contains(month) })
}

// known tells intake when these bytes were first received, under whatever name:
// neither touching nor renaming a file makes it late.
func (m memory) known(sha256 string) (first submission.Receipt, ok bool) {
	first, ok = m.first[sha256]
	return first, ok
}

// seenUnder lists the paths under which bytes were seen, oldest first.
func (m memory) seenUnder(sha256 string) []string { return m.paths[sha256] }

// replaced lists the bytes seen under a path, oldest first.
func (m memory) replaced(path string) []string { return m.under[path] }

// vanished are the files that the ledger knows and the folder no longer holds.
// Once its period is published a file still counts, from its kept original; one
// that goes before that is withdrawn. A file that cannot be read now has not gone:
// what it said last counts until it can.
func (p *Pipeline) vanished(past memory, batch submission.Batch) (submission.Batch, error) {
	here := map[ledger.Key]bool{}
	bytesHere := map[string]bool{}
	unread := map[string]bool{} // files and folders
	for _, r := range batch {
		here[ledger.Key{SHA256: r.File.SHA256, Path: r.File.Path}] = true
		bytesHere[r.File.SHA256] = true
		if r.File.SHA256 == "" && r.File.Disposition != submission.Ignored {
			unread[r.File.Path] = true
		}
	}
	held := map[string]bool{} // bytes that most likely lie in what cannot be read
	for _, f := range past.files {
		if hidden(f.Path, unread) {
			held[f.SHA256] = true
		}
	}
	var gone submission.Batch
	for _, f := range past.files {
		// Bytes that are still there under another name were moved, not removed.
		if here[f.Key()] || bytesHere[f.SHA256] || held[f.SHA256] && !hidden(f.Path, unread) || !f.Withdrawn.IsZero() {
			continue
		}
		file := submission.File{Path: f.Path, SHA256: f.SHA256, Size: f.Size, ReceivedAt: f.ReceivedAt, Unit: f.Unit}
		file.Period, _ = period.ParseMonth(f.Period)
		if past.wasPublished(file.Period) || hidden(f.Path, unread) {
			data, err := past.original(f.SHA256)
			if err != nil {
				return nil, err
			}
			r := intake.Read(file, data, p.Catalogue, p.Timetable, p.Limits)
			if r.Submission != nil {
				r.Submission.ReceivedAt = f.ReceivedAt
				r.Submission.ReceivedFrom = submission.ReceivedFrom(f.ReceivedFrom)
				r.Submission.Channel = f.Channel
			}
			gone = append(gone, r)
			continue
		}
		file.Disposition = submission.Gone
		note := finding.New(finding.Withdrawn)
		note.File, note.Unit, note.Period = f.Path, f.Unit, file.Period
		gone = append(gone, submission.Received{File: file, Findings: []finding.Finding{note}})
	}
	return gone, nil
}

// hidden reports whether a path is, or lies in, what cannot be read now.
func hidden(file string, unread map[string]bool) bool {
	for ; file != "." && file != "/"; file = path.Dir(file) {
		if unread[file] {
			return true
		}
	}
	return false
}

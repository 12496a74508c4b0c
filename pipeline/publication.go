package pipeline

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"tonghop/pipeline/atomicfile"
	"tonghop/pipeline/decision"
	"tonghop/pipeline/finding"
	"tonghop/pipeline/ledger"
	"tonghop/pipeline/publish"
	"tonghop/pipeline/report"
	"tonghop/pipeline/report/export"
	"tonghop/pipeline/report/pdf"
	"tonghop/pipeline/submission"
)

// writer is what a command that publishes holds while it writes.
type writer struct {
	book    *ledger.Ledger
	outputs publish.Outputs
	// lost are the periods whose newest revision is gone from the outputs.
	lost     map[string]bool
	setAside []string
	// adopted are the folders that were taken in as revisions, by period.
	adopted map[string][]string
}

// writing does something under the lock, with the ledger open and the outputs
// put in order.
func (p *Pipeline) writing(ctx context.Context, do func(*writer) error) (err error) {
	lock, err := ledger.Acquire(ctx, p.State, p.LockWait)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, lock.Release()) }()
	if _, err := atomicfile.RemoveLeftoversOf(p.lastRunPath()); err != nil {
		return err
	}
	book, err := ledger.Open(ctx, p.ledgerPath())
	if err != nil {
		return err
	}
	defer book.Close()
	w := &writer{book: book, outputs: publish.Outputs{Dir: p.Outputs}}
	if err := w.recover(ctx); err != nil {
		return fmt.Errorf("recover outputs: %w", err)
	}
	return do(w)
}

// publish records what was received and, if anything that reaches the page has
// changed, publishes a new revision. The report of a period that is signed does
// not change.
func (p *Pipeline) publish(ctx context.Context, out *Outcome, v view) error {
	return p.writing(ctx, func(w *writer) (err error) {
		out.SetAside = w.setAside
		for _, dirs := range w.adopted {
			out.Adopted = append(out.Adopted, dirs...)
		}
		slices.Sort(out.Adopted)
		if err := p.record(ctx, w.book, v); err != nil {
			return fmt.Errorf("record files: %w", err)
		}
		if err := p.recordDecisions(ctx, w.book, v.office); err != nil {
			return fmt.Errorf("record decisions: %w", err)
		}
		for _, t := range out.written {
			if err := w.book.Keep(t.sha256, t.data); err != nil {
				return fmt.Errorf("keep %s: %w", t.path, err)
			}
		}
		name := out.Period.String()
		last, exists, err := w.book.Latest(ctx, name)
		if err != nil {
			return err
		}
		if out.Seal, err = p.seal(ctx, w, v, out); err != nil {
			return err
		}
		if err := p.reconcile(ctx, w, v, out); err != nil {
			return fmt.Errorf("reconcile: %w", err)
		}
		fingerprint := p.fingerprint(out)
		stands := exists && !w.lost[name] && (out.Seal != nil || last.Fingerprint == fingerprint)
		if stands && out.Seal == nil && len(w.adopted[name]) > 0 {
			if stands, err = p.isAsDrawn(last, out, w, v); err != nil {
				return fmt.Errorf("hold adopted revision against figures: %w", err)
			}
		}
		switch {
		case stands:
			err = p.stand(out, w, last)
		case out.Seal != nil:
			err = &LostSealError{Period: name, Revision: out.Seal.Revision}
		default:
			err = p.newRevision(ctx, out, w, v, issue{number: last.Number + 1, against: last.Number, fingerprint: fingerprint})
		}
		if err != nil {
			return err
		}
		if out.seals, err = p.monthSeals(ctx, w, v, out.Period); err != nil {
			return err
		}
		out.Feedback, err = p.feedback(ctx, out, v.checked)
		return err
	})
}

// stand leaves the newest revision as it is, and puts back those of its copies
// at the top that differ. One whose manifest is not the one that was recorded was
// replaced as a whole, and is *publish.DamagedError.
func (p *Pipeline) stand(out *Outcome, w *writer, last ledger.Revision) (err error) {
	out.Unchanged = true
	if out.Revision, _, err = w.outputs.Current(out.Period.String()); err != nil {
		return err
	}
	if out.Revision.ManifestSHA256 != last.ManifestSHA256 {
		return &publish.DamagedError{Dir: out.Revision.Dir, File: publish.ManifestName, Err: errors.New("its manifest is not the one that was recorded")}
	}
	out.Delayed, err = w.outputs.Refresh(out.Period.String())
	return err
}

// isAsDrawn reports whether a revision that was adopted is what would be drawn of
// these figures. Its manifest proves that it is whole, and not who made it: whoever
// may write to the outputs can make one. One that was left by a stopped run is the
// same to the byte.
func (p *Pipeline) isAsDrawn(adopted ledger.Revision, out *Outcome, w *writer, v view) (bool, error) {
	as := issue{number: adopted.Number, against: adopted.Number - 1}
	since, err := p.since(w.outputs, out, as.against)
	if err != nil {
		return false, err
	}
	v.asOf = adopted.AsOf
	files, err := p.draw(out, v, as, since)
	if err != nil {
		return false, err
	}
	for _, f := range files {
		drawn := sha256.New()
		if err := f.Content(drawn); err != nil {
			return false, err
		}
		if !slices.ContainsFunc(adopted.Files, func(one ledger.PublishedFile) bool {
			return one.Name == f.Name && one.SHA256 == hex.EncodeToString(drawn.Sum(nil))
		}) {
			return false, nil
		}
	}
	return len(files) == len(adopted.Files), nil
}

// recover adopts revisions that an interrupted run put in place without
// recording them, and finds which periods have lost their newest revision.
func (w *writer) recover(ctx context.Context) error {
	fresh, err := w.book.Fresh(ctx)
	if err != nil {
		return err
	}
	numbers, err := w.book.Numbers(ctx)
	if err != nil {
		return err
	}
	found, err := w.outputs.Recover(numbers, fresh)
	if err != nil {
		return err
	}
	w.adopted = map[string][]string{}
	for _, a := range found.Adopted {
		w.adopted[a.Manifest.Period] = append(w.adopted[a.Manifest.Period], a.Dir)
		if err := w.book.Publish(ctx, revision(a.Published, a.WrittenAt)); err != nil {
			return fmt.Errorf("adopt %s: %w", a.Dir, err)
		}
		if _, err := w.outputs.Refresh(a.Manifest.Period); err != nil {
			return err
		}
	}
	w.setAside = found.SetAside
	w.lost = map[string]bool{}
	for _, l := range found.Lost {
		if all := numbers[l.Period]; l.Number == all[len(all)-1] {
			w.lost[l.Period] = true
		}
	}
	return nil
}

// record keeps the bytes of every file that was read and notes when it was
// first seen.
func (p *Pipeline) record(ctx context.Context, book *ledger.Ledger, v view) error {
	now := p.Now()
	if err := p.keepAll(book, v.checked.Batch()); err != nil {
		return err
	}
	var received []ledger.Received
	var gone []ledger.Key
	for _, r := range v.checked.Batch() {
		f := r.File
		switch {
		case f.Disposition == submission.Gone:
			gone = append(gone, ledger.Key{SHA256: f.SHA256, Path: f.Path})
			continue
		case f.SHA256 == "":
			continue
		}
		one := ledger.Received{
			SHA256: f.SHA256, Path: f.Path, Size: f.Size, FirstSeen: now,
			ReceivedAt: f.ReceivedAt, ReceivedFrom: string(f.ReceivedFrom), Channel: f.Channel,
			Unit: f.Unit, Period: f.Period.String(),
		}
		received = append(received, one)
	}
	if err := book.Receive(ctx, received); err != nil {
		return err
	}
	if err := v.readings.save(ctx, book); err != nil {
		return err
	}
	return book.Gone(ctx, now, gone...)
}

// keepers is how many originals are kept at a time: most of the time goes by
// waiting for the disk to have them.
const keepers = 4

// keepAll keeps the bytes of every file that was read. After a failure no other
// file is begun.
func (p *Pipeline) keepAll(book *ledger.Ledger, batch submission.Batch) error {
	var files []submission.File // one for each content
	seen := make(map[string]bool, len(batch))
	for _, r := range batch {
		if f := r.File; f.SHA256 != "" && f.Disposition != submission.Gone && !seen[f.SHA256] {
			seen[f.SHA256] = true
			files = append(files, f)
		}
	}
	failed := make([]error, len(files))
	var next atomic.Int64
	var stop atomic.Bool
	var wait sync.WaitGroup
	for range keepers {
		wait.Go(func() {
			for i := next.Add(1) - 1; i < int64(len(files)) && !stop.Load(); i = next.Add(1) - 1 {
				if failed[i] = p.keep(book, files[i]); failed[i] != nil {
					stop.Store(true)
				}
			}
		})
	}
	wait.Wait()
	return cmp.Or(failed...)
}

// keep stores a file's bytes, if they are still those that were read.
func (p *Pipeline) keep(book *ledger.Ledger, f submission.File) error {
	if book.Kept(f.SHA256, f.Size) {
		return nil
	}
	data, err := os.ReadFile(filepath.Join(p.Inputs, filepath.FromSlash(f.Name())))
	if err != nil {
		return err
	}
	if hash := sha256.Sum256(data); hex.EncodeToString(hash[:]) != f.SHA256 {
		return &ChangedError{Path: f.Path}
	}
	return book.Keep(f.SHA256, data)
}

// ChangedError says that a file was replaced while the run was under way:
// its figures would have no original.
type ChangedError struct{ Path string }

func (e *ChangedError) Error() string { return e.Path + " changed during the run" }

// fingerprint covers everything that reaches the page but the moment of
// printing: two runs with equal fingerprints would print the same report.
func (p *Pipeline) fingerprint(out *Outcome) string {
	shown := p.exported(out, 0, time.Time{})
	shown.Files = slices.DeleteFunc(slices.Clone(shown.Files), func(f submission.File) bool { return passing(f.Disposition) })
	shown.Findings = slices.DeleteFunc(slices.Clone(shown.Findings), func(f export.Finding) bool {
		return f.Severity == finding.Note && f.Code.Definition().Stage == finding.StageFile || f.Code == finding.StillBeingWritten
	})
	figures := sha256.New()
	if err := export.JSON(figures, shown); err != nil {
		panic(err) // strings and numbers always encode
	}
	text, err := json.Marshal(out.Text.Printed())
	if err != nil {
		panic(err)
	}
	paragraphs, err := json.Marshal(report.Paragraphs(report.Input{Summary: out.Summary, Phrases: p.Phrases}))
	if err != nil {
		panic(err)
	}
	settings, err := json.Marshal(struct {
		Office      report.Office
		Language    string
		Sample      bool
		Projections bool
		Editions    []report.Edition
		Annexes     []report.Annex
		Page        pdf.Options
	}{p.Office, string(p.Phrases.Language()), sample(out), p.Projections, p.Editions, p.Annexes, p.Page})
	if err != nil {
		panic(err)
	}
	parts := []publish.Part{
		{Name: "figures", Data: figures.Sum(nil)},
		{Name: "text", Data: text},
		{Name: "paragraphs", Data: paragraphs},
		{Name: "settings", Data: settings},
		{Name: "program", Data: []byte(p.Program)},
	}
	// The page says more under this setting; under the other it is no part of it.
	if a := out.Summary.Areas; a != nil {
		parts = append(parts, publish.Part{Name: "areas", Data: []byte(a.Text())})
	}
	return publish.Fingerprint(parts...)
}

// passing are dispositions that say nothing about the period's report: what is
// still being written, lock files, other periods.
func passing(d submission.Disposition) bool {
	switch d {
	case submission.Deferred, submission.Ignored, submission.OtherPeriod, submission.Duplicate, submission.Gone:
		return true
	}
	return false
}

// issue is what a new revision is issued as.
type issue struct {
	number int
	// against is the revision that it is held against, 0 for none: for a draft
	// the one before, for what is signed the one that was signed before.
	against     int
	fingerprint string
	signed      *decision.Signature // nil for a draft
}

// newRevision publishes a revision.
func (p *Pipeline) newRevision(ctx context.Context, out *Outcome, w *writer, v view, as issue) error {
	since, err := p.since(w.outputs, out, as.against)
	if err != nil {
		return err
	}
	files, err := p.draw(out, v, as, since)
	if err != nil {
		return fmt.Errorf("draw: %w", err)
	}
	var used []string
	for _, s := range v.checked.Used(out.Period) {
		used = append(used, s.Originals()...)
	}
	draft := publish.Draft{
		Period: out.Period.String(), Number: as.number, Fingerprint: as.fingerprint,
		About: publish.About{
			AsOf: v.asOf, Program: p.Program,
			Catalogue: publish.Catalogue{ID: p.Catalogue.ID, SHA256: p.Catalogue.SHA256, Source: p.CatalogueSource},
			Signed:    as.signed,
		},
		Submissions: used, Files: files,
	}
	published, delayed, err := w.outputs.Revision(ctx, draft, func(ctx context.Context, done publish.Published) error {
		return w.book.Publish(ctx, revision(done, p.Now()))
	})
	if err != nil {
		return err
	}
	out.Revision, out.Delayed = published, delayed
	return nil
}

func revision(p publish.Published, at time.Time) ledger.Revision {
	m := p.Manifest
	r := ledger.Revision{
		Period: m.Period, Number: m.Revision, Fingerprint: m.Fingerprint, AsOf: m.AsOf,
		PublishedAt: at, ManifestSHA256: p.ManifestSHA256, Program: m.Program, Submissions: m.Submissions,
	}
	if m.Signed != nil {
		r.SignedBy = m.Signed.Decision
	}
	for _, f := range m.Files {
		r.Files = append(r.Files, ledger.PublishedFile{Name: f.Name, SHA256: f.SHA256, Size: f.Size})
	}
	return r
}

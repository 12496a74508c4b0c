package pipeline

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"tonghop/pipeline/finding"
	"tonghop/pipeline/ledger"
	"tonghop/pipeline/period"
	"tonghop/pipeline/submission"
)

// Reception takes files in between publications, for a service. It remembers what
// it answered, so that what has come costs the answers of its own months only.
type Reception struct {
	answered map[ledger.Key]bool
	office   [sha256.Size]byte // what the office had decided
}

// Arrivals is what taking in the inputs brought.
type Arrivals struct {
	// New are the files that were never taken in before, by path.
	New []Arrival
	// Deferred are the files that could not be taken in yet, as the folder spells
	// them: they are still being written, or somebody holds them.
	Deferred []string
	// Files is how many were seen, and Answers what their units got back.
	Files   int
	Answers []Feedback
	// Findings counts what is said about all files, by severity.
	Findings map[finding.Severity]int
}

// Unanswered is an *UnansweredError where answers could not be written, else nil.
// The next call tries them again.
func (a Arrivals) Unanswered() error { return unanswered(a.Answers...) }

// Arrival is one file.
type Arrival struct {
	submission.File
	Status string // as its unit is told
}

// Receive takes in every file, records it, and answers all of each month for which
// something is new: a new file may take the place of an older one, whose unit must
// know. Nothing is published. At the first call everything is new, and so it is
// after a change of definitions if the caller begins with another Reception.
func (r *Reception) Receive(ctx context.Context, p *Pipeline) (Arrivals, error) {
	if err := p.renewLedger(ctx); err != nil {
		return Arrivals{}, fmt.Errorf("renew ledger: %w", err)
	}
	v, err := p.look(ctx, time.Time{})
	if err != nil {
		return Arrivals{}, err
	}
	office, err := json.Marshal(v.office.decisions)
	if err != nil {
		return Arrivals{}, fmt.Errorf("compare decisions: %w", err)
	}
	got := Arrivals{Findings: map[finding.Severity]int{}}
	for _, f := range v.checked.All() {
		got.Findings[f.Severity]++
	}
	decided := sha256.Sum256(office)
	fresh, months := r.news(&got, v, decided != r.office)
	err = p.writing(ctx, func(w *writer) error {
		recorded, err := w.book.Files(ctx)
		if err != nil {
			return err
		}
		before := map[ledger.Key]bool{}
		for _, f := range recorded {
			before[f.Key()] = true
		}
		if err := p.record(ctx, w.book, v); err != nil {
			return fmt.Errorf("record files: %w", err)
		}
		if err := p.recordDecisions(ctx, w.book, v.office); err != nil {
			return fmt.Errorf("record decisions: %w", err)
		}
		for _, m := range months {
			if err := p.answerMonth(ctx, w, v, m, &got, before); err != nil {
				return fmt.Errorf("answer %s: %w", m, err)
			}
		}
		return nil
	})
	if err != nil {
		return Arrivals{}, err
	}
	if got.Unanswered() != nil {
		return got, nil
	}
	if r.answered == nil {
		r.answered = map[ledger.Key]bool{}
	}
	for key := range fresh {
		r.answered[key] = true
	}
	r.office = decided
	return got, nil
}

// news finds the files that were not answered yet, and the months whose answers may
// change by them.
func (r *Reception) news(got *Arrivals, v view, decided bool) (fresh map[ledger.Key]bool, months []period.Month) {
	fresh = map[ledger.Key]bool{}
	v.checked.Concerned(func(f submission.File, about []period.Month) {
		key := ledger.Key{SHA256: f.SHA256, Path: f.Path}
		switch {
		case f.Disposition == submission.Gone:
			delete(r.answered, key)
		case f.Disposition == submission.Deferred:
			got.Deferred = append(got.Deferred, f.Name())
		case f.SHA256 != "":
			got.Files++
			if !r.answered[key] {
				fresh[key] = true
			}
			if fresh[key] || decided {
				months = append(months, about...)
			}
		}
	})
	slices.SortFunc(months, period.Month.Compare)
	return fresh, slices.Compact(months)
}

// answerMonth answers the files of one month as a run of it would.
func (p *Pipeline) answerMonth(ctx context.Context, w *writer, v view, m period.Month, got *Arrivals, before map[ledger.Key]bool) error {
	out, err := p.consider(v, period.SpanOf(period.Monthly, m, period.Month{}))
	if err != nil {
		return err
	}
	if out.Seal, err = p.seal(ctx, w, v, &out); err != nil {
		return err
	}
	done, err := p.feedback(ctx, &out, v.checked)
	if err != nil {
		return err
	}
	got.Answers = append(got.Answers, done)
	desk := p.answerDesk(&out, v.checked)
	for _, f := range out.Files {
		known := func(a Arrival) bool { return a.Path == f.Path && a.SHA256 == f.SHA256 }
		if answered(f) && !before[ledger.Key{SHA256: f.SHA256, Path: f.Path}] && !slices.ContainsFunc(got.New, known) {
			got.New = append(got.New, Arrival{File: f, Status: desk.input(f).Status})
		}
	}
	return nil
}

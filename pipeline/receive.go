package pipeline

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"time"

	"tonghop/pipeline/finding"
	"tonghop/pipeline/ledger"
	"tonghop/pipeline/period"
	"tonghop/pipeline/submission"
)

// Reception takes files in between publications, for a service. It remembers what
// the answers rest on, so that what has changed costs the answers of its own months
// only.
type Reception struct {
	// answered is, by month, what the files were as they were answered.
	answered map[period.Month]map[ledger.Key]standing
	// known are the files that are no news: they were in the ledger before the first
	// call, or were told of as new since.
	known  map[ledger.Key]bool
	office [sha256.Size]byte // what the office had decided
	// decisions is how many of its decisions were recorded; none is ever removed.
	decisions int
}

// standing is what answers tell of a file, or depend on.
type standing struct {
	disposition  submission.Disposition
	receivedAt   int64 // as time.Time.UnixNano
	receivedFrom submission.ReceivedFrom
	channel      string
	unit         string
	month        period.Month
}

// Arrivals is what taking in the inputs brought.
type Arrivals struct {
	// New are the files that were never taken in before, by path.
	New []Arrival
	// Deferred are the files that could not be taken in yet, as the folder spells
	// them: they are still being written, or somebody holds them.
	Deferred []string
	// Withdrawn are the files that are no longer there and do not count any more.
	Withdrawn []submission.File
	// Files is how many were seen, Unusable how many of these say nothing that can be
	// used, and Answers what their units got back.
	Files, Unusable int
	Answers         []Feedback
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
// something is new: a new file may take the place of an older one, one that is gone
// may let an older one count again, the register may say that one was on time; their
// units must know. Nothing is published. At the first call everything is new, and so it is
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
	now := standings(&got, v)
	months := r.news(now, decided != r.office)
	err = p.writing(ctx, func(w *writer) error {
		recorded, err := w.book.Files(ctx)
		if err != nil {
			return err
		}
		if r.known == nil {
			r.known = map[ledger.Key]bool{}
			for _, f := range recorded {
				r.known[f.Key()] = true
			}
		}
		if err := p.record(ctx, w.book, v); err != nil {
			return fmt.Errorf("record files: %w", err)
		}
		if err := p.recordDecisions(ctx, w.book, v.office); err != nil {
			return fmt.Errorf("record decisions: %w", err)
		}
		for _, m := range months {
			if err := p.answerMonth(ctx, w, v, m, &got, r.known); err != nil {
				return fmt.Errorf("answer %s: %w", m, err)
			}
		}
		return nil
	})
	if err != nil {
		return Arrivals{}, err
	}
	if r.answered == nil {
		r.answered = map[period.Month]map[ledger.Key]standing{}
	}
	for i, m := range months {
		if len(got.Answers[i].Failed) > 0 {
			r.answered[m] = map[ledger.Key]standing{{}: {}} // owed: no files are like this
			continue
		}
		r.answered[m] = now[m]
	}
	for _, a := range got.New {
		r.known[ledger.Key{SHA256: a.SHA256, Path: a.Path}] = true
	}
	r.office, r.decisions = decided, v.office.recorded+len(v.office.fresh)
	return got, nil
}

// Decided reports whether the office has decided something by a command since the
// last call of Receive: nothing in the inputs tells of it.
func (r *Reception) Decided(ctx context.Context, p *Pipeline) (bool, error) {
	if r.answered == nil {
		return false, nil
	}
	recorded, err := p.recordedDecisions(ctx)
	if err != nil {
		return false, fmt.Errorf("read ledger: %w", err)
	}
	return len(recorded) != r.decisions, nil
}

// standings are by month the files whose readers are told of them there.
func standings(got *Arrivals, v view) map[period.Month]map[ledger.Key]standing {
	now := map[period.Month]map[ledger.Key]standing{}
	v.checked.Concerned(func(f submission.File, about []period.Month) {
		for _, m := range about {
			if f.SHA256 != "" && now[m] == nil { // answered, even where all of them are gone
				now[m] = map[ledger.Key]standing{}
			}
		}
		switch {
		case f.Disposition == submission.Gone:
			got.Withdrawn = append(got.Withdrawn, f)
		case f.Disposition == submission.Deferred:
			got.Deferred = append(got.Deferred, f.Name())
		case f.SHA256 != "":
			got.Files++
			if f.Disposition == submission.UnusableFile || f.Disposition == submission.Held {
				got.Unusable++
			}
			for _, m := range about {
				now[m][ledger.Key{SHA256: f.SHA256, Path: f.Path}] = standing{
					f.Disposition, f.ReceivedAt.UnixNano(), f.ReceivedFrom, f.Channel, f.Unit, f.Period,
				}
			}
		}
	})
	return now
}

// news are the months whose answers may change: those in which a file came, went or
// is not what it was.
func (r *Reception) news(now map[period.Month]map[ledger.Key]standing, decided bool) []period.Month {
	var months []period.Month
	for m, files := range now {
		if before, answered := r.answered[m]; decided || !answered || !maps.Equal(files, before) {
			months = append(months, m)
		}
	}
	for m, files := range r.answered {
		if len(files) > 0 && len(now[m]) == 0 { // all of them are gone
			months = append(months, m)
		}
	}
	slices.SortFunc(months, period.Month.Compare)
	return months
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
		failed := func(u Unanswered) bool { return u.File == f.Path }
		if _, again := desk.first(f); (answered(f) || again) && !slices.ContainsFunc(done.Failed, failed) && !before[ledger.Key{SHA256: f.SHA256, Path: f.Path}] && !slices.ContainsFunc(got.New, known) {
			got.New = append(got.New, Arrival{File: f, Status: desk.input(f).Status})
		}
	}
	return nil
}

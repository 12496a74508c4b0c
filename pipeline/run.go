package pipeline

import (
	"context"
	"fmt"
	"path/filepath"
	"time"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/consolidate"
	"tonghop/pipeline/period"
	"tonghop/pipeline/publish"
	"tonghop/pipeline/report"
	"tonghop/pipeline/submission"
	"tonghop/pipeline/summary"
	"tonghop/pipeline/validate"
	"tonghop/pipeline/wording"
	"tonghop/pipeline/workbook"
)

// Pipeline is a configured conductor. Its fields are not changed by running.
type Pipeline struct {
	Inputs  string // folder of submissions; never written to
	Outputs string // folder of published periods
	State   string // folder of the ledger, kept originals and the lock

	Catalogue       *catalogue.Catalogue
	CatalogueSource string // where the definitions came from, for the manifest
	Timetable       period.Timetable
	ReceivableShare int // percent
	// NewIndicatorGrace is the number of periods for which forms issued before an
	// indicator existed may lack it.
	NewIndicatorGrace int
	// Projections lets the workbook carry counts on to their horizon's end.
	Projections     bool
	Limits          workbook.Limits
	Settle, Recheck time.Duration
	// LockWait is how long a run waits for another to finish its writing.
	LockWait time.Duration

	Phrases wording.Phrases
	Office  report.Office
	Program string // version

	// Now is the clock. It is asked for two things only: whether files have
	// settled, and when something was first seen or published.
	Now func() time.Time
}

// Outcome is what a run did.
type Outcome struct {
	Period   period.Span
	Summary  *summary.Summary
	Files    []submission.File
	Findings []report.Finding
	// Revision is the one that stands now; Unchanged says that it stood before.
	Revision  publish.Published
	Unchanged bool
	// Delayed are top files that could not be replaced, mostly because they are
	// open in Excel.
	Delayed []publish.Delay
	// SetAside are folders that were called like revisions and are none.
	SetAside []string
	Feedback Feedback
}

// Run takes in every file, consolidates the selected period as it stood at
// as-of and publishes it if anything that reaches the page has changed.
// Nothing is written before the outcome is certain: on any error the outputs
// are as they were.
func (p *Pipeline) Run(ctx context.Context, sel period.Selector, asOf time.Time) (Outcome, error) {
	if err := p.renewLedger(ctx); err != nil {
		return Outcome{}, fmt.Errorf("renew ledger: %w", err)
	}
	batch, err := p.Collect(ctx)
	if err != nil {
		return Outcome{}, err
	}
	office, err := p.decided(ctx)
	if err != nil {
		return Outcome{}, fmt.Errorf("office decisions: %w", err)
	}
	checked := validate.Batch(p.rules(batch, office, asOf))
	per, err := p.resolve(sel, checked, asOf)
	if err != nil {
		return Outcome{Files: checked.Files(per), Findings: p.inWords(checked.Findings(per))}, err
	}
	city := consolidate.City(consolidate.Input{
		Catalogue: p.Catalogue, Timetable: p.Timetable, History: checked.History,
		Period: per, Receipts: checked.ReceiptsIn(per), Decisions: checked.Decisions(per),
	})
	out := Outcome{Period: per, Summary: city, Files: checked.Files(per)}
	out.Findings = p.inWords(append(checked.Findings(per), city.Findings...))
	if err := account(batch, out.Files, checked.Hidden()); err != nil {
		return out, err
	}
	if err := p.publish(ctx, &out, checked, office, asOf); err != nil {
		return out, fmt.Errorf("publish %s: %w", per, err)
	}
	return out, nil
}

func (p *Pipeline) rules(batch submission.Batch, office decided, asOf time.Time) validate.Input {
	return validate.Input{
		Catalogue: p.Catalogue, Timetable: p.Timetable, Batch: batch,
		AsOf: asOf, ReceivableShare: p.ReceivableShare, NewIndicatorGrace: p.NewIndicatorGrace,
		Decisions: office.decisions, DecisionFindings: office.findings,
	}
}

// NothingError says that no usable report was found for the period asked for.
type NothingError struct {
	Period string // empty where any period would have done
	Inputs string
}

func (e *NothingError) Error() string {
	if e.Period == "" {
		return "nothing to publish in " + e.Inputs
	}
	return "nothing to publish for " + e.Period + " in " + e.Inputs
}

// OpenError says that a quarter or a longer span is not over: its targets would
// be judged as if it were.
type OpenError struct {
	Period string
	Ends   period.Date
}

func (e *OpenError) Error() string { return e.Period + " ends on " + e.Ends.String() }

// resolve names the period to publish. Latest is the newest month with a usable
// report whose window has closed; previous is the month before it.
func (p *Pipeline) resolve(sel period.Selector, checked *validate.Checked, asOf time.Time) (period.Span, error) {
	span := sel.Span
	if sel.Kind != period.Fixed {
		m, ok := checked.Latest()
		if !ok {
			return period.Span{}, &NothingError{Inputs: p.Inputs}
		}
		if sel.Kind == period.Previous {
			m = m.Add(-1)
		}
		span = period.SpanOf(period.Monthly, m, period.Month{})
	}
	if span.Kind != period.Monthly && !p.Timetable.Closed(span.To, asOf) {
		return span, &OpenError{Period: span.String(), Ends: p.Timetable.Window(span.To).To}
	}
	if len(checked.Used(span)) == 0 {
		return span, &NothingError{Period: span.String(), Inputs: p.Inputs}
	}
	return span, nil
}

// CountsError says that files were lost between seeing and accounting: a fault
// of the program, never of a user.
type CountsError struct{ Seen, Accounted int }

func (e *CountsError) Error() string {
	return fmt.Sprintf("the counts do not add up: %d files seen, %d accounted for", e.Seen, e.Accounted)
}

// account checks that every file seen has exactly one disposition.
func account(batch submission.Batch, files []submission.File, hidden int) error {
	accounted := hidden
	for _, f := range files {
		if f.Disposition != "" {
			accounted++
		}
	}
	if accounted != len(batch) {
		return &CountsError{Seen: len(batch), Accounted: accounted}
	}
	return nil
}

func (p *Pipeline) ledgerPath() string { return filepath.Join(p.State, "ledger.db") }

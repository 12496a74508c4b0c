package pipeline

import (
	"context"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"time"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/consolidate"
	"tonghop/pipeline/ledger"
	"tonghop/pipeline/narrative"
	"tonghop/pipeline/period"
	"tonghop/pipeline/publish"
	"tonghop/pipeline/report"
	"tonghop/pipeline/report/pdf"
	"tonghop/pipeline/submission"
	"tonghop/pipeline/summary"
	"tonghop/pipeline/validate"
	"tonghop/pipeline/wording"
	"tonghop/pipeline/workbook"
)

// Pipeline is a configured conductor. Its fields are not changed by running. As JSON it
// is the settings: what is no plain value is left out.
type Pipeline struct {
	Inputs  string // folder of submissions; never written to
	Outputs string // folder of published periods
	State   string // folder of the ledger, kept originals and the lock
	Backup  string // folder of the copies made after each signature; empty for none

	Catalogue       *catalogue.Catalogue `json:"-"`
	CatalogueSource string               // where the definitions came from, for the manifest
	Timetable       period.Timetable     `json:"-"`
	ReceivableShare int                  // percent
	// Adopted is the month from which on a report that did not come is missing;
	// zero where the reports themselves tell.
	Adopted          period.Month
	CarryStockMonths int
	Trends           summary.Trends
	// NewIndicatorGrace is the number of periods for which forms issued before an
	// indicator existed may lack it.
	NewIndicatorGrace int
	// Projections lets the workbook carry counts on to their horizon's end.
	Projections     bool
	Limits          workbook.Limits
	Settle, Recheck time.Duration
	// LockWait is how long a run waits for another to finish its writing.
	LockWait time.Duration

	Phrases wording.Phrases `json:"-"`
	Office  report.Office
	// Editions are those published, the first as report.pdf; none is the internal
	// one alone. Annexes are their appendices, nil for all, and Page how they are
	// set.
	Editions []report.Edition
	Annexes  []report.Annex
	Page     pdf.Options
	// Correspondence is how reminders are written; they ask for an answer within
	// ReplyWorkingDays.
	Correspondence   report.Correspondence
	ReplyWorkingDays int
	Program          string // version
	// Build tells builds of the same version apart: what another one read is read
	// again.
	Build string

	// Progress is told how far a long stage has come, by who does the work. Nil is
	// silent. No result depends on it.
	Progress func(stage Stage, done, total int) `json:"-"`

	// Now is the clock. It is asked for two things only: whether files have
	// settled, and when something was first seen or published.
	Now func() time.Time `json:"-"`
	// Arrived tells when a file came of which nothing is known yet, given its path
	// as the folder spells it and its own time, as a service saw it that watches the inputs. Nil where none does.
	Arrived func(name string, modified time.Time) (submission.Receipt, bool) `json:"-"`
	// Settled tells of a file, by its path as the folder spells it, whether it is
	// complete, as such a service saw it; nil leaves that to Settle and Recheck.
	Settled func(name string, info fs.FileInfo) bool `json:"-"`
	// Beside puts what the units get back into a folder beside the files that they
	// sent, instead of among the outputs.
	Beside bool
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
	// Seal is set where the period is signed: its report stays as it is, whatever
	// has come since.
	Seal  *Seal
	seals map[period.Month]*Seal // of the months of a span of several
	// Reconciliation holds a month's cumulative figures against the signed ones.
	Reconciliation Reconciliation
	// Signed are the reports that rows of the office's table asked to be signed.
	Signed []SignedReport
	// Delayed are top files that could not be replaced, mostly because they are
	// open in Excel.
	Delayed []publish.Delay
	// SetAside are folders that were called like revisions and are none.
	SetAside []string
	// Adopted are folders that were taken in as revisions: a run was stopped before it
	// recorded them, the ledger was put back from an older copy, or somebody put them
	// there.
	Adopted  []string
	Feedback Feedback
	// OutOfDate are the publications, this one apart, that the same inputs would
	// now change: a run makes its own period only.
	OutOfDate []OutOfDate

	// Text is what the office wrote for the report, as it may be printed; the
	// summary and the findings, too, are without what may not.
	Text narrative.Text

	written     []*officeTable           // the tables that Text stands in
	submissions []*submission.Submission // those of the last span, as they may be printed
	toUnits     []report.Finding         // the findings with all that the units wrote

	settled bool // nothing that was seen waits for time alone to pass
}

// Run takes in every file, consolidates the selected period as it stood at
// as-of, zero for now, and publishes it if anything that reaches the page has
// changed.
// Nothing is written before the outcome is certain: on any error the outputs
// are as they were, but for an *UnansweredError, by which the report is published
// and some units have no answer.
func (p *Pipeline) Run(ctx context.Context, sel period.Selector, asOf time.Time) (Outcome, error) {
	return p.run(ctx, sel, func() (view, error) { return p.look(ctx, asOf) })
}

func (p *Pipeline) run(ctx context.Context, sel period.Selector, look func() (view, error)) (Outcome, error) {
	if err := p.renewLedger(ctx); err != nil {
		return Outcome{}, fmt.Errorf("renew ledger: %w", err)
	}
	now, err := look()
	if err != nil {
		return Outcome{}, err
	}
	per, err := p.resolve(sel, now)
	if err != nil {
		return Outcome{Files: now.checked.Files(per), Findings: p.inWords(now.checked.Findings(per))}, err
	}
	stale, err := p.outOfDate(ctx, now, per)
	if err != nil {
		return Outcome{}, fmt.Errorf("hold publications against inputs: %w", err)
	}
	out, err := p.remake(ctx, now, per)
	if err != nil {
		return out, err
	}
	out.OutOfDate, out.settled = stale, now.settled()
	if out.Signed, err = p.signPending(ctx, now); err != nil {
		return out, err
	}
	return out, unanswered(out.Feedback)
}

// remake publishes a period as a view shows it.
func (p *Pipeline) remake(ctx context.Context, v view, per period.Span) (Outcome, error) {
	out, err := p.consider(v, per)
	if err != nil {
		return out, err
	}
	if err := p.publish(ctx, &out, v); err != nil {
		return out, fmt.Errorf("publish %s: %w", per, err)
	}
	return out, nil
}

// view is what the inputs and the office's decisions say at an instant:
// everything that a period's figures can rest on.
type view struct {
	office  decided
	texts   map[string]*officeText // by period
	checked *validate.Checked
	asOf    time.Time
	// readings are those of the files, to be remembered.
	readings *readings
}

// look takes in every file, and checks it as it stood at as-of; a zero as-of is
// now, once all that is there has been seen. It writes nothing and takes no lock.
func (p *Pipeline) look(ctx context.Context, asOf time.Time) (view, error) {
	if asOf.IsZero() {
		return p.present(ctx, p.Now)
	}
	all, err := p.gathered(ctx)
	if err != nil {
		return view{}, err
	}
	return p.at(all, asOf, asOf), nil
}

// ever hides nothing.
var ever = time.Date(9999, time.December, 31, 0, 0, 0, 0, time.UTC)

// present is a look by a clock: all that is there has come, even where the clock ran
// ahead when it came, or was moved back since.
func (p *Pipeline) present(ctx context.Context, now func() time.Time) (view, error) {
	all, err := p.gathered(ctx)
	if err != nil {
		return view{}, err
	}
	return p.at(all, now(), ever), nil
}

// gathered is every file and every decision, whenever they came.
type gathered struct {
	batch  submission.Batch
	office decided
	texts  map[string]*officeText

	readings *readings
}

func (p *Pipeline) gathered(ctx context.Context) (gathered, error) {
	batch, read, err := p.collect(ctx)
	if err != nil {
		return gathered{}, err
	}
	office, err := p.decided(ctx)
	if err != nil {
		return gathered{}, fmt.Errorf("office decisions: %w", err)
	}
	texts, err := p.officeTexts(ctx)
	if err != nil {
		return gathered{}, fmt.Errorf("read %s: %w", OfficeFolder, err)
	}
	return gathered{batch, office, texts, read}, nil
}

// at is what was gathered as it stood at an instant, of what had come by seenBy. The
// office's text is not received: it is what the office has written by now.
func (p *Pipeline) at(all gathered, asOf, seenBy time.Time) view {
	return view{office: all.office, texts: all.texts, checked: validate.Batch(p.rules(all.batch, all.office, asOf, seenBy)), asOf: asOf, readings: all.readings}
}

func (p *Pipeline) rules(batch submission.Batch, office decided, asOf, seenBy time.Time) validate.Input {
	past, told := p.pastFigures(office.past, seenBy)
	return validate.Input{
		Catalogue: p.Catalogue, Timetable: p.Timetable, Batch: batch,
		AsOf: asOf, SeenBy: seenBy, ReceivableShare: p.ReceivableShare, NewIndicatorGrace: p.NewIndicatorGrace,
		Decisions: office.decisions, DecisionFindings: slices.Concat(office.findings, told), Imported: past,
	}
}

// consider consolidates a period as a view shows it: all of an outcome but what
// publishing adds.
func (p *Pipeline) consider(v view, per period.Span) (Outcome, error) {
	city := consolidate.City(consolidate.Input{
		Catalogue: p.Catalogue, Timetable: p.Timetable, History: v.checked.History,
		Period: per, Receipts: v.checked.ReceiptsIn(per), Decisions: v.checked.Decisions(per),
		Adopted: p.Adopted, CarryStockMonths: p.CarryStockMonths, Trends: p.Trends,
	})
	out := Outcome{Period: per, Summary: city, Files: v.checked.Files(per)}
	p.edit(&out, v, slices.Concat(v.checked.Findings(per), city.Findings))
	return out, account(v.checked.Batch(), out.Files, v.checked.Hidden())
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

func (p *Pipeline) ledgerPath() string { return filepath.Join(p.State, ledger.Name) }

package pipeline

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"time"

	"tonghop/pipeline/atomicfile"
	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/decision"
	"tonghop/pipeline/period"
	"tonghop/pipeline/publish"
	"tonghop/pipeline/report"
	"tonghop/pipeline/report/pdf"
)

// unitSheetsFolder lies beside the revisions of a period, of which it is no part.
const unitSheetsFolder = "don-vi"

// allUnitSheets is the name of the file that has every unit's.
const allUnitSheets = "tat-ca"

// UnitSheets are the information sheets of one unit or of all, as they were
// written.
type UnitSheets struct {
	Period   period.Span
	Units    []*catalogue.Unit
	Standing report.Standing
	Path     string
}

// NotExpectedError says that a unit has nothing to report in a period.
type NotExpectedError struct {
	Unit   *catalogue.Unit
	Period period.Span
}

func (e *NotExpectedError) Error() string {
	return e.Unit.ID + " is not expected to report for " + e.Period.String()
}

// PublishedError says that a folder to write to lies within what is published.
type PublishedError struct{ Folder string }

func (e *PublishedError) Error() string { return e.Folder + " lies within a published revision" }

// MayWrite returns a *PublishedError where a folder that somebody asked for lies
// within a published revision: to these nothing is ever added.
func (p *Pipeline) MayWrite(folder string) error {
	held, err := publish.Outputs{Dir: p.Outputs}.Holds(folder)
	if err != nil {
		return fmt.Errorf("look where to write: %w", err)
	}
	if held {
		return &PublishedError{Folder: folder}
	}
	return nil
}

// UnitSheets draws the information sheets of one unit or, where unit is nil, of
// all that report in a period, from what a run would publish at as-of, and writes
// them to a folder; the period's own where that is empty. It records nothing and
// leaves every revision as it is. Where the newest revision has the same figures,
// the sheets carry its number and its time, and so are the same whenever they are
// drawn.
func (p *Pipeline) UnitSheets(ctx context.Context, unit *catalogue.Unit, sel period.Selector, asOf time.Time, folder string) (UnitSheets, error) {
	if folder != "" {
		if err := p.MayWrite(folder); err != nil {
			return UnitSheets{}, err
		}
	}
	v, err := p.look(ctx, asOf)
	if err != nil {
		return UnitSheets{}, err
	}
	per, err := p.resolve(sel, v)
	if err != nil {
		return UnitSheets{}, err
	}
	out, err := p.consider(v, per)
	if err != nil {
		return UnitSheets{}, err
	}
	sheets := UnitSheets{Period: per, Units: out.Summary.Expected}
	name := allUnitSheets
	if unit != nil {
		if !slices.Contains(out.Summary.Expected, unit) {
			return sheets, &NotExpectedError{Unit: unit, Period: per}
		}
		sheets.Units, name = []*catalogue.Unit{unit}, unit.ID
	}
	standing, printed, err := p.standing(ctx, v, &out)
	if err != nil {
		return sheets, fmt.Errorf("hold against the published report: %w", err)
	}
	sheets.Standing = standing
	data, err := p.drawUnits(v, &out, sheets, printed.In(p.Timetable.Zone))
	if err != nil {
		return sheets, fmt.Errorf("draw unit sheets: %w", err)
	}
	if folder == "" {
		folder = filepath.Join(p.Outputs, per.String(), unitSheetsFolder)
	}
	if err := atomicfile.MakeFolder(folder); err != nil {
		return sheets, err
	}
	sheets.Path = filepath.Join(folder, name+".pdf")
	return sheets, atomicfile.Write(sheets.Path, data, 0o644)
}

func (p *Pipeline) drawUnits(v view, out *Outcome, sheets UnitSheets, printed time.Time) ([]byte, error) {
	soFar := out.Period
	if soFar.Kind == period.Monthly {
		soFar = period.SpanOf(period.YearToDate, soFar.To, period.Month{})
	}
	doc := report.ComposeUnits(report.Sheets{
		Input: report.Input{
			Summary: out.Summary, Findings: out.Findings, Files: out.Files, Phrases: p.Phrases,
			AsOf: printed, Office: p.Office, Sample: sample(out), Program: p.Program, Text: out.Text,
		},
		Units: sheets.Units, Receipts: v.checked.ReceiptsIn(soFar), Standing: sheets.Standing,
	})
	how := p.Page
	how.Created, how.Progress = printed, p.watched(Drawing)
	return pdf.Draw(doc, how)
}

// standing holds an outcome against the newest revision of its period, and tells
// the time to print: the revision's where the figures are its own. A revision that
// is lost or damaged has no figures to be the same as.
func (p *Pipeline) standing(ctx context.Context, v view, out *Outcome) (report.Standing, time.Time, error) {
	revisions, err := p.revisions(ctx, out.Period)
	if err != nil || len(revisions) == 0 {
		return report.Standing{}, v.asOf, err
	}
	last := revisions[len(revisions)-1]
	inForce, _ := decision.InForce(v.office.decisions)
	seal := sealed(revisions, inForce, out.Period)
	st := report.Standing{Revision: last.Number, Signed: seal != nil && seal.Number == last.Number}
	changes, err := p.compareWith(last, p.text(out))
	if unreadable(err) {
		return st, v.asOf, nil
	}
	if err != nil {
		return st, v.asOf, err
	}
	if st.Same = len(changes) == 0; st.Same {
		return st, last.AsOf, nil
	}
	return st, v.asOf, nil
}

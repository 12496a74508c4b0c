package pipeline

import (
	"context"
	"fmt"
	"time"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/edition"
	"tonghop/pipeline/finding"
	"tonghop/pipeline/period"
	"tonghop/pipeline/report"
)

// Rehearsal is what other definitions would make of a publication.
type Rehearsal struct {
	Period   period.Span
	Revision int
	AsOf     time.Time
	// Changes are those that the definitions alone make: what the present ones
	// give, against what the others give of the same reports and decisions, those
	// of the publication's as-of.
	Changes []edition.Change
	// Errors are the points to correct that only the other definitions find.
	Errors []report.Finding
	// Already are the figures of the publication that the present definitions
	// give otherwise, so that they are no effect of the others.
	Already []edition.Change
}

// Rehearse replays every period's newest revision under other definitions, oldest
// first. It publishes and records nothing.
func (p *Pipeline) Rehearse(ctx context.Context, cat *catalogue.Catalogue) ([]Rehearsal, error) {
	standing, err := p.publications(ctx, period.Span{})
	if err != nil {
		return nil, err
	}
	other := *p
	other.Catalogue, other.Timetable.Calendar = cat, cat.Calendar
	here, err := p.gathered(ctx)
	if err != nil {
		return nil, err
	}
	there, err := other.gathered(ctx)
	if err != nil {
		return nil, err
	}
	all := make([]Rehearsal, len(standing))
	for i, one := range standing {
		present, err := p.consider(p.at(here, one.AsOf, one.AsOf), one.Period)
		if err != nil {
			return nil, fmt.Errorf("replay %s: %w", one.Period, err)
		}
		rehearsed, err := other.consider(other.at(there, one.AsOf, one.AsOf), one.Period)
		if err != nil {
			return nil, fmt.Errorf("rehearse %s: %w", one.Period, err)
		}
		changes, err := other.compare(p.text(&present), other.text(&rehearsed))
		if err != nil {
			return nil, err
		}
		already, err := p.compareWith(one.Revision, p.text(&present))
		if err != nil {
			return nil, err
		}
		all[i] = Rehearsal{
			Period: one.Period, Revision: one.Number, AsOf: one.AsOf,
			Changes: changes,
			Errors:  newErrors(present.Findings, rehearsed.Findings),
			Already: already,
		}
	}
	return all, nil
}

// newErrors are the errors that were not found before, in order.
func newErrors(before, after []report.Finding) []report.Finding {
	type place struct {
		code                               finding.Code
		unit, indicator, file, sheet, cell string
		period                             period.Month
	}
	of := func(f report.Finding) place {
		return place{f.Code, f.Unit, f.Indicator, f.File, f.Sheet, f.Cell, f.Period}
	}
	known := map[place]bool{}
	for _, f := range before {
		known[of(f)] = known[of(f)] || f.Severity == finding.Error
	}
	var fresh []report.Finding
	for _, f := range after {
		if f.Severity == finding.Error && !known[of(f)] {
			fresh = append(fresh, f)
		}
	}
	return fresh
}

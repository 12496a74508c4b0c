package pipeline

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"time"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/consolidate"
	"tonghop/pipeline/figure"
	"tonghop/pipeline/form"
	"tonghop/pipeline/period"
	"tonghop/pipeline/validate"
)

// FormFile is a form ready to be handed out.
type FormFile struct {
	Name string
	Data []byte
}

// NoFormError says that the catalogue issues no form for a month.
type NoFormError struct{ Month period.Month }

func (e *NoFormError) Error() string { return "no form is valid in " + e.Month.String() }

// Forms makes the workbooks that units fill for a month, with what the city
// has of them up to the month before.
func (p *Pipeline) Forms(ctx context.Context, m period.Month, units []*catalogue.Unit, now time.Time) ([]FormFile, error) {
	issued, ok := p.Catalogue.FormFor(m, p.Timetable.Scheme)
	if !ok {
		return nil, &NoFormError{Month: m}
	}
	previous, err := p.previous(ctx, m, now)
	if err != nil {
		return nil, err
	}
	forms := make([]FormFile, 0, len(units))
	for _, u := range units {
		data, err := form.Build(form.Input{
			Catalogue: p.Catalogue, Unit: u, Month: m, Scheme: p.Timetable.Scheme,
			Deadline: p.Timetable.Due(m), Form: issued, Previous: previous(u.ID),
			// The window's first day, so that a form made twice is the same form.
			Created: p.Timetable.Window(m).From.At(0, 0, p.Timetable.Zone),
		})
		if err != nil {
			return nil, fmt.Errorf("form for %s: %w", u.ID, err)
		}
		name := u.ID + "-" + m.String()
		if u.Closes(p.Timetable.Window(m)) {
			name += "-ket-thuc"
		}
		forms = append(forms, FormFile{Name: name + ".xlsx", Data: data})
	}
	return forms, nil
}

// previous tells, for each unit, what it gave for the month before and what it
// has given since January; the year to date ends with December.
func (p *Pipeline) previous(ctx context.Context, m period.Month, now time.Time) (func(unit string) func(string) (last, ytd figure.Figure), error) {
	batch, err := p.Collect(ctx)
	if err != nil && !errors.Is(err, fs.ErrNotExist) { // forms are made before anything was received
		return nil, err
	}
	office, err := p.decided(ctx)
	if err != nil {
		return nil, err
	}
	checked := validate.Batch(p.rules(batch, office, now, ever))
	before := m.Add(-1)
	sums := map[string]map[string]figure.Figure{}
	if m.Year == before.Year && len(checked.Months()) > 0 {
		city := consolidate.City(consolidate.Input{
			Catalogue: p.Catalogue, Timetable: p.Timetable, History: checked.History,
			Period: period.SpanOf(period.Monthly, before, period.Month{}), Receipts: checked.Receipts(before),
			// Nothing is carried: a form shows what the unit itself gave.
			Adopted: p.Adopted,
		})
		for f := range city.All(period.YearToDate) {
			// A sum that lacks the first months is not the year to date.
			if f.Unit == "" || len(f.Coverage.Uncovered) > 0 {
				continue
			}
			if sums[f.Unit] == nil {
				sums[f.Unit] = map[string]figure.Figure{}
			}
			sums[f.Unit][f.Indicator.Code] = f.Value
		}
	}
	return func(unit string) func(string) (figure.Figure, figure.Figure) {
		return func(indicator string) (last, ytd figure.Figure) {
			return checked.History.Figure(unit, indicator, before), sums[unit][indicator]
		}
	}, nil
}

package main

import (
	"context"
	"errors"
	"io/fs"
	"path/filepath"

	"tonghop/pipeline"
	"tonghop/pipeline/atomicfile"
	"tonghop/pipeline/form"
	"tonghop/pipeline/period"
)

// officeForm makes the workbooks in which the office writes: its decisions, and
// the text of a period's report. One that is there already holds the office's
// work and is left alone; where both are, there was nothing to do.
func (a *app) officeForm(ctx context.Context, per, out string) error {
	p, err := a.pipeline()
	if err != nil {
		return err
	}
	span := period.SpanOf(period.Monthly, p.Timetable.Scheme.NewestClosed(period.DateIn(a.now(), p.Timetable.Zone)), period.Month{})
	if per != "" {
		sel, err := a.selector(per)
		if err != nil || sel.Kind != period.Fixed {
			return &failure{code: exitUsage, key: "form_period", facts: []any{"period", per}}
		}
		span = sel.Span
	}
	if out == "" {
		out = filepath.Join(p.Outputs, "bieu-mau")
	}
	decisions, err := decisionsForm(p, span.To)
	if err != nil {
		return err
	}
	text, err := p.NarrativeForm(ctx, span, a.now())
	if err != nil {
		return err
	}
	kept := 0
	for _, f := range []struct {
		path   string
		data   []byte
		made   string
		folder string
	}{
		{filepath.Join(out, form.DecisionsFile), decisions, "form.office_made", officeFolder},
		{filepath.Join(out, span.String(), form.NarrativeFile), text, "form.narrative_made", officeFolder + "/" + span.String()},
	} {
		if err := atomicfile.MakeFolder(filepath.Dir(f.path)); err != nil {
			return err
		}
		err := atomicfile.WriteNew(f.path, f.data, 0o644)
		switch {
		case errors.Is(err, fs.ErrExist):
			kept++
			a.println("init.kept", "file", f.path)
		case err != nil:
			return err
		default:
			a.println(f.made, "file", f.path, "folder", f.folder)
		}
	}
	if kept == 2 {
		return &failure{code: exitUsage, key: "office_exists", facts: []any{"folder", out}, underlie: fs.ErrExist}
	}
	return nil
}

func decisionsForm(p *pipeline.Pipeline, month period.Month) ([]byte, error) {
	const before, after = 11, 3 // months offered around this one
	in := form.DecisionsInput{Catalogue: p.Catalogue, Created: p.Timetable.Window(month).From.At(0, 0, p.Timetable.Zone)}
	for i := -before; i <= after; i++ {
		in.Months = append(in.Months, month.Add(i))
	}
	return form.Decisions(in)
}

package main

import (
	"errors"
	"io/fs"
	"path/filepath"

	"tonghop/pipeline/atomicfile"
	"tonghop/pipeline/form"
	"tonghop/pipeline/period"
)

// officeForm makes the workbook in which the office writes its decisions. One
// that is there already holds the office's work and is left alone.
func (a *app) officeForm(per, out string) error {
	p, err := a.pipeline()
	if err != nil {
		return err
	}
	month := p.Timetable.Scheme.NewestClosed(period.DateIn(a.now(), p.Timetable.Zone))
	if per != "" {
		sel, err := a.selector(per)
		if err != nil || sel.Kind != period.Fixed || sel.Span.Kind != period.Monthly {
			return &failure{code: exitUsage, key: "form_period", facts: []any{"period", per}}
		}
		month = sel.Span.To
	}
	const before, after = 11, 3 // months offered around this one
	in := form.DecisionsInput{Catalogue: p.Catalogue, Created: p.Timetable.Window(month).From.At(0, 0, p.Timetable.Zone)}
	for i := -before; i <= after; i++ {
		in.Months = append(in.Months, month.Add(i))
	}
	data, err := form.Decisions(in)
	if err != nil {
		return err
	}
	if out == "" {
		out = filepath.Join(p.Outputs, "bieu-mau")
	}
	if err := atomicfile.MakeFolder(out); err != nil {
		return err
	}
	path := filepath.Join(out, form.DecisionsFile)
	err = atomicfile.WriteNew(path, data, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return &failure{code: exitUsage, key: "office_exists", facts: []any{"file", path}, underlie: err}
	}
	if err != nil {
		return err
	}
	a.println("form.office_made", "file", path, "folder", officeFolder)
	return nil
}

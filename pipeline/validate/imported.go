package validate

import (
	"tonghop/pipeline/figure"
	"tonghop/pipeline/finding"
	"tonghop/pipeline/submission"
)

// enterImports gives each unit and month what the office imported of it. Where
// the unit's own report is there, or the office entered one, that counts and
// the import does not: what was sent outranks what was copied from elsewhere.
func (c *Checked) enterImports() {
	for _, s := range c.input.Imported {
		d := c.dossier(s.Unit, s.Period)
		d.imported = clone(s)
		if len(d.versions) == 0 {
			d.versions = append(d.versions, &version{Submission: d.imported, entry: noEntry})
		}
	}
}

// setAside checks an import that does not count, for whoever imports it must
// know what is wrong with it, and tells where it differs from what counts.
func (c *Checked) setAside(d *dossier) {
	if d.imported == nil || d.used == nil || d.used.Submission == d.imported {
		return
	}
	c.check(d.imported)
	var differing []difference
	for _, v := range d.imported.Values.All() {
		used, ok := d.used.Value(v.Indicator)
		if v.Figure.Is(figure.Refused) || ok && used.Figure.Equal(v.Figure) && used.Text == v.Text {
			continue
		}
		differing = append(differing, difference{v.Indicator, used, v})
	}
	if len(differing) == 0 {
		return
	}
	first := differing[0].other
	f := finding.New(finding.ImportNotUsed).With("used_file", d.used.File).With("differences", list(differing))
	f.Unit, f.Period, f.File = d.imported.Unit, d.imported.Period, d.imported.FileOf(first)
	f.Sheet, f.Cell, f.Row, f.Col = first.Sheet, first.Cell, first.Row, first.Col
	c.office.tell(f)
}

// Imported is what was imported of past months, as checked, whether it counts
// or not, by month and then by unit id.
func (c *Checked) Imported() []*submission.Submission {
	var all []*submission.Submission
	for _, m := range c.Months() {
		for _, unit := range c.units(m) {
			if s := c.months[m][unit].imported; s != nil {
				all = append(all, s)
			}
		}
	}
	return all
}

// Counts reports whether an imported submission is the one that counts.
func (c *Checked) Counts(s *submission.Submission) bool {
	return c.History.Submission(s.Unit, s.Period) == s
}

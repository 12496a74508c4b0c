package consolidate

import (
	"slices"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/finding"
	"tonghop/pipeline/period"
	"tonghop/pipeline/summary"
)

// adopting is the part of the units asked, one in so many, that must have
// reported for a month to be that of adoption: a file sent for a wrong month by
// one unit or a few must not make that month, and all between, missing from
// everybody.
const adopting = 4

// adoption is the month from which on a figure that nobody gave is missing;
// before it a month is nobody's, unless an opening covers it. It is what the
// office says, else the first month of which at least one unit in four
// reported, else the first of which any did. Later months than the period's
// tell nothing; a period before the office's month goes by its submissions.
func (c *consolidation) adoption() period.Month {
	first := c.History.First()
	if !c.Adopted.IsZero() && !c.Adopted.After(c.Period.To) {
		return c.Adopted
	}
	if first.IsZero() || !c.Adopted.IsZero() {
		return first
	}
	for m := first; !m.After(c.Period.To); m = m.Add(1) {
		n := len(c.reporting(m))
		if n > 0 && n*adopting >= len(c.Catalogue.ExpectedUnits(m, c.Timetable.Scheme)) {
			return m
		}
	}
	return first
}

// covers reports whether units can be missing for some terms in a month: from
// adoption on they were asked; before it something is known only of what was
// imported.
func (c *consolidation) covers(m period.Month, terms []*catalogue.Indicator) bool {
	switch {
	case c.began.IsZero():
		return c.History.Covers(m, codes(terms)...)
	case !m.Before(c.began):
		return true
	}
	return !slices.ContainsFunc(terms, func(t *catalogue.Indicator) bool { return !c.History.Imported(t.Code, m) })
}

// reporting are the units of which a report for a month counts, in catalogue
// order. What the office imported for a unit, the unit did not report.
func (c *consolidation) reporting(m period.Month) []string {
	var ids []string
	for _, u := range c.Catalogue.Units {
		if s := c.History.Submission(u.ID, m); s != nil && !s.Imported() {
			ids = append(ids, u.ID)
		}
	}
	return ids
}

// early tells of each report from before the month of adoption that lies in a
// span of the period: its flows are in no sum so far, for the month is nobody's.
// Within its own month's report it counts as any other.
func (c *consolidation) early(s *summary.Summary) []finding.Finding {
	var all []finding.Finding
	first := c.began
	for _, span := range s.Spans {
		if !span.IsZero() && span.From.Before(first) {
			first = span.From
		}
	}
	for m := later(first, c.History.First()); m.Before(c.began); m = m.Add(1) {
		for _, unit := range c.reporting(m) {
			one, said := finding.New(finding.BeforeAdoption), c.History.Submission(unit, m)
			one.Unit, one.Period, one.File, one.SHA256 = unit, m, said.File, said.SHA256
			all = append(all, one.With("first", c.began.String()))
		}
	}
	return all
}

package consolidate

import (
	"slices"

	"tonghop/pipeline/period"
	"tonghop/pipeline/summary"
)

// unreported are the days, in the months of the spans, of which nobody is asked
// though units were there: told, for every sum over them lacks them.
func (c *consolidation) unreported(spans []period.Span) []summary.Unreported {
	first := c.Period.From
	for _, s := range spans {
		if s.From.Before(first) {
			first = s.From
		}
	}
	var all []summary.Unreported
	for m := first; !m.After(c.Period.To); m = m.Add(1) {
		if !c.History.Knows(m) {
			continue
		}
		for _, u := range c.Catalogue.Unreported(m, c.Timetable.Scheme) {
			days := c.Catalogue.Part(u, m, c.Timetable.Scheme)
			i := slices.IndexFunc(all, func(one summary.Unreported) bool { return one.Month == m && one.Days == days })
			if i < 0 {
				i = len(all)
				all = append(all, summary.Unreported{Month: m, Days: days})
			}
			all[i].Units = append(all[i].Units, u)
		}
	}
	return all
}

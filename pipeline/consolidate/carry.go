package consolidate

import (
	"slices"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/period"
	"tonghop/pipeline/summary"
)

// carry puts the last stock that a unit gave in the place of the one it owes for
// a month, as far back as the settings allow and the unit was asked and the
// same. The reason why it is owed stays beside it.
func (c *consolidation) carry(p part, u *catalogue.Unit, ind *catalogue.Indicator, m period.Month) part {
	if ind.Nature != catalogue.Stock || p.counts() || !p.expected {
		return p
	}
	for back := 1; back <= c.CarryStockMonths; back++ {
		at := m.Add(-back)
		if at.Before(c.known) || !c.unchanged(u, at, m) {
			break
		}
		if earlier := c.said(u, ind, at); earlier.counts() {
			earlier.carried, earlier.reason = at, p.reason
			earlier.contested = earlier.contested || p.contested
			return earlier
		}
	}
	return p
}

// carry notes whose stock was carried, once a unit.
func (out *collected) carry(u *catalogue.Unit, from period.Month) {
	if n := len(out.coverage.Carried); n == 0 || out.coverage.Carried[n-1].Unit != u.ID {
		out.coverage.Carried = append(out.coverage.Carried, summary.Carried{Unit: u.ID, From: from})
	}
}

// unchanged reports whether a unit was there, and gave to or took from no
// other, from the first day of one month's window to the last of another's.
func (c *consolidation) unchanged(u *catalogue.Unit, from, to period.Month) bool {
	since, until := c.Timetable.Window(from).From, c.Timetable.Window(to).To
	return u.ValidOn(since) && u.ValidOn(until) && !slices.ContainsFunc(c.Catalogue.Successions, func(s catalogue.Succession) bool {
		return (s.From == u.ID || s.To == u.ID) && s.Date.After(since) && !s.Date.After(until)
	})
}

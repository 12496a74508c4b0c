package consolidate

import (
	"slices"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/figure"
	"tonghop/pipeline/period"
	"tonghop/pipeline/summary"
)

// collected is what a set of units gives for the terms of a figure over a
// span: totals over exactly the unit-months that have every term.
type collected struct {
	totals    totals
	allNone   bool // every contribution was "none"
	coverage  summary.Coverage
	units     int     // units of which anything was expected
	why       reasons // of those that did not contribute
	opening   period.Month
	contested bool
	// unconfirmed is set where anything summed waits for a document.
	unconfirmed bool
	// cells counts what the totals rest on, and single is where the last of
	// them came from.
	cells  int
	single *part
}

// collect adds up an indicator's terms over units and months. Flows add over
// the span's months; stocks and cumulative counts are taken in its last month,
// and a unit without them there contributes nothing.
func (c *consolidation) collect(ind *catalogue.Indicator, span period.Span, s scope) collected {
	from := c.frame(ind, span)
	flows, points := from.flows, from.points
	out := collected{totals: make(totals, 0, len(from.terms)), allNone: true, coverage: summary.Coverage{By: summary.ByUnit}}
	if len(flows) == 0 {
		for _, u := range s.units {
			out.add(u, span.To, c.contribution(&from.end, c.at[u]))
			out.units = out.coverage.Expected
		}
		return out
	}
	if span.From != span.To {
		out.coverage.By = summary.ByUnitMonth
	}

	// An opening of the city names no units, so it cannot stand beside the
	// stocks of those that have one.
	shared := base{}
	if s.city() && len(points) == 0 {
		shared = c.openings.base(flows, "", span, span.From)
		out.include(shared)
	}
	rest := span
	if !shared.through.IsZero() {
		rest.From = shared.through.Add(1)
	}
	// Before the month of adoption, a month that some unit's opening or import
	// covers is missing from the others; one that none covers is nobody's.
	reach := later(s.opened, c.openings.reach(flows, s.units, span, rest.From))
	nobodys := func(m *frameMonth) bool { return m.month.After(reach) && !m.covered }
	months := from.months[rest.From.Sub(span.From):]
	for i := range months {
		m := &months[i]
		asked := slices.ContainsFunc(s.units, func(u *catalogue.Unit) bool { return m.owed(c.at[u]) })
		// For one unit a month outside its validity is nobody's business; for the
		// city a month before the units begin is one of which nothing is known.
		// After the last has ended there is nothing to know.
		if nobodys(m) && asked || s.city() && span.From != span.To && !asked && c.wanted(ind, flows, m.month) && c.asksLater(flows, m.month) {
			out.coverage.Uncovered = append(out.coverage.Uncovered, m.month)
		}
	}

	for _, u := range s.units {
		before, at := out.coverage.Expected, c.at[u]
		standing := c.contribution(&from.end, at)
		own := base{}
		if standing.counts() {
			own = c.openings.base(flows, u.ID, span, rest.From)
			out.include(own)
		}
		gave := !own.through.IsZero()
		for i := range months {
			m := &months[i]
			if nobodys(m) || !m.month.After(own.through) {
				continue
			}
			month := c.contribution(m, at)
			switch {
			case !standing.counts() && (month.expected || month.counts()):
				month.part = standing.part
			case month.counts():
				month.carried = standing.carried
			}
			out.add(u, m.month, month)
			gave = gave || month.counts()
		}
		if gave {
			out.sum(standing)
		}
		if out.coverage.Expected > before {
			out.units++
		}
	}
	return out
}

func codes(terms []*catalogue.Indicator) []string {
	all := make([]string, len(terms))
	for i, t := range terms {
		all[i] = t.Code
	}
	return all
}

func split(terms []*catalogue.Indicator) (flows, points []*catalogue.Indicator) {
	for _, t := range terms {
		if t.Nature == catalogue.Flow {
			flows = append(flows, t)
		} else {
			points = append(points, t)
		}
	}
	return flows, points
}

// add counts what a unit gave for a month, or notes that it is missing.
func (out *collected) add(u *catalogue.Unit, m period.Month, given contribution) {
	switch {
	case given.counts() && given.carried.IsZero():
		out.coverage.Reported++
		out.coverage.Expected++
		out.sum(given)
		return
	case given.counts():
		out.sum(given)
		out.carry(u, given.carried)
	default:
		out.why.add(given.reason)
		out.contested = out.contested || given.contested
		if !given.expected {
			return
		}
	}
	out.coverage.Expected++
	if n := len(out.coverage.Missing); n > 0 && out.coverage.Missing[n-1].Unit == u.ID {
		out.coverage.Missing[n-1].Periods = append(out.coverage.Missing[n-1].Periods, m)
		return
	}
	out.coverage.Missing = append(out.coverage.Missing, summary.Missing{Unit: u.ID, Periods: []period.Month{m}})
}

func (out *collected) sum(given contribution) {
	for _, r := range given.rows {
		p := &r.parts[given.at]
		n, _ := p.figure.Number()
		out.totals.add(r.indicator.Code, n)
		out.allNone = out.allNone && p.figure.Is(figure.None)
		out.cells++
		out.single = p
	}
	out.contested = out.contested || given.contested
	out.unconfirmed = out.unconfirmed || given.unconfirmed
}

func (out *collected) include(b base) {
	if b.through.IsZero() {
		return
	}
	for _, t := range b.totals {
		out.totals.add(t.term, t.sum)
		out.allNone = out.allNone && t.sum.IsZero()
	}
	out.opening = later(out.opening, b.through)
	out.cells += 2 // an opening is no cell: the total has no single source
}

// empty reports whether nothing at all was contributed.
func (out *collected) empty() bool {
	return out.coverage.Reported == 0 && out.opening.IsZero() && len(out.coverage.Carried) == 0
}

func later(a, b period.Month) period.Month {
	if b.After(a) {
		return b
	}
	return a
}

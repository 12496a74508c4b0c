package consolidate

import (
	"slices"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/figure"
	"tonghop/pipeline/period"
	"tonghop/pipeline/submission"
	"tonghop/pipeline/summary"
)

// collected is what a set of units gives for the terms of a figure over a
// span: totals over exactly the unit-months that have every term.
type collected struct {
	totals    map[string]figure.Number
	allNone   bool // every contribution was "none"
	coverage  summary.Coverage
	why       map[summary.Reason]bool // reasons of those that did not contribute
	opening   period.Month
	contested bool
	// single is the one cell the total rests on, if it is one.
	single     *submission.Value
	singleFrom *submission.Submission
	cells      int
}

// collect adds up the terms over units and months. Flow terms add over the
// span's months; stocks and cumulative counts are taken in its last month, and
// a unit without them there contributes nothing.
func (c *consolidation) collect(terms []*catalogue.Indicator, span period.Span, s scope) collected {
	out := collected{totals: map[string]figure.Number{}, allNone: true, why: map[summary.Reason]bool{}}
	for _, t := range terms {
		out.totals[t.Code] = figure.Number{}
	}
	flows, points := split(terms)
	if len(flows) == 0 {
		out.coverage.By = summary.ByUnit
		for _, u := range s.units {
			whole, parts := c.together(u, points, span.To)
			out.add(u, span.To, whole, points, parts)
		}
		return out
	}

	shared := base{}
	if s.city() {
		shared = c.openings.base(flows, "", span)
	}
	out.include(shared)
	unitOpenings := shared.through.IsZero() && c.openings.anyUnit(flows, s.units, span)
	out.coverage.By = summary.ByUnitMonth
	if span.From == span.To {
		out.coverage.By = summary.ByUnit
	}
	for _, u := range s.units {
		own := shared
		if unitOpenings {
			own = c.openings.base(flows, u.ID, span)
			out.include(own)
		}
		standing, standingParts := c.together(u, points, span.To)
		took := false
		for _, m := range span.Months() {
			switch {
			case !own.through.IsZero() && !m.After(own.through):
				continue
			case m.Before(c.History.First()) && !unitOpenings:
				out.uncovered(m)
				continue
			}
			whole, parts := c.together(u, flows, m)
			if len(points) > 0 && !standing.figure.State().Counts() {
				if whole.expected || whole.figure.State().Counts() {
					whole = part{figure: standing.figure, expected: standing.expected, reason: standing.reason}
				}
			}
			out.add(u, m, whole, flows, parts)
			took = took || whole.figure.State().Counts()
		}
		if took && len(points) > 0 {
			out.sum(points, standingParts)
		}
	}
	return out
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
func (out *collected) add(u *catalogue.Unit, m period.Month, whole part, terms []*catalogue.Indicator, parts []part) {
	if whole.figure.State().Counts() {
		out.coverage.Reported++
		out.coverage.Expected++
		out.sum(terms, parts)
		return
	}
	out.why[whole.reason] = true
	if !whole.expected {
		return
	}
	out.coverage.Expected++
	if n := len(out.coverage.Missing); n > 0 && out.coverage.Missing[n-1].Unit == u.ID {
		out.coverage.Missing[n-1].Periods = append(out.coverage.Missing[n-1].Periods, m)
		return
	}
	out.coverage.Missing = append(out.coverage.Missing, summary.Missing{Unit: u.ID, Periods: []period.Month{m}})
}

func (out *collected) sum(terms []*catalogue.Indicator, parts []part) {
	for i, t := range terms {
		n, _ := parts[i].figure.Number()
		out.totals[t.Code] = out.totals[t.Code].Add(n)
		out.allNone = out.allNone && parts[i].figure.Is(figure.None)
		out.contested = out.contested || (parts[i].from != nil && parts[i].from.Contested[t.Code])
		out.cells++
		out.single, out.singleFrom = parts[i].value, parts[i].from
	}
}

func (out *collected) include(b base) {
	if b.through.IsZero() {
		return
	}
	for code, n := range b.totals {
		out.totals[code] = out.totals[code].Add(n)
		out.allNone = out.allNone && n.IsZero()
	}
	if b.through.After(out.opening) {
		out.opening = b.through
	}
	out.cells += 2 // an opening is no cell: the total has no single source
}

func (out *collected) uncovered(m period.Month) {
	if !slices.Contains(out.coverage.Uncovered, m) {
		out.coverage.Uncovered = append(out.coverage.Uncovered, m)
	}
}

// empty reports whether nothing at all was contributed.
func (out *collected) empty() bool { return out.coverage.Reported == 0 && out.opening.IsZero() }

// without says in which state, and why, a figure is that nobody contributed
// to: what must be mended comes before what is as it should be.
func (out *collected) without() (figure.Figure, summary.Reason) {
	for _, r := range []struct {
		reason summary.Reason
		state  figure.State
	}{
		{summary.ReasonRefused, figure.Refused},
		{summary.ReasonBlank, figure.Blank},
		{summary.ReasonNotReceived, figure.Blank},
		{summary.ReasonNotAvail, figure.NotAvailable},
		{summary.ReasonNotAppl, figure.NotApplicable},
		{summary.ReasonNotDue, figure.Blank},
		{summary.ReasonNotExpected, figure.NotApplicable},
	} {
		if out.why[r.reason] {
			return figure.Without(r.state), r.reason
		}
	}
	return figure.Without(figure.Blank), summary.ReasonNoTerms
}

package consolidate

import (
	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/figure"
	"tonghop/pipeline/period"
	"tonghop/pipeline/summary"
)

// weighing is the part of the period before, one in so many, that may be lacking
// for it to weigh by: of a result of few units any one of them seems to be all.
const weighing = 10

// weight tells what part of a flow the units that are missing from it gave in
// the period before: of those whose figure was complete then.
func (c *consolidation) weight(f *summary.Figure, span period.Span, s scope) *summary.Weight {
	ind, missing := f.Indicator, f.Coverage.Missing
	if len(missing) == 0 || s.unit != "" || ind.Kind != catalogue.Input || ind.Nature != catalogue.Flow || fromUnits(ind) {
		return nil
	}
	before, ok := c.before(span)
	if !ok || before.To.Before(c.known) {
		return nil
	}
	was := s
	was.units = nil
	for _, u := range c.unitsIn(before) {
		if s.group == "" || u.Group == s.group {
			was.units = append(was.units, u)
		}
	}
	result := c.evaluate(ind, before, was)
	whole, ok := result.value.Number()
	lacking := result.coverage.Expected - result.coverage.Reported
	if !ok || whole.Sign() <= 0 || lacking*weighing > result.coverage.Expected {
		return nil
	}
	w := summary.Weight{Missing: len(missing)}
	var part figure.Number
	for _, m := range missing {
		u, _ := c.Catalogue.Unit(m.Unit)
		r := c.evaluate(ind, before, scope{units: []*catalogue.Unit{u}, unit: u.ID})
		n, known := r.value.Number()
		if !known || !complete(r.coverage, r.opening) || n.Sign() < 0 {
			continue
		}
		part = part.Add(n)
		w.Known++
	}
	if w.Known == 0 {
		return nil
	}
	w.Percent, _ = part.Mul(hundred).Quo(whole) // whole is above 0
	return &w
}

// before is the same span of the period before: of a month and of what runs to
// date that of the month before, of a longer span the one that it follows; nine
// months follow those of the year before. It is false before a plan begins.
func (c *consolidation) before(span period.Span) (period.Span, bool) {
	switch span.Kind {
	case period.QuarterToDate, period.YearToDate:
		return period.SpanOf(span.Kind, span.To.Add(-1), period.Month{}), true
	case period.PlanToDate:
		before := period.SpanOf(span.Kind, span.To.Add(-1), span.From)
		return before, !before.IsZero()
	case period.NineMonths:
		return span.Add(-12), true
	}
	return span.Add(-span.NumMonths()), true
}

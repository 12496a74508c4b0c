package consolidate

import (
	"errors"
	"slices"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/catalogue/formula"
	"tonghop/pipeline/figure"
	"tonghop/pipeline/period"
	"tonghop/pipeline/summary"
)

// result is a figure before it is judged.
type result struct {
	value                  figure.Figure
	reason                 summary.Reason
	coverage               summary.Coverage
	units                  int // units of which anything was expected
	numerator, denominator *figure.Number
	opening                period.Month
	contested, unconfirmed bool
	// single is the part whose one cell the figure is; nil where it is made of
	// more, or is several units'.
	single *part
}

// provisional reports whether a later report may change the figure.
func (r *result) provisional() bool {
	return r.contested || !r.coverage.Complete() || len(r.coverage.Carried) > 0
}

// evaluate computes an indicator over a span for a set of units.
func (c *consolidation) evaluate(ind *catalogue.Indicator, span period.Span, s scope) result {
	if s.unit == "" && fromUnits(ind) {
		return c.across(ind, span, s)
	}
	got := c.collect(ind, span, s)
	r := result{
		coverage: got.coverage, units: got.units, opening: got.opening, contested: got.contested,
		unconfirmed: got.unconfirmed,
	}
	if got.empty() {
		r.value, r.reason = got.why.without()
		return r
	}
	if ind.Kind == catalogue.Derived {
		c.compute(&r, ind, got.totals)
		return r
	}
	r.value = summed(got.totals.of(ind.Code), got.allNone)
	if got.cells == 1 && s.unit != "" {
		r.single = got.single
	}
	return r
}

// fromUnits reports whether the figure of several units is made from each
// one's own, and not from sums over them.
func fromUnits(ind *catalogue.Indicator) bool {
	if ind.Kind == catalogue.Derived {
		return ind.ComputeAt == catalogue.AtUnit
	}
	return ind.Across != catalogue.AcrossSum
}

func summed(n figure.Number, allNone bool) figure.Figure {
	if allNone {
		return figure.Without(figure.None)
	}
	return figure.Of(n)
}

// sourceOf is the cell that a figure stands in, or says that it was computed.
func sourceOf(single *part) summary.Source {
	if single == nil {
		return summary.Source{Kind: summary.SourceComputed}
	}
	v := single.from.Values.At(single.place)
	source := summary.Source{Kind: summary.SourceCell, File: single.from.FileOf(v), Sheet: v.Sheet, Cell: v.Cell, Raw: v.Raw}
	if v.Import != nil {
		source.Kind = summary.SourceImport
	}
	if v.Decision != "" {
		source.Kind, source.Decision = summary.SourceDecision, v.Decision
	}
	return source
}

// compute evaluates a formula over totals that all count.
func (c *consolidation) compute(r *result, ind *catalogue.Indicator, all totals) {
	look := func(code string) figure.Figure { return figure.Of(all.of(code)) }
	if m := c.made[ind]; m.numerator != nil {
		r.numerator, r.denominator = evaluated(m.numerator, look), evaluated(m.denominator, look)
	}
	value, err := ind.Formula.Eval(look)
	switch {
	case err == nil:
		r.value = value
	case errors.Is(err, figure.ErrDivisionByZero) && r.numerator != nil && !r.numerator.IsZero():
		r.value, r.reason = figure.Without(figure.Refused), summary.ReasonImpossible
	default: // 0 of 0: nothing occurred that could be rated
		r.value, r.reason = figure.Without(figure.NotApplicable), summary.ReasonNoCases
	}
}

func evaluated(f *formula.Formula, look func(string) figure.Figure) *figure.Number {
	v, err := f.Eval(look)
	if err != nil {
		return nil
	}
	n, ok := v.Number()
	if !ok {
		return nil
	}
	return &n
}

// across makes the figure of several units from each one's own value. A unit
// whose value is impossible is left out, as anything refused is; the figure
// then waits for it.
func (c *consolidation) across(ind *catalogue.Indicator, span period.Span, s scope) result {
	r := result{coverage: summary.Coverage{By: summary.ByUnit}}
	opened := c.openings.reach(c.made[ind].flows, s.units, span, span.From)
	var values []figure.Number
	var why reasons
	for _, u := range s.units {
		one := c.evaluate(ind, span, scope{units: []*catalogue.Unit{u}, unit: u.ID, opened: opened})
		r.coverage = plus(r.coverage, one.coverage)
		r.units += one.units
		r.contested = r.contested || one.contested || one.reason == summary.ReasonImpossible
		r.unconfirmed = r.unconfirmed || one.unconfirmed
		r.opening = later(r.opening, one.opening)
		if n, ok := one.value.Number(); ok {
			values = append(values, n)
		} else {
			why.add(one.reason)
		}
	}
	if ind.Across == catalogue.AcrossNone {
		r.value, r.reason = figure.Without(figure.NotApplicable), summary.ReasonNotExpected
		return r
	}
	if len(values) == 0 {
		r.value, r.reason = why.without()
		return r
	}
	switch ind.Across {
	case catalogue.AcrossSum:
		r.value = figure.Of(sum(values))
	case catalogue.AcrossMin:
		r.value = figure.Of(slices.MinFunc(values, figure.Number.Cmp))
	case catalogue.AcrossMax:
		r.value = figure.Of(slices.MaxFunc(values, figure.Number.Cmp))
	case catalogue.AcrossShare:
		reaching := figure.Int(int64(countReaching(values, ind.Reaches)))
		all := figure.Int(int64(len(values)))
		share, _ := reaching.Mul(figure.Int(100)).Quo(all) // all is at least 1
		r.value, r.numerator, r.denominator = figure.Of(share), &reaching, &all
	}
	return r
}

func sum(values []figure.Number) figure.Number {
	var total figure.Number
	for _, n := range values {
		total = total.Add(n)
	}
	return total
}

func countReaching(values []figure.Number, from figure.Number) int {
	n := 0
	for _, v := range values {
		if v.Cmp(from) >= 0 {
			n++
		}
	}
	return n
}

func plus(a, b summary.Coverage) summary.Coverage {
	a.Reported += b.Reported
	a.Expected += b.Expected
	a.Missing = append(a.Missing, b.Missing...)
	a.Carried = append(a.Carried, b.Carried...)
	if b.By == summary.ByUnitMonth {
		a.By = b.By
	}
	a.Uncovered = append(a.Uncovered, b.Uncovered...)
	slices.SortFunc(a.Uncovered, period.Month.Compare)
	a.Uncovered = slices.Compact(a.Uncovered)
	return a
}

package consolidate

import (
	"errors"
	"slices"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/catalogue/formula"
	"tonghop/pipeline/figure"
	"tonghop/pipeline/period"
	"tonghop/pipeline/submission"
	"tonghop/pipeline/summary"
)

// result is a figure before it is judged.
type result struct {
	value                  figure.Figure
	reason                 summary.Reason
	coverage               summary.Coverage
	numerator, denominator *figure.Number
	opening                period.Month
	contested              bool
	source                 summary.Source
}

// evaluate computes an indicator over a span for a set of units.
func (c *consolidation) evaluate(ind *catalogue.Indicator, span period.Span, s scope) result {
	if s.unit == "" && !(ind.Kind == catalogue.Derived && ind.ComputeAt == catalogue.AtAggregate) && ind.Across != catalogue.AcrossSum {
		return c.across(ind, span, s)
	}
	got := c.collect(c.terms(ind), span, s)
	r := result{
		coverage: got.coverage, opening: got.opening, contested: got.contested,
		source: summary.Source{Kind: summary.SourceComputed},
	}
	if got.empty() {
		r.value, r.reason = got.without()
		return r
	}
	if ind.Kind == catalogue.Derived {
		c.compute(&r, ind.Formula, got.totals)
		return r
	}
	r.value = total(got.totals[ind.Code], got.allNone)
	if got.cells == 1 && s.unit != "" {
		r.source = cellSource(got.singleFrom, got.single)
	}
	return r
}

func total(n figure.Number, allNone bool) figure.Figure {
	if allNone {
		return figure.Without(figure.None)
	}
	return figure.Of(n)
}

func cellSource(from *submission.Submission, v *submission.Value) summary.Source {
	return summary.Source{Kind: summary.SourceCell, File: from.File, Sheet: v.Sheet, Cell: v.Cell, Raw: v.Raw}
}

// compute evaluates a formula over totals that all count.
func (c *consolidation) compute(r *result, f *formula.Formula, totals map[string]figure.Number) {
	look := func(code string) figure.Figure { return figure.Of(totals[code]) }
	if num, den, ok := f.Ratio(); ok {
		r.numerator, r.denominator = evaluated(num, look), evaluated(den, look)
	}
	value, err := f.Eval(look)
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

// across makes the figure of several units from each one's own value.
func (c *consolidation) across(ind *catalogue.Indicator, span period.Span, s scope) result {
	r := result{source: summary.Source{Kind: summary.SourceComputed}, coverage: summary.Coverage{By: summary.ByUnit}}
	var values []figure.Number
	why := collected{why: map[summary.Reason]bool{}}
	for _, u := range s.units {
		one := c.evaluate(ind, span, scope{units: []*catalogue.Unit{u}, unit: u.ID})
		r.coverage = plus(r.coverage, one.coverage)
		r.contested = r.contested || one.contested
		if one.opening.After(r.opening) {
			r.opening = one.opening
		}
		if n, ok := one.value.Number(); ok {
			values = append(values, n)
		} else {
			why.why[one.reason] = true
		}
	}
	if ind.Across == catalogue.AcrossNone {
		r.value, r.reason = figure.Without(figure.NotApplicable), summary.ReasonNotExpected
		return r
	}
	if len(values) == 0 {
		if why.why[summary.ReasonNoCases] {
			r.value, r.reason = figure.Without(figure.NotApplicable), summary.ReasonNoCases
			return r
		}
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
	if b.By == summary.ByUnitMonth {
		a.By = b.By
	}
	for _, m := range b.Uncovered {
		if !slices.Contains(a.Uncovered, m) {
			a.Uncovered = append(a.Uncovered, m)
		}
	}
	return a
}

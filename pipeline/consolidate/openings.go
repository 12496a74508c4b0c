package consolidate

import (
	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/figure"
	"tonghop/pipeline/period"
)

// openings are the figures for the months before submissions began.
type openings map[openingKey]catalogue.Opening

type openingKey struct {
	indicator, unit string
	span            catalogue.OpeningSpan
	year            int // of the year opening; 0 for the plan's
}

func newOpenings(all []catalogue.Opening) openings {
	o := make(openings, len(all))
	for _, one := range all {
		k := openingKey{indicator: one.Indicator, unit: one.Unit, span: one.Span}
		if one.Span == catalogue.OpeningYear {
			k.year = one.Through.Year
		}
		o[k] = one
	}
	return o
}

// base is what openings say of the first months of a span.
type base struct {
	totals  totals
	through period.Month // zero where no opening applies
}

// base adds up the openings of the terms for one unit, or for the city where
// unit is empty, from a month on: the span's first, or that after another base.
// All terms must be covered through the same month, else none is used: a rate
// may not take its numerator from other months than its denominator.
func (o openings) base(terms []*catalogue.Indicator, unit string, span period.Span, from period.Month) base {
	var b base
	if len(o) == 0 {
		return b
	}
	for i, t := range terms {
		total, through := o.cover(t.Code, unit, span, from)
		switch {
		case through.IsZero(), i > 0 && through != b.through:
			return base{}
		case i == 0:
			b.through = through
		}
		b.totals.add(t.Code, total)
	}
	return b
}

// cover follows the openings from a month on: the plan's, which begins with
// the span, then those of the years that come right after it.
func (o openings) cover(indicator, unit string, span period.Span, from period.Month) (total figure.Number, through period.Month) {
	next := from
	take := func(k openingKey) bool {
		one, ok := o[k]
		if !ok || one.Through.Before(next) || one.Through.After(span.To) {
			return false
		}
		total, through = total.Add(one.Value), one.Through
		next = one.Through.Add(1)
		return true
	}
	if span.Kind == period.PlanToDate && from == span.From {
		take(openingKey{indicator: indicator, unit: unit, span: catalogue.OpeningPlan})
	}
	for next.Number == 1 && take(openingKey{indicator: indicator, unit: unit, span: catalogue.OpeningYear, year: next.Year}) {
	}
	return total, through
}

// reach is the last month that an opening of any of the units covers; zero
// where none does.
func (o openings) reach(terms []*catalogue.Indicator, units []*catalogue.Unit, span period.Span, from period.Month) period.Month {
	var reach period.Month
	if len(o) == 0 {
		return reach
	}
	for _, u := range units {
		reach = later(reach, o.base(terms, u.ID, span, from).through)
	}
	return reach
}

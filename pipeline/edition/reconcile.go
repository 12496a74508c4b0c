package edition

import (
	"slices"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/figure"
	"tonghop/pipeline/period"
)

// Adjustment reconciles a cumulative figure of the city with the one last
// signed: Signed + Since + Amount = Now. Amount is what was received, corrected
// or decided since for the months that Signed covers.
type Adjustment struct {
	Indicator string
	Span      period.SpanKind // YearToDate or PlanToDate
	Signed    figure.Number
	Since     figure.Number // in the months after the signed one
	Amount    figure.Number // 0 where what the units add cancels out
	Now       figure.Number
	// Parts share Amount out, in catalogue order of the units; what no unit's own
	// figure shows, such as a changed opening, is the last, without a unit.
	Parts []Part
}

// Part is what one unit adds to an adjustment, and why.
type Part struct {
	Unit   string
	Amount figure.Number
	Causes []Cause
}

// Reconcile holds the cumulative figures of now, a month, against those of
// signed, an earlier month that was signed. Between are the months after the
// signed one and before now, in any order, as they are now. Only figures with
// something to adjust are returned: sums of flows of which an earlier month was
// changed.
func Reconcile(signed *Edition, between []*Edition, now *Edition, cat *catalogue.Catalogue) []Adjustment {
	signed, now = signed.under(cat), now.under(cat)
	since := []*Edition{now}
	for _, one := range between {
		since = append(since, one.under(cat))
	}
	seen := newWitness(signed, now, cat, nil)
	seen.newer = signed // what happened in the months that were signed
	r := reconciliation{signed: signed, since: since, now: now, cat: cat, seen: seen}
	var all []Adjustment
	for _, kind := range []period.SpanKind{period.YearToDate, period.PlanToDate} {
		if !sameBeginning(kind, signed.Period.To, now.Period.To, cat) {
			continue
		}
		for _, ind := range cat.Indicators {
			if !additive(ind, cat) {
				continue
			}
			if a, ok := r.adjustment(ind, kind); ok {
				all = append(all, a)
			}
		}
	}
	return all
}

// sameBeginning reports whether what is cumulative in two months began in the
// same one: what a year or a plan that is over had reached is no part of the next.
func sameBeginning(kind period.SpanKind, a, b period.Month, cat *catalogue.Catalogue) bool {
	if kind == period.YearToDate {
		return a.Year == b.Year
	}
	begun, planned := cat.PlanStart(a)
	since, stillPlanned := cat.PlanStart(b)
	return planned && stillPlanned && begun == since
}

type reconciliation struct {
	signed, now *Edition
	since       []*Edition // the months after the signed one, now among them
	cat         *catalogue.Catalogue
	seen        *witness
}

func (r reconciliation) adjustment(ind *catalogue.Indicator, kind period.SpanKind) (Adjustment, bool) {
	before, known := r.signed.Find(Key{Indicator: ind.Code, Span: kind}).Number()
	now, alsoKnown := r.now.Find(Key{Indicator: ind.Code, Span: kind}).Number()
	if !known || !alsoKnown {
		return Adjustment{}, false // nothing was signed, or nothing is said now
	}
	since := r.sinceThen(ind.Code, "")
	a := Adjustment{Indicator: ind.Code, Span: kind, Signed: before, Since: since, Now: now, Amount: now.Sub(before).Sub(since)}
	rest, opened := a.Amount, r.opened(ind, kind)
	for _, u := range r.cat.Units {
		own := r.of(r.now, ind.Code, u.ID, kind).Sub(r.of(r.signed, ind.Code, u.ID, kind)).
			Sub(r.sinceThen(ind.Code, u.ID))
		// Of a unit of which this edition has no figure the adjustment is in the
		// rest.
		if own.IsZero() || r.now.Find(Key{Indicator: ind.Code, Unit: u.ID, Span: kind}) == nil {
			continue
		}
		causes := r.causes(ind, kind, u.ID)
		if !slices.ContainsFunc(causes, func(c Cause) bool { return c.Month.IsZero() || c.Month.After(opened) }) {
			continue // the city's opening stands for these months, whatever came of them
		}
		rest = rest.Sub(own)
		a.Parts = append(a.Parts, Part{Unit: u.ID, Amount: own, Causes: causes})
	}
	if !rest.IsZero() {
		a.Parts = append(a.Parts, Part{Amount: rest, Causes: r.others(ind, kind)})
	}
	// Corrections of several units may cancel out, and are told all the same.
	return a, len(a.Parts) > 0
}

// opened is the last month of those for which the city has an opening, and no
// unit: zero where there are none.
func (r reconciliation) opened(ind *catalogue.Indicator, kind period.SpanKind) period.Month {
	code := ind.Code
	if ind.Kind == catalogue.Derived {
		code = ind.Formula.Terms()[0] // the others have theirs through the same month, else none counts
	}
	through := r.now.Find(Key{Indicator: ind.Code, Span: kind}).Opening
	if slices.ContainsFunc(r.cat.Openings, func(o catalogue.Opening) bool {
		return o.Indicator == code && o.Unit == "" && o.Through == through
	}) {
		return through
	}
	return period.Month{}
}

// sinceThen adds up the months after the signed one.
func (r reconciliation) sinceThen(code, unit string) figure.Number {
	var sum figure.Number
	for _, e := range r.since {
		sum = sum.Add(r.of(e, code, unit, period.Monthly))
	}
	return sum
}

// of is what a figure adds to a sum: nothing where it has no number.
func (r reconciliation) of(e *Edition, code, unit string, kind period.SpanKind) figure.Number {
	n, _ := e.Find(Key{Indicator: code, Unit: unit, Span: kind}).Number()
	return n
}

// causes are what happened to a unit's reports of the signed months; else to
// those of earlier ones, for a rule may look back to them.
func (r reconciliation) causes(ind *catalogue.Indicator, kind period.SpanKind, unit string) []Cause {
	own := Key{Indicator: ind.Code, Unit: unit, Span: kind}
	all := r.seen.within(own)
	if len(all) == 0 {
		all = r.seen.causesOf(own, func(m period.Month) bool { return !m.After(r.signed.Period.To) })
	}
	if len(all) == 0 && r.signed.Catalogue == r.now.Catalogue {
		all = slices.DeleteFunc(r.seen.elsewhere(unit), func(c Cause) bool { return c.Month.After(r.signed.Period.To) })
	}
	return r.orElse(all)
}

// others are the causes of what no unit's own figure shows, or what one shows
// and the city's does not: the reports of units that ended, and figures of months
// for which openings stand.
func (r reconciliation) others(ind *catalogue.Indicator, kind period.SpanKind) []Cause {
	through := r.now.Find(Key{Indicator: ind.Code, Span: kind}).Opening
	span := r.seen.months(kind)
	var all []Cause
	for _, u := range r.cat.Units {
		own := Key{Indicator: ind.Code, Unit: u.ID, Span: kind}
		ended := r.now.Find(own) == nil
		all = append(all, r.seen.causesOf(own, func(m period.Month) bool {
			return span.Contains(m) && (ended || !m.After(through))
		})...)
	}
	return r.orElse(all)
}

// orElse says what changed a figure where no report did.
func (r reconciliation) orElse(all []Cause) []Cause {
	switch {
	case !r.seen.listed():
		return []Cause{{Why: Unlisted}}
	case len(all) > 0:
		return all
	case r.signed.Catalogue != r.now.Catalogue:
		return []Cause{{Why: Definition}}
	}
	return []Cause{{Why: Program}}
}

// additive reports whether an indicator's figure of a span is the sum of those
// of its months, for the city and for each unit: flows that are summed, and what
// adds and subtracts them.
func additive(ind *catalogue.Indicator, cat *catalogue.Catalogue) bool {
	if ind.Kind == catalogue.Input {
		return ind.Nature == catalogue.Flow && ind.Across == catalogue.AcrossSum
	}
	return ind.Kind == catalogue.Derived && ind.ComputeAt != catalogue.AtUnit && linear(ind) &&
		!slices.ContainsFunc(ind.Formula.Terms(), func(code string) bool {
			term, ok := cat.Indicator(code)
			return !ok || !additive(term, cat)
		})
}

// linear reports whether a formula adds up: its value for all terms at 1 is the
// sum of its values for each term at 1 alone, for 2 twice that, and for nothing
// it is nothing. A quotient, a product of terms or a constant is told by that.
func linear(ind *catalogue.Indicator) bool {
	terms := ind.Formula.Terms()
	at := func(of func(code string) int64) (figure.Number, bool) {
		v, err := ind.Formula.Eval(func(code string) figure.Figure { return figure.Of(figure.Int(of(code))) })
		n, ok := v.Number()
		return n, err == nil && ok
	}
	all := func(n int64) func(string) int64 { return func(string) int64 { return n } }
	none, ok0 := at(all(0))
	one, ok1 := at(all(1))
	two, ok2 := at(all(2))
	if !ok0 || !ok1 || !ok2 || !none.IsZero() || !two.Equal(one.Add(one)) {
		return false
	}
	sum := figure.Int(0)
	for _, term := range terms {
		n, ok := at(func(code string) int64 {
			if code == term {
				return 1
			}
			return 0
		})
		if !ok {
			return false
		}
		sum = sum.Add(n)
	}
	return sum.Equal(one)
}

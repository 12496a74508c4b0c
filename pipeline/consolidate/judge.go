package consolidate

import (
	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/figure"
	"tonghop/pipeline/period"
	"tonghop/pipeline/summary"
)

var hundred = figure.Int(100)

// horizonOf says which targets a span can be judged by. The first six and the
// first nine months are their own year to date.
func horizonOf(span period.Span) (catalogue.Horizon, bool) {
	switch span.Kind {
	case period.Monthly:
		return catalogue.HorizonMonth, true
	case period.YearToDate, period.FullYear, period.NineMonths:
		return catalogue.HorizonYear, true
	case period.HalfYear:
		return catalogue.HorizonYear, span.From.Number == 1
	case period.PlanToDate:
		return catalogue.HorizonPlan, true
	}
	return "", false
}

// judge attaches the target of a figure's horizon and gives the verdict; units
// is the number of those of which anything was expected. It is nil where no
// target is attached to this span.
func (c *consolidation) judge(f *summary.Figure, span period.Span, units int) *summary.Judgment {
	horizon, ok := horizonOf(span)
	if !ok || f.Group != "" {
		return nil
	}
	month := c.judgedIn(f.Indicator, horizon, span.To)
	target := c.Catalogue.TargetFor(f.Indicator.Code, f.Unit, horizon, month)
	if target == nil || (horizon == catalogue.HorizonPlan && target.From != span.From) {
		return nil // a plan that began in another month has another value
	}
	passed, all := elapsed(target, month)
	missing := len(f.Coverage.Missing)
	j := &summary.Judgment{
		Target:      target,
		Before:      c.Catalogue.Adjusted(target, month),
		JudgedIn:    month,
		Missing:     missing,
		Reporting:   units - missing,
		HorizonEnds: passed == all,
		Provisional: f.Provisional,
	}
	if f.Coverage.By == summary.ByUnitMonth {
		j.Counted = f.Coverage
	}
	j.Expected = expectedBy(target, passed, all, span.To, c.dueIn(f.Indicator, span.To))
	if value, ok := f.Value.Number(); ok && len(f.Coverage.Uncovered) == 0 {
		j.Attained = attained(value, target.Value)
		j.Gap = gap(value, target)
		j.Held = j.Gap == nil
		j.Cases, j.CasesOf = c.cases(f, target)
		j.Projection = c.projection(f.Indicator, j, value, passed, all)
	}
	j.Verdict = c.verdict(f, j)
	return j
}

// judgedIn is the month whose target judges a figure: a fact that is asked in
// January about the year before is judged by that year's.
func (c *consolidation) judgedIn(ind *catalogue.Indicator, horizon catalogue.Horizon, m period.Month) period.Month {
	if horizon != catalogue.HorizonYear {
		return m
	}
	for _, t := range c.terms(ind) {
		if !t.AboutYearBefore(m) {
			return m
		}
	}
	return period.Month{Year: m.Year - 1, Number: 12}
}

// elapsed counts the closed months of a target's horizon at the end of month m.
func elapsed(t *catalogue.Target, m period.Month) (passed, all int) {
	switch t.Horizon {
	case catalogue.HorizonYear:
		return int(m.Number), 12
	case catalogue.HorizonPlan:
		return m.Sub(t.From) + 1, t.To.Sub(t.From) + 1
	}
	return 1, 1
}

// expectedBy is what the target's pace asks for by the end of month m; nil
// before a yearly fact is due or a path begins.
func expectedBy(t *catalogue.Target, passed, all int, m period.Month, due bool) *figure.Number {
	switch t.Pace {
	case catalogue.PaceLinear:
		n, err := t.Value.Mul(figure.Int(int64(passed))).Quo(figure.Int(int64(all)))
		if err != nil {
			return nil
		}
		return &n
	case catalogue.PaceAtDue:
		if !due {
			return nil
		}
	case catalogue.PacePath:
		var reached *figure.Number
		for _, stone := range t.Path {
			if !stone.Month.After(m) {
				reached = &stone.Value
			}
		}
		return reached
	}
	value := t.Value
	return &value
}

// dueIn reports whether an indicator, or each of the facts it is made of, is
// asked for in month m.
func (c *consolidation) dueIn(ind *catalogue.Indicator, m period.Month) bool {
	for _, t := range c.terms(ind) {
		if !t.DueIn(m) {
			return false
		}
	}
	return true
}

func attained(value, target figure.Number) *figure.Number {
	if target.Sign() <= 0 {
		return nil // "at most 0" has no percent
	}
	n, err := value.Mul(hundred).Quo(target)
	if err != nil {
		return nil
	}
	return &n
}

// reached reports whether a value is on the good side of a target.
func reached(value figure.Number, t *catalogue.Target) bool {
	return onGoodSide(value, t.Comparator, t.Value)
}

func onGoodSide(value figure.Number, c catalogue.Comparator, mark figure.Number) bool {
	switch order := value.Cmp(mark); c {
	case catalogue.AtLeast:
		return order >= 0
	case catalogue.MoreThan:
		return order > 0
	case catalogue.AtMost:
		return order <= 0
	default:
		return order < 0
	}
}

// floor reports whether a target asks for at least something; else it is a
// ceiling.
func floor(t *catalogue.Target) bool {
	return t.Comparator == catalogue.AtLeast || t.Comparator == catalogue.MoreThan
}

func gap(value figure.Number, t *catalogue.Target) *figure.Number {
	if reached(value, t) {
		return nil
	}
	n := t.Value.Sub(value)
	if !floor(t) {
		n = n.Neg()
	}
	return &n
}

// verdict decides by the exact value.
//
//	                     reached                        not reached
//	floor, irrevocable   met                            behind | on_track by pace; not_met at the end
//	floor, other         on_track; met at the end       the same
//	ceiling              on_track; met at the end,      not_met at once
//	                     no_data if units are missing
//	ceiling on a path    the same                       behind | on_track by milestone; not_met at the end
func (c *consolidation) verdict(f *summary.Figure, j *summary.Judgment) summary.Verdict {
	value, known := f.Value.Number()
	switch breached := known && !floor(j.Target) && j.Gap != nil; {
	case f.Reason == summary.ReasonNotDue, j.Target.Pace == catalogue.PaceAtDue && j.Expected == nil && !breached:
		return summary.NotDue
	case len(f.Coverage.Uncovered) > 0:
		return summary.NoData
	}
	switch f.Reason {
	case summary.ReasonNoCases, summary.ReasonNotAppl:
		return summary.NotApplicable
	}
	if !known {
		return summary.NoData
	}
	final := j.HorizonEnds || j.Target.Pace == catalogue.PaceAtDue
	good := j.Held
	if !floor(j.Target) {
		return ceiling(final, f, j)
	}
	switch {
	case good && (final || irrevocable(f.Indicator)):
		return summary.Met
	case good:
		return summary.OnTrack
	case final:
		return summary.NotMet
	case j.Expected != nil && onGoodSide(value, j.Target.Comparator, *j.Expected):
		return summary.OnTrack
	case j.Expected == nil:
		return summary.NotDue
	}
	return summary.Behind
}

// ceiling judges a target that may not be exceeded. One that falls step by step
// is not breached by a value that may still fall with it.
func ceiling(final bool, f *summary.Figure, j *summary.Judgment) summary.Verdict {
	value, _ := f.Value.Number()
	falling := j.Target.Pace == catalogue.PacePath && !final && !irrevocable(f.Indicator)
	switch {
	case !j.Held && !falling:
		return summary.NotMet
	case !j.Held && j.Expected == nil:
		return summary.NotDue
	case final && j.Missing > 0:
		return summary.NoData // a unit that has not reported may still breach it
	case final:
		return summary.Met
	case j.Expected != nil && !onGoodSide(value, j.Target.Comparator, *j.Expected):
		return summary.Behind
	}
	return summary.OnTrack
}

// irrevocable reports whether a sum, once reached, cannot fall again: a flow
// that cannot be negative.
func irrevocable(ind *catalogue.Indicator) bool {
	return ind.Kind == catalogue.Input && ind.Nature == catalogue.Flow &&
		ind.Across == catalogue.AcrossSum && ind.Min.NeverBelow(figure.Int(0))
}

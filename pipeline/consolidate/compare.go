package consolidate

import (
	"slices"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/figure"
	"tonghop/pipeline/period"
	"tonghop/pipeline/summary"
)

// lastYear compares a span with the one a year before it.
type lastYear struct {
	*consolidation
	span, then period.Span
	units      []*catalogue.Unit // of then
}

// yearBefore is false where nothing can be known of the year before: there was
// no submission yet and no opening reaches into it. A plan is compared with
// nothing.
func (c *consolidation) yearBefore(span period.Span) (*lastYear, bool) {
	then := span.Add(-12)
	if span.Kind == period.PlanToDate || span.IsZero() || c.known.IsZero() {
		return nil, false
	}
	opened := slices.ContainsFunc(c.Catalogue.Openings, func(o catalogue.Opening) bool { return then.Contains(o.Through) })
	if then.To.Before(c.known) && !opened {
		return nil, false
	}
	return &lastYear{consolidation: c, span: span, then: then, units: c.unitsIn(then)}, true
}

// compare sets each figure of an indicator beside that of the year before. The
// figures are those of the scopes, one each, in their order.
func (y *lastYear) compare(ind *catalogue.Indicator, scopes []scope, figures []summary.Figure) {
	asked := y.question(ind)
	if asked == never || ind.Across == catalogue.AcrossNone && ind.Kind == catalogue.Derived {
		return
	}
	var both []*catalogue.Unit // complete in both spans
	for i, s := range scopes {
		if s.unit == "" {
			continue
		}
		f, before := &figures[i], y.evaluate(ind, y.then, s)
		switch {
		case y.silent(f, &before):
		case asked == otherwise:
			f.Comparison = y.not(summary.AskedOtherwise)
		case !y.unchanged(s.units[0], y.then.From, y.span.To):
			f.Comparison = y.not(summary.UnitChanged)
		case !complete(f.Coverage, f.Opening):
			f.Comparison = y.not(summary.IncompleteNow)
		case !complete(before.coverage, before.opening):
			f.Comparison = y.not(summary.IncompleteThen)
		default:
			both = append(both, s.units[0])
			f.Comparison = y.sides(summary.OverAll, ind, f.Value, before.value)
		}
	}
	for i, s := range scopes {
		if s.unit != "" || ind.Across == catalogue.AcrossNone {
			continue
		}
		f, before := &figures[i], y.evaluate(ind, y.then, scope{units: y.members(s.group), group: s.group})
		switch {
		case y.silent(f, &before):
		case asked == otherwise:
			f.Comparison = y.not(summary.AskedOtherwise)
		default:
			f.Comparison = y.together(ind, s, f, &before, both)
		}
	}
}

// together compares the figure of several units: as it is where both sides are
// complete, else over those of its units that are complete in both. The city is
// the city whatever its units are; a group is only what its units are, so one
// that changed is compared over those that did not.
func (y *lastYear) together(ind *catalogue.Indicator, s scope, f *summary.Figure, before *result, both []*catalogue.Unit) *summary.Comparison {
	if complete(f.Coverage, f.Opening) && complete(before.coverage, before.opening) && (s.city() || y.lasting(s)) {
		return y.sides(summary.OverAll, ind, f.Value, before.value)
	}
	same := scope{group: s.group, some: true}
	for _, u := range both {
		if s.group == "" || u.Group == s.group {
			same.units = append(same.units, u)
		}
	}
	if len(same.units) == 0 {
		return y.not(summary.NoSameUnits)
	}
	c := y.sides(summary.OverSameUnits, ind, y.evaluate(ind, y.span, same).value, y.evaluate(ind, y.then, same).value)
	c.Units = len(same.units)
	return c
}

// lasting reports whether a group has had the same units throughout.
func (y *lastYear) lasting(s scope) bool {
	for _, u := range slices.Concat(s.units, y.members(s.group)) {
		if !y.unchanged(u, y.then.From, y.span.To) {
			return false
		}
	}
	return true
}

// members are a group's units of the year before, or all where group is empty.
func (y *lastYear) members(group string) []*catalogue.Unit {
	if group == "" {
		return y.units
	}
	var units []*catalogue.Unit
	for _, u := range y.units {
		if u.Group == group {
			units = append(units, u)
		}
	}
	return units
}

// question tells how an indicator was asked in the year before.
type question uint8

const (
	alike     question = iota
	otherwise          // in other months, or not in all of them
	never
)

func (y *lastYear) question(ind *catalogue.Indicator) question {
	flows, points := y.made[ind].flows, y.made[ind].points
	months := y.span.Months()
	if len(flows) == 0 {
		months = months[len(months)-1:]
	}
	then, same := false, true
	for _, m := range months {
		terms := flows
		if m == y.span.To {
			terms = slices.Concat(flows, points)
		}
		before := y.wanted(ind, terms, m.Add(-12))
		then = then || before
		same = same && before == y.wanted(ind, terms, m)
	}
	switch {
	case !then:
		return never
	case !same:
		return otherwise
	}
	return alike
}

// silent reports whether there is nothing to tell: nothing was asked now, or
// nothing at all is known of then.
func (y *lastYear) silent(f *summary.Figure, before *result) bool {
	if _, known := f.Value.Number(); !known && f.Coverage.Expected == 0 {
		return true
	}
	return y.then.To.Before(y.known) && before.opening.IsZero()
}

// complete reports whether a figure lacks nothing that it rests on.
func complete(c summary.Coverage, opening period.Month) bool {
	return c.Complete() && len(c.Carried) == 0 && (c.Expected > 0 || !opening.IsZero())
}

func (y *lastYear) not(why summary.Incomparable) *summary.Comparison {
	return &summary.Comparison{Span: y.then, Basis: summary.NotCompared, Reason: why}
}

func (y *lastYear) sides(basis summary.Basis, ind *catalogue.Indicator, now, then figure.Figure) *summary.Comparison {
	value, ok := now.Number()
	base, before := then.Number()
	if !ok || !before {
		return y.not(summary.NothingOccurred)
	}
	return &summary.Comparison{
		Span: y.then, Basis: basis, Value: &value, Base: &base, Points: ind.Type == catalogue.Percent,
	}
}

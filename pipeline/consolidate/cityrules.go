package consolidate

import (
	"slices"
	"strings"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/catalogue/formula"
	"tonghop/pipeline/figure"
	"tonghop/pipeline/finding"
	"tonghop/pipeline/period"
	"tonghop/pipeline/summary"
)

// cityRules checks the catalogue's rules of the city on its figures of the
// month. They call for attention and refuse nothing; what cannot be checked is
// passed over, for the figures themselves say what they lack.
func (c *consolidation) cityRules(s *summary.Summary) []finding.Finding {
	if s.Period.Kind != period.Monthly {
		return nil
	}
	var all []finding.Finding
	for _, r := range c.Catalogue.Rules {
		if r.Scope != catalogue.RuleOfCity || !s.Window.Overlaps(r.ValidFrom, r.ValidTo) {
			continue
		}
		look := func(ref formula.Ref) figure.Figure { return c.cityFigure(s, ref) }
		if slices.ContainsFunc(r.Check.Refs(), func(ref formula.Ref) bool { return ref.When == formula.Prev || ref.When == formula.LastYear }) {
			look = func(ref formula.Ref) figure.Figure { return c.completeCityFigure(s, ref) }
		}
		if r.Check.Eval(look) != formula.Broken {
			continue
		}
		one := finding.New(finding.RuleBroken)
		one.Severity, one.Period = finding.Note, s.Period.To
		if r.Severity == "warning" {
			one.Severity = finding.Warning
		}
		var seen []string
		for _, ref := range r.Check.Refs() {
			one.Indicator = ref.Code
			seen = append(seen, ref.String()+" = "+look(ref).String())
		}
		all = append(all, one.With("rule", r.ID).With("values", strings.Join(seen, "|")))
	}
	return all
}

// cityFigure is what the city says for a code of a rule, however incomplete.
func (c *consolidation) cityFigure(s *summary.Summary, ref formula.Ref) figure.Figure {
	span := period.Monthly
	if ref.When == formula.YTD {
		span = period.YearToDate
	}
	if f := s.Find(ref.Code, span, "", ""); f != nil {
		return f.Value
	}
	return figure.Without(figure.Blank)
}

// completeCityFigure is what the city says for a code of a rule that looks back.
// An incomplete figure is not set beside another: the units that are missing
// would break the rule.
func (c *consolidation) completeCityFigure(s *summary.Summary, ref formula.Ref) figure.Figure {
	span := s.Period
	switch ref.When {
	case formula.YTD:
		span = period.SpanOf(period.YearToDate, s.Period.To, period.Month{})
	case formula.Prev:
		span = span.Add(-1)
	case formula.LastYear:
		span = span.Add(-12)
	}
	ind, ok := c.Catalogue.Indicator(ref.Code)
	if !ok || !c.published(ind, span) || span.To.Before(c.known) {
		return figure.Without(figure.NotAvailable)
	}
	if r := c.evaluate(ind, span, scope{units: c.unitsIn(span)}); complete(r.coverage, r.opening) {
		return r.value
	}
	return figure.Without(figure.NotAvailable)
}

// overlaps tells of openings that reach into months for which units have
// reported, or figures were imported: the opening counts, and those do not.
func (c *consolidation) overlaps(s *summary.Summary) []finding.Finding {
	var all []finding.Finding
	for _, o := range c.Catalogue.Openings {
		first, imported := c.firstWithin(o)
		if first.IsZero() || o.Through.After(s.Period.To) {
			continue
		}
		one := finding.New(finding.OpeningOverlaps)
		one.Indicator, one.Unit, one.Period = o.Indicator, o.Unit, s.Period.To
		if imported { // as it should be where past months are there to be compared with
			one.Severity = finding.Note
		}
		all = append(all, one.With("through", o.Through.String()).With("first", first.String()).With("value", o.Value.String()))
	}
	return all
}

// firstWithin is the first month covered by an opening for which figures are
// known as well, zero where there is none, and whether only imports know them.
func (c *consolidation) firstWithin(o catalogue.Opening) (first period.Month, imported bool) {
	if !o.Through.Before(c.began) && !c.began.IsZero() {
		return c.began, false
	}
	from := period.Month{Year: o.Through.Year, Number: 1}
	if o.Span == catalogue.OpeningPlan {
		if begins, ok := c.Catalogue.PlanStart(o.Through); ok {
			from = begins
		}
	}
	for m := from; !m.After(o.Through); m = m.Add(1) {
		if c.History.Imported(o.Indicator, m) && c.importedFor(o, m) {
			return m, true
		}
	}
	return period.Month{}, false
}

// importedFor reports whether a figure of those an opening adds up was imported:
// the unit's own, or any unit's where the opening is the city's.
func (c *consolidation) importedFor(o catalogue.Opening, m period.Month) bool {
	for _, u := range c.Catalogue.Units {
		if o.Unit != "" && o.Unit != u.ID {
			continue
		}
		if v, ok := c.History.Value(u.ID, o.Indicator, m); ok && v.Import != nil {
			return true
		}
	}
	return false
}

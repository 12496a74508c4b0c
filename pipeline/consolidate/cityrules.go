package consolidate

import (
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
	look := func(ref formula.Ref) figure.Figure {
		span := period.Monthly
		switch ref.When {
		case formula.YTD:
			span = period.YearToDate
		case formula.Prev, formula.LastYear:
			return figure.Without(figure.NotAvailable)
		}
		if f := s.Find(ref.Code, span, "", ""); f != nil {
			return f.Value
		}
		return figure.Without(figure.Blank)
	}
	var all []finding.Finding
	for _, r := range c.Catalogue.Rules {
		if r.Scope != catalogue.RuleOfCity || !s.Window.Overlaps(r.ValidFrom, r.ValidTo) || r.Check.Eval(look) != formula.Broken {
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

// overlaps tells of openings that reach into months for which units have
// reported: the opening counts, and those reports do not.
func (c *consolidation) overlaps(s *summary.Summary) []finding.Finding {
	var all []finding.Finding
	first := c.History.First()
	for _, o := range c.Catalogue.Openings {
		if first.IsZero() || o.Through.Before(first) || o.Through.After(s.Period.To) {
			continue
		}
		one := finding.New(finding.OpeningOverlaps)
		one.Indicator, one.Unit, one.Period = o.Indicator, o.Unit, s.Period.To
		all = append(all, one.With("through", o.Through.String()).With("first", first.String()).With("value", o.Value.String()))
	}
	return all
}

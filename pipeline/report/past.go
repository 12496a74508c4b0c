package report

import (
	"slices"
	"strings"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/summary"
)

// compares reports whether any figure of the city stands beside one of the year
// before; then the programmes' tables have a column for it.
func (c *composer) compares() bool {
	return slices.ContainsFunc(c.Summary.Figures, func(f summary.Figure) bool { return f.IsCity() && f.Comparison.Compared() })
}

// lastYear prints what the cumulative figure was a year ago and the change
// since, or the month's own where only that can be compared.
func (c *composer) lastYear(own, year *summary.Figure) string {
	switch {
	case year != nil && year.Comparison.Compared():
		return c.Phrases.Base(year.Comparison, year.Indicator)
	case own != nil && own != year && own.Comparison.Compared():
		span, _ := c.span(own.Span)
		return c.Phrases.Span(span) + ": " + c.Phrases.Base(own.Comparison, own.Indicator)
	case year != nil:
		return c.Phrases.Base(year.Comparison, year.Indicator)
	}
	return ""
}

// comparisons tells how figures are compared with last year, or why they are
// not.
func (c *composer) comparisons() string {
	if slices.ContainsFunc(c.Summary.Figures, func(f summary.Figure) bool { return f.IsCity() && f.Comparison != nil }) {
		return c.say("report.note.comparison")
	}
	return c.say("report.note.no_last_year", "began", c.Summary.Began)
}

// weight is what the missing of the period itself gave in the one before, by the
// indicator's own figure: of the months since January little may be known for
// single units. Where only that is known it tells.
func (c *composer) weight(f *summary.Figure) *summary.Weight {
	if own := c.index()[c.cityKey(f.Indicator, c.own())]; own != nil && own.Coverage.Weight != nil {
		return own.Coverage.Weight
	}
	return f.Coverage.Weight
}

// weighed explains the weight of the missing behind a text, where page 1 has
// one.
func (c *composer) weighed(text string) string {
	if slices.ContainsFunc(c.judged(true), func(f *summary.Figure) bool { return c.weight(f) != nil }) {
		return text + " " + c.say("report.note.weight")
	}
	return text
}

// daggered explains the dagger behind a text, where any figure has one.
func (c *composer) daggered(text string) string {
	if slices.ContainsFunc(c.Summary.Figures, func(f summary.Figure) bool { return len(f.Coverage.Carried) > 0 }) {
		return text + " " + c.say("legend.carried")
	}
	return text
}

// carried lists the stocks that stand for a later month: of which units, and
// from when.
func (c *composer) carried() []Block {
	var figures []string
	for i := range c.Summary.Figures {
		f := &c.Summary.Figures[i]
		if f.IsCity() && f.Span == c.own() && f.Indicator.Kind == catalogue.Input && len(f.Coverage.Carried) > 0 {
			units := c.Phrases.Carried(f.Coverage.Carried, c.unitTitle)
			if f.Indicator.CityOnly {
				units = c.say("units.count", "n", len(f.Coverage.Carried))
			}
			figures = append(figures, c.Phrases.IndicatorName(f.Indicator)+": "+units)
		}
	}
	if len(figures) == 0 {
		return nil
	}
	return []Block{Paragraph{Style: Small, Text: c.say("report.note.carried", "figures", strings.Join(figures, ". "))}}
}

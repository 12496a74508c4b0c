package report

import (
	"slices"
	"time"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/period"
	"tonghop/pipeline/summary"
)

// accumulated reports whether the period's own figure of an indicator is that of
// the year so far, and none of the period alone.
func (c *composer) accumulated(ind *catalogue.Indicator) bool {
	return c.Summary.Catalogue.Accumulates(ind) && (c.own() == period.Monthly || c.Summary.Period.From.Number != time.January)
}

// nameOfOwn names an indicator over its figure of the period's own span.
func (c *composer) nameOfOwn(ind *catalogue.Indicator) string {
	name := c.Phrases.IndicatorName(ind)
	if c.accumulated(ind) {
		return c.say("report.accumulated", "indicator", name)
	}
	return name
}

// month prints the month's figure beside the year's; what has only come together
// since January stands in the year's column alone.
func (c *composer) month(own, year *summary.Figure) Cell {
	if own != nil && year != nil && own.Judgment == nil && c.accumulated(own.Indicator) {
		return Cell{}
	}
	return Cell{Text: c.value(own), Italic: provisional(own)}
}

// monthless explains the empty cells of the month's column behind a text, where a
// programme has any.
func (c *composer) monthless(text string) string {
	if c.own() == period.Monthly && slices.ContainsFunc(c.Summary.Figures, func(f summary.Figure) bool {
		return f.Span == c.own() && !undue(&f) && c.accumulated(f.Indicator)
	}) {
		return text + " " + c.say("legend.accumulated")
	}
	return text
}

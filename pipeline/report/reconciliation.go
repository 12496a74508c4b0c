package report

import (
	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/edition"
	"tonghop/pipeline/figure"
)

// reconciliation is the appendix that leads from the cumulative figures that
// were signed to those of this report, where earlier months have changed since.
func (c *composer) reconciliation() Section {
	t := Table{
		Columns: []Column{{Weight: 62}, {Weight: 22}, {Weight: 20, Align: Right}, {Weight: 20, Align: Right}, {Weight: 20, Align: Right}, {Weight: 20, Align: Right}},
		Head: [][]Cell{c.head("column.indicator", "column.span", "column.signed_total", "column.since_signed",
			"column.adjusted", "column.total_now")},
	}
	for _, a := range c.Adjustments {
		ind, ok := c.Summary.Catalogue.Indicator(a.Indicator)
		if !ok {
			continue
		}
		span, _ := c.span(a.Span)
		t.Rows = append(t.Rows, Row{Cells: []Cell{
			{Text: c.Phrases.IndicatorName(ind)}, {Text: c.Phrases.Span(span)}, {Text: c.Phrases.Exact(a.Signed)},
			{Text: c.Phrases.Exact(a.Since)}, {Text: c.signed(a.Amount), Strong: true}, {Text: c.Phrases.Exact(a.Now)},
		}})
		t.Rows = append(t.Rows, c.parts(ind, a)...)
	}
	return Section{Blocks: []Block{Paragraph{Text: c.say("report.reconciliation", "month", c.Reconciled)}, t}}
}

// parts are what each unit adds to an adjustment, and why. Those of a city-only
// indicator are not told.
func (c *composer) parts(ind *catalogue.Indicator, a edition.Adjustment) []Row {
	if ind.CityOnly {
		return nil
	}
	var rows []Row
	for _, p := range a.Parts {
		why := c.Phrases.CausesOf(p.Causes, c.Summary.Catalogue) // they name the unit
		switch {
		case p.Unit == "":
			why = c.say("report.adjusted_by", "who", c.say("report.adjusted_rest"), "causes", why)
		case why == "":
			why = c.unitTitle(p.Unit)
		}
		rows = append(rows, Row{Cells: []Cell{
			{Text: why, Span: 4, Indent: 1, Italic: true},
			{Text: c.signed(p.Amount), Italic: true}, {},
		}})
	}
	return rows
}

// signed prints an amount with its sign.
func (c *composer) signed(n figure.Number) string {
	if n.Sign() > 0 {
		return "+" + c.Phrases.Exact(n)
	}
	return c.Phrases.Exact(n)
}

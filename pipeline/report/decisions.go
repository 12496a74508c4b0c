package report

import (
	"strings"

	"tonghop/pipeline/decision"
	"tonghop/pipeline/figure"
	"tonghop/pipeline/summary"
	"tonghop/pipeline/vietnamese"
)

// ruled names the units for which the office has moved the deadline or closed
// the gap.
func (c *composer) ruled() []string {
	var items, extended []string
	for _, r := range c.Summary.Submissions {
		if r.Extended {
			extended = append(extended, c.say("report.extended_to", "unit", r.Unit.Title(), "at", r.Deadline.In(c.AsOf.Location())))
		}
	}
	if more := len(extended) - mostNamed; more > 0 {
		extended = []string{c.say("report.and_more", "units", strings.Join(extended[:mostNamed], ", "), "n", more, "annex", c.annexLabel(AnnexSubmissions))}
	}
	if len(extended) > 0 {
		count, _ := c.Phrases.Reports(c.Summary.Reports(func(r summary.Receipt) bool { return r.Extended }), c.Summary.Period)
		items = append(items, c.say("report.extended", "count", count, "units", strings.Join(extended, ", ")))
	}
	if count, names := c.named(c.Summary.Reports(func(r summary.Receipt) bool { return r.Closed })); names != "" {
		items = append(items, c.say("report.closed", "count", count, "units", names))
	}
	return items
}

// decisions lists what the office decided for the period, with its basis: what
// waits for a document first of all.
func (c *composer) decisions() []Block {
	if len(c.Summary.Decisions) == 0 {
		return nil
	}
	t := Table{
		Columns: []Column{{Weight: 12}, {Weight: 16}, {Weight: 22}, {Weight: 30}, {Weight: 44}, {Weight: 40}, {Weight: 14}},
		Head: [][]Cell{c.head("column.decision", "column.date", "column.kind", "column.unit",
			"column.finding", "column.basis", "column.confirmed")},
	}
	waiting := 0
	for _, unconfirmed := range []bool{true, false} {
		for _, d := range c.Summary.Decisions {
			if waits(d) != unconfirmed {
				continue
			}
			if unconfirmed {
				waiting++
			}
			t.Rows = append(t.Rows, Row{Cells: []Cell{
				{Text: d.ID}, {Text: vietnamese.ShortDate(d.Date)}, {Text: c.say("decision." + string(d.Kind))},
				{Text: c.decidedUnit(d)}, {Text: c.decidedContent(d)}, {Text: joined(d.Basis, d.By)}, {Text: c.confirmation(d), Strong: unconfirmed},
			}})
		}
	}
	blocks := []Block{Heading{Level: 3, Text: c.say("report.section.decisions")}, t}
	if waiting > 0 {
		blocks = append(blocks, Paragraph{Style: Small, Text: c.say("report.decisions_waiting", "n", waiting)})
	}
	return blocks
}

// waits reports whether a decision changes figures and has no document yet.
func waits(d decision.Decision) bool {
	return !d.Confirmed && (d.Kind == decision.Correction || d.Kind == decision.Paper)
}

func (c *composer) confirmation(d decision.Decision) string {
	switch {
	case d.Confirmed:
		return c.say("confirmed.yes")
	case waits(d):
		return c.say("confirmed.no")
	}
	return ""
}

func (c *composer) decidedUnit(d decision.Decision) string {
	if d.Unit == "" {
		return ""
	}
	return c.unitTitle(d.Unit)
}

// decidedContent is what was decided, in a line. The figures of a city-only
// indicator are not told by unit.
func (c *composer) decidedContent(d decision.Decision) string {
	ind, ok := c.Summary.Catalogue.Indicator(d.Indicator)
	switch {
	case d.Kind == decision.Extend:
		return d.New.Raw
	case !ok:
		return joined(d.File, d.Code)
	case ind.CityOnly || d.Kind == decision.Explanation:
		return c.Phrases.IndicatorName(ind)
	}
	if !d.Old.Given() {
		return c.say("decision.value", "indicator", c.Phrases.IndicatorName(ind), "new", c.typed(d.New))
	}
	return c.say("decision.content", "indicator", c.Phrases.IndicatorName(ind), "old", c.typed(d.Old), "new", c.typed(d.New))
}

func (c *composer) typed(a decision.Amount) string {
	if n, ok := a.Figure.Number(); ok && a.Figure.Is(figure.Known) {
		return c.Phrases.Exact(n)
	}
	return a.Raw
}

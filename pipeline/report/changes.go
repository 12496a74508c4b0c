package report

import (
	"slices"

	"tonghop/pipeline/edition"
	"tonghop/pipeline/period"
)

// changes is the appendix of what the revision before gave otherwise: what
// happened since, and the city's figures then and now. Units' own figures are in
// the workbook.
func (c *composer) changes() Section {
	var s Section
	var happened []string
	for _, t := range edition.Tallies(c.Changes) {
		happened = append(happened, c.say("report.change", "cause", c.Phrases.Cause(t.Cause, c.Summary.Catalogue), "n", t.Indicators))
	}
	s.Blocks = append(s.Blocks, Bullets{Small: true, Items: happened})
	if t := c.changedFigures(); len(t.Rows) > 0 {
		s.Blocks = append(s.Blocks, t)
	}
	s.Blocks = append(s.Blocks, Paragraph{Style: Small, Text: c.legend()})
	return s
}

// changedFigures is the table of the city's changed figures: a row an indicator,
// with the period's own figure and the cumulative ones.
func (c *composer) changedFigures() Table {
	kinds := c.changedSpans()
	t := Table{Columns: []Column{{Weight: 60}}, Head: [][]Cell{c.head("column.indicator")}}
	for _, kind := range kinds {
		span, _ := c.span(kind)
		for _, key := range []string{"column.before", "column.now"} {
			t.Columns = append(t.Columns, Column{Weight: 18, Align: Right})
			t.Head[0] = append(t.Head[0], Cell{Text: c.say(key, "span", c.Phrases.Span(span)), Strong: true, AlignSet: true, Align: Center})
		}
	}
	for _, one := range edition.OfCity(c.Changes, c.Summary.Catalogue) {
		t.Rows = append(t.Rows, c.changedRow(one.Indicator, kinds, one.Spans))
	}
	return t
}

func (c *composer) changedRow(code string, kinds []period.SpanKind, own map[period.SpanKind]edition.Change) Row {
	row := Row{Cells: []Cell{{Text: code}}}
	if ind, ok := c.Summary.Catalogue.Indicator(code); ok {
		row.Cells[0].Text = c.Phrases.IndicatorName(ind)
	}
	for _, kind := range kinds {
		change, there := own[kind]
		if !there {
			row.Cells = append(row.Cells, Cell{}, Cell{})
			continue
		}
		before, now := c.Phrases.Changed(change, c.Summary.Catalogue)
		// The verdict is told where it is part of the change: it would fill these
		// narrow columns.
		if judged, judgedNow := c.Phrases.Judged(change); judged != judgedNow {
			before, now = judgedBehind(before, judged), judgedBehind(now, judgedNow)
		}
		row.Cells = append(row.Cells, Cell{Text: before}, Cell{Text: now, Strong: true})
	}
	return row
}

func judgedBehind(value, verdict string) string {
	if verdict == "" {
		return value
	}
	return value + " (" + verdict + ")"
}

// changedSpans are the spans of which a figure of the city changed, in order.
func (c *composer) changedSpans() []period.SpanKind {
	var kinds []period.SpanKind
	for _, s := range c.Summary.Spans {
		if slices.ContainsFunc(c.Changes, func(ch edition.Change) bool { return ch.IsCity() && ch.Span == s.Kind }) {
			kinds = append(kinds, s.Kind)
		}
	}
	return kinds
}

package report

import (
	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/edition"
	"tonghop/pipeline/period"
	"tonghop/pipeline/summary"
	"tonghop/pipeline/wording"
)

// changes is the appendix of what the revision before gave otherwise: what
// happened since, and the city's figures then and now. Units' own figures are in
// the workbook.
func (c *composer) changes() []Section {
	if c.Before == 0 {
		return nil
	}
	s := Section{Blocks: []Block{Heading{Level: 1, Text: c.annex("report.section.changes", "revision", year(c.Before))}}}
	if len(c.Changes) == 0 {
		s.Blocks = append(s.Blocks, Paragraph{Text: c.say("report.changes_none")})
		return []Section{s}
	}
	var happened []string
	for _, t := range edition.Tallies(c.Changes) {
		happened = append(happened, c.say("report.change", "cause", c.Phrases.Cause(t.Cause, c.Summary.Catalogue), "n", t.Indicators))
	}
	s.Blocks = append(s.Blocks, Bullets{Small: true, Items: happened})
	if t := c.changedFigures(); len(t.Rows) > 0 {
		s.Blocks = append(s.Blocks, t)
	}
	s.Blocks = append(s.Blocks, Paragraph{Style: Small, Text: c.legend()})
	return []Section{s}
}

// changedFigures is the table of the city's changed figures: a row an indicator,
// with the period's own figure and the cumulative ones.
func (c *composer) changedFigures() Table {
	kinds := c.changedSpans()
	t := Table{Columns: []Column{{Weight: 60}}, Size: 9, Head: [][]Cell{c.head("column.indicator")}}
	for _, kind := range kinds {
		span, _ := c.span(kind)
		for _, key := range []string{"column.before", "column.now"} {
			t.Columns = append(t.Columns, Column{Weight: 18, Align: Right})
			t.Head[0] = append(t.Head[0], Cell{Text: c.say(key, "span", c.Phrases.Span(span)), Strong: true, AlignSet: true, Align: Center})
		}
	}
	byIndicator := map[string]map[period.SpanKind]edition.Change{}
	for _, change := range c.Changes {
		if !change.IsCity() {
			continue
		}
		if byIndicator[change.Indicator] == nil {
			byIndicator[change.Indicator] = map[period.SpanKind]edition.Change{}
		}
		byIndicator[change.Indicator][change.Span] = change
	}
	for _, ind := range c.Summary.Catalogue.Indicators {
		if own := byIndicator[ind.Code]; own != nil {
			t.Rows = append(t.Rows, c.changedRow(ind, kinds, own))
		}
	}
	return t
}

func (c *composer) changedRow(ind *catalogue.Indicator, kinds []period.SpanKind, own map[period.SpanKind]edition.Change) Row {
	row := Row{Cells: []Cell{{Text: c.Phrases.IndicatorName(ind)}}}
	for _, kind := range kinds {
		change, there := own[kind]
		if !there {
			row.Cells = append(row.Cells, Cell{}, Cell{})
			continue
		}
		decimals := wording.ShownDecimals(change, ind)
		row.Cells = append(row.Cells,
			Cell{Text: c.edited(change.Old, ind, decimals)}, Cell{Text: c.edited(change.New, ind, decimals), Strong: true})
	}
	return row
}

// edited is a published figure, with its verdict where it has one.
func (c *composer) edited(f *edition.Figure, ind *catalogue.Indicator, decimals int) string {
	text := c.Phrases.Edited(f, ind, decimals)
	if f != nil && f.Verdict != "" {
		text += " (" + c.Phrases.Verdict(summary.Verdict(f.Verdict)) + ")"
	}
	return text
}

// changedSpans are the spans of which a figure of the city changed, in order.
func (c *composer) changedSpans() []period.SpanKind {
	var kinds []period.SpanKind
	for _, s := range c.Summary.Spans {
		for _, change := range c.Changes {
			if change.IsCity() && change.Span == s.Kind {
				kinds = append(kinds, s.Kind)
				break
			}
		}
	}
	return kinds
}

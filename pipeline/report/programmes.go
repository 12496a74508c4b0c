package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/period"
	"tonghop/pipeline/summary"
)

// year prints a year as text: a count would be grouped, "2.025".
func year(n int) string { return fmt.Sprint(n) }

// programmes are the section of results: for each programme what it comes to in
// words, the table, how it went month by month, and the commitments that are
// answered in words.
func (c *composer) programmes() []Block {
	index := c.index()
	texts := map[string]string{} // by programme
	for _, t := range Paragraphs(c.Input) {
		texts[t.Programme] = t.Text
	}
	var blocks []Block
	var without []string
	for _, p := range c.Summary.Catalogue.Programmes {
		table, notDue, any := c.programme(p, index)
		tallies := c.tallies(p)
		if !any && len(tallies) == 0 && len(notDue) == 0 {
			without = append(without, cmp.Or(p.Number, c.Phrases.ProgrammeName(p)))
			continue
		}
		blocks = append(blocks, Heading{Level: 2, Text: c.programmeTitle(p)})
		for text := range strings.Lines(texts[p.Code]) {
			blocks = append(blocks, Paragraph{Text: strings.TrimSpace(text)})
		}
		if any {
			blocks = append(blocks, table)
			blocks = append(blocks, c.adjustments(c.judgedOf(p))...)
			blocks = append(blocks, c.trends(p, index)...)
			blocks = append(blocks, c.ranks(p, index)...)
		}
		if len(notDue) > 0 {
			blocks = append(blocks, Paragraph{Style: Small, Text: c.say("report.not_due", "indicators", strings.Join(notDue, "; "))})
		}
		for _, t := range tallies {
			blocks = append(blocks, t)
		}
		blocks = append(blocks, c.narratives(p)...)
		blocks = append(blocks, c.lagging(p)...)
	}
	if len(without) > 0 {
		blocks = append(blocks, Paragraph{Style: Small, Text: c.say("report.programmes_empty", "programmes", strings.Join(without, ", "))})
	}
	blocks = append(blocks, Paragraph{Style: Small, Text: c.monthless(c.legend())})
	if c.compares() {
		blocks = append(blocks, Paragraph{Style: Small, Text: c.say("report.note.last_year")})
	}
	return append(blocks, c.carried()...)
}

func (c *composer) programmeTitle(p *catalogue.Programme) string {
	if p.Number == "" {
		return c.Phrases.ProgrammeName(p)
	}
	return c.say("report.programme", "number", p.Number, "name", c.Phrases.ProgrammeName(p))
}

// programme is the table of one programme's figures, and the names of those
// that are asked in other months; false where it has none this period.
func (c *composer) programme(p *catalogue.Programme, index lookup) (t Table, notDue []string, any bool) {
	t = Table{
		Columns: []Column{{Weight: 44}, {Weight: 12, Align: Center}, {Weight: 14, Align: Right}, {Weight: 15, Align: Right},
			{Weight: 15, Align: Right}, {Weight: 13, Align: Right}, {Weight: 22, Align: Center}, {Weight: 25}},
		Head: [][]Cell{c.head("column.indicator", "column.measure", "span.month", "span.year_to_date",
			"column.target", "column.attained", "column.coverage", "column.verdict")},
	}
	if c.compares() { // before the target, the others making room
		t.Columns = []Column{{Weight: 38}, {Weight: 11, Align: Center}, {Weight: 14, Align: Right}, {Weight: 15, Align: Right}, {Weight: 23, Align: Right},
			{Weight: 15, Align: Right}, {Weight: 12, Align: Right}, {Weight: 16, Align: Center}, {Weight: 24}}
		t.Head[0] = slices.Insert(t.Head[0], 4, c.head("column.last_year")...)
	}
	if c.own() != period.Monthly { // a longer span is its own year to date
		t.Columns, t.Head[0] = slices.Delete(t.Columns, 2, 3), slices.Delete(t.Head[0], 2, 3)
		t.Head[0][2].Text = c.Phrases.Span(c.Summary.Period)
	}
	for _, ind := range c.Summary.Catalogue.Indicators {
		if ind.Programme != p.Code {
			continue
		}
		own, year := index[c.cityKey(ind, c.own())], index[c.cityKey(ind, c.inYear())]
		plan := index[c.cityKey(ind, period.PlanToDate)]
		if own == nil && year == nil {
			continue
		}
		if undue(own) && undue(year) {
			notDue = append(notDue, c.Phrases.IndicatorName(ind))
			continue
		}
		t.Rows = append(t.Rows, c.figureRow(ind, own, year, index))
		if c.own() == period.Monthly && own != nil && own.Judgment != nil && year != nil && year.Judgment != nil {
			t.Rows = append(t.Rows, c.monthRow(own))
		}
		if plan != nil && plan.Judgment != nil {
			t.Rows = append(t.Rows, c.planRow(plan))
		}
	}
	if c.untargeted() {
		t.withoutTargets(c.head("column.note")[0])
	}
	return t, notDue, len(t.Rows) > 0
}

// untargeted reports whether the period is one that no target is judged by, such as a
// quarter.
func (c *composer) untargeted() bool {
	return c.own() != period.Monthly && len(c.judged(false)) == 0
}

// withoutTargets leaves a programme's table without its columns of target and percent,
// which would be empty; the column of verdicts has notes alone.
func (t *Table) withoutTargets(notes Cell) {
	from := len(t.Columns) - 4
	for _, col := range t.Columns[from : from+2] {
		t.Columns[0].Weight += col.Weight
	}
	t.Columns = slices.Delete(t.Columns, from, from+2)
	t.Head[0] = slices.Delete(t.Head[0], from, from+2)
	for i := range t.Rows {
		t.Rows[i].Cells = slices.Delete(t.Rows[i].Cells, from, from+2)
	}
	t.Head[0][len(t.Head[0])-1] = notes
}

// undue reports whether a figure is asked in other months: a quarterly count
// may well have a value for the year so far.
func undue(f *summary.Figure) bool { return f == nil || f.Reason == summary.ReasonNotDue }

func (c *composer) figureRow(ind *catalogue.Indicator, own, year *summary.Figure, index lookup) Row {
	indent := 0
	if ind.PartOf != "" {
		indent = 1
	}
	cells := []Cell{{Text: c.Phrases.IndicatorName(ind) + c.ratio(year), Indent: indent}, {Text: ind.Measure}}
	if c.own() == period.Monthly {
		cells = append(cells, c.month(own, year))
	} else {
		cells[0].Text = c.nameOfOwn(ind) + c.ratio(year)
	}
	cells = append(cells, Cell{Text: c.value(year), Italic: provisional(year)})
	if c.compares() {
		cells = append(cells, Cell{Text: c.lastYear(own, year)})
	}
	judged := year
	if own != nil && own.Judgment != nil && (year == nil || year.Judgment == nil) {
		judged = own // a target of the month
	}
	cells = append(cells, c.judgmentCells(judged)...)
	if both := c.coverages(own, year); both != "" {
		cells[len(cells)-2].Text = both
	}
	last := &cells[len(cells)-1]
	if judged != year && year != nil {
		last.Text = joined(last.Text, c.uncovered(year))
	}
	last.Text = joined(last.Text, cmp.Or(c.apart(year, index), c.apart(own, index)))
	return Row{Cells: cells}
}

// monthRow follows the indicator's own row where that is judged by the year's
// target: the month has one, too.
func (c *composer) monthRow(f *summary.Figure) Row {
	cells := []Cell{
		{Text: c.say("span.month"), Indent: 1, Italic: true},
		{Text: f.Indicator.Measure},
		{Text: c.value(f), Italic: f.Provisional},
		{},
	}
	return Row{Cells: append(cells, c.judgmentCells(f)...)}
}

// planRow follows the indicator's own row: the same indicator since the plan
// began.
func (c *composer) planRow(f *summary.Figure) Row {
	span, _ := c.span(period.PlanToDate)
	cells := []Cell{
		{Text: c.Phrases.Span(span), Indent: 1, Italic: true},
		{Text: f.Indicator.Measure},
		{},
		{Text: c.value(f), Italic: f.Provisional},
	}
	if c.compares() {
		cells = append(cells, Cell{})
	}
	return Row{Cells: append(cells, c.judgmentCells(f)...)}
}

// judgmentCells are target, percent, coverage and verdict.
func (c *composer) judgmentCells(f *summary.Figure) []Cell {
	cells := []Cell{{}, {}, {Text: c.coverage(f)}, {Text: c.reasonInWords(f)}}
	if f == nil || f.Judgment == nil {
		return cells
	}
	cells[0].Text = c.target(f)
	cells[1].Text = c.percent(f.Judgment.Attained)
	cells[3] = Cell{Text: c.verdictCell(f), Strong: decided(f.Judgment.Verdict)}
	return cells
}

// coverages tells how complete the month's figure and the cumulative one are,
// where the two are counted differently; else it is empty.
func (c *composer) coverages(own, year *summary.Figure) string {
	if undue(own) || year == nil || own.Coverage.Expected == 0 || own.Coverage.By == year.Coverage.By {
		return ""
	}
	return joined(c.coverage(own), c.coverage(year))
}

// ratio tells what a rate was computed from, for nobody can recompute it from
// the sums beside it: those count units that the rate leaves out.
func (c *composer) ratio(f *summary.Figure) string {
	if f == nil || f.Reason != summary.ReasonNone || f.Numerator == nil || f.Denominator == nil {
		return ""
	}
	return " (" + c.say("report.ratio", "numerator", *f.Numerator, "denominator", *f.Denominator) + ")"
}

// reasonInWords says why a figure without a target has no number.
func (c *composer) reasonInWords(f *summary.Figure) string {
	switch {
	case f == nil:
		return ""
	case f.Reason != summary.ReasonNone:
		return joined(c.Phrases.Reason(f.Reason), c.uncovered(f))
	}
	return c.uncovered(f)
}

func provisional(f *summary.Figure) bool { return f != nil && f.Provisional }

// tallies are the tables of what is answered in words: how many units give each
// answer, a table for each set of answers to choose from.
func (c *composer) tallies(p *catalogue.Programme) []Table {
	var tables []Table
	var asked [][]summary.Tally
	for _, t := range c.Summary.Tallies {
		if t.Indicator.Programme != p.Code {
			continue
		}
		i := slices.IndexFunc(asked, func(same []summary.Tally) bool { return slices.Equal(choices(same[0]), choices(t)) })
		if i < 0 {
			asked = append(asked, nil)
			i = len(asked) - 1
		}
		asked[i] = append(asked[i], t)
	}
	for _, same := range asked {
		tables = append(tables, c.tallyTable(same))
	}
	return tables
}

func choices(t summary.Tally) []string {
	all := make([]string, len(t.Choices))
	for i, choice := range t.Choices {
		all[i] = choice.Choice
	}
	return all
}

// tallyTable is the table of indicators that share their answers.
func (c *composer) tallyTable(tallies []summary.Tally) Table {
	t := Table{Columns: []Column{{Weight: 70}}}
	head := c.head("column.commitment")
	for _, choice := range choices(tallies[0]) {
		t.Columns = append(t.Columns, Column{Weight: 22, Align: Center})
		head = append(head, Cell{Text: choice, Strong: true})
	}
	t.Columns = append(t.Columns, Column{Weight: 20, Align: Center})
	t.Head = [][]Cell{append(head, c.head("column.answered")...)}
	for _, one := range tallies {
		row := Row{Cells: []Cell{{Text: c.Phrases.IndicatorName(one.Indicator)}}}
		for _, choice := range one.Choices {
			row.Cells = append(row.Cells, Cell{Text: c.count(choice.Units)})
		}
		row.Cells = append(row.Cells, Cell{Text: c.say("report.of", "n", one.Reported, "all", one.Expected)})
		t.Rows = append(t.Rows, row)
	}
	return t
}

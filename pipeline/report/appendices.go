package report

import (
	"strconv"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/finding"
	"tonghop/pipeline/period"
	"tonghop/pipeline/submission"
	"tonghop/pipeline/summary"
	"tonghop/pipeline/vietnamese"
)

// unitTables is the appendix of units × indicators, a table a programme. Each
// has one heading, so that a table of thirty units stands on one page with it.
func (c *composer) unitTables() Section {
	s := Section{Landscape: true}
	index := c.index()
	heading := c.annex("report.section.annex_units")
	for _, p := range c.Summary.Catalogue.Programmes {
		if t, any := c.unitTable(p, index); any {
			title := c.say("report.section.annex_units_of", "title", heading, "programme", c.programmeShort(p))
			s.Blocks = append(s.Blocks, Heading{Level: 1, Text: title}, t)
		}
	}
	s.Blocks = append(s.Blocks, Paragraph{Style: Small, Text: c.legend()})
	return s
}

func (c *composer) programmeShort(p *catalogue.Programme) string {
	if p.Number == "" {
		return c.Phrases.ProgrammeName(p)
	}
	return c.say("report.programme_short", "number", p.Number)
}

func (c *composer) unitTable(p *catalogue.Programme, index lookup) (Table, bool) {
	t := Table{
		Columns: []Column{{Weight: 9, Align: Center}, {Weight: 34}},
		Head:    [][]Cell{c.head("column.no", "column.unit")},
		Size:    8.5, Keep: 2, MinWidth: 21,
	}
	var columns []*catalogue.Indicator
	for _, ind := range c.Summary.Catalogue.Indicators {
		city := index[lookupKey{ind.Code, c.own(), ""}]
		if ind.Programme != p.Code || city == nil || ind.CityOnly || city.Reason == summary.ReasonNotDue {
			continue
		}
		columns = append(columns, ind)
		t.Columns = append(t.Columns, Column{Weight: 21, Align: Right})
		t.Head[0] = append(t.Head[0], Cell{Text: c.Phrases.IndicatorName(ind), AlignSet: true, Align: Center})
	}
	if len(columns) == 0 {
		return t, false
	}
	t.Rows = append(t.Rows, c.unitRow(Total, "", c.say("column.city"), columns, index, ""))
	for i, r := range c.Summary.Submissions {
		t.Rows = append(t.Rows, c.unitRow(Data, strconv.Itoa(i+1), r.Unit.Title(), columns, index, r.Unit.ID))
	}
	return t, true
}

func (c *composer) unitRow(kind RowKind, no, title string, columns []*catalogue.Indicator, index lookup, unit string) Row {
	row := Row{Kind: kind, Cells: []Cell{{Text: no}, {Text: title}}}
	for _, ind := range columns {
		f := index[lookupKey{ind.Code, c.own(), unit}]
		row.Cells = append(row.Cells, Cell{Text: c.value(f), Italic: provisional(f)})
	}
	return row
}

// notUsed is the appendix of what was sent and not used, by unit, with what to
// mend and where.
func (c *composer) notUsed() Section {
	s := Section{Blocks: []Block{Heading{Level: 1, Text: c.annex("report.section.annex_unused")}}}
	t := Table{
		Columns: []Column{{Weight: 28}, {Weight: 32}, {Weight: 16}, {Weight: 70}},
		Head:    [][]Cell{c.head("column.unit", "column.place", "column.raw", "column.finding")},
		Size:    9,
	}
	for _, f := range Outstanding(c.Findings, c.Files) {
		if f.Severity != finding.Error {
			continue
		}
		t.Rows = append(t.Rows, Row{Cells: []Cell{
			{Text: c.unitTitle(f.Unit)}, {Text: place(f.Finding)}, {Text: f.Raw}, {Text: join(f.Message, f.Remedy)},
		}})
	}
	if len(t.Rows) == 0 {
		s.Blocks = append(s.Blocks, Paragraph{Text: c.say("report.nothing_unused")})
		return s
	}
	s.Blocks = append(s.Blocks, Paragraph{Style: Small, Text: c.say("report.not_used_note")}, t)
	return s
}

func (c *composer) unitTitle(id string) string {
	if u, ok := c.Summary.Catalogue.Unit(id); ok {
		return u.Title()
	}
	return c.say("report.unknown_unit")
}

// place is where to look: the cell and its sheet, else the file.
func place(f finding.Finding) string {
	where := f.Sheet
	if f.Cell != "" && f.Sheet != "" {
		where = f.Cell + ", " + f.Sheet
	} else if f.Cell != "" {
		where = f.Cell
	}
	if where == "" {
		return f.File
	}
	return where + " – " + f.File
}

func join(message, remedy string) string {
	if remedy == "" {
		return message
	}
	return message + " " + remedy
}

// submissions is the appendix of who reported, when, and what became of it.
func (c *composer) submissions() Section {
	t := Table{
		Columns: []Column{{Weight: 8, Align: Center}, {Weight: 36}, {Weight: 44}, {Weight: 34}, {Weight: 15, Align: Center}, {Weight: 12, Align: Right}, {Weight: 14, Align: Right}},
		Head: [][]Cell{c.head("column.no", "column.unit", "column.status", "column.received_at",
			"column.on_time", "column.errors", "column.warnings")},
		Size: 9.5,
	}
	fileTimes := false
	for i, r := range c.Summary.Submissions {
		cells := []Cell{{Text: strconv.Itoa(i + 1)}, {Text: r.Unit.Title()}, {Text: c.Phrases.Status(r.Status)}, {}, {}, {}, {}}
		if !r.FirstReceived.IsZero() {
			cells[3].Text = vietnamese.ShortDate(period.DateIn(r.FirstReceived, c.AsOf.Location())) + r.FirstReceived.In(c.AsOf.Location()).Format(" 15:04")
			if r.ReceivedFrom == submission.FromFileTimes {
				cells[3].Text += " (1)"
				fileTimes = true
			}
			cells[4].Text = c.say("feedback.late")
			if r.OnTime {
				cells[4].Text = c.say("feedback.on_time")
			}
		}
		if r.Used != nil {
			cells[5].Text, cells[6].Text = strconv.Itoa(r.Used.Errors()), strconv.Itoa(r.Used.Warnings())
		}
		t.Rows = append(t.Rows, Row{Cells: cells})
	}
	s := Section{Blocks: []Block{
		Heading{Level: 1, Text: c.annex("report.section.annex_submissions")},
		Paragraph{Style: Small, Text: c.say("report.deadline", "at", c.deadline())},
		t,
	}}
	if fileTimes {
		s.Blocks = append(s.Blocks, Paragraph{Style: Small, Text: "(1) " + c.Phrases.ReceivedFrom(submission.FromFileTimes)})
	}
	s.Blocks = append(s.Blocks, c.decisions()...)
	return s
}

// deadline is the period's own: that of a unit for which nobody moved it.
func (c *composer) deadline() any {
	for _, r := range c.Summary.Submissions {
		if !r.Extended {
			return r.Deadline.In(c.AsOf.Location())
		}
	}
	return ""
}

// method is the appendix of how figures were made: interpretations that wait
// for the office's word, openings, and how rates and verdicts come about.
func (c *composer) method() Section {
	s := Section{Blocks: []Block{Heading{Level: 1, Text: c.annex("report.section.annex_method")}}}
	var assumptions []string
	for _, ind := range c.Summary.Catalogue.Indicators {
		if ind.AssumptionVI != "" && !ind.Confirmed {
			assumptions = append(assumptions, c.Phrases.IndicatorName(ind)+": "+ind.AssumptionVI)
		}
	}
	if len(assumptions) > 0 {
		s.Blocks = append(s.Blocks, Heading{Level: 2, Text: c.say("report.section.assumptions")}, Bullets{Small: true, Items: assumptions})
	}
	if openings := c.openings(); len(openings) > 0 {
		s.Blocks = append(s.Blocks, Heading{Level: 2, Text: c.say("report.openings")}, Bullets{Small: true, Items: openings})
	}
	s.Blocks = append(s.Blocks, Heading{Level: 2, Text: c.say("report.how")}, Bullets{Small: true, Items: []string{
		c.say("report.note.rate"), c.say("report.note.missing"), c.say("report.note.pace"), c.say("report.note.rounding"), c.say("report.note.city_only"),
	}})
	return s
}

// openings lists the city's figures from before submissions began; those of
// single units are in the workbook.
func (c *composer) openings() []string {
	var items []string
	units := 0
	for _, o := range c.Summary.Catalogue.Openings {
		ind, ok := c.Summary.Catalogue.Indicator(o.Indicator)
		if !ok || !c.usesOpening(o) {
			continue
		}
		if o.Unit != "" {
			units++
			continue
		}
		span := period.Span{Kind: period.YearToDate}
		if o.Span == catalogue.OpeningPlan {
			span, _ = c.span(period.PlanToDate)
		}
		items = append(items, c.say("report.opening", "indicator", c.Phrases.IndicatorName(ind), "span", c.Phrases.Span(span),
			"value", o.Value, "measure", ind.Measure, "through", o.Through, "source", o.Source))
	}
	if units > 0 {
		items = append(items, c.say("report.openings_units", "n", units))
	}
	return items
}

// usesOpening reports whether an opening lies in a span for which this summary
// publishes the indicator.
func (c *composer) usesOpening(o catalogue.Opening) bool {
	for _, s := range c.Summary.Spans {
		if c.Summary.Find(o.Indicator, s.Kind, "", "") == nil {
			continue
		}
		switch {
		case o.Through.After(s.To) || o.Through.Before(s.From):
		case o.Span == catalogue.OpeningPlan && s.Kind == period.PlanToDate,
			o.Span == catalogue.OpeningYear && s.Kind != period.Monthly:
			return true
		}
	}
	return false
}

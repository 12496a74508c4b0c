package report

import (
	"slices"
	"strconv"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/finding"
	"tonghop/pipeline/period"
	"tonghop/pipeline/summary"
)

// unitTables is the appendix of units × indicators, a table a programme.
func (c *composer) unitTables() Section {
	s := Section{Landscape: true}
	index := c.index()
	for _, p := range c.Summary.Catalogue.Programmes {
		if t, any := c.unitTable(p, index); any {
			s.Blocks = append(s.Blocks, Heading{Level: 3, Text: c.programmeShort(p)}, t)
		}
	}
	if len(s.Blocks) == 0 {
		return Section{Blocks: []Block{Paragraph{Text: c.say("report.programme_unreported")}}}
	}
	if c.Summary.Crowded() {
		s.Blocks = append([]Block{Paragraph{Style: Small, Text: c.say("report.crowded_groups", "n", len(c.Summary.Expected), "most", summary.MostListed)}}, s.Blocks...)
	}
	s.Blocks = append(s.Blocks, Paragraph{Style: Small, Text: c.legend()})
	s.Blocks = append(s.Blocks, c.unitTargets()...)
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
		Keep:    2, MinWidth: 21,
	}
	var columns []*catalogue.Indicator
	for _, ind := range c.Summary.Catalogue.Indicators {
		city := index[c.cityKey(ind, c.own())]
		if ind.Programme != p.Code || city == nil || ind.CityOnly || city.Reason == summary.ReasonNotDue {
			continue
		}
		columns = append(columns, ind)
		t.Columns = append(t.Columns, Column{Weight: 21, Align: Right})
		t.Head[0] = append(t.Head[0], Cell{Text: c.nameOfOwn(ind), AlignSet: true, Align: Center})
	}
	if len(columns) == 0 {
		return t, false
	}
	row := func(kind RowKind, no, title string, who lookupKey) {
		t.Rows = append(t.Rows, c.unitRow(kind, no, title, columns, index, who))
	}
	row(Total, "", c.say("column.city"), lookupKey{})
	no := 0
	for _, g := range c.groups() {
		switch {
		case g.name != "":
			row(Group, "", g.title, lookupKey{group: g.name})
		case g.title != "": // who is in no group has no subtotal
			t.Rows = append(t.Rows, Row{Kind: Group, Cells: append([]Cell{{}, {Text: g.title}}, make([]Cell, len(columns))...)})
		}
		for _, u := range g.units {
			if c.Summary.Crowded() && g.name != "" {
				break
			}
			no++
			row(Data, strconv.Itoa(no), u.Title(), lookupKey{unit: u.ID})
		}
	}
	return t, true
}

// unitRow is the row of the city, of a group or of a unit.
func (c *composer) unitRow(kind RowKind, no, title string, columns []*catalogue.Indicator, index lookup, who lookupKey) Row {
	row := Row{Kind: kind, Cells: []Cell{{Text: no}, {Text: title}}}
	for _, ind := range columns {
		who.indicator, who.span = ind.Code, c.own()
		f := index[who]
		row.Cells = append(row.Cells, Cell{Text: c.value(f), Italic: provisional(f)})
	}
	return row
}

// notUsed is the appendix of what was sent and not used, by unit, with what to
// mend and where.
func (c *composer) notUsed() Section {
	t := Table{
		Columns: []Column{{Weight: 28}, {Weight: 32}, {Weight: 16}, {Weight: 70}},
		Head:    [][]Cell{c.head("column.unit", "column.place", "column.raw", "column.finding")},
	}
	for _, f := range c.unused() {
		raw, what := c.point(f)
		t.Rows = append(t.Rows, Row{Cells: []Cell{{Text: c.unitTitle(f.Unit)}, {Text: place(f.Finding)}, {Text: raw}, {Text: what}}})
	}
	return Section{Blocks: []Block{Paragraph{Style: Small, Text: c.say("report.not_used_note")}, t}}
}

// unused are the findings for which something that units sent is not used.
func (in Input) unused() []Finding {
	return slices.DeleteFunc(Outstanding(in.Findings, in.Files), func(f Finding) bool {
		return f.Severity != finding.Error || f.Code.OfOffice()
	})
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

// method is the appendix of how figures were made: interpretations that wait
// for the office's word, openings, and how rates and verdicts come about.
func (c *composer) method() Section {
	var s Section
	var assumptions []string
	for _, ind := range c.Summary.Catalogue.Indicators {
		if ind.AssumptionVI != "" && !ind.Confirmed {
			assumptions = append(assumptions, c.Phrases.IndicatorName(ind)+": "+ind.AssumptionVI)
		}
	}
	if len(assumptions) > 0 {
		s.Blocks = append(s.Blocks, Heading{Level: 3, Text: c.say("report.section.assumptions")}, Bullets{Small: true, Items: assumptions})
	}
	if openings := c.openings(); len(openings) > 0 {
		s.Blocks = append(s.Blocks, Heading{Level: 3, Text: c.say("report.openings")}, Bullets{Small: true, Items: openings})
	}
	s.Blocks = append(s.Blocks, Heading{Level: 3, Text: c.say("report.how")}, Bullets{Small: true, Items: []string{
		c.comparisons(), c.say("report.note.rate"), c.say("report.note.missing"), c.say("report.note.pace"), c.say("report.note.rounding"), c.say("report.note.city_only"),
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
		if c.index()[lookupKey{indicator: o.Indicator, span: s.Kind}] == nil {
			continue
		}
		switch {
		case !s.Contains(o.Through):
		case o.Span == catalogue.OpeningPlan && s.Kind == period.PlanToDate,
			o.Span == catalogue.OpeningYear && s.Kind != period.Monthly && s.From.Number == 1:
			return true
		}
	}
	return false
}

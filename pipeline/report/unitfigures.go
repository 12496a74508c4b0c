package report

import (
	"slices"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/figure"
	"tonghop/pipeline/period"
	"tonghop/pipeline/summary"
)

// unitFigures is the table of a unit's figures by programme: those of the period
// and of the year so far, last year's, and what share of the city they are.
func (s *unitSheets) unitFigures(u *catalogue.Unit) []Block {
	t := Table{
		Columns: []Column{{Weight: 54}, {Weight: 14, Align: Center}, {Weight: 17, Align: Right}, {Weight: 18, Align: Right},
			{Weight: 26, Align: Right}, {Weight: 17, Align: Right}, {Weight: 17, Align: Right}},
		Head: [][]Cell{s.head("column.indicator", "column.measure", "span.month", "span.year_to_date",
			"column.last_year", "unitsheet.share", "unitsheet.share_year")},
	}
	if s.own() != period.Monthly {
		t.Head[0][3].Text, t.Head[0][6].Text = s.Phrases.Span(s.Summary.Period), s.say("unitsheet.share")
	}
	for _, p := range s.Summary.Catalogue.Programmes {
		rows := s.unitRows(u, p)
		if len(rows) == 0 {
			continue
		}
		t.Rows = append(append(t.Rows, Row{Kind: Group, Cells: []Cell{{Text: s.programmeTitle(p)}}}), rows...)
	}
	if len(t.Rows) == 0 {
		return []Block{Paragraph{Text: s.say("report.programme_unreported")}}
	}
	t.dropEmpty()
	for i := range t.Rows {
		if t.Rows[i].Kind == Group {
			t.Rows[i].Cells[0].Span = len(t.Columns)
		}
	}
	blocks := []Block{t}
	for _, text := range s.legends(t) {
		blocks = append(blocks, Paragraph{Style: Small, Text: text})
	}
	return append(blocks, s.uncoveredOf(u)...)
}

// legends explain the marks of the table, and those of its columns that there are.
func (s *unitSheets) legends(t Table) []string {
	has := func(keys ...string) bool {
		return slices.ContainsFunc(t.Head[0], func(head Cell) bool {
			return slices.ContainsFunc(keys, func(key string) bool { return head.Text == s.say(key) })
		})
	}
	texts := []string{s.monthless(s.legend()) + " " + s.say("unitsheet.legend")}
	if has("unitsheet.share", "unitsheet.share_year") {
		texts = append(texts, s.say("unitsheet.legend_share"))
	}
	if has("column.last_year") {
		texts = append(texts, s.say("report.note.last_year"))
	}
	return texts
}

func (s *unitSheets) unitRows(u *catalogue.Unit, p *catalogue.Programme) []Row {
	var rows []Row
	for _, ind := range s.Summary.Catalogue.Indicators {
		own, year := s.of(u, ind, s.own()), s.of(u, ind, s.inYear())
		if ind.Programme != p.Code || ind.CityOnly || unasked(own) && unasked(year) {
			continue
		}
		indent := 0
		if ind.PartOf != "" {
			indent = 1
		}
		name := s.Phrases.IndicatorName(ind)
		if s.own() != period.Monthly {
			name = s.nameOfOwn(ind)
		}
		cells := []Cell{{Text: name + s.ratio(year), Indent: indent}, {Text: ind.Measure}}
		month := [2]Cell{} // a longer span is its own year to date
		if s.own() == period.Monthly {
			month = [2]Cell{s.month(own, year), s.share(own)}
		}
		rows = append(rows, Row{Cells: append(cells,
			month[0], Cell{Text: s.value(year), Italic: provisional(year)}, Cell{Text: s.lastYear(own, year)}, month[1], s.share(year))})
	}
	return rows
}

// dropEmpty takes out the columns in which no row says anything; rows that have
// fewer cells do not count.
func (t *Table) dropEmpty() {
	for i := len(t.Columns) - 1; i >= 0; i-- {
		if slices.ContainsFunc(t.Rows, func(r Row) bool { return i < len(r.Cells) && r.Cells[i].Text != "" }) {
			continue
		}
		t.Columns, t.Head[0] = slices.Delete(t.Columns, i, i+1), slices.Delete(t.Head[0], i, i+1)
		for r := range t.Rows {
			if cells := t.Rows[r].Cells; i < len(cells) {
				t.Rows[r].Cells = slices.Delete(cells, i, i+1)
			}
		}
	}
}

// unasked reports whether a unit is not asked for a figure, or not now.
func unasked(f *summary.Figure) bool {
	return undue(f) || f.Reason == summary.ReasonNotExpected
}

// share is what part of the city's figure a unit's is. It is told of what adds up
// over units and months alone, and only where both sides are known and speak of
// the same months: a city's opening has no part for the unit. Where others are
// still missing it will fall, and is provisional.
func (s *unitSheets) share(own *summary.Figure) Cell {
	if own == nil || own.Indicator.Nature != catalogue.Flow || own.Indicator.Across != catalogue.AcrossSum || !whole(own) {
		return Cell{}
	}
	city := s.figures[s.cityKey(own.Indicator, own.Span)]
	if city == nil || city.Opening != own.Opening || !slices.Equal(city.Coverage.Uncovered, own.Coverage.Uncovered) {
		return Cell{}
	}
	part, known := own.Value.Number()
	total, both := city.Value.Number()
	if !known || !both || part.Sign() < 0 || total.Cmp(part) < 0 {
		return Cell{}
	}
	percent, err := part.Mul(figure.Int(100)).Quo(total)
	if err != nil { // nothing occurred in the city
		return Cell{}
	}
	return Cell{Text: s.Phrases.Percent(percent, 1), Italic: city.Provisional || own.Provisional}
}

// whole reports whether a unit's figure has all of its own months.
func whole(f *summary.Figure) bool { return f.Coverage.Reported == f.Coverage.Expected }

// uncoveredOf says from which month on what adds up over months counts, where that
// is not January.
func (s *unitSheets) uncoveredOf(u *catalogue.Unit) []Block {
	var texts []string
	about := map[string][]*catalogue.Indicator{}
	figures := 0
	for _, ind := range s.Summary.Catalogue.Indicators {
		f := s.of(u, ind, s.inYear())
		if ind.CityOnly || unasked(f) || f.Coverage.By != summary.ByUnitMonth {
			continue
		}
		figures++
		text := s.uncovered(f)
		if text == "" {
			continue
		}
		if about[text] == nil {
			texts = append(texts, text)
		}
		about[text] = append(about[text], ind)
	}
	var items []string
	for _, text := range texts {
		if len(about[text]) == figures {
			items = append(items, s.say("unitsheet.uncovered_all", "text", text))
			continue
		}
		items = append(items, s.say("unitsheet.uncovered", "text", text, "indicators", s.names(about[text])))
	}
	if len(items) == 0 {
		return nil
	}
	return []Block{Bullets{Small: true, Items: items}}
}

// targetsOf is the table of the targets that the unit itself was set.
func (s *unitSheets) targetsOf(u *catalogue.Unit) []Block {
	t := Table{
		Columns: []Column{{Weight: 56}, {Weight: 18, Align: Right}, {Weight: 18, Align: Right}, {Weight: 15, Align: Right}, {Weight: 50}},
		Head:    [][]Cell{s.head("column.indicator", "column.value", "column.target", "column.attained", "column.verdict")},
	}
	for _, ind := range s.Summary.Catalogue.Indicators {
		for _, span := range s.Summary.Spans {
			f := s.of(u, ind, span.Kind)
			if f == nil || f.Judgment == nil || ind.CityOnly {
				continue
			}
			t.Rows = append(t.Rows, Row{Cells: []Cell{
				{Text: s.Phrases.IndicatorName(ind) + s.horizonSuffix(f)},
				{Text: s.value(f), Italic: f.Provisional},
				{Text: s.target(f)},
				{Text: s.percent(f.Judgment.Attained)},
				{Text: joined(s.verdictCell(f), s.Phrases.Adjusted(f.Judgment, ind)), Strong: decided(f.Judgment.Verdict)},
			}})
		}
	}
	if len(t.Rows) == 0 {
		return nil
	}
	return []Block{t}
}

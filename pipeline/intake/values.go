package intake

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/figure"
	"tonghop/pipeline/finding"
	"tonghop/pipeline/reading"
	"tonghop/pipeline/submission"
	"tonghop/pipeline/workbook"
)

// values gives one value for each indicator asked of the unit, in catalogue
// order, whatever stands in the workbook.
func (r *reader) values() []submission.Value {
	asked := r.cat.IndicatorsFor(r.unit, r.month, r.timetable.Scheme)
	lines := r.match(asked)
	values := make([]submission.Value, 0, len(asked))
	read := make(map[*table]bool) // the tables from which a value was read, for what hides all of one
	for _, ind := range asked {
		v := r.value(ind, lines[ind.Code])
		if v.Raw != "" {
			read[lines[ind.Code][0].table] = true
		}
		values = append(values, v)
	}
	for _, t := range r.tables {
		if read[t] {
			r.checkHiddenWhole(t)
		}
	}
	r.checkTotals(values)
	r.checkStale(lines)
	return values
}

// value reads one indicator's value from its lines.
func (r *reader) value(ind *catalogue.Indicator, lines []*line) submission.Value {
	v := submission.Value{Indicator: ind.Code, NotDue: !ind.DueIn(r.month)}
	add := func(f finding.Finding, l *line) {
		f.Indicator = ind.Code
		r.add(l.table.at(f, l.value))
	}
	if len(lines) == 0 {
		if !v.NotDue {
			f := finding.New(finding.IndicatorMissing)
			f.Indicator, f.Sheet = ind.Code, r.tables[0].Sheet.Name
			r.add(f)
		}
		return v
	}
	l := lines[0]
	v.Sheet, v.Cell, v.Row, v.Col, v.Raw = l.table.Sheet.Name, l.value.Ref.String(), l.value.Ref.Row, l.value.Ref.Col, l.value.Raw
	if v.NotDue {
		for _, l := range lines {
			if l.typed() {
				add(finding.New(finding.ValueNotDue).With("due", dueMonths(r.cat.DueMonths(ind))), l)
			}
		}
		return v
	}
	v.Note = l.note
	if len(lines) > 1 {
		for _, other := range lines[1:min(len(lines), mostFindings)] {
			add(finding.New(finding.IndicatorRepeated).With("other_cell", v.Cell), other)
		}
		v.Figure = figure.Without(figure.Refused)
		return v
	}
	if len(l.others) > 0 && l.typed() {
		add(finding.New(finding.CodeNameMismatch).With("code", l.code).With("named", codesOf(l.others)), l)
		v.Figure = figure.Without(figure.Refused)
		return v
	}
	answer := r.readCounted(l, ind)
	v.Figure, v.Text = answer.Figure, answer.Text
	if answer.Remark != "" {
		v.Note = strings.TrimPrefix(v.Note+"; "+answer.Remark, "; ")
	}
	for _, f := range answer.Findings {
		add(f, l)
	}
	if what := hiding(l); what != "" {
		add(finding.New(finding.HiddenData).With("what", what), l)
	}
	return v
}

// hiding tells what keeps a typed value from being seen: its row, a merged range of
// which it is not the first cell, the colour of its letters, its number format, or a sheet that shows no zeros.
func hiding(l *line) string {
	if !l.typed() {
		return ""
	}
	if l.table.Sheet.HiddenRow(l.row) {
		return "row"
	}
	if merged, ok := l.table.Sheet.Merged(l.value.Ref); ok && merged.From != l.value.Ref {
		return "cell"
	}
	if l.value.Unseen {
		return "colour"
	}
	if shown, differs := shownAs(l.value); differs && strings.TrimSpace(shown) == "" {
		return "format"
	}
	if n, ok := reading.StoredNumber(l.value.Raw); ok && l.table.Sheet.NoZeros && l.value.Kind == workbook.Number && n.IsZero() {
		return "zero"
	}
	return ""
}

// checkHiddenWhole tells once where the column of values or the whole sheet is
// hidden.
func (r *reader) checkHiddenWhole(t *table) {
	if t.Sheet.Hidden {
		f := finding.New(finding.HiddenData).With("what", "sheet")
		f.Sheet = t.Sheet.Name
		r.add(f)
	}
	if t.Sheet.HiddenCol(t.value) {
		at := workbook.Cell{Ref: workbook.Ref{Row: t.Header, Col: t.value}}
		r.add(t.at(finding.New(finding.HiddenData).With("what", "column"), at))
	}
}

// checkStale tells where figures are results of formulas that the workbook's
// writer wanted computed anew, or that come from other workbooks.
func (r *reader) checkStale(lines matched) {
	if !r.book.FullCalcOnLoad && !r.book.External {
		return
	}
	var stale []*line
	for _, some := range lines {
		for _, l := range some {
			if l.value.Formula && l.value.Kind != workbook.Blank {
				stale = append(stale, l)
			}
		}
	}
	if len(stale) == 0 {
		return
	}
	slices.SortFunc(stale, func(a, b *line) int {
		return cmp.Or(slices.Index(r.tables, a.table)-slices.Index(r.tables, b.table), a.row-b.row)
	})
	var cells []string
	for _, l := range stale[:min(len(stale), mostListed)] {
		cells = append(cells, l.value.Ref.String())
	}
	if len(stale) > mostListed {
		cells = append(cells, "…")
	}
	f := finding.New(finding.StaleResults).With("cells", strings.Join(cells, "|"))
	r.add(stale[0].table.at(f, stale[0].value))
}

func dueMonths(months []int) string {
	var all []string
	for _, m := range months {
		all = append(all, strconv.Itoa(m))
	}
	return strings.Join(all, "|")
}

// AsRead gives a stored cell to the number grammar.
func AsRead(cell workbook.Cell) reading.Cell {
	c := reading.Cell{Raw: cell.Raw, Formula: cell.Formula, Percent: showsPercent(cell.Format), Struck: cell.Struck}
	if shown, differs := shownAs(cell); differs {
		c.Shown = strings.TrimSpace(shown)
	}
	switch {
	case cell.IsDate():
		c.Kind = reading.Date
	case cell.Kind == workbook.Number:
		c.Kind = reading.Number
	case cell.Kind == workbook.Text:
		c.Kind = reading.Text
	case cell.Kind == workbook.Bool:
		c.Kind = reading.Boolean
	case cell.Kind == workbook.Error:
		c.Kind = reading.Fault
	}
	return c
}

// showsPercent reports whether a number format multiplies by 100 for the eye: a
// percent sign that is not quoted, escaped or within brackets.
func showsPercent(format string) bool {
	for i := 0; i < len(format); i++ {
		switch format[i] {
		case '%':
			return true
		case '\\', '_', '*':
			i++
		case '"', '[':
			closing := byte('"')
			if format[i] == '[' {
				closing = ']'
			}
			end := strings.IndexByte(format[i+1:], closing)
			if end < 0 {
				return false
			}
			i += end + 1
		}
	}
	return false
}

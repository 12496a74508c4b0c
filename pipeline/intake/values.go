package intake

import (
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
	seen := false // whether a value was read, for what hides the whole column
	for _, ind := range asked {
		v := r.value(ind, lines[ind.Code])
		seen = seen || v.Raw != ""
		values = append(values, v)
	}
	if seen {
		r.checkHiddenWhole()
	}
	return values
}

// value reads one indicator's value from its lines.
func (r *reader) value(ind *catalogue.Indicator, lines []line) submission.Value {
	v := submission.Value{Indicator: ind.Code, NotDue: !ind.DueIn(r.month)}
	add := func(f finding.Finding, cell workbook.Cell) {
		f.Indicator = ind.Code
		r.add(r.table.at(f, cell))
	}
	if len(lines) == 0 {
		if !v.NotDue {
			f := finding.New(finding.IndicatorMissing)
			f.Indicator, f.Sheet = ind.Code, r.table.sheet.Name
			r.add(f)
		}
		return v
	}
	l := lines[0]
	v.Sheet, v.Cell, v.Row, v.Col, v.Raw = r.table.sheet.Name, l.value.Ref.String(), l.value.Ref.Row, l.value.Ref.Col, l.value.Raw
	if v.NotDue {
		for _, l := range lines {
			if l.typed() {
				add(finding.New(finding.ValueNotDue).With("due", dueMonths(r.cat.DueMonths(ind))), l.value)
			}
		}
		return v
	}
	v.Note = l.note
	if len(lines) > 1 {
		for _, other := range lines[1:min(len(lines), mostFindings)] {
			add(finding.New(finding.IndicatorRepeated).With("other_cell", v.Cell), other.value)
		}
		v.Figure = figure.Without(figure.Refused)
		return v
	}
	answer := reading.Read(asRead(l.value), ind)
	v.Figure, v.Text = answer.Figure, answer.Text
	for _, f := range answer.Findings {
		add(f, l.value)
	}
	if what := r.hiding(l); what != "" {
		add(finding.New(finding.HiddenData).With("what", what), l.value)
	}
	return v
}

// hiding tells what keeps a typed value from being seen: its row, or a merged
// range of which it is not the first cell.
func (r *reader) hiding(l line) string {
	if !l.typed() {
		return ""
	}
	if r.table.sheet.HiddenRow(l.row) {
		return "row"
	}
	if merged, ok := r.table.sheet.Merged(l.value.Ref); ok && merged.From != l.value.Ref {
		return "cell"
	}
	return ""
}

// checkHiddenWhole tells once where the column of values or the whole sheet is
// hidden.
func (r *reader) checkHiddenWhole() {
	t := r.table
	if t.sheet.Hidden {
		f := finding.New(finding.HiddenData).With("what", "sheet")
		f.Sheet = t.sheet.Name
		r.add(f)
	}
	if col := t.cols[colValue]; t.sheet.HiddenCol(col) {
		at := workbook.Cell{Ref: workbook.Ref{Row: t.header, Col: col}}
		r.add(t.at(finding.New(finding.HiddenData).With("what", "column"), at))
	}
}

func dueMonths(months []int) string {
	var all []string
	for _, m := range months {
		all = append(all, strconv.Itoa(m))
	}
	return strings.Join(all, "|")
}

// asRead gives a stored cell to the number grammar.
func asRead(cell workbook.Cell) reading.Cell {
	c := reading.Cell{Raw: cell.Raw, Formula: cell.Formula, Percent: showsPercent(cell.Format)}
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

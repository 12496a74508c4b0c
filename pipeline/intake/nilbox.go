package intake

import (
	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/figure"
	"tonghop/pipeline/finding"
	"tonghop/pipeline/submission"
)

// nilReturn reads the box "Kỳ này đơn vị không phát sinh số liệu" and, where the
// rest of the report agrees, makes its blank flows none. A row that the
// workbook does not have stays blank: the unit never saw the question. It
// returns whether the box is ticked.
func (r *reader) nilReturn(values []submission.Value) bool {
	box := r.field(fieldNil)
	ticked := box.ticked()
	known := -1    // the first flow with a number
	agrees := true // every flow is blank, none or not applicable
	said := false  // some flow is none
	var blank []int
	for i, v := range values {
		if !r.isFlow(v) {
			continue
		}
		switch v.Figure.State() {
		case figure.Blank:
			blank = append(blank, i)
		case figure.None:
			said = true
		case figure.NotApplicable:
		case figure.Known:
			if known < 0 {
				known = i
			}
			agrees = false
		default:
			agrees = false
		}
	}
	switch {
	case ticked && known >= 0:
		v := values[known]
		f := finding.New(finding.NilContradicted).With("box", box.at.String())
		f.Indicator, f.Sheet, f.Cell, f.Row, f.Col, f.Raw = v.Indicator, v.Sheet, v.Cell, v.Row, v.Col, v.Raw
		r.add(f)
	case ticked && agrees:
		for _, i := range blank {
			values[i].Figure = figure.Without(figure.None)
		}
		r.add(box.finding(finding.NilReturn))
	case agrees && len(blank) == 0 && said:
		r.add(finding.New(finding.NilReturn))
	}
	return ticked
}

// isFlow reports whether a value of the workbook counts what happened in the
// period.
func (r *reader) isFlow(v submission.Value) bool {
	ind, ok := r.cat.Indicator(v.Indicator)
	if !ok || v.NotDue || v.Cell == "" || ind.Kind != catalogue.Input || ind.Nature != catalogue.Flow {
		return false
	}
	switch ind.Type {
	case catalogue.Whole, catalogue.Decimal, catalogue.Percent:
		return true
	}
	return false
}

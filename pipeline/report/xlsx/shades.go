package xlsx

import (
	"fmt"

	"tonghop/pipeline/summary"
	"tonghop/pipeline/workbook/write"
)

// shapes stand before a verdict's word: it is read without colours, and a
// filter or a formula finds it whatever the word says besides.
var shapes = map[summary.Verdict]string{
	summary.Met: "●", summary.OnTrack: "▲", summary.Behind: "▼", summary.NotMet: "×",
}

// openShape is that of what is not judged, for whatever reason.
const openShape = "○"

// verdict is a judgment in a shape and words.
func (d *drawing) verdict(j *summary.Judgment) string {
	shape, ok := shapes[j.Verdict]
	if !ok {
		shape = openShape
	}
	return shape + " " + d.say.Judgment(j)
}

// judgedShades shades the cells of a column of verdicts, each by its shape; the
// darker, the worse.
func (d *drawing) judgedShades(sheet *write.Sheet, from, to write.Ref) {
	for _, one := range []struct {
		verdict summary.Verdict
		fill    string
	}{{summary.NotMet, write.FillError}, {summary.Behind, write.FillWarn}, {summary.Met, write.FillGood}, {summary.OnTrack, write.FillGood}} {
		formula := fmt.Sprintf("LEFT($%s%d,1)=%s", write.Column(from.Col), from.Row, quoted(shapes[one.verdict]))
		sheet.Highlight(from, to, formula, one.fill, write.Ink)
	}
}

// coverageShades shades two columns side by side, what is there and what should
// be, where the first is less.
func (d *drawing) coverageShades(sheet *write.Sheet, from, to write.Ref) {
	have, owed := write.Column(from.Col), write.Column(to.Col)
	formula := fmt.Sprintf("AND(ISNUMBER($%s%d),$%s%d<$%s%d)", have, from.Row, have, from.Row, owed, from.Row)
	sheet.Highlight(from, to, formula, write.FillWarn, write.Ink)
}

// shades shades verdicts and coverage down to the table's last row.
func (o *overview) shades(bottom int) {
	if bottom <= headRow {
		return
	}
	verdict := o.col.target + 5
	o.judgedShades(o.sheet, write.At(headRow+1, verdict), write.At(bottom, verdict))
	for n := range o.detailed {
		col := o.col.coverage + 2*n
		o.coverageShades(o.sheet, write.At(headRow+1, col), write.At(bottom, col+1))
	}
}

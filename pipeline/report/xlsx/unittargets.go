package xlsx

import (
	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/summary"
	"tonghop/pipeline/workbook/write"
)

// unitTargets draws the targets of single units with their verdicts; no sheet
// where no unit has any.
func (d *drawing) unitTargets() {
	all := d.s.JudgedUnits()
	if len(all) == 0 {
		return
	}
	t := d.open(d.book.Add(sheetUnitTargets), upper(d.say.Say("report.section.unit_targets")), "", d.words.legend,
		[]float64{9, 24, 9, 14, 42, 10, 14, 12, 12, 10, 12, 12, 24, 50})
	t.head(d.heads("code", "unit", d.words.group, d.words.indicatorCode, "indicator", "span", "value", "target", d.words.horizon,
		"attained", "expected", d.words.gap, "verdict", "note"))
	for _, f := range all {
		u, j := d.units[f.Unit], f.Judgment
		t.line([]string{
			u.Code, u.Title(), u.Group, f.Indicator.Code, d.names[f.Indicator.Code], d.spanName(f), "", "",
			d.horizon(j), "", "", "", d.verdict(j), d.say.Adjusted(j, f.Indicator),
		})
		place(t.sheet, write.At(t.row, 7), f, f.Indicator)
		t.sheet.Number(write.At(t.row, 8), published(j.Target.Value), formatted(tableLook, d.targetFormat(j.Target)))
		d.judgedNumbers(t, f)
		t.row++
	}
	d.judgedShades(t.sheet, write.At(headRow+1, 13), write.At(t.row-1, 13))
	d.list(t, 2)
}

// spanName heads the span of a figure.
func (d *drawing) spanName(f *summary.Figure) string {
	for _, s := range d.s.Spans {
		if s.Kind == f.Span {
			return d.say.Span(s)
		}
	}
	return ""
}

// targetFormat shows a target's value with its comparator.
func (d *drawing) targetFormat(t *catalogue.Target) string {
	return quoted(d.say.Comparator(t.Comparator)+" ") + write.Grouped(places(t.Value))
}

// judgedNumbers writes what a unit's judgment rests on, each where there is one.
func (d *drawing) judgedNumbers(t *table, f *summary.Figure) {
	j := f.Judgment
	if j.Attained != nil {
		percent := published(*j.Attained)
		t.sheet.Number(write.At(t.row, 10), percent, formatted(tableLook, write.Grouped(decimalsFor(percent, hundred, 2))))
	}
	if j.Expected != nil {
		t.sheet.Number(write.At(t.row, 11), published(*j.Expected), formatted(tableLook, write.Dashed(max(f.Indicator.Decimals, min(places(*j.Expected), 2)))))
	}
	if j.Gap != nil {
		t.sheet.Number(write.At(t.row, 12), published(*j.Gap), formatted(tableLook, write.Dashed(max(f.Indicator.Decimals, min(places(*j.Gap), 2)))))
	}
}

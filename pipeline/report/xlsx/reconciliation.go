package xlsx

import (
	"tonghop/pipeline/figure"
	"tonghop/pipeline/workbook/write"
)

// reconciliation draws how cumulative figures follow from those signed: a row
// an indicator with live sums, and under it what each unit adds and why.
func (d *drawing) reconciliation() {
	if len(d.in.Adjustments) == 0 {
		return
	}
	title := d.say.Say("sheet.reconciled", "month", d.in.Reconciled)
	t := d.open(d.book.Add(sheetReconciled), title, "", "", []float64{13, 44, 26, 18, 16, 16, 16, 16, 70})
	t.head(d.heads("code", "indicator", "unit", "span", d.column("signed_total"), d.column("since_signed"),
		d.column("adjusted"), d.column("total_now"), "cause"))
	for _, a := range d.in.Adjustments {
		span := d.say.Span(d.spanOf(a.Span))
		t.line([]string{a.Indicator, d.names[a.Indicator], d.column("city"), span, "", "", "", "", ""})
		d.amounts(t, a.Signed, a.Since, a.Amount)
		sum := write.Range(write.At(t.row, 5), write.At(t.row, 7))
		t.sheet.Formula(write.At(t.row, 8), "SUM("+sum+")", write.NumberValue(a.Now), countLook)
		t.row++
		if ind, ok := d.s.Catalogue.Indicator(a.Indicator); ok && ind.CityOnly {
			continue // printed for the city alone
		}
		for _, part := range a.Parts {
			who := d.say.Say("report.adjusted_rest")
			if part.Unit != "" {
				_, who = d.unit(part.Unit)
			}
			t.line([]string{a.Indicator, "", who, span, "", "", "", "", d.say.CausesOf(part.Causes, d.s.Catalogue)})
			t.sheet.Number(write.At(t.row, 7), part.Amount, countLook)
			t.row++
		}
	}
	d.list(t, 2)
}

func (d *drawing) amounts(t *table, all ...figure.Number) {
	for i, n := range all {
		t.sheet.Number(write.At(t.row, 5+i), n, countLook)
	}
}

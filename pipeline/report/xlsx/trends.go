package xlsx

import (
	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/summary"
	"tonghop/pipeline/workbook/write"
)

// trends draws the last months of each indicator: the city's row, then those of
// groups and units, so that a filter on either shows one course or one unit. An
// indicator that is told of the city only has no other row.
func (d *drawing) trends() {
	if len(d.s.Trends) == 0 {
		return
	}
	first := d.s.Trends[0].Points
	titles := append(d.heads("code", "indicator", "measure"), d.words.unitCode, d.column("unit"))
	widths := []float64{d.widestCode(), 42, 10, 10, 26}
	for _, p := range first {
		titles, widths = append(titles, upper(d.say.Month(p.Month))), append(widths, 11)
	}
	t := d.open(d.book.Add(sheetTrends), d.words.titleTrends, d.words.trendsNote, d.words.legend, widths)
	t.head(titles)
	for n := range d.s.Trends {
		d.trend(t, &d.s.Trends[n])
	}
	d.list(t, 5)
}

func (d *drawing) trend(t *table, one *summary.Trend) {
	i := one.Indicator
	if i.CityOnly && one.Unit+one.Group != "" {
		return
	}
	code, title := "", d.column("city")
	look := textLook
	switch {
	case one.Unit != "":
		code, title = d.unit(one.Unit)
	case one.Group != "":
		title = one.Group
	default:
		look.Bold = true
	}
	for col, text := range []string{i.Code, d.say.IndicatorName(i), i.Measure, code, title} {
		t.sheet.Text(write.At(t.row, col+1), text, look)
	}
	for n, p := range one.Points {
		place(t.sheet, write.At(t.row, 6+n), pointFigure(i, one, p), i)
	}
	t.row++
}

// pointFigure is a month of a trend as the figure of that month, to be marked
// as figures are.
func pointFigure(i *catalogue.Indicator, t *summary.Trend, p summary.Point) *summary.Figure {
	return &summary.Figure{
		Indicator: i, Unit: t.Unit, Group: t.Group, Value: p.Value, Reason: p.Reason, Provisional: p.Provisional,
	}
}

func (d *drawing) widestCode() float64 {
	longest := 0
	for _, i := range d.s.Catalogue.Indicators {
		longest = max(longest, len(i.Code))
	}
	return max(10, codeWidth*float64(longest))
}

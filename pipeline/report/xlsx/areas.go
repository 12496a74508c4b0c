package xlsx

import (
	"fmt"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/figure"
	"tonghop/pipeline/summary"
	"tonghop/pipeline/workbook/write"
)

// areas draws the months grouped by predecessor, where the office asks for it:
// under each indicator the city, the old units, and what cannot be attributed to
// any of them.
func (d *drawing) areas() {
	if d.s.Areas == nil {
		return
	}
	widths := []float64{15, 42, 30}
	titles := d.heads(d.words.indicatorCode, "indicator", d.say.Say("areas.unit"))
	for _, m := range d.s.Areas.Months {
		widths, titles = append(widths, 12), append(titles, upper(d.say.Month(m)))
	}
	t := d.open(d.book.Add(sheetAreas), d.say.Say("areas.title"), d.say.Say("areas.note"), d.say.Say("areas.legend"), widths)
	t.head(titles)
	for _, s := range d.s.Areas.Series {
		d.area(t, s)
	}
	if len(d.s.Areas.Series) == 0 {
		t.none(d.words.none)
	}
	d.list(t, 3)
}

// area writes one indicator's rows.
func (d *drawing) area(t *table, s summary.AreaSeries) {
	city := t.row
	d.areaRow(t, s.Indicator, d.column("city"), s.City, totalLook)
	for n, u := range d.s.Areas.Units {
		if asked(s.Areas[n]) {
			d.areaRow(t, s.Indicator, u.Title(), s.Areas[n], tableLook)
		}
	}
	d.areaRow(t, s.Indicator, d.say.Say("areas.remainder"), s.Remainder, tableLook)
	for i, f := range s.City {
		n, known := f.Value.Number()
		if !known || !addsUp(s, i, n) {
			continue
		}
		column := write.Column(areaColumns + i + 1)
		formula := fmt.Sprintf("SUM(%s%d:%s%d)", column, city+1, column, t.row-1)
		t.sheet.Formula(write.At(city, areaColumns+i+1), formula, write.NumberValue(published(n)), areaLook(s.Indicator, f, totalLook))
	}
}

// areaColumns stand before the months.
const areaColumns = 3

// asked reports whether anybody was asked for any of an area's figures.
func asked(figures []summary.AreaFigure) bool {
	for _, f := range figures {
		if f.Expected > 0 || f.Partial {
			return true
		}
	}
	return false
}

// addsUp reports whether the figures of a month, as published, sum up to the
// city's: rounded shares need not.
func addsUp(s summary.AreaSeries, month int, city figure.Number) bool {
	n, _ := s.Remainder[month].Value.Number()
	sum := published(n)
	for _, area := range s.Areas {
		n, _ := area[month].Value.Number()
		sum = sum.Add(published(n))
	}
	return sum.Equal(published(city))
}

func (d *drawing) areaRow(t *table, ind *catalogue.Indicator, who string, figures []summary.AreaFigure, look write.Style) {
	left := look.With(func(s *write.Style) { s.Align, s.Wrap = write.Left, true })
	name := d.names[ind.Code]
	t.sheet.Text(write.At(t.row, 1), ind.Code, left)
	t.sheet.Text(write.At(t.row, 2), name, left)
	t.sheet.Text(write.At(t.row, 3), who, left)
	for i, f := range figures {
		at := write.At(t.row, areaColumns+i+1)
		n, known := f.Value.Number()
		switch {
		case known:
			t.sheet.Number(at, published(n), areaLook(ind, f, look))
		case f.Partial || f.Expected > 0:
			t.sheet.Text(at, markNoData, look.With(func(s *write.Style) { s.Align = write.Right }))
		default: // nobody was asked
			t.sheet.Style(at, look.With(func(s *write.Style) { s.Fill = write.FillOff }))
		}
	}
	t.sheet.Height(t.row, height(max(write.Lines(name, t.widths[1], bodySize), write.Lines(who, t.widths[2], bodySize))))
	t.row++
}

// areaLook shows what lacks somebody in italics.
func areaLook(ind *catalogue.Indicator, f summary.AreaFigure, look write.Style) write.Style {
	return formatted(italic(look, f.Partial || f.Reported < f.Expected), write.Dashed(ind.Decimals))
}

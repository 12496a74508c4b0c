package xlsx

import (
	"strconv"

	"tonghop/pipeline/edition"
	"tonghop/pipeline/figure"
	"tonghop/pipeline/period"
	"tonghop/pipeline/wording"
	"tonghop/pipeline/workbook/write"
)

// changes draws every figure, of the city, of groups and of units, that the
// revision before gave otherwise, and why; of what is printed for the city only,
// the city's alone.
func (d *drawing) changes() {
	if d.in.Before == 0 {
		return
	}
	title := d.say.Say("xlsx.changes", "revision", strconv.Itoa(d.in.Before))
	t := d.open(d.book.Add(sheetChanges), title, "", "", []float64{5, 13, 44, 26, 18, 16, 16, 18, 18, 70})
	t.head(d.heads("no", "code", "indicator", "unit", "span", d.column("value_before"), d.column("value_now"),
		d.column("verdict_before"), d.column("verdict_now"), "cause"))
	n := 0
	for _, change := range d.in.Changes {
		ind, known := d.s.Catalogue.Indicator(change.Indicator)
		if known && ind.CityOnly && !change.IsCity() {
			continue
		}
		n++
		before, now := d.say.Changed(change, d.s.Catalogue)
		judged, judgedNow := d.say.Judged(change)
		t.line([]string{
			"", change.Indicator, d.names[change.Indicator], d.who(change.Key), d.say.Span(d.spanOf(change.Span)),
			before, now, judged, judgedNow, d.say.Causes(change, d.s.Catalogue),
		})
		t.sheet.Int(write.At(t.row, 1), n, countLook)
		if known {
			decimals := wording.ChangedDecimals(change, ind)
			number(t.sheet, write.At(t.row, 6), change.Old, decimals)
			number(t.sheet, write.At(t.row, 7), change.New, decimals)
		}
		t.row++
	}
	if n == 0 {
		t.none(d.words.none)
	}
	d.list(t, 3)
}

// number writes a published number over its text, so that the office can reckon
// with it; what has none keeps its mark.
func number(sheet *write.Sheet, at write.Ref, f *edition.Figure, decimals int) {
	n, ok := f.Number()
	if !ok || f.State != figure.Known.String() {
		return
	}
	if f.Target != nil {
		decimals = decimalsFor(n, f.Target.Number, decimals)
	}
	sheet.Number(at, n, formatted(tableLook, write.Grouped(decimals)))
}

// who is the unit, the group or the city that a figure is of.
func (d *drawing) who(k edition.Key) string {
	switch {
	case k.Unit != "":
		_, title := d.unit(k.Unit)
		return title
	case k.Group != "":
		return k.Group
	}
	return d.column("city")
}

func (d *drawing) spanOf(kind period.SpanKind) period.Span {
	for _, span := range d.s.Spans {
		if span.Kind == kind {
			return span
		}
	}
	return period.Span{Kind: kind}
}

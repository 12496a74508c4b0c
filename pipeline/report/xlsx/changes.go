package xlsx

import (
	"strconv"

	"tonghop/pipeline/edition"
	"tonghop/pipeline/period"
	"tonghop/pipeline/summary"
	"tonghop/pipeline/wording"
	"tonghop/pipeline/workbook/write"
)

// changes draws every figure, of the city, of groups and of units, that the
// revision before gave otherwise, and why.
func (d *drawing) changes() {
	if d.in.Before == 0 {
		return
	}
	title := d.say.Say("xlsx.changes", "revision", strconv.Itoa(d.in.Before))
	t := d.open(d.book.Add(sheetChanges), title, "", "", []float64{5, 13, 44, 26, 18, 16, 16, 18, 18, 70})
	t.head(d.heads("no", "code", "indicator", "unit", "span", d.column("value_before"), d.column("value_now"),
		d.column("verdict_before"), d.column("verdict_now"), "cause"))
	for i, change := range d.in.Changes {
		ind, ok := d.s.Catalogue.Indicator(change.Indicator)
		if !ok || ind.CityOnly && change.Unit != "" {
			continue
		}
		decimals := wording.ShownDecimals(change, ind)
		t.line([]string{
			"", change.Indicator, d.names[change.Indicator], d.who(change.Key), d.say.Span(d.spanOf(change.Span)),
			d.say.Edited(change.Old, ind, decimals), d.say.Edited(change.New, ind, decimals),
			d.verdictOf(change.Old), d.verdictOf(change.New), d.say.Causes(change, d.s.Catalogue),
		})
		t.sheet.Int(write.At(t.row, 1), i+1, countLook)
		t.row++
	}
	if len(d.in.Changes) == 0 {
		t.none(d.words.none)
	}
	d.list(t, 3)
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

func (d *drawing) verdictOf(f *edition.Figure) string {
	if f == nil || f.Verdict == "" {
		return ""
	}
	return d.say.Verdict(summary.Verdict(f.Verdict))
}

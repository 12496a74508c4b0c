package xlsx

import (
	"strings"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/figure"
	"tonghop/pipeline/summary"
	"tonghop/pipeline/workbook/write"
)

// numberOf is the figure's number as published, rounded half-up to 6 decimals;
// ok is false where it has none. A rate without cases has none, whatever its
// state: it is not 0 %.
func numberOf(f *summary.Figure) (n figure.Number, ok bool) {
	if f == nil || f.Reason == summary.ReasonNoCases || f.Reason == summary.ReasonImpossible {
		return figure.Number{}, false
	}
	n, ok = f.Value.Number()
	return published(n), ok
}

func published(n figure.Number) figure.Number { return n.Round(figure.PublishedDecimals) }

// markOf is what stands in the place of a number; empty where nothing was given
// or received.
func markOf(f *summary.Figure) string {
	switch {
	case f == nil:
		return ""
	case f.Reason == summary.ReasonNoCases:
		return markNone
	case f.Reason == summary.ReasonImpossible, f.Value.Is(figure.Refused):
		return markAmend
	case f.Value.Is(figure.NotAvailable):
		return markNoData
	case f.Value.Is(figure.NotApplicable) && !notAsked(f):
		return markNotApp
	}
	return ""
}

// notAsked reports whether nobody waits for the figure in this period.
func notAsked(f *summary.Figure) bool {
	return f == nil || f.Reason == summary.ReasonNotExpected || f.Reason == summary.ReasonNotDue
}

// place writes a figure into a cell, as number or mark.
func place(sheet *write.Sheet, at write.Ref, f *summary.Figure, ind *catalogue.Indicator) {
	if n, ok := numberOf(f); ok {
		look := formatted(italic(tableLook, f.Provisional), shownAs(f, ind.Decimals))
		sheet.Number(at, n, look)
		return
	}
	mark(sheet, at, f, tableLook)
}

// shownAs is the number format of a figure. One that waits for a document has a
// star behind it, one carried from an earlier month a dagger: the cell still
// holds the number alone.
func shownAs(f *summary.Figure, decimals int) string {
	marks := ""
	if f != nil && f.Unconfirmed {
		marks = "*"
	}
	if f != nil && len(f.Coverage.Carried) > 0 {
		marks += "†"
	}
	if marks == "" {
		return write.Dashed(decimals)
	}
	return behind(decimals, marks)
}

// behind is the number format of a number with a word or a mark behind it.
func behind(decimals int, mark string) string {
	number := write.Grouped(decimals) + `"` + mark + `"`
	return number + ";-" + number + `;"-` + mark + `"`
}

func mark(sheet *write.Sheet, at write.Ref, f *summary.Figure, look write.Style) {
	text := markOf(f)
	switch {
	case text != "":
		look.Align = write.Right
		sheet.Text(at, text, look)
	case notAsked(f):
		look.Fill = write.FillOff
		sheet.Style(at, look)
	default:
		sheet.Style(at, look)
	}
}

// decimalsFor are the decimals with which a judged number is shown: as many as
// it takes not to show the target's own value for a number on its other side.
func decimalsFor(n, limit figure.Number, decimals int) int {
	for decimals < figure.PublishedDecimals && !n.Equal(limit) && n.Round(decimals).Equal(limit.Round(decimals)) {
		decimals++
	}
	return decimals
}

// narrative is a unit's text as a cell holds it. What may not be printed was
// taken out before: the input holds none of it.
func (d *drawing) narrative(text string) string { return strings.TrimSpace(text) }

// worded reports whether an indicator is answered in words.
func worded(i *catalogue.Indicator) bool {
	return i.Kind == catalogue.Text || i.Type == catalogue.YesNo || i.Type == catalogue.Choice || i.Type == catalogue.Prose
}

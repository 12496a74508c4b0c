package form

import (
	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/figure"
	"tonghop/pipeline/vietnamese"
	"tonghop/pipeline/workbook/write"
)

// widths are those of columns A to I of the report; together they fill a
// landscape A4 page at about nine tenths of full size.
var widths = []float64{5, 15, 44, 11, 20, 24, 12, 13, 21}

// asText is the number format under which what is typed stays as typed: a
// telephone keeps its zero, "1/2" does not become a date.
const asText = "@"

var (
	styleTitle    = write.Style{Size: 14, Bold: true, Align: write.Center, Wrap: true}
	styleSubtitle = write.Style{Italic: true, Align: write.Center, Wrap: true}
	styleLabel    = write.Style{Align: write.Right}
	styleFact     = write.Style{Bold: true, Align: write.Left, Border: write.Under, Format: asText}
	styleEntry    = write.Style{Align: write.Left, Border: write.Under, Fill: write.FillInput, Format: asText, Unlocked: true}
	styleHint     = write.Style{Size: 10, Italic: true, Wrap: true}
	styleHead     = write.Style{Bold: true, Align: write.Center, Wrap: true, Fill: write.FillHead, Border: write.Thin}
	styleGroup    = write.Style{Bold: true, Wrap: true, Fill: write.FillGroup, Border: write.Thin}
	styleCell     = write.Style{Border: write.Thin}
	styleInput    = write.Style{Border: write.Thin, Fill: write.FillInput, Align: write.Right, Unlocked: true}
	styleOff      = write.Style{Border: write.Thin, Fill: write.FillOff, Color: write.Grey, Wrap: true}
	styleMeaning  = write.Style{Size: 9, Italic: true, Color: "595959", Wrap: true, Border: write.Thin}
	styleEnd      = write.Style{Size: 8, Color: write.Grey}
	styleSign     = write.Style{Bold: true, Align: write.Center}
	styleSignHint = write.Style{Italic: true, Align: write.Center}
)

// valueFormat is the number format of an input cell. Whole numbers are grouped;
// under that format 12.5 would show as 13, so the table reformats what is not
// whole: a cell must never show another figure than it holds.
func valueFormat(i *catalogue.Indicator) string {
	switch i.Type {
	case catalogue.Whole:
		return write.Grouped(0)
	case catalogue.Decimal, catalogue.Percent:
		return ""
	}
	return asText
}

func printed(n figure.Number) string { return vietnamese.ExactNumber(n) }

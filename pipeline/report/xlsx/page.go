package xlsx

import (
	"fmt"

	"github.com/xuri/excelize/v2"

	"tonghop/pipeline/workbook/write"
)

// readable is the width, in digits, that a landscape A4 page takes at a size
// one can still read; scale is that size in percent.
const (
	readable      = 215
	scale    uint = 62
)

// print sets a sheet up for A4 landscape, as wide as the page. A table too wide
// to be read so goes on over several pages, with its first columns on each; it
// breaks only before one of the columns in breaks.
func (d *drawing) print(sheet *write.Sheet, widths []float64, titleRows [2]int, titleColumns, lastRow int, breaks ...int) {
	page := write.Page{
		Landscape: true, TitleRows: titleRows, LastCell: write.At(lastRow, len(widths)),
		Header: d.label(), Footer: sheet.Name(), PageOf: d.say.Say("report.page", "page", "%s", "pages", "%s"),
	}
	if columns, _ := measure(widths); columns > len(widths) {
		page.LastCell.Col = columns
	}
	starts := pages(widths, titleColumns, breaks)
	if len(starts) == 0 {
		sheet.Print(page)
		return
	}
	page.TitleRows = [2]int{}
	sheet.Print(page)
	file := d.book.File()
	for _, col := range starts {
		d.breakBefore(sheet, write.At(1, col))
	}
	quoted := write.Quote(sheet.Name())
	d.keep(file.SetDefinedName(&excelize.DefinedName{
		Name: "_xlnm.Print_Titles", Scope: sheet.Name(),
		RefersTo: fmt.Sprintf("%s!$A:$%s,%s!$%d:$%d", quoted, write.Column(titleColumns), quoted, titleRows[0], titleRows[1]),
	}))
}

// breakBefore begins a printed page at a cell of the first row or column.
func (d *drawing) breakBefore(sheet *write.Sheet, at write.Ref) {
	// Excel heeds page breaks only where it does not fit the sheet to pages.
	file, fit, percent := d.book.File(), false, scale
	d.keep(file.SetSheetProps(sheet.Name(), &excelize.SheetPropsOptions{FitToPage: &fit}))
	d.keep(file.SetPageLayout(sheet.Name(), &excelize.PageLayoutOptions{AdjustTo: &percent}))
	d.keep(file.InsertPageBreak(sheet.Name(), at.String()))
}

// pages gives the first column of each page after the first.
func pages(widths []float64, titleColumns int, breaks []int) []int {
	kept := sum(widths[:titleColumns])
	if sum(widths) <= readable {
		return nil
	}
	var starts []int
	used, from := kept, titleColumns
	for i, start := range breaks {
		end := len(widths)
		if i+1 < len(breaks) {
			end = breaks[i+1] - 1
		}
		block := sum(widths[from:end])
		if used > kept && used+block > readable {
			starts = append(starts, start)
			used = kept
		}
		used += block
		from = end
	}
	return starts
}

func sum(widths []float64) float64 {
	total := 0.0
	for _, w := range widths {
		total += w
	}
	return total
}

package xlsx

import (
	"fmt"
	"math"

	"github.com/xuri/excelize/v2"

	"tonghop/pipeline/workbook/write"
)

// readable is the width, in digits, that a landscape A4 page takes at a size
// one can still read.
const readable = 215

// print sets a sheet up for A4 landscape. A table too wide to be read on one
// page goes on as many as it needs, with its first columns on each.
func (d *drawing) print(sheet *write.Sheet, widths []float64, titleRows [2]int, titleColumns, lastRow int) {
	page := write.Page{
		Landscape: true, TitleRows: titleRows, LastCell: write.At(lastRow, len(widths)),
		Header: d.label(), Footer: sheet.Name(), PageOf: d.say.Say("report.page", "page", "%s", "pages", "%s"),
	}
	total, kept := 0.0, 0.0
	for i, w := range widths {
		total += w
		if i < titleColumns {
			kept += w
		}
	}
	pages := 1
	if total > readable {
		pages = int(math.Ceil((total - kept) / (readable - kept)))
	}
	if pages == 1 {
		sheet.Print(page)
		return
	}
	page.TitleRows = [2]int{}
	sheet.Print(page)
	file := d.book.File()
	landscape, a4, asNeeded := "landscape", 9, 0
	d.keep(file.SetPageLayout(sheet.Name(), &excelize.PageLayoutOptions{
		Size: &a4, Orientation: &landscape, FitToWidth: &pages, FitToHeight: &asNeeded,
	}))
	quoted := write.Quote(sheet.Name())
	d.keep(file.SetDefinedName(&excelize.DefinedName{
		Name: "_xlnm.Print_Titles", Scope: sheet.Name(),
		RefersTo: fmt.Sprintf("%s!$A:$%s,%s!$%d:$%d", quoted, write.Column(titleColumns), quoted, titleRows[0], titleRows[1]),
	}))
}

package form

import (
	"fmt"
	"strconv"
	"time"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/imported"
	"tonghop/pipeline/workbook/write"
)

// SheetPastFigures is the sheet of the table of past figures.
const SheetPastFigures = "Số liệu kỳ trước"

// PastFiguresInput is what the empty table of past figures is made from.
type PastFiguresInput struct {
	Catalogue *catalogue.Catalogue
	Created   time.Time
}

// pastRows are prepared for typing; more can be written under them.
const pastRows = 1000

var (
	pastWidths = []float64{11, 28, 44, 16, 40, 30}
	// A value is typed as a number is: text would be read by another grammar.
	stylePastValue = write.Style{Border: write.Thin, Fill: write.FillInput, Top: true}
)

// valueColumn is the place of the value in the table.
const valueColumn = 4

// PastFigures makes the empty workbook for past figures: one row each, with
// lists of units and indicators, and a guide. Equal inputs give equal bytes.
func PastFigures(in PastFiguresInput) ([]byte, error) {
	book := write.New(write.Properties{Title: "Số liệu các kỳ trước", Created: in.Created})
	table, guide, lists := book.Add(SheetPastFigures), book.Add(SheetGuide), book.Add(SheetLists)
	for i, header := range imported.Headers {
		table.Text(write.At(1, i+1), header, styleHead)
	}
	last := pastRows + 1
	table.Fill(write.At(2, 1), write.At(last, len(imported.Headers)), styleDecision)
	table.Fill(write.At(2, valueColumn), write.At(last, valueColumn), stylePastValue)
	table.Widths(pastWidths...)
	table.Freeze(write.At(2, 2))
	table.Print(write.Page{Landscape: true, TitleRows: [2]int{1, 1}, Footer: SheetPastFigures, PageOf: pageOf})
	for _, l := range pastLists(in) {
		if err := l.put(book, table, lists); err != nil {
			return nil, fmt.Errorf("build table of past figures: %w", err)
		}
	}
	lists.Protect()
	writePastGuide(guide)
	book.Activate(table)
	data, err := book.Bytes()
	if err != nil {
		return nil, fmt.Errorf("build table of past figures: %w", err)
	}
	return data, nil
}

func pastLists(in PastFiguresInput) []choiceList {
	prepared := columnOf{imported.Headers, pastRows}
	return []choiceList{
		{"Danh sách đơn vị", 1, 2, 30, unitTitles(in.Catalogue), "Đơn vị có trong kỳ đó; tên trùng nhau thì ghi mã.", prepared},
		{"Danh sách chỉ tiêu", 2, 3, 90, inputNames(in.Catalogue), "", prepared},
	}
}

func writePastGuide(sheet *write.Sheet) {
	g := &guide{sheet: sheet, at: 1}
	sheet.Text(write.At(1, 1), "HƯỚNG DẪN GHI SỐ LIỆU CÁC KỲ TRƯỚC", styleTitle)
	sheet.Merge(write.At(1, 1), write.At(1, 2))
	sheet.Height(1, heightTitle)
	g.heading("Cách ghi")
	for i, line := range pastLines {
		g.line(strconv.Itoa(i+1) + ". " + line)
	}
	sheet.Widths(guideWidths...)
	sheet.Plain()
	sheet.Print(write.Page{Footer: SheetGuide, PageOf: pageOf})
	sheet.Protect()
}

var pastLines = []string{
	"Mỗi dòng là một số liệu của một đơn vị trong một kỳ đã kết thúc, đúng như đơn vị đã báo cáo khi đó. Có thể làm mỗi năm một trang tính, giữ nguyên dòng tiêu đề.",
	"Cột Kỳ: 2024-03, 3/2024 hoặc T3/2024. Cột Đơn vị: tên, mã hoặc mã số trong danh mục. Cột Chỉ tiêu: mã hoặc tên; chỉ tiêu được tính từ chỉ tiêu khác thì không ghi.",
	"Cột Giá trị ghi như trong biểu báo cáo: số; 0 hoặc “-” là không phát sinh; “…” là chưa có số liệu. Ô không có số liệu thì bỏ cả dòng, không ghi 0.",
	"Cột Nguồn luôn phải ghi: “BC số 12/BC-BTV năm 2024”, “sổ theo dõi năm 2024, trang 8”…",
	"Cột Ghi chú: lý do của một số khác thường, nếu có.",
	"Nhập bằng lệnh: tonghop import-history TỆP. Còn bất kỳ dòng nào đề nghị sửa thì chưa số liệu nào được nhập.",
	"Kỳ mà đơn vị đã gửi báo cáo cho chương trình thì báo cáo đó được dùng; số nhập khác đi được nêu ra để Thành Hội xem.",
}

package form

import (
	"fmt"
	"strconv"
	"time"

	"github.com/xuri/excelize/v2"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/decision"
	"tonghop/pipeline/period"
	"tonghop/pipeline/workbook/write"
)

// The sheets of the office's workbook of decisions.
const (
	SheetDecisions = "Quyết định"
	SheetLists     = "Danh mục"
)

// DecisionsFile is what the workbook is called: whoever reads decisions looks
// for names that begin so.
const DecisionsFile = "quyet-dinh.xlsx"

// DecisionsInput is what the office's workbook is made from.
type DecisionsInput struct {
	Catalogue *catalogue.Catalogue
	// Months are those offered in the list, in order.
	Months  []period.Month
	Created time.Time
}

// decisionRows are prepared for typing; more can be written under them.
const decisionRows = 300

var (
	decisionWidths = []float64{9, 12, 18, 22, 10, 26, 34, 26, 14, 16, 36, 11, 22, 22, 20, 14, 12, 20, 20}
	styleDecision  = write.Style{Border: write.Thin, Fill: write.FillInput, Format: asText, Wrap: true, Top: true}
)

// Decisions makes the workbook in which the office writes its decisions: one
// row each, with lists of kinds, units, indicators and months, and a guide.
// Equal inputs give equal bytes.
func Decisions(in DecisionsInput) ([]byte, error) {
	book := write.New(write.Properties{Title: "Sổ quyết định", Created: in.Created})
	table, guide, lists := book.Add(SheetDecisions), book.Add(SheetGuide), book.Add(SheetLists)
	for i, header := range decision.Headers {
		table.Text(write.At(1, i+1), header, styleHead)
	}
	last := len(decision.Headers)
	table.Fill(write.At(2, 1), write.At(decisionRows+1, last), styleDecision)
	table.Widths(decisionWidths...)
	table.Freeze(write.At(2, 2))
	table.Print(write.Page{Landscape: true, TitleRows: [2]int{1, 1}, Footer: SheetDecisions, PageOf: pageOf})
	for _, l := range decisionLists(in) {
		if err := l.put(book, table, lists); err != nil {
			return nil, fmt.Errorf("build table of decisions: %w", err)
		}
	}
	lists.Protect()
	writeDecisionGuide(guide)
	book.Activate(table)
	data, err := book.Bytes()
	if err != nil {
		return nil, fmt.Errorf("build table of decisions: %w", err)
	}
	return data, nil
}

// choiceList is a column of the sheet of lists and the column of the table that
// it is offered in.
type choiceList struct {
	title   string
	at, col int
	width   float64
	choices []string
	prompt  string
	columnOf
}

// columnOf is the table that a list is offered in.
type columnOf struct {
	headers []string
	rows    int // prepared for typing
}

func decisionLists(in DecisionsInput) []choiceList {
	var kinds, months []string
	for _, k := range decision.Kinds {
		kinds = append(kinds, k.Vietnamese())
	}
	for _, m := range in.Months {
		months = append(months, m.String())
	}
	prepared := columnOf{decision.Headers, decisionRows}
	return []choiceList{
		{"Danh sách loại", 1, 4, 26, kinds, "Chọn loại quyết định. Mỗi loại cần những cột nào: xem trang Hướng dẫn.", prepared},
		{"Danh sách kỳ", 2, 5, 14, months, "Tháng của báo cáo, viết năm-tháng, ví dụ 2025-06.", prepared},
		{"Danh sách đơn vị", 3, 6, 30, unitTitles(in.Catalogue), "", prepared},
		{"Danh sách chỉ tiêu", 4, 7, 90, inputNames(in.Catalogue), "", prepared},
		{"Danh sách thẩm quyền", 6, 14, 24, []string{"TM. BAN THƯỜNG VỤ", "KT. CHỦ TỊCH", "TL. BAN THƯỜNG VỤ", "không"}, "Chỉ dùng cho loại “chốt kỳ”.", prepared},
		{"Danh sách xác nhận", 5, 12, 20, []string{decision.Waiting, decision.Available}, "“chờ”: văn bản chưa về; “đã có”: đã có văn bản.", prepared},
	}
}

func unitTitles(cat *catalogue.Catalogue) []string {
	titles := make([]string, len(cat.Units))
	for i, u := range cat.Units {
		titles[i] = u.Title()
	}
	return titles
}

// inputNames are the indicators that units report.
func inputNames(cat *catalogue.Catalogue) []string {
	var names []string
	for _, i := range cat.Indicators {
		if i.Kind != catalogue.Derived {
			names = append(names, i.Code+" – "+i.NameVI)
		}
	}
	return names
}

// put writes the list and offers it in the table; what is not in it can be
// typed all the same, for the program says more about it than Excel.
func (l choiceList) put(book *write.Book, table, lists *write.Sheet) error {
	lists.Text(write.At(1, l.at), l.title, styleHead)
	for i, choice := range l.choices {
		lists.Text(write.At(i+2, l.at), choice, styleCell)
	}
	file := book.File()
	if err := file.SetColWidth(lists.Name(), write.Column(l.at), write.Column(l.at), l.width); err != nil {
		return err
	}
	if len(l.choices) == 0 {
		return nil
	}
	rule := excelize.NewDataValidation(true)
	rule.SetSqref(write.Range(write.At(2, l.col), write.At(l.rows+1, l.col)))
	rule.SetSqrefDropList(lists.AbsRange(write.At(2, l.at), write.At(len(l.choices)+1, l.at)))
	rule.SetError(excelize.DataValidationErrorStyleWarning, l.headers[l.col-1], "Giá trị này không có trong danh mục.")
	if l.prompt != "" {
		rule.SetInput(l.headers[l.col-1], l.prompt)
	}
	return file.AddDataValidation(table.Name(), rule)
}

func writeDecisionGuide(sheet *write.Sheet) {
	g := &guide{sheet: sheet, at: 1}
	sheet.Text(write.At(1, 1), "HƯỚNG DẪN GHI SỔ QUYẾT ĐỊNH", styleTitle)
	sheet.Merge(write.At(1, 1), write.At(1, 2))
	sheet.Height(1, heightTitle)
	g.heading("1. Cách ghi")
	for i, line := range decisionLines {
		g.line(strconv.Itoa(i+1) + ". " + line)
	}
	g.heading("2. Mỗi loại cần những cột nào")
	for _, k := range decision.Kinds {
		g.pair(k.Vietnamese(), kindGuide[k])
	}
	sheet.Widths(guideWidths...)
	sheet.Plain()
	sheet.Print(write.Page{Footer: SheetGuide, PageOf: pageOf})
	sheet.Protect()
}

var decisionLines = []string{
	"Để tệp này trong thư mục _van-phong của thư mục nhận báo cáo, tên bắt đầu bằng quyet-dinh (.xlsx hoặc .csv). Mỗi quyết định là một dòng trên trang " + SheetDecisions + ".",
	"Cột Số: mỗi quyết định một số riêng, ví dụ QD-1, QD-2; không dùng lại số cũ. Cột Ngày: ngày quyết định, ví dụ 17/6/2025.",
	"Cột Căn cứ luôn phải ghi: “điện thoại 9h10, chị Lan”, “BC số 15/BC-HPN”…",
	"Dòng đã được chương trình ghi nhận thì không sửa, không xóa; chương trình vẫn dùng nội dung đã ghi nhận và nhắc lại. Muốn thay đổi: thêm dòng mới cho cùng số liệu; dòng có ngày sau (cùng ngày thì số lớn hơn) được dùng.",
	"Khi văn bản xác nhận về: thêm một dòng như cũ với số mới và cột Xác nhận ghi “đã có”. Trước đó số liệu được in kèm dấu *.",
	"Giá trị ghi như trong biểu báo cáo: 1234 hoặc 1.234; 0 hoặc “-” là không phát sinh; “…” là chưa có số liệu.",
}

var kindGuide = map[decision.Kind]string{
	decision.Correction:  "Kỳ, đơn vị, chỉ tiêu, giá trị mới; nên ghi cả giá trị cũ. Số đính chính được dùng cho đến khi đơn vị gửi đúng số đó hoặc Thành Hội rút quyết định.",
	decision.Paper:       "Kỳ, đơn vị, chỉ tiêu, giá trị mới: mỗi chỉ tiêu một dòng. Dùng khi đơn vị chỉ gửi báo cáo giấy; nếu đơn vị có gửi tệp thì tệp được dùng.",
	decision.Explanation: "Kỳ, đơn vị và chỉ tiêu; cột Căn cứ ghi lời giải thích. Nếu chỉ giải trình một điểm thì ghi mã lỗi ở cột Giá trị mới. Chỉ có tác dụng với số liệu đã gửi.",
	decision.Choose:      "Kỳ, đơn vị, tệp: bản này được dùng. Tệp ghi theo đường dẫn trong thư mục nhận, ví dụ 2025-06/ba-dinh.xlsx, hoặc 8 ký tự đầu của mã SHA-256.",
	decision.Discard:     "Tệp: tệp này không được dùng, ví dụ gửi nhầm. Có thể ghi thêm kỳ và đơn vị.",
	decision.Extend:      "Kỳ, đơn vị, giá trị mới: hạn mới, ví dụ 20/6/2025 hoặc 20/6/2025 17:00. Được in trong báo cáo.",
	decision.Close:       "Kỳ, đơn vị: không chờ báo cáo này nữa. Số liệu vẫn là thiếu, không phải bằng 0.",
	decision.Withdraw:    "Giá trị cũ: số của quyết định được rút. Số liệu trở lại như trước quyết định đó.",
	decision.SignOff:     "Kỳ (2025-06, 2025-Q2…), người ký, chức vụ, số văn bản, ngày văn bản; có thể ghi thẩm quyền ký (TM. BAN THƯỜNG VỤ, KT. CHỦ TỊCH…), người lập biểu, người kiểm tra. Giá trị cũ: bản được ký, ví dụ r2; để trống là bản mới nhất. Báo cáo được in lại không còn chữ DỰ THẢO và không thay đổi nữa.",
	decision.Reopen:      "Kỳ: báo cáo đã chốt được lập lại thành bản mới. Không cần mở lại chỉ để số liệu gửi muộn được tính vào lũy kế các kỳ sau.",
}

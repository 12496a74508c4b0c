package form

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/narrative"
	"tonghop/pipeline/period"
	"tonghop/pipeline/workbook/write"
)

// SheetNarrative is the sheet of the office's text.
const SheetNarrative = "Lời văn"

// NarrativeFile is what the workbook of the office's text is called.
const NarrativeFile = "loi-van.xlsx"

// NarrativeInput is what the workbook is made from.
type NarrativeInput struct {
	Catalogue *catalogue.Catalogue
	Period    period.Span
	Title     string            // the period in words
	Units     []*catalogue.Unit // those of the period
	// Waiting are the units' texts that are printed only with consent.
	Waiting []narrative.Written
	Created time.Time
}

const (
	narrativeHead  = 3  // the header row
	narrativeSpare = 40 // rows prepared below the filled ones
)

var (
	narrativeWidths = []float64{26, 38, 24, 90, 11}
	styleNarrative  = styleDecision.With(func(st *write.Style) { st.Align = write.Left })
)

// Narrative makes the workbook in which the office writes the text of a period's
// report: its sections, why headline indicators are behind, which narratives of
// units are printed, and which that name persons. Equal inputs give equal bytes.
func Narrative(in NarrativeInput) ([]byte, error) {
	book := write.New(write.Properties{Title: "Lời văn báo cáo, " + in.Title, Created: in.Created})
	table, guide, lists := book.Add(SheetNarrative), book.Add(SheetGuide), book.Add(SheetLists)
	last := len(narrative.Headers)
	table.Text(write.At(1, 1), "LỜI VĂN BÁO CÁO, "+strings.ToUpper(in.Title), styleTitle)
	table.Merge(write.At(1, 1), write.At(1, last))
	table.Height(1, heightTitle)
	table.Text(write.At(2, 1), "Mỗi đoạn một dòng, thêm dòng tùy ý; dòng để trống nội dung thì không in. Cách ghi: trang "+SheetGuide+".", styleSubtitle)
	table.Merge(write.At(2, 1), write.At(2, last))
	for i, header := range narrative.Headers {
		table.Text(write.At(narrativeHead, i+1), header, styleHead)
	}
	rows := preparedRows(in)
	end := narrativeHead + len(rows) + narrativeSpare
	table.Fill(write.At(narrativeHead+1, 1), write.At(end, last), styleNarrative)
	for i, row := range rows {
		at := narrativeHead + 1 + i
		lines := 2
		for j, text := range row {
			if text != "" {
				table.Text(write.At(at, j+1), text, styleNarrative)
				lines = max(lines, write.Lines(text, narrativeWidths[j], 11))
			}
		}
		table.Height(at, write.Height(lines, 11))
	}
	table.Widths(narrativeWidths...)
	table.Freeze(write.At(narrativeHead+1, 2))
	table.Print(write.Page{Landscape: true, TitleRows: [2]int{narrativeHead, narrativeHead}, Footer: SheetNarrative + ", " + in.Title, PageOf: pageOf})
	for i, l := range narrativeLists(in) {
		if err := l.offer(book, table, lists, i+1, end); err != nil {
			return nil, fmt.Errorf("build table of texts: %w", err)
		}
	}
	lists.Protect()
	writeNarrativeGuide(guide, in)
	book.Activate(table)
	data, err := book.Bytes()
	if err != nil {
		return nil, fmt.Errorf("build table of texts: %w", err)
	}
	return data, nil
}

// preparedRows are the rows to be filled in, in the order of the report.
func preparedRows(in NarrativeInput) [][]string {
	var rows [][]string
	blank := func(n int, part narrative.Part, about string) {
		for range n {
			rows = append(rows, []string{part.Vietnamese(), about, "", "", ""})
		}
	}
	const paragraphs = 3
	for _, part := range []narrative.Part{narrative.Direction, narrative.Assessment, narrative.Outlook, narrative.Proposals} {
		blank(paragraphs, part, "")
	}
	for _, ind := range headline(in) {
		blank(1, narrative.Cause, offered(ind))
		blank(1, narrative.Remedy, offered(ind))
	}
	blank(paragraphs, narrative.Print, "")
	for _, w := range in.Waiting {
		about, unit := w.About, w.Unit
		if ind, ok := in.Catalogue.Indicator(w.About); ok {
			about = offered(ind)
		}
		if u, ok := in.Catalogue.Unit(w.Unit); ok {
			unit = u.Title()
		}
		rows = append(rows, []string{w.Part.Vietnamese(), about, unit, strings.Join(w.Paragraphs, "\n"), ""})
	}
	return rows
}

// headline are the indicators of page 1 in the period: those that may have to be
// explained.
func headline(in NarrativeInput) []*catalogue.Indicator {
	var all []*catalogue.Indicator
	for _, ind := range in.Catalogue.Indicators {
		for i := range in.Catalogue.Targets {
			t := in.Catalogue.Targets[i]
			if t.Indicator == ind.Code && t.Headline && t.Unit == "" && !in.Period.To.Before(t.From) && (t.To.IsZero() || !in.Period.To.After(t.To)) {
				all = append(all, ind)
				break
			}
		}
	}
	return all
}

func offered(ind *catalogue.Indicator) string { return ind.Code + " – " + ind.NameVI }

// narrativeList is what a column of the table offers; its column among the lists
// is its place.
type narrativeList struct {
	title   string
	col     int // of the table
	width   float64
	choices []string
}

func narrativeLists(in NarrativeInput) []narrativeList {
	var parts, about, units []string
	for _, p := range narrative.Parts {
		parts = append(parts, p.Vietnamese())
	}
	for _, ind := range headline(in) {
		about = append(about, offered(ind))
	}
	for _, ind := range in.Catalogue.Indicators {
		if ind.Type == catalogue.Prose {
			about = append(about, offered(ind))
		}
	}
	for _, p := range in.Catalogue.Programmes {
		about = append(about, p.Code+" – "+p.NameVI)
	}
	units = append(units, "tất cả")
	for _, u := range in.Units {
		units = append(units, u.Title())
	}
	return []narrativeList{
		{"Danh sách phần", 1, 30, parts},
		{"Danh sách chỉ tiêu, chương trình", 2, 90, about},
		{"Danh sách đơn vị", 3, 30, units},
		{"Đồng ý in", 5, 12, []string{narrative.Agreed, narrative.Denied}},
	}
}

// offer writes the list and offers it in the table; other input is asked about
// by Excel, and told in full by the program.
func (l narrativeList) offer(book *write.Book, table, lists *write.Sheet, at, end int) error {
	lists.Text(write.At(1, at), l.title, styleHead)
	for i, choice := range l.choices {
		lists.Text(write.At(i+2, at), choice, styleCell)
	}
	file := book.File()
	if err := file.SetColWidth(lists.Name(), write.Column(at), write.Column(at), l.width); err != nil {
		return err
	}
	rule := excelize.NewDataValidation(true)
	rule.SetSqref(write.Range(write.At(narrativeHead+1, l.col), write.At(end, l.col)))
	rule.SetSqrefDropList(lists.AbsRange(write.At(2, at), write.At(len(l.choices)+1, at)))
	rule.SetError(excelize.DataValidationErrorStyleWarning, narrative.Headers[l.col-1], "Giá trị này không có trong danh mục.")
	return file.AddDataValidation(table.Name(), rule)
}

func writeNarrativeGuide(sheet *write.Sheet, in NarrativeInput) {
	g := &guide{sheet: sheet, at: 1}
	sheet.Text(write.At(1, 1), "HƯỚNG DẪN VIẾT LỜI VĂN BÁO CÁO", styleTitle)
	sheet.Merge(write.At(1, 1), write.At(1, 2))
	sheet.Height(1, heightTitle)
	g.heading("1. Cách ghi")
	lines := append([]string{
		"Để tệp này trong thư mục _van-phong/" + in.Period.String() + " của thư mục nhận báo cáo, tên bắt đầu bằng loi-van (.xlsx hoặc .csv).",
	}, narrativeLines...)
	for i, line := range lines {
		g.line(strconv.Itoa(i+1) + ". " + line)
	}
	g.heading("2. Mỗi phần cần những cột nào")
	for _, p := range narrative.Parts {
		g.pair(p.Vietnamese(), partGuide[p])
	}
	sheet.Widths(guideWidths...)
	sheet.Plain()
	sheet.Print(write.Page{Footer: SheetGuide, PageOf: pageOf})
	sheet.Protect()
}

var narrativeLines = []string{
	"Mỗi đoạn văn là một dòng; xuống dòng trong ô (Alt+Enter) là đoạn mới. Đoạn được in đúng như đã viết.",
	"Phần không có nội dung thì không in, các phần sau được đánh số lại. Phần II (kết quả thực hiện) do chương trình lập từ số liệu.",
	"Sửa tệp rồi chạy lại thì có bản báo cáo mới. Báo cáo đã chốt không thay đổi.",
	"Khó khăn, đề xuất của các đơn vị được in theo chương trình ở phần III và phần V, không cần chép lại.",
	"Nội dung có số điện thoại hoặc số căn cước (kể cả do Thành Hội viết) chỉ in khi cột Đồng ý in ghi “có”.",
}

var partGuide = map[narrative.Part]string{
	narrative.Direction:  "Nội dung.",
	narrative.Assessment: "Nội dung. Khó khăn, vướng mắc của các đơn vị được in tiếp theo.",
	narrative.Outlook:    "Nội dung.",
	narrative.Proposals:  "Nội dung. Đề xuất, kiến nghị của các đơn vị được in tiếp theo.",
	narrative.Cause:      "Chỉ tiêu, nội dung: vì sao chỉ tiêu chậm. Chỉ in khi chỉ tiêu chậm hoặc không đạt, bên cạnh số liệu của chương trình.",
	narrative.Remedy:     "Chỉ tiêu, nội dung: việc sẽ làm để đạt chỉ tiêu. Chỉ in khi chỉ tiêu chậm hoặc không đạt.",
	narrative.Print:      "Chỉ tiêu trả lời bằng lời (ví dụ “Kết quả nổi bật”) và đơn vị, hoặc “tất cả”: nội dung đơn vị đã viết được in. Mặc định không in; tệp Excel tổng hợp luôn có đủ.",
	narrative.Approve: "Chỉ tiêu hoặc chương trình, một đơn vị, nội dung chép nguyên văn, Đồng ý in ghi “có”: nội dung có thông tin cá nhân hoặc về vụ việc xâm hại được in. " +
		"Các dòng đang chờ duyệt được ghi sẵn. Đơn vị gửi lại nội dung khác thì phải duyệt lại.",
}

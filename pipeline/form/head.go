package form

import (
	"fmt"
	"strings"

	"tonghop/pipeline/figure"
	"tonghop/pipeline/vietnamese"
	"tonghop/pipeline/workbook/write"
)

// The rows above the table. They are few, because they are frozen with the
// header row: a clerk with a small screen must see the table as well.
const (
	rowTitle = iota + 1
	rowPeriod
	rowFirst  // of five with two facts each
	rowCounts = rowFirst + 5
	rowHint   = rowCounts + 1
	headRows  = rowHint + 1 // the header row
)

// The columns of the facts above the table: a label, and right beside it the
// cell it speaks of.
const (
	colLabel, colFact       = colName, colMeasure
	colFactEnd              = colValue
	colLabelRight, colRight = colNote, colPrevious
)

// Heights of rows in points.
const (
	heightTitle = 24.0
	heightFact  = 17.0
)

// fact is a label and the cell beside it.
type fact struct {
	label, name string
	content     Content
	entry       bool
}

func (f *filling) writeHead() {
	s := f.report
	title := title(f.Input)
	if f.Sample {
		title += " – " + sampleLabel
	}
	s.Text(write.At(rowTitle, 1), title, styleTitle)
	if f.Sample {
		s.Style(write.At(rowTitle, 1), styleTitle.With(func(st *write.Style) { st.Color = write.Red }))
	}
	if f.Sample {
		f.book.Define(NameSample, s.Abs(write.At(rowTitle, 1)))
	}
	s.Text(write.At(rowPeriod, 1), f.periodLine(), styleSubtitle)
	s.Text(write.At(rowHint, 1), f.hint(), styleHint)
	for _, row := range []int{rowTitle, rowPeriod, rowHint} {
		s.Merge(write.At(row, 1), write.At(row, colCheck))
	}
	s.Height(rowTitle, heightTitle)
	s.Height(rowHint, write.Height(2, styleHint.Size))
	left, right := f.facts()
	for i := range left {
		s.Height(rowFirst+i, heightFact)
		f.writeFact(left[i], write.At(rowFirst+i, colLabel), write.At(rowFirst+i, colFact), write.At(rowFirst+i, colFactEnd))
		f.writeFact(right[i], write.At(rowFirst+i, colLabelRight), write.At(rowFirst+i, colRight), write.At(rowFirst+i, colCheck))
	}
	f.writeCounts()
}

// periodLine names the month with its days: of a unit that begins or ends in it
// only those of which it reports.
func (f *filling) periodLine() string {
	days := vietnamese.Window(f.Scheme.Window(f.Month))
	if part := f.Catalogue.Part(f.Unit, f.Month, f.Scheme); part != f.Scheme.Window(f.Month) {
		days = "phần " + vietnamese.Window(part)
	}
	line := fmt.Sprintf("Kỳ %s (%s)", monthTitle(f.Month), days)
	if !f.Deadline.IsZero() {
		line += ". Hạn nộp: " + f.Deadline.Format("15 giờ 04 ngày 2/1/2006")
	}
	return line + "."
}

func (f *filling) hint() string {
	hint := "Chỉ nhập vào ô nền vàng; cách ghi từng trường hợp xem sheet " + SheetGuide +
		". Cột Kỳ trước và Lũy kế năm (đến hết kỳ trước) là số Thành Hội đang có, chỉ để đối chiếu."
	if f.Contact != "" {
		hint += " Hỏi, đáp: " + f.Contact + "."
	}
	return hint
}

func (f *filling) facts() (left, right []fact) {
	version := f.fill.Version
	if version == 0 {
		version = 1
	}
	box := Content{}
	if f.fill.Nil {
		box = Text(markNil)
	}
	left = []fact{
		{label: "Đơn vị báo cáo:", name: NameUnit, content: Text(f.Unit.Title())},
		{label: "Mã đơn vị:", name: NameUnitID, content: Text(f.Unit.ID)},
		{label: "Kỳ báo cáo:", name: NamePeriod, content: Text(f.Month.String())},
		{label: "Mẫu biểu:", name: NameForm, content: Text(f.Form.Version)},
		{label: "Kỳ này đơn vị không phát sinh số liệu:", name: NameNil, content: box, entry: true},
	}
	right = []fact{
		{label: "Người lập biểu:", name: NamePreparedBy, content: Text(f.fill.PreparedBy), entry: true},
		{label: "Người duyệt:", name: NameApprovedBy, content: Text(f.fill.ApprovedBy), entry: true},
		{label: "Điện thoại:", name: NamePhone, content: Text(f.fill.Phone), entry: true},
		{label: "Lần nộp:", name: NameVersion, content: Number(figure.Int(int64(version))), entry: true},
		{label: "Lý do nộp lại:", name: NameReason, content: Text(f.fill.Reason), entry: true},
	}
	return left, right
}

func (f *filling) writeFact(a fact, label, first, last write.Ref) {
	s, style := f.report, styleFact
	if a.entry {
		style = styleEntry
	}
	if a.content.kind == number {
		style.Format = write.Grouped(0)
	}
	s.Text(label, a.label, styleLabel)
	s.Fill(first, last, style)
	a.content.put(s, first, style)
	s.Merge(first, last)
	f.book.Define(a.name, s.Abs(first))
	switch a.name {
	case NameNil:
		s.Validate(first, write.Validation{
			List: []string{markNil}, Title: "Không phát sinh",
			Message: "Đánh dấu x nếu cả kỳ đơn vị không phát sinh số liệu; nếu có phát sinh thì để trống.",
			Prompt:  "Đánh dấu x thì các chỉ tiêu phát sinh để trống được hiểu là không phát sinh. Chỉ tiêu thời điểm và lũy kế vẫn phải ghi số.",
		})
	case NameVersion:
		s.Validate(first, write.Validation{
			Formula: fmt.Sprintf("IF(ISNUMBER(%[1]s),AND(%[1]s=INT(%[1]s),%[1]s>=1),FALSE)", first),
			Title:   "Lần nộp", Message: "Ghi 1 cho lần nộp đầu; mỗi lần nộp lại ghi thêm 1.",
			Prompt: "Lần đầu ghi 1. Nộp lại thì ghi 2, 3, … và ghi lý do ở ô dưới.",
		})
	}
}

// writeCounts tells what is still to do. Both formulas read the column of
// checks, so that they never say something else than it does.
func (f *filling) writeCounts() {
	s := f.report
	checks := write.At(f.header+1, colCheck).Abs() + ":" + write.At(f.end-1, colCheck).Abs()
	missing, wrong := 0, 0
	for _, r := range f.rows {
		if !r.due {
			continue
		}
		_, result := f.liveCheck(r)
		if result == checkEmpty {
			missing++
		}
		if strings.HasPrefix(result, checkWrong) {
			wrong++
		}
	}
	style := styleFact.With(func(st *write.Style) { st.Format = "0" })
	count := func(label, cell write.Ref, title, formula string, n int) {
		s.Text(label, title, styleLabel)
		s.Formula(cell, formula, write.NumberValue(figure.Int(int64(n))), style)
		s.Highlight(cell, cell, cell.Abs()+">0", write.FillWarn, write.Red)
	}
	count(write.At(rowCounts, colLabel), write.At(rowCounts, colFact), "Số ô bắt buộc chưa nhập:",
		fmt.Sprintf("COUNTIF(%s,%s)", checks, literal(checkEmpty)), missing)
	count(write.At(rowCounts, colLabelRight), write.At(rowCounts, colRight), "Số ô ghi sai:",
		fmt.Sprintf("SUMPRODUCT(--(LEFT(%s,%d)=%s))", checks, len(checkWrong), literal(checkWrong)), wrong)
	s.Height(rowCounts, heightFact)
}

func (f *filling) writeSignatures() {
	s, at := f.report, f.end+2
	s.Text(write.At(at, colNote), fmt.Sprintf(signPlaceDate, f.Month.Year), styleSignHint)
	s.Text(write.At(at+1, colName), signPrepared, styleSign)
	s.Text(write.At(at+1, colNote), signHead, styleSign)
	s.Text(write.At(at+2, colName), signHint, styleSignHint)
	s.Text(write.At(at+2, colNote), signHeadHint, styleSignHint)
	s.Text(write.At(at+6, colName), f.fill.PreparedBy, styleSign)
	s.Text(write.At(at+6, colNote), f.fill.ApprovedBy, styleSign)
	for _, row := range []int{at, at + 1, at + 2, at + 6} {
		s.Merge(write.At(row, colNote), write.At(row, colCheck))
	}
}

func (f *filling) finishReport() {
	s := f.report
	s.Widths(widths...)
	s.Plain()
	s.Freeze(write.At(f.header+1, 1))
	s.Print(write.Page{
		Landscape: true, TitleRows: [2]int{f.header, f.header}, LastCell: write.At(f.end+8, colCheck),
		Footer: f.Unit.Title() + " – kỳ " + f.Month.String(), PageOf: pageOf,
	})
	s.Protect()
}

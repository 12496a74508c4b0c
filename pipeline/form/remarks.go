package form

import (
	"strings"

	"tonghop/pipeline/submission"
	"tonghop/pipeline/workbook/write"
)

// remarkHeaders are the header texts of sheet "Thuyết minh", in columns A to E.
var remarkHeaders = [...]string{"Mã", "Chương trình", "Khó khăn, vướng mắc", "Đề xuất, kiến nghị", "Minh chứng"}

var (
	remarkKinds  = [...]submission.RemarkKind{submission.Difficulties, submission.Proposals, submission.Evidence}
	remarkWidths = []float64{8, 40, 40, 40, 36}
)

const (
	remarkHeader = 3     // the header row
	remarkHeight = 110.0 // points, about seven lines
)

func (f *filling) writeRemarks() {
	s := f.remarks
	s.Text(write.At(1, 1), "THUYẾT MINH THEO CHƯƠNG TRÌNH", styleTitle)
	s.Merge(write.At(1, 1), write.At(1, len(remarkHeaders)))
	s.Height(1, heightTitle)
	s.Text(write.At(2, 1), f.Unit.Title()+" – kỳ "+monthTitle(f.Month)+". Không ghi họ tên, số điện thoại, số căn cước của nạn nhân hoặc hội viên.", styleSubtitle)
	s.Merge(write.At(2, 1), write.At(2, len(remarkHeaders)))
	for i, h := range remarkHeaders {
		s.Text(write.At(remarkHeader, i+1), h, styleHead)
	}
	s.Height(remarkHeader, write.Height(1, 11)+4)
	label := styleCell.With(func(st *write.Style) { st.Wrap, st.Top = true, true })
	input := styleInput.With(func(st *write.Style) { st.Wrap, st.Top, st.Align, st.Format = true, true, write.Left, asText })
	at := remarkHeader
	for _, p := range f.programmes() {
		at++
		s.Text(write.At(at, 1), p.Code, label)
		s.Text(write.At(at, 2), p.NameVI, label)
		height := max(remarkHeight, write.Height(write.Lines(p.NameVI, remarkWidths[1], 11), 11))
		for i, kind := range remarkKinds {
			said := f.remark(p.Code, kind)
			s.Text(write.At(at, 3+i), said, input)
			height = max(height, write.Height(write.Lines(said, remarkWidths[2+i], 11), 11))
		}
		s.Height(at, height)
	}
	s.Widths(remarkWidths...)
	s.Plain()
	s.Freeze(write.At(remarkHeader+1, 3))
	s.Print(write.Page{
		Landscape: true, TitleRows: [2]int{remarkHeader, remarkHeader}, Footer: f.Unit.Title() + " – kỳ " + f.Month.String(), PageOf: pageOf,
	})
	s.Protect()
}

func (f *filling) remark(programme string, kind submission.RemarkKind) string {
	var all []string
	for _, r := range f.fill.Remarks {
		if r.Programme == programme && r.Kind == kind {
			all = append(all, r.Text)
		}
	}
	return strings.Join(all, "\n")
}

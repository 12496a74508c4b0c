package form

import (
	"fmt"
	"strings"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/figure"
	"tonghop/pipeline/vietnamese"
	"tonghop/pipeline/workbook/write"
)

var guideWidths = []float64{24, 96}

// guide writes sheet "Hướng dẫn" from the top down.
type guide struct {
	sheet *write.Sheet
	at    int
}

var (
	guideHeading = write.Style{Size: 12, Bold: true, Fill: write.FillGroup}
	guideText    = write.Style{Wrap: true, Top: true}
	guideWord    = write.Style{Wrap: true, Top: true, Bold: true, Border: write.Thin, Format: asText, Align: write.Left}
	guideMeaning = write.Style{Wrap: true, Top: true, Border: write.Thin}
)

func (g *guide) heading(text string) {
	g.at += 2
	g.sheet.Text(write.At(g.at, 1), text, guideHeading)
	g.sheet.Merge(write.At(g.at, 1), write.At(g.at, 2))
	g.sheet.Height(g.at, write.Height(1, 12))
}

func (g *guide) line(text string) {
	g.at++
	g.sheet.Text(write.At(g.at, 1), text, guideText)
	g.sheet.Merge(write.At(g.at, 1), write.At(g.at, 2))
	g.sheet.Height(g.at, write.Height(write.Lines(text, guideWidths[0]+guideWidths[1], 11), 11))
}

func (g *guide) pair(word, meaning string) {
	g.at++
	g.sheet.Text(write.At(g.at, 1), word, guideWord)
	g.explain(word, meaning)
}

func (g *guide) explain(word, meaning string) {
	g.sheet.Text(write.At(g.at, 2), meaning, guideMeaning)
	lines := max(write.Lines(meaning, guideWidths[1], 11), write.Lines(word, guideWidths[0], 11))
	g.sheet.Height(g.at, write.Height(lines, 11))
}

// words lists words of one meaning and returns the first and last row.
func (g *guide) words(words []string, meaning string) (first, last int) {
	first = g.at + 1
	for _, w := range words {
		g.pair(w, meaning)
	}
	return first, g.at
}

func (f *filling) writeGuide() {
	g := &guide{sheet: f.guide, at: 1}
	f.guide.Text(write.At(1, 1), "HƯỚNG DẪN ĐIỀN BIỂU", styleTitle)
	f.guide.Merge(write.At(1, 1), write.At(1, 2))
	f.guide.Height(1, heightTitle)
	g.heading("1. Cách điền")
	if closes(f.Input) {
		g.line(fmt.Sprintf(closingGuide, vietnamese.ShortDate(f.Unit.ValidTo)))
	}
	for _, line := range guideLines {
		g.line(line)
	}
	f.guideWords(g)
	g.heading("3. Từng loại chỉ tiêu")
	f.guideNatures(g)
	g.heading("4. Nộp và nộp lại")
	for _, line := range resubmitLines {
		g.line(line)
	}
	if f.Contact != "" {
		g.line("Cần hỏi, xin liên hệ: " + f.Contact + ".")
	}
	f.guideRules(g)
	f.guideAssumptions(g)
	f.guide.Widths(guideWidths...)
	f.guide.Plain()
	f.guide.Print(write.Page{Footer: SheetGuide + " – mẫu " + f.Form.Version, PageOf: pageOf})
	f.guide.Protect()
}

var guideLines = []string{
	"Chỉ nhập vào các ô nền vàng trên sheet " + SheetReport + " và sheet " + SheetRemarks + ". Các ô khác đã khóa (không có mật khẩu) để giữ công thức.",
	"Mỗi ô chỉ ghi một số, không kèm đơn vị tính hay lời giải thích. Lời giải thích ghi ở cột Ghi chú.",
	"Ô để trống được hiểu là chưa báo cáo, không được hiểu là số 0.",
	"Cột Kiểm tra báo ngay ô chưa nhập hoặc ghi sai. Hai ô đếm phía trên bảng bằng 0 là biểu đã đủ.",
	"Không chèn, xóa hoặc đổi chỗ dòng, cột; không đổi tên sheet.",
	"Nếu cả kỳ không phát sinh số liệu: đánh dấu x vào ô “Kỳ này đơn vị không phát sinh số liệu”, các chỉ tiêu phát sinh trong kỳ để trống; chỉ tiêu thời điểm và lũy kế vẫn ghi số.",
}

var resubmitLines = []string{
	"Ghi họ tên người lập biểu, người duyệt và số điện thoại để Thành Hội hỏi lại khi cần.",
	"Nộp lại: sửa trên chính tệp này, tăng ô Lần nộp thêm 1 (2, 3, …), ghi Lý do nộp lại, rồi gửi cả tệp. Bản nộp lại thay cho toàn bộ bản trước, vì vậy phải giữ đủ các ô không sửa.",
	"Lưu tệp dưới dạng Excel Workbook (.xlsx). Không gửi bản .xls, ảnh chụp hoặc bản quét thay cho tệp này.",
}

// guideWords lists what may be typed instead of a number. Validation and the
// live checks read these very cells.
func (f *filling) guideWords(g *guide) {
	g.heading("2. Cách ghi khi không có số")
	g.at++
	g.sheet.Text(write.At(g.at, 1), "Ghi", styleHead)
	g.sheet.Text(write.At(g.at, 2), "Nghĩa", styleHead)
	g.at++
	const none = "Không phát sinh: đã rà soát, trong kỳ không có. Không dùng cho chỉ tiêu thời điểm."
	g.sheet.Number(write.At(g.at, 1), figure.Int(0), guideWord.With(func(st *write.Style) { st.Format = "0" }))
	g.explain("0", "Số không; với chỉ tiêu phát sinh trong kỳ nghĩa là không phát sinh.")
	firstNone, lastNone := g.words(noneWords, none)
	firstOff, lastOff := g.words(unavailableWords, "Chưa có số liệu: có thể có phát sinh nhưng chưa tổng hợp được; được tính là còn thiếu. Ghi lý do ở cột Ghi chú.")
	firstNA, lastNA := g.words(notApplicableWords, f.notApplicableMeaning())
	for _, n := range []struct {
		name        string
		first, last int
	}{
		{wordsNone, firstNone, lastNone}, {wordsUnavailable, firstOff, lastOff}, {wordsNotApplicable, firstNA, lastNA},
		{wordsFlow, firstNone, lastOff}, {wordsAll, firstNone, lastNA}, {wordsWithoutNone, firstOff, lastNA},
	} {
		f.book.Define(n.name, g.sheet.AbsRange(write.At(n.first, 1), write.At(n.last, 1)))
	}
}

func (f *filling) notApplicableMeaning() string {
	codes := f.codes(func(i *catalogue.Indicator) bool { return i.AllowNA })
	if codes == "" {
		return "Không áp dụng: biểu này không có chỉ tiêu nào được ghi như vậy."
	}
	return "Không áp dụng: chỉ tiêu không thuộc nhiệm vụ của đơn vị. Chỉ dùng cho: " + codes + "."
}

func (f *filling) guideNatures(g *guide) {
	for _, kind := range []struct {
		word, meaning string
		is            func(*catalogue.Indicator) bool
	}{
		{"Phát sinh trong kỳ", "Chỉ ghi số của kỳ này, không cộng các kỳ trước: ", func(i *catalogue.Indicator) bool { return i.Nature == catalogue.Flow }},
		{"Thời điểm", "Ghi số có đến ngày cuối kỳ; phải là số, không ghi không phát sinh: ", func(i *catalogue.Indicator) bool { return i.Nature == catalogue.Stock }},
		{"Lũy kế", "Ghi lũy kế từ đầu năm, mỗi người/cơ sở tính một lần: ", func(i *catalogue.Indicator) bool { return i.Nature == catalogue.Cumulative }},
		{"Chọn trong danh sách", "Bấm mũi tên bên phải ô để chọn: ", func(i *catalogue.Indicator) bool { return i.Type == catalogue.Choice || i.Type == catalogue.YesNo }},
		{"Viết thành lời", "Viết ngắn gọn: ", func(i *catalogue.Indicator) bool { return i.Kind == catalogue.Text && i.Type == catalogue.Prose }},
		{"Không bắt buộc", "Để trống được nếu chưa có: ", func(i *catalogue.Indicator) bool { return !i.Required }},
	} {
		if codes := f.codes(kind.is); codes != "" {
			g.pair(kind.word, kind.meaning+codes+".")
		}
	}
}

// codes lists the form's indicators of a kind.
func (f *filling) codes(is func(*catalogue.Indicator) bool) string {
	var codes []string
	for _, r := range f.rows {
		if is(r.Indicator) {
			codes = append(codes, r.Code)
		}
	}
	return strings.Join(codes, ", ")
}

func (f *filling) guideRules(g *guide) {
	rules := f.liveRules()
	if len(rules) == 0 {
		return
	}
	g.heading("5. Điều kiện kiểm tra trên biểu")
	for i, rule := range rules {
		g.pair(fmt.Sprintf("Điều kiện %d", i+1), rule.MessageVI)
	}
}

// guideAssumptions lists every reading of the plan that nobody has confirmed,
// also of the figures that the city computes from this form.
func (f *filling) guideAssumptions(g *guide) {
	first := true
	for _, p := range f.programmes() {
		for _, i := range f.Catalogue.IndicatorsOf(p.Code) {
			if !unconfirmed(i) || !i.ValidDuring(f.Scheme.Window(f.Month)) {
				continue
			}
			if first {
				g.heading(strings.TrimSpace(definitionMark) + " " + provisionalMeaning)
				first = false
			}
			g.pair(i.Code, i.NameVI+": "+i.AssumptionVI)
		}
	}
}

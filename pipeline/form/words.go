package form

import (
	"fmt"
	"strings"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/workbook/write"
)

// The words that stand for a state, as the guide lists them and the live check
// knows them. A zero is "none" as well, typed as a number.
var (
	noneWords          = []string{"-", "KPS", "không phát sinh", "không có"}
	unavailableWords   = []string{"…", "...", "chưa có số liệu"}
	notApplicableWords = []string{"không áp dụng", "KAD"}
	yesNoWords         = []string{"có", "không"}
)

// The names of the guide's cells that list those words. Data validation may
// hold 255 characters of a formula, so the words stand in cells; they stand in
// the order none, unavailable, not applicable, so that each set that an
// indicator accepts is one range.
const (
	wordsNone          = "TH_TU_KPS"
	wordsUnavailable   = "TH_TU_CHUA_CO" // what a stock accepts
	wordsNotApplicable = "TH_TU_KAD"
	wordsFlow          = "TH_TU_KY"        // none, unavailable
	wordsAll           = "TH_TU_TAT_CA"    // none, unavailable, not applicable
	wordsWithoutNone   = "TH_TU_THOI_DIEM" // unavailable, not applicable
)

// markNil ticks the nil box.
const markNil = "x"

// What the live check says. checkWrong and checkLook are followed by a colon
// and what is the matter.
const (
	checkEmpty         = "Chưa nhập"
	checkWrong         = "Sai"
	checkLook          = "Xem lại"
	checkGood          = "✓"
	checkNil           = "Không phát sinh"
	checkUnavailable   = "Chưa có số liệu"
	checkNotApplicable = "Không áp dụng"
)

// Other words of the form.
const (
	provisionalMeaning = "Cách hiểu tạm thời, chờ Ban Thường vụ xác nhận"
	definitionMark     = " (*)"
	closingSuffix      = " – báo cáo khi kết thúc hoạt động"
	closingGuide       = "Đây là báo cáo khi đơn vị kết thúc hoạt động: chỉ ghi số phát sinh đến hết ngày %s. Số có đến cuối kỳ và số lũy kế do đơn vị kế thừa báo cáo."
	sampleLabel        = "SỐ LIỆU MẪU – HƯ CẤU"
	notDueNote         = "báo cáo ở kỳ tháng %s"
	notDueNotePrevious = notDueNote + " (số liệu năm trước)"
	signPrepared       = "NGƯỜI LẬP BIỂU"
	signHead           = "THỦ TRƯỞNG ĐƠN VỊ"
	signHint           = "(Ký, ghi rõ họ tên)"
	signHeadHint       = "(Ký tên, đóng dấu)"
	signPlaceDate      = "………, ngày …… tháng …… năm %d"
	pageOf             = "Trang %s/%s"
)

// accepted names the words that an indicator's cell may hold instead of a
// number.
func accepted(i *catalogue.Indicator) string {
	switch stock := i.Nature == catalogue.Stock; {
	case stock && i.AllowNA:
		return wordsWithoutNone
	case stock:
		return wordsUnavailable
	case i.AllowNA:
		return wordsAll
	}
	return wordsFlow
}

// amongst is the formula that says whether a cell holds one of a list's words.
// MATCH and COUNTIF would take * and ? typed by a person for wildcards.
func amongst(cell write.Ref, list string) string {
	return fmt.Sprintf("SUMPRODUCT(--(%s=TRIM(%s)))>0", list, cell)
}

// literal writes a text into a formula.
func literal(s string) string { return `"` + strings.ReplaceAll(s, `"`, `""`) + `"` }

// dueNote says when a row is asked.
func dueNote(i *catalogue.Indicator) string {
	var months []string
	format := notDueNote
	for _, d := range i.Due {
		months = append(months, fmt.Sprint(d.Month))
		if d.Previous {
			format = notDueNotePrevious
		}
	}
	return fmt.Sprintf(format, strings.Join(months, ", "))
}

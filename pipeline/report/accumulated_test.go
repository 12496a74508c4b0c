package report_test

import (
	"testing"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/report"
	"tonghop/pipeline/wording"
)

// What has come together since January is no result of the month: it stands in
// the year's column alone, and under its name where there is one column.
func TestWhatAccumulatesIsNoResultOfTheMonth(t *testing.T) {
	in := input(t, wording.Vietnamese)
	ind, _ := in.Summary.Catalogue.Indicator("HO")
	ind.Nature = catalogue.Cumulative
	text := dump(report.Compose(in))
	has(t, line(t, text, "| Hộ thoát nghèo |"), "| Hộ thoát nghèo | hộ |  | 2.999 |")
	has(t, text, "Ô “Trong kỳ” để trống", "| Hộ thoát nghèo (lũy kế năm) |", "Hộ thoát nghèo: lũy kế năm là 2.999 hộ")
	hasNot(t, text, "Hộ thoát nghèo: trong kỳ")

	sheet := sheets(t, wording.Vietnamese)
	ind, _ = sheet.Summary.Catalogue.Indicator("LD")
	ind.Nature = catalogue.Cumulative
	own := sheetOf(t, sheet, "U-1")
	has(t, own, "| Lao động được giải quyết việc làm | người |  | ")
	has(t, own, "Ô “Trong kỳ” để trống")

	spring := quarter(t)
	ind, _ = spring.Summary.Catalogue.Indicator("HO")
	ind.Nature = catalogue.Cumulative
	has(t, dump(report.Compose(spring)), "| Hộ thoát nghèo (lũy kế năm) | hộ")
}

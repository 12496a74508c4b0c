package vietnamese

import (
	"fmt"
	"strings"
	"time"

	"tonghop/pipeline/figure"
	"tonghop/pipeline/period"
)

// Number prints a number with a fixed number of decimals, rounded half away from
// zero: "1.234,5". The minus is a hyphen, which can be typed and searched for; a
// number that rounds to zero has none.
func Number(n figure.Number, decimals int) string { return grouped(n.Fixed(decimals)) }

// ExactNumber prints a number with the decimals it has: "1.234", "12,5". Only a
// quotient that has no end, such as 1/3, is rounded, to 6 decimals.
func ExactNumber(n figure.Number) string { return grouped(n.String()) }

// Percent prints a number that already counts percents: 82.91 is "82,91%".
func Percent(n figure.Number, decimals int) string { return Number(n, decimals) + "%" }

// grouped turns "-1234.5" into "-1.234,5".
func grouped(plain string) string {
	digits, negative := strings.CutPrefix(plain, "-")
	whole, fraction, hasFraction := strings.Cut(digits, ".")
	var printed strings.Builder
	if negative {
		printed.WriteByte('-')
	}
	for i := range len(whole) {
		if i > 0 && (len(whole)-i)%3 == 0 {
			printed.WriteByte('.')
		}
		printed.WriteByte(whole[i])
	}
	if hasFraction {
		printed.WriteByte(',')
		printed.WriteString(fraction)
	}
	return printed.String()
}

// LongDate prints a date as official papers do: "ngày 07 tháng 5 năm 2021". Only
// days below 10 and the months 1 and 2 take a zero (Decree 30/2020/NĐ-CP,
// appendix I). The zero date prints as "".
func LongDate(d period.Date) string {
	if d.IsZero() {
		return ""
	}
	month := fmt.Sprintf("%d", int(d.Month))
	if d.Month <= time.February {
		month = "0" + month
	}
	return fmt.Sprintf("ngày %02d tháng %s năm %d", d.Day, month, d.Year)
}

// ShortDate prints a date for tables and within a sentence: "15/5/2025", without
// zeros. The zero date prints as "".
func ShortDate(d period.Date) string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%d/%d/%d", d.Day, int(d.Month), d.Year)
}

// Window prints the days of a window: "từ 15/5/2025 đến 14/6/2025".
func Window(w period.Window) string {
	return "từ " + ShortDate(w.From) + " đến " + ShortDate(w.To)
}

// DateTime prints an instant by the clocks of the zone it is in: "10:35 ngày
// 17/6/2025". The caller chooses the zone with t.In.
func DateTime(t time.Time) string {
	return t.Format("15:04 ngày 2/1/2006")
}

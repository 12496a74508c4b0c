package naming

import (
	"fmt"
	"strings"
	"testing"

	"tonghop/pipeline/period"
)

func show(s Said) string {
	var parts []string
	for _, m := range s.Months {
		parts = append(parts, m.String())
	}
	for _, n := range s.Bare {
		parts = append(parts, fmt.Sprintf("tháng %d", int(n)))
	}
	for _, span := range s.Spans {
		parts = append(parts, span.String())
	}
	if s.Longer {
		parts = append(parts, "longer")
	}
	if s.Odd {
		parts = append(parts, "odd")
	}
	return strings.Join(parts, ", ")
}

func TestPeriods(t *testing.T) {
	for text, want := range map[string]string{
		"2025-06":                     "2025-06",
		"Tháng 6/2025":                "2025-06",
		"THÁNG 06 NĂM 2025":           "2025-06",
		"tháng 6 - 2025":              "2025-06",
		"T6/2025":                     "2025-06",
		"T06.2025":                    "2025-06",
		"06.2025":                     "2025-06",
		"6-2025":                      "2025-06",
		"6/2025":                      "2025-06",
		"Tháng: 6 Năm: 2025":          "2025-06",
		"Thang 6\u00a0/\u00a02025":    "2025-06",
		"Tha\u0301ng 6/2025":          "2025-06",
		"bao_cao_T6_2025.xlsx":        "2025-06",
		"baocao-thang-6":              "",
		"bao cao thang 6":             "tháng 6",
		"Tháng 6":                     "tháng 6",
		"Tháng 13/2025":               "",
		"Năm 2025, tháng 6":           "2025-06",
		"Tháng 6/25":                  "tháng 6",
		"15/5-14/6":                   "tháng 6",
		"15/5 - 14/6 năm 2025":        "2025-06",
		"Từ 15/5/2025 đến 14/6/2025":  "2025-06",
		"từ 15/12 đến 14/1/2025":      "2025-01",
		"từ 15/12/2023 đến 14/1/2025": "odd",
		"từ 01/6 đến 30/6/2025":       "odd",
		"từ ngày 15 tháng 5 đến ngày 14 tháng 6 năm 2025":                                  "2025-06",
		"Kỳ tháng 6/2025 (từ 15/5/2025 đến 14/6/2025). Hạn nộp: 17 giờ 00 ngày 17/6/2025.": "2025-06",
		"Tháng 6 (từ 15/5 đến 14/6/2025)":                                                  "2025-06, tháng 6",
		"từ 15/3/2025 đến 14/6/2025":                                                       "2025-Q2, longer",
		"Hà Nội, ngày 16 tháng 6 năm 2025":                                                 "",
		"16/6/2025":                                                                        "",
		"2025-06-16":                                                                       "",
		"Quý II/2025":                                                                      "2025-Q2, longer",
		"quý 2 năm 2025":                                                                   "2025-Q2, longer",
		"2025-Q2":                                                                          "2025-Q2, longer",
		"Q2/2025":                                                                          "2025-Q2, longer",
		"Quý II":                                                                           "longer",
		"6 tháng đầu năm 2025":                                                             "longer",
		"Năm 2025":                                                                         "longer",
		"Tháng 5/2025 và tháng 6/2025":                                                     "2025-05, 2025-06",
		"Tháng 6, 7/2025":                                                                  "2025-07, tháng 6",
		"Quận 1, số 12/BC-PN":                                                              "",
		"":                                                                                 "",
		"\xff\xfe":                                                                         "",
	} {
		if got := show(Periods(text, period.Scheme15to14)); got != want {
			t.Errorf("%q says %q, want %q", text, got, want)
		}
	}
	if got := show(Periods("từ 01/6 đến 30/6/2025", period.SchemeCalendar)); got != "2025-06" {
		t.Errorf("by calendar months: %q", got)
	}
}

func TestMonthIsOneAndUncontradicted(t *testing.T) {
	for text, want := range map[string]string{
		"Tháng 6/2025": "2025-06", "Tháng 6 (15/5-14/6/2025)": "2025-06", "Tháng 5 (15/5-14/6/2025)": "", "Tháng 6/2025 (1/6-30/6)": "",
		"Quý II/2025": "", "5/2025, 6/2025": "", "Tháng 6": "",
	} {
		if m, _ := Periods(text, period.Scheme15to14).Month(); m.String() != want {
			t.Errorf("%q names %q, want %q", text, m, want)
		}
	}
}

func FuzzPeriods(f *testing.F) {
	f.Add("Tháng 6/2025 (15/5-14/6)")
	f.Add("quý iv 99999/0000-00")
	f.Fuzz(func(t *testing.T, text string) {
		s := Periods(text, period.Scheme15to14)
		for _, m := range s.Months {
			if back, err := period.ParseMonth(m.String()); err != nil || back != m {
				t.Errorf("%q names the month %v", text, m)
			}
		}
	})
}

// What is printed is read back as what it was.
func TestEveryMonthIsReadBack(t *testing.T) {
	for m := (period.Month{Year: 2023, Number: 11}); m.Year < 2026; m = m.Add(1) {
		w := period.Scheme15to14.Window(m)
		for _, text := range []string{
			m.String(), fmt.Sprintf("Tháng %d/%d", m.Number, m.Year), fmt.Sprintf("T%02d-%d", m.Number, m.Year),
			fmt.Sprintf("Từ %d/%d/%d đến %d/%d/%d", w.From.Day, w.From.Month, w.From.Year, w.To.Day, w.To.Month, w.To.Year),
		} {
			if got, ok := Periods(text, period.Scheme15to14).Month(); !ok || got != m {
				t.Errorf("%q is read as %s", text, got)
			}
		}
	}
}

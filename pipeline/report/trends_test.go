package report_test

import (
	"strings"
	"testing"

	"tonghop/pipeline/figure"
	"tonghop/pipeline/period"
	"tonghop/pipeline/report"
	"tonghop/pipeline/summary"
	"tonghop/pipeline/summary/summarytest"
	"tonghop/pipeline/wording"
)

// months are a trend of the city from April to June.
func months(t *testing.T, s *summary.Summary, code string, values ...figure.Figure) summary.Trend {
	t.Helper()
	ind, ok := s.Catalogue.Indicator(code)
	if !ok {
		t.Fatal(code)
	}
	trend := summary.Trend{Indicator: ind}
	for i, v := range values {
		p := summary.Point{Month: summarytest.June.Add(i + 1 - len(values)), Value: v}
		if _, known := v.Number(); !known {
			p.Reason = summary.ReasonBlank
		}
		trend.Points = append(trend.Points, p)
	}
	return trend
}

func known(text string) figure.Figure { return figure.Of(figure.MustParse(text)) }

func TestTrends(t *testing.T) {
	in := input(t, wording.Vietnamese)
	s := in.Summary
	gap := months(t, s, "TL_NU", known("90.004"), figure.Without(figure.Blank), known("89.9999"), known("95"))
	gap.Points[2].Provisional = true
	s.Trends = []summary.Trend{
		months(t, s, "LD", known("1118"), figure.Without(figure.None), known("130")),
		gap,
		months(t, s, "KEM", known("1"), known("0"), known("0")), // a stock, with a level
		months(t, s, "HO", known("1"), figure.Without(figure.Blank), known("2")),
		months(t, s, "VON", known("1"), known("2"), known("3")), // no headline
	}
	text := dump(report.Compose(in))
	has(t, text, "### Diễn biến từng kỳ (tháng 4/2025 – tháng 6/2025)\ntrend {Target:chỉ tiêu giao Pace: Provisional:tạm tính Unknown:không có số liệu}\n",
		"chart Lao động được giải quyết việc làm (người) line false target blank : 4=1.118 5=- 6=130\n",
		"chart Tỷ lệ lao động nữ (%) line true target 90 ≥ 90%: 3=90,01% 4=… 5=89,99% 6=95,00%\n",
		"chart Cơ sở Hội xếp loại kém (cơ sở) line true target 0 ≤ 0: 4=1 5=0 6=0\n")
	if n := strings.Count(text, "\nchart "); n != 3 {
		t.Errorf("%d charts, want those of headline indicators with three known months", n)
	}
}

func TestNoTrends(t *testing.T) {
	in := input(t, wording.Vietnamese)
	unit := months(t, in.Summary, "LD", known("1"), known("2"), known("3"))
	unit.Unit = "U-1"
	in.Summary.Trends = []summary.Trend{unit, months(t, in.Summary, "HO", known("1"), known("2"))}
	hasNot(t, dump(report.Compose(in)), "Diễn biến từng kỳ", "\nchart ")
}

// A month is held against the target of a month.
func TestTrendOfAMonthsTarget(t *testing.T) {
	in := input(t, wording.Vietnamese)
	s := in.Summary
	f := s.Find("QUY", period.Monthly, "", "")
	f.Judgment.Target.Headline = true
	s.Trends = []summary.Trend{months(t, s, "QUY", known("8"), known("10"), known("12"))}
	has(t, dump(report.Compose(in)), "chart Số buổi truyền thông quý (buổi) line false target 10 ≥ 10: 4=8 5=10 6=12")
}

package report_test

import (
	"testing"

	"tonghop/pipeline/period"
	"tonghop/pipeline/report"
	"tonghop/pipeline/summary"
	"tonghop/pipeline/summary/summarytest"
	"tonghop/pipeline/wording"
)

// A part that has units whose whole was refused is not told as a part of the
// others' sum without a word.
func TestAPartOverOtherUnitsThanItsWhole(t *testing.T) {
	for _, c := range []struct {
		whole, part []string // units that lack June
		want        string   // empty where nothing is to be said
	}{
		{whole: []string{"U-1"}, part: []string{"U-1"}},
		{whole: []string{"U-1", "U-2"}, part: []string{"U-1"}, want: "gồm cả 1 đơn vị chưa có tổng số"},
		{part: []string{"U-1", "U-2"}, want: "chưa gồm 2 đơn vị đã có tổng số"},
		{whole: []string{"U-1"}, part: []string{"U-2"}, want: "gồm cả 1 đơn vị chưa có tổng số, chưa gồm 1 đơn vị đã có tổng số"},
	} {
		in := input(t, wording.Vietnamese)
		for i := range in.Summary.Figures { // of few targets a paragraph tells the parts
			if j := in.Summary.Figures[i].Judgment; j != nil {
				j.Target.Headline = in.Summary.Figures[i].Indicator.Code == "LD"
			}
		}
		for code, units := range map[string][]string{"LD": c.whole, "LD_NU": c.part} {
			for _, span := range []period.SpanKind{period.Monthly, period.YearToDate} {
				missing := []summary.Missing{}
				for _, u := range units {
					missing = append(missing, summary.Missing{Unit: u, Periods: []period.Month{summarytest.June}})
				}
				in.Summary.Find(code, span, "", "").Coverage.Missing = missing
			}
		}
		dumped := dump(report.Compose(in))
		paragraph := line(t, dumped, "body: Lao động được giải quyết việc làm")
		row := line(t, dumped, "| > Trong đó lao động nữ")
		if c.want == "" {
			hasNot(t, paragraph+row, "tổng số")
			continue
		}
		has(t, paragraph, c.want)
		has(t, row, c.want)
	}
}

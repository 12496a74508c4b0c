package report_test

import (
	"strings"
	"testing"

	"tonghop/pipeline/decision"
	"tonghop/pipeline/figure"
	"tonghop/pipeline/period"
	"tonghop/pipeline/report"
	"tonghop/pipeline/summary/summarytest"
	"tonghop/pipeline/wording"
)

// What waits for a document is marked in tables, explained beside them, and
// listed first with its basis; a moved deadline is no deadline of the period.
func TestDecisionsAreToldAndMarked(t *testing.T) {
	in := input(t, wording.Vietnamese)
	plain := dump(report.Compose(in))
	for _, never := range []string{"Quyết định của Thành Hội", "130*", "chờ văn bản", "Được gia hạn"} {
		if strings.Contains(plain, never) {
			t.Errorf("without decisions the report says %q", never)
		}
	}
	value := func(n int64) decision.Amount {
		return decision.Amount{Raw: "đã gõ", Figure: figure.Of(figure.Int(n))}
	}
	day := period.Date{Year: 2025, Month: 6, Day: 17}
	in.Summary.Decisions = []decision.Decision{
		{ID: "QD-1", Date: day, By: "Lan", Kind: decision.Correction, Period: summarytest.June, Unit: "U-2", Indicator: "HO", Old: value(1234), New: value(1235), Basis: "BC 15", Confirmed: true},
		{ID: "QD-2", Date: day, By: "Lan", Kind: decision.Correction, Period: summarytest.June, Unit: "U-1", Indicator: "LD", New: value(70), Basis: "điện thoại 9h10"},
		{ID: "QD-3", Date: day, By: "Lan", Kind: decision.Extend, Period: summarytest.June, Unit: "U-1", New: decision.Amount{Raw: "20/6/2025"}, Basis: "công văn"},
	}
	for i := range in.Summary.Figures {
		f := &in.Summary.Figures[i]
		f.Unconfirmed = f.Indicator.Code == "LD" && (f.Unit == "U-1" || f.IsCity())
	}
	period := in.Summary.Submissions[1].Deadline
	in.Summary.Submissions[0].Extended, in.Summary.Submissions[0].Deadline = true, period.AddDate(0, 0, 3)
	in.Summary.Submissions[3].Closed = true
	text := dump(report.Compose(in))
	has(t, text, "130*", "70*", "“*” đính chính chờ văn bản.", "1 quyết định còn chờ văn bản xác nhận.", "1.234 → 1.235", "điện thoại 9h10; Lan",
		"Được gia hạn (1 đơn vị): "+in.Summary.Submissions[0].Unit.Title(), "Đã đóng thiếu, không đôn đốc nữa (1 đơn vị): "+in.Summary.Submissions[3].Unit.Title(),
		in.Phrases.Say("report.deadline", "at", period.In(summarytest.Hanoi)))
	if strings.Index(text, "QD-2") > strings.Index(text, "QD-1") {
		t.Error("what waits for a document is not listed first")
	}
	if strings.Contains(text, "50*") {
		t.Error("a figure without a correction is marked")
	}
}

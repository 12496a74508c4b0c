package pdf

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/figure"
	"tonghop/pipeline/period"
	"tonghop/pipeline/report"
	"tonghop/pipeline/submission"
	"tonghop/pipeline/summary"
	"tonghop/pipeline/summary/summarytest"
	"tonghop/pipeline/wording"
	"tonghop/templates"
)

// composedInput is what the report of the small summary is made of.
func composedInput(t *testing.T) report.Input {
	t.Helper()
	book, err := wording.Load(templates.FS)
	if err != nil {
		t.Fatal(err)
	}
	in := report.Input{
		Summary: summarytest.Summary(t), Files: summarytest.Files(), Phrases: book.In(wording.Vietnamese), Revision: 1, AsOf: summarytest.AsOf,
		Office: report.Office{
			Superior: "HỘI LIÊN HIỆP PHỤ NỮ HÀ NỘI", Issuer: "BAN THƯỜNG VỤ", Symbol: "BC-BTV", Place: "Hà Nội", Authority: "TM.",
		},
		Program: "0.1.0", Sample: true,
	}
	in.Summary.Catalogue.SHA256 = strings.Repeat("0123456789abcdef", 4)
	return in
}

// withTargets makes n headline targets of the year, each with a figure; name
// gives their names.
func withTargets(in report.Input, n int, name func(i int) string) report.Input {
	s := in.Summary
	model := *s.Find("LD", period.YearToDate, "", "")
	s.Figures, s.Catalogue.Indicators = nil, nil
	for i := range n {
		ind, judgment, target := *model.Indicator, *model.Judgment, *model.Judgment.Target
		ind.Code, ind.NameVI = fmt.Sprint("CT_", i), name(i)
		judgment.Target, target.Indicator = &target, ind.Code
		f := model
		f.Indicator, f.Judgment = &ind, &judgment
		f.Coverage.Weight = &summary.Weight{Percent: figure.MustParse("12.9"), Known: 2, Missing: 2}
		s.Catalogue.Indicators = append(s.Catalogue.Indicators, &ind)
		s.Figures = append(s.Figures, f)
	}
	return in
}

// withUnits makes n units asked, of which the last missing have not reported.
func withUnits(in report.Input, n, missing int) report.Input {
	s := in.Summary
	s.Expected, s.Submissions, s.CountsByKind = nil, nil, nil
	for i := range n {
		u := &catalogue.Unit{ID: fmt.Sprint("X-", i), Name: fmt.Sprint("Số ", i+1), Kind: catalogue.Ward}
		r := summary.Receipt{Unit: u, Month: summarytest.June, Status: submission.Accepted, FirstReceived: summarytest.AsOf.Add(-time.Hour), OnTime: true, Deadline: summarytest.AsOf}
		if i >= n-missing {
			r.Status, r.FirstReceived, r.OnTime = submission.Missing, time.Time{}, false
		}
		s.Expected, s.Submissions = append(s.Expected, u), append(s.Submissions, r)
	}
	s.Counts = summary.Counts{Expected: n, Received: n - missing, Usable: n - missing, OnTime: n - missing}
	return in
}

// asParty sets the report in the manner in which least stands on a page.
func asParty(in report.Input) report.Input {
	in.Office.Party, in.Office.Superior, in.Sample = true, "ĐẢNG ỦY HỘI LHPN HÀ NỘI", false
	return in
}

const ordinaryName = "Tỷ lệ cán bộ Hội các cấp được bồi dưỡng, cập nhật kiến thức, kỹ năng" // 70 letters

var longestName = strings.TrimSpace(strings.Repeat("Số phụ nữ được hỗ trợ ", 6))[:120]

func names(name string) func(int) string {
	return func(i int) string { return fmt.Sprintf("%s %d", name, i+1) }
}

// Whatever the month brought, page 1 has the headline, every verdict and who is
// missing.
func TestPageOneAtAGlance(t *testing.T) {
	for name, c := range map[string]struct {
		in       report.Input
		onPage1  []string
		notThere []string
	}{
		"ten targets, some missing": {
			withUnits(withTargets(composedInput(t), 10, names(ordinaryName)), 31, 6),
			[]string{"0/10 chỉ tiêu", "10. Tỷ lệ", "chậm, tạm tính", "Chỉ tiêu 10: số liệu 10/15 (≈12,9%)", "Chưa nhận báo cáo (6 đơn vị)", "Số 31."}, nil,
		},
		"the Party's manner": {
			asParty(withUnits(withTargets(composedInput(t), 10, names(ordinaryName)), 31, 6)),
			[]string{"ĐẢNG CỘNG SẢN VIỆT NAM", "10. Tỷ lệ", "Chỉ tiêu 10: số liệu 10/15", "Số 31."}, []string{"Độc lập"},
		},
		"126 units, one reported": {
			withUnits(withTargets(composedInput(t), 10, names(ordinaryName)), 126, 125),
			[]string{"Chưa nhận báo cáo (125 đơn vị)", "Số 16 và 110 đơn vị khác, xem Phụ lục II."}, []string{"Số 17"},
		},
		"long names": {
			withUnits(withTargets(composedInput(t), 6, names(longestName)), 1, 1),
			[]string{"Chưa nhận báo cáo (1 đơn vị)"}, nil,
		},
		"no target": {
			withUnits(withTargets(composedInput(t), 0, nil), 31, 2),
			[]string{"Kỳ này không có chỉ tiêu giao để đánh giá.", "Chưa nhận báo cáo (2 đơn vị)"}, []string{"mức cần đạt"},
		},
		"no units": {
			withUnits(withTargets(composedInput(t), 0, nil), 0, 0), []string{"Phải báo cáo"}, []string{"Chưa nhận"},
		},
		"the small summary": {
			composedInput(t),
			[]string{"Đánh giá cuối năm, chưa đến kỳ: 6. Số cơ sở được xếp loại tốt.", "Chưa nhận báo cáo (1 đơn vị): Huyện Ba."}, nil,
		},
	} {
		t.Run(name, func(t *testing.T) {
			pages := laidOut(t, report.Compose(c.in), Options{Created: created})
			text := strings.Join(linesOf(pages[0]), " ")
			for _, want := range c.onPage1 {
				if !strings.Contains(text, want) {
					t.Errorf("page 1 does not say %q:\n%s", want, text)
				}
			}
			for _, bad := range c.notThere {
				if strings.Contains(text, bad) {
					t.Errorf("page 1 says %q:\n%s", bad, text)
				}
			}
		})
	}
}

// Whatever the settings allow, ten targets leave page 1 one page, and where there
// are too many the chart at least is not cut.
func TestPageOneIsOnePageInEverySetting(t *testing.T) {
	wide := Margins{Top: 25, Bottom: 25, Left: 35, Right: 20}
	for name, c := range map[string]struct {
		in      report.Input
		options Options
		targets int
	}{
		"state":               {composedInput(t), Options{}, 10},
		"state, wide margins": {composedInput(t), Options{Margins: wide}, 10},
		"Party":               {asParty(composedInput(t)), Options{}, 10},
		"Party, wide margins": {asParty(composedInput(t)), Options{Margins: wide}, 10},
		"large type":          {composedInput(t), Options{BodySize: 14, Margins: wide}, 10},
		"more than the page":  {asParty(composedInput(t)), Options{Margins: wide}, 24},
	} {
		t.Run(name, func(t *testing.T) {
			c.options.Created = created
			in := withUnits(withTargets(c.in, c.targets, names(ordinaryName)), 31, 6)
			in.Sample = true
			pages := laidOut(t, report.Compose(in), c.options)
			on := map[int]int{} // bars by page
			for i, p := range pages {
				for _, l := range linesOf(p) {
					if strings.HasPrefix(l, "Chỉ tiêu ") && strings.Contains(l, "số liệu 10/15") {
						on[i]++
					}
				}
			}
			if c.targets <= 10 && on[0] != c.targets || len(on) != 1 {
				t.Errorf("bars by page: %v", on)
			}
		})
	}
}

// A change below zero has no bar; its verdict stands in its place.
func TestNegativeAttainment(t *testing.T) {
	in := withTargets(composedInput(t), 2, names("Số hội viên tăng thêm"))
	f := &in.Summary.Figures[1]
	fallen := figure.Int(-12)
	f.Value, f.Judgment.Attained = figure.Of(figure.Int(-120)), &fallen
	doc := report.Compose(in)
	var bars report.Bars
	for _, b := range doc.Sections[0].Blocks {
		if found, ok := b.(report.Bars); ok {
			bars = found
		}
	}
	if len(bars.Items) != 2 || bars.Items[1].Percent != "-12,0%" || bars.Items[1].Word != "chậm" {
		t.Errorf("bars %+v", bars.Items)
	}
	text := strings.Join(linesOf(laidOut(t, doc, Options{Created: created})[0]), " ")
	if !strings.Contains(text, "-120") || !strings.Contains(text, "-12,0%") {
		t.Errorf("page 1 says %s", text)
	}
}

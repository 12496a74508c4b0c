package report_test

import (
	"os"
	"strings"
	"testing"
	"time"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/catalogue/formula"
	"tonghop/pipeline/figure"
	"tonghop/pipeline/finding"
	"tonghop/pipeline/narrative"
	"tonghop/pipeline/period"
	"tonghop/pipeline/report"
	"tonghop/pipeline/submission"
	"tonghop/pipeline/summary"
	"tonghop/pipeline/summary/summarytest"
	"tonghop/pipeline/wording"
)

// sheets are those of every unit of the small summary: one that reported well, one
// with cells to correct, one without a report, one whose file cannot be used, and
// the city office.
func sheets(t testing.TB, l wording.Language) report.Sheets {
	t.Helper()
	in := input(t, l)
	hash := in.Summary.Catalogue.SHA256
	in.Summary = summarytest.WithPast(t)
	in.Summary.Catalogue.SHA256 = hash
	for i := range in.Summary.Figures { // the small summary says of units' figures why they lack, not whose they are
		switch f := &in.Summary.Figures[i]; f.Reason {
		case summary.ReasonRefused, summary.ReasonNotReceived, summary.ReasonNotAvail:
			f.Coverage.Expected = 1
			f.Coverage.Missing = []summary.Missing{{Unit: f.Unit, Periods: []period.Month{summarytest.June}}}
		}
	}
	return report.Sheets{
		Input: in, Units: in.Summary.Catalogue.Units, Receipts: in.Summary.Submissions,
		Standing: report.Standing{Revision: 2, Same: true},
	}
}

func sheetOf(t testing.TB, in report.Sheets, unit string) string {
	t.Helper()
	u, ok := in.Summary.Catalogue.Unit(unit)
	if !ok {
		t.Fatalf("no unit %s", unit)
	}
	in.Units = []*catalogue.Unit{u}
	return dump(report.ComposeUnits(in))
}

func TestUnitSheetsGolden(t *testing.T) {
	for _, l := range wording.Languages {
		got := dump(report.ComposeUnits(sheets(t, l)))
		if strings.ContainsAny(got, "⟦⟧") {
			t.Errorf("%s: a phrase or a fact is missing", l)
		}
		path := "testdata/units." + string(l) + ".txt"
		if *update {
			if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if got != string(want) {
			t.Errorf("%s: the sheets have changed; look at them, then run with -update\n%s", l, firstDifference(got, string(want)))
		}
	}
}

// A share is told of what adds up, where both sides are known and speak of the
// same months.
// The sheets of a crowded city say what those of another do.
func TestUnitSheetsOfFiguresThatAreNotKept(t *testing.T) {
	in := sheets(t, wording.Vietnamese)
	want := dump(report.ComposeUnits(in))
	in.Summary = summarytest.Unkept(in.Summary)
	if got := dump(report.ComposeUnits(in)); got != want {
		t.Errorf("the sheets differ: %s", firstDifference(got, want))
	}
}

func TestShareOfTheCity(t *testing.T) {
	number := func(text string) figure.Figure { return figure.Of(figure.MustParse(text)) }
	for name, c := range map[string]struct {
		change func(own, city *summary.Figure)
		want   string
	}{
		"exact, rounded half-up": {func(own, city *summary.Figure) { own.Value, city.Value = number("1"), number("80") }, "1,3%"},
		"others are missing":     {func(_, city *summary.Figure) { city.Provisional = true }, "_50,8%_"},
		"nothing of something":   {func(own, _ *summary.Figure) { own.Value = figure.Without(figure.None) }, "0,0%"},
		"all of it":              {func(own, city *summary.Figure) { own.Value = city.Value }, "100,0%"},
		"nothing at all": {func(own, city *summary.Figure) {
			own.Value, city.Value = figure.Without(figure.None), figure.Without(figure.None)
		}, ""},
		"own figure refused":             {func(own, _ *summary.Figure) { own.Value = figure.Without(figure.Refused) }, ""},
		"city not known":                 {func(_, city *summary.Figure) { city.Value = figure.Without(figure.Blank) }, ""},
		"a month of its own lacks":       {func(own, _ *summary.Figure) { own.Coverage.Reported, own.Coverage.Expected = 2, 3 }, ""},
		"the city has an opening, alone": {func(_, city *summary.Figure) { city.Opening = summarytest.June.Add(-3) }, ""},
		"the city covers other months":   {func(own, _ *summary.Figure) { own.Coverage.Uncovered = []period.Month{summarytest.June.Add(-5)} }, ""},
		"below zero":                     {func(own, _ *summary.Figure) { own.Value = number("-1") }, ""},
		"above the city":                 {func(own, _ *summary.Figure) { own.Value = number("62") }, ""},
		"a stock":                        {func(own, _ *summary.Figure) { own.Indicator.Nature = catalogue.Stock }, ""},
		"no sum":                         {func(own, _ *summary.Figure) { own.Indicator.Across = catalogue.AcrossMax }, ""},
	} {
		in := sheets(t, wording.Vietnamese)
		own, city := in.Summary.Find("HO", period.Monthly, "", "U-1"), in.Summary.Find("HO", period.Monthly, "", "")
		c.change(own, city)
		if got := shareIn(sheetOf(t, in, "U-1"), "| Hộ thoát nghèo |"); got != c.want {
			t.Errorf("%s: share %q, want %q", name, got, c.want)
		}
	}
}

// shareIn is the share of the month in a row: the cell under its head.
func shareIn(text, row string) string {
	column := -1
	for line := range strings.Lines(text) {
		cells := strings.Split(strings.Trim(line, "|\n"), " | ")
		if strings.Contains(line, "Tỷ trọng trong kỳ") {
			for i, cell := range cells {
				if strings.Contains(cell, "Tỷ trọng trong kỳ") {
					column = i
				}
			}
		}
		if strings.HasPrefix(line, row) && column >= 0 && column < len(cells) {
			return strings.TrimSpace(cells[column])
		}
	}
	return ""
}

// What is printed for the city only is neither a figure nor a quotation on a
// unit's sheet, but the unit is told which cell to mend.
func TestUnitSheetLeavesOutCityOnly(t *testing.T) {
	in := sheets(t, wording.Vietnamese)
	for _, code := range []string{"LD", "LD_NU"} {
		ind, _ := in.Summary.Catalogue.Indicator(code)
		ind.CityOnly = true
	}
	check, err := formula.CompileRule("HO >= LD")
	if err != nil {
		t.Fatal(err)
	}
	in.Summary.Catalogue.Rules = append(in.Summary.Catalogue.Rules, &catalogue.Rule{ID: "HO-LD", Check: check})
	broken := finding.New(finding.RuleBroken).With("rule", "HO-LD").With("values", "HO = 40, LD = 4711")
	broken.Unit, broken.Period, broken.Indicator, broken.Cell, broken.Sheet, broken.File = "U-2", summarytest.June, "HO", "E7", "Báo cáo", "u-2.xlsx"
	in.Findings = append(in.Findings, report.Finding{Finding: broken, Sentence: in.Phrases.Finding(broken, in.Phrases.FactsFrom(in.Summary.Catalogue, broken))})
	own := finding.New(finding.NarrativeUnused)
	own.Unit, own.File = "U-2", "_van-phong/2025-06/loi-van.xlsx"
	in.Findings = append(in.Findings, report.Finding{Finding: own})
	differs := finding.New(finding.ResubmissionNotUsed).With("differences", "LD: 4712 → 4713|HO: 40 → 41")
	differs.Unit, differs.Period, differs.File = "U-2", summarytest.June, "u-2 (1).xlsx"
	in.Findings = append(in.Findings, report.Finding{Finding: differs, Sentence: in.Phrases.Finding(differs, in.Phrases.FactsFrom(in.Summary.Catalogue, differs))})
	text := sheetOf(t, in, "U-2")
	has(t, text, "40 → 41")
	hasNot(t, text, "loi-van.xlsx") // the office's own slip
	// Nor does the report's appendix of what was not used quote it.
	appendix := dump(report.Compose(in.Input))
	for _, unwanted := range []string{"năm mươi", "4711", "4712"} {
		hasNot(t, text, unwanted)
		hasNot(t, appendix, unwanted)
	}
	for _, unwanted := range []string{"| Lao động được giải quyết việc làm |", "Trong đó lao động nữ |", "HYPERLINK", "chart Lao động"} {
		hasNot(t, text, unwanted)
	}
	has(t, text, "| E7, Báo cáo – u-2.xlsx |  | Số liệu chưa khớp.", "| *đề nghị sửa* | E6, Báo cáo", "chỉ in số toàn thành phố", "| Hộ thoát nghèo | hộ | -")
	if strings.Contains(sheetOf(t, in, "U-1"), "chart Lao động được") {
		t.Error("the months of what is printed for the city only are drawn")
	}
}

func TestWhatAUnitOwes(t *testing.T) {
	in := sheets(t, wording.Vietnamese)
	in.Summary.Find("LD", period.YearToDate, "", "U-1").Coverage.Missing = []summary.Missing{{Unit: "U-1", Periods: []period.Month{summarytest.June.Add(-1), summarytest.June}}}
	u, _ := in.Summary.Catalogue.Unit("U-1")
	owes := func(receipts ...summary.Receipt) string {
		t.Helper()
		in.Receipts = receipts
		_, text, _ := strings.Cut(sheetOf(t, in, "U-1"), "### Nội dung đơn vị cần gửi\n")
		text, _, _ = strings.Cut(text, "###")
		return text
	}
	may := summary.Receipt{Unit: u, Month: summarytest.June.Add(-1), Status: submission.Missing, Deadline: time.Date(2025, 5, 19, 17, 0, 0, 0, summarytest.Hanoi)}
	june := summary.Receipt{Unit: u, Month: summarytest.June, Status: submission.Accepted}
	has(t, owes(may, june), "• Báo cáo tháng 5/2025: Chưa nhận; hạn nộp 19/5/2025 17:00.", "• Số liệu tháng 6/2025 của 1 chỉ tiêu: Lao động được giải quyết việc làm.")
	may.Closed = true
	text := owes(may, june)
	hasNot(t, text, "tháng 5/2025")
	has(t, text, "Số liệu tháng 6/2025")
	may.Closed, may.Extended = false, true
	has(t, owes(may), "19/5/2025 17:00 (gia hạn)")
	in.Summary.Began = summarytest.June
	hasNot(t, owes(may, june), "tháng 5/2025")
	june.Closed = true
	has(t, owes(may, june), "Đơn vị đã gửi đủ")
}

func TestUnitSheetSaysWhatItRestsOn(t *testing.T) {
	in := sheets(t, wording.Vietnamese)
	for _, c := range []struct {
		standing report.Standing
		draft    string // "" for none
		said     string
	}{
		{report.Standing{}, "chưa công bố", "Số liệu chưa công bố"},
		{report.Standing{Revision: 3}, "chưa công bố", "khác số liệu của báo cáo bản r3"},
		{report.Standing{Revision: 3, Signed: true}, "chưa công bố", "khác số liệu của báo cáo bản r3"},
		{report.Standing{Revision: 3, Same: true}, "DỰ THẢO – bản r3", "bản r3."},
		{report.Standing{Revision: 3, Same: true, Signed: true}, "", "bản r3 đã ký."},
	} {
		in.Standing = c.standing
		doc := report.ComposeUnits(in)
		if (doc.Draft == "") != (c.draft == "") || !strings.Contains(doc.Draft, c.draft) {
			t.Errorf("%+v: marked %q, want %q", c.standing, doc.Draft, c.draft)
		}
		has(t, sheetOf(t, in, "U-3"), c.said)
	}
}

// A longer span has one column of its own figures, a row a month of reports, and
// the same months drawn.
func TestUnitSheetOfALongerSpan(t *testing.T) {
	in := sheets(t, wording.Vietnamese)
	in.Summary.Period = period.Span{Kind: period.Quarterly, From: summarytest.June.Add(-2), To: summarytest.June}
	in.Summary.Spans = []period.Span{in.Summary.Period}
	for i := range in.Summary.Figures {
		f := &in.Summary.Figures[i]
		f.Judgment = nil
		if f.Span == period.YearToDate {
			f.Span = period.Quarterly
		}
	}
	text := sheetOf(t, in, "U-1")
	has(t, text, "*Trong quý*", "chart Lao động được giải quyết việc làm")
	hasNot(t, text, "Lũy kế năm*", "*Trong kỳ*")
}

// In its first month a unit has no months to show, and nobody invents them.
func TestUnitSheetOfAFirstMonth(t *testing.T) {
	in := sheets(t, wording.Vietnamese)
	in.Summary.Trends = nil
	has(t, sheetOf(t, in, "U-1"), "Chưa đủ số liệu các tháng trước để nêu diễn biến.")
}

// A unit's words are those that the report, too, would print: its answers and
// remarks, and a narrative only where the office has it printed.
func TestUnitSheetInTheUnitsOwnWords(t *testing.T) {
	in := sheets(t, wording.Vietnamese)
	prose, _ := in.Summary.Catalogue.Indicator("CK3")
	prose.Type = catalogue.Prose
	in.Summary.Basis = []*submission.Submission{{
		Unit: "U-1", Period: summarytest.June,
		Values: submission.ValuesOf(submission.Value{Indicator: "CK1", Text: "hoàn thành"}, submission.Value{Indicator: "CK2"}, submission.Value{Indicator: "CK3", Text: "mở hai lớp tập huấn"}),
		Remarks: []submission.Remark{
			{Programme: "P1", Kind: submission.Difficulties, Text: "thiếu kinh phí"}, {Programme: "P1", Kind: submission.Proposals, Text: "không có"},
			{Programme: "P1", Kind: submission.Evidence, Text: "biên bản số 5"},
		},
	}, {Unit: "U-2", Period: summarytest.June, Remarks: []submission.Remark{{Programme: "P1", Kind: submission.Difficulties, Text: "của đơn vị khác"}}}}
	text := sheetOf(t, in, "U-1")
	has(t, text, "| Đề án hỗ trợ khởi nghiệp | hoàn thành", "• Chương trình 01-CTr/TU, Khó khăn, vướng mắc: thiếu kinh phí")
	hasNot(t, text, "không có\n", "biên bản số 5", "của đơn vị khác", "Đề án tuyên truyền |", "mở hai lớp")
	in.Text = narrative.Text{Rows: []narrative.Written{{Part: narrative.Print, About: "CK3", Unit: "U-1"}}}
	has(t, sheetOf(t, in, "U-1"), "• Có ban chỉ đạo: mở hai lớp tập huấn")
}

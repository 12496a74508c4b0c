package xlsx

import (
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/figure"
	"tonghop/pipeline/period"
	"tonghop/pipeline/submission"
	"tonghop/pipeline/summary"
	"tonghop/pipeline/wording"
)

// months is a year to date over the sample's units with indicators A, B and
// one derived from them.
func months(t *testing.T, expression string) *builder {
	s := sample(t).Summary
	units := s.Catalogue.Units[:4]
	for _, u := range units {
		u.Group = ""
	}
	cat := &catalogue.Catalogue{Units: units, Programmes: s.Catalogue.Programmes[:1]}
	b := &builder{t: t, s: &summary.Summary{
		Catalogue: cat, Period: s.Period, Window: s.Window, Spans: s.Spans[:1],
	}}
	for _, code := range []string{"A", "B"} {
		b.indicator(catalogue.Indicator{Code: code, Programme: "CT01", NameVI: code, Across: catalogue.AcrossSum}, "")
	}
	b.indicator(catalogue.Indicator{Code: "D", Programme: "CT01", NameVI: "D", ComputeAt: catalogue.AtAggregate}, expression)
	return b
}

// The total of a derived indicator is the formula that gives the city's figure
// from what stands on the sheet; where none does, a value that says so.
func TestTotalOfAFormula(t *testing.T) {
	for name, c := range map[string]struct {
		expression string
		opening    bool
		a, b, d    []string // city, four units
		formula    string
		value      string
	}{
		"units that have every term": {"A - B", false,
			[]string{"60", "10", "20", "30", "missing"}, []string{"5", "2", "3", "…", "missing"}, []string{"25", "8", "17", "…", "missing"},
			"SUMPRODUCT(F10:F13,C10:C13) - SUMPRODUCT(F10:F13,D10:D13)", "25"},
		"no unit-month of some units has every term": {"A - B", false,
			[]string{"60", "10", "20", "30", "blank"}, []string{"9", "2", "3", "4", "blank"}, []string{"40", "8", "17", "15", "blank"},
			"SUM(E10:E14)", "40"},
		"openings of the terms": {"A - B", true,
			[]string{"160", "10", "20", "30", "blank"}, []string{"49", "2", "3", "4", "blank"}, []string{"100", "8", "17", "15", "blank"},
			"SUM(E10:E15)", "100"},
		"openings, complete": {"A - B", true,
			[]string{"160", "10", "20", "30", "blank"}, []string{"49", "2", "3", "4", "blank"}, []string{"111", "8", "17", "26", "blank"},
			"C16 - D16", "111"},
		"a product": {"A * B", false,
			[]string{"60", "10", "20", "30", "blank"}, []string{"9", "2", "3", "4", "blank"}, []string{"540", "20", "60", "120", "blank"},
			"SUMPRODUCT(F10:F13,C10:C13) * SUMPRODUCT(F10:F13,D10:D13)", "540"},
		"nothing on the sheet gives it": {"A * B", false,
			[]string{"60", "10", "20", "30", "blank"}, []string{"9", "2", "3", "4", "blank"}, []string{"7", "20", "60", "120", "blank"},
			"", "7"},
		"a rate whose terms the summary does not give": {"100 * A / B", false,
			[]string{"60", "10", "20", "30", "blank"}, []string{"9", "2", "3", "4", "blank"}, []string{"6000/9", "500", "2000/3", "750", "blank"},
			"100 * SUMPRODUCT(F10:F13,C10:C13) / SUMPRODUCT(F10:F13,D10:D13)", "666.666667"},
		"a rate without cases": {"100 * A / B", false,
			[]string{"0", "0", "none", "none", "blank"}, []string{"0", "none", "none", "none", "blank"},
			[]string{"nocases 0/0", "nocases 0/0", "nocases 0/0", "nocases 0/0", "blank"},
			`IF(G15=0,"-",100*F15/G15)`, "-"},
		"a rate of a factor that has no end": {"A / (3 * B)", false,
			[]string{"60", "10", "20", "30", "blank"}, []string{"9", "2", "3", "4", "blank"},
			[]string{"20/9 60/9", "5/3 10/2", "20/9 20/3", "5/2 30/4", "blank"},
			"SUMPRODUCT(F10:F13,C10:C13) / (3 * SUMPRODUCT(F10:F13,D10:D13))", "2.222222"},
	} {
		t.Run(name, func(t *testing.T) {
			b := months(t, c.expression)
			for code, texts := range map[string][]string{"A": c.a, "B": c.b, "D": c.d} {
				city := b.figures(period.Monthly, code, texts...)
				if c.opening {
					city.Opening = march
				}
			}
			if c.opening {
				b.s.Spans = []period.Span{period.SpanOf(period.YearToDate, june, period.Month{})}
				for i := range b.s.Figures {
					b.s.Figures[i].Span = period.YearToDate
				}
				for code, value := range map[string]int64{"A": 100, "B": 40} {
					b.s.Catalogue.Openings = append(b.s.Catalogue.Openings,
						catalogue.Opening{Indicator: code, Span: catalogue.OpeningYear, Through: march, Value: figure.Int(value)})
				}
			}
			f := open(t, draw(t, Input{Summary: b.s, Words: phrases(t, wording.Vietnamese), Created: at}))
			rows, err := f.GetRows("CT01")
			if err != nil {
				t.Fatal(err)
			}
			row := slices.IndexFunc(rows, func(r []string) bool {
				return len(r) > 2 && r[1] == "Toàn thành phố"
			})
			if row < 0 {
				t.Fatalf("no total among %v", rows)
			}
			col := slices.Index(rows[codeRow-1], "D")
			cell := cellName(col+1, row+1)
			formula, _ := f.GetCellFormula("CT01", cell)
			if formula != c.formula || rows[row][col] != c.value {
				t.Errorf("the total is =%s -> %s, want =%s -> %s", formula, rows[row][col], c.formula, c.value)
			}
			if said := strings.Contains(dump(t, f), "không phải công thức"); said != (c.formula == "") {
				t.Errorf("that the total is a value is said: %v", said)
			}
		})
	}
}

// A longer period is one span: one sheet a programme. Nothing received is no
// reason not to draw.
func TestSheets(t *testing.T) {
	b := months(t, "A - B")
	b.s.Period = period.SpanOf(period.Quarterly, june, period.Month{})
	b.s.Spans = []period.Span{b.s.Period}
	for _, code := range []string{"A", "B", "D"} {
		b.figures(period.Quarterly, code, "blank", "missing", "missing", "missing", "missing")
	}
	f := open(t, draw(t, Input{Summary: b.s, Words: phrases(t, wording.Vietnamese), Created: at}))
	want := []string{sheetOverview, sheetCity, "CT01", sheetSubmissions, sheetMonths, sheetFindings, sheetSources, sheetFiles, sheetDefinitions}
	if got := f.GetSheetList(); !slices.Equal(got, want) {
		t.Errorf("the sheets are %q, want %q", got, want)
	}
	if active := f.GetActiveSheetIndex(); active != 0 {
		t.Errorf("the workbook opens at sheet %d, want the first", active)
	}
}

// A longer span counts reports, and shows each unit's months beside each other.
func TestMonthsOfASpan(t *testing.T) {
	b := months(t, "A - B")
	b.s.Period = period.SpanOf(period.Quarterly, june, period.Month{})
	b.s.Spans = []period.Span{b.s.Period}
	b.s.Counts = summary.Counts{Expected: 5, Received: 3, Usable: 2, OnTime: 2}
	units := b.s.Catalogue.Units[:2]
	b.s.Expected = units
	b.s.Submissions = []summary.Receipt{
		{Unit: units[0], Month: june.Add(-2), Status: submission.Accepted, FirstReceived: at, OnTime: true},
		{Unit: units[0], Month: june.Add(-1), Status: submission.Missing},
		{Unit: units[1], Month: june.Add(-1), Status: submission.Unusable, FirstReceived: at, OnTime: true},
		{Unit: units[0], Month: june, Status: submission.NeedsCorrection, FirstReceived: at},
		{Unit: units[1], Month: june, Status: submission.Missing},
	}
	b.figures(period.Quarterly, "A", "blank", "missing", "missing", "missing", "missing")
	f := open(t, draw(t, Input{Summary: b.s, Words: phrases(t, wording.Vietnamese), Created: at}))
	rows, err := f.GetRows(sheetMonths)
	if err != nil {
		t.Fatal(err)
	}
	got := ""
	for _, row := range rows[headRow-1:] {
		got += strings.TrimRight(strings.Join(row, "|"), "|") + "\n"
	}
	want := `Mã|Đơn vị|Cụm|Tháng 4/2025|Tháng 5/2025|Tháng 6/2025|Dùng được|Phải báo cáo
001|Quận Ba Đình||Đã nhận|Chưa nhận|Đã nhận một phần, đề nghị sửa, sau hạn|2|3
002|Quận Hoàn Kiếm|||Chưa dùng được, đề nghị gửi lại|Chưa nhận|0|2

|Phải báo cáo||1|2|2
|Đã nhận||1|1|1
|Dùng được||1|0|1
|Đúng hạn||1|1|0
`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	all := dump(t, f)
	for _, line := range []string{
		"Phải báo cáo (lượt): 5  ·  Đã nhận (lượt): 3", "Chưa nhận báo cáo (2 lượt): Quận Ba Đình (tháng 5); Quận Hoàn Kiếm (tháng 6).",
	} {
		if !strings.Contains(all, line) {
			t.Errorf("nothing says %q", line)
		}
	}
	list, _ := f.GetRows(sheetSubmissions)
	if head := list[headRow-1]; head[len(head)-1] != "Kỳ" || list[headRow][len(head)-1] != "2025-04" || len(list) != headRow+5 {
		t.Errorf("the list of reports: %v", list[headRow-1:])
	}
}

// A projection has a column of its own where the office asks for it, and is
// there for nobody else. An adjustment is told in the remark.
func TestProjectionsAndAdjustments(t *testing.T) {
	in := sample(t)
	f := in.Summary.Find("CT02_LD", period.YearToDate, "", "")
	projected, before := figure.MustParse("5998"), *f.Judgment.Target
	before.Value = figure.Int(2500)
	f.Judgment.Projection, f.Judgment.Before = &projected, &before
	f.Judgment.Target.Act, f.Judgment.Target.Since = "KH 12/KH-BTV", june
	const heading = "Dự báo cuối kỳ giao nếu giữ nhịp hiện nay"
	without := dump(t, open(t, draw(t, in)))
	if strings.Contains(without, heading) || strings.Contains(without, "5998") {
		t.Error("a projection nobody asked for")
	}
	if !strings.Contains(without, "năm 2025: điều chỉnh từ 2.500 theo KH 12/KH-BTV, áp dụng từ tháng 6/2025") {
		t.Error("the adjustment is not told")
	}
	in.Projections = true
	with := dump(t, open(t, draw(t, in)))
	if !strings.Contains(with, heading) || !strings.Contains(with, "num 5998") {
		t.Error("no projection")
	}
	// It is as provisional as what it rests on.
	const word = `(tạm tính)`
	if !f.Provisional || !strings.Contains(with, word) {
		t.Errorf("a projection of incomplete figures is not marked %q", word)
	}
	f.Provisional = false
	if complete := dump(t, open(t, draw(t, in))); strings.Contains(complete, word) {
		t.Errorf("a projection of complete figures is marked %q", word)
	}
}

// A unit's own target has its row on a sheet that is there for such targets only.
func TestUnitTargets(t *testing.T) {
	in := sample(t)
	if strings.Contains(dump(t, open(t, draw(t, in))), sheetUnitTargets) {
		t.Error("a sheet for targets that no unit has")
	}
	f := in.Summary.Find("CT02_LD", period.YearToDate, "", "HN-001")
	judge(f, catalogue.AtLeast, "600", "300", "500/6", "100", summary.OnTrack)
	rows, err := open(t, draw(t, in)).GetRows(sheetUnitTargets)
	if err != nil || len(rows) != headRow+1 {
		t.Fatalf("%v: %v", err, rows)
	}
	row := strings.Join(rows[headRow], "|")
	if want := "001|Quận Ba Đình|Cụm 1|CT02_LD|"; !strings.HasPrefix(row, want) || !strings.Contains(row, "|Lũy kế năm|1000|600|năm 2025|83.333333|300|100|▲ đúng tiến độ, tạm tính") {
		t.Errorf("row %s", row)
	}
}

func cellName(col, row int) string {
	name, err := excelize.CoordinatesToCellName(col, row)
	if err != nil {
		panic(err)
	}
	return name
}

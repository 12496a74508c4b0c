package report_test

import (
	"flag"
	"fmt"
	"os"
	"slices"
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

var update = flag.Bool("update", false, "rewrite the documents in testdata")

func phrases(t testing.TB, l wording.Language) wording.Phrases {
	t.Helper()
	book, err := wording.Load(templates.FS)
	if err != nil {
		t.Fatal(err)
	}
	return book.In(l)
}

// input is what the report of the small summary is made of.
func input(t testing.TB, l wording.Language) report.Input {
	t.Helper()
	in := report.Input{
		Summary: summarytest.Summary(t), Files: summarytest.Files(), Phrases: phrases(t, l), Revision: 2, AsOf: summarytest.AsOf,
		Office:  report.Office{Superior: "HỘI LIÊN HIỆP PHỤ NỮ HÀ NỘI", Issuer: "BAN THƯỜNG VỤ", Symbol: "BC-BTV", Place: "Hà Nội", Authority: "TM."},
		Program: "0.1.0", Sample: true,
	}
	in.Summary.Catalogue.SHA256 = strings.Repeat("0123456789abcdef", 4) // not to rewrite the golden for each definition
	for _, f := range summarytest.Findings() {
		in.Findings = append(in.Findings, report.Finding{Finding: f, Sentence: in.Phrases.Finding(f, in.Phrases.FactsFrom(in.Summary.Catalogue, f))})
	}
	return in
}

func TestComposeGolden(t *testing.T) {
	for _, l := range wording.Languages {
		golden(t, "small."+string(l), input(t, l))
		past := input(t, l)
		past.Summary = summarytest.WithPast(t)
		past.Summary.Catalogue.SHA256 = input(t, l).Summary.Catalogue.SHA256
		golden(t, "past."+string(l), past)
	}
}

func golden(t *testing.T, name string, in report.Input) {
	t.Helper()
	got := dump(report.Compose(in))
	if strings.ContainsAny(got, "⟦⟧") {
		t.Errorf("%s: a phrase or a fact is missing", name)
	}
	path := "testdata/" + name + ".txt"
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
		t.Errorf("%s: the document has changed; look at it, then run with -update\n%s", name, firstDifference(got, string(want)))
	}
}

func firstDifference(got, want string) string {
	a, b := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return fmt.Sprintf("line %d\n got %s\nwant %s", i+1, a[i], b[i])
		}
	}
	return fmt.Sprintf("%d lines, want %d", len(a), len(b))
}

func has(t *testing.T, text string, wanted ...string) {
	t.Helper()
	for _, want := range wanted {
		if !strings.Contains(text, want) {
			t.Errorf("nothing says %q in\n%s", want, text)
		}
	}
}

func hasNot(t *testing.T, text string, unwanted ...string) {
	t.Helper()
	for _, bad := range unwanted {
		if strings.Contains(text, bad) {
			t.Errorf("%q is said in\n%s", bad, text)
		}
	}
}

// line gives the only line that begins so.
func line(t *testing.T, text, begin string) string {
	t.Helper()
	var found []string
	for _, l := range strings.Split(text, "\n") {
		if strings.HasPrefix(l, begin) {
			found = append(found, l)
		}
	}
	if len(found) != 1 {
		t.Fatalf("%d lines begin with %q", len(found), begin)
	}
	return found[0]
}

func TestComposeChangesNothing(t *testing.T) {
	in := input(t, wording.Vietnamese)
	before := fmt.Sprintf("%+v", in.Findings) + fmt.Sprintf("%+v", in.Files) + fmt.Sprintf("%+v", in.Summary.Submissions)
	first := dump(report.Compose(in))
	if second := dump(report.Compose(in)); first != second {
		t.Error("the second document differs from the first")
	}
	if after := fmt.Sprintf("%+v", in.Findings) + fmt.Sprintf("%+v", in.Files) + fmt.Sprintf("%+v", in.Summary.Submissions); before != after {
		t.Error("composing changed its input")
	}
}

// The counts of the headline add up to all targets, whatever their verdicts.
func TestHeadlineAddsUp(t *testing.T) {
	in := input(t, wording.Vietnamese)
	var judged []*summary.Figure
	for i := range in.Summary.Figures {
		if f := &in.Summary.Figures[i]; f.Judgment != nil && f.Judgment.Target.Headline {
			judged = append(judged, f)
		}
	}
	for _, provisional := range []bool{false, true} {
		for _, v := range summary.Verdicts {
			for _, f := range judged {
				f.Judgment.Verdict, f.Judgment.Provisional = v, provisional
			}
			text := line(t, dump(report.Compose(in)), "strong: ")
			var met, total, sum int
			if _, err := fmt.Sscanf(text, "strong: %d/%d chỉ tiêu", &met, &total); err != nil {
				t.Fatalf("%s: %v", text, err)
			}
			sum = met
			for _, part := range strings.Split(text, "; ")[1:] {
				n := 0
				if _, err := fmt.Sscanf(part, "%d chỉ tiêu", &n); err != nil {
					t.Fatalf("%s: %v", part, err)
				}
				sum += n
			}
			if total != len(judged) || sum != total {
				t.Errorf("%s, provisional %v: %s", v, provisional, text)
			}
		}
	}
}

// The headline speaks as the strip does: what is not met is not called behind,
// and what there is none of is not told.
func TestHeadlineInTheWordsOfItsVerdicts(t *testing.T) {
	in := input(t, wording.Vietnamese)
	var judged []*summary.Figure
	for i := range in.Summary.Figures {
		if f := &in.Summary.Figures[i]; f.Judgment != nil && f.Judgment.Target.Headline && f.Judgment.Target.Comparator == catalogue.AtLeast {
			judged = append(judged, f)
		}
	}
	all := func(v summary.Verdict, provisional bool) {
		for _, f := range judged {
			f.Judgment.Verdict, f.Judgment.Provisional, f.Judgment.Missing = v, provisional, 1
		}
	}
	headline := func() string { return line(t, dump(report.Compose(in)), "strong: ") }
	for i := range in.Summary.Figures { // others are not judged
		if f := &in.Summary.Figures[i]; f.Judgment != nil && !slices.Contains(judged, f) {
			f.Judgment.Verdict = summary.NoData
		}
	}
	n, headlines := len(judged), 7
	all(summary.NotMet, true)
	has(t, headline(), fmt.Sprintf("chỉ tiêu đạt; %d chỉ tiêu tạm tính (%d không đạt);", n, n))
	hasNot(t, headline(), "chậm", "tiến độ", "(0")
	judged[0].Judgment.Provisional = false
	has(t, headline(), "; 1 chỉ tiêu không đạt;")
	all(summary.Behind, true)
	judged[0].Judgment.Verdict = summary.OnTrack
	judged[0].Judgment.Target.Pace = catalogue.PaceLinear
	has(t, headline(), fmt.Sprintf("0/%d chỉ tiêu đạt hoặc đúng tiến độ; %d chỉ tiêu tạm tính (1 đúng tiến độ, %d chậm);", headlines, n, n-1))
}

// On page 1 a figure that has neither a bar nor a verdict that says so tells how
// much of it there is, and since when it counts.
func TestCellsSayWhatTheyRestOn(t *testing.T) {
	in := input(t, wording.Vietnamese)
	f := in.Summary.Find("LD", period.YearToDate, "", "")
	cell := func() string {
		return line(t, dump(report.Compose(in)), "[1. Lao động được giải quyết việc làm")
	}
	hasNot(t, cell(), "số liệu")
	f.Judgment.Verdict, f.Judgment.Attained, f.Coverage.Uncovered = summary.NoData, nil, []period.Month{summarytest.June.Add(-5)}
	has(t, cell(), "giao ≥ 1.200; số liệu 10/15; lũy kế chỉ tính từ")
}

// A figure just under its target never prints as the target, at any number of
// decimals; nor does the share attained print as 100.
func TestFigureBesideItsTarget(t *testing.T) {
	in := input(t, wording.Vietnamese)
	f := in.Summary.Find("TL_NU", period.YearToDate, "", "")
	for value, want := range map[string]string{
		"89.9999": "89,99% | ≥ 90% | 99,9%", "90": "90,00% | ≥ 90% | 100,0%", "90.0001": "90,01% | ≥ 90% | 100,1%", "89.5": "89,50% | ≥ 90% | 99,4%",
	} {
		n := figure.MustParse(value)
		attained, _ := n.Mul(figure.Int(100)).Quo(figure.Int(90))
		f.Value, f.Provisional, f.Judgment.Attained, f.Judgment.Gap = figure.Of(n), false, &attained, nil
		has(t, dump(report.Compose(in)), "| 3 | Tỷ lệ lao động nữ | "+want)
	}
}

// What the pace asks for by now is never printed as the value that falls short
// of it.
func TestPaceBesideTheValue(t *testing.T) {
	in := input(t, wording.Vietnamese)
	f := in.Summary.Find("LD", period.YearToDate, "", "")
	for expected, want := range map[string]string{"600": "cần 600 người", "530.4": "cần 531 người", "530.6": "cần 531 người"} {
		n := figure.MustParse(expected)
		f.Judgment.Expected = &n
		has(t, dump(report.Compose(in)), want)
	}
}

// quarter makes the small summary that of a quarter: its figures of June, and
// reports of three months. U-1 came in all of them, U-3 in April alone.
func quarter(t *testing.T) report.Input {
	t.Helper()
	in := input(t, wording.Vietnamese)
	in.Summary.Period = period.SpanOf(period.Quarterly, summarytest.June, period.Month{})
	in.Summary.Spans = []period.Span{in.Summary.Period}
	var figures []summary.Figure
	for _, f := range in.Summary.Figures {
		if f.Span == period.Monthly {
			f.Span, f.Judgment = period.Quarterly, nil
			figures = append(figures, f)
		}
	}
	in.Summary.Figures = figures
	june := in.Summary.Submissions
	var all []summary.Receipt
	for _, back := range []int{-2, -1} {
		for i, r := range june {
			r.Month, r.Status, r.FirstReceived, r.OnTime = summarytest.June.Add(back), submission.Missing, time.Time{}, false
			switch {
			case i == 0, i == 2 && back == -2:
				r.Status, r.FirstReceived, r.OnTime = submission.Accepted, summarytest.AsOf, true
			case i == 4:
				continue // the city office was asked nothing
			}
			all = append(all, r)
		}
	}
	in.Summary.Submissions = append(all, june...)
	in.Summary.Counts = summary.Counts{Expected: 13, Received: 7, Usable: 6, OnTime: 5}
	in.Summary.CountsByKind = nil
	return in
}

func TestLongerSpanHasOneColumn(t *testing.T) {
	in := quarter(t)
	text := dump(report.Compose(in))
	has(t, text, "quý II/2025", "body: Chỉ tiêu giao tính cho cả năm và cả giai đoạn; quý II/2025 không có chỉ tiêu giao riêng để đánh giá.",
		"Số liệu quý II/2025 của các chỉ tiêu được giao cho năm và giai đoạn:",
		"| *Chỉ tiêu* | *ĐVT* | *Trong quý* | *Đơn vị có số liệu* | *Ghi chú*", "| Hộ thoát nghèo | hộ | 61 | 5/5 |")
	hasNot(t, text, "Lũy kế năm", "0/0", "Chỉ tiêu giao*", "% chỉ tiêu")
	for _, row := range tables(report.Compose(in)) {
		for _, r := range append(row.Rows, report.Row{Cells: row.Head[0]}) {
			if len(r.Cells) != len(row.Columns) {
				t.Errorf("%d cells in %d columns: %s", len(r.Cells), len(row.Columns), cells(r.Cells))
			}
		}
	}
}

// A longer span counts reports, names the missing ones with their months, and
// shows the months of each unit beside each other.
func TestReportsOfALongerSpan(t *testing.T) {
	text := dump(report.Compose(quarter(t)))
	has(t, text,
		"[Phải báo cáo (lượt) 13] [Đã nhận (lượt) 7] [Dùng được (lượt) 6] [Đúng hạn (lượt) 5]",
		"small: Tính theo lượt báo cáo: một đơn vị trong một tháng là một lượt (5 đơn vị, 3 tháng). Tình hình từng tháng: Phụ lục III.",
		"• Chưa nhận báo cáo (6 lượt): Quận Hai (tháng 4, 5); Huyện Ba (tháng 5, 6); Thị xã Bốn (tháng 4, 5).",
		"• Báo cáo chưa dùng được (1 lượt): Thị xã Bốn (tháng 6).",
		"• Nhận sau hạn (1 lượt): Quận Hai (tháng 6).",
		"| *TT* | *Đơn vị* | *T4* | *T5* | *T6* | *Dùng được*",
		"| 1 | Quận Một | Đ | Đ | Đ | 3/3",
		"| 2 | Quận Hai | *thiếu* | *thiếu* | S m | 1/3",
		"| 3 | Huyện Ba | Đ | *thiếu* | *thiếu* | 1/3",
		"| 4 | Thị xã Bốn | *thiếu* | *thiếu* | *K* | 0/3",
		"| 5 | Cơ quan Thành Hội |  |  | X | 1/1",
		"|=  | Phải báo cáo | 4 | 4 | 5 | 13",
		"|=  | Đã nhận | 2 | 1 | 4 | 7",
		"|=  | Dùng được | 2 | 1 | 3 | 6",
		"|=  | Đúng hạn | 2 | 1 | 2 | 5",
	)
}

// Units stand by their groups, each under its subtotal; where nobody is in a
// group there is no heading.
func TestUnitTablesByGroup(t *testing.T) {
	in := input(t, wording.Vietnamese)
	in.Summary.Catalogue.Units[2].Group = "Cụm 1" // U-3 follows U-1 and U-2
	units := unitColumn(report.Compose(in))
	if want := "Toàn thành phố | #Cụm 1 | Quận Một | Quận Hai | Huyện Ba | #Đơn vị không thuộc cụm nào | Thị xã Bốn | Cơ quan Thành Hội"; units != want {
		t.Errorf("units %s", units)
	}
	has(t, dump(report.Compose(in)), "|#  | Cụm 1 | 120 |")
	for _, u := range in.Summary.Catalogue.Units {
		u.Group = ""
	}
	if units, want := unitColumn(report.Compose(in)), "Toàn thành phố | Quận Một | Quận Hai | Huyện Ba | Thị xã Bốn | Cơ quan Thành Hội"; units != want {
		t.Errorf("units %s", units)
	}
	for i, u := range in.Summary.Catalogue.Units {
		u.Group = []string{"B", "A"}[i%2]
	}
	if units, want := unitColumn(report.Compose(in)), "Toàn thành phố | #B | Quận Một | Huyện Ba | Cơ quan Thành Hội | #A | Quận Hai | Thị xã Bốn"; units != want {
		t.Errorf("units %s", units)
	}
}

// unitColumn lists the rows of the first unit table.
func unitColumn(d report.Document) string {
	var names []string
	for _, t := range tables(d) {
		if t.Keep != 2 {
			continue
		}
		for _, r := range t.Rows {
			name := r.Cells[1].Text
			if r.Kind == report.Group {
				name = "#" + name
			}
			names = append(names, name)
		}
		break
	}
	return strings.Join(names, " | ")
}

// A target that has replaced another says so under its table, and a month's
// target beside a year's has its own row.
func TestAdjustedAndMonthlyTargets(t *testing.T) {
	in := input(t, wording.Vietnamese)
	f := in.Summary.Find("HO", period.YearToDate, "", "")
	before := *f.Judgment.Target
	before.Value = figure.Int(2500)
	f.Judgment.Target.Since, f.Judgment.Target.Act, f.Judgment.Before = summarytest.June, "KH 12/KH-BTV", &before
	month := *f.Judgment.Target
	month.Horizon, month.Headline = catalogue.HorizonMonth, true
	in.Summary.Find("HO", period.Monthly, "", "").Judgment = &summary.Judgment{Target: &month, Verdict: summary.NotMet, HorizonEnds: true}
	text := dump(report.Compose(in))
	has(t, text, "• Hộ thoát nghèo: chỉ tiêu giao điều chỉnh từ 2.500 theo KH 12/KH-BTV, áp dụng từ tháng 6/2025.",
		"| Hộ thoát nghèo (trong tháng) | 61 |", "| > _Trong kỳ_ | hộ | 61 |  | ≥ 3.000 |")
	if n := strings.Count(text, "điều chỉnh từ 2.500"); n != 2 {
		t.Errorf("told %d times, want under page 1's table and the programme's", n)
	}
}

// Units with targets of their own have a table of their own.
func TestUnitTargets(t *testing.T) {
	in := input(t, wording.Vietnamese)
	hasNot(t, dump(report.Compose(in)), "Chỉ tiêu giao cho từng đơn vị")
	f := in.Summary.Find("LD", period.YearToDate, "", "U-1")
	gap, attained := figure.Int(90), figure.MustParse("77.5")
	f.Judgment = &summary.Judgment{
		Target:   &catalogue.Target{Unit: "U-1", Horizon: catalogue.HorizonYear, Comparator: catalogue.AtLeast, Value: figure.Int(400), Pace: catalogue.PaceLevel},
		Attained: &attained, Gap: &gap, Verdict: summary.Behind,
	}
	has(t, dump(report.Compose(in)), "# Chỉ tiêu giao cho từng đơn vị",
		"| Quận Một | Lao động được giải quyết việc làm | 310 | ≥ 400 | 77,5% | 3/3 | *chậm; thiếu 90 người*")
}

func tables(d report.Document) []report.Table {
	var all []report.Table
	for _, s := range d.Sections {
		for _, b := range s.Blocks {
			if t, ok := b.(report.Table); ok {
				all = append(all, t)
			}
		}
	}
	return all
}

func TestNoUnits(t *testing.T) {
	in := input(t, wording.Vietnamese)
	in.Summary.Expected, in.Summary.Submissions, in.Summary.CountsByKind = nil, nil, nil
	in.Summary.Counts, in.Summary.Figures, in.Summary.Tallies = summary.Counts{}, nil, nil
	in.Findings, in.Files = nil, nil
	text := dump(report.Compose(in))
	has(t, text, "[Phải báo cáo 0]", "Kỳ này không có chỉ tiêu giao để đánh giá.")
	hasNot(t, text, "SỐ LIỆU CHƯA ĐƯỢC DÙNG")
	hasNot(t, text, "⟦", "0/0", "Mọi đơn vị phải báo cáo")
}

func TestAllMissingButOne(t *testing.T) {
	in := input(t, wording.Vietnamese)
	for i := range in.Summary.Submissions[1:] {
		r := &in.Summary.Submissions[i+1]
		*r = summary.Receipt{Unit: r.Unit, Deadline: r.Deadline, Status: submission.Missing}
	}
	in.Summary.Counts = summary.Counts{Expected: 5, Received: 1, Usable: 1, OnTime: 1}
	text := dump(report.Compose(in))
	has(t, text, "• Chưa nhận báo cáo (4 đơn vị): Quận Hai, Huyện Ba, Thị xã Bốn, Cơ quan Thành Hội.")
	hasNot(t, text, "Mọi đơn vị phải báo cáo", "Nhận sau hạn")
}

func TestAllUsableThoughLate(t *testing.T) {
	in := input(t, wording.Vietnamese)
	in.Summary.Submissions = in.Summary.Submissions[:2]
	in.Summary.Counts = summary.Counts{Expected: 2, Received: 2, Usable: 2, OnTime: 1}
	has(t, dump(report.Compose(in)), "• Nhận sau hạn (1 đơn vị): Quận Hai.", "• Mọi đơn vị phải báo cáo đều đã gửi báo cáo dùng được.")
}

// What people typed reaches the document as it is: drawing makes it harmless.
func TestNastyTextIsKept(t *testing.T) {
	var raws []string
	for _, table := range tables(report.Compose(input(t, wording.Vietnamese))) {
		for _, row := range table.Rows {
			for _, c := range row.Cells {
				raws = append(raws, c.Text)
			}
		}
	}
	if !slices.Contains(raws, summarytest.Nasty) {
		t.Error("the text of the cell is not in the document")
	}
}

// A quarterly count that is not asked this month still has its year to date.
func TestNotDueThisMonth(t *testing.T) {
	in := input(t, wording.Vietnamese)
	f := in.Summary.Find("QUY", period.Monthly, "", "")
	f.Value, f.Reason, f.Judgment = figure.Figure{}, summary.ReasonNotDue, nil
	has(t, dump(report.Compose(in)), "| Số buổi truyền thông quý | buổi |  | 20 |  |  | 10/10 | lũy kế chỉ tính từ tháng 4/2025")
}

// Days that nobody is asked for are told before anything is counted.
func TestUnreportedDaysStandOnPageOne(t *testing.T) {
	in := input(t, wording.Vietnamese)
	in.Summary.Unreported = []summary.Unreported{{
		Month: period.Month{Year: 2025, Number: 7},
		Days:  period.Window{From: period.Date{Year: 2025, Month: 6, Day: 15}, To: period.Date{Year: 2025, Month: 6, Day: 30}},
		Units: make([]*catalogue.Unit, 30),
	}}
	const told = "Số liệu chưa gồm phần từ 15/6/2025 đến 30/6/2025 (kỳ tháng 7/2025) của 30 đơn vị đã kết thúc hoạt động"
	text := dump(report.Compose(in))
	if at := strings.Index(text, told); at < 0 || at > strings.Index(text, "Dùng được trên phải báo cáo") {
		t.Errorf("page 1 says\n%s", text)
	}
}

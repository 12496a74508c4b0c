package report_test

import (
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/figure"
	"tonghop/pipeline/period"
	"tonghop/pipeline/report"
	"tonghop/pipeline/summary"
	"tonghop/pipeline/summary/summarytest"
	"tonghop/pipeline/wording"
	"tonghop/templates"
)

// paragraph is the text of the small summary's first programme.
func paragraph(t testing.TB, in report.Input) string {
	t.Helper()
	if err := report.TextError(in); err != nil {
		t.Fatal(err)
	}
	for _, p := range report.Paragraphs(in) {
		if p.Programme == "P1" {
			return p.Text
		}
	}
	return ""
}

func TestParagraphSaysWhatTheFiguresAre(t *testing.T) {
	in := input(t, wording.Vietnamese)
	has(t, paragraph(t, in),
		"trong kỳ là 130 người, tạm tính; lũy kế năm là 530 người, đạt 44,2% chỉ tiêu giao 1.200 người: chậm, tạm tính, đến kỳ này cần 600 người",
		"lũy kế từ 2021 là 6.001 người, tạm tính, đạt 100,1% chỉ tiêu giao 6.000 người: đạt (chưa tính 2 đơn vị)",
		"Tỷ lệ lao động nữ: lũy kế năm 89,99%, giao từ 90% trở lên: chậm, tạm tính.", "Chưa đến kỳ đánh giá: số cơ sở được xếp loại tốt.",
		"Các số tạm tính trên chưa có đủ số liệu của 3 đơn vị.")
	for _, p := range report.Paragraphs(in) {
		if p.Programme == "P2" {
			t.Errorf("an empty programme is told: %q", p.Text)
		}
	}
}

// Of many targets little is said, those that are behind in a paragraph of their own;
// what is left out is in the table.
func TestParagraphOfManyTargets(t *testing.T) {
	for _, l := range wording.Languages {
		in := input(t, l)
		parts := strings.Split(paragraph(t, in), "\n")
		if len(parts) != 3 {
			t.Fatalf("%d paragraphs of many targets: %q", len(parts), parts)
		}
		behind := in.Phrases.Verdict(summary.Behind)
		hasNot(t, parts[0], behind, "(470/530)")
		has(t, parts[1], behind)
		hasNot(t, parts[1], "(470/530)", "0,0001", "0.0001")
		has(t, dump(report.Compose(in)), "(470/530)", in.Phrases.Exact(figure.MustParse("0.0001")))
	}
}

// A number on incomplete reports is provisional also where its verdict is final:
// a breached ceiling stays breached.
func TestParagraphOfABreachedCeiling(t *testing.T) {
	in := input(t, wording.Vietnamese)
	f := in.Summary.Find("KEM", period.YearToDate, "", "")
	f.Value, f.Judgment.Verdict = figure.Of(figure.Int(2)), summary.NotMet
	has(t, paragraph(t, in), "cuối kỳ là 2 cơ sở, tạm tính, chỉ tiêu giao không quá 0 cơ sở: không đạt")
}

// With few targets the rest is told: the parts with their whole, the change since
// last year, and what has no target.
func TestParagraphOfFewTargets(t *testing.T) {
	in := input(t, wording.Vietnamese)
	in.Summary = summarytest.WithPast(t)
	for i := range in.Summary.Figures {
		if f := &in.Summary.Figures[i]; !slices.Contains([]string{"LD", "HO"}, f.Indicator.Code) {
			f.Judgment = nil
		}
	}
	has(t, paragraph(t, in), "trong kỳ là 130 người (trong đó lao động nữ 117 người, tạm tính), tạm tính",
		"So với cùng kỳ năm trước (lũy kế năm, tính trên 2 đơn vị có đủ số liệu cả hai kỳ: 510 người so với 490 người): tăng 4,1%.",
		"So với cùng kỳ năm trước (lũy kế năm 2.500 hộ): tăng 20,0%.",
		"Kết quả khác: tỷ lệ lao động nữ 90,03% (tạm tính)", "số buổi truyền thông quý 12 buổi, lũy kế năm 20 buổi (lũy kế chỉ tính từ tháng 4/2025)",
		"số vụ việc phát hiện không phát sinh")
}

// A quarter is its own span: nothing is told twice.
func TestParagraphOfAQuarter(t *testing.T) {
	text := paragraph(t, quarter(t))
	has(t, text, "Kết quả chủ yếu: lao động được giải quyết việc làm 130 người (tạm tính)")
	hasNot(t, text, "lũy kế", "chỉ tiêu giao")
}

// Where there is no figure at all it is said once, and nothing is provisional.
func TestParagraphWithoutFigures(t *testing.T) {
	for l, want := range map[wording.Language]string{wording.Vietnamese: "Kết quả chủ yếu: chưa có số liệu.", wording.English: "Main results: no figure given."} {
		in := input(t, l)
		for i := range in.Summary.Figures {
			f := &in.Summary.Figures[i]
			f.Value, f.Judgment, f.Provisional = figure.Without(figure.Blank), nil, true
			f.Reason, f.Numerator, f.Denominator = summary.ReasonBlank, nil, nil
		}
		if got := paragraph(t, in); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

// That nothing occurred is provisional only while somebody has not said so.
func TestParagraphOfNothing(t *testing.T) {
	for provisional, want := range map[bool]string{true: "Kết quả chủ yếu (tạm tính): không phát sinh.", false: "Kết quả chủ yếu: không phát sinh."} {
		in := input(t, wording.Vietnamese)
		for i := range in.Summary.Figures {
			f := &in.Summary.Figures[i]
			f.Value, f.Judgment, f.Provisional = figure.Without(figure.None), nil, provisional
			f.Reason, f.Numerator, f.Denominator = summary.ReasonNone, nil, nil
		}
		has(t, paragraph(t, in), want)
	}
}

func TestOfficeWordsItsOwn(t *testing.T) {
	book, err := wording.Load(templates.FS)
	if err != nil {
		t.Fatal(err)
	}
	own := "{{range .Headline}}{{if eq .Code \"LD\"}}Đã giúp {{.Own.Amount}}.{{end}}{{end}}\n\n{{upper \"hết\"}}."
	if book, err = book.WithParagraphs(fstest.MapFS{"paragraphs.vi.tmpl": {Data: []byte(own)}}, "mau"); err != nil {
		t.Fatal(err)
	}
	in := input(t, wording.Vietnamese)
	in.Phrases = book.In(wording.Vietnamese)
	if got := paragraph(t, in); got != "Đã giúp 130 người.\nHết." {
		t.Errorf("got %q", got)
	}
	has(t, dump(report.Compose(in)), "body: Đã giúp 130 người.\nbody: Hết.\n")
}

var (
	numberInText = regexp.MustCompile(`\d[\d.,]*\d|\d`)
	badInText    = []string{"⟦", "<no value>", "NaN", "()", "( ", " )", "  ", " ,", " ;", " .", " :", "..", ",,", ";;", ";.", ",.", ":.", ":,", ":;", "::", ";,", ",;", "(;", "(,"}
)

// Whatever the figures, a paragraph reads well and holds no number that is not
// printed of the programme.
func TestParagraphsCarryNothingElse(t *testing.T) {
	for _, l := range wording.Languages {
		in := input(t, l)
		for seed := range uint64(60) {
			in.Summary = summarytest.Summary(t)
			in.Summary.Catalogue.SHA256 = strings.Repeat("0", 64)
			r := rand.New(rand.NewPCG(seed, 5))
			extra := shuffle(r, in.Summary, in.Phrases)
			text := paragraph(t, in)
			for _, bad := range badInText {
				if strings.Contains(text, bad) {
					t.Fatalf("seed %d %s: %q in\n%s", seed, l, bad, text)
				}
			}
			if strings.Contains(text, "tạm tính") && !slices.ContainsFunc(in.Summary.Figures, func(f summary.Figure) bool { return f.IsCity() && f.Provisional }) {
				t.Fatalf("seed %d: provisional though nothing is", seed)
			}
			printed := numberInText.FindAllString(strings.ReplaceAll(dump(report.Compose(in)), text, ""), -1)
			for _, n := range numberInText.FindAllString(text, -1) {
				if !slices.Contains(printed, n) && !slices.Contains(extra, n) {
					t.Fatalf("seed %d %s: %s is no printed figure, in\n%s", seed, l, n, text)
				}
			}
		}
	}
}

// shuffle gives the city's figures other numbers and states. It returns what may
// be told and does not stand in the table: of what a month's rate was made, and
// how many units are missing.
func shuffle(r *rand.Rand, s *summary.Summary, words wording.Phrases) (extra []string) {
	number := func() *figure.Number {
		n := figure.MustParse([]string{"0", "1", "7", "41.5", "99.99", "100", "1234", "15000.25", "-3"}[r.IntN(9)])
		return &n
	}
	reasons := []struct {
		state  figure.State
		reason summary.Reason
	}{
		{figure.None, ""}, {figure.Blank, summary.ReasonBlank}, {figure.Blank, summary.ReasonNotDue}, {figure.NotApplicable, summary.ReasonNoCases},
		{figure.Refused, summary.ReasonRefused}, {figure.NotAvailable, summary.ReasonNotAvail}, {figure.Blank, summary.ReasonNoTerms},
	}
	yes := func() bool { return r.IntN(2) == 0 }
	for i := range s.Figures {
		f := &s.Figures[i]
		if !f.IsCity() {
			continue
		}
		f.Value, f.Reason, f.Numerator, f.Denominator = figure.Of(*number()), "", nil, nil
		if r.IntN(3) == 0 {
			other := reasons[r.IntN(len(reasons))]
			f.Value, f.Reason = figure.Without(other.state), other.reason
		} else if f.Indicator.Type == catalogue.Percent {
			f.Numerator, f.Denominator = number(), number()
			extra = append(extra, words.Exact(*f.Numerator), words.Exact(*f.Denominator))
		}
		f.Unconfirmed, f.Provisional, f.Coverage.Missing, f.Coverage.Uncovered = yes(), yes(), nil, nil
		if f.Provisional {
			for _, u := range []string{"U-1", "U-2", "U-3"}[r.IntN(4):] {
				f.Coverage.Missing = append(f.Coverage.Missing, summary.Missing{Unit: u})
			}
		}
		if yes() && f.Span != period.Monthly {
			f.Coverage.Uncovered = []period.Month{{Year: 2025, Number: 1}}
		}
		if j := f.Judgment; j != nil {
			j.Verdict, j.Provisional, j.Missing, j.Reporting = summary.Verdicts[r.IntN(len(summary.Verdicts))], f.Provisional, len(f.Coverage.Missing), r.IntN(30)
			j.Attained, j.Gap, j.Expected = nil, nil, nil
			if _, known := f.Value.Number(); known && yes() {
				j.Attained, j.Gap, j.Expected = number(), number(), number()
			}
		}
		f.Comparison = nil
		if n, known := f.Value.Number(); known && yes() {
			f.Comparison = &summary.Comparison{Basis: summary.OverAll, Value: &n, Base: number(), Points: f.Indicator.Type == catalogue.Percent}
			if yes() {
				f.Comparison.Basis, f.Comparison.Units, f.Comparison.Value = summary.OverSameUnits, 1+r.IntN(5), number()
			}
		}
	}
	return append(extra, "1", "2", "3")
}

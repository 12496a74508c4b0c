package report_test

import (
	"os"
	"strings"
	"testing"
	"time"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/figure"
	"tonghop/pipeline/finding"
	"tonghop/pipeline/period"
	"tonghop/pipeline/report"
	"tonghop/pipeline/submission"
	"tonghop/pipeline/summary"
	"tonghop/pipeline/summary/summarytest"
	"tonghop/pipeline/wording"
)

// letters are those to every unit of the small summary that owes anything a week
// after the deadline.
func letters(t testing.TB, l wording.Language) report.Letters {
	t.Helper()
	in := sheets(t, l).Input
	in.AsOf = time.Date(2025, time.June, 24, 8, 0, 0, 0, summarytest.Hanoi)
	out := report.Letters{
		Input: in, Correspondence: report.Correspondence{Symbol: "BTV-VP", Addressee: "Hội Liên hiệp Phụ nữ"}, Scheme: period.Scheme15to14,
		Reply: time.Date(2025, time.June, 27, 17, 0, 0, 0, summarytest.Hanoi), Contact: "Nguyễn Thị Mẫu, 024 0000 0000",
	}
	owing := in.Summary.Owing(in.AsOf)
	for _, r := range in.Summary.Submissions {
		if o := owing.Of(r); o.Anything() {
			out.Letters = append(out.Letters, report.Letter{Unit: r.Unit, Owed: []summary.Owed{o}})
		}
	}
	return out
}

func TestLettersGolden(t *testing.T) {
	for _, l := range wording.Languages {
		in := letters(t, l)
		got := dump(report.ComposeLetters(in)) + "\n--- messages\n" + strings.Join(report.Messages(in), "\n\n") + "\n"
		if strings.ContainsAny(got, "⟦⟧") {
			t.Errorf("%s: a phrase or a fact is missing", l)
		}
		path := "testdata/letters." + string(l) + ".txt"
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
			t.Errorf("%s: the letters have changed; look at them, then run with -update\n%s", l, firstDifference(got, string(want)))
		}
	}
}

// What is owed without any error found is in the list, too, each in its own words,
// and nothing twice.
func TestLetterListsWhatNoErrorSays(t *testing.T) {
	in := letters(t, wording.Vietnamese)
	u, _ := in.Summary.Catalogue.Unit("U-1")
	lacking := func(code, cell string, state figure.State) summary.OwedFigure {
		ind, _ := in.Summary.Catalogue.Indicator(code)
		v := submission.Value{Indicator: code, Cell: cell, Figure: figure.Without(state)}
		if cell != "" {
			v.Sheet = "Báo cáo"
		}
		return summary.OwedFigure{Indicator: ind, State: state, Value: v}
	}
	errorAt := func(cell string, change func(*finding.Finding)) report.Finding {
		f := finding.New(finding.NumberNotWhole)
		f.Unit, f.Period, f.File, f.Sheet, f.Cell, f.Indicator, f.Raw = "U-1", summarytest.June, "u-1.xlsx", "Báo cáo", cell, "LD", "12,5"
		change(&f)
		return report.Finding{Finding: f, Sentence: in.Phrases.Finding(f, in.Phrases.FactsFrom(in.Summary.Catalogue, f))}
	}
	in.Findings = []report.Finding{
		errorAt("E5", func(*finding.Finding) {}),
		errorAt("E5", func(f *finding.Finding) { f.Period = summarytest.June.Add(-1) }),
		errorAt("E6", func(f *finding.Finding) { f.Unit = "U-2" }),
		errorAt("E7", func(f *finding.Finding) { f.Severity = finding.Warning }),
		errorAt("E8", func(f *finding.Finding) {
			f.Code, f.Indicator = finding.RuleBroken, ""
			f.Args = map[string]string{"values": "HO = 1|KEM = 2"}
		}),
	}
	in.Letters = []report.Letter{{Unit: u, Owed: []summary.Owed{{
		Receipt: summary.Receipt{Unit: u, Month: summarytest.June, Status: submission.NeedsCorrection, Used: &submission.Submission{File: "u-1.xlsx"}},
		Figures: []summary.OwedFigure{
			lacking("LD", "E5", figure.Refused), lacking("HO", "E8", figure.Refused), lacking("KEM", "E9", figure.Refused),
			lacking("LD_NU", "E6", figure.Blank), lacking("VU", "E10", figure.NotAvailable), lacking("CK1", "", figure.Blank),
		},
	}}}}
	text := dump(report.ComposeLetters(in))
	rows := strings.Count(text, "\n| ") - 1 // less the head
	if rows != 5 {
		t.Errorf("%d rows, want two errors and three figures:\n%s", rows, text)
	}
	has(t, text, "| E5, Báo cáo | 12,5 |", "| Trong đó lao động nữ | E6, Báo cáo |  | Ô để trống", "| Số vụ việc phát hiện | E10, Báo cáo |  | Đơn vị ghi chưa có số liệu",
		"| Đề án hỗ trợ khởi nghiệp |  |  | Tệp không có dòng", "6 chỉ tiêu")
	message := report.Messages(in)[0]
	has(t, message, "- E6, Báo cáo: Trong đó lao động nữ – chưa có số liệu")
	in.Findings = nil
	in.Letters[0].Owed[0].Figures = append(in.Letters[0].Owed[0].Figures, lacking("VU_DX", "E11", figure.Blank))
	message = report.Messages(in)[0]
	has(t, message, "- và 2 điểm khác")
	if n := strings.Count(message, "\n"); n != 2+5+1+1 {
		t.Errorf("a message of %d lines:\n%s", n+1, message)
	}
}

func TestAddressees(t *testing.T) {
	unit := func(kind catalogue.UnitKind, name string) *catalogue.Unit {
		return &catalogue.Unit{ID: "X", Kind: kind, Name: name}
	}
	union := report.Correspondence{Addressee: "Hội Liên hiệp Phụ nữ"}
	for _, c := range []struct {
		of   report.Correspondence
		unit *catalogue.Unit
		want string
	}{
		{union, unit(catalogue.Town, "Sơn Tây"), "Hội Liên hiệp Phụ nữ thị xã Sơn Tây"},
		{union, unit(catalogue.CityOffice, "Cơ quan Thành Hội"), "Cơ quan Thành Hội"},
		{union, unit(catalogue.Affiliated, "Hội Phụ nữ Mẫu"), "Hội Phụ nữ Mẫu"},
		{report.Correspondence{}, unit(catalogue.Ward, "Ba Đình"), "Phường Ba Đình"},
	} {
		if got := c.of.To(c.unit); got != c.want {
			t.Errorf("to %q, want %q", got, c.want)
		}
	}
}

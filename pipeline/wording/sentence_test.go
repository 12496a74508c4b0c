package wording

import (
	"strings"
	"testing"
	"time"

	"tonghop/pipeline/finding"
	"tonghop/pipeline/period"
)

// example is a finding of a code with the arguments that keep names.
func example(code finding.Code, keep func(arg string) bool) finding.Finding {
	f := finding.New(code)
	f.Unit, f.Indicator = "HN-001", "CT02_LD_NU"
	f.Period = period.Month{Year: 2025, Number: time.June}
	f.File, f.Sheet, f.Cell, f.Raw = "2025-06/ba-dinh.xlsx", "Báo cáo", "E14", "12,5"
	f.Read, f.Want = "12.5", "12|13"
	if e, ok := typed[code]; ok {
		f.Raw, f.Read, f.Want = e.raw, e.read, e.want
	}
	for _, a := range Args(code) {
		if keep(a.Name) {
			f = f.With(a.Name, a.Example)
		}
	}
	return f
}

// typed is what stands in the cell of the examples that the manual prints.
var typed = map[finding.Code]struct{ raw, read, want string }{
	finding.UnitUnknown:             {raw: "Quận Ba Dinh"},
	finding.UnitAmbiguous:           {raw: "TX"},
	finding.IndicatorUnknown:        {raw: "CT02_LDD"},
	finding.NilContradicted:         {raw: "12"},
	finding.NumberUnreadable:        {raw: "mười hai", want: "12"},
	finding.NumberAmbiguous:         {raw: "1.200"},
	finding.ValueOutOfRange:         {raw: "150000"},
	finding.ChoiceUnknown:           {raw: "gần xong"},
	finding.NoneInStock:             {raw: "KPS"},
	finding.DateInsteadOfNumber:     {raw: "45720", read: "4/3/2025", want: "4/3|3/4"},
	finding.LettersInNumber:         {raw: "1O5", want: "105"},
	finding.MeasureMismatch:         {raw: "12 hộ"},
	finding.MarkAmbiguous:           {raw: "N/A"},
	finding.NumberDoubtful:          {raw: "15,000", read: "15000"},
	finding.NotApplicableRefused:    {raw: "không áp dụng"},
	finding.ValueNotDue:             {raw: "21"},
	finding.PercentScale:            {raw: "0,9", read: "0.9", want: "90"},
	finding.Estimate:                {raw: "khoảng 40", read: "40"},
	finding.TextNumber:              {raw: "1 234 (có 3 nữ)", read: "1234"},
	finding.PartExceedsWhole:        {raw: "45"},
	finding.FarFromHistory:          {raw: "410"},
	finding.CumulativeDiscontinuous: {raw: "112"},
	finding.CumulativeInMonthColumn: {raw: "201", want: "41"},
}

// exampleFacts names the example's unit and indicators.
var exampleFacts = Facts{
	Unit: "Quận Ba Đình", Indicator: "Trong đó: lao động nữ", Measure: "người",
	NameOf: func(code string) string {
		return map[string]string{
			"HN-001": "Quận Ba Đình", "HN-002": "Quận Hoàn Kiếm", "CT02_LD": "Số lao động được dạy nghề",
			"CT01_CB_BD": "Số cán bộ được bồi dưỡng", "CT01_CB": "Tổng số cán bộ Hội",
		}[code]
	},
}

func all(string) bool  { return true }
func none(string) bool { return false }

func TestEveryCodeReadsWell(t *testing.T) {
	book := shipped(t)
	for _, l := range Languages {
		p := book.In(l)
		for _, d := range finding.Definitions {
			cases := map[string]finding.Finding{"all arguments": example(d.Code, all), "no argument": example(d.Code, none)}
			bare := example(d.Code, none)
			bare.Cell, bare.Want, bare.Read, bare.Sheet, bare.Unit, bare.Period = "", "", "", "", "", period.Month{}
			cases["no place"] = bare
			for _, a := range Args(d.Code) {
				cases["without "+a.Name] = example(d.Code, func(name string) bool { return name != a.Name })
				cases["only "+a.Name] = example(d.Code, func(name string) bool { return name == a.Name })
			}
			for name, f := range cases {
				for _, facts := range []Facts{exampleFacts, {}} {
					s := p.Finding(f, facts)
					what := string(d.Code) + " " + string(l) + " " + name
					for part, text := range map[string]string{"title": s.Title, "message": s.Message, "remedy": s.Remedy} {
						readsWell(t, what+": "+part, text)
					}
					if !strings.HasSuffix(s.Message, ".") || !strings.ContainsAny(s.Remedy[len(s.Remedy)-1:], ".?") {
						t.Errorf("%s: %q / %q is not a whole sentence", what, s.Message, s.Remedy)
					}
				}
			}
			e, ok := p.Explain(d.Code)
			if !ok || e.Severity != d.Severity || e.Stage != d.Stage {
				t.Errorf("%s %s: explained as %+v", d.Code, l, e)
			}
			readsWell(t, string(d.Code)+" explain", e.Text)
		}
	}
}

// TestArgumentsAreSaid finds arguments that nobody would ever read.
func TestArgumentsAreSaid(t *testing.T) {
	p := shipped(t).In(Vietnamese)
	for _, d := range finding.Definitions {
		for _, a := range Args(d.Code) {
			text := p.book.findings[Vietnamese][d.Code]
			named := append(text.message.fields(), text.remedy.fields()...)
			found := false
			for _, field := range named {
				found = found || field == "arg:"+a.Name
			}
			if !found {
				t.Errorf("%s: no sentence names the argument %q", d.Code, a.Name)
			}
		}
	}
	for code := range args {
		if !code.Known() {
			t.Errorf("arguments for %q, which is no code", code)
		}
	}
}

func TestFindingInWords(t *testing.T) {
	book := shipped(t)
	whole := example(finding.NumberNotWhole, none)
	far := finding.New(finding.ValueOutOfRange).With("max", "100000")
	far.Cell, far.Raw = "E9", "1500000"
	hostile := finding.New(finding.NumberUnreadable)
	hostile.Cell, hostile.Raw = "E9", "a\r\nb\u202e"+strings.Repeat("x", 400)
	mismatch := finding.New(finding.PeriodMismatch).With("inside", "2025-05").With("folder", "2025-06")
	third := finding.New(finding.CorrectionContradicted).With("decision", "QD-7").With("corrected", "45").With("now", "60")
	third.Cell, third.Indicator = "E9", "CT02_LD"
	old := finding.New(finding.CorrectionOldDiffers).With("decision", "QD-7").With("old", "99999").With("held", "5").With("report_cell", "E9")
	old.Indicator = "CT02_LD"
	since := finding.New(finding.CumulativeInMonthColumn).With("known_total", "85").With("first", "2025-04")
	since.Cell, since.Raw = "E9", "125"
	part := finding.New(finding.PartExceedsWhole).With("corrected", "45").With("decision", "QD-7").With("whole_value", "10")
	part.Cell, part.Raw = "E9", "4"
	choice := finding.New(finding.ValueMissing).With("choices", "chưa|xong")
	broken := finding.New(finding.RuleBroken).With("values", "HV = 1234.5|prev(HV) = …|ytd(VU) = -|last_year(VU) = (!)")
	unchecked := finding.New(finding.RuleNotChecked).With("lacking", "prev(HV)|VU")
	other := finding.New(finding.VersionOrderUnknown).With("differences", "HV: 41 → 43|VU: a: 1.200 = b → …")
	named := Facts{NameOf: func(code string) string {
		return map[string]string{"HV": "Tổng số hội viên", "VU": "Số vụ việc"}[code]
	}}
	for _, c := range []struct {
		language  Language
		finding   finding.Finding
		part      func(Sentence) string
		want      string
		facts     Facts
		wantExact bool
	}{
		{Vietnamese, whole, message, "Ô E14 ghi “12,5” (đọc là 12,5), nhưng chỉ tiêu này là số nguyên (người).", exampleFacts, true},
		{Vietnamese, whole, remedy, "Nếu ý là 12 hoặc 13 thì nhập 12 hoặc 13, không có dấu chấm hay phẩy.", exampleFacts, true},
		{English, whole, message, "Cell E14 says “12,5” (read as 12.5), but this indicator is a whole number (người).", exampleFacts, true},
		{Vietnamese, far, message, "; lớn nhất 100.000.", Facts{}, false},
		{English, far, message, "; at most 100,000.", Facts{}, false},
		{Vietnamese, hostile, message, "Ô E9 ghi “a b" + strings.Repeat("x", 57) + "…”, chưa đọc được thành số.", Facts{}, true},
		{Vietnamese, third, message, "Ô E9 (CT02_LD) nay ghi 60, khác số đã đính chính theo quyết định QD-7 là 45; số đính chính vẫn được dùng.", Facts{}, true},
		{Vietnamese, old, message, "Quyết định QD-7 ghi giá trị cũ của CT02_LD là 99999, ô E9 ghi 5; số đính chính vẫn được dùng.", Facts{}, true},
		{Vietnamese, since, message, "Ô E9 ghi “125”, có vẻ là lũy kế từ đầu năm chứ không phải số trong kỳ (cộng các kỳ đã báo cáo từ tháng 4/2025: 85).", Facts{}, true},
		{Vietnamese, part, message, "Ô E9 ghi “4”, được đính chính thành 45 theo quyết định QD-7, lớn hơn 10 của tổng.", Facts{}, true},
		{Vietnamese, choice, remedy, "Đề nghị chọn một trong: chưa hoặc xong.", Facts{}, true},
		{Vietnamese, finding.New(finding.PeriodInFuture), remedy, "Đề nghị kiểm tra tháng và năm ghi trong biểu.", Facts{}, true},
		{Vietnamese, finding.New(finding.PeriodInFuture).With("register", "2025-01-01"), remedy, "ngày 1/1/2025; nếu ngày đó sai, đề nghị sửa dòng của tệp trong so-nhan.csv.", Facts{}, false},
		{Vietnamese, mismatch, message, "Biểu ghi kỳ tháng 5/2025, nhưng tệp nằm trong thư mục của kỳ tháng 6/2025.", Facts{}, true},
		{English, mismatch, message, "May 2025", Facts{}, false},
		{Vietnamese, example(finding.PartExceedsWhole, all), message, "“Số lao động được dạy nghề” ở ô E13", exampleFacts, false},
		{Vietnamese, example(finding.UnitContradicted, all), message, "Quận Hoàn Kiếm", exampleFacts, false},
		{Vietnamese, example(finding.UnitContradicted, all), message, "HN-002", Facts{}, false},
		{Vietnamese, example(finding.NotAWorkbook, all), message, "Tệp này thực chất là tệp PDF, không phải tệp Excel (.xlsx).", Facts{}, true},
		{Vietnamese, example(finding.RuleBroken, all), message, "Theo Thành Hội. Hiện ghi: CT01_CS = 21; CT01_CS (kỳ trước) = 20.", Facts{RuleMessage: "Theo Thành Hội."}, true},
		{Vietnamese, broken, message, "Hiện ghi: Tổng số hội viên = 1.234,5; Tổng số hội viên (kỳ trước) = …; Số vụ việc (lũy kế năm) = -; Số vụ việc (cùng kỳ năm trước) = (!).", named, false},
		{English, broken, message, "Found: Tổng số hội viên = 1,234.5; Tổng số hội viên (previous period) = …; Số vụ việc (year to date) = -; Số vụ việc (same period last year) = (!).", named, false},
		{Vietnamese, unchecked, message, "Còn thiếu: Tổng số hội viên (kỳ trước); Số vụ việc.", named, false},
		{Vietnamese, other, message, "Tổng số hội viên: 41 → 43; Số vụ việc: a: 1.200 = b → …", named, false},
	} {
		got := c.part(book.In(c.language).Finding(c.finding, c.facts))
		if got != c.want && (c.wantExact || !strings.Contains(got, c.want)) {
			t.Errorf("%s %s: got %q, want %q", c.finding.Code, c.language, got, c.want)
		}
	}
}

func message(s Sentence) string { return s.Message }
func remedy(s Sentence) string  { return s.Remedy }

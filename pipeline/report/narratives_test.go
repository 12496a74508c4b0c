package report_test

import (
	"strings"
	"testing"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/narrative"
	"tonghop/pipeline/period"
	"tonghop/pipeline/report"
	"tonghop/pipeline/submission"
	"tonghop/pipeline/summary/summarytest"
	"tonghop/pipeline/wording"
)

// prose are the lines of the report proper: from its first section to the
// signature.
func prose(t *testing.T, in report.Input) string {
	t.Helper()
	text := dump(report.Compose(in))
	from, to := strings.Index(text, "\n# I. "), strings.Index(text, "\nreport.Signatures")
	if from < 0 || to < from {
		t.Fatalf("no report proper in\n%s", text)
	}
	return text[from:to]
}

// headings of the first level.
func headings(text string) string {
	var all []string
	for _, l := range strings.Split(text, "\n") {
		if title, ok := strings.CutPrefix(l, "# "); ok {
			all = append(all, title)
		}
	}
	return strings.Join(all, " / ")
}

func wrote(part narrative.Part, about string, paragraphs ...string) narrative.Written {
	return narrative.Written{Part: part, About: about, Paragraphs: paragraphs}
}

// remarked is the report of a unit that wrote these remarks.
func remarked(unit string, m period.Month, remarks ...submission.Remark) *submission.Submission {
	return &submission.Submission{Unit: unit, Period: m, Remarks: remarks}
}

func difficulty(programme, text string) submission.Remark {
	return submission.Remark{Programme: programme, Kind: submission.Difficulties, Text: text}
}

func TestSectionsAreThoseWithWords(t *testing.T) {
	all := []narrative.Part{narrative.Direction, narrative.Assessment, narrative.Outlook, narrative.Proposals}
	for _, c := range []struct {
		parts []narrative.Part
		want  string
	}{
		{nil, "I. Kết quả thực hiện theo chương trình"},
		{all, "I. Công tác chỉ đạo / II. Kết quả thực hiện theo chương trình / III. Đánh giá / IV. Phương hướng, nhiệm vụ / V. Đề xuất, kiến nghị"},
		{all[2:3], "I. Kết quả thực hiện theo chương trình / II. Phương hướng, nhiệm vụ"},
		{[]narrative.Part{narrative.Proposals, narrative.Direction}, "I. Công tác chỉ đạo / II. Kết quả thực hiện theo chương trình / III. Đề xuất, kiến nghị"},
	} {
		in := input(t, wording.Vietnamese)
		for _, part := range c.parts {
			in.Text.Rows = append(in.Text.Rows, wrote(part, "", "đoạn"))
		}
		if got := headings(prose(t, in)); got != c.want {
			t.Errorf("%v: %s", c.parts, got)
		}
	}
}

func TestParagraphsArePrintedAsWritten(t *testing.T) {
	long := strings.Repeat("Các cấp Hội đã {triển khai} [nhiều] hoạt động; ", 80)
	in := input(t, wording.Vietnamese)
	in.Text.Rows = []narrative.Written{wrote(narrative.Direction, "", "một", long), wrote(narrative.Direction, "", "hai")}
	has(t, prose(t, in), "# I. Công tác chỉ đạo\nbody: một\nbody: "+long+"\nbody: hai\n# II. ")
}

// Why an indicator is behind stands with its programme, and only where it is.
func TestCausesAndRemedies(t *testing.T) {
	in := input(t, wording.Vietnamese)
	in.Text.Rows = []narrative.Written{
		wrote(narrative.Remedy, "LD", "mở phiên giao dịch"), wrote(narrative.Cause, "LD", "nhu cầu giảm", "đơn hàng ít"), wrote(narrative.Cause, "LD", "mùa vụ"),
		wrote(narrative.Cause, "HO", "thiên tai"), wrote(narrative.Cause, "KEM", "không in"),
	}
	text := prose(t, in)
	has(t, text, "### Lao động được giải quyết việc làm: chậm, tạm tính\nbody: Nguyên nhân: nhu cầu giảm\nbody: đơn hàng ít\nbody: mùa vụ\nbody: Giải pháp: mở phiên giao dịch\n"+
		"### Hộ thoát nghèo: không đạt\nbody: Nguyên nhân: thiên tai\n## Các giải pháp đồng hành")
	hasNot(t, text, "không in", "(giai đoạn") // the plan's target of the same indicator is met
}

func TestRemarksByProgramme(t *testing.T) {
	in := input(t, wording.Vietnamese)
	first, second := in.Summary.Catalogue.Programmes[0].Code, in.Summary.Catalogue.Programmes[1].Code
	in.Summary.Basis = []*submission.Submission{
		remarked("U-1", summarytest.June.Add(-1), difficulty(first, "tháng trước")),
		remarked("U-1", summarytest.June, difficulty(first, "Thiếu cán bộ."), difficulty(second, "không")),
		remarked("U-2", summarytest.June, difficulty(first, " thiếu  cán bộ"), difficulty(second, "Đường xa")),
		remarked("U-3", summarytest.June, difficulty(first, "Không có khó khăn, vướng mắc gì."), difficulty(second, "-")),
		remarked("U-4", summarytest.June, difficulty(first, "KPS")),
	}
	text := prose(t, in)
	has(t, text, "# II. Đánh giá\n## Khó khăn, vướng mắc của các đơn vị\n### Chương trình 01-CTr/TU\n• Quận Một, Quận Hai: Thiếu cán bộ.\n### Chương trình 02-CTr/TU\n• Quận Hai: Đường xa\nsmall: 2 đơn vị: không có khó khăn, vướng mắc.")
	hasNot(t, text, "tháng trước", "KPS")

	// Nobody has anything to say: no section.
	in.Summary.Basis = in.Summary.Basis[3:]
	if got := headings(prose(t, in)); got != "I. Kết quả thực hiện theo chương trình" {
		t.Errorf("sections: %s", got)
	}
}

// In a longer period each remark says of which month it is.
func TestRemarksOfALongerPeriod(t *testing.T) {
	in := input(t, wording.Vietnamese)
	code := in.Summary.Catalogue.Programmes[0].Code
	in.Summary.Period = period.SpanOf(period.Quarterly, summarytest.June, period.Month{})
	in.Summary.Basis = []*submission.Submission{
		remarked("U-1", summarytest.June.Add(-1), difficulty(code, "Thiếu cán bộ")), remarked("U-1", summarytest.June, difficulty(code, "Đường xa")),
	}
	has(t, prose(t, in), "• Quận Một (tháng 5/2025): Thiếu cán bộ\n• Quận Một (tháng 6/2025): Đường xa")
}

// Narratives are printed where the office has chosen them, under the commitment
// they are about.
func TestChosenNarratives(t *testing.T) {
	in := input(t, wording.Vietnamese)
	c := in.Summary.Catalogue
	programme := c.Programmes[len(c.Programmes)-1].Code
	status := func(code, name string) *catalogue.Indicator {
		return &catalogue.Indicator{Code: code, Programme: programme, Kind: catalogue.Text, Type: catalogue.Choice, NameVI: name + ": trạng thái"}
	}
	told := func(code, name string) *catalogue.Indicator {
		return &catalogue.Indicator{Code: code, Programme: programme, Kind: catalogue.Text, Type: catalogue.Prose, NameVI: name}
	}
	c.Indicators = append(c.Indicators, status("A", "Đổi mới"), told("A_ND", "Kết quả nổi bật"), status("B", "Công nghệ: số"), told("B_ND", "Kết quả nổi bật"), told("C_ND", "Định hướng chung"))
	say := func(unit, a, b, general string) *submission.Submission {
		return &submission.Submission{Unit: unit, Period: summarytest.June, Values: submission.ValuesOf(
			submission.Value{Indicator: "A_ND", Text: a}, submission.Value{Indicator: "B_ND", Text: b}, submission.Value{Indicator: "C_ND", Text: general})}
	}
	in.Summary.Basis = []*submission.Submission{say("U-1", "một", "hai", "ba"), say("U-2", "không có", "năm", "sáu")}
	hasNot(t, prose(t, in), "một", "Kết quả nổi bật")
	in.Text.Rows = []narrative.Written{
		{Part: narrative.Print, About: "A_ND", Unit: narrative.EveryUnit}, {Part: narrative.Print, About: "B_ND", Unit: "U-2"}, {Part: narrative.Print, About: "C_ND", Unit: "U-1"},
	}
	has(t, prose(t, in), "### Kết quả nổi bật của các đơn vị\nemphasis: Đổi mới\n• Quận Một: một\nemphasis: Công nghệ: số\n• Quận Hai: năm\nemphasis: Định hướng chung\n• Quận Một: ba")
}

package report_test

import (
	"slices"
	"strings"
	"testing"

	"tonghop/pipeline/edition"
	"tonghop/pipeline/figure"
	"tonghop/pipeline/finding"
	"tonghop/pipeline/period"
	"tonghop/pipeline/report"
	"tonghop/pipeline/summary"
	"tonghop/pipeline/summary/summarytest"
	"tonghop/pipeline/wording"
)

// titles are the appendices of a document, each with its label.
func titles(d report.Document) []string {
	var all []string
	for _, s := range d.Sections[1:] {
		title, ok := s.Blocks[0].(report.AnnexTitle)
		if !ok || title.Label != s.Annex {
			all = append(all, "an appendix without its title: "+s.Annex)
			continue
		}
		all = append(all, title.Label+" "+title.Title)
	}
	return all
}

func TestAppendicesInTheOfficesOrder(t *testing.T) {
	adjustment := []edition.Adjustment{{Indicator: "LD", Span: period.YearToDate}}
	for name, c := range map[string]struct {
		settle func(*report.Input)
		want   []string
	}{
		"nothing chosen": {func(*report.Input) {}, []string{
			"Phụ lục I SỐ LIỆU TỪNG ĐƠN VỊ", "Phụ lục II SỐ LIỆU CHƯA ĐƯỢC DÙNG", "Phụ lục III TÌNH HÌNH NỘP BÁO CÁO CỦA TỪNG ĐƠN VỊ", "Phụ lục IV CÁCH HIỂU, SỐ ĐẦU KỲ VÀ CÁCH TÍNH",
		}},
		"none":  {func(in *report.Input) { in.Annexes = []report.Annex{} }, nil},
		"other": {func(in *report.Input) { in.Annexes = []report.Annex{report.AnnexMethod, report.AnnexUnits} }, []string{"Phụ lục I CÁCH HIỂU, SỐ ĐẦU KỲ VÀ CÁCH TÍNH", "Phụ lục II SỐ LIỆU TỪNG ĐƠN VỊ"}},
		"the meeting's, later": {func(in *report.Input) {
			in.Edition, in.Before, in.Reconciled, in.Adjustments = report.Meeting, 1, summarytest.June.Add(-1), adjustment
			in.Changes = []edition.Change{{Key: edition.Key{Indicator: "LD", Span: period.Monthly}, New: &edition.Figure{}}}
		}, []string{
			"Phụ lục I SỐ LIỆU TỪNG ĐƠN VỊ", "Phụ lục II TÌNH HÌNH NỘP BÁO CÁO CỦA TỪNG ĐƠN VỊ", "Phụ lục III CÁCH HIỂU, SỐ ĐẦU KỲ VÀ CÁCH TÍNH",
			"Phụ lục IV THAY ĐỔI SO VỚI BẢN r1", "Phụ lục V ĐỐI CHIẾU VỚI LŨY KẾ ĐÃ KÝ, tháng 5/2025",
		}},
		"all used, no figure changed, the office's own table wrong": {func(in *report.Input) {
			wrong := finding.New(finding.NarrativeInvalid)
			wrong.Unit = "U-2"
			in.Findings, in.Before = []report.Finding{{Finding: wrong}}, 1
		}, []string{"Phụ lục I SỐ LIỆU TỪNG ĐƠN VỊ", "Phụ lục II TÌNH HÌNH NỘP BÁO CÁO CỦA TỪNG ĐƠN VỊ", "Phụ lục III CÁCH HIỂU, SỐ ĐẦU KỲ VÀ CÁCH TÍNH"}},
	} {
		in := input(t, wording.Vietnamese)
		c.settle(&in)
		if got := titles(report.Compose(in)); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q", name, got)
		}
	}
}

// What units have to correct is the office's; who reported is the meeting's, too.
func TestMeetingEdition(t *testing.T) {
	in := input(t, wording.Vietnamese)
	has(t, dump(report.Compose(in)), "*Số điểm đề nghị sửa*", "SỐ LIỆU CHƯA ĐƯỢC DÙNG", summarytest.Nasty)
	in.Edition = report.Meeting
	text := dump(report.Compose(in))
	has(t, text, "• Chưa nhận báo cáo (1 đơn vị): Huyện Ba.", "| 2 | Quận Hai | Đã nhận một phần, đề nghị sửa |")
	hasNot(t, text, "*Số điểm đề nghị sửa*", "*Số điểm đề nghị xem lại*", "SỐ LIỆU CHƯA ĐƯỢC DÙNG", summarytest.Nasty)
}

// Page 1 of a longer span says in which appendix the months are, if in any.
func TestTheAppendixOfMonthsIsNamed(t *testing.T) {
	in := quarter(t)
	in.Annexes = []report.Annex{report.AnnexSubmissions}
	has(t, dump(report.Compose(in)), "(5 đơn vị, 3 tháng). Tình hình từng tháng: Phụ lục I.")
	in.Annexes = []report.Annex{report.AnnexMethod}
	text := dump(report.Compose(in))
	has(t, text, "(5 đơn vị, 3 tháng).\n")
	hasNot(t, text, "Tình hình từng tháng")
}

func TestOfficialPage(t *testing.T) {
	in := input(t, wording.Vietnamese)
	in.Office.Party = true
	in.Office.Recipients = []string{"Thường trực Thành ủy (để báo cáo)", "- Các đơn vị thuộc Hội;"}
	in.Office.Authority, in.Office.Title = "KT. Chủ tịch", "Phó Chủ tịch"
	doc := report.Compose(in)
	text := dump(doc)
	has(t, text, `["ĐẢNG CỘNG SẢN VIỆT NAM"]`,
		"Recipients:[Nơi nhận: - Thường trực Thành ủy (để báo cáo); - Các đơn vị thuộc Hội; - Lưu: VT.]", "Block:[KT. CHỦ TỊCH PHÓ CHỦ TỊCH]")
	hasNot(t, text, "Độc lập - Tự do - Hạnh phúc")
	if !doc.Party {
		t.Error("the document is not in the Party's manner")
	}
	in.Office.Authority, in.Office.Title = "", ""
	has(t, dump(report.Compose(in)), "Block:[………………]")
	blocks := doc.Sections[0].Blocks
	closing, ok := blocks[len(blocks)-2].(report.Paragraph)
	if !ok || !strings.HasSuffix(closing.Text, "./.") {
		t.Errorf("the main text ends with %+v", closing)
	}
}

// A verdict that is due once a year joins the strip when its month has come.
func TestYearlyFactsStandApart(t *testing.T) {
	in := input(t, wording.Vietnamese)
	text := dump(report.Compose(in))
	has(t, text, "small: Đánh giá cuối năm, chưa đến kỳ: 6. Số cơ sở được xếp loại tốt.", "[7. Tỷ lệ vụ việc")
	hasNot(t, text, "[6. ")
	f := in.Summary.Find("NAM", period.YearToDate, "", "")
	attained := figure.Int(90)
	f.Value, f.Reason, f.Judgment.Verdict, f.Judgment.Attained = figure.Of(figure.Int(9)), summary.ReasonNone, summary.NotMet, &attained
	text = dump(report.Compose(in))
	has(t, text, "[6. Số cơ sở được xếp loại tốt: 9; giao ≥ ", "mark 4 không đạt]", "Chỉ tiêu 6:  90,0% attained 90 ")
	hasNot(t, text, "Đánh giá cuối năm")
}

// A ceiling has no bar: the longer would be the worse.
func TestCeilingsHaveNoBar(t *testing.T) {
	in := input(t, wording.Vietnamese)
	f := in.Summary.Find("KEM", period.YearToDate, "", "")
	over := figure.Int(250)
	f.Judgment.Attained = &over
	hasNot(t, dump(report.Compose(in)), "Chỉ tiêu 5")
}

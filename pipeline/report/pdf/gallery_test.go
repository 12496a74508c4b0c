package pdf

import (
	"fmt"

	"tonghop/pipeline/figure"
	"tonghop/pipeline/report"
)

func known(s string) figure.Figure { return figure.Of(figure.MustParse(s)) }

var unknown = figure.Without(figure.NotAvailable)

// indicatorStrip is the first n of twelve cells, with each mark and with names
// as long as they come.
func indicatorStrip(n int) report.Strip {
	verdicts := []struct {
		mark report.Mark
		word string
	}{
		{report.MarkMet, "đạt"}, {report.MarkOnTrack, "đúng tiến độ"}, {report.MarkBehind, "chậm, tạm tính"}, {report.MarkNotMet, "không đạt"},
		{report.MarkOpen, "chưa đến kỳ đánh giá"}, {report.MarkMet, "đạt (chưa tính 2 đơn vị)"}, {report.MarkOpen, "chưa đủ số liệu"},
	}
	var s report.Strip
	for i := range n {
		v := verdicts[i%len(verdicts)]
		cell := report.StripCell{Label: targets[i%len(targets)], Value: []string{"7.120", "94,2%", "1.234.567", "…"}[i%4], Mark: v.mark, Verdict: v.word}
		if i%4 < 3 {
			cell.Note = fmt.Sprintf("%d,4%% của 15.000", 40+i)
		}
		s.Cells = append(s.Cells, cell)
	}
	return s
}

var chartLegend = report.Legend{Target: "chỉ tiêu năm (100%)", Pace: "tiến độ cần có đến kỳ này", Provisional: "tạm tính", Unknown: "chưa có số liệu"}

// attainmentBars is n bars: none, short, long, just over the target, far over
// it, unknown and negative.
func attainmentBars(n int) report.Bars {
	b := report.Bars{Legend: chartLegend}
	rows := []struct {
		value, percent, word string
		attained, pace       figure.Figure
	}{
		{"7.120/15.000", "47,5%", "", known("47.466667"), known("50")},
		{"-", "0%", "", known("0"), known("50")},
		{"109/100", "109,0%", "", known("109"), known("50")},
		{"1.200.000/15.000", "8.000,0%", "", known("8000"), known("100")},
		{"", "", "chưa đủ số liệu", unknown, known("50")},
		{"−120/6.000", "", "giảm 120 hội viên so với đầu năm", known("-2"), known("50")},
		{"94,2%/90%", "104,7%", "", known("104.7"), unknown},
	}
	for i := range n {
		r := rows[i%len(rows)]
		b.Items = append(b.Items, report.Bar{
			Label: targets[i%len(targets)], Value: r.value, Percent: r.percent, Attained: r.attained, Pace: r.pace, Word: r.word, Provisional: i%3 == 2,
		})
	}
	return b
}

// months are twelve points of a series: "" is a month without a figure.
func months(provisional int, values ...string) []report.Point {
	points := make([]report.Point, len(values))
	for i, v := range values {
		points[i] = report.Point{Label: fmt.Sprint((i+6)%12 + 1), Text: "…", Value: unknown, Provisional: i >= len(values)-provisional}
		if v != "" {
			points[i].Value, points[i].Text = known(v), v
		}
	}
	return points
}

func trends(n int) report.Trend {
	charts := []report.Chart{
		{Title: "Lao động được tạo việc làm", Note: "người, theo tháng", Points: months(1, "980", "1020", "1110", "870", "905", "1304", "", "", "1150", "1234", "1201", "1299"), Target: known("1250"), TargetText: "1.250"},
		{Title: "Tổng số hội viên cuối kỳ (hội viên danh dự không tính)", Note: "hội viên", Line: true, Points: months(2, "512300", "512900", "513400", "", "514800", "515100", "515900", "516000", "516000", "517200", "518000", "519345")},
		{Title: "Hội viên tăng, giảm", Note: "người", Points: months(0, "120", "-35", "0", "44", "-80", "10", "", "65", "30", "-5", "12", "90")},
		{Title: "Tỷ lệ lao động nữ", Note: "%", Line: true, Points: months(0, "", "", "", "", "", "", "", "", "", "70.1", "69.8", "71.2"), Target: known("70"), TargetText: "70%"},
		{Title: "Tháng đầu", Points: months(1, "", "", "", "", "", "", "", "", "", "", "", "41")},
		{Title: "Chưa có tháng nào", Line: true, Points: months(0, make([]string, 12)...), Target: known("5"), TargetText: "5"},
	}
	t := report.Trend{Legend: chartLegend}
	for i := range n {
		t.Charts = append(t.Charts, charts[i%len(charts)])
	}
	return t
}

// gallery is a report with every kind of block, long enough for a list of
// contents.
func gallery() report.Document {
	doc := sample()
	first := []report.Block{
		firstPage()[0], firstPage()[1],
		report.Paragraph{Style: report.Strong, Text: "6/10 chỉ tiêu đạt hoặc đúng tiến độ; 2 chỉ tiêu chậm; 2 chỉ tiêu chưa đánh giá."},
		indicatorStrip(10),
		attainmentBars(7),
		report.Paragraph{Style: report.Small, Text: "Thanh xám: kết quả so với chỉ tiêu năm; thanh gạch chéo: số tạm tính."},
	}
	second := []report.Block{
		report.Contents{Title: "MỤC LỤC"},
		report.Heading{Level: 1, Text: "I. Diễn biến 12 tháng"},
		report.Heading{Level: 2, Text: "1. Các chỉ tiêu chính"},
		trends(6),
		report.Heading{Level: 2, Text: "2. Đánh giá của " + longName},
		report.Paragraph{Text: narrative},
		markedTable(),
	}
	signed := report.Signatures{
		Recipients: []string{"Nơi nhận:", "- Thường trực Thành ủy (để báo cáo);", "- Lưu: VT."},
		Block:      []string{"TM. BAN THƯỜNG VỤ", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"}, Note: "(đã ký)", Name: "Nguyễn Thị Hồng Hạnh",
	}
	annexTable := annex(len(districts), 24)[1]
	doc.Sections = []report.Section{
		{Blocks: first},
		{Blocks: append(append(second, programmes()[:12]...), signed)},
		{Landscape: true, Annex: "Phụ lục I", Blocks: []report.Block{
			report.AnnexTitle{Label: "Phụ lục I", Title: "SỐ LIỆU THEO ĐƠN VỊ", Note: "(Kèm theo Báo cáo số 05/BC-BTV ngày 07 tháng 5 năm 2021)"}, annexTable,
		}},
		{Annex: "Phụ lục II", Blocks: []report.Block{
			report.AnnexTitle{Label: "Phụ lục II", Title: "CÁC TRANG KHÁC"}, trends(1), trends(2), indicatorStrip(1), attainmentBars(1),
		}},
		{Landscape: true, Annex: "Phụ lục II", Blocks: []report.Block{trends(5), indicatorStrip(12)}},
	}
	return doc
}

// markedTable has verdicts with their marks.
func markedTable() report.Table {
	t := targetTable(targets[:5])
	for i := range t.Rows {
		verdict := indicatorStrip(5).Cells[i]
		t.Rows[i].Cells[5] = report.Cell{Text: verdict.Verdict, Mark: verdict.Mark, Strong: true}
	}
	return t
}

// partyReport is a report in the manner of the Party's documents.
func partyReport() report.Document {
	doc := document(
		report.Letterhead{
			Left: []string{"THÀNH ỦY HÀ NỘI", "ĐẢNG ĐOÀN HỘI LIÊN HIỆP PHỤ NỮ"}, Right: []string{"ĐẢNG CỘNG SẢN VIỆT NAM"},
			Number: "Số 127-BC/ĐĐ", PlaceDate: "Hà Nội, ngày 07 tháng 5 năm 2021",
		},
		report.Title{Lines: []string{"BÁO CÁO", "kết quả thực hiện các chương trình công tác của Thành ủy tháng 6 năm 2025"}},
		report.Heading{Level: 1, Text: "I. Công tác chỉ đạo"},
		report.Heading{Level: 2, Text: "1. Triển khai các chương trình"},
		report.Paragraph{Text: narrative[:len(narrative)/4]},
		report.Signatures{Recipients: []string{"Nơi nhận:", "- Thường trực Thành ủy (để báo cáo);", "- Lưu: VP."}, Block: []string{"T/M ĐẢNG ĐOÀN", "BÍ THƯ"}, Name: "Nguyễn Thị Hồng Hạnh"},
	)
	doc.Party = true
	return doc
}

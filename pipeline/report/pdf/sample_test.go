package pdf

import (
	"fmt"
	"time"

	"tonghop/pipeline/report"
)

var created = time.Date(2025, 6, 17, 10, 35, 0, 0, time.FixedZone("", 7*60*60))

// districts are the longest and the shortest names a report has to carry, and
// ordinary ones between.
var districts = []string{
	"Ba Đình", "Hoàn Kiếm", "Tây Hồ", "Long Biên", "Cầu Giấy", "Đống Đa", "Hai Bà Trưng", "Hoàng Mai",
	"Thanh Xuân", "Sóc Sơn", "Đông Anh", "Gia Lâm", "Nam Từ Liêm", "Thanh Trì", "Bắc Từ Liêm", "Mê Linh",
	"Hà Đông", "Thị xã Sơn Tây", "Ba Vì", "Phúc Thọ", "Đan Phượng", "Hoài Đức", "Quốc Oai", "Thạch Thất",
	"Chương Mỹ", "Thanh Oai", "Thường Tín", "Phú Xuyên", "Ứng Hòa", "Mỹ Đức", "Cơ quan Hội LHPN thành phố",
}

var targets = []string{
	"Số hội viên phụ nữ tăng thêm (đến năm 2025 đạt 35.000 hội viên)",
	"Tỷ lệ cơ sở Hội hoàn thành tốt nhiệm vụ trở lên",
	"Số cơ sở Hội xếp loại yếu, kém",
	"Tỷ lệ cán bộ chuyên trách cơ sở được bồi dưỡng nghiệp vụ",
	"Tỷ lệ Chủ tịch Hội cơ sở được đào tạo theo quy định",
	"Tỷ lệ đơn vị kịp thời đề xuất, lên tiếng khi có vụ việc xâm hại phụ nữ, trẻ em",
	"Số lao động được tạo việc làm trong năm",
	"Trong đó: tỷ lệ lao động nữ",
	"Số hộ nghèo do phụ nữ làm chủ được giúp thoát nghèo",
	"Số mô hình kinh tế tập thể do phụ nữ quản lý được thành lập",
}

// sample is a report as the city's leaders hold it.
func sample() report.Document {
	return report.Document{
		Title:      "Báo cáo kết quả thực hiện chỉ tiêu tháng 6 năm 2025",
		Subject:    "Kỳ báo cáo từ 15/5/2025 đến 14/6/2025",
		Author:     "Hội Liên hiệp Phụ nữ Hà Nội",
		Draft:      "DỰ THẢO – bản r1, lập lúc 10:35 ngày 17/6/2025",
		Provenance: "tonghop 0.1.0 · danh mục hanoi 3f9a1c22 · 30 tệp, vân tay 9be07d51c4a2 · số liệu mẫu",
		Keywords:   []string{"2025-06", "hanoi"},
		Sections: []report.Section{
			{Blocks: append(firstPage(), programmes()...)},
			{Landscape: true, Annex: "Phụ lục I", Blocks: annex(len(districts), 24)},
		},
	}
}

func firstPage() []report.Block {
	return []report.Block{
		report.Letterhead{
			Left:      []string{"HỘI LIÊN HIỆP PHỤ NỮ HÀ NỘI", "BAN THƯỜNG VỤ"},
			Right:     []string{"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"},
			Number:    "Số: ……/BC-BTV",
			PlaceDate: "Hà Nội, ngày …… tháng …… năm 2025",
		},
		report.Title{Lines: []string{"BÁO CÁO", "Kết quả thực hiện chỉ tiêu công tác Hội tháng 6 năm 2025", "(từ 15/5/2025 đến 14/6/2025)"}},
		report.Paragraph{Style: report.Warn, Text: "Còn 2 đơn vị chưa gửi báo cáo: huyện Ứng Hòa, huyện Mỹ Đức. Các đơn vị còn thiếu chiếm khoảng 7,1% kết quả kỳ trước; số liệu toàn thành phố là tạm tính."},
		report.Facts{Items: []report.Fact{
			{Label: "phải báo cáo", Value: "31"}, {Label: "đã nhận", Value: "29"},
			{Label: "dùng được", Value: "28"}, {Label: "đúng hạn", Value: "27"},
		}},
		targetTable(targets),
		report.Paragraph{Style: report.Small, Text: "▲ đạt hoặc đúng tiến độ; ▼ chậm; ■ không đạt. “…” chưa có số liệu; “-” không phát sinh; “x” không áp dụng."},
	}
}

func targetTable(names []string) report.Table {
	t := report.Table{
		Columns: []report.Column{{Weight: 1, Align: report.Center}, {Weight: 8}, {Weight: 2.4, Align: report.Right}, {Weight: 2.4, Align: report.Right}, {Weight: 2.2, Align: report.Right}, {Weight: 3.2}},
		Head: [][]report.Cell{
			{{Text: "TT"}, {Text: "Chỉ tiêu"}, {Text: "Lũy kế năm 2025", Span: 3}, {Text: "Đánh giá"}},
			{{}, {}, {Text: "Thực hiện"}, {Text: "Chỉ tiêu"}, {Text: "% chỉ tiêu"}, {}},
		},
	}
	verdicts := []string{"▲ đúng tiến độ", "▼ chậm (tạm tính)", "■ không đạt", "chưa đến kỳ đánh giá"}
	for i, name := range names {
		t.Rows = append(t.Rows, report.Row{Cells: []report.Cell{
			{Text: fmt.Sprint(i + 1)}, {Text: name}, {Text: fmt.Sprintf("%d.%03d", i+6, 120*i%1000)}, {Text: "15.000"}, {Text: fmt.Sprintf("%d,4%%", 40+i)}, {Text: verdicts[i%len(verdicts)], Strong: i%len(verdicts) == 2},
		}})
	}
	return t
}

func programmes() []report.Block {
	var blocks []report.Block
	for p, name := range []string{
		"Nâng cao chất lượng tổ chức Hội và đội ngũ cán bộ Hội",
		"Hỗ trợ phụ nữ khởi nghiệp, phát triển kinh tế, giảm nghèo bền vững",
		"Tham gia xây dựng Đảng, chính quyền và hệ thống chính trị vững mạnh",
	} {
		blocks = append(blocks,
			report.Heading{Level: 1, Text: fmt.Sprintf("%d. Chương trình %02d: %s", p+1, p+1, name)},
			report.Paragraph{Text: "Trong kỳ, các cấp Hội đã tạo việc làm cho 1.234 lao động, trong đó 864 lao động nữ (70,02%); lũy kế từ đầu năm đạt 7.120 lao động, bằng 47,47% chỉ tiêu năm. So với tiến độ bình quân 6/12 tháng, kết quả còn thiếu 380 lao động (tạm tính, có số liệu của 28/30 đơn vị)."},
			programmeTable(8),
			report.Paragraph{Style: report.Small, Text: "Số liệu tạm tính ghi chữ nghiêng."},
		)
	}
	return append(blocks,
		report.Heading{Level: 2, Text: "Nhiệm vụ trọng tâm tháng 7"},
		report.Bullets{Items: []string{
			"Đôn đốc hai đơn vị chưa gửi báo cáo; hoàn thành trước ngày 20/6/2025.",
			"Rà soát số liệu lao động có việc làm tại các đơn vị có biến động lớn so với kỳ trước, đối chiếu với Phòng Lao động và gửi giải trình bằng văn bản về Ban Thường vụ.",
		}},
		report.Paragraph{Text: "Trên đây là báo cáo kết quả thực hiện chỉ tiêu tháng 6 năm 2025./."},
		report.Signatures{
			Recipients: []string{"Nơi nhận:", "- Thường trực Thành ủy (để báo cáo);", "- Đoàn Chủ tịch TW Hội LHPN Việt Nam (để báo cáo);", "- Các Ban, đơn vị thuộc Hội LHPN thành phố;", "- Lưu: VT."},
			Block:      []string{"TM. BAN THƯỜNG VỤ", "CHỦ TỊCH"},
			Name:       "Nguyễn Thị Hồng Hạnh",
		},
	)
}

func programmeTable(rows int) report.Table {
	t := report.Table{
		Columns: []report.Column{{Weight: 6}, {Weight: 2, Align: report.Right}, {Weight: 2, Align: report.Right}, {Weight: 2, Align: report.Right}, {Weight: 1.8, Align: report.Right}, {Weight: 2.6}, {Weight: 1.8, Align: report.Center}},
		Head:    [][]report.Cell{{{Text: "Chỉ tiêu"}, {Text: "Trong kỳ"}, {Text: "Lũy kế năm"}, {Text: "Chỉ tiêu năm"}, {Text: "% chỉ tiêu"}, {Text: "Đánh giá"}, {Text: "Đơn vị có số liệu"}}},
	}
	for i := range rows {
		if i%4 == 0 {
			t.Rows = append(t.Rows, report.Row{Kind: report.Group, Cells: []report.Cell{{Text: fmt.Sprintf("Nhóm %d: việc làm và thu nhập của phụ nữ", i/4+1)}}})
		}
		t.Rows = append(t.Rows, report.Row{Cells: []report.Cell{
			{Text: targets[i%len(targets)], Indent: min(i%4, 1)}, {Text: fmt.Sprintf("1.%03d", i*37%1000), Italic: true}, {Text: "7.120"}, {Text: "15.000"}, {Text: "47,47%"}, {Text: "▼ chậm"}, {Text: "28/30"},
		}})
	}
	t.Rows = append(t.Rows, report.Row{Kind: report.Total, Cells: []report.Cell{{Text: "Cộng"}, {Text: "12.345"}, {Text: "71.200"}, {Text: "-"}, {Text: "…"}, {}, {}}})
	return t
}

// annex is a table of districts by indicators, too wide for one page.
func annex(rows, indicators int) []report.Block {
	t := report.Table{Size: 9, Keep: 2, MinWidth: 15}
	t.Columns = append(t.Columns, report.Column{Weight: 0.6, Align: report.Center}, report.Column{Weight: 2.4})
	groups := []report.Cell{{Text: "TT"}, {Text: "Đơn vị"}}
	codes := []report.Cell{{}, {}}
	for i := range indicators {
		t.Columns = append(t.Columns, report.Column{Weight: 1, Align: report.Right})
		if i%6 == 0 {
			groups = append(groups, report.Cell{Text: fmt.Sprintf("Chương trình %02d", i/6+1), Span: min(6, indicators-i)})
		}
		codes = append(codes, report.Cell{Text: []string{"Hội viên mới", "Chuyển đến", "Lao động có việc làm", "Trong đó nữ", "Hộ thoát nghèo", "CT02_LD_NU"}[i%6]})
	}
	t.Head = [][]report.Cell{groups, codes}
	for r := range rows {
		cells := []report.Cell{{Text: fmt.Sprint(r + 1)}, {Text: districts[r%len(districts)]}}
		for i := range indicators {
			cells = append(cells, report.Cell{Text: []string{fmt.Sprintf("%d", (r*31+i*17)%997), "1.234", "-", "…", "12,5%", "123.456"}[(r+i)%6]})
		}
		t.Rows = append(t.Rows, report.Row{Cells: cells})
	}
	total := []report.Cell{{Text: "Toàn thành phố", Span: 2}}
	for range indicators {
		total = append(total, report.Cell{Text: "12.345"})
	}
	t.Rows = append(t.Rows, report.Row{Kind: report.Total, Cells: total})
	return []report.Block{report.Heading{Level: 1, Text: "Phụ lục I. Số liệu theo đơn vị"}, t}
}

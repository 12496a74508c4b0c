package intake

import (
	"slices"
	"strings"
	"testing"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/finding"
	"tonghop/pipeline/layout/gridtest"
	"tonghop/pipeline/submission"
	"tonghop/pipeline/workbook"
)

// asked is a short list of indicators, of which two share a name, one is money
// and one was called otherwise before.
const asked = `code,programme,kind,name_vi,name_en,measure,type,nature,across,min,max,part_of,aliases,confirmed
LD,CT01,input,Số lao động được đào tạo,Workers,người,whole,flow,sum,0,,,,yes
LD_NU,CT01,input,Trong đó: nữ,Women,người,whole,flow,sum,0,,LD,Lao động nữ,yes
CB,CT01,input,Số cán bộ Hội,Officers,người,whole,stock,sum,0,,,,yes
CB_NU,CT01,input,Trong đó: nữ,Women,người,whole,stock,sum,0,,CB,Cán bộ nữ,yes
HO,CT02,input,Số hộ được giúp,Households,hộ,whole,flow,sum,0,,,CT03.01|Hộ gia đình được giúp đỡ,yes
VON,CT02,input,Vốn vay,Loans,đồng,whole,flow,sum,0,900000000000,,,yes
TR,CT02,input,Vốn ủy thác,Entrusted,triệu đồng,decimal,flow,sum,0,,,,yes
TL,CT02,input,Tỷ lệ thu hội phí,Dues,%,percent,stock,none,0,100,,,yes
`

// offices reads a grid as the workbook of a path.
func offices(t *testing.T, path, grid string, marks ...func(*workbook.Book)) submission.Received {
	t.Helper()
	cat := load(t, map[string]string{
		"units": definitions["units"], "programmes": definitions["programmes"], "forms": definitions["forms"], "indicators": asked,
	})
	return offered(t, cat, path, grid, marks...)
}

func offered(t *testing.T, cat *catalogue.Catalogue, path, grid string, marks ...func(*workbook.Book)) submission.Received {
	t.Helper()
	book := gridtest.Book(t, grid)
	for _, mark := range marks {
		mark(book)
	}
	r := reader{lexicon: newLexicon(cat, times), file: submission.File{Path: path}, book: book}
	return r.read()
}

// known lists the values that are not blank, and unit and month before them.
func known(r submission.Received) string {
	if r.Submission == nil {
		return string(r.File.Disposition)
	}
	out := []string{r.File.Unit, r.File.Period.String()}
	for v := range strings.SplitSeq(figures(r.Submission), " ") {
		if !strings.HasSuffix(v, "=blank") {
			out = append(out, v)
		}
	}
	return strings.Join(out, " ")
}

type officeCase struct {
	name, path, grid string
	want             string
	said             []string // but indicator-missing: these grids are short
}

func check(t *testing.T, cases []officeCase, marks ...func(*workbook.Book)) {
	t.Helper()
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if c.path == "" {
				c.path = "bao-cao.xlsx"
			}
			r := offices(t, c.path, c.grid, marks...)
			if got := known(r); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
			got := slices.DeleteFunc(said(r), func(s string) bool { return strings.HasPrefix(s, "indicator-missing") })
			if !slices.Equal(got, c.said) {
				t.Errorf("said %q\nwant %q", got, c.said)
			}
			all := r.Findings
			if r.Submission != nil {
				all = append(all, r.Submission.Findings...)
			}
			for _, f := range all {
				if f.Code != "indicator-missing" && f.Code != "table-not-found" && f.Code != "period-missing" && f.Code != "unit-missing" &&
					(f.Sheet == "" || f.Cell == "" && f.Args["what"] != "sheet") {
					t.Errorf("%s has no place", f.Code)
				}
			}
		})
	}
}

// table is the least that can be read; head goes before it.
const little = `
Mã | Kỳ này
LD | 41`

func TestPeriodsAsOfficesWriteThem(t *testing.T) {
	one := func(name, head, want string, said ...string) officeCase {
		if want == "" {
			want = "unusable"
		} else if !strings.Contains(want, " ") && want != "held" {
			want = "HN-001 " + want + " LD=41"
		}
		return officeCase{name: name, grid: head + "\nĐơn vị: | Quận Ba Đình" + little, want: want, said: said}
	}
	check(t, []officeCase{
		one("words", "Kỳ báo cáo: | Tháng 6/2025", "2025-06"),
		one("label without a colon", "Kỳ báo cáo | T6/2025", "2025-06"),
		one("another label", "Tháng báo cáo: 06.2025", "2025-06"),
		one("month and year apart", "Tháng: 6 Năm: 2025", "2025-06"),
		one("days", "Kỳ: | từ 15/5 đến 14/6/2025", "2025-06"),
		one("title", "BÁO CÁO KẾT QUẢ THÁNG 6 NĂM 2025", "2025-06"),
		one("title with days", "BÁO CÁO\n(Từ 15/5/2025 đến 14/6/2025)", "2025-06"),
		one("title that looks ahead", "Kết quả tháng 6/2025, nhiệm vụ trọng tâm tháng 7/2025", "2025-06"),
		one("title and letter's date", "Hà Nội, ngày 16 tháng 7 năm 2025\nBÁO CÁO THÁNG 6/2025", "2025-06"),
		one("a month typed as a date", "Kỳ báo cáo: | 45809\n@ date B1 mmm-yy", "2025-06"),
		one("the first of the month", "Kỳ báo cáo: | 45809\n@ date B1 dd/mm/yyyy", "2025-06"),
		one("a day", "Kỳ báo cáo: | 45838\n@ date B1 dd/mm/yyyy", "", "period-missing B1 30/6/2025"),
		one("a quarter", "Kỳ báo cáo: | Quý II/2025", "", "period-not-month B1 Quý II/2025"),
		one("half a year", "Kỳ báo cáo: | 6 tháng đầu năm 2025", "", "period-not-month B1 6 tháng đầu năm 2025"),
		one("a quarter in the title", "Chương trình công tác năm 2025\nBÁO CÁO QUÝ II/2025", "", "period-not-month A2 BÁO CÁO QUÝ II/2025"),
		one("a quarter without its year in the title", "Chương trình công tác năm 2025\nBÁO CÁO QUÝ II", "", "period-not-month A2 BÁO CÁO QUÝ II"),
		one("half a year in the title", "Kỳ báo cáo:\nBáo cáo 6 tháng đầu năm 2025", "", "period-not-month A2 Báo cáo 6 tháng đầu năm 2025"),
		one("a quarter without its year", "Kỳ báo cáo: | Quý II", "", "period-not-month B1 Quý II"),
		one("a year in a programme's name", "Chương trình công tác năm 2025", "", "period-missing"),
		one("no year", "Kỳ báo cáo: | Tháng 6", "", "period-missing B1 Tháng 6"),
		one("two months", "Kỳ báo cáo: | Tháng 5/2025 - tháng 6/2025", "", "period-ambiguous B1 Tháng 5/2025 - tháng 6/2025 candidates=5/2025|6/2025"),
		one("days that are no month's", "Kỳ báo cáo: | 1/6-30/6/2025", "", "period-ambiguous B1 1/6-30/6/2025"),
		one("two titles", "Báo cáo tháng 5/2025\nSố liệu tháng 6/2025", "", "period-ambiguous A1 Báo cáo tháng 5/2025 candidates=5/2025|6/2025"),
		one("field against title", "Báo cáo tháng 5/2025\nKỳ báo cáo: | Tháng 6/2025", "held", "period-ambiguous A1 Báo cáo tháng 5/2025 candidates=6/2025|5/2025"),
		one("other days in the title", "Báo cáo (1/6-30/6/2025)\nKỳ báo cáo: | Tháng 6/2025", "2025-06", "period-ambiguous A1 Báo cáo (1/6-30/6/2025)"),
	})
}

func TestFoldersAndNamesAreHints(t *testing.T) {
	grid := "Đơn vị: | Quận Ba Đình\nKỳ báo cáo: | Tháng 6/2025" + little
	check(t, []officeCase{
		{name: "all agree", path: "Tháng 6-2025/Hội LHPN Q. Ba Đình/BaDinh_T6.2025.xlsx", grid: grid, want: "HN-001 2025-06 LD=41"},
		{name: "folder of the quarter", path: "Quý II-2025/a.xlsx", grid: grid, want: "HN-001 2025-06 LD=41"},
		{name: "folder of another quarter", path: "2025-Q3/a.xlsx", grid: grid, want: "held", said: []string{"period-mismatch B2 Tháng 6/2025 folder=2025-09 inside=2025-06"}},
		{name: "folder of another month", path: "T5.2025/a.xlsx", grid: grid, want: "held", said: []string{"period-mismatch B2 Tháng 6/2025 folder=2025-05 inside=2025-06"}},
		{name: "name of another month", path: "bao cao thang 7.xlsx", grid: grid, want: "held", said: []string{"period-mismatch B2 Tháng 6/2025 inside=2025-06 name=2025-07"}},
		{name: "name of another unit", path: "TayHo.xlsx", grid: grid, want: "held", said: []string{"unit-contradicted B1 Quận Ba Đình inside=HN-001 name=HN-002"}},
		{name: "folder of another unit", path: "Hội LHPN quận Tây Hồ/a.xlsx", grid: grid, want: "held", said: []string{"unit-contradicted B1 Quận Ba Đình folder=HN-002 inside=HN-001"}},
		{name: "nothing inside", path: "2025-06/ba-dinh.xlsx", grid: "Kỳ báo cáo:\nĐơn vị báo cáo:" + little, want: "unusable",
			said: []string{"period-missing B1 suggestion=2025-06", "unit-missing B2 suggestion=Quận Ba Đình"}},
	})
}

func TestUnitsAsOfficesWriteThem(t *testing.T) {
	one := func(name, head, want string, said ...string) officeCase {
		if want != "held" && want != "unusable" {
			want += " LD=41"
		}
		return officeCase{name: name, grid: "Kỳ báo cáo: | Tháng 6/2025\n" + head + little, want: want, said: said}
	}
	check(t, []officeCase{
		one("letterhead", "HỘI LHPN TP HÀ NỘI\nHỘI LHPN QUẬN BA ĐÌNH", "HN-001 2025-06"),
		one("letterhead in one cell", `HỘI LHPN THÀNH PHỐ HÀ NỘI\nHỘI LHPN QUẬN BA ĐÌNH`, "HN-001 2025-06"),
		one("abbreviated", "Tên đơn vị: Hội LHPN Q.Ba Đình", "HN-001 2025-06"),
		one("a district to its end", "Đơn vị: | H. Đông Anh", "HN-003 2025-06"),
		one("initials of two", "Đơn vị: | HA", "unusable", "unit-ambiguous B2 HA candidates=Phường Hòa An|Phường Hoá An"),
		one("initials of one", "Đơn vị: | BĐ", "unusable", "unit-unknown B2 BĐ suggestion=Quận Ba Đình"),
		one("two letters off", "Đơn vị: | Quận Bo Dinhh", "unusable", "unit-unknown B2 Quận Bo Dinhh"),
		one("a name that begins like a multiple", "Đơn vị: | Tỷ Tân", "unusable", "unit-unknown B2 Tỷ Tân"),
		one("a number", "Đơn vị: | 123", "unusable", "unit-unknown B2 123"),
		one("another authority", "Đơn vị: | UBND quận Ba Đình", "unusable", "unit-unknown B2 UBND quận Ba Đình suggestion=Quận Ba Đình"),
		one("another kind", "Đơn vị: | Huyện Ba Đình", "unusable", "unit-unknown B2 Huyện Ba Đình suggestion=Quận Ba Đình"),
		one("letterhead against field", "HỘI LHPN QUẬN TÂY HỒ\nĐơn vị: | Quận Ba Đình", "held", "unit-contradicted A2 HỘI LHPN QUẬN TÂY HỒ inside=HN-001 title=HN-002"),
		{name: "a signature is no field", grid: "Kỳ báo cáo: | Tháng 6/2025\nHội LHPN Quận Ba Đình" + little + "\nNgười lập biểu\nĐơn vị báo cáo | Thủ trưởng", want: "HN-001 2025-06 LD=41"},
		one("only in a sentence", "Báo cáo của Hội LHPN quận Ba Đình gửi Thành Hội", "unusable", "unit-missing suggestion=Quận Ba Đình"),
		one("a measure is no unit", "Đơn vị: | Quận Ba Đình\nĐơn vị: triệu đồng", "HN-001 2025-06", "measure-mismatch B5 LD 41 found=triệu đồng"),
	})
	september := strings.Replace("Kỳ báo cáo: | Tháng 9/2025\nĐơn vị: | Đông Anh"+little, "\n\n", "\n", 1)
	check(t, []officeCase{
		{name: "a commune afterwards", grid: september, want: "HN-004 2025-09 LD=41"},
		{name: "no district any more", grid: strings.Replace(september, "| Đông", "| Huyện Đông", 1), want: "unusable", said: []string{"unit-unknown B2 Huyện Đông Anh suggestion=Xã Đông Anh"}},
	})
}

const top = "Kỳ báo cáo: | Tháng 6/2025\nĐơn vị: | Quận Ba Đình\n"

func TestLayouts(t *testing.T) {
	check(t, []officeCase{
		{name: "last month beside this month", grid: top + `
TT | Chỉ tiêu | ĐVT | Tháng 5/2025 | Tháng 6/2025 | Lũy kế
1 | Số lao động được đào tạo | người | 40 | 41 | 200`, want: "HN-001 2025-06 LD=41"},
		{name: "the previous column by words", grid: top + `
Mã | Chỉ tiêu | Kỳ trước | Kỳ này
LD | | 40 | 41`, want: "HN-001 2025-06 LD=41"},
		{name: "two columns that fit", grid: top + `
Mã | Kỳ này | Tháng 6/2025
LD | 40 | 41`, want: "unusable", said: []string{"column-ambiguous B4 Kỳ này columns=B4 “Kỳ này”|C4 “Tháng 6/2025”"}},
		{name: "only another month's column", grid: top + `
Mã | Tháng 5/2025
LD | 40`, want: "unusable", said: []string{"column-ambiguous B4 Tháng 5/2025 columns=B4 “Tháng 5/2025”"}},
		{name: "merged header, column numbers, groups, total, notes, signatures", grid: top + `
TT | Nội dung | ĐVT | Kết quả thực hiện | < | Ghi chú
^ | ^ | ^ | Trong kỳ | Lũy kế | ^
(1) | (2) | (3) | (4) | (5) | (6)
I | Xây dựng tổ chức Hội | | | |
1 | Số lao động được đào tạo | người | 41 | 99 | 3 lớp
2 | Số cán bộ Hội | người | 10 | |
II | Phát triển kinh tế | | | |
1 | Số hộ được giúp (hộ) | hộ | 5 | 9 |
| Tổng cộng | | 56 | |
Ghi chú: số liệu đến ngày 14/6.
| | | Ba Đình, ngày 16 tháng 6 năm 2025
Người lập biểu | | | TM. BAN THƯỜNG VỤ
Nguyễn Thị An | | | Trần Thị Bình`, want: "HN-001 2025-06 LD=41 CB=10 HO=5",
			said: []string{"cells-outside A13 Ghi chú: số liệu đến ngày 14/6. cells=A13 (Ghi chú: số liệu đến ngày 14/6…) count=1"}},
		{name: "total that disagrees", grid: top + `
Chỉ tiêu | Kỳ này
Số lao động được đào tạo | 41
Số hộ được giúp | 5
Cộng | 47`, want: "HN-001 2025-06 LD=41 HO=5", said: []string{"total-disagrees B7 47 sum=46"}},
		{name: "group with its sum", grid: top + `
TT | Chỉ tiêu | Kỳ này
I | Nhóm một | 46
1 | Số lao động được đào tạo | 41
2 | Số hộ được giúp | 5`, want: "HN-001 2025-06 LD=41 HO=5"},
		{name: "group with another sum", grid: top + `
TT | Chỉ tiêu | Kỳ này
I | Nhóm một | 45
1 | Số lao động được đào tạo | 41
2 | Số hộ được giúp | 5`, want: "HN-001 2025-06 LD=41 HO=5", said: []string{"total-disagrees C5 45 sum=46"}},
		{name: "a Roman number over nothing", grid: top + `
TT | Chỉ tiêu | Kỳ này
1 | Số lao động được đào tạo | 41
II | Việc khác | 5`, want: "HN-001 2025-06 LD=41", said: []string{"indicator-unknown B6 Việc khác"}},
		{name: "numbers before names", grid: top + `
Chỉ tiêu | Kỳ này
1. Số lao động được đào tạo | 41
1.1. Lao động nữ | 30
- Hộ gia đình được giúp đỡ | 5`, want: "HN-001 2025-06 LD=41 LD_NU=30 HO=5"},
		{name: "a name of two", grid: top + `
Chỉ tiêu | Kỳ này
Số lao động được đào tạo | 41
Trong đó: nữ | 30`, want: "HN-001 2025-06 LD=41", said: []string{"indicator-ambiguous A6 Trong đó: nữ candidates=LD_NU|CB_NU"}},
		{name: "an older code", grid: top + "Mã | Kỳ này\nct03.01 | 5\nLD | 41", want: "HN-001 2025-06 LD=41 HO=5"},
		{name: "codes that only number the rows", grid: top + `
Mã số | Chỉ tiêu | Kỳ này
01 | Số lao động được đào tạo | 41
02 | Số hộ được giúp | 5`, want: "HN-001 2025-06 LD=41 HO=5"},
		{name: "a sheet a programme", grid: "# CT01\n" + top + "Mã | Kỳ này\nLD | 41\n# CT02\nMã | Lũy kế | Kỳ này\nHO | 9 | 5", want: "HN-001 2025-06 LD=41 HO=5"},
		{name: "a sheet a month", grid: "# T5\n" + top + "Mã | Kỳ này\nLD | 40\n# T6\nMã | Kỳ này\nLD | 41", want: "unusable",
			said: []string{"table-ambiguous A1 tables=T5!A3|T6!A1"}},
		{name: "the report's own sheet", grid: "# T5\nMã | Kỳ này\nLD | 40\n# Báo cáo\n" + top + "Mã | Kỳ này\nLD | 41", want: "HN-001 2025-06 LD=41",
			said: []string{"cells-outside B2 40 cells=B2 (40) count=1"}},
		{name: "header repeated on the next page", grid: top + "Mã | Kỳ này\nLD | 41\nMã | Kỳ này\nHO | 5", want: "HN-001 2025-06 LD=41 HO=5"},
		{name: "figures outside", grid: top + `
Tổng số hội viên | 1234 |
Mã | Kỳ này |
LD | 41 | | 7 | xem lại
Người lập biểu
Nguyễn Thị An
| '1.000`, want: "HN-001 2025-06 LD=41", said: []string{"cells-outside B4 1234 cells=B4 (1234)|D6 (7)|E6 (xem lại)|B9 (1.000) count=4"}},
		{name: "a note among the rows", grid: top + `
Mã | Chỉ tiêu | Kỳ này
LD | Số lao động được đào tạo | 41
Ghi chú: số liệu chưa đủ
HO | Số hộ được giúp | 5
| Số cán bộ Hội | 7
Người lập biểu
CB | | 8
Hết bảng
VON | | 9`, want: "HN-001 2025-06 LD=41 CB=refused HO=5", said: []string{"indicator-unknown A6 GHI CHÚ: SỐ LIỆU CHƯA ĐỦ", "indicator-unknown A9 NGƯỜI LẬP BIỂU", "indicator-repeated C10 CB 8 other_cell=C8", "cells-outside A12 VON cells=A12 (VON)|C12 (9) count=2"}},
		{name: "a list beside the table", grid: top + "Mã | Kỳ này\nLD | 41\n# Khác\nNội dung | Kết quả\nViệc | tốt", want: "HN-001 2025-06 LD=41"},
		{name: "headings without figures", grid: top + "Chỉ tiêu | Nhận xét\nLao động | tốt", want: "unusable", said: []string{"table-not-found A3 header=Chỉ tiêu|Nhận xét"}},
		{name: "no table", grid: top + "Kính gửi Thành Hội", want: "unusable", said: []string{"table-not-found"}},
	})
}

// Beside an answer on abuse cases stand persons: the place alone is told.
func TestWordsBesideAbuseCasesAreNotQuoted(t *testing.T) {
	private := strings.ReplaceAll(strings.Replace(asked, "confirmed\n", "confirmed,city_only\n", 1), "yes\nVON", "yes,yes\nVON")
	cat := load(t, map[string]string{
		"units": definitions["units"], "programmes": definitions["programmes"], "forms": definitions["forms"], "indicators": private,
	})
	got := offered(t, cat, "a.xlsx", top+"Mã | Kỳ này | |\nHO | 5 | bé D | 3\nLD | 41 | xem lại")
	told := 0
	for _, f := range got.Submission.Findings {
		if f.Code != finding.CellsOutside {
			continue
		}
		if told++; f.Args["cells"] != "C4 (…)|D4 (3)|C5 (xem lại)" || f.Raw != "…" {
			t.Errorf("told %q, %q", f.Raw, f.Args["cells"])
		}
	}
	if told != 1 {
		t.Errorf("told %d times", told)
	}
}

func TestMeasures(t *testing.T) {
	one := func(name, grid, want string, said ...string) officeCase {
		return officeCase{name: name, grid: top + grid, want: strings.TrimSpace("HN-001 2025-06 " + want), said: said}
	}
	check(t, []officeCase{
		one("own", "Mã | ĐVT | Kỳ này\nVON | Đồng | 1500000\nTR | triệu đồng | 2", "VON=1500000 TR=2"),
		one("millions by the row", "Mã | ĐVT | Kỳ này\nVON | triệu đồng | 1.5", "VON=1500000", "value-scaled C4 VON 1.5 measure=triệu đồng"),
		one("thousands by the heading", "Mã | Kỳ này (nghìn đồng)\nVON | 1500\nLD | 41", "LD=41 VON=1500000", "value-scaled B4 VON 1500 measure=nghìn đồng", "measure-mismatch B5 LD 41 found=nghìn đồng"),
		one("millions above the table", "ĐVT: triệu đồng\nMã | Kỳ này\nVON | 3\nLD | 41\nTR | 2", "LD=41 VON=3000000 TR=2", "value-scaled B5 VON 3 measure=triệu đồng", "measure-mismatch B6 LD 41 found=triệu đồng"),
		one("unit of measure called unit", "Đơn vị: 1.000đ\nMã | Kỳ này\nVON | 3", "VON=3000", "value-scaled B5 VON 3 measure=1.000đ"),
		one("dong where millions are asked", "Mã | ĐVT | Kỳ này\nTR | đồng | 1500000", "TR=1.5", "value-scaled C4 TR 1500000 measure=đồng"),
		one("bounds are those of the product", "Mã | ĐVT | Kỳ này\nVON | tỷ đồng | 901", "VON=refused", "value-out-of-range C4 VON 901 max=900000000000 min=0", "value-scaled C4 VON 901 measure=tỷ đồng"),
		one("half a dong", "Mã | ĐVT | Kỳ này\nVON | nghìn đồng | 1.2345", "VON=refused", "number-not-whole C4 VON 1.2345", "value-scaled C4 VON 1.2345 measure=nghìn đồng"),
		one("millions of what", "Mã | ĐVT | Kỳ này\nVON | triệu | 3", "VON=refused", "measure-mismatch C4 VON 3 found=triệu"),
		one("thousands of others", "Mã | ĐVT | Kỳ này\nLD | nghìn hộ | 3", "LD=refused", "measure-mismatch C4 LD 3 found=nghìn hộ"),
		one("another word", "Mã | ĐVT | Kỳ này\nLD | lượt người | 3\nHO | cuộc | 3", "LD=3 HO=3", "measure-mismatch C4 LD 3 found=lượt người", "measure-mismatch C5 HO 3 found=cuộc"),
		one("percent", "Mã | ĐVT | Kỳ này\nTL | phần trăm | 82.5", "TL=82.5"),
		one("a share of a count", "Mã | ĐVT | Kỳ này\nLD | % | 3", "LD=refused", "measure-mismatch C4 LD 3 found=%"),
		one("row against heading", "Mã | ĐVT | Số liệu kỳ này (nghìn người)\nLD | người | 3\nHO | hộ | 5", "LD=refused HO=5", "measure-mismatch C4 LD 3 found=người / nghìn người"),
		one("row against a bare multiple", "Mã | ĐVT | Kỳ này (nghìn)\nLD | người | 3\nVON | nghìn đồng | 5", "LD=refused VON=5000", "measure-mismatch C4 LD 3 found=người / nghìn", "value-scaled C5 VON 5 measure=nghìn đồng"),
		one("a bare multiple alone", "Mã | Kỳ này (nghìn)\nLD | 3", "LD=refused", "measure-mismatch B4 LD 3 found=nghìn"),
		one("row against the line above", "Đơn vị tính: nghìn người\nMã | ĐVT | Kỳ này\nLD | người | 3", "LD=refused", "measure-mismatch C5 LD 3 found=người / nghìn người"),
		one("heading against the line above", "ĐVT: đồng\nMã | Kỳ này (triệu đồng)\nVON | 3", "VON=refused", "measure-mismatch B5 VON 3 found=triệu đồng / đồng"),
		one("row in thousands under dong", "ĐVT: đồng\nMã | ĐVT | Kỳ này\nVON | nghìn đồng | 3", "VON=refused", "measure-mismatch C5 VON 3 found=nghìn đồng / đồng"),
		one("heading of people, line of money", "ĐVT: triệu đồng\nMã | Kỳ này (nghìn người)\nLD | 3\nVON | 2", "LD=3000 VON=2000000", "value-scaled B5 LD 3 measure=nghìn người", "value-scaled B6 VON 2 measure=triệu đồng"),
		one("a multiple of some rows", "ĐVT: triệu đồng\nMã | ĐVT | Kỳ này\nLD | người | 3\nVON | triệu đồng | 2", "LD=3 VON=2000000", "value-scaled C6 VON 2 measure=triệu đồng"),
		one("a state is not multiplied", "Mã | ĐVT | Kỳ này\nLD | | 41\nVON | triệu đồng | không phát sinh", "LD=41 VON=none"),
	})
}

func TestLegacyTextIsDecoded(t *testing.T) {
	check(t, []officeCase{
		{name: "TCVN3", grid: "Kú b¸o c¸o: | Th¸ng 6/2025\n§¬n vÞ b¸o c¸o: | QuËn Ba §×nh\nChØ tiªu | Sè liÖu kú nµy\nSè lao ®éng ®\u00adîc ®µo t¹o | 41\n@ font .VnTime",
			want: "HN-001 2025-06 LD=41", said: []string{"legacy-encoding A1 encoding=TCVN3"}},
		{name: "VNI", grid: "Kyø baùo caùo: | Thaùng 6/2025\nÑôn vò baùo caùo: | Quaän Ba Ñình\nChæ tieâu | Soá lieäu kyø naøy\nSoá lao ñoäng ñöôïc ñaøo taïo | 41\n@ font VNI-Times",
			want: "HN-001 2025-06 LD=41", said: []string{"legacy-encoding A1 encoding=VNI"}},
		{name: "UTF-8 read as another set", grid: "Kỳ báo cáo: | Tháng 6/2025\nĐơn vị báo cáo: | Quáº\u00adn Ba Ä\u0090Ã¬nh\nChỉ tiêu | Số liệu kỳ này\nSố lao động được đào tạo | 41",
			want: "HN-001 2025-06 LD=41", said: []string{"legacy-encoding B2 encoding=UTF-8 → Windows-1252"}},
		{name: "good text stays", grid: "Kỳ báo cáo: | Tháng 6/2025\nĐơn vị báo cáo: | Quận Ba Ðình\nChỉ tiêu | Số liệu kỳ này\nSố lao động được đào tạo | 41\n@ font .VnTime",
			want: "HN-001 2025-06 LD=41"},
	})
}

func TestFeedbackWorkbookIsReadAgain(t *testing.T) {
	grid := "# Phản hồi\nĐơn vị: | Quận Tây Hồ\nMã | Kỳ này\nLD | 7\n# Số liệu đã ghi nhận\nMã | Kỳ này\nLD | 8\n# Tháng 6\n" + top + "Mã | Kỳ này\nLD | 41"
	marked := func(book *workbook.Book) {
		book.Names = append(book.Names, workbook.DefinedName{Name: "TH_PHAN_HOI", Sheet: -1, Ref: "'Phản hồi'!$A$1"})
	}
	check(t, []officeCase{{name: "marked", grid: grid, want: "HN-001 2025-06 LD=41"}}, marked)
	if r := offices(t, "a.xlsx", grid); r.Submission != nil {
		t.Errorf("without the mark they are sheets like others, and none is chosen: %s", known(r))
	}
}

func TestStaleResults(t *testing.T) {
	grid := top + "Mã | Kỳ này\nLD | =41\nHO | 5\nCB | =7"
	stale := []string{"stale-results B4 41 cells=B4|B6"}
	anew := func(book *workbook.Book) { book.FullCalcOnLoad = true }
	external := func(book *workbook.Book) { book.External = true }
	want := "HN-001 2025-06 LD=41 CB=7 HO=5"
	check(t, []officeCase{{name: "computed anew", grid: grid, want: want, said: stale}}, anew)
	check(t, []officeCase{{name: "from elsewhere", grid: grid, want: want, said: stale}}, external)
	check(t, []officeCase{{name: "as stored", grid: grid, want: want}})
	check(t, []officeCase{{name: "no formula is read", grid: strings.ReplaceAll(grid, "=", ""), want: want}}, anew)
}

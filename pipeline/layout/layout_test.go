package layout

import (
	"fmt"
	"strings"
	"testing"

	"tonghop/pipeline/layout/gridtest"
	"tonghop/pipeline/period"
	"tonghop/pipeline/workbook"
)

var (
	june   = period.Month{Year: 2025, Number: 6}
	finder = NewFinder(period.Scheme15to14)
)

// show lists tables: "1-2 body 3 end 9: A number, C name, E value*" with a star
// at the columns of June's figures.
func show(tables []*Table) string {
	roles := [...]string{"unknown", "number", "code", "name", "measure", "note", "value", "dated", "past", "sum", "aside", "result"}
	var all []string
	for _, t := range tables {
		end := fmt.Sprint(t.End)
		if t.End == NoEnd {
			end = "none"
		}
		var columns []string
		for _, c := range t.Columns {
			text := strings.TrimRight(workbook.Ref{Row: 1, Col: c.Col}.String(), "1") + " " + roles[c.Role]
			for _, v := range t.Values(june) {
				if v.Col == c.Col {
					text += "*"
				}
			}
			columns = append(columns, text)
		}
		all = append(all, fmt.Sprintf("%d-%d body %d end %s: %s", t.Top, t.Header, t.Body, end, strings.Join(columns, ", ")))
	}
	return strings.Join(all, "; ")
}

func TestTables(t *testing.T) {
	for _, c := range []struct{ name, grid, want string }{
		{"one row", `
Báo cáo tháng 6
TT | Mã | Chỉ tiêu | ĐVT | Số liệu kỳ này | Ghi chú
1 | LD | Lao động | người | 41 |
Hết bảng`, "2-2 body 3 end 4: A number, B code, C name, D measure, E value*, F note"},
		{"two merged rows", `
TT | Chỉ tiêu | Kết quả thực hiện | < | Ghi chú
^ | ^ | Kỳ trước | Kỳ này | ^
1 | Lao động | 40 | 41 |`, "1-2 body 3 end none: A number, B name, C past, D value*, E note"},
		{"two rows, nothing merged", `
TT | Chỉ tiêu | Kết quả | | Ghi chú
| | Tháng 5/2025 | Tháng 6/2025 |
1 | Lao động | 40 | 41 |`, "1-2 body 3 end none: A number, B name, C dated, D dated*, E note"},
		{"three rows", `
Chỉ tiêu | Năm 2025 | < | <
^ | Tháng 6 | < | Lũy kế
^ | Kế hoạch | Thực hiện | ^
Lao động | 50 | 41 | 200`, "1-3 body 4 end none: A name, B aside, C dated*, D sum"},
		{"months above the names", `
| Tháng 5/2025 | Tháng 6/2025
Chỉ tiêu | Kết quả | Kết quả
Lao động | 40 | 41`, "1-2 body 3 end none: A name, B dated, C dated*"},
		{"twelve months", `
Chỉ tiêu | T5/2025 | T6/2025 | T7/2025 | Cộng dồn
Lao động | 1 | 2 | 3 | 6`, "1-1 body 2 end none: A name, B dated, C dated*, D dated, E sum"},
		{"months without a year", `
Nội dung | Tháng 5 | Tháng 6
Lao động | 1 | 2`, "1-1 body 2 end none: A name, B dated, C dated*"},
		{"this period said to be another", `
Nội dung | Kỳ này (tháng 5/2025)
Lao động | 1`, "1-1 body 2 end none: A name, B dated"},
		{"two that fit", `
Nội dung | Kỳ này | Tháng 6/2025
Lao động | 1 | 2`, "1-1 body 2 end none: A name, B value*, C dated*"},
		{"plan, cumulative and comparison are aside", `
Nội dung | Kế hoạch năm 2025 | Thực hiện trong kỳ | Lũy kế từ đầu năm | So với tháng 5/2025 (%) | Cùng kỳ năm trước | Quý II/2025
Lao động | 1 | 2 | 3 | 4 | 5 | 6`, "1-1 body 2 end none: A name, B aside, C value*, D sum, E aside, F past, G aside"},
		{"column numbers", `
TT | Chỉ tiêu | ĐVT | Kỳ này
(1) | (2) | (3) | (4)
1 | Lao động | người | 41`, "1-1 body 3 end none: A number, B name, C measure, D value*"},
		{"column letters", `
TT | Chỉ tiêu | ĐVT | Kỳ này | Lũy kế
A | B | C | 1 | 2=1+3
1 | Lao động | người | 41 | 50`, "1-1 body 3 end none: A number, B name, C measure, D value*, E sum"},
		{"a first row that is no numbering", `
TT | Mã | Kỳ này
1 | LD | 3`, "1-1 body 2 end none: A number, B code, C value*"},
		{"measure in the heading", `
Chỉ tiêu | Số liệu kỳ này (triệu đồng)
Vay | 3`, "1-1 body 2 end none: A name, B value*"},
		{"ends at a note", `
Chỉ tiêu | Kỳ này | Ghi chú
Lao động | 3 | Ghi chú: xem sau
Ghi chú: số liệu chưa đủ
Lao động | 3`, "1-1 body 2 end 3: A name, B value*, C note"},
		{"ends at a signature", `
Chỉ tiêu | Kỳ này | Ghi chú
Lao động | 3 |
| | Ba Đình, ngày 16 tháng 6 năm 2025
NGƯỜI LẬP BIỂU | | TM. BAN THƯỜNG VỤ`, "1-1 body 2 end 4: A name, B value*, C note"},
		{"a figure is no signature", `
Chỉ tiêu | Kỳ này
Chủ tịch | 3
Thủ trưởng đơn vị |`, "1-1 body 2 end 3: A name, B value*"},
		{"two tables on a sheet", `
Mã | Kỳ này
A1 | 3
Hết bảng

Mã | Lũy kế | Kỳ này
B1 | 2 | 3`, "1-1 body 2 end 3: A code, B value*; 5-5 body 6 end none: A code, B sum, C value*"},
		{"header repeated", `
Mã | Kỳ này
A1 | 3
Mã | Kỳ này
B1 | 3`, "1-1 body 2 end 3: A code, B value*; 3-3 body 4 end none: A code, B value*"},
		{"no column of figures", "TT | Chỉ tiêu | Kinh phí\n1 | Lao động | 41", ""},
		{"two parts of this period", "Nội dung | Kỳ này | <\n^ | Nam | Nữ\nLao động | 1 | 2", ""},
		{"a result of no period", "TT | Chỉ tiêu | Kết quả\n1 | Lao động | 41", "1-1 body 2 end none: A number, B name, C result*"},
		{"a result beside this period", "Chỉ tiêu | Số lượng | Kỳ này\nLao động | 1 | 2", "1-1 body 2 end none: A name, B result, C value*"},
		{"a result beside another month", "Chỉ tiêu | Tháng 5/2025 | Kết quả\nLao động | 1 | 2", "1-1 body 2 end none: A name, B dated, C result"},
		{"money over the month", "Chỉ tiêu | Kinh phí | Tháng 6\n^ | Tháng 6 | ^\nLao động | 1 | 2", "1-2 body 3 end none: A name, B unknown, C dated*"},
		{"no column of names", "TT | Kỳ này\n1 | 41", ""},
		{"nothing", "", ""},
	} {
		if got := show(finder.Tables(gridtest.Book(t, c.grid).Sheets[0])); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.name, got, c.want)
		}
	}
}

// A heading that names the month holds its figures only where it says no more.
func TestHeadingsThatNameTheMonth(t *testing.T) {
	for want, texts := range map[Role][]string{
		Dated: {
			"Tháng 6", "Tháng 6/2025", "T6/2025", "06/2025", "Kết quả tháng 6", "Thực hiện tháng 6/2025", "KẾT QUẢ THỰC HIỆN THÁNG 6 NĂM 2025", "TH tháng 6",
			"Số liệu tháng 6", "Số lượng trong tháng 6", "Phát sinh trong tháng 6", "Tháng báo cáo (6/2025)", "Kỳ báo cáo tháng 6/2025", "Kỳ này (tháng 6/2025)",
			"Từ 15/5 đến 14/6/2025", "Tháng 6 (15/5-14/6/2025)", "Từ ngày 15 tháng 5 đến ngày 14 tháng 6 năm 2025", "Tháng 6/2025 (nghìn người)", "Tháng 6 (triệu đồng)",
		},
		Aside: {
			"KH tháng 6", "Kế hoạch tháng 6", "Chỉ tiêu tháng 6", "Đăng ký tháng 6", "Phương hướng tháng 6", "Nhiệm vụ tháng 6/2025", "Dự toán tháng 6", "Tháng 6 (kế hoạch)", "% tháng 6",
			"Tháng 6 (%)", "Tăng so tháng 6", "So với tháng 6/2025", "Quý II/2025", "Kỳ này (KH)",
		},
		Sum: {
			"LK tháng 6", "LK đến tháng 6", "Tháng 6 (lũy kế)", "Đến tháng 6", "Đến hết tháng 6", "Tính đến tháng 6/2025", "Tổng số đến T6/2025", "Từ đầu năm đến tháng 6", "Kỳ này (lũy kế)",
			"Kết quả (cộng dồn)",
		},
		Unknown: {"Kinh phí tháng 6", "Nữ tháng 6", "Tháng 6 (nữ)", "Kỳ này (kinh phí)", "Kết quả (nữ)", "Tổng số vay tháng 6"},
		Result:  {"Kết quả", "Thực hiện", "Kết quả thực hiện", "TH", "Số lượng", "Kết quả (người)"},
		Value:   {"Số liệu kỳ này", "Kỳ này (nghìn)", "Số liệu kỳ này (nghìn người)", "Trong kỳ (hội viên)"},
	} {
		for _, text := range texts {
			if got := finder.classify([]string{text}).Role; got != want {
				t.Errorf("%q: role %d, want %d", text, got, want)
			}
		}
	}
}

func TestRowsAreTheBodys(t *testing.T) {
	sheet := gridtest.Book(t, "Tựa\nMã | Kỳ này\n1 | 2\nA1 | 3\n\nB1 | 4\nHết bảng\nC1 | 5").Sheets[0]
	var rows []int
	for cells := range finder.Tables(sheet)[0].Rows() {
		rows = append(rows, cells[0].Ref.Row)
	}
	if fmt.Sprint(rows) != "[3 4 6]" {
		t.Errorf("rows %v", rows)
	}
}

func TestBracketed(t *testing.T) {
	for text, want := range map[string]string{
		"Kinh phí (triệu đồng)": "Kinh phí/triệu đồng", "(a)": "(a)/", "a (b) c": "a (b) c/", "": "/", "a (": "a (/", "a (b) (c)": "a (b)/c",
	} {
		outside, inside := Bracketed(text)
		if got := outside + "/" + inside; got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// Tables never overlap, and lie where their headings are.
func FuzzTables(f *testing.F) {
	f.Add("Mã | Kỳ này\nA | 1\nHết bảng")
	f.Add("Chỉ tiêu | Năm | <\n^ | Tháng 6 | ^\n1 | 2 | 3\n\nMã | Số liệu")
	f.Fuzz(func(t *testing.T, text string) {
		if strings.Contains(text, "@") || strings.HasPrefix(text, "<") || len(text) > 2000 {
			return
		}
		for _, sheet := range gridtest.Book(t, text).Sheets {
			before := 0
			for _, table := range finder.Tables(sheet) {
				if table.Top < before || table.Header < table.Top || table.Body <= table.Header || table.End < table.Body && table.End <= table.Header {
					t.Errorf("%q: table %+v after row %d", text, table, before)
				}
				before = table.End
				for _, c := range table.Columns {
					if c.At.Row < table.Top || c.At.Row > table.Header {
						t.Errorf("%q: heading at %s", text, c.At)
					}
				}
			}
		}
	})
}

package intake

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/xuri/excelize/v2"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/finding"
	"tonghop/pipeline/period"
	"tonghop/pipeline/submission"
	"tonghop/pipeline/workbook"
)

// definitions are a small office's tables; those not given are empty.
var definitions = map[string]string{
	"units": `id,kind,name,aliases,valid_from,valid_to
HN-001,quận,Ba Đình,BĐ Hà Nội,,
HN-002,quận,Tây Hồ,,,
HN-003,huyện,Đông Anh,,,2025-06-30
HN-004,xã,Đông Anh,,2025-07-01,
HN-005,phường,Hòa An,,,
HN-006,phường,Hoá An,,,
HN-TP,thành phố,Văn phòng Thành Hội,,,
`,
	"programmes": `code,number,name_vi,name_en
CT01,01-CTr/TU,Xây dựng tổ chức Hội,Building
CT02,02-CTr/TU,Phát triển kinh tế,Economy
`,
	"indicators": `code,programme,kind,name_vi,name_en,definition_vi,measure,type,choices,nature,across,min,max,required,part_of,asked_of,due,allow_na,formula,decimals,aliases,confirmed
LD,CT01,input,Số lao động được đào tạo,Workers trained,,người,whole,,flow,sum,0,,yes,,,,,,0,,yes
LD_NU,CT01,input,Trong đó nữ,Of them women,,người,whole,,flow,sum,0,,yes,LD,,,,,0,,yes
CS,CT01,input,Số cơ sở Hội,Branches,,cơ sở,whole,,stock,sum,0,,yes,,,,,,0,,yes
TL,CT01,input,Tỷ lệ thu hội phí,Dues,,%,percent,,stock,none,0,100,,,,,,,2,,yes
NAM,CT01,input,Cơ sở xếp loại tốt,Good branches,,cơ sở,whole,,stock,sum,0,,yes,,,6|12,,,0,,yes
VU,CT02,input,Số vụ việc,Cases,,vụ,whole,,flow,sum,0,,,,,,yes,,0,,yes
TT,CT02,text,Tình trạng,Status,,,choice,chưa triển khai|hoàn thành,,,,,,,,,,,,,yes
NX,CT02,text,Nhận xét,Remarks,,,text,,,,,,,,,,,,,,yes
VP,CT02,input,Số cán bộ Thành Hội,City officers,,người,whole,,flow,sum,0,,yes,,city,,,,0,,yes
`,
	"forms": `version,title_vi,title_en,valid_from,valid_to
M1,Báo cáo tháng,Monthly report,,
`,
}

func office(t *testing.T) *catalogue.Catalogue {
	t.Helper()
	return load(t, definitions)
}

func load(t testing.TB, tables map[string]string) *catalogue.Catalogue {
	t.Helper()
	files := fstest.MapFS{}
	for _, table := range catalogue.Headers() {
		data := []byte(tables[table.Name])
		if len(data) == 0 {
			data = table.CSV()
		}
		files[table.Name+".csv"] = &fstest.MapFile{Data: data}
	}
	cat, problems := catalogue.Load(catalogue.FromFolder(files, "test"))
	for _, p := range problems {
		t.Error(p)
	}
	if cat == nil {
		t.FailNow()
	}
	return cat
}

var hanoi = time.FixedZone("ICT", 7*3600)

var times = period.Timetable{Zone: hanoi}

// filled is a report without a fault, cell by cell: a number where the text is
// one, else text; text that looks like a number follows an apostrophe, a
// formula an equals sign.
const filled = `
A1: Đơn vị báo cáo:
C1: Quận Ba Đình
A2: Mã đơn vị:
C2: HN-001
A3: Kỳ báo cáo:
C3: 2025-05
A4: Mẫu biểu:
C4: M1
A5: Kỳ này đơn vị không phát sinh số liệu:
C5:
E1: Người lập biểu:
F1: Nguyễn Thị An
E2: Người duyệt:
F2: Trần Thị Bình
E3: Điện thoại:
F3: '0912
E4: Lần nộp:
F4: 1
E5: Lý do nộp lại:
F5:
A8: TT
B8: Mã
C8: Chỉ tiêu
D8: Đơn vị tính
E8: Số liệu kỳ này
F8: Ghi chú
G8: Kỳ trước
H8: Lũy kế năm
I8: Kiểm tra
A9: I
C9: Xây dựng tổ chức Hội (01-CTr/TU)
A10: 1
B10: LD
C10: Số lao động được đào tạo
D10: người
E10: 41
F10: có 3 lớp
G10: 99
H10: 999
I10: ✓
C11: Là người có chứng chỉ trong kỳ.
B12: LD_NU
C12: Trong đó nữ
E12: 30
B13: CS
C13: Số cơ sở Hội
E13: 21
B14: TL
C14: Tỷ lệ thu hội phí
E14: 82.91
B15: NAM
C15: Cơ sở xếp loại tốt
B16: VU
C16: Số vụ việc
E16: không phát sinh
B17: TT
C17: Tình trạng
E17: Hoàn thành
B18: NX
C18: Nhận xét
E18: Làm tốt.
A19: Hết bảng
Thuyết minh!A3: Mã
Thuyết minh!B3: Chương trình
Thuyết minh!C3: Khó khăn, vướng mắc
Thuyết minh!D3: Đề xuất, kiến nghị
Thuyết minh!E3: Minh chứng
Thuyết minh!A4: CT01
Thuyết minh!C4: Thiếu kinh phí
Thuyết minh!A5: CT02
Thuyết minh!E5: Công văn 12
`

var formNames = map[string]string{
	"TH_DON_VI": "C1", "TH_MA_DON_VI": "C2", "TH_KY": "C3", "TH_MAU": "C4", "TH_KHONG_PHAT_SINH": "C5",
	"TH_NGUOI_LAP": "F1", "TH_NGUOI_DUYET": "F2", "TH_DIEN_THOAI": "F3", "TH_LAN_NOP": "F4", "TH_LY_DO": "F5",
}

// sheetOf writes the filled report with changes, a line each: a cell as above
// ("E10:" empties it), or one of "no names", "hide row 10", "hide column E",
// "hide sheet Báo cáo", "percent E14", "date E10", "row 12 to
// 30", "column E to K", "sheet Báo cáo to Khác".
func sheetOf(t *testing.T, changes ...string) []byte {
	t.Helper()
	f := excelize.NewFile()
	check := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	check(f.SetSheetName("Sheet1", "Báo cáo"))
	_, err := f.NewSheet("Thuyết minh")
	check(err)
	cells := map[string]string{}
	var order, orders []string
	for _, text := range append(strings.Split(filled, "\n"), changes...) {
		place, value, isCell := strings.Cut(text, ":")
		if !isCell {
			orders = append(orders, text)
			continue
		}
		if !strings.Contains(place, "!") {
			place = "Báo cáo!" + place
		}
		if _, again := cells[place]; !again {
			order = append(order, place)
		}
		cells[place] = strings.TrimSpace(value)
	}
	moved := func(place string) string {
		for _, order := range orders {
			var from, to int
			if n, _ := fmt.Sscanf(order, "row %d to %d", &from, &to); n == 2 && strings.HasPrefix(place, "Báo cáo!") {
				if digits := strings.TrimLeft(strings.TrimPrefix(place, "Báo cáo!"), "ABCDEFGHI"); digits == strconv.Itoa(from) {
					place = strings.TrimSuffix(place, digits) + strconv.Itoa(to)
				}
			}
			var a, b string
			if n, _ := fmt.Sscanf(order, "column %s to %s", &a, &b); n == 2 && strings.HasPrefix(place, "Báo cáo!"+a) {
				place = "Báo cáo!" + b + strings.TrimPrefix(place, "Báo cáo!"+a)
			}
		}
		return place
	}
	for _, place := range order {
		value := cells[place]
		sheet, cell, _ := strings.Cut(moved(place), "!")
		if i, _ := f.GetSheetIndex(sheet); i < 0 {
			_, err := f.NewSheet(sheet)
			check(err)
		}
		number, isNumber := strconv.ParseFloat(value, 64)
		switch {
		case value == "":
		case strings.HasPrefix(value, "'"):
			check(f.SetCellStr(sheet, cell, value[1:]))
		case strings.HasPrefix(value, "="):
			check(f.SetCellFormula(sheet, cell, value[1:]))
		case isNumber == nil:
			check(f.SetCellFloat(sheet, cell, number, -1, 64))
		default:
			check(f.SetCellStr(sheet, cell, value))
		}
	}
	if !slices.Contains(changes, "no names") {
		for name, cell := range formNames {
			at := "'Báo cáo'!$" + cell[:1] + "$" + cell[1:]
			check(f.SetDefinedName(&excelize.DefinedName{Name: name, RefersTo: at}))
		}
	}
	for _, order := range orders {
		words := strings.Fields(order)
		rest := func(n int) string { return strings.Join(words[n:], " ") }
		switch {
		case strings.HasPrefix(order, "hide row "):
			row, err := strconv.Atoi(words[2])
			check(err)
			check(f.SetRowVisible("Báo cáo", row, false))
		case strings.HasPrefix(order, "hide column "):
			check(f.SetColVisible("Báo cáo", words[2], false))
		case strings.HasPrefix(order, "hide sheet "):
			f.SetActiveSheet(1)
			check(f.SetSheetVisible(rest(2), false))
		case strings.HasPrefix(order, "percent "):
			style, err := f.NewStyle(&excelize.Style{NumFmt: 9})
			check(err)
			check(f.SetCellStyle("Báo cáo", words[1], words[1], style))
		case strings.HasPrefix(order, "date "):
			style, err := f.NewStyle(&excelize.Style{NumFmt: 14})
			check(err)
			check(f.SetCellStyle("Báo cáo", words[1], words[1], style))
		}
	}
	for _, change := range changes {
		if names, ok := strings.CutPrefix(change, "sheet "); ok {
			from, to, _ := strings.Cut(names, " to ")
			check(f.SetSheetName(from, to))
		}
	}
	var out bytes.Buffer
	check(f.Write(&out))
	return out.Bytes()
}

func read(t *testing.T, path string, changes ...string) submission.Received {
	t.Helper()
	return Read(submission.File{Path: path}, sheetOf(t, changes...), office(t), times, workbook.DefaultLimits())
}

// said lists every finding of a file: "code cell raw arg=value".
func said(r submission.Received) []string {
	all := slices.Clone(r.Findings)
	if r.Submission != nil {
		all = append(all, r.Submission.Findings...)
	}
	finding.Sort(all)
	var out []string
	for _, f := range all {
		text := string(f.Code)
		for _, part := range []string{f.Cell, f.Indicator, f.Raw} {
			if part != "" {
				text += " " + part
			}
		}
		var args []string
		for k, v := range f.Args {
			args = append(args, " "+k+"="+v)
		}
		slices.Sort(args)
		out = append(out, text+strings.Join(args, ""))
	}
	return out
}

// figures lists the values: "LD=41 LD_NU=30".
func figures(s *submission.Submission) string {
	if s == nil {
		return "nothing"
	}
	var out []string
	for _, v := range s.Values.All() {
		text := v.Figure.String()
		if v.Text != "" {
			text = v.Text
		}
		if v.NotDue {
			text += "(not due)"
		}
		out = append(out, v.Indicator+"="+text)
	}
	return strings.Join(out, " ")
}

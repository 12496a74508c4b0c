package imported_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/imported"
	"tonghop/pipeline/period"
	"tonghop/pipeline/table"
)

// small is a catalogue in which a district becomes a ward of the same name and
// code, with an indicator of each way of being asked.
func small(t testing.TB) imported.Against {
	t.Helper()
	folder := fstest.MapFS{}
	for _, empty := range catalogue.Headers() {
		folder[empty.Name+".csv"] = &fstest.MapFile{Data: empty.CSV()}
	}
	for name, text := range map[string]string{
		"units": "id,code,kind,name,aliases,valid_from,valid_to\nU-1,001,quận,Ba Đình,Hội LHPN quận Ba Đình,,2025-06-30\n" +
			"U-2,001,phường,Ba Đình,,2025-07-01,\nU-3,003,huyện,Gia Lâm,,,\nU-4,004,thị xã,Sơn Tây,,,2024-02-10\n",
		"programmes": "code,name_vi\nP1,Một\n",
		"indicators": "code,programme,kind,name_vi,type,nature,across,formula,asked_of,due,aliases,valid_from\n" +
			"A_X,P1,input,Số A,whole,flow,sum,,,,A.01,\nB,P1,input,Số B,whole,flow,sum,,huyện,,,\n" +
			"C,P1,input,Số C,whole,stock,sum,,,,,2024-01-01\nD,P1,input,Số D,whole,flow,sum,,,6|12,,\n" +
			"E,P1,input,Số trùng,whole,flow,sum,,,,,\nF,P1,input,Số trùng,whole,flow,sum,,,,,\n" +
			"R,P1,derived,Tỷ lệ,percent,,,100 * A_X / B,,,,\n",
	} {
		folder[name+".csv"] = &fstest.MapFile{Data: []byte(text)}
	}
	cat, problems := catalogue.Load(catalogue.FromFolder(folder, "small"))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return imported.Against{
		Catalogue: cat, Timetable: period.Timetable{Zone: time.UTC}, At: time.Date(2025, 8, 20, 9, 0, 0, 0, time.UTC),
	}
}

const (
	english    = "period,unit,indicator,value,source,note"
	vietnamese = "Kỳ,Đơn vị,Chỉ tiêu,Giá trị,Nguồn,Ghi chú"
)

func csv(t testing.TB, name, header string, rows ...string) table.Table {
	t.Helper()
	read, _, problems := table.ReadCSV(name, []byte(header+"\n"+strings.Join(rows, "\n")+"\n"))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return read
}

// told writes a row in a line.
func told(r imported.Row) string {
	return strings.TrimSpace(fmt.Sprintf("%s %s %s %s “%s” %s", r.Period, r.Unit, r.Indicator, r.Value, r.Source, r.Note))
}

func TestRows(t *testing.T) {
	for _, c := range []struct{ row, want string }{
		{"2024-03,U-1,A_X,41,BC số 12", "2024-03 U-1 A_X 41 “BC số 12”"},
		{"3/2024,Quận Ba Đình,a_x,-,BC,ngập lụt", "2024-03 U-1 A_X - “BC” ngập lụt"},
		{"T3/2024,Hội LHPN quận Ba Đình,A.01,\"1.240\",BC", "2024-03 U-1 A_X 1.240 “BC”"},
		{"2024-03-01,ba dinh,Số A,…,BC", "2024-03 U-1 A_X … “BC”"},
		{"2024-03,003,B – Số B,7,BC", "2024-03 U-3 B 7 “BC”"},
		// The name and the code are the district's until it ends, then the ward's.
		{"2025-05,001,A_X,1,BC", "2025-05 U-1 A_X 1 “BC”"},
		{"2025-08,001,A_X,1,BC", "2025-08 U-2 A_X 1 “BC”"},
		{"2025-08,Ba Đình,A_X,1,BC", "2025-08 U-2 A_X 1 “BC”"},
		{"2024-06,U-1,D,1,BC", "2024-06 U-1 D 1 “BC”"},
	} {
		for _, header := range []string{english, vietnamese} {
			got := imported.Decode([]table.Table{csv(t, "x.csv", header, c.row)}, small(t))
			if len(got.Problems) > 0 || len(got.Rows) != 1 || told(got.Rows[0]) != c.want {
				t.Errorf("%s: %v, %v", c.row, got.Rows, got.Problems)
			}
		}
	}
}

func TestProblems(t *testing.T) {
	for _, c := range []struct {
		row    string
		column string
		want   string // part of the line that is told
	}{
		{"2024-13,U-1,A_X,1,BC", "period", "không phải tháng"},
		{"hè,U-1,A_X,1,BC", "period", "nên là: 2025-06"},
		{",U-1,A_X,1,BC", "period", "bắt buộc phải có"},
		{"2030-01,U-3,A_X,1,BC", "period", "kỳ này chưa kết thúc (đến hết 14/1/2030)"},
		{"2025-09,U-3,A_X,1,BC", "period", "kỳ này chưa kết thúc (đến hết 14/9/2025)"},
		{"2024-03,U-1,D,1,BC", "period", "kỳ này không hỏi chỉ tiêu này; đang là \"2024-03\"; nên là: 2024-06 | 2024-12"},
		{"2024-03,,A_X,1,BC", "unit", "bắt buộc phải có"},
		{"2024-03,Quận Ba Đinhh,A_X,1,BC", "unit", "không có đơn vị này trong danh mục"},
		{"2024-03,U-2,A_X,1,BC", "unit", "Phường Ba Đình không có trong kỳ này"},
		{"2024-03,Sơn Tây,A_X,1,BC", "unit", "Thị xã Sơn Tây không có trong kỳ này"},
		// In the window of July both are there: 15/6 to 14/7.
		{"2025-07,Ba Đình,A_X,1,BC", "unit", "tên này chỉ nhiều đơn vị; hãy ghi mã; đang là \"Ba Đình\"; nên là: U-1 | U-2"},
		{"2024-02,Sơn Tây,C,1,BC", "unit", "không còn vào ngày cuối kỳ"},
		{"2024-03,U-1,A_Y,1,BC", "indicator", "nên là: A_X"},
		{"2024-03,U-1,Số trùng,1,BC", "indicator", "tên này chỉ nhiều chỉ tiêu; hãy ghi mã; đang là \"Số trùng\"; nên là: E | F"},
		{"2024-03,U-1,R,1,BC", "indicator", "chỉ tiêu này được tính từ chỉ tiêu khác; đang là \"R\"; nên là: A_X | B"},
		{"2024-03,U-1,B,1,BC", "indicator", "Quận Ba Đình không được hỏi chỉ tiêu này"},
		{"2023-11,U-1,C,1,BC", "indicator", "kỳ này không có chỉ tiêu này"},
		{"2024-03,U-1,A_X,,BC", "value", "bắt buộc phải có"},
		{"2024-03,U-1,A_X,1,", "source", "bắt buộc phải có"},
	} {
		got := imported.Decode([]table.Table{csv(t, "x.csv", vietnamese, c.row)}, small(t))
		if len(got.Rows) > 0 || len(got.Problems) != 1 {
			t.Errorf("%s: %v, %v", c.row, got.Rows, got.Problems)
			continue
		}
		p := got.Problems[0]
		if p.Column != c.column || p.Where != "x.csv:2" || !strings.Contains(p.Vietnamese(), c.want) {
			t.Errorf("%s: %s", c.row, p.Vietnamese())
		}
	}
}

// Everything wrong is told at once, and rows that repeat each other on two
// sheets are both told.
func TestProblemsAcrossTables(t *testing.T) {
	first := csv(t, "2023", english, "2023-03,U-1,A_X,1,BC", "2023-04,U-1,A_X,1,BC")
	second := csv(t, "2024", "BẢNG SỐ LIỆU\n"+english, "2024-03,U-9,ZZ,1,", "2023-03,Quận Ba Đình,Số A,1,BC")
	got := imported.Decode([]table.Table{first, second}, small(t))
	var lines []string
	for _, p := range got.Problems {
		lines = append(lines, fmt.Sprintf("%d %s %s %s", p.Table, p.Where, p.Column, p.MessageEN))
	}
	want := []string{
		"0 2023:2 value this figure is also in 2024:4",
		"1 2024:3 unit there is no such unit",
		"1 2024:3 indicator there is no such indicator",
		"1 2024:3 source must be filled in",
		"1 2024:4 value this figure is also in 2023:2",
	}
	if !slices.Equal(lines, want) || len(got.Rows) != 1 || told(got.Rows[0]) != "2023-04 U-1 A_X 1 “BC”" {
		t.Errorf("%s\n%v", strings.Join(lines, "\n"), got.Rows)
	}
}

func TestATableWithoutARequiredColumn(t *testing.T) {
	got := imported.Decode([]table.Table{csv(t, "x.csv", "period,unit,indicator,value", "2024-03,U-1,A_X,1")}, small(t))
	if len(got.Rows) > 0 || len(got.Problems) != 1 || !strings.Contains(got.Problems[0].Error(), "source") {
		t.Errorf("%v, %v", got.Rows, got.Problems)
	}
}

func TestLooks(t *testing.T) {
	for text, want := range map[string]bool{
		vietnamese:                    true,
		"title\n\n" + english:         true,
		"Kỳ,Đơn vị":                   false,
		"id,date,by,kind,period,unit": false,
		"":                            false,
	} {
		var rows [][]string
		for line := range strings.Lines(text) {
			rows = append(rows, strings.Split(strings.TrimSpace(line), ","))
		}
		if got := imported.Looks(rows); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}

// The order of rows changes no row.
func TestOrderOfRowsChangesNothing(t *testing.T) {
	against := small(t)
	var rows []string
	for m := 1; m <= 12; m++ {
		for _, unit := range []string{"U-1", "Gia Lâm"} {
			for _, ind := range []string{"A_X", "E", "F"} {
				rows = append(rows, fmt.Sprintf("2023-%02d,%s,%s,%d,BC", m, unit, ind, m*7))
			}
		}
	}
	read := func() []string {
		got := imported.Decode([]table.Table{csv(t, "x.csv", english, rows...)}, against)
		if len(got.Problems) > 0 {
			t.Fatal(got.Problems)
		}
		lines := make([]string, len(got.Rows))
		for i, r := range got.Rows {
			lines[i] = told(r)
		}
		slices.Sort(lines)
		return lines
	}
	want := read()
	random := rand.New(rand.NewPCG(1, 2))
	for range 20 {
		random.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
		if got := read(); !reflect.DeepEqual(got, want) {
			t.Fatalf("%v\n%v", got, want)
		}
	}
}

// Any text gives rows that can be true, or problems with a place in the table.
func FuzzDecode(f *testing.F) {
	f.Add([]byte(english + "\n2024-03,U-1,A_X,1,BC\n"))
	f.Add([]byte("x\n" + vietnamese + "\n3/2024,Ba Đình,Số A,-,BC,\n3/2024,Ba Đình,Số A,-,BC,\n"))
	f.Add([]byte("Kỳ;Đơn vị;Chỉ tiêu\n"))
	against := small(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		read, _, problems := table.ReadCSV("x.csv", data)
		if len(problems) > 0 {
			return
		}
		got := imported.Decode([]table.Table{read}, against)
		for _, r := range got.Rows {
			u, known := against.Catalogue.Unit(r.Unit)
			i, asked := against.Catalogue.Indicator(r.Indicator)
			if !known || !asked || r.Value == "" || r.Source == "" || !against.Catalogue.Asks(i, u, r.Period, against.Timetable.Scheme) ||
				!against.Timetable.Closed(r.Period, against.At) || read.Rows[r.Row] == nil {
				t.Errorf("%+v", r)
			}
		}
		for _, p := range got.Problems {
			if p.Where == "" || p.MessageVI == "" || p.Row < 0 || p.Col < 0 {
				t.Errorf("%+v", p)
			}
		}
	})
}

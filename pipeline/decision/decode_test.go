package decision_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/decision"
	"tonghop/pipeline/period"
	"tonghop/pipeline/table"
)

// small is a catalogue of two units, one of which was renamed, and three
// indicators.
func small(t testing.TB) *catalogue.Catalogue {
	t.Helper()
	folder := fstest.MapFS{}
	for _, empty := range catalogue.Headers() {
		folder[empty.Name+".csv"] = &fstest.MapFile{Data: empty.CSV()}
	}
	for name, text := range map[string]string{
		"units": "id,code,kind,name,aliases,valid_from,valid_to\nU-1,001,quận,Ba Đình,Hội LHPN quận Ba Đình,,2025-06-30\n" +
			"U-2,002,phường,Ba Đình,,2025-07-01,\nU-3,003,huyện,Gia Lâm,,,\n",
		"programmes": "code,name_vi\nP1,Một\n",
		"indicators": "code,programme,kind,name_vi,type,nature,across,formula,asked_of,aliases\nA,P1,input,Số A,whole,flow,sum,,,A_CU|P.1a\n" +
			"B,P1,input,Số B,whole,flow,sum,,huyện,\nR,P1,derived,Tỷ lệ,percent,,,100 * A / B,,\n",
	} {
		folder[name+".csv"] = &fstest.MapFile{Data: []byte(text)}
	}
	cat, problems := catalogue.Load(catalogue.FromFolder(folder, "small"))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return cat
}

const (
	english    = "id,date,by,kind,period,unit,indicator,file,old_value,new_value,basis,confirmed"
	vietnamese = "Số,Ngày,Người quyết định,Loại,Kỳ,Đơn vị,Chỉ tiêu,Tệp,Giá trị cũ,Giá trị mới,Căn cứ,Xác nhận"
)

func decode(t testing.TB, header string, rows ...string) decision.Rows {
	t.Helper()
	text := header + "\n" + strings.Join(rows, "\n") + "\n"
	read, _, problems := table.ReadCSV("quyet-dinh.csv", []byte(text))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return decision.Decode(read, small(t))
}

// told writes a decision in a line.
func told(d decision.Decision) string {
	line := fmt.Sprintf("%s %s %s %s %s %s %s", d.ID, d.Date, d.Kind, d.Period, d.Unit, d.Indicator, d.File)
	for _, part := range []string{"old=" + d.Old.Raw, "new=" + d.New.Raw, "code=" + d.Code, "withdraws=" + d.Withdraws, "until=" + d.Until.String()} {
		if !strings.HasSuffix(part, "=") {
			line += " " + part
		}
	}
	if d.Hour >= 0 {
		line += fmt.Sprintf(" %02d:%02d", d.Hour, d.Minute)
	}
	if d.Confirmed {
		line += " confirmed"
	}
	return strings.Join(strings.Fields(line), " ")
}

func TestEveryKind(t *testing.T) {
	for row, want := range map[string]string{
		`QD-1,2025-06-17,Lan,đính chính,2025-06,U-1,A,,41,45,điện thoại 9h10,chờ`:         "QD-1 2025-06-17 correction 2025-06 U-1 A old=41 new=45",
		`QD-1,17/6/2025,Lan,Đính chính,T6/2025,Quận Ba Đình,a,,,45,BC 15,đã có`:           "QD-1 2025-06-17 correction 2025-06 U-1 A new=45 confirmed",
		`QD-2,2025-06-17,Lan,nhập hộ báo cáo giấy,6/2025,Huyện Gia Lâm,B,,,-,BC 15,`:      "QD-2 2025-06-17 paper 2025-06 U-3 B new=-",
		`QD-3,2025-06-17,Lan,giải trình,2025-06,003,A,,,,tăng do chiến dịch,`:             "QD-3 2025-06-17 explanation 2025-06 U-3 A",
		`QD-3,2025-06-17,Lan,giải trình,2025-06,003,,,,nil-return,đúng,`:                  "QD-3 2025-06-17 explanation 2025-06 U-3 new=nil-return code=nil-return",
		`QD-4,2025-06-17,Lan,chọn bản,2025-06,U-1,,2025-06/ba-dinh.xlsx,,,chị Lan,`:       "QD-4 2025-06-17 choose 2025-06 U-1 2025-06/ba-dinh.xlsx",
		`QD-5,2025-06-17,Lan,loại tệp,,,,0a1b2c3d,,,gửi nhầm,`:                            "QD-5 2025-06-17 discard 0a1b2c3d",
		`QD-6,2025-06-17,Lan,gia hạn,2025-06,U-1,,,,20/6/2025 17h30,công văn,`:            "QD-6 2025-06-17 extend 2025-06 U-1 new=20/6/2025 17h30 until=2025-06-20 17:30",
		`QD-6,2025-06-17,Lan,extend,2025-06,U-1,,,,2025-06-20,công văn,`:                  "QD-6 2025-06-17 extend 2025-06 U-1 new=2025-06-20 until=2025-06-20",
		`QD-7,2025-06-17,Lan,đóng thiếu,2025-06,U-1,,,,,bão,`:                             "QD-7 2025-06-17 close 2025-06 U-1",
		`QD-8,2025-06-17,Lan,rút quyết định,,,,,QD-1,,nhầm,`:                              "QD-8 2025-06-17 withdraw old=QD-1 withdraws=QD-1",
		`12/QĐ,2025-06-17,Lan,đóng thiếu,2025-07-01,Phường Ba Đình,,,,,bão,`:              "12/QĐ 2025-06-17 close 2025-07 U-2",
		`QD-9,2025-06-17,Lan,đóng thiếu,2025-06,Ba Đình,,,,,của kỳ này,`:                  "QD-9 2025-06-17 close 2025-06 U-1",
		`QD-9,2025-06-17,Lan,đóng thiếu,2025-08,ba đình,,,,,của kỳ này,`:                  "QD-9 2025-06-17 close 2025-08 U-2",
		`QD-9,2025-06-17,Lan,đính chính,2025-06,U-3,B – Số B,,,3,chọn trong danh sách,No`: "QD-9 2025-06-17 correction 2025-06 U-3 B new=3",
	} {
		for _, header := range []string{english, vietnamese} {
			got := decode(t, header, row)
			if len(got.Problems) > 0 || len(got.Decisions) != 1 {
				t.Errorf("%s: %v", row, got.Problems)
				continue
			}
			if line := told(got.Decisions[0]); line != want {
				t.Errorf("%s\n got %s\nwant %s", row, line, want)
			}
		}
	}
}

// What a report is signed with stands in columns of its own, which no other
// kind uses.
func TestSignOff(t *testing.T) {
	header := strings.Join(decision.Headers, ",")
	signed := func(row string) decision.Rows { return decode(t, header, row) }
	got := signed(`QD-1,2025-06-20,Lan,chốt kỳ,2025-Q2,,,,r2,,họp Ban Thường vụ,,Nguyễn Thị A,kt chủ tịch,PHÓ CHỦ TỊCH,05/BC-BTV,20/6/2025,Trần B,Lê C`)
	if len(got.Problems) > 0 || len(got.Decisions) != 1 {
		t.Fatal(got.Problems)
	}
	d := got.Decisions[0]
	want := decision.Signature{
		Decision: "QD-1", Signer: "Nguyễn Thị A", Authority: "KT. chủ tịch", Title: "PHÓ CHỦ TỊCH", Number: "05/BC-BTV",
		Dated: period.Date{Year: 2025, Month: 6, Day: 20}, PreparedBy: "Trần B", CheckedBy: "Lê C",
	}
	if d.Signature != want || d.Span.String() != "2025-Q2" || d.Revision != 2 || d.Period.String() != "2025-06" {
		t.Errorf("%+v %s r%d %s", d.Signature, d.Span, d.Revision, d.Period)
	}
	for typed, want := range map[string]string{"": "", "-": decision.OwnRight, "Không": decision.OwnRight, "TL": "TL."} {
		got := signed(`Q,2025-06-20,Lan,chốt kỳ,2025-06,,,,,,họp,,A,` + typed + `,CHỦ TỊCH,05,2025-06-20,,`)
		if len(got.Decisions) != 1 || got.Decisions[0].Signature.Authority != want {
			t.Errorf("%q: %+v, %v", typed, got.Decisions, got.Problems)
		}
	}
	for row, column := range map[string]string{
		`Q,2025-06-20,Lan,chốt kỳ,2025-06,,,,,,họp,,A,Thay mặt,CHỦ TỊCH,05,2025-06-20,,`: "authority",
		`Q,2025-06-20,Lan,chốt kỳ,2025-06,,,,,,họp,,A,TM,CHỦ TỊCH,05,,,`:                 "dated",
		`Q,2025-06-20,Lan,đóng thiếu,2025-06,U-1,,,,,bão,,A,,,,,,`:                       "signer",
	} {
		got := signed(row)
		if len(got.Decisions) != 0 || !slices.ContainsFunc(got.Problems, func(p table.Problem) bool { return p.Column == column }) {
			t.Errorf("%s: %v", row, got.Problems)
		}
	}
}

// A row that was recorded when the table had fewer columns is still the same.
func TestOlderRowIsTheSame(t *testing.T) {
	const row = `QD-7,2025-06-17,Lan,đóng thiếu,2025-06,U-1,,,,,bão,`
	now := decode(t, strings.Join(decision.Headers, ","), row+",,,,,,,").Decisions[0]
	if now.Canonical != decision.Trimmed(row) {
		t.Errorf("%q is not %q", now.Canonical, row)
	}
	if again := decode(t, english, row).Decisions[0]; again.Canonical != now.Canonical {
		t.Errorf("%q is not %q", again.Canonical, now.Canonical)
	}
}

// A row is whole or not there; the rows beside it are not touched.
func TestEachFaultAndNothingHalfApplied(t *testing.T) {
	const good = `QD-0,2025-06-17,Lan,đóng thiếu,2025-06,U-1,,,,,bão,`
	for name, c := range map[string]struct{ row, column, says, want string }{
		"no id":              {`,2025-06-17,Lan,đóng thiếu,2025-06,U-1,,,,,bão,`, "id", "must be filled in", ""},
		"no basis":           {`Q,2025-06-17,Lan,đóng thiếu,2025-06,U-1,,,,,,`, "basis", "must be filled in", ""},
		"kind misspelt":      {`Q,2025-06-17,Lan,dong thiu,2025-06,U-1,,,,,bão,`, "kind", "not a kind", "đóng thiếu"},
		"date":               {`Q,31/6/2025,Lan,đóng thiếu,2025-06,U-1,,,,,bão,`, "date", "not a date", ""},
		"period":             {`Q,2025-06-17,Lan,đóng thiếu,hè,U-1,,,,,bão,`, "period", "not a month", "2025-06"},
		"no period":          {`Q,2025-06-17,Lan,đóng thiếu,,U-1,,,,,bão,`, "period", "needs this column", ""},
		"unit unknown":       {`Q,2025-06-17,Lan,đóng thiếu,2025-06,Huyện Gia Lam1,,,,,bão,`, "unit", "no such unit", "Huyện Gia Lâm"},
		"indicator unknown":  {`Q,2025-06-17,Lan,đính chính,2025-06,U-1,AA,,,4,gọi,`, "indicator", "no such indicator", "A"},
		"indicator derived":  {`Q,2025-06-17,Lan,đính chính,2025-06,U-1,R,,,4,gọi,`, "indicator", "computed from others", "A | B"},
		"not asked":          {`Q,2025-06-17,Lan,đính chính,2025-06,U-1,B,,,4,gọi,`, "indicator", "not asked", ""},
		"no new value":       {`Q,2025-06-17,Lan,đính chính,2025-06,U-1,A,,4,,gọi,`, "new_value", "needs this column", ""},
		"same value":         {`Q,2025-06-17,Lan,đính chính,2025-06,U-1,A,,4,4,gọi,`, "new_value", "is the old value", ""},
		"value too many":     {`Q,2025-06-17,Lan,đóng thiếu,2025-06,U-1,,,,0,bão,`, "new_value", "does not use", ""},
		"confirmed":          {`Q,2025-06-17,Lan,đóng thiếu,2025-06,U-1,,,,,bão,rồi`, "confirmed", "allowed values", "chờ | đã có"},
		"extended until":     {`Q,2025-06-17,Lan,gia hạn,2025-06,U-1,,,,thứ sáu,bão,`, "new_value", "hour is not clear", "2025-06-20 17:00"},
		"finding unknown":    {`Q,2025-06-17,Lan,giải trình,2025-06,U-1,,,,nil-retur,bão,`, "new_value", "no such finding", "nil-return"},
		"explains nothing":   {`Q,2025-06-17,Lan,giải trình,2025-06,U-1,,,,,bão,`, "indicator", "needs an indicator", ""},
		"short hash":         {`Q,2025-06-17,Lan,loại tệp,,,,0a1b,,,nhầm,`, "file", "at least 8 digits", "2025-06/ba-dinh.xlsx"},
		"withdraws itself":   {`Q,2025-06-17,Lan,rút quyết định,,,,,Q,,nhầm,`, "old_value", "cannot withdraw itself", ""},
		"nobody signs":       {`Q,2025-06-17,Lan,chốt kỳ,2025-06,,,,,,họp,`, "signer", "needs this column", ""},
		"reopens nothing":    {`Q,2025-06-17,Lan,mở lại,,,,,,,họp,`, "period", "needs this column", ""},
		"reopens a unit":     {`Q,2025-06-17,Lan,mở lại,2025-06,U-1,,,,,họp,`, "unit", "does not use", ""},
		"comma not quoted":   {`Q,2025-06-17,Lan,đóng thiếu,2025-06,U-1,,,,,bão,chờ,thêm`, "", "outside the columns", ""},
		"id of a row before": {`QD-0,2025-06-17,Lan,đóng thiếu,2025-06,U-3,,,,,bão,`, "id", "this id is also in", ""},
	} {
		got := decode(t, english, good, c.row, strings.Replace(good, "QD-0", "QD-5", 1))
		at := slices.IndexFunc(got.Problems, func(p table.Problem) bool { return p.Row == 2 })
		if at < 0 {
			t.Errorf("%s: no problem at the row: %v", name, got.Problems)
			continue
		}
		p := got.Problems[at]
		if p.Column != c.column || !strings.Contains(p.MessageEN, c.says) || c.want != "" && p.Want != c.want {
			t.Errorf("%s: got %s", name, p.Error())
		}
		if p.MessageVI == "" || p.MessageVI == p.MessageEN || strings.Contains(p.MessageVI, "%!") || strings.Contains(p.MessageEN, "%!") {
			t.Errorf("%s: %s / %s", name, p.MessageVI, p.MessageEN)
		}
		want := "QD-0 QD-5"
		if name == "id of a row before" {
			want = "QD-5"
		}
		var ids []string
		for _, d := range got.Decisions {
			ids = append(ids, d.ID)
		}
		if strings.Join(ids, " ") != want {
			t.Errorf("%s: in force are %v, want %s", name, ids, want)
		}
	}
}

// Names and codes are used again: which unit is meant depends on the month, and
// in the month of the change a bare name is asked about.
func TestTheMonthSaysWhichUnitIsMeant(t *testing.T) {
	for typed, want := range map[string]string{
		"2025-06,Ba Đình": "U-1", "2025-08,Ba Đình": "U-2", "2025-07,Ba Đình": "U-1 | U-2",
		"2025-07,Quận Ba Đình": "U-1", "2025-07,P. Ba Đình": "U-2", "2025-09,Quận Ba Đình": "U-1", // its own finding tells that it ended
		"2025-06,001": "U-1", "2025-07,u-2": "U-2", "2025-07,1": "",
	} {
		got := decode(t, english, `QD-1,2025-09-17,Lan,đóng thiếu,`+typed+`,,,,,bão,`)
		switch {
		case len(got.Decisions) == 1 && got.Decisions[0].Unit == want:
		case len(got.Problems) == 1 && got.Problems[0].Column == "unit" && got.Problems[0].Want == want:
		default:
			t.Errorf("%s: %+v, %v; want %s", typed, got.Decisions, got.Problems, want)
		}
	}
}

func TestTitlesAboveTheHeaderAndMissingColumns(t *testing.T) {
	got := decode(t, "SỔ QUYẾT ĐỊNH,,,\n,,,\n"+vietnamese, `QD-1,2025-06-17,Lan,đóng thiếu,2025-06,U-1,,,,,bão,`)
	if len(got.Problems) > 0 || len(got.Decisions) != 1 || got.Decisions[0].Place.Row != 3 {
		t.Errorf("%+v", got)
	}
	got = decode(t, strings.Replace(vietnamese, "Căn cứ", "Lý do", 1), `QD-1,2025-06-17,Lan,đóng thiếu,2025-06,U-1,,,,,bão,`)
	if len(got.Decisions) != 0 || len(got.Problems) == 0 || got.IDs[1] != "QD-1" {
		t.Errorf("without a basis: %+v", got)
	}
}

// What is recorded of a row is enough to read it again, and does not depend on
// the order of columns or on the language of the header.
func TestCanonicalIsReadAgain(t *testing.T) {
	cat := small(t)
	a := decode(t, vietnamese, `QD-1,17/6/2025,Lan,đính chính,2025-06,U-1,A,,41,"1.045, đã rõ",gọi,chờ`).Decisions[0]
	shuffled := decode(t, "kind,new_value,old_value,basis,confirmed,id,date,by,period,unit,indicator",
		`đính chính,"1.045, đã rõ",41,gọi,chờ,QD-1,17/6/2025,Lan,2025-06,U-1,A`).Decisions[0]
	if a.Canonical != shuffled.Canonical {
		t.Errorf("%s\n%s", a.Canonical, shuffled.Canonical)
	}
	again, problems := decision.Parse(a.Canonical, cat)
	a.Place = decision.Place{}
	if len(problems) > 0 || again != a {
		t.Errorf("got %+v, %v\nwant %+v", again, problems, a)
	}
}

func TestInForce(t *testing.T) {
	rows := []string{
		`QD-9,2025-06-17,Lan,đóng thiếu,2025-06,U-1,,,,,bão,`,
		`QD-10,2025-06-17,Lan,đóng thiếu,2025-06,U-3,,,,,bão,`,
		`QD-11,2025-06-18,Lan,rút quyết định,,,,,QD-9,,nhầm,`,
		`QD-12,2025-06-19,Lan,rút quyết định,,,,,QD-11,,nhầm,`,
		`QD-13,2025-06-19,Lan,rút quyết định,,,,,QD-10,,nhầm,`,
		`QD-14,2025-06-19,Lan,rút quyết định,,,,,QD-77,,nhầm,`,
		`QD-15,2025-06-01,Lan,rút quyết định,,,,,QD-9,,trước khi có,`,
	}
	random := rand.New(rand.NewPCG(1, 2))
	for range 30 {
		random.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
		standing, lost := decision.InForce(decode(t, english, rows...).Decisions)
		if got := ids(standing); got != "QD-9" {
			t.Fatalf("standing: %s", got)
		}
		if got := ids(lost); got != "QD-15 QD-14" {
			t.Fatalf("withdrawals of nothing: %s", got)
		}
	}
}

func ids(all []decision.Decision) string {
	var out []string
	for _, d := range all {
		out = append(out, d.ID)
	}
	return strings.Join(out, " ")
}

// A row that was taken in under an indicator's older code means the indicator,
// and stays the row it was.
func TestOlderCodes(t *testing.T) {
	for typed, want := range map[string]string{"A": "A", "A_CU": "A", "a_cu": "A", "P.1a": "A", "A_CU – Số A": "A", "A_XU": ""} {
		rows := decode(t, english, "QD-1,2025-06-17,Lan,đính chính,2025-06,U-1,"+typed+",,41,45,gọi,chờ")
		switch {
		case want == "":
			if len(rows.Decisions) > 0 || len(rows.Problems) != 1 {
				t.Errorf("%q: %v %v", typed, rows.Decisions, rows.Problems)
			}
		case len(rows.Decisions) != 1 || rows.Decisions[0].Indicator != want || !strings.Contains(rows.Decisions[0].Canonical, typed):
			t.Errorf("%q: %v %v", typed, rows.Decisions, rows.Problems)
		default:
			again, problems := decision.Parse(rows.Decisions[0].Canonical, small(t))
			if len(problems) > 0 || again.Indicator != want {
				t.Errorf("%q read again: %v %v", typed, again, problems)
			}
		}
	}
}

func TestNames(t *testing.T) {
	const path, hash = "2025-06/ba-dinh.xlsx", "0a1b2c3d4e5f"
	for typed, want := range map[string]bool{
		path: true, `2025-06\Ba-Dinh.xlsx`: true, "inputs/2025-06/ba-dinh.xlsx": true, "0A1B2C3D": true, hash: true,
		"ba-dinh.xlsx": false, "0a1b2c3": false, "0a1b2c3e": false, "": false,
	} {
		if got := (decision.Decision{File: typed}).Names(path, hash); got != want {
			t.Errorf("%q names the file: %v", typed, got)
		}
	}
}

// Any text gives decisions that are read again as they were, or problems; a
// decision never comes from a row with a problem.
func FuzzDecode(f *testing.F) {
	cat := small(f)
	f.Add([]byte(english + "\nQD-1,2025-06-17,Lan,đính chính,2025-06,U-1,A,,41,45,gọi,chờ\n"))
	f.Add([]byte(vietnamese + "\nQD-6,2025-06-17,Lan,gia hạn,2025-06,U-1,,,,20/6/2025 17h30,cv,\n"))
	f.Add([]byte("Số;Ngày;Loại;Kỳ\n1;1;1;1;1\n\"\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		read, _, problems := table.ReadCSV("x.csv", data)
		if len(problems) > 0 {
			return
		}
		rows := decision.Decode(read, cat)
		bad := map[int]bool{}
		for _, p := range rows.Problems {
			bad[p.Row] = bad[p.Row] || p.Row > 0
			if p.MessageVI == "" || p.MessageEN == "" {
				t.Errorf("a problem without words: %+v", p)
			}
		}
		for _, d := range rows.Decisions {
			if bad[d.Place.Row] {
				t.Errorf("row %d has a problem and a decision", d.Place.Row)
			}
			again, problems := decision.Parse(d.Canonical, cat)
			d.Place = decision.Place{}
			if len(problems) > 0 || again != d {
				t.Errorf("read again: %+v, %v\nwas %+v", again, problems, d)
			}
		}
	})
}

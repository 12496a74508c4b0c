package intake

import (
	"slices"
	"strings"
	"testing"

	"tonghop/pipeline/layout"
	"tonghop/pipeline/submission"
	"tonghop/pipeline/workbook"
)

func TestReadsAFilledForm(t *testing.T) {
	r := read(t, "ba-dinh.xlsx")
	if got := said(r); len(got) > 0 {
		t.Errorf("findings %q", got)
	}
	want := "LD=41 LD_NU=30 CS=21 TL=82.91 NAM=blank(not due) VU=none TT=hoàn thành NX=Làm tốt."
	if got := figures(r.Submission); got != want {
		t.Fatalf("got %s", got)
	}
	s := r.Submission
	if r.File.Disposition != submission.Counted || r.File.Unit != "HN-001" || r.File.Period.String() != "2025-05" {
		t.Errorf("file %+v", r.File)
	}
	if s.Unit != "HN-001" || s.Version != 1 || s.FormVersion != "M1" || s.PreparedBy != "Nguyễn Thị An" || s.ApprovedBy != "Trần Thị Bình" || s.Phone != "0912" || s.NilReturn {
		t.Errorf("submission %+v", s)
	}
	v, _ := s.Value("LD")
	if v.Sheet != "Báo cáo" || v.Cell != "E10" || v.Row != 10 || v.Col != 5 || v.Raw != "41" || v.Note != "có 3 lớp" {
		t.Errorf("value %+v", v)
	}
	wantRemarks := []submission.Remark{
		{Programme: "CT01", Kind: submission.Difficulties, Text: "Thiếu kinh phí", Sheet: "Thuyết minh", Cell: "C4"},
		{Programme: "CT02", Kind: submission.Evidence, Text: "Công văn 12", Sheet: "Thuyết minh", Cell: "E5"},
	}
	if !slices.Equal(s.Remarks, wantRemarks) {
		t.Errorf("remarks %+v", s.Remarks)
	}
}

const whole = "LD=41 LD_NU=30 CS=21 TL=82.91 NAM=blank(not due) VU=none TT=hoàn thành NX=Làm tốt."

func TestFindings(t *testing.T) {
	for _, c := range []struct {
		name    string
		path    string // default bao-cao.xlsx
		changes []string
		as      submission.Disposition // default counted
		said    []string
		figures string // default the whole report, or nothing where it does not count
	}{
		// Whose, and of when.
		{name: "without names the labels lead", changes: []string{"no names"}},
		{name: "label and value in one cell", changes: []string{"no names", "A3: Kỳ báo cáo: Tháng 5/2025", "C3:"}},
		{name: "an empty field takes no other label for its value", changes: []string{"no names", "C1:", "C2:"}, as: submission.UnusableFile, said: []string{"unit-missing B1"}},
		{name: "a month with a slash", changes: []string{"C3: 5/2025"}},
		{name: "a month with a zero", changes: []string{"C3: 05/2025"}},
		{name: "the month in words", changes: []string{"C3: tháng 5 / 2025"}},
		{name: "no period", changes: []string{"C3:"}, as: submission.UnusableFile, said: []string{"period-missing C3"}},
		{name: "no such month", changes: []string{"C3: 13/2025"}, as: submission.UnusableFile, said: []string{"period-missing C3 13/2025"}},
		{name: "folder of the period", path: "2025-05/ba-dinh.xlsx"},
		{name: "folder of another period", path: "nộp/2025-06/a.xlsx", as: submission.Held, said: []string{"period-mismatch C3 2025-05 folder=2025-06 inside=2025-05"}},
		{name: "id in small letters", changes: []string{"C2: hn-001"}},
		{name: "by name, without tones", changes: []string{"C2:", "C1: quan ba dinh"}},
		{name: "by alias", changes: []string{"C2:", "C1: BĐ Hà Nội"}},
		{name: "a title nobody has does not contradict", changes: []string{"C1: Hội LHPN Ba Đình"}},
		{name: "no unit", changes: []string{"C1:", "C2:"}, as: submission.UnusableFile, said: []string{"unit-missing C1"}},
		{name: "near to a name", changes: []string{"C2:", "C1: Quận Ba Dinhh"}, as: submission.UnusableFile, said: []string{"unit-unknown C1 Quận Ba Dinhh suggestion=Quận Ba Đình"}},
		{name: "near to none", changes: []string{"C2:", "C1: Cần Giờ"}, as: submission.UnusableFile, said: []string{"unit-unknown C1 Cần Giờ"}},
		{name: "unknown id", changes: []string{"C2: HN-999"}, as: submission.UnusableFile, said: []string{"unit-unknown C2 HN-999 suggestion=Quận Ba Đình"}},
		{name: "two of a name", changes: []string{"C2:", "C1: Phường Hoà An"}, as: submission.UnusableFile, said: []string{"unit-ambiguous C1 Phường Hoà An candidates=Phường Hòa An|Phường Hoá An"}},
		{name: "a name resolves by the period", changes: []string{"C2:", "C1: Đông Anh", "C3: 2025-09"}, figures: whole},
		{name: "neither period nor one unit", changes: []string{"C2:", "C1: Đông Anh", "C3:"}, as: submission.UnusableFile, said: []string{"period-missing C3"}},
		{name: "id and name disagree", changes: []string{"C1: Quận Tây Hồ"}, as: submission.Held, said: []string{"unit-contradicted C1 Quận Tây Hồ inside=HN-001 title=HN-002"}},
		{name: "folder of the unit", path: "ba-dinh/2025-05/a.xlsx"},
		{name: "folder of another unit", path: "Tay Ho/a.xlsx", as: submission.Held, said: []string{"unit-contradicted C2 HN-001 folder=HN-002 inside=HN-001"}},
		{name: "after the unit's end", changes: []string{"C2: HN-003", "C1: Huyện Đông Anh", "C3: 2025-09"}, as: submission.Held, said: []string{"unit-not-expected C2 HN-003 ended=2025-06-30"}},
		{name: "held files still say all", path: "2025-06/a.xlsx", changes: []string{"E10: 12.5"}, as: submission.Held, said: []string{"period-mismatch C3 2025-05 folder=2025-06 inside=2025-05", "number-not-whole E10 LD 12.5"}},

		// The table.
		{name: "another sheet name", changes: []string{"sheet Báo cáo to Tháng 5"}},
		{name: "a result of no period", changes: []string{"E8: Kết quả"}},
		{name: "no value column", changes: []string{"E8: Kinh phí"}, as: submission.UnusableFile, said: []string{"column-ambiguous E8 Kinh phí columns=E8 “Kinh phí”|G8 “Kỳ trước”|H8 “Lũy kế năm”"}},
		{name: "plan of the month", changes: []string{"E8: KH tháng 5"}, as: submission.UnusableFile, said: []string{"column-ambiguous E8 KH tháng 5 columns=E8 “KH tháng 5”|G8 “Kỳ trước”|H8 “Lũy kế năm”"}},
		{name: "codes swapped", changes: []string{"B10: CS", "B13: LD"}, said: []string{"code-name-mismatch E10 CS 41 code=CS named=LD", "code-name-mismatch E13 LD 21 code=LD named=CS"},
			figures: "LD=refused LD_NU=30 CS=refused TL=82.91 NAM=blank(not due) VU=none TT=hoàn thành NX=Làm tốt."},
		{name: "names swapped", changes: []string{"C10: Số cơ sở Hội", "C13: 1. Số lao động được đào tạo"}, said: []string{"code-name-mismatch E10 LD 41 code=LD named=CS", "code-name-mismatch E13 CS 21 code=CS named=LD"},
			figures: "LD=refused LD_NU=30 CS=refused TL=82.91 NAM=blank(not due) VU=none TT=hoàn thành NX=Làm tốt."},
		{name: "a name that is nobody's", changes: []string{"C10: Lao động qua lớp nghề"}},
		{name: "another's name with more in brackets", changes: []string{"C10: Số cơ sở Hội (mở lớp)"}},
		{name: "another's name with its measure", changes: []string{"C10: Số vụ việc (vụ)"}, said: []string{"code-name-mismatch E10 LD 41 code=LD named=VU"},
			figures: "LD=refused LD_NU=30 CS=21 TL=82.91 NAM=blank(not due) VU=none TT=hoàn thành NX=Làm tốt."},
		{name: "a quarter in the field", changes: []string{"C3: Quý II"}, as: submission.UnusableFile, said: []string{"period-not-month C3 Quý II"}},
		{name: "half a year in the field", changes: []string{"C3: 6 tháng đầu năm 2025"}, as: submission.UnusableFile, said: []string{"period-not-month C3 6 tháng đầu năm 2025"}},
		{name: "a quarter beside a label without a name", changes: []string{"no names", "C3: Quý II"}, as: submission.UnusableFile, said: []string{"period-not-month C3 Quý II"}},
		{name: "a heading twice", changes: []string{"G8: Số liệu kỳ này"}, as: submission.UnusableFile, said: []string{"column-ambiguous E8 Số liệu kỳ này columns=E8 “Số liệu kỳ này”|G8 “Số liệu kỳ này”"}},
		{name: "two tables", changes: []string{"sheet Báo cáo to Một", "Hai!A1: Mã", "Hai!B1: Số liệu kỳ này"}, as: submission.UnusableFile, said: []string{"table-ambiguous A1 tables=Một!A8|Hai!A1"}},
		{name: "columns in another order", changes: []string{"column E to K", "column B to L"}},
		{name: "rows in another order", changes: []string{"row 10 to 7", "row 8 to 6"}},
		{name: "no end mark", changes: []string{"A19:"}},
		{name: "an indicator by its name", changes: []string{"B10:"}},
		{name: "a definition that reads like its name", changes: []string{"C11: Số lao động được đào tạo"}},
		{name: "code in small letters", changes: []string{"B10: ld"}},
		{name: "row missing", changes: []string{"B13:", "C13:", "E13:"}, said: []string{"indicator-missing CS"},
			figures: "LD=41 LD_NU=30 CS=blank TL=82.91 NAM=blank(not due) VU=none TT=hoàn thành NX=Làm tốt."},
		{name: "unknown code", changes: []string{"B11: LD_X"}, said: []string{"indicator-unknown B11 LD_X"}},
		{name: "code one letter off", changes: []string{"B10: LDD"}, said: []string{"indicator-missing LD", "indicator-unknown B10 LDD suggestion=LD"},
			figures: "LD=blank LD_NU=30 CS=21 TL=82.91 NAM=blank(not due) VU=none TT=hoàn thành NX=Làm tốt."},
		{name: "a figure beside no indicator", changes: []string{"C11: Số lớp", "E11: 3"}, said: []string{"indicator-unknown C11 Số lớp"}},
		{name: "code twice", changes: []string{"B11: LD", "E11: 41"}, said: []string{"indicator-repeated E11 LD 41 other_cell=E10"},
			figures: "LD=refused LD_NU=30 CS=21 TL=82.91 NAM=blank(not due) VU=none TT=hoàn thành NX=Làm tốt."},
		{name: "code and name, both with figures", changes: []string{"C11: Số lao động được đào tạo", "E11: 7"}, said: []string{"indicator-repeated E11 LD 7 other_cell=E10"},
			figures: "LD=refused LD_NU=30 CS=21 TL=82.91 NAM=blank(not due) VU=none TT=hoàn thành NX=Làm tốt."},
		{name: "not due and typed", changes: []string{"E15: 5"}, said: []string{"value-not-due E15 NAM 5 due=6|12"}},
		{name: "due in June", changes: []string{"C3: 2025-06", "E15: 5"}, figures: "LD=41 LD_NU=30 CS=21 TL=82.91 NAM=5 VU=none TT=hoàn thành NX=Làm tốt."},
		{name: "not asked of the unit", changes: []string{"B11: VP", "E11: 5"}, said: []string{"value-not-due E11 VP 5 why=not-asked"}},
		{name: "not asked and blank", changes: []string{"B11: VP"}},
		{name: "another form", changes: []string{"C4: M0"}, said: []string{"form-outdated C4 M0 current=M1 used=M0"}},
		{name: "remark on no programme", changes: []string{"Thuyết minh!A6: CT99", "Thuyết minh!D6: Đề nghị"}, said: []string{"indicator-unknown D6 CT99"}},

		// Hidden.
		{name: "hidden row", changes: []string{"hide row 10"}, said: []string{"hidden-data E10 LD 41 what=row"}},
		{name: "hidden row without a figure", changes: []string{"hide row 11"}},
		{name: "hidden column", changes: []string{"hide column E"}, said: []string{"hidden-data E8 what=column"}},
		{name: "hidden sheet", changes: []string{"hide sheet Báo cáo"}, said: []string{"hidden-data what=sheet"}},

		// Cells as stored.
		{name: "a wrong number", changes: []string{"E10: 1.234"}, said: []string{"number-not-whole E10 LD 1.234"},
			figures: "LD=refused LD_NU=30 CS=21 TL=82.91 NAM=blank(not due) VU=none TT=hoàn thành NX=Làm tốt."},
		{name: "text with a thousands point", changes: []string{"E10: '1.234"}, said: []string{"text-number E10 LD 1.234"},
			figures: "LD=1234 LD_NU=30 CS=21 TL=82.91 NAM=blank(not due) VU=none TT=hoàn thành NX=Làm tốt."},
		{name: "a date", changes: []string{"E10: 45000", "date E10"}, said: []string{"date-instead-of-number E10 LD 45000"},
			figures: "LD=refused LD_NU=30 CS=21 TL=82.91 NAM=blank(not due) VU=none TT=hoàn thành NX=Làm tốt."},
		{name: "shown as percent", changes: []string{"E14: 0.9", "percent E14"},
			figures: "LD=41 LD_NU=30 CS=21 TL=90 NAM=blank(not due) VU=none TT=hoàn thành NX=Làm tốt."},
		{name: "formula without a result", changes: []string{"E10: =E12+1"}, said: []string{"formula-without-value E10 LD"},
			figures: "LD=refused LD_NU=30 CS=21 TL=82.91 NAM=blank(not due) VU=none TT=hoàn thành NX=Làm tốt."},
		{name: "blank is left to others", changes: []string{"E10:"},
			figures: "LD=blank LD_NU=30 CS=21 TL=82.91 NAM=blank(not due) VU=none TT=hoàn thành NX=Làm tốt."},

		// The nil box.
		{name: "ticked, flows blank", changes: []string{"C5: x", "E10:", "E12:", "E16:"}, said: []string{"nil-return C5 x"},
			figures: "LD=none LD_NU=none CS=21 TL=82.91 NAM=blank(not due) VU=none TT=hoàn thành NX=Làm tốt."},
		{name: "ticked, stock blank", changes: []string{"C5: X", "E10: 0", "E12: KPS", "E13:"}, said: []string{"nil-return C5 X"},
			figures: "LD=none LD_NU=none CS=blank TL=82.91 NAM=blank(not due) VU=none TT=hoàn thành NX=Làm tốt."},
		{name: "ticked against a figure", changes: []string{"C5: x", "E10:"}, said: []string{"nil-contradicted E12 LD_NU 30 box=C5"},
			figures: "LD=blank LD_NU=30 CS=21 TL=82.91 NAM=blank(not due) VU=none TT=hoàn thành NX=Làm tốt."},
		{name: "ticked against a word", changes: []string{"C5: x", "E10: chưa có số liệu", "E12:"},
			figures: "LD=not_available LD_NU=blank CS=21 TL=82.91 NAM=blank(not due) VU=none TT=hoàn thành NX=Làm tốt."},
		{name: "ticked, not applicable agrees", changes: []string{"C5: x", "E10:", "E12:", "E16: KAD"}, said: []string{"nil-return C5 x"},
			figures: "LD=none LD_NU=none CS=21 TL=82.91 NAM=blank(not due) VU=not_applicable TT=hoàn thành NX=Làm tốt."},
		{name: "all none without the box", changes: []string{"E10: 0", "E12: -"}, said: []string{"nil-return"},
			figures: "LD=none LD_NU=none CS=21 TL=82.91 NAM=blank(not due) VU=none TT=hoàn thành NX=Làm tốt."},
		{name: "unticked", changes: []string{"C5: không", "E10:"},
			figures: "LD=blank LD_NU=30 CS=21 TL=82.91 NAM=blank(not due) VU=none TT=hoàn thành NX=Làm tốt."},
	} {
		t.Run(c.name, func(t *testing.T) {
			if c.path == "" {
				c.path = "bao-cao.xlsx"
			}
			if c.as == "" {
				c.as = submission.Counted
			}
			if c.figures == "" {
				if c.figures = whole; c.as != submission.Counted {
					c.figures = "nothing"
				}
			}
			r := read(t, c.path, c.changes...)
			if got := said(r); !slices.Equal(got, c.said) {
				t.Errorf("said %q\nwant %q", got, c.said)
			}
			if r.File.Disposition != c.as {
				t.Errorf("disposition %s, want %s", r.File.Disposition, c.as)
			}
			if got := figures(r.Submission); got != c.figures {
				t.Errorf("got  %s\nwant %s", got, c.figures)
			}
			for _, f := range r.Findings {
				if f.File != c.path {
					t.Errorf("%s has no file", f.Code)
				}
			}
		})
	}
}

// Cells under a merged range cannot be typed by a program that writes
// workbooks properly, so the sheet stands here as the strict reader gives it.
func TestValueUnderAMergedRangeIsTold(t *testing.T) {
	sheet := &workbook.Sheet{
		Name:   "Báo cáo",
		Cells:  []workbook.Cell{{Ref: workbook.Ref{Row: 12, Col: 5}, Kind: workbook.Number, Raw: "30"}},
		Merges: []workbook.Range{{From: workbook.Ref{Row: 11, Col: 5}, To: workbook.Ref{Row: 12, Col: 5}}},
	}
	t5 := &table{Table: &layout.Table{Sheet: sheet}, value: 5}
	if what := hiding(t5.line(12, sheet.Cells)); what != "cell" {
		t.Errorf("hidden by %q", what)
	}
	sheet.Merges = nil
	if what := hiding(t5.line(12, sheet.Cells)); what != "" {
		t.Errorf("hidden by %q", what)
	}
}

func TestRefusalsSayWhatTheFileIs(t *testing.T) {
	damaged := sheetOf(t)
	damaged[len(damaged)/2] ^= 0xff
	small := workbook.DefaultLimits()
	small.Cells = 10
	for _, c := range []struct {
		name   string
		data   []byte
		limits workbook.Limits
		code   string
	}{
		{"text", []byte("xin chào"), workbook.DefaultLimits(), "not-a-workbook detail=the file is not an Excel workbook but: text kind=text"},
		{"pdf", []byte("%PDF-1.4\n"), workbook.DefaultLimits(), "scan-only"},
		{"empty", nil, workbook.DefaultLimits(), "file-empty"},
		{"damaged", damaged, workbook.DefaultLimits(), "workbook-damaged"},
		{"too many cells", sheetOf(t), small, "workbook-too-large"},
	} {
		r := Read(submission.File{Path: c.name + ".xlsx"}, c.data, office(t), times, c.limits)
		got := said(r)
		if len(got) != 1 || !strings.HasPrefix(got[0], c.code) || r.Submission != nil || r.File.Disposition != submission.UnusableFile {
			t.Errorf("%s: %q, %s", c.name, got, r.File.Disposition)
		}
		if len(r.File.SHA256) != 64 || r.File.Size != int64(len(c.data)) {
			t.Errorf("%s: %+v", c.name, r.File)
		}
	}
}

func TestVersion(t *testing.T) {
	for typed, want := range map[string]int{"": 1, "2": 2, "'3": 3, "1.5": 1, "0": 1, "-1": 1, "lần 2": 1, "'0912345678": 1} {
		if r := read(t, "a.xlsx", "F4: "+typed); r.Submission == nil || r.Submission.Version != want {
			t.Errorf("%q read as %+v", typed, r.Submission)
		}
	}
}

func TestShowsPercent(t *testing.T) {
	for format, want := range map[string]bool{
		"0%": true, "0.00%;[Red]-0.00%": true, "General": false, `0"%"`: false, `0\%`: false, "[%]0": false, `"a"0%`: true, `0"`: false, "": false,
	} {
		if showsPercent(format) != want {
			t.Errorf("%q: %v", format, !want)
		}
	}
}

// Whatever stands in the cells, every indicator asked gets one value, findings
// have their place, and one disposition says what becomes of the file.
func FuzzAnyCells(f *testing.F) {
	f.Add("Báo cáo|2025-05|HN-001|LD|41|x")
	f.Add("Hết bảng|13/2025|Đông Anh|LD|…|có")
	f.Add("\x00|\xff|:|::|Mã đơn vị:|Kỳ báo cáo: 5/2025")
	f.Fuzz(func(t *testing.T, text string) {
		parts := strings.Split(text, "|")
		part := func(i int) string { return parts[i%len(parts)] }
		sheet := &workbook.Sheet{Name: part(0)}
		put := func(row, col int, kind workbook.Kind, raw string) {
			sheet.Cells = append(sheet.Cells, workbook.Cell{Ref: workbook.Ref{Row: row, Col: col}, Kind: kind, Raw: raw})
		}
		put(1, 1, workbook.Text, "Mã đơn vị:")
		put(1, 2, workbook.Text, part(2))
		put(2, 1, workbook.Text, "Kỳ báo cáo:")
		put(2, 2, workbook.Text, part(1))
		put(3, 1, workbook.Text, "Mã")
		put(3, 2, workbook.Text, "Số liệu kỳ này")
		for i := range parts {
			put(4+i, 1, workbook.Text, part(3+i))
			put(4+i, 2, workbook.Kind(i%6), part(4+i))
			put(4+i, 3, workbook.Text, part(i))
		}
		r := reader{file: submission.File{Path: "a.xlsx"}, lexicon: newLexicon(office(t), times), book: &workbook.Book{Sheets: []*workbook.Sheet{sheet}}}
		got := r.read()
		if s := got.Submission; s != nil {
			if n := len(r.cat.IndicatorsFor(r.unit, r.month, times.Scheme)); s.Values.Len() != n || got.File.Disposition != submission.Counted {
				t.Errorf("%d values of %d, %s", s.Values.Len(), n, got.File.Disposition)
			}
		} else if d := got.File.Disposition; d != submission.Held && d != submission.UnusableFile || len(got.Findings) == 0 {
			t.Errorf("%s with %d findings", d, len(got.Findings))
		}
	})
}

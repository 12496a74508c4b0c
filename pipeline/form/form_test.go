package form_test

import (
	"archive/zip"
	"bytes"
	"io"
	"io/fs"
	"strings"
	"testing"
	"time"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/figure"
	"tonghop/pipeline/form"
	"tonghop/pipeline/period"
	"tonghop/pipeline/submission"
	"tonghop/pipeline/workbook"
	"tonghop/templates"
)

func shipped(t *testing.T) *catalogue.Catalogue {
	t.Helper()
	folder, err := fs.Sub(templates.FS, "hanoi")
	if err != nil {
		t.Fatal(err)
	}
	c, problems := catalogue.Load(catalogue.FromFolder(folder, "hanoi"))
	for _, p := range problems {
		t.Error(p.Error())
	}
	if c == nil {
		t.FailNow()
	}
	return c
}

// june is the form of Ba Đình for 2025-06.
func june(t *testing.T) form.Input {
	t.Helper()
	c := shipped(t)
	unit, ok := c.Unit("HN-001")
	if !ok {
		t.Fatal("no unit HN-001")
	}
	month := period.Month{Year: 2025, Number: time.June}
	version, ok := c.FormFor(month, period.Scheme15to14)
	if !ok {
		t.Fatal("no form")
	}
	zone := time.FixedZone("+07", 7*60*60)
	return form.Input{
		Catalogue: c, Unit: unit, Month: month, Scheme: period.Scheme15to14, Form: version,
		Deadline: time.Date(2025, time.June, 17, 17, 0, 0, 0, zone),
		Created:  time.Date(2025, time.June, 1, 8, 0, 0, 0, zone),
		Contact:  "Văn phòng Hội LHPN Thành phố, 024 0000 0000",
		Previous: func(code string) (last, ytd figure.Figure) {
			switch code {
			case "CT01_KN":
				return figure.Of(figure.Int(41)), figure.Of(figure.Int(1234))
			case "CT01_CDI":
				return figure.Without(figure.None), figure.Without(figure.NotAvailable)
			}
			return figure.Figure{}, figure.Figure{}
		},
	}
}

// build fails the test where the form cannot be made.
func build(t *testing.T, in form.Input) []byte {
	t.Helper()
	data, err := form.Build(in)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// open reads a form as submissions are read.
func open(t *testing.T, data []byte) *workbook.Book {
	t.Helper()
	book, err := workbook.Open(data, workbook.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	return book
}

// cell gives kind and raw text of a cell: `text "x"`, or "" where it is empty.
func cell(s *workbook.Sheet, at string) string {
	ref, err := workbook.ParseRef(at)
	if err != nil {
		panic(err)
	}
	c, ok := s.Cell(ref)
	if !ok {
		return ""
	}
	return c.Kind.String() + " " + c.Raw
}

func named(t *testing.T, b *workbook.Book, name string) string {
	t.Helper()
	sheet, at, ok := b.NameTarget(name)
	if !ok {
		t.Fatalf("no name %s", name)
	}
	return cell(b.Sheet(sheet), at.String())
}

// line is what a table row holds besides the read-only figures.
type line struct{ row, value, note, check string }

// table reads the rows of the report by their code.
func table(t *testing.T, b *workbook.Book) map[string]line {
	t.Helper()
	s, lines, started := b.Sheet(form.SheetReport), map[string]line{}, false
	for row := 1; row < 500; row++ {
		at := func(col string) string { return cell(s, col+workbook.Ref{Row: row, Col: 1}.String()[1:]) }
		switch {
		case at("A") == "text "+form.TableEnd:
			return lines
		case at("B") == "text Mã":
			started = true
		case started && strings.HasPrefix(at("B"), "text "):
			lines[strings.TrimPrefix(at("B"), "text ")] = line{at("A"), at("E"), at("F"), at("I")}
		}
	}
	t.Fatal("the table has no end")
	return nil
}

func TestFormReadsBack(t *testing.T) {
	in := june(t)
	in.Filled = &form.Filled{
		Answers: map[string]form.Answer{
			"CT01_KN":      {Content: form.Number(figure.MustParse("12.5"))},
			"CT01_CDEN":    {Content: form.Text("12,5"), Note: "theo sổ"},
			"CT01_CDI":     {Content: form.Text("không phát sinh")},
			"CT01_GK":      {Content: form.NumberShown(figure.MustParse("1.234"), "0.000")},
			"CT07_GP1_TRT": {Content: form.Text("đang triển khai")},
		},
		PreparedBy: "Nguyễn Thị A", ApprovedBy: "Trần Thị B", Phone: "024 1234", Version: 2, Reason: "sửa số", Nil: true,
		Remarks: []submission.Remark{{Programme: "CT02", Kind: submission.Proposals, Text: "=đề xuất"}},
	}
	book := open(t, build(t, in))
	for name, want := range map[string]string{
		form.NameUnitID: "text HN-001", form.NameUnit: "text " + in.Unit.Title(), form.NamePeriod: "text 2025-06",
		form.NameForm: "text " + in.Form.Version, form.NameVersion: "number 2", form.NameReason: "text sửa số", form.NameNil: "text x",
		form.NamePreparedBy: "text Nguyễn Thị A", form.NameApprovedBy: "text Trần Thị B", form.NamePhone: "text 024 1234",
	} {
		if got := named(t, book, name); got != want {
			t.Errorf("%s holds %q, want %q", name, got, want)
		}
	}
	lines := table(t, book)
	for code, want := range map[string]line{
		"CT01_KN":      {"number 1", "number 12.5", "", "text Sai: đã đánh dấu không phát sinh"},
		"CT01_CDEN":    {"number 2", "text 12,5", "text theo sổ", "text Xem lại: ô này không phải là số"},
		"CT01_CDI":     {"number 3", "text không phát sinh", "", "text ✓"},
		"CT01_GK":      {"number 4", "number 1.234", "", "text Sai: đã đánh dấu không phát sinh"},
		"CT01_HV":      {"number 5", "", "", "text Chưa nhập"},
		"CT01_CS":      {"number 6", "", "text báo cáo ở kỳ tháng 12", ""},
		"CT02_LD":      {"number 1", "", "", "text Không phát sinh"},
		"CT07_GP1_TRT": {"number 1", "text đang triển khai", "", "text ✓"},
	} {
		if lines[code] != want {
			t.Errorf("row %s is %q, want %q", code, lines[code], want)
		}
	}
	asked := in.Catalogue.IndicatorsFor(in.Unit, in.Month, in.Scheme)
	if len(lines) != len(asked) {
		t.Errorf("%d rows, want %d", len(lines), len(asked))
	}
	remarks := book.Sheet(form.SheetRemarks)
	if got := cell(remarks, "A5") + "|" + cell(remarks, "D5"); got != "text CT02|text =đề xuất" {
		t.Errorf("remark of CT02: %q", got)
	}
	if len(book.Sheets) != 3 {
		t.Errorf("%d sheets", len(book.Sheets))
	}
}

func TestBlankFormCountsWhatIsMissing(t *testing.T) {
	in := june(t)
	want := 0
	for _, i := range in.Catalogue.IndicatorsFor(in.Unit, in.Month, in.Scheme) {
		if i.Required && i.DueIn(in.Month) {
			want++
		}
	}
	book := open(t, build(t, in))
	missing := 0
	for _, l := range table(t, book) {
		if l.value != "" {
			t.Errorf("a blank form holds %q", l.value)
		}
		if l.check == "text Chưa nhập" {
			missing++
		}
	}
	if missing != want {
		t.Errorf("%d rows say that they are missing, want %d", missing, want)
	}
	counted := false
	for _, c := range book.Sheet(form.SheetReport).Cells {
		if c.Formula && c.Kind == workbook.Number && c.Raw == figure.Int(int64(want)).String() {
			counted = true
		}
	}
	if !counted {
		t.Errorf("no live count says %d", want)
	}
	if got := named(t, book, form.NameVersion); got != "number 1" {
		t.Errorf("Lần nộp is %q", got)
	}
}

func TestDecember(t *testing.T) {
	in := june(t)
	in.Month = period.Month{Year: 2024, Number: time.December}
	lines := table(t, open(t, build(t, in)))
	if l := lines["CT01_CS"]; l.note != "" || l.check != "text Chưa nhập" {
		t.Errorf("what is due in December is %q", l)
	}
}

func TestCityOfficeIsAskedItsOwn(t *testing.T) {
	in := june(t)
	for _, u := range in.Catalogue.Units {
		if u.Kind == catalogue.CityOffice {
			in.Unit = u
		}
	}
	lines := table(t, open(t, build(t, in)))
	if _, asked := lines["CT02_LD"]; asked || len(lines) == 0 {
		t.Errorf("the city office is asked %d indicators", len(lines))
	}
}

func TestNothingIsLost(t *testing.T) {
	in := june(t)
	in.Filled = &form.Filled{Answers: map[string]form.Answer{"CT01_KNN": {}}}
	if _, err := form.Build(in); err == nil || !strings.Contains(err.Error(), "CT01_KNN") {
		t.Errorf("an answer without a row: %v", err)
	}
	in = june(t)
	in.Month = period.Month{Year: 2026, Number: time.June} // after the districts ended
	if _, err := form.Build(in); err == nil {
		t.Error("a form was made for a unit that is asked nothing")
	}
}

func TestSampleIsLabelled(t *testing.T) {
	in := june(t)
	in.Sample = true
	if got := cell(open(t, build(t, in)).Sheet(form.SheetReport), "A1"); !strings.Contains(got, "SỐ LIỆU MẪU – HƯ CẤU") {
		t.Errorf("the title is %q", got)
	}
}

func TestSameBytes(t *testing.T) {
	in := june(t)
	first := build(t, in)
	for range 3 {
		if !bytes.Equal(first, build(t, in)) {
			t.Fatal("the same form gave other bytes")
		}
	}
}

// A form holds what is typed against the bounds of its own month.
func TestFormHasTheBoundsOfItsMonth(t *testing.T) {
	in := june(t)
	ind, _ := in.Catalogue.Indicator("CT01_KN")
	ind.Max = catalogue.Bound{{Value: figure.Int(517)}, {From: in.Month, Value: figure.Int(823)}}
	for month, want := range map[period.Month][2]string{in.Month.Add(-1): {"517", "823"}, in.Month: {"823", "517"}} {
		in.Month = month
		text := parts(t, build(t, in))
		for _, where := range []string{"&lt;=" + want[0], "đến " + want[0], "lớn nhất là " + want[0]} {
			if !strings.Contains(text, where) {
				t.Errorf("%s: nothing says %q", month, where)
			}
		}
		if strings.Contains(text, want[1]) {
			t.Errorf("%s: the bound %s of another month is there", month, want[1])
		}
	}
}

// parts is the text of a workbook's sheets.
func parts(t *testing.T, data []byte) string {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for _, f := range archive.File {
		if !strings.HasPrefix(f.Name, "xl/worksheets/") {
			continue
		}
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(&all, r); err != nil {
			t.Fatal(err)
		}
		if err := r.Close(); err != nil {
			t.Fatal(err)
		}
	}
	return all.String()
}

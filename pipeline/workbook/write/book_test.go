package write_test

import (
	"archive/zip"
	"bytes"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"tonghop/pipeline/figure"
	"tonghop/pipeline/workbook/write"
)

// sample uses each thing the package offers once.
func sample(t *testing.T) []byte {
	t.Helper()
	b := write.New(write.Properties{
		Title: "Biểu mẫu", Author: "tonghop", Created: time.Date(2025, 6, 17, 10, 35, 0, 0, time.UTC),
	})
	s, other := b.Add("Báo cáo"), b.Add("Hướng dẫn")
	s.Text(write.At(1, 1), "=1+1", write.Style{Bold: true, Size: 12})
	s.Text(write.At(2, 1), "+84 24 <&> \"x\"", write.Style{Wrap: true})
	s.Text(write.At(3, 1), "_x0041_ giữ nguyên\r\ndòng hai", write.Style{Wrap: true})
	s.Text(write.At(4, 1), "", write.Style{Unlocked: true, Fill: write.FillInput, Border: write.Thin})
	for row, n := range []string{"1234.5", "0.1", "-0.000001", "123456789012345", "82.91"} {
		s.Number(write.At(row+1, 2), figure.MustParse(n), write.Style{Format: write.Grouped(2)})
	}
	s.Formula(write.At(6, 2), "SUM(B1:B5)", write.NumberValue(figure.MustParse("123456789013662")), write.Style{})
	s.Formula(write.At(7, 2), `IF(B1<B2,"Sai","Đúng & đủ")`, write.TextValue("Đúng & đủ"), write.Style{})
	s.Formula(write.At(8, 2), `IF(TRUE,"","")`, write.TextValue(""), write.Style{})
	s.Link(write.At(1, 3), other, write.At(1, 1), "Xem hướng dẫn")
	s.Validate(write.At(4, 1), write.Validation{
		Formula: `OR(ISNUMBER(A4),A4="-",A4<>"a&b")`, Title: "Số liệu", Message: "Nhập số.", Prompt: "Số nguyên",
	})
	s.Validate(write.At(5, 1), write.Validation{List: []string{"x"}, Refuse: true, Title: "Ô này", Message: "Đánh dấu x."})
	s.Highlight(write.At(1, 2), write.At(5, 2), "B1<0", write.FillError, write.Red)
	s.HighlightAs(write.At(1, 2), write.At(5, 2), "B1<>INT(B1)", write.FillWarn, write.Ink, "0.###")
	s.Merge(write.At(9, 1), write.At(9, 3))
	s.Widths(20, 12, 0, 5)
	s.Height(3, 30)
	s.Freeze(write.At(2, 2))
	s.Filter(write.At(1, 1), write.At(5, 2))
	s.Print(write.Page{TitleRows: [2]int{1, 1}, LastCell: write.At(9, 4), Header: "Hội & LHPN", Footer: "2025", PageOf: "Trang %s/%s"})
	s.Plain()
	s.Protect()
	other.Text(write.At(1, 1), "Hướng dẫn", write.Style{})
	b.Define("TH_O", s.Abs(write.At(4, 1)))
	b.Activate(other)
	data, err := b.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func part(t *testing.T, data []byte, name string) string {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	r, err := archive.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	content, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

func TestSameBytes(t *testing.T) {
	first := sample(t)
	for range 5 { // what differs between runs is the order of a map
		if !bytes.Equal(first, sample(t)) {
			t.Fatal("the same book gave other bytes")
		}
	}
}

func TestStoredCells(t *testing.T) {
	sheet := part(t, sample(t), "xl/worksheets/sheet1.xml")
	for _, want := range []string{
		`<v>1234.5</v>`, `<v>0.1</v>`, `<v>-0.000001</v>`, `<v>123456789012345</v>`, `<v>82.91</v>`,
		`<f>SUM(B1:B5)</f><v>123456789013662</v>`,
		`t="str"><f>IF(B1&lt;B2,&#34;Sai&#34;,&#34;Đúng &amp; đủ&#34;)</f><v>Đúng &amp; đủ</v>`,
		`<f>IF(TRUE,&#34;&#34;,&#34;&#34;)</f><v></v>`,
		`errorStyle="warning"`, `<formula1>OR(ISNUMBER(A4),A4="-",A4&lt;&gt;"a&amp;b")</formula1>`,
		`<sheetProtection `, `fitToHeight="0"`,
	} {
		if !strings.Contains(sheet, want) {
			t.Errorf("no %s in %s", want, sheet)
		}
	}
	if strs := part(t, sample(t), "xl/sharedStrings.xml"); !strings.Contains(strs, "_x005F_x0041_ giữ nguyên&#xA;dòng hai") {
		t.Errorf("an escape in text is not escaped: %s", strs)
	}
	if strings.Contains(sheet, `t="str"><f>SUM`) {
		t.Error("a formula's number is stored as text")
	}
}

func TestExcelizeReadsBack(t *testing.T) {
	f, err := excelize.OpenReader(bytes.NewReader(sample(t)))
	if err != nil {
		t.Fatal(err)
	}
	for cell, want := range map[string]string{
		"A1": "=1+1", "A2": "+84 24 <&> \"x\"", "A4": "", "B1": "1234.5", "B7": "Đúng & đủ",
	} {
		if got, err := f.GetCellValue("Báo cáo", cell, excelize.Options{RawCellValue: true}); err != nil || got != want {
			t.Errorf("%s is %q (%v), want %q", cell, got, err, want)
		}
	}
	if formula, _ := f.GetCellFormula("Báo cáo", "A1"); formula != "" {
		t.Errorf("text became the formula %q", formula)
	}
	if linked, target, _ := f.GetCellHyperLink("Báo cáo", "C1"); !linked || target != "'Hướng dẫn'!A1" {
		t.Errorf("link leads to %q", target)
	}
	if names := f.GetDefinedName(); len(names) < 3 {
		t.Errorf("defined names: %v", names)
	}
}

func TestOpenKeepsWhatIsThere(t *testing.T) {
	b, err := write.Open(sample(t))
	if err != nil {
		t.Fatal(err)
	}
	s, ok := b.Existing("Báo cáo")
	if !ok {
		t.Fatal("sheet not found")
	}
	s.Formula(write.At(20, 1), "1+2", write.NumberValue(figure.Int(3)), write.Style{})
	if got := b.Add("báo cáo").Name(); got != "báo cáo (2)" {
		t.Errorf("second sheet is %q", got)
	}
	data, err := b.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	sheet := part(t, data, "xl/worksheets/sheet1.xml")
	for _, want := range []string{`<f>1+2</f><v>3</v>`, `<f>SUM(B1:B5)</f><v>123456789013662</v>`} {
		if !strings.Contains(sheet, want) {
			t.Errorf("no %s", want)
		}
	}
}

func TestErrorsSurface(t *testing.T) {
	b := write.New(write.Properties{})
	if _, err := b.Bytes(); err == nil {
		t.Error("a book without sheets was saved")
	}
	b = write.New(write.Properties{})
	b.Add("A").Text(write.At(0, 1), "x", write.Style{})
	if _, err := b.Bytes(); err == nil || b.Err() == nil {
		t.Error("a cell that does not exist was written")
	}
}

func TestOpenpyxlReadsIt(t *testing.T) {
	python := "/usr/bin/python3" // Debian's, which python3-openpyxl belongs to
	if err := exec.Command(python, "-c", "import openpyxl").Run(); err != nil {
		t.Skip("openpyxl is not installed")
	}
	file := filepath.Join(t.TempDir(), "sample.xlsx")
	if err := os.WriteFile(file, sample(t), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(python, "-c", `
import openpyxl, sys
s = openpyxl.load_workbook(sys.argv[1], data_only=True)["Báo cáo"]
print(s["A1"].data_type, s["A1"].value, s["B1"].value, s["B6"].value, s["B7"].value)
for v in s.data_validations.dataValidation: print(v.sqref, v.type, v.errorStyle, v.formula1)
print(s.protection.sheet, s.protection.password, s.freeze_panes, s.print_title_rows)`, file).CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	for _, want := range []string{
		"s =1+1 1234.5 123456789013662 Đúng & đủ", `A4 custom warning OR(ISNUMBER(A4),A4="-",A4<>"a&b")`, `A5 list`, "True None B2 $1:$1",
	} {
		if !strings.Contains(string(out), want) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
}

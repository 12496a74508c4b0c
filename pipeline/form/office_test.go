package form_test

import (
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/figure"
	"tonghop/pipeline/form"
	"tonghop/pipeline/workbook"
	"tonghop/pipeline/workbook/officetest"
	"tonghop/pipeline/workbook/write"
)

// stateWords are those of the guide.
var stateWords = []string{"-", "KPS", "không phát sinh", "không có", "…", "...", "chưa có số liệu", "không áp dụng", "KAD"}

// Each form is saved by LibreOffice after each input was filled with one of the
// state words, or with what is wrong in some other way: the same texts must be
// in the same cells, and the checks as LibreOffice computes them must be those
// that were stored with the form.
func TestLibreOfficeKeepsStatesAndAgreesOnChecks(t *testing.T) {
	base, inputs := june(t), []string{}
	for _, i := range base.Catalogue.IndicatorsFor(base.Unit, base.Month, base.Scheme) {
		if i.Kind == catalogue.Input && i.DueIn(base.Month) {
			inputs = append(inputs, i.Code)
		}
	}
	contents := []form.Content{
		form.Number(figure.Int(0)), form.Number(figure.MustParse("12.5")), form.Number(figure.Int(-3)), form.Number(figure.Int(7)),
		form.Text("12,5"), form.Text("*"), form.Text(" Không  Phát sinh "), {},
	}
	forms := map[string][]byte{}
	for n, word := range stateWords {
		in := base
		in.Filled = &form.Filled{Answers: map[string]form.Answer{}}
		for _, code := range inputs {
			in.Filled.Answers[code] = form.Answer{Content: form.Text(word)}
		}
		forms[fmt.Sprintf("word-%d", n)] = build(t, in)
	}
	in := base
	in.Filled = &form.Filled{Answers: map[string]form.Answer{}}
	for code, n := range map[string]int64{
		"CT02_LD": 10, "CT02_LD_NU": 11, "CT02_LD_DN": 1, "CT02_LD_TV": 2, "CT02_LD_GT": 3, "CT02_LD_KY": 3, "CT01_CB": 5, "CT01_CB_BD": 5,
	} {
		in.Filled.Answers[code] = form.Answer{Content: form.Number(figure.Int(n))}
	}
	forms["rules"] = build(t, in)
	lines := table(t, open(t, forms["rules"]))
	for code, want := range map[string]string{
		"CT02_LD_NU": "text Sai: phần lớn hơn tổng (dòng 1)", "CT02_LD_KY": "text Xem lại: điều kiện 1 ở sheet Hướng dẫn", "CT01_CB_BD": "text ✓",
	} {
		if lines[code].check != want {
			t.Errorf("%s is told %q, want %q", code, lines[code].check, want)
		}
	}
	for n := range contents { // so that parts and wholes meet every other content
		in := base
		in.Filled = &form.Filled{Nil: n%2 == 0, Answers: map[string]form.Answer{
			"CT07_GP1_TRT": {Content: form.Text("hoàn thành")}, "CT07_GP2_TRT": {Content: form.Text("xong")},
		}}
		for i, code := range inputs {
			in.Filled.Answers[code] = form.Answer{Content: contents[(i*(n+1)+n)%len(contents)]}
		}
		forms[fmt.Sprintf("mixed-%d", n)] = build(t, in)
	}
	seen := map[string]int{}
	sent := maps.Clone(forms)
	for n := range stateWords {
		name := fmt.Sprintf("word-%d", n)
		sent[name] = withAccepts(t, forms[name])
	}
	for name, saved := range officetest.Recalculated(t, sent) {
		before, after := open(t, forms[name]), open(t, saved)
		want, got := table(t, before), table(t, after)
		for code := range want {
			if want[code] != got[code] {
				t.Errorf("%s, %s: %q became %q", name, code, want[code], got[code])
			}
			word, _, _ := strings.Cut(want[code].check, ":")
			seen[word]++
		}
		if word, ok := strings.CutPrefix(name, "word-"); ok {
			checkAccepts(t, after, base.Catalogue, stateWords[int(word[0]-'0')])
		}
		for _, n := range []string{form.NameUnitID, form.NamePeriod, form.NameVersion, form.NameNil} {
			if named(t, before, n) != named(t, after, n) {
				t.Errorf("%s: %s was %q, is %q", name, n, named(t, before, n), named(t, after, n))
			}
		}
		for _, at := range []string{"D8", "G8"} { // the two counts
			if b, a := cell(before.Sheet(form.SheetReport), at), cell(after.Sheet(form.SheetReport), at); a != b || !strings.HasPrefix(a, "number ") {
				t.Errorf("%s: %s was %q, is %q", name, at, b, a)
			}
		}
	}
	for _, word := range []string{"", "text ✓", "text Sai", "text Xem lại", "text Chưa nhập", "text Không phát sinh", "text Chưa có số liệu"} {
		if seen[word] == 0 {
			t.Errorf("no check said %q: %v", word, seen)
		}
	}
}

// acceptColumn is right of the table.
const acceptColumn = 12

// withAccepts adds beside each input the formula of its data validation, so
// that LibreOffice computes what it would accept.
func withAccepts(t *testing.T, data []byte) []byte {
	t.Helper()
	book, err := write.Open(data)
	if err != nil {
		t.Fatal(err)
	}
	s, _ := book.Existing(form.SheetReport)
	rules, err := book.File().GetDataValidations(form.SheetReport)
	if err != nil {
		t.Fatal(err)
	}
	for _, rule := range rules {
		ref, err := workbook.ParseRef(rule.Sqref)
		if err != nil {
			t.Fatal(err)
		}
		if rule.Type == "custom" && ref.Col == 5 {
			if rule.ErrorStyle != nil && *rule.ErrorStyle != "warning" {
				t.Errorf("%s refuses with style %s", rule.Sqref, *rule.ErrorStyle)
			}
			if len(rule.Formula1) > 255 {
				t.Errorf("the formula of %s has %d characters", rule.Sqref, len(rule.Formula1))
			}
			s.Formula(write.At(ref.Row, acceptColumn), "IF("+rule.Formula1+",1,0)", write.NumberValue(figure.Int(9)), write.Style{})
		}
	}
	instrumented, err := book.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	return instrumented
}

// checkAccepts compares what the validations accept with what the words mean.
func checkAccepts(t *testing.T, book *workbook.Book, c *catalogue.Catalogue, word string) {
	t.Helper()
	s, asked := book.Sheet(form.SheetReport), 0
	for _, cell := range s.Cells {
		code, found := s.Cell(workbook.Ref{Row: cell.Ref.Row, Col: 2})
		i, known := c.Indicator(code.Raw)
		if cell.Ref.Col != acceptColumn || !found || !known || i.Kind != catalogue.Input {
			continue
		}
		asked++
		want := "1"
		none := !strings.Contains("… ... chưa có số liệu", word)
		switch notApplicable := word == "không áp dụng" || word == "KAD"; {
		case notApplicable && !i.AllowNA, none && !notApplicable && i.Nature == catalogue.Stock:
			want = "0"
		}
		if cell.Raw != want {
			t.Errorf("%s: validation of %q gives %s, want %s", i.Code, word, cell.Raw, want)
		}
	}
	if asked == 0 {
		t.Error("no validation was computed")
	}
}

func TestOpenpyxlReadsTheValidations(t *testing.T) {
	python := "/usr/bin/python3" // Debian's, which python3-openpyxl belongs to
	if err := exec.Command(python, "-c", "import openpyxl").Run(); err != nil {
		t.Skip("openpyxl is not installed")
	}
	in, want := june(t), 2 // the nil box and "Lần nộp"
	for _, i := range in.Catalogue.IndicatorsFor(in.Unit, in.Month, in.Scheme) {
		if i.DueIn(in.Month) {
			want++
		}
	}
	file := filepath.Join(t.TempDir(), "form.xlsx")
	if err := os.WriteFile(file, build(t, in), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(python, "-c", `
import openpyxl, sys
b = openpyxl.load_workbook(sys.argv[1])
s = b["Báo cáo"]
print(len(s.data_validations.dataValidation), s.protection.sheet, s.protection.password, s.freeze_panes, s["E12"].protection.locked, s["G12"].protection.locked)`, file).CombinedOutput()
	if err != nil || !strings.HasPrefix(string(out), fmt.Sprintf("%d True None A11 False True", want)) {
		t.Errorf("want %d validations: %v %s", want, err, out)
	}
}

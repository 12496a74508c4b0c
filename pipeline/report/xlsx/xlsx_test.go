package xlsx

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"tonghop/pipeline/figure"
	"tonghop/pipeline/submission"
	"tonghop/pipeline/summary/summarytest"
	"tonghop/pipeline/wording"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func draw(t testing.TB, in Input) []byte {
	t.Helper()
	data, err := Draw(in)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func open(t testing.TB, data []byte) *excelize.File {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	return f
}

// dump prints every cell that holds something: `E14 num 1234.5 "#,##0.0"`.
func dump(t testing.TB, f *excelize.File) string {
	t.Helper()
	var out strings.Builder
	for _, sheet := range f.GetSheetList() {
		fmt.Fprintf(&out, "== %s\n", sheet)
		each(t, f, sheet, func(cell, value string) {
			formula, _ := f.GetCellFormula(sheet, cell)
			kind := "text"
			if kindOf, _ := f.GetCellType(sheet, cell); kindOf == excelize.CellTypeUnset || kindOf == excelize.CellTypeNumber {
				kind = "num"
			}
			fmt.Fprintf(&out, "%s", cell)
			if formula != "" {
				fmt.Fprintf(&out, " =%s ->", formula)
			}
			if kind == "num" {
				fmt.Fprintf(&out, " num %s %q\n", value, format(t, f, sheet, cell))
			} else {
				fmt.Fprintf(&out, " text %q\n", value)
			}
		})
		if merged, _ := f.GetMergeCells(sheet); len(merged) > 0 {
			for _, m := range merged {
				fmt.Fprintf(&out, "merged %s:%s\n", m.GetStartAxis(), m.GetEndAxis())
			}
		}
		if panes, _ := f.GetPanes(sheet); panes.Freeze {
			fmt.Fprintf(&out, "frozen %s\n", panes.TopLeftCell)
		}
	}
	for _, name := range f.GetDefinedName() {
		fmt.Fprintf(&out, "name %s %s (%s)\n", name.Name, name.RefersTo, name.Scope)
	}
	return out.String()
}

func each(t testing.TB, f *excelize.File, sheet string, do func(cell, value string)) {
	t.Helper()
	rows, err := f.GetRows(sheet)
	if err != nil {
		t.Fatal(err)
	}
	for r, row := range rows {
		for c, value := range row {
			cell, _ := excelize.CoordinatesToCellName(c+1, r+1)
			formula, _ := f.GetCellFormula(sheet, cell)
			if value != "" || formula != "" {
				do(cell, value)
			}
		}
	}
}

func format(t testing.TB, f *excelize.File, sheet, cell string) string {
	t.Helper()
	id, err := f.GetCellStyle(sheet, cell)
	if err != nil {
		t.Fatal(err)
	}
	style, err := f.GetStyle(id)
	if err != nil {
		t.Fatal(err)
	}
	if style.CustomNumFmt != nil {
		return *style.CustomNumFmt
	}
	return fmt.Sprint(style.NumFmt)
}

func TestCells(t *testing.T) {
	for _, l := range wording.Languages {
		in := sample(t)
		in.Words = phrases(t, l)
		cells(t, "sample."+string(l), in)
		headlines := withHeadlines(t)
		headlines.Words = phrases(t, l)
		golden(t, "glance."+string(l), sheetOf(dump(t, open(t, draw(t, headlines))), sheetOverview))
		cells(t, "past."+string(l), Input{Summary: summarytest.WithPast(t), Words: phrases(t, l), Created: at})
	}
}

func cells(t *testing.T, name string, in Input) {
	t.Helper()
	golden(t, name, dump(t, open(t, draw(t, in))))
}

// sheetOf is a sheet's part of a dump, empty where there is no such sheet.
func sheetOf(dump, name string) string {
	_, sheet, _ := strings.Cut(dump, "== "+name+"\n")
	sheet, _, _ = strings.Cut(sheet, "== ")
	sheet, _, _ = strings.Cut(sheet, "name ")
	return sheet
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	golden := filepath.Join("testdata", name+".txt")
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs (-update rewrites it):\n%s", golden, firstDifference(got, string(want)))
	}
}

func firstDifference(got, want string) string {
	a, b := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return fmt.Sprintf("line %d:\n got %s\nwant %s", i+1, a[i], b[i])
		}
	}
	return fmt.Sprintf("got %d lines, want %d", len(a), len(b))
}

// published maps each live total's sheet and indicator to the summary's figure.
func totals(t testing.TB, in Input) map[string]string {
	t.Helper()
	want := map[string]string{}
	for i := range in.Summary.Figures {
		f := &in.Summary.Figures[i]
		if !f.IsCity() {
			continue
		}
		sheet := f.Indicator.Programme
		if f.Span != in.Summary.Spans[0].Kind {
			sheet += ytdSuffix
		}
		key := sheet + " " + f.Indicator.Code
		if n, ok := numberOf(f); ok {
			want[key] = n.Published()
		} else {
			want[key] = markOf(f)
		}
	}
	return want
}

// read gives the total row of each programme sheet by indicator.
func read(t testing.TB, f *excelize.File) map[string]string {
	t.Helper()
	got := map[string]string{}
	for _, sheet := range f.GetSheetList() {
		switch sheet {
		case sheetOverview, sheetCity, sheetDefinitions, sheetParagraphs, sheetTrends, sheetSubmissions, sheetFindings, sheetSources, sheetFiles, sheetRemarks:
			continue
		}
		rows, err := f.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows {
			if len(row) < 2 || row[1] != "Toàn thành phố" {
				continue
			}
			for c, code := range rows[codeRow-1] {
				if code == "" {
					continue
				}
				value := ""
				if c < len(row) {
					value = row[c]
				}
				if n, err := figure.Parse(value); err == nil {
					value = n.Published()
				}
				got[sheet+" "+code] = value
			}
		}
	}
	return got
}

func compare(t *testing.T, got, want map[string]string) {
	t.Helper()
	if len(want) == 0 {
		t.Fatal("nothing to compare")
	}
	for key, value := range want {
		if got[key] != value {
			t.Errorf("%s: the workbook has %q, the summary %q", key, got[key], value)
		}
	}
}

func TestStoredTotalsAreTheSummarys(t *testing.T) {
	in := sample(t)
	compare(t, read(t, open(t, draw(t, in))), totals(t, in))
}

func TestSameBytes(t *testing.T) {
	if !bytes.Equal(draw(t, sample(t)), draw(t, sample(t))) {
		t.Error("two drawings of the same summary differ")
	}
}

func TestNothingToDraw(t *testing.T) {
	if _, err := Draw(Input{}); err == nil {
		t.Error("no summary was drawn without an error")
	}
}

// Text from files stays text, whatever it begins with, and never breaks a
// workbook.
func TestNastyTexts(t *testing.T) {
	in := sample(t)
	nasty := []string{"=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\t=1", "🌸 hoa", "a\x00b\x07c\ufffe", "bad\xffutf8", strings.Repeat("ă", 40000), "e\u0301"}
	for i, text := range nasty {
		in.Findings = append(in.Findings, Row{Severity: text, UnitTitle: text, Message: text, Raw: text, File: text, Sheet: text, Cell: text, Code: fmt.Sprint(i)})
		in.Submissions[0].Values = in.Submissions[0].Values.Changed(0, func(v *submission.Value) { v.Raw = text })
	}
	in.Draft = "DỰ THẢO & \"=1\" " + strings.Repeat("dài ", 200)
	in.Summary.Catalogue.Units[0].Name = nasty[0]
	in.Summary.Catalogue.Programmes[0].Code = `C[T]:*?/\01 có tên dài hơn ba mươi mốt chữ cái`
	for _, i := range in.Summary.Catalogue.Indicators {
		if i.Programme == "CT01" {
			i.Programme = in.Summary.Catalogue.Programmes[0].Code
		}
	}
	f := open(t, draw(t, in))
	for _, sheet := range []string{sheetFindings, sheetSources, sheetFiles, sheetSubmissions} {
		each(t, f, sheet, func(cell, value string) {
			if formula, _ := f.GetCellFormula(sheet, cell); formula != "" {
				t.Errorf("%s!%s holds the formula %s", sheet, cell, formula)
			}
		})
	}
	found := 0
	each(t, f, sheetFindings, func(cell, value string) {
		if value == nasty[0] {
			found++
		}
		if n := len([]rune(value)); n > 32767 {
			t.Errorf("%s holds %d letters", cell, n)
		}
	})
	if found != 7 {
		t.Errorf("the text that looks like a formula is kept %d times, want 7", found)
	}
}

func TestFigureNeverStandsOnTheTargetsOtherSide(t *testing.T) {
	for _, c := range []struct {
		n, limit string
		decimals int
		want     int
	}{
		{"99.97", "100", 0, 2}, {"99.966667", "100", 1, 2}, {"99.999999", "100", 2, 6}, {"100", "100", 0, 0}, {"82", "90", 1, 1}, {"0.4", "0", 0, 1},
	} {
		if got := decimalsFor(figure.MustParse(c.n), figure.MustParse(c.limit), c.decimals); got != c.want {
			t.Errorf("%s against %s: %d decimals, want %d", c.n, c.limit, got, c.want)
		}
	}
}

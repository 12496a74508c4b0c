package workbook

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// corpusRefusals are the ordinary workbooks that are refused, each with what
// its refusal must say and why no reading would be right.
var corpusRefusals = map[string]struct{ says, because string }{
	"919da2ad-issue252.xlsx":           {"does not end where its header says", "its relations inflate to two bytes more than the directory says, with another checksum, and end in scraps of text"},
	"21b991ea-tdf100709.xlsx":          {"the cell format 406 of 100", "35 cells have formats that the table of 100 does not hold: whether their numbers are dates or rates cannot be known"},
	"8e4d80de-SheetsWithoutRelId.xlsx": {"the sheet has no part", "a listed sheet leads nowhere: its figures would be missing in silence"},
}

// excelizeFails are workbooks of which excelize gives nothing, so that there is
// nothing to compare with.
var excelizeFails = map[string]string{
	"15079611-empty_s_attribute.xlsx":                "it stops at s=\"\", which means the first format, and swallows its error",
	"c25de66c-different-column-width-excel2010.xlsx": "it does not open an empty thumbnail of zero packed bytes",
}

func corpus(t testing.TB) map[string][]byte {
	t.Helper()
	names, _ := filepath.Glob("../../../shared/corpus/*/*.xls[xm]")
	if len(names) == 0 {
		t.Skip("the corpus of ordinary workbooks is not here")
	}
	files := make(map[string][]byte)
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		files[filepath.Base(name)] = data
	}
	return files
}

func TestOrdinaryWorkbooksOpen(t *testing.T) {
	files := corpus(t)
	for name := range corpusRefusals {
		if files[name] == nil {
			t.Errorf("%s is no longer in the corpus", name)
		}
	}
	for name, data := range files {
		_, err := Open(data, DefaultLimits())
		expected, listed := corpusRefusals[name]
		switch {
		case err == nil && listed:
			t.Errorf("%s opens, but %s", name, expected.because)
		case err != nil && (!listed || asRefusal(t, err).Code != WorkbookDamaged || !strings.Contains(err.Error(), expected.says)):
			t.Errorf("%s: %v", name, err)
		}
	}
	if len(corpusRefusals)*100 > len(files) {
		t.Errorf("%d of %d refused, more than 1 %%", len(corpusRefusals), len(files))
	}
}

// TestSameValuesAsExcelize reads each workbook with both readers and asks for
// the same cells with the same stored values and types. No value is normalised
// before the comparison.
func TestSameValuesAsExcelize(t *testing.T) {
	cells := 0
	for name, data := range corpus(t) {
		book, err := Open(data, DefaultLimits())
		if err != nil {
			var refusal *Refusal
			if !errors.As(err, &refusal) {
				t.Errorf("%s: not a refusal: %v", name, err)
			}
			continue
		}
		if excelizeFails[name] != "" {
			continue
		}
		cells += compareWithExcelize(t, name, book, data)
	}
	t.Logf("%d cells compared", cells)
}

func compareWithExcelize(t testing.TB, name string, book *Book, data []byte) (compared int) {
	t.Helper()
	other, err := excelize.OpenReader(strings.NewReader(string(data)), excelize.Options{RawCellValue: true})
	if err != nil {
		t.Errorf("%s: excelize: %v", name, err)
		return 0
	}
	defer other.Close()
	for _, sheet := range book.Sheets {
		rows, err := other.GetRows(sheet.Name)
		if err != nil {
			t.Errorf("%s %s: excelize: %v", name, sheet.Name, err)
			continue
		}
		for _, cell := range sheet.Cells {
			compared++
			theirs := ""
			if cell.Ref.Row <= len(rows) && cell.Ref.Col <= len(rows[cell.Ref.Row-1]) {
				theirs = rows[cell.Ref.Row-1][cell.Ref.Col-1]
				rows[cell.Ref.Row-1][cell.Ref.Col-1] = ""
			}
			if cell.Raw != theirs {
				t.Errorf("%s %s!%s: %q, excelize %q", name, sheet.Name, cell.Ref, cell.Raw, theirs)
			}
			if merged, ok := sheet.Merged(cell.Ref); ok && merged.From != cell.Ref {
				continue // excelize gives the first cell's type for all of a merged range
			}
			theirType, err := other.GetCellType(sheet.Name, cell.Ref.String())
			if err != nil || !sameType(cell.Kind, theirType) {
				t.Errorf("%s %s!%s: %v, excelize %v %v", name, sheet.Name, cell.Ref, cell.Kind, theirType, err)
			}
		}
		for i, row := range rows {
			for j, value := range row {
				if value != "" {
					t.Errorf("%s %s!%s: nothing, excelize %q", name, sheet.Name, Ref{Row: i + 1, Col: j + 1}, value)
				}
			}
		}
	}
	return compared
}

func sameType(kind Kind, theirs excelize.CellType) bool {
	switch kind {
	case Blank:
		return true
	case Number:
		return theirs == excelize.CellTypeUnset || theirs == excelize.CellTypeNumber
	case Text:
		return theirs == excelize.CellTypeSharedString || theirs == excelize.CellTypeInlineString || theirs == excelize.CellTypeFormula
	case Bool:
		return theirs == excelize.CellTypeBool
	case Error:
		return theirs == excelize.CellTypeError
	case Date:
		return theirs == excelize.CellTypeDate
	}
	return false
}

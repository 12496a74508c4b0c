// Package gridtest builds workbooks for tests from text that reads like the
// sheet, so that a fixture can be reviewed without opening anything.
//
// A line is a row, "|" parts its cells from column A on. A cell is a number
// where it looks like one, else text; 'text is text whatever it looks like, and
// =5 the stored result of a formula. "<" merges with the cell to the left, "^"
// with the cell above; \n is a line break within a cell. "# Name" begins a sheet. An empty line is an empty row.
// Lines that begin with "@" say more about the sheet: "@ date B2 mmm-yy" gives
// a cell a number format, "@ font .VnTime" all cells of the sheet a font.
package gridtest

import (
	"regexp"
	"strings"
	"testing"

	"tonghop/pipeline/workbook"
)

var number = regexp.MustCompile(`^-?[0-9]+(\.[0-9]+)?$`)

// Book builds the workbook, as the strict reader would give it.
func Book(t testing.TB, text string) *workbook.Book {
	t.Helper()
	book := &workbook.Book{}
	var sheet *workbook.Sheet
	row := 0
	for line := range strings.SplitSeq(strings.Trim(text, "\n"), "\n") {
		line = strings.TrimSpace(line)
		if name, ok := strings.CutPrefix(line, "# "); ok || sheet == nil {
			if !ok {
				name = "Sheet1"
			}
			sheet, row = &workbook.Sheet{Name: name}, 0
			book.Sheets = append(book.Sheets, sheet)
			if ok {
				continue
			}
		}
		if order, ok := strings.CutPrefix(line, "@ "); ok {
			obey(t, sheet, strings.Fields(order))
			continue
		}
		row++
		for i, part := range strings.Split(line, "|") {
			put(sheet, workbook.Ref{Row: row, Col: i + 1}, strings.TrimSpace(part))
		}
	}
	for _, s := range book.Sheets {
		for i := range s.Cells {
			s.Cells[i].Raw = strings.ReplaceAll(s.Cells[i].Raw, `\n`, "\n")
			if i == 0 || s.Cells[i].Ref.Row != s.Cells[i-1].Ref.Row {
				s.DataRows++
			}
		}
	}
	return book
}

func put(sheet *workbook.Sheet, at workbook.Ref, text string) {
	cell := workbook.Cell{Ref: at, Kind: workbook.Text, Raw: text, Format: workbook.General}
	switch {
	case text == "":
		return
	case text == "<":
		merge(sheet, workbook.Ref{Row: at.Row, Col: at.Col - 1}, at)
		return
	case text == "^":
		merge(sheet, workbook.Ref{Row: at.Row - 1, Col: at.Col}, at)
		return
	case text[0] == '\'':
		cell.Raw = text[1:]
	case text[0] == '=':
		cell.Kind, cell.Raw, cell.Formula = workbook.Number, text[1:], true
	case number.MatchString(text):
		cell.Kind = workbook.Number
	}
	sheet.Cells = append(sheet.Cells, cell)
}

// merge widens the range that holds the neighbour, or begins one with it.
func merge(sheet *workbook.Sheet, neighbour, at workbook.Ref) {
	for i, r := range sheet.Merges {
		if r.Contains(neighbour) {
			sheet.Merges[i].To = workbook.Ref{Row: max(r.To.Row, at.Row), Col: max(r.To.Col, at.Col)}
			return
		}
	}
	sheet.Merges = append(sheet.Merges, workbook.Range{From: neighbour, To: at})
}

func obey(t testing.TB, sheet *workbook.Sheet, order []string) {
	t.Helper()
	switch {
	case len(order) == 3 && order[0] == "date":
		for i := range sheet.Cells {
			if sheet.Cells[i].Ref.String() == order[1] {
				sheet.Cells[i].Format = order[2]
				return
			}
		}
		t.Fatalf("no cell %s", order[1])
	case len(order) > 1 && order[0] == "font":
		for i := range sheet.Cells {
			sheet.Cells[i].FontName = strings.Join(order[1:], " ")
		}
	default:
		t.Fatalf("no such order: %q", order)
	}
}

package intake

import (
	"iter"
	"strings"

	"tonghop/pipeline/finding"
	"tonghop/pipeline/vietnamese"
	"tonghop/pipeline/workbook"
)

// column is what a column of the table holds.
type column uint8

const (
	colNumber column = iota + 1
	colCode
	colName
	colMeasure
	colValue
	colNote
	colPrevious // this and those after it are for the eye and never read
	colYear
	colCheck
)

// headings are the texts of the header row, folded. The columns may stand in
// any order.
var headings = map[string]column{
	"tt": colNumber, "stt": colNumber, "ma": colCode, "chi tieu": colName, "don vi tinh": colMeasure,
	"so lieu ky nay": colValue, "ghi chu": colNote, "ky truoc": colPrevious, "luy ke nam": colYear, "kiem tra": colCheck,
}

const (
	reportSheet  = "bao cao"  // folded
	tableEndText = "het bang" // folded
)

// table is where a unit's figures stand.
type table struct {
	sheet  *workbook.Sheet
	header int // row
	end    int // first row after the table's last
	cols   map[column]int
}

// findTable finds the sheet with the table. The form's own sheet goes before
// others, and of the others there must be just one with a table: which of two
// a unit means cannot be told.
func (r *reader) findTable() bool {
	var found []*table
	for _, sheet := range r.book.Sheets {
		t, ok := tableOn(sheet)
		if !ok {
			continue
		}
		if vietnamese.Fold(sheet.Name) == reportSheet {
			r.table = t
			return true
		}
		found = append(found, t)
	}
	if len(found) != 1 {
		return false
	}
	r.table = found[0]
	return true
}

// tableOn finds the header row by its texts, and the row that ends the table.
func tableOn(sheet *workbook.Sheet) (*table, bool) {
	var t *table
	for cells := range rowsOf(sheet) {
		row := cells[0].Ref.Row
		if t == nil {
			if cols, ok := headerRow(cells, headings); ok && isTable(cols) {
				t = &table{sheet: sheet, header: row, end: 1 << 30, cols: cols}
			}
			continue
		}
		if t.endsAt(cells) {
			t.end = row
			break
		}
	}
	return t, t != nil
}

// isTable: a table needs its values, and rows that can be told apart.
func isTable(cols map[column]int) bool {
	return cols[colValue] > 0 && (cols[colCode] > 0 || cols[colName] > 0)
}

// headerRow reads which column stands where; a row with a heading twice is
// none, for it does not tell which is meant.
func headerRow[C comparable](cells []workbook.Cell, headings map[string]C) (map[C]int, bool) {
	const longest = 120 // bytes; headings are short, and a sheet may be long
	cols := make(map[C]int)
	for _, cell := range cells {
		if cell.Kind != workbook.Text || len(cell.Raw) > longest {
			continue
		}
		heading, ok := headings[vietnamese.Fold(cell.Raw)]
		if !ok {
			continue
		}
		if _, twice := cols[heading]; twice {
			return nil, false
		}
		cols[heading] = cell.Ref.Col
	}
	return cols, len(cols) > 0
}

// endsAt reports whether a row carries the mark that ends the table, which is
// never looked for where units write.
func (t *table) endsAt(cells []workbook.Cell) bool {
	for _, cell := range cells {
		if cell.Kind != workbook.Text || len(cell.Raw) > 4*len(tableEndText) {
			continue
		}
		if cell.Ref.Col == t.cols[colValue] || cell.Ref.Col == t.cols[colNote] {
			continue
		}
		if vietnamese.Fold(cell.Raw) == tableEndText {
			return true
		}
	}
	return false
}

// rowsOf gives the cells of each row that has any, from the top.
func rowsOf(sheet *workbook.Sheet) iter.Seq[[]workbook.Cell] {
	return func(yield func([]workbook.Cell) bool) {
		cells := sheet.Cells
		for len(cells) > 0 {
			n := 1
			for n < len(cells) && cells[n].Ref.Row == cells[0].Ref.Row {
				n++
			}
			if !yield(cells[:n]) {
				return
			}
			cells = cells[n:]
		}
	}
}

// line is one row of the table.
type line struct {
	row        int
	code, name string // tidied; the code in capitals
	codeCell   workbook.Cell
	nameCell   workbook.Cell
	value      workbook.Cell // Kind Blank and no Formula where nothing is stored
	note       string
}

// lines gives the rows between header and end that hold anything that is read.
func (t *table) lines() iter.Seq[line] {
	return func(yield func(line) bool) {
		for cells := range rowsOf(t.sheet) {
			row := cells[0].Ref.Row
			if row <= t.header {
				continue
			}
			if row >= t.end || !yield(t.line(row, cells)) {
				return
			}
		}
	}
}

func (t *table) line(row int, cells []workbook.Cell) line {
	l := line{row: row, value: workbook.Cell{Ref: workbook.Ref{Row: row, Col: t.cols[colValue]}}}
	for _, cell := range cells {
		switch cell.Ref.Col {
		case t.cols[colValue]:
			l.value = cell
		case t.cols[colCode]:
			l.code, l.codeCell = strings.ToUpper(tidy(cell.Raw)), cell
		case t.cols[colName]:
			l.name, l.nameCell = tidy(cell.Raw), cell
		case t.cols[colNote]:
			l.note = tidy(cell.Raw)
		}
	}
	return l
}

// typed reports whether somebody put a value there.
func (l line) typed() bool { return l.value.Kind != workbook.Blank && tidy(l.value.Raw) != "" }

// at places a finding at a cell of the table's sheet.
func (t *table) at(f finding.Finding, cell workbook.Cell) finding.Finding {
	f.Sheet = t.sheet.Name
	if cell.Ref.Col > 0 {
		f.Cell, f.Row, f.Col = cell.Ref.String(), cell.Ref.Row, cell.Ref.Col
	}
	if f.Raw == "" {
		f.Raw = cell.Raw
	}
	return f
}

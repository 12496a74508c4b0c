package write

import (
	"github.com/xuri/excelize/v2"

	"tonghop/pipeline/figure"
)

// Sheet is one sheet of a book. Its errors are the book's.
type Sheet struct {
	book *Book
	name string
}

// Name is the name the sheet got.
func (s *Sheet) Name() string { return s.name }

// Abs names a cell for formulas on other sheets: 'Báo cáo'!$E$14.
func (s *Sheet) Abs(r Ref) string { return Quote(s.name) + "!" + r.Abs() }

// AbsRange names a range for formulas on other sheets.
func (s *Sheet) AbsRange(from, to Ref) string { return s.Abs(from) + ":" + to.Abs() }

// Text stores text as a string cell, whatever it begins with: it is never a
// formula and never becomes a number or a date. Empty text leaves the cell
// blank.
func (s *Sheet) Text(at Ref, text string, st Style) {
	if text == "" {
		s.book.keep(s.book.file.SetCellDefault(s.name, at.String(), ""))
	} else {
		s.book.keep(s.book.file.SetCellStr(s.name, at.String(), stored(text)))
	}
	s.Style(at, st)
}

// Number stores a number with its exact digits, or where it has more than 15
// significant ones rounded half-up to 15, which is all that Excel keeps.
func (s *Sheet) Number(at Ref, n figure.Number, st Style) {
	s.book.keep(s.book.file.SetCellDefault(s.name, at.String(), Digits(n)))
	s.Style(at, st)
}

// Int stores a whole number.
func (s *Sheet) Int(at Ref, n int, st Style) { s.Number(at, figure.Int(int64(n)), st) }

// Formula stores a formula, without its "=", together with the result it has
// now: readers that do not calculate show that, and others agree.
func (s *Sheet) Formula(at Ref, formula string, result Value, st Style) {
	cell := at.String()
	s.book.keep(s.book.file.SetCellFormula(s.name, cell, formula))
	if s.book.results[s.name] == nil {
		s.book.results[s.name] = map[string]Value{}
	}
	s.book.results[s.name][cell] = result
	s.Style(at, st)
}

// Style gives a cell its looks and leaves its content.
func (s *Sheet) Style(at Ref, st Style) {
	cell := at.String()
	s.book.keep(s.book.file.SetCellStyle(s.name, cell, cell, s.book.style(st)))
}

// Fill gives the cells of a block their looks.
func (s *Sheet) Fill(from, to Ref, st Style) {
	s.book.keep(s.book.file.SetCellStyle(s.name, from.String(), to.String(), s.book.style(st)))
}

// Merge joins the cells of a block; only its first holds anything.
func (s *Sheet) Merge(from, to Ref) {
	s.book.keep(s.book.file.MergeCell(s.name, from.String(), to.String()))
}

// Widths sets the widths of the columns from A on, in characters. A width of 0
// leaves the column as it is.
func (s *Sheet) Widths(widths ...float64) {
	for i, w := range widths {
		if w > 0 {
			s.book.keep(s.book.file.SetColWidth(s.name, Column(i+1), Column(i+1), w))
		}
	}
}

// Height sets a row's height in points. Excel adjusts rows only while somebody
// types: rows that wrap need theirs.
func (s *Sheet) Height(row int, points float64) {
	s.book.keep(s.book.file.SetRowHeight(s.name, row, min(points, excelize.MaxRowHeight)))
}

// HideColumn hides a column from the reader, not from formulas.
func (s *Sheet) HideColumn(col int) {
	s.book.keep(s.book.file.SetColVisible(s.name, Column(col), false))
}

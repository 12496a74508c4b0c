package workbook

import (
	"bytes"
	"errors"
	"slices"
	"sort"
)

// Sheet is a worksheet.
type Sheet struct {
	Name     string
	Hidden   bool    // hidden or very hidden
	Cells    []Cell  // those with content, row by row from left to right
	Merges   []Range // as the file lists them; only the first cell of one shows
	DataRows int     // rows with at least one of Cells
	NoZeros  bool    // a zero shows as a blank cell

	hiddenRows []rowSpan
	hiddenCols []bool // by column number; shorter than the sheet is wide
}

type rowSpan struct{ from, to int }

// Cell gives the cell with content at ref.
func (s *Sheet) Cell(ref Ref) (Cell, bool) {
	i, found := slices.BinarySearchFunc(s.Cells, ref, func(c Cell, ref Ref) int { return c.Ref.Compare(ref) })
	if !found {
		return Cell{}, false
	}
	return s.Cells[i], true
}

// HiddenRow says whether a row is hidden, by itself, by a filter or in a folded
// outline, or has no height. Of rows that the file does not list it says false.
func (s *Sheet) HiddenRow(row int) bool {
	i := sort.Search(len(s.hiddenRows), func(i int) bool { return s.hiddenRows[i].to >= row })
	return i < len(s.hiddenRows) && s.hiddenRows[i].from <= row
}

// HiddenCol says whether a column is hidden, by itself or in a folded outline, or
// has no width.
func (s *Sheet) HiddenCol(col int) bool {
	return col < len(s.hiddenCols) && s.hiddenCols[col]
}

// Merged gives the merged range that holds ref.
func (s *Sheet) Merged(ref Ref) (Range, bool) {
	for _, r := range s.Merges {
		if r.Contains(ref) {
			return r, true
		}
	}
	return Range{}, false
}

// sheetReader reads one worksheet part into a Sheet.
type sheetReader struct {
	*scanner
	book  *bookReader
	sheet *Sheet
	cells []Cell // with content

	at        Ref // the last cell seen; Col 0 before the first of its row
	inCell    bool
	rowHidden bool
	flatRows  bool // a row that does not give its height has none
	inline    []byte

	seenColumns, seenRows, seenMerges bool
}

func (r *sheetReader) damaged(format string, args ...any) error {
	return damaged(r.part, int64(r.pos), format, args...)
}

// read reads the part to its end. A refusal names the sheet, and the cell if
// it lies in one.
func (r *sheetReader) read() error {
	err := r.root(spaceMain, "worksheet")
	if err == nil {
		err = r.children(r.section)
	}
	if err == nil && !r.seenRows {
		err = r.damaged("a worksheet without cell data")
	}
	if err == nil {
		err = r.finish()
	}
	if err == nil {
		return nil
	}
	cell := ""
	if r.inCell {
		cell = r.at.String()
	}
	return locate(err, r.sheet.Name, cell)
}

// locate adds to a refusal the sheet and cell at which reading ended.
func locate(err error, sheet, cell string) error {
	var refusal *Refusal
	if errors.As(err, &refusal) {
		refusal.Sheet, refusal.Cell = sheet, cell
	}
	return err
}

func (r *sheetReader) section() error {
	if r.space != spaceMain {
		return r.skipOther()
	}
	var (
		seen *bool
		item func() error
	)
	switch string(r.local) {
	case "sheetViews":
		return r.children(r.view)
	case "sheetFormatPr":
		height, _ := r.attr("defaultRowHeight")
		r.flatRows = isZero(height)
		return r.skipOther()
	case "cols":
		seen, item = &r.seenColumns, r.column
	case "sheetData":
		seen, item = &r.seenRows, r.row
	case "mergeCells":
		seen, item = &r.seenMerges, r.merge
		said, _ := r.attr("count") // a hint, which some writers leave out
		count, _ := parseWhole(said)
		r.sheet.Merges = make([]Range, 0, min(count, keptCells))
	default:
		return r.skipOther()
	}
	if *seen || seen == &r.seenColumns && r.seenRows {
		return r.damaged("%q stands twice or out of its order", r.local)
	}
	*seen = true
	return r.children(item)
}

// skipOther passes over what is not cell data, and refuses cell data hidden
// there: a reader that looks for rows wherever they stand would find it.
func (r *sheetReader) skipOther() error {
	for depth := 1; ; {
		if r.space == spaceMain {
			switch string(r.local) {
			case "sheetData", "row", "c":
				return r.damaged("an element %q outside its place", r.local)
			}
		}
		for t := r.next(); t != startTag; t = r.next() {
			if t == failed {
				return r.err
			}
			if t == endTag {
				if depth--; depth == 0 {
					return nil
				}
			}
		}
		depth++
	}
}

// view reads a sheetView element. Of several, for several windows, any hides.
func (r *sheetReader) view() error {
	if r.space != spaceMain {
		return r.skipOther()
	}
	if _, given := r.attr("showZeros"); given {
		shown, err := r.flag("showZeros")
		if err != nil {
			return err
		}
		r.sheet.NoZeros = r.sheet.NoZeros || !shown
	}
	return r.skipOther()
}

// column reads a col element, which describes columns min to max.
func (r *sheetReader) column() error {
	hidden, err := r.flag("hidden")
	if err != nil {
		return err
	}
	if width, _ := r.attr("width"); hidden || isZero(width) {
		from, err := r.number("min", 0)
		if err != nil {
			return err
		}
		to, err := r.number("max", 0)
		if err != nil {
			return err
		}
		if from < 1 || to < from || to > r.book.limits.Columns {
			return r.damaged("the columns %d to %d", from, to)
		}
		if r.sheet.hiddenCols == nil {
			r.sheet.hiddenCols = make([]bool, r.book.limits.Columns+1)
		}
		for col := from; col <= to; col++ {
			r.sheet.hiddenCols[col] = true
		}
	}
	return r.skip()
}

func (r *sheetReader) row() error {
	if r.space != spaceMain || string(r.local) != "row" {
		return r.skipOther() // some writers leave an autoFilter here
	}
	number, err := r.number("r", r.at.Row+1)
	if err != nil {
		return err
	}
	if number <= r.at.Row {
		return r.damaged("row %d after row %d", number, r.at.Row)
	}
	if number > r.book.limits.Rows {
		return tooLarge("rows", r.part, "row %d lies beyond row %d", number, r.book.limits.Rows)
	}
	if r.rowHidden, err = r.flag("hidden"); err != nil {
		return err
	}
	height, isGiven := r.attr("ht")
	if r.rowHidden = r.rowHidden || isZero(height) || r.flatRows && !isGiven; r.rowHidden {
		r.hideRow(number)
	}
	r.at = Ref{Row: number}
	if err := r.plainCells(); err != nil {
		return err
	}
	return r.children(func() error {
		if r.space != spaceMain {
			return r.damaged("a foreign element %q in a row", r.local)
		}
		switch string(r.local) {
		case "c":
			if err := r.readCell(); err != nil {
				return err
			}
			return r.plainCells()
		case "extLst":
			return r.skipOther()
		}
		return r.damaged("an element %q in a row", r.local)
	})
}

func (r *sheetReader) hideRow(row int) {
	spans := r.sheet.hiddenRows
	if n := len(spans); n > 0 && spans[n-1].to == row-1 {
		spans[n-1].to = row
		return
	}
	r.sheet.hiddenRows = append(spans, rowSpan{from: row, to: row})
}

func (r *sheetReader) merge() error {
	if r.space != spaceMain || string(r.local) != "mergeCell" {
		return r.damaged("an element %q among the merged ranges", r.local)
	}
	ref, _ := r.attr("ref")
	merged, ok := parseRange(ref)
	if !ok {
		return r.damaged("%q is not a range of cells", ref)
	}
	if len(r.sheet.Merges) == r.book.limits.Merges {
		return tooLarge("merges", r.part, "more than %d merged ranges", r.book.limits.Merges)
	}
	r.sheet.Merges = append(r.sheet.Merges, merged)
	return r.skip()
}

func (r *sheetReader) checkStyle(index int) error {
	// Without a styles part every format is General, whatever its number.
	if index < len(r.book.styles) || len(r.book.styles) == 0 {
		return nil
	}
	return r.damaged("the cell format %d of %d", index, len(r.book.styles))
}

// countCell keeps the budget of cells. What uses it up is nearly always
// formatting, down to the last row; so the refusal says where the content ends.
func (r *sheetReader) countCell() error {
	if r.at.Col > r.book.limits.Columns {
		return tooLarge("columns", r.part, "column %d lies beyond column %d", r.at.Col, r.book.limits.Columns)
	}
	if r.book.visited++; r.book.visited <= r.book.limits.Cells {
		return nil
	}
	refusal := tooLarge("cells", r.part, "more than %d cells, blank formatted ones included; up to here %d of this sheet have content", r.book.limits.Cells, len(r.cells))
	if n := len(r.cells); n > 0 {
		last := r.cells[n-1].Ref
		refusal.Detail += ", the last of them " + last.String()
	}
	return refusal
}

// grow makes room by what the part's length promises, so that a large sheet is
// not copied again and again.
func (r *sheetReader) grow() {
	const sample = 256
	if len(r.cells) < cap(r.cells) || len(r.cells) < sample {
		return
	}
	expected := len(r.cells) * (len(r.data) / r.pos)
	expected += expected / 16
	r.cells = slices.Grow(r.cells, max(min(expected, r.book.limits.Cells)-len(r.cells), sample))
}

// isZero says whether a height or width is zero.
func isZero(size []byte) bool {
	return len(size) > 0 && len(bytes.Trim(size, "0.")) == 0 && string(size) != "."
}

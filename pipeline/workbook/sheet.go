package workbook

import (
	"errors"
	"slices"
	"sort"
	"strings"
)

// Sheet is a worksheet.
type Sheet struct {
	Name     string
	Hidden   bool    // hidden or very hidden
	Cells    []Cell  // those with content, row by row from left to right
	Merges   []Range // as the file lists them; only the first cell of one shows
	DataRows int     // rows with at least one of Cells

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

// HiddenRow says whether a row is hidden or has no height.
func (s *Sheet) HiddenRow(row int) bool {
	i := sort.Search(len(s.hiddenRows), func(i int) bool { return s.hiddenRows[i].to >= row })
	return i < len(s.hiddenRows) && s.hiddenRows[i].from <= row
}

// HiddenCol says whether a column is hidden or has no width.
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
	sheet  *Sheet
	shared []string
	styles []style
	limits Limits
	cells  *int // visited so far in the whole book

	at        Ref // the last cell seen; Col 0 before the first of its row
	inCell    bool
	rowHidden bool
	seen      map[string]bool
	values    arena
	inline    []byte
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
	if err == nil && !r.seen["sheetData"] {
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
	name := string(r.local)
	if name != "cols" && name != "sheetData" && name != "mergeCells" {
		return r.skipOther()
	}
	if r.seen[name] || name == "cols" && r.seen["sheetData"] {
		return r.damaged("%q stands twice or out of its order", name)
	}
	r.seen[name] = true
	switch name {
	case "cols":
		return r.children(r.column)
	case "sheetData":
		return r.children(r.row)
	}
	return r.children(r.merge)
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

// column reads a col element, which describes columns min to max.
func (r *sheetReader) column() error {
	hidden, err := r.flag("hidden")
	if err != nil {
		return err
	}
	if hidden || isZero(r.attrText("width")) {
		from, err := r.number("min", 0)
		if err != nil {
			return err
		}
		to, err := r.number("max", 0)
		if err != nil {
			return err
		}
		if from < 1 || to < from || to > r.limits.Columns {
			return r.damaged("the columns %d to %d", from, to)
		}
		if r.sheet.hiddenCols == nil {
			r.sheet.hiddenCols = make([]bool, r.limits.Columns+1)
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
	if number > r.limits.Rows {
		return tooLarge("rows", r.part, "row %d lies beyond row %d", number, r.limits.Rows)
	}
	if r.rowHidden, err = r.flag("hidden"); err != nil {
		return err
	}
	r.rowHidden = r.rowHidden || isZero(r.attrText("ht"))
	if r.rowHidden {
		r.hideRow(number)
	}
	r.at = Ref{Row: number}
	return r.children(func() error {
		if r.space != spaceMain {
			return r.damaged("a foreign element %q in a row", r.local)
		}
		switch string(r.local) {
		case "c":
			return r.readCell()
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
	merged, err := ParseRange(r.attrText("ref"))
	if err != nil {
		return r.damaged("%v", err)
	}
	if len(r.sheet.Merges) == r.limits.Merges {
		return tooLarge("merges", r.part, "more than %d merged ranges", r.limits.Merges)
	}
	r.sheet.Merges = append(r.sheet.Merges, merged)
	return r.skip()
}

func (r *sheetReader) checkStyle(index int) error {
	// Without a styles part every format is General, whatever its number.
	if index < len(r.styles) || len(r.styles) == 0 {
		return nil
	}
	return r.damaged("the cell format %d of %d", index, len(r.styles))
}

// countCell keeps the budget of cells. What uses it up is nearly always
// formatting, down to the last row; so the refusal says where the content ends.
func (r *sheetReader) countCell() error {
	if r.at.Col > r.limits.Columns {
		return tooLarge("columns", r.part, "column %d lies beyond column %d", r.at.Col, r.limits.Columns)
	}
	if *r.cells++; *r.cells <= r.limits.Cells {
		return nil
	}
	refusal := tooLarge("cells", r.part, "more than %d cells, blank formatted ones included; up to here %d of this sheet have content", r.limits.Cells, len(r.sheet.Cells))
	if n := len(r.sheet.Cells); n > 0 {
		last := r.sheet.Cells[n-1].Ref
		refusal.Detail += ", the last of them " + last.String()
	}
	return refusal
}

// grow makes room by what the part's length promises, so that a large sheet is
// not copied again and again.
func (r *sheetReader) grow() {
	cells := r.sheet.Cells
	const sample = 256
	if len(cells) < cap(cells) || len(cells) < sample {
		return
	}
	expected := len(cells) * (len(r.data) / r.pos)
	expected += expected / 16
	r.sheet.Cells = slices.Grow(cells, max(min(expected, r.limits.Cells)-len(cells), sample))
}

// isZero says whether a height or width is zero.
func isZero(size string) bool {
	return size != "" && strings.Trim(size, "0.") == "" && size != "."
}

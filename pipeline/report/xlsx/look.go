package xlsx

import (
	"strings"

	"tonghop/pipeline/figure"
	"tonghop/pipeline/workbook/write"
)

// The looks of the workbook's cells, built from one another.
var (
	titleLook  = write.Style{Size: 14, Bold: true}
	lineLook   = write.Style{}
	labelLook  = write.Style{Bold: true, Color: write.Red}
	legendLook = write.Style{Size: 10, Italic: true}

	tableLook = write.Style{Size: 11, Border: write.Thin}
	headLook  = tableLook.With(func(s *write.Style) {
		s.Size, s.Bold, s.Fill, s.Align, s.Wrap = 10, true, write.FillHead, write.Center, true
	})
	textLook = tableLook.With(func(s *write.Style) { s.Align = write.Left })
	wrapLook = textLook.With(func(s *write.Style) { s.Wrap = true })
	topLook  = wrapLook.With(func(s *write.Style) { s.Top = true })
	// groupLook has no lines at its sides: a programme's name runs on over the
	// empty cells to its right.
	groupLook = write.Style{Bold: true, Fill: write.FillGroup, Border: write.Over}
	totalLook = tableLook.With(func(s *write.Style) { s.Bold, s.Fill = true, write.FillGroup })
	// helperLook is for the columns from which a total is computed.
	helperLook = tableLook.With(func(s *write.Style) { s.Size, s.Color, s.Format = 10, write.Grey, "0" })
	timeLook   = textLook.With(func(s *write.Style) { s.Format = "dd/mm/yyyy hh:mm" })
	countLook  = tableLook.With(func(s *write.Style) { s.Format = write.Grouped(0) })
)

func italic(s write.Style, on bool) write.Style { s.Italic = on; return s }

func centred(s write.Style) write.Style { s.Align = write.Center; return s }

func formatted(s write.Style, format string) write.Style { s.Format = format; return s }

// Sizes of letters in tables, in points.
const (
	bodySize = 11
	headSize = 10
)

// codeWidth is the width of a letter of a code, all capitals and digits.
const codeWidth = 1.35

// boldRoom is the part of a width that is left when letters are bold.
const boldRoom = 0.92

// mostLines is how many lines a row can show: Excel's rows are at most 409 points.
const mostLines = 24

// height is the height of a row whose fullest cell has n lines. Of longer texts the
// end is hidden on screen and in print, not lost from the cell; where texts are the
// point of a sheet, passage goes on in another row.
func height(n int) float64 { return write.Height(min(n, mostLines), bodySize) }

// table places rows of one width below each other.
type table struct {
	sheet  *write.Sheet
	widths []float64
	row    int         // the next one
	rest   *write.Rows // it and all below, of a table that can be long
}

// long makes all that follows rows that end with next: of tables with a row for every
// unit, file or finding.
func (t *table) long() { t.rest = t.sheet.Rows(t.row) }

// text, number, int, style and high write the row.
func (t *table) text(col int, text string, look write.Style) {
	if t.rest != nil {
		t.rest.Text(col, text, look)
	} else {
		t.sheet.Text(write.At(t.row, col), text, look)
	}
}

func (t *table) number(col int, n figure.Number, look write.Style) {
	if t.rest != nil {
		t.rest.Number(col, n, look)
	} else {
		t.sheet.Number(write.At(t.row, col), n, look)
	}
}

func (t *table) int(col, n int, look write.Style) { t.number(col, figure.Int(int64(n)), look) }

func (t *table) style(col int, look write.Style) {
	if t.rest != nil {
		t.rest.Style(col, look)
	} else {
		t.sheet.Style(write.At(t.row, col), look)
	}
}

func (t *table) high(points float64) {
	if t.rest != nil {
		t.rest.Height(points)
	} else {
		t.sheet.Height(t.row, points)
	}
}

func (t *table) next() {
	if t.rest != nil {
		t.rest.Next()
	}
	t.row++
}

// Rows of the head of every sheet.
const (
	titleRow = iota + 1
	periodRow
	labelRow
	noteRow
	legendRow
	gapRow
	headRow
)

// open begins a sheet: its head, and the column widths of its table.
func (d *drawing) open(sheet *write.Sheet, title, note, legend string, widths []float64) *table {
	sheet.Text(write.At(titleRow, 1), title, titleLook)
	sheet.Height(titleRow, 22)
	paragraph(sheet, periodRow, widths, d.periodLine(), lineLook)
	paragraph(sheet, labelRow, widths, d.label(), labelLook)
	paragraph(sheet, noteRow, widths, note, lineLook)
	paragraph(sheet, legendRow, widths, legend, legendLook)
	sheet.Height(gapRow, 6)
	sheet.Widths(widths...)
	return &table{sheet: sheet, widths: widths, row: headRow}
}

// untouched is the width of a column that none was given.
const untouched = 9.0

// measure is the part of a sheet over which running text is set: its columns,
// but no more than its first page, and of a narrow table some beyond it.
func measure(widths []float64) (columns int, width float64) {
	const enough = 110
	for columns < len(widths) || width < enough {
		next := untouched
		if columns < len(widths) {
			next = widths[columns]
		}
		if columns > 0 && width+next > readable {
			break
		}
		width += next
		columns++
	}
	return columns, width
}

// paragraph writes running text.
func paragraph(sheet *write.Sheet, row int, widths []float64, text string, look write.Style) {
	look.Wrap, look.Align = true, write.Left
	last, width := measure(widths)
	sheet.Text(write.At(row, 1), text, look)
	if text == "" {
		return
	}
	sheet.Merge(write.At(row, 1), write.At(row, last))
	sheet.Height(row, height(write.Lines(text, width, max(look.Size, headSize))))
}

func (d *drawing) periodLine() string {
	return d.say.Say("report.window", "window", d.say.Window(d.s.Window)) + " – " + d.say.Period(d.s.Period)
}

// label is what the reader must know before any figure.
func (d *drawing) label() string {
	parts := []string{}
	for _, part := range []string{d.in.Draft, d.in.Sample} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, "  ·  ")
}

// head writes the table's one header row.
func (t *table) head(titles []string) {
	most := 1
	for i, title := range titles {
		t.sheet.Text(write.At(t.row, i+1), title, headLook)
		most = max(most, write.Lines(title, t.widths[i]*boldRoom, headSize))
	}
	t.sheet.Height(t.row, height(most))
	t.row++
}

// list finishes a sheet that is one table with one header row: filter, frozen
// head, print set-up.
func (d *drawing) list(t *table, frozenColumns int) {
	t.sheet.Filter(write.At(headRow, 1), write.At(max(t.row-1, headRow), len(t.widths)))
	d.finish(t, frozenColumns)
}

// listAs is list with a table object in the filter's place: for sheets that the
// office works on in formulas of its own. Its heads differ, and it has a row.
func (d *drawing) listAs(name string, t *table, frozenColumns int) {
	t.sheet.Table(name, write.At(headRow, 1), write.At(t.row-1, len(t.widths)))
	d.finish(t, frozenColumns)
}

func (d *drawing) finish(t *table, frozenColumns int) {
	last := max(t.row-1, headRow)
	t.sheet.Freeze(write.At(headRow+1, frozenColumns+1))
	d.print(t.sheet, t.widths, [2]int{headRow, headRow}, frozenColumns, last)
}

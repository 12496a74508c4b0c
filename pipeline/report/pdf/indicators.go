package pdf

import (
	"slices"

	"tonghop/pipeline/report"
)

const (
	cellGap  = 2.0 // mm between cells
	cellSide = 1.6 // mm within a cell
)

// indicators sets a strip's cells in as few rows as hold them, evenly filled.
func (c composer) indicators(s report.Strip) []strip {
	if len(s.Cells) == 0 {
		return nil
	}
	most := max(int((c.width+cellGap)/(c.density.leastCell+cellGap)), 1)
	rows := (len(s.Cells) + most - 1) / most
	columns := (len(s.Cells) + rows - 1) / rows
	// Fewer than three keep the width of three, as facts do.
	width := (c.width - float64(max(columns, 3)-1)*cellGap) / float64(max(columns, 3))
	size := c.valueSize(s.Cells, width-2*cellSide)
	var strips []strip
	for row := range slices.Chunk(s.Cells, columns) {
		strips = append(strips, c.indicatorRow(row, width, size))
	}
	for i := range len(strips) - 1 {
		strips[i].keep = true
	}
	return spaced(strips, 3, 4)
}

// valueSize is the largest size in which every value stays on one line.
func (c composer) valueSize(cells []report.StripCell, width float64) float64 {
	size := c.density.value
	for _, cell := range cells {
		for size > 9 && len(c.ruler.wrap(cell.Value, font{bold, size}, width, 0)) > 1 {
			size--
		}
	}
	return size
}

// indicatorRow sets each kind of text at one height across the row: label,
// value, note and, on a shade at the foot, the verdict. What needs attention has
// the thicker frame.
func (c composer) indicatorRow(row []report.StripCell, width, size float64) strip {
	s := strip{before: cellGap, after: cellGap}
	value := font{bold, size}
	labelFont, noteFont, verdictFont := font{regular, c.density.label}, font{regular, c.density.note}, font{bold, c.density.verdict}
	inner := width - 2*cellSide
	verdictWidth := inner - markRoom(verdictFont)
	height := func(f font, width float64, text func(report.StripCell) string) float64 {
		most := 0
		for _, cell := range row {
			most = max(most, len(c.ruler.wrap(text(cell), f, width, 0)))
		}
		return float64(most) * f.line()
	}
	valueTop := cellSide/2 + height(labelFont, inner, func(c report.StripCell) string { return c.Label })
	noteTop := valueTop + height(value, inner, func(c report.StripCell) string { return c.Value })
	shadeTop := noteTop + height(noteFont, inner, func(c report.StripCell) string { return c.Note }) + cellSide/2
	s.height = shadeTop
	if h := height(verdictFont, verdictWidth, func(c report.StripCell) string { return c.Verdict }); h > 0 {
		s.height += h + cellSide
	}
	for i, cell := range row {
		b := box{x: float64(i) * (width + cellGap), w: width, h: s.height}
		at := func(y float64) box { return box{x: b.x + cellSide, y: y, w: inner} }
		s.set(c.ruler.wrap(cell.Label, labelFont, inner, 0), labelFont, at(cellSide/2), report.Left)
		s.set(c.ruler.wrap(cell.Value, value, inner, 0), value, at(valueTop), report.Left)
		s.set(c.ruler.wrap(cell.Note, noteFont, inner, 0), noteFont, at(noteTop), report.Left)
		if lines := c.ruler.wrap(cell.Verdict, verdictFont, verdictWidth, 0); len(lines) > 0 {
			s.shades = append(s.shades, shade{box{b.x, shadeTop, b.w, s.height - shadeTop}, groupGrey})
			word := at(shadeTop + cellSide/2)
			word.x, word.w = word.x+markRoom(verdictFont), verdictWidth
			s.set(lines, verdictFont, word, report.Left)
			s.verdict(cell.Mark, verdictFont, word.x, word.y)
		}
		thickness := hairline
		if cell.Mark == report.MarkNotMet || cell.Mark == report.MarkBehind {
			thickness = 0.6
		}
		s.frame(b, thickness)
	}
	return s
}

package pdf

import "tonghop/pipeline/report"

// headCell is a cell of the head over one row or, where the cells under it are
// empty and as wide, over several.
type headCell struct {
	placed
	row, rows int
	lines     []line
	font      font
}

// head draws the head rows as one strip: bold on grey, in the middle of their
// cells.
func (g grid) head(rows [][]report.Cell) strip {
	cells := g.headCells(rows)
	heights := g.headHeights(cells, len(rows))
	tops := newPart(nil, heights).edges

	s := strip{height: tops[len(rows)]}
	s.shades = append(s.shades, shade{box{0, 0, g.width(), s.height}, headGrey})
	for _, cell := range cells {
		left, right := g.part.edges[cell.from], g.part.edges[cell.to]
		b := box{left, tops[cell.row], right - left, tops[cell.row+cell.rows] - tops[cell.row]}
		s.frame(b, hairline)
		area := g.area(cell.placed)
		area.y = b.y + (b.h-float64(len(cell.lines))*cell.font.line())/2
		s.set(cell.lines, cell.font, area, cell.Align)
	}
	return s
}

func (g grid) headCells(rows [][]report.Cell) []headCell {
	grid := make([][]placed, len(rows))
	for r, row := range rows {
		grid[r] = g.place(row, report.Data)
	}
	var cells []headCell
	for r, row := range grid {
		for _, cell := range row {
			if r > 0 && cell.Text == "" && covers(grid[r-1], cell) {
				continue
			}
			h := headCell{placed: cell, row: r, rows: 1}
			for next := r + 1; next < len(grid) && coversEmpty(grid[next], cell); next++ {
				h.rows++
			}
			if !h.AlignSet {
				h.Align = report.Center
			}
			h.font = cellFont(h.Cell, report.Data, true, g.size)
			h.lines = g.ruler.wrap(h.Text, h.font, g.area(cell).w, 0)
			cells = append(cells, h)
		}
	}
	return cells
}

// covers tells whether a row has a cell over exactly the columns of another.
func covers(row []placed, cell placed) bool {
	for _, c := range row {
		if c.from == cell.from && c.to == cell.to {
			return true
		}
	}
	return false
}

func coversEmpty(row []placed, cell placed) bool {
	for _, c := range row {
		if c.from == cell.from && c.to == cell.to {
			return c.Text == ""
		}
	}
	return false
}

// headHeights makes each row as high as its own cells need; a cell over several
// rows that needs more makes its last row higher.
func (g grid) headHeights(cells []headCell, rows int) []float64 {
	heights := make([]float64, rows)
	need := func(c headCell) float64 {
		return float64(max(len(c.lines), 1))*c.font.line() + 2*g.space()
	}
	for _, c := range cells {
		if c.rows == 1 {
			heights[c.row] = max(heights[c.row], need(c))
		}
	}
	for _, c := range cells {
		own := heights[c.row : c.row+c.rows]
		if lack := need(c) - sum(own); lack > 0 {
			own[len(own)-1] += lack
		}
	}
	return heights
}

package pdf

import (
	"fmt"
	"slices"

	"tonghop/pipeline/report"
)

const (
	indentStep = 3.0 // mm
	hairline   = 0.2 // mm
	totalLine  = 0.5 // mm, above a total
	headGrey   = 226
	groupGrey  = 242
	tableGap   = 3.0 // mm above and below
	// headingRoom is left free, in mm, for the headings that stay with a row.
	headingRoom = 25.0
	// smallTable is the share of a page up to which a table is never parted: the
	// page before it may end so much early.
	smallTable = 0.4
)

// cellPad is the space in mm at either side of a cell's text.
func cellPad(size float64) float64 { return font{size: size}.em() * 0.28 }

// table sets a table in one part or, split by columns, in several, one after
// another. Each row is a strip; the head is one and repeated on every page. Above
// and below are what stands on its page with it.
func (c composer) table(t report.Table, above, below []strip) ([]strip, error) {
	if err := matched(t); err != nil {
		return nil, err
	}
	if len(t.Columns) == 0 || len(t.Head)+len(t.Rows) == 0 {
		return nil, nil
	}
	if t.Size <= 0 {
		t.Size = defaultTableSize
	}
	if t.Keep > 0 {
		return c.dense(t, above, below), nil
	}
	parts := c.parts(t, t.Size, roomyLead)
	all := slices.Concat(parts...)
	if len(parts) == 1 && (t.Whole || alone(all) < smallTable*c.height) && c.standTogether(above, all, below) {
		tie(all)
	}
	return all, nil
}

// parts sets each part of a table. Parts of a table that is split by columns
// are read side by side: each begins on a new page unless it fits whole.
func (c composer) parts(t report.Table, size, lead float64) [][]strip {
	size, columns := c.columns(t, size, 0)
	parts := make([][]strip, len(columns))
	for i, p := range columns {
		parts[i] = c.part(t, p, size, lead)
		if len(columns) > 1 {
			tie(parts[i])
		}
	}
	return parts
}

func (c composer) part(t report.Table, p part, size, lead float64) []strip {
	g := grid{ruler: c.ruler, columns: t.Columns, part: p, size: size, lead: lead}
	return g.strips(t, c.height)
}

// standTogether tells whether strips fit on one page.
func (c composer) standTogether(strips ...[]strip) bool {
	return alone(slices.Concat(strips...)) <= c.height+slack
}

// tie keeps strips on one page.
func tie(strips []strip) {
	for i := range len(strips) - 1 {
		strips[i].keep = true
	}
}

// matched refuses a row with more cells than there are columns: to leave them
// out would lose figures in silence.
func matched(t report.Table) error {
	width := func(cells []report.Cell) (n int) {
		for _, cell := range cells {
			n += max(cell.Span, 1)
		}
		return n
	}
	for i, row := range t.Head {
		if n := width(row); n > len(t.Columns) {
			return fmt.Errorf("head row %d covers %d of %d columns", i+1, n, len(t.Columns))
		}
	}
	for i, row := range t.Rows {
		if n := width(row.Cells); n > len(t.Columns) {
			return fmt.Errorf("row %d covers %d of %d columns", i+1, n, len(t.Columns))
		}
	}
	return nil
}

// grid draws the rows of one part of a table.
type grid struct {
	ruler   *ruler
	columns []report.Column
	part    part
	size    float64 // points
	lead    float64 // ems, above and below a cell's text
}

func (g grid) width() float64 { return g.part.edges[len(g.part.edges)-1] }

func (g grid) strips(t report.Table, pageHeight float64) []strip {
	var strips []strip
	var repeated *strip
	limit := pageHeight
	if len(t.Head) > 0 {
		head := g.head(t.Head)
		strips = append(strips, head)
		strips[0].keep = len(t.Rows) > 0
		// A head of half a page would leave no room for what it heads.
		if head.height < pageHeight/2 {
			repeated = &head
			limit -= head.height
		}
	}
	for i, row := range t.Rows {
		first := limit
		if i == 0 || t.Rows[i-1].Kind == report.Group {
			first -= headingRoom
		}
		pieces := g.row(row, first, limit)
		for k := range pieces {
			pieces[k].head = repeated
		}
		// A heading in the table stays with its first row and a total with the
		// last it adds up; the first two rows and the last three are not parted,
		// as a row alone on its page is easily overlooked.
		left := len(t.Rows) - 1 - i
		pieces[len(pieces)-1].keep = left > 0 &&
			(row.Kind == report.Group || t.Rows[i+1].Kind == report.Total || i == 0 || left < 3)
		strips = append(strips, pieces...)
	}
	return spaced(strips, tableGap, tableGap)
}

// placed is a cell in its place in the part.
type placed struct {
	report.Cell
	from, to int // columns of the part, to exclusive
}

// place gives each cell that has a column in this part its place there. Missing
// cells are empty; the only cell of a group row covers the whole row.
func (g grid) place(cells []report.Cell, kind report.RowKind) []placed {
	var list []placed
	column, at := 0, 0
	for i, cell := range cells {
		end := column + max(cell.Span, 1)
		if kind == report.Group && i == len(cells)-1 {
			end = len(g.columns)
		}
		p := placed{Cell: cell, from: at}
		for at < len(g.part.columns) && g.part.columns[at] < end {
			at++
		}
		if p.to = at; p.to > p.from {
			if !p.AlignSet && p.to-p.from == 1 {
				p.Align = g.columns[g.part.columns[p.from]].Align
			}
			list = append(list, p)
		}
		column = end
	}
	for ; at < len(g.part.columns); at++ {
		list = append(list, placed{from: at, to: at + 1})
	}
	return list
}

// space in mm above and below a cell's text.
func (g grid) space() float64 { return font{size: g.size}.em() * g.lead }

// area of a cell's text, without a height.
func (g grid) area(p placed) box {
	left := g.part.edges[p.from] + cellPad(g.size) + float64(p.Indent)*indentStep + g.mark(p.Cell)
	return box{x: left, y: g.space(), w: g.part.edges[p.to] - cellPad(g.size) - left}
}

// mark is the width of a cell's mark.
func (g grid) mark(cell report.Cell) float64 {
	if cell.Mark == report.NoMark {
		return 0
	}
	return markRoom(font{size: g.size})
}

func cellFont(cell report.Cell, kind report.RowKind, head bool, size float64) font {
	strong := cell.Strong || head || kind != report.Data
	return font{faceOf(strong, cell.Italic), size}
}

// row draws a row as one strip or, where it is higher than a page leaves room
// for, as pieces with dashed edges between them. The first piece may be given
// less room than the others.
func (g grid) row(row report.Row, first, limit float64) []strip {
	cells := g.place(row.Cells, row.Kind)
	texts := make([][]line, len(cells))
	most := 1
	for i, cell := range cells {
		texts[i] = g.ruler.wrap(cell.Text, cellFont(cell.Cell, row.Kind, false, g.size), g.area(cell).w, 0)
		most = max(most, len(texts[i]))
	}
	lineHeight := font{size: g.size}.line()
	var pieces []strip
	for start, end := 0, 0; start < most; start = end {
		room := limit
		if start == 0 {
			room = first
		}
		end = min(start+max(int((room-2*g.space())/lineHeight), 1), most)
		s := strip{height: float64(end-start)*lineHeight + 2*g.space()}
		if row.Kind == report.Group {
			s.shades = append(s.shades, shade{box{0, 0, g.width(), s.height}, groupGrey})
		}
		for i, cell := range cells {
			lines := texts[i][min(start, len(texts[i])):min(end, len(texts[i]))]
			f, area := cellFont(cell.Cell, row.Kind, false, g.size), g.area(cell)
			s.set(lines, f, area, cell.Align)
			if start == 0 && cell.Mark != report.NoMark {
				left := area.x
				if len(lines) > 0 {
					left = s.texts[len(s.texts)-len(lines)].x
				}
				s.verdict(cell.Mark, f, left, area.y)
			}
		}
		g.ruleRow(&s, cells, row.Kind == report.Total && start == 0)
		s.rules[0].dashed = start > 0
		s.rules[1].dashed = end < most
		pieces = append(pieces, s)
	}
	return pieces
}

// ruleRow draws the rules above and below a row, in this order, and those
// between its cells.
func (g grid) ruleRow(s *strip, cells []placed, total bool) {
	above := hairline
	if total {
		above = totalLine
	}
	s.across(0, 0, g.width(), above)
	s.across(0, s.height, g.width(), hairline)
	s.down(0, 0, s.height, hairline)
	for _, cell := range cells {
		s.down(g.part.edges[cell.to], 0, s.height, hairline)
	}
}

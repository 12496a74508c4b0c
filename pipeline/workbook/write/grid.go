package write

import (
	"fmt"
	"strconv"
	"strings"
)

// grid is what a sheet looks like, as far as comments need it.
type grid struct {
	merged  [][2]Ref
	width   func(col int) float64 // pixels
	heights map[int]float64       // pixels, of rows that have their own
	height  float64               // of the others
}

// Pixels of a standard screen: 96 an inch, a digit of the usual font taking 7.
const (
	pixelsPerPoint = 96.0 / 72
	digitPixels    = 7.0
	cellMargin     = 5.0
	usualWidth     = 8.43 // characters
	usualHeight    = 15.0 // points
)

// grid reads a sheet's sizes and merged cells.
func (p *Package) grid(part string) (grid, error) {
	g := grid{heights: map[int]float64{}, height: usualHeight * pixelsPerPoint}
	sheet, err := p.tree(part)
	if err != nil {
		return g, err
	}
	data, inner := sheet.data, sheet.inner
	standard := usualWidth
	if f, ok := named(inner, "sheetFormatPr"); ok {
		if h, err := strconv.ParseFloat(f.attr(data, "defaultRowHeight"), 64); err == nil {
			g.height = h * pixelsPerPoint
		}
		if w, err := strconv.ParseFloat(f.attr(data, "defaultColWidth"), 64); err == nil {
			standard = w
		}
	}
	g.width = widths(data, inner, standard)
	if list, ok := named(inner, "mergeCells"); ok {
		all, err := list.children(data)
		if err != nil {
			return g, err
		}
		for _, m := range all {
			from, to, _ := strings.Cut(m.attr(data, "ref"), ":")
			first, ok1 := ParseRef(from)
			last, ok2 := ParseRef(to)
			if ok1 && ok2 {
				g.merged = append(g.merged, [2]Ref{first, last})
			}
		}
	}
	return g, g.readHeights(sheet)
}

func (g *grid) readHeights(sheet tree) error {
	list, ok := named(sheet.inner, "sheetData")
	if !ok {
		return errMarkup
	}
	rows, err := sheet.children(list)
	if err != nil {
		return err
	}
	number := 0
	for _, r := range rows {
		number++
		if n, err := strconv.Atoi(r.attr(sheet.data, "r")); err == nil {
			number = n
		}
		if h, err := strconv.ParseFloat(r.attr(sheet.data, "ht"), 64); err == nil {
			g.heights[number] = h * pixelsPerPoint
		}
		if hidden := r.attr(sheet.data, "hidden"); hidden == "1" || hidden == "true" {
			g.heights[number] = 0
		}
	}
	return nil
}

func widths(data []byte, inner []element, standard float64) func(int) float64 {
	type block struct {
		from, to int
		pixels   float64
	}
	var blocks []block
	if list, ok := named(inner, "cols"); ok {
		all, _ := list.children(data)
		for _, c := range all {
			b := block{pixels: standard*digitPixels + cellMargin}
			b.from, _ = strconv.Atoi(c.attr(data, "min"))
			b.to, _ = strconv.Atoi(c.attr(data, "max"))
			if w, err := strconv.ParseFloat(c.attr(data, "width"), 64); err == nil {
				b.pixels = w*digitPixels + cellMargin
			}
			if hidden := c.attr(data, "hidden"); hidden == "1" || hidden == "true" {
				b.pixels = 0
			}
			blocks = append(blocks, b)
		}
	}
	return func(col int) float64 {
		for _, b := range blocks {
			if b.from <= col && col <= b.to {
				return b.pixels
			}
		}
		return standard*digitPixels + cellMargin
	}
}

// shown is the cell of which a cell is seen as part.
func (g grid) shown(at Ref) Ref {
	for _, m := range g.merged {
		if m[0].Row <= at.Row && at.Row <= m[1].Row && m[0].Col <= at.Col && at.Col <= m[1].Col {
			return m[0]
		}
	}
	return at
}

// The box of a comment.
const (
	noteSize  = 10.0 // points
	noteWidth = 320.0
	noteChars = (noteWidth - 20) / digitPixels * 11 / 11.5 // on a line, with room for a wider font
	noteGap   = 12.0
	maxRows   = 1 << 20
	maxCols   = 1 << 14
)

// anchor places a comment's box right of its cell, as large as its text, in the
// format's eight numbers: columns and rows with pixels into each.
func (g grid) anchor(at Ref, text string) string {
	height := float64(Lines(text, noteChars, noteSize))*LineHeight(noteSize)*pixelsPerPoint + 14
	left, top := at.Col+1, max(at.Row-1, 1)
	right, acrossPixels := g.walk(left, noteGap+noteWidth, g.width, maxCols)
	bottom, downPixels := g.walk(top, noteGap+height, g.rowHeight, maxRows)
	return fmt.Sprintf("%d, %d, %d, %d, %d, %d, %d, %d", left-1, int(noteGap), top-1, int(noteGap), right-1, acrossPixels, bottom-1, downPixels)
}

func (g grid) rowHeight(row int) float64 {
	if h, ok := g.heights[row]; ok {
		return h
	}
	return g.height
}

// walk gives the column or row that lies so many pixels further, and how far
// into it.
func (g grid) walk(from int, pixels float64, size func(int) float64, last int) (at, rest int) {
	for at = from; at < last; at++ {
		own := size(at)
		if pixels <= own {
			return at, int(pixels)
		}
		pixels -= own
	}
	return last, 0
}

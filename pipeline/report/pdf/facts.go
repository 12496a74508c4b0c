package pdf

import (
	"slices"

	"tonghop/pipeline/report"
)

const (
	factsInRow = 6
	factGap    = 3.0 // mm between boxes
	factPad    = 1.5 // mm within a box
)

// facts sets a row of boxes of equal width and height, each a large number over
// its label. More than six go on in a further row.
func (c composer) facts(f report.Facts) []strip {
	var strips []strip
	// Fewer than three keep the width of three and stand in the middle: one
	// number in a box over the whole page says nothing more.
	columns := float64(min(max(len(f.Items), 3), factsInRow))
	width := (c.width - (columns-1)*factGap) / columns
	for row := range slices.Chunk(f.Items, factsInRow) {
		strips = append(strips, c.factRow(row, width))
	}
	return spaced(strips, 3, 4)
}

func (c composer) factRow(row []report.Fact, width float64) strip {
	var s strip
	s.before, s.after = factGap, factGap
	inner := width - 2*factPad
	label := font{regular, smallSize}
	value := font{bold, c.factSize(row, inner)}

	values, tallest := make([][]line, len(row)), 0
	for i, fact := range row {
		values[i] = c.ruler.wrap(fact.Value, value, inner, 0)
		tallest = max(tallest, len(values[i]))
	}
	labelTop := factPad + float64(tallest)*value.line()

	n := float64(len(row))
	left := (c.width - n*width - (n-1)*factGap) / 2
	area := func(i int) box { return box{x: left + float64(i)*(width+factGap), w: width} }
	for i, fact := range row {
		b := box{x: area(i).x + factPad, y: factPad, w: inner}
		s.set(values[i], value, b, report.Center)
		b.y = labelTop
		end := s.set(c.ruler.wrap(fact.Label, label, inner, 0), label, b, report.Center)
		s.height = max(s.height, end+factPad)
	}
	for i := range row {
		b := area(i)
		b.h = s.height
		s.frame(b, 0.3)
	}
	return s
}

// factSize is the largest size in which every value of the row stays on one
// line.
func (c composer) factSize(row []report.Fact, width float64) float64 {
	sizes := []float64{24, 20, 17, 14, bodySize}
	for _, size := range sizes {
		if size <= c.density.fact && !slices.ContainsFunc(row, func(fact report.Fact) bool {
			return len(c.ruler.wrap(fact.Value, font{bold, size}, width, 0)) > 1
		}) {
			return size
		}
	}
	return sizes[len(sizes)-1]
}

// frame draws the outline of a box.
func (m *marks) frame(b box, thickness float64) {
	m.across(b.x, b.y, b.w, thickness)
	m.across(b.x, b.bottom(), b.w, thickness)
	m.down(b.x, b.y, b.h, thickness)
	m.down(b.right(), b.y, b.h, thickness)
}

package pdf

import (
	"tonghop/pipeline/report"
)

const (
	barShare   = 0.8 // of the height of a line of its text
	barGap     = 3.0 // mm between the columns of a row
	targetLine = 0.5 // mm
	// scaleEnd is the end of the scale in per cent of the target. A longer bar
	// has a broken end there.
	scaleEnd = 120.0
)

// barColumns are the left edges and widths of what stands beside each other.
type barColumns struct {
	label, value, track, percent box
}

// at is the place of a percentage on the track.
func (k barColumns) at(percent float64) float64 {
	return k.track.x + k.track.w*percent/scaleEnd
}

// bars sets a row an item, and above them, on every page, what the marks mean.
func (c composer) bars(b report.Bars) []strip {
	if len(b.Items) == 0 {
		return nil
	}
	k := c.barColumns(b.Items)
	strips := c.legend([]legendItem{
		{b.Legend.Target, targetSwatch}, {b.Legend.Pace, paceSwatch}, {b.Legend.Provisional, provisionalSwatch},
	})
	var head *strip
	if len(strips) > 0 {
		head = joined(strips)
		head.after = 1
	}
	for i, item := range b.Items {
		s := c.bar(item, k)
		s.head = head
		s.keep = i < len(b.Items)-1
		strips = append(strips, s)
	}
	return spaced(strips, 3, 3)
}

// joined is several strips as one.
func joined(strips []strip) *strip {
	var all strip
	for _, s := range strips {
		all.add(s.marks, 0, all.height)
		all.height += s.height
	}
	return &all
}

// barColumns gives the printed figures what they need and shares the rest
// between the labels and the bars.
func (c composer) barColumns(items []report.Bar) barColumns {
	var k barColumns
	barText := font{regular, c.density.bar}
	for _, item := range items {
		k.value.w = max(k.value.w, widest(c.ruler.wrap(item.Value, barText, 0.22*c.width, 0)))
		k.percent.w = max(k.percent.w, widest(c.ruler.wrap(item.Percent, barText, 0.12*c.width, 0)))
	}
	rest := c.width - k.value.w - k.percent.w - 3*barGap
	k.label.w = 0.5 * rest
	k.track.w = rest - k.label.w
	k.value.x = k.label.w + barGap
	k.track.x = k.value.x + k.value.w + barGap
	k.percent.x = k.track.x + k.track.w + barGap
	return k
}

func (c composer) bar(item report.Bar, k barColumns) strip {
	var s strip
	barText, barWord := font{regular, c.density.bar}, font{italic, c.density.bar}
	attained, known := position(item.Attained)
	drawn := known && attained >= 0
	cells := []struct {
		text  string
		font  font
		area  box
		align report.Align
	}{
		{item.Label, barText, k.label, report.Left}, {item.Value, barText, k.value, report.Right},
		{"", barWord, k.track, report.Left}, {item.Percent, barText, k.percent, report.Right},
	}
	if !drawn {
		cells[2].text = item.Word
	}
	texts := make([][]line, len(cells))
	s.height = barText.line()
	for i, cell := range cells {
		texts[i] = c.ruler.wrap(cell.text, cell.font, cell.area.w-textInset(i), 0)
		s.height = max(s.height, float64(len(texts[i]))*cell.font.line())
	}
	s.height += 2 * c.density.barPad
	for i, cell := range cells {
		area := cell.area
		area.x, area.w = area.x+textInset(i), area.w-textInset(i)
		area.y = (s.height - float64(len(texts[i]))*cell.font.line()) / 2
		s.set(texts[i], cell.font, area, cell.align)
	}
	s.down(k.track.x, 0, s.height, hairline)
	if drawn {
		s.attained(item, attained, barShare*barText.line(), k)
	}
	return s
}

// textInset keeps the word that stands in place of a bar from the axis.
func textInset(column int) float64 {
	if column == 2 {
		return 1
	}
	return 0
}

// attained draws a row's bar, of a height, under the marks of target and pace, which stand out
// above and below it.
func (s *strip) attained(item report.Bar, percent, height float64, k barColumns) {
	b := box{x: k.track.x, y: (s.height - height) / 2, h: height}
	b.w = k.at(min(percent, scaleEnd)) - b.x
	switch {
	case percent > scaleEnd:
		s.shapes = append(s.shapes, brokenBar(b, item.Provisional)...)
	case b.w > 0:
		s.shapes = append(s.shapes, block(b, item.Provisional)...)
	}
	s.down(k.at(100), 0, s.height, targetLine)
	if pace, ok := position(item.Pace); ok && pace >= 0 && pace <= scaleEnd {
		s.pace(k.at(pace), 0, s.height)
	}
}

// brokenBar ends in a zigzag and, past a gap, goes on for a bit.
func brokenBar(b box, provisional bool) []shape {
	const tooth, gap, rest = 1.2, 0.8, 1.8 // mm
	long := b
	long.w -= gap + rest + tooth
	shapes := block(long, provisional)
	zigzag := func(x float64) []point {
		return []point{{x, 0}, {x + tooth, b.h / 3}, {x, 2 * b.h / 3}, {x + tooth, b.h}}
	}
	piece := func(left, right []point) shape {
		var points []point
		points = append(points, right...)
		for i := len(left) - 1; i >= 0; i-- {
			points = append(points, left[i])
		}
		return shape{box: box{long.right(), b.y, b.right() - long.right(), b.h}, points: points, filled: true, grey: barGrey}
	}
	flat := func(x float64) []point { return []point{{x, 0}, {x, b.h}} }
	end := b.right() - long.right()
	return append(shapes, piece(flat(0), zigzag(0)), piece(zigzag(gap), flat(end)))
}

// pace draws the mark of what is expected to date: a triangle on a line that is
// thinner than the target's.
func (m *marks) pace(x, y, h float64) {
	const size = 1.4 // mm
	m.down(x, y, h, 0.25)
	m.shapes = append(m.shapes, triangle(box{x - size/2, y, size, 0.8 * size}, true))
}

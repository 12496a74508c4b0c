package pdf

import "tonghop/pipeline/report"

const (
	levelLine  = 0.3 // mm: the target, dashed
	lineWidth  = 0.4 // mm
	dotRadius  = 0.75
	leastStump = 0.35 // mm: the height of a column of zero, which is not a gap
	columnPart = 0.7  // of a month's place
	leastApart = 0.8  // mm between words beside each other
)

// draw returns where the chart ends. Texts come in the order in which they are
// read: the values beside the plot, the months, the first and the last value.
func (p *plot) draw(m *marks) float64 {
	if len(p.chart.Points) == 0 {
		return p.whole.y
	}
	axis := p.area.bottom()
	if p.chart.Line {
		p.line(m)
	} else {
		axis = p.y(0)
		p.columns(m)
	}
	m.across(p.area.x, axis, p.area.w, hairline)
	end := max(p.extremes(m), p.level(m))
	p.gaps(m, axis)
	// Half a line for a value beside the plot's lower edge.
	y := p.monthNames(m, max(end, p.area.bottom()+axisFont.line()/2))
	return p.ends(m, y)
}

// columns stand on zero, or hang from it.
func (p *plot) columns(m *marks) {
	w := columnPart * p.place()
	for i, v := range p.values {
		if !p.known[i] {
			continue
		}
		top, bottom := p.y(max(v, 0)), p.y(min(v, 0))
		if bottom-top < leastStump {
			top = max(bottom-leastStump, p.area.y)
		}
		m.shapes = append(m.shapes, block(box{p.x(i) - w/2, top, w, bottom - top}, p.chart.Points[i].Provisional)...)
	}
}

// line joins months that follow each other, and nothing across a gap. A part
// that ends in a provisional value is dashed.
func (p *plot) line(m *marks) {
	at := func(i int) point { return point{p.x(i), p.y(p.values[i])} }
	for i := 1; i < len(p.values); i++ {
		if p.known[i-1] && p.known[i] {
			s := segment(at(i-1), at(i), lineWidth)
			s.dashed = p.chart.Points[i-1].Provisional || p.chart.Points[i].Provisional
			m.shapes = append(m.shapes, s)
		}
	}
	radius := min(dotRadius, p.place()/2)
	for i := range p.values {
		if p.known[i] {
			m.shapes = append(m.shapes, dot(at(i), radius, p.chart.Points[i].Provisional))
		}
	}
}

// extremes prints the greatest and the least value at the left, each at its
// height, as far as that leaves room for both, and returns where they end.
func (p *plot) extremes(m *marks) float64 {
	if p.first < 0 {
		return 0
	}
	room := box{x: p.whole.x, w: p.area.x - axisGap - p.whole.x}
	top, bottom := p.y(p.values[p.most]), p.y(p.values[p.least])
	edge := p.area.x - axisGap/2
	m.down(edge, top, bottom-top, thin)
	tick := func(y float64) { m.across(edge, y, axisGap/4, thin) }
	most := p.ruler.wrap(p.chart.Points[p.most].Text, axisFont, room.w, 0)
	tick(top)
	room.y = max(top-half(most), p.whole.y)
	end := m.set(most, axisFont, room, report.Right)
	if p.values[p.most] == p.values[p.least] {
		return end
	}
	least := p.ruler.wrap(p.chart.Points[p.least].Text, axisFont, room.w, 0)
	tick(bottom)
	room.y = max(bottom-half(least), end)
	return m.set(least, axisFont, room, report.Right)
}

// half the height of lines at the side of a plot.
func half(lines []line) float64 { return float64(len(lines)) * axisFont.line() / 2 }

// level draws the target where months are known, and prints it at the right.
func (p *plot) level(m *marks) float64 {
	if !p.hasTarget {
		return 0
	}
	y := p.y(p.target)
	p.runs(func(from, to int, known bool) {
		if b := p.months(from, to); known {
			m.rules = append(m.rules, rule{box: box{b.x, y, b.w, 0}, thickness: levelLine, dashed: true})
		}
	})
	room := box{x: p.area.right() + axisGap, w: p.whole.right() - p.area.right() - axisGap}
	lines := p.ruler.wrap(p.chart.TargetText, axisFont, room.w, 0)
	room.y = max(y-half(lines), p.whole.y)
	return m.set(lines, axisFont, room, report.Left)
}

// gaps shades the months without a figure, over the whole height, with the text
// of the first of them where there is room for it.
func (p *plot) gaps(m *marks, axis float64) {
	p.runs(func(from, to int, known bool) {
		if known {
			return
		}
		b := p.months(from, to)
		m.shades = append(m.shades, shade{b, headGrey})
		lines := p.ruler.wrap(p.chart.Points[from].Text, axisFont, p.whole.w, 0)
		if len(lines) != 1 || lines[0].width > b.w {
			return
		}
		// In the middle, or over the axis where that runs there.
		h := axisFont.line()
		b.y += (b.h - h) / 2
		if axis > b.y && axis < b.y+h {
			b.y = axis - h
		}
		m.set(lines, axisFont, b, report.Center)
	})
}

// monthNames prints the first month, the last and, counted back from it, every
// month between, or every second, third, …, as there is room. It returns where
// they end.
func (p *plot) monthNames(m *marks, top float64) float64 {
	n := len(p.chart.Points)
	names, places := make([][]line, n), make([]box, n)
	for i, month := range p.chart.Points {
		names[i] = p.ruler.wrap(month.Label, axisFont, p.area.w, 0)
		places[i] = p.under(names[i], i, p.area)
	}
	chosen := p.everyMonth(places)
	end := top
	for i, b := range places {
		if chosen[i] {
			b.y = top
			end = max(end, m.set(names[i], axisFont, b, report.Center))
		}
	}
	return end
}

// everyMonth chooses the months whose names fit beside each other.
func (p *plot) everyMonth(places []box) []bool {
	last := len(places) - 1
	apart := func(a, b int) bool { return places[a].right()+leastApart <= places[b].x }
	for step := 1; step < last; step++ {
		chosen := make([]bool, len(places))
		chosen[0], chosen[last] = true, true
		fits := apart(0, last)
		for i := last - step; i > step/2 && fits; i -= step {
			chosen[i] = true
			fits = apart(i, min(i+step, last)) && apart(0, i)
		}
		if fits {
			return chosen
		}
	}
	chosen := make([]bool, len(places))
	chosen[last] = true
	chosen[0] = last == 0 || apart(0, last)
	return chosen
}

// under is the place of lines under a month, within an area's width.
func (p *plot) under(lines []line, month int, area box) box {
	w := widest(lines)
	x := min(max(p.x(month)-w/2, area.x), area.right()-w)
	return box{x: x, w: w}
}

// ends prints the first and the last value under their months, on two lines
// where they do not fit beside each other, and returns where they end.
func (p *plot) ends(m *marks, top float64) float64 {
	if p.first < 0 {
		return top
	}
	value := func(month int) ([]line, box) {
		lines := p.ruler.wrap(p.chart.Points[month].Text, endFont, p.whole.w, 0)
		b := p.under(lines, month, p.whole)
		b.y = top
		return lines, b
	}
	first, left := value(p.first)
	if p.first == p.last {
		return m.set(first, endFont, left, report.Center)
	}
	last, right := value(p.last)
	end := m.set(first, endFont, left, report.Center)
	if left.right()+leastApart > right.x {
		right.y = end
	}
	return max(end, m.set(last, endFont, right, report.Center))
}

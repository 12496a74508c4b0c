package pdf

import (
	"tonghop/pipeline/figure"
	"tonghop/pipeline/report"
)

var (
	chartTitle = font{bold, 9.5}
	chartNote  = font{regular, 8.5}
	axisFont   = font{regular, 7.5} // months, least and greatest, target
	endFont    = font{bold, 8}      // first and last
)

const (
	axisGap    = 1.6  // mm between the plot and the values beside it
	gutterMost = 0.34 // of the chart's width, for the values at each side
)

// plot is a chart with its scale. Each month has a place, of equal width.
type plot struct {
	composer
	chart  report.Chart
	whole  box // under the title, without a height
	area   box // of the columns or the line
	values []float64
	known  []bool
	// first, last, least and most are months; first is -1 where none is known.
	first, last, least, most int
	low, high                float64 // the ends of the scale
	target                   float64
	hasTarget                bool
}

// newPlot measures a chart that begins at the top of an area.
func (c composer) newPlot(chart report.Chart, whole box) *plot {
	p := &plot{composer: c, chart: chart, whole: whole, first: -1}
	p.values, p.known = make([]float64, len(chart.Points)), make([]bool, len(chart.Points))
	for i, month := range chart.Points {
		if p.values[i], p.known[i] = position(month.Value); !p.known[i] {
			continue
		}
		if p.first < 0 {
			p.first, p.least, p.most = i, i, i
		}
		p.last = i
		// The exact numbers are compared: their places may be the same.
		if less(month.Value, chart.Points[p.least].Value) {
			p.least = i
		}
		if less(chart.Points[p.most].Value, month.Value) {
			p.most = i
		}
	}
	p.target, p.hasTarget = position(chart.Target)
	p.scale()

	left, right := 0.0, 0.0
	gutter := func(s string) float64 {
		return widest(p.ruler.wrap(s, axisFont, gutterMost*whole.w, 0)) + axisGap
	}
	if p.first >= 0 {
		left = max(gutter(chart.Points[p.least].Text), gutter(chart.Points[p.most].Text))
	}
	if p.hasTarget {
		right = gutter(chart.TargetText)
	}
	// Half a line is left above for a value beside the plot's upper edge.
	p.area = box{whole.x + left, whole.y + axisFont.line()/2 + 0.5, whole.w - left - right, plotHeight}
	return p
}

func less(a, b figure.Figure) bool {
	x, _ := a.Number()
	y, _ := b.Number()
	return x.Cmp(y) < 0
}

// scale spans what is known and the target. Columns stand on zero.
func (p *plot) scale() {
	var ends []float64
	if !p.chart.Line {
		ends = append(ends, 0)
	}
	if p.first >= 0 {
		ends = append(ends, p.values[p.least], p.values[p.most])
	}
	if p.hasTarget {
		ends = append(ends, p.target)
	}
	for i, v := range ends {
		if i == 0 {
			p.low, p.high = v, v
		}
		p.low, p.high = min(p.low, v), max(p.high, v)
	}
	switch {
	case p.high > p.low:
	case p.chart.Line: // a level line runs in the middle
		p.low, p.high = p.low-1, p.high+1
	default:
		p.high = 1
	}
}

func (p *plot) place() float64 { return p.area.w / float64(len(p.chart.Points)) }

// months is the box of months over the plot's height.
func (p *plot) months(from, to int) box {
	return box{p.area.x + float64(from)*p.place(), p.area.y, float64(to-from) * p.place(), p.area.h}
}

func (p *plot) x(month int) float64 { return p.area.x + (float64(month)+0.5)*p.place() }

func (p *plot) y(value float64) float64 {
	return p.area.y + (p.high-value)/(p.high-p.low)*p.area.h
}

// runs calls f for each longest run of months that are all known or all not.
func (p *plot) runs(f func(from, to int, known bool)) {
	for from, to := 0, 0; from < len(p.known); from = to {
		for to = from + 1; to < len(p.known) && p.known[to] == p.known[from]; {
			to++
		}
		f(from, to, p.known[from])
	}
}

package pdf

import (
	"slices"

	"tonghop/pipeline/report"
)

const (
	leastChart = 48.0 // mm: three beside each other on a portrait page
	mostChart  = 82.0 // mm
	chartGap   = 6.0  // mm between charts
	plotHeight = 19.0 // mm
)

// trend sets charts of equal width in rows, and under them what their marks
// mean.
func (c composer) trend(t report.Trend) []strip {
	if len(t.Charts) == 0 {
		return nil
	}
	most := max(int((c.width+chartGap)/(leastChart+chartGap)), 1)
	rows := (len(t.Charts) + most - 1) / most
	columns := (len(t.Charts) + rows - 1) / rows
	width := min((c.width-float64(columns-1)*chartGap)/float64(columns), mostChart)

	var strips []strip
	for row := range slices.Chunk(t.Charts, columns) {
		strips = append(strips, c.chartRow(row, width))
	}
	if legend := c.legend([]legendItem{
		{t.Legend.Target, levelSwatch}, {t.Legend.Provisional, provisionalSwatch}, {t.Legend.Unknown, unknownSwatch},
	}); len(legend) > 0 {
		strips[len(strips)-1].keep = true
		strips[len(strips)-1].after = 1.5
		strips = append(strips, *joined(legend))
	}
	strips[0].before = 3
	strips[len(strips)-1].after = 3
	return strips
}

// chartRow sets charts side by side with their plots at one height.
func (c composer) chartRow(charts []report.Chart, width float64) strip {
	s := strip{before: 3, after: 3}
	top := 0.0
	heads := make([]marks, len(charts))
	for i, chart := range charts {
		area := box{x: float64(i) * (width + chartGap), w: width}
		area.y = heads[i].set(c.ruler.wrap(chart.Title, chartTitle, width, 0), chartTitle, area, report.Left)
		area.y = heads[i].set(c.ruler.wrap(chart.Note, chartNote, width, 0), chartNote, area, report.Left)
		top = max(top, area.y)
	}
	for i, chart := range charts {
		s.add(heads[i], 0, 0)
		p := c.newPlot(chart, box{float64(i) * (width + chartGap), top, width, 0})
		s.height = max(s.height, top, p.draw(&s.marks))
	}
	return s
}

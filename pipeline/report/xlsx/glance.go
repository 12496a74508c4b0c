package xlsx

import (
	"fmt"
	"slices"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/figure"
	"tonghop/pipeline/summary"
	"tonghop/pipeline/workbook/write"
)

// glance is the first sheet on its way: what leaders ask for first, as tables
// with a chart beside each. Its figures are references to the city's sheet.
type glance struct {
	*drawing
	*table
	chartRows int   // the last row that a chart covers
	breaks    []int // rows that begin a printed page
}

// Columns of the first sheet. The months of trends stand side by side in the
// columns from glanceFirst on, which the other tables share.
const (
	glanceNo = iota + 1
	glanceName
	glanceMeasure
	glanceFirst
)

const (
	glanceTarget = glanceFirst + 1 + iota
	glanceHorizon
	glanceAttained
	glancePace
	glanceReported
	glanceExpected
	glanceVerdict
	glanceLast = glanceFirst + 11 // twelve months
)

// glanceZoom is the percentage at which the sheet's width is seen whole on a
// notebook's screen.
const glanceZoom = 85

// Shades of charts. They stay apart in grey.
const (
	shadeStrong = "1F4E79"
	shadeLight  = "BDD7EE"
)

// atAGlance draws the first sheet. It comes after the city's.
func (d *drawing) atAGlance(sheet *write.Sheet) {
	widths := []float64{5, 46, 11}
	for len(widths) < glanceLast {
		widths = append(widths, 11)
	}
	g := &glance{drawing: d, table: d.open(sheet, d.say.Say("xlsx.overview"), d.counts(), d.say.Say("xlsx.overview_note"), widths)}
	g.attainment()
	g.completeness()
	g.trendLines()
	sheet.Plain()
	sheet.Freeze(write.At(titleRow+1, 1)) // no columns: charts would be cut at their edge
	sheet.Zoom(glanceZoom)
	d.print(sheet, widths, [2]int{titleRow, titleRow}, 0, max(g.row-1, g.chartRows))
	for _, row := range g.breaks {
		d.breakBefore(sheet, write.At(row, 1))
	}
	d.book.Activate(sheet)
}

// section begins a table with its heading.
func (g *glance) section(title string, heads map[int]string) {
	g.row = max(g.row, g.chartRows+1)
	if g.row > headRow {
		g.row++
	}
	g.sheet.Text(write.At(g.row, 1), title, write.Style{Size: 12, Bold: true})
	g.sheet.Height(g.row, height(1))
	g.row++
	most := 1
	for col := 1; col <= glanceLast; col++ { // in order: texts are stored as they come
		head, there := heads[col]
		if !there {
			continue
		}
		g.sheet.Text(write.At(g.row, col), head, headLook)
		most = max(most, write.Lines(head, g.widths[col-1]*boldRoom, headSize))
	}
	g.sheet.Height(g.row, height(most))
	g.row++
}

// headlines are the city's judged figures of page 1, in the catalogue's order.
func (d *drawing) headlines() []*summary.Figure {
	var all []*summary.Figure
	for _, i := range d.s.Catalogue.Indicators {
		for _, span := range d.s.Spans {
			if f := d.figure(i.Code, span.Kind, ""); f != nil && f.Judgment != nil && f.Judgment.Target.Headline {
				all = append(all, f)
			}
		}
	}
	return all
}

// attainment is each headline figure against its target, with what the pace asks
// for by now.
func (g *glance) attainment() {
	heads := map[int]string{
		glanceNo: g.column("no"), glanceName: g.column("indicator"), glanceMeasure: g.column("measure"), glanceFirst: g.column("value"),
		glanceTarget: g.column("target"), glanceHorizon: g.words.horizon, glanceAttained: g.column("attained"), glancePace: g.column("pace"),
		glanceReported: g.words.reported, glanceExpected: g.words.asked, glanceVerdict: g.column("verdict"),
	}
	g.section(g.say.Say("report.section.headline"), heads)
	head, first := g.row-1, g.row
	g.joinVerdict(head, headLook)
	all := g.headlines()
	if len(all) == 0 {
		g.none(g.words.none)
		return
	}
	names := write.Cells{}
	attained, pace := write.Cells{}, write.Cells{}
	for n, f := range all {
		name, a, p := g.judged(n, f)
		names.Values, attained.Values, pace.Values = append(names.Values, name), append(attained.Values, a), append(pace.Values, p)
		g.row++
	}
	last := g.row - 1
	column := func(cells *write.Cells, col int) {
		cells.Range = g.sheet.AbsRange(write.At(first, col), write.At(last, col))
	}
	column(&names, glanceName)
	column(&attained, glanceAttained)
	column(&pace, glancePace)
	g.judgedShades(g.sheet, write.At(first, glanceVerdict), write.At(last, glanceVerdict))
	g.coverageShades(g.sheet, write.At(first, glanceReported), write.At(last, glanceExpected))
	g.row++ // a gap
	if len(all) > pageOfHeadlines {
		g.breaks = append(g.breaks, g.row)
	}
	g.chart(glanceNo, 1340, 90+34*len(all), write.Chart{
		Kind: write.Bars, Title: g.say.Say("xlsx.chart.attained"), Categories: names, Format: write.Grouped(2), Labels: true,
		FromZero: notNegative(attained.Values) && notNegative(pace.Values),
		Series: []write.Series{
			{Name: g.cell(write.At(head, glanceAttained), heads[glanceAttained]), Values: attained, Color: shadeStrong},
			{Name: g.cell(write.At(head, glancePace), heads[glancePace]), Values: pace, Color: shadeLight},
		},
	})
}

// joinVerdict lets the verdict's column run to the sheet's right edge.
func (g *glance) joinVerdict(row int, look write.Style) {
	for col := glanceVerdict + 1; col <= glanceLast; col++ {
		g.sheet.Style(write.At(row, col), look)
	}
	g.sheet.Merge(write.At(row, glanceVerdict), write.At(row, glanceLast))
}

// judged writes a headline figure's row and returns what its chart is drawn
// from.
func (g *glance) judged(n int, f *summary.Figure) (name, attained, pace write.Value) {
	i, j, row := f.Indicator, f.Judgment, g.row
	g.sheet.Fill(write.At(row, 1), write.At(row, glanceLast), tableLook)
	g.sheet.Int(write.At(row, glanceNo), n+1, centred(countLook))
	title, verdict := g.names[i.Code], g.verdict(j)
	g.sheet.Text(write.At(row, glanceName), title, wrapLook)
	g.sheet.Text(write.At(row, glanceMeasure), i.Measure, wrapLook)
	g.copied(write.At(row, glanceFirst), f)
	g.sheet.Number(write.At(row, glanceTarget), published(j.Target.Value), formatted(tableLook, g.targetFormat(j.Target)))
	g.sheet.Text(write.At(row, glanceHorizon), g.horizon(j), centred(wrapLook))
	if j.Attained != nil {
		percent := published(*j.Attained)
		look := formatted(italic(tableLook, f.Provisional), write.Grouped(decimalsFor(percent, hundred, 2)))
		g.sheet.Formula(write.At(row, glanceAttained), g.attainedAt[f], write.NumberValue(percent), look)
		attained = write.NumberValue(percent)
	}
	if percent, ok := paceOf(j); ok {
		g.sheet.Number(write.At(row, glancePace), percent, formatted(tableLook, write.Grouped(2)))
		pace = write.NumberValue(percent)
	}
	g.sheet.Int(write.At(row, glanceReported), f.Coverage.Reported, countLook)
	g.sheet.Int(write.At(row, glanceExpected), f.Coverage.Expected, countLook)
	bold := centred(wrapLook).With(func(s *write.Style) { s.Bold = true })
	g.sheet.Text(write.At(row, glanceVerdict), verdict, bold)
	g.joinVerdict(row, bold)
	g.sheet.Height(row, height(max(write.Lines(title, g.widths[glanceName-1], bodySize), write.Lines(i.Measure, g.widths[glanceMeasure-1], bodySize),
		write.Lines(g.horizon(j), g.widths[glanceHorizon-1], bodySize), write.Lines(verdict, sum(g.widths[glanceVerdict-1:])*boldRoom, bodySize))))
	return write.TextValue(title), attained, pace
}

// copied refers to a figure on the city's sheet, or repeats its mark.
func (g *glance) copied(at write.Ref, f *summary.Figure) {
	n, known := numberOf(f)
	if !known {
		mark(g.sheet, at, f, tableLook)
		return
	}
	decimals := decimalsFor(n, f.Judgment.Target.Value, f.Indicator.Decimals)
	g.sheet.Formula(at, g.valueAt[f], write.NumberValue(n), formatted(italic(tableLook, f.Provisional), shownAs(f, decimals)))
}

// paceOf is what the pace asks for by now, in percent of the target; ok is false
// where it asks for nothing yet, or the target is 0.
func paceOf(j *summary.Judgment) (percent figure.Number, ok bool) {
	if j.Expected == nil {
		return figure.Number{}, false
	}
	percent, err := j.Expected.Mul(hundred).Quo(j.Target.Value)
	return published(percent), err == nil
}

// completeness is the four numbers of who reported.
func (g *glance) completeness() {
	g.breaks = append(g.breaks, max(g.row, g.chartRows+1)+1)
	counted := g.column("unit")
	if g.spans() {
		counted = g.say.Say("xlsx.reports")
	}
	g.section(g.say.Say("report.section.units"), map[int]string{glanceNo: "", glanceName: counted, glanceMeasure: g.column("number")})
	head, first := g.row-1, g.row
	c := g.s.Counts
	var labels, numbers write.Cells
	for _, one := range []struct {
		key string
		n   int
	}{{"expected", c.Expected}, {"received", c.Received}, {"usable", c.Usable}, {"on_time", c.OnTime}} {
		label := g.say.Say("count." + one.key)
		g.sheet.Style(write.At(g.row, glanceNo), tableLook)
		g.sheet.Text(write.At(g.row, glanceName), label, textLook)
		g.sheet.Int(write.At(g.row, glanceMeasure), one.n, countLook)
		labels.Values = append(labels.Values, write.TextValue(label))
		numbers.Values = append(numbers.Values, write.NumberValue(figure.Int(int64(one.n))))
		g.row++
	}
	last := g.row - 1
	labels.Range = g.sheet.AbsRange(write.At(first, glanceName), write.At(last, glanceName))
	numbers.Range = g.sheet.AbsRange(write.At(first, glanceMeasure), write.At(last, glanceMeasure))
	fewer := fmt.Sprintf("%s<%s", write.At(first+1, glanceMeasure), write.At(first, glanceMeasure).Abs())
	g.sheet.Highlight(write.At(first+1, glanceMeasure), write.At(last, glanceMeasure), fewer, write.FillWarn, write.Ink)
	below := g.row
	g.row = head
	g.chart(glanceFirst+1, 620, 170, write.Chart{
		Kind: write.Columns, Title: g.say.Say("report.section.units"), Categories: labels, Format: write.Grouped(0), Labels: true, FromZero: true,
		Series: []write.Series{{Name: g.cell(write.At(head, glanceMeasure), g.column("number")), Values: numbers, Color: shadeStrong}},
	})
	g.row = below
}

// trendCharts is how many indicators have a chart of their months.
const trendCharts = 6

// trendLines are the last months of the first headline indicators, a small chart
// each. A month without a figure is an empty cell: text would be drawn as zero.
func (g *glance) trendLines() {
	var chosen []*summary.Trend
	for _, f := range g.headlines() {
		n := slices.IndexFunc(g.s.Trends, func(t summary.Trend) bool { return t.Indicator == f.Indicator && t.Unit+t.Group == "" })
		if n >= 0 && !slices.Contains(chosen, &g.s.Trends[n]) && len(chosen) < trendCharts {
			chosen = append(chosen, &g.s.Trends[n])
		}
	}
	from := firstKnown(chosen)
	if len(chosen) == 0 || from == len(chosen[0].Points) {
		return
	}
	points := chosen[0].Points[from:]
	points = points[max(0, len(points)-(glanceLast-glanceFirst+1)):]
	from = len(chosen[0].Points) - len(points)
	heads := map[int]string{glanceNo: g.column("no"), glanceName: g.column("indicator"), glanceMeasure: g.column("measure")}
	months := write.Cells{}
	for n, p := range points {
		heads[glanceFirst+n] = upper(g.say.Month(p.Month))
		months.Values = append(months.Values, write.TextValue(heads[glanceFirst+n]))
	}
	g.section(upper(g.say.Say("xlsx.trends")), heads)
	head, last := g.row-1, glanceFirst+len(points)-1
	months.Range = g.sheet.AbsRange(write.At(head, glanceFirst), write.At(head, last))
	var charts []write.Chart
	for n, t := range chosen {
		title, values := g.months(n, t, from)
		values.Range = g.sheet.AbsRange(write.At(g.row, glanceFirst), write.At(g.row, last))
		kind := write.Columns
		if i := t.Indicator; i.Type == catalogue.Percent || i.Nature == catalogue.Stock || i.Nature == catalogue.Cumulative {
			kind = write.Line // what does not add up needs no zero
		}
		charts = append(charts, write.Chart{
			Kind: kind, FromZero: kind == write.Columns && notNegative(values.Values), Title: title, Categories: months, Format: write.Grouped(t.Indicator.Decimals),
			Series: []write.Series{{Name: g.cell(write.At(g.row, glanceName), title), Values: values, Color: shadeStrong}},
		})
		g.row++
	}
	g.chartGrid(charts)
}

func notNegative(values []write.Value) bool {
	return !slices.ContainsFunc(values, write.Value.Negative)
}

// firstKnown is the first point at which any trend has a number.
func firstKnown(all []*summary.Trend) int {
	first := -1
	for _, t := range all {
		n := slices.IndexFunc(t.Points, func(p summary.Point) bool { _, known := p.Value.Number(); return known })
		if n >= 0 && (first < 0 || n < first) {
			first = n
		}
	}
	if first < 0 && len(all) > 0 {
		return len(all[0].Points)
	}
	return first
}

// months writes the row of a trend from a month on.
func (g *glance) months(n int, t *summary.Trend, from int) (title string, values write.Cells) {
	i := t.Indicator
	title = g.names[i.Code]
	g.sheet.Int(write.At(g.row, glanceNo), n+1, centred(countLook))
	g.sheet.Text(write.At(g.row, glanceName), title, wrapLook)
	g.sheet.Text(write.At(g.row, glanceMeasure), i.Measure, wrapLook)
	for m, p := range t.Points[from:] {
		at, f := write.At(g.row, glanceFirst+m), pointFigure(i, t, p)
		number, known := numberOf(f)
		if !known {
			g.sheet.Style(at, tableLook.With(func(s *write.Style) { s.Fill = write.FillOff }))
			values.Values = append(values.Values, write.Value{})
			continue
		}
		place(g.sheet, at, f, i)
		values.Values = append(values.Values, write.NumberValue(number))
	}
	g.sheet.Height(g.row, height(max(write.Lines(title, g.widths[glanceName-1], bodySize), write.Lines(i.Measure, g.widths[glanceMeasure-1], bodySize))))
	return title, values
}

// cell is one cell of the sheet, as a chart takes it.
func (g *glance) cell(at write.Ref, text string) write.Cells {
	return write.Cells{Range: g.sheet.Abs(at), Values: []write.Value{write.TextValue(text)}}
}

// rowPixels is the height of a row that nothing is written in.
const rowPixels = 20

// pageOfHeadlines is how many headline figures a printed page holds with their
// chart.
const pageOfHeadlines = 10

// chart places a chart at the next row and keeps the rows it covers free.
func (g *glance) chart(col, wide, high int, c write.Chart) {
	c.Width, c.Height = wide, high
	g.sheet.Chart(write.At(g.row, col), c)
	g.chartRows = max(g.chartRows, g.row+(high+rowPixels-1)/rowPixels)
}

// chartGrid places charts three beside each other.
func (g *glance) chartGrid(charts []write.Chart) {
	const wide, high = 445, 200
	columns := []int{glanceNo, glanceFirst, glanceFirst + 6}
	g.row++ // a gap
	for n, c := range charts {
		if n > 0 && n%len(columns) == 0 {
			g.row = g.chartRows + 1
		}
		g.chart(columns[n%len(columns)], wide, high, c)
	}
}

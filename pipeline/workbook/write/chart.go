package write

import (
	"bytes"
	"fmt"
	"html"
	"regexp"
	"strings"

	"github.com/xuri/excelize/v2"
)

// ChartKind is the shape of a chart.
type ChartKind uint8

// The kinds.
const (
	Bars    ChartKind = iota // horizontal, the first category on top
	Columns                  // vertical
	Line                     // with a marker at each number and gaps where there is none
)

// Chart is a native chart over cells of its book. Its shades stay apart when
// printed in black and white; what the cells say of a number's standing it
// cannot say, so that a table stands beside it.
type Chart struct {
	Kind       ChartKind
	Title      string
	Categories Cells
	Series     []Series
	// Width and Height are in pixels of a standard screen.
	Width, Height int
	// Format shows the numbers of the value axis and at the bars or points.
	Format string
	// Labels prints each number beside its bar or point.
	Labels bool
	// FromZero begins the value axis at 0, which the length of a bar or column
	// needs to be true; not where a number is negative.
	FromZero bool
}

// Series is one row or column of numbers, named by a cell.
type Series struct {
	Name   Cells
	Values Cells
	Color  string
}

// Cells is a range with what its cells are worth, which is stored with the
// chart: programs that show a workbook without computing it draw from that. A
// Value that is no number leaves a gap, never a zero.
type Cells struct {
	Range  string // as Sheet.AbsRange gives it
	Values []Value
}

// Chart puts a chart with its left upper corner into a cell. Row heights above
// and below must have been set before: they give its size in cells.
func (s *Sheet) Chart(at Ref, c Chart) {
	kind := map[ChartKind]excelize.ChartType{Bars: excelize.Bar, Columns: excelize.Col, Line: excelize.Line}[c.Kind]
	text := excelize.Font{Family: FontName, Size: 9, Color: Ink}
	no, gap := false, uint(60)
	chart := &excelize.Chart{
		Type: kind, VaryColors: &no, ShowBlanksAs: "gap", GapWidth: &gap,
		Title: excelize.ChartTitle{Paragraph: []excelize.RichTextRun{
			{Text: Text(c.Title), Font: &excelize.Font{Family: FontName, Size: 11, Bold: true, Color: Ink}},
		}},
		Dimension: excelize.ChartDimension{Width: uint(c.Width), Height: uint(c.Height)},
		Format:    excelize.GraphicOptions{AltText: Text(c.Title), Positioning: "oneCell"},
		Legend:    excelize.ChartLegend{Position: "bottom", Font: &text},
		XAxis:     excelize.ChartAxis{Font: text, ReverseOrder: c.Kind == Bars},
		YAxis:     excelize.ChartAxis{Font: text, MajorGridLines: true, NumFmt: excelize.ChartNumFmt{CustomNumFmt: c.Format}},
		PlotArea:  excelize.ChartPlotArea{ShowVal: c.Labels, NumFmt: excelize.ChartNumFmt{CustomNumFmt: c.Format}},
	}
	if c.FromZero {
		chart.YAxis.Minimum = new(float64)
	}
	if len(c.Series) == 1 {
		chart.Legend.Position = "none"
	}
	s.book.caches.keep(c.Categories)
	for _, one := range c.Series {
		fill := excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{one.Color}}
		series := excelize.ChartSeries{
			Name: one.Name.Range, Categories: c.Categories.Range, Values: one.Values.Range,
			DataLabel: excelize.ChartDataLabel{Font: text}, Fill: fill,
		}
		if c.Kind == Line {
			series.Line.Width = 2
			series.Marker = excelize.ChartMarker{Symbol: "circle", Size: 6, Fill: fill, Border: excelize.LineOptions{Type: excelize.LineSolid, Fill: fill}}
			series.DataLabelPosition = excelize.ChartDataLabelsPositionAbove
		} else {
			series.DataLabelPosition = excelize.ChartDataLabelsPositionOutsideEnd
		}
		chart.Series = append(chart.Series, series)
		s.book.caches.keep(one.Name)
		s.book.caches.keep(one.Values)
	}
	s.book.keep(s.book.file.AddChart(s.name, at.String(), chart))
}

// caches hold what ranges of charts are worth, by range.
type caches map[string][]Value

func (c caches) keep(cells Cells) { c[cells.Range] = cells.Values }

// chartRange finds a range in a chart's XML, excelize's own and just written,
// with the empty store behind it.
var chartRange = regexp.MustCompile(`<f>([^<]*)</f>(?:<(?:num|str)Cache>.*?</(?:num|str)Cache>)?</(num|str)Ref>`)

// fill stores in a chart what its ranges are worth.
func (c caches) fill(chart []byte) []byte {
	return chartRange.ReplaceAllFunc(chart, func(found []byte) []byte {
		parts := chartRange.FindSubmatch(found)
		values, known := c[html.UnescapeString(string(parts[1]))]
		if !known {
			return found
		}
		var out bytes.Buffer
		kind := string(parts[2])
		fmt.Fprintf(&out, `<f>%s</f><%sCache>`, parts[1], kind)
		if kind == "num" {
			out.WriteString(`<formatCode>General</formatCode>`)
		}
		fmt.Fprintf(&out, `<ptCount val="%d"/>`, len(values))
		for i, v := range values {
			if v.stored == "" || kind == "num" && !v.number {
				continue
			}
			fmt.Fprintf(&out, `<pt idx="%d"><v>%s</v></pt>`, i, escaped(v.stored))
		}
		fmt.Fprintf(&out, `</%sCache></%sRef>`, kind, kind)
		return out.Bytes()
	})
}

// fillCharts completes every chart of a saved book.
func (c caches) fillCharts(parts map[string][]byte) {
	for name, content := range parts {
		if strings.HasPrefix(name, "xl/charts/chart") {
			parts[name] = c.fill(content)
		}
	}
}

package report

import (
	"slices"
	"strconv"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/figure"
	"tonghop/pipeline/period"
	"tonghop/pipeline/summary"
)

// leastTrend is the number of known months from which on a chart shows more than
// two figures in a table would.
const leastTrend = 3

// trends are small charts of a programme's headline indicators month by month,
// under what months they show; nothing where too little is known.
func (c *composer) trends(p *catalogue.Programme, index lookup) []Block {
	var block Trend
	var months []summary.Point
	for i := range c.Summary.Trends {
		t := &c.Summary.Trends[i]
		if t.Unit != "" || t.Group != "" || t.Indicator.Programme != p.Code || t.Known() < leastTrend || !c.headline(t.Indicator, index) {
			continue
		}
		chart := c.chart(t)
		block.Charts = append(block.Charts, chart)
		months = t.Points
		if _, drawn := chart.Target.Number(); drawn {
			block.Legend.Target = c.say("chart.target")
		}
		if slices.ContainsFunc(t.Points, func(m summary.Point) bool { return m.Provisional }) {
			block.Legend.Provisional = c.say("chart.provisional")
		}
		if t.Known() < len(t.Points) {
			block.Legend.Unknown = c.say("chart.unknown")
		}
	}
	if len(block.Charts) == 0 {
		return nil
	}
	title := c.say("report.trends", "from", months[0].Month, "to", months[len(months)-1].Month)
	return []Block{Heading{Level: 3, Text: title}, block}
}

// chart shows each month's own figure: as columns what adds up over months, as a
// line what stands at a month's end, and rates.
func (c *composer) chart(t *summary.Trend) Chart {
	chart := Chart{Title: c.Phrases.IndicatorName(t.Indicator), Note: t.Indicator.Measure, Line: !c.flows(t.Indicator)}
	f := &summary.Figure{Indicator: t.Indicator} // what printing needs of one
	if target := c.monthly(t.Indicator, t.Points[len(t.Points)-1].Month); target != nil {
		f.Judgment = &summary.Judgment{Target: target}
		chart.Target, chart.TargetText = figure.Of(target.Value), c.target(f)
	}
	for _, m := range t.Points {
		point := Point{Label: strconv.Itoa(int(m.Month.Number)), Value: m.Value, Provisional: m.Provisional}
		switch n, known := m.Value.Number(); {
		case m.Value.Is(figure.None):
			point.Text = c.Phrases.Mark(figure.None)
		case known:
			point.Text = c.printed(f, n)
		default:
			point.Text = c.mark(&summary.Figure{Indicator: t.Indicator, Value: m.Value, Reason: m.Reason, Coverage: summary.Coverage{Expected: 1}})
		}
		chart.Points = append(chart.Points, point)
	}
	return chart
}

// flows reports whether an indicator's months add up: a count of the month, or a
// sum of such counts.
func (c *composer) flows(ind *catalogue.Indicator) bool {
	switch {
	case ind.Type == catalogue.Percent:
		return false
	case ind.Kind == catalogue.Input:
		return ind.Nature == catalogue.Flow
	}
	_, _, ratio := ind.Formula.Ratio()
	return !ratio && !slices.ContainsFunc(ind.Formula.Terms(), func(code string) bool {
		term, ok := c.Summary.Catalogue.Indicator(code)
		return !ok || term.Nature != catalogue.Flow
	})
}

// monthly is the target that a single month can be held against: the month's own,
// or a level that holds at any time. The sum of a year cannot.
func (c *composer) monthly(ind *catalogue.Indicator, m period.Month) *catalogue.Target {
	if t := c.Summary.Catalogue.TargetFor(ind.Code, "", catalogue.HorizonMonth, m); t != nil {
		return t
	}
	for _, h := range []catalogue.Horizon{catalogue.HorizonYear, catalogue.HorizonPlan} {
		if t := c.Summary.Catalogue.TargetFor(ind.Code, "", h, m); t != nil && t.Pace == catalogue.PaceLevel && !c.flows(ind) {
			return t
		}
	}
	return nil
}

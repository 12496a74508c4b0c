package report

import (
	"strconv"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/summary"
)

// charts are the months of the headline indicators that the unit reports.
func (s *unitSheets) charts(u *catalogue.Unit) []Block {
	headline := map[string]bool{} // by code; a longer span, which has no verdicts, shows the same
	for _, target := range s.Summary.Catalogue.Targets {
		headline[target.Indicator] = headline[target.Indicator] || target.Unit == "" && target.Headline
	}
	trend := Trend{}
	for _, t := range s.trends[u.ID] {
		if headline[t.Indicator.Code] && !t.Indicator.CityOnly {
			trend.Charts = append(trend.Charts, s.unitChart(t, &trend.Legend))
		}
	}
	if len(trend.Charts) == 0 {
		return []Block{Paragraph{Text: s.say("unitsheet.no_trend")}}
	}
	return []Block{trend}
}

// unitChart draws what adds up as columns and all else as a line; the legend
// gets the words that it needs.
func (s *unitSheets) unitChart(t *summary.Trend, legend *Legend) Chart {
	chart := Chart{Title: s.Phrases.IndicatorName(t.Indicator), Note: t.Indicator.Measure, Line: t.Indicator.Nature != catalogue.Flow}
	for _, p := range t.Points {
		point := Point{Label: strconv.Itoa(int(p.Month.Number)), Value: p.Value, Provisional: p.Provisional}
		if _, known := p.Value.Number(); known {
			point.Text = s.value(&summary.Figure{Indicator: t.Indicator, Value: p.Value})
		} else {
			point.Text, legend.Unknown = s.Phrases.Mark(p.Value.State()), s.say("unitsheet.no_figure")
		}
		if p.Provisional {
			legend.Provisional = s.say("provisional")
		}
		chart.Points = append(chart.Points, point)
	}
	return chart
}

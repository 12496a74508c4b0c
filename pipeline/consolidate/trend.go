package consolidate

import (
	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/figure"
	"tonghop/pipeline/period"
	"tonghop/pipeline/summary"
)

// trendMonths is how many months a trend shows, the period's last included.
const trendMonths = 12

// trends are what each indicator was in the last months, for the city, the
// groups and the units that the period has. Months before the adoption are not
// there: nothing is known of them.
func (c *consolidation) trends() []summary.Trend {
	from := later(c.Period.To.Add(1-trendMonths), c.known)
	if c.known.IsZero() || !from.Before(c.Period.To) {
		return nil
	}
	months := period.Span{From: from, To: c.Period.To}.Months()
	at := make([]map[string]scope, len(months)) // by group and unit
	for i, m := range months {
		at[i] = map[string]scope{}
		for _, s := range c.scopes(month(m)) {
			at[i][s.group+"\x00"+s.unit] = s
		}
	}
	var all []summary.Trend
	for _, ind := range c.Catalogue.Indicators {
		if !c.published(ind, c.Period) {
			continue
		}
		for _, own := range c.scopes(c.Period) {
			t := summary.Trend{Indicator: ind, Unit: own.unit, Group: own.group, Points: make([]summary.Point, len(months))}
			for i, m := range months {
				t.Points[i] = c.point(ind, m, at[i][own.group+"\x00"+own.unit])
			}
			if t.Known() >= 2 {
				all = append(all, t)
			}
		}
	}
	return all
}

// point is an indicator's figure of one month. A scope without units had none
// then.
func (c *consolidation) point(ind *catalogue.Indicator, m period.Month, s scope) summary.Point {
	if len(s.units) == 0 || !c.published(ind, month(m)) {
		return summary.Point{Month: m, Value: figure.Without(figure.NotApplicable), Reason: summary.ReasonNotExpected}
	}
	r := c.evaluate(ind, month(m), s)
	return summary.Point{Month: m, Value: r.value, Reason: r.reason, Provisional: r.provisional()}
}

func month(m period.Month) period.Span { return period.SpanOf(period.Monthly, m, period.Month{}) }
